"""The household of the user manual: its identifiers and its time."""

from datetime import UTC, datetime
from uuid import UUID

from elkk_core.shared import (
    AccountId,
    MeterId,
    Month,
    SupplierId,
    UserId,
)

SUPPLIER_ID = SupplierId(UUID(int=0xA1))
ACCOUNT_ID = AccountId(UUID(int=0xA2))
METER_ID = MeterId(UUID(int=0xA3))
USER_ID = UserId(UUID(int=0xA4))

JANUARY = Month(2020, 1)
MORNING = datetime(2020, 1, 13, 7, 30, tzinfo=UTC)
"""When everything that a builder makes happened."""
