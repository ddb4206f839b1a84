"""Hypothesis strategies: plural nouns, keyword-only, valid by construction.

What is drawn can be kept by every store: texts without control characters, moments in UTC to the
microsecond, amounts in whole kopecks, exact decimals.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
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
    EntryKind,
    Invoice,
    InvoiceLine,
    InvoiceSource,
    LedgerEntry,
    MeteredVolume,
    ReceivedPayment,
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
from elkk_core.metering import DigitCapacity, Meter, Reading, ReadingSource
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
    UserId,
    Zone,
)
from elkk_core.shared.zones import ZONE_SCHEMES
from elkk_core.tariffs import Rate, TariffBook

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


def rates(
    *,
    supplier_id: SupplierId,
    category: str = "urban-gas",
    zones: SearchStrategy[Zone] | None = None,
) -> SearchStrategy[Rate]:
    """Rates of a category of households."""
    return st.builds(
        Rate,
        supplier_id=st.just(supplier_id),
        category=st.just(category),
        zone=zones or st.sampled_from(Zone),
        effective_from=months().map(lambda month: month.first_day),
        price=prices(),
    )


def tariff_books(
    *, supplier_id: SupplierId, category: str = "urban-gas"
) -> SearchStrategy[TariffBook]:
    """Books in which category, zone and date have one price."""
    return st.lists(
        rates(supplier_id=supplier_id, category=category),
        max_size=12,
        unique_by=lambda rate: (rate.zone, rate.effective_from),
    ).map(lambda found: TariffBook(rates=tuple(found)))


# Metering


def capacities() -> SearchStrategy[DigitCapacity]:
    """Digit capacities from three digits to nine, with decimals or without."""
    return st.builds(DigitCapacity, integers=st.integers(3, 9), decimals=st.integers(0, 3))


def meters(*, account_id: AccountId) -> SearchStrategy[Meter]:
    """Meters of an account."""
    return st.builds(
        Meter,
        meter_id=_ids(MeterId),
        account_id=st.just(account_id),
        number=texts(max_size=20),
        zones=zone_schemes(),
        capacity=capacities(),
        ratio=st.integers(1, 200),
        installed_on=days(),
        verification_due=st.none() | days(),
        window=st.none() | windows(),
        version=st.just(0),
    )


def values(*, capacity: DigitCapacity) -> SearchStrategy[Decimal]:
    """What a meter of *capacity* can show."""
    shown = 10 ** (capacity.integers + capacity.decimals) - 1
    return st.integers(0, shown).map(lambda units: Decimal(units).scaleb(-capacity.decimals))


def readings(*, meter: Meter, user_id: UserId | None = None) -> SearchStrategy[Reading]:
    """Readings of *meter*, each on its own; sent by *user_id*, or brought by the books."""
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
    )


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


# Billing


def metered_volumes() -> SearchStrategy[MeteredVolume]:
    """From what a volume comes; the figures need not agree."""
    return st.builds(
        MeteredVolume,
        meter=texts(max_size=20),
        zone=st.sampled_from(Zone),
        previous=decimals(least="0", most="99999", places=1),
        previous_on=days(),
        current=decimals(least="0", most="99999", places=1),
        current_on=days(),
        ratio=st.integers(1, 200),
        volume=decimals(least="0", most="99999", places=1),
        price=prices(),
        price_from=days(),
    )


def invoice_lines() -> SearchStrategy[InvoiceLine]:
    """Amounts with what they come from, or without."""
    return st.builds(InvoiceLine, amount=money(), metered=st.none() | metered_volumes())


def invoices(*, supplier_id: SupplierId, account_id: AccountId) -> SearchStrategy[Invoice]:
    """Invoices of an account, issued here or imported."""
    return st.builds(
        Invoice,
        invoice_id=_ids(InvoiceId),
        supplier_id=st.just(supplier_id),
        account_id=st.just(account_id),
        number=texts(max_size=40),
        month=months(),
        issued_at=moments(),
        source=st.sampled_from(InvoiceSource),
        opening=money(),
        lines=st.lists(invoice_lines(), min_size=1, max_size=4).map(tuple),
        payments=money(),
        arithmetic_version=st.integers(0, 3),
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
        document=texts(max_size=40),
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
        draw(meters(account_id=account.account_id)), installed_on=first.previous.first_day
    )
    length = draw(st.integers(2, most_months))
    series: list[Reading] = []
    steps: list[Rate] = []
    for zone in meter.zones:
        series += draw(reading_series(meter=meter, zone=zone, first=first, months=length))
        later = draw(st.sets(st.integers(1, length), max_size=2))
        steps += [
            Rate(
                supplier_id=supplier.supplier_id,
                category=account.category,
                zone=zone,
                effective_from=first.plus(step).first_day,
                price=draw(prices()),
            )
            for step in sorted({0, *later})
        ]
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
