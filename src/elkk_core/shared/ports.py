"""Ports that every context needs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self, TypeAlias
from uuid import UUID

from elkk_core.shared.ids import SupplierId, UserId
from elkk_core.shared.tallies import Tally


class Clock(Protocol):
    """The only source of the present moment."""

    def now(self) -> datetime:
        """Return the present moment in UTC; it knows its time zone."""
        ...


class Identifiers(Protocol):
    """The only source of new identifiers."""

    def new(self) -> UUID:
        """Return an identifier that was never returned before."""
        ...


class Tallies(Protocol):
    """All tallies, as a collection."""

    def get(self, key: str) -> Tally:
        """Return the tally with *key*, an empty one if nothing was counted yet."""
        ...

    def save(self, tally: Tally) -> None:
        """Keep the next state of a tally.

        Raises:
            StaleState: If it was saved by another since it was read.
        """
        ...

    def forget(self, key: str) -> None:
        """Forget the tally with *key*, whether there is one or not."""
        ...


Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"
"""A value that JSON can write; moments and days are ISO texts, money is whole kopecks."""


class OwnData(Protocol):
    """What a context keeps of one user, in a form that the user can take along."""

    def __call__(self, *, user_id: UserId) -> Mapping[str, Json]:
        """Return it by names that no other context uses; no secrets and no digests."""
        ...


class SupplierDirectory(Protocol):
    """Which supplier a code means, for contexts that need no more of it."""

    def get_id(self, code: str) -> SupplierId:
        """Return the identifier of the supplier with this code.

        Raises:
            SupplierNotFound: If there is none.
        """
        ...


class UnitOfWork(Protocol):
    """Changes that are kept together or not at all.

    Entered by ``with``; leaving without ``commit()`` forgets every change, by an error or without.
    A unit is used once. Units that name the same account through metering or billing wait for each
    other; everything else is guarded by the versions of what is saved.
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Keep all changes made so far; the last thing that a use case does inside.

        Raises:
            StaleState: If another unit changed the same state meanwhile.
        """
        ...
