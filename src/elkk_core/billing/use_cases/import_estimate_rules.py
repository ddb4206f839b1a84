"""Taking a supplier's own rules of estimates over."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from attrs import frozen

from elkk_core.billing import errors
from elkk_core.billing.policies import SupplierEstimateRule
from elkk_core.billing.ports import BillingUnitOfWork
from elkk_core.metering.model import EstimateCause
from elkk_core.metering.policies import EstimateRule
from elkk_core.shared.batches import BatchReport, Progress, no_progress
from elkk_core.shared.errors import DuplicateRow, FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.periods import Month
from elkk_core.shared.texts import read_decimal, read_whole

_MOST_PERIODS: Final = 120


@frozen(kw_only=True)
class SuppliedEstimateRule:
    """A rule as a file tells of it, each field as written.

    Without *periods* an average is charged until metering is restored; the *coefficient* is 1 if
    empty.
    """

    cause: str
    month: str
    periods: str
    clause: str
    coefficient: str = ""


@frozen(kw_only=True)
class ImportEstimateRules:
    """Take over all rules of a batch, or none of them.

    A rule holds for its cause from its month on, in place of what the chosen policy says; another
    one for the same cause and month takes its place. Bills that are issued stay as they are.

    Raises:
        SupplierNotFound: If there is no such supplier.
        BatchRejected: If rows are wrong; each fault is at the name of the row's field.
    """

    unit_of_work: Callable[[], BillingUnitOfWork]

    def __call__(
        self,
        *,
        supplier: str,
        rows: Sequence[SuppliedEstimateRule],
        on_progress: Progress = no_progress,
    ) -> BatchReport:
        faults = Faults()
        added: list[SupplierEstimateRule] = []
        changed: list[SupplierEstimateRule] = []
        seen: dict[tuple[EstimateCause, Month], int] = {}
        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_by_code(supplier).supplier_id
            known = {
                (rule.cause, rule.month): rule
                for rule in uow.rules.book(supplier_id).estimate_rules
            }
            for index, row in enumerate(rows):
                broken = len(faults)
                with faults.at("cause", index):
                    cause = _read_cause(row.cause)
                with faults.at("month", index):
                    month = Month.parse(row.month)
                with faults.at("periods", index):
                    periods = _read_periods(row.periods)
                with faults.at("coefficient", index):
                    coefficient = _read_coefficient(row.coefficient)
                clause = " ".join(row.clause.split())
                if not clause:
                    faults.add("clause", FieldRequired(), index)
                on_progress(index + 1, len(rows))
                if len(faults) > broken:
                    continue
                with faults.at("cause", index):
                    if (cause, month) in seen:
                        raise DuplicateRow(seen[cause, month])
                    seen[cause, month] = index
                rule = SupplierEstimateRule(
                    supplier_id=supplier_id,
                    cause=cause,
                    month=month,
                    rule=EstimateRule(periods=periods, clause=clause, coefficient=coefficient),
                )
                before = known.get((cause, month))
                if before is None:
                    added.append(rule)
                elif before != rule:
                    changed.append(rule)
            faults.refuse_batch()
            uow.rules.choose_estimates([*added, *changed])
            uow.commit()
        return BatchReport(
            added=len(added),
            changed=len(changed),
            unchanged=len(rows) - len(added) - len(changed),
        )


def _read_cause(text: str) -> EstimateCause:
    try:
        return EstimateCause(text.lower())
    except ValueError:
        raise errors.RuleValueWrong("cause", ", ".join(EstimateCause)) from None


def _read_periods(text: str) -> int | None:
    if not text:
        return None
    periods = read_whole(text)
    if periods > _MOST_PERIODS:
        raise errors.EstimateRuleWrong(_MOST_PERIODS)
    return periods


def _read_coefficient(text: str) -> Decimal:
    coefficient = read_decimal(text) if text else Decimal(1)
    if coefficient <= 0:
        raise errors.EstimateRuleWrong(_MOST_PERIODS)
    return coefficient
