"""Payments by card, and how they came to their states."""

import sqlalchemy as sa

from elkk_adapters.sql.tables.columns import METADATA, column
from elkk_adapters.sql.types import TEXT, Kopecks, Moment, one_of
from elkk_core.payments.model import ChangeSource, DeclineReason, PaymentState

card_payments = sa.Table(
    "card_payments",
    METADATA,
    column("payment_id", sa.Uuid(), primary_key=True),
    column("order_number", TEXT, unique=True),
    # No foreign key: the payment stays in the books when the user is gone, and names nobody then.
    column("user_id", sa.Uuid(), index=True),
    column("account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id")),
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id")),
    column("amount", Kopecks()),
    column("rules_version", TEXT),
    column("started_at", Moment()),
    column("state", one_of(PaymentState, rule="state")),
    sa.Column("bank_order", TEXT),
    sa.Column("address", TEXT),
    sa.Column("ask_at", Moment(), index=True),
    column("version", sa.Integer()),
    sa.Index(None, "account_id", "state"),
    sa.CheckConstraint("amount > 0", name="amount"),
)

payment_changes = sa.Table(
    "payment_changes",
    METADATA,
    column("payment_id", sa.Uuid(), sa.ForeignKey("card_payments.payment_id"), primary_key=True),
    column("position", sa.Integer(), primary_key=True, autoincrement=False),
    column("state", one_of(PaymentState, rule="state")),
    column("at", Moment(), index=True),
    column("source", one_of(ChangeSource, rule="source")),
    sa.Column("reason", one_of(DeclineReason, rule="reason")),
)
