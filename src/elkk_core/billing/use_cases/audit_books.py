"""Looking whether the books of suppliers keep their rules."""

from collections.abc import Sequence

from attrs import frozen

from elkk_core.billing.policies import BOOK_CHECKS, Check, Finding, Verdict, merged
from elkk_core.billing.queries import Auditor
from elkk_core.shared.batches import Progress, no_progress


@frozen(kw_only=True)
class AuditBooks:
    """Return the verdicts on the books of some suppliers as a whole, and on the guards of facts.

    Nothing is changed, and others may work meanwhile.

    Raises:
        SupplierNotFound: If there is no such supplier.
    """

    auditor: Auditor

    def __call__(
        self, *, suppliers: Sequence[str], on_progress: Progress = no_progress
    ) -> tuple[Verdict, ...]:
        verdicts = [Verdict(check=Check.GUARDS)]
        verdicts.extend(
            Verdict.of(Finding(check=Check.GUARDS, document=table))
            for table in self.auditor.list_unguarded()
        )
        done, total = 0, len(suppliers) * len(BOOK_CHECKS)
        on_progress(done, total)
        for supplier in suppliers:
            for verdict in self.auditor.look_through(supplier):
                verdicts.append(verdict)
                done += 1
                on_progress(done, total)
        return merged(*verdicts)
