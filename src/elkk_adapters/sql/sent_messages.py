"""The messages that a demo has sent."""

from datetime import datetime

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sent_messages import SentMessage
from elkk_adapters.sql import tables
from elkk_adapters.sql.engine import for_reading
from elkk_adapters.sql.statements import insert_or


@frozen
class SqlSentMessages:
    """All messages that were sent; each key is there once."""

    _engine: sa.Engine

    def record(
        self,
        *,
        key: str,
        kind: str,
        channel: str,
        recipient: str,
        subject: str | None,
        text: str,
        html: str | None,
        sent_at: datetime,
    ) -> bool:
        """Keep a message in a transaction of its own; False if *key* is there already."""
        messages = tables.sent_messages
        with self._engine.begin() as connection:
            added = connection.scalar(
                insert_or(messages, on=connection)
                .values(
                    key=key,
                    kind=kind,
                    channel=channel,
                    recipient=recipient,
                    subject=subject,
                    text=text,
                    html=html,
                    sent_at=sent_at,
                )
                .on_conflict_do_nothing(index_elements=[messages.c.key])
                .returning(messages.c.sequence)
            )
            return added is not None

    def list_latest(self, *, limit: int) -> tuple[SentMessage, ...]:
        """Return at most *limit* messages, the latest first."""
        messages = tables.sent_messages
        columns = [column for column in messages.c if column.name != "sequence"]
        statement = sa.select(*columns).order_by(messages.c.sequence.desc()).limit(limit)
        with for_reading(self._engine).connect() as connection:
            return tuple(SentMessage(**row) for row in connection.execute(statement).mappings())
