"""Suppliers and linked accounts for screens."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs
import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.repositories.accounts import SqlLinkings, list_suppliers
from elkk_adapters.sql.repositories.billing import balances
from elkk_core.accounts.model import Mailing, Supplier
from elkk_core.accounts.queries import LinkedAccount, SupplierMailing
from elkk_core.shared.errors import AccountNotFound
from elkk_core.shared.ids import AccountId, UserId


@frozen
class SqlLinkedAccounts:
    """The accounts that a user has linked."""

    _engine: sa.Engine

    def list_for(self, user_id: UserId) -> tuple[LinkedAccount, ...]:
        """Return the accounts of a user by heading, then by address and number."""
        with self._engine.connect() as connection:
            return _linked(connection, tables.account_links.c.user_id == user_id)

    def get(self, account_id: AccountId, *, user_id: UserId) -> LinkedAccount:
        """Return an account of a user.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        with self._engine.connect() as connection:
            return _get(connection, account_id, user_id)

    def list_linkings(self, account_id: AccountId, *, user_id: UserId) -> tuple[datetime, ...]:
        """Return when an account of a user was linked, by whomever, the earliest first.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        with self._engine.connect() as connection:
            _get(connection, account_id, user_id)
            linkings = SqlLinkings(connection).list_of(account_id)
        return tuple(linking.linked_at for linking in linkings)


def _get(connection: sa.Connection, account_id: AccountId, user_id: UserId) -> LinkedAccount:
    links = tables.account_links
    found = _linked(
        connection, sa.and_(links.c.account_id == account_id, links.c.user_id == user_id)
    )
    if not found:
        raise AccountNotFound(str(account_id))
    return found[0]


def _linked(
    connection: sa.Connection, condition: sa.ColumnElement[bool]
) -> tuple[LinkedAccount, ...]:
    accounts, suppliers = tables.personal_accounts, tables.suppliers
    links = tables.account_links
    heading = sa.func.coalesce(sa.func.nullif(links.c.group, ""), accounts.c.address)
    rows = connection.execute(
        sa.select(
            accounts.c.account_id,
            accounts.c.supplier_id,
            suppliers.c.name.label("supplier_name"),
            accounts.c.number,
            accounts.c.address,
            links.c.relation,
            links.c.delivery,
            links.c.linked_at,
            links.c.group,
            links.c.note,
        )
        .join_from(links, accounts)
        .join(suppliers)
        .where(condition)
        .order_by(heading, accounts.c.address, accounts.c.number, accounts.c.account_id)
    )
    found: list[Mapping[str, Any]] = [{**row} for row in rows.mappings()]
    owed = balances(connection, [row["account_id"] for row in found])
    return tuple(LinkedAccount(**row, balance=owed[row["account_id"]]) for row in found)


@frozen
class SqlMailingList:
    """The mailings that a user may choose."""

    _engine: sa.Engine

    def list_for(self, user_id: UserId) -> tuple[SupplierMailing, ...]:
        """Return the mailings of the suppliers whose accounts a user has linked, by name."""
        accounts, links = tables.personal_accounts, tables.account_links
        suppliers, mailings = tables.suppliers, tables.mailings
        served = (
            sa.select(accounts.c.supplier_id)
            .join_from(links, accounts)
            .where(links.c.user_id == user_id)
        )
        default = attrs.fields_dict(Mailing)
        statement = (
            sa.select(
                suppliers.c.supplier_id,
                suppliers.c.name.label("supplier_name"),
                *(
                    sa.func.coalesce(mailings.c[channel], default[channel].default).label(channel)
                    for channel in ("email", "sms")
                ),
            )
            .join_from(
                suppliers,
                mailings,
                sa.and_(
                    mailings.c.supplier_id == suppliers.c.supplier_id,
                    mailings.c.user_id == user_id,
                ),
                isouter=True,
            )
            .where(suppliers.c.supplier_id.in_(served))
            .order_by(suppliers.c.name, suppliers.c.supplier_id)
        )
        with self._engine.connect() as connection:
            return tuple(SupplierMailing(**row) for row in connection.execute(statement).mappings())


@frozen
class SqlSupplierList:
    """The suppliers to choose from."""

    _engine: sa.Engine

    def list_all(self) -> tuple[Supplier, ...]:
        """Return all suppliers by name."""
        with self._engine.connect() as connection:
            return list_suppliers(connection)
