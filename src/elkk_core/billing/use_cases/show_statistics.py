"""What an account consumed in a year."""

from attrs import frozen

from elkk_core.billing.policies import YearStatistics, use_by_month
from elkk_core.billing.queries import Cabinet
from elkk_core.shared.ids import AccountId, UserId
from elkk_core.shared.periods import Month, local_date
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class ConsumptionYear:
    """The statistics of a year, and the *years* that there are any of, the latest first."""

    statistics: YearStatistics
    years: tuple[int, ...]


@frozen(kw_only=True)
class ShowStatistics:
    """Show what an account consumed in a year, month by month and zone by zone, and the year before.

    Without a *year* it is the current one by the supplier's local date; one of which nothing can be
    known is answered like it.

    Raises:
        AccountNotFound: If there is no such account, or the user has not linked it.
    """

    cabinet: Cabinet
    clock: Clock

    def __call__(
        self, *, account_id: AccountId, user_id: UserId, year: int | None = None
    ) -> ConsumptionYear:
        card = self.cabinet.account(account_id, user_id=user_id)
        this_year = local_date(self.clock.now(), card.supplier.time_zone).year
        first = self.cabinet.first_month(account_id, user_id=user_id)
        years = tuple(range(this_year, first.year - 1 if first else this_year - 1, -1))
        shown = year if year in years else this_year
        # The year before is compared with, and its first month may be counted from earlier readings.
        months = self.cabinet.history(
            account_id,
            user_id=user_id,
            since=Month(shown - 2, 1),
            through=Month(shown, 12),
        )
        known = use_by_month(
            invoices=[invoice for month in months for invoice in month.invoices],
            meters=[overview.meter for overview in card.meters],
            readings=[recorded.reading for month in months for recorded in month.readings],
        )
        return ConsumptionYear(statistics=YearStatistics.of(shown, known), years=years)
