"""Taking the benefits of households over from the supplier's books."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from elkk_core.accounts.model import PersonalAccount
from elkk_core.billing import errors
from elkk_core.billing.model import Benefit, benefit_limit, benefit_percent, reference
from elkk_core.billing.ports import BillingUnitOfWork
from elkk_core.shared.batches import BatchReport, Progress, no_progress
from elkk_core.shared.errors import AccountNotFound, DuplicateRow
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import AccountId
from elkk_core.shared.periods import Month
from elkk_core.shared.texts import read_decimal, without_blanks

_Key = tuple[AccountId, str, Month]


@frozen(kw_only=True)
class SuppliedBenefit:
    """A benefit as a file tells of it, each field as written; limit and last month may be empty."""

    account: str
    name: str
    percent: str
    limit: str = ""
    first_month: str
    last_month: str = ""


@frozen(kw_only=True)
class ImportBenefits:
    """Take over all benefits of a batch, or none of them.

    A name and first month that an account does not have yet add a benefit; a known one takes the
    percentage, limit and last month of the batch. An account has no two of one name in the same
    month. Bills that were issued stay as they are. The same batch again changes nothing.

    Raises:
        SupplierNotFound: If there is no such supplier.
        BatchRejected: If rows are wrong; each fault is at the name of the row's field.
    """

    unit_of_work: Callable[[], BillingUnitOfWork]

    def __call__(
        self,
        *,
        supplier: str,
        rows: Sequence[SuppliedBenefit],
        on_progress: Progress = no_progress,
    ) -> BatchReport:
        faults = Faults()
        told: dict[_Key, int] = {}
        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_by_code(supplier).supplier_id
            accounts = uow.billable_accounts.find_by_numbers(
                supplier_id, {without_blanks(row.account) for row in rows}
            )
            known = {
                _key(benefit): benefit
                for benefit in uow.benefits.list_of(
                    {account.account_id for account in accounts.values()}
                )
            }
            now = dict(known)
            for index, row in enumerate(rows):
                benefit = _read(row, index, accounts, faults)
                on_progress(index + 1, len(rows))
                if benefit is None:
                    continue
                key = _key(benefit)
                with faults.at("first_month", index):
                    if key in told:
                        raise DuplicateRow(told[key])
                    told[key] = index
                    before = known.get(key)
                    now[key] = (
                        benefit
                        if before is None
                        else before.describe(
                            percent=benefit.percent,
                            limit=benefit.limit,
                            last_month=benefit.last_month,
                        )
                    )
            _refuse_overlaps(now, told, faults)
            faults.refuse_batch()
            added = [now[key] for key in told if key not in known]
            changed = [now[key] for key in told if key in known and now[key] != known[key]]
            uow.benefits.add_all(added)
            uow.benefits.save_all(changed)
            uow.commit()
        return BatchReport(
            added=len(added),
            changed=len(changed),
            unchanged=len(rows) - len(added) - len(changed),
        )


def _key(benefit: Benefit) -> _Key:
    return benefit.account_id, benefit.name, benefit.first_month


def _read(
    row: SuppliedBenefit, index: int, accounts: Mapping[str, PersonalAccount], faults: Faults
) -> Benefit | None:
    """Return the benefit that a row tells of, None if the row is wrong."""
    found = len(faults)
    with faults.at("account", index):
        account = accounts.get(without_blanks(row.account))
        if account is None:
            raise AccountNotFound(row.account)
    with faults.at("name", index):
        name = reference(row.name)
    with faults.at("percent", index):
        percent = benefit_percent(read_decimal(row.percent))
    with faults.at("limit", index):
        limit = benefit_limit(read_decimal(row.limit)) if row.limit else None
    with faults.at("first_month", index):
        first_month = Month.parse(row.first_month)
    with faults.at("last_month", index):
        last_month = Month.parse(row.last_month) if row.last_month else None
        if len(faults) == found and account is not None:
            return Benefit(
                account_id=account.account_id,
                name=name,
                percent=percent,
                limit=limit,
                first_month=first_month,
                last_month=last_month,
            )
    return None


def _refuse_overlaps(
    benefits: Mapping[_Key, Benefit], told: Mapping[_Key, int], faults: Faults
) -> None:
    """Tell of each row whose benefit an account would have together with another of its name."""
    namesakes: dict[tuple[AccountId, str], list[Benefit]] = defaultdict(list)
    for benefit in benefits.values():
        namesakes[benefit.account_id, benefit.name].append(benefit)
    for key, index in told.items():
        benefit = benefits[key]
        for other in namesakes[benefit.account_id, benefit.name]:
            if other != benefit and benefit.overlaps(other):
                faults.add("first_month", errors.BenefitOverlaps(other.first_month), index)
                break
