"""What a household may be told of, each kind with its facts.

A notice names its *cause*: the same for the same fact, whenever and however often it is found.
"""

from datetime import date
from typing import ClassVar

from attrs import frozen

from elkk_core.accounts.model import LinkingId
from elkk_core.billing.model import PaymentId
from elkk_core.payments.model import CardPaymentId, DeclineReason
from elkk_core.shared.ids import InvoiceId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.support.model import RequestId


@frozen(kw_only=True)
class ReadingsMissing:
    """No readings were handed over for *month*; they are taken until *closes_on*, that day included."""

    kind: ClassVar[str] = "readings_missing"
    month: Month
    closes_on: date

    @property
    def cause(self) -> str:
        """Once for an account and a month, however many meters are not read."""
        return f"{self.kind}:{self.month}"


@frozen(kw_only=True)
class BillIssued:
    """The bill for *month* ends with *closing*, negative for an overpayment.

    It is to be paid by *due_on*, None where the table of terms does not say. It *corrects* another.
    """

    kind: ClassVar[str] = "bill_issued"
    invoice_id: InvoiceId
    month: Month
    closing: Money
    due_on: date | None = None
    corrects: bool = False

    @property
    def cause(self) -> str:
        """Once for a bill; a correction is another bill."""
        return f"{self.kind}:{self.invoice_id}"


@frozen(kw_only=True)
class DebtOverdue:
    """Of the bills up to *month*, which were to be paid by *due_on*, *amount* is still owed."""

    kind: ClassVar[str] = "debt_overdue"
    month: Month
    amount: Money
    due_on: date

    @property
    def cause(self) -> str:
        """Once for the bill of a month, however the debt goes on changing."""
        return f"{self.kind}:{self.month}"


@frozen(kw_only=True)
class VerificationEnding:
    """The verification interval (МПИ) of *meter* ends on *due*, which is near."""

    kind: ClassVar[str] = "verification_ending"
    meter: str
    due: date

    @property
    def cause(self) -> str:
        """Once for a meter and the end of its interval."""
        return f"{self.kind}:{self.meter}:{self.due}"


@frozen(kw_only=True)
class VerificationOver:
    """The verification interval (МПИ) of *meter* ended on *due*."""

    kind: ClassVar[str] = "verification_over"
    meter: str
    due: date

    @property
    def cause(self) -> str:
        """Once for a meter and the end of its interval."""
        return f"{self.kind}:{self.meter}:{self.due}"


@frozen(kw_only=True)
class PaymentPosted:
    """A payment of *amount* that was made on *received_on* stands in the books."""

    kind: ClassVar[str] = "payment_posted"
    payment_id: PaymentId
    amount: Money
    received_on: date

    @property
    def cause(self) -> str:
        """Once for a payment."""
        return f"{self.kind}:{self.payment_id}"


@frozen(kw_only=True)
class PaymentDeclined:
    """The bank of the payer refused a payment of *amount* by card on *declined_on*."""

    kind: ClassVar[str] = "payment_declined"
    payment_id: CardPaymentId
    amount: Money
    reason: DeclineReason
    declined_on: date

    @property
    def cause(self) -> str:
        """Once for a payment; another try is another payment."""
        return f"{self.kind}:{self.payment_id}"


@frozen(kw_only=True)
class RequestAnswered:
    """The supplier answered request *number* on *answered_on*, by its message at *position*."""

    kind: ClassVar[str] = "request_answered"
    request_id: RequestId
    position: int
    number: str
    answered_on: date

    @property
    def cause(self) -> str:
        """Once for an answer; a request may have several."""
        return f"{self.kind}:{self.request_id}:{self.position}"


@frozen(kw_only=True)
class LinkedByAnother:
    """Another user linked the account on *linked_on*; who that is remains their own affair."""

    kind: ClassVar[str] = "linked_by_another"
    linking_id: LinkingId
    linked_on: date

    @property
    def cause(self) -> str:
        """Once for a linking; who unlinks the account and links it again does it twice."""
        return f"{self.kind}:{self.linking_id}"


Notice = (
    ReadingsMissing
    | BillIssued
    | DebtOverdue
    | VerificationEnding
    | VerificationOver
    | PaymentPosted
    | PaymentDeclined
    | RequestAnswered
    | LinkedByAnother
)
"""One thing that a household should know."""


@frozen(kw_only=True)
class Gist:
    """A notice by what words are made of; what is no part of its *kind* is None.

    *day* is the last day to act, or the day on which it happened. *name* is the number of a meter or
    of a request, or the reason of a refusal.
    """

    kind: str
    amount: Money | None = None
    month: Month | None = None
    day: date | None = None
    name: str | None = None


def gist_of(notice: Notice) -> Gist:
    """Return the gist of a notice; a bill that corrects another is of a kind of its own."""
    kind = notice.kind
    match notice:
        case ReadingsMissing():
            gist = Gist(kind=kind, month=notice.month, day=notice.closes_on)
        case BillIssued():
            kind = "bill_corrected" if notice.corrects else kind
            gist = Gist(kind=kind, amount=notice.closing, month=notice.month, day=notice.due_on)
        case DebtOverdue():
            gist = Gist(kind=kind, amount=notice.amount, month=notice.month, day=notice.due_on)
        case VerificationEnding() | VerificationOver():
            gist = Gist(kind=kind, name=notice.meter, day=notice.due)
        case PaymentPosted():
            gist = Gist(kind=kind, amount=notice.amount, day=notice.received_on)
        case PaymentDeclined():
            gist = Gist(kind=kind, amount=notice.amount, name=notice.reason, day=notice.declined_on)
        case RequestAnswered():
            gist = Gist(kind=kind, name=notice.number, day=notice.answered_on)
        case LinkedByAnother():
            gist = Gist(kind=kind, day=notice.linked_on)
    return gist
