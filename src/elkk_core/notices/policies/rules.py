"""When something is worth telling a household, and what is told; pure functions of facts."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import frozen

from elkk_core.notices.model import (
    BillIssued,
    DebtOverdue,
    IssuedBill,
    LinkedByAnother,
    MadeLink,
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
)
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month, local_date
from elkk_core.shared.windows import SubmissionWindow

PayableUntil = Callable[[Month], date | None]
"""Tells the last day on which the bill for a month is paid in time; None where no table does."""


@frozen(kw_only=True)
class NoticePolicy:
    """The numbers of the rules.

    It is told that readings are missing from *reading_days* before the window closes on, and that a
    verification interval ends from *verification_days* before its end on. What happened is no news
    any more after *stays_news*. Facts are looked for once more that were recorded up to *overlap*
    before the last search: a large file may have been under way then. No message leaves from the
    hour *quiet_from* to the hour *quiet_until* of the supplier's day, and terms are looked at after
    the quiet hours.
    """

    reading_days: int = 2
    verification_days: int = 60
    stays_news: timedelta = timedelta(days=7)
    overlap: timedelta = timedelta(minutes=15)
    quiet_from: int = 21
    quiet_until: int = 9

    # When to look, and when to speak

    def hears_from(self, watch: Watch, *, now: datetime) -> datetime:
        """Return from which moment on facts may not be known yet."""
        if watch.heard_until is None:
            return now - self.stays_news
        return watch.heard_until - self.overlap

    def is_to_look(self, watch: Watch, *, now: datetime, time_zone: str) -> bool:
        """Tell whether the terms of the day are still to be looked at: once, in the morning."""
        hour = now.astimezone(ZoneInfo(time_zone)).hour
        return hour >= self.quiet_until and watch.looked_on != local_date(now, time_zone)

    def may_speak(self, *, now: datetime, time_zone: str) -> bool:
        """Tell whether messages may reach people now."""
        return self.quiet_until <= now.astimezone(ZoneInfo(time_zone)).hour < self.quiet_from

    # What time alone brings

    def is_closing(self, window: SubmissionWindow, *, day: date) -> bool:
        """Tell whether *window* is open on *day* and closes within a few days."""
        status = window.status(day)
        return status.is_open and (status.closes_on - day).days <= self.reading_days

    def readings_missing(self, fact: UnreadMeter, *, day: date) -> ReadingsMissing | None:
        """Tell that readings are missing shortly before the window closes (ПП РФ № 354, п. 31 «ж»)."""
        if not self.is_closing(fact.window, day=day):
            return None
        status = fact.window.status(day)
        return ReadingsMissing(month=status.month, closes_on=status.closes_on)

    def verification_ends_by(self, day: date) -> date:
        """Return up to which end of an interval it is told on *day*."""
        return day + timedelta(days=self.verification_days)

    def verification(
        self, fact: VerificationTerm, *, day: date
    ) -> VerificationEnding | VerificationOver | None:
        """Tell that an interval ends soon, or has ended (ПП РФ № 354, п. 80(1), 81(12))."""
        if fact.due < day:
            return VerificationOver(meter=fact.meter, due=fact.due)
        if fact.due <= self.verification_ends_by(day):
            return VerificationEnding(meter=fact.meter, due=fact.due)
        return None

    def debt(
        self, fact: UnpaidAccount, *, day: date, payable_until: PayableUntil
    ) -> DebtOverdue | None:
        """Tell of what was to be paid before *day* and was not (ЖК РФ ст. 155 ч. 1).

        Payments settle the oldest bills first. So while the last bill may still be paid in time, what
        it charged is no debt yet, and the rest of the balance is that of the bills before.
        """
        month, amount = fact.month, fact.balance
        due_on = payable_until(month)
        if due_on is not None and day <= due_on:
            month, amount = month.previous, amount - fact.charged
            due_on = payable_until(month)
        if due_on is None or day <= due_on or amount <= Money.zero():
            return None
        return DebtOverdue(month=month, amount=amount, due_on=due_on)

    # What has happened: told to those who had linked the account by then

    def bill_issued(self, fact: IssuedBill, *, payable_until: PayableUntil) -> BillIssued | None:
        """Tell of a bill."""
        if fact.issued_at < fact.to.linked_at:
            return None
        return BillIssued(
            invoice_id=fact.invoice_id,
            month=fact.month,
            closing=fact.closing,
            due_on=payable_until(fact.month),
            corrects=fact.corrects,
        )

    def payment_posted(self, fact: RecordedPayment) -> PaymentPosted | None:
        """Tell that a payment stands in the books."""
        if fact.recorded_at < fact.to.linked_at:
            return None
        return PaymentPosted(
            payment_id=fact.payment_id, amount=fact.amount, received_on=fact.received_on
        )

    def payment_declined(self, fact: RefusedPayment, *, time_zone: str) -> PaymentDeclined | None:
        """Tell the payer that the bank refused; nobody else who has the account needs to know."""
        if fact.declined_at < fact.to.linked_at:
            return None
        return PaymentDeclined(
            payment_id=fact.payment_id,
            amount=fact.amount,
            reason=fact.reason,
            declined_on=local_date(fact.declined_at, time_zone),
        )

    def request_answered(self, fact: SuppliersAnswer, *, time_zone: str) -> RequestAnswered | None:
        """Tell the one who asked that the supplier has answered."""
        if fact.written_at < fact.to.linked_at:
            return None
        return RequestAnswered(
            request_id=fact.request_id,
            position=fact.position,
            number=fact.number,
            answered_on=local_date(fact.written_at, time_zone),
        )

    def linked_by_another(self, fact: MadeLink, *, time_zone: str) -> LinkedByAnother | None:
        """Tell those who had linked an account that somebody else did so after them.

        One's own link is as old as the linking that made it.
        """
        if fact.linked_at <= fact.to.linked_at:
            return None
        return LinkedByAnother(
            linking_id=fact.linking_id, linked_on=local_date(fact.linked_at, time_zone)
        )
