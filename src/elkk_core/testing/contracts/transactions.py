"""The laws of a unit of work."""

import pytest
from attrs import evolve

from elkk_core.identity import Language, Phone, RegistrationId, UserNotFound
from elkk_core.identity.events import PasswordChanged
from elkk_core.shared import StaleState
from elkk_core.testing.builders import MORNING, USER_ID, a_registration, a_user, another_user
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.doubles import SequentialIdentifiers
from elkk_core.testing.stores import Store, keep


class SomethingBroke(Exception):
    """An error that no store knows."""


class TransactionContract(OpensStore):
    """A unit of work keeps all of its changes or none of them."""

    def test_transaction_keeps_what_was_committed(self, store: Store) -> None:
        """What one unit commits the next one sees."""
        keep(store, a_user())

        with store.unit_of_work() as uow:
            assert a_user() == uow.users.find_by_phone(a_user().phone)

    def test_transaction_sees_its_own_changes(self, store: Store) -> None:
        """Before the commit a unit sees what it changed itself."""
        with store.unit_of_work() as uow:
            uow.users.add(a_user())

            assert a_user() == uow.users.find_by_phone(a_user().phone)

    def test_transaction_forgets_what_was_not_committed(self, store: Store) -> None:
        """Leaving without a commit forgets every change."""
        with store.unit_of_work() as uow:
            uow.users.add(a_user())

        with store.unit_of_work() as uow, pytest.raises(UserNotFound):
            uow.users.get(USER_ID)

    def test_transaction_forgets_everything_on_an_error(self, store: Store) -> None:
        """An error forgets every change and goes on to the caller."""
        with pytest.raises(SomethingBroke), store.unit_of_work() as uow:
            uow.users.add(a_user())
            raise SomethingBroke

        with store.unit_of_work() as uow:
            assert uow.users.find_by_phone(a_user().phone) is None

    def test_transaction_forgets_changes_of_known_rows_too(self, store: Store) -> None:
        """A change of something kept before is forgotten as well as an addition."""
        keep(store, a_user())
        with store.unit_of_work() as uow:
            uow.users.save(uow.users.get(USER_ID).choose_language(Language.ENGLISH))

        with store.unit_of_work() as uow:
            assert a_user() == uow.users.get(USER_ID)

    def test_transaction_is_used_once(self, store: Store) -> None:
        """A unit that was left cannot be entered again."""
        uow = store.unit_of_work()
        with uow:
            pass

        with pytest.raises(RuntimeError), uow:
            pass

    def test_transaction_counts_saved_states(self, store: Store) -> None:
        """Each saved state bears the next version."""
        keep(store, a_user())
        for version in range(3):
            with store.unit_of_work() as uow:
                user = uow.users.get(USER_ID)

                assert version == user.version

                uow.users.save(user.choose_language(Language.ENGLISH))
                uow.commit()

    def test_transaction_refuses_a_stale_state(self, store: Store) -> None:
        """A state that was read before another one was saved is refused, and changes nothing."""
        keep(store, a_user())
        with store.unit_of_work() as uow:
            stale = uow.users.get(USER_ID)
        with store.unit_of_work() as uow:
            uow.users.save(stale.choose_language(Language.ENGLISH))
            uow.commit()

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.users.save(stale.rehash_password(digest="newer"))
            uow.commit()

        with store.unit_of_work() as uow:
            user = uow.users.get(USER_ID)
        assert Language.ENGLISH is user.language
        assert stale.password_digest == user.password_digest

    def test_transaction_refuses_the_state_of_something_never_added(self, store: Store) -> None:
        """Saving is for what was added before."""
        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.users.save(a_user())
            uow.commit()

    def test_transaction_refuses_the_slower_of_two(self, store: Store) -> None:
        """Of two units that change the same state at once, the one that commits last is refused."""
        if not self.units_overlap:
            pytest.skip("this store lets one writer in at a time")
        keep(store, a_user())
        with pytest.raises(StaleState), store.unit_of_work() as slower:
            user = slower.users.get(USER_ID)
            with store.unit_of_work() as faster:
                faster.users.save(faster.users.get(USER_ID).choose_language(Language.ENGLISH))
                faster.commit()
            slower.users.save(user.rehash_password(digest="newer"))
            slower.commit()

    def test_transaction_shows_others_nothing_before_the_commit(self, store: Store) -> None:
        """What a unit has not committed no other unit sees."""
        if not self.units_overlap:
            pytest.skip("this store lets one writer in at a time")
        with store.unit_of_work() as uow:
            uow.users.add(a_user())
            with store.unit_of_work() as other:
                assert other.users.find_by_phone(a_user().phone) is None

    def test_transaction_hands_over_events_of_what_was_saved(self, store: Store) -> None:
        """Events of added and saved states leave the store in the order of the commits."""
        events = [_an_event(number) for number in range(1, 4)]
        keep(store, a_user(events=tuple(events[:1])))
        with store.unit_of_work() as uow:
            user = uow.users.get(USER_ID)
            uow.users.save(evolve(user, events=tuple(events[1:])))
            uow.commit()

        assert tuple(events) == store.events()

    def test_transaction_hands_over_an_event_once(self, store: Store) -> None:
        """What comes back from the store has nothing to tell any more."""
        keep(store, a_user(events=(_an_event(1),)))
        with store.unit_of_work() as uow:
            uow.users.save(uow.users.get(USER_ID).choose_language(Language.ENGLISH))
            uow.commit()

        assert (_an_event(1),) == store.events()

    def test_transaction_forgets_events_that_were_not_committed(self, store: Store) -> None:
        """No event leaves the store unless the change that caused it is kept."""
        with store.unit_of_work() as uow:
            uow.users.add(a_user(events=(_an_event(1),)))
        with pytest.raises(SomethingBroke), store.unit_of_work() as uow:
            uow.users.add(a_user(events=(_an_event(2),)))
            raise SomethingBroke

        assert () == store.events()

    def test_transaction_keeps_changes_of_several_kinds_together(self, store: Store) -> None:
        """A unit that is refused for one change forgets the others too."""
        keep(store, a_user())
        registration_id = RegistrationId(SequentialIdentifiers(first=77).new())
        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.registrations.add(a_registration(registration_id=registration_id))
            uow.users.add(another_user())
            uow.users.save(evolve(uow.users.get(USER_ID), version=7))
            uow.commit()

        with store.unit_of_work() as uow:
            assert uow.users.find_by_phone(Phone("+79537654321")) is None


def _an_event(number: int) -> PasswordChanged:
    return PasswordChanged(
        event_id=SequentialIdentifiers(first=number).new(),
        phone="+79161234567",
        language="ru",
        changed_at=MORNING,
    )
