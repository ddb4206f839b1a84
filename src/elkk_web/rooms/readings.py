"""Submitting the readings of an account's meters."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from attrs import frozen
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms import BooleanField

from elkk_core.billing import MeterOverview
from elkk_core.metering import RolloverNotConfirmed
from elkk_core.shared import AccountId, ElkkError, FormRejected, Month, WindowStatus, Zone
from elkk_web import formats
from elkk_web.failures import status_of
from elkk_web.forms import Form, text
from elkk_web.presence import signed_in_only, viewer
from elkk_web.rooms.accounts import card_of
from elkk_web.wiring import application

blueprint = Blueprint("readings", __name__, url_prefix="/accounts/<uuid:account_id>/readings")


class ReadingsForm(Form):
    """The readings of one meter, with a field for each of its zones.

    *asked* names the zones whose reading may be a passage through zero, for the user to say.
    """

    asked: frozenset[str] = frozenset()

    @staticmethod
    def of(overview: MeterOverview, *, month: Month, prefix: str, filled: bool) -> "ReadingsForm":
        """Return the form of a meter for *month*; *prefix* keeps it apart from other meters'."""
        unit = gettext("кВт·ч")
        fields: dict[str, Any] = {}
        for register in overview.registers:
            previous = register.previous(month)
            fields[register.zone.value] = text(
                f"{formats.zone(register.zone).capitalize()}, {unit}",
                hint=""
                if previous is None
                else gettext(
                    "Предыдущие показания: %(value)s, %(day)s",
                    value=formats.figure(previous.value),
                    day=formats.day(previous.taken_on),
                ),
                wrong=gettext("Введите показание цифрами"),
                inputmode="decimal",
                autocomplete="off",
                pattern=r"\s*[0-9][0-9\s]*([.,][0-9]+)?\s*",
            )
            fields[_rollover(register.zone)] = BooleanField(
                gettext("Да, счетчик перешел через ноль")
            )
        form_class = type("ReadingsFormOfMeter", (ReadingsForm,), fields)
        form: ReadingsForm = form_class(prefix=prefix, **({} if filled else {"formdata": None}))
        return form

    def confirmed(self, overview: MeterOverview) -> frozenset[Zone]:
        """Return the zones whose passage through zero the user has confirmed."""
        return frozenset(
            register.zone for register in overview.registers if self[_rollover(register.zone)].data
        )

    def refuse(self, error: ElkkError, *, field: str = "") -> None:
        """Show *error*, and ask of a reading below the last whether the meter passed zero."""
        super().refuse(error, field=field)
        if isinstance(error, FormRejected):
            self.asked = frozenset(
                fault.field
                for fault in error.faults
                if isinstance(fault.error, RolloverNotConfirmed)
            )


def _rollover(zone: Zone) -> str:
    return f"rollover_{zone.value}"


@frozen(kw_only=True)
class MeterForm:
    """A meter with its form, which is shown while its window is open."""

    overview: MeterOverview
    status: WindowStatus
    form: ReadingsForm


@blueprint.route("", methods=["GET", "POST"])
@signed_in_only
def submit(account_id: UUID) -> ResponseReturnValue:
    """Show a form for each meter, or when submission opens; take the readings of one meter.

    A meter that was removed has none, unless its readings were sent just now: who sent them is told
    when it was removed.
    """
    above = card_of(account_id)
    sent = request.form.get("meter", "")
    meters = [
        MeterForm(
            overview=overview,
            status=overview.window.status(above["today"]),
            form=ReadingsForm.of(
                overview,
                month=above["card"].month_to_bill(overview, above["today"]),
                prefix=f"meter{index}-",
                filled=sent == str(overview.meter.meter_id),
            ),
        )
        for index, overview in enumerate(above["card"].meters)
        if overview.meter.is_there(above["today"]) or sent == str(overview.meter.meter_id)
    ]
    status = HTTPStatus.OK
    if request.method == "POST":
        meter = next((m for m in meters if str(m.overview.meter.meter_id) == sent), None)
        if meter is None:
            abort(HTTPStatus.NOT_FOUND)
        try:
            taken = application().metering.submit_readings(
                user_id=viewer().user_id,
                account_id=AccountId(account_id),
                meter_id=meter.overview.meter.meter_id,
                values={
                    register.zone: meter.form[register.zone.value].data or ""
                    for register in meter.overview.registers
                },
                rollovers_confirmed=meter.form.confirmed(meter.overview),
            )
        except ElkkError as error:
            meter.form.refuse(error)
            status = status_of(error)
        else:
            flash(
                gettext(
                    "Показания переданы %(day)s и будут учтены в счете за %(month)s.",
                    day=formats.day(taken.taken_on),
                    month=formats.month(taken.month),
                ),
                "good",
            )
            return redirect(url_for("accounts.history", account_id=account_id, kind="readings"))
    return render_template(
        "readings/submit.html", section="readings", meters=meters, **above
    ), status
