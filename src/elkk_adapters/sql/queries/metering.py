"""Readings for screens."""

from typing import Any

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.repositories.metering import READINGS
from elkk_core.metering.queries import SentReading
from elkk_core.shared.ids import UserId


@frozen
class SqlSentReadings:
    """The readings that users sent themselves."""

    _engine: sa.Engine

    def list_for(self, user_id: UserId) -> tuple[SentReading, ...]:
        """Return all that a user sent, the latest recorded first, those they corrected included.

        What was sent for an account that is not linked any more is among them.
        """
        readings, meters = tables.readings, tables.meters
        accounts, suppliers = tables.personal_accounts, tables.suppliers
        sent: sa.Select[Any] = (
            sa.select(
                *READINGS.columns,
                meters.c.number.label("meter"),
                accounts.c.number.label("account"),
                suppliers.c.name.label("supplier_name"),
            )
            .select_from(readings.join(meters).join(accounts).join(suppliers))
            .where(readings.c.submitted_by == user_id)
            .order_by(readings.c.recorded_at.desc(), readings.c.sequence.desc())
        )
        with self._engine.connect() as connection:
            rows = connection.execute(sent).all()
        return tuple(
            SentReading(
                reading=READINGS.read(row),
                meter=row.meter,
                account=row.account,
                supplier_name=row.supplier_name,
            )
            for row in rows
        )
