"""Looking at readings before they are sent."""

from collections.abc import Callable, Mapping
from uuid import UUID

from attrs import frozen

from elkk_core.billing.policies import (
    ReadingsPreview,
    UsualConsumption,
    preview_readings,
)
from elkk_core.billing.ports import BillingUnitOfWork, terms_in_force
from elkk_core.billing.queries import Cabinet
from elkk_core.metering.errors import MeterNotFound
from elkk_core.metering.model import Reading, ReadingSource
from elkk_core.metering.policies import RolloverPolicy, check_open, read_values
from elkk_core.shared.errors import Conflict, NotFound, Rejected
from elkk_core.shared.ids import AccountId, MeterId, ReadingId, UserId
from elkk_core.shared.periods import local_date
from elkk_core.shared.ports import Clock
from elkk_core.shared.zones import Zone

_UNSENT = ReadingId(UUID(int=0))


@frozen(kw_only=True)
class PreviewReadings:
    """Tell what readings of one meter mean, and keep nothing.

    They are read and refused as `SubmitReadings` and `CorrectReadings` do it, and reckoned as the
    bill will. What is told is None where the bill could not be made today, or would count nothing by
    them: readings are taken all the same.

    Raises:
        AccountNotFound: If the user has not linked the account.
        MeterNotFound: If the account has no such meter.
        MeterNotInstalled, MeterRemoved: If the meter is not there today.
        SubmissionClosed: If readings are not taken today.
        FormRejected: If readings are wrong; each fault is at the value of the zone.
    """

    reading: Callable[[], BillingUnitOfWork]
    cabinet: Cabinet
    clock: Clock
    rollover: RolloverPolicy
    usual: UsualConsumption = UsualConsumption()

    def __call__(
        self,
        *,
        user_id: UserId,
        account_id: AccountId,
        meter_id: MeterId,
        values: Mapping[Zone, str],
        rollovers_confirmed: frozenset[Zone] = frozenset(),
    ) -> ReadingsPreview | None:
        now = self.clock.now()
        card = self.cabinet.account(account_id, user_id=user_id)
        today = local_date(now, card.supplier.time_zone)
        overview = next((o for o in card.meters if o.meter.meter_id == meter_id), None)
        if overview is None:
            raise MeterNotFound(str(meter_id))
        overview.meter.check_day(today)
        check_open(overview.window, today)
        month = card.month_to_bill(overview, today)
        read = read_values(
            overview.meter,
            values,
            previous={register.zone: register.previous(month) for register in overview.registers},
            confirmed=rollovers_confirmed,
            policy=self.rollover,
        )
        with self.reading() as uow:
            terms = terms_in_force(
                uow, card.supplier, month=month, today=today, rollover=self.rollover
            )
            account = uow.billable_accounts.get(account_id, month)
        try:
            return preview_readings(
                account,
                [
                    Reading(
                        reading_id=_UNSENT,
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
                ],
                meter_id=meter_id,
                terms=terms,
                usual=self.usual,
            )
        except (Conflict, NotFound, Rejected):
            # No rate, no norm, a contradiction in the books: the operator hears of it when the month
            # is billed, and the household has done its part with the readings.
            return None
