"""The store in memory, and the simple services, keep the contracts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from attrs import evolve

from elkk_core.accounts import AlreadyLinked
from elkk_core.identity import Captcha, CaptchaAnswer
from elkk_core.shared import StaleState
from elkk_core.testing import contracts, doubles
from elkk_core.testing.builders import a_link, a_supplier, a_user, an_account, another_user
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import Store, keep


class TestMemoryStore(contracts.StoreContract):
    @contextmanager
    def open(self) -> Iterator[Store]:
        """Return a store in memory."""
        yield MemoryStore()


class TestFixedClock(contracts.ClockContract):
    def make(self) -> doubles.FixedClock:
        """Return a clock that stands still."""
        return doubles.FixedClock()


class TestSequentialIdentifiers(contracts.IdentifiersContract):
    def make(self) -> doubles.SequentialIdentifiers:
        """Return identifiers in sequence."""
        return doubles.SequentialIdentifiers()


class TestPlainCaptcha(contracts.CaptchaContract):
    def make(self) -> doubles.PlainCaptcha:
        """Return the captcha, and remember its clock."""
        self._clock = doubles.FixedClock()
        return doubles.PlainCaptcha(self._clock)

    def solve(self, captcha: Captcha) -> CaptchaAnswer:
        """Return the right answer to a new question."""
        assert isinstance(captcha, doubles.PlainCaptcha)
        return captcha.solve()

    def spoil(self, answer: CaptchaAnswer) -> CaptchaAnswer:
        """Return a wrong answer to the same question."""
        return evolve(answer, reply="?")

    def wait(self, step: timedelta) -> None:
        """Let *step* pass for the captcha made last."""
        self._clock.advance(step)


class TestPlainHasher(contracts.PasswordHasherContract):
    def make(self) -> doubles.PlainHasher:
        """Return a quick hasher."""
        return doubles.PlainHasher()


class TestPredictableSecrets(contracts.SecretsContract):
    def make(self) -> doubles.PredictableSecrets:
        """Return secrets that a test knows."""
        return doubles.PredictableSecrets()


class TestPlainAuthenticators(contracts.AuthenticatorsContract):
    def make(self) -> doubles.PlainAuthenticators:
        """Return apps whose secrets a test knows."""
        return doubles.PlainAuthenticators()


class TestPlainTickets(contracts.SubmissionTicketsContract):
    def make(self) -> doubles.PlainTickets:
        """Return tickets that are remembered."""
        return doubles.PlainTickets()


class TestSimpleContacts(contracts.ContactReaderContract):
    def make(self) -> doubles.SimpleContacts:
        """Return a reader of Russian phones."""
        return doubles.SimpleContacts()


class TestFewCommonPasswords(contracts.CommonPasswordsContract):
    def make(self) -> doubles.FewCommonPasswords:
        """Return five passwords."""
        return doubles.FewCommonPasswords()


class TestSimpleBank(contracts.PaymentGatewayContract):
    def make(self) -> doubles.SimpleBank:
        """Return a bank that takes every card."""
        return doubles.SimpleBank()


class TestPlainPrinter(contracts.DocumentPrinterContract):
    def make(self) -> doubles.PlainPrinter:
        """Return a printer of empty pages."""
        return doubles.PlainPrinter()


# What only a store of several writers can show


def test_units_that_changed_different_things_both_keep_them() -> None:
    """The slower of two units is refused only if it changed what the faster one did."""
    store = MemoryStore()
    with store.unit_of_work() as slower:
        slower.users.add(a_user())
        keep(store, another_user())
        slower.commit()

    with store.unit_of_work() as uow:
        assert a_user() == uow.users.get(a_user().user_id)
        assert another_user() == uow.users.get(another_user().user_id)


def test_account_that_was_linked_meanwhile_is_linked_once() -> None:
    """Two requests of one user at the same moment end as one after the other would."""
    store = MemoryStore()
    keep(store, a_user(), a_supplier(), an_account())
    with store.unit_of_work() as slower:
        slower.links.add(a_link())
        keep(store, a_link())
        with pytest.raises(AlreadyLinked) as caught:
            slower.commit()

    assert an_account().number == caught.value.number


def test_number_that_was_taken_meanwhile_is_not_given_twice() -> None:
    """Of two units that took the same numbers at once the slower is refused."""
    store = MemoryStore()
    keep(store, a_supplier())
    with store.unit_of_work() as slower:
        slower.numbers.take(a_supplier().supplier_id, 2020, 1)
        with store.unit_of_work() as faster:
            faster.numbers.take(a_supplier().supplier_id, 2020, 1)
            faster.commit()
        with pytest.raises(StaleState):
            slower.commit()


def test_unit_is_entered_before_it_is_committed() -> None:
    """A commit outside of ``with`` is a mistake of the program."""
    with pytest.raises(RuntimeError, match="entered before"):
        MemoryStore().unit_of_work().commit()
