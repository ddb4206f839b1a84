"""One valid thing of each kind, with what a test cares about changed.

Unchanged, they belong together: ``a_meter()`` is on ``an_account()`` of ``a_supplier()``, and
``a_link()`` lets ``a_user()`` see it. The household is that of the user manual.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from attrs import evolve

from elkk_core.accounts import (
    AccountLink,
    BillDelivery,
    PersonalAccount,
    Relation,
    Requisites,
    Supplier,
)
from elkk_core.billing import (
    ARITHMETIC_VERSION,
    AccountStanding,
    Benefit,
    BillableAccount,
    BillableMeter,
    BillingTerms,
    ChargedVolume,
    Counted,
    Derivation,
    EntryId,
    EntryKind,
    Estimated,
    Invoice,
    InvoiceLine,
    InvoiceSource,
    LawRow,
    LedgerEntry,
    LineKind,
    MonthVolume,
    PaymentId,
    PenalisedDebt,
    PenaltyDerivation,
    PenaltyRow,
    ReadingShown,
    ReceivedPayment,
    RegisterStanding,
    RuleName,
    SupplierEstimateRule,
    SupplierRule,
    VolumeDerivation,
)
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
    ReadingId,
    SessionId,
    SubmissionWindow,
    SupplierId,
    Traits,
    UserId,
    Zone,
)
from elkk_core.tariffs import Rate, TariffBook

SUPPLIER_ID = SupplierId(UUID(int=0xA1))
ACCOUNT_ID = AccountId(UUID(int=0xA2))
METER_ID = MeterId(UUID(int=0xA3))
USER_ID = UserId(UUID(int=0xA4))

JANUARY = Month(2020, 1)
MORNING = datetime(2020, 1, 13, 7, 30, tzinfo=UTC)
"""When everything that a builder makes happened."""


# Identity


def a_name(**changes: Any) -> FullName:
    """Return a name of three parts."""
    return evolve(FullName(surname="Петрова", given="Анна", patronymic="Сергеевна"), **changes)


def a_code(**changes: Any) -> OneTimeCode:
    """Return a code that may still be answered; its digest fits nothing."""
    return evolve(
        OneTimeCode(
            digest="digest of a code",
            sent_at=MORNING,
            expires_at=MORNING + timedelta(minutes=5),
            tries_left=5,
        ),
        **changes,
    )


def a_consent(**changes: Any) -> Consent:
    """Return the acceptance of an agreement."""
    return evolve(Consent(version="2026-11-01", given_at=MORNING), **changes)


def a_registration(**changes: Any) -> Registration:
    """Return a registration that waits for its code."""
    return evolve(
        Registration(
            registration_id=RegistrationId(UUID(int=0xB1)),
            phone=Phone("+79161234567"),
            email=Email("petrova@tambov-post.ru"),
            name=a_name(),
            password_digest="digest of a password",
            consent=a_consent(),
            language=Language.RUSSIAN,
            phone_known=False,
            code=a_code(),
            started_at=MORNING,
        ),
        **changes,
    )


def a_recovery(**changes: Any) -> PasswordRecovery:
    """Return a password recovery of ``a_user()`` that waits for its code."""
    return evolve(
        PasswordRecovery(
            recovery_id=RecoveryId(UUID(int=0xB2)),
            phone=Phone("+79161234567"),
            user_id=USER_ID,
            language=Language.RUSSIAN,
            code=a_code(),
        ),
        **changes,
    )


def a_user(**changes: Any) -> User:
    """Return a user whose e-mail is not confirmed yet."""
    return evolve(
        User(
            user_id=USER_ID,
            phone=Phone("+79161234567"),
            email=Email("petrova@tambov-post.ru"),
            name=a_name(),
            password_digest="digest of a password",
            consents=(a_consent(),),
            language=Language.RUSSIAN,
            registered_at=MORNING,
        ),
        **changes,
    )


def another_user(**changes: Any) -> User:
    """Return a user who has nothing in common with ``a_user()``."""
    return evolve(
        a_user(
            user_id=UserId(UUID(int=0xB4)),
            phone=Phone("+79537654321"),
            email=Email("ivanov@tambov-post.ru"),
            name=FullName(surname="Иванов", given="Пётр"),
        ),
        **changes,
    )


def an_email_confirmation(**changes: Any) -> EmailConfirmation:
    """Return a link that confirms the e-mail of ``a_user()``."""
    return evolve(
        EmailConfirmation(
            token_digest="digest of a link's token",
            user_id=USER_ID,
            email=Email("petrova@tambov-post.ru"),
            expires_at=MORNING + timedelta(hours=60),
        ),
        **changes,
    )


def a_session(**changes: Any) -> Session:
    """Return a live session of ``a_user()``."""
    return evolve(
        Session(
            session_id=SessionId(UUID(int=0xB3)),
            user_id=USER_ID,
            token_digest="digest of a session's token",
            started_at=MORNING,
            last_used_at=MORNING,
            idle_until=MORNING + timedelta(minutes=30),
            expires_at=MORNING + timedelta(hours=12),
            remembered=False,
        ),
        **changes,
    )


# Accounts


def requisites(**changes: Any) -> Requisites:
    """Return requisites whose control digits fit."""
    return evolve(
        Requisites(
            payee="АО «Энергосбыт Цна»",
            inn="6800123450",
            bank="ПАО БАНК «ЦЕНТР», г. Тамбов",
            bic="044525225",
            settlement_account="40702810200000000001",
            correspondent_account="30101810400000000225",
        ),
        **changes,
    )


def a_supplier(**changes: Any) -> Supplier:
    """Return a supplier that takes readings from the 15th to the 25th, by Moscow time."""
    return evolve(
        Supplier(
            supplier_id=SUPPLIER_ID,
            code="tsna",
            name="Энергосбыт Цна",
            time_zone="Europe/Moscow",
            window=SubmissionWindow(first_day=15, last_day=25),
            requisites=requisites(),
        ),
        **changes,
    )


def an_account(**changes: Any) -> PersonalAccount:
    """Return a personal account of ``a_supplier()``."""
    return evolve(
        PersonalAccount(
            account_id=ACCOUNT_ID,
            supplier_id=SUPPLIER_ID,
            number="680012345678",
            address="г. Тамбов, ул. Советская, д. 12, кв. 34",
            owner="Петрова Анна Сергеевна",
            category="urban-gas",
        ),
        **changes,
    )


def a_link(**changes: Any) -> AccountLink:
    """Return the link of ``a_user()`` to ``an_account()``."""
    return evolve(
        AccountLink(
            user_id=USER_ID,
            account_id=ACCOUNT_ID,
            relation=Relation.OWNER,
            delivery=BillDelivery.EMAIL,
            linked_at=MORNING,
        ),
        **changes,
    )


# Tariffs


def a_rate(**changes: Any) -> Rate:
    """Return the manual's rate of January 2020 for the category of ``an_account()``."""
    return evolve(
        Rate(
            supplier_id=SUPPLIER_ID,
            category="urban-gas",
            zone=Zone.ALL_DAY,
            effective_from=date(2020, 1, 1),
            price=Decimal("2.77"),
        ),
        **changes,
    )


# Metering


def a_meter(**changes: Any) -> Meter:
    """Return the manual's meter: one zone, five digits, no transformer."""
    return evolve(
        Meter(
            meter_id=METER_ID,
            account_id=ACCOUNT_ID,
            number="011070123456",
            zones=(Zone.ALL_DAY,),
            capacity=DigitCapacity(integers=5),
            installed_on=date(2006, 11, 15),
            verification_due=date(2022, 11, 15),
        ),
        **changes,
    )


def a_reading(**changes: Any) -> Reading:
    """Return the manual's reading of ``a_meter()``, taken on 13 January 2020."""
    return evolve(
        Reading(
            reading_id=ReadingId(UUID(int=0xA5)),
            meter_id=METER_ID,
            zone=Zone.ALL_DAY,
            value=Decimal(14323),
            taken_on=date(2020, 1, 13),
            month=JANUARY,
            source=ReadingSource.SUPPLIER,
            recorded_at=MORNING,
        ),
        **changes,
    )


def a_gap(**changes: Any) -> MeteringGap:
    """Return a failure of ``a_meter()`` on 20 January 2020 that goes on."""
    return evolve(
        MeteringGap(meter_id=METER_ID, cause=EstimateCause.METER_FAILED, since=date(2020, 1, 20)),
        **changes,
    )


def a_norm(**changes: Any) -> Norm:
    """Return the norm of Volgograd for two persons in two rooms without an electric stove."""
    return evolve(
        Norm(
            supplier_id=SUPPLIER_ID,
            effective_from=date(2016, 7, 1),
            traits=Traits.parse("rooms=2; stove=other"),
            persons=PersonsBand(2, 2),
            kwh=Decimal(68),
        ),
        **changes,
    )


# Billing


def a_benefit(**changes: Any) -> Benefit:
    """Return a discount of a half for ``an_account()``, from January 2020 on without an end."""
    return evolve(
        Benefit(
            account_id=ACCOUNT_ID,
            name="Ветеран труда",
            percent=Decimal(50),
            first_month=JANUARY,
        ),
        **changes,
    )


def a_law_row(**changes: Any) -> LawRow:
    """Return the key rate that is in force from 27 July 2026."""
    return evolve(LawRow(first_day=date(2026, 7, 27), value=Decimal(14)), **changes)


def a_rule(**changes: Any) -> SupplierRule:
    """Return the choice of ``a_supplier()`` to fill the cheap ranges by night first."""
    return evolve(
        SupplierRule(
            supplier_id=SUPPLIER_ID,
            name=RuleName.RANGE_SPLIT,
            month=JANUARY,
            value="night_first",
        ),
        **changes,
    )


def an_estimate_rule(**changes: Any) -> SupplierEstimateRule:
    """Return the rule of ``a_supplier()`` for readings not handed over: six periods."""
    return evolve(
        SupplierEstimateRule(
            supplier_id=SUPPLIER_ID,
            cause=EstimateCause.READING_MISSED,
            month=JANUARY,
            rule=EstimateRule(periods=6, clause="приказ № 7"),
        ),
        **changes,
    )


def a_counted_volume(**changes: Any) -> Counted:
    """Return 232 kWh between two of the manual's readings of ``a_meter()``."""
    return evolve(
        Counted(
            previous=ReadingShown(
                value=Decimal(14091), taken_on=date(2019, 12, 14), source=ReadingSource.SUPPLIER
            ),
            current=ReadingShown(
                value=Decimal(14323), taken_on=date(2020, 1, 13), source=ReadingSource.SUPPLIER
            ),
            integers=5,
            ratio=1,
        ),
        **changes,
    )


def an_estimated_volume(**changes: Any) -> Estimated:
    """Return 213 kWh of January 2020, the average of six months, as no reading was sent."""
    return evolve(
        Estimated(
            month=JANUARY,
            cause=EstimateCause.READING_MISSED,
            basis=EstimateBasis.AVERAGE,
            reason=EstimateReason.AVERAGE_WITHIN_TERM,
            clause="ПП РФ № 354, п. 59 «б»",
            missed=1,
            periods=3,
            history=tuple(
                MonthVolume(month=JANUARY.plus(back), volume=Decimal(kwh))
                for back, kwh in enumerate((205, 201, 210, 215, 220, 227), start=-6)
            ),
        ),
        **changes,
    )


def a_volume_derivation(**changes: Any) -> VolumeDerivation:
    """Return ``a_counted_volume()`` at the manual's rate: 642,64."""
    return evolve(
        VolumeDerivation(
            meter="011070123456",
            zone=Zone.ALL_DAY,
            basis=a_counted_volume(),
            volume=Decimal(232),
            price=Decimal("2.77"),
            price_from=date(2020, 1, 1),
            vat_rate=Decimal(20),
        ),
        **changes,
    )


def a_penalty_derivation(**changes: Any) -> PenaltyDerivation:
    """Return 3,72 for 812,40 of November 2019: 52 days late, of which 22 cost a penalty."""
    due = date(2019, 12, 10)
    row = PenaltyRow(
        due=due,
        first_day=date(2020, 1, 10),
        last_day=date(2020, 1, 31),
        debt=Money(81240),
        rate=Decimal("6.25"),
        share=Fraction(1, 300),
    )
    return evolve(
        PenaltyDerivation(
            until=date(2020, 1, 31),
            debts=(
                PenalisedDebt(period=Month(2019, 11), due=due, rows=(row,), before=Fraction(0)),
            ),
        ),
        **changes,
    )


def a_line(
    derivation: Derivation | None = None, *, kind: LineKind = LineKind.METERED
) -> InvoiceLine:
    """Return the line of a derivation, of ``a_volume_derivation()`` if none is given."""
    known = derivation or a_volume_derivation()
    return InvoiceLine(kind=kind, amount=known.amount, vat=known.vat, derivation=known)


def an_invoice(**changes: Any) -> Invoice:
    """Return the manual's bill of January 2020: overpayment 2,55."""
    return evolve(
        Invoice(
            invoice_id=InvoiceId(UUID(int=0xA6)),
            supplier_id=SUPPLIER_ID,
            account_id=ACCOUNT_ID,
            number="К-2020-01",
            month=JANUARY,
            issued_at=MORNING,
            source=InvoiceSource.IMPORTED,
            opening=Money(1985),
            lines=(
                InvoiceLine(kind=LineKind.EARLIER, amount=Money(64320), vat=None, derivation=None),
            ),
            payments=Money(66560),
            arithmetic_version=0,
        ),
        **changes,
    )


def an_issued_invoice(**changes: Any) -> Invoice:
    """Return a bill of ``an_account()`` that was issued here, with a metered line."""
    return evolve(
        an_invoice(
            number="TSNA-2020-000001",
            source=InvoiceSource.ISSUED,
            lines=(a_line(),),
            arithmetic_version=ARITHMETIC_VERSION,
        ),
        **changes,
    )


def an_entry(**changes: Any) -> LedgerEntry:
    """Return the charge of the manual's bill in the ledger of ``an_account()``."""
    return evolve(
        LedgerEntry(
            entry_id=EntryId(UUID(int=0xA7)),
            account_id=ACCOUNT_ID,
            kind=EntryKind.CHARGE,
            amount=Money(64320),
            dated=date(2020, 1, 31),
            valued_on=date(2020, 1, 31),
            document="К-2020-01",
            recorded_at=MORNING,
        ),
        **changes,
    )


def a_payment(**changes: Any) -> ReceivedPayment:
    """Return the manual's payment of 665,60 for ``an_account()``."""
    return evolve(
        ReceivedPayment(
            payment_id=PaymentId(UUID(int=0xA8)),
            supplier_id=SUPPLIER_ID,
            account_id=ACCOUNT_ID,
            received_on=date(2020, 1, 10),
            amount=Money(66560),
            reference="СУИП 100123456789",
            counted_before=False,
            recorded_at=MORNING,
        ),
        **changes,
    )


def a_register_standing(**changes: Any) -> RegisterStanding:
    """Return where ``a_meter()`` stands after the bill of ``an_issued_invoice()``."""
    return evolve(
        RegisterStanding(
            meter_id=METER_ID,
            zone=Zone.ALL_DAY,
            reading_id=ReadingId(UUID(int=0xA5)),
            reading=a_counted_volume().current,
            counted=JANUARY,
            charged=(
                ChargedVolume(
                    month=JANUARY,
                    volume=Decimal(232),
                    price=Decimal("2.77"),
                    price_from=date(2020, 1, 1),
                    vat_rate=Decimal(20),
                ),
            ),
            history=(
                *an_estimated_volume().history,
                MonthVolume(month=JANUARY, volume=Decimal(232)),
            ),
        ),
        **changes,
    )


def a_standing(**changes: Any) -> AccountStanding:
    """Return where ``an_account()`` stands after ``an_issued_invoice()``: 2,55 in advance."""
    return evolve(AccountStanding(registers=(a_register_standing(),), credit=Money(255)), **changes)


def some_terms(**changes: Any) -> BillingTerms:
    """Return what the bills of January 2020 are made by: the manual's rate, and nothing chosen."""
    return evolve(
        BillingTerms(
            month=JANUARY,
            today=date(2020, 1, 31),
            book=TariffBook(rates=(a_rate(),)),
            window=a_supplier().window,
        ),
        **changes,
    )


def a_billable_account(**changes: Any) -> BillableAccount:
    """Return ``an_account()`` with 232 kWh to bill in January 2020 and no bill before."""
    first = a_reading(
        reading_id=ReadingId(UUID(int=0xA9)),
        value=Decimal(14091),
        taken_on=date(2019, 12, 14),
        month=JANUARY.previous,
    )
    return evolve(
        BillableAccount(
            account=an_account(),
            meters=(BillableMeter(meter=a_meter(), readings=(first, a_reading())),),
            last_bill=None,
        ),
        **changes,
    )
