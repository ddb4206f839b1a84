"""What is found in the books that may be worth telling, each with one user to tell.

An account that several users have linked is found once for each of them.
"""

from datetime import date, datetime

from attrs import field, frozen

from elkk_core.accounts.model import LinkingId
from elkk_core.billing.model import PaymentId
from elkk_core.payments.model import CardPaymentId, DeclineReason
from elkk_core.shared import validators
from elkk_core.shared.ids import AccountId, InvoiceId, UserId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.shared.windows import SubmissionWindow
from elkk_core.support.model import RequestId


@frozen(kw_only=True)
class Addressee:
    """A user who has linked an account, and since when."""

    user_id: UserId
    account_id: AccountId
    linked_at: datetime = field(validator=validators.aware)


@frozen(kw_only=True)
class UnreadMeter:
    """A meter with a register that nobody has read for a month; readings are taken in *window*."""

    to: Addressee
    window: SubmissionWindow


@frozen(kw_only=True)
class VerificationTerm:
    """A meter whose verification interval ends, or ended, on *due*."""

    to: Addressee
    meter: str
    due: date


@frozen(kw_only=True)
class UnpaidAccount:
    """An account with a positive *balance*; its last bill, for *month*, *charged* so much of it."""

    to: Addressee
    balance: Money
    month: Month
    charged: Money


@frozen(kw_only=True)
class IssuedBill:
    """A bill in force that was issued at *issued_at*."""

    to: Addressee
    invoice_id: InvoiceId
    month: Month
    closing: Money
    corrects: bool
    issued_at: datetime = field(validator=validators.aware)


@frozen(kw_only=True)
class RecordedPayment:
    """A payment that the books took in at *recorded_at*."""

    to: Addressee
    payment_id: PaymentId
    amount: Money
    received_on: date
    recorded_at: datetime = field(validator=validators.aware)


@frozen(kw_only=True)
class RefusedPayment:
    """A payment by card of the addressee's own that a bank declined at *declined_at*."""

    to: Addressee
    payment_id: CardPaymentId
    amount: Money
    reason: DeclineReason
    declined_at: datetime = field(validator=validators.aware)


@frozen(kw_only=True)
class SuppliersAnswer:
    """A message of the supplier, the one at *position*, to a request of the addressee's own."""

    to: Addressee
    request_id: RequestId
    position: int
    number: str
    written_at: datetime = field(validator=validators.aware)


@frozen(kw_only=True)
class MadeLink:
    """Somebody, the addressee perhaps, linked the account at *linked_at*."""

    to: Addressee
    linking_id: LinkingId
    linked_at: datetime = field(validator=validators.aware)
