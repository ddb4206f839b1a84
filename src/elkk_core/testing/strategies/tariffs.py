"""Strategies for rates and books of them."""

from datetime import date
from decimal import Decimal
from itertools import chain

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from elkk_core.shared import (
    SupplierId,
    Zone,
)
from elkk_core.tariffs import Rate, TariffBook
from elkk_core.testing.strategies.values import months


def prices() -> SearchStrategy[Decimal]:
    """Prices of a kilowatt-hour with up to five decimals."""
    return st.integers(0, 5).flatmap(
        lambda places: st.decimals(Decimal(1).scaleb(-places), Decimal(99), places=places)
    )


def bounds() -> SearchStrategy[Decimal]:
    """Upper bounds of consumption ranges in kWh a month."""
    return st.integers(1, 10_000).map(Decimal)


def rates(
    *,
    supplier_id: SupplierId,
    category: str = "urban-gas",
    zones: SearchStrategy[Zone] | None = None,
) -> SearchStrategy[Rate]:
    """Rates of a category of households, each on its own, in a consumption range or in none."""
    return st.builds(
        Rate,
        supplier_id=st.just(supplier_id),
        category=st.just(category),
        zone=zones or st.sampled_from(Zone),
        effective_from=months().map(lambda month: month.first_day),
        up_to=st.none() | bounds(),
        price=prices(),
        transmission=st.none() | prices(),
    )


@st.composite
def publications(
    draw: DrawFn,
    *,
    supplier_id: SupplierId,
    category: str = "urban-gas",
    zone: Zone | None = None,
    effective_from: date | None = None,
) -> tuple[Rate, ...]:
    """The rates of a zone from a date on: up to three ranges, of which the last has no bound."""
    zone = zone or draw(st.sampled_from(Zone))
    effective_from = effective_from or draw(months()).first_day
    return tuple(
        Rate(
            supplier_id=supplier_id,
            category=category,
            zone=zone,
            effective_from=effective_from,
            up_to=up_to,
            price=draw(prices()),
        )
        for up_to in (*sorted(draw(st.sets(bounds(), max_size=2))), None)
    )


def tariff_books(
    *, supplier_id: SupplierId, category: str = "urban-gas"
) -> SearchStrategy[TariffBook]:
    """Books of publications, one of a category, zone and date."""
    return st.lists(
        publications(supplier_id=supplier_id, category=category),
        max_size=12,
        unique_by=lambda ranges: (ranges[0].zone, ranges[0].effective_from),
    ).map(lambda found: TariffBook(rates=tuple(chain.from_iterable(found))))
