"""Printing the bills of a month into a folder, on all cores."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from elkk_adapters import bootstrap
from elkk_adapters.application import Application
from elkk_adapters.settings import Settings
from elkk_cli import errors
from elkk_cli.cores import on_cores
from elkk_core.billing import PrintingProblem
from elkk_core.shared import Month, Progress

# As many bills as a core prints in about a second: the accounts of one job are read at once.
_BILLS_PER_JOB = 100
# Payment documents go to customers, whatever language the operator speaks.
_LANGUAGE = "ru"


@frozen(kw_only=True)
class PrintingReport:
    """How many bills were printed and how many files were kept as they were, and what is left."""

    printed: int
    kept: int
    problems: tuple[PrintingProblem, ...]


@frozen(kw_only=True)
class PrintingJob:
    """The bills of some accounts for a month, to be printed into *folder*."""

    settings: Settings
    supplier: str
    month: Month
    folder: Path
    accounts: tuple[str, ...]

    def __call__(self) -> list[PrintingProblem]:
        """Print each bill into a file of its own, and return those that cannot be printed.

        Raises:
            FolderUnusable: If a file cannot be written.
        """
        problems = []
        with bootstrap.application(self.settings) as application:
            for bill in application.billing.print_invoices(
                supplier=self.supplier,
                month=self.month,
                accounts=self.accounts,
                language=_LANGUAGE,
            ):
                if isinstance(bill, PrintingProblem):
                    problems.append(bill)
                else:
                    _write(file_of(self.folder, bill.account, self.month), bill.pdf)
        return problems


def file_of(folder: Path, account: str, month: Month) -> Path:
    """Return where the bill of an account for a month is printed to."""
    return folder / f"{account}-{month}.pdf"


def print_month(
    application: Application,
    *,
    supplier: str,
    month: Month,
    folder: Path,
    anew: bool,
    on_progress: Progress,
) -> PrintingReport:
    """Print the bills of a month; files that are there already are kept, unless *anew* is set.

    The bills are never all in memory. Each core prints in a process of its own, since a printer
    serves one caller at a time.

    Raises:
        SupplierNotFound: If there is no such supplier.
        FolderUnusable: If the folder cannot be made or written to.
    """
    total = application.billing.invoices.count(supplier, month)
    _make(folder)
    done = kept = 0
    problems: list[PrintingProblem] = []
    on_progress(done, total)

    def jobs() -> Iterator[PrintingJob]:
        nonlocal done, kept
        for accounts in _portions(application, supplier, month):
            wanted = tuple(
                account
                for account in accounts
                if anew or not file_of(folder, account, month).exists()
            )
            kept += len(accounts) - len(wanted)
            done += len(accounts) - len(wanted)
            if wanted:
                yield PrintingJob(
                    settings=application.settings,
                    supplier=supplier,
                    month=month,
                    folder=folder,
                    accounts=wanted,
                )

    for job, found in on_cores(PrintingJob.__call__, jobs()):
        problems.extend(found)
        done += len(job.accounts)
        on_progress(done, total)
    on_progress(done, total)
    return PrintingReport(
        printed=done - kept - len(problems),
        kept=kept,
        problems=tuple(sorted(problems, key=lambda problem: problem.account)),
    )


def _portions(application: Application, supplier: str, month: Month) -> Iterator[Sequence[str]]:
    """Yield the numbers of all accounts that have a bill for a month, so many at a time."""
    after = ""
    while accounts := application.billing.invoices.list_accounts(
        supplier, month, after=after, limit=_BILLS_PER_JOB
    ):
        yield accounts
        after = accounts[-1]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise errors.FolderUnusable(str(folder)) from None


def _write(path: Path, pdf: bytes) -> None:
    """Write a file that is there as a whole or not at all, so that it may be kept later."""
    part = path.with_name(f".{path.stem}-{os.getpid()}.part")
    try:
        part.write_bytes(pdf)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise errors.FolderUnusable(str(path.parent)) from None
