"""A household whose bills are made one after another, by the rules alone."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from elkk_core.accounts import PersonalAccount
from elkk_core.billing import (
    AccountStanding,
    Benefit,
    BillableAccount,
    BillableMeter,
    BillingRules,
    BillingTerms,
    EarlierBill,
    Invoice,
    InvoiceSource,
    LastBill,
    Law,
    LineKind,
    Movement,
    PenaltyDerivation,
    VolumeDerivation,
    draft_invoice,
    recompute,
)
from elkk_core.metering import (
    EstimateCause,
    Meter,
    MeteringGap,
    Norm,
    NormTable,
    Reading,
    ReadingSource,
    RolloverPolicy,
)
from elkk_core.metering.model import month_to_bill
from elkk_core.shared import InvoiceId, Money, Month, ReadingId, Traits, Zone
from elkk_core.tariffs import Rate, TariffBook
from elkk_core.testing.builders import (
    MORNING,
    a_meter,
    a_norm,
    a_rate,
    a_supplier,
    an_account,
)
from elkk_core.testing.doubles import SequentialIdentifiers

WINDOW = a_supplier().window


def a_family(**changes: Any) -> PersonalAccount:
    """Return ``an_account()`` of two persons in two rooms, whose norm is 68 kWh each."""
    return an_account(**{"persons": 2, "traits": Traits.parse("rooms=2; stove=other")} | changes)


def prices(*ranges: tuple[str | None, str], **changes: Any) -> tuple[Rate, ...]:
    """Return the rates of a zone from upper bounds in kWh and prices in roubles."""
    return tuple(
        a_rate(up_to=None if up_to is None else Decimal(up_to), price=Decimal(price), **changes)
        for up_to, price in ranges
    )


@frozen(kw_only=True)
class _Payment:
    """Money of a day, and the day on which the books have it."""

    movement: Movement
    dated: date


class Household:
    """An account with its meters; each bill goes on from where the last one ended.

    Whatever is billed, the bill opens with the closing figure before, its standing comes to its own
    closing figure, and every amount comes out the same when it is computed anew.
    """

    def __init__(
        self,
        *meters: Meter,
        account: PersonalAccount | None = None,
        rates: Iterable[Rate] = (a_rate(effective_from=date(2019, 1, 1)),),
        norms: Iterable[Norm] = (a_norm(),),
        benefits: Iterable[Benefit] = (),
        rules: BillingRules | None = None,
        law: Law | None = None,
        rollover: RolloverPolicy | None = None,
    ) -> None:
        self.meters = list(meters or (a_meter(),))
        self.account = account or a_family()
        self.rates = tuple(rates)
        self.norms = NormTable(norms=tuple(norms))
        self.benefits = tuple(benefits)
        self.rules = rules or BillingRules()
        self.law = law or Law()
        self.rollover = rollover or RolloverPolicy()
        self.readings: list[Reading] = []
        self.gaps: list[MeteringGap] = []
        self.bills: list[Invoice] = []
        self.last: LastBill | None = None
        self._earlier: list[EarlierBill] = []
        self._payments: list[_Payment] = []
        self._identifiers = SequentialIdentifiers()

    # What happens

    def reads(
        self, day: str, value: str | int, zone: Zone = Zone.ALL_DAY, **changes: Any
    ) -> Reading:
        """Bring a reading into the books; it counts in the month that the window says."""
        meter = changes.pop("meter", self.meters[-1])
        taken_on = date.fromisoformat(day)
        reading = Reading(
            reading_id=ReadingId(self._identifiers.new()),
            meter_id=meter.meter_id,
            zone=zone,
            value=Decimal(value),
            taken_on=taken_on,
            month=month_to_bill(
                taken_on, window=meter.window or WINDOW, billed_through=self._issued_through
            ),
            source=ReadingSource.SUPPLIER,
            recorded_at=MORNING + timedelta(minutes=len(self.readings)),
        )
        self.readings.append(evolve(reading, **changes))
        return self.readings[-1]

    def corrects(self, mistaken: Reading, value: str | int) -> Reading:
        """Bring the right reading in place of a mistaken one."""
        (meter,) = (known for known in self.meters if known.meter_id == mistaken.meter_id)
        return self.reads(
            mistaken.taken_on.isoformat(),
            value,
            mistaken.zone,
            meter=meter,
            source=mistaken.source,
            corrects=mistaken.reading_id,
        )

    def suffers(
        self, cause: EstimateCause, since: str, until: str | None = None, **changes: Any
    ) -> None:
        """Let the meter fail or get lost, or nobody be let near it."""
        meter = changes.pop("meter", self.meters[-1])
        gap = MeteringGap(
            meter_id=meter.meter_id,
            cause=cause,
            since=date.fromisoformat(since),
            until=None if until is None else date.fromisoformat(until),
        )
        self.gaps.append(gap)

    def removes(self, day: str, place: int = 0) -> Meter:
        """Take a meter down."""
        self.meters[place] = evolve(self.meters[place], removed_on=date.fromisoformat(day))
        return self.meters[place]

    def pays(self, day: str, roubles: str, period: str | None = None) -> None:
        """Bring a payment into the books; months that are billed here are closed."""
        valued_on = date.fromisoformat(day)
        through = self._issued_through
        self._payments.append(
            _Payment(
                movement=Movement(
                    amount=Money.parse(roubles),
                    valued_on=valued_on,
                    period=None if period is None else Month.parse(period),
                ),
                dated=valued_on if through is None else max(valued_on, through.next.first_day),
            )
        )

    def had_bill(self, month: str, *, charged: str, closing: str) -> None:
        """Let an earlier billing system have issued a bill."""
        self._earlier.append(EarlierBill(month=Month.parse(month), charged=Money.parse(charged)))
        self.last = LastBill(
            invoice_id=InvoiceId(self._identifiers.new()),
            number=f"К-{month}",
            month=Month.parse(month),
            closing=Money.parse(closing),
            source=InvoiceSource.IMPORTED,
            standing=None,
        )

    def bill(self, month: str, *, today: date | None = None) -> Invoice:
        """Issue the bill for a month, on the first day after it unless told otherwise."""
        terms = self.terms(month, today=today)
        draft = draft_invoice(
            self.billable(terms.month),
            terms=terms,
            invoice_id=InvoiceId(self._identifiers.new()),
        )
        bill = draft.issue(number=f"TSNA-{len(self.bills) + 1}", now=MORNING)
        opening = Money.zero() if self.last is None else self.last.closing
        assert (opening, bill.closing, ()) == (
            bill.opening,
            draft.standing.balance,
            recompute(bill),
        )
        self.last = LastBill(
            invoice_id=bill.invoice_id,
            number=bill.number,
            month=bill.month,
            closing=bill.closing,
            source=InvoiceSource.ISSUED,
            standing=draft.standing,
        )
        self.bills.append(bill)
        return bill

    # What bills are made of

    def terms(self, month: str, *, today: date | None = None) -> BillingTerms:
        """Return what the bill for a month is made by."""
        billed = Month.parse(month)
        return BillingTerms(
            month=billed,
            today=today or billed.next.first_day,
            book=TariffBook(rates=self.rates),
            window=WINDOW,
            norms=self.norms,
            law=self.law,
            rules=self.rules,
            rollover=self.rollover,
        )

    def billable(self, month: Month) -> BillableAccount:
        """Return what a store knows for the bill of a month."""
        issued, last = self._issued_through, self.last
        return BillableAccount(
            account=self.account,
            meters=tuple(
                BillableMeter(
                    meter=meter,
                    readings=tuple(
                        reading
                        for reading in self.readings
                        if reading.meter_id == meter.meter_id
                        and reading.month <= month
                        and (issued is None or reading.month > issued)
                    ),
                    gaps=tuple(gap for gap in self.gaps if gap.meter_id == meter.meter_id),
                )
                for meter in self.meters
            ),
            benefits=self.benefits,
            last_bill=last,
            earlier=tuple(self._earlier) if issued is None else (),
            payments=tuple(
                payment.movement
                for payment in sorted(self._payments, key=lambda paid: paid.movement.valued_on)
                if payment.dated <= month.last_day
                and (last is None or payment.dated > last.month.last_day)
            ),
        )

    @property
    def standing(self) -> AccountStanding:
        """Where the account stands after the last bill."""
        assert self.last is not None
        assert self.last.standing is not None
        return self.last.standing

    @property
    def _issued_through(self) -> Month | None:
        is_issued = self.last is not None and self.last.source is InvoiceSource.ISSUED
        return self.last.month if is_issued and self.last is not None else None


# What a bill says


def plain(volume: Decimal) -> str:
    """Return a volume without needless zeros."""
    return f"{volume.normalize():f}"


def lines_of(bill: Invoice) -> list[tuple[str, str, str]]:
    """Return kind, kWh and roubles of each line for electricity."""
    return [
        (line.kind.value, plain(line.derivation.volume), str(line.amount))
        for line in bill.lines
        if isinstance(line.derivation, VolumeDerivation)
    ]


def derivations_of(bill: Invoice) -> list[VolumeDerivation]:
    """Return where the lines for electricity come from."""
    return [line.derivation for line in bill.lines if isinstance(line.derivation, VolumeDerivation)]


def penalty_of(bill: Invoice) -> PenaltyDerivation:
    """Return where the penalty of a bill comes from."""
    (line,) = (line for line in bill.lines if line.kind is LineKind.PENALTY)
    assert isinstance(line.derivation, PenaltyDerivation)
    return line.derivation
