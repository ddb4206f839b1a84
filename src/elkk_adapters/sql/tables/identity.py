"""Users, what they prove, and their sessions."""

import sqlalchemy as sa

from elkk_adapters.sql.tables.columns import METADATA, column
from elkk_adapters.sql.types import (
    TEXT,
    EmailAddress,
    Moment,
    PhoneNumber,
    one_of,
)
from elkk_core.identity.model import Language

users = sa.Table(
    "users",
    METADATA,
    column("user_id", sa.Uuid(), primary_key=True),
    column("phone", PhoneNumber(), unique=True),
    column("email", EmailAddress(), index=True),
    sa.Column("email_confirmed_at", Moment()),
    column("name_surname", TEXT),
    column("name_given", TEXT),
    column("name_patronymic", TEXT),
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
    column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id"), primary_key=True),
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
    sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id")),
    column("language", one_of(Language, rule="language")),
    column("code_digest", TEXT),
    column("code_sent_at", Moment()),
    column("code_expires_at", Moment()),
    column("code_tries_left", sa.Integer()),
    sa.Column("code_used_at", Moment()),
    column("version", sa.Integer()),
)

email_confirmations = sa.Table(
    "email_confirmations",
    METADATA,
    column("token_digest", TEXT, primary_key=True),
    column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id")),
    column("email", EmailAddress()),
    column("expires_at", Moment()),
)

sessions = sa.Table(
    "sessions",
    METADATA,
    column("session_id", sa.Uuid(), primary_key=True),
    column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id"), index=True),
    column("token_digest", TEXT, unique=True),
    column("started_at", Moment()),
    column("last_used_at", Moment()),
    column("idle_until", Moment()),
    column("expires_at", Moment()),
    column("remembered", sa.Boolean()),
    sa.Column("ended_at", Moment()),
    column("version", sa.Integer()),
)
