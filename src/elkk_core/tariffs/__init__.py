"""Published rates by category, zone and date."""

# Use cases
from elkk_core.tariffs.use_cases.publish_tariff import PublishTariff, SuppliedRate

# Ports
from elkk_core.tariffs.ports import Tariffs, TariffsUnitOfWork

# Model
from elkk_core.tariffs.model import Rate, RatePeriod, TariffBook

# Errors
from elkk_core.tariffs.errors import (
    RateAlreadyPublished,
    RateNotFromFirstDay,
    RateNotPositive,
    RateNotPublished,
    RateTooPrecise,
)

__all__ = [
    "PublishTariff",
    "Rate",
    "RateAlreadyPublished",
    "RateNotFromFirstDay",
    "RateNotPositive",
    "RateNotPublished",
    "RatePeriod",
    "RateTooPrecise",
    "SuppliedRate",
    "TariffBook",
    "Tariffs",
    "TariffsUnitOfWork",
]
