"""Meters that come and go, readings that are mistaken and mended, played against a store."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from attrs import define, evolve, field
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    rule,
)

from elkk_core.metering import (
    CorrectReadings,
    ImportMeters,
    ImportReadings,
    Meter,
    NothingSent,
    Reading,
    ReadingOfSupplier,
    ReadingSource,
    RolloverPolicy,
    SubmitReadings,
    SuppliedMeter,
    SuppliedReading,
    effective,
    uncorrected,
)
from elkk_core.shared import (
    FormRejected,
    Month,
    ReadingId,
    SubmissionWindow,
    Zone,
)
from elkk_core.testing.builders import (
    USER_ID,
    a_link,
    a_supplier,
    a_user,
    an_account,
)
from elkk_core.testing.doubles import FixedClock, SequentialIdentifiers
from elkk_core.testing.machines.playing import (
    CAPACITY,
    FIRST_DAY,
    OpenStore,
    StoreMachine,
    code_of,
    fault_codes,
)
from elkk_core.testing.stores import keep

_EVERY_DAY = SubmissionWindow(first_day=1, last_day=31)
_CONTRADICTIONS = {"metering.reading_out_of_order", "metering.reading_already_recorded"}
_OUT_OF_SEASON = {"metering.meter_not_installed", "metering.meter_removed"}

mistakes = st.sampled_from([0, 0, 7, 60])
places = st.integers(0, 99)


@define
class _Post:
    """A meter of the walk: what it shows on each day, and what was told of it.

    *told* is the value that stands for a day, for an ordinary and for a final reading.
    """

    number: str
    installed_on: date
    shown: dict[date, int]
    removed_on: date | None = None
    told: dict[tuple[date, bool], int] = field(factory=dict)

    def reading(self, day: date) -> int:
        """Return what the meter shows on *day*; after its removal, what it showed last."""
        known = [each for each in self.shown if each <= day]
        return self.shown[max(known, default=min(self.shown))] % int(CAPACITY.modulus)


class MeterMachine(StoreMachine):
    """A meter is read, misread, corrected, taken down and replaced, in any order.

    Whatever happens, no reading that was recorded is lost or changed, and none is corrected twice;
    what was told last of a day stands; what counts never contradicts itself; and no meter has a
    reading of a day on which it was not there.
    """

    def __init__(self, open_store: OpenStore) -> None:
        super().__init__(open_store)
        self.clock = FixedClock(datetime(2020, 1, 1, 9, tzinfo=UTC))
        self.posts: list[_Post] = []
        self.rows: list[SuppliedReading] = []
        self.recorded: dict[ReadingId, Reading] = {}
        self.policy = RolloverPolicy()
        keep(self.store, a_user(), a_supplier(window=_EVERY_DAY), an_account(), a_link())
        uow, identifiers = self.store.unit_of_work, SequentialIdentifiers(1000)
        self.import_meters = ImportMeters(unit_of_work=uow, identifiers=identifiers)
        self.import_readings = ImportReadings(
            unit_of_work=uow, clock=self.clock, identifiers=identifiers, policy=self.policy
        )
        self.submit_readings = SubmitReadings(
            unit_of_work=uow, clock=self.clock, identifiers=identifiers, policy=self.policy
        )
        self.correct_readings = CorrectReadings(
            unit_of_work=uow, clock=self.clock, identifiers=identifiers, policy=self.policy
        )

    @initialize()
    def first_meter_comes(self) -> None:
        """Install the first meter, which is about to pass through zero."""
        self.posts.append(_Post("M0", FIRST_DAY, {FIRST_DAY: 9900}))
        self.import_meters(supplier="tsna", rows=[_meter_row(self.posts[0])])

    # Life goes on

    @rule(days=st.integers(1, 20), usage=st.integers(0, 4))
    def days_pass(self, days: int, usage: int) -> None:
        """Let some days pass, each of which uses some kWh."""
        shown = self.posts[-1].shown
        for _ in range(days):
            today = self._today()
            shown[today + timedelta(days=1)] = shown[today] + usage
            self.clock.advance(timedelta(days=1))

    @rule(ago=st.integers(0, 6), with_final_reading=st.booleans())
    def meter_is_replaced(self, ago: int, with_final_reading: bool) -> None:  # noqa: FBT001 - Drawn.
        """Take the meter down some days ago, unless it was read since, and install another one."""
        today, old = self._today(), self.posts[-1]
        day = today - timedelta(days=ago)
        new = _Post(
            number=f"M{len(self.posts)}",
            installed_on=day,
            shown={day + timedelta(days=passed): 5 for passed in range(ago + 1)},
        )
        was_read = any(read_on > day for read_on, _ in old.told)
        codes = fault_codes(
            lambda: self.import_meters(
                supplier="tsna", rows=[_meter_row(evolve(old, removed_on=day)), _meter_row(new)]
            )
        )

        assert bool(codes) == (was_read or day < old.installed_on)
        if not codes:
            old.removed_on = day
            self.posts.append(new)
            if with_final_reading:
                self._tell(old, day, old.reading(day), source="final")

    # What is told of it

    @rule(wrong=mistakes)
    def household_sends_a_reading(self, wrong: int) -> None:
        """Submit what the meter shows today, or something else."""
        self.clock.advance(timedelta(minutes=1))
        post, today = self.posts[-1], self._today()
        value = (post.reading(today) + wrong) % int(CAPACITY.modulus)
        codes = fault_codes(
            lambda: self.submit_readings(
                user_id=USER_ID,
                account_id=an_account().account_id,
                meter_id=self._meters()[post.number].meter_id,
                values={Zone.ALL_DAY: str(value)},
                rollovers_confirmed=frozenset({Zone.ALL_DAY}),
            )
        )

        assert codes <= {"metering.reading_below_previous"}
        of_month = [day for day, _ in post.told if Month.of(day) == Month.of(today)]
        # The same value again within a month is no second fact.
        if not codes and (not of_month or post.told[max(of_month), False] != value):
            post.told[today, False] = value

    @rule(wrong=mistakes)
    def household_corrects_its_reading(self, wrong: int) -> None:
        """Put right what was sent last this month, or wrong, unless the books know it better."""
        self.clock.advance(timedelta(minutes=1))
        post, today = self.posts[-1], self._today()
        of_month = [day for day, _ in post.told if Month.of(day) == Month.of(today)]
        day = max(of_month, default=today)
        value = (post.reading(day) + wrong) % int(CAPACITY.modulus)
        code = code_of(
            lambda: self.correct_readings(
                user_id=USER_ID,
                account_id=an_account().account_id,
                meter_id=self._meters()[post.number].meter_id,
                values={Zone.ALL_DAY: str(value)},
                rollovers_confirmed=frozenset({Zone.ALL_DAY}),
            )
        )
        if code is None:
            post.told[day, False] = value

        assert code in {None, FormRejected.code, NothingSent.code, ReadingOfSupplier.code}
        assert (code == NothingSent.code) == (not of_month)

    @rule(place=places, ago=st.integers(0, 30), wrong=mistakes)
    def books_bring_a_reading(self, place: int, ago: int, wrong: int) -> None:
        """Import what a meter showed some days ago, or something else."""
        post, day = self._post(place), self._today() - timedelta(days=ago)
        is_there = post.installed_on <= day and (post.removed_on is None or day < post.removed_on)
        is_told = (day, False) in post.told
        codes = self._tell(post, day, (post.reading(day) + wrong) % int(CAPACITY.modulus))

        if is_there or is_told:
            assert codes <= _CONTRADICTIONS
        else:
            assert codes
            assert codes <= _OUT_OF_SEASON

    @rule(place=places, which=places)
    def books_correct_a_reading(self, place: int, which: int) -> None:
        """Import what a meter really showed on a day of which something was told."""
        post = self._post(place)
        if post.told:
            day, is_final = sorted(post.told)[which % len(post.told)]
            codes = self._tell(
                post,
                day,
                post.reading(day),
                source="final" if is_final else "supplier",
                corrects=day.isoformat(),
            )

            assert codes <= {"metering.reading_out_of_order", "metering.already_corrected"}

    @rule(place=places)
    def row_comes_again(self, place: int) -> None:
        """Import a row once more, which changes nothing."""
        if self.rows:
            row = self.rows[place % len(self.rows)]
            before = self._count()
            codes = fault_codes(lambda: self.import_readings(supplier="tsna", rows=[row]))

            assert codes <= {"metering.already_corrected"}
            assert before == self._count()

    # What holds whatever happens

    @invariant()
    def facts_stay(self) -> None:
        """What was recorded once is there, as it was; no two correct the same."""
        found = {reading.reading_id: reading for reading in self._readings()}
        corrected = [reading.corrects for reading in found.values() if reading.corrects]

        assert self.recorded.items() <= found.items()
        assert len({*corrected}) == len(corrected)
        self.recorded = found

    @invariant()
    def households_correct_their_own(self) -> None:
        """What a household has corrected was sent by a household."""
        for reading in self.recorded.values():
            if reading.corrects is not None and reading.is_sent_here:
                assert self.recorded[reading.corrects].is_sent_here

    @invariant()
    def last_word_stands(self) -> None:
        """Of each day that reading stands which was told last, and of no other day any."""
        for post, readings in self._by_post():
            stands = {
                (reading.taken_on, reading.source is ReadingSource.FINAL): int(reading.value)
                for reading in uncorrected(readings)
            }

            assert post.told == stands

    @invariant()
    def what_counts_makes_sense(self) -> None:
        """A register grows or passes through zero, as far as its counted readings tell."""
        meters = self._meters()
        for post, readings in self._by_post():
            for earlier, later in pairwise(effective(readings)):
                assert self.policy.explains(
                    meter=meters[post.number], previous=earlier.value, current=later.value
                )

    @invariant()
    def meters_are_read_where_they_are(self) -> None:
        """A meter has readings of its days, and a final one of the day on which it went."""
        for post, readings in self._by_post():
            for reading in readings:
                assert post.installed_on <= reading.taken_on
                if reading.source is ReadingSource.FINAL:
                    assert reading.taken_on == post.removed_on
                elif post.removed_on is not None:
                    assert reading.taken_on <= post.removed_on

    # Of the model

    def _tell(
        self, post: _Post, day: date, value: int, *, source: str = "supplier", corrects: str = ""
    ) -> set[str]:
        """Import a reading; return the codes of its faults, or remember what it says."""
        self.clock.advance(timedelta(minutes=1))
        row = SuppliedReading(
            account=an_account().number,
            meter=post.number,
            zone="all_day",
            taken_on=day.isoformat(),
            value=str(value),
            source=source,
            corrects=corrects,
        )
        codes = fault_codes(lambda: self.import_readings(supplier="tsna", rows=[row]))
        if not codes:
            self.rows.append(row)
            key = (day, source == "final")
            post.told[key] = value if corrects else post.told.get(key, value)
        return codes

    def _today(self) -> date:
        return self.clock.now().date()

    def _post(self, place: int) -> _Post:
        return self.posts[place % len(self.posts)]

    def _meters(self) -> dict[str, Meter]:
        with self.store.unit_of_work() as uow:
            meters = uow.meters.list_of([an_account().account_id])
        return {meter.number: meter for meter in meters}

    def _readings(self) -> tuple[Reading, ...]:
        meters = self._meters().values()
        with self.store.unit_of_work() as uow:
            return uow.readings.list_of([meter.meter_id for meter in meters])

    def _count(self) -> int:
        return len(self._readings())

    def _by_post(self) -> Iterator[tuple[_Post, list[Reading]]]:
        meters, readings = self._meters(), self._readings()
        for post in self.posts:
            meter_id = meters[post.number].meter_id
            yield post, [reading for reading in readings if reading.meter_id == meter_id]


def _meter_row(post: _Post) -> SuppliedMeter:
    return SuppliedMeter(
        account=an_account().number,
        meter=post.number,
        zones="1",
        capacity=str(CAPACITY),
        ratio="1",
        installed_on=post.installed_on.isoformat(),
        removed_on=post.removed_on.isoformat() if post.removed_on else "",
    )
