"""A bill is computed anew from what its lines say of themselves."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from tests.unit.billing.household import Household, prices

from elkk_core.billing import (
    BenefitDerivation,
    Difference,
    Invoice,
    InvoiceLine,
    LineKind,
    PenaltyDerivation,
    VolumeDerivation,
    recompute,
)
from elkk_core.metering import EstimateCause
from elkk_core.shared import Money, Zone
from elkk_core.testing.builders import (
    a_benefit,
    a_line,
    a_meter,
    an_estimated_volume,
    an_invoice,
    an_issued_invoice,
)


@pytest.fixture(name="bill")
def bill_of_everything() -> Invoice:
    """Return a bill with lines of all kinds that are issued here."""
    meter = a_meter(zones=(Zone.DAY, Zone.NIGHT))
    home = Household(
        meter,
        rates=[
            rate
            for zone in meter.zones
            for rate in prices(("100", "2.00"), (None, "3.00"), zone=zone)
        ],
        benefits=[a_benefit(percent=Decimal(30))],
    )
    for zone in meter.zones:
        home.reads("2019-12-20", 1000, zone)
        mistaken = home.reads("2020-01-20", 1080, zone)
    home.bill("2020-01")
    home.bill("2020-02")
    home.corrects(mistaken, 1070)
    home.reads("2020-03-20", 1300, Zone.DAY)
    home.suffers(EstimateCause.ACCESS_REFUSED_TWICE, "2020-03-01")
    return home.bill("2020-03")


def test_bill_of_everything_comes_out_the_same(bill: Invoice) -> None:
    """By readings, by the norm, recalculated, with a benefit and a penalty."""
    assert {
        LineKind.METERED,
        LineKind.NORM,
        LineKind.RECALCULATION,
        LineKind.BENEFIT,
        LineKind.PENALTY,
    } == {line.kind for line in bill.lines}
    assert () == recompute(bill)


def test_bill_of_an_earlier_system_tells_nothing() -> None:
    """There is nothing to compute it by."""
    assert () == recompute(an_invoice())


def _changed(bill: Invoice, kind: LineKind, **changes: Any) -> tuple[int, Invoice]:
    """Return the place of the first line of a kind, and the bill with that line changed."""
    place = next(place for place, line in enumerate(bill.lines) if line.kind is kind)
    line = evolve(bill.lines[place], **changes)
    return place + 1, evolve(bill, lines=(*bill.lines[:place], line, *bill.lines[place + 1 :]))


@pytest.mark.parametrize(
    "kind", [kind for kind in LineKind if kind not in {LineKind.EARLIER, LineKind.AVERAGE}]
)
@pytest.mark.parametrize("what", [Difference.AMOUNT, Difference.VAT])
def test_kopeck_that_does_not_come_out_is_told(
    bill: Invoice, kind: LineKind, what: Difference
) -> None:
    """Its line, what stands there and what should."""
    line = next(line for line in bill.lines if line.kind is kind)
    right = line.amount if what is Difference.AMOUNT else line.vat or Money.zero()
    place, wrong = _changed(bill, kind, **{what.value: right + Money(1)})
    (found,) = recompute(wrong)

    assert (place, what, str(right + Money(1)), str(right)) == (
        found.position,
        found.what,
        found.stands,
        found.recomputed,
    )


def _with(line: InvoiceLine, **changes: Any) -> InvoiceLine:
    """Return a line whose derivation is changed, amount and tax going with it."""
    assert line.derivation is not None
    derivation = evolve(line.derivation, **changes)
    return evolve(line, derivation=derivation, amount=derivation.amount, vat=derivation.vat)


def test_volume_that_its_basis_does_not_give_is_told() -> None:
    """233 kWh are billed where the register counted 232."""
    (found,) = recompute(an_issued_invoice(lines=(_with(a_line(), volume=Decimal(233)),)))

    assert (1, Difference.VOLUME, "233", "232") == (
        found.position,
        found.what,
        found.stands,
        found.recomputed,
    )


def test_part_of_a_volume_that_was_left_out_is_told(bill: Invoice) -> None:
    """The ranges of one reading must make up what it counted."""
    lines = [line for line in bill.lines if line.kind is LineKind.METERED]
    found = recompute(evolve(bill, lines=tuple(lines[:-1])))

    assert {Difference.VOLUME} == {differs.what for differs in found}


def test_volume_in_the_wrong_range_is_told(bill: Invoice) -> None:
    """A kWh too many in the cheap range and one too few in the dear one."""
    cheap, dear = (line for line in bill.lines if line.kind is LineKind.METERED)
    assert isinstance(cheap.derivation, VolumeDerivation)
    assert isinstance(dear.derivation, VolumeDerivation)
    lines = (
        _with(cheap, volume=cheap.derivation.volume + 1),
        _with(dear, volume=dear.derivation.volume - 1),
    )

    assert [(1, Difference.VOLUME), (2, Difference.VOLUME)] == [
        (found.position, found.what) for found in recompute(evolve(bill, lines=lines))
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"decimals": 0, "history": an_estimated_volume().history[:1]},
        {"share": Fraction(1, 2)},
    ],
)
def test_estimate_that_does_not_come_out_is_told(changes: dict[str, Any]) -> None:
    """An average of other months, or of fewer days, is another volume."""
    line = a_line(
        VolumeDerivation(
            meter="1",
            zone=Zone.ALL_DAY,
            basis=an_estimated_volume(**changes),
            volume=an_estimated_volume().volume,
            price=Decimal("2.77"),
            price_from=None,
            vat_rate=Decimal(20),
        ),
        kind=LineKind.AVERAGE,
    )

    assert [Difference.VOLUME] == [
        found.what for found in recompute(an_issued_invoice(lines=(line,)))
    ]


def test_penalty_is_the_sum_of_its_rows(bill: Invoice) -> None:
    """One that lacks a row is another amount."""
    line = next(line for line in bill.lines if line.kind is LineKind.PENALTY)
    assert isinstance(line.derivation, PenaltyDerivation)
    place, wrong = _changed(bill, LineKind.PENALTY, derivation=evolve(line.derivation, debts=()))

    assert [(place, Difference.AMOUNT, "0.00")] == [
        (found.position, found.what, found.recomputed) for found in recompute(wrong)
    ]


def test_benefit_is_its_share_of_the_charge(bill: Invoice) -> None:
    """Of another charge it is another amount."""
    line = next(line for line in bill.lines if line.kind is LineKind.BENEFIT)
    assert isinstance(line.derivation, BenefitDerivation)
    place, wrong = _changed(
        bill, LineKind.BENEFIT, derivation=evolve(line.derivation, charged=Money(10_000_00))
    )

    assert {(place, Difference.AMOUNT), (place, Difference.VAT)} == {
        (found.position, found.what) for found in recompute(wrong)
    }
