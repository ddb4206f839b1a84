"""What a household asks of its own account: a year, the coming bills, everything to take home."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from elkk_core.billing import (
    ConsumptionTooLittleKnown,
    ExportAccount,
    ExportPolicy,
    ForecastBills,
    RuleName,
    ShowStatistics,
    TooManyExports,
)
from elkk_core.metering import Reading
from elkk_core.shared import AccountNotFound, Limit, Month, ReadingId, Zone
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    USER_ID,
    a_link,
    a_meter,
    a_rate,
    a_reading,
    a_rule,
    a_supplier,
    a_user,
    an_account,
    an_issued_invoice,
    another_user,
)
from elkk_core.testing.doubles import NOON, FixedClock, PlainPrinter
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

STRANGER = another_user().user_id


def readings(months: int, *, kwh: int, zone: Zone = Zone.ALL_DAY) -> list[Reading]:
    """Return the readings of a register that counts *kwh* a month, up to October 2026."""
    first = Month(2026, 10).plus(-months)
    return [
        a_reading(
            reading_id=ReadingId(UUID(int=(0x900 if zone is Zone.NIGHT else 0x700) + place)),
            zone=zone,
            month=month,
            taken_on=month.first_day.replace(day=20),
            value=Decimal(1000 + kwh * place),
        )
        for place, month in enumerate(first.until(Month(2026, 11)))
    ]


@pytest.fixture(name="store")
def household() -> MemoryStore:
    """Return a store with an account whose user is known; today is 22 November 2026."""
    store = MemoryStore()
    keep(
        store,
        a_supplier(),
        an_account(),
        a_user(),
        another_user(),
        a_link(),
        a_rate(effective_from=date(2020, 1, 1), price=Decimal("2.77")),
    )
    return store


# Looking back


def test_current_year_comes_first(store: MemoryStore) -> None:
    """Of the years that something is known of, down to the first."""
    keep(store, a_meter(), *readings(22, kwh=100))
    show = ShowStatistics(cabinet=store.cabinet, clock=FixedClock())
    found = show(account_id=ACCOUNT_ID, user_id=USER_ID)

    assert (2026, (2026, 2025, 2024)) == (found.statistics.year, found.years)
    assert Decimal(1000) == found.statistics.total
    assert (Decimal(1000), Decimal(1000)) == found.statistics.comparable


def test_year_that_nobody_knows_is_the_current_one(store: MemoryStore) -> None:
    """An address that was made up shows what the section shows."""
    keep(store, a_meter(), *readings(3, kwh=100))
    show = ShowStatistics(cabinet=store.cabinet, clock=FixedClock())

    assert {2026} == {
        show(account_id=ACCOUNT_ID, user_id=USER_ID, year=year).statistics.year
        for year in (1812, 2030, None)
    }


# Looking ahead


def forecasts(store: MemoryStore) -> ForecastBills:
    """Return the use case."""
    return ForecastBills(reading=store.unit_of_work, cabinet=store.cabinet, clock=FixedClock())


def test_next_bill_is_the_one_not_issued_yet(store: MemoryStore) -> None:
    """Twelve months of it on, at the published price."""
    keep(store, a_meter(), *readings(14, kwh=100), an_issued_invoice(month=Month(2026, 10)))
    found = forecasts(store)(account_id=ACCOUNT_ID, user_id=USER_ID)

    assert [*Month(2026, 11).until(Month(2027, 11))] == [month.month for month in found]
    assert {Decimal(277)} == {month.amount.roubles for month in found[:11]}


def test_supplier_chooses_how_zones_share_ranges(store: MemoryStore) -> None:
    """What fills the cheap range first makes another amount."""
    keep(store, a_meter(zones=(Zone.DAY, Zone.NIGHT)))
    for zone, cheap in ((Zone.DAY, "2.00"), (Zone.NIGHT, "1.00")):
        keep(
            store,
            *readings(14, kwh=100, zone=zone),
            a_rate(zone=zone, up_to=Decimal(100), price=Decimal(cheap)),
            a_rate(zone=zone, price=Decimal(9)),
        )
    shared = forecasts(store)(account_id=ACCOUNT_ID, user_id=USER_ID)
    keep(store, a_rule(name=RuleName.RANGE_SPLIT, value="day_first", month=Month(2020, 1)))
    day_first = forecasts(store)(account_id=ACCOUNT_ID, user_id=USER_ID)

    assert Decimal("1050.00") == shared[0].amount.roubles
    assert Decimal("1100.00") == day_first[0].amount.roubles


def test_account_without_a_meter_has_no_forecast(store: MemoryStore) -> None:
    """Nothing is guessed of what nobody counts."""
    assert () == forecasts(store)(account_id=ACCOUNT_ID, user_id=USER_ID)


def test_new_household_has_to_wait(store: MemoryStore) -> None:
    """Three months have to be known."""
    keep(store, a_meter(), *readings(2, kwh=100))

    with pytest.raises(ConsumptionTooLittleKnown):
        forecasts(store)(account_id=ACCOUNT_ID, user_id=USER_ID)


# Taking home


def exports(store: MemoryStore, *, clock: FixedClock | None = None) -> ExportAccount:
    """Return the use case, with two exports an hour."""
    return ExportAccount(
        unit_of_work=store.unit_of_work,
        cabinet=store.cabinet,
        printer=PlainPrinter(),
        clock=clock or FixedClock(),
        policy=ExportPolicy(per_user=Limit(times=2, within=timedelta(hours=1))),
    )


def test_everything_is_taken_home(store: MemoryStore) -> None:
    """All months, and each bill printed."""
    bill = an_issued_invoice(month=Month(2026, 10))
    keep(store, a_meter(), *readings(2, kwh=100), bill)
    export = exports(store)(account_id=ACCOUNT_ID, user_id=USER_ID, language="ru")
    (printed,) = export.bills

    assert [Month(2026, 10), Month(2026, 9), Month(2026, 8)] == [m.month for m in export.months]
    assert bill == printed.invoice
    assert printed.document.startswith(b"%PDF")


def test_exports_are_counted(store: MemoryStore) -> None:
    """The third in an hour has to wait until the first is an hour old."""
    clock = FixedClock()
    export = exports(store, clock=clock)
    for _ in range(2):
        export(account_id=ACCOUNT_ID, user_id=USER_ID, language="ru")
    with pytest.raises(TooManyExports) as refused:
        export(account_id=ACCOUNT_ID, user_id=USER_ID, language="ru")

    assert NOON + timedelta(hours=1) == refused.value.free_at
    clock.set(refused.value.free_at)
    later = export(account_id=ACCOUNT_ID, user_id=USER_ID, language="ru")
    assert ACCOUNT_ID == later.card.account.account_id


def test_strangers_learn_nothing(store: MemoryStore) -> None:
    """What somebody has not linked is not there for them."""
    show = ShowStatistics(cabinet=store.cabinet, clock=FixedClock())

    with pytest.raises(AccountNotFound):
        show(account_id=ACCOUNT_ID, user_id=STRANGER)
    with pytest.raises(AccountNotFound):
        forecasts(store)(account_id=ACCOUNT_ID, user_id=STRANGER)
    with pytest.raises(AccountNotFound):
        exports(store)(account_id=ACCOUNT_ID, user_id=STRANGER, language="ru")
