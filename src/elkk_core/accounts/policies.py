"""Rules of accounts with their numbers; a supplier changes the numbers by settings."""

from datetime import datetime, timedelta

from attrs import frozen

from elkk_core.shared.tallies import Limit, Tally


@frozen(kw_only=True)
class LinkingPolicy:
    """How many wrong security answers are taken, and bills of how many months count.

    Wrong answers are counted by user and by account, so that neither many users against one account
    nor one user against many accounts can guess on.
    """

    months: int = 6
    per_user: Limit = Limit(times=5, within=timedelta(days=1))
    per_account: Limit = Limit(times=10, within=timedelta(days=1))

    def left(self, *, user: Tally, account: Tally, now: datetime) -> int:
        """Return how many more wrong answers are taken at *now*."""
        return min(
            self.per_user.times - user.count(limit=self.per_user, now=now),
            self.per_account.times - account.count(limit=self.per_account, now=now),
        )

    def free_at(self, *, user: Tally, account: Tally, now: datetime) -> datetime | None:
        """Return when another answer is taken; None if it is at *now*."""
        moments = (
            user.free_at(limit=self.per_user, now=now),
            account.free_at(limit=self.per_account, now=now),
        )
        return max((moment for moment in moments if moment is not None), default=None)
