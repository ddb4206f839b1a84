"""Filling a demo, by what an operator and a household would do."""

import re
import time
import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import TypeVar, cast

from attrs import frozen

from elkk_adapters.application import Application
from elkk_adapters.captcha import ProofOfWork, solution_of
from elkk_cli import errors
from elkk_cli.demo import books
from elkk_cli.demo.correspondence import correspond, publish
from elkk_cli.demo.folder import LinkableAccount, Visit
from elkk_cli.demo.history import HistoryClock
from elkk_cli.taking_over import TakesRows, publishing, take_over
from elkk_core.accounts import BillDelivery, MailingChannel, Relation, SuppliedAccount, Supplier
from elkk_core.billing import SuppliedBenefit, SuppliedBill, SuppliedPayment
from elkk_core.identity import CaptchaAnswer, Language, Sex
from elkk_core.metering import SuppliedMeter, SuppliedNorm, SuppliedReading
from elkk_core.shared import AccountId, Money, Month, Progress, UserId
from elkk_core.tariffs import SuppliedRate

_LOGIN = "+79990000001"
_PASSWORD = "svetlyj-dom-2026"  # noqa: S105 - it is printed for everybody to see
_TELEPHONE = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Mobile Safari/537.36"
)
_MANUAL = datetime(2020, 2, 10, 9, tzinfo=UTC)
_MANUAL_NUMBER, _MANUAL_ANSWER = "680000000013", "2,55"
_SECONDS_FOR_CODE = 20.0
_SECONDS_BETWEEN_LOOKS = 0.02
_CODE = re.compile(r"\b[0-9]{6}\b")

RowT = TypeVar("RowT")


@frozen(kw_only=True)
class Filling:
    """Fills an empty database; *folder* keeps the files that it imports, for people to look at."""

    application: Application
    clock: HistoryClock
    folder: Path

    def __call__(self, *, on_progress: Progress) -> Visit:
        """Return what to tell a visitor, once all is there.

        A worker must be running: the demo's user registers by a code out of an SMS.

        Raises:
            MessageNotSent: If that SMS was not sent in time.
        """
        self._take_over_manual()
        lived = books.demo_books(self.clock.today)
        self._live_through(lived, on_progress)
        self.set_windows()
        user_id = self._register()
        self.clock.moment = _MANUAL
        manual = self._link(user_id, "manual", _MANUAL_NUMBER, _MANUAL_ANSWER)
        self.clock.moment = None
        self.application.accounts.choose_group(
            user_id=user_id, account_id=manual, group="Пример из руководства"
        )
        bills = self._bills(lived.months[-1].month)
        answers = {account: answer_of(total) for account, total in bills.items()}
        # The user has been there since the last bills, so there is something to tell of.
        self.clock.put_to_first_day(lived.months[-1].month.next)
        linked = self._link(user_id, "demo", books.LINKED, answers[books.LINKED])
        self._raise_notifications()
        self.clock.moment = None
        self._take_payments(Month.of(self.clock.today))
        self.application.accounts.write_note(
            user_id=user_id, account_id=linked, note="Ключ от щитка у старшей по подъезду"
        )
        publish(self.application)
        correspond(self.application, self.clock, user_id=user_id, account_id=linked)
        self._raise_notifications(day=self.clock.today)
        self._remind(user_id)
        return Visit(
            login=_LOGIN,
            password=_PASSWORD,
            link=tuple(
                LinkableAccount(
                    supplier=self._supplier("demo").name,
                    supplier_code="demo",
                    number=household.account,
                    answer=answers[household.account],
                    shows=household.shows,
                )
                for household in books.HOUSEHOLDS
                if household.account != books.LINKED
            ),
            billed_through=str(lived.months[-1].month),
        )

    # The supplier

    def set_windows(self) -> None:
        """Let one account take readings today, and another not."""
        self._take_rows(
            "meters",
            books.demo_meters(self.clock.today),
            SuppliedMeter,
            self.application.metering.import_meters,
        )

    def _take_over_manual(self) -> None:
        self.clock.moment = _MANUAL
        self._add_supplier("manual")
        app = self.application
        self._take_example("manual", "tariff", SuppliedRate, publishing(app))
        self._take_example("manual", "accounts", SuppliedAccount, app.accounts.import_accounts)
        self._take_example("manual", "meters", SuppliedMeter, app.metering.import_meters)
        self._take_example("manual", "readings", SuppliedReading, app.metering.import_readings)
        self._take_example("manual", "bills", SuppliedBill, app.billing.import_bills)
        self._take_example("manual", "payments", SuppliedPayment, app.billing.import_payments)
        self.clock.moment = None

    def _live_through(self, lived: books.Books, on_progress: Progress) -> None:
        """Import what each month brought on the first day of the next one, and bill it."""
        app = self.application
        self.clock.put_to_first_day(lived.opening.month.next)
        self._add_supplier("demo")
        self._take_example("demo", "tariff", SuppliedRate, publishing(app))
        self._take_example(
            "norms", "volgograd", SuppliedNorm, app.metering.import_norms, supplier="demo"
        )
        self._take_example("demo", "accounts", SuppliedAccount, app.accounts.import_accounts)
        # By the supplier's own days every reading counts in the month in which it was taken.
        self._take_rows("meters", lived.meters, SuppliedMeter, app.metering.import_meters)
        self._take_benefits("benefits", percent=30)
        self._take_month(lived.opening)
        self._take_rows("bills", lived.bills, SuppliedBill, app.billing.import_bills)
        for done, month in enumerate(lived.months, start=1):
            self.clock.put_to_first_day(month.month.next)
            self._take_month(month)
            self._take_payments(month.month)
            app.billing.run_billing(supplier="demo", month=month.month)
            on_progress(done, len(lived.months))
        self._correct_last_bill(lived.months[-1].month)
        self.clock.moment = None

    def _correct_last_bill(self, month: Month) -> None:
        """Learn too late that a benefit is higher, and correct the bill of *month*."""
        self._take_benefits("benefits-corrected", percent=50)
        (bill,) = self.application.billing.invoices.list_of("demo", month, [books.WITH_BENEFIT])
        self.application.billing.correct_invoice(supplier="demo", number=bill.invoice.number)

    def _take_benefits(self, name: str, *, percent: int) -> None:
        rows = books.demo_benefits(self.clock.today, percent=percent)
        self._take_rows(name, rows, SuppliedBenefit, self.application.billing.import_benefits)

    def _take_month(self, month: books.BookedMonth) -> None:
        app, name = self.application, str(month.month)
        self._take_rows(f"{name}-meters", month.meters, SuppliedMeter, app.metering.import_meters)
        self._take_rows(
            f"{name}-readings", month.readings, SuppliedReading, app.metering.import_readings
        )

    def _take_payments(self, month: Month) -> None:
        """Let households pay in *month* what the bills of the month before ask for."""
        rows = books.payments_in(month, bills=self._bills(month.previous), today=self.clock.today)
        use_case = self.application.billing.import_payments
        self._take_rows(f"{month}-payments", rows, SuppliedPayment, use_case)

    def _bills(self, month: Month) -> dict[str, Money]:
        """Return what the bills of *month* end with, by account."""
        accounts = [household.account for household in books.HOUSEHOLDS]
        found = self.application.billing.invoices.list_of("demo", month, accounts)
        return {bill.account.number: bill.invoice.closing for bill in found}

    def _add_supplier(self, example: str) -> None:
        text = (books.EXAMPLES / example / "supplier.toml").read_text(encoding="utf-8")
        self.application.accounts.add_supplier(**tomllib.loads(text))

    def _take_example(
        self,
        example: str,
        name: str,
        row_type: type[RowT],
        use_case: TakesRows[RowT],
        *,
        supplier: str | None = None,
    ) -> None:
        """Import a file of an example, for the supplier of that example if no other is named."""
        content = (books.EXAMPLES / example / f"{name}.csv").read_bytes()
        take_over(content, row_type, use_case, supplier=supplier or example)

    def _take_rows(
        self, name: str, rows: Sequence[RowT], row_type: type[RowT], use_case: TakesRows[RowT]
    ) -> None:
        """Write rows into a file, and take that over."""
        if not rows:
            return
        content = books.as_file(rows, row_type).encode()
        (self.folder / f"{name}.csv").write_bytes(content)
        take_over(content, row_type, use_case, supplier="demo")

    # The household

    def _register(self) -> UserId:
        app = self.application
        registration_id = app.identity.start_registration(
            surname="Светлов",
            given="Демьян",
            patronymic="Олегович",
            phone=_LOGIN,
            email="demyan@example.org",
            password=_PASSWORD,
            repeat=_PASSWORD,
            captcha=self._captcha_answer(),
            agreement_version=app.settings.agreement_version,
            consented=True,
            language=Language.RUSSIAN,
        )
        user_id = app.identity.confirm_registration(
            registration_id=registration_id, code=self._code_sent(), user_agent=_TELEPHONE
        ).user_id
        app.identity.change_personal_data(
            user_id=user_id,
            surname="Светлов",
            given="Демьян",
            patronymic="Олегович",
            sex=Sex.MALE,
            born_on="14.03.1987",
        )
        return user_id

    def _captcha_answer(self) -> CaptchaAnswer:
        """Return what a browser makes of a challenge."""
        # The settings of the demo choose no other: it works without a network.
        captcha = cast("ProofOfWork", self.application.identity.captcha.browser)
        return CaptchaAnswer(solution=solution_of(captcha.challenge()))

    def _code_sent(self) -> str:
        """Return the code of the SMS that reaches the demo's user."""
        deadline = time.monotonic() + _SECONDS_FOR_CODE
        while time.monotonic() < deadline:
            for message in self.application.sent_messages.list_latest(limit=1):
                code = _CODE.search(message.text)
                if code is not None:
                    return code[0]
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        raise errors.MessageNotSent

    def _link(self, user_id: UserId, supplier: str, number: str, answer: str) -> AccountId:
        return self.application.accounts.link_account(
            user_id=user_id,
            supplier_id=self._supplier(supplier).supplier_id,
            number=number,
            relation=Relation.OWNER,
            delivery=BillDelivery.EMAIL,
            answer=answer,
        )

    def _raise_notifications(self, day: date | None = None) -> None:
        """Tell the user what is new, as a worker does, and on *day* without waiting for morning."""
        for supplier in ("manual", "demo"):
            self.application.notices.raise_notifications(supplier=supplier, day=day)

    def _remind(self, user_id: UserId) -> None:
        """Let an SMS, with a link to the form, ask the user for the readings of this month.

        It is what the last days of the month and a morning would bring.
        """
        supplier = self._supplier("demo")
        self.application.accounts.choose_mailings(
            user_id=user_id,
            choices={supplier.supplier_id: (MailingChannel.EMAIL, MailingChannel.SMS)},
        )
        self._raise_notifications(day=Month.of(self.clock.today).last_day)
        # Noon in Moscow: an SMS does not leave in the quiet hours.
        self.clock.moment = datetime.combine(self.clock.today, time_of_day(9), tzinfo=UTC)
        self.application.notices.mail_notifications(supplier=supplier.code)
        self.clock.moment = None

    def _supplier(self, code: str) -> Supplier:
        return next(
            one for one in self.application.accounts.suppliers.list_all() if one.code == code
        )


def answer_of(total: Money) -> str:
    """Return the answer to the security question for a bill that ends with *total*."""
    return str(abs(total)).replace(".", ",")
