"""What the consumption of an account costs, line by line, and what is given back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from attrs import evolve, frozen

from elkk_core.accounts.model import PersonalAccount
from elkk_core.billing.model import (
    Benefit,
    BenefitDerivation,
    ChargedVolume,
    Counted,
    InvoiceLine,
    LineKind,
    RegisterStanding,
    VolumeDerivation,
    volume_of,
)
from elkk_core.billing.policies.rules import RangeMonths
from elkk_core.billing.policies.terms import BillingTerms
from elkk_core.billing.policies.volumes import RegisterVolumes, Volume
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.tariffs.model import ZonePrices
from elkk_core.tariffs.policies import RangeVolume, ZoneVolume, split_each_by_range

_NOTHING = Decimal(0)


@frozen(kw_only=True)
class PricedRegister:
    """The lines of one register, and where it stands after them."""

    lines: tuple[InvoiceLine, ...]
    standing: RegisterStanding


@frozen(kw_only=True)
class _Place:
    """The place of a volume: that of its register, and its own there."""

    register: int
    volume: int


def price_volumes(
    registers: Sequence[RegisterVolumes], *, account: PersonalAccount, terms: BillingTerms
) -> tuple[PricedRegister, ...]:
    """Return what the volumes of an account cost, and where its registers stand after that.

    What is consumed is divided by consumption range over all registers of the account, by the rates
    of the month (ПП РФ № 354, п. 37, 38 and 42). What is given back costs what it was charged at,
    the latest first: an estimate that was too high, a reading that was mistaken (п. 61).

    Raises:
        RateNotPublished, PriceMissing: If something consumed has no price.
    """
    priced: dict[_Place, list[InvoiceLine]] = {}
    by_day: dict[date, list[_Place]] = {}
    for place, volume in _places(registers):
        if volume.kwh >= 0:
            by_day.setdefault(volume.price_day, []).append(place)
    for day, places in by_day.items():
        priced.update(_charge(registers, places, day, account=account, terms=terms))

    found = []
    for number, register in enumerate(registers):
        lines: list[InvoiceLine] = []
        charged = list(register.standing.charged)
        fresh: list[ChargedVolume] = []
        for own, volume in enumerate(register.volumes):
            if volume.kwh < 0:
                lines.extend(_give_back(register, volume, charged, account=account, terms=terms))
            else:
                new = priced[_Place(register=number, volume=own)]
                lines.extend(new)
                fresh.extend(_as_charged(new, terms.month))
            if isinstance(volume.basis, Counted):
                # A reading may give back what was charged since the one before it, and no more.
                charged = [known for known in charged if known.month > register.before.counted]
        standing = evolve(register.standing, charged=(*charged, *fresh))
        found.append(PricedRegister(lines=tuple(lines), standing=standing))
    return tuple(found)


def _places(registers: Sequence[RegisterVolumes]) -> "list[tuple[_Place, Volume]]":
    return [
        (_Place(register=number, volume=own), volume)
        for number, register in enumerate(registers)
        for own, volume in enumerate(register.volumes)
    ]


# What is consumed


def _charge(
    registers: Sequence[RegisterVolumes],
    places: Sequence[_Place],
    day: date,
    *,
    account: PersonalAccount,
    terms: BillingTerms,
) -> dict[_Place, list[InvoiceLine]]:
    """Return the lines of the volumes that are priced by the rates of one day."""
    prices = {
        zone: terms.book.prices_on(day, category=account.category, zone=zone)
        for zone in {registers[place.register].zone for place in places}
    }
    parts = split_each_by_range(
        [
            _to_split(
                registers[place.register], registers[place.register].volumes[place.volume], terms
            )
            for place in places
        ],
        prices=prices.values(),
        split=terms.rules.range_split,
        exempt=account.range_exempt,
    )
    vat_rate = terms.law.vat_rates.on(day)
    return {
        place: [
            _line(
                registers[place.register],
                registers[place.register].volumes[place.volume],
                part,
                prices=prices[part.zone],
                vat_rate=vat_rate,
                exempt=account.range_exempt,
            )
            for part in found
        ]
        for place, found in zip(places, parts, strict=True)
    }


def _to_split(register: RegisterVolumes, volume: Volume, terms: BillingTerms) -> ZoneVolume:
    """Return a volume as ranges divide it: with the estimates of its months, or without."""
    basis = volume.basis
    if terms.rules.range_months is RangeMonths.EACH and isinstance(basis, Counted):
        return ZoneVolume(
            zone=register.zone,
            volume=basis.counted,
            billed=basis.estimated,
            months=volume.months,
        )
    return ZoneVolume(zone=register.zone, volume=volume.kwh)


def _line(
    register: RegisterVolumes,
    volume: Volume,
    part: RangeVolume,
    *,
    prices: ZonePrices,
    vat_rate: Decimal,
    exempt: bool,
) -> InvoiceLine:
    has_ranges = len(prices.ranges) > 1
    return _as_line(
        volume.kind,
        VolumeDerivation(
            meter=register.meter.number,
            zone=register.zone,
            basis=volume.basis,
            volume=part.volume,
            price=part.price,
            price_from=prices.effective_from,
            vat_rate=vat_rate,
            range_number=part.number,
            share=part.share if has_ranges and not exempt else None,
            range_exempt=has_ranges and exempt,
        ),
    )


def _as_line(kind: LineKind, derivation: VolumeDerivation | BenefitDerivation) -> InvoiceLine:
    return InvoiceLine(
        kind=kind, amount=derivation.amount, vat=derivation.vat, derivation=derivation
    )


def _as_charged(lines: Sequence[InvoiceLine], month: Month) -> "list[ChargedVolume]":
    return [
        ChargedVolume(
            month=month,
            volume=line.derivation.volume,
            price=line.derivation.price,
            price_from=line.derivation.price_from,
            vat_rate=line.derivation.vat_rate,
        )
        for line in lines
        if isinstance(line.derivation, VolumeDerivation) and line.derivation.volume > 0
    ]


# What is given back


def _give_back(
    register: RegisterVolumes,
    volume: Volume,
    charged: list[ChargedVolume],
    *,
    account: PersonalAccount,
    terms: BillingTerms,
) -> "list[InvoiceLine]":
    """Return lines with negative volumes, taking what is given back off *charged*."""
    left = -volume.kwh
    lines = []
    while left > 0:
        latest = charged.pop() if charged else _at_lowest_price(register, left, account, terms)
        back = min(left, latest.volume)
        left -= back
        if back < latest.volume:
            charged.append(evolve(latest, volume=latest.volume - back))
        lines.append(
            _as_line(
                LineKind.RECALCULATION,
                VolumeDerivation(
                    meter=register.meter.number,
                    zone=register.zone,
                    basis=volume.basis,
                    volume=-back,
                    price=latest.price,
                    price_from=latest.price_from,
                    vat_rate=latest.vat_rate,
                    charged_in=latest.month,
                ),
            )
        )
    return lines


def _at_lowest_price(
    register: RegisterVolumes, volume: Decimal, account: PersonalAccount, terms: BillingTerms
) -> ChargedVolume:
    """Return what an earlier billing system must have charged: it told no prices.

    So the price is that of the lowest range when the reading was taken that is now corrected.
    """
    day = register.before.counted.first_day
    rate = terms.book.rate_on(day, category=account.category, zone=register.zone)
    return ChargedVolume(
        month=register.before.counted,
        volume=volume,
        price=rate.price,
        price_from=rate.effective_from,
        vat_rate=terms.law.vat_rates.on(day),
    )


# Benefits


def discount(
    lines: Sequence[InvoiceLine], *, benefits: Sequence[Benefit], terms: BillingTerms
) -> tuple[InvoiceLine, ...]:
    """Return a line for each benefit that the household has in the month.

    Each takes its share off what all lines for electricity come to, what is given back included.
    """
    charged = Money.total(line.amount for line in lines)
    volume = volume_of(line.derivation for line in lines)
    if charged.is_zero:
        return ()
    return tuple(
        _as_line(
            LineKind.BENEFIT,
            BenefitDerivation(
                name=benefit.name,
                percent=benefit.percent,
                limit=benefit.limit,
                charged=charged,
                volume=volume,
                vat_rate=terms.law.vat_rates.on(terms.month.first_day),
                dearest=_above_limit(lines, benefit.limit) if volume < 0 else _NOTHING,
            ),
        )
        for benefit in benefits
        if benefit.holds_in(terms.month)
    )


def _above_limit(lines: Sequence[InvoiceLine], limit: Decimal | None) -> Decimal:
    """Return what estimates that are settled billed above the limit of their months."""
    if limit is None:
        return _NOTHING
    settled = {
        (line.derivation.meter, line.derivation.zone): line.derivation.basis.billed
        for line in lines
        if isinstance(line.derivation, VolumeDerivation)
        and isinstance(line.derivation.basis, Counted)
    }
    by_month: dict[Month, Decimal] = defaultdict(Decimal)
    for estimates in settled.values():
        for estimate in estimates:
            by_month[estimate.month] += estimate.volume
    return sum((max(volume - limit, _NOTHING) for volume in by_month.values()), _NOTHING)
