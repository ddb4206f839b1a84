"""Hypothesis strategies: plural nouns, keyword-only, valid by construction.

What is drawn can be kept by every store: texts without control characters, moments in UTC to the
microsecond, amounts in whole kopecks, exact decimals.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any
from uuid import UUID

from attrs import evolve, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from elkk_core.accounts import (
    AccountLink,
    BillDelivery,
    Contacts,
    PersonalAccount,
    Relation,
    Requisites,
    Supplier,
    account_key_is_right,
)
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
from elkk_core.identity import (
    Consent,
    Email,
    EmailConfirmation,
    FullName,
    Language,
    OneTimeCode,
    PasswordRecovery,
    Phone,
    RecoveryId,
    Registration,
    RegistrationId,
    Session,
    User,
)
from elkk_core.metering import (
    DigitCapacity,
    EstimateBasis,
    EstimateCause,
    EstimateReason,
    EstimateRule,
    Meter,
    MeteringGap,
    Norm,
    NormTable,
    PersonsBand,
    Reading,
    ReadingSource,
)
from elkk_core.shared import (
    AccountId,
    InvoiceId,
    MeterId,
    Money,
    Month,
    Period,
    ReadingId,
    SessionId,
    SubmissionWindow,
    SupplierId,
    Tally,
    Traits,
    UserId,
    Zone,
)
from elkk_core.shared.zones import ZONE_SCHEMES
from elkk_core.tariffs import RangeShare, RangeSplit, Rate, TariffBook

_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz"
_SMALLEST_DAY, _GREATEST_DAY = date(2006, 1, 1), date(2040, 12, 31)
_INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


# Texts


def texts(*, max_size: int = 60) -> SearchStrategy[str]:
    """Lines that a person could have typed, blanks inside but not around them."""
    signs = st.characters(exclude_categories=["C", "Z"])
    return st.lists(
        st.text(signs, min_size=1, max_size=12), min_size=1, max_size=max(max_size // 13, 1)
    ).map(" ".join)


def digits(*, length: int) -> SearchStrategy[str]:
    """Texts of *length* digits."""
    return st.text("0123456789", min_size=length, max_size=length)


def digests() -> SearchStrategy[str]:
    """Digests of secrets, of which no two are the same."""
    return st.uuids().map(lambda number: number.hex)


# Money and time


def money(
    *, least: Money = Money(-10_000_000_00), most: Money = Money(10_000_000_00)
) -> SearchStrategy[Money]:
    """Amounts from *least* to *most*."""
    return st.integers(least.kopecks, most.kopecks).map(Money)


def decimals(*, least: str, most: str, places: int) -> SearchStrategy[Decimal]:
    """Decimals from *least* to *most* with *places* digits after the point."""
    return st.decimals(Decimal(least), Decimal(most), places=places)


def days(*, first: date = _SMALLEST_DAY, last: date = _GREATEST_DAY) -> SearchStrategy[date]:
    """Dates from *first* to *last*."""
    return st.dates(first, last)


def stretches() -> SearchStrategy[tuple[date, date | None]]:
    """Two days in order, or a day without an end."""
    ended: SearchStrategy[tuple[date, date | None]] = st.tuples(days(), days()).map(
        lambda pair: (min(pair), max(pair))
    )
    return ended | st.tuples(days(), st.none())


def moments(*, first: date = _SMALLEST_DAY, last: date = _GREATEST_DAY) -> SearchStrategy[datetime]:
    """Moments in UTC, to the microsecond."""
    return st.datetimes(
        datetime(first.year, first.month, first.day),  # noqa: DTZ001 - Hypothesis adds the zone.
        datetime(last.year, last.month, last.day),  # noqa: DTZ001 - As above.
        timezones=st.just(UTC),
    ).map(lambda moment: moment.replace(fold=0))  # UTC has no hour twice.


def months(
    *, first: Month = Month(2006, 1), last: Month = Month(2040, 12)
) -> SearchStrategy[Month]:
    """Months from *first* to *last*."""
    between = 12 * (last.year - first.year) + last.number - first.number
    return st.integers(0, between).map(first.plus)


def periods(*, with_end: bool | None = None) -> SearchStrategy[Period]:
    """Periods of local dates; by default with an end or without."""
    lengths = st.integers(1, 4000)
    ends = {True: lengths, False: st.none(), None: st.none() | lengths}[with_end]
    return st.builds(
        lambda start, length: Period(
            start=start, end=None if length is None else start + timedelta(days=length)
        ),
        days(),
        ends,
    )


def windows() -> SearchStrategy[SubmissionWindow]:
    """Submission windows of all kinds, the 31st included."""
    return st.lists(st.integers(1, 31), min_size=2, max_size=2).map(
        lambda ends: SubmissionWindow(first_day=min(ends), last_day=max(ends))
    )


def zone_schemes() -> SearchStrategy[tuple[Zone, ...]]:
    """The zones of a meter: one, two or three of them."""
    return st.sampled_from(list(ZONE_SCHEMES.values()))


# Households


def traits() -> SearchStrategy[Traits]:
    """What a household is like, by up to three names that a supplier might choose."""
    names = st.text(_LETTERS, min_size=1, max_size=12)
    values = st.text(_LETTERS + "0123456789+-", min_size=1, max_size=12)
    return st.dictionaries(names, values, max_size=3).map(
        lambda found: Traits(tuple(found.items()))
    )


# Identity


def phones() -> SearchStrategy[Phone]:
    """Russian mobile phones."""
    return digits(length=9).map(lambda rest: Phone(f"+79{rest}"))


def emails() -> SearchStrategy[Email]:
    """Plain e-mail addresses."""
    parts = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
    return st.builds(lambda name, domain: Email(f"{name}@{domain}.ru"), parts, parts)


def name_parts() -> SearchStrategy[str]:
    """Parts of a name: words with a hyphen, an apostrophe or a blank between them."""
    words = st.text(_LETTERS, min_size=1, max_size=12).map(str.capitalize)
    return st.builds(
        lambda head, tail: "".join([head, *(sign + word for sign, word in tail)]),
        words,
        st.lists(st.tuples(st.sampled_from(" -'’"), words), max_size=2),
    )


def full_names() -> SearchStrategy[FullName]:
    """Names of two or three parts."""
    return st.builds(
        FullName,
        surname=name_parts(),
        given=name_parts(),
        patronymic=st.just("") | name_parts(),
    )


def consents() -> SearchStrategy[Consent]:
    """Acceptances of agreements."""
    return st.builds(Consent, version=texts(max_size=20), given_at=moments())


def one_time_codes() -> SearchStrategy[OneTimeCode]:
    """Codes in all states: fresh, answered wrong, used."""
    return st.builds(
        OneTimeCode,
        digest=digests(),
        sent_at=moments(),
        expires_at=moments(),
        tries_left=st.integers(0, 5),
        used_at=st.none() | moments(),
    )


def languages() -> SearchStrategy[Language]:
    """Languages of the cabinet."""
    return st.sampled_from(Language)


def registrations() -> SearchStrategy[Registration]:
    """Registrations in all states."""
    return st.builds(
        Registration,
        registration_id=_ids(RegistrationId),
        phone=phones(),
        email=emails(),
        name=full_names(),
        password_digest=digests(),
        consent=consents(),
        language=languages(),
        phone_known=st.booleans(),
        code=one_time_codes(),
        started_at=moments(),
        version=st.just(0),
        events=st.just(()),
    )


def recoveries(*, user_id: UserId | None = None) -> SearchStrategy[PasswordRecovery]:
    """Password recoveries in all states; of *user_id*, or of a phone that nobody has."""
    return st.builds(
        PasswordRecovery,
        recovery_id=_ids(RecoveryId),
        phone=phones(),
        user_id=st.just(user_id),
        language=languages(),
        code=one_time_codes(),
        version=st.just(0),
        events=st.just(()),
    )


def users() -> SearchStrategy[User]:
    """Users with a confirmed e-mail or without."""
    return st.builds(
        User,
        user_id=_ids(UserId),
        phone=phones(),
        email=emails(),
        email_confirmed_at=st.none() | moments(),
        name=full_names(),
        password_digest=digests(),
        consents=st.lists(consents(), min_size=1, max_size=3).map(tuple),
        language=languages(),
        registered_at=moments(),
        version=st.just(0),
        events=st.just(()),
    )


def email_confirmations(*, user: User) -> SearchStrategy[EmailConfirmation]:
    """Links that confirm the e-mail of *user*."""
    return st.builds(
        EmailConfirmation,
        token_digest=digests(),
        user_id=st.just(user.user_id),
        email=st.just(user.email),
        expires_at=moments(),
    )


def sessions(*, user_id: UserId) -> SearchStrategy[Session]:
    """Sessions of a user, ended or not."""
    return st.builds(
        Session,
        session_id=_ids(SessionId),
        user_id=st.just(user_id),
        token_digest=digests(),
        started_at=moments(),
        last_used_at=moments(),
        idle_until=moments(),
        expires_at=moments(),
        remembered=st.booleans(),
        ended_at=st.none() | moments(),
        version=st.just(0),
    )


def tallies() -> SearchStrategy[Tally]:
    """Tallies never saved before, with any number of moments."""
    return st.builds(
        Tally,
        key=texts(max_size=40),
        moments=st.lists(moments(), max_size=6).map(tuple),
        version=st.just(0),
    )


# Accounts


@st.composite
def requisites(draw: DrawFn) -> Requisites:
    """Requisites whose control digits fit."""
    inn = draw(digits(length=9))
    weighted = sum(int(d) * w for d, w in zip(inn, _INN_WEIGHTS, strict=True))
    bic = f"04{draw(digits(length=7))}"
    head, tail = draw(digits(length=8)), draw(digits(length=11))
    account = next(
        number
        for number in (f"{head}{key}{tail}" for key in range(10))
        if account_key_is_right(bic=bic, account=number)
    )
    return Requisites(
        payee=draw(texts()),
        inn=f"{inn}{weighted % 11 % 10}",
        bank=draw(texts(max_size=40)),
        bic=bic,
        settlement_account=account,
        correspondent_account=draw(digits(length=20)),
    )


def suppliers() -> SearchStrategy[Supplier]:
    """Suppliers in several time zones of Russia."""
    return st.builds(
        Supplier,
        supplier_id=_ids(SupplierId),
        code=st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=20),
        name=texts(),
        time_zone=st.sampled_from(["Europe/Kaliningrad", "Europe/Moscow", "Asia/Kamchatka"]),
        window=windows(),
        requisites=requisites(),
        contacts=st.builds(Contacts, site=texts(), phone=texts(), email=texts())
        | st.just(Contacts()),
        version=st.just(0),
    )


def account_numbers() -> SearchStrategy[str]:
    """Numbers of personal accounts, with leading zeros too."""
    return st.text("0123456789", min_size=4, max_size=20)


def personal_accounts(*, supplier_id: SupplierId) -> SearchStrategy[PersonalAccount]:
    """Personal accounts of a supplier."""
    return st.builds(
        PersonalAccount,
        account_id=_ids(AccountId),
        supplier_id=st.just(supplier_id),
        number=account_numbers(),
        address=texts(max_size=120),
        owner=texts(),
        category=texts(max_size=20),
        persons=st.none() | st.integers(0, 12),
        traits=traits(),
        range_exempt=st.booleans(),
        version=st.just(0),
    )


def account_links(*, user_id: UserId, account_id: AccountId) -> SearchStrategy[AccountLink]:
    """Links of a user to an account."""
    return st.builds(
        AccountLink,
        user_id=st.just(user_id),
        account_id=st.just(account_id),
        relation=st.sampled_from(Relation),
        delivery=st.sampled_from(BillDelivery),
        linked_at=moments(),
    )


# Tariffs


def prices() -> SearchStrategy[Decimal]:
    """Prices of a kilowatt-hour with up to five decimals."""
    return st.integers(0, 5).flatmap(
        lambda places: st.decimals(Decimal(1).scaleb(-places), Decimal(99), places=places)
    )


def bounds() -> SearchStrategy[Decimal]:
    """Upper bounds of consumption ranges in kWh a month."""
    return st.integers(1, 10_000).map(Decimal)


def rates(
    *,
    supplier_id: SupplierId,
    category: str = "urban-gas",
    zones: SearchStrategy[Zone] | None = None,
) -> SearchStrategy[Rate]:
    """Rates of a category of households, each on its own, in a consumption range or in none."""
    return st.builds(
        Rate,
        supplier_id=st.just(supplier_id),
        category=st.just(category),
        zone=zones or st.sampled_from(Zone),
        effective_from=months().map(lambda month: month.first_day),
        up_to=st.none() | bounds(),
        price=prices(),
    )


@st.composite
def publications(
    draw: DrawFn,
    *,
    supplier_id: SupplierId,
    category: str = "urban-gas",
    zone: Zone | None = None,
    effective_from: date | None = None,
) -> tuple[Rate, ...]:
    """The rates of a zone from a date on: up to three ranges, of which the last has no bound."""
    zone = zone or draw(st.sampled_from(Zone))
    effective_from = effective_from or draw(months()).first_day
    return tuple(
        Rate(
            supplier_id=supplier_id,
            category=category,
            zone=zone,
            effective_from=effective_from,
            up_to=up_to,
            price=draw(prices()),
        )
        for up_to in (*sorted(draw(st.sets(bounds(), max_size=2))), None)
    )


def tariff_books(
    *, supplier_id: SupplierId, category: str = "urban-gas"
) -> SearchStrategy[TariffBook]:
    """Books of publications, one of a category, zone and date."""
    return st.lists(
        publications(supplier_id=supplier_id, category=category),
        max_size=12,
        unique_by=lambda ranges: (ranges[0].zone, ranges[0].effective_from),
    ).map(lambda found: TariffBook(rates=tuple(chain.from_iterable(found))))


# Metering


def capacities() -> SearchStrategy[DigitCapacity]:
    """Digit capacities from three digits to nine, with decimals or without."""
    return st.builds(DigitCapacity, integers=st.integers(3, 9), decimals=st.integers(0, 3))


def meters(*, account_id: AccountId) -> SearchStrategy[Meter]:
    """Meters of an account, there still or removed."""
    return st.builds(
        lambda stay, **parts: Meter(installed_on=stay[0], removed_on=stay[1], **parts),
        stay=stretches(),
        meter_id=_ids(MeterId),
        account_id=st.just(account_id),
        number=texts(max_size=20),
        zones=zone_schemes(),
        capacity=capacities(),
        ratio=st.integers(1, 200),
        verification_due=st.none() | days(),
        window=st.none() | windows(),
        version=st.just(0),
    )


def gaps(*, meter_id: MeterId) -> SearchStrategy[MeteringGap]:
    """Gaps in what *meter_id* counts, over or going on."""
    return st.builds(
        lambda stretch, **parts: MeteringGap(since=stretch[0], until=stretch[1], **parts),
        stretch=stretches(),
        meter_id=st.just(meter_id),
        cause=st.sampled_from(EstimateCause),
        version=st.just(0),
    )


def values(*, capacity: DigitCapacity) -> SearchStrategy[Decimal]:
    """What a meter of *capacity* can show."""
    shown = 10 ** (capacity.integers + capacity.decimals) - 1
    return st.integers(0, shown).map(lambda units: Decimal(units).scaleb(-capacity.decimals))


def readings(
    *, meter: Meter, user_id: UserId | None = None, corrects: ReadingId | None = None
) -> SearchStrategy[Reading]:
    """Readings of *meter*, each on its own; sent by *user_id*, or brought by the books.

    Each *corrects* that other reading, if one is given.
    """
    return st.builds(
        Reading,
        reading_id=_ids(ReadingId),
        meter_id=st.just(meter.meter_id),
        zone=st.sampled_from(meter.zones),
        value=values(capacity=meter.capacity),
        taken_on=days(),
        month=months(),
        source=st.sampled_from(ReadingSource),
        recorded_at=moments(),
        submitted_by=st.just(user_id),
        corrects=st.just(corrects),
    )


@st.composite
def corrected_readings(draw: DrawFn, *, meter: Meter) -> tuple[Reading, ...]:
    """Readings of a *meter* of one zone, some of them corrected, and corrections as well.

    A correction bears the date of what it corrects, and counts in any month.
    """
    series: list[Reading] = []
    facts = st.lists(readings(meter=meter), max_size=8, unique_by=lambda each: each.reading_id)
    for reading in draw(facts):
        taken = {known.corrects for known in series}
        free = [known for known in series if known.reading_id not in taken]
        corrected = draw(st.none() | st.sampled_from(free)) if free else None
        if corrected is None:
            series.append(reading)
        else:
            series.append(
                evolve(
                    reading,
                    corrects=corrected.reading_id,
                    taken_on=corrected.taken_on,
                    source=corrected.source,
                    recorded_at=corrected.recorded_at
                    + draw(st.timedeltas(timedelta(), timedelta(days=1))),
                )
            )
    return tuple(draw(st.permutations(series)))


@st.composite
def reading_series(
    draw: DrawFn, *, meter: Meter, zone: Zone, first: Month, months: int
) -> tuple[Reading, ...]:
    """A reading for each of *months* months of one register, each month using up to 3000 kWh.

    The register starts anywhere, so it may pass through zero.
    """
    value = draw(values(capacity=meter.capacity))
    most = min(Decimal(3000) // meter.ratio, meter.capacity.modulus - 1)
    series = []
    for month in first.until(first.plus(months)):
        day = month.first_day.replace(day=draw(st.integers(1, 25)))
        series.append(
            Reading(
                reading_id=draw(_ids(ReadingId)),
                meter_id=meter.meter_id,
                zone=zone,
                value=value,
                taken_on=day,
                month=month,
                source=ReadingSource.SUPPLIER,
                recorded_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
            )
        )
        step = draw(st.integers(0, int(most) * 10**meter.capacity.decimals))
        value = (value + Decimal(step).scaleb(-meter.capacity.decimals)) % meter.capacity.modulus
    return tuple(series)


@st.composite
def persons_bands(draw: DrawFn) -> PersonsBand:
    """Bands of persons, with an upper end or without."""
    least = draw(st.integers(1, 12))
    return PersonsBand(least, draw(st.none() | st.integers(least, 15)))


def norms(*, supplier_id: SupplierId) -> SearchStrategy[Norm]:
    """Consumption norms of a supplier, each on its own."""
    return st.builds(
        Norm,
        supplier_id=st.just(supplier_id),
        effective_from=days(),
        traits=traits(),
        persons=persons_bands(),
        kwh=decimals(least="0.1", most="500", places=1),
    )


@st.composite
def norm_tables(draw: DrawFn, *, supplier_id: SupplierId) -> NormTable:
    """Tables of up to three dates, with bands of persons that follow each other for some traits."""
    kept: list[Norm] = []
    for effective_from in draw(st.sets(days(), max_size=3)):
        for kind in draw(st.sets(traits(), min_size=1, max_size=3)):
            starts = sorted(draw(st.sets(st.integers(1, 9), min_size=1, max_size=4)))
            ends = [start - 1 for start in starts[1:]]
            kept += [
                Norm(
                    supplier_id=supplier_id,
                    effective_from=effective_from,
                    traits=kind,
                    persons=PersonsBand(least, most),
                    kwh=draw(decimals(least="0.1", most="500", places=1)),
                )
                for least, most in zip(starts, (*ends, None), strict=True)
            ]
    return NormTable(norms=kept)


# Billing


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
        meter_id=_ids(MeterId),
        zone=st.sampled_from(Zone),
        reading_id=_ids(ReadingId),
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
        invoice_id=draw(_ids(InvoiceId)),
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
        corrects=(corrects or draw(_ids(InvoiceId))) if revision else None,
    )


def ledger_entries(*, account_id: AccountId) -> SearchStrategy[LedgerEntry]:
    """Movements of an account's balance."""
    return st.builds(
        LedgerEntry,
        entry_id=_ids(EntryId),
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
        payment_id=_ids(PaymentId),
        supplier_id=st.just(supplier_id),
        account_id=st.just(account_id),
        received_on=days(),
        amount=money(least=Money(1)),
        reference=texts(max_size=40),
        period=st.none() | months(),
        counted_before=st.booleans(),
        recorded_at=moments(),
    )


# Whole worlds


@frozen(kw_only=True)
class MeteredWorld:
    """An account with its supplier, its meter, the rates it needs, and a reading a month.

    Facts are in the order in which a store takes them.
    """

    supplier: Supplier
    account: PersonalAccount
    meter: Meter
    rates: tuple[Rate, ...]
    readings: tuple[Reading, ...]

    @property
    def facts(self) -> tuple[Supplier | PersonalAccount | Meter | Rate | Reading, ...]:
        """All of it."""
        return (self.supplier, self.account, self.meter, *self.rates, *self.readings)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that have readings, the first one serving only to count from."""
        return tuple(sorted({reading.month for reading in self.readings}))


@st.composite
def metered_accounts(draw: DrawFn, *, most_months: int = 6) -> MeteredWorld:
    """Consistent worlds: two months at least, readings in every zone, a rate for every month."""
    supplier = draw(suppliers())
    account = draw(personal_accounts(supplier_id=supplier.supplier_id))
    first = draw(months(first=Month(2016, 1), last=Month(2026, 1)))
    meter = evolve(
        draw(meters(account_id=account.account_id)),
        installed_on=first.previous.first_day,
        removed_on=None,
    )
    length = draw(st.integers(2, most_months))
    series: list[Reading] = []
    steps: list[Rate] = []
    for zone in meter.zones:
        series += draw(reading_series(meter=meter, zone=zone, first=first, months=length))
        later = draw(st.sets(st.integers(1, length), max_size=2))
        for step in sorted({0, *later}):
            steps += draw(
                publications(
                    supplier_id=supplier.supplier_id,
                    category=account.category,
                    zone=zone,
                    effective_from=first.plus(step).first_day,
                )
            )
    return MeteredWorld(
        supplier=supplier,
        account=account,
        meter=meter,
        rates=tuple(steps),
        readings=tuple(series),
    )


def _ids(kind: Any) -> SearchStrategy[Any]:  # noqa: ANN401 - A NewType is no type to name.
    numbers: SearchStrategy[UUID] = st.uuids()
    return numbers.map(kind)
