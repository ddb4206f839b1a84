"""What the queue stores is sealed, and what an event carries is text."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID

import pytest
from attrs import frozen
from cryptography.fernet import InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from elkk_adapters.durable.messages import payload_of
from elkk_adapters.durable.names import checked, names_of
from elkk_adapters.durable.sealing import SealedSerializer, StoredFailure
from elkk_adapters.settings import SettingWrong
from elkk_core.shared import DomainEvent, Money, Month

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@frozen(kw_only=True)
class Noted(DomainEvent):
    """Something with a field of any type."""

    kind: ClassVar[str] = "tests.noted"
    fact: Any


@frozen(kw_only=True)
class Part:
    """A part of an event."""

    amount: Money | None = None
    day: date | None = None


def noted(fact: object) -> Noted:
    """Return an event that carries *fact*."""
    return Noted(event_id=UUID(int=7), fact=fact)


@given(data=JSON)
def test_sealed_data_comes_back(data: object) -> None:
    """What was sealed is what is opened."""
    serializer = SealedSerializer(secret_key="one")

    assert data == serializer.deserialize(serializer.serialize(data))


def test_sealed_moment_comes_back_as_text() -> None:
    """A schedule hands a moment over, which JSON knows only as text; of other things it has none."""
    serializer = SealedSerializer(secret_key="a key")
    moment = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)

    assert ["2026-11-22T18:05:00+00:00"] == serializer.deserialize(serializer.serialize([moment]))
    with pytest.raises(TypeError, match="set"):
        serializer.serialize({"a set"})


def test_other_key_does_not_open() -> None:
    """A key derived from another secret opens nothing."""
    sealed = SealedSerializer(secret_key="one").serialize({"code": "730164"})

    with pytest.raises(InvalidToken):
        SealedSerializer(secret_key="two").deserialize(sealed)


def test_sealed_twice_looks_different() -> None:
    """Two equal codes cannot be seen to be equal."""
    serializer = SealedSerializer(secret_key="one")

    assert serializer.serialize("730164") != serializer.serialize("730164")


def test_failure_is_stored_by_its_name() -> None:
    """Of a failure its class is kept; its text may quote a secret."""
    serializer = SealedSerializer(secret_key="one")

    opened = serializer.deserialize(serializer.serialize(ValueError("730164")))

    assert isinstance(opened, StoredFailure)
    assert ("ValueError",) == opened.args


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("730164", "730164"),
        (datetime(2026, 11, 22, 18, tzinfo=UTC), "2026-11-22T18:00:00+00:00"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (date(2026, 11, 22), "2026-11-22"),
        (Money(-255), "-2.55"),
        (Month(2026, 11), "2026-11"),
        ((), "[]"),
        (
            (Part(amount=Money(100)), Part(day=date(2026, 11, 22))),
            '[{"amount": "1.00"}, {"day": "2026-11-22"}]',
        ),
    ],
)
def test_event_is_carried_as_text(fact: object, text: str) -> None:
    """Texts, times, amounts and identifiers travel as text, parts without what they do not have."""
    assert {"fact": text} == payload_of(noted(fact))


@pytest.mark.parametrize("fact", [5, 1.5, None, b"730164", ["730164"]])
def test_other_facts_are_refused(fact: object) -> None:
    """An event that the queue would change on its way is refused, without telling the fact."""
    with pytest.raises(TypeError) as caught:
        payload_of(noted(fact))

    assert "730164" not in str(caught.value)


@pytest.mark.parametrize("name", ["", "../x", "a b", "я", "-a", "a" * 64])
def test_name_of_worker_is_plain(name: str) -> None:
    """A name that could be more than a name of a lock is refused."""
    with pytest.raises(SettingWrong) as caught:
        checked(name)

    assert "ELKK_WORKER_NAME" == caught.value.name


@pytest.mark.parametrize("url", ["sqlite://", "mysql://db/elkk", "elkk.sqlite3"])
def test_durable_work_needs_durable_database(url: str) -> None:
    """A database in memory or of another make is refused."""
    with pytest.raises(ValueError, match="SQLite file or PostgreSQL"):
        names_of(url)
