"""The record of messages that were sent."""

from datetime import UTC, datetime, timedelta

from elkk_adapters.sent_messages import SentMessage
from elkk_adapters.sql import Database

_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _record(database: Database, key: str, text: str = "730164", minutes: int = 0) -> bool:
    return database.sent_messages.record(
        key=key,
        kind="identity.code_requested",
        channel="sms",
        recipient="+79161234567",
        subject=None,
        text=text,
        html=None,
        sent_at=_NOON + timedelta(minutes=minutes),
    )


def test_message_is_recorded_once(database: Database) -> None:
    """A second message under the same key is not kept."""
    assert [True, False] == [_record(database, "key", "first"), _record(database, "key", "second")]

    assert (
        SentMessage(
            key="key",
            kind="identity.code_requested",
            channel="sms",
            recipient="+79161234567",
            subject=None,
            text="first",
            html=None,
            sent_at=_NOON,
        ),
    ) == database.sent_messages.list_latest(limit=10)


def test_latest_message_comes_first(database: Database) -> None:
    """The list is as long as asked for, the newest at its head."""
    for number in range(4):
        _record(database, str(number), minutes=number)

    assert ["3", "2"] == [message.key for message in database.sent_messages.list_latest(limit=2)]
