"""A valid user, what it proves, and its session."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from attrs import evolve

from elkk_core.identity import (
    Consent,
    Email,
    EmailConfirmation,
    FactorMethod,
    FullName,
    Language,
    OneTimeCode,
    PasswordRecovery,
    PendingSignIn,
    Phone,
    PhoneChange,
    RecoveryId,
    RecoveryLink,
    Registration,
    RegistrationId,
    SecondFactor,
    Session,
    SignInId,
    User,
)
from elkk_core.shared import (
    SessionId,
    UserId,
)
from elkk_core.testing.builders.household import MORNING, USER_ID


def a_name(**changes: Any) -> FullName:
    """Return a name of three parts."""
    return evolve(FullName(surname="Петрова", given="Анна", patronymic="Сергеевна"), **changes)


def a_code(**changes: Any) -> OneTimeCode:
    """Return a code that may still be answered; its digest fits nothing."""
    return evolve(
        OneTimeCode(
            digest="digest of a code",
            sent_at=MORNING,
            expires_at=MORNING + timedelta(minutes=5),
            tries_left=5,
        ),
        **changes,
    )


def a_consent(**changes: Any) -> Consent:
    """Return the acceptance of an agreement."""
    return evolve(Consent(version="2026-11-01", given_at=MORNING), **changes)


def a_registration(**changes: Any) -> Registration:
    """Return a registration that waits for its code."""
    return evolve(
        Registration(
            registration_id=RegistrationId(UUID(int=0xB1)),
            phone=Phone("+79161234567"),
            email=Email("petrova@tambov-post.ru"),
            name=a_name(),
            password_digest="digest of a password",
            consent=a_consent(),
            language=Language.RUSSIAN,
            phone_known=False,
            code=a_code(),
            started_at=MORNING,
        ),
        **changes,
    )


def a_recovery(**changes: Any) -> PasswordRecovery:
    """Return a password recovery of ``a_user()`` that waits for its code."""
    return evolve(
        PasswordRecovery(
            recovery_id=RecoveryId(UUID(int=0xB2)),
            phone=Phone("+79161234567"),
            user_id=USER_ID,
            language=Language.RUSSIAN,
            code=a_code(),
        ),
        **changes,
    )


def a_recovery_link(**changes: Any) -> RecoveryLink:
    """Return a link by which ``a_user()``, whose e-mail it goes to, may choose another password."""
    return evolve(
        RecoveryLink(
            token_digest="digest of a recovery's token",
            email=Email("petrova@tambov-post.ru"),
            user_id=USER_ID,
            language=Language.RUSSIAN,
            expires_at=MORNING + timedelta(hours=1),
        ),
        **changes,
    )


def a_user(**changes: Any) -> User:
    """Return a user whose e-mail is not confirmed yet."""
    return evolve(
        User(
            user_id=USER_ID,
            phone=Phone("+79161234567"),
            email=Email("petrova@tambov-post.ru"),
            name=a_name(),
            password_digest="digest of a password",
            consents=(a_consent(),),
            language=Language.RUSSIAN,
            registered_at=MORNING,
        ),
        **changes,
    )


def another_user(**changes: Any) -> User:
    """Return a user who has nothing in common with ``a_user()``."""
    return evolve(
        a_user(
            user_id=UserId(UUID(int=0xB4)),
            phone=Phone("+79537654321"),
            email=Email("ivanov@tambov-post.ru"),
            name=FullName(surname="Иванов", given="Пётр"),
        ),
        **changes,
    )


def an_email_confirmation(**changes: Any) -> EmailConfirmation:
    """Return a link that confirms the e-mail of ``a_user()``."""
    return evolve(
        EmailConfirmation(
            token_digest="digest of a link's token",
            user_id=USER_ID,
            email=Email("petrova@tambov-post.ru"),
            expires_at=MORNING + timedelta(hours=60),
        ),
        **changes,
    )


def a_session(**changes: Any) -> Session:
    """Return a live session of ``a_user()``."""
    return evolve(
        Session(
            session_id=SessionId(UUID(int=0xB3)),
            user_id=USER_ID,
            token_digest="digest of a session's token",
            started_at=MORNING,
            last_used_at=MORNING,
            idle_until=MORNING + timedelta(minutes=30),
            expires_at=MORNING + timedelta(hours=12),
            remembered=False,
        ),
        **changes,
    )


def a_second_factor(**changes: Any) -> SecondFactor:
    """Return a second factor of ``a_user()`` that is on, with codes out of an app."""
    return evolve(
        SecondFactor(
            user_id=USER_ID,
            method=FactorMethod.APP,
            on_since=MORNING,
            sealed_secret="a secret under a seal",
            recovery_digests=("digest of a recovery code",),
        ),
        **changes,
    )


def a_pending_sign_in(**changes: Any) -> PendingSignIn:
    """Return a sign-in of ``a_user()`` that waits for the second factor."""
    return evolve(
        PendingSignIn(
            sign_in_id=SignInId(UUID(int=0xB5)),
            user_id=USER_ID,
            password_mark="mark of a password",
            remembered=False,
            started_at=MORNING,
            expires_at=MORNING + timedelta(minutes=10),
        ),
        **changes,
    )


def a_phone_change(**changes: Any) -> PhoneChange:
    """Return a new phone of ``a_user()`` that waits for its code."""
    return evolve(
        PhoneChange(
            user_id=USER_ID,
            phone=Phone("+79031112233"),
            phone_known=False,
            language=Language.RUSSIAN,
            code=a_code(),
        ),
        **changes,
    )
