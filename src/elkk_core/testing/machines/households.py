"""A household's months, played against a store."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from uuid import UUID

from attrs import define, evolve, field, frozen
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    rule,
)

from elkk_core.billing import (
    AuditBooks,
    BillUnchanged,
    Corrected,
    CorrectInvoice,
    Counted,
    Estimated,
    ExamineAccounts,
    ImportBills,
    ImportPayments,
    Invoice,
    InvoiceSource,
    MonthVolume,
    ReadingShown,
    RunBilling,
    SuppliedBill,
    SuppliedPayment,
    VolumeDerivation,
    recompute,
)
from elkk_core.metering import (
    CorrectionClosed,
    CorrectReadings,
    ImportReadings,
    Meter,
    NothingSent,
    ReadingBilled,
    ReadingOfSupplier,
    ReadingOutOfOrder,
    RolloverPolicy,
    SubmissionClosed,
    SubmitReadings,
    SuppliedReading,
)
from elkk_core.shared import (
    AccountId,
    FormRejected,
    InvoiceId,
    MeterId,
    Money,
    Month,
    SubmissionWindow,
    Traits,
    Zone,
)
from elkk_core.testing.builders import (
    USER_ID,
    a_link,
    a_meter,
    a_norm,
    a_rate,
    a_supplier,
    a_user,
    an_account,
    another_user,
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

_WINDOW = SubmissionWindow(first_day=10, last_day=25)
_CATEGORIES = ("urban-gas", "rural")


@frozen(kw_only=True)
class _Home:
    """A household of the walk: what it is known by, and its meter."""

    account_id: AccountId
    number: str
    meter: Meter


_HOMES = tuple(
    _Home(
        account_id=account_id,
        number=f"68000000000{place}",
        meter=a_meter(
            meter_id=MeterId(UUID(int=0x500 + place)),
            account_id=account_id,
            number=f"M{place}",
            zones=zones,
            capacity=CAPACITY,
        ),
    )
    for place, zones in enumerate([(Zone.ALL_DAY,), (Zone.DAY, Zone.NIGHT)])
    for account_id in [AccountId(UUID(int=0x400 + place))]
)
_RATES = tuple(
    a_rate(
        category=category,
        zone=zone,
        effective_from=step,
        up_to=None if up_to is None else Decimal(up_to),
        price=Decimal(price),
    )
    for zone in (Zone.ALL_DAY, Zone.DAY, Zone.NIGHT)
    for category, step, up_to, price in (
        ("urban-gas", date(2019, 1, 1), None, "2.77"),
        ("urban-gas", date(2020, 3, 1), None, "3.005"),
        ("rural", date(2019, 1, 1), 60, "1.94"),
        ("rural", date(2019, 1, 1), None, "4.28"),
    )
)


@define
class _Paid:
    """A payment that the model knows of, and whether a bill issued here has counted it.

    It is of a *day*, and in the books since the day on which it was *booked*.
    """

    account_id: AccountId
    day: date
    booked: date
    amount: Money
    counted: bool = False


@define
class _Books:
    """What the model keeps of the walk: what registers show, and what was told of each day."""

    shown: dict[tuple[MeterId, Zone], dict[date, int]] = field(factory=lambda: defaultdict(dict))
    told: dict[tuple[MeterId, date], tuple[int, ...]] = field(factory=dict)
    payments: list[_Paid] = field(factory=list)
    rows: list[SuppliedPayment] = field(factory=list)
    imported: dict[AccountId, tuple[Month, Money]] = field(factory=dict)
    recomputed: set[InvoiceId] = field(factory=set)


@define
class _Followed:
    """What the bills say of a register: from which reading to which, and what is estimated since."""

    first: ReadingShown | None = None
    last: ReadingShown | None = None
    pending: list[MonthVolume] = field(factory=list)
    volume: Decimal = Decimal(0)

    @property
    def estimated(self) -> Decimal:
        """The kWh that the next reading settles."""
        return sum((part.volume for part in self.pending), Decimal(0))


homes = st.sampled_from(_HOMES)


class HouseholdMachine(StoreMachine):
    """Two households live on: readings, payments, bills taken over, billing runs, in any order.

    Readings are missing or mistaken and put right, payments come to light late, bills are issued
    anew. Whatever happens, the balance is the sum of the ledger and of what the model counts, and up
    to the end of a month it is the closing figure of its bill; every bill opens where the one before
    it closed, and comes out the same when it is computed anew; numbers have no gaps; nobody is
    billed twice for a month, nor for the same kilowatt-hour.
    """

    def __init__(self, open_store: OpenStore) -> None:
        super().__init__(open_store)
        self.clock = FixedClock(datetime(2020, 1, 1, 9, tzinfo=UTC))
        self.books = _Books()
        family = {"persons": 2, "traits": Traits.parse("rooms=2; stove=other")}
        keep(self.store, a_user(), another_user(), a_supplier(window=_WINDOW), *_RATES, a_norm())
        for home in _HOMES:
            keep(
                self.store,
                an_account(account_id=home.account_id, number=home.number, **family),
                a_link(account_id=home.account_id),
                home.meter,
            )
            for zone in home.meter.zones:
                self.books.shown[home.meter.meter_id, zone][FIRST_DAY] = 9900
        uow, clock, identifiers = self.store.unit_of_work, self.clock, SequentialIdentifiers(1000)
        policy = RolloverPolicy()
        self.submit_readings = SubmitReadings(
            unit_of_work=uow, clock=clock, identifiers=identifiers, policy=policy
        )
        self.correct_readings = CorrectReadings(
            unit_of_work=uow, clock=clock, identifiers=identifiers, policy=policy
        )
        self.import_readings = ImportReadings(
            unit_of_work=uow, clock=clock, identifiers=identifiers, policy=policy
        )
        self.import_payments = ImportPayments(
            unit_of_work=uow, clock=clock, identifiers=identifiers
        )
        self.import_bills = ImportBills(unit_of_work=uow, clock=clock, identifiers=identifiers)
        self.run_billing = RunBilling(
            unit_of_work=uow, clock=clock, identifiers=identifiers, rollover=policy, batch_size=1
        )
        self.correct_invoice = CorrectInvoice(
            unit_of_work=uow, clock=clock, identifiers=identifiers, rollover=policy
        )

    # Life goes on

    @initialize()
    def first_readings(self) -> None:
        """Take the readings from which everything is counted."""
        for home in _HOMES:
            self.books_bring_a_reading(home, 0, 0)

    @rule(days=st.integers(1, 20), usage=st.integers(0, 4))
    def days_pass(self, days: int, usage: int) -> None:
        """Let some days pass, each of which uses some kWh in every zone."""
        for _ in range(days):
            today = self._today()
            for series in self.books.shown.values():
                series[today + timedelta(days=1)] = series[today] + usage
            self.clock.advance(timedelta(days=1))

    @rule(home=homes)
    def household_sends_readings(self, home: _Home) -> None:
        """Submit what the meter shows today: taken in the open window, refused in the closed."""
        code = code_of(
            lambda: self.submit_readings(
                user_id=USER_ID,
                account_id=home.account_id,
                meter_id=home.meter.meter_id,
                values={zone: str(self._shown(home, zone)) for zone in home.meter.zones},
                rollovers_confirmed=frozenset(home.meter.zones),
            )
        )
        is_open = _WINDOW.contains(self._today())
        if is_open:
            self._remember(home, self._today(), 0)

        assert code == (None if is_open else SubmissionClosed.code)

    @rule(home=homes, slip=st.sampled_from([0, 7]))
    def household_corrects_readings(self, home: _Home, slip: int) -> None:
        """Put right, or wrong, what was sent last: in the open window, and before the bill."""
        with self.store.unit_of_work() as uow:
            recorded = uow.readings.list_of([home.meter.meter_id])
        sent = [reading.taken_on for reading in recorded if reading.is_sent_here]
        day = max(sent, default=self._today())
        code = code_of(
            lambda: self.correct_readings(
                user_id=USER_ID,
                account_id=home.account_id,
                meter_id=home.meter.meter_id,
                values={zone: str(self._shown(home, zone, day, slip)) for zone in home.meter.zones},
                rollovers_confirmed=frozenset(home.meter.zones),
            )
        )
        if code is None:
            assert not [bill for bill in self._issued(home) if bill.month >= Month.of(day)]
            self._remember(home, day, slip)

        is_open = _WINDOW.contains(self._today())
        assert (code == CorrectionClosed.code) != is_open
        # A slip below the reading of the month before is no passage through zero.
        assert code in {
            None,
            CorrectionClosed.code,
            FormRejected.code,
            NothingSent.code,
            ReadingBilled.code,
            ReadingOfSupplier.code,
        }

    @rule(home=homes, ago=st.integers(0, 15), slip=st.sampled_from([0, 0, 0, 7]))
    def books_bring_a_reading(self, home: _Home, ago: int, slip: int) -> None:
        """Import what the meter showed some days ago, or a little less; the second time it is known.

        What contradicts a reading that is in the books is refused.
        """
        day = max(self._today() - timedelta(days=ago), FIRST_DAY)
        slips = self.books.told.get((home.meter.meter_id, day), ())
        slip = slips[-1] if slips else slip
        rows = self._rows(home, day, slip)
        faults = fault_codes(lambda: self.import_readings(supplier="tsna", rows=rows))
        if faults:
            assert faults == {ReadingOutOfOrder.code}
            assert slip or self._mistaken(home)
            return
        self._remember(home, day, slip)

        assert len(rows) == self.import_readings(supplier="tsna", rows=rows).unchanged

    @rule(which=st.integers(0, 99))
    def books_correct_a_reading(self, which: int) -> None:
        """Put a mistaken reading right, unless that contradicts another mistaken one."""
        mistaken = [(home, day) for home in _HOMES for day in self._mistaken(home)]
        if not mistaken:
            return
        home, day = mistaken[which % len(mistaken)]
        rows = self._rows(home, day, 0, corrects=day.isoformat())
        faults = fault_codes(lambda: self.import_readings(supplier="tsna", rows=rows))
        if faults:
            assert faults == {ReadingOutOfOrder.code}
            return
        self._remember(home, day, 0)

        assert len(rows) == self.import_readings(supplier="tsna", rows=rows).unchanged

    @rule(home=homes, category=st.sampled_from(_CATEGORIES))
    def household_is_described(self, home: _Home, category: str) -> None:
        """Let the supplier tell of another category, by which later bills are made."""
        with self.store.unit_of_work() as uow:
            account = uow.accounts.get(home.account_id)
            uow.accounts.save_all([evolve(account, category=category)])
            uow.commit()

    # Money comes in

    @rule(home=homes, ago=st.integers(0, 70), kopecks=st.integers(1, 200_000))
    def household_pays(self, home: _Home, ago: int, kopecks: int) -> None:
        """Import a payment of some days ago, in time for the bill of its month or too late."""
        day = max(self._today() - timedelta(days=ago), FIRST_DAY)
        amount = Money(kopecks)
        row = SuppliedPayment(
            account=home.number,
            received_on=day.isoformat(),
            amount=str(amount),
            reference=f"P{len(self.books.rows)}",
        )
        closed = [bill.month.next.first_day for bill in self._issued(home)]
        self.import_payments(supplier="tsna", rows=[row])
        self.books.rows.append(row)
        self.books.payments.append(_Paid(home.account_id, day, max([day, *closed]), amount))

    @rule()
    def payments_come_again(self) -> None:
        """Import all payments once more, which changes nothing."""
        report = self.import_payments(supplier="tsna", rows=self.books.rows)

        assert len(self.books.rows) == report.unchanged

    # Bills go out

    @rule(home=homes, charged=st.integers(0, 100_000), paid=st.integers(0, 100_000))
    def earlier_system_bills(self, home: _Home, charged: int, paid: int) -> None:
        """Import the bill of the last month, for a household that has none issued here."""
        month = Month.of(self._today()).previous
        known = self.books.imported.get(home.account_id)
        if self._issued(home) or (known is not None and known[0] >= month):
            return
        opening = Money(1985) if known is None else known[1]
        closing = opening + Money(charged) - Money(paid)
        row = SuppliedBill(
            account=home.number,
            month=str(month),
            number=f"{home.number}/{month}",
            opening=str(opening),
            charged=str(Money(charged)),
            payments=str(Money(paid)),
            total=str(closing),
        )
        self.import_bills(supplier="tsna", rows=[row])
        self.books.imported[home.account_id] = (month, closing)

        assert self.import_bills(supplier="tsna", rows=[row]).unchanged == 1

    @rule(
        usage=st.integers(0, 4),
        ago=st.integers(0, 12),
        late=st.integers(0, 9),
        slip=st.sampled_from([None, None, 0, 0, 0, 7]),
    )
    def month_goes_by(self, usage: int, ago: int, late: int, slip: int | None) -> None:
        """Let a month end as most do: a reading of each household or none, a payment, the run."""
        left = Month.of(self._today()).days_left(self._today())
        self.days_pass(days=left, usage=usage)
        for home in _HOMES:
            if slip is not None:
                self.books_bring_a_reading(home=home, ago=6 + ago, slip=slip)
        if late:
            self.days_pass(days=late, usage=usage)
            self.household_pays(home=_HOMES[0], ago=0, kopecks=10_000)
        self.month_is_billed(ago=1)

    @rule(ago=st.integers(0, 2))
    def month_is_billed(self, ago: int) -> None:
        """Run the billing of this month or of one of the last two, twice."""
        month = Month.of(self._today()).plus(-ago)
        before = {home: self._bills(home) for home in _HOMES}
        report = self.run_billing(supplier="tsna", month=month)
        new = [bill for home in _HOMES for bill in self._bills(home)[len(before[home]) :]]
        for bill in new:
            assert month == bill.month
            assert self._count_payments(bill) == bill.payments
            self._check_readings(bill)

        assert report.issued == len(new)
        assert report.charged == Money.total(bill.charged for bill in new)
        assert report.penalties == Money.total(bill.penalty for bill in new)
        assert self.run_billing(supplier="tsna", month=month).issued == 0

    @rule(home=homes)
    def last_bill_is_issued_anew(self, home: _Home) -> None:
        """Correct the last bill: it is refused if it comes out the same, and takes its place."""
        issued = self._issued(home)
        if not issued:
            return
        mistaken = issued[-1]
        code = code_of(lambda: self.correct_invoice(supplier="tsna", number=mistaken.number))
        assert code in {None, BillUnchanged.code}
        right = self._issued(home)[-1]

        if code is None:
            assert (mistaken.invoice_id, mistaken.payments) == (right.corrects, right.payments)
            assert right.lines != mistaken.lines
        else:
            assert mistaken == right

    # What always holds

    @invariant()
    def balance_is_the_sum(self) -> None:
        """The card, the ledger and the model agree, and the last bill explains the rest."""
        for home in _HOMES:
            with self.store.unit_of_work() as uow:
                entries = uow.ledger.list_of(home.account_id)
            card = self.store.cabinet.account(home.account_id, user_id=USER_ID)
            after, begun_with = self.books.imported.get(home.account_id, (None, Money.zero()))
            moving = [
                payment
                for payment in self.books.payments
                if payment.account_id == home.account_id
                and (after is None or Month.of(payment.day) > after)
            ]
            charged = Money.total(bill.charged + bill.penalty for bill in self._issued(home))
            paid = Money.total(payment.amount for payment in moving)
            uncounted = Money.total(p.amount for p in moving if not p.counted)

            assert card.balance == Money.total(entry.amount for entry in entries)
            assert card.balance == begun_with + charged - paid
            if card.last_invoice is not None:
                assert card.balance == card.last_invoice.closing - uncounted
            for bill in self._in_force(home):
                closed = (e.amount for e in entries if e.dated <= bill.month.last_day)
                assert bill.closing == Money.total(closed)

    @invariant()
    def bills_make_a_chain(self) -> None:
        """Each opens where the last one closed, and names what it stands in place of."""
        for home in _HOMES:
            bills = self._bills(home)
            for earlier, later in pairwise(bills):
                assert (earlier.month, earlier.revision) < (later.month, later.revision)
                assert later.corrects == (earlier.invoice_id if later.revision else None)
            for earlier, later in pairwise(self._in_force(home)):
                assert earlier.closing == later.opening
            for bill in bills:
                # What was issued is a fact, so looking at it once is enough.
                if bill.invoice_id not in self.books.recomputed:
                    assert () == recompute(bill)
                    self.books.recomputed.add(bill.invoice_id)

    @invariant()
    def every_kilowatt_hour_is_billed_once(self) -> None:
        """All lines together are what the register counted, and what is estimated since."""
        for home in _HOMES:
            for zone in home.meter.zones:
                register = self._follow(home, zone)

                assert register.volume == register.estimated + (
                    self._told(home, zone, register.last) - self._told(home, zone, register.first)
                    if register.first and register.last
                    else 0
                )

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        """Of each year all numbers from one on are given, each once."""
        by_year = defaultdict(list)
        for home in _HOMES:
            for bill in self._bills(home):
                if bill.source is InvoiceSource.ISSUED:
                    by_year[bill.month.year].append(bill.number)
        for year, given in by_year.items():
            assert [f"TSNA-{year}-{n + 1:06}" for n in range(len(given))] == sorted(given)

    @invariant()
    def audit_finds_nothing(self) -> None:
        """Whoever looks through the books and the accounts finds all rules kept."""
        audited = AuditBooks(auditor=self.store.auditor)(suppliers=["tsna"])
        examined = ExamineAccounts(auditor=self.store.auditor)(supplier="tsna")

        assert [] == [
            finding for verdict in (*audited, *examined.verdicts) for finding in verdict.examples
        ]

    # Of the model

    def _today(self) -> date:
        return self.clock.now().date()

    def _shown(self, home: _Home, zone: Zone, day: date | None = None, slip: int = 0) -> int:
        series = self.books.shown[home.meter.meter_id, zone]
        return (series[day or self._today()] - slip) % int(CAPACITY.modulus)

    def _rows(
        self, home: _Home, day: date, slip: int, *, corrects: str = ""
    ) -> list[SuppliedReading]:
        """Return what a file tells of a day: by *slip* less than the meter showed."""
        return [
            SuppliedReading(
                account=home.number,
                meter=home.meter.number,
                zone=zone,
                taken_on=day.isoformat(),
                value=str(self._shown(home, zone, day, slip)),
                source="supplier",
                corrects=corrects,
            )
            for zone in home.meter.zones
        ]

    def _remember(self, home: _Home, day: date, slip: int) -> None:
        """Remember by how much less was told of a day than the meter showed."""
        key = (home.meter.meter_id, day)
        self.books.told[key] = (*self.books.told.get(key, ()), slip)

    def _mistaken(self, home: _Home) -> list[date]:
        """Return the days of which too little was told."""
        return [
            day
            for (meter_id, day), slips in self.books.told.items()
            if meter_id == home.meter.meter_id and slips[-1]
        ]

    def _follow(self, home: _Home, zone: Zone) -> _Followed:
        """Return what a register was billed for.

        Each line goes on from where the one before it ended: at a reading, or at its correction.
        """
        found = _Followed()
        lines = [
            line.derivation
            for bill in self._issued(home)
            for line in bill.lines
            if isinstance(line.derivation, VolumeDerivation) and line.derivation.zone is zone
        ]
        for basis, parts in groupby(lines, key=lambda derivation: derivation.basis):
            found.volume += sum((part.volume for part in parts), Decimal(0))
            match basis:
                case Counted():
                    assert found.last in (None, basis.previous)
                    assert found.pending == list(basis.billed)
                    found.first = found.first or basis.previous
                    found.last, found.pending = basis.current, []
                case Corrected():
                    assert found.last in (None, basis.mistaken)
                    found.first, found.last = found.first or basis.mistaken, basis.right
                case Estimated():
                    found.pending.append(MonthVolume(month=basis.month, volume=basis.volume))
        return found

    def _check_readings(self, bill: Invoice) -> None:
        """See that a new bill counts to the last reading that was known for it.

        A household that sends once more what stands in the books for the month adds no reading.
        """
        (home,) = (home for home in _HOMES if home.account_id == bill.account_id)
        known = max(
            day
            for meter_id, day in self.books.told
            if meter_id == home.meter.meter_id and _WINDOW.month_counted(day) <= bill.month
        )
        for zone in home.meter.zones:
            last = self._follow(home, zone).last
            slip = self.books.told[home.meter.meter_id, known][-1]
            assert last is None or (
                last.taken_on == known or last.value == self._shown(home, zone, known, slip)
            )

    def _told(self, home: _Home, zone: Zone, reading: ReadingShown) -> int:
        """Return what was told of a register, as if it never passed through zero."""
        slips = self.books.told[home.meter.meter_id, reading.taken_on]
        (slip,) = {
            slip
            for slip in slips
            if self._shown(home, zone, reading.taken_on, slip) == reading.value
        }
        return self.books.shown[home.meter.meter_id, zone][reading.taken_on] - slip

    def _bills(self, home: _Home) -> tuple[Invoice, ...]:
        with self.store.unit_of_work() as uow:
            return uow.invoices.list_of([home.account_id])

    def _in_force(self, home: _Home) -> list[Invoice]:
        """Return the last bill of each month."""
        return list({bill.month: bill for bill in self._bills(home)}.values())

    def _issued(self, home: _Home) -> list[Invoice]:
        return [bill for bill in self._in_force(home) if bill.source is InvoiceSource.ISSUED]

    def _count_payments(self, bill: Invoice) -> Money:
        """Return the payments that a new bill has to count, and remember that it did."""
        after, _ = self.books.imported.get(bill.account_id, (None, None))
        counted = [
            payment
            for payment in self.books.payments
            if payment.account_id == bill.account_id
            and not payment.counted
            and payment.booked <= bill.month.last_day
            and (after is None or Month.of(payment.day) > after)
        ]
        for payment in counted:
            payment.counted = True
        return Money.total(payment.amount for payment in counted)
