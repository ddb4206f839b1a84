"""The form of a meter's readings, and what the figures in it mean, in words."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen
from flask_babel import gettext
from wtforms import BooleanField, HiddenField

from elkk_core.billing import Deviation, MeterOverview, ReadingsPreview
from elkk_core.metering import Reading, RolloverNotConfirmed
from elkk_core.shared import ElkkError, FormRejected, Month, UserId, Zone
from elkk_web import formats
from elkk_web.forms import Form, text


class ReadingsForm(Form):
    """The readings of one meter, with a field for each of its zones.

    *asked* names the zones whose reading may be a passage through zero, for the user to say.
    *sure* holds the figures that the user has been asked about, because they are unusual.
    """

    asked: frozenset[str] = frozenset()
    sure = HiddenField()

    @staticmethod
    def of(
        overview: MeterOverview,
        *,
        month: Month,
        prefix: str,
        filled: bool,
        sent: Mapping[Zone, Reading],
        viewer_id: UserId | None,
    ) -> "ReadingsForm":
        """Return the form of a meter for *month*; *prefix* keeps it apart from other meters'.

        It is *filled* with what came with the request, or else with what was *sent* before. Of what
        *viewer_id* has sent the hints say so.
        """
        unit = gettext("кВт·ч")
        fields: dict[str, Any] = {}
        for register in overview.registers:
            fields[register.zone.value] = text(
                f"{formats.zone(register.zone).capitalize()}, {unit}",
                hint=_before(register.previous(month), viewer_id),
                wrong=gettext("Введите показание цифрами"),
                inputmode="decimal",
                autocomplete="off",
                pattern=r"\s*[0-9][0-9\s]*([.,][0-9]+)?\s*",
            )
            fields[_rollover(register.zone)] = BooleanField(
                gettext("Да, счетчик перешел через ноль")
            )
        form_class = type("ReadingsFormOfMeter", (ReadingsForm,), fields)
        # Without separators of thousands, which in English would be read as commas.
        typed = {zone.value: f"{r.value:f}".replace(".", ",") for zone, r in sent.items()}
        form: ReadingsForm = form_class(
            prefix=prefix, **({} if filled else {"formdata": None, "data": typed})
        )
        return form

    def values(self, overview: MeterOverview) -> Mapping[Zone, str]:
        """Return what was typed for each zone."""
        return {
            register.zone: self[register.zone.value].data or "" for register in overview.registers
        }

    def confirmed(self, overview: MeterOverview) -> frozenset[Zone]:
        """Return the zones whose passage through zero the user has confirmed."""
        return frozenset(
            register.zone for register in overview.registers if self[_rollover(register.zone)].data
        )

    def is_sure(self, overview: MeterOverview) -> bool:
        """Tell whether the user was asked about these very figures."""
        return bool(self.sure.data) and self.sure.data == self._figures(overview)

    def ask(self, overview: MeterOverview) -> None:
        """Ask about the figures that were typed: the same ones sent again are meant so."""
        self.sure.data = self._figures(overview)

    def refuse(self, error: ElkkError, *, field: str = "") -> None:
        """Show *error*, and ask of a reading below the last whether the meter passed zero."""
        super().refuse(error, field=field)
        if isinstance(error, FormRejected):
            self.asked = frozenset(
                fault.field
                for fault in error.faults
                if isinstance(fault.error, RolloverNotConfirmed)
            )

    def _figures(self, overview: MeterOverview) -> str:
        return " ".join("".join(typed.split()) for typed in self.values(overview).values())


def _rollover(zone: Zone) -> str:
    return f"rollover_{zone.value}"


def _before(previous: Reading | None, viewer_id: UserId | None) -> str:
    """Return the reading that the new one follows, in words."""
    if previous is None:
        return str(gettext("Это первые показания: расход посчитаем от них."))
    return str(
        gettext(
            "Предыдущие показания: %(value)s, %(day)s, %(taken)s",
            value=formats.figure(previous.value),
            day=formats.day(previous.taken_on),
            taken=formats.taken_by(previous, viewer_id),
        )
    )


# What readings mean, in words


@frozen
class Meaning:
    """What figures mean for the bill, and what is strange about them; the latter may be nothing."""

    text: str
    warning: str

    @classmethod
    def of(cls, preview: ReadingsPreview) -> "Meaning":
        """Return «232 кВт·ч, около 642,64 ₽; в прошлом месяце 219 кВт·ч»."""
        volume = formats.kwh(preview.consumed)
        if preview.months > 1:
            volume = gettext(
                "%(volume)s за %(months)s",
                volume=volume,
                months=formats.months(preview.months),
            )
        if preview.amount.kopecks < 0:
            cost = gettext("счет вернет около %(sum)s", sum=formats.money(abs(preview.amount)))
        else:
            cost = gettext("около %(sum)s", sum=formats.money(preview.amount))
        told = [f"{volume}, {cost}"]
        if preview.estimated:
            told.append(
                gettext("из них %(volume)s уже начислены", volume=formats.kwh(preview.estimated))
            )
        if preview.last_month is not None:
            told.append(
                gettext("в прошлом месяце %(volume)s", volume=formats.kwh(preview.last_month))
            )
        return cls("; ".join(told), _warning(preview))


def _warning(preview: ReadingsPreview) -> str:
    if preview.deviation is None or preview.usual is None:
        return ""
    usual = formats.kwh(preview.usual)
    above = gettext(
        "Это намного больше обычного: в среднем у Вас %(usual)s в месяц."
        " Проверьте, нет ли лишней цифры.",
        usual=usual,
    )
    below = gettext(
        "Это намного меньше обычного: в среднем у Вас %(usual)s в месяц."
        " Проверьте, все ли цифры на месте.",
        usual=usual,
    )
    return str(above if preview.deviation is Deviation.ABOVE else below)
