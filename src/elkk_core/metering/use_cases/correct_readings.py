"""A household's second thoughts about its own readings."""

from collections.abc import Callable, Iterable, Mapping

from attrs import evolve, frozen

from elkk_core.metering import errors
from elkk_core.metering.model import Reading
from elkk_core.metering.policies import (
    RolloverPolicy,
    SubmittedReadings,
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
class CorrectReadings:
    """Put readings right that were mistyped, as long as the window in which they were sent is open.

    What is corrected is a fact and stays one: the right value is a new fact of the same day, which
    names the old one and stands in its place. Zones whose value is told unchanged are left as they
    are, so the same correction again changes nothing. Only what users sent here is corrected so,
    by any user who has linked the account; what the supplier's books brought is the supplier's.

    Raises:
        AccountNotFound: If the user has not linked the account.
        MeterNotFound: If the account has no such meter.
        MeterNotInstalled, MeterRemoved: If the meter is not there today.
        CorrectionClosed: If the window is over; the error says from when on readings are taken.
        ReadingBilled: If the bill of the month is issued already and nothing was sent since; the next
            one settles a mistake.
        NothingSent: If nothing was sent in this window.
        ReadingOfSupplier: If the supplier's books brought what counts now.
        FormRejected: If readings are wrong, as by `SubmitReadings`.
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
            status = account.window_of(meter).status(today)
            if not status.is_open:
                raise errors.CorrectionClosed(status.opens_on, status.days)
            # What is sent after the bill of the month counts in the next one, and is put right there.
            month = account.month_counted(today, meter=meter)
            recorded = uow.readings.list_of([meter_id])
            billed = status.month if month != status.month else None
            sent = {zone: _sent(recorded, zone, month, billed=billed) for zone in meter.zones}

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
                evolve(
                    mistyped,
                    reading_id=ReadingId(self.identifiers.new()),
                    value=read[zone],
                    recorded_at=now,
                    submitted_by=user_id,
                    corrects=mistyped.reading_id,
                )
                for zone, mistyped in sent.items()
                if mistyped.value != read[zone]
            )
            uow.commit()
        return SubmittedReadings(
            month=month, taken_on=max(reading.taken_on for reading in sent.values()), values=read
        )


def _sent(
    recorded: Iterable[Reading], zone: Zone, month: Month, *, billed: Month | None
) -> Reading:
    """Return what counts of a zone in *month*, if it was sent here.

    The window's own month is *billed* already if *month* is a later one.
    """
    found = reading_of((reading for reading in recorded if reading.zone is zone), month)
    if found is None:
        raise errors.NothingSent if billed is None else errors.ReadingBilled(billed)
    if not found.is_sent_here:
        raise errors.ReadingOfSupplier
    return found
