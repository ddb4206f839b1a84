"""Billing a month on all cores, with the help of whatever workers there are."""

import multiprocessing
import secrets
import signal
import time
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Self

import structlog
from attrs import define, field, frozen

from elkk_adapters import bootstrap
from elkk_adapters.application import Application
from elkk_adapters.billing_runs import BillingRuns, BillingRunState
from elkk_adapters.collecting import rare_collections
from elkk_adapters.logs import configure_logs
from elkk_adapters.settings import Mode, Settings
from elkk_cli import errors
from elkk_core.billing import (
    MOST_PROBLEMS_TOLD,
    BillingProblem,
    BillingReport,
    MonthFigures,
    invoice_number,
)
from elkk_core.shared import ElkkError, Month, Progress, Unavailable

_log = structlog.get_logger(__name__)

_SECONDS_BETWEEN_LOOKS = 0.3
_SECONDS_TO_STOP = 20.0


class LeftToWorkers(KeyboardInterrupt):
    """Whoever waited for a run has gone; workers elsewhere, and later ones, go on with it."""


def run_month(
    application: Application,
    *,
    supplier: str,
    month: Month,
    workers: int | None,
    on_progress: Progress,
) -> BillingReport:
    """Issue the bills of a month; so many *workers* are started here for the time of the run.

    Without a number it is one for each processor, and a month that is no more than one part is
    billed here. Workers that run already help; without any of its own the run is left to them. On
    SQLite there is nothing to share: this process bills.

    Raises:
        SupplierNotFound: If there is no such supplier.
        MonthNotBegun: If the month lies in the future.
        WorkersUseless: If *workers* are asked for on SQLite.
        QueueNotPrepared: If the database has no queue.
        BillingPartsFailed: If parts were given up.
        LeftToWorkers: On Ctrl-C.
    """
    runs = application.billing.billing_runs
    if runs is None and workers not in {None, 1}:
        raise errors.WorkersUseless
    plan = application.billing.plan_billing(supplier=supplier, month=month)
    if runs is None or (workers is None and len(plan.parts) == 1):
        with rare_collections():
            return application.billing.run_billing(
                supplier=supplier, month=month, on_progress=on_progress
            )
    before = application.billing.billed_months.figures(supplier, month)
    shared = _SharedRun(
        application=application,
        runs=runs,
        supplier=supplier,
        month=month,
        accounts=before.left,
        numbers_before=application.billing.billed_months.numbers_taken(supplier, month.year),
        on_progress=on_progress,
    )
    count = multiprocessing.cpu_count() if workers is None else workers
    try:
        with _Crew(settings=application.settings, count=count) as crew:
            if runs.state(supplier=supplier, month=month).is_on:
                # One that somebody left. What was mended since it began is for the next one.
                shared.wait(crew)
                plan = application.billing.plan_billing(supplier=supplier, month=month)
            if plan.accounts:
                runs.begin(supplier=supplier, month=month, parts=plan.parts)
            state = shared.wait(crew)
    except KeyboardInterrupt:
        raise LeftToWorkers from None
    if state.failed:
        raise errors.BillingPartsFailed(state.failed)
    return shared.report(before)


@frozen(kw_only=True)
class _SharedRun:
    """A run that workers carry out, as it is seen from here.

    So many *accounts* were without a bill when it began, and *numbers_before* were taken.
    """

    application: Application
    runs: BillingRuns
    supplier: str
    month: Month
    accounts: int
    numbers_before: int
    on_progress: Progress

    def wait(self, crew: "_Crew") -> BillingRunState:
        """Return how the run ended, once it has."""
        while True:
            state = self.runs.state(supplier=self.supplier, month=self.month)
            # Of the bills themselves there may be a million; that number is there already.
            with suppress(Unavailable):
                self.on_progress(
                    min(self._numbers() - self.numbers_before, self.accounts), self.accounts
                )
            if not state.is_on:
                self.on_progress(self.accounts, self.accounts)
                return state
            crew.replace_dead()
            time.sleep(_SECONDS_BETWEEN_LOOKS)

    def report(self, before: MonthFigures) -> BillingReport:
        """Return what came of it: worked out from the books, since workers may die with theirs."""
        after = self.application.billing.billed_months.figures(self.supplier, self.month)
        unbilled = self.application.billing.find_billing_problems(
            supplier=self.supplier, month=self.month
        )
        problems = (
            BillingProblem(account=each.account, error=each.error)
            for each in unbilled
            if each.error is not None
        )
        first, last = self.numbers_before + 1, self._numbers()
        return BillingReport(
            month=self.month,
            issued=after.billed - before.billed,
            charged=after.charged - before.charged,
            penalties=after.penalties - before.penalties,
            first_number=self._number(first) if first <= last else None,
            last_number=self._number(last) if first <= last else None,
            left_out=after.left,
            problems=tuple(islice(problems, MOST_PROBLEMS_TOLD)),
        )

    def _numbers(self) -> int:
        return self.application.billing.billed_months.numbers_taken(self.supplier, self.month.year)

    def _number(self, sequence: int) -> str:
        return invoice_number(supplier_code=self.supplier, year=self.month.year, sequence=sequence)


@define(kw_only=True)
class _Member:
    """A worker under a *name*: its process, and what ends it when it is closed."""

    name: str
    process: BaseProcess
    lifeline: Connection


@define(kw_only=True)
class _Crew:
    """Workers of this machine, there for the time of a run."""

    settings: Settings
    count: int
    _members: list[_Member] = field(init=False, factory=list)

    def __enter__(self) -> Self:
        crew = secrets.token_hex(6)
        self._members = [self._start(f"run-{crew}-{place}") for place in range(self.count)]
        return self

    def __exit__(self, *_: object) -> None:
        for member in self._members:
            member.lifeline.close()
        for member in self._members:
            member.process.join(_SECONDS_TO_STOP)
            member.process.kill()

    def replace_dead(self) -> None:
        """Let somebody of the same name carry on with what a dead worker left half done."""
        self._members = [
            member if member.process.is_alive() else self._start(member.name)
            for member in self._members
        ]

    def _start(self, name: str) -> _Member:
        # Spawned and not forked: a fork would share the connections to the database.
        context = multiprocessing.get_context("spawn")
        theirs, ours = context.Pipe(duplex=False)
        process = context.Process(target=_bill, args=(self.settings, name, theirs))
        # Ctrl-C is for the command, which closes the lifeline then. It cannot be ignored early enough
        # by the new process itself, which takes a moment to come to its senses.
        for_us = signal.signal(signal.SIGINT, signal.SIG_IGN)
        process.start()
        signal.signal(signal.SIGINT, for_us)
        theirs.close()
        return _Member(name=name, process=process, lifeline=ours)


def _bill(settings: Settings, name: str, lifeline: Connection) -> None:
    """Bill until the other end of *lifeline* is closed, as it is when its process dies."""
    configure_logs(json=settings.mode is Mode.PRODUCTION)
    try:
        with bootstrap.billing_worker(settings, name=name):
            lifeline.poll(None)
    except ElkkError as error:
        # The command starts another one.
        _log.warning("billing_worker_failed", worker=name, error_code=error.code)
