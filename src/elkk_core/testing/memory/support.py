"""Requests of households and what suppliers publish, in memory."""

from collections.abc import Collection, Iterable
from datetime import datetime

from attrs import frozen

from elkk_core.shared import (
    AccountId,
    AccountNotFound,
    DomainEvent,
    SupplierId,
    SupplierNotFound,
    UserId,
)
from elkk_core.support import (
    Content,
    Correspondent,
    PublishedContent,
    RequestId,
    RequestNotFound,
    RequestOverview,
    RequestState,
    ServedAccount,
    ServedSupplier,
    SupportRequest,
)
from elkk_core.testing.memory.accounts import MemorySuppliers
from elkk_core.testing.memory.tables import Committed, Tables, hand_over, insert, update


@frozen
class MemoryHouseholds:
    """Suppliers, accounts and users as support knows them in a unit of work."""

    _tables: Tables

    def get_supplier(self, supplier_id: SupplierId) -> ServedSupplier:
        """See ``Households.get_supplier``."""
        supplier = self._tables.suppliers.get(supplier_id)
        if supplier is None:
            raise SupplierNotFound(str(supplier_id))
        return ServedSupplier(
            supplier_id=supplier_id, name=supplier.name, time_zone=supplier.time_zone
        )

    def get_linked(self, account_id: AccountId, *, user_id: UserId) -> ServedAccount:
        """See ``Households.get_linked``."""
        if (user_id, account_id) not in self._tables.links:
            raise AccountNotFound(str(account_id))
        account = self._tables.accounts[account_id]
        return ServedAccount(
            account_id=account_id,
            number=account.number,
            supplier=self.get_supplier(account.supplier_id),
        )

    def find_correspondent(self, user_id: UserId) -> Correspondent | None:
        """See ``Households.find_correspondent``."""
        user = self._tables.users.get(user_id)
        if user is None or not user.email_confirmed:
            return None
        return Correspondent(
            email=user.email.address,
            given_name=user.name.given,
            language=user.language.value,
        )


@frozen
class MemorySupportRequests:
    """The requests that a unit of work sees."""

    _tables: Tables
    _outbox: list[DomainEvent]

    def get(self, request_id: RequestId) -> SupportRequest:
        """See ``SupportRequests.get``."""
        try:
            return self._tables.requests[request_id]
        except KeyError:
            raise RequestNotFound(str(request_id)) from None

    def get_by_number(self, supplier_id: SupplierId, number: str) -> SupportRequest:
        """See ``SupportRequests.get_by_number``."""
        for request in self._tables.requests.values():
            if (request.supplier_id, request.number) == (supplier_id, number):
                return request
        raise RequestNotFound(number)

    def add(self, request: SupportRequest) -> None:
        """See ``SupportRequests.add``."""
        kept = hand_over(request, self._outbox)
        insert(self._tables.requests, request.request_id, kept, what="request")

    def save(self, request: SupportRequest) -> None:
        """See ``SupportRequests.save``."""
        kept = hand_over(request, self._outbox)
        update(self._tables.requests, request.request_id, kept, what="request")


@frozen
class MemoryRequestNumbers:
    """The running numbers of requests that a unit of work sees."""

    _tables: Tables

    def take(self, supplier_id: SupplierId, year: int) -> int:
        """See ``RequestNumbers.take``."""
        taken = self._tables.request_numbers.get((supplier_id, year), 0) + 1
        self._tables.request_numbers[supplier_id, year] = taken
        return taken


@frozen
class MemoryContents:
    """What suppliers publish, as a unit of work sees it."""

    _tables: Tables

    def find(self, supplier_id: SupplierId) -> PublishedContent | None:
        """See ``Contents.find``."""
        return self._tables.contents.get(supplier_id)

    def add(self, published: PublishedContent) -> None:
        """See ``Contents.add``."""
        insert(self._tables.contents, published.supplier_id, published, what="content")

    def save(self, published: PublishedContent) -> None:
        """See ``Contents.save``."""
        update(self._tables.contents, published.supplier_id, published, what="content")


@frozen
class MemoryRequestOverviews:
    """Requests for screens and commands."""

    _committed: Committed

    def get(self, request_id: RequestId, *, user_id: UserId) -> RequestOverview:
        """See ``RequestOverviews.get``."""
        request = self._committed.tables.requests.get(request_id)
        if request is None or request.user_id != user_id:
            raise RequestNotFound(str(request_id))
        return self._overview(request)

    def list_for(
        self,
        user_id: UserId,
        *,
        account_id: AccountId | None = None,
        since: datetime | None = None,
    ) -> tuple[RequestOverview, ...]:
        """See ``RequestOverviews.list_for``."""
        found = (
            request
            for request in self._committed.tables.requests.values()
            if request.user_id == user_id
            and account_id in {None, request.account_id}
            and (since is None or request.registered_at >= since)
        )
        return tuple(map(self._overview, reversed(_eldest_first(found))))

    def get_by_number(self, supplier: str, number: str) -> RequestOverview:
        """See ``RequestOverviews.get_by_number``."""
        tables = self._committed.tables
        supplier_id = MemorySuppliers(tables).get_id(supplier)
        return self._overview(MemorySupportRequests(tables, []).get_by_number(supplier_id, number))

    def list_of(
        self, supplier: str, *, states: Collection[RequestState], limit: int
    ) -> tuple[RequestOverview, ...]:
        """See ``RequestOverviews.list_of``."""
        supplier_id = MemorySuppliers(self._committed.tables).get_id(supplier)
        found = (
            request
            for request in self._committed.tables.requests.values()
            if request.supplier_id == supplier_id and request.state in states
        )
        return tuple(map(self._overview, _eldest_first(found)[:limit]))

    def _overview(self, request: SupportRequest) -> RequestOverview:
        tables = self._committed.tables
        supplier = tables.suppliers[request.supplier_id]
        return RequestOverview(
            request=request,
            supplier_code=supplier.code,
            supplier_name=supplier.name,
            time_zone=supplier.time_zone,
            address=""
            if request.account_id is None
            else tables.accounts[request.account_id].address,
        )


def _eldest_first(requests: Iterable[SupportRequest]) -> list[SupportRequest]:
    return sorted(requests, key=lambda request: (request.registered_at, request.number))


@frozen
class MemoryContentLibrary:
    """What suppliers publish, for screens and commands."""

    _committed: Committed

    def get(self, supplier_id: SupplierId) -> Content:
        """See ``ContentLibrary.get``."""
        published = self._committed.tables.contents.get(supplier_id)
        return Content() if published is None else published.content
