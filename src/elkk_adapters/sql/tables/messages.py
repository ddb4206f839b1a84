"""Messages that were sent."""

import sqlalchemy as sa

from elkk_adapters.sql.tables.columns import METADATA, column
from elkk_adapters.sql.types import (
    SEQUENCE,
    TEXT,
    Moment,
)

sent_messages = sa.Table(
    "sent_messages",
    METADATA,
    column("sequence", SEQUENCE, primary_key=True),
    column("key", TEXT, unique=True),
    column("kind", TEXT),
    column("channel", TEXT),
    column("recipient", TEXT),
    sa.Column("subject", TEXT),
    column("text", TEXT),
    sa.Column("html", TEXT),
    column("sent_at", Moment()),
)
