"""How many charges and bills the rules alone make in a second, without a database.

A charge is that of a day and a night volume, which make two lines. A bill is worked out whole, from
readings and payments to lines, penalty and where the account stands after it: those of 2 000
households as `kit.population` describes them, in their fourth month. Both in one process on one core.

    python -m benchmarks.billing_core [--json]
"""

import argparse
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from benchmarks.kit.bills import Bill, bills_of
from benchmarks.kit.population import FIRST_MONTH, STEADY_AFTER, Household, rates
from benchmarks.kit.report import tell
from benchmarks.kit.speed import times_per_second

from elkk_core.billing import charge, draft_invoice
from elkk_core.shared import Zone
from elkk_core.tariffs import TariffBook, ZoneVolume

_HOUSEHOLDS = 2_000
_VOLUMES = 1_000
_CATEGORY = "urban-gas"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="not a table, but JSON")
    given = parser.parse_args()
    figures = {
        "charges of two lines a second": round(_charges_per_second()),
        "bills worked out a second": round(_bills_per_second()),
    }
    tell({"benchmark": "billing_core"}, {"one core": figures}, as_json=given.json)


def _charges_per_second() -> float:
    book = TariffBook(rates=rates())
    prices = [
        book.prices_on(FIRST_MONTH.first_day, category=_CATEGORY, zone=zone)
        for zone in (Zone.DAY, Zone.NIGHT)
    ]
    # Never above the first range, so that each zone makes one line.
    volumes = [
        [
            ZoneVolume(zone=Zone.DAY, volume=Decimal(place % 199 + 1)),
            ZoneVolume(zone=Zone.NIGHT, volume=Decimal(place % 97 + 1)),
        ]
        for place in range(_VOLUMES)
    ]
    return times_per_second(
        lambda given: charge(given, prices=prices, vat_rate=Decimal(20)), volumes
    )


def _bills_per_second() -> float:
    bills = [bill for place in range(_HOUSEHOLDS) for bill in _steady(Household(place))]
    return times_per_second(
        lambda bill: draft_invoice(
            bill.account, terms=bill.terms, invoice_id=bill.invoice.invoice_id
        ),
        bills,
    )


def _steady(household: Household) -> Iterator[Bill]:
    """Return the bill of the first month that is like all later ones."""
    return islice(bills_of(household, STEADY_AFTER + 1), STEADY_AFTER, None)


if __name__ == "__main__":
    main()
