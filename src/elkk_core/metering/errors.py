"""What metering refuses."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from attrs import define

from elkk_core.shared.errors import Conflict, NotFound, Rejected
from elkk_core.shared.periods import Month

# What was typed


@define
class ReadingNotANumber(Rejected):
    """A reading holds something else than digits."""

    code: ClassVar[str] = "metering.reading_not_a_number"


@define
class ReadingTooLong(Rejected):
    """A reading has more integer digits than the meter shows."""

    code: ClassVar[str] = "metering.reading_too_long"
    digits: int


@define
class ReadingTooPrecise(Rejected):
    """A reading has more decimals than the meter counts; *decimals* may be none."""

    code: ClassVar[str] = "metering.reading_too_precise"
    decimals: int


@define
class ReadingBelowPrevious(Rejected):
    """A reading is below the previous one by more than a rollover could explain."""

    code: ClassVar[str] = "metering.reading_below_previous"
    previous: Decimal


@define
class RolloverNotConfirmed(Rejected):
    """A reading is below the *previous* one.

    If the meter has passed through zero, *volume* kWh were consumed, and the same reading is
    accepted once this is confirmed; else the reading is a mistake.
    """

    code: ClassVar[str] = "metering.rollover_not_confirmed"
    previous: Decimal
    volume: Decimal


@define
class CapacityMalformed(Rejected):
    """A text is not a digit capacity such as «5,0»."""

    code: ClassVar[str] = "metering.capacity_malformed"


@define
class ZonesMalformed(Rejected):
    """A text is not a number of zones: 1, 2 or 3."""

    code: ClassVar[str] = "metering.zones_malformed"


@define
class RatioNotPositive(Rejected):
    """A transformation ratio is not 1 at least."""

    code: ClassVar[str] = "metering.ratio_not_positive"


@define
class SourceUnknown(Rejected):
    """A text does not say who took a reading."""

    code: ClassVar[str] = "metering.source_unknown"


@define
class GapCauseUnknown(Rejected):
    """A text does not say why a meter was not to be read or believed."""

    code: ClassVar[str] = "metering.gap_cause_unknown"


# When it was sent


@define
class SubmissionClosed(Rejected):
    """Readings are not taken today; they are from *opens_on* on, *days* days from now."""

    code: ClassVar[str] = "metering.submission_closed"
    opens_on: date
    days: int


@define
class CorrectionClosed(Rejected):
    """A household's reading is not corrected any more: its window is over.

    Readings are taken again from *opens_on* on, *days* days from now.
    """

    code: ClassVar[str] = "metering.correction_closed"
    opens_on: date
    days: int


@define
class ReadingBilled(Conflict):
    """A household's reading is not corrected any more: the bill for *month* has counted it."""

    code: ClassVar[str] = "metering.reading_billed"
    month: Month


@define
class ReadingInTheFuture(Rejected):
    """A reading bears a date that has not come."""

    code: ClassVar[str] = "metering.reading_in_the_future"


@define
class FinalReadingMisplaced(Rejected):
    """A final reading is of another day than *removed_on*, on which the meter was taken down."""

    code: ClassVar[str] = "metering.final_reading_misplaced"
    removed_on: date


@define
class CorrectionMisplaced(Rejected):
    """A correction bears another date than *taken_on*, that of the reading that it corrects."""

    code: ClassVar[str] = "metering.correction_misplaced"
    taken_on: date


@define
class InitialReadingBilled(Rejected):
    """An initial reading is corrected from which bills have counted; they keep only the last one."""

    code: ClassVar[str] = "metering.initial_reading_billed"


# What a link of a reminder opens


@define
class SubmissionTicketInvalid(NotFound):
    """A text is no ticket of ours, or its user has not linked the account any more."""

    code: ClassVar[str] = "metering.submission_ticket_invalid"


@define
class SubmissionTicketOver(Rejected):
    """A ticket was good through *ended_on*; the next window opens, or has opened, on *opens_on*."""

    code: ClassVar[str] = "metering.submission_ticket_over"
    ended_on: date
    opens_on: date


# What is there, or is not


@define
class MeterNotFound(NotFound):
    """There is no such meter on the account."""

    code: ClassVar[str] = "metering.meter_not_found"
    meter: str


@define
class ZoneNotMetered(Rejected):
    """The meter has no register for this zone."""

    code: ClassVar[str] = "metering.zone_not_metered"


@define
class MeterFixed(Conflict):
    """What identifies or scales a known meter differs from what is in the books.

    *field* is one of zones, capacity, ratio and installed_on; a meter with other ones is another
    meter. It is removed_on where a final reading of that day is recorded.
    """

    code: ClassVar[str] = "metering.meter_fixed"
    field: str


@define
class ReadingAlreadyRecorded(Conflict):
    """Another *value* is recorded for the same register and date; readings are never changed."""

    code: ClassVar[str] = "metering.reading_already_recorded"
    value: Decimal


@define
class ReadingOutOfOrder(Rejected):
    """A reading contradicts the *value* recorded for *taken_on*: consumption would be negative."""

    code: ClassVar[str] = "metering.reading_out_of_order"
    taken_on: date
    value: Decimal


@define
class NothingToCorrect(NotFound):
    """No reading of the register, taken on the same occasion, is recorded for *taken_on*."""

    code: ClassVar[str] = "metering.nothing_to_correct"
    taken_on: date


@define
class NothingSent(NotFound):
    """There is no reading of the household to correct in this window."""

    code: ClassVar[str] = "metering.nothing_sent"


@define
class ReadingOfSupplier(Rejected):
    """What a household asks to correct was not sent here: the supplier's books brought it."""

    code: ClassVar[str] = "metering.reading_of_supplier"


@define
class AlreadyCorrected(Conflict):
    """The same correction is recorded, and the reading was told anew since: *value* stands."""

    code: ClassVar[str] = "metering.already_corrected"
    value: Decimal


@define
class GapOverlaps(Conflict):
    """The meter has a gap of the same cause, from *since* on, that holds some of these days."""

    code: ClassVar[str] = "metering.gap_overlaps"
    since: date


# Meters that come and go


@define
class MeterNotInstalled(Rejected):
    """The day comes before *installed_on*, on which the meter was installed."""

    code: ClassVar[str] = "metering.meter_not_installed"
    installed_on: date


@define
class MeterRemoved(Rejected):
    """The meter was taken down on *removed_on*; of that day there is a final reading only."""

    code: ClassVar[str] = "metering.meter_removed"
    removed_on: date


@define
class MeterNotRemoved(Rejected):
    """A final reading is given for a meter of which no removal is known."""

    code: ClassVar[str] = "metering.meter_not_removed"


@define
class RemovedBeforeInstalled(Rejected):
    """A meter is said to have been removed before it was installed on *installed_on*."""

    code: ClassVar[str] = "metering.removed_before_installed"
    installed_on: date


@define
class RemovedBeforeRead(Conflict):
    """A meter is said to have been removed though a reading of *taken_on* is recorded."""

    code: ClassVar[str] = "metering.removed_before_read"
    taken_on: date


# What an estimate lacks


@define
class NormUnknown(Rejected):
    """The consumption norm has to be charged and none is known; nothing is charged at zero."""

    code: ClassVar[str] = "metering.norm_unknown"


@define
class PersonsUnknown(Rejected):
    """The norm is charged for each person, and there is neither a resident nor an owner."""

    code: ClassVar[str] = "metering.persons_unknown"


@define
class PersonsBandMalformed(Rejected):
    """A text is not a band of persons such as «3», «2-4» or «5+»."""

    code: ClassVar[str] = "metering.persons_band_malformed"
    text: str


@define
class NormNotPositive(Rejected):
    """A consumption norm is not above zero."""

    code: ClassVar[str] = "metering.norm_not_positive"


@define
class NormOverlaps(Rejected):
    """A household has two norms of one date and the same traits: this one, and that of *persons*."""

    code: ClassVar[str] = "metering.norm_overlaps"
    persons: str


@define
class NormsAlreadyKnown(Conflict):
    """The table of norms that begins on *effective_from* is known, and another one."""

    code: ClassVar[str] = "metering.norms_already_known"
    effective_from: date


@define
class NormAmbiguous(Rejected):
    """Two norms fit a household equally well: one by the traits *first*, one by *second*."""

    code: ClassVar[str] = "metering.norm_ambiguous"
    first: str
    second: str
