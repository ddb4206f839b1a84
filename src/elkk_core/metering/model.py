"""Meters, their registers and readings."""

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self

from attrs import evolve, field, frozen

from elkk_core.metering import errors
from elkk_core.shared import validators
from elkk_core.shared.errors import FieldRequired, FieldTooLong
from elkk_core.shared.ids import AccountId, MeterId, ReadingId, SupplierId, UserId
from elkk_core.shared.periods import DatesOutOfOrder, Month
from elkk_core.shared.texts import read_whole
from elkk_core.shared.windows import SubmissionWindow
from elkk_core.shared.zones import ZONE_SCHEMES, Zone

_CAPACITY = re.compile(r"(?P<integers>[3-9])(?:[.,](?P<decimals>[0-3]))?")
_LONGEST_NUMBER = 40
_LONGEST_DESCRIPTION = 250
_READING = re.compile(r"(?P<integers>[0-9]+)(?:[.,](?P<decimals>[0-9]+))?")


@frozen(kw_only=True)
class DigitCapacity:
    """How many digits a meter shows: «5,0» is five before the comma and none after it."""

    integers: int = field(validator=validators.exact_int)
    decimals: int = field(default=0, validator=validators.exact_int)

    def __attrs_post_init__(self) -> None:
        if _CAPACITY.fullmatch(str(self)) is None:
            raise errors.CapacityMalformed

    # Factories

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a capacity written as «5,0», «5.0» or «5».

        Raises:
            CapacityMalformed: If the text is anything else.
        """
        match = _CAPACITY.fullmatch(text.strip())
        if match is None:
            raise errors.CapacityMalformed
        return cls(integers=int(match["integers"]), decimals=int(match["decimals"] or 0))

    # Queries

    @property
    def modulus(self) -> Decimal:
        """What the meter passes through zero at, in kWh before the ratio: 100 000 for «5,0»."""
        return Decimal(10) ** self.integers

    def read(self, text: str) -> Decimal:
        """Return what a person reads off the meter, decimal comma or point, blanks allowed.

        Raises:
            ReadingNotANumber: If there is something else than digits.
            ReadingTooLong: If there are more integer digits than the meter has.
            ReadingTooPrecise: If there are more decimals than the meter has.
        """
        match = _READING.fullmatch("".join(text.split()))
        if match is None:
            raise errors.ReadingNotANumber
        decimals = match["decimals"] or ""
        if len(decimals) > self.decimals:
            raise errors.ReadingTooPrecise(self.decimals)
        # Leading zeros count as digits shown, but more of them than the meter has are harmless.
        if len(match["integers"].lstrip("0")) > self.integers:
            raise errors.ReadingTooLong(self.integers)
        return Decimal(f"{match['integers']}.{decimals or 0}").quantize(
            Decimal(1).scaleb(-self.decimals)
        )

    def difference(self, *, previous: Decimal, current: Decimal) -> Decimal:
        """Return what a register counted between two readings, in kWh before the ratio.

        A reading below the previous one means that the register has passed through zero.
        """
        counted = current - previous
        return counted if counted >= 0 else counted + self.modulus

    def consumption(self, *, previous: Decimal, current: Decimal, ratio: int = 1) -> "Consumption":
        """Return what was consumed between two readings, through a transformer of *ratio*.

        Source: ПП РФ № 354, Annex 2: the volume V by the meter's readings, times the ratio of the
        transformers that the meter is connected by. Whether a passage through zero is believed is
        for a `RolloverPolicy` to say.
        """
        counted = self.difference(previous=previous, current=current)
        return Consumption(volume=counted * ratio, rolled_over=current < previous)

    def __str__(self) -> str:
        return f"{self.integers},{self.decimals}"


@frozen(kw_only=True)
class Consumption:
    """What was consumed between two readings of a register: *volume* kWh after the ratio."""

    volume: Decimal = field(validator=validators.exact_decimal)
    rolled_over: bool


def meter_number(text: str) -> str:
    """Return the number of a meter without needless blanks; leading zeros are kept.

    Raises:
        FieldRequired: If nothing is left.
        FieldTooLong: If it is longer than 40 characters.
    """
    number = " ".join(text.split())
    if not number:
        raise FieldRequired
    if len(number) > _LONGEST_NUMBER:
        raise FieldTooLong(_LONGEST_NUMBER)
    return number


def meter_description(text: str) -> str:
    """Return what is told of a meter in words, without needless blanks; it may be nothing.

    Raises:
        FieldTooLong: If it is longer than 250 characters.
    """
    description = " ".join(text.split())
    if len(description) > _LONGEST_DESCRIPTION:
        raise FieldTooLong(_LONGEST_DESCRIPTION)
    return description


def read_zones(text: str) -> tuple[Zone, ...]:
    """Return the zones of a meter that has «1», «2» or «3» of them.

    Raises:
        ZonesMalformed: If the text is anything else.
    """
    zones = ZONE_SCHEMES.get(int(text)) if text in {"1", "2", "3"} else None
    if zones is None:
        raise errors.ZonesMalformed
    return zones


def read_ratio(text: str) -> int:
    """Return the transformation ratio that a text means.

    Raises:
        NotAWholeNumber: If it is not a number.
        RatioNotPositive: If it is below 1.
    """
    ratio = read_whole(text)
    if ratio < 1:
        raise errors.RatioNotPositive
    return ratio


@frozen(kw_only=True)
class Meter:
    """A meter of electricity with a register for each of its *zones*.

    *ratio* is the transformation ratio that multiplies each difference of readings. *window*, where
    it is not None, stands in place of the supplier's. After *verification_due* the verification
    interval (МПИ) is over. On *removed_on* it was taken down or replaced; its final reading is of
    that day, and from that day on there is no other. The *kind*, such as «однофазный электронный»,
    the *place* of installation and who is *responsible* for it are in the supplier's words, and
    empty where nobody has told.
    """

    meter_id: MeterId
    account_id: AccountId
    number: str = field(converter=meter_number)
    zones: tuple[Zone, ...] = field()
    capacity: DigitCapacity
    ratio: int = field(default=1, validator=validators.exact_int)
    installed_on: date
    verification_due: date | None = None
    window: SubmissionWindow | None = None
    removed_on: date | None = field(default=None)
    kind: str = field(default="", converter=meter_description)
    place: str = field(default="", converter=meter_description)
    responsible: str = field(default="", converter=meter_description)

    version: int = 0

    @zones.validator
    def _zones_are_a_scheme(self, _attribute: object, value: tuple[Zone, ...]) -> None:
        if value not in ZONE_SCHEMES.values():
            raise errors.ZonesMalformed

    @ratio.validator
    def _ratio_is_positive(self, _attribute: object, value: int) -> None:
        if value < 1:
            raise errors.RatioNotPositive

    @removed_on.validator
    def _not_removed_before_installed(self, _attribute: object, value: date | None) -> None:
        if value is not None and value < self.installed_on:
            raise errors.RemovedBeforeInstalled(self.installed_on)

    # Commands

    def describe(
        self,
        *,
        verification_due: date | None,
        window: SubmissionWindow | None,
        removed_on: date | None = None,
        kind: str = "",
        place: str = "",
        responsible: str = "",
    ) -> "Meter":
        """Return the meter as the supplier's books describe it now.

        Raises:
            RemovedBeforeInstalled: If it is said to have gone before it came.
            FieldTooLong: If a description is longer than 250 characters.
        """
        return evolve(
            self,
            verification_due=verification_due,
            window=window,
            removed_on=removed_on,
            kind=kind,
            place=place,
            responsible=responsible,
        )

    # Queries

    def check_day(self, day: date) -> None:
        """Let pass a day on which the meter is there to be read.

        Raises:
            MeterNotInstalled: If it came later.
            MeterRemoved: If it had gone by then, or went on that day.
        """
        if day < self.installed_on:
            raise errors.MeterNotInstalled(self.installed_on)
        if self.removed_on is not None and day >= self.removed_on:
            raise errors.MeterRemoved(self.removed_on)

    def check_occasion(self, reading: "Reading") -> None:
        """Let pass a reading of a day on which it can have been taken.

        Raises:
            MeterNotInstalled, MeterRemoved: If the meter was not there.
            MeterNotRemoved: If the reading is final and the meter still there.
            FinalReadingMisplaced: If the reading is final and of another day than the removal.
        """
        if reading.source is not ReadingSource.FINAL:
            self.check_day(reading.taken_on)
        elif self.removed_on is None:
            raise errors.MeterNotRemoved
        elif reading.taken_on != self.removed_on:
            raise errors.FinalReadingMisplaced(self.removed_on)

    def is_there(self, day: date) -> bool:
        """Tell whether households read the meter on *day*: it has come, and has not gone."""
        return self.installed_on <= day and (self.removed_on is None or day < self.removed_on)

    def consumption(self, *, previous: Decimal, current: Decimal) -> Consumption:
        """Return what was consumed between two readings of one register."""
        return self.capacity.consumption(previous=previous, current=current, ratio=self.ratio)

    def volume(self, *, previous: Decimal, current: Decimal) -> Decimal:
        """Return the kWh consumed between two readings of one register."""
        return self.consumption(previous=previous, current=current).volume


class ReadingSource(StrEnum):
    """Who took a reading, or on which occasion: when the meter came, or when it went."""

    INITIAL = "initial"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    FINAL = "final"


@frozen(kw_only=True)
class Reading:
    """What one register showed on *taken_on*; a fact that is never changed.

    It counts in the bill for *month*. Of several readings for one month the one taken last counts,
    of those taken on one day the one recorded last, and all stay in the history. *submitted_by* is
    the user who sent it, None for a reading that the supplier's books brought. A reading that
    *corrects* another one stands in its place; both stay in the history.
    """

    reading_id: ReadingId
    meter_id: MeterId
    zone: Zone
    value: Decimal = field(validator=validators.exact_decimal)
    taken_on: date
    month: Month
    source: ReadingSource
    recorded_at: datetime = field(validator=validators.aware)
    submitted_by: UserId | None = None
    corrects: ReadingId | None = None

    @property
    def occasion(self) -> ReadingSource | None:
        """INITIAL or FINAL, None for a reading in between; a correction has that of the old one."""
        occasions = (ReadingSource.INITIAL, ReadingSource.FINAL)
        return self.source if self.source in occasions else None

    @property
    def is_sent_here(self) -> bool:
        """Whether a user sent it; what the supplier's books brought is the supplier's to correct."""
        return self.source is ReadingSource.CUSTOMER and self.submitted_by is not None


class EstimateCause(StrEnum):
    """Why there is no reading to bill by (ПП РФ № 354, п. 59).

    *ACCESS_REFUSED* is the first recorded refusal to let the meter be checked, and
    *ACCESS_REFUSED_TWICE* holds from the billing period in which a second one was recorded.
    """

    READING_MISSED = "reading_missed"
    METER_FAILED = "meter_failed"
    METER_LOST = "meter_lost"
    VERIFICATION_OVER = "verification_over"
    ACCESS_REFUSED = "access_refused"
    ACCESS_REFUSED_TWICE = "access_refused_twice"


def read_gap_cause(text: str) -> EstimateCause:
    """Return the cause of a gap that a text names; a reading that was only missed leaves none.

    Raises:
        GapCauseUnknown: If it names anything else.
    """
    if text not in set(EstimateCause) - {EstimateCause.READING_MISSED}:
        raise errors.GapCauseUnknown
    return EstimateCause(text)


@frozen(kw_only=True)
class MeteringGap:
    """Days on which a meter failed or was lost, or the household let nobody near it.

    It lasts from *since* to *until*, both included, and goes on where *until* is None. Readings of a
    meter that failed or was lost are not billed while it lasts.
    """

    meter_id: MeterId
    cause: EstimateCause
    since: date
    until: date | None = field(default=None)

    version: int = 0

    @until.validator
    def _ends_after_it_began(self, _attribute: object, value: date | None) -> None:
        if value is not None and value < self.since:
            raise DatesOutOfOrder(self.since, value)

    def close(self, until: date | None) -> "MeteringGap":
        """Return the gap as the supplier's books tell of its end now."""
        return evolve(self, until=until)

    def covers(self, day: date) -> bool:
        """Tell whether *day* is one of these days."""
        return self.since <= day and (self.until is None or day <= self.until)


def month_to_bill(day: date, *, window: SubmissionWindow, billed_through: Month | None) -> Month:
    """Return the month in whose bill a reading of *day* counts.

    The window says which, unless that month was billed already: then it is the next one.
    """
    month = window.month_counted(day)
    if billed_through is not None and month <= billed_through:
        return billed_through.next
    return month


@frozen(kw_only=True)
class MeteredAccount:
    """What metering knows of a personal account.

    *billed_through* is the month of the last bill that was issued here; bills that an earlier
    billing system issued do not count. It is None before the first one.
    """

    account_id: AccountId
    supplier_id: SupplierId
    number: str
    time_zone: str
    window: SubmissionWindow
    billed_through: Month | None

    def window_of(self, meter: Meter) -> SubmissionWindow:
        """Return the days on which readings of *meter* are taken."""
        return meter.window or self.window

    def month_counted(self, day: date, *, meter: Meter) -> Month:
        """Return the month in whose bill a reading of *day* counts: never one billed already."""
        return month_to_bill(day, window=self.window_of(meter), billed_through=self.billed_through)


@frozen(kw_only=True)
class SubmissionTicket:
    """The right to hand over readings of one account without signing in, in the name of a user.

    It is good through the local day *good_through*, the last one of a submission window, as often as
    it takes to get the readings right, and for nothing else.
    """

    user_id: UserId
    account_id: AccountId
    good_through: date
