"""What notices need from the outside; each docstring is a contract with a test suite."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from elkk_core.accounts.model import Supplier
from elkk_core.billing.policies import Law, RuleBook
from elkk_core.metering.model import SubmissionTicket
from elkk_core.notices.model import (
    IssuedBill,
    MadeLink,
    Notification,
    NotificationId,
    RecordedPayment,
    RefusedPayment,
    SuppliersAnswer,
    Unmailed,
    UnpaidAccount,
    UnreadMeter,
    VerificationTerm,
    Watch,
)
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.ids import SupplierId, UserId
from elkk_core.shared.periods import Month
from elkk_core.shared.ports import UnitOfWork
from elkk_core.shared.windows import SubmissionWindow


class NoticedSuppliers(Protocol):
    """Suppliers as notices know them."""

    def get_by_code(self, code: str) -> Supplier:
        """Return the supplier with this code.

        Raises:
            SupplierNotFound: If there is none.
        """
        ...


class LawInForce(Protocol):
    """The tables of acts."""

    def get(self) -> Law:
        """Return the tables in force."""
        ...


class ChosenRules(Protocol):
    """The choices that acts leave to suppliers."""

    def book(self, supplier_id: SupplierId) -> RuleBook:
        """Return all choices of a supplier, an empty book if it made none."""
        ...


class NoticeFacts(Protocol):
    """What there may be to tell of a supplier's accounts, for each user who has linked one.

    Facts are yielded as they are found, by account where nothing else is said, so that a million of
    them needs no memory; what is known of them is that of the moment when the first one is asked for.
    """

    def windows(self, supplier_id: SupplierId) -> frozenset[SubmissionWindow]:
        """Return the windows of all meters, of those without one of their own the supplier's."""
        ...

    def unread_meters(
        self,
        supplier_id: SupplierId,
        month: Month,
        *,
        windows: Collection[SubmissionWindow],
        day: date,
    ) -> Iterator[UnreadMeter]:
        """Yield the meters with one of *windows* that are there on *day* and not read for *month*.

        A meter is read when each of its registers has a reading that counts in the month and is not
        the initial one.
        """
        ...

    def verification_terms(
        self, supplier_id: SupplierId, *, day: date, through: date
    ) -> Iterator[VerificationTerm]:
        """Yield the meters that are there on *day* and whose interval ends on *through* or before."""
        ...

    def unpaid_accounts(self, supplier_id: SupplierId) -> Iterator[UnpaidAccount]:
        """Yield the accounts that have a bill and owe something."""
        ...

    def bills(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[IssuedBill]:
        """Yield the bills in force that were issued at *since* or later."""
        ...

    def payments(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[RecordedPayment]:
        """Yield the payments that were recorded at *since* or later and move a balance."""
        ...

    def refusals(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[RefusedPayment]:
        """Yield the payments by card that a bank declined at *since* or later, for the payer alone."""
        ...

    def answers(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[SuppliersAnswer]:
        """Yield what the supplier wrote to requests at *since* or later, for the author alone.

        Requests that name no account are left out.
        """
        ...

    def links(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[MadeLink]:
        """Yield the linkings that were made at *since* or later, those taken back since included.

        For every user of the account, the one who made the link included.
        """
        ...


class Notifications(Protocol):
    """All notifications; there is one for a user, an account and a cause."""

    def get(self, notification_id: NotificationId, *, user_id: UserId) -> Notification:
        """Return a notification of an account that *user_id* has linked.

        Raises:
            NotificationNotFound: If there is none, or it is not for this user.
        """
        ...

    def raise_all(self, notifications: Sequence[Notification]) -> tuple[Notification, ...]:
        """Keep those whose cause is new to their user, and return them in the order given.

        Of several with the same cause the first one is kept.
        """
        ...

    def save(self, notification: Notification) -> None:
        """Keep the next state of a notification.

        Raises:
            StaleState: If another saved it since it was read.
        """
        ...

    def list_unmailed(self, supplier_id: SupplierId, *, users: int) -> tuple[Unmailed, ...]:
        """Return all that at most *users* users of a supplier have not been told of by a message.

        By user, then in the order of raising. How a recipient wants to be told is what they have
        chosen for this supplier.
        """
        ...

    def mail(
        self,
        notifications: Iterable[NotificationId],
        *,
        messages: Iterable[DomainEvent],
        now: datetime,
    ) -> None:
        """Note that *notifications* need no message any more, and hand *messages* over.

        Raises:
            StaleState: If that was noted of one of them meanwhile.
        """
        ...


class Watches(Protocol):
    """How far the facts of each supplier are known."""

    def get(self, supplier_id: SupplierId) -> Watch:
        """Return how far a supplier's facts are known, a new watch before the first time."""
        ...

    def put(self, watch: Watch) -> None:
        """Keep *watch* in place of the one before.

        Of two at the same time either may stay: who hears a fact twice raises nothing twice.
        """
        ...


class TicketOffice(Protocol):
    """Where the tickets of reminders are written."""

    def write(self, ticket: SubmissionTicket) -> str:
        """Return *ticket* as a short text for an address; nobody else can make one."""
        ...


class NoticesUnitOfWork(UnitOfWork, Protocol):
    """What notices may read and change together."""

    @property
    def suppliers(self) -> NoticedSuppliers: ...
    @property
    def law(self) -> LawInForce: ...
    @property
    def rules(self) -> ChosenRules: ...
    @property
    def notifications(self) -> Notifications: ...
    @property
    def watches(self) -> Watches: ...
