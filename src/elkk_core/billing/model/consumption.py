"""What the bills of an account charged month by month."""

from decimal import Decimal

from attrs import field, frozen

from elkk_core.shared import validators
from elkk_core.shared.periods import Month

CONSUMPTION_MONTHS = 13
"""How many months a payment document looks back on: a year, and the same month a year ago."""


@frozen(kw_only=True)
class MonthConsumption:
    """The kWh that the bill for a *month* charged, of which *estimated* stand in for readings.

    The *volume* is negative where a bill gave back more than it charged.
    """

    month: Month
    volume: Decimal = field(validator=validators.exact_decimal)
    estimated: Decimal = field(default=Decimal(0), validator=validators.exact_decimal)
