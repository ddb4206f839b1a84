"""What screens and commands read of support."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from attrs import field, frozen

from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.support.model import Attachment, Content, RequestId, RequestState, SupportRequest


@frozen(kw_only=True)
class FiledAttachment:
    """A file of a request with its bytes."""

    attachment: Attachment
    content: bytes = field(repr=False)


@frozen(kw_only=True)
class RequestOverview:
    """A request with what people call its supplier and the place it is about.

    *address* is that of the linked account, empty where the request is about none.
    """

    request: SupportRequest
    supplier_code: str
    supplier_name: str
    time_zone: str
    address: str


class RequestOverviews(Protocol):
    """Requests for screens and commands."""

    def get(self, request_id: RequestId, *, user_id: UserId) -> RequestOverview:
        """Return a request of the user who wrote it.

        Raises:
            RequestNotFound: If there is none, or somebody else wrote it.
        """
        ...

    def list_for(
        self,
        user_id: UserId,
        *,
        account_id: AccountId | None = None,
        since: datetime | None = None,
    ) -> tuple[RequestOverview, ...]:
        """Return what a user has written, the newest first.

        Only about *account_id* if it is given, and only what was registered at *since* or later.
        """
        ...

    def get_by_number(self, supplier: str, number: str) -> RequestOverview:
        """Return the request of a supplier with this number.

        Raises:
            SupplierNotFound: If there is no such supplier.
            RequestNotFound: If it has no such request.
        """
        ...

    def list_of(
        self, supplier: str, *, states: Collection[RequestState], limit: int
    ) -> tuple[RequestOverview, ...]:
        """Return at most *limit* requests of a supplier in one of *states*, the eldest first.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...


class ContentLibrary(Protocol):
    """What suppliers publish, for screens and commands."""

    def get(self, supplier_id: SupplierId) -> Content:
        """Return what a supplier publishes: nothing, where it has published nothing yet."""
        ...
