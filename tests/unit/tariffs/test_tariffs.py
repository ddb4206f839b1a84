"""Published rates: which one is in force, what it costs, how it is published."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.shared import (
    BatchRejected,
    BatchReport,
    Money,
    Period,
    SupplierNotFound,
    Zone,
)
from elkk_core.tariffs import (
    PriceRange,
    PublishTariff,
    RangeBoundNotPositive,
    Rate,
    RateNotFromFirstDay,
    RateNotPositive,
    RateNotPublished,
    RateTooPrecise,
    ShowTariff,
    SuppliedRate,
    TariffBook,
)
from elkk_core.testing import strategies
from elkk_core.testing.builders import SUPPLIER_ID, a_rate, a_supplier
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

MANUAL = [
    ("2016-07-01", "2,46"),
    ("2017-01-01", "2,46"),
    ("2017-07-01", "2,55"),
    ("2018-07-01", "2,67"),
    ("2019-01-01", "2,72"),
    ("2019-07-01", "2,77"),
    ("2020-01-01", "2,77"),
]

books = strategies.tariff_books(supplier_id=SUPPLIER_ID)


@given(book=books, day=strategies.days(), zone=st.sampled_from(Zone))
def test_one_publication_at_the_most_is_in_force(book: TariffBook, day: date, zone: Zone) -> None:
    """Of a zone the history holds each day once, and it has the prices of that day, all ranges."""
    on_day = [
        held.rate
        for held in book.history(category="urban-gas")
        if held.rate.zone is zone and held.period.contains(day)
    ]
    try:
        prices = book.prices_on(day, category="urban-gas", zone=zone)
    except RateNotPublished:
        assert [] == on_day
    else:
        assert {prices.effective_from} == {rate.effective_from for rate in on_day}
        assert prices.ranges == tuple(
            PriceRange(up_to=rate.up_to, price=rate.price) for rate in on_day
        )
        assert book.rate_on(day, category="urban-gas", zone=zone) == on_day[0]


@given(book=books, day=strategies.days(), zone=st.sampled_from(Zone))
def test_latest_publication_is_in_force(book: TariffBook, day: date, zone: Zone) -> None:
    """Whatever the ranges, the last date up to a day decides, and all rates of that date."""
    starts = {
        rate.effective_from
        for rate in book.rates
        if rate.zone is zone and rate.effective_from <= day
    }
    if not starts:
        with pytest.raises(RateNotPublished):
            book.prices_on(day, category="urban-gas", zone=zone)
        return
    expected = {
        (rate.up_to, rate.price)
        for rate in book.rates
        if rate.zone is zone and rate.effective_from == max(starts)
    }
    prices = book.prices_on(day, category="urban-gas", zone=zone)

    assert max(starts) == prices.effective_from
    assert expected == {(priced.up_to, priced.price) for priced in prices.ranges}


@given(book=books)
def test_history_has_no_gaps(book: TariffBook) -> None:
    """From the first rate of a zone on each ends where the next begins, the last one never."""
    for zone in Zone:
        held = [held for held in book.history(category="urban-gas") if held.rate.zone is zone]
        periods = list(dict.fromkeys(one.period for one in held))
        for later, earlier in pairwise(periods):
            assert earlier.end == later.start
        assert periods == [] or periods[0].end is None


@given(book=books)
def test_ranges_have_no_gaps(book: TariffBook) -> None:
    """From zero on each range begins where the one below ends, and the last has no end."""
    for (_, zone), held in groupby(
        book.history(category="urban-gas"), key=lambda one: (one.period, one.rate.zone)
    ):
        ranges = list(held)

        assert [None, *(one.rate.up_to for one in ranges[:-1])] == [one.above for one in ranges]
        assert ranges[-1].rate.up_to is None
        assert {zone} == {one.rate.zone for one in ranges}


@given(book=books)
def test_history_is_the_latest_first(book: TariffBook) -> None:
    """All rates of the category are there, by date and then by zone."""
    history = book.history(category="urban-gas")
    starts = [known.rate.effective_from for known in history]

    assert sorted(starts, reverse=True) == starts
    assert set(book.rates) == {known.rate for known in history}
    assert len(book.rates) == len(history)
    assert () == book.history(category="rural")


def test_book_names_its_categories() -> None:
    """Each category is named once, in the order of the alphabet."""
    rates = (a_rate(), a_rate(category="rural"), a_rate(zone=Zone.NIGHT))

    assert ("rural", "urban-gas") == TariffBook(rates=rates).categories


def test_book_does_not_care_for_order() -> None:
    """A book made of the same rates is the same book."""
    rates = [a_rate(), a_rate(zone=Zone.NIGHT), a_rate(effective_from=date(2019, 7, 1))]

    assert TariffBook(rates=tuple(rates)) == TariffBook(rates=tuple(reversed(rates)))


def test_manual_history_names_a_price_approved_anew() -> None:
    """2,77 from July 2019 and 2,77 from January 2020 are two rates, as the manual shows."""
    rates = tuple(
        a_rate(effective_from=date.fromisoformat(start), price=Decimal(price.replace(",", ".")))
        for start, price in MANUAL
    )
    history = TariffBook(rates=rates).history(category="urban-gas")

    assert 7 == len(history)
    assert Period(start=date(2020, 1, 1)) == history[0].period
    assert Period(start=date(2019, 7, 1), end=date(2020, 1, 1)) == history[1].period


def test_rate_before_the_first_one_is_not_made_up() -> None:
    """Nothing is ever priced at zero for want of a rate."""
    book = TariffBook(rates=(a_rate(),))
    for day, category, zone in (
        (date(2019, 12, 31), "urban-gas", Zone.ALL_DAY),
        (date(2020, 1, 1), "rural", Zone.ALL_DAY),
        (date(2020, 1, 1), "urban-gas", Zone.NIGHT),
    ):
        with pytest.raises(RateNotPublished) as caught:
            book.rate_on(day, category=category, zone=zone)
        assert (category, zone, day) == (
            caught.value.category,
            caught.value.zone,
            caught.value.day,
        )


@pytest.mark.parametrize(
    ("volume", "price", "kopecks"),
    [
        ("232", "2.77", 64264),
        ("0", "2.77", 0),
        ("1", "0.005", 1),
        ("1", "0.00499", 0),
        ("3", "0.005", 2),
        ("5", "0.005", 3),
        ("33", "1.936", 6389),
        ("0.5", "4.81", 241),
        ("99999", "99", 989990100),
    ],
)
def test_charge_is_rounded_half_up_once(volume: str, price: str, kopecks: int) -> None:
    """A tie of half a kopeck is rounded up, to an odd figure as to an even one."""
    rate = a_rate(price=Decimal(price))

    assert Money(kopecks) == rate.charge(Decimal(volume))


@given(
    rate=strategies.rates(supplier_id=SUPPLIER_ID),
    volume=strategies.decimals(least="0", most="100000", places=3),
    more=strategies.decimals(least="0", most="100000", places=3),
)
def test_charge_of_a_split_volume_differs_by_one_rounding(
    rate: Rate, volume: Decimal, more: Decimal
) -> None:
    """Two parts cost what the whole costs, up to a kopeck."""
    parts = rate.charge(volume) + rate.charge(more)

    assert abs(parts - rate.charge(volume + more)) <= Money(1)
    assert rate.charge(volume) <= rate.charge(volume + more)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"effective_from": date(2020, 1, 2)}, RateNotFromFirstDay),
        ({"price": Decimal(0)}, RateNotPositive),
        ({"price": Decimal("-2.77")}, RateNotPositive),
        ({"price": Decimal("2.770001")}, RateTooPrecise),
        ({"price": 2.77}, TypeError),
        ({"up_to": Decimal(0)}, RangeBoundNotPositive),
        ({"up_to": 3900.0}, TypeError),
        ({"up_to": Decimal("Infinity")}, ValueError),
        ({"price": Decimal("NaN")}, ValueError),
        ({"category": " urban"}, ValueError),
    ],
)
def test_rate_is_valid_or_is_not(changes: dict[str, object], error: type[Exception]) -> None:
    """Prices are positive and exact, and hold from the first of a month."""
    with pytest.raises(error):
        a_rate(**changes)


# Publishing


def row(**changes: str) -> SuppliedRate:
    """Return a row of a file of rates, with *changes*."""
    return SuppliedRate(
        **{
            "category": "urban-gas",
            "zone": "all_day",
            "effective_from": "2020-01-01",
            "price": "2,77",
        }
        | changes
    )


@pytest.fixture(name="store")
def store_with_a_supplier() -> MemoryStore:
    """Return a store with a supplier and no rates."""
    store = MemoryStore()
    keep(store, a_supplier())
    return store


@pytest.fixture(name="publish")
def publish_use_case(store: MemoryStore) -> PublishTariff:
    """Return the use case."""
    return PublishTariff(unit_of_work=store.unit_of_work)


def _book(store: MemoryStore) -> TariffBook:
    with store.unit_of_work() as uow:
        return uow.tariffs.book(SUPPLIER_ID)


def test_tariff_is_published(store: MemoryStore, publish: PublishTariff) -> None:
    """The manual's tariff history goes in whole, and a second time changes nothing."""
    rows = [row(effective_from=start, price=price) for start, price in MANUAL]

    assert BatchReport(added=7, changed=0, unchanged=0) == publish(supplier="tsna", rows=rows)
    book = _book(store)
    assert BatchReport(added=0, changed=0, unchanged=7) == publish(supplier="tsna", rows=rows)
    assert book == _book(store)
    rate = book.rate_on(date(2018, 12, 31), category="urban-gas", zone=Zone.ALL_DAY)
    assert Decimal("2.67") == rate.price


def test_tariff_is_read_as_people_write_it(store: MemoryStore, publish: PublishTariff) -> None:
    """Russian dates and names of zones do as well."""
    publish(
        supplier="tsna",
        rows=[row(zone="Ночь", effective_from="01.01.2020", price="1.94", category=" urban-gas ")],
    )

    assert (a_rate(zone=Zone.NIGHT, price=Decimal("1.94")),) == _book(store).rates


def test_published_price_is_a_fact(store: MemoryStore, publish: PublishTariff) -> None:
    """Another price for the same category, zone and date is refused, and nothing else goes in."""
    publish(supplier="tsna", rows=[row()])
    with pytest.raises(BatchRejected) as caught:
        publish(supplier="tsna", rows=[row(zone="night"), row(price="2,78")])

    expected = [(1, "price", "tariffs.rate_already_published")]
    assert expected == [(f.row, f.field, f.error.code) for f in caught.value.faults]
    assert (a_rate(),) == _book(store).rates


def test_cost_of_transmission_is_published(store: MemoryStore, publish: PublishTariff) -> None:
    """It comes with the rate; a file that is silent about it changes nothing."""
    publish(supplier="tsna", rows=[row(transmission="0,85")])

    assert (a_rate(transmission=Decimal("0.85")),) == _book(store).rates
    for again in (row(), row(transmission="0.85")):
        assert 1 == publish(supplier="tsna", rows=[again]).unchanged


@pytest.mark.parametrize(
    ("published", "transmission", "code"),
    [
        ("0,85", "0,86", "tariffs.transmission_already_published"),
        ("0,85", "", "tariffs.transmission_already_published"),
        ("", "0,85", "tariffs.transmission_already_published"),
        ("", "0", "tariffs.rate_not_positive"),
        ("", "0,123456", "tariffs.rate_too_precise"),
        ("", "дорого", "shared.not_a_decimal"),
    ],
)
def test_wrong_cost_of_transmission_is_refused(
    store: MemoryStore, publish: PublishTariff, published: str, transmission: str, code: str
) -> None:
    """A published one is a fact, its absence too; a new one is a price."""
    publish(supplier="tsna", rows=[row(transmission=published)])
    with pytest.raises(BatchRejected) as caught:
        publish(supplier="tsna", rows=[row(transmission=transmission)])

    assert [(0, "transmission", code)] == [
        (fault.row, fault.field, fault.error.code) for fault in caught.value.faults
    ]
    assert 1 == len(_book(store).rates)


RYAZAN = [("3900", "6,33"), ("6000", "8,63"), ("", "9,95")]


def test_ranges_are_published_together(store: MemoryStore, publish: PublishTariff) -> None:
    """Ranges go in whole, in any order, and a second time change nothing."""
    rows = [row(up_to=up_to, price=price) for up_to, price in reversed(RYAZAN)]

    assert BatchReport(added=3, changed=0, unchanged=0) == publish(supplier="tsna", rows=rows)
    assert BatchReport(added=0, changed=0, unchanged=3) == publish(supplier="tsna", rows=rows)
    prices = _book(store).prices_on(date(2020, 1, 1), category="urban-gas", zone=Zone.ALL_DAY)
    assert [Decimal(3900), Decimal(6000), None] == [priced.up_to for priced in prices.ranges]
    assert [Decimal("6.33"), Decimal("8.63"), Decimal("9.95")] == [
        priced.price for priced in prices.ranges
    ]


def test_ranges_may_come_and_go(store: MemoryStore, publish: PublishTariff) -> None:
    """A later publication may have other ranges, or none."""
    publish(supplier="tsna", rows=[row(up_to=up_to, price=price) for up_to, price in RYAZAN])
    publish(supplier="tsna", rows=[row(effective_from="2021-01-01", price="7")])
    months = [date(2020, 12, 31), date(2021, 1, 1)]

    assert [3, 1] == [
        len(_book(store).prices_on(day, category="urban-gas", zone=Zone.ALL_DAY).ranges)
        for day in months
    ]


def test_published_ranges_are_a_fact(store: MemoryStore, publish: PublishTariff) -> None:
    """To what is published for a date neither a range nor another price can be added."""
    rows = [row(up_to=up_to, price=price) for up_to, price in RYAZAN]
    publish(supplier="tsna", rows=rows)
    book = _book(store)
    with pytest.raises(BatchRejected) as caught:
        publish(
            supplier="tsna",
            rows=[rows[0], row(up_to="5000", price="7"), row(up_to="6000,0", price="8,64")],
        )

    expected = [
        (1, "up_to", "tariffs.ranges_already_published"),
        (2, "price", "tariffs.rate_already_published"),
    ]
    assert expected == [(f.row, f.field, f.error.code) for f in caught.value.faults]
    assert book == _book(store)


def test_last_range_has_no_bound(store: MemoryStore, publish: PublishTariff) -> None:
    """A publication that leaves a high consumption without a price is refused at its last range."""
    with pytest.raises(BatchRejected) as caught:
        publish(
            supplier="tsna",
            rows=[
                row(up_to="6000", price="8,63"),
                row(up_to="3900"),
                row(zone="night"),
                row(zone="day", up_to="100"),
            ],
        )

    expected = [
        (0, "up_to", "tariffs.last_range_missing"),
        (3, "up_to", "tariffs.last_range_missing"),
    ]
    assert expected == [(f.row, f.field, f.error.code) for f in caught.value.faults]
    assert () == _book(store).rates


def test_range_is_given_once(publish: PublishTariff) -> None:
    """Two rows for one range of a publication contradict each other, however they are written."""
    with pytest.raises(BatchRejected) as caught:
        publish(
            supplier="tsna",
            rows=[row(up_to="3900"), row(up_to="3900,00"), row(), row(up_to="0"), row(up_to="-1")],
        )

    expected = [
        (1, "price", "shared.duplicate_row"),
        (3, "up_to", "tariffs.range_bound_not_positive"),
        (4, "up_to", "shared.not_a_decimal"),
    ]
    assert expected == [(f.row, f.field, f.error.code) for f in caught.value.faults]


def test_tariff_is_shown(store: MemoryStore, publish: PublishTariff) -> None:
    """An operator sees all that a supplier has published."""
    publish(supplier="tsna", rows=[row(), row(category="rural")])
    show = ShowTariff(reading=store.unit_of_work)

    assert _book(store) == show(supplier="tsna")
    with pytest.raises(SupplierNotFound):
        show(supplier="nobody")


def test_all_faults_of_a_tariff_are_told(store: MemoryStore, publish: PublishTariff) -> None:
    """Every fault of every row is listed."""
    rows = [
        row(category=" ", zone="вечер", effective_from="2020-01-02", price="дорого"),
        row(effective_from="2020-02-30"),
        row(price="0"),
        row(price="2,7700001"),
        row(),
        row(price="2,78"),
    ]
    with pytest.raises(BatchRejected) as caught:
        publish(supplier="tsna", rows=rows)

    expected = [
        (0, "category", "shared.field_required"),
        (0, "zone", "shared.not_a_zone"),
        (0, "effective_from", "tariffs.rate_not_from_first_day"),
        (0, "price", "shared.not_a_decimal"),
        (1, "effective_from", "shared.no_such_date"),
        (2, "price", "tariffs.rate_not_positive"),
        (3, "price", "shared.not_a_decimal"),
        (5, "price", "shared.duplicate_row"),
    ]
    assert expected == [(f.row, f.field, f.error.code) for f in caught.value.faults]
    assert () == _book(store).rates


def test_tariff_of_an_unknown_supplier(publish: PublishTariff) -> None:
    """A slip in the supplier's code is told."""
    with pytest.raises(SupplierNotFound):
        publish(supplier="nobody", rows=[row()])


def test_tariff_steps_on_the_day(store: MemoryStore, publish: PublishTariff) -> None:
    """The day before a step still has the old price."""
    publish(
        supplier="tsna",
        rows=[row(), row(effective_from="2020-07-01", price="2,85")],
    )
    step = date(2020, 7, 1)
    prices = [
        _book(store).rate_on(day, category="urban-gas", zone=Zone.ALL_DAY).price
        for day in (step - timedelta(days=1), step)
    ]

    assert [Decimal("2.77"), Decimal("2.85")] == prices
