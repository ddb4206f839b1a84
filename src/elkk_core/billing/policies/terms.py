"""All that the bills of a supplier for a month are made by."""

from datetime import date

from attrs import field, frozen

from elkk_core.billing.policies.law import Law
from elkk_core.billing.policies.rules import BillingRules
from elkk_core.metering.policies import NormTable, RolloverPolicy
from elkk_core.shared.periods import Month
from elkk_core.shared.windows import SubmissionWindow
from elkk_core.tariffs.model import TariffBook


@frozen(kw_only=True)
class BillingTerms:
    """Rates, norms, tables of acts and choices in force for the bills of *month*.

    *window* are the days on which readings are taken where a meter has none of its own. Bills are
    made *today*, the local date of the supplier; a reading may come until the window is over.
    """

    month: Month
    today: date
    book: TariffBook
    window: SubmissionWindow
    norms: NormTable = NormTable()
    law: Law = Law()
    rules: BillingRules = BillingRules()
    rollover: RolloverPolicy = field(factory=RolloverPolicy)
