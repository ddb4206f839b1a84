"""What the database keeps of a user who has left, and what it costs to ask for one who never was."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from tests.integration.sql.workbench import SqlStore

from elkk_adapters.sql import tables
from elkk_adapters.system import TimeOrderedIdentifiers
from elkk_core.identity import (
    DeleteUser,
    IdentityPolicy,
    Language,
    SignIn,
    SignInRefused,
    StartPasswordRecovery,
)
from elkk_core.shared import Tally
from elkk_core.testing.builders import (
    MORNING,
    USER_ID,
    a_card_payment,
    a_link,
    a_meter,
    a_notification,
    a_reading,
    a_recovery,
    a_recovery_link,
    a_registration,
    a_request,
    a_second_factor,
    a_session,
    a_supplier,
    a_user,
    an_account,
    an_email_confirmation,
)
from elkk_core.testing.doubles import (
    FixedClock,
    PlainCaptcha,
    PlainHasher,
    PredictableSecrets,
    SimpleContacts,
)
from elkk_core.testing.stores import keep

PASSWORD = "синий чайник поёт"
STAYS = {
    "card_payments.user_id",
    "readings.submitted_by",
    "tallies.key",
    "support_requests.applicant_surname",
    "support_requests.applicant_patronymic",
}
"""Where a user may still be named.

A number that leads to nobody, the count of SMS, and how letters to the supplier were signed: those are
the supplier's, as if they had come on paper.
"""


@pytest.fixture(name="store", params=["sqlite", "postgresql"])
def store_on_either(request: pytest.FixtureRequest) -> SqlStore:
    """Return an empty store on each database."""
    found: SqlStore = request.getfixturevalue(f"{request.param}_store")
    return found


def a_leaver() -> tuple[str, ...]:
    """Return everything by which a user could be told."""
    user = a_user()
    return (
        str(user.user_id),
        user.user_id.hex,
        user.phone.number,
        user.email.address,
        user.name.surname,
        user.name.patronymic,
    )


def traces(store: SqlStore) -> set[str]:
    """Return the columns of all tables in which something tells of the user."""
    found = set()
    with store.engine.connect() as connection:
        for table in tables.METADATA.tables.values():
            for row in connection.execute(sa.select(table)).mappings():
                found |= {
                    f"{table.name}.{name}"
                    for name, value in row.items()
                    if any(trace in f"{value}" for trace in a_leaver())
                }
    return found


def test_nothing_is_left_of_a_user_who_has_left(store: SqlStore) -> None:
    """A look through every column of every table finds neither name, phone, e-mail nor number."""
    hasher = PlainHasher()
    keep(
        store,
        a_supplier(),
        an_account(owner="Л.", address="г. Тамбов"),
        a_meter(),
        a_registration(),
        a_user(password_digest=hasher.hash(PASSWORD), email_confirmed_at=MORNING),
        a_recovery(),
        a_recovery_link(),
        an_email_confirmation(),
        a_session(),
        a_link(),
        a_second_factor(),
        a_notification(),
        a_reading(submitted_by=USER_ID),
        a_request(),
        a_card_payment(),
        *(
            Tally(key=key).add(now=MORNING, keep=timedelta(days=1))
            for key in ("sms:+79161234567", "sign-in:+79161234567", f"letters:{USER_ID}")
        ),
    )
    assert len(traces(store)) > len(STAYS)

    DeleteUser(
        unit_of_work=store.unit_of_work,
        hasher=hasher,
        clock=FixedClock(),
        identifiers=TimeOrderedIdentifiers(),
        policy=IdentityPolicy(),
    )(user_id=USER_ID, password=PASSWORD)

    assert traces(store) == STAYS
    with store.unit_of_work() as uow:
        assert uow.tallies.get("sms:+79161234567").moments
        assert not uow.tallies.get("sign-in:+79161234567").moments


def test_whatever_names_a_user_goes_with_them() -> None:
    """No foreign key to users keeps one from leaving, whichever table it stands in."""
    keys = [
        (f"{table.name}.{key.parent.name}", key.ondelete)
        for table in tables.METADATA.tables.values()
        for key in table.foreign_keys
        if key.column.table is tables.users
    ]

    assert [] == [key for key in keys if key[1] not in {"CASCADE", "SET NULL"}]
    assert len(keys) >= 6


@pytest.mark.parametrize("by", ["phone", "e-mail"])
def test_a_stranger_costs_as_much_as_a_user(store: SqlStore, by: str) -> None:
    """Signing in and recovering send the same statements, whether or not there is a user."""
    keep(store, a_user(email_confirmed_at=MORNING, password_digest=PlainHasher().hash(PASSWORD)))
    known, strange = (
        ("8 916 123-45-67", "8 953 765-43-21")
        if by == "phone"
        else ("petrova@tambov-post.ru", "nobody@tambov-post.ru")
    )

    for step in (wrong_sign_in(store), recovery(store)):
        # The first of all fills what the first of all has to fill.
        step("8 900 000-00-00")
        assert statements(store, step, known) == statements(store, step, strange)


def wrong_sign_in(store: SqlStore) -> Callable[[str], None]:
    """Return what types a wrong password."""
    sign_in = SignIn(
        unit_of_work=store.unit_of_work,
        contacts=SimpleContacts(),
        hasher=PlainHasher(),
        secrets=PredictableSecrets(),
        clock=FixedClock(),
        identifiers=TimeOrderedIdentifiers(),
        policy=IdentityPolicy(),
    )

    def step(login: str) -> None:
        with pytest.raises(SignInRefused):
            sign_in(login=login, password="мимо", remember=False)

    return step


def recovery(store: SqlStore) -> Callable[[str], None]:
    """Return what asks for another password."""
    clock = FixedClock()
    captcha = PlainCaptcha(clock)
    start = StartPasswordRecovery(
        unit_of_work=store.unit_of_work,
        captcha=captcha,
        contacts=SimpleContacts(),
        secrets=PredictableSecrets(),
        clock=clock,
        identifiers=TimeOrderedIdentifiers(),
        policy=IdentityPolicy(),
    )

    def step(contact: str) -> None:
        start(contact=contact, captcha=captcha.solve(), language=Language.RUSSIAN)

    return step


def statements(store: SqlStore, step: Callable[[str], None], who: str) -> list[str]:
    """Return the statements that a step sends."""
    sent: list[str] = []

    def note(*call: object) -> None:
        sent.append(str(call[2]))

    sa.event.listen(store.engine, "before_cursor_execute", note)
    step(who)
    sa.event.remove(store.engine, "before_cursor_execute", note)
    assert sent
    return sent
