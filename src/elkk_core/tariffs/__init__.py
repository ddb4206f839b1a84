"""Published rates by category, zone, consumption range and date; the tax inside them."""

# Use cases
from elkk_core.tariffs.use_cases.publish_tariff import PublishTariff, SuppliedRate
from elkk_core.tariffs.use_cases.show_tariff import ShowTariff

# Ports
from elkk_core.tariffs.ports import Tariffs, TariffsUnitOfWork

# Policies
from elkk_core.tariffs.policies import (
    SHARE_DECIMALS,
    VAT_RATES,
    RangeShare,
    RangeSplit,
    RangeVolume,
    ZoneVolume,
    check_vat_rate,
    split_by_range,
    split_each_by_range,
    vat_inside,
)

# Model
from elkk_core.tariffs.model import PriceRange, Rate, RatePeriod, TariffBook, ZonePrices

# Errors
from elkk_core.tariffs.errors import (
    LastRangeMissing,
    PriceMissing,
    RangeBoundNotPositive,
    RangeRepeated,
    RangesAlreadyPublished,
    RateAlreadyPublished,
    RateNotFromFirstDay,
    RateNotPositive,
    RateNotPublished,
    RateTooPrecise,
    TransmissionAlreadyPublished,
    VatRateWrong,
    VolumeNegative,
)

__all__ = [
    "SHARE_DECIMALS",
    "VAT_RATES",
    "LastRangeMissing",
    "PriceMissing",
    "PriceRange",
    "PublishTariff",
    "RangeBoundNotPositive",
    "RangeRepeated",
    "RangeShare",
    "RangeSplit",
    "RangeVolume",
    "RangesAlreadyPublished",
    "Rate",
    "RateAlreadyPublished",
    "RateNotFromFirstDay",
    "RateNotPositive",
    "RateNotPublished",
    "RatePeriod",
    "RateTooPrecise",
    "ShowTariff",
    "SuppliedRate",
    "TariffBook",
    "Tariffs",
    "TariffsUnitOfWork",
    "TransmissionAlreadyPublished",
    "VatRateWrong",
    "VolumeNegative",
    "ZonePrices",
    "ZoneVolume",
    "check_vat_rate",
    "split_by_range",
    "split_each_by_range",
    "vat_inside",
]
