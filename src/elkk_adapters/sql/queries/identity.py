"""Users for screens and commands."""

from datetime import datetime

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_core.identity import errors
from elkk_core.identity.model import Email, Phone
from elkk_core.identity.queries import UserOverview
from elkk_core.shared.errors import Rejected
from elkk_core.shared.ids import UserId


@frozen
class SqlUserOverviews:
    """Users for screens and commands, with the sessions that are live at *now*."""

    _engine: sa.Engine

    def get(self, user_id: UserId, *, now: datetime) -> UserOverview:
        """Return a user.

        Raises:
            UserNotFound: If there is none.
        """
        found = self._list(tables.users.c.user_id == user_id, now=now)
        if not found:
            raise errors.UserNotFound
        return found[0]

    def find_by_phone(self, phone: str, *, now: datetime) -> UserOverview | None:
        """Return the user with this phone (E.164), None if there is none."""
        try:
            found = self._list(tables.users.c.phone == Phone(phone), now=now)
        except Rejected:
            return None
        return found[0] if found else None

    def find_by_email(self, email: str, *, now: datetime) -> tuple[UserOverview, ...]:
        """Return the users who gave this e-mail, confirmed or not, the eldest first."""
        try:
            return self._list(tables.users.c.email == Email(email), now=now)
        except Rejected:
            return ()

    def _list(
        self, condition: sa.ColumnElement[bool], *, now: datetime
    ) -> tuple[UserOverview, ...]:
        users, consents, sessions = tables.users, tables.consents, tables.sessions
        # Of several consents the last one counts.
        latest = (
            sa.select(consents.c.user_id, sa.func.max(consents.c.position).label("position"))
            .group_by(consents.c.user_id)
            .subquery()
        )
        live = sa.and_(
            sessions.c.ended_at.is_(None), sessions.c.idle_until > now, sessions.c.expires_at > now
        )
        uses = (
            sa.select(
                sessions.c.user_id,
                sa.func.count().filter(live).label("live"),
                sa.func.max(sessions.c.last_used_at).label("last_used_at"),
            )
            .group_by(sessions.c.user_id)
            .subquery()
        )
        statement = (
            sa.select(
                users,
                consents.c.version.label("consent_version"),
                consents.c.given_at.label("consent_given_at"),
                sa.func.coalesce(uses.c.live, 0).label("live_sessions"),
                uses.c.last_used_at,
            )
            .join_from(users, latest, latest.c.user_id == users.c.user_id)
            .join(
                consents,
                sa.and_(
                    consents.c.user_id == users.c.user_id,
                    consents.c.position == latest.c.position,
                ),
            )
            .outerjoin(uses, uses.c.user_id == users.c.user_id)
            .where(condition)
            .order_by(users.c.registered_at, users.c.user_id)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(statement).all()
        return tuple(
            UserOverview(
                user_id=row.user_id,
                surname=row.name_surname,
                given_name=row.name_given,
                patronymic=row.name_patronymic,
                phone=row.phone.number,
                email=row.email.address,
                email_confirmed_at=row.email_confirmed_at,
                language=row.language.value,
                registered_at=row.registered_at,
                consent_version=row.consent_version,
                consent_given_at=row.consent_given_at,
                live_sessions=row.live_sessions,
                last_used_at=row.last_used_at,
            )
            for row in rows
        )
