"""Publishing rates."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import frozen

from elkk_core.shared.batches import BatchReport
from elkk_core.shared.errors import DuplicateRow, FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import SupplierId
from elkk_core.shared.texts import read_date, read_decimal
from elkk_core.shared.zones import Zone
from elkk_core.tariffs import errors
from elkk_core.tariffs.model import Rate, check_bound, check_price
from elkk_core.tariffs.ports import TariffsUnitOfWork

_Publication = tuple[str, Zone, date]


@frozen(kw_only=True)
class SuppliedRate:
    """A rate as a file tells of it, each field as written.

    Without *up_to* it has no bound. Of a *transmission* that is None the file says nothing.
    """

    category: str
    zone: str
    effective_from: str
    price: str
    up_to: str = ""
    transmission: str | None = None


@frozen(kw_only=True)
class PublishTariff:
    """Publish all rates of a batch, or none of them.

    The rates of a category, zone and date are a publication: one for each consumption range, of
    which just the last has no bound. A publication is a fact: the same rate again changes nothing,
    another price, cost of transmission or further range is refused.

    Raises:
        SupplierNotFound: If there is no such supplier.
        BatchRejected: If rows are wrong; each fault is at the name of the row's field.
    """

    unit_of_work: Callable[[], TariffsUnitOfWork]

    def __call__(self, *, supplier: str, rows: Sequence[SuppliedRate]) -> BatchReport:
        faults = Faults()
        added: dict[int, Rate] = {}
        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_id(supplier)
            published = _published(uow.tariffs.book(supplier_id).rates)
            for index, rate in _read(rows, supplier_id, faults).items():
                known = published.get(_publication(rate))
                if known is None:
                    added[index] = rate
                elif rate.up_to not in known:
                    faults.add("up_to", errors.RangesAlreadyPublished(), index)
                elif rate.price != known[rate.up_to].price:
                    faults.add("price", errors.RateAlreadyPublished(known[rate.up_to].price), index)
                elif (
                    rows[index].transmission is not None
                    and rate.transmission != known[rate.up_to].transmission
                ):
                    faults.add("transmission", errors.TransmissionAlreadyPublished(), index)
            if not faults:
                # Not before every row can be read, since any of them may be the last range.
                _check_last_ranges(added, faults)
            faults.refuse_batch()
            uow.tariffs.publish(added.values())
            uow.commit()
        return BatchReport(added=len(added), changed=0, unchanged=len(rows) - len(added))


def _read(
    rows: Sequence[SuppliedRate], supplier_id: SupplierId, faults: Faults
) -> Mapping[int, Rate]:
    """Return the rates that could be read, each range once, by the positions of their rows."""
    rates: dict[int, Rate] = {}
    seen: dict[tuple[_Publication, Decimal | None], int] = {}
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
        with faults.at("up_to", index):
            up_to = read_decimal(row.up_to) if row.up_to else None
            check_bound(up_to)
        with faults.at("price", index):
            price = read_decimal(row.price)
        with faults.at("transmission", index):
            transmission = read_decimal(row.transmission) if row.transmission else None
            if transmission is not None:
                check_price(row, "transmission", transmission)
        if len(faults) > broken:
            continue
        with faults.at("price", index):
            rate = Rate(
                supplier_id=supplier_id,
                category=category,
                zone=zone,
                effective_from=effective_from,
                up_to=up_to,
                price=price,
                transmission=transmission,
            )
            key = (_publication(rate), up_to)
            if key in seen:
                raise DuplicateRow(seen[key])
            seen[key] = index
            rates[index] = rate
    return rates


def _publication(rate: Rate) -> _Publication:
    return rate.category, rate.zone, rate.effective_from


def _published(rates: Iterable[Rate]) -> Mapping[_Publication, Mapping[Decimal | None, Rate]]:
    """Return the rates of each publication by the bounds of their ranges."""
    published: dict[_Publication, dict[Decimal | None, Rate]] = defaultdict(dict)
    for rate in rates:
        published[_publication(rate)][rate.up_to] = rate
    return dict(published)


def _check_last_ranges(rates: Mapping[int, Rate], faults: Faults) -> None:
    """Add a fault to each publication that leaves a high consumption without a price."""
    highest: dict[_Publication, tuple[Decimal, int]] = {}
    for index, rate in rates.items():
        bound = Decimal("Infinity") if rate.up_to is None else rate.up_to
        known = highest.get(_publication(rate))
        if known is None or bound > known[0]:
            highest[_publication(rate)] = (bound, index)
    for bound, index in highest.values():
        if bound.is_finite():
            faults.add("up_to", errors.LastRangeMissing(bound), index)
