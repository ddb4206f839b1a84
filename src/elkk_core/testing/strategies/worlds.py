"""Strategies for whole consistent worlds."""

from attrs import evolve, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from elkk_core.accounts import (
    PersonalAccount,
    Supplier,
)
from elkk_core.metering import (
    Meter,
    Reading,
)
from elkk_core.shared import (
    Month,
)
from elkk_core.tariffs import Rate
from elkk_core.testing.strategies.accounts import personal_accounts, suppliers
from elkk_core.testing.strategies.metering import meters, reading_series
from elkk_core.testing.strategies.tariffs import publications
from elkk_core.testing.strategies.values import months


@frozen(kw_only=True)
class MeteredWorld:
    """An account with its supplier, its meter, the rates it needs, and a reading a month.

    Facts are in the order in which a store takes them.
    """

    supplier: Supplier
    account: PersonalAccount
    meter: Meter
    rates: tuple[Rate, ...]
    readings: tuple[Reading, ...]

    @property
    def facts(self) -> tuple[Supplier | PersonalAccount | Meter | Rate | Reading, ...]:
        """All of it."""
        return (self.supplier, self.account, self.meter, *self.rates, *self.readings)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that have readings, the first one serving only to count from."""
        return tuple(sorted({reading.month for reading in self.readings}))


@st.composite
def metered_accounts(draw: DrawFn, *, most_months: int = 6) -> MeteredWorld:
    """Consistent worlds: two months at least, readings in every zone, a rate for every month."""
    supplier = draw(suppliers())
    account = draw(personal_accounts(supplier_id=supplier.supplier_id))
    first = draw(months(first=Month(2016, 1), last=Month(2026, 1)))
    meter = evolve(
        draw(meters(account_id=account.account_id)),
        installed_on=first.previous.first_day,
        removed_on=None,
    )
    length = draw(st.integers(2, most_months))
    series: list[Reading] = []
    steps: list[Rate] = []
    for zone in meter.zones:
        series += draw(reading_series(meter=meter, zone=zone, first=first, months=length))
        later = draw(st.sets(st.integers(1, length), max_size=2))
        for step in sorted({0, *later}):
            steps += draw(
                publications(
                    supplier_id=supplier.supplier_id,
                    category=account.category,
                    zone=zone,
                    effective_from=first.plus(step).first_day,
                )
            )
    return MeteredWorld(
        supplier=supplier,
        account=account,
        meter=meter,
        rates=tuple(steps),
        readings=tuple(series),
    )
