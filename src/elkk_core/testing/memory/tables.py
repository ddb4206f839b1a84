"""What a store in memory holds, and how changes of two units of work come together."""

from collections import Counter
from collections.abc import Hashable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import attrs
from attrs import define, evolve, field

from elkk_core.accounts import (
    AccountLink,
    AlreadyLinked,
    Linking,
    LinkingId,
    Mailing,
    PersonalAccount,
    Supplier,
    SupplierCodeTaken,
)
from elkk_core.billing.model import (
    AccountStanding,
    Benefit,
    EntryId,
    Invoice,
    LedgerEntry,
    PaymentId,
    ReceivedPayment,
)
from elkk_core.billing.policies import (
    LawRow,
    LawTable,
    RuleName,
    SupplierEstimateRule,
    SupplierRule,
)
from elkk_core.identity import (
    EmailConfirmation,
    EmailTaken,
    PasswordRecovery,
    PendingSignIn,
    PhoneChange,
    PhoneTaken,
    RecoveryId,
    RecoveryLink,
    Registration,
    RegistrationId,
    SecondFactor,
    Session,
    SignInId,
    User,
)
from elkk_core.metering import EstimateCause, Meter, MeteringGap, Norm, Reading
from elkk_core.notices import Notification, NotificationId, Watch
from elkk_core.payments import CardPayment, CardPaymentId
from elkk_core.shared import (
    AccountId,
    DomainEvent,
    ElkkError,
    InvoiceId,
    MeterId,
    Month,
    ReadingId,
    SessionId,
    StaleState,
    SupplierId,
    Tally,
    UserId,
    Zone,
)
from elkk_core.support import PublishedContent, RequestId, SupportRequest
from elkk_core.tariffs import Rate

RateKey = tuple[SupplierId, str, Zone, date, Decimal | None]
GapKey = tuple[MeterId, EstimateCause, date]


@define
class Tables:
    """Rows by their keys. A committed state is never changed: a unit of work changes a copy."""

    # Identity
    registrations: dict[RegistrationId, Registration] = field(factory=dict)
    recoveries: dict[RecoveryId, PasswordRecovery] = field(factory=dict)
    recovery_links: dict[str, RecoveryLink] = field(factory=dict)
    answered_captchas: dict[str, datetime] = field(factory=dict)
    users: dict[UserId, User] = field(factory=dict)
    email_confirmations: dict[str, EmailConfirmation] = field(factory=dict)
    sessions: dict[SessionId, Session] = field(factory=dict)
    second_factors: dict[UserId, SecondFactor] = field(factory=dict)
    pending_sign_ins: dict[SignInId, PendingSignIn] = field(factory=dict)
    phone_changes: dict[UserId, PhoneChange] = field(factory=dict)
    tallies: dict[str, Tally] = field(factory=dict)
    # Accounts
    suppliers: dict[SupplierId, Supplier] = field(factory=dict)
    accounts: dict[AccountId, PersonalAccount] = field(factory=dict)
    links: dict[tuple[UserId, AccountId], AccountLink] = field(factory=dict)
    linkings: dict[LinkingId, Linking] = field(factory=dict)
    mailings: dict[tuple[UserId, SupplierId], Mailing] = field(factory=dict)
    # Tariffs
    rates: dict[RateKey, Rate] = field(factory=dict)
    # Metering
    meters: dict[MeterId, Meter] = field(factory=dict)
    readings: dict[ReadingId, Reading] = field(factory=dict)
    gaps: dict[GapKey, MeteringGap] = field(factory=dict)
    norms: dict[tuple[SupplierId, date], tuple[Norm, ...]] = field(factory=dict)
    # Support
    contents: dict[SupplierId, PublishedContent] = field(factory=dict)
    requests: dict[RequestId, SupportRequest] = field(factory=dict)
    request_numbers: dict[tuple[SupplierId, int], int] = field(factory=dict)
    # Billing
    benefits: dict[tuple[AccountId, str, Month], Benefit] = field(factory=dict)
    law: dict[LawTable, tuple[LawRow, ...]] = field(factory=dict)
    rules: dict[tuple[SupplierId, RuleName, Month], SupplierRule] = field(factory=dict)
    estimate_rules: dict[tuple[SupplierId, EstimateCause, Month], SupplierEstimateRule] = field(
        factory=dict
    )
    invoices: dict[InvoiceId, Invoice] = field(factory=dict)
    standings: dict[InvoiceId, AccountStanding] = field(factory=dict)
    invoice_numbers: dict[tuple[SupplierId, int], int] = field(factory=dict)
    entries: dict[EntryId, LedgerEntry] = field(factory=dict)
    payments: dict[PaymentId, ReceivedPayment] = field(factory=dict)
    # Payments
    card_payments: dict[CardPaymentId, CardPayment] = field(factory=dict)
    # Notices
    notifications: dict[NotificationId, Notification] = field(factory=dict)
    mailed: dict[NotificationId, datetime] = field(factory=dict)
    watches: dict[SupplierId, Watch] = field(factory=dict)

    def copy(self) -> "Tables":
        """Return the same rows in tables of their own."""
        return Tables(**{name: dict(rows) for name, rows in _tables(self)})

    def check_unique(self) -> None:
        """Let pass only rows among which nothing is there twice that may be there once.

        Raises:
            PhoneTaken, EmailTaken, SupplierCodeTaken, StaleState: If something is.
        """
        users = self.users.values()
        confirmed = (user.email for user in users if user.email_confirmed)
        invoices = self.invoices.values()
        _once((user.phone for user in users), PhoneTaken())
        _once(confirmed, EmailTaken())
        for code in _repeated(supplier.code for supplier in self.suppliers.values()):
            raise SupplierCodeTaken(code)
        for rows, keys in {
            "account": ((a.supplier_id, a.number) for a in self.accounts.values()),
            "meter": ((m.account_id, m.number) for m in self.meters.values()),
            "reading": (r.corrects for r in self.readings.values() if r.corrects),
            "request": ((r.supplier_id, r.number) for r in self.requests.values()),
            "invoice": ((i.account_id, i.month, i.revision) for i in invoices),
            "invoice number": ((i.supplier_id, i.number) for i in invoices),
            "payment": ((p.supplier_id, p.reference) for p in self.payments.values()),
            "card payment": (p.order_number for p in self.card_payments.values()),
            "notification": (
                (n.user_id, n.account_id, n.notice.cause) for n in self.notifications.values()
            ),
        }.items():
            _once(keys, StaleState(rows))


@define
class Committed:
    """What the units of work of a store have left behind."""

    tables: Tables = field(factory=Tables)
    events: tuple[DomainEvent, ...] = ()

    def merge(self, *, seen: Tables, changed: Tables, events: Iterable[DomainEvent]) -> None:
        """Take over what a unit changed since it began, when *seen* was committed.

        Raises:
            StaleState: If another unit has committed a change of the same row since.
            PhoneTaken, EmailTaken, SupplierCodeTaken, AlreadyLinked: If rows clash.
        """
        merged = changed
        if self.tables is not seen:
            merged = self.tables.copy()
            for (name, mine), (_, before), (_, now) in zip(
                _tables(changed), _tables(seen), _tables(merged), strict=True
            ):
                for key, row in mine.items():
                    if before.get(key) is row:
                        continue
                    if now.get(key) is not before.get(key):
                        if name == "links" and key not in before:
                            raise AlreadyLinked(self.tables.accounts[key[1]].number)
                        raise StaleState(name)
                    now[key] = row
                for key in before.keys() - mine.keys():
                    if now.get(key) is not before[key]:
                        raise StaleState(name)
                    del now[key]
        merged.check_unique()
        self.tables = merged
        self.events = (*self.events, *events)


Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")
VersionedRow = TypeVar(
    "VersionedRow",
    PublishedContent,
    SupportRequest,
    Registration,
    PasswordRecovery,
    RecoveryLink,
    User,
    Session,
    SecondFactor,
    PendingSignIn,
    PhoneChange,
    Tally,
    PersonalAccount,
    AccountLink,
    Mailing,
    Meter,
    MeteringGap,
    Benefit,
    CardPayment,
    Notification,
)
EventfulRow = TypeVar(
    "EventfulRow",
    Registration,
    PasswordRecovery,
    RecoveryLink,
    User,
    SecondFactor,
    PhoneChange,
    SupportRequest,
)


def insert(table: dict[Key, Row], key: Key, row: Row, *, what: str) -> None:
    """Put a new row into a table.

    Raises:
        StaleState: If there is one with this key.
    """
    if key in table:
        raise StaleState(what)
    table[key] = row


def update(table: dict[Key, VersionedRow], key: Key, row: VersionedRow, *, what: str) -> None:
    """Put the next state of a row into its place.

    Raises:
        StaleState: If *row* does not follow the state in the table.
    """
    kept = table.get(key)
    if kept is None or kept.version != row.version:
        raise StaleState(what)
    table[key] = evolve(row, version=row.version + 1)


def hand_over(row: EventfulRow, outbox: list[DomainEvent]) -> EventfulRow:
    """Move the events of a row to the outbox and return the row without them."""
    outbox.extend(row.events)
    return evolve(row, events=())


def _tables(tables: Tables) -> list[tuple[str, dict[Any, Any]]]:
    return [(name.name, getattr(tables, name.name)) for name in attrs.fields(Tables)]


def _repeated(keys: Iterable[Key]) -> list[Key]:
    return [key for key, times in Counter(keys).items() if times > 1]


def _once(keys: Iterable[Hashable], error: ElkkError) -> None:
    if _repeated(keys):
        raise error
