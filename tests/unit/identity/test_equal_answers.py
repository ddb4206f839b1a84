"""Neither an answer nor the work behind it tells a stranger who is a user."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

import pytest
from attrs import define, field, frozen
from tests.unit.identity.desk import EMAIL, PASSWORD, Desk

from elkk_core.identity import IdentityUnitOfWork
from elkk_core.shared import DomainEvent, ElkkError
from elkk_core.testing.doubles import PlainHasher

KNOWN_PHONE, STRANGE_PHONE = "8 916 123-45-67", "8 953 765-43-21"
STRANGE_EMAIL = "nobody@tambov-post.ru"


@define
class CountingHasher:
    """Counts how often a password is worked on, which is what takes time."""

    hasher: PlainHasher = field(factory=PlainHasher)
    times: int = 0

    def hash(self, password: str) -> str:
        """Return a digest."""
        self.times += 1
        return self.hasher.hash(password)

    def matches(self, password: str, digest: str) -> bool:
        """Tell whether *digest* was made of *password*."""
        self.times += 1
        return self.hasher.matches(password, digest)

    def is_outdated(self, digest: str) -> bool:
        """Tell whether the digest is of another generation."""
        return self.hasher.is_outdated(digest)


@frozen
class Work:
    """What a step took: passwords worked on, units of work, events; and what it answered."""

    hashes: int
    units: int
    events: int
    answer: str


class Watched(Desk):
    """A desk at which all work is counted."""

    def __init__(self) -> None:
        super().__init__()
        self.hasher: CountingHasher = CountingHasher()  # type: ignore[assignment]
        self.units = Counter[str]()
        begin = self.store.unit_of_work

        def counted() -> IdentityUnitOfWork:
            self.units["begun"] += 1
            return begin()

        self.store.unit_of_work = counted  # type: ignore[assignment,method-assign]

    def work(self, step: Callable[[], object]) -> Work:
        """Return what *step* takes."""
        hashes, units, events = self.hasher.times, self.units["begun"], len(self.store.events())
        try:
            answer = type(step()).__name__
        except ElkkError as error:
            answer = repr(error)
        return Work(
            hashes=self.hasher.times - hashes,
            units=self.units["begun"] - units,
            events=len(self.store.events()) - events,
            answer=answer,
        )

    def recipients(self, events: Iterable[DomainEvent]) -> list[str]:
        """Return whom *events* would reach."""
        return [str(getattr(event, "phone", getattr(event, "email", "nobody"))) for event in events]


@pytest.fixture(name="desk")
def desk_with_a_user() -> Watched:
    """Return a desk at which one user with a confirmed e-mail is known, a while ago."""
    desk = Watched()
    desk.register()
    desk.confirm_email(token=desk.sent_link())
    desk.wait(minutes=2)
    return desk


@pytest.mark.parametrize(
    ("known", "strange"), [(KNOWN_PHONE, STRANGE_PHONE), (EMAIL, STRANGE_EMAIL)]
)
def test_signing_in_takes_the_same_work(desk: Watched, known: str, strange: str) -> None:
    """A wrong password costs one hash, whoever it is typed for, and reads the same."""
    works = [
        desk.work(partial(desk.sign_in, login=login, password="мимо", remember=False))
        for login in (known, strange)
    ]

    assert works[0] == works[1]
    assert 1 == works[0].hashes


def test_registering_takes_the_same_work(desk: Watched) -> None:
    """With a phone that is known, one hash and one SMS as well, and the same wrong code."""
    works = []
    for phone in (KNOWN_PHONE, STRANGE_PHONE):
        works += [desk.work(partial(desk.started, phone=phone)) for _ in range(2)]

    assert works[:2] == works[2:]
    assert (1, 1) == (works[0].hashes, works[0].events)


@pytest.mark.parametrize(
    ("known", "strange"), [(KNOWN_PHONE, STRANGE_PHONE), (EMAIL, STRANGE_EMAIL)]
)
def test_recovering_takes_the_same_work(desk: Watched, known: str, strange: str) -> None:
    """One message is queued for whoever is asked for, and reaches a user alone."""
    works = [desk.work(partial(desk.recovering, contact)) for contact in (known, strange)]

    assert works[0] == works[1]
    assert (0, 1) == (works[0].hashes, works[0].events)
    assert ["nobody"] == desk.recipients(desk.store.events()[-1:])
    assert "nobody" not in desk.recipients(desk.store.events()[-2:-1])


def test_finishing_a_recovery_takes_the_same_work(desk: Watched) -> None:
    """A wrong code costs one hash and counts down, whether or not there is a user."""
    works = []
    for phone in (KNOWN_PHONE, STRANGE_PHONE):
        recovery_id = desk.recovering(phone).recovery_id
        assert recovery_id is not None
        works += [
            desk.work(
                partial(
                    desk.finish_password_recovery,
                    recovery_id=recovery_id,
                    code="999999",
                    password=PASSWORD,
                    repeat=PASSWORD,
                )
            )
            for _ in range(6)
        ]

    assert works[:6] == works[6:]
