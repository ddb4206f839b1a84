"""Suppliers, personal accounts and their links in the database."""

from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.constraints import guarded
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.statements import add_all, among, in_force, insert_all, save_all
from elkk_core.accounts import errors
from elkk_core.accounts.model import (
    AccountLink,
    BillFigure,
    Linking,
    Mailing,
    PersonalAccount,
    Supplier,
)
from elkk_core.shared.errors import AccountNotFound, StaleState, SupplierNotFound
from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.shared.periods import Month

SUPPLIERS = Mapper(Supplier, tables.suppliers)
ACCOUNTS = Mapper(PersonalAccount, tables.personal_accounts)
_LINKS = Mapper(AccountLink, tables.account_links)
_LINKINGS = Mapper(Linking, tables.linkings)
_MAILINGS = Mapper(Mailing, tables.mailings)


def list_suppliers(connection: sa.Connection) -> tuple[Supplier, ...]:
    """Return all suppliers by name."""
    rows = connection.execute(
        sa.select(*SUPPLIERS.columns).order_by(tables.suppliers.c.name, tables.suppliers.c.code)
    )
    return tuple(SUPPLIERS.read(row) for row in rows)


@frozen
class SqlSuppliers:
    """All suppliers; each has a code of its own."""

    _connection: sa.Connection

    def get(self, supplier_id: SupplierId) -> Supplier:
        """Return a supplier.

        Raises:
            SupplierNotFound: If there is none.
        """
        return self._get(tables.suppliers.c.supplier_id == supplier_id, str(supplier_id))

    def get_by_code(self, code: str) -> Supplier:
        """Return the supplier with this code.

        Raises:
            SupplierNotFound: If there is none.
        """
        return self._get(tables.suppliers.c.code == code, code)

    def get_id(self, code: str) -> SupplierId:
        """Return the identifier of the supplier with this code.

        Raises:
            SupplierNotFound: If there is none.
        """
        return self.get_by_code(code).supplier_id

    def list_all(self) -> tuple[Supplier, ...]:
        """Return all suppliers by name."""
        return list_suppliers(self._connection)

    def add(self, supplier: Supplier) -> None:
        """Keep a new supplier.

        Raises:
            SupplierCodeTaken: If another has the code.
        """
        taken = {"uq_suppliers_code": errors.SupplierCodeTaken(supplier.code)}
        with guarded(self._connection, "supplier", taken):
            insert_all(self._connection, tables.suppliers, [SUPPLIERS.row(supplier)])

    def _get(self, condition: sa.ColumnElement[bool], name: str) -> Supplier:
        row = self._connection.execute(sa.select(*SUPPLIERS.columns).where(condition)).one_or_none()
        if row is None:
            raise SupplierNotFound(name)
        return SUPPLIERS.read(row)


@frozen
class SqlAccounts:
    """All personal accounts; a number is unique within its supplier."""

    _connection: sa.Connection

    def get(self, account_id: AccountId) -> PersonalAccount:
        """Return an account.

        Raises:
            AccountNotFound: If there is none.
        """
        row = self._connection.execute(
            sa.select(*ACCOUNTS.columns).where(tables.personal_accounts.c.account_id == account_id)
        ).one_or_none()
        if row is None:
            raise AccountNotFound(str(account_id))
        return ACCOUNTS.read(row)

    def find_by_numbers(
        self, supplier_id: SupplierId, numbers: Collection[str]
    ) -> Mapping[str, PersonalAccount]:
        """Return those accounts of a supplier that have one of *numbers*, by number."""
        rows = self._connection.execute(
            sa.select(*ACCOUNTS.columns).where(
                tables.personal_accounts.c.supplier_id == supplier_id,
                among(tables.personal_accounts.c.number, numbers, on=self._connection),
            )
        )
        return {account.number: account for account in map(ACCOUNTS.read, rows)}

    def add_all(self, accounts: Iterable[PersonalAccount]) -> None:
        """Keep new accounts.

        Raises:
            StaleState: If a number was taken meanwhile.
        """
        rows = map(ACCOUNTS.row, accounts)
        add_all(self._connection, tables.personal_accounts, rows, what="account")

    def save_all(self, accounts: Iterable[PersonalAccount]) -> None:
        """Keep the next states of accounts.

        Raises:
            StaleState: If another saved one of them since it was read.
        """
        rows = map(ACCOUNTS.row, accounts)
        save_all(self._connection, tables.personal_accounts, rows, what="account")


@frozen
class SqlAccountLinks:
    """Which users have linked which accounts; a user links an account once."""

    _connection: sa.Connection

    def find(self, user_id: UserId, account_id: AccountId) -> AccountLink | None:
        """Return the link of a user to an account, None if there is none."""
        row = self._connection.execute(
            sa.select(*_LINKS.columns).where(
                tables.account_links.c.user_id == user_id,
                tables.account_links.c.account_id == account_id,
            )
        ).one_or_none()
        return None if row is None else _LINKS.read(row)

    def add(self, link: AccountLink) -> None:
        """Keep a new link.

        Raises:
            AlreadyLinked: If the user has linked the account before.
        """
        number = self._connection.scalar(
            sa.select(tables.personal_accounts.c.number).where(
                tables.personal_accounts.c.account_id == link.account_id
            )
        )
        taken = {"pk_account_links": errors.AlreadyLinked(number or str(link.account_id))}
        with guarded(self._connection, "account link", taken):
            insert_all(self._connection, tables.account_links, [_LINKS.row(link)])

    def save(self, link: AccountLink) -> None:
        """Keep the next state of a link.

        Raises:
            StaleState: If another saved or removed it since it was read.
        """
        save_all(self._connection, tables.account_links, [_LINKS.row(link)], what="account link")

    def remove(self, link: AccountLink) -> None:
        """Forget a link, and the user's group and note with it.

        Raises:
            StaleState: If another saved or removed it since it was read.
        """
        result = self._connection.execute(
            sa.delete(tables.account_links).where(
                tables.account_links.c.user_id == link.user_id,
                tables.account_links.c.account_id == link.account_id,
                tables.account_links.c.version == link.version,
            )
        )
        if result.rowcount != 1:
            what = "account link"
            raise StaleState(what)


@frozen
class SqlLinkings:
    """The facts that accounts were linked."""

    _connection: sa.Connection

    def list_of(self, account_id: AccountId) -> tuple[Linking, ...]:
        """Return the linkings of an account, the earliest first."""
        rows = self._connection.execute(
            sa.select(*_LINKINGS.columns)
            .where(tables.linkings.c.account_id == account_id)
            .order_by(tables.linkings.c.linked_at, tables.linkings.c.linking_id)
        )
        return tuple(_LINKINGS.read(row) for row in rows)

    def add(self, linking: Linking) -> None:
        """Keep a new fact."""
        add_all(self._connection, tables.linkings, [_LINKINGS.row(linking)], what="linking")


@frozen
class SqlMailings:
    """What users have chosen of the mailings of suppliers."""

    _connection: sa.Connection

    def get(self, user_id: UserId, supplier_id: SupplierId) -> Mailing:
        """Return what a user has chosen, the default of ``Mailing`` if nothing was chosen yet."""
        row = self._connection.execute(
            sa.select(*_MAILINGS.columns).where(
                tables.mailings.c.user_id == user_id,
                tables.mailings.c.supplier_id == supplier_id,
            )
        ).one_or_none()
        if row is None:
            return Mailing(user_id=user_id, supplier_id=supplier_id)
        return _MAILINGS.read(row)

    def save(self, mailing: Mailing) -> None:
        """Keep the next state of a choice.

        Raises:
            StaleState: If another saved it since it was read.
        """
        row = _MAILINGS.row(mailing)
        if mailing.version == 0:
            add_all(self._connection, tables.mailings, [{**row, "version": 1}], what="mailing")
        else:
            save_all(self._connection, tables.mailings, [row], what="mailing")


@frozen
class SqlBillFigures:
    """The closing figures of bills, which make the security question."""

    _connection: sa.Connection

    def list_since(self, account_id: AccountId, month: Month) -> tuple[BillFigure, ...]:
        """Return the figures of the bills in force for *month* and later, the earliest first."""
        invoices, lines = tables.invoices, tables.invoice_lines
        rows = self._connection.execute(
            sa.select(invoices.c.opening, sa.func.sum(lines.c.amount), invoices.c.payments)
            .join_from(invoices, lines)
            .where(invoices.c.account_id == account_id, invoices.c.month >= month, in_force())
            .group_by(invoices.c.invoice_id)
            .order_by(invoices.c.month)
        )
        return tuple(
            BillFigure(closing=opening + charged - payments) for opening, charged, payments in rows
        )
