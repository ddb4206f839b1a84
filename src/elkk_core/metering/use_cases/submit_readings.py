"""A household's own readings."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from attrs import frozen

from elkk_core.metering.model import Reading, ReadingSource
from elkk_core.metering.policies import (
    RolloverPolicy,
    SubmittedReadings,
    check_open,
    find_meter,
    read_values,
    reading_before,
    reading_of,
)
from elkk_core.metering.ports import MeteringUnitOfWork
from elkk_core.shared.ids import AccountId, MeterId, ReadingId, UserId
from elkk_core.shared.periods import Month, local_date
from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.shared.zones import Zone


@frozen(kw_only=True)
class SubmitReadings:
    """Take the readings of one meter from a user, one for each zone, as read off the meter.

    The same values again within one month are no second fact; other values are, and count in place
    of the former, which stay in the history. Who has mistyped them corrects them by
    `CorrectReadings`.

    Raises:
        AccountNotFound: If the user has not linked the account.
        MeterNotFound: If the account has no such meter.
        MeterNotInstalled, MeterRemoved: If the meter is not there today.
        SubmissionClosed: If readings are not taken today; the error says from when on they are.
        FormRejected: If readings are wrong; each fault is at the value of the zone. With
            RolloverNotConfirmed the same values pass once the zone is in *rollovers_confirmed*.
    """

    unit_of_work: Callable[[], MeteringUnitOfWork]
    clock: Clock
    identifiers: Identifiers
    policy: RolloverPolicy

    def __call__(
        self,
        *,
        user_id: UserId,
        account_id: AccountId,
        meter_id: MeterId,
        values: Mapping[Zone, str],
        rollovers_confirmed: frozenset[Zone] = frozenset(),
    ) -> SubmittedReadings:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            account = uow.metered_accounts.get_linked(account_id, user_id=user_id)
            meter = find_meter(uow.meters.list_of([account_id]), meter_id)
            today = local_date(now, account.time_zone)
            meter.check_day(today)
            check_open(account.window_of(meter), today)
            month = account.month_counted(today, meter=meter)

            recorded = uow.readings.list_of([meter_id])
            read = read_values(
                meter,
                values,
                previous={
                    zone: reading_before((r for r in recorded if r.zone is zone), month)
                    for zone in meter.zones
                },
                confirmed=rollovers_confirmed,
                policy=self.policy,
            )
            uow.readings.add_all(
                Reading(
                    reading_id=ReadingId(self.identifiers.new()),
                    meter_id=meter_id,
                    zone=zone,
                    value=value,
                    taken_on=today,
                    month=month,
                    source=ReadingSource.CUSTOMER,
                    recorded_at=now,
                    submitted_by=user_id,
                )
                for zone, value in read.items()
                if not _says_so_already(recorded, zone, month, value)
            )
            uow.commit()
        return SubmittedReadings(month=month, taken_on=today, values=read)


def _says_so_already(
    recorded: tuple[Reading, ...], zone: Zone, month: Month, value: Decimal
) -> bool:
    latest = reading_of((r for r in recorded if r.zone is zone), month)
    return latest is not None and latest.value == value
