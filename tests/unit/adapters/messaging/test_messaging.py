"""How events become messages, and where these go."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import attrs
import pytest
from attrs import define, field

from elkk_adapters.durable.messages import payload_of
from elkk_adapters.messaging import (
    Channel,
    ConsoleSender,
    DeliverMessage,
    MessageRenderer,
    OutboxSender,
    RenderedMessage,
    UnknownMessage,
)
from elkk_adapters.messaging.rendering import WITHHELD, plural
from elkk_adapters.messaging.senders import masked
from elkk_core.identity import events as identity_events
from elkk_core.notices import MailedNotice, SmsDue
from elkk_core.notices import events as notices_events
from elkk_core.shared import DomainEvent, Money, Month

EVENTS = [
    event
    for event in (*vars(identity_events).values(), *vars(notices_events).values())
    if isinstance(event, type) and issubclass(event, DomainEvent) and event is not DomainEvent
    if event.kind not in WITHHELD
]
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@define
class Standing:
    """A clock that stands still."""

    moment: datetime = NOW

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment


@define
class RememberedMessages:
    """Sent messages in memory, each key once."""

    rows: dict[str, dict[str, object]] = field(factory=dict)

    def record(self, *, key: str, **row: object) -> bool:
        """Keep the first message of *key*."""
        if key in self.rows:
            return False
        self.rows[key] = row
        return True


def renderer() -> MessageRenderer:
    """Return a renderer of a cabinet that does not exist."""
    return MessageRenderer(
        cabinet="Личный кабинет «Заря»",
        base_url="https://cabinet.example",
        support_email="help@cabinet.example",
    )


DEBT = MailedNotice(
    notification_id=UUID(int=5),
    kind="debt_overdue",
    account="680000000101",
    address="12 Garden Street",
    amount=Money(119387),
    month=Month(2026, 9),
    day=date(2026, 10, 15),
)
READINGS = MailedNotice(
    notification_id=UUID(int=6),
    kind="readings_missing",
    account="680000000202",
    address="<b>Field</b> Street",
    month=Month(2026, 11),
    day=date(2026, 11, 25),
)


def told_of(*notices: MailedNotice) -> str:
    """Return notices as the queue carries them."""
    event = SmsDue(event_id=UUID(int=1), phone="", supplier="", language="", notices=notices)
    return payload_of(event)["notices"]


def payload(**changes: str) -> dict[str, str]:
    """Return fields that suit an event of any kind."""
    return {
        "phone": "+79161234567",
        "email": "anna@example.org",
        "code": "730164",
        "purpose": "registration",
        "given_name": "Анна",
        "token": "k3Jv9sQpZx7WmN2rT8yUbA",
        "language": "ru",
        "expires_at": (NOW + timedelta(minutes=5)).isoformat(),
        "changed_at": NOW.isoformat(),
        "deleted_at": NOW.isoformat(),
        "state": "on",
        "number": "2026-000123",
        "request": "01a2060a-9241-70a9-8e1f-d4058c1e06cd",
        "supplier": "Volga Energy",
        "notices": told_of(DEBT),
        **changes,
    }


def rendered(kind: str, **changes: str) -> RenderedMessage:
    """Return the message of *kind*, as read now."""
    return renderer().render(kind=kind, payload=payload(**changes), now=NOW)


def test_code_is_sent_by_sms() -> None:
    """The SMS tells the code, how long it is valid, that it is a secret, and who sends it."""
    message = rendered("identity.code_requested")

    assert (
        RenderedMessage(
            channel=Channel.SMS,
            recipient="+79161234567",
            text=(
                "Код подтверждения: 730164. Действует 5 минут. Никому его не сообщайте. "
                "Личный кабинет «Заря»"
            ),
        )
        == message
    )


def test_code_for_recovery_says_so() -> None:
    """Who did not ask for a new password sees from the SMS that somebody else did."""
    message = rendered("identity.code_requested", purpose="recovery")

    assert message.text.startswith("Код для смены пароля: 730164.")


@pytest.mark.parametrize(
    ("purpose", "begins"),
    [
        ("sign_in", "Код для входа: 730164."),
        ("second_factor", "Код для настройки входа: 730164."),
        ("phone", "Код подтверждения: 730164."),
    ],
)
def test_code_says_what_it_opens(purpose: str, begins: str) -> None:
    """Who is talked into telling a code sees what it is for."""
    assert rendered("identity.code_requested", purpose=purpose).text.startswith(begins)


@pytest.mark.parametrize(("state", "says"), [("on", "включен"), ("off", "достаточно пароля")])
def test_switch_of_the_second_factor_is_told(state: str, says: str) -> None:
    """The SMS tells which way it was switched, and what to do if it was somebody else."""
    message = rendered("identity.second_factor_switched", state=state)

    assert says in message.text
    assert "Если это были не Вы, смените пароль" in message.text


def test_code_delivered_late_tells_what_is_left() -> None:
    """An SMS that waited for three and a half minutes says that two are left."""
    message = renderer().render(
        kind="identity.code_requested",
        payload=payload(),
        now=NOW + timedelta(minutes=3, seconds=30),
    )

    assert "Действует 2 минуты." in message.text


def test_confirmation_letter_holds_link() -> None:
    """The letter holds the link with the token in its text and in its HTML, and its term."""
    message = rendered(
        "identity.email_confirmation_requested",
        expires_at=(NOW + timedelta(hours=60)).isoformat(),
    )
    link = "https://cabinet.example/confirm-email/k3Jv9sQpZx7WmN2rT8yUbA"

    assert message.html is not None
    assert (Channel.EMAIL, "anna@example.org") == (message.channel, message.recipient)
    assert "Подтвердите адрес электронной почты" == message.subject
    assert link in message.text.splitlines()
    assert f'href="{link}"' in message.html
    assert "60 часов" in message.text
    assert "60 часов" in message.html


def test_name_cannot_break_letter() -> None:
    """What a person wrote into the form is shown in the HTML, not obeyed."""
    message = rendered("identity.email_confirmation_requested", given_name="<img src=x>")

    assert message.html is not None
    assert "&lt;img src=x&gt;" in message.html
    assert "<img" not in message.html


@pytest.mark.parametrize("kind", renderer().kinds)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_message_has_words(kind: str, language: str) -> None:
    """Each kind is there in both languages, without gaps, and an SMS is one line."""
    message = rendered(kind, language=language)
    parts = [part for part in (message.subject, message.text, message.html) if part is not None]

    assert (3 if message.channel is Channel.EMAIL else 1) == len(parts)
    assert all(
        part.strip() and "{" not in re.sub(r"(?s)<style>.*</style>", "", part) for part in parts
    )
    assert message.channel is Channel.EMAIL or "\n" not in message.text
    assert message.subject is None or "\n" not in message.subject


@pytest.mark.parametrize("kind", renderer().kinds)
def test_english_message_has_no_russian_words(kind: str) -> None:
    """An English message is English but for the name of the cabinet and of the person."""
    message = rendered(kind, language="en", given_name="Anna")
    words = f"{message.subject} {message.text} {message.html}".replace("Личный кабинет «Заря»", "")

    assert [] == re.findall(r"[А-Яа-яЁё]+", words)


def test_letter_tells_of_one_notice() -> None:
    """Its subject says what it is, and its button leads to the next step."""
    letter = rendered("notices.letter")
    link = "https://cabinet.example/notifications/00000000-0000-0000-0000-000000000005"

    assert letter.html is not None
    assert "Задолженность 1 193,87 ₽" == (letter.subject or "").replace("\xa0", " ")
    assert link in letter.text.splitlines()
    assert f'href="{link}"' in letter.html
    assert "Лицевой счет 680000000101, 12 Garden Street" in letter.text


def test_letter_tells_of_several_notices() -> None:
    """Each has its title, its account and its link; what is typed in books is shown, not obeyed."""
    letter = rendered("notices.letter", notices=told_of(DEBT, READINGS))

    assert letter.html is not None
    assert "Volga Energy: 2 новых уведомления" == letter.subject
    assert "Передайте показания до 25.11.2026" in letter.text
    assert "&lt;b&gt;Field&lt;/b&gt; Street" in letter.html
    assert 2 == letter.html.count("https://cabinet.example/notifications/")


TICKETED = attrs.evolve(READINGS, ticket="AaQz_9-.s1gn")
"""Missing readings as they are told: with a ticket."""


@pytest.mark.parametrize(
    ("language", "open_", "others", "all_"),
    [
        ("ru", "открывается без входа", "Остальные ссылки открывают", "Ссылки открывают"),
        ("en", "opens without signing in", "The other links open", "The links open"),
    ],
)
def test_letter_opens_the_form_of_readings_by_a_ticket(
    language: str, open_: str, others: str, all_: str
) -> None:
    """The button leads to the form itself; the foot says which links need a sign-in."""
    alone = rendered("notices.letter", language=language, notices=told_of(TICKETED))
    mixed = rendered("notices.letter", language=language, notices=told_of(TICKETED, DEBT))
    without = rendered("notices.letter", language=language)

    for letter, said in (
        (alone, (True, False, False)),
        (mixed, (True, True, False)),
        (without, (False, False, True)),
    ):
        for text in (letter.text, letter.html):
            assert text is not None
            assert said == tuple(words in text for words in (open_, others, all_))
            assert said[0] == ("https://cabinet.example/r/AaQz_9-.s1gn" in text)
    assert "/notifications/" not in alone.text
    assert "/notifications/00000000-0000-0000-0000-000000000005" in mixed.text


def test_sms_opens_the_form_of_readings_by_a_ticket() -> None:
    """Among several notices too, unless there are two such forms."""
    link = "https://cabinet.example/r/AaQz_9-.s1gn"
    alone = rendered("notices.sms", notices=told_of(TICKETED)).text.replace("\xa0", " ")
    mixed = rendered("notices.sms", notices=told_of(DEBT, TICKETED)).text
    two = rendered("notices.sms", notices=told_of(TICKETED, TICKETED)).text

    assert alone == (
        "Volga Energy, ЛС 680000000202: показания за ноябрь 2026 не переданы, "
        f"прием до 25.11.2026. {link}"
    )
    assert mixed.endswith(f"25.11.2026. Передать показания: {link}")
    assert two.endswith("25.11.2026. https://cabinet.example/cabinet")


def test_sms_is_short() -> None:
    """One notice is told with its account and link, several by their gist."""
    one = rendered("notices.sms").text.replace("\xa0", " ")
    several = rendered("notices.sms", notices=told_of(*[READINGS] * 5)).text

    assert one == (
        "Volga Energy, ЛС 680000000101: задолженность 1 193,87 р. за сентябрь 2026. "
        "https://cabinet.example/notifications/00000000-0000-0000-0000-000000000005"
    )
    assert several.endswith("и еще 2. https://cabinet.example/cabinet")


def test_letter_does_without_support() -> None:
    """A cabinet without an address for questions names none."""
    letter = MessageRenderer(cabinet="Заря", base_url="https://cabinet.example").render(
        kind="identity.email_taken", payload=payload(), now=NOW
    )

    assert letter.html is not None
    assert "mailto:" not in letter.html
    assert letter.text.endswith("Заря")


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_event_tells_enough(event: type[DomainEvent], language: str) -> None:
    """The fields of each event of the core suffice for its words."""
    facts = payload(language=language)
    told = {name: facts[name] for name in attrs.fields_dict(event) if name != "event_id"}

    message = renderer().render(kind=event.kind, payload=told, now=NOW)

    assert message.recipient in told.values()


def test_unknown_language_is_russian() -> None:
    """A language that there are no words in gives the Russian ones."""
    assert rendered("identity.password_changed") == rendered(
        "identity.password_changed", language="tt"
    )


def test_unknown_kind_is_refused() -> None:
    """An event that nobody wrote words for is an error and no empty message."""
    with pytest.raises(UnknownMessage) as caught:
        rendered("identity.unheard_of")

    assert "identity.unheard_of" == caught.value.kind


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (1, "час"),
        (2, "часа"),
        (4, "часа"),
        (5, "часов"),
        (10, "часов"),
        (11, "часов"),
        (12, "часов"),
        (14, "часов"),
        (20, "часов"),
        (21, "час"),
        (60, "часов"),
        (112, "часов"),
        (122, "часа"),
    ],
)
def test_plural_forms(number: int, form: str) -> None:
    """Russian nouns go with numbers as a Russian expects."""
    assert form == plural(number, "час", "часа", "часов")


def test_message_is_not_told_by_repr() -> None:
    """A message that ends up in a traceback tells neither code nor recipient."""
    shown = repr(rendered("identity.code_requested"))

    assert "730164" not in shown
    assert "9161234567" not in shown


@pytest.mark.parametrize(
    ("channel", "recipient", "shown"),
    [
        (Channel.SMS, "+79161234567", "+7•••67"),
        (Channel.EMAIL, "anna@example.org", "a•••@example.org"),
    ],
)
def test_recipient_is_masked(channel: Channel, recipient: str, shown: str) -> None:
    """The console shows enough of an address for its owner alone."""
    message = RenderedMessage(channel=channel, recipient=recipient, text="")

    assert shown == masked(message)


def test_console_prints_message() -> None:
    """The console shows the words, and the recipient masked."""
    stream = io.StringIO()

    ConsoleSender(stream=stream).send(
        rendered("identity.code_requested"), kind="identity.code_requested", key="1"
    )

    assert [
        "--- SMS +7•••67",
        (
            "Код подтверждения: 730164. Действует 5 минут. Никому его не сообщайте. "
            "Личный кабинет «Заря»"
        ),
        "---",
    ] == stream.getvalue().splitlines()


def test_outbox_holds_each_key_once() -> None:
    """A second attempt at a delivery leaves one message in the outbox, with all its parts."""
    sent = RememberedMessages()
    outbox = OutboxSender(sent_messages=sent, clock=Standing())
    message = rendered("identity.email_taken")

    outbox.send(message, kind="identity.email_taken", key="1")
    outbox.send(message, kind="identity.email_taken", key="1")

    assert {
        "1": {
            "kind": "identity.email_taken",
            "channel": "email",
            "recipient": "anna@example.org",
            "subject": message.subject,
            "text": message.text,
            "html": message.html,
            "sent_at": NOW,
        }
    } == sent.rows


def delivery(sms: RememberedMessages, letters: RememberedMessages) -> DeliverMessage:
    """Return a delivery that puts SMS and letters into two different outboxes."""
    return DeliverMessage(
        renderer=renderer(),
        sms=OutboxSender(sent_messages=sms, clock=Standing()),
        letters=OutboxSender(sent_messages=letters, clock=Standing()),
        clock=Standing(),
    )


def test_delivery_chooses_channel() -> None:
    """SMS go to the sender of SMS, letters to the sender of letters."""
    sms, letters = RememberedMessages(), RememberedMessages()
    deliver = delivery(sms, letters)

    deliver(kind="identity.code_requested", payload=payload(), key="1")
    deliver(kind="identity.email_taken", payload=payload(), key="2")

    assert (["1"], ["2"]) == (list(sms.rows), list(letters.rows))


def test_expired_message_is_dropped() -> None:
    """A code that has expired while the gateway was away is not sent any more."""
    sms, letters = RememberedMessages(), RememberedMessages()

    delivery(sms, letters)(
        kind="identity.code_requested", payload=payload(expires_at=NOW.isoformat()), key="1"
    )

    assert {} == sms.rows


@pytest.mark.parametrize("kind", sorted(WITHHELD))
def test_withheld_message_goes_nowhere(kind: str) -> None:
    """What stands in for a message to a user reaches nobody."""
    sms, letters = RememberedMessages(), RememberedMessages()

    delivery(sms, letters)(kind=kind, payload=payload(), key="1")

    assert ({}, {}) == (sms.rows, letters.rows)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_letter_leads_to_the_answer_and_does_not_hold_it(language: str) -> None:
    """The letter names the request and its page; what it says is made of the event alone."""
    message = rendered(
        "support.request_answered",
        language=language,
        number="ОБ-2026-000123",
        supplier="Энергосбыт «Цна»",
        request="01a2060a-9241-70a9-8e1f-d4058c1e06cd",
    )

    assert (Channel.EMAIL, "anna@example.org") == (message.channel, message.recipient)
    assert "ОБ-2026-000123" in (message.subject or "")
    link = "https://cabinet.example/requests/01a2060a-9241-70a9-8e1f-d4058c1e06cd"
    assert link in message.text
    assert f'href="{link}"' in (message.html or "")
    assert "Энергосбыт «Цна»" in message.text
