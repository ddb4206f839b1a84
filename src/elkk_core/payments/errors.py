"""What payments refuse."""

from datetime import datetime
from typing import ClassVar

from attrs import define

from elkk_core.shared.errors import NotFound, Rejected, TooMany, Unavailable
from elkk_core.shared.money import Money


@define
class PaymentNotFound(NotFound):
    """There is no such payment, or it is not for the one who asks."""

    code: ClassVar[str] = "payments.payment_not_found"
    payment: str


@define
class AmountTooSmall(Rejected):
    """The bank takes nothing below *least*."""

    code: ClassVar[str] = "payments.amount_too_small"
    least: Money


@define
class AmountTooLarge(Rejected):
    """The bank takes no more than *most* at once."""

    code: ClassVar[str] = "payments.amount_too_large"
    most: Money


@define
class RulesNotAccepted(Rejected):
    """The payer has not agreed to the rules of payment."""

    code: ClassVar[str] = "payments.rules_not_accepted"


@define
class TooManyPayments(TooMany):
    """The user has begun to pay too often lately; the next payment from *free_at* on."""

    code: ClassVar[str] = "payments.too_many_payments"
    free_at: datetime


@define
class PaymentsNotOffered(Unavailable):
    """No bank has been set up that takes cards."""

    code: ClassVar[str] = "payments.not_offered"


@define
class BankUnavailable(Unavailable):
    """The bank does not answer, or answers in a way that nobody can act upon."""

    code: ClassVar[str] = "payments.bank_unavailable"


@define
class BankAnswerDiffers(Unavailable):
    """The bank speaks of another order, amount or currency than *order*: nothing is credited."""

    code: ClassVar[str] = "payments.bank_answer_differs"
    order: str
