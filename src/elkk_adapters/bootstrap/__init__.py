"""Joins the core to its adapters: the one place that knows them all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from elkk_adapters.application import Application
from elkk_adapters.bootstrap.accounts import accounts_room
from elkk_adapters.bootstrap.billing import billing_room
from elkk_adapters.bootstrap.captcha import captcha_desk
from elkk_adapters.bootstrap.identity import identity_room
from elkk_adapters.bootstrap.metering import metering_room
from elkk_adapters.bootstrap.notices import notice_rounds, notices_room
from elkk_adapters.bootstrap.payments import bank, payment_questions, payments_room
from elkk_adapters.bootstrap.support import support_room
from elkk_adapters.bootstrap.tariffs import tariffs_room
from elkk_adapters.bootstrap.tools import Tools
from elkk_adapters.collecting import rare_collections
from elkk_adapters.durable import (
    BillingParts,
    Deliveries,
    DurableBillingRuns,
    DurableMessages,
    DurableWorker,
    Duty,
    prepare,
)
from elkk_adapters.messaging import ConsoleSender, DeliverMessage, MessageRenderer, OutboxSender
from elkk_adapters.security import (
    KeyedSecrets,
    SealedAuthenticators,
    SignedSubmissionTickets,
)
from elkk_adapters.settings import Mode, Settings
from elkk_adapters.sql import Database
from elkk_adapters.system import SystemClock, TimeOrderedIdentifiers
from elkk_core import billing
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


@contextmanager
def application(
    settings: Settings, *, clock: Clock | None = None, identifiers: Identifiers | None = None
) -> Iterator[Application]:
    """Yield the application on the database of *settings*; the database is first asked when used.

    *clock* and *identifiers* stand in for those of the system, as when the past is played anew.
    """
    clock = clock or SystemClock()
    identifiers = identifiers or TimeOrderedIdentifiers()
    with (
        Database(settings.database_url) as database,
        DurableMessages(
            database_url=settings.database_url, secret_key=settings.secret_key
        ) as queue,
        DurableBillingRuns(
            database_url=settings.database_url,
            secret_key=settings.secret_key,
            engine=database.queue_engine,
        ) as billing_runs,
        captcha_desk(settings, clock) as captcha,
        bank(settings) as gateway,
    ):
        tools = Tools(
            settings=settings,
            clock=clock,
            identifiers=identifiers,
            database=database,
            queue=queue,
            billing_runs=billing_runs,
            captcha=captcha,
            gateway=gateway,
            secrets=KeyedSecrets(secret_key=settings.secret_key),
            authenticators=SealedAuthenticators(
                secret_key=settings.secret_key, issuer=settings.cabinet_name
            ),
            tickets=SignedSubmissionTickets(secret_key=settings.secret_key),
        )
        yield Application(
            settings=settings,
            clock=clock,
            readiness=database.readiness,
            sent_messages=database.sent_messages,
            identity=identity_room(tools),
            accounts=accounts_room(tools),
            tariffs=tariffs_room(tools),
            metering=metering_room(tools),
            support=support_room(tools),
            billing=billing_room(tools),
            payments=payments_room(tools),
            notices=notices_room(tools),
        )


@contextmanager
def worker(settings: Settings, *, clock: Clock | None = None) -> Iterator[None]:
    """Deliver messages, bill, and raise notifications for as long as the context is open.

    In the demo messages go to the page of sent messages, elsewhere to the console, until a gateway
    is set up.

    Raises:
        WorkerNameTaken: If a living worker bears the name of *settings*.
        QueueNotPrepared: If the database has no queue; ``elkk db upgrade`` makes one.
    """
    clock = clock or SystemClock()
    with Database(settings.database_url) as database:
        sender = (
            OutboxSender(sent_messages=database.sent_messages, clock=clock)
            if settings.mode is Mode.DEMO
            else ConsoleSender()
        )
        deliver = DeliverMessage(
            renderer=MessageRenderer(
                cabinet=settings.cabinet_name,
                base_url=settings.base_url,
                support_email=settings.support_email or None,
            ),
            sms=sender,
            letters=sender,
            clock=clock,
        )
        with (
            DurableMessages(
                database_url=settings.database_url, secret_key=settings.secret_key
            ) as queue,
            _billing_parts(settings, database, clock) as billing_parts,
            payment_questions(settings, database, clock, queue) as questions,
        ):
            duties = (
                Deliveries(deliver=deliver),
                billing_parts,
                notice_rounds(settings, database, clock, queue),
                questions,
            )
            with _durable_worker(settings, database, settings.worker_name, duties, clock):
                yield


@contextmanager
def billing_worker(settings: Settings, *, name: str, clock: Clock | None = None) -> Iterator[None]:
    """Bill under *name* for as long as the context is open, and deliver nothing.

    Raises:
        WorkerNameTaken: If a living worker bears the name.
        QueueNotPrepared: If the database has no queue; ``elkk db upgrade`` makes one.
    """
    clock = clock or SystemClock()
    with (
        Database(settings.database_url) as database,
        _billing_parts(settings, database, clock) as billing_parts,
        _durable_worker(settings, database, name, (billing_parts,), clock),
    ):
        yield


@contextmanager
def _billing_parts(settings: Settings, database: Database, clock: Clock) -> Iterator[BillingParts]:
    with (
        DurableMessages(
            database_url=settings.database_url, secret_key=settings.secret_key
        ) as queue,
        rare_collections(),
    ):
        yield BillingParts(
            bill=billing.RunBilling(
                unit_of_work=partial(database.unit_of_work, queue),
                clock=clock,
                identifiers=TimeOrderedIdentifiers(),
                rollover=settings.rollover,
                batch_size=database.bills_at_once,
            )
        )


def _durable_worker(
    settings: Settings, database: Database, name: str, duties: Sequence[Duty], clock: Clock
) -> DurableWorker:
    return DurableWorker(
        database_url=settings.database_url,
        secret_key=settings.secret_key,
        executor_id=name,
        duties=duties,
        clock=clock,
        engine=database.queue_engine,
    )
