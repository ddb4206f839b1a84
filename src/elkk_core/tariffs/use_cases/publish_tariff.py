"""Publishing rates."""

from collections.abc import Callable, Sequence

from attrs import frozen

from elkk_core.shared.batches import BatchReport
from elkk_core.shared.errors import DuplicateRow, FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.texts import read_date, read_decimal
from elkk_core.shared.zones import Zone
from elkk_core.tariffs import errors
from elkk_core.tariffs.model import Rate
from elkk_core.tariffs.ports import TariffsUnitOfWork


@frozen(kw_only=True)
class SuppliedRate:
    """A rate as a file tells of it, each field as written."""

    category: str
    zone: str
    effective_from: str
    price: str


@frozen(kw_only=True)
class PublishTariff:
    """Publish all rates of a batch, or none of them.

    A published rate is a fact: the same price again changes nothing, another price for the same
    category, zone and date is refused.

    Raises:
        SupplierNotFound: If there is no such supplier.
        BatchRejected: If rows are wrong; each fault is at the name of the row's field.
    """

    unit_of_work: Callable[[], TariffsUnitOfWork]

    def __call__(self, *, supplier: str, rows: Sequence[SuppliedRate]) -> BatchReport:
        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_id(supplier)
            published = {
                (rate.category, rate.zone, rate.effective_from): rate
                for rate in uow.tariffs.book(supplier_id).rates
            }
            faults = Faults()
            seen: dict[tuple[object, ...], int] = {}
            added = []
            for index, row in enumerate(rows):
                broken = len(faults)
                category = " ".join(row.category.split())
                if not category:
                    faults.add("category", FieldRequired(), index)
                with faults.at("zone", index):
                    zone = Zone.parse(row.zone)
                with faults.at("effective_from", index):
                    effective_from = read_date(row.effective_from)
                    if effective_from.day != 1:
                        raise errors.RateNotFromFirstDay
                with faults.at("price", index):
                    price = read_decimal(row.price)
                if len(faults) > broken:
                    continue
                with faults.at("price", index):
                    rate = Rate(
                        supplier_id=supplier_id,
                        category=category,
                        zone=zone,
                        effective_from=effective_from,
                        price=price,
                    )
                    key = (category, zone, effective_from)
                    if key in seen:
                        raise DuplicateRow(seen[key])
                    seen[key] = index
                    known = published.get(key)
                    if known is None:
                        added.append(rate)
                    elif known != rate:
                        raise errors.RateAlreadyPublished(known.price)
            faults.refuse_batch()
            uow.tariffs.publish(added)
            uow.commit()
        return BatchReport(added=len(added), changed=0, unchanged=len(rows) - len(added))
