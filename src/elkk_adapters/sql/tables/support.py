"""Requests of households with their messages, and what suppliers publish."""

import sqlalchemy as sa

from elkk_adapters.sql.tables.columns import METADATA, column, empty_together
from elkk_adapters.sql.types import (
    TEXT,
    ContentText,
    Kopecks,
    Moment,
    one_of,
)
from elkk_core.support.model import AttachmentKind, Author, RequestState, Topic

published_contents = sa.Table(
    "published_contents",
    METADATA,
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    column("content", ContentText()),
    column("version", sa.Integer()),
)

support_requests = sa.Table(
    "support_requests",
    METADATA,
    column("request_id", sa.Uuid(), primary_key=True),
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id")),
    column("number", TEXT),
    # Empty once the author has deleted the user account: the letter stays with the supplier.
    sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id", ondelete="SET NULL")),
    sa.Column("account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id")),
    column("account_number", TEXT),
    column("topic", one_of(Topic, rule="topic")),
    column("applicant_surname", TEXT),
    column("applicant_given", TEXT),
    column("applicant_patronymic", TEXT),
    sa.Column("order_service", TEXT),
    sa.Column("order_title", TEXT),
    sa.Column("order_price", Kopecks()),
    sa.Column("order_unit", TEXT),
    sa.Column("order_address", TEXT),
    sa.Column("order_phone", TEXT),
    column("state", one_of(RequestState, rule="state")),
    column("registered_at", Moment()),
    column("version", sa.Integer()),
    sa.UniqueConstraint("supplier_id", "number"),
    sa.CheckConstraint(
        empty_together(
            ("order_service", "order_title", "order_unit", "order_address", "order_phone")
        ),
        name="order",
    ),
    sa.Index(None, "user_id", "registered_at"),
    sa.Index(None, "supplier_id", "state", "registered_at"),
)

request_messages = sa.Table(
    "request_messages",
    METADATA,
    column("request_id", sa.Uuid(), sa.ForeignKey("support_requests.request_id"), primary_key=True),
    column("position", sa.Integer(), primary_key=True, autoincrement=False),
    column("author", one_of(Author, rule="author")),
    column("text", TEXT),
    column("written_at", Moment()),
    # Finds what is new; messages lie in the order of their coming.
    sa.Index(None, "written_at", postgresql_using="brin"),
)

request_attachments = sa.Table(
    "request_attachments",
    METADATA,
    column("attachment_id", sa.Uuid(), primary_key=True),
    column("request_id", sa.Uuid()),
    column("message", sa.Integer()),
    column("position", sa.Integer()),
    column("name", TEXT),
    column("kind", one_of(AttachmentKind, rule="kind")),
    column("size", sa.Integer()),
    sa.UniqueConstraint("request_id", "message", "position"),
    sa.ForeignKeyConstraint(
        ["request_id", "message"], ["request_messages.request_id", "request_messages.position"]
    ),
)

request_numbers = sa.Table(
    "request_numbers",
    METADATA,
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    column("year", sa.Integer(), primary_key=True, autoincrement=False),
    column("taken", sa.Integer()),
)
