"""Payments by card: from the household's wish to money that billing has posted."""

# Use cases
from elkk_core.payments.use_cases.settle_payment import SettlePayment
from elkk_core.payments.use_cases.show_own_payments import ShowOwnPayments
from elkk_core.payments.use_cases.start_payment import StartPayment

# Queries
from elkk_core.payments.queries import (
    BegunPayment,
    BegunPayments,
    CardPaymentList,
    PaymentOffer,
    PaymentsToAsk,
)

# Ports
from elkk_core.payments.ports import (
    BankAnswer,
    BankOutcome,
    BookedPayments,
    CardPayments,
    Entries,
    PaidAccount,
    PaidAccounts,
    PaymentGateway,
    PaymentOrder,
    PaymentsUnitOfWork,
    RegisteredOrder,
)

# Policies
from elkk_core.payments.policies import USUAL_MONTHS, PaymentPolicy, Posting, usual_month

# Model
from elkk_core.payments.model import (
    ROUBLE,
    CardPayment,
    CardPaymentId,
    ChangeSource,
    DeclineReason,
    PaymentChange,
    PaymentState,
    order_number,
)

# Errors
from elkk_core.payments.errors import (
    AmountTooLarge,
    AmountTooSmall,
    BankAnswerDiffers,
    BankUnavailable,
    PaymentNotFound,
    PaymentsNotOffered,
    RulesNotAccepted,
    TooManyPayments,
)

__all__ = [
    "ROUBLE",
    "USUAL_MONTHS",
    "AmountTooLarge",
    "AmountTooSmall",
    "BankAnswer",
    "BankAnswerDiffers",
    "BankOutcome",
    "BankUnavailable",
    "BegunPayment",
    "BegunPayments",
    "BookedPayments",
    "CardPayment",
    "CardPaymentId",
    "CardPaymentList",
    "CardPayments",
    "ChangeSource",
    "DeclineReason",
    "Entries",
    "PaidAccount",
    "PaidAccounts",
    "PaymentChange",
    "PaymentGateway",
    "PaymentNotFound",
    "PaymentOffer",
    "PaymentOrder",
    "PaymentPolicy",
    "PaymentState",
    "PaymentsNotOffered",
    "PaymentsToAsk",
    "PaymentsUnitOfWork",
    "Posting",
    "RegisteredOrder",
    "RulesNotAccepted",
    "SettlePayment",
    "ShowOwnPayments",
    "StartPayment",
    "TooManyPayments",
    "order_number",
    "usual_month",
]
