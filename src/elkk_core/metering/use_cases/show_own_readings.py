"""The readings that a user has sent, to take along."""

from collections.abc import Mapping

from attrs import frozen

from elkk_core.metering.queries import SentReading, SentReadings
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Json


@frozen(kw_only=True)
class ShowOwnReadings:
    """Return the readings that a user has sent, the latest first (``readings``).

    See ``OwnData``. A reading that stands in the place of an earlier one names it by *corrects*.
    """

    sent_readings: SentReadings

    def __call__(self, *, user_id: UserId) -> Mapping[str, Json]:
        return {"readings": list(map(_told, self.sent_readings.list_for(user_id)))}


def _told(sent: SentReading) -> Json:
    reading = sent.reading
    return {
        "reading_id": str(reading.reading_id),
        "supplier": sent.supplier_name,
        "account": sent.account,
        "meter": sent.meter,
        "zone": reading.zone.value,
        "value": f"{reading.value:f}",
        "taken_on": reading.taken_on.isoformat(),
        "month": str(reading.month),
        "sent_at": reading.recorded_at.isoformat(),
        "corrects": None if reading.corrects is None else str(reading.corrects),
    }
