"""Suppliers and linked accounts for screens."""

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.repositories.accounts import list_suppliers
from elkk_core.accounts.model import Supplier
from elkk_core.accounts.queries import LinkedAccount
from elkk_core.shared.ids import UserId


@frozen
class SqlLinkedAccounts:
    """The accounts that a user has linked."""

    _engine: sa.Engine

    def list_for(self, user_id: UserId) -> tuple[LinkedAccount, ...]:
        """Return the accounts of a user by address, then by number."""
        accounts, suppliers = tables.personal_accounts, tables.suppliers
        links = tables.account_links
        statement = (
            sa.select(
                accounts.c.account_id,
                accounts.c.supplier_id,
                suppliers.c.name.label("supplier_name"),
                accounts.c.number,
                accounts.c.address,
                links.c.relation,
                links.c.delivery,
            )
            .join_from(links, accounts)
            .join(suppliers)
            .where(links.c.user_id == user_id)
            .order_by(accounts.c.address, accounts.c.number, accounts.c.account_id)
        )
        with self._engine.connect() as connection:
            return tuple(LinkedAccount(**row) for row in connection.execute(statement).mappings())


@frozen
class SqlSupplierList:
    """The suppliers to choose from."""

    _engine: sa.Engine

    def list_all(self) -> tuple[Supplier, ...]:
        """Return all suppliers by name."""
        with self._engine.connect() as connection:
            return list_suppliers(connection)
