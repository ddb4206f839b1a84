"""Joins the core to its adapters: the one place that knows them all."""

from collections.abc import Iterator
from contextlib import contextmanager

from elkk_adapters.application import Application
from elkk_adapters.contacts import PhonenumbersContactReader
from elkk_adapters.documents import TypstPrinter
from elkk_adapters.durable import DurableMessages, DurableWorker, prepare
from elkk_adapters.messaging import ConsoleSender, DeliverMessage, MessageRenderer, OutboxSender
from elkk_adapters.security import Argon2Hasher, KeyedSecrets, ZxcvbnCommonPasswords
from elkk_adapters.settings import Mode, Settings
from elkk_adapters.sql import Database
from elkk_adapters.system import SystemClock, Uuid7Identifiers
from elkk_core import accounts, billing, identity, metering, tariffs
from elkk_core.shared import Clock, Identifiers


def prepare_database(settings: Settings) -> None:
    """Create the database or bring its schema up to date, the queue's tables included.

    Raises:
        DatabaseUnreachable, DatabaseLocked: If the database does not answer.
        SchemaUnknown: If a newer version made it.
    """
    with Database(settings.database_url) as database:
        database.upgrade()
    prepare(database_url=settings.database_url)
