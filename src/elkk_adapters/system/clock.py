"""The clock of the machine."""

from datetime import UTC, datetime

from attrs import frozen


@frozen
class SystemClock:
    """Tells the time of the machine, in UTC."""

    def now(self) -> datetime:
        """Return the present moment in UTC, to the microsecond."""
        return datetime.now(UTC)
