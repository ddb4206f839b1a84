"""Notifications, and how far the facts behind them are known."""

import sqlalchemy as sa

from elkk_adapters.sql.tables.columns import METADATA, column
from elkk_adapters.sql.types import TEXT, Moment, NoticeText

notifications = sa.Table(
    # DBOS has a table of the shorter name in the same file on SQLite.
    "user_notifications",
    METADATA,
    column("notification_id", sa.Uuid(), primary_key=True),
    column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id", ondelete="CASCADE")),
    column("account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id")),
    column("cause", TEXT),
    column("notice", NoticeText()),
    column("raised_at", Moment()),
    sa.Column("read_at", Moment()),
    # Since when no message needs to tell of it any more.
    sa.Column("mailed_at", Moment()),
    column("version", sa.Integer()),
    # Its order serves the section of an account as well.
    sa.UniqueConstraint("user_id", "account_id", "cause"),
)
# Every page asks for what is unread, and every few minutes it is asked what to mail: neither may
# grow with what is done with.
sa.Index(
    "ix_user_notifications_unread",
    notifications.c.user_id,
    sqlite_where=notifications.c.read_at.is_(None),
    postgresql_where=notifications.c.read_at.is_(None),
)
sa.Index(
    "ix_user_notifications_unmailed",
    notifications.c.user_id,
    sqlite_where=notifications.c.mailed_at.is_(None),
    postgresql_where=notifications.c.mailed_at.is_(None),
)

notice_watches = sa.Table(
    "notice_watches",
    METADATA,
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    sa.Column("heard_until", Moment()),
    sa.Column("looked_on", sa.Date()),
)
