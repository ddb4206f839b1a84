"""Rules of payments with their numbers; a supplier changes the numbers by settings."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from attrs import field, frozen

from elkk_core.payments import errors
from elkk_core.payments.model import CardPayment, PaymentState
from elkk_core.shared.money import Money
from elkk_core.shared.tallies import Limit, Tally

USUAL_MONTHS = 12
"""Of how many bills at most the usual monthly amount is made."""
_STEP_KOPECKS = 100_00


class Posting(StrEnum):
    """How a payment that the bank has taken comes into the books.

    ``at_once``: they are kept here, and it is entered as soon as the bank has said so.
    ``by_register``: they tell of it later, in a file of payments under its number or the bank's.
    """

    AT_ONCE = "at_once"
    BY_REGISTER = "by_register"


@frozen(kw_only=True)
class PaymentPolicy:
    """What amounts are taken and how often, how long the bank's page lasts, and when to ask again.

    The number of payments *per_user* leaves room for whoever pays for many flats in one evening; it
    spares the bank a flood of orders that nobody means to pay.
    The bank closes its page after *lifetime*. A payment of which the bank says nothing final for
    *patience* is given up; should the bank say later that it was paid, that counts all the same.
    """

    least: Money = Money(1_00)
    most: Money = Money(300_000_00)
    per_user: Limit = Limit(times=40, within=timedelta(hours=1))
    rules_version: str = "2026-11"
    posting: Posting = Posting.BY_REGISTER
    lifetime: timedelta = field(default=timedelta(minutes=20))
    first_pause: timedelta = timedelta(minutes=1)
    longest_pause: timedelta = timedelta(hours=6)
    patience: timedelta = timedelta(days=3)

    def check(self, amount: Money) -> None:
        """Let pass an amount that the bank takes.

        Raises:
            AmountTooSmall, AmountTooLarge: If it does not.
        """
        if amount < self.least:
            raise errors.AmountTooSmall(self.least)
        if amount > self.most:
            raise errors.AmountTooLarge(self.most)

    def counted(self, begun: Tally, *, now: datetime) -> Tally:
        """Return the tally of a user who begins one more payment.

        Raises:
            TooManyPayments: If they have begun too many lately.
        """
        free_at = begun.free_at(limit=self.per_user, now=now)
        if free_at is not None:
            raise errors.TooManyPayments(free_at)
        return begun.add(now=now, keep=self.per_user.within)

    def at_once(self, due: Money) -> Money:
        """Return how much of what is *due* the bank takes at once."""
        return min(due, self.most)

    def ask_next(self, payment: CardPayment, *, now: datetime) -> datetime | None:
        """Return when to look after a payment again, None where nothing more can come.

        After as long again as it is old: often at first, when the payer sits before the screen, and
        ever more seldom. One that was declined may still be paid by another card until the bank's
        page closes.
        """
        open_to_the_payer = payment.state is PaymentState.DECLINED and not self.is_closed(
            payment, now=now
        )
        if not (payment.state.is_under_way or open_to_the_payer):
            return None
        return now + min(max(now - payment.started_at, self.first_pause), self.longest_pause)

    def is_closed(self, payment: CardPayment, *, now: datetime) -> bool:
        """Tell whether the bank's page of a payment is closed at *now*."""
        return now >= payment.started_at + self.lifetime

    def is_given_up(self, payment: CardPayment, *, now: datetime) -> bool:
        """Tell whether the bank has been silent about a payment for too long at *now*."""
        return now >= payment.started_at + self.patience


def usual_month(charges: Sequence[Money]) -> Money | None:
    """Return the usual amount of a month, for those who pay in advance.

    It is the mean of what bills charged, the penalty apart, rounded up to a hundred roubles: an
    advance that falls short by some kopecks helps nobody. None where no bill charged anything.
    """
    total = Money.total(charges)
    if total <= Money.zero():
        return None
    step = len(charges) * _STEP_KOPECKS
    return Money(-(-total.kopecks // step) * _STEP_KOPECKS)
