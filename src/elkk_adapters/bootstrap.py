"""Joins the core to its adapters: the one place that knows them all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from elkk_adapters.application import Application
from elkk_adapters.collecting import rare_collections
from elkk_adapters.contacts import ForgivingContactReader
from elkk_adapters.documents import TypstPrinter
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
from elkk_adapters.security import Argon2Hasher, KeyedSecrets, ZxcvbnCommonPasswords
from elkk_adapters.settings import Mode, Settings
from elkk_adapters.sql import Database
from elkk_adapters.system import SystemClock, TimeOrderedIdentifiers
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


@contextmanager
def application(
    settings: Settings, *, clock: Clock | None = None, identifiers: Identifiers | None = None
) -> Iterator[Application]:
    """Yield the application on the database of *settings*; the database is first asked when used.

    *clock* and *identifiers* stand in for those of the system, as when the past is played anew.
    """
    clock = clock or SystemClock()
    identifiers = identifiers or TimeOrderedIdentifiers()
    hasher = Argon2Hasher()
    common_passwords = ZxcvbnCommonPasswords()
    secrets = KeyedSecrets(secret_key=settings.secret_key)
    contacts = ForgivingContactReader()
    printer = TypstPrinter()
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
    ):
        unit_of_work = partial(database.unit_of_work, queue)
        reading = partial(database.unit_to_read, queue)
        yield Application(
            settings=settings,
            clock=clock,
            readiness=database.readiness,
            sent_messages=database.sent_messages,
            start_registration=identity.StartRegistration(
                unit_of_work=unit_of_work,
                contacts=contacts,
                hasher=hasher,
                common_passwords=common_passwords,
                secrets=secrets,
                clock=clock,
                identifiers=identifiers,
                policy=settings.identity,
            ),
            resend_registration_code=identity.ResendRegistrationCode(
                unit_of_work=unit_of_work,
                secrets=secrets,
                clock=clock,
                identifiers=identifiers,
                policy=settings.identity,
            ),
            confirm_registration=identity.ConfirmRegistration(
                unit_of_work=unit_of_work,
                secrets=secrets,
                clock=clock,
                identifiers=identifiers,
                policy=settings.identity,
            ),
            sign_in=identity.SignIn(
                unit_of_work=unit_of_work,
                contacts=contacts,
                hasher=hasher,
                secrets=secrets,
                clock=clock,
                identifiers=identifiers,
                policy=settings.identity,
            ),
            sign_out=identity.SignOut(unit_of_work=unit_of_work, secrets=secrets, clock=clock),
            resume_session=identity.ResumeSession(
                reading=reading,
                unit_of_work=unit_of_work,
                secrets=secrets,
                clock=clock,
                policy=settings.identity,
            ),
            change_password=identity.ChangePassword(
                unit_of_work=unit_of_work,
                hasher=hasher,
                common_passwords=common_passwords,
                secrets=secrets,
                clock=clock,
                identifiers=identifiers,
                policy=settings.identity,
            ),
            start_password_recovery=identity.StartPasswordRecovery(
                unit_of_work=unit_of_work,
                contacts=contacts,
                secrets=secrets,
                clock=clock,
                identifiers=identifiers,
                policy=settings.identity,
            ),
            resend_recovery_code=identity.ResendRecoveryCode(
                unit_of_work=unit_of_work,
                secrets=secrets,
                clock=clock,
                identifiers=identifiers,
                policy=settings.identity,
            ),
            finish_password_recovery=identity.FinishPasswordRecovery(
                unit_of_work=unit_of_work,
                hasher=hasher,
                common_passwords=common_passwords,
                secrets=secrets,
                clock=clock,
                identifiers=identifiers,
                policy=settings.identity,
            ),
            request_email_confirmation=identity.RequestEmailConfirmation(
                unit_of_work=unit_of_work,
                secrets=secrets,
                clock=clock,
                identifiers=identifiers,
                policy=settings.identity,
            ),
            confirm_email=identity.ConfirmEmail(
                unit_of_work=unit_of_work, secrets=secrets, clock=clock
            ),
            choose_language=identity.ChooseLanguage(unit_of_work=unit_of_work),
            user_overviews=database.user_overviews,
            contacts=contacts,
            add_supplier=accounts.AddSupplier(unit_of_work=unit_of_work, identifiers=identifiers),
            import_accounts=accounts.ImportAccounts(
                unit_of_work=unit_of_work, identifiers=identifiers
            ),
            start_linking=accounts.StartLinking(
                unit_of_work=unit_of_work, clock=clock, policy=settings.linking
            ),
            link_account=accounts.LinkAccount(
                unit_of_work=unit_of_work, clock=clock, policy=settings.linking
            ),
            linked_accounts=database.linked_accounts,
            suppliers=database.suppliers,
            publish_tariff=tariffs.PublishTariff(unit_of_work=unit_of_work),
            show_tariff=tariffs.ShowTariff(reading=reading),
            import_meters=metering.ImportMeters(unit_of_work=unit_of_work, identifiers=identifiers),
            import_norms=metering.ImportNorms(unit_of_work=unit_of_work),
            show_norms=metering.ShowNorms(reading=partial(database.unit_to_read, queue)),
            import_readings=metering.ImportReadings(
                unit_of_work=unit_of_work,
                clock=clock,
                identifiers=identifiers,
                policy=settings.rollover,
            ),
            import_gaps=metering.ImportGaps(unit_of_work=unit_of_work),
            submit_readings=metering.SubmitReadings(
                unit_of_work=unit_of_work,
                clock=clock,
                identifiers=identifiers,
                policy=settings.rollover,
            ),
            replace_law_table=billing.ReplaceLawTable(unit_of_work=unit_of_work),
            show_law_table=billing.ShowLawTable(reading=reading),
            choose_rule=billing.ChooseRule(unit_of_work=unit_of_work),
            import_estimate_rules=billing.ImportEstimateRules(unit_of_work=unit_of_work),
            show_rules=billing.ShowRules(reading=reading),
            import_benefits=billing.ImportBenefits(unit_of_work=unit_of_work),
            import_bills=billing.ImportBills(
                unit_of_work=unit_of_work, clock=clock, identifiers=identifiers
            ),
            import_payments=billing.ImportPayments(
                unit_of_work=unit_of_work, clock=clock, identifiers=identifiers
            ),
            plan_billing=billing.PlanBilling(unit_of_work=reading, clock=clock),
            run_billing=billing.RunBilling(
                unit_of_work=unit_of_work,
                clock=clock,
                identifiers=identifiers,
                rollover=settings.rollover,
                batch_size=database.bills_at_once,
            ),
            billing_runs=billing_runs if database.takes_many_writers else None,
            find_billing_problems=billing.FindBillingProblems(
                unit_of_work=unit_of_work,
                clock=clock,
                identifiers=identifiers,
                rollover=settings.rollover,
            ),
            correct_invoice=billing.CorrectInvoice(
                unit_of_work=unit_of_work,
                clock=clock,
                identifiers=identifiers,
                rollover=settings.rollover,
            ),
            print_invoice=billing.PrintInvoice(cabinet=database.cabinet, printer=printer),
            print_invoices=billing.PrintInvoices(invoices=database.invoices, printer=printer),
            cabinet=database.cabinet,
            invoices=database.invoices,
            audit_books=billing.AuditBooks(auditor=database.auditor),
            examine_accounts=billing.ExamineAccounts(auditor=database.auditor),
            auditor=database.auditor,
            billed_months=database.billed_months,
        )


@contextmanager
def worker(settings: Settings, *, clock: Clock | None = None) -> Iterator[None]:
    """Deliver messages and bill for as long as the context is open.

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
        with _billing_parts(settings, database, clock) as billing_parts:
            duties = (Deliveries(deliver=deliver), billing_parts)
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
