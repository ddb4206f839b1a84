"""Taking personal accounts over from the supplier's books."""

from collections.abc import Callable, Sequence

from attrs import frozen

from elkk_core.accounts.model import PersonalAccount, account_number, line
from elkk_core.accounts.ports import AccountsUnitOfWork
from elkk_core.shared.batches import BatchReport, Progress, no_progress
from elkk_core.shared.errors import DuplicateRow
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import AccountId
from elkk_core.shared.ports import Identifiers


@frozen(kw_only=True)
class SuppliedAccount:
    """A personal account as a file tells of it, each field as written."""

    account: str
    address: str
    owner: str
    category: str


@frozen(kw_only=True)
class ImportAccounts:
    """Take over all accounts of a batch, or none of them.

    A new number adds an account; a known one takes the address, owner and category of the batch.
    The same batch again changes nothing.

    Raises:
        SupplierNotFound: If there is no such supplier.
        BatchRejected: If rows are wrong; each fault is at the name of the row's field.
    """

    unit_of_work: Callable[[], AccountsUnitOfWork]
    identifiers: Identifiers

    def __call__(
        self,
        *,
        supplier: str,
        rows: Sequence[SuppliedAccount],
        on_progress: Progress = no_progress,
    ) -> BatchReport:
        faults = Faults()
        numbers: dict[str, int] = {}
        for index, row in enumerate(rows):
            with faults.at("account", index):
                number = account_number(row.account)
                if number in numbers:
                    raise DuplicateRow(numbers[number])
                numbers[number] = index
            for name, text in (
                ("address", row.address),
                ("owner", row.owner),
                ("category", row.category),
            ):
                with faults.at(name, index):
                    line(text)
            on_progress(index + 1, len(rows))

        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_by_code(supplier).supplier_id
            faults.refuse_batch()
            known = uow.accounts.find_by_numbers(supplier_id, numbers)
            added, changed = [], []
            for number, index in numbers.items():
                row = rows[index]
                account = known.get(number)
                if account is None:
                    added.append(
                        PersonalAccount(
                            account_id=AccountId(self.identifiers.new()),
                            supplier_id=supplier_id,
                            number=number,
                            address=row.address,
                            owner=row.owner,
                            category=row.category,
                        )
                    )
                    continue
                described = account.describe(
                    address=row.address, owner=row.owner, category=row.category
                )
                if described != account:
                    changed.append(described)
            uow.accounts.add_all(added)
            uow.accounts.save_all(changed)
            uow.commit()
        return BatchReport(
            added=len(added),
            changed=len(changed),
            unchanged=len(rows) - len(added) - len(changed),
        )
