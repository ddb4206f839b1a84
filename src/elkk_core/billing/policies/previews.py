"""What readings mean before a household sends them: how much was consumed, and what it costs."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from attrs import evolve, frozen

from elkk_core.billing.model import BillableAccount, Counted, MonthVolume
from elkk_core.billing.policies.pricing import discount, price_volumes
from elkk_core.billing.policies.terms import BillingTerms
from elkk_core.billing.policies.volumes import RegisterVolumes, account_volumes
from elkk_core.metering.model import Reading
from elkk_core.shared.ids import MeterId
from elkk_core.shared.money import Money, round_half_up
from elkk_core.shared.periods import Month

_NOTHING = Decimal(0)


class Deviation(StrEnum):
    """On which side of the usual a consumption is that is worth a second look."""

    ABOVE = "above"
    BELOW = "below"


@frozen(kw_only=True)
class UsualConsumption:
    """Which consumption is so unlike the usual one that the figure may be a slip of the finger.

    It is *times* as much as the average month, or as little, and differs from it by *least_kwh* at
    least: who usually uses little is not asked about every guest. The average is of *least_months*
    or more. No act says so; a household is asked once more, and never refused.
    """

    times: Decimal = Decimal("2.5")
    least_kwh: Decimal = Decimal(100)
    least_months: int = 3

    def judge(self, monthly: Decimal, *, usual: Decimal) -> Deviation | None:
        """Tell on which side of *usual* kWh a month *monthly* is worth asking about, if it is."""
        if monthly > usual * self.times and monthly - usual >= self.least_kwh:
            return Deviation.ABOVE
        if monthly * self.times < usual and usual - monthly >= self.least_kwh:
            return Deviation.BELOW
        return None


@frozen(kw_only=True)
class ReadingsPreview:
    """What readings of one meter mean for the bill of *month*, if they are sent as they are.

    Since the readings before, *consumed* kWh went through the meter in *months* months; bills have
    charged *estimated* kWh of them already. The bill charges about *amount* for the rest, benefits
    taken off; it gives something back where that is negative. In the month before *last_month* kWh
    were measured, in a *usual* month so many; None where that is not known. A *deviation* is worth
    asking about.
    """

    month: Month
    months: int
    consumed: Decimal
    estimated: Decimal
    amount: Money
    last_month: Decimal | None
    usual: Decimal | None
    deviation: Deviation | None


def preview_readings(
    account: BillableAccount,
    readings: Sequence[Reading],
    *,
    meter_id: MeterId,
    terms: BillingTerms,
    usual: UsualConsumption,
) -> ReadingsPreview | None:
    """Return what *readings* of all registers of a meter mean, None if nothing is counted by them.

    Nothing is counted by the first readings of all, nor by those of a meter that is out of order.
    Everything goes as in the bill itself: ratio, passage through zero, estimates that are settled,
    rates, ranges and benefits. Other meters of the account are left out, and so is what a bill
    corrects of former months.

    Raises:
        ReadingMissing, ReadingAwaited, ReadingsContradict: If the bill could not count.
        NormUnknown, PersonsUnknown, NormAmbiguous: If the norm applies and cannot be told.
        RateNotPublished, PriceMissing: If something consumed has no price.
    """
    last = account.last_bill
    meters = [
        evolve(known, readings=(*known.readings, *readings))
        for known in account.meters
        if known.meter.meter_id == meter_id
    ]
    counted = [
        register
        for register in map(
            _counted_only,
            account_volumes(
                account.account,
                meters,
                standings=() if last is None or last.standing is None else last.standing.registers,
                billed_through=None if last is None else last.month,
                terms=terms,
            ),
        )
        if register.volumes
    ]
    if not counted:
        return None
    priced = price_volumes(counted, account=account.account, terms=terms)
    lines = list(chain.from_iterable(register.lines for register in priced))
    lines.extend(discount(lines, benefits=account.benefits, terms=terms))

    months = max(sum(volume.months for volume in register.volumes) for register in counted)
    bases = [
        volume.basis
        for register in counted
        for volume in register.volumes
        if isinstance(volume.basis, Counted)
    ]
    consumed = sum((basis.counted for basis in bases), _NOTHING)
    known = _measured(counted)
    average = None
    if len(known) >= usual.least_months:
        average = round_half_up(sum((part.volume for part in known), _NOTHING) / len(known))
    return ReadingsPreview(
        month=terms.month,
        months=months,
        consumed=consumed,
        estimated=sum((basis.estimated for basis in bases), _NOTHING),
        amount=Money.total(line.amount for line in lines),
        last_month=next(
            (part.volume for part in known if part.month == terms.month.previous), None
        ),
        usual=average,
        deviation=None if average is None else usual.judge(consumed / months, usual=average),
    )


def _counted_only(register: RegisterVolumes) -> RegisterVolumes:
    """Return what readings count of a register, without what is estimated or corrected."""
    return evolve(
        register,
        volumes=tuple(volume for volume in register.volumes if isinstance(volume.basis, Counted)),
    )


def _measured(registers: Sequence[RegisterVolumes]) -> list[MonthVolume]:
    """Return the months that all registers measured, with what they did, the earliest first."""
    by_month: dict[Month, list[Decimal]] = {}
    for register in registers:
        for part in register.before.history:
            by_month.setdefault(part.month, []).append(part.volume)
    return [
        MonthVolume(month=month, volume=sum(volumes, _NOTHING))
        for month, volumes in sorted(by_month.items())
        if len(volumes) == len(registers)
    ]
