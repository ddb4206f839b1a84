"""Meters, readings, gaps and norms."""

import sqlalchemy as sa

from elkk_adapters.sql.tables.columns import METADATA, column, empty_together
from elkk_adapters.sql.types import (
    SEQUENCE,
    TEXT,
    Exact,
    Moment,
    PersonsRange,
    TraitList,
    YearMonth,
    ZoneCount,
    one_of,
)
from elkk_core.metering.model import EstimateCause, ReadingSource
from elkk_core.shared.zones import Zone

meters = sa.Table(
    "meters",
    METADATA,
    column("meter_id", sa.Uuid(), primary_key=True),
    column("account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id")),
    column("number", TEXT),
    column("zones", ZoneCount()),
    column("capacity_integers", sa.SmallInteger()),
    column("capacity_decimals", sa.SmallInteger()),
    column("ratio", sa.Integer()),
    column("installed_on", sa.Date()),
    sa.Column("verification_due", sa.Date()),
    sa.Column("window_first_day", sa.SmallInteger()),
    sa.Column("window_last_day", sa.SmallInteger()),
    sa.Column("removed_on", sa.Date()),
    column("kind", TEXT),
    column("place", TEXT),
    column("responsible", TEXT),
    column("version", sa.Integer()),
    sa.UniqueConstraint("account_id", "number"),
    sa.CheckConstraint(empty_together(("window_first_day", "window_last_day")), name="window"),
)

readings = sa.Table(
    "readings",
    METADATA,
    # The order of recording, where moments are the same.
    column("sequence", SEQUENCE, primary_key=True),
    column("reading_id", sa.Uuid(), unique=True),
    column("meter_id", sa.Uuid(), sa.ForeignKey("meters.meter_id")),
    column("zone", one_of(Zone, rule="zone")),
    column("value", Exact()),
    column("taken_on", sa.Date()),
    column("month", YearMonth()),
    column("source", one_of(ReadingSource, rule="source")),
    column("recorded_at", Moment()),
    # No foreign key: the reading stays when the user is deleted, and then names nobody.
    sa.Column("submitted_by", sa.Uuid()),
    # A reading is corrected once; who corrects it again corrects the correction.
    sa.Column("corrects", sa.Uuid(), sa.ForeignKey("readings.reading_id"), unique=True),
    sa.Index(None, "meter_id", "month"),
)
# Users ask for what they sent; the far more numerous readings of the books are left out.
sa.Index(
    "ix_readings_submitted_by",
    readings.c.submitted_by,
    sqlite_where=readings.c.submitted_by.is_not(None),
    postgresql_where=readings.c.submitted_by.is_not(None),
)

metering_gaps = sa.Table(
    "metering_gaps",
    METADATA,
    column("meter_id", sa.Uuid(), sa.ForeignKey("meters.meter_id"), primary_key=True),
    column("cause", one_of(EstimateCause, rule="cause"), primary_key=True),
    column("since", sa.Date(), primary_key=True),
    sa.Column("until", sa.Date()),
    column("version", sa.Integer()),
)

norms = sa.Table(
    "norms",
    METADATA,
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    column("effective_from", sa.Date(), primary_key=True),
    # Of two tables of the same date, put in at once, the second finds its first place taken.
    column("position", sa.Integer(), primary_key=True, autoincrement=False),
    column("traits", TraitList()),
    column("persons", PersonsRange()),
    column("kwh", Exact()),
)
