"""Looking at the accounts of a supplier one by one."""

from collections.abc import Iterable

from attrs import frozen

from elkk_core.billing.model import InvoiceSource
from elkk_core.billing.policies import Check, Verdict, examine, merged
from elkk_core.billing.queries import Auditor
from elkk_core.shared.batches import Progress, no_progress

_ALWAYS = tuple(Verdict(check=check) for check in (Check.STANDING, Check.READINGS, Check.TEXTS))
_OF_EVERY_BILL = Verdict(check=Check.AMOUNTS)


@frozen(kw_only=True)
class Examination:
    """What came of looking at so many *accounts*, and of computing so many *bills* anew."""

    accounts: int = 0
    bills: int = 0
    verdicts: tuple[Verdict, ...] = ()

    @classmethod
    def total(cls, parts: Iterable["Examination"]) -> "Examination":
        """Return what came of all *parts* together."""
        known = tuple(parts)
        return cls(
            accounts=sum(part.accounts for part in known),
            bills=sum(part.bills for part in known),
            verdicts=merged(*(verdict for part in known for verdict in part.verdicts)),
        )


@frozen(kw_only=True)
class ExamineAccounts:
    """Look whether the last bills of accounts lead on to the next ones.

    What a bill keeps as debts and advances must come to its closing figure, and the readings that
    the next one counts from must be stored as they were counted. With *every_bill* each bill is also
    computed anew from what its lines tell. The accounts may be a part of the supplier's: those whose
    number sorts after *after* and not after *through*. Accounts are read in batches, so memory does
    not grow with their number.

    Raises:
        SupplierNotFound: If there is no such supplier.
    """

    auditor: Auditor
    batch_size: int = 200

    def __call__(
        self,
        *,
        supplier: str,
        after: str = "",
        through: str = "",
        every_bill: bool = False,
        on_progress: Progress = no_progress,
    ) -> Examination:
        total = self.auditor.count_accounts(supplier, after=after, through=through)
        so_far = Examination(verdicts=(*_ALWAYS, _OF_EVERY_BILL) if every_bill else _ALWAYS)
        on_progress(0, total)
        while accounts := self.auditor.batch(
            supplier, after=after, through=through, limit=self.batch_size, every_bill=every_bill
        ):
            found = (finding for account in accounts for finding in examine(account))
            batch = Examination(
                accounts=len(accounts),
                bills=sum(
                    invoice.source is InvoiceSource.ISSUED
                    for account in accounts
                    for invoice in account.invoices
                ),
                verdicts=tuple(map(Verdict.of, found)),
            )
            so_far = Examination.total([so_far, batch])
            after = accounts[-1].number
            on_progress(so_far.accounts, total)
        return so_far
