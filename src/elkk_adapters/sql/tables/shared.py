"""Counters that every room shares."""

import sqlalchemy as sa

from elkk_adapters.sql.tables.columns import METADATA, column
from elkk_adapters.sql.types import (
    TEXT,
    Moments,
)

tallies = sa.Table(
    "tallies",
    METADATA,
    column("key", TEXT, primary_key=True),
    column("moments", Moments()),
    column("version", sa.Integer()),
)
