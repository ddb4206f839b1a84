"""What a store promises of meters and readings."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from attrs import evolve

from elkk_core.metering import (
    EstimateCause,
    MeteredAccount,
    NormTable,
    PersonsBand,
    SentReading,
)
from elkk_core.shared import (
    AccountId,
    AccountNotFound,
    InvoiceId,
    MeterId,
    ReadingId,
    StaleState,
    SubmissionWindow,
    UserId,
)
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    METER_ID,
    MORNING,
    SUPPLIER_ID,
    USER_ID,
    a_gap,
    a_link,
    a_meter,
    a_norm,
    a_reading,
    a_supplier,
    a_user,
    an_account,
    an_invoice,
    an_issued_invoice,
    another_user,
)
from elkk_core.testing.contracts.accounts import OTHER_SUPPLIER
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep

METERED = MeteredAccount(
    account_id=ACCOUNT_ID,
    supplier_id=SUPPLIER_ID,
    number=an_account().number,
    time_zone="Europe/Moscow",
    window=SubmissionWindow(first_day=15, last_day=25),
    billed_through=None,
)


class MeteredAccountsContract(OpensStore):
    """See ``elkk_core.metering.MeteredAccounts``."""

    def test_metered_account_is_of_who_linked_it(self, store: Store) -> None:
        """A user who linked the account gets it; to anybody else it does not exist."""
        keep(store, a_user(), another_user(), a_supplier(), an_account(), a_link())

        with store.unit_of_work() as uow:
            found = uow.metered_accounts
            for get in (found.look_at_linked, found.get_linked):
                assert get(ACCOUNT_ID, user_id=USER_ID) == METERED
                with pytest.raises(AccountNotFound):
                    get(ACCOUNT_ID, user_id=another_user().user_id)
                with pytest.raises(AccountNotFound):
                    get(AccountId(UUID(int=0xFFFF)), user_id=USER_ID)

    def test_metered_account_knows_the_last_month_billed_here(self, store: Store) -> None:
        """Bills that an earlier billing system issued do not count."""
        keep(
            store,
            a_supplier(),
            an_account(),
            an_invoice(month=JANUARY.plus(9)),
            *(
                an_issued_invoice(
                    invoice_id=InvoiceId(UUID(int=step)),
                    number=f"TSNA-{step}",
                    month=JANUARY.plus(step),
                )
                for step in (1, 3, 2)
            ),
        )

        with store.unit_of_work() as uow:
            found = uow.metered_accounts.find_by_numbers(SUPPLIER_ID, [METERED.number])
        assert {METERED.number: evolve(METERED, billed_through=JANUARY.plus(3))} == found

    def test_metered_accounts_are_found_within_their_supplier(self, store: Store) -> None:
        """Numbers lead to the accounts of one supplier."""
        keep(store, a_supplier(), OTHER_SUPPLIER, an_account())

        with store.unit_of_work() as uow:
            numbers = {METERED.number, "0000"}
            found = uow.metered_accounts.find_by_numbers(SUPPLIER_ID, numbers)
            other = uow.metered_accounts.find_by_numbers(OTHER_SUPPLIER.supplier_id, numbers)
        assert {METERED.number: METERED} == found
        assert {} == other


class MetersContract(OpensStore):
    """See ``elkk_core.metering.Meters``."""

    def test_meter_comes_back_equal(self, store: Store) -> None:
        """Every meter that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.meters(account_id=ACCOUNT_ID),
            lambda uow, _: uow.meters.list_of([ACCOUNT_ID])[0],
            after=(a_supplier(), an_account()),
        )

    def test_meters_are_listed_by_installation_then_number(self, store: Store) -> None:
        """The meters of the accounts asked for are listed, and of no other."""
        neighbour = an_account(account_id=AccountId(UUID(int=1)), number="111111")
        meters = [
            a_meter(
                meter_id=MeterId(UUID(int=10 + index)), number=number, installed_on=installed_on
            )
            for index, (number, installed_on) in enumerate(
                [("2", date(2020, 1, 1)), ("1", date(2020, 1, 1)), ("3", date(2019, 1, 1))]
            )
        ]
        strange = a_meter(account_id=neighbour.account_id)
        keep(store, a_supplier(), an_account(), neighbour, *meters, strange)

        with store.unit_of_work() as uow:
            second, third, first = meters[1], meters[0], meters[2]
            assert (first, second, third) == uow.meters.list_of([ACCOUNT_ID])
            assert () == uow.meters.list_of([])

    def test_meter_number_is_unique_within_its_account(self, store: Store) -> None:
        """A number that was taken meanwhile makes the addition stale."""
        keep(store, a_supplier(), an_account(), a_meter())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.meters.add_all([a_meter(meter_id=MeterId(UUID(int=1)))])
            uow.commit()

    def test_meters_are_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, and only of that one."""
        described = a_meter().describe(
            verification_due=None, window=SubmissionWindow(first_day=1, last_day=31)
        )
        keep(store, a_supplier(), an_account(), a_meter())
        with store.unit_of_work() as uow:
            uow.meters.save_all([described])
            uow.commit()

        with store.unit_of_work() as uow:
            assert (evolve(described, version=1),) == uow.meters.list_of([ACCOUNT_ID])
            with pytest.raises(StaleState):
                uow.meters.save_all([described])
                uow.commit()


class ReadingsContract(OpensStore):
    """See ``elkk_core.metering.Readings``."""

    def test_reading_comes_back_equal(self, store: Store) -> None:
        """Every reading that the books brought comes back as it was."""
        self.check_round_trip(
            store,
            strategies.readings(meter=a_meter()),
            lambda uow, _: uow.readings.list_of([METER_ID])[0],
            after=(a_supplier(), an_account(), a_meter()),
        )

    def test_reading_of_a_user_comes_back_equal(self, store: Store) -> None:
        """Every reading that a user sent comes back with who sent it."""
        self.check_round_trip(
            store,
            strategies.readings(meter=a_meter(), user_id=USER_ID),
            lambda uow, _: uow.readings.list_of([METER_ID])[0],
            after=(a_user(), a_supplier(), an_account(), a_meter()),
        )

    def test_correction_comes_back_equal(self, store: Store) -> None:
        """Every reading that corrects another one comes back with which one."""
        corrected = a_reading()
        self.check_round_trip(
            store,
            strategies.readings(meter=a_meter(), corrects=corrected.reading_id),
            lambda uow, _: next(
                found for found in uow.readings.list_of([METER_ID]) if found != corrected
            ),
            after=(a_supplier(), an_account(), a_meter(), corrected),
        )

    def test_reading_is_corrected_once(self, store: Store) -> None:
        """A second correction of the same reading is stale; one of the correction is not."""
        first, second, third = (
            a_reading(reading_id=ReadingId(UUID(int=number)), corrects=corrects)
            for number, corrects in (
                (1, a_reading().reading_id),
                (2, a_reading().reading_id),
                (3, ReadingId(UUID(int=1))),
            )
        )
        keep(store, a_supplier(), an_account(), a_meter(), a_reading(), first)

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.readings.add_all([second])
            uow.commit()
        keep(store, third)
        with store.unit_of_work() as uow:
            assert {a_reading(), first, third} == {*uow.readings.list_of([METER_ID])}

    def test_reading_and_its_correction_are_added_together(self, store: Store) -> None:
        """A batch may hold both, the corrected one first."""
        both = (
            a_reading(),
            a_reading(reading_id=ReadingId(UUID(int=1)), corrects=a_reading().reading_id),
        )
        keep(store, a_supplier(), an_account(), a_meter())
        with store.unit_of_work() as uow:
            uow.readings.add_all(both)
            uow.commit()

        with store.unit_of_work() as uow:
            assert both == uow.readings.list_of([METER_ID])

    def test_readings_are_listed_by_date_then_as_recorded(self, store: Store) -> None:
        """The readings of the meters asked for are listed in time, and of no other meter."""
        strange = a_meter(meter_id=MeterId(UUID(int=1)), number="1")
        series = [
            a_reading(
                reading_id=ReadingId(UUID(int=10 + index)),
                value=Decimal(index),
                taken_on=date(2020, 1, day),
                recorded_at=MORNING + timedelta(minutes=minute),
            )
            for index, (day, minute) in enumerate([(13, 5), (13, 1), (12, 9)])
        ]
        keep(
            store,
            a_supplier(),
            an_account(),
            a_meter(),
            strange,
            *series,
            a_reading(meter_id=strange.meter_id),
        )

        with store.unit_of_work() as uow:
            assert tuple(reversed(series)) == uow.readings.list_of([METER_ID])
            assert () == uow.readings.list_of([])

    def test_readings_are_added_and_listed_in_thousands(self, store: Store) -> None:
        """A batch larger than what one statement of a database can name goes through."""
        readings = [
            a_reading(
                reading_id=ReadingId(UUID(int=index)),
                value=Decimal(index),
                recorded_at=MORNING + timedelta(seconds=index),
            )
            for index in range(1, 2501)
        ]
        keep(store, a_supplier(), an_account(), a_meter())
        with store.unit_of_work() as uow:
            uow.readings.add_all(readings)
            uow.commit()

        with store.unit_of_work() as uow:
            assert tuple(readings) == uow.readings.list_of([METER_ID])


class NormsContract(OpensStore):
    """See ``elkk_core.metering.Norms`` and ``elkk_core.billing.NormTables``."""

    def test_norm_comes_back_equal(self, store: Store) -> None:
        """Every norm that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.norms(supplier_id=SUPPLIER_ID),
            lambda uow, _: uow.norms.table(SUPPLIER_ID).norms[0],
            after=(a_supplier(),),
        )

    def test_norm_table_comes_back_equal(self, store: Store) -> None:
        """The norms of several dates make one table, whatever the order in which they were added."""
        norms = (
            a_norm(persons=PersonsBand(3, None), kwh=Decimal("53.5")),
            a_norm(),
            a_norm(effective_from=date(2020, 1, 1)),
        )
        keep(store, a_supplier())
        with store.unit_of_work() as uow:
            uow.norms.add_all(norms)
            uow.commit()

        with store.unit_of_work() as uow:
            assert NormTable(norms=norms) == uow.norms.table(SUPPLIER_ID)

    def test_norm_table_is_of_its_supplier(self, store: Store) -> None:
        """Norms of other suppliers are in other tables, and who has none has an empty one."""
        keep(store, a_supplier(), OTHER_SUPPLIER, a_norm())

        with store.unit_of_work() as uow:
            assert NormTable(norms=(a_norm(),)) == uow.norms.table(SUPPLIER_ID)
            assert NormTable() == uow.norms.table(OTHER_SUPPLIER.supplier_id)

    def test_norms_of_a_date_are_kept_once(self, store: Store) -> None:
        """To a table that is there nothing is added, not even of other households."""
        keep(store, a_supplier(), a_norm())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.norms.add_all([a_norm(persons=PersonsBand(9, 9))])
            uow.commit()


class MeteringGapsContract(OpensStore):
    """See ``elkk_core.metering.MeteringGaps``."""

    def test_gap_comes_back_equal(self, store: Store) -> None:
        """Every gap that was added comes back as it was, over or going on."""
        self.check_round_trip(
            store,
            strategies.gaps(meter_id=METER_ID),
            lambda uow, _: uow.gaps.list_of([METER_ID])[0],
            after=(a_supplier(), an_account(), a_meter()),
        )

    def test_gaps_are_listed_by_first_day_then_cause(self, store: Store) -> None:
        """The gaps of the meters asked for are listed, and of no other."""
        strange = a_meter(meter_id=MeterId(UUID(int=1)), number="1")
        second, third, first = (
            a_gap(since=date(2020, 1, day), cause=cause)
            for day, cause in (
                (20, EstimateCause.ACCESS_REFUSED),
                (20, EstimateCause.METER_LOST),
                (19, EstimateCause.VERIFICATION_OVER),
            )
        )
        keep(
            store,
            a_supplier(),
            an_account(),
            a_meter(),
            strange,
            third,
            second,
            first,
            a_gap(meter_id=strange.meter_id),
        )

        with store.unit_of_work() as uow:
            assert (first, second, third) == uow.gaps.list_of([METER_ID])
            assert () == uow.gaps.list_of([])

    def test_gap_of_a_cause_and_day_is_one(self, store: Store) -> None:
        """One that was added meanwhile makes the addition stale."""
        keep(store, a_supplier(), an_account(), a_meter(), a_gap())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.gaps.add_all([a_gap(until=date(2020, 2, 1))])
            uow.commit()

    def test_gaps_are_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, and only of that one."""
        other = a_gap(since=date(2019, 1, 1), until=date(2019, 2, 1))
        closed = a_gap().close(date(2020, 2, 1))
        keep(store, a_supplier(), an_account(), a_meter(), other, a_gap())
        with store.unit_of_work() as uow:
            uow.gaps.save_all([closed])
            uow.commit()

        with store.unit_of_work() as uow:
            assert (other, evolve(closed, version=1)) == uow.gaps.list_of([METER_ID])
            with pytest.raises(StaleState):
                uow.gaps.save_all([closed])
                uow.commit()


class SentReadingsContract(OpensStore):
    """See ``elkk_core.metering.SentReadings``."""

    def test_sent_readings_are_of_who_sent_them(self, store: Store) -> None:
        """Neither what the books brought nor what another user sent is there."""
        sent = a_reading(submitted_by=USER_ID)
        keep(
            store,
            a_supplier(),
            an_account(),
            a_meter(),
            sent,
            a_reading(reading_id=ReadingId(UUID(int=1))),
            a_reading(reading_id=ReadingId(UUID(int=2)), submitted_by=another_user().user_id),
        )

        expected = SentReading(
            reading=sent,
            meter=a_meter().number,
            account=an_account().number,
            supplier_name=a_supplier().name,
        )
        assert (expected,) == store.sent_readings.list_for(USER_ID)
        assert () == store.sent_readings.list_for(UserId(UUID(int=3)))

    def test_sent_readings_are_listed_from_the_latest(self, store: Store) -> None:
        """By the moment of recording, then as recorded; a correction does not hide the old one."""
        sent = [
            a_reading(
                reading_id=ReadingId(UUID(int=number)),
                submitted_by=USER_ID,
                recorded_at=MORNING + timedelta(minutes=minute),
                corrects=None if corrects is None else ReadingId(UUID(int=corrects)),
            )
            for number, minute, corrects in ((4, 1, None), (2, 9, None), (3, 1, 2), (1, 1, 4))
        ]
        keep(store, a_supplier(), an_account(), a_meter(), *sent)

        assert [2, 1, 3, 4] == [
            found.reading.reading_id.int for found in store.sent_readings.list_for(USER_ID)
        ]
