"""From an event to the words that a person reads."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any, ClassVar

from attrs import define, field, frozen
from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from elkk_adapters.messaging.message import Channel, RenderedMessage
from elkk_adapters.sentences import NoticeWords, tell_notice
from elkk_core.notices import Gist
from elkk_core.shared.errors import NotFound
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month

_LANGUAGES = ("ru", "en")
_EXPIRES_AT = "expires_at"
_FIRST_OF_MANY = 5
_TEENS = range(11, 15)


@define
class UnknownMessage(NotFound):
    """There are no words for an event of *kind*."""

    code: ClassVar[str] = "messaging.unknown_message"
    kind: str


@frozen(kw_only=True)
class _Form:
    """How messages of one kind go, and which field of the event names the recipient."""

    channel: Channel
    recipient: str
    tells_notices: bool = False


_FORMS: Mapping[str, _Form] = {
    "identity.code_requested": _Form(channel=Channel.SMS, recipient="phone"),
    "identity.known_phone_registered": _Form(channel=Channel.SMS, recipient="phone"),
    "identity.known_phone_claimed": _Form(channel=Channel.SMS, recipient="phone"),
    "identity.phone_changed": _Form(channel=Channel.SMS, recipient="phone"),
    "identity.second_factor_switched": _Form(channel=Channel.SMS, recipient="phone"),
    "identity.email_changed": _Form(channel=Channel.EMAIL, recipient="email"),
    "identity.email_confirmation_requested": _Form(channel=Channel.EMAIL, recipient="email"),
    "identity.email_taken": _Form(channel=Channel.EMAIL, recipient="email"),
    "identity.password_changed": _Form(channel=Channel.SMS, recipient="phone"),
    "support.request_answered": _Form(channel=Channel.EMAIL, recipient="email"),
    "identity.recovery_link_requested": _Form(channel=Channel.EMAIL, recipient="email"),
    "identity.user_deleted": _Form(channel=Channel.SMS, recipient="phone"),
    "notices.letter": _Form(channel=Channel.EMAIL, recipient="email", tells_notices=True),
    "notices.sms": _Form(channel=Channel.SMS, recipient="phone", tells_notices=True),
}

WITHHELD = frozenset({"identity.message_withheld"})
"""Kinds of events that nobody is told of: they only take the time that a message would."""


@frozen(kw_only=True)
class MessageRenderer:
    """Puts events into words, by the templates ``templates/KIND.LANGUAGE.{subject,txt,html}``.

    ``cabinet`` is what the cabinet is called, ``base_url`` its address without a slash at the end,
    ``support_email`` the address that people may answer to, if there is one.
    """

    cabinet: str
    base_url: str
    support_email: str | None = None
    _templates: Environment = field(init=False, repr=False, eq=False)

    @_templates.default
    def _environment(self) -> Environment:
        templates = Environment(
            loader=PackageLoader("elkk_adapters.messaging"),
            # HTML alone is escaped; an SMS or a subject shows its characters as they are.
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        templates.filters["plural"] = plural
        return templates

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of events that there are words for."""
        return tuple(_FORMS)

    def render(self, *, kind: str, payload: Mapping[str, str], now: datetime) -> RenderedMessage:
        """Return the message for an event of *kind* with the fields *payload*, as read at *now*.

        The language is the payload's, Russian if there are no words in it.

        Raises:
            UnknownMessage: If there are no words for *kind*.
        """
        form = _FORMS.get(kind)
        if form is None:
            raise UnknownMessage(kind)
        language = payload.get("language", _LANGUAGES[0])
        name = f"{kind}.{language if language in _LANGUAGES else _LANGUAGES[0]}"
        facts: dict[str, Any] = {
            **payload,
            **_time_left(payload, now=now),
            "cabinet": self.cabinet,
            "base_url": self.base_url,
            "support_email": self.support_email,
        }
        if form.tells_notices:
            facts["notices"] = _told_notices(payload["notices"], language)
        text = self._words(f"{name}.txt", facts)
        if form.channel is Channel.SMS:
            return RenderedMessage(
                channel=form.channel, recipient=payload[form.recipient], text=" ".join(text.split())
            )
        return RenderedMessage(
            channel=form.channel,
            recipient=payload[form.recipient],
            subject=" ".join(self._words(f"{name}.subject", facts).split()),
            text=text,
            html=self._words(f"{name}.html", facts),
        )

    def _words(self, name: str, facts: Mapping[str, Any]) -> str:
        template: Template = self._templates.get_template(name)
        return template.render(facts).strip()


@frozen(kw_only=True)
class _ToldNotice:
    """A notice as a template shows it.

    Its next step is at *path* of the cabinet; it *needs_no_sign_in* where the path has a ticket.
    """

    path: str
    needs_no_sign_in: bool
    account: str
    address: str
    words: NoticeWords


def _told_notices(text: str, language: str) -> list[_ToldNotice]:
    return [
        _ToldNotice(
            path=f"/r/{part['ticket']}"
            if "ticket" in part
            else f"/notifications/{part['notification_id']}",
            needs_no_sign_in="ticket" in part,
            account=part["account"],
            address=part["address"],
            words=tell_notice(_gist(part), language),
        )
        for part in json.loads(text)
    ]


def _gist(part: Mapping[str, str]) -> Gist:
    return Gist(
        kind=part["kind"],
        amount=Money.parse(part["amount"]) if "amount" in part else None,
        month=Month.parse(part["month"]) if "month" in part else None,
        day=date.fromisoformat(part["day"]) if "day" in part else None,
        name=part.get("name"),
    )


def expires_at(payload: Mapping[str, str]) -> datetime | None:
    """Return the moment after which the message is of no use, None if it is of use for good."""
    return datetime.fromisoformat(payload[_EXPIRES_AT]) if _EXPIRES_AT in payload else None


def plural(number: int, one: str, few: str, many: str) -> str:
    """Return the Russian form of a noun that goes with *number*: 1 час, 2 часа, 5 часов."""
    last = number % 10
    # Eleven to fourteen go like zero: 11 часов, 112 часов.
    if last == 0 or last >= _FIRST_OF_MANY or number % 100 in _TEENS:
        return many
    return one if last == 1 else few


def _time_left(payload: Mapping[str, str], *, now: datetime) -> dict[str, int]:
    # Rounded up: a letter that left a second ago says 60 hours, not 59.
    end = expires_at(payload)
    if end is None:
        return {}
    left = end - now
    return {
        "minutes": ceil(left / timedelta(minutes=1)),
        "hours": ceil(left / timedelta(hours=1)),
    }
