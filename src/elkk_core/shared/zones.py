"""Zones of the day by which electricity is metered and priced."""

from enum import StrEnum
from typing import ClassVar, Self

from attrs import define

from elkk_core.shared.errors import Rejected


@define
class NotAZone(Rejected):
    """A text is not the name of a zone, neither in English nor in Russian."""

    code: ClassVar[str] = "shared.not_a_zone"
    text: str


class Zone(StrEnum):
    """A zone of the day, by the supplier's local time.

    Source: приказ ФСТ 1473-э of 26.11.2013: night is 23-7; with two zones day is 7-23; with three
    zones peak is 7-10 and 17-21, half-peak 10-17 and 21-23.
    """

    ALL_DAY = "all_day"
    DAY = "day"
    PEAK = "peak"
    HALF_PEAK = "half_peak"
    NIGHT = "night"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the zone that *text* names: «night», «half_peak», «ночь», «полупик».

        Raises:
            NotAZone: If it names none.
        """
        name = text.strip().lower()
        try:
            return cls(_RUSSIAN_NAMES.get(name, name))
        except ValueError:
            raise NotAZone(text) from None


_RUSSIAN_NAMES = {
    "круглосуточный": Zone.ALL_DAY.value,
    "день": Zone.DAY.value,
    "пик": Zone.PEAK.value,
    "полупик": Zone.HALF_PEAK.value,
    "ночь": Zone.NIGHT.value,
}

ZONE_SCHEMES: dict[int, tuple[Zone, ...]] = {
    1: (Zone.ALL_DAY,),
    2: (Zone.DAY, Zone.NIGHT),
    3: (Zone.PEAK, Zone.HALF_PEAK, Zone.NIGHT),
}
"""The zones of a meter by their number, in the order in which people read them."""
