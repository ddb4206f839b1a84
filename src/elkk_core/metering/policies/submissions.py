"""What a household's readings are checked by, whether they are sent, corrected or only looked at."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from attrs import frozen

from elkk_core.metering import errors
from elkk_core.metering.model import Meter, Reading
from elkk_core.metering.policies.readings import RolloverPolicy
from elkk_core.shared.errors import FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import MeterId
from elkk_core.shared.periods import Month
from elkk_core.shared.windows import SubmissionWindow
from elkk_core.shared.zones import Zone


@frozen(kw_only=True)
class SubmittedReadings:
    """What was taken of a household: *month* is the bill in which the readings count."""

    month: Month
    taken_on: date
    values: Mapping[Zone, Decimal]


def find_meter(meters: Iterable[Meter], meter_id: MeterId) -> Meter:
    """Return the meter that is meant, out of those of an account.

    Raises:
        MeterNotFound: If it is none of them.
    """
    for meter in meters:
        if meter.meter_id == meter_id:
            return meter
    raise errors.MeterNotFound(str(meter_id))


def check_open(window: SubmissionWindow, day: date) -> None:
    """Let pass a day on which readings are taken.

    Raises:
        SubmissionClosed: If it is none; the error says from when on they are.
    """
    status = window.status(day)
    if not status.is_open:
        raise errors.SubmissionClosed(status.opens_on, status.days)


def read_values(
    meter: Meter,
    values: Mapping[Zone, str],
    *,
    previous: Mapping[Zone, Reading | None],
    confirmed: frozenset[Zone],
    policy: RolloverPolicy,
) -> dict[Zone, Decimal]:
    """Return what was read off each register of a meter, all of them checked before any is refused.

    Each follows the *previous* reading of its zone, if there is one. The passage of a register
    through zero has to be *confirmed*.

    Raises:
        FormRejected: If values are wrong or missing; each fault is at the value of the zone.
    """
    faults = Faults()
    read = {}
    for zone in meter.zones:
        with faults.at(zone.value):
            text = values.get(zone, "")
            if not text.strip():
                raise FieldRequired
            read[zone] = meter.capacity.read(text)
            before = previous[zone]
            if before is not None:
                policy.check(
                    meter=meter,
                    previous=before.value,
                    current=read[zone],
                    confirmed=zone in confirmed,
                )
    faults.refuse_form()
    return read
