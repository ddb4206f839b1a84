"""A valid rate."""

from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve

from elkk_core.shared import (
    Zone,
)
from elkk_core.tariffs import Rate
from elkk_core.testing.builders.household import SUPPLIER_ID


def a_rate(**changes: Any) -> Rate:
    """Return the manual's rate of January 2020 for the category of ``an_account()``."""
    return evolve(
        Rate(
            supplier_id=SUPPLIER_ID,
            category="urban-gas",
            zone=Zone.ALL_DAY,
            effective_from=date(2020, 1, 1),
            price=Decimal("2.77"),
        ),
        **changes,
    )
