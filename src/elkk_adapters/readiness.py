"""Whether the database can be worked with, for probes and for commands that need it."""

from typing import ClassVar, Protocol

from attrs import define

from elkk_core.shared.errors import Unavailable


@define
class DatabaseAbsent(Unavailable):
    """There is no database at *location*; ``elkk db upgrade`` makes one."""

    code: ClassVar[str] = "database.absent"
    location: str


@define
class DatabaseUnreachable(Unavailable):
    """The database at *location* does not answer."""

    code: ClassVar[str] = "database.unreachable"
    location: str


@define
class DatabaseLocked(Unavailable):
    """Another process holds the database for too long; trying again is safe."""

    code: ClassVar[str] = "database.locked"


@define
class SchemaOutdated(Unavailable):
    """The database has an older schema, *found*; ``elkk db upgrade`` brings it to *expected*."""

    code: ClassVar[str] = "database.schema_outdated"
    found: str
    expected: str


@define
class SchemaUnknown(Unavailable):
    """The database has a schema, *found*, that this version does not know: a newer version made it."""

    code: ClassVar[str] = "database.schema_unknown"
    found: str


class Readiness(Protocol):
    """Tells whether the database is there and has the schema of this version."""

    def check(self) -> None:
        """Return if the database can be worked with.

        Raises:
            DatabaseAbsent, DatabaseUnreachable, DatabaseLocked: If it cannot be reached.
            SchemaOutdated, SchemaUnknown: If its schema is another version's.
        """
        ...
