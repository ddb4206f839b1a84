"""Choosing what acts leave to a supplier."""

from collections.abc import Callable

from attrs import evolve, frozen

from elkk_core.billing.policies import RuleName, SupplierRule, read_rule
from elkk_core.billing.ports import BillingUnitOfWork
from elkk_core.shared.batches import BatchReport
from elkk_core.shared.periods import Month


@frozen(kw_only=True)
class ChooseRule:
    """Let a choice hold for the bills of a supplier from a month on, until the next one.

    The month may be any: bills that are issued stay as they are, and those still to be issued for
    it are made by the new choice. Another choice of the same name and month takes its place. The
    report counts the choice as one row.

    Raises:
        SupplierNotFound: If there is no such supplier.
        RuleValueWrong, NotADecimal, FlatRateNotPositive: If the choice cannot be so.
        FlatRateMissing: If penalties are to be at a flat rate that is not chosen for the month.
    """

    unit_of_work: Callable[[], BillingUnitOfWork]

    def __call__(self, *, supplier: str, name: RuleName, month: Month, value: str) -> BatchReport:
        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_by_code(supplier).supplier_id
            chosen = SupplierRule(
                supplier_id=supplier_id, name=name, month=month, value=value.strip()
            )
            book = uow.rules.book(supplier_id)
            others = [rule for rule in book.rules if (rule.name, rule.month) != (name, month)]
            same = [rule for rule in book.rules if (rule.name, rule.month) == (name, month)]
            evolve(book, rules=(*others, chosen)).on(month).penalty_policy(uow.law.get())
            if any(read_rule(name, rule.value) == read_rule(name, chosen.value) for rule in same):
                return BatchReport(added=0, changed=0, unchanged=1)
            uow.rules.choose([chosen])
            uow.commit()
        return BatchReport(added=0 if same else 1, changed=len(same), unchanged=0)
