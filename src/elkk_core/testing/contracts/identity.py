"""What a store promises of users, and of what proves that it is them."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from attrs import evolve

from elkk_core.identity import (
    CaptchaExpired,
    ConfirmationNotFound,
    Email,
    EmailTaken,
    Phone,
    PhoneChange,
    PhoneTaken,
    RecoveryId,
    RecoveryLinkNotFound,
    RecoveryNotFound,
    RegistrationId,
    RegistrationNotFound,
    SecondFactor,
    SessionEnded,
    Sex,
    SignInExpired,
    SignInId,
    UserNotFound,
)
from elkk_core.shared import SessionId, StaleState, Tally, UserId
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    MORNING,
    USER_ID,
    a_link,
    a_meter,
    a_pending_sign_in,
    a_phone_change,
    a_reading,
    a_recovery,
    a_recovery_link,
    a_registration,
    a_request,
    a_second_factor,
    a_session,
    a_supplier,
    a_user,
    an_account,
    an_email_confirmation,
    another_user,
)
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import CabinetUnitOfWork, Store, keep

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


class RecoveryLinksContract(OpensStore):
    """See ``elkk_core.identity.RecoveryLinks``."""

    def test_recovery_link_comes_back_equal(self, store: Store) -> None:
        """Every link of a user comes back as it was."""
        self.check_round_trip(
            store,
            strategies.recovery_links(user_id=USER_ID),
            lambda uow, one: uow.recovery_links.get(one.token_digest),
            after=(a_user(),),
        )

    def test_recovery_link_of_nobody_comes_back_equal(self, store: Store) -> None:
        """Every link for an e-mail that nobody has comes back as it was."""
        self.check_round_trip(
            store,
            strategies.recovery_links(),
            lambda uow, one: uow.recovery_links.get(one.token_digest),
        )

    def test_recovery_link_unknown_is_not_found(self, store: Store) -> None:
        """A token that was never sent is told."""
        keep(store, a_user(), a_recovery_link())

        with store.unit_of_work() as uow, pytest.raises(RecoveryLinkNotFound):
            uow.recovery_links.get("digest of no token")

    def test_recovery_link_is_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, and only of that one."""
        keep(store, a_user(), a_recovery_link())
        used = a_recovery_link().use(now=MORNING)
        with store.unit_of_work() as uow:
            uow.recovery_links.save(used)
            uow.commit()

        with store.unit_of_work() as uow:
            assert evolve(used, version=1) == uow.recovery_links.get(used.token_digest)
            with pytest.raises(StaleState):
                uow.recovery_links.save(used)
                uow.commit()


class AnsweredCaptchasContract(OpensStore):
    """See ``elkk_core.identity.AnsweredCaptchas``."""

    def _answer(self, store: Store, key: str, *, now: datetime = MORNING) -> None:
        with store.unit_of_work() as uow:
            uow.answered_captchas.add(key, until=now + timedelta(minutes=20), now=now)
            uow.commit()

    def test_captcha_is_heard_once(self, store: Store) -> None:
        """A second answer to the same captcha is refused; another captcha is not concerned."""
        self._answer(store, "a captcha")
        self._answer(store, "another")

        with pytest.raises(CaptchaExpired):
            self._answer(store, "a captcha", now=MORNING + timedelta(minutes=19))

    def test_captcha_is_forgotten_when_its_time_is_over(self, store: Store) -> None:
        """What nobody could answer any more takes no room."""
        self._answer(store, "a captcha")
        self._answer(store, "another", now=MORNING + timedelta(minutes=20))

        try:
            self._answer(store, "a captcha", now=MORNING + timedelta(minutes=20))
        except CaptchaExpired:
            pytest.fail("the captcha is remembered beyond its time")


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

    def test_user_who_takes_the_phone_of_another_is_refused(self, store: Store) -> None:
        """A phone cannot be changed for that of another user."""
        keep(store, a_user(), another_user())

        with pytest.raises(PhoneTaken), store.unit_of_work() as uow:
            user = uow.users.get(another_user().user_id)
            uow.users.save(user.change_phone(a_user().phone, now=MORNING, event_id=NOBODY))
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
                phone=another_user().phone,
                email=another_user().email,
                new_email=a_user().email,
                sex=Sex.FEMALE,
                born_on=MORNING.date(),
                consents=(*a_user().consents, *another_user().consents),
            )
            uow.users.save(changed)
            uow.commit()

        with store.unit_of_work() as uow:
            assert evolve(changed, version=1) == uow.users.get(USER_ID)

    def test_user_removed_is_gone_with_all_that_is_theirs(self, store: Store) -> None:
        """Sessions, links and what waits for a code go; the phone is free at once."""
        phone = a_user().phone
        keep(
            store,
            a_supplier(),
            an_account(),
            a_registration(),
            a_user(email_confirmed_at=MORNING),
            a_recovery(),
            a_recovery_link(),
            an_email_confirmation(),
            a_session(),
            a_link(),
        )
        with store.unit_of_work() as uow:
            uow.users.remove(uow.users.get(USER_ID))
            uow.commit()

        with store.unit_of_work() as uow:
            assert uow.users.find_by_phone(phone) is None
            assert uow.users.find_by_confirmed_email(a_user().email) is None
            assert uow.links.find(USER_ID, an_account().account_id) is None
            for missing, find in (
                (UserNotFound, lambda: uow.users.get(USER_ID)),
                (SessionEnded, lambda: uow.sessions.get(a_session().token_digest)),
                (
                    RegistrationNotFound,
                    lambda: uow.registrations.get(a_registration().registration_id),
                ),
                (RecoveryNotFound, lambda: uow.recoveries.get(a_recovery().recovery_id)),
                (
                    RecoveryLinkNotFound,
                    lambda: uow.recovery_links.get(a_recovery_link().token_digest),
                ),
                (
                    ConfirmationNotFound,
                    lambda: uow.email_confirmations.get(an_email_confirmation().token_digest),
                ),
            ):
                with pytest.raises(missing):
                    find()
        keep(store, another_user(phone=phone))

    def test_user_removed_leaves_others_and_the_books_alone(self, store: Store) -> None:
        """Other users keep what is theirs; a reading stays as it was, a request without its author."""
        reading = a_reading(submitted_by=USER_ID)
        session = a_session(user_id=another_user().user_id)
        request = a_request(user_id=USER_ID)
        keep(
            store,
            a_supplier(),
            an_account(),
            a_meter(),
            a_user(),
            request,
            another_user(),
            a_registration(phone=another_user().phone),
            session,
            a_link(user_id=another_user().user_id),
            reading,
        )
        with store.unit_of_work() as uow:
            uow.users.remove(uow.users.get(USER_ID))
            uow.commit()

        with store.unit_of_work() as uow:
            assert another_user() == uow.users.get(another_user().user_id)
            assert (session,) == uow.sessions.list_not_ended(another_user().user_id)
            assert uow.links.find(another_user().user_id, an_account().account_id) is not None
            kept = uow.registrations.get(a_registration().registration_id)
            assert another_user().phone == kept.phone
            assert [reading] == [*uow.readings.list_of([a_meter().meter_id])]
            assert evolve(request, user_id=None) == uow.requests.get(request.request_id)

    def test_user_removed_tells_by_the_events(self, store: Store) -> None:
        """The last events of a user are handed over like any others."""
        keep(store, a_user())
        with store.unit_of_work() as uow:
            uow.users.remove(a_user().leave(now=MORNING, event_id=NOBODY))
            uow.commit()

        assert [NOBODY] == [event.event_id for event in store.events()]

    def test_user_changed_meanwhile_is_not_removed(self, store: Store) -> None:
        """Who removes a user has seen the latest state."""
        keep(store, a_user())
        with store.unit_of_work() as uow:
            uow.users.save(a_user().confirm_email(now=MORNING))
            uow.commit()

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.users.remove(a_user())
            uow.commit()


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


class SecondFactorsContract(OpensStore):
    """See ``elkk_core.identity.SecondFactors``."""

    def test_second_factor_never_chosen_is_empty(self, store: Store) -> None:
        """Whoever has chosen none has an empty one."""
        keep(store, a_user())

        with store.unit_of_work() as uow:
            assert SecondFactor(user_id=USER_ID) == uow.second_factors.get(USER_ID)

    def test_second_factor_comes_back_equal(self, store: Store) -> None:
        """Every second factor that was saved comes back as it was, one version on."""
        self.check_round_trip(
            store,
            strategies.second_factors(user_id=USER_ID),
            lambda uow, one: evolve(uow.second_factors.get(one.user_id), version=one.version),
            after=(a_user(),),
        )

    def test_second_factor_is_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, and only of that one."""
        keep(store, a_user(), another_user(), a_second_factor())
        with store.unit_of_work() as uow:
            off = uow.second_factors.get(USER_ID).switch_off(user=a_user(), event_id=NOBODY)
            uow.second_factors.save(off)
            uow.commit()

        assert [NOBODY] == [event.event_id for event in store.events()]
        with store.unit_of_work() as uow:
            assert SecondFactor(user_id=USER_ID, version=2) == uow.second_factors.get(USER_ID)
            assert not uow.second_factors.get(another_user().user_id).is_on
            with pytest.raises(StaleState):
                uow.second_factors.save(off)
                uow.commit()

    def test_second_factor_of_two_beginnings_is_refused(self, store: Store) -> None:
        """Two that both began from nothing cannot both be kept."""
        keep(store, a_user(), a_second_factor())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.second_factors.save(a_second_factor())
            uow.commit()


class PendingSignInsContract(OpensStore):
    """See ``elkk_core.identity.PendingSignIns``."""

    def test_pending_sign_in_comes_back_equal(self, store: Store) -> None:
        """Every sign-in that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.pending_sign_ins(user_id=USER_ID),
            lambda uow, one: uow.pending_sign_ins.get(one.sign_in_id),
            after=(a_user(),),
        )

    def test_pending_sign_in_unknown_has_expired(self, store: Store) -> None:
        """An identifier that belongs to none lets nobody in."""
        with store.unit_of_work() as uow, pytest.raises(SignInExpired):
            uow.pending_sign_ins.get(SignInId(NOBODY))

    def test_pending_sign_in_is_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, and only of that one."""
        keep(store, a_user(), a_pending_sign_in())
        finished = a_pending_sign_in().finish(now=MORNING)
        with store.unit_of_work() as uow:
            uow.pending_sign_ins.save(finished)
            uow.commit()

        with store.unit_of_work() as uow:
            assert evolve(finished, version=1) == uow.pending_sign_ins.get(finished.sign_in_id)
            with pytest.raises(StaleState):
                uow.pending_sign_ins.save(finished)
                uow.commit()


class PhoneChangesContract(OpensStore):
    """See ``elkk_core.identity.PhoneChanges``."""

    def test_phone_change_never_asked_for_is_none(self, store: Store) -> None:
        """Whoever has kept the phone has no change of it."""
        keep(store, a_user())

        with store.unit_of_work() as uow:
            assert uow.phone_changes.find(USER_ID) is None

    def test_phone_change_comes_back_equal(self, store: Store) -> None:
        """Every change that was saved comes back as it was, one version on."""

        def found(uow: CabinetUnitOfWork, one: PhoneChange) -> PhoneChange:
            kept = uow.phone_changes.find(one.user_id)
            assert kept is not None
            return evolve(kept, version=one.version)

        self.check_round_trip(
            store, strategies.phone_changes(user_id=USER_ID), found, after=(a_user(),)
        )

    def test_phone_change_is_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, and only of that one."""
        keep(store, a_user(), another_user(), a_phone_change())
        again = evolve(a_phone_change(), version=1).send_code(
            code=a_phone_change().code, text="000000", event_id=NOBODY
        )
        with store.unit_of_work() as uow:
            uow.phone_changes.save(again)
            uow.commit()

        assert [NOBODY] == [event.event_id for event in store.events()]
        with store.unit_of_work() as uow:
            assert evolve(again, version=2, events=()) == uow.phone_changes.find(USER_ID)
            assert uow.phone_changes.find(another_user().user_id) is None
            with pytest.raises(StaleState):
                uow.phone_changes.save(again)
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

    def test_tally_forgotten_is_empty(self, store: Store) -> None:
        """Nothing is left of a tally that was forgotten; there need not have been one."""
        keep(store, Tally(key="key").add(now=MORNING, keep=timedelta(days=1)))
        with store.unit_of_work() as uow:
            uow.tallies.forget("key")
            uow.tallies.forget("no such key")
            uow.commit()

        with store.unit_of_work() as uow:
            assert Tally(key="key") == uow.tallies.get("key")

    def test_tally_stale_is_refused(self, store: Store) -> None:
        """Two counts that both began from nothing cannot both be kept."""
        first = Tally(key="key").add(now=MORNING, keep=timedelta(days=1))
        keep(store, first)

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.tallies.save(first)
            uow.commit()
