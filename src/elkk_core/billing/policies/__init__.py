"""The rules by which a bill is made: pure functions of facts."""

from elkk_core.billing.policies.charges import Charge, ChargeLine, charge
from elkk_core.billing.policies.due_days import DUE_DAYS, due_day, falls_on_weekend
from elkk_core.billing.policies.invoices import (
    draft_invoice,
    invoice_number,
    metered_lines,
    readings_to_count,
    readings_to_bill,
)
from elkk_core.billing.policies.key_rates import KEY_RATES, PENALTY_RATES
from elkk_core.billing.policies.law import Law, LawRow, LawTable, check_row, read_value
from elkk_core.billing.policies.payment_codes import Charset, PaymentCode, payment_code
from elkk_core.billing.policies.penalties import (
    MORATORIA,
    PENALTY_CAPS,
    PENALTY_SCALES,
    Allocation,
    Debt,
    Penalty,
    PenaltyCap,
    PenaltyPolicy,
    PenaltyRow,
    PenaltyStep,
    RateMode,
    Repayment,
)
from elkk_core.billing.policies.rules import (
    BillingRules,
    RangeMonths,
    RuleBook,
    RuleName,
    SupplierEstimateRule,
    SupplierRule,
    read_rule,
)

__all__ = [
    "DUE_DAYS",
    "KEY_RATES",
    "MORATORIA",
    "PENALTY_CAPS",
    "PENALTY_RATES",
    "PENALTY_SCALES",
    "Allocation",
    "BillingRules",
    "Charge",
    "ChargeLine",
    "Charset",
    "Debt",
    "Law",
    "LawRow",
    "LawTable",
    "PaymentCode",
    "Penalty",
    "PenaltyCap",
    "PenaltyPolicy",
    "PenaltyRow",
    "PenaltyStep",
    "RangeMonths",
    "RateMode",
    "Repayment",
    "RuleBook",
    "RuleName",
    "SupplierEstimateRule",
    "SupplierRule",
    "charge",
    "check_row",
    "draft_invoice",
    "due_day",
    "falls_on_weekend",
    "invoice_number",
    "metered_lines",
    "payment_code",
    "read_rule",
    "read_value",
    "readings_to_bill",
    "readings_to_count",
]
