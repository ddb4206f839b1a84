"""Linking an account by the figure of a bill."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from attrs import frozen

from elkk_core.accounts import (
    AccountNumberMalformed,
    AlreadyLinked,
    BillDelivery,
    LinkAccount,
    LinkingLocked,
    LinkingPolicy,
    Relation,
    StartLinking,
    WrongSecurityAnswer,
)
from elkk_core.shared import (
    AccountId,
    ElkkError,
    FormRejected,
    InvoiceId,
    Money,
    Month,
    NotAnAmount,
    SupplierId,
    SupplierNotFound,
    UserId,
)
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    SUPPLIER_ID,
    USER_ID,
    a_supplier,
    a_user,
    an_account,
    an_invoice,
    another_user,
)
from elkk_core.testing.doubles import FixedClock, SequentialIdentifiers
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

NOW = datetime(2020, 7, 15, 12, tzinfo=UTC)
NUMBER = an_account().number
STRANGER_ID = another_user().user_id


@frozen
class Counter:
    """A store with the manual's household, and both steps of linking."""

    store: MemoryStore
    clock: FixedClock
    identifiers: SequentialIdentifiers

    def start(self, **changes: object) -> None:
        """Take the first step, with *changes*."""
        step = StartLinking(
            unit_of_work=self.store.unit_of_work, clock=self.clock, policy=LinkingPolicy()
        )
        asked: dict[str, object] = {
            "user_id": USER_ID,
            "supplier_id": SUPPLIER_ID,
            "number": NUMBER,
            "relation": "owner",
        }
        step(**asked | changes)  # type: ignore[arg-type]

    def answer(self, answer: str, **changes: object) -> AccountId:
        """Answer the security question, with *changes*."""
        step = LinkAccount(
            unit_of_work=self.store.unit_of_work,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=LinkingPolicy(),
        )
        asked: dict[str, object] = {
            "user_id": USER_ID,
            "supplier_id": SUPPLIER_ID,
            "number": NUMBER,
            "relation": Relation.OWNER,
            "delivery": BillDelivery.EMAIL,
        }
        return step(answer=answer, **asked | changes)  # type: ignore[arg-type]

    def linked(self, user_id: UserId = USER_ID) -> list[str]:
        """Return the numbers of the accounts that a user sees."""
        return [account.number for account in self.store.linked_accounts.list_for(user_id)]


@pytest.fixture(name="counter")
def counter_with_a_household() -> Counter:
    """Return the manual's account with its bill of January 2020, in July."""
    store = MemoryStore()
    keep(store, a_user(), another_user(), a_supplier(), an_account(), an_invoice())
    return Counter(store, FixedClock(NOW), SequentialIdentifiers())


@pytest.mark.parametrize("answer", ["2,55", "2.55", " 2,55 ", "-2,55", "\u22122,55", "+2,55"])
def test_overpayment_is_answered_as_printed(counter: Counter, answer: str) -> None:
    """Comma or point, blanks, a minus or none: the figure of «Итого переплата» links."""
    assert ACCOUNT_ID == counter.answer(answer)
    assert [NUMBER] == counter.linked()


def test_total_due_is_answered_as_printed(counter: Counter) -> None:
    """The figure of «Итого по счету» links, with a blank between thousands too."""
    due = an_invoice(
        invoice_id=InvoiceId(UUID(int=1)),
        number="N2",
        month=Month(2020, 2),
        opening=Money(152240),
    )
    keep(counter.store, due)

    counter.answer("1 500,00")


def test_link_holds_what_the_user_said(counter: Counter) -> None:
    """Relation, delivery and moment are kept."""
    counter.answer("2,55", relation=Relation.TENANT, delivery=BillDelivery.PAPER)

    with counter.store.unit_of_work() as uow:
        link = uow.links.find(USER_ID, ACCOUNT_ID)
    assert link is not None
    assert (Relation.TENANT, BillDelivery.PAPER, NOW) == (
        link.relation,
        link.delivery,
        link.linked_at,
    )


def test_bill_of_six_months_ago_counts_and_an_older_one_does_not(counter: Counter) -> None:
    """In July the bill of January is an answer; in August it is none any more."""
    counter.clock.set(datetime(2020, 7, 31, 20, 59, tzinfo=UTC))
    counter.answer("2,55")

    counter.clock.set(datetime(2020, 7, 31, 21, 0, tzinfo=UTC))
    with pytest.raises(WrongSecurityAnswer):
        counter.answer("2,55", user_id=STRANGER_ID)


@pytest.mark.parametrize("answer", ["643,20", "19,85", "665,60", "0", "2,54", "255", "640,65"])
def test_other_figures_of_the_bill_are_wrong(counter: Counter, answer: str) -> None:
    """Only the closing figure is the answer."""
    with pytest.raises(WrongSecurityAnswer):
        counter.answer(answer)
    assert [] == counter.linked()


def test_several_users_may_link_one_account(counter: Counter) -> None:
    """Who knows the figure sees the account, whoever else does."""
    counter.answer("2,55")
    counter.answer("2,55", user_id=STRANGER_ID)

    assert [NUMBER] == counter.linked() == counter.linked(STRANGER_ID)


def test_linked_account_is_not_linked_again(counter: Counter) -> None:
    """Both steps say so, and the answer is not looked at."""
    counter.answer("2,55")

    with pytest.raises(AlreadyLinked) as caught:
        counter.start()
    assert NUMBER == caught.value.number
    with pytest.raises(AlreadyLinked):
        counter.answer("1,00")


def test_wrong_answer_is_counted_although_it_is_refused(counter: Counter) -> None:
    """The count outlives the refusal: after five a day the right answer does not help."""
    for _ in range(5):
        with pytest.raises(WrongSecurityAnswer):
            counter.answer("1,00")
    for step in (counter.start, partial(counter.answer, "2,55")):
        with pytest.raises(LinkingLocked) as caught:
            step()
        assert NOW + timedelta(days=1) == caught.value.free_at

    counter.clock.advance(timedelta(days=1))
    counter.start()
    counter.answer("2,55")


def test_wrong_answer_tells_how_many_are_left(counter: Counter) -> None:
    """Whichever limit is nearer counts: the user's own, or that of the account."""

    def left(user: int, number: str = NUMBER) -> int:
        with pytest.raises(WrongSecurityAnswer) as caught:
            counter.answer("1,00", user_id=UserId(UUID(int=user)), number=number)
        return caught.value.left

    assert [4, 3, 2, 1, 0] == [left(1) for _ in range(5)]
    assert [4, 3, 2] == [left(2) for _ in range(3)]
    assert [1, 0] == [left(3) for _ in range(2)]
    assert 2 == left(3, number="000000000000")


def test_that_an_account_was_linked_stays_a_fact(counter: Counter) -> None:
    """Each linking is kept with its moment, and a wrong answer leaves none."""
    counter.answer("2,55")
    counter.clock.advance(timedelta(hours=1))
    with pytest.raises(WrongSecurityAnswer):
        counter.answer("1,00", user_id=STRANGER_ID)
    counter.answer("2,55", user_id=STRANGER_ID)

    with counter.store.unit_of_work() as uow:
        linkings = uow.linkings.list_of(ACCOUNT_ID)
    assert [NOW, NOW + timedelta(hours=1)] == [linking.linked_at for linking in linkings]
    assert 2 == len({linking.linking_id for linking in linkings})


def test_wrong_answers_are_counted_by_account_over_users(counter: Counter) -> None:
    """Ten wrong answers of whoever it was lock the account, and this account only."""
    for attempt in range(10):
        with pytest.raises(WrongSecurityAnswer):
            counter.answer("1,00", user_id=UserId(UUID(int=1000 + attempt)))

    with pytest.raises(LinkingLocked):
        counter.answer("2,55")
    counter.start(number="0000 1111")


def test_wrong_answers_are_counted_by_user_over_accounts(counter: Counter) -> None:
    """Five wrong answers for whatever accounts lock the user, and this user only."""
    for attempt in range(5):
        with pytest.raises(WrongSecurityAnswer):
            counter.answer("1,00", number=f"00000{attempt}")

    with pytest.raises(LinkingLocked):
        counter.answer("2,55")
    counter.answer("2,55", user_id=STRANGER_ID)


def test_unknown_account_cannot_be_told_from_a_wrong_answer(counter: Counter) -> None:
    """Step by step the same question, the same refusals, the same lock."""

    def walk(number: str, first_user: int) -> list[str]:
        def user(place: int) -> UserId:
            return UserId(UUID(int=first_user + place))

        counter.start(number=number, user_id=user(0))
        seen = [
            _refusal(partial(counter.answer, "1,00", number=number, user_id=user(place // 4)))
            for place in range(12)
        ]
        return [*seen, _refusal(partial(counter.start, number=number, user_id=user(9)))]

    assert walk(NUMBER, 2000) == walk("000000000000", 3000)


def test_number_written_with_blanks_is_the_same(counter: Counter) -> None:
    """Blanks neither hide an account nor reset its count."""
    for number in (NUMBER, f" {NUMBER[:4]} {NUMBER[4:]} "):
        counter.start(number=number)
        with pytest.raises(WrongSecurityAnswer):
            counter.answer("1,00", number=number)

    with counter.store.unit_of_work() as uow:
        assert 2 == len(uow.tallies.get(f"linking:account:tsna:{NUMBER}").moments)


def test_what_is_no_amount_is_not_counted(counter: Counter) -> None:
    """A slip of the finger costs no try."""
    for _ in range(6):
        with pytest.raises(NotAnAmount):
            counter.answer("две пятьдесят пять")
    with pytest.raises(AccountNumberMalformed):
        counter.answer("2,55", number="ЛС")

    counter.answer("2,55")


def test_first_step_tells_what_is_wrong(counter: Counter) -> None:
    """Number and relation are checked together."""
    with pytest.raises(FormRejected) as caught:
        counter.start(number=" ", relation="сосед")
    expected = [
        ("number", "shared.field_required"),
        ("relation", "accounts.relation_unknown"),
    ]
    assert expected == [(fault.field, fault.error.code) for fault in caught.value.faults]

    with pytest.raises(FormRejected) as caught:
        counter.start(number="12")
    assert ["accounts.account_number_malformed"] == [f.error.code for f in caught.value.faults]


def test_unknown_supplier_is_told(counter: Counter) -> None:
    """The list of suppliers is no secret."""
    unknown = SupplierId(UUID(int=1))

    with pytest.raises(SupplierNotFound):
        counter.start(supplier_id=unknown)
    with pytest.raises(SupplierNotFound):
        counter.answer("2,55", supplier_id=unknown)


def test_bill_that_closes_at_zero_is_no_answer(counter: Counter) -> None:
    """Zero is what anybody would try first, and what a household that pays in time often has."""
    settled = an_invoice(
        invoice_id=InvoiceId(UUID(int=1)),
        number="N2",
        month=Month(2020, 2),
        opening=Money(2240),
    )
    keep(counter.store, settled)

    assert settled.closing.is_zero
    with pytest.raises(WrongSecurityAnswer):
        counter.answer("0,00")


def test_account_without_bills_has_no_answer(counter: Counter) -> None:
    """Zero is no figure of a bill that was never made."""
    keep(counter.store, an_account(account_id=AccountId(UUID(int=1)), number="1111"))

    with pytest.raises(WrongSecurityAnswer):
        counter.answer("0,00", number="1111")


def _refusal(step: Callable[[], object]) -> str:
    with pytest.raises(ElkkError) as caught:
        step()
    return f"{caught.value.code} {caught.value!r}"
