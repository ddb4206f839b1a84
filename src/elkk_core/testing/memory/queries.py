"""What screens and commands read, from memory."""

from collections.abc import Collection, Iterable
from datetime import datetime

from attrs import frozen

from elkk_core.accounts import (
    AccountLink,
    LinkedAccount,
    PersonalAccount,
    Supplier,
    SupplierMailing,
)
from elkk_core.billing import (
    CONSUMPTION_MONTHS,
    AccountOverview,
    BillReference,
    HistoryMonth,
    Invoice,
    InvoiceNotFound,
    InvoiceOverview,
    MeterOverview,
    MonthConsumption,
    RecordedReading,
    RegisterOverview,
    readings_to_count,
)
from elkk_core.identity import User, UserNotFound, UserOverview
from elkk_core.metering import Meter
from elkk_core.shared import (
    AccountId,
    AccountNotFound,
    InvoiceId,
    Money,
    Month,
    UserId,
)
from elkk_core.testing.memory.accounts import MemoryLinkings, MemoryMailings, MemorySuppliers
from elkk_core.testing.memory.billing import MemoryInvoices
from elkk_core.testing.memory.metering import MemoryMeters, MemoryReadings
from elkk_core.testing.memory.tables import Committed, Tables
from elkk_core.testing.memory.tariffs import MemoryTariffs


@frozen
class MemoryUserOverviews:
    """Users for screens and commands."""

    _committed: Committed

    def get(self, user_id: UserId, *, now: datetime) -> UserOverview:
        """See ``UserOverviews.get``."""
        user = self._committed.tables.users.get(user_id)
        if user is None:
            raise UserNotFound
        return self._overview(user, now=now)

    def find_by_phone(self, phone: str, *, now: datetime) -> UserOverview | None:
        """See ``UserOverviews.find_by_phone``."""
        for user in self._committed.tables.users.values():
            if user.phone.number == phone:
                return self._overview(user, now=now)
        return None

    def find_by_email(self, email: str, *, now: datetime) -> tuple[UserOverview, ...]:
        """See ``UserOverviews.find_by_email``."""
        users = (u for u in self._committed.tables.users.values() if u.email.address == email)
        return tuple(
            self._overview(user, now=now) for user in sorted(users, key=lambda u: u.registered_at)
        )

    def _overview(self, user: User, *, now: datetime) -> UserOverview:
        sessions = [
            session
            for session in self._committed.tables.sessions.values()
            if session.user_id == user.user_id
        ]
        return UserOverview(
            user_id=user.user_id,
            surname=user.name.surname,
            given_name=user.name.given,
            patronymic=user.name.patronymic,
            phone=user.phone.number,
            email=user.email.address,
            email_confirmed_at=user.email_confirmed_at,
            language=user.language.value,
            registered_at=user.registered_at,
            consent_version=user.consents[-1].version,
            consent_given_at=user.consents[-1].given_at,
            live_sessions=sum(1 for session in sessions if session.is_live(now=now)),
            last_used_at=max((session.last_used_at for session in sessions), default=None),
        )


@frozen
class MemorySupplierList:
    """The suppliers to choose from."""

    _committed: Committed

    def list_all(self) -> tuple[Supplier, ...]:
        """See ``SupplierList.list_all``."""
        return MemorySuppliers(self._committed.tables).list_all()


@frozen
class MemoryLinkedAccounts:
    """The accounts that a user has linked."""

    _committed: Committed

    def list_for(self, user_id: UserId) -> tuple[LinkedAccount, ...]:
        """See ``LinkedAccounts.list_for``."""
        tables = self._committed.tables
        linked = (
            _linked_account(tables, link)
            for link in tables.links.values()
            if link.user_id == user_id
        )
        return tuple(
            sorted(linked, key=lambda account: (account.heading, account.address, account.number))
        )

    def get(self, account_id: AccountId, *, user_id: UserId) -> LinkedAccount:
        """See ``LinkedAccounts.get``."""
        tables = self._committed.tables
        _linked(tables, account_id, user_id)
        return _linked_account(tables, tables.links[user_id, account_id])

    def list_linkings(self, account_id: AccountId, *, user_id: UserId) -> tuple[datetime, ...]:
        """See ``LinkedAccounts.list_linkings``."""
        tables = self._committed.tables
        _linked(tables, account_id, user_id)
        linkings = MemoryLinkings(tables).list_of(account_id)
        return tuple(linking.linked_at for linking in linkings)


def _linked_account(tables: Tables, link: AccountLink) -> LinkedAccount:
    account = tables.accounts[link.account_id]
    supplier = tables.suppliers[account.supplier_id]
    return LinkedAccount(
        account_id=account.account_id,
        supplier_id=supplier.supplier_id,
        supplier_name=supplier.name,
        number=account.number,
        address=account.address,
        relation=link.relation,
        delivery=link.delivery,
        linked_at=link.linked_at,
        group=link.group,
        note=link.note,
        balance=_balance(tables, account.account_id),
    )


@frozen
class MemoryMailingList:
    """The mailings that a user may choose."""

    _committed: Committed

    def list_for(self, user_id: UserId) -> tuple[SupplierMailing, ...]:
        """See ``MailingList.list_for``."""
        tables = self._committed.tables
        served = {
            tables.accounts[account_id].supplier_id
            for linker, account_id in tables.links
            if linker == user_id
        }
        mailings = MemoryMailings(tables)
        return tuple(
            SupplierMailing(
                supplier_id=supplier.supplier_id,
                supplier_name=supplier.name,
                email=mailings.get(user_id, supplier.supplier_id).email,
                sms=mailings.get(user_id, supplier.supplier_id).sms,
            )
            for supplier in MemorySuppliers(tables).list_all()
            if supplier.supplier_id in served
        )


@frozen
class MemoryCabinet:
    """What a user sees of linked accounts, and of no other."""

    _committed: Committed

    def account(self, account_id: AccountId, *, user_id: UserId) -> AccountOverview:
        """See ``Cabinet.account``."""
        tables = self._committed.tables
        account = _linked(tables, account_id, user_id)
        supplier = tables.suppliers[account.supplier_id]
        meters = MemoryMeters(tables).list_of([account_id])
        bills = MemoryInvoices(tables).list_of([account_id])
        last = bills[-1] if bills else None
        zones = {zone for meter in meters for zone in meter.zones}
        book = MemoryTariffs(tables).book(supplier.supplier_id)
        return AccountOverview(
            account=account,
            supplier=supplier,
            balance=_balance(tables, account_id),
            meters=tuple(
                MeterOverview(
                    meter=meter,
                    window=meter.window or supplier.window,
                    registers=_registers(tables, meter, last),
                )
                for meter in meters
            ),
            rates=tuple(
                known
                for known in book.history(category=account.category)
                if known.rate.zone in zones
            ),
            last_invoice=last,
        )

    def history(
        self,
        account_id: AccountId,
        *,
        user_id: UserId,
        since: Month | None = None,
        through: Month | None = None,
    ) -> tuple[HistoryMonth, ...]:
        """See ``Cabinet.history``."""
        tables = self._committed.tables
        _linked(tables, account_id, user_id)
        meters = {meter.meter_id: meter for meter in MemoryMeters(tables).list_of([account_id])}
        readings = MemoryReadings(tables).list_of(meters)
        corrected = {reading.corrects for reading in readings}
        bills = MemoryInvoices(tables).list_of([account_id])
        payments = sorted(
            (p for p in tables.payments.values() if p.account_id == account_id),
            key=lambda payment: (payment.received_on, payment.recorded_at),
        )
        months = {
            *(reading.month for reading in readings),
            *(bill.month for bill in bills),
            *(Month.of(payment.received_on) for payment in payments),
        }
        return tuple(
            HistoryMonth(
                month=month,
                readings=tuple(
                    RecordedReading(
                        meter_number=meters[reading.meter_id].number,
                        reading=reading,
                        is_corrected=reading.reading_id in corrected,
                    )
                    for reading in readings
                    if reading.month == month
                ),
                invoices=tuple(bill for bill in bills if bill.month == month),
                payments=tuple(p for p in payments if Month.of(p.received_on) == month),
            )
            for month in sorted(months, reverse=True)
            if (since is None or month >= since) and (through is None or month <= through)
        )

    def first_month(self, account_id: AccountId, *, user_id: UserId) -> Month | None:
        """See ``Cabinet.first_month``."""
        tables = self._committed.tables
        _linked(tables, account_id, user_id)
        meters = [meter.meter_id for meter in MemoryMeters(tables).list_of([account_id])]
        readings = MemoryReadings(tables).list_of(meters)
        bills = MemoryInvoices(tables).list_of([account_id])
        months = {*(reading.month for reading in readings), *(bill.month for bill in bills)}
        return min(months, default=None)

    def invoice(self, invoice_id: InvoiceId, *, user_id: UserId) -> InvoiceOverview:
        """See ``Cabinet.invoice``."""
        tables = self._committed.tables
        invoice = tables.invoices.get(invoice_id)
        if invoice is None or (user_id, invoice.account_id) not in tables.links:
            raise InvoiceNotFound(str(invoice_id))
        return _invoice_overview(tables, invoice)


@frozen
class MemoryInvoiceList:
    """Invoices for operators."""

    _committed: Committed

    def get_by_number(self, number: str, *, supplier: str | None = None) -> InvoiceOverview:
        """See ``InvoiceList.get_by_number``."""
        tables = self._committed.tables
        supplier_id = None if supplier is None else MemorySuppliers(tables).get_id(supplier)
        found = [
            invoice
            for invoice in tables.invoices.values()
            if invoice.number == number and supplier_id in {None, invoice.supplier_id}
        ]
        if not found:
            raise InvoiceNotFound(number)
        return _invoice_overview(tables, max(found, key=lambda invoice: invoice.month))

    def count(self, supplier: str, month: Month) -> int:
        """See ``InvoiceList.count``."""
        return len(self._by_account(supplier, month))

    def list_accounts(
        self, supplier: str, month: Month, *, after: str, limit: int
    ) -> tuple[str, ...]:
        """See ``InvoiceList.list_accounts``."""
        numbers = sorted(self._by_account(supplier, month))
        return tuple(number for number in numbers if number > after)[:limit]

    def list_of(
        self, supplier: str, month: Month, accounts: Collection[str]
    ) -> tuple[InvoiceOverview, ...]:
        """See ``InvoiceList.list_of``."""
        bills = self._by_account(supplier, month)
        tables = self._committed.tables
        return tuple(
            _invoice_overview(tables, bills[number]) for number in sorted({*accounts} & {*bills})
        )

    def _by_account(self, supplier: str, month: Month) -> dict[str, Invoice]:
        tables = self._committed.tables
        supplier_id = MemorySuppliers(tables).get_id(supplier)
        return {
            tables.accounts[bill.account_id].number: bill
            for bill in sorted(tables.invoices.values(), key=lambda bill: bill.revision)
            if (bill.supplier_id, bill.month) == (supplier_id, month)
        }


def _balance(tables: Tables, account_id: AccountId) -> Money:
    return Money.total(
        entry.amount for entry in tables.entries.values() if entry.account_id == account_id
    )


def _linked(tables: Tables, account_id: AccountId, user_id: UserId) -> PersonalAccount:
    if (user_id, account_id) not in tables.links:
        raise AccountNotFound(str(account_id))
    return tables.accounts[account_id]


def _registers(tables: Tables, meter: Meter, last: Invoice | None) -> tuple[RegisterOverview, ...]:
    readings = MemoryReadings(tables).list_of([meter.meter_id])
    billed_through = None if last is None else last.month
    overviews = []
    for zone in meter.zones:
        of_zone = [reading for reading in readings if reading.zone is zone]
        overviews.append(
            RegisterOverview(
                zone=zone,
                readings=readings_to_count(of_zone, billed_through=billed_through),
            )
        )
    return tuple(overviews)


def _reference(bills: Iterable[Invoice]) -> BillReference | None:
    for bill in bills:
        return BillReference(invoice_id=bill.invoice_id, number=bill.number)
    return None


def _invoice_overview(tables: Tables, invoice: Invoice) -> InvoiceOverview:
    bills = tables.invoices.values()
    return InvoiceOverview(
        invoice=invoice,
        corrects=_reference(bill for bill in bills if bill.invoice_id == invoice.corrects),
        corrected_by=_reference(bill for bill in bills if bill.corrects == invoice.invoice_id),
        account=tables.accounts[invoice.account_id],
        supplier=tables.suppliers[invoice.supplier_id],
        paid_in_month=Money.total(
            payment.amount
            for payment in tables.payments.values()
            if payment.account_id == invoice.account_id
            and Month.of(payment.received_on) == invoice.month
        ),
        standing=tables.standings.get(invoice.invoice_id),
        consumption=_consumption(tables, invoice),
    )


def _consumption(tables: Tables, invoice: Invoice) -> tuple[MonthConsumption, ...]:
    first = invoice.month.plus(1 - CONSUMPTION_MONTHS)
    bills = {
        bill.month: bill
        for bill in MemoryInvoices(tables).list_of([invoice.account_id])
        if first <= bill.month < invoice.month
    }
    found = (bill.consumption for bill in (*bills.values(), invoice))
    return tuple(month for month in found if month is not None)
