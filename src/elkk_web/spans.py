"""The stretch of months that a page is asked for: the last ones, all of them, or any."""

from collections.abc import Mapping

from attrs import frozen
from flask_babel import gettext

from elkk_core.shared import Month
from elkk_core.shared.periods import NotAMonth

_LAST = {"3": 3, "6": 6, "12": 12}
_ALL = "all"
_OWN = "own"


@frozen(kw_only=True)
class Span:
    """Months from *since* through *through*, None for no bound, as *choice* of a list names them.

    Of a stretch of one's own *first* and *last* are as they were typed; *fault* says what is wrong
    with them, and then the last three months stand in.
    """

    choice: str
    since: Month | None
    through: Month | None = None
    first: str = ""
    last: str = ""
    fault: str = ""

    @property
    def query(self) -> dict[str, str]:
        """What an address says to ask for the same months."""
        if self.choice != _OWN:
            return {"period": self.choice}
        return {"period": self.choice, "from": self.first, "to": self.last}

    @property
    def is_own(self) -> bool:
        """Whether it is none of those that the list offers ready-made."""
        return self.choice == _OWN


def span_asked(given: Mapping[str, str], *, today: Month, least: str = "3") -> Span:
    """Return the months that a request asks for; what no list offers means the *least*."""
    choice = given.get("period", least)
    if choice == _OWN:
        return _own(given, today)
    if choice == _ALL:
        return Span(choice=_ALL, since=None)
    choice = choice if choice in _LAST else least
    return Span(choice=choice, since=today.plus(1 - _LAST[choice]))


def _own(given: Mapping[str, str], today: Month) -> Span:
    first, last = (given.get(name, "").strip() for name in ("from", "to"))
    try:
        since = Month.parse(first) if first else None
        through = Month.parse(last) if last else None
    except NotAMonth:
        fault = gettext("Укажите месяцы так: 2026-01")
    else:
        if since is None or through is None or since <= through:
            return Span(choice=_OWN, since=since, through=through, first=first, last=last)
        fault = gettext("Первый месяц позже последнего")
    return Span(choice=_OWN, since=today.plus(-2), first=first, last=last, fault=fault)


def span_choices() -> tuple[tuple[str, str], ...]:
    """Return what a list of stretches offers."""
    return (
        ("3", gettext("За последние 3 месяца")),
        ("6", gettext("За последние 6 месяцев")),
        ("12", gettext("За последний год")),
        (_ALL, gettext("За все время")),
        (_OWN, gettext("За другой период")),
    )
