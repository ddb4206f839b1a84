"""What support needs from the outside; each docstring is a contract with a test suite."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.shared.ports import SupplierDirectory, Tallies, UnitOfWork
from elkk_core.support.model import (
    Attachment,
    AttachmentId,
    Correspondent,
    PublishedContent,
    RequestId,
    ServedAccount,
    ServedSupplier,
    SupportRequest,
)


class Households(Protocol):
    """Suppliers, accounts and users as support knows them."""

    def get_supplier(self, supplier_id: SupplierId) -> ServedSupplier:
        """Return a supplier.

        Raises:
            SupplierNotFound: If there is none.
        """
        ...

    def get_linked(self, account_id: AccountId, *, user_id: UserId) -> ServedAccount:
        """Return an account that *user_id* has linked.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        ...

    def find_correspondent(self, user_id: UserId) -> Correspondent | None:
        """Return to whom letters for a user go, None without a confirmed e-mail."""
        ...


class SupportRequests(Protocol):
    """All requests; a number is unique within its supplier. Messages stay as they are."""

    def get(self, request_id: RequestId) -> SupportRequest:
        """Return a request.

        Raises:
            RequestNotFound: If there is none.
        """
        ...

    def get_by_number(self, supplier_id: SupplierId, number: str) -> SupportRequest:
        """Return the request of a supplier with this number.

        Raises:
            RequestNotFound: If there is none.
        """
        ...

    def add(self, request: SupportRequest) -> None:
        """Keep a new request with its messages and hand over its events."""
        ...

    def save(self, request: SupportRequest) -> None:
        """Keep the next state with the messages added to it, and hand over its events.

        Raises:
            StaleState: If another saved it since it was read.
        """
        ...


class RequestNumbers(Protocol):
    """The running numbers of requests within a supplier and a year; gaps do no harm."""

    def take(self, supplier_id: SupplierId, year: int) -> int:
        """Return a number that nobody else gets; 1 is the first."""
        ...


class Contents(Protocol):
    """What suppliers publish."""

    def find(self, supplier_id: SupplierId) -> PublishedContent | None:
        """Return what a supplier publishes, None if it has published nothing yet."""
        ...

    def add(self, published: PublishedContent) -> None:
        """Keep what a supplier publishes for the first time.

        Raises:
            StaleState: If it has published something meanwhile.
        """
        ...

    def save(self, published: PublishedContent) -> None:
        """Keep the next state.

        Raises:
            StaleState: If another saved it since it was read.
        """
        ...


class SupportUnitOfWork(UnitOfWork, Protocol):
    """What support may read and change together."""

    @property
    def suppliers(self) -> SupplierDirectory: ...
    @property
    def households(self) -> Households: ...
    @property
    def requests(self) -> SupportRequests: ...
    @property
    def request_numbers(self) -> RequestNumbers: ...
    @property
    def contents(self) -> Contents: ...
    @property
    def tallies(self) -> Tallies: ...


class FileStore(Protocol):
    """The bytes of attached files, each under the identifier of its attachment and no other name."""

    def keep(self, attachment_id: AttachmentId, content: bytes) -> None:
        """Keep the bytes of a new file, as a whole or not at all.

        Raises:
            AttachmentsUnavailable: If they cannot be written now.
        """
        ...

    def read(self, attachment_id: AttachmentId) -> bytes:
        """Return the bytes of a file.

        Raises:
            AttachmentNotFound: If there is none.
            AttachmentsUnavailable: If it cannot be read now.
        """
        ...

    def discard(self, attachment_id: AttachmentId) -> None:
        """Forget a file, whether it is there or not."""
        ...


@contextmanager
def kept(
    store: FileStore, attachments: Sequence[Attachment], contents: Sequence[bytes]
) -> Iterator[None]:
    """Keep files before the unit of work that names them, and forget them if it fails.

    So a request never names a file that is not there. A process that dies in between leaves a file
    that nothing names, which does no harm.
    """
    try:
        for attachment, content in zip(attachments, contents, strict=True):
            store.keep(attachment.attachment_id, content)
        yield
    except BaseException:
        for attachment in attachments:
            store.discard(attachment.attachment_id)
        raise
