"""Strategies for users, what they prove, and their sessions."""

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

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
    Sex,
    SignInId,
    User,
)
from elkk_core.shared import (
    SessionId,
    Tally,
    UserId,
)
from elkk_core.testing.strategies.values import LETTERS, digests, digits, ids, moments, texts


def phones() -> SearchStrategy[Phone]:
    """Russian mobile phones."""
    return digits(length=9).map(lambda rest: Phone(f"+79{rest}"))


def emails() -> SearchStrategy[Email]:
    """Plain e-mail addresses."""
    parts = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
    return st.builds(lambda name, domain: Email(f"{name}@{domain}.ru"), parts, parts)


def name_parts() -> SearchStrategy[str]:
    """Parts of a name: words with a hyphen, an apostrophe or a blank between them."""
    words = st.text(LETTERS, min_size=1, max_size=12).map(str.capitalize)
    return st.builds(
        lambda head, tail: "".join([head, *(sign + word for sign, word in tail)]),
        words,
        st.lists(st.tuples(st.sampled_from(" -'’"), words), max_size=2),
    )


def full_names() -> SearchStrategy[FullName]:
    """Names of two or three parts."""
    return st.builds(
        FullName,
        surname=name_parts(),
        given=name_parts(),
        patronymic=st.just("") | name_parts(),
    )


def consents() -> SearchStrategy[Consent]:
    """Acceptances of agreements."""
    return st.builds(Consent, version=texts(max_size=20), given_at=moments())


def one_time_codes() -> SearchStrategy[OneTimeCode]:
    """Codes in all states: fresh, answered wrong, used."""
    return st.builds(
        OneTimeCode,
        digest=digests(),
        sent_at=moments(),
        expires_at=moments(),
        tries_left=st.integers(0, 5),
        used_at=st.none() | moments(),
    )


def languages() -> SearchStrategy[Language]:
    """Languages of the cabinet."""
    return st.sampled_from(Language)


def registrations() -> SearchStrategy[Registration]:
    """Registrations in all states."""
    return st.builds(
        Registration,
        registration_id=ids(RegistrationId),
        phone=phones(),
        email=emails(),
        name=full_names(),
        password_digest=digests(),
        consent=consents(),
        language=languages(),
        phone_known=st.booleans(),
        code=one_time_codes(),
        started_at=moments(),
        version=st.just(0),
        events=st.just(()),
    )


def recoveries(*, user_id: UserId | None = None) -> SearchStrategy[PasswordRecovery]:
    """Password recoveries in all states; of *user_id*, or of a phone that nobody has."""
    return st.builds(
        PasswordRecovery,
        recovery_id=ids(RecoveryId),
        phone=phones(),
        user_id=st.just(user_id),
        language=languages(),
        code=one_time_codes(),
        version=st.just(0),
        events=st.just(()),
    )


def recovery_links(*, user_id: UserId | None = None) -> SearchStrategy[RecoveryLink]:
    """Links to change a password in all states; of *user_id*, or for an e-mail that nobody has."""
    return st.builds(
        RecoveryLink,
        token_digest=digests(),
        email=emails(),
        user_id=st.just(user_id),
        language=languages(),
        expires_at=moments(),
        used_at=st.none() | moments(),
        version=st.just(0),
        events=st.just(()),
    )


def users() -> SearchStrategy[User]:
    """Users with a confirmed e-mail or without."""
    return st.builds(
        User,
        user_id=ids(UserId),
        phone=phones(),
        email=emails(),
        email_confirmed_at=st.none() | moments(),
        new_email=st.none() | emails(),
        name=full_names(),
        sex=st.none() | st.sampled_from(Sex),
        born_on=st.none() | st.dates(min_value=date(1900, 1, 1), max_value=date(2030, 12, 31)),
        password_digest=digests(),
        consents=st.lists(consents(), min_size=1, max_size=3).map(tuple),
        language=languages(),
        registered_at=moments(),
        version=st.just(0),
        events=st.just(()),
    )


def email_confirmations(*, user: User) -> SearchStrategy[EmailConfirmation]:
    """Links that confirm the e-mail of *user*."""
    return st.builds(
        EmailConfirmation,
        token_digest=digests(),
        user_id=st.just(user.user_id),
        email=st.just(user.email),
        expires_at=moments(),
    )


def sessions(*, user_id: UserId) -> SearchStrategy[Session]:
    """Sessions of a user, ended or not."""
    return st.builds(
        Session,
        session_id=ids(SessionId),
        user_id=st.just(user_id),
        token_digest=digests(),
        started_at=moments(),
        last_used_at=moments(),
        idle_until=moments(),
        expires_at=moments(),
        remembered=st.booleans(),
        user_agent=st.just("") | texts(max_size=200),
        ended_at=st.none() | moments(),
        version=st.just(0),
    )


def second_factors(*, user_id: UserId) -> SearchStrategy[SecondFactor]:
    """Second factors of a user in all states, never saved before."""
    return st.builds(
        SecondFactor,
        user_id=st.just(user_id),
        method=st.none() | st.sampled_from(FactorMethod),
        on_since=st.none() | moments(),
        sealed_secret=st.none() | digests(),
        last_step=st.none() | st.integers(0, 2**40),
        code=st.none() | one_time_codes(),
        recovery_digests=st.lists(digests(), max_size=3).map(tuple),
        version=st.just(0),
        events=st.just(()),
    )


def pending_sign_ins(*, user_id: UserId) -> SearchStrategy[PendingSignIn]:
    """Sign-ins in their second step, finished or not."""
    return st.builds(
        PendingSignIn,
        sign_in_id=ids(SignInId),
        user_id=st.just(user_id),
        password_mark=digests(),
        remembered=st.booleans(),
        started_at=moments(),
        expires_at=moments(),
        finished_at=st.none() | moments(),
        version=st.just(0),
    )


def phone_changes(*, user_id: UserId) -> SearchStrategy[PhoneChange]:
    """New phones of a user in all states, never saved before."""
    return st.builds(
        PhoneChange,
        user_id=st.just(user_id),
        phone=phones(),
        phone_known=st.booleans(),
        language=languages(),
        code=one_time_codes(),
        version=st.just(0),
        events=st.just(()),
    )


def tallies() -> SearchStrategy[Tally]:
    """Tallies never saved before, with any number of moments."""
    return st.builds(
        Tally,
        key=texts(max_size=40),
        moments=st.lists(moments(), max_size=6).map(tuple),
        version=st.just(0),
    )
