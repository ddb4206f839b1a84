"""How often something happened lately, and whether it may happen once more."""

from datetime import datetime, timedelta

from attrs import evolve, field, frozen

from elkk_core.shared import validators


@frozen(kw_only=True)
class Limit:
    """At most *times* occurrences within *within*, a sliding stretch of time."""

    times: int = field(validator=validators.exact_int)
    within: timedelta = field()

    @times.validator
    def _allows_something(self, _attribute: object, value: int) -> None:
        if value < 1:
            message = f"a limit must allow one occurrence at least: {value}"
            raise ValueError(message)

    @within.validator
    def _lasts(self, _attribute: object, value: timedelta) -> None:
        if value <= timedelta(0):
            message = f"a limit must look back over some time: {value}"
            raise ValueError(message)


@frozen(kw_only=True)
class Tally:
    """The moments at which something happened, by a key such as «sms:+79161234567».

    Wrong answers, wrong passwords and sent codes are counted so, whether or not the phone, the user
    or the account that the key names exists: the count must not tell.
    """

    key: str = field(validator=validators.not_blank)
    moments: tuple[datetime, ...] = ()
    version: int = 0

    # Commands

    def add(self, *, now: datetime, keep: timedelta) -> "Tally":
        """Count one more occurrence at *now* and drop those older than *keep*."""
        recent = (moment for moment in self.moments if moment > now - keep)
        return evolve(self, moments=(*recent, now))

    def clear(self) -> "Tally":
        """Forget all occurrences, as after a right password."""
        return evolve(self, moments=())

    # Queries

    @property
    def last(self) -> datetime | None:
        """The latest occurrence."""
        return max(self.moments, default=None)

    def count(self, *, limit: Limit, now: datetime) -> int:
        """Return how many occurrences the limit still sees at *now*."""
        return sum(1 for moment in self.moments if moment > now - limit.within)

    def free_at(self, *, limit: Limit, now: datetime) -> datetime | None:
        """Return when the limit allows another occurrence; None if it does at *now*."""
        recent = sorted(moment for moment in self.moments if moment > now - limit.within)
        if len(recent) < limit.times:
            return None
        return recent[-limit.times] + limit.within
