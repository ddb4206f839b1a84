"""What readings mean, told before they are sent."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.billing.household import Household, a_family, prices
from tests.unit.billing.test_volumes import SECOND, TWO_ZONES, ZONE_RATES, measured

from elkk_core.billing import (
    Benefit,
    Deviation,
    PreviewReadings,
    ReadingsPreview,
    UsualConsumption,
    preview_readings,
)
from elkk_core.metering import (
    EstimateCause,
    MeterNotFound,
    MeterRemoved,
    Reading,
    ReadingNotANumber,
    ReadingSource,
    RolloverNotConfirmed,
    RolloverPolicy,
    SubmissionClosed,
)
from elkk_core.shared import (
    AccountNotFound,
    FormRejected,
    MeterId,
    Money,
    Month,
    ReadingId,
    Zone,
)
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    METER_ID,
    USER_ID,
    a_link,
    a_meter,
    a_rate,
    a_reading,
    a_supplier,
    a_user,
    an_account,
    an_issued_invoice,
    another_user,
)
from elkk_core.testing.doubles import FixedClock
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

USUAL = UsualConsumption()


def previewed(
    home: Household, day: str, values: Mapping[Zone, int], *, meter_id: MeterId = METER_ID
) -> ReadingsPreview | None:
    """Return what readings of a day would mean; the books of *home* stay as they are."""
    kept = list(home.readings)
    meter = next(meter for meter in home.meters if meter.meter_id == meter_id)
    sent = [
        home.reads(day, value, zone, meter=meter, source=ReadingSource.CUSTOMER)
        for zone, value in values.items()
    ]
    home.readings = kept
    month = sent[0].month
    return preview_readings(
        home.billable(month),
        sent,
        meter_id=meter_id,
        terms=home.terms(str(month), today=date.fromisoformat(day)),
        usual=USUAL,
    )


def seen(preview: ReadingsPreview | None) -> tuple[str, str]:
    """Return consumption and price."""
    assert preview is not None
    return (str(preview.consumed), str(preview.amount))


# What it means


def test_readings_mean_what_the_manual_charges() -> None:
    """The manual's January: 232 kWh at 2,77 are 642,64; the month before had 219."""
    home = measured(189, 219)
    preview = previewed(home, "2019-04-20", {Zone.ALL_DAY: 1000 + 189 + 219 + 232})

    assert preview == ReadingsPreview(
        month=Month(2019, 4),
        months=1,
        consumed=Decimal(232),
        estimated=Decimal(0),
        amount=Money(64264),
        last_month=Decimal(219),
        usual=None,
        deviation=None,
    )


@given(
    kwh=st.lists(st.integers(0, 900), min_size=1, max_size=4),
    ratio=st.sampled_from([1, 30]),
    silent=st.integers(0, 5),
    last=st.integers(0, 4000),
    percent=st.sampled_from([None, "30"]),
)
def test_preview_is_what_the_bill_charges(
    kwh: list[int], ratio: int, silent: int, last: int, percent: str | None
) -> None:
    """Whatever came before, the bill of the month charges just what was told."""
    home = Household(
        a_meter(ratio=ratio),
        account=a_family(),
        rates=prices(("300", "2.77"), (None, "4.01"), effective_from=date(2019, 1, 1)),
        benefits=[
            Benefit(
                account_id=ACCOUNT_ID,
                name="Ветеран труда",
                percent=Decimal(percent),
                limit=Decimal(100),
                first_month=Month(2019, 1),
            )
        ]
        if percent
        else (),
        rollover=RolloverPolicy(most_kwh=Decimal(100)),
    )
    measured(*kwh, household=home)
    month = Month(2019, 2).plus(len(kwh))
    for unread in month.until(month.plus(silent)):
        home.bill(str(unread))
    month = month.plus(silent)
    value = 1000 + sum(kwh) + last
    day = month.first_day.replace(day=20).isoformat()

    preview = previewed(home, day, {Zone.ALL_DAY: value})
    home.reads(day, value)
    bill = home.bill(str(month))

    assert preview is not None
    assert (bill.charged, Decimal(last * ratio)) == (preview.amount, preview.consumed)
    assert silent + 1 == preview.months


def test_estimates_are_taken_off() -> None:
    """After a month without readings the bill charges what is left, and nothing twice."""
    home = measured(200, 200, 200)
    home.bill("2019-05")
    preview = previewed(home, "2019-06-20", {Zone.ALL_DAY: 1600 + 450})

    assert ("450", "692.50") == seen(preview)
    assert preview is not None
    assert (2, Decimal(200), None) == (preview.months, preview.estimated, preview.last_month)


def test_zones_are_added_up() -> None:
    """Each zone has its price, and the meter one meaning."""
    home = Household(TWO_ZONES, rates=ZONE_RATES)
    home.reads("2019-01-20", 1000, Zone.DAY)
    home.reads("2019-01-20", 500, Zone.NIGHT)

    preview = previewed(home, "2019-02-20", {Zone.DAY: 1100, Zone.NIGHT: 550})
    assert ("150", "416.00") == seen(preview)


def test_another_meter_does_not_matter() -> None:
    """A meter without readings holds up neither its neighbour nor what is told of it."""
    home = Household(a_meter(), SECOND)
    home.reads("2019-01-20", 1000, meter=a_meter())

    assert ("100", "277.00") == seen(previewed(home, "2019-02-20", {Zone.ALL_DAY: 1100}))


def test_mistyped_reading_that_was_sent_does_not_matter() -> None:
    """What is typed now stands in the place of what was sent before in the month."""
    home = measured(200)
    home.reads("2019-03-16", 9999, source=ReadingSource.CUSTOMER)

    assert ("200", "554.00") == seen(previewed(home, "2019-03-20", {Zone.ALL_DAY: 1400}))


def test_corrected_bill_is_left_out() -> None:
    """What the supplier corrects of a former month is on the bill and not on the household."""
    home = measured(200)
    home.corrects(home.readings[-1], 1210)

    assert ("190", "526.30") == seen(previewed(home, "2019-03-20", {Zone.ALL_DAY: 1400}))


def test_first_reading_counts_nothing() -> None:
    """From the first reading on consumption is counted, and none up to it."""
    assert previewed(Household(), "2019-01-20", {Zone.ALL_DAY: 1000}) is None


def test_meter_out_of_order_counts_nothing() -> None:
    """Readings of a meter that has failed are taken, and not counted."""
    home = measured(200)
    home.suffers(EstimateCause.METER_FAILED, "2019-03-01", "2019-03-25")
    home.meters = [evolve(a_meter(), window=None)]

    assert (
        preview_readings(
            home.billable(Month(2019, 3)),
            [a_reading(value=Decimal(1400), taken_on=date(2019, 3, 20), month=Month(2019, 3))],
            meter_id=METER_ID,
            terms=home.terms("2019-03"),
            usual=USUAL,
        )
        is None
    )


# What is worth a second look


@pytest.mark.parametrize(
    ("kwh", "deviation"),
    [
        (501, Deviation.ABOVE),
        (500, None),
        (200, None),
        (80, None),
        (79, Deviation.BELOW),
    ],
)
def test_unusual_consumption_is_told(kwh: int, deviation: Deviation | None) -> None:
    """Two and a half times the average, or as much less, is worth asking about."""
    preview = previewed(measured(190, 200, 210), "2019-05-20", {Zone.ALL_DAY: 1600 + kwh})

    assert preview is not None
    assert (Decimal(200), deviation) == (preview.usual, preview.deviation)


@pytest.mark.parametrize("kwh", [0, 119])
def test_small_differences_are_not_asked_about(kwh: int) -> None:
    """Who uses 20 kWh a month may have guests: it takes a hundred to be asked."""
    preview = previewed(measured(20, 20, 20), "2019-05-20", {Zone.ALL_DAY: 1060 + kwh})

    assert preview is not None
    assert preview.deviation is None


def test_several_months_are_compared_by_their_average() -> None:
    """Three months' consumption is no unusual month."""
    home = measured(200, 200, 200)
    home.bill("2019-05")
    home.bill("2019-06")
    preview = previewed(home, "2019-07-20", {Zone.ALL_DAY: 1600 + 660})

    assert preview is not None
    assert (3, None) == (preview.months, preview.deviation)


@given(st.decimals(0, 20000, places=1), st.decimals(0, 20000, places=1))
def test_only_what_differs_much_is_asked_about(monthly: Decimal, usual: Decimal) -> None:
    """The side is right, the difference is a hundred at least, and the usual is never asked about."""
    found = USUAL.judge(monthly, usual=usual)

    assert USUAL.judge(usual, usual=usual) is None
    if found is not None:
        assert abs(monthly - usual) >= USUAL.least_kwh
        assert (monthly > usual) == (found is Deviation.ABOVE)


# Asking for it


class Asking:
    """A household in a store, with a reading of 13 January 2020 and the window of February open."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = FixedClock(datetime(2020, 2, 20, 9, tzinfo=UTC))
        keep(
            self.store,
            a_user(),
            another_user(),
            a_supplier(),
            an_account(),
            a_link(),
            a_meter(),
            a_rate(),
            a_reading(),
        )

    def ask(self, value: str, **changes: Any) -> ReadingsPreview | None:
        """Return what a value means."""
        step = PreviewReadings(
            reading=self.store.unit_of_work,
            cabinet=self.store.cabinet,
            clock=self.clock,
            rollover=RolloverPolicy(),
        )
        asked: dict[str, Any] = {
            "user_id": USER_ID,
            "account_id": ACCOUNT_ID,
            "meter_id": METER_ID,
            "values": {Zone.ALL_DAY: value},
        }
        return step(**asked | changes)

    def readings(self) -> tuple[Reading, ...]:
        """Return all readings that are kept."""
        with self.store.unit_of_work() as uow:
            return uow.readings.list_of([METER_ID])


@pytest.fixture(name="asking")
def manual_household() -> Asking:
    """Return the manual's household."""
    return Asking()


def test_asking_keeps_nothing(asking: Asking) -> None:
    """What is looked at is told and not recorded."""
    assert ("232", "642.64") == seen(asking.ask("14555"))
    assert (a_reading(),) == asking.readings()


def test_wrong_values_are_refused_as_when_sent(asking: Asking) -> None:
    """A letter, and a passage through zero that nobody has confirmed."""
    with pytest.raises(FormRejected) as caught:
        asking.ask("14 З55")
    assert [ReadingNotANumber.code] == [fault.error.code for fault in caught.value.faults]

    keep(
        asking.store,
        a_reading(
            reading_id=ReadingId(METER_ID),
            value=Decimal(99990),
            taken_on=date(2020, 1, 14),
            source=ReadingSource.INITIAL,
        ),
    )
    with pytest.raises(FormRejected) as caught:
        asking.ask("00010")
    assert [RolloverNotConfirmed.code] == [fault.error.code for fault in caught.value.faults]
    assert ("20", "55.40") == seen(
        asking.ask("00010", rollovers_confirmed=frozenset({Zone.ALL_DAY}))
    )


def test_readings_after_the_bill_mean_the_next_one(asking: Asking) -> None:
    """Where the month is billed already, the preview is of the next bill."""
    keep(asking.store, an_issued_invoice(month=JANUARY.next))
    preview = asking.ask("14555")

    assert preview is None or preview.month == JANUARY.plus(2)


def test_without_a_price_nothing_is_told(asking: Asking) -> None:
    """Where no rate is published the readings are taken all the same."""
    with asking.store.unit_of_work() as uow:
        uow.accounts.save_all([an_account(category="no such category")])
        uow.commit()

    assert asking.ask("14555") is None


def test_who_may_not_send_may_not_ask(asking: Asking) -> None:
    """A stranger, another meter, a closed window, a meter that is gone: as when sent."""
    with pytest.raises(AccountNotFound):
        asking.ask("14555", user_id=another_user().user_id)
    with pytest.raises(MeterNotFound):
        asking.ask("14555", meter_id=SECOND.meter_id)
    asking.clock.set(datetime(2020, 2, 26, 9, tzinfo=UTC))
    with pytest.raises(SubmissionClosed):
        asking.ask("14555")
    with asking.store.unit_of_work() as uow:
        uow.meters.save_all([a_meter(removed_on=date(2020, 2, 1))])
        uow.commit()
    with pytest.raises(MeterRemoved):
        asking.ask("14555")
