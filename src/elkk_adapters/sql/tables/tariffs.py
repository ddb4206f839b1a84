"""Rates."""

import sqlalchemy as sa

from elkk_adapters.sql.tables.columns import METADATA, column
from elkk_adapters.sql.types import (
    TEXT,
    Exact,
    UpperBound,
    one_of,
)
from elkk_core.shared.zones import Zone

rates = sa.Table(
    "rates",
    METADATA,
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    column("category", TEXT, primary_key=True),
    column("zone", one_of(Zone, rule="zone"), primary_key=True),
    column("effective_from", sa.Date(), primary_key=True),
    column("up_to", UpperBound(), primary_key=True),
    column("price", Exact()),
    sa.Column("transmission", Exact()),
)
