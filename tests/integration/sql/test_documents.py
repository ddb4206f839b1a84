"""Derivations and standings as texts: short, exact, and read again for years."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_adapters.sql.documents import DERIVATION, STANDING, Document, decode, encode
from elkk_core.billing import (
    AccountStanding,
    BenefitDerivation,
    Corrected,
    Derivation,
    OpenDebt,
    Paid,
    ReadingShown,
    VolumeDerivation,
)
from elkk_core.metering import EstimateBasis, ReadingSource
from elkk_core.shared import Money, Month, Zone
from elkk_core.tariffs import RangeShare, RangeSplit
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    JANUARY,
    a_penalty_derivation,
    a_register_standing,
    a_standing,
    a_volume_derivation,
    an_estimated_volume,
)

_COUNTED = (
    '{"meter":"011070123456","zone":"all_day","basis":{"previous":{"value":"14091",'
    '"taken_on":"2019-12-14","source":"supplier"},"current":{"value":"14323",'
    '"taken_on":"2020-01-13","source":"supplier"},"integers":5,"ratio":1,"type":"counted"},'
    '"volume":"232","price":"2.77","price_from":"2020-01-01","vat_rate":"20","range_number":1,'
    '"type":"volume"}'
)
_STANDING = (
    '{"penalty":0,"credit":255,"registers":[{"meter_id":"00000000-0000-0000-0000-0000000000a3",'
    '"zone":"all_day","reading_id":"00000000-0000-0000-0000-0000000000a5","reading":{"value":'
    '"14323","taken_on":"2020-01-13","source":"supplier"},"counted":"2020-01","charged":[{"month":'
    '"2020-01","volume":"232","price":"2.77","price_from":"2020-01-01","vat_rate":"20"}],'
    '"history":["2019-07 205","2019-08 201","2019-09 210","2019-10 215","2019-11 220",'
    '"2019-12 227","2020-01 232"]}]}'
)
# As they were written once: what is in the books of suppliers is read by every later release.
_DERIVATIONS: dict[str, tuple[Derivation, str]] = {
    "counted": (a_volume_derivation(), _COUNTED),
    "average": (
        a_volume_derivation(basis=an_estimated_volume(), volume=Decimal(213)),
        (
            '{"meter":"011070123456","zone":"all_day","basis":{"month":"2020-01","cause":'
            '"reading_missed","basis":"average","reason":"average_within_term","clause":'
            '"ПП РФ № 354, п. 59 «б»","missed":1,"periods":3,"decimals":0,"coefficient":"1",'
            '"share":"1","history":["2019-07 205","2019-08 201","2019-09 210","2019-10 215",'
            '"2019-11 220","2019-12 227"],"type":"estimated"},"volume":"213","price":"2.77",'
            '"price_from":"2020-01-01","vat_rate":"20","range_number":1,"type":"volume"}'
        ),
    ),
    "norm": (
        a_volume_derivation(
            zone=Zone.NIGHT,
            basis=an_estimated_volume(
                basis=EstimateBasis.NORM,
                periods=None,
                history=(),
                norm=Decimal("85.50"),
                persons=2,
                coefficient=Decimal("1.5"),
                share=Fraction(1, 3),
            ),
            volume=Decimal("85.5"),
            price_from=None,
        ),
        (
            '{"meter":"011070123456","zone":"night","basis":{"month":"2020-01","cause":'
            '"reading_missed","basis":"norm","reason":"average_within_term","clause":'
            '"ПП РФ № 354, п. 59 «б»","missed":1,"periods":null,"decimals":0,"coefficient":"1.5",'
            '"share":"1/3","norm":"85.50","persons":2,"type":"estimated"},"volume":"85.5",'
            '"price":"2.77","price_from":null,"vat_rate":"20","range_number":1,"type":"volume"}'
        ),
    ),
    "corrected": (
        VolumeDerivation(
            meter="7",
            zone=Zone.DAY,
            basis=Corrected(
                mistaken=ReadingShown(
                    value=Decimal("41323.0"),
                    taken_on=date(2020, 1, 13),
                    source=ReadingSource.CUSTOMER,
                ),
                right=ReadingShown(
                    value=Decimal("14323.0"), taken_on=date(2020, 1, 13), source=ReadingSource.FINAL
                ),
                integers=5,
                ratio=40,
            ),
            volume=Decimal("-27000.0"),
            price=Decimal("2.770"),
            price_from=date(2020, 1, 1),
            vat_rate=Decimal(22),
            range_number=2,
            share=RangeShare(
                over=Decimal(100),
                up_to=Decimal("150.0"),
                months=2,
                split=RangeSplit.PROPORTIONAL,
                zone_volume=Decimal(120),
                account_volume=Decimal(300),
                billed=Decimal("0.0"),
            ),
            range_exempt=True,
            charged_in=JANUARY,
        ),
        (
            '{"meter":"7","zone":"day","basis":{"mistaken":{"value":"41323.0","taken_on":"2020-01-13",'
            '"source":"customer"},"right":{"value":"14323.0","taken_on":"2020-01-13","source":"final"},'
            '"integers":5,"ratio":40,"type":"corrected"},"volume":"-27000.0","price":"2.770",'
            '"price_from":"2020-01-01","vat_rate":"22","range_number":2,"share":{"over":"100",'
            '"up_to":"150.0","months":2,"split":"proportional","zone_volume":"120",'
            '"account_volume":"300","before":"0","billed":"0.0"},"range_exempt":true,'
            '"charged_in":"2020-01","type":"volume"}'
        ),
    ),
    "benefit": (
        BenefitDerivation(
            name="Ветеран «ВОВ»",
            percent=Decimal("50.0"),
            limit=None,
            charged=Money(64264),
            volume=Decimal(232),
            vat_rate=Decimal(20),
        ),
        (
            '{"name":"Ветеран «ВОВ»","percent":"50.0","limit":null,"charged":64264,"volume":"232",'
            '"vat_rate":"20","dearest":"0","type":"benefit"}'
        ),
    ),
    "penalty": (
        a_penalty_derivation(),
        (
            '{"until":"2020-01-31","debts":[{"period":"2019-11","due":"2019-12-10","rows":[{"due":'
            '"2019-12-10","first_day":"2020-01-10","last_day":"2020-01-31","debt":81240,"rate":"6.25",'
            '"share":"1/300"}],"before":"0"}],"type":"penalty"}'
        ),
    ),
}
_STANDINGS = {
    "nothing": (AccountStanding(), '{"penalty":0,"credit":0}'),
    "register": (a_standing(), _STANDING),
    "debt": (
        AccountStanding(
            debts=(
                OpenDebt(
                    period=Month(2019, 12),
                    due=date(2020, 1, 10),
                    left=Money(100),
                    paid=(Paid(amount=Money(900), paid_on=date(2020, 2, 3)),),
                    accrued=Fraction(11, 1300),
                ),
            ),
            penalty=Money(-1),
        ),
        (
            '{"penalty":-1,"credit":0,"debts":[{"period":"2019-12","due":"2020-01-10","left":100,'
            '"accrued":"11/1300","paid":[{"amount":900,"paid_on":"2020-02-03"}]}]}'
        ),
    ),
    "closed": (
        AccountStanding(registers=(a_register_standing(charged=(), history=(), closed=True),)),
        (
            '{"penalty":0,"credit":0,"registers":[{"meter_id":"00000000-0000-0000-0000-0000000000a3",'
            '"zone":"all_day","reading_id":"00000000-0000-0000-0000-0000000000a5","reading":{"value":'
            '"14323","taken_on":"2020-01-13","source":"supplier"},"counted":"2020-01","closed":true}]}'
        ),
    ),
}


@pytest.mark.parametrize(("derivation", "text"), _DERIVATIONS.values(), ids=_DERIVATIONS)
def test_derivation_is_written_so(derivation: Derivation, text: str) -> None:
    """The shape of a stored derivation is fixed to the letter, and read."""
    assert text == DERIVATION.write(derivation)
    assert repr(derivation) == repr(DERIVATION.read(text))


@pytest.mark.parametrize(("standing", "text"), _STANDINGS.values(), ids=_STANDINGS)
def test_standing_is_written_so(standing: AccountStanding, text: str) -> None:
    """The shape of a stored standing is fixed to the letter, and read."""
    assert text == STANDING.write(standing)
    assert repr(standing) == repr(STANDING.read(text))


def _comes_back(document: Document[Any], value: object) -> None:
    text = document.write(value)
    found = document.read(text)

    assert value == found
    # Equal decimals may print differently: 4.80 is the price as published, 4.8 is not.
    assert repr(value) == repr(found)
    assert text == document.write(found)


@given(
    strategies.volume_derivations()
    | strategies.benefit_derivations()
    | strategies.penalty_derivations()
)
def test_derivation_comes_back_equal(derivation: Derivation) -> None:
    """Every derivation is read as it was written, and written as it was read."""
    _comes_back(DERIVATION, derivation)


@given(strategies.account_standings())
def test_standing_comes_back_equal(standing: AccountStanding) -> None:
    """Every standing is read as it was written, and written as it was read."""
    _comes_back(STANDING, standing)


def _changed(text: str, path: tuple[str | int, ...], value: object) -> str:
    """Return the text with another value in one place."""
    found = place = json.loads(text)
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return json.dumps(found)


_REGISTER = ("registers", 0)


@pytest.mark.parametrize(
    ("document", "text", "path", "value"),
    [
        (DERIVATION, _COUNTED, ("volume",), 232),
        (DERIVATION, _COUNTED, ("volume",), 232.5),
        (DERIVATION, _COUNTED, ("volume",), None),
        (DERIVATION, _COUNTED, ("volume",), " 232"),
        (DERIVATION, _COUNTED, ("volume",), "2_32"),
        (DERIVATION, _COUNTED, ("volume",), "many"),
        (DERIVATION, _COUNTED, ("volume",), "Infinity"),
        (DERIVATION, _COUNTED, ("meter",), 11070123456),
        (DERIVATION, _COUNTED, ("zone",), "evening"),
        (DERIVATION, _COUNTED, ("zone",), 1),
        (DERIVATION, _COUNTED, ("price_from",), "20200101"),
        (DERIVATION, _COUNTED, ("price_from",), "2020-01-01T00:00:00"),
        (DERIVATION, _COUNTED, ("charged_in",), "2020-1"),
        (DERIVATION, _COUNTED, ("charged_in",), "2020-13"),
        (DERIVATION, _COUNTED, ("range_number",), True),
        (DERIVATION, _COUNTED, ("range_number",), "1"),
        (DERIVATION, _COUNTED, ("range_exempt",), 0),
        (DERIVATION, _COUNTED, ("share",), []),
        (DERIVATION, _COUNTED, ("type",), "standing"),
        (DERIVATION, _COUNTED, ("type",), "counted"),
        (DERIVATION, _COUNTED, ("basis", "type"), "volume"),
        (DERIVATION, _COUNTED, ("basis", "ratio"), 1.0),
        (DERIVATION, _COUNTED, ("basis", "billed"), {"2020-01 1": 1}),
        (DERIVATION, _COUNTED, ("basis", "billed"), ["2020-01"]),
        (DERIVATION, _COUNTED, ("basis", "billed"), ["2020-01  1"]),
        (DERIVATION, _COUNTED, ("basis", "colour"), "red"),
        (DERIVATION, _COUNTED, ("colour",), "red"),
        (DERIVATION, _DERIVATIONS["norm"][1], ("basis", "share"), "2/6"),
        (DERIVATION, _DERIVATIONS["norm"][1], ("basis", "share"), "0.5"),
        (DERIVATION, _DERIVATIONS["norm"][1], ("basis", "share"), "1/0"),
        (DERIVATION, _DERIVATIONS["benefit"][1], ("charged",), "642.64"),
        (STANDING, _STANDING, ("credit",), 2.55),
        (STANDING, _STANDING, ("registers",), None),
        (STANDING, _STANDING, (*_REGISTER, "meter_id"), 163),
        (STANDING, _STANDING, (*_REGISTER, "meter_id"), "A3"),
        (STANDING, _STANDING, (*_REGISTER, "reading"), "14323"),
        (STANDING, _STANDING, (*_REGISTER, "closed"), "yes"),
    ],
)
def test_text_that_says_something_else_is_refused(
    document: Document[Any], text: str, path: tuple[str | int, ...], value: object
) -> None:
    """A number is no text, a text no number: nothing is coerced and nothing is passed over."""
    with pytest.raises(ValueError, match="is not one of"):
        document.read(_changed(text, path, value))


@pytest.mark.parametrize("name", ["meter", "basis", "price_from", "type"])
def test_text_without_a_field_is_refused(name: str) -> None:
    """What was always written is always there; a field that came later has a default."""
    found = json.loads(_COUNTED)
    del found[name]

    with pytest.raises(ValueError, match="is not one of"):
        DERIVATION.read(json.dumps(found))


@pytest.mark.parametrize("text", ["", "null", "[]", "7", '"volume"', _COUNTED[:-1]])
def test_text_that_is_no_object_is_refused(text: str) -> None:
    """A text that was cut off, or that is something else, is not taken for a derivation."""
    with pytest.raises(ValueError, match="is not one of"):
        DERIVATION.read(text)


@given(
    found=st.recursive(
        st.text() | st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.none(),
        lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts),
    )
)
def test_texts_are_those_of_the_standard_library(found: object) -> None:
    """What writes texts may be exchanged: it says the same, character for character."""
    text = encode(found)

    assert json.dumps(found, ensure_ascii=False, separators=(",", ":")) == text
    assert found == decode(text)
