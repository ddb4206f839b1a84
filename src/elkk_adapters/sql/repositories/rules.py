"""The choices of suppliers in the database."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.statements import insert_or
from elkk_core.billing.policies import RuleBook, SupplierEstimateRule, SupplierRule
from elkk_core.shared.ids import SupplierId

_RULES = Mapper(SupplierRule, tables.supplier_rules)
_ESTIMATE_RULES = Mapper(SupplierEstimateRule, tables.supplier_estimate_rules)


@frozen
class SqlRuleBooks:
    """The choices that acts leave to suppliers; a choice has one value from a month on."""

    _connection: sa.Connection

    def book(self, supplier_id: SupplierId) -> RuleBook:
        """Return all choices of a supplier, an empty book if it made none."""
        rules, estimate_rules = tables.supplier_rules, tables.supplier_estimate_rules
        return RuleBook(
            rules=map(
                _RULES.read,
                self._connection.execute(
                    sa.select(*_RULES.columns).where(rules.c.supplier_id == supplier_id)
                ),
            ),
            estimate_rules=map(
                _ESTIMATE_RULES.read,
                self._connection.execute(
                    sa.select(*_ESTIMATE_RULES.columns).where(
                        estimate_rules.c.supplier_id == supplier_id
                    )
                ),
            ),
        )

    def choose(self, rules: Iterable[SupplierRule]) -> None:
        """Keep choices, each in place of one of the same name and month if there is one."""
        self._put(tables.supplier_rules, map(_RULES.row, rules))

    def choose_estimates(self, rules: Iterable[SupplierEstimateRule]) -> None:
        """Keep rules of estimates, each in place of one of the same cause and month."""
        self._put(tables.supplier_estimate_rules, map(_ESTIMATE_RULES.row, rules))

    def _put(self, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
        """Insert *rows*, each in place of one with the same primary key."""
        listed = list(rows)
        if not listed:
            return
        insertion = insert_or(table, on=self._connection)
        key = list(table.primary_key.columns)
        others = {column.name: insertion.excluded[column.name] for column in table.c}
        for column in key:
            del others[column.name]
        self._connection.execute(
            insertion.on_conflict_do_update(index_elements=key, set_=others), listed
        )
