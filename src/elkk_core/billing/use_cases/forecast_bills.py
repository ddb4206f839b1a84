"""What the coming bills of an account may be."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.billing.policies import SEASON_YEARS, MonthForecast, forecast, use_by_month
from elkk_core.billing.ports import BillingUnitOfWork
from elkk_core.billing.queries import Cabinet
from elkk_core.shared.ids import AccountId, UserId
from elkk_core.shared.periods import Month, local_date
from elkk_core.shared.ports import Clock
from elkk_core.shared.zones import Zone

_MONTHS_IN_YEAR = 12


@frozen(kw_only=True)
class ForecastBills:
    """Reckon what the bills of an account may charge in the coming twelve months.

    The first of them is the one that is not issued yet. What it consumed before, season by season, is
    priced at what is published today, by the supplier's choice of how zones share ranges. An account
    without a meter has no forecast.

    Raises:
        AccountNotFound: If there is no such account, or the user has not linked it.
        ConsumptionTooLittleKnown: If not even three months are known.
        RateNotPublished, PriceMissing: If a month has no prices.
    """

    reading: Callable[[], BillingUnitOfWork]
    cabinet: Cabinet
    clock: Clock

    def __call__(self, *, account_id: AccountId, user_id: UserId) -> tuple[MonthForecast, ...]:
        card = self.cabinet.account(account_id, user_id=user_id)
        today = local_date(self.clock.now(), card.supplier.time_zone)
        there = {
            zone
            for overview in card.meters
            if overview.meter.is_there(today)
            for zone in overview.meter.zones
        }
        zones = [zone for zone in Zone if zone in there]
        if not zones:
            return ()
        first = Month.of(today)
        if card.last_invoice is not None and card.last_invoice.month >= first.previous:
            first = card.last_invoice.month.next
        months = self.cabinet.history(
            account_id,
            user_id=user_id,
            since=first.plus(-_MONTHS_IN_YEAR * SEASON_YEARS - 1),
        )
        with self.reading() as uow:
            rules = uow.rules.book(card.supplier.supplier_id).on(first)
            book = uow.tariffs.book(card.supplier.supplier_id)
        return forecast(
            use_by_month(
                invoices=[invoice for month in months for invoice in month.invoices],
                meters=[overview.meter for overview in card.meters],
                readings=[recorded.reading for month in months for recorded in month.readings],
            ),
            first=first,
            zones=zones,
            book=book,
            category=card.account.category,
            split=rules.range_split,
            exempt=card.account.range_exempt,
        )
