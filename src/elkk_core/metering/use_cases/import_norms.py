"""Taking consumption norms over from the acts of a region."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from attrs import frozen

from elkk_core.metering import errors
from elkk_core.metering.policies import Norm, PersonsBand
from elkk_core.metering.ports import MeteringUnitOfWork
from elkk_core.shared.batches import BatchReport, Progress, no_progress
from elkk_core.shared.errors import DuplicateRow
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import SupplierId
from elkk_core.shared.texts import read_date, read_decimal
from elkk_core.shared.traits import Traits

_NormsByRow = dict[int, Norm]


@frozen(kw_only=True)
class SuppliedNorm:
    """A consumption norm as a file tells of it, each field as written; traits may be empty."""

    effective_from: str
    traits: str = ""
    persons: str
    norm: str


@frozen(kw_only=True)
class ImportNorms:
    """Take over all consumption norms of a batch, or none of them.

    All norms of one date are a table, which stands until the next date. Bills may have been made by
    a table that is known (ПП РФ № 354, п. 60), so it stays: the same norms of its date again change
    nothing, others are refused.

    Raises:
        SupplierNotFound: If there is no such supplier.
        BatchRejected: If rows are wrong; each fault is at the name of the row's field.
    """

    unit_of_work: Callable[[], MeteringUnitOfWork]

    def __call__(
        self,
        *,
        supplier: str,
        rows: Sequence[SuppliedNorm],
        on_progress: Progress = no_progress,
    ) -> BatchReport:
        faults = Faults()
        tables: dict[date, _NormsByRow] = defaultdict(dict)
        added: list[Norm] = []
        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_id(supplier)
            for index, row in enumerate(rows):
                norm = _read(row, index, supplier_id, faults)
                if norm is not None:
                    _put(norm, index, tables[norm.effective_from], faults)
                on_progress(index + 1, len(rows))
            # A table that lacks the rows with faults is no table to compare with another.
            faults.refuse_batch()

            known = uow.norms.table(supplier_id)
            for effective_from, table in tables.items():
                before = known.of_date(effective_from)
                if not before:
                    added += table.values()
                elif set(before) != set(table.values()):
                    others = [index for index, norm in table.items() if norm not in before]
                    for index in others or [min(table)]:
                        error = errors.NormsAlreadyKnown(effective_from)
                        faults.add("effective_from", error, index)
            faults.refuse_batch()
            uow.norms.add_all(added)
            uow.commit()
        return BatchReport(added=len(added), changed=0, unchanged=len(rows) - len(added))


def _read(row: SuppliedNorm, index: int, supplier_id: SupplierId, faults: Faults) -> Norm | None:
    """Return the norm that a row tells of, None if the row is wrong."""
    found = len(faults)
    with faults.at("effective_from", index):
        effective_from = read_date(row.effective_from)
    with faults.at("traits", index):
        traits = Traits.parse(row.traits)
    with faults.at("persons", index):
        persons = PersonsBand.parse(row.persons)
    with faults.at("norm", index):
        kwh = read_decimal(row.norm)
        if kwh <= 0:
            raise errors.NormNotPositive
    if len(faults) > found:
        return None
    return Norm(
        supplier_id=supplier_id,
        effective_from=effective_from,
        traits=traits,
        persons=persons,
        kwh=kwh,
    )


def _put(norm: Norm, index: int, table: _NormsByRow, faults: Faults) -> None:
    """Put a norm into the table of its date, unless another one there is of the same households."""
    with faults.at("persons", index):
        for first, other in table.items():
            if norm.clashes(other):
                if norm.persons == other.persons:
                    raise DuplicateRow(first)
                raise errors.NormOverlaps(str(other.persons))
        table[index] = norm
