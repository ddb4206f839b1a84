"""Consumption norms: how much is charged for a person where nothing was measured for long."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Self

from attrs import field, frozen

from elkk_core.metering import errors
from elkk_core.shared import validators
from elkk_core.shared.ids import SupplierId
from elkk_core.shared.traits import Traits

_GREATEST = 99
_BAND = re.compile(r"(?P<least>[1-9][0-9]?)(?:(?P<open>\+)|-(?P<most>[1-9][0-9]?))?")


@frozen(order=True)
class PersonsBand:
    """Households of *least* to *most* persons, without an upper end where *most* is None."""

    least: int
    most: int | None

    def __attrs_post_init__(self) -> None:
        most = _GREATEST if self.most is None else self.most
        if not 1 <= self.least <= most <= _GREATEST:
            message = f"a band is of households of 1 to {_GREATEST} persons: {self}"
            raise ValueError(message)

    # Factories

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a band written as «3», «2-4» or «5+».

        Raises:
            PersonsBandMalformed: If the text is anything else.
        """
        match = _BAND.fullmatch(text.strip())
        if match is None:
            raise errors.PersonsBandMalformed(text)
        least = int(match["least"])
        most = None if match["open"] else int(match["most"] or least)
        if most is not None and most < least:
            raise errors.PersonsBandMalformed(text)
        return cls(least, most)

    # Queries

    def holds(self, persons: int) -> bool:
        """Tell whether a household of *persons* belongs here."""
        return self.least <= persons and (self.most is None or persons <= self.most)

    def overlaps(self, other: "PersonsBand") -> bool:
        """Tell whether some household belongs to both bands."""
        return (self.most is None or other.least <= self.most) and (
            other.most is None or self.least <= other.most
        )

    def __str__(self) -> str:
        if self.most is None:
            return f"{self.least}+"
        return str(self.least) if self.most == self.least else f"{self.least}-{self.most}"


@frozen(kw_only=True)
class Norm:
    """The consumption norm of households that are alike: *kwh* a month for each person.

    It holds from *effective_from* for households that have all of *traits* and belong to the band of
    *persons*, until the next table of the same supplier.
    """

    supplier_id: SupplierId
    effective_from: date
    traits: Traits = Traits()
    persons: PersonsBand
    kwh: Decimal = field(validator=validators.exact_decimal)

    @kwh.validator
    def _is_above_zero(self, _attribute: object, value: Decimal) -> None:
        if value <= 0:
            raise errors.NormNotPositive

    # Queries

    def clashes(self, other: "Norm") -> bool:
        """Tell whether both are said of the same households of some size, on the same days."""
        return (self.effective_from, self.traits) == (
            other.effective_from,
            other.traits,
        ) and self.persons.overlaps(other.persons)


def _in_order(norms: Iterable[Norm]) -> tuple[Norm, ...]:
    return tuple(
        sorted(norms, key=lambda norm: (norm.effective_from, str(norm.traits), norm.persons.least))
    )


@frozen(kw_only=True)
class NormTable:
    """The consumption norms of a supplier: a look-up by any traits, persons and date.

    All norms of one date are a table, which stands until the next date. Regions name the dimensions
    they like (rooms, stove, heater, area), and the value for each person mostly falls with persons.
    """

    norms: tuple[Norm, ...] = field(default=(), converter=_in_order)

    @norms.validator
    def _no_two_clash(self, _attribute: object, value: tuple[Norm, ...]) -> None:
        # In this order, wherever two norms clash two neighbours do.
        for norm, following in pairwise(value):
            if norm.clashes(following):
                message = f"a household has two norms at once: {norm} and {following}"
                raise ValueError(message)

    # Queries

    def of_date(self, effective_from: date) -> tuple[Norm, ...]:
        """Return the norms of the table that begins on a day, none where no table begins."""
        return tuple(norm for norm in self.norms if norm.effective_from == effective_from)

    def find(self, day: date, *, traits: Traits, persons: int) -> Norm | None:
        """Return the norm of a household on *day*, None if the table in force has none.

        Of several that fit, the one that names most traits holds.

        Raises:
            NormAmbiguous: If two norms name equally many traits of the household.
        """
        dates = [norm.effective_from for norm in self.norms if norm.effective_from <= day]
        if not dates:
            return None
        fitting = [
            norm
            for norm in self.of_date(max(dates))
            if norm.persons.holds(persons) and traits.includes(norm.traits)
        ]
        if not fitting:
            return None
        most = max(len(norm.traits) for norm in fitting)
        chosen = [norm for norm in fitting if len(norm.traits) == most]
        if len(chosen) > 1:
            raise errors.NormAmbiguous(str(chosen[0].traits), str(chosen[1].traits))
        return chosen[0]
