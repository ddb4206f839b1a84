"""The store in memory, and the simple services, keep the contracts."""

from collections.abc import Iterator
from contextlib import contextmanager

from elkk_core.testing import contracts, doubles
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import Store


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


class TestPlainHasher(contracts.PasswordHasherContract):
    def make(self) -> doubles.PlainHasher:
        """Return a quick hasher."""
        return doubles.PlainHasher()


class TestPredictableSecrets(contracts.SecretsContract):
    def make(self) -> doubles.PredictableSecrets:
        """Return secrets that a test knows."""
        return doubles.PredictableSecrets()


class TestSimpleContacts(contracts.ContactReaderContract):
    def make(self) -> doubles.SimpleContacts:
        """Return a reader of Russian phones."""
        return doubles.SimpleContacts()


class TestFewCommonPasswords(contracts.CommonPasswordsContract):
    def make(self) -> doubles.FewCommonPasswords:
        """Return five passwords."""
        return doubles.FewCommonPasswords()


class TestPlainPrinter(contracts.DocumentPrinterContract):
    def make(self) -> doubles.PlainPrinter:
        """Return a printer of empty pages."""
        return doubles.PlainPrinter()
