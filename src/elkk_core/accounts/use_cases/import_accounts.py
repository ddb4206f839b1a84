"""Taking personal accounts over from the supplier's books."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import frozen

from elkk_core.accounts.model import PersonalAccount, account_number, line, read_persons
from elkk_core.accounts.ports import AccountsUnitOfWork
from elkk_core.shared.batches import BatchReport, Progress, no_progress
from elkk_core.shared.errors import DuplicateRow
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import AccountId
from elkk_core.shared.ports import Identifiers
from elkk_core.shared.texts import read_yes_or_no
from elkk_core.shared.traits import Traits


@frozen(kw_only=True)
class SuppliedAccount:
    """A personal account as a file tells of it, each field as written.

    The last three are None where the file says nothing of them, which is not to say that they are
    empty.
    """

    account: str
    address: str
    owner: str
    category: str
    persons: str | None = None
    traits: str | None = None
    range_exempt: str | None = None


@frozen(kw_only=True)
class ImportAccounts:
    """Take over all accounts of a batch, or none of them.

    A new number adds an account; a known one takes what the batch says of it. Of persons, traits
    and exemption it keeps what is known where the batch says nothing, while an empty text means that
    nobody knows the persons, that there are no traits, and no exemption. The same batch again
    changes nothing.

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
        told: list[Mapping[str, Any]] = []
        for index, row in enumerate(rows):
            with faults.at("account", index):
                number = account_number(row.account)
                if number in numbers:
                    raise DuplicateRow(numbers[number])
                numbers[number] = index
            told.append(_told(row, index, faults))
            on_progress(index + 1, len(rows))

        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_by_code(supplier).supplier_id
            faults.refuse_batch()
            known = uow.accounts.find_by_numbers(supplier_id, numbers)
            added, changed = [], []
            for number, index in numbers.items():
                account = known.get(number)
                if account is None:
                    added.append(
                        PersonalAccount(
                            account_id=AccountId(self.identifiers.new()),
                            supplier_id=supplier_id,
                            number=number,
                            **told[index],
                        )
                    )
                    continue
                described = account.describe(
                    **{
                        "persons": account.persons,
                        "traits": account.traits,
                        "range_exempt": account.range_exempt,
                        **told[index],
                    }
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


def _told(row: SuppliedAccount, index: int, faults: Faults) -> Mapping[str, Any]:
    """Return what a row says of its account, by the names of an account's fields."""
    told: dict[str, Any] = {}
    for name, text in (("address", row.address), ("owner", row.owner), ("category", row.category)):
        with faults.at(name, index):
            told[name] = line(text)
    if row.persons is not None:
        with faults.at("persons", index):
            told["persons"] = read_persons(row.persons) if row.persons else None
    if row.traits is not None:
        with faults.at("traits", index):
            told["traits"] = Traits.parse(row.traits)
    if row.range_exempt is not None:
        with faults.at("range_exempt", index):
            told["range_exempt"] = bool(row.range_exempt) and read_yes_or_no(row.range_exempt)
    return told
