"""Looking at the accounts of suppliers on all cores."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from elkk_adapters import bootstrap
from elkk_adapters.application import Application
from elkk_adapters.settings import Settings
from elkk_cli.cores import on_cores
from elkk_core.billing import Examination
from elkk_core.shared import Progress

# So many that a process has something to do for seconds, and a bar still moves.
_ACCOUNTS_PER_JOB = 1000


@frozen(kw_only=True)
class ExaminationJob:
    """The accounts of a supplier whose number sorts after *after* and not after *through*."""

    settings: Settings
    supplier: str
    after: str
    through: str
    every_bill: bool

    def __call__(self) -> Examination:
        """Look at the accounts and return what came of it."""
        with bootstrap.application(self.settings) as application:
            return application.billing.examine_accounts(
                supplier=self.supplier,
                after=self.after,
                through=self.through,
                every_bill=self.every_bill,
            )


def examine_all(
    application: Application,
    *,
    suppliers: Sequence[str],
    every_bill: bool,
    workers: int | None,
    on_progress: Progress,
) -> Examination:
    """Look at all accounts of *suppliers*, in so many processes, one for each core if it is None.

    What can be done at once is done in this process.

    Raises:
        SupplierNotFound: If there is no such supplier.
    """
    auditor = application.billing.auditor
    total = sum(auditor.count_accounts(supplier, after="", through="") for supplier in suppliers)
    jobs = _jobs(application, suppliers, every_bill=every_bill)
    if workers == 1 or total <= _ACCOUNTS_PER_JOB:
        found = (job() for job in jobs)
    else:
        found = (part for _, part in on_cores(ExaminationJob.__call__, jobs, cores=workers))
    so_far = Examination()
    on_progress(0, total)
    for part in found:
        so_far = Examination.total([so_far, part])
        on_progress(so_far.accounts, total)
    return so_far


def _jobs(
    application: Application, suppliers: Sequence[str], *, every_bill: bool
) -> Iterator[ExaminationJob]:
    for supplier in suppliers:
        bounds = application.billing.auditor.bounds(supplier, size=_ACCOUNTS_PER_JOB)
        for after, through in pairwise(("", *bounds, "")):
            yield ExaminationJob(
                settings=application.settings,
                supplier=supplier,
                after=after,
                through=through,
                every_bill=every_bill,
            )
