"""What a store promises of users, and of what proves that it is them."""

from datetime import timedelta
from uuid import UUID

import pytest
from attrs import evolve

from elkk_core.identity import (
    ConfirmationNotFound,
    Email,
    EmailTaken,
    Phone,
    PhoneTaken,
    RecoveryId,
    RecoveryNotFound,
    RegistrationId,
    RegistrationNotFound,
    SessionEnded,
    UserNotFound,
)
from elkk_core.shared import SessionId, StaleState, Tally, UserId
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    MORNING,
    USER_ID,
    a_recovery,
    a_registration,
    a_session,
    a_user,
    an_email_confirmation,
    another_user,
)
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep

NOBODY = UUID(int=0xFFFF)


class RegistrationsContract(OpensStore):
    """See ``elkk_core.identity.Registrations``."""

    def test_registration_comes_back_equal(self, store: Store) -> None:
        """Every registration that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.registrations(),
            lambda uow, one: uow.registrations.get(one.registration_id),
        )

    def test_registration_unknown_is_not_found(self, store: Store) -> None:
        """An identifier that belongs to none is told."""
        with store.unit_of_work() as uow, pytest.raises(RegistrationNotFound):
            uow.registrations.get(RegistrationId(NOBODY))

    def test_registration_is_saved(self, store: Store) -> None:
        """The next state takes the place of the one before."""
        keep(store, a_registration())
        with store.unit_of_work() as uow:
            found = uow.registrations.get(a_registration().registration_id)
            answered = found.answer(right=False, now=MORNING)
            uow.registrations.save(answered)
            uow.commit()

        with store.unit_of_work() as uow:
            found = uow.registrations.get(answered.registration_id)
            assert evolve(answered, version=1) == found

    def test_registration_stale_is_refused(self, store: Store) -> None:
        """Two next states of one registration cannot both be kept."""
        keep(store, a_registration())
        for refused in (False, True):
            with store.unit_of_work() as uow:
                answered = a_registration().answer(right=False, now=MORNING)
                if refused:
                    with pytest.raises(StaleState):
                        uow.registrations.save(answered)
                        uow.commit()
                else:
                    uow.registrations.save(answered)
                    uow.commit()


class RecoveriesContract(OpensStore):
    """See ``elkk_core.identity.Recoveries``."""

    def test_recovery_comes_back_equal(self, store: Store) -> None:
        """Every recovery of a user comes back as it was."""
        self.check_round_trip(
            store,
            strategies.recoveries(user_id=USER_ID),
            lambda uow, one: uow.recoveries.get(one.recovery_id),
            after=(a_user(),),
        )

    def test_recovery_of_nobody_comes_back_equal(self, store: Store) -> None:
        """Every recovery for a phone that nobody has comes back as it was."""
        self.check_round_trip(
            store,
            strategies.recoveries(),
            lambda uow, one: uow.recoveries.get(one.recovery_id),
        )

    def test_recovery_unknown_is_not_found(self, store: Store) -> None:
        """An identifier that belongs to none is told."""
        with store.unit_of_work() as uow, pytest.raises(RecoveryNotFound):
            uow.recoveries.get(RecoveryId(NOBODY))

    def test_recovery_is_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, and only of that one."""
        keep(store, a_user(), a_recovery())
        answered = a_recovery().answer(right=True, now=MORNING)
        with store.unit_of_work() as uow:
            uow.recoveries.save(answered)
            uow.commit()

        with store.unit_of_work() as uow:
            assert evolve(answered, version=1) == uow.recoveries.get(answered.recovery_id)
            with pytest.raises(StaleState):
                uow.recoveries.save(answered)
                uow.commit()


class UsersContract(OpensStore):
    """See ``elkk_core.identity.Users``."""

    def test_user_comes_back_equal(self, store: Store) -> None:
        """Every user that was added comes back as they were."""
        self.check_round_trip(
            store, strategies.users(), lambda uow, one: uow.users.get(one.user_id)
        )

    def test_user_unknown_is_not_found(self, store: Store) -> None:
        """An identifier that belongs to nobody is told."""
        with store.unit_of_work() as uow, pytest.raises(UserNotFound):
            uow.users.get(UserId(NOBODY))

    def test_user_is_found_by_phone(self, store: Store) -> None:
        """A phone leads to the one user who has it."""
        keep(store, a_user(), another_user())

        with store.unit_of_work() as uow:
            assert another_user() == uow.users.find_by_phone(another_user().phone)
            assert uow.users.find_by_phone(Phone("+79990000000")) is None

    def test_user_is_found_by_a_confirmed_email_only(self, store: Store) -> None:
        """An e-mail leads to the user who confirmed it, whoever else has given it."""
        email = a_user().email
        keep(store, a_user())
        with store.unit_of_work() as uow:
            assert uow.users.find_by_confirmed_email(email) is None

        confirmed = another_user(email=email, email_confirmed_at=MORNING)
        keep(store, confirmed)

        with store.unit_of_work() as uow:
            assert confirmed == uow.users.find_by_confirmed_email(email)
            assert uow.users.find_by_confirmed_email(Email("none@tambov-post.ru")) is None

    def test_user_with_a_phone_of_another_is_refused(self, store: Store) -> None:
        """A phone belongs to one user."""
        keep(store, a_user())

        with pytest.raises(PhoneTaken), store.unit_of_work() as uow:
            uow.users.add(another_user(phone=a_user().phone))
            uow.commit()

    def test_user_who_confirms_an_email_of_another_is_refused(self, store: Store) -> None:
        """A confirmed e-mail belongs to one user; unconfirmed, to as many as gave it."""
        keep(store, a_user(email_confirmed_at=MORNING), another_user(email=a_user().email))

        with pytest.raises(EmailTaken), store.unit_of_work() as uow:
            user = uow.users.get(another_user().user_id)
            uow.users.save(user.confirm_email(now=MORNING))
            uow.commit()

    def test_user_is_saved_in_every_field(self, store: Store) -> None:
        """The next state comes back whole."""
        keep(store, a_user())
        with store.unit_of_work() as uow:
            changed = evolve(
                uow.users.get(USER_ID),
                email_confirmed_at=MORNING,
                password_digest="another digest",
                language=another_user().language,
                name=another_user().name,
                consents=(*a_user().consents, *another_user().consents),
            )
            uow.users.save(changed)
            uow.commit()

        with store.unit_of_work() as uow:
            assert evolve(changed, version=1) == uow.users.get(USER_ID)


class EmailConfirmationsContract(OpensStore):
    """See ``elkk_core.identity.EmailConfirmations``."""

    def test_email_confirmation_comes_back_equal(self, store: Store) -> None:
        """Every link that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.email_confirmations(user=a_user()),
            lambda uow, one: uow.email_confirmations.get(one.token_digest),
            after=(a_user(),),
        )

    def test_email_confirmation_unknown_is_not_found(self, store: Store) -> None:
        """A token that was never sent is told."""
        keep(store, a_user(), an_email_confirmation())

        with store.unit_of_work() as uow, pytest.raises(ConfirmationNotFound):
            uow.email_confirmations.get("digest of no token")


class SessionsContract(OpensStore):
    """See ``elkk_core.identity.Sessions``."""

    def test_session_comes_back_equal(self, store: Store) -> None:
        """Every session that was added comes back as it was, live or not."""
        self.check_round_trip(
            store,
            strategies.sessions(user_id=USER_ID),
            lambda uow, one: uow.sessions.get(one.token_digest),
            after=(a_user(),),
        )

    def test_session_unknown_has_ended(self, store: Store) -> None:
        """A token that belongs to no session lets nobody in."""
        with store.unit_of_work() as uow, pytest.raises(SessionEnded):
            uow.sessions.get("digest of no token")

    def test_session_list_has_those_not_ended(self, store: Store) -> None:
        """The sessions of a user that were not ended are listed, the oldest first."""
        younger = a_session(
            session_id=SessionId(UUID(int=1)),
            token_digest="younger",
            started_at=MORNING + timedelta(hours=1),
        )
        ended = a_session(session_id=SessionId(UUID(int=2)), token_digest="ended", ended_at=MORNING)
        stranger = a_session(
            session_id=SessionId(UUID(int=3)),
            token_digest="stranger",
            user_id=another_user().user_id,
        )
        keep(store, a_user(), another_user(), younger, ended, stranger, a_session())

        with store.unit_of_work() as uow:
            assert (a_session(), younger) == uow.sessions.list_not_ended(USER_ID)

    def test_session_is_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, and only of that one."""
        keep(store, a_user(), a_session())
        ended = a_session().end(now=MORNING)
        with store.unit_of_work() as uow:
            uow.sessions.save(ended)
            uow.commit()

        with store.unit_of_work() as uow:
            assert evolve(ended, version=1) == uow.sessions.get(ended.token_digest)
            with pytest.raises(StaleState):
                uow.sessions.save(ended)
                uow.commit()


class TalliesContract(OpensStore):
    """See ``elkk_core.shared.Tallies``."""

    def test_tally_never_saved_is_empty(self, store: Store) -> None:
        """Where nothing was counted there is an empty tally."""
        with store.unit_of_work() as uow:
            assert Tally(key="sms:+79161234567") == uow.tallies.get("sms:+79161234567")

    def test_tally_comes_back_equal(self, store: Store) -> None:
        """Every tally that was saved comes back with the same moments, one version on."""
        self.check_round_trip(
            store,
            strategies.tallies(),
            lambda uow, one: evolve(uow.tallies.get(one.key), version=one.version),
        )

    def test_tally_counts_on(self, store: Store) -> None:
        """A tally is saved again and again."""
        for _ in range(3):
            with store.unit_of_work() as uow:
                tally = uow.tallies.get("key")
                uow.tallies.save(tally.add(now=MORNING, keep=timedelta(days=1)))
                uow.commit()

        with store.unit_of_work() as uow:
            assert Tally(key="key", moments=(MORNING,) * 3, version=3) == uow.tallies.get("key")

    def test_tally_stale_is_refused(self, store: Store) -> None:
        """Two counts that both began from nothing cannot both be kept."""
        first = Tally(key="key").add(now=MORNING, keep=timedelta(days=1))
        keep(store, first)

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.tallies.save(first)
            uow.commit()
