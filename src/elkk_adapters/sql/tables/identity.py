"""Users, what they prove, and their sessions."""

import sqlalchemy as sa

from elkk_adapters.sql.tables.columns import METADATA, column
from elkk_adapters.sql.types import (
    TEXT,
    EmailAddress,
    Moment,
    PhoneNumber,
    TextList,
    one_of,
)
from elkk_core.identity.model import FactorMethod, Language, Sex

users = sa.Table(
    "users",
    METADATA,
    column("user_id", sa.Uuid(), primary_key=True),
    column("phone", PhoneNumber(), unique=True),
    column("email", EmailAddress(), index=True),
    sa.Column("email_confirmed_at", Moment()),
    sa.Column("new_email", EmailAddress()),
    column("name_surname", TEXT),
    column("name_given", TEXT),
    column("name_patronymic", TEXT),
    sa.Column("sex", one_of(Sex, rule="sex")),
    sa.Column("born_on", sa.Date()),
    column("password_digest", TEXT),
    column("language", one_of(Language, rule="language")),
    column("registered_at", Moment()),
    column("version", sa.Integer()),
)
sa.Index(
    "uq_users_confirmed_email",
    users.c.email,
    unique=True,
    sqlite_where=users.c.email_confirmed_at.is_not(None),
    postgresql_where=users.c.email_confirmed_at.is_not(None),
)

consents = sa.Table(
    "consents",
    METADATA,
    column(
        "user_id", sa.Uuid(), sa.ForeignKey("users.user_id", ondelete="CASCADE"), primary_key=True
    ),
    column("position", sa.Integer(), primary_key=True, autoincrement=False),
    column("version", TEXT),
    column("given_at", Moment()),
)

registrations = sa.Table(
    "registrations",
    METADATA,
    column("registration_id", sa.Uuid(), primary_key=True),
    column("phone", PhoneNumber()),
    column("email", EmailAddress()),
    column("name_surname", TEXT),
    column("name_given", TEXT),
    column("name_patronymic", TEXT),
    column("password_digest", TEXT),
    column("consent_version", TEXT),
    column("consent_given_at", Moment()),
    column("language", one_of(Language, rule="language")),
    column("phone_known", sa.Boolean()),
    column("code_digest", TEXT),
    column("code_sent_at", Moment()),
    column("code_expires_at", Moment()),
    column("code_tries_left", sa.Integer()),
    sa.Column("code_used_at", Moment()),
    column("started_at", Moment()),
    column("version", sa.Integer()),
)

recoveries = sa.Table(
    "recoveries",
    METADATA,
    column("recovery_id", sa.Uuid(), primary_key=True),
    column("phone", PhoneNumber()),
    sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id", ondelete="CASCADE")),
    column("language", one_of(Language, rule="language")),
    column("code_digest", TEXT),
    column("code_sent_at", Moment()),
    column("code_expires_at", Moment()),
    column("code_tries_left", sa.Integer()),
    sa.Column("code_used_at", Moment()),
    column("version", sa.Integer()),
)

recovery_links = sa.Table(
    "recovery_links",
    METADATA,
    column("token_digest", TEXT, primary_key=True),
    column("email", EmailAddress()),
    sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id", ondelete="CASCADE")),
    column("language", one_of(Language, rule="language")),
    column("expires_at", Moment()),
    sa.Column("used_at", Moment()),
    column("version", sa.Integer()),
)

answered_captchas = sa.Table(
    "answered_captchas",
    METADATA,
    column("key", TEXT, primary_key=True),
    column("expires_at", Moment(), index=True),
)

email_confirmations = sa.Table(
    "email_confirmations",
    METADATA,
    column("token_digest", TEXT, primary_key=True),
    column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id", ondelete="CASCADE")),
    column("email", EmailAddress()),
    column("expires_at", Moment()),
)

sessions = sa.Table(
    "sessions",
    METADATA,
    column("session_id", sa.Uuid(), primary_key=True),
    column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id", ondelete="CASCADE"), index=True),
    column("token_digest", TEXT, unique=True),
    column("started_at", Moment()),
    column("last_used_at", Moment()),
    column("idle_until", Moment()),
    column("expires_at", Moment()),
    column("remembered", sa.Boolean()),
    column("user_agent", TEXT),
    sa.Column("ended_at", Moment()),
    column("version", sa.Integer()),
)

second_factors = sa.Table(
    "second_factors",
    METADATA,
    column(
        "user_id",
        sa.Uuid(),
        sa.ForeignKey("users.user_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("method", one_of(FactorMethod, rule="method")),
    sa.Column("on_since", Moment()),
    sa.Column("sealed_secret", TEXT),
    sa.Column("last_step", sa.BigInteger()),
    sa.Column("code_digest", TEXT),
    sa.Column("code_sent_at", Moment()),
    sa.Column("code_expires_at", Moment()),
    sa.Column("code_tries_left", sa.Integer()),
    sa.Column("code_used_at", Moment()),
    column("recovery_digests", TextList()),
    column("version", sa.Integer()),
)

pending_sign_ins = sa.Table(
    "pending_sign_ins",
    METADATA,
    column("sign_in_id", sa.Uuid(), primary_key=True),
    column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id", ondelete="CASCADE"), index=True),
    column("password_mark", TEXT),
    column("remembered", sa.Boolean()),
    column("started_at", Moment()),
    column("expires_at", Moment()),
    sa.Column("finished_at", Moment()),
    column("version", sa.Integer()),
)

phone_changes = sa.Table(
    "phone_changes",
    METADATA,
    column(
        "user_id",
        sa.Uuid(),
        sa.ForeignKey("users.user_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    column("phone", PhoneNumber()),
    column("phone_known", sa.Boolean()),
    column("language", one_of(Language, rule="language")),
    column("code_digest", TEXT),
    column("code_sent_at", Moment()),
    column("code_expires_at", Moment()),
    column("code_tries_left", sa.Integer()),
    sa.Column("code_used_at", Moment()),
    column("version", sa.Integer()),
)
