"""A cabinet over a store in memory, with a household in it, for tests of pages."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import attrs
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from elkk_adapters.application import Application
from elkk_adapters.captcha import CaptchaDesk, ProofOfWork, Questions, solution_of
from elkk_adapters.sent_messages import SentMessage
from elkk_adapters.settings import Acquiring, Mode, Settings
from elkk_core import accounts, billing, identity, metering, notices, payments, support
from elkk_core.accounts import Contacts
from elkk_core.metering import ReadingSource
from elkk_core.payments import CardPaymentId
from elkk_core.shared import AccountId, InvoiceId, MeterId, Money, Month, ReadingId, Zone
from elkk_core.support import Applicant, AttachmentId, RequestId
from elkk_core.testing.builders import (
    a_card_payment,
    a_link,
    a_message,
    a_meter,
    a_payment,
    a_rate,
    a_reading,
    a_request,
    a_supplier,
    a_user,
    an_account,
    an_attachment,
    an_invoice,
    another_user,
)
from elkk_core.testing.doubles import (
    NOON,
    FewCommonPasswords,
    FixedClock,
    MemoryFiles,
    PlainAuthenticators,
    PlainHasher,
    PlainPrinter,
    PlainTickets,
    PredictableSecrets,
    SequentialIdentifiers,
    SimpleBank,
    SimpleContacts,
)
from elkk_core.testing.memory import MemoryStore, MemoryUnitOfWork
from elkk_core.testing.stores import keep
from elkk_web import create_app

PASSWORD = "a horse and a battery"
OPEN_ACCOUNT = AccountId(UUID(int=0xA2))
"""Linked; its meter takes readings from the 15th to the 25th, and today is the 22nd."""
CLOSED_ACCOUNT = AccountId(UUID(int=0xC2))
"""Linked; its meter takes readings from the 1st to the 10th."""
STRANGE_ACCOUNT = AccountId(UUID(int=0xD2))
"""Somebody else's; the closing figure of its bill of October is 1 500,00."""
BILL = InvoiceId(UUID(int=0xA6))
STRANGE_BILL = InvoiceId(UUID(int=0xD6))
STRANGE_PAYMENT = CardPaymentId(UUID(int=0xD9))
STRANGE_REQUEST = RequestId(UUID(int=0xD7))
STRANGE_FILE = AttachmentId(UUID(int=0xD8))
OCTOBER = Month(2026, 10)


@attrs.define
class Ready:
    """A database that answers, until a test gives it an error to answer with."""

    error: Exception | None = None

    def check(self) -> None:
        """Return, or tell the error."""
        if self.error is not None:
            raise self.error


@attrs.frozen
class SentNotes:
    """The messages that the committed events ask for, as a demo would show them."""

    store: MemoryStore

    def list_latest(self, *, limit: int) -> tuple[SentMessage, ...]:
        """Return at most *limit* messages, the newest first."""
        return tuple(
            SentMessage(
                key=str(event.event_id),
                kind=event.kind,
                channel="sms",
                recipient=getattr(event, "phone", ""),
                subject=None,
                text=repr(attrs.asdict(event)),
                html=None,
                sent_at=NOON,
            )
            for event in reversed(self.store.events()[-limit:])
        )


class Household:
    """The application, its services to look into, and a browser's client."""

    def __init__(
        self,
        *,
        base_url: str = "http://127.0.0.1:8000",
        mode: Mode = Mode.DEMO,
        pays_by_card: bool = True,
    ) -> None:
        self.store = MemoryStore()
        self.clock = FixedClock()
        self.secrets = PredictableSecrets()
        self.readiness = Ready()
        self.files = MemoryFiles()
        self.hasher = PlainHasher()
        self.tickets = PlainTickets()
        self.bank = SimpleBank(self.clock)
        self.captcha = CaptchaDesk(
            browser=ProofOfWork(secret_key="k" * 32, clock=self.clock, most_work=50),
            questions=Questions(secret_key="k" * 32, clock=self.clock),
        )
        self.settings = Settings(
            mode=mode,
            database_url="sqlite://",
            secret_key="k" * 32,
            base_url=base_url,
            cabinet_name="Энергосбыт Цна",
            acquiring=Acquiring(url="https://bank.example/", token="t") if pays_by_card else None,
            payments=payments.PaymentPolicy(posting=payments.Posting.AT_ONCE),
            support_email="help@tsna.example",
        )
        self._settle()
        self.application = self._application()
        self.app: Flask = create_app(
            self.application,
            outbox=self.application.sent_messages if mode is Mode.DEMO else None,
        )
        self.app.testing = False
        self.base_url = base_url

    def _unit_of_work(self) -> MemoryUnitOfWork:
        if self.readiness.error is not None:
            raise self.readiness.error
        return self.store.unit_of_work()

    def _application(self) -> Application:
        """Join the core to the services of tests: each use case gets the ports that it names."""
        ports: dict[str, object] = {
            "reading": self._unit_of_work,
            "unit_of_work": self._unit_of_work,
            "clock": self.clock,
            "identifiers": SequentialIdentifiers(first=0x1000),
            "captcha": self.captcha,
            "hasher": self.hasher,
            "common_passwords": FewCommonPasswords(),
            "secrets": self.secrets,
            "authenticators": PlainAuthenticators(),
            "tickets": self.tickets,
            "contacts": SimpleContacts(),
            "printer": PlainPrinter(),
            "gateway": self.bank,
            "cabinet": self.store.cabinet,
            "requests": self.store.request_overviews,
            "files": self.files,
            "invoices": self.store.invoices,
            "linked_accounts": self.store.linked_accounts,
            "mailings": self.store.mailings,
            "auditor": self.store.auditor,
            "facts": self.store.notice_facts,
            "sent_readings": self.store.sent_readings,
            "begun_payments": self.store.begun_payments,
            "user_notifications": self.store.user_notifications,
        }
        policies: dict[Any, object] = {
            identity.IdentityPolicy: self.settings.identity,
            accounts.LinkingPolicy: self.settings.linking,
            billing.ExportPolicy: self.settings.exports,
            metering.RolloverPolicy: self.settings.rollover,
            notices.NoticePolicy: self.settings.notices,
            payments.PaymentPolicy: self.settings.payments,
            support.SupportPolicy: self.settings.support,
        }
        members: dict[str, Any] = {
            "user_overviews": self.store.user_overviews,
            "request_overviews": self.store.request_overviews,
            "content_library": self.store.content_library,
            "contacts": ports["contacts"],
            "captcha": self.captcha,
            "linked_accounts": self.store.linked_accounts,
            "mailings": self.store.mailings,
            "suppliers": self.store.suppliers,
            "user_notifications": self.store.user_notifications,
            "cabinet": self.store.cabinet,
            "invoices": self.store.invoices,
            "billed_months": self.store.billed_months,
            "auditor": self.store.auditor,
            "card_payments": self.store.card_payments,
            "payments_to_ask": self.store.payments_to_ask,
            "billing_runs": None,
        }

        def made(use_case: Any) -> Any:  # noqa: ANN401 - Any use case.
            return use_case(
                **{
                    port.name: policies.get(port.type) or ports[port.name]
                    for port in attrs.fields(use_case)
                    if port.type in policies or port.name in ports
                }
            )

        def furnished(room: Any) -> Any:  # noqa: ANN401 - Any room.
            return room(
                **{
                    member.name: members[member.name]
                    if member.name in members
                    else made(member.type)
                    for member in attrs.fields(room)
                }
            )

        rooms = {
            member.name: furnished(member.type)
            for member in attrs.fields(Application)
            if str(member.type.__module__) == Application.__module__
        }
        return Application(
            settings=self.settings,
            clock=self.clock,
            readiness=self.readiness,
            sent_messages=SentNotes(self.store),
            **rooms,
        )

    def _settle(self) -> None:
        """Put a supplier, three accounts and two users into the store."""
        closed_window = attrs.evolve(a_supplier().window, first_day=1, last_day=10)
        keep(
            self.store,
            a_supplier(contacts=Contacts(site="https://tsna.example", email="office@tsna.example")),
            an_account(),
            an_account(
                account_id=CLOSED_ACCOUNT, number="680012345679", address="г. Тамбов, Лесная"
            ),
            an_account(account_id=STRANGE_ACCOUNT, number="680099999999", address="Чужой адрес"),
            a_user(password_digest=self.hasher.hash(PASSWORD)),
            another_user(password_digest=self.hasher.hash(PASSWORD)),
            a_link(),
            a_link(account_id=CLOSED_ACCOUNT),
            a_link(account_id=STRANGE_ACCOUNT, user_id=another_user().user_id),
            a_rate(effective_from=date(2026, 1, 1), zone=Zone.DAY, price=Decimal("7.04")),
            a_rate(effective_from=date(2026, 1, 1), zone=Zone.NIGHT, price=Decimal("4.89")),
            a_meter(zones=(Zone.DAY, Zone.NIGHT), verification_due=date(2022, 11, 15)),
            a_meter(
                meter_id=MeterId(UUID(int=0xC3)),
                account_id=CLOSED_ACCOUNT,
                number="closed-1",
                window=closed_window,
            ),
            *(
                a_reading(
                    reading_id=ReadingId(UUID(int=0xE0 + number)),
                    zone=zone,
                    value=Decimal(value),
                    taken_on=date(2026, 10, 20),
                    month=OCTOBER,
                    source=ReadingSource.CUSTOMER,
                )
                for number, (zone, value) in enumerate(((Zone.DAY, 99800), (Zone.NIGHT, 8120)))
            ),
            an_invoice(month=OCTOBER, number="TSNA-2026-000001"),
            an_invoice(
                invoice_id=STRANGE_BILL,
                account_id=STRANGE_ACCOUNT,
                month=OCTOBER,
                number="TSNA-2026-000002",
                opening=Money(150000 - 64320),
                payments=Money(0),
            ),
            a_payment(received_on=date(2026, 10, 12)),
            a_card_payment(
                payment_id=STRANGE_PAYMENT,
                order_number="20200113-0000000000D9",
                ask_at=None,
                account_id=STRANGE_ACCOUNT,
                user_id=another_user().user_id,
            ),
            a_request(
                request_id=STRANGE_REQUEST,
                user_id=another_user().user_id,
                account_id=STRANGE_ACCOUNT,
                account_number="680099999999",
                applicant=Applicant(surname="Иванов", given="Пётр"),
                messages=(a_message(attachments=(an_attachment(attachment_id=STRANGE_FILE),)),),
            ),
        )

    def client(self) -> FlaskClient:
        """Return a browser that nobody has signed in with yet."""
        return self.app.test_client()

    def get(self, client: FlaskClient, path: str, **options: Any) -> TestResponse:
        """Ask for a page at the address of the cabinet."""
        return client.get(path, base_url=self.base_url, **options)

    def post(
        self, client: FlaskClient, path: str, form_at: str = "", **fields: str
    ) -> TestResponse:
        """Send the form of the page *form_at* (*path* itself if not given), proof and all.

        A captcha on the page is solved as a browser does, unless *fields* hold a ``solution``.
        """
        page = self.get(client, form_at or path).text
        proof = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        if "data-captcha=" in page and "solution" not in fields:
            challenge = self.get(client, "/captcha").get_json()
            fields["solution"] = solution_of(challenge)
        return client.post(
            path,
            base_url=self.base_url,
            data=fields | {"csrf_token": proof},
            headers={"Referer": f"{self.base_url}/"},
        )

    def signed_in(self, phone: str = "8 916 123-45-67") -> FlaskClient:
        """Return a browser in which the user with *phone* has signed in."""
        client = self.client()
        answer = self.post(client, "/sign-in", login=phone, password=PASSWORD)
        assert answer.status_code == 302, answer.text
        return client
