"""Whether the database can be worked with."""

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.readiness import DatabaseAbsent, SchemaOutdated, SchemaUnknown
from elkk_adapters.sql import schema
from elkk_adapters.sql.engine import place_of


@frozen
class SqlReadiness:
    """Tells whether the database is there and has the schema of this version."""

    _engine: sa.Engine

    def check(self) -> None:
        """Return if the database can be worked with.

        Raises:
            DatabaseAbsent, DatabaseUnreachable, DatabaseLocked: If it cannot be reached.
            SchemaOutdated, SchemaUnknown: If its schema is another version's.
        """
        found = schema.current(self._engine)
        if found is None:
            raise DatabaseAbsent(place_of(self._engine.url))
        if found == schema.newest():
            return
        if schema.is_known(found):
            raise SchemaOutdated(found, schema.newest())
        raise SchemaUnknown(found)
