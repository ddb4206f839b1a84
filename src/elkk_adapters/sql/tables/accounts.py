"""Suppliers, personal accounts and links."""

import sqlalchemy as sa

from elkk_adapters.sql.tables.columns import METADATA, column
from elkk_adapters.sql.types import (
    TEXT,
    Moment,
    TraitList,
    one_of,
)
from elkk_core.accounts.model import BillDelivery, Relation

suppliers = sa.Table(
    "suppliers",
    METADATA,
    column("supplier_id", sa.Uuid(), primary_key=True),
    column("code", TEXT, unique=True),
    column("name", TEXT),
    column("time_zone", TEXT),
    column("window_first_day", sa.SmallInteger()),
    column("window_last_day", sa.SmallInteger()),
    column("requisites_payee", TEXT),
    column("requisites_inn", TEXT),
    column("requisites_bank", TEXT),
    column("requisites_bic", TEXT),
    column("requisites_settlement_account", TEXT),
    column("requisites_correspondent_account", TEXT),
    column("contacts_site", TEXT),
    column("contacts_phone", TEXT),
    column("contacts_email", TEXT),
    column("version", sa.Integer()),
)

personal_accounts = sa.Table(
    "personal_accounts",
    METADATA,
    column("account_id", sa.Uuid(), primary_key=True),
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id")),
    column("number", TEXT),
    column("address", TEXT),
    column("owner", TEXT),
    column("category", TEXT),
    sa.Column("persons", sa.SmallInteger()),
    column("traits", TraitList()),
    column("range_exempt", sa.Boolean()),
    column("version", sa.Integer()),
    sa.UniqueConstraint("supplier_id", "number"),
)

account_links = sa.Table(
    "account_links",
    METADATA,
    column(
        "user_id", sa.Uuid(), sa.ForeignKey("users.user_id", ondelete="CASCADE"), primary_key=True
    ),
    column(
        "account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id"), primary_key=True
    ),
    column("relation", one_of(Relation, rule="relation")),
    column("delivery", one_of(BillDelivery, rule="delivery")),
    column("linked_at", Moment()),
    column("group", TEXT),
    column("note", TEXT),
    column("version", sa.Integer()),
    sa.Index(None, "account_id"),
)

linkings = sa.Table(
    "linkings",
    METADATA,
    column("linking_id", sa.Uuid(), primary_key=True),
    column("account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id")),
    column("linked_at", Moment()),
    sa.Index(None, "account_id", "linked_at"),
    sa.Index(None, "linked_at"),
)

mailings = sa.Table(
    "mailings",
    METADATA,
    column(
        "user_id",
        sa.Uuid(),
        sa.ForeignKey("users.user_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    column("email", sa.Boolean()),
    column("sms", sa.Boolean()),
    column("version", sa.Integer()),
)
