"""Filling a demo, by what an operator and a household would do."""

import re
import time
import tomllib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from attrs import define, frozen

from elkk_adapters.application import Application
from elkk_cli import errors
from elkk_cli.demo import books
from elkk_cli.demo.folder import LinkableAccount, Visit
from elkk_cli.taking_over import TakesRows, publishing, take_over
from elkk_core.accounts import BillDelivery, Relation, SuppliedAccount
from elkk_core.billing import SuppliedBill, SuppliedPayment
from elkk_core.identity import Language
from elkk_core.metering import SuppliedMeter, SuppliedReading
from elkk_core.shared import Clock, Money, Month, Progress, SupplierId, UserId, local_date
from elkk_core.tariffs import SuppliedRate

_TIME_ZONE = "Europe/Moscow"
_LOGIN = "+79990000001"
_PASSWORD = "svetlyj-dom-2026"  # noqa: S105 - it is printed for everybody to see
_MANUAL = datetime(2020, 2, 10, 9, tzinfo=UTC)
_MANUAL_NUMBER, _MANUAL_ANSWER = "680000000013", "2,55"
_SECONDS_FOR_CODE = 20.0
_SECONDS_BETWEEN_LOOKS = 0.02
_CODE = re.compile(r"\b[0-9]{6}\b")

RowT = TypeVar("RowT")


@define
class HistoryClock:
    """A clock that can be put back, so that a history is filled in as it went by."""

    clock: Clock
    moment: datetime | None = None

    def now(self) -> datetime:
        """Return the moment that it was put to, the present one if none."""
        return self.clock.now() if self.moment is None else self.moment

    def put_to_first_day(self, month: Month) -> None:
        """Go to the morning of the first day of *month*, but never past the present."""
        self.moment = min(datetime(month.year, month.number, 1, 6, tzinfo=UTC), self.clock.now())

    @property
    def today(self) -> date:
        """The present date by the clocks of the demo's suppliers."""
        return local_date(self.clock.now(), _TIME_ZONE)


@frozen(kw_only=True)
class Filling:
    """Fills an empty database; *folder* keeps the files that it imports, for people to look at."""

    application: Application
    clock: HistoryClock
    folder: Path

    def __call__(self, *, on_progress: Progress) -> Visit:
        """Return what to tell a visitor, once all is there.

        Raises:
            MessageNotSent: If the code for the demo's user did not arrive.
        """
        self._take_manual_over()
        demo, names = self._live_through(self.clock.today, on_progress)
        suppliers = {found.code: found for found in self.application.suppliers.list_all()}
        user_id = self._register()
        self._link(user_id, suppliers["manual"].supplier_id, _MANUAL_NUMBER, _MANUAL_ANSWER, _MANUAL)
        demo_supplier = suppliers["demo"]
        answers = {account: answer_of(total) for account, total in demo.totals.items()}
        self._link(user_id, demo_supplier.supplier_id, books.LINKED, answers[books.LINKED], None)
        return Visit(
            login=_LOGIN,
            password=_PASSWORD,
            link=tuple(
                LinkableAccount(
                    supplier=demo_supplier.name,
                    supplier_code=demo_supplier.code,
                    number=account,
                    answer=answers[account],
                    note=note,
                )
                for account, note in names.items()
            ),
            billed_through=str(demo.months[-1].month),
        )
