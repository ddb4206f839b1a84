"""What tariffs refuse."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from attrs import define

from elkk_core.shared.errors import Conflict, NotFound, Rejected
from elkk_core.shared.zones import Zone


@define
class RateNotPublished(NotFound):
    """No rate is in force for a category and zone on a day; nothing is ever billed at zero."""

    code: ClassVar[str] = "tariffs.rate_not_published"
    category: str
    zone: Zone
    day: date


@define
class RateAlreadyPublished(Conflict):
    """Another price is published for the same category, zone and day."""

    code: ClassVar[str] = "tariffs.rate_already_published"
    price: Decimal


@define
class TransmissionAlreadyPublished(Conflict):
    """The same rate is published with another cost of transmission, or without any."""

    code: ClassVar[str] = "tariffs.transmission_already_published"


@define
class RangesAlreadyPublished(Conflict):
    """Other consumption ranges are published for the same category, zone and day."""

    code: ClassVar[str] = "tariffs.ranges_already_published"


@define
class LastRangeMissing(Rejected):
    """No price is given for what exceeds *above* kWh: the last range has no upper bound."""

    code: ClassVar[str] = "tariffs.last_range_missing"
    above: Decimal


@define
class RateNotPositive(Rejected):
    """A price is not above zero."""

    code: ClassVar[str] = "tariffs.rate_not_positive"


@define
class RateTooPrecise(Rejected):
    """A price has more than *decimals* decimals."""

    code: ClassVar[str] = "tariffs.rate_too_precise"
    decimals: int


@define
class RateNotFromFirstDay(Rejected):
    """A rate does not come into force on the first day of a month."""

    code: ClassVar[str] = "tariffs.rate_not_from_first_day"


# Consumption ranges and tax


@define
class PriceMissing(NotFound):
    """What a zone consumed above *above* kWh has no price; nothing is ever billed at zero."""

    code: ClassVar[str] = "tariffs.price_missing"
    zone: Zone
    above: Decimal


@define
class RangeBoundNotPositive(Rejected):
    """The upper bound of a consumption range is not above zero."""

    code: ClassVar[str] = "tariffs.range_bound_not_positive"


@define
class RangeRepeated(Rejected):
    """A zone has two prices for ranges with the same upper bound."""

    code: ClassVar[str] = "tariffs.range_repeated"
    zone: Zone


@define
class VolumeNegative(Rejected):
    """A volume to be priced is below zero; what is given back is priced as it was charged."""

    code: ClassVar[str] = "tariffs.volume_negative"


@define
class VatRateWrong(Rejected):
    """A rate of value added tax is not from 0 to 100 per cent."""

    code: ClassVar[str] = "tariffs.vat_rate_wrong"
