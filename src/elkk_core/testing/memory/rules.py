"""The choices of suppliers in memory."""

from collections.abc import Iterable

from attrs import frozen

from elkk_core.billing import RuleBook, SupplierEstimateRule, SupplierRule
from elkk_core.shared import SupplierId
from elkk_core.testing.memory.tables import Tables


@frozen
class MemoryRuleBooks:
    """The choices that a unit of work sees."""

    _tables: Tables

    def book(self, supplier_id: SupplierId) -> RuleBook:
        """See ``RuleBooks.book``."""
        rules = self._tables.rules.values()
        estimate_rules = self._tables.estimate_rules.values()
        return RuleBook(
            rules=tuple(rule for rule in rules if rule.supplier_id == supplier_id),
            estimate_rules=tuple(r for r in estimate_rules if r.supplier_id == supplier_id),
        )

    def choose(self, rules: Iterable[SupplierRule]) -> None:
        """See ``RuleBooks.choose``."""
        for rule in rules:
            self._tables.rules[rule.supplier_id, rule.name, rule.month] = rule

    def choose_estimates(self, rules: Iterable[SupplierEstimateRule]) -> None:
        """See ``RuleBooks.choose_estimates``."""
        for rule in rules:
            self._tables.estimate_rules[rule.supplier_id, rule.cause, rule.month] = rule
