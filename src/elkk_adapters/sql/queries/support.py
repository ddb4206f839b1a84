"""Requests and what suppliers publish, for screens and commands."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.repositories.accounts import SqlSuppliers
from elkk_adapters.sql.repositories.support import REQUESTS, SqlContents, messages_of
from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.support import errors
from elkk_core.support.model import Content, RequestId, RequestState
from elkk_core.support.queries import RequestOverview

_REQUESTS, _SUPPLIERS = tables.support_requests, tables.suppliers
_ACCOUNTS = tables.personal_accounts


@frozen
class SqlRequestOverviews:
    """Requests for screens and commands."""

    _engine: sa.Engine

    def get(self, request_id: RequestId, *, user_id: UserId) -> RequestOverview:
        """Return a request of the user who wrote it.

        Raises:
            RequestNotFound: If there is none, or somebody else wrote it.
        """
        with self._engine.connect() as connection:
            return _the_one(
                _list(
                    connection,
                    _REQUESTS.c.request_id == request_id,
                    _REQUESTS.c.user_id == user_id,
                ),
                str(request_id),
            )

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
        conditions = [_REQUESTS.c.user_id == user_id]
        if account_id is not None:
            conditions.append(_REQUESTS.c.account_id == account_id)
        if since is not None:
            conditions.append(_REQUESTS.c.registered_at >= since)
        with self._engine.connect() as connection:
            return _list(connection, *conditions, newest_first=True)

    def get_by_number(self, supplier: str, number: str) -> RequestOverview:
        """Return the request of a supplier with this number.

        Raises:
            SupplierNotFound: If there is no such supplier.
            RequestNotFound: If it has no such request.
        """
        with self._engine.connect() as connection:
            supplier_id = SqlSuppliers(connection).get_id(supplier)
            return _the_one(
                _list(
                    connection,
                    _REQUESTS.c.supplier_id == supplier_id,
                    _REQUESTS.c.number == number,
                ),
                number,
            )

    def list_of(
        self, supplier: str, *, states: Collection[RequestState], limit: int
    ) -> tuple[RequestOverview, ...]:
        """Return at most *limit* requests of a supplier in one of *states*, the eldest first.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        with self._engine.connect() as connection:
            supplier_id = SqlSuppliers(connection).get_id(supplier)
            return _list(
                connection,
                _REQUESTS.c.supplier_id == supplier_id,
                _REQUESTS.c.state.in_(states),
                limit=limit,
            )


def _list(
    connection: sa.Connection,
    *conditions: sa.ColumnElement[bool],
    newest_first: bool = False,
    limit: int | None = None,
) -> tuple[RequestOverview, ...]:
    order: list[sa.ColumnElement[Any]] = [_REQUESTS.c.registered_at, _REQUESTS.c.number]
    if newest_first:
        order = [column.desc() for column in order]
    rows: Sequence[Any] = connection.execute(
        sa.select(
            *REQUESTS.columns,
            _SUPPLIERS.c.code.label("supplier_code"),
            _SUPPLIERS.c.name.label("supplier_name"),
            _SUPPLIERS.c.time_zone.label("time_zone"),
            _ACCOUNTS.c.address.label("address"),
        )
        .join_from(_REQUESTS, _SUPPLIERS)
        .join(_ACCOUNTS, _ACCOUNTS.c.account_id == _REQUESTS.c.account_id, isouter=True)
        .where(*conditions)
        .order_by(*order)
        .limit(limit)
    ).all()
    messages = messages_of(connection, [row.request_id for row in rows])
    return tuple(
        RequestOverview(
            request=REQUESTS.read(row, apart=messages[row.request_id]),
            supplier_code=row.supplier_code,
            supplier_name=row.supplier_name,
            time_zone=row.time_zone,
            address=row.address or "",
        )
        for row in rows
    )


def _the_one(found: tuple[RequestOverview, ...], name: str) -> RequestOverview:
    if not found:
        raise errors.RequestNotFound(name)
    return found[0]


@frozen
class SqlContentLibrary:
    """What suppliers publish, for screens and commands."""

    _engine: sa.Engine

    def get(self, supplier_id: SupplierId) -> Content:
        """Return what a supplier publishes: nothing, where it has published nothing yet."""
        with self._engine.connect() as connection:
            published = SqlContents(connection).find(supplier_id)
        return Content() if published is None else published.content
