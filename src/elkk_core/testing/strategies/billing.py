"""Strategies for rules, bills with their lines, and the ledger."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from elkk_core.billing import (
    CONSUMPTION_MONTHS,
    AccountStanding,
    Benefit,
    BenefitDerivation,
    ChargedVolume,
    Corrected,
    Counted,
    Derivation,
    EntryKind,
    Estimated,
    Invoice,
    InvoiceLine,
    InvoiceSource,
    Law,
    LawRow,
    LawTable,
    LedgerEntry,
    LineKind,
    MonthConsumption,
    MonthVolume,
    OpenDebt,
    Paid,
    PenalisedDebt,
    PenaltyDerivation,
    PenaltyRow,
    ReadingShown,
    ReceivedPayment,
    RegisterStanding,
    RuleBook,
    RuleName,
    SupplierEstimateRule,
    SupplierRule,
    VolumeDerivation,
    rule_choices,
)
from elkk_core.billing.model import EntryId, PaymentId
from elkk_core.metering import (
    EstimateBasis,
    EstimateCause,
    EstimateReason,
    EstimateRule,
    ReadingSource,
)
from elkk_core.shared import (
    AccountId,
    InvoiceId,
    MeterId,
    Money,
    Month,
    ReadingId,
    SupplierId,
    Zone,
)
from elkk_core.tariffs import RangeShare, RangeSplit
from elkk_core.testing.strategies.tariffs import prices
from elkk_core.testing.strategies.values import days, decimals, ids, moments, money, months, texts


def benefits(*, account_id: AccountId) -> SearchStrategy[Benefit]:
    """Benefits of an account, with a limit and an end or without."""
    return st.builds(
        lambda first_month, length, **parts: Benefit(
            first_month=first_month,
            last_month=None if length is None else first_month.plus(length),
            **parts,
        ),
        first_month=months(),
        length=st.none() | st.integers(0, 60),
        account_id=st.just(account_id),
        name=texts(max_size=40),
        percent=decimals(least="0.01", most="100", places=2),
        limit=st.none() | decimals(least="0.1", most="9999", places=1),
        version=st.just(0),
    )


@st.composite
def law_tables(draw: DrawFn, *, table: LawTable) -> tuple[LawRow, ...]:
    """Tables that an operator may put in place of the one in force, by date."""
    starts = sorted(draw(st.sets(days(first=date(2000, 1, 1)), min_size=1, max_size=5)))
    values_of_table = {
        LawTable.DUE_DAYS: st.integers(1, 28).map(Decimal),
        LawTable.VAT_RATES: decimals(least="0", most="100", places=1),
    }.get(table, decimals(least="0.01", most="30", places=2))
    return tuple(
        LawRow(
            first_day=start,
            last_day=start + timedelta(days=draw(st.integers(0, 900))) if table.rows_end else None,
            value=draw(values_of_table) if table.rows_have_values else None,
        )
        for start in starts
    )


def laws() -> SearchStrategy[Law]:
    """The tables of this release, one of them replaced."""
    return st.sampled_from(LawTable).flatmap(
        lambda table: law_tables(table=table).map(lambda rows: Law().replace(table, rows))
    )


def law_rows() -> SearchStrategy[LawRow]:
    """Rows of all tables."""
    return (
        st.sampled_from(LawTable)
        .flatmap(lambda table: law_tables(table=table))
        .flatmap(st.sampled_from)
    )


def supplier_rules(*, supplier_id: SupplierId) -> SearchStrategy[SupplierRule]:
    """Choices of a supplier."""
    flat_rates = decimals(least="0.01", most="30", places=2).map(str)
    return st.sampled_from(RuleName).flatmap(
        lambda name: st.builds(
            SupplierRule,
            supplier_id=st.just(supplier_id),
            name=st.just(name),
            month=months(),
            value=st.sampled_from(rule_choices(name)) if rule_choices(name) else flat_rates,
        )
    )


def estimate_rules() -> SearchStrategy[EstimateRule]:
    """Rules of estimates: an average for some periods, for none of them, or without a limit."""
    return st.builds(
        EstimateRule,
        periods=st.none() | st.integers(0, 12),
        clause=texts(),
        coefficient=decimals(least="0.1", most="10", places=1),
    )


def supplier_estimate_rules(*, supplier_id: SupplierId) -> SearchStrategy[SupplierEstimateRule]:
    """A supplier's own rules of estimates."""
    return st.builds(
        SupplierEstimateRule,
        supplier_id=st.just(supplier_id),
        cause=st.sampled_from(EstimateCause),
        month=months(),
        rule=estimate_rules(),
    )


def rule_books(*, supplier_id: SupplierId) -> SearchStrategy[RuleBook]:
    """Books in which a choice has one value from a month on."""
    return st.builds(
        RuleBook,
        rules=st.lists(
            supplier_rules(supplier_id=supplier_id),
            max_size=8,
            unique_by=lambda rule: (rule.name, rule.month),
        ).map(tuple),
        estimate_rules=st.lists(
            supplier_estimate_rules(supplier_id=supplier_id),
            max_size=4,
            unique_by=lambda rule: (rule.cause, rule.month),
        ).map(tuple),
    )


def kwh(*, least: str = "0", most: str = "99999") -> SearchStrategy[Decimal]:
    """Volumes with a decimal."""
    return decimals(least=least, most=most, places=1)


def shown_readings() -> SearchStrategy[ReadingShown]:
    """What registers show."""
    return st.builds(
        ReadingShown, value=kwh(), taken_on=days(), source=st.sampled_from(ReadingSource)
    )


def month_volumes(*, max_size: int = 12) -> SearchStrategy[tuple[MonthVolume, ...]]:
    """The volumes of some months, by month."""
    return st.lists(
        st.builds(MonthVolume, month=months(), volume=kwh()),
        max_size=max_size,
        unique_by=lambda part: part.month,
    ).map(lambda parts: tuple(sorted(parts, key=lambda part: part.month)))


def month_consumptions(
    *, of: SearchStrategy[Month] | None = None
) -> SearchStrategy[MonthConsumption]:
    """What bills charged in a month, and how much of it was estimated."""
    return st.builds(
        MonthConsumption,
        month=months() if of is None else of,
        volume=kwh(least="-999"),
        estimated=kwh(),
    )


@st.composite
def consumptions(draw: DrawFn) -> tuple[MonthConsumption, ...]:
    """What the bills of some of 13 months in a row charged, by month."""
    first = draw(months())
    places = draw(st.sets(st.integers(0, CONSUMPTION_MONTHS - 1)))
    return tuple(
        draw(month_consumptions(of=st.just(first.plus(place)))) for place in sorted(places)
    )


def counted_volumes() -> SearchStrategy[Counted]:
    """Volumes by readings, less what estimates have billed."""
    return st.builds(
        Counted,
        previous=shown_readings(),
        current=shown_readings(),
        integers=st.just(5),
        ratio=st.integers(1, 200),
        billed=month_volumes(max_size=4),
    )


_PERIODS_OF_ESTIMATES: dict[EstimateReason, SearchStrategy[int | None]] = {
    EstimateReason.AVERAGE_WITHIN_TERM: st.integers(1, 6),
    EstimateReason.AVERAGE_UNTIL_RESTORED: st.none(),
    EstimateReason.NORM_AFTER_TERM: st.integers(1, 6),
    EstimateReason.NORM_FOR_WANT_OF_HISTORY: st.none() | st.integers(1, 6),
    EstimateReason.NORM_AT_ONCE: st.just(0),
}


@st.composite
def estimated_volumes(draw: DrawFn) -> Estimated:
    """Volumes by an average or by a norm."""
    common: dict[str, Any] = {
        "month": draw(months()),
        "cause": draw(st.sampled_from(EstimateCause)),
        "clause": draw(texts()),
        "missed": draw(st.integers(1, 12)),
    }
    reason = draw(st.sampled_from(EstimateReason))
    periods = draw(_PERIODS_OF_ESTIMATES[reason])
    common |= {"reason": reason, "periods": periods}
    if reason in {EstimateReason.AVERAGE_WITHIN_TERM, EstimateReason.AVERAGE_UNTIL_RESTORED}:
        history = draw(month_volumes().filter(bool))
        return Estimated(
            basis=EstimateBasis.AVERAGE, history=history, decimals=draw(st.integers(0, 3)), **common
        )
    return Estimated(
        basis=EstimateBasis.NORM,
        norm=draw(kwh(least="0.1", most="300")),
        persons=draw(st.integers(1, 9)),
        coefficient=draw(st.sampled_from([Decimal(1), Decimal("1.5")])),
        share=draw(st.sampled_from([Fraction(1), Fraction(2, 3), Fraction(1, 3)])),
        **common,
    )


def corrected_volumes() -> SearchStrategy[Corrected]:
    """Volumes by which a mistaken reading was too high or too low."""
    return st.builds(
        Corrected,
        mistaken=shown_readings(),
        right=shown_readings(),
        integers=st.just(5),
        ratio=st.integers(1, 200),
    )


def range_shares() -> SearchStrategy[RangeShare]:
    """Parts of volumes inside consumption ranges; the figures need not agree."""
    return st.builds(
        RangeShare,
        over=kwh(),
        up_to=st.none() | kwh(least="0.1"),
        months=st.integers(1, 6),
        split=st.sampled_from(RangeSplit),
        zone_volume=kwh(),
        account_volume=kwh(),
        before=kwh(),
        billed=kwh(),
    )


def volume_derivations() -> SearchStrategy[VolumeDerivation]:
    """Amounts for electricity; the volume need not be what the basis gives."""
    return st.builds(
        VolumeDerivation,
        meter=texts(max_size=20),
        zone=st.sampled_from(Zone),
        basis=counted_volumes() | estimated_volumes() | corrected_volumes(),
        volume=kwh(least="-99999"),
        price=prices(),
        price_from=st.none() | days(),
        vat_rate=st.sampled_from([Decimal(18), Decimal(20), Decimal(22)]),
        range_number=st.integers(1, 3),
        share=st.none() | range_shares(),
        range_exempt=st.booleans(),
        charged_in=st.none() | months(),
    )


def benefit_derivations() -> SearchStrategy[BenefitDerivation]:
    """Discounts."""
    return st.builds(
        BenefitDerivation,
        name=texts(),
        percent=decimals(least="0.1", most="100", places=1),
        limit=st.none() | kwh(least="0.1"),
        charged=money(),
        volume=kwh(least="-99999"),
        vat_rate=st.sampled_from([Decimal(18), Decimal(20), Decimal(22)]),
        dearest=kwh(),
    )


def penalty_rows() -> SearchStrategy[PenaltyRow]:
    """The penalty for some days of a debt."""
    return st.builds(
        lambda first, length, **fields: PenaltyRow(
            first_day=first, last_day=first + timedelta(days=length), **fields
        ),
        first=days(),
        length=st.integers(0, 200),
        due=days(),
        debt=money(least=Money(1), most=Money(1_000_000_00)),
        rate=decimals(least="0.25", most="21", places=2),
        share=st.sampled_from([Fraction(1, 300), Fraction(1, 130)]),
    )


def exact_amounts() -> SearchStrategy[Fraction]:
    """Roubles that no rounding has touched."""
    return st.fractions(0, 10_000, max_denominator=39_000)


def penalty_derivations() -> SearchStrategy[PenaltyDerivation]:
    """Penalties for some debts."""
    return st.builds(
        PenaltyDerivation,
        until=days(),
        debts=st.lists(
            st.builds(
                PenalisedDebt,
                period=months(),
                due=days(),
                rows=st.lists(penalty_rows(), max_size=3).map(tuple),
                before=exact_amounts(),
            ),
            min_size=1,
            max_size=3,
        ).map(tuple),
    )


def _as_derivation(derivation: Derivation) -> Derivation:
    return derivation


@st.composite
def invoice_lines(draw: DrawFn) -> InvoiceLine:
    """Amounts with what they come from, or without."""
    kind = draw(st.sampled_from(LineKind))
    if kind is LineKind.EARLIER:
        return InvoiceLine(kind=kind, amount=draw(money()), vat=None, derivation=None)
    others: dict[LineKind, SearchStrategy[Derivation]] = {
        LineKind.BENEFIT: benefit_derivations().map(_as_derivation),
        LineKind.PENALTY: penalty_derivations().map(_as_derivation),
    }
    derivation = draw(others.get(kind, volume_derivations().map(_as_derivation)))
    return InvoiceLine(
        kind=kind, amount=derivation.amount, vat=derivation.vat, derivation=derivation
    )


def register_standings() -> SearchStrategy[RegisterStanding]:
    """Where registers stand after a bill."""
    return st.builds(
        RegisterStanding,
        meter_id=ids(MeterId),
        zone=st.sampled_from(Zone),
        reading_id=ids(ReadingId),
        reading=shown_readings(),
        counted=months(),
        estimated=month_volumes(max_size=4),
        charged=st.lists(
            st.builds(
                ChargedVolume,
                month=months(),
                volume=kwh(),
                price=prices(),
                price_from=st.none() | days(),
                vat_rate=st.sampled_from([Decimal(18), Decimal(20), Decimal(22)]),
            ),
            max_size=3,
        ).map(tuple),
        history=month_volumes(),
        closed=st.booleans(),
    )


def account_standings() -> SearchStrategy[AccountStanding]:
    """Where accounts stand after a bill."""
    amounts = money(least=Money(0), most=Money(1_000_000_00))
    return st.builds(
        AccountStanding,
        registers=st.lists(register_standings(), max_size=3).map(tuple),
        debts=st.lists(
            st.builds(
                OpenDebt,
                period=months(),
                due=days(),
                left=amounts,
                paid=st.lists(st.builds(Paid, amount=amounts, paid_on=days()), max_size=2).map(
                    tuple
                ),
                accrued=exact_amounts(),
            ),
            max_size=3,
        ).map(tuple),
        penalty=amounts,
        credit=amounts,
    )


@st.composite
def invoices(
    draw: DrawFn,
    *,
    supplier_id: SupplierId,
    account_id: AccountId,
    corrects: InvoiceId | None = None,
) -> Invoice:
    """Invoices of an account, issued here or imported, some in place of another one.

    That is *corrects*, or any if it is None.
    """
    revision = draw(st.integers(0, 2))
    return Invoice(
        invoice_id=draw(ids(InvoiceId)),
        supplier_id=supplier_id,
        account_id=account_id,
        number=draw(texts(max_size=40)),
        month=draw(months()),
        issued_at=draw(moments()),
        source=draw(st.sampled_from(InvoiceSource)),
        opening=draw(money()),
        lines=tuple(draw(st.lists(invoice_lines(), min_size=1, max_size=4))),
        payments=draw(money()),
        arithmetic_version=draw(st.integers(0, 3)),
        revision=revision,
        corrects=(corrects or draw(ids(InvoiceId))) if revision else None,
    )


def ledger_entries(*, account_id: AccountId) -> SearchStrategy[LedgerEntry]:
    """Movements of an account's balance."""
    return st.builds(
        LedgerEntry,
        entry_id=ids(EntryId),
        account_id=st.just(account_id),
        kind=st.sampled_from(EntryKind),
        amount=money(),
        dated=days(),
        valued_on=days(),
        document=texts(max_size=40),
        period=st.none() | months(),
        recorded_at=moments(),
    )


def received_payments(
    *, supplier_id: SupplierId, account_id: AccountId
) -> SearchStrategy[ReceivedPayment]:
    """Payments of a household."""
    return st.builds(
        ReceivedPayment,
        payment_id=ids(PaymentId),
        supplier_id=st.just(supplier_id),
        account_id=st.just(account_id),
        received_on=days(),
        amount=money(least=Money(1)),
        reference=texts(max_size=40),
        period=st.none() | months(),
        counted_before=st.booleans(),
        recorded_at=moments(),
    )
