"""Consumption norms: looked up by what a household is like, and taken over by the table."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.metering import (
    ImportNorms,
    Norm,
    NormAmbiguous,
    NormNotPositive,
    NormTable,
    PersonsBand,
    PersonsBandMalformed,
    ShowNorms,
    SuppliedNorm,
)
from elkk_core.shared import BatchRejected, BatchReport, SupplierNotFound, Traits
from elkk_core.testing import strategies
from elkk_core.testing.builders import SUPPLIER_ID, a_norm, a_supplier
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

Region = Mapping[str, tuple[tuple[int, ...], ...]]
"""Norms by stove, rooms from one on, and bands of persons."""

DAY = date(2017, 1, 1)
BANDS = ("1", "2", "3", "4", "5+")

VOLGOGRAD = {
    "stove=other": ((85, 53, 41, 33, 29), (110, 68, 53, 43, 37), (124, 77, 60, 49, 42)),
    "stove=electric": ((173, 107, 83, 68, 59), (204, 127, 98, 80, 70), (224, 139, 107, 87, 76)),
}
"""One to three rooms; docs.cntd.ru/document/460004693 and base.garant.ru/20181054."""

TUVA = {
    "stove=other": ((83, 51, 40, 32, 28), (106, 66, 51, 42, 36), (121, 75, 58, 47, 41)),
    "stove=electric": ((134, 82, 64, 52, 45), (156, 97, 75, 61, 53), (171, 106, 82, 67, 58)),
}
"""One to three rooms; base.garant.ru/47804408."""


def norms_of(region: Region, day: date) -> Iterator[Norm]:
    """Yield the norms that a region printed."""
    for stove, rows in region.items():
        for rooms, row in enumerate(rows, start=1):
            for band, kwh in zip(BANDS, row, strict=True):
                yield a_norm(
                    effective_from=day,
                    traits=Traits.parse(f"{stove}; rooms={rooms}"),
                    persons=PersonsBand.parse(band),
                    kwh=Decimal(kwh),
                )


# Bands of persons


@given(band=strategies.persons_bands())
def test_band_is_read_as_written(band: PersonsBand) -> None:
    """What is printed means the same band again."""
    assert band == PersonsBand.parse(str(band))


@given(band=strategies.persons_bands(), other=strategies.persons_bands())
def test_bands_overlap_where_a_household_belongs_to_both(
    band: PersonsBand, other: PersonsBand
) -> None:
    """Two bands overlap if some number of persons is in both."""
    shared = any(band.holds(persons) and other.holds(persons) for persons in range(1, 100))

    assert shared == band.overlaps(other)


@pytest.mark.parametrize("text", ["", "0", "двое", "3-2", "1-", "+", "5 и более", "100", "2.5"])
def test_band_is_not_guessed(text: str) -> None:
    """What is not written like a band is refused as typed."""
    with pytest.raises(PersonsBandMalformed) as caught:
        PersonsBand.parse(text)

    assert text == caught.value.text


@pytest.mark.parametrize(("least", "most"), [(0, 1), (3, 2), (1, 100), (100, None)])
def test_band_that_cannot_be(least: int, most: int | None) -> None:
    """A band without households, or of crowds, is a slip of the program."""
    with pytest.raises(ValueError, match="band"):
        PersonsBand(least, most)


# Looking up


@pytest.mark.parametrize(
    ("region", "traits", "persons", "kwh"),
    [
        (VOLGOGRAD, "stove=other; rooms=1", 1, 85),
        (VOLGOGRAD, "stove=other; rooms=2", 2, 68),
        (VOLGOGRAD, "stove=other; rooms=3", 5, 42),
        (VOLGOGRAD, "stove=electric; rooms=1", 4, 68),
        (VOLGOGRAD, "stove=electric; rooms=3; heater=no", 9, 76),
        (TUVA, "stove=electric; rooms=1", 3, 64),
        (TUVA, "stove=electric; rooms=2", 12, 53),
        (TUVA, "stove=other; rooms=3", 1, 121),
    ],
)
def test_norm_of_a_region(region: Region, traits: str, persons: int, kwh: int) -> None:
    """The printed tables are looked up by stove, rooms and persons; what else is known is no bar."""
    table = NormTable(norms=norms_of(region, DAY))
    norm = table.find(DAY, traits=Traits.parse(traits), persons=persons)

    assert norm is not None
    assert Decimal(kwh) == norm.kwh


@pytest.mark.parametrize(
    ("traits", "persons"),
    [("stove=other", 2), ("rooms=2", 2), ("stove=other; rooms=4", 2), ("stove=other; rooms=2", 0)],
)
def test_household_that_no_norm_fits(traits: str, persons: int) -> None:
    """Of whom too little is known, or nobody is registered, no norm is guessed."""
    table = NormTable(norms=norms_of(VOLGOGRAD, DAY))

    assert table.find(DAY, traits=Traits.parse(traits), persons=persons) is None


def test_table_stands_until_the_next_date() -> None:
    """The table in force is used as a whole; before the first one there is none."""
    table = NormTable(
        norms=[
            *norms_of(VOLGOGRAD, date(2016, 7, 1)),
            a_norm(effective_from=DAY, traits=Traits(), persons=PersonsBand(1, 1), kwh=Decimal(9)),
        ]
    )
    household = Traits.parse("stove=other; rooms=1")

    def norm(day: date, persons: int) -> Decimal | None:
        found = table.find(day, traits=household, persons=persons)
        return None if found is None else found.kwh

    assert norm(date(2016, 6, 30), 1) is None
    assert Decimal(85) == norm(date(2016, 12, 31), 1)
    assert Decimal(9) == norm(DAY, 1)
    assert norm(DAY, 2) is None


def test_norm_with_most_traits_holds() -> None:
    """A norm for all gives way to the one that knows more of the household."""
    general = a_norm(traits=Traits(), kwh=Decimal(50))
    stove = a_norm(traits=Traits.parse("stove=electric"), kwh=Decimal(100))
    table = NormTable(norms=[stove, general])

    assert stove == table.find(DAY, traits=Traits.parse("stove=electric; rooms=2"), persons=2)
    assert general == table.find(DAY, traits=Traits.parse("rooms=2"), persons=2)


def test_norms_that_fit_equally_are_told() -> None:
    """Which of two holds nobody knows, so none is taken by chance."""
    table = NormTable(
        norms=[a_norm(traits=Traits.parse(name)) for name in ("stove=electric", "rooms=2")]
    )

    with pytest.raises(NormAmbiguous) as caught:
        table.find(DAY, traits=Traits.parse("stove=electric; rooms=2"), persons=2)
    assert ("rooms=2", "stove=electric") == (caught.value.first, caught.value.second)


@given(
    table=strategies.norm_tables(supplier_id=SUPPLIER_ID),
    day=strategies.days(),
    traits=strategies.traits(),
    persons=st.integers(0, 20),
)
def test_norm_found_is_of_the_household(
    table: NormTable, day: date, traits: Traits, persons: int
) -> None:
    """Whatever the table, a norm found is in force and fits."""
    try:
        norm = table.find(day, traits=traits, persons=persons)
    except NormAmbiguous:
        return
    if norm is not None:
        in_force = max(each.effective_from for each in table.norms if each.effective_from <= day)
        assert in_force == norm.effective_from
        assert norm.persons.holds(persons)
        assert traits.includes(norm.traits)


def test_table_without_an_answer_for_two() -> None:
    """A table in which a household has two norms by the same traits cannot be."""
    with pytest.raises(ValueError, match="two norms"):
        NormTable(norms=[a_norm(persons=PersonsBand(1, None)), a_norm()])


def test_norm_is_above_zero() -> None:
    """A norm that charges nothing is none."""
    with pytest.raises(NormNotPositive):
        a_norm(kwh=Decimal(0))


# Taking over


def row(**changes: str) -> SuppliedNorm:
    """Return a row of a file of norms, with *changes*."""
    return SuppliedNorm(
        **{
            "effective_from": "2016-07-01",
            "traits": "stove=other; rooms=2",
            "persons": "2",
            "norm": "68",
        }
        | changes
    )


@pytest.fixture(name="store")
def store_with_a_supplier() -> MemoryStore:
    """Return a store with a supplier that has no norms."""
    store = MemoryStore()
    keep(store, a_supplier())
    return store


@pytest.fixture(name="import_norms")
def import_norms_use_case(store: MemoryStore) -> ImportNorms:
    """Return the use case on the store."""
    return ImportNorms(unit_of_work=store.unit_of_work)


def kept(store: MemoryStore) -> NormTable:
    """Return what an operator is shown."""
    return ShowNorms(reading=store.unit_of_work)(supplier="tsna")


def test_norms_are_added(store: MemoryStore, import_norms: ImportNorms) -> None:
    """A table goes in as the file tells of it, and once."""
    told: list[tuple[int, int]] = []
    rows = [row(), row(traits="", persons="3+", norm="53,50", effective_from="01.07.2016")]
    first = import_norms(
        supplier="tsna", rows=rows, on_progress=lambda done, total: told.append((done, total))
    )
    again = import_norms(supplier="tsna", rows=[rows[1], row(norm="68.0")])

    assert BatchReport(added=2, changed=0, unchanged=0) == first
    assert BatchReport(added=0, changed=0, unchanged=2) == again
    assert [(1, 2), (2, 2)] == told
    expected = (
        a_norm(traits=Traits(), persons=PersonsBand(3, None), kwh=Decimal("53.5")),
        a_norm(),
    )
    assert expected == kept(store).norms


def test_next_table_is_added(store: MemoryStore, import_norms: ImportNorms) -> None:
    """One file may bring the table that is known and the next one."""
    import_norms(supplier="tsna", rows=[row()])
    report = import_norms(supplier="tsna", rows=[row(), row(effective_from="2027-01-01")])

    assert BatchReport(added=1, changed=0, unchanged=1) == report
    assert 2 == len(kept(store).norms)


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([row(norm="69"), row(persons="1")], [0]),
        ([row(), row(persons="1"), row(persons="3")], [2]),
        ([row()], [0]),
    ],
    ids=["another norm", "a row more", "a row less"],
)
def test_table_that_is_known_stays(
    store: MemoryStore, import_norms: ImportNorms, rows: list[SuppliedNorm], wrong: list[int]
) -> None:
    """Bills may have been made by it, so any other table for its date is refused."""
    import_norms(supplier="tsna", rows=[row(), row(persons="1")])
    before = kept(store)
    with pytest.raises(BatchRejected) as caught:
        import_norms(supplier="tsna", rows=[*rows, row(effective_from="2027-01-01")])

    expected = [(index, "effective_from", "metering.norms_already_known") for index in wrong]
    assert expected == [(f.row, f.field, f.error.code) for f in caught.value.faults]
    assert before == kept(store)


def test_all_faults_of_norms_are_told(store: MemoryStore, import_norms: ImportNorms) -> None:
    """Every fault of every row is listed, and no row goes in."""
    rows = [
        row(effective_from="с июля", traits="электроплита", persons="0", norm="0"),
        row(norm="-5"),
        row(),
        row(norm="70"),
        row(persons="1-3"),
        row(persons="1-3", effective_from="2016-07-02"),
    ]
    with pytest.raises(BatchRejected) as caught:
        import_norms(supplier="tsna", rows=rows)

    expected = [
        (0, "effective_from", "shared.not_a_date"),
        (0, "traits", "shared.not_traits"),
        (0, "persons", "metering.persons_band_malformed"),
        (0, "norm", "metering.norm_not_positive"),
        (1, "norm", "shared.not_a_decimal"),
        (3, "persons", "shared.duplicate_row"),
        (4, "persons", "metering.norm_overlaps"),
    ]
    assert expected == [(f.row, f.field, f.error.code) for f in caught.value.faults]
    assert 2 == caught.value.faults[5].error.first  # type: ignore[attr-defined]
    assert NormTable() == kept(store)


def test_norms_of_an_unknown_supplier(import_norms: ImportNorms) -> None:
    """A slip in the supplier's code is told before anything else."""
    with pytest.raises(SupplierNotFound):
        import_norms(supplier="nobody", rows=[row(norm="")])
