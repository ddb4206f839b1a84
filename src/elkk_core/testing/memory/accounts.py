"""Suppliers, personal accounts and links in memory."""

from collections.abc import Collection, Iterable, Mapping

from attrs import evolve, frozen

from elkk_core.accounts import (
    AccountLink,
    AlreadyLinked,
    BillFigure,
    Linking,
    Mailing,
    PersonalAccount,
    Supplier,
)
from elkk_core.shared import (
    AccountId,
    AccountNotFound,
    Month,
    StaleState,
    SupplierId,
    SupplierNotFound,
    UserId,
)
from elkk_core.testing.memory.billing import MemoryInvoices
from elkk_core.testing.memory.tables import Tables, insert, update


@frozen
class MemorySuppliers:
    """The suppliers that a unit of work sees."""

    _tables: Tables

    def get(self, supplier_id: SupplierId) -> Supplier:
        """See ``Suppliers.get``."""
        try:
            return self._tables.suppliers[supplier_id]
        except KeyError:
            raise SupplierNotFound(str(supplier_id)) from None

    def get_by_code(self, code: str) -> Supplier:
        """See ``Suppliers.get_by_code``."""
        for supplier in self._tables.suppliers.values():
            if supplier.code == code:
                return supplier
        raise SupplierNotFound(code)

    def get_id(self, code: str) -> SupplierId:
        """See ``SupplierDirectory.get_id``."""
        return self.get_by_code(code).supplier_id

    def list_all(self) -> tuple[Supplier, ...]:
        """See ``Suppliers.list_all``."""
        return tuple(sorted(self._tables.suppliers.values(), key=lambda supplier: supplier.name))

    def add(self, supplier: Supplier) -> None:
        """See ``Suppliers.add``."""
        insert(self._tables.suppliers, supplier.supplier_id, supplier, what="supplier")


@frozen
class MemoryAccounts:
    """The personal accounts that a unit of work sees."""

    _tables: Tables

    def get(self, account_id: AccountId) -> PersonalAccount:
        """See ``PersonalAccounts.get``."""
        try:
            return self._tables.accounts[account_id]
        except KeyError:
            raise AccountNotFound(str(account_id)) from None

    def find_by_numbers(
        self, supplier_id: SupplierId, numbers: Collection[str]
    ) -> Mapping[str, PersonalAccount]:
        """See ``PersonalAccounts.find_by_numbers``."""
        wanted = set(numbers)
        return {
            account.number: account
            for account in self._tables.accounts.values()
            if account.supplier_id == supplier_id and account.number in wanted
        }

    def add_all(self, accounts: Iterable[PersonalAccount]) -> None:
        """See ``PersonalAccounts.add_all``."""
        for account in accounts:
            insert(self._tables.accounts, account.account_id, account, what="account")

    def save_all(self, accounts: Iterable[PersonalAccount]) -> None:
        """See ``PersonalAccounts.save_all``."""
        for account in accounts:
            update(self._tables.accounts, account.account_id, account, what="account")


@frozen
class MemoryLinks:
    """The links that a unit of work sees."""

    _tables: Tables

    def find(self, user_id: UserId, account_id: AccountId) -> AccountLink | None:
        """See ``AccountLinks.find``."""
        return self._tables.links.get((user_id, account_id))

    def add(self, link: AccountLink) -> None:
        """See ``AccountLinks.add``."""
        key = (link.user_id, link.account_id)
        if key in self._tables.links:
            raise AlreadyLinked(self._tables.accounts[link.account_id].number)
        self._tables.links[key] = link

    def save(self, link: AccountLink) -> None:
        """See ``AccountLinks.save``."""
        update(self._tables.links, (link.user_id, link.account_id), link, what="account link")

    def remove(self, link: AccountLink) -> None:
        """See ``AccountLinks.remove``."""
        key = (link.user_id, link.account_id)
        kept = self._tables.links.get(key)
        if kept is None or kept.version != link.version:
            what = "account link"
            raise StaleState(what)
        del self._tables.links[key]


@frozen
class MemoryLinkings:
    """The facts of linking that a unit of work sees."""

    _tables: Tables

    def list_of(self, account_id: AccountId) -> tuple[Linking, ...]:
        """See ``Linkings.list_of``."""
        found = (one for one in self._tables.linkings.values() if one.account_id == account_id)
        return tuple(sorted(found, key=lambda linking: linking.linked_at))

    def add(self, linking: Linking) -> None:
        """See ``Linkings.add``."""
        insert(self._tables.linkings, linking.linking_id, linking, what="linking")


@frozen
class MemoryMailings:
    """The choices of mailings that a unit of work sees."""

    _tables: Tables

    def get(self, user_id: UserId, supplier_id: SupplierId) -> Mailing:
        """See ``Mailings.get``."""
        default = Mailing(user_id=user_id, supplier_id=supplier_id)
        return self._tables.mailings.get((user_id, supplier_id), default)

    def save(self, mailing: Mailing) -> None:
        """See ``Mailings.save``."""
        key = (mailing.user_id, mailing.supplier_id)
        if mailing.version == 0:
            insert(self._tables.mailings, key, evolve(mailing, version=1), what="mailing")
        else:
            update(self._tables.mailings, key, mailing, what="mailing")


@frozen
class MemoryBillFigures:
    """The closing figures of the bills that a unit of work sees."""

    _tables: Tables

    def list_since(self, account_id: AccountId, month: Month) -> tuple[BillFigure, ...]:
        """See ``BillFigures.list_since``."""
        bills = MemoryInvoices(self._tables).list_of([account_id])
        # Of the bills of a month the last one is in force.
        closing = {bill.month: bill.closing for bill in bills if bill.month >= month}
        return tuple(BillFigure(closing=amount) for amount in closing.values())
