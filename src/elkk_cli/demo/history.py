"""The time in which a demo is filled."""

from datetime import UTC, date, datetime

from attrs import define

from elkk_core.shared import Clock, Month, local_date

_TIME_ZONE = "Europe/Moscow"


@define
class HistoryClock:
    """A clock that can be put back, so that a history is filled in as it went by."""

    clock: Clock
    moment: datetime | None = None

    def now(self) -> datetime:
        """Return the moment that it was put to, the present one if none."""
        return self.clock.now() if self.moment is None else self.moment

    def put_to_first_day(self, month: Month) -> None:
        """Go to the morning of the first day of *month*, but never past the present."""
        self.moment = min(datetime(month.year, month.number, 1, 6, tzinfo=UTC), self.clock.now())

    @property
    def today(self) -> date:
        """The present date by the clocks of the demo's suppliers."""
        return local_date(self.clock.now(), _TIME_ZONE)
