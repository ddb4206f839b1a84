"""The rules by which a bill is made: pure functions of facts."""

from elkk_core.billing.policies.auditing import (
    BOOK_CHECKS,
    EXAMPLES_TOLD,
    AuditedAccount,
    Check,
    Finding,
    Verdict,
    examine,
    merged,
)
from elkk_core.billing.policies.charges import Charge, ChargeLine, charge
from elkk_core.billing.policies.due_days import DUE_DAYS, due_day, falls_on_weekend
from elkk_core.billing.policies.debts import term
from elkk_core.billing.policies.invoices import draft_invoice, invoice_number
from elkk_core.billing.policies.key_rates import KEY_RATES, PENALTY_RATES
from elkk_core.billing.policies.law import (
    Law,
    LawRow,
    LawTable,
    check_row,
    read_last_day,
    read_value,
)
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
    PenaltyStep,
    RateMode,
    Repayment,
)
from elkk_core.billing.policies.postings import entries_of, storno_of
from elkk_core.billing.policies.recomputing import Difference, LineDiffers, recompute
from elkk_core.billing.policies.rules import (
    BillingRules,
    RangeMonths,
    RuleBook,
    RuleName,
    SupplierEstimateRule,
    SupplierRule,
    default_rule,
    read_rule,
    rule_choices,
)
from elkk_core.billing.policies.terms import BillingTerms
from elkk_core.billing.policies.volumes import readings_to_count

__all__ = [
    "BOOK_CHECKS",
    "DUE_DAYS",
    "EXAMPLES_TOLD",
    "KEY_RATES",
    "MORATORIA",
    "PENALTY_CAPS",
    "PENALTY_RATES",
    "PENALTY_SCALES",
    "Allocation",
    "AuditedAccount",
    "BillingRules",
    "BillingTerms",
    "Charge",
    "ChargeLine",
    "Charset",
    "Check",
    "Debt",
    "Difference",
    "Finding",
    "Law",
    "LawRow",
    "LawTable",
    "LineDiffers",
    "PaymentCode",
    "Penalty",
    "PenaltyCap",
    "PenaltyPolicy",
    "PenaltyStep",
    "RangeMonths",
    "RateMode",
    "Repayment",
    "RuleBook",
    "RuleName",
    "SupplierEstimateRule",
    "SupplierRule",
    "Verdict",
    "charge",
    "check_row",
    "default_rule",
    "draft_invoice",
    "due_day",
    "entries_of",
    "examine",
    "falls_on_weekend",
    "invoice_number",
    "merged",
    "payment_code",
    "read_last_day",
    "read_rule",
    "read_value",
    "readings_to_count",
    "recompute",
    "rule_choices",
    "storno_of",
    "term",
]
