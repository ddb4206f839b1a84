"""When something is worth telling, at the edges of each rule."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.accounts import LinkingId
from elkk_core.billing.model import PaymentId
from elkk_core.notices import (
    Addressee,
    BillIssued,
    DebtOverdue,
    IssuedBill,
    LinkedByAnother,
    MadeLink,
    Notice,
    NoticePolicy,
    PaymentDeclined,
    PaymentPosted,
    ReadingsMissing,
    RecordedPayment,
    RefusedPayment,
    RequestAnswered,
    SuppliersAnswer,
    UnpaidAccount,
    UnreadMeter,
    VerificationEnding,
    VerificationOver,
    VerificationTerm,
    Watch,
    gist_of,
)
from elkk_core.payments import CardPaymentId, DeclineReason
from elkk_core.shared import InvoiceId, Money, Month, SubmissionWindow
from elkk_core.support import RequestId
from elkk_core.testing import strategies
from elkk_core.testing.builders import ACCOUNT_ID, JANUARY, MORNING, SUPPLIER_ID, USER_ID

MOSCOW = "Europe/Moscow"
POLICY = NoticePolicy()
TO = Addressee(user_id=USER_ID, account_id=ACCOUNT_ID, linked_at=MORNING)
BEFORE = MORNING - timedelta(microseconds=1)
WINDOW = SubmissionWindow(first_day=15, last_day=25)


def payable_until(month: Month) -> date:
    """Return the tenth of the month after."""
    return month.next.first_day.replace(day=10)


# Readings


@pytest.mark.parametrize(
    ("day", "told"),
    [(14, False), (15, False), (22, False), (23, True), (25, True), (26, False)],
)
def test_missing_readings_are_told_before_the_window_closes(day: int, told: bool) -> None:  # noqa: FBT001
    """From two days before the last one on, and not when it is too late."""
    notice = POLICY.readings_missing(UnreadMeter(to=TO, window=WINDOW), day=date(2020, 1, day))

    expected = ReadingsMissing(month=JANUARY, closes_on=date(2020, 1, 25)) if told else None
    assert expected == notice


def test_short_window_is_told_of_from_its_first_day() -> None:
    """A window of a day is closing as soon as it is open."""
    window = SubmissionWindow(first_day=31, last_day=31)

    assert POLICY.is_closing(window, day=date(2020, 2, 29))
    assert not POLICY.is_closing(window, day=date(2020, 2, 28))


# Verification


@pytest.mark.parametrize(
    ("due", "kind"),
    [
        (date(2020, 1, 12), VerificationOver),
        (date(2020, 1, 13), VerificationEnding),
        (date(2020, 3, 13), VerificationEnding),
        (date(2020, 3, 14), type(None)),
    ],
)
def test_verification_is_told_of_in_time_and_when_over(due: date, kind: type) -> None:
    """Sixty days ahead; on its last day it still ends, the day after it is over."""
    fact = VerificationTerm(to=TO, meter="011070123456", due=due)

    notice = POLICY.verification(fact, day=date(2020, 1, 13))

    assert kind is type(notice)


# Debts


def unpaid(balance: int, *, charged: int = 10_000, month: Month = JANUARY) -> UnpaidAccount:
    """Return an account that owes so many kopecks after a bill."""
    return UnpaidAccount(to=TO, balance=Money(balance), month=month, charged=Money(charged))


def test_debt_is_what_was_due_and_is_not_paid() -> None:
    """The day after the last day of payment all that is owed is a debt."""
    fact = unpaid(12_000)

    assert DebtOverdue(month=JANUARY, amount=Money(12_000), due_on=date(2020, 2, 10)) == (
        POLICY.debt(fact, day=date(2020, 2, 11), payable_until=payable_until)
    )


def test_bill_that_can_be_paid_in_time_is_no_debt() -> None:
    """Up to its last day of payment a bill is left out; what is older is a debt already."""
    day = date(2020, 2, 10)

    assert POLICY.debt(unpaid(10_000), day=day, payable_until=payable_until) is None
    assert DebtOverdue(
        month=JANUARY.previous, amount=Money(2_000), due_on=date(2020, 1, 10)
    ) == POLICY.debt(unpaid(12_000), day=day, payable_until=payable_until)


def test_debt_of_an_early_bill_waits_for_its_term() -> None:
    """A bill that is issued early makes nothing overdue that still has time."""
    fact = unpaid(12_000, month=JANUARY)

    assert POLICY.debt(fact, day=date(2020, 1, 10), payable_until=payable_until) is None


def test_debt_without_a_term_is_not_told() -> None:
    """Where no table says until when to pay, nobody is late."""
    assert POLICY.debt(unpaid(1), day=date(2030, 1, 1), payable_until=lambda _: None) is None


@given(
    balance=st.integers(1, 10**9),
    charged=st.integers(0, 10**9),
    days=st.integers(-40, 400),
)
def test_debt_is_never_more_than_what_is_owed(balance: int, charged: int, days: int) -> None:
    """Whatever the day, a debt is above zero, within the balance, and its term has passed."""
    day = date(2020, 2, 10) + timedelta(days=days)
    notice = POLICY.debt(unpaid(balance, charged=charged), day=day, payable_until=payable_until)

    if notice is not None:
        assert Money.zero() < notice.amount <= Money(balance)
        assert notice.due_on < day


# What has happened


def test_bill_is_told_to_those_who_were_there() -> None:
    """Who links the account later knows the bill from the history."""
    fact = IssuedBill(
        to=TO,
        invoice_id=InvoiceId(UUID(int=1)),
        month=JANUARY,
        closing=Money(-255),
        corrects=True,
        issued_at=MORNING,
    )
    told = BillIssued(
        invoice_id=fact.invoice_id,
        month=JANUARY,
        closing=Money(-255),
        due_on=date(2020, 2, 10),
        corrects=True,
    )

    assert told == POLICY.bill_issued(fact, payable_until=payable_until)
    assert POLICY.bill_issued(evolve(fact, issued_at=BEFORE), payable_until=payable_until) is None


def test_payment_is_told_to_those_who_were_there() -> None:
    """Who links the account later knows the payment from the history."""
    fact = RecordedPayment(
        to=TO,
        payment_id=PaymentId(UUID(int=1)),
        amount=Money(66560),
        received_on=date(2020, 1, 10),
        recorded_at=MORNING,
    )
    told = PaymentPosted(
        payment_id=fact.payment_id, amount=Money(66560), received_on=date(2020, 1, 10)
    )

    assert told == POLICY.payment_posted(fact)
    assert POLICY.payment_posted(evolve(fact, recorded_at=BEFORE)) is None


def test_refusal_is_told_with_its_reason() -> None:
    """The day is the supplier's own; a refusal from before the link is left alone."""
    fact = RefusedPayment(
        to=TO,
        payment_id=CardPaymentId(UUID(int=1)),
        amount=Money(60406),
        reason=DeclineReason.FUNDS,
        declined_at=datetime(2020, 1, 13, 22, tzinfo=UTC),
    )

    assert PaymentDeclined(
        payment_id=fact.payment_id,
        amount=Money(60406),
        reason=DeclineReason.FUNDS,
        declined_on=date(2020, 1, 14),
    ) == POLICY.payment_declined(fact, time_zone=MOSCOW)
    assert POLICY.payment_declined(evolve(fact, declined_at=BEFORE), time_zone=MOSCOW) is None


def test_answer_is_told_by_its_place_in_the_request() -> None:
    """Each answer is told of once, and names the request as people do."""
    fact = SuppliersAnswer(
        to=TO,
        request_id=RequestId(UUID(int=1)),
        position=3,
        number="ОБ-2020-000001",
        written_at=MORNING,
    )

    assert RequestAnswered(
        request_id=fact.request_id,
        position=3,
        number="ОБ-2020-000001",
        answered_on=date(2020, 1, 13),
    ) == POLICY.request_answered(fact, time_zone=MOSCOW)
    assert POLICY.request_answered(evolve(fact, written_at=BEFORE), time_zone=MOSCOW) is None


def test_link_is_told_to_those_who_had_the_account_before() -> None:
    """Neither the one who made it is told, nor who came later."""
    fact = MadeLink(
        to=TO, linking_id=LinkingId(UUID(int=1)), linked_at=MORNING + timedelta(seconds=1)
    )

    assert LinkedByAnother(
        linking_id=fact.linking_id, linked_on=date(2020, 1, 13)
    ) == POLICY.linked_by_another(fact, time_zone=MOSCOW)
    assert POLICY.linked_by_another(evolve(fact, linked_at=MORNING), time_zone=MOSCOW) is None
    assert POLICY.linked_by_another(evolve(fact, linked_at=BEFORE), time_zone=MOSCOW) is None


# When to look, and when to speak


def at(hour: int, minute: int = 0) -> datetime:
    """Return a moment of 13 January 2020 by the clocks of Moscow."""
    return datetime(2020, 1, 13, 0, 0, tzinfo=UTC) + timedelta(hours=hour - 3, minutes=minute)


def test_terms_are_looked_at_once_in_the_morning() -> None:
    """Not before the quiet hours are over, and not twice on a day."""
    new = Watch(supplier_id=SUPPLIER_ID)
    done = evolve(new, looked_on=date(2020, 1, 13))

    assert not POLICY.is_to_look(new, now=at(8, 59), time_zone=MOSCOW)
    assert POLICY.is_to_look(new, now=at(9), time_zone=MOSCOW)
    assert POLICY.is_to_look(new, now=at(23), time_zone=MOSCOW)
    assert not POLICY.is_to_look(done, now=at(9), time_zone=MOSCOW)
    assert POLICY.is_to_look(done, now=at(9) + timedelta(days=1), time_zone=MOSCOW)


@pytest.mark.parametrize(
    ("hour", "minute", "speaks"),
    [(8, 59, False), (9, 0, True), (20, 59, True), (21, 0, False), (0, 0, False)],
)
def test_nobody_is_woken(hour: int, minute: int, speaks: bool) -> None:  # noqa: FBT001
    """From nine in the evening to nine in the morning nothing leaves."""
    assert speaks is POLICY.may_speak(now=at(hour, minute), time_zone=MOSCOW)


def test_first_search_goes_back_a_week() -> None:
    """Later ones go back a little behind the one before."""
    new = Watch(supplier_id=SUPPLIER_ID)

    assert MORNING - timedelta(days=7) == POLICY.hears_from(new, now=MORNING)
    assert MORNING - timedelta(minutes=15) == POLICY.hears_from(
        evolve(new, heard_until=MORNING), now=MORNING + timedelta(days=30)
    )


# Notices


@given(one=strategies.notices(), other=strategies.notices())
def test_cause_tells_notices_apart(one: Notice, other: Notice) -> None:
    """Two kinds never have the same cause, and the same notice always has the same."""
    assert one.cause == evolve(one).cause
    if one.kind != other.kind:
        assert one.cause != other.cause


@given(notice=strategies.notices())
def test_gist_names_the_kind(notice: Notice) -> None:
    """A bill that corrects another one is told in words of its own."""
    gist = gist_of(notice)

    if isinstance(notice, BillIssued) and notice.corrects:
        assert "bill_corrected" == gist.kind
    else:
        assert notice.kind == gist.kind
