"""What the cabinet knows of a user as a person, to take along."""

from collections.abc import Callable, Mapping
from datetime import datetime

from attrs import frozen

from elkk_core.identity.ports import IdentityUnitOfWork
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Json


@frozen(kw_only=True)
class ShowOwnIdentity:
    """Return a user's own data of identity (``user``, ``consents``, ``sessions``).

    See ``OwnData``. Sessions are those that were not signed out of.
    """

    reading: Callable[[], IdentityUnitOfWork]

    def __call__(self, *, user_id: UserId) -> Mapping[str, Json]:
        with self.reading() as uow:
            user = uow.users.get(user_id)
            sessions = uow.sessions.list_not_ended(user_id)
            factor = uow.second_factors.get(user_id)
        return {
            "user": {
                "user_id": str(user.user_id),
                "surname": user.name.surname,
                "given_name": user.name.given,
                "patronymic": user.name.patronymic,
                "sex": None if user.sex is None else user.sex.value,
                "born_on": None if user.born_on is None else user.born_on.isoformat(),
                "phone": user.phone.number,
                "email": user.email.address,
                "email_confirmed_at": _moment(user.email_confirmed_at),
                "new_email": None if user.new_email is None else user.new_email.address,
                "language": user.language.value,
                "registered_at": user.registered_at.isoformat(),
                "second_factor": factor.method.value if factor.method and factor.is_on else None,
                "second_factor_on_since": _moment(factor.on_since),
                "recovery_codes_left": len(factor.recovery_digests),
            },
            "consents": [
                {"version": consent.version, "given_at": consent.given_at.isoformat()}
                for consent in user.consents
            ],
            "sessions": [
                {
                    "started_at": session.started_at.isoformat(),
                    "last_used_at": session.last_used_at.isoformat(),
                    "expires_at": session.expires_at.isoformat(),
                    "remembered": session.remembered,
                    "user_agent": session.user_agent,
                }
                for session in sessions
            ],
        }


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()
