"""What a printed bill says, in the words that a customer reads."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.integration.documents.paper import a_document, printed, told_of_pictures

from elkk_core.billing import (
    AccountStanding,
    BenefitDerivation,
    Corrected,
    Derivation,
    InvoiceLine,
    LineKind,
    MonthConsumption,
    MonthVolume,
    OpenDebt,
    ReadingShown,
)
from elkk_core.metering import EstimateBasis, EstimateCause, ReadingSource
from elkk_core.shared import Money, Month, Zone
from elkk_core.tariffs import RangeShare, RangeSplit
from elkk_core.testing.builders import (
    JANUARY,
    a_counted_volume,
    a_line,
    a_penalty_derivation,
    a_volume_derivation,
    an_account,
    an_estimated_volume,
    an_invoice,
    an_issued_invoice,
)

CURRENT = a_counted_volume().current


def _shown(value: int, source: ReadingSource = ReadingSource.SUPPLIER) -> ReadingShown:
    return ReadingShown(value=Decimal(value), taken_on=CURRENT.taken_on, source=source)


def _lines(*derivations: Derivation, kind: LineKind = LineKind.METERED) -> tuple[InvoiceLine, ...]:
    return tuple(a_line(derivation, kind=kind) for derivation in derivations)


# The bill as a whole


def test_manuals_bill_shows_its_figures() -> None:
    """The bill of January 2020 prints with the labels and the figures of the user manual."""
    text = printed(a_document())

    for fact in (
        "Энергосбыт Цна январь 2020 г.",
        "Вопросы по начислению: 8 800 100-00-00 · help@tsna.example · tsna.example",
        "№ К-2020-01 от 13.01.2020",
        "Платежный документ за электроэнергию",
        "Лицевой счет 680012345678",
        "Владелец Петрова Анна Сергеевна",
        "Адрес г. Тамбов, ул. Советская, д. 12, кв. 34",
        "Наименование АО «Энергосбыт Цна»",
        "ИНН 6800123450",
        "Расчетный счет 40702810200000000001",
        "Банк ПАО БАНК «ЦЕНТР», г. Тамбов",
        "БИК 044525225",
        "Корр. счет 30101810400000000225",
        "Начислено в прежней расчетной системе 643,20",
        "Сумма задолженности на начало периода 19,85 руб.",
        "Всего начислено за текущий период 643,20 руб.",
        "Сумма поступивших платежей, учтенных при расчете 665,60 руб.",
        "Итого переплата 2,55 руб.",
        "Сейчас платить не нужно.",
    ):
        assert fact in text


def test_what_does_not_apply_takes_no_room() -> None:
    """A plain bill has no word of what it has none of."""
    text = printed(a_document(an_issued_invoice()))

    for word in (
        "Зарегистрировано",
        "Коэф.",
        "Начислено ранее",
        "диапазон",
        "Диапазоны",
        "перерасчет",
        "льготы",
        "пени",
        "Задолженность по",
        "Начислено по месяцам",
        "документ:",
        "Оплатите до",
        "Страница",
    ):
        assert word not in text


def test_bill_speaks_english() -> None:
    """All labels are there in English; names stay as they are."""
    text = printed(a_document(an_issued_invoice(payments=Money(0)), an_account(persons=1)), "en")

    for fact in (
        "Энергосбыт Цна January 2020",
        "Questions about charges: 8 800 100-00-00",
        "No. TSNA-2020-000001 of 13.01.2020",
        "Payment document for electricity",
        "Personal account 680012345678",
        "Registered 1 person ",
        "№ 011070123456 All day",
        "14,323 13.01.2020, by the supplier 232",
        "All day by readings 232 2.77 642.64 107.11",
        "Debt at the start of the period 19.85 RUB",
        "Charged for this period 642.64 RUB",
        "Payments received and counted 0.00 RUB",
        "Total due 662.49 RUB",
        "Point the camera",
    ):
        assert fact in text


def test_date_of_issue_is_the_suppliers() -> None:
    """A bill issued at eleven in the evening by UTC bears the next date in Moscow."""
    invoice = an_invoice(issued_at=datetime(2020, 1, 31, 23, tzinfo=UTC))

    assert "от 01.02.2020" in printed(a_document(invoice))


def test_corrected_bill_and_its_correction_name_each_other() -> None:
    """Nobody pays by the bill that was wrong, or wonders why there are two."""
    wrong, right = a_document(corrected_by="B-2"), a_document(corrects="B-1")

    assert "Этот документ заменен. Платите по документу № B-2" in printed(wrong)
    assert "Исправленный документ: выставлен взамен № B-1" in printed(right)


def test_persons_are_shown_where_they_are_known() -> None:
    """Nobody may be registered, too."""
    assert "Зарегистрировано 0 чел." in printed(a_document(account=an_account(persons=0)))


# Readings


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (ReadingSource.INITIAL, "начальное"),
        (ReadingSource.CUSTOMER, "передано вами"),
        (ReadingSource.SUPPLIER, "контрольное"),
        (ReadingSource.FINAL, "конечное"),
    ],
)
def test_readings_say_who_took_them(source: ReadingSource, name: str) -> None:
    """Both readings have their date and their kind, and the volume between them stands beside."""
    basis = a_counted_volume(current=_shown(14323, source))
    text = printed(a_document(an_issued_invoice(lines=_lines(a_volume_derivation(basis=basis)))))

    readings = f"14 091 14.12.2019, контрольное 14 323 13.01.2020, {name} 232"
    assert f"№ 011070123456 Круглосуточно {readings}" in text


def test_zones_stand_in_their_lines() -> None:
    """Each register has its readings and its line, with the name of its zone."""
    zones = (Zone.PEAK, Zone.HALF_PEAK, Zone.NIGHT)
    lines = _lines(*(a_volume_derivation(zone=zone) for zone in zones))
    text = printed(a_document(an_issued_invoice(lines=lines)))

    for zone in ("Пик", "Полупик", "Ночь"):
        assert f"123456 {zone} 14 091" in text
        assert f"{zone} по показаниям 232 2,77 642,64 107,11" in text
    assert "Всего начислено 696 1 927,92 321,33" in text


def test_register_that_passed_zero_is_explained() -> None:
    """A reading below the previous one carries a mark, and the mark a sentence."""
    basis = a_counted_volume(previous=_shown(99_980), current=_shown(120))
    line = a_volume_derivation(basis=basis, volume=Decimal(140))
    text = printed(a_document(an_issued_invoice(lines=_lines(line))))

    assert "120* 13.01.2020, контрольное 140" in text
    assert "* Счетчик прошел через ноль" in text


def test_transformer_is_shown_where_there_is_one() -> None:
    """The ratio stands beside the readings that it multiplies."""
    basis = a_counted_volume(ratio=40)
    line = a_volume_derivation(basis=basis, volume=basis.volume)
    text = printed(a_document(an_issued_invoice(lines=_lines(line))))

    assert "Коэф. трансф." in text
    assert "13.01.2020, контрольное 40 9 280" in text


def test_average_says_of_how_many_months_and_why() -> None:
    """An estimated volume stands where the readings would, with the reason and the clause."""
    line = a_volume_derivation(basis=an_estimated_volume(), volume=Decimal(213))
    text = printed(a_document(an_issued_invoice(lines=_lines(line, kind=LineKind.AVERAGE))))

    reason = "показания не переданы · ПП РФ № 354, п. 59 «б»"
    assert f"Расчетное: среднее за 6 мес. {reason} 213" in text
    assert "Круглосуточно по среднему 213 2,77 590,01" in text


def test_norm_says_for_how_many_persons() -> None:
    """Norm, persons, coefficient and share are what anybody needs to compute the volume anew."""
    basis = an_estimated_volume(
        basis=EstimateBasis.NORM,
        cause=EstimateCause.ACCESS_REFUSED_TWICE,
        clause="ПП РФ № 354, п. 60(3)",
        month=JANUARY.previous,
        history=(),
        norm=Decimal(68),
        persons=2,
        coefficient=Decimal("1.5"),
        share=Fraction(1, 3),
    )
    line = a_volume_derivation(basis=basis, volume=basis.volume, zone=Zone.NIGHT)
    text = printed(a_document(an_issued_invoice(lines=_lines(line, kind=LineKind.NORM))))

    assert "Расчетное по нормативу: 68 кВт·ч на человека × 2 чел. × 1,5" in text
    assert "за декабрь 2019 г. · доля 1/3 · повторно нет доступа к счетчику" in text
    assert "Ночь по нормативу · за декабрь 2019 г. 68 2,77" in text


# Charges


def test_line_can_be_computed_anew() -> None:
    """Volume, price with the day it is published from, amount and tax stand in a row."""
    text = printed(a_document(an_issued_invoice()))

    assert "Тариф, руб./кВт·ч с 01.01.2020 Сумма, руб. в т. ч. НДС 20 %" in text
    assert "Круглосуточно по показаниям 232 2,77 642,64 107,11" in text
    assert "Всего начислено 232 642,64 107,11" in text


def test_prices_and_taxes_that_differ_stand_in_their_lines() -> None:
    """A bill over a change of prices or of the tax says of each line which one it is."""
    old = a_volume_derivation(
        price=Decimal("1.936"), price_from=date(2019, 7, 1), vat_rate=Decimal(18)
    )
    new = a_volume_derivation(zone=Zone.NIGHT)
    text = printed(a_document(an_issued_invoice(lines=_lines(old, new))))

    assert "1,936 с 01.07.2019 449,15 68,51 18 %" in text
    assert "2,77 с 01.01.2020 642,64 107,11 20 %" in text


def test_ranges_stand_in_lines_of_their_own() -> None:
    """One volume is divided by ranges into lines; decimals of volumes stand under each other."""
    bounds = [
        (Decimal(0), Decimal(100)),
        (Decimal(100), Decimal("150.5")),
        (Decimal("150.5"), None),
    ]
    shares = [
        RangeShare(
            over=over,
            up_to=up_to,
            months=1,
            split=RangeSplit.PROPORTIONAL,
            zone_volume=Decimal(232),
            account_volume=Decimal(232),
        )
        for over, up_to in bounds
    ]
    lines = [
        a_volume_derivation(volume=share.volume, range_number=number, share=share)
        for number, share in enumerate(shares, start=1)
    ]
    text = printed(a_document(an_issued_invoice(lines=_lines(*lines))))

    assert 1 == text.count("№ 011070123456")
    for row in (
        "диапазон 1: до 100 кВт·ч 100,0 2,77",
        "диапазон 2: свыше 100 до 150,5 кВт·ч 50,5 2,77",
        "диапазон 3: свыше 150,5 кВт·ч 81,5 2,77",
        "Всего начислено 232,0 642,65",
    ):
        assert row in text


def test_household_without_ranges_is_told() -> None:
    """Where ranges are published and do not apply, the bill says so."""
    line = a_volume_derivation(range_exempt=True)
    text = printed(a_document(an_issued_invoice(lines=_lines(line))))

    assert "Диапазоны потребления не применяются." in text


def test_recalculation_says_which_month_it_gives_back() -> None:
    """A reading after estimates: what was billed before, what is left, and at which price."""
    basis = a_counted_volume(
        billed=(MonthVolume(month=JANUARY.previous, volume=Decimal(360)),),
    )
    line = a_volume_derivation(
        basis=basis,
        volume=Decimal(-128),
        price=Decimal("2.72"),
        price_from=date(2019, 7, 1),
        charged_in=JANUARY.previous,
    )
    lines = _lines(line, kind=LineKind.RECALCULATION)
    text = printed(a_document(an_issued_invoice(lines=lines)))

    assert "Расход, кВт·ч Начислено ранее, кВт·ч К начислению, кВт·ч" in text
    assert "14 323 13.01.2020, контрольное 232 360 −128" in text
    assert "перерасчет · за декабрь 2019 г. −128 2,72 −348,16 −58,03" in text
    assert "в том числе перерасчеты −348,16 руб." in text


def test_corrected_reading_is_shown_beside_the_right_one() -> None:
    """Of the two the wrong one is named so."""
    basis = Corrected(mistaken=CURRENT, right=_shown(14333), integers=5, ratio=1)
    line = a_volume_derivation(basis=basis, volume=Decimal(10))
    lines = _lines(line, kind=LineKind.RECALCULATION)
    text = printed(a_document(an_issued_invoice(lines=lines)))

    readings = "14 323 13.01.2020, ошибочное 14 333 13.01.2020, контрольное 10"
    assert readings in text


@pytest.mark.parametrize(
    ("limit", "told", "amount"),
    [
        (None, "50 % от 642,64 руб. −321,32 −53,55", "−321,32"),
        (Decimal(300), "50 % от 642,64 руб. −321,32 −53,55", "−321,32"),
        (Decimal(100), "50 % от 642,64 руб. · на 100 из 232 кВт·ч −138,50 −23,08", "−138,50"),
    ],
)
def test_benefit_says_of_what_it_is_a_part(limit: Decimal | None, told: str, amount: str) -> None:
    """A limit is named only where more was consumed."""
    benefit = BenefitDerivation(
        name="Ветеран труда",
        percent=Decimal(50),
        limit=limit,
        charged=Money(64264),
        volume=Decimal(232),
        vat_rate=Decimal(20),
    )
    lines = (a_line(), a_line(benefit, kind=LineKind.BENEFIT))
    text = printed(a_document(an_issued_invoice(lines=lines)))

    assert f"Льгота: Ветеран труда {told}" in text
    assert f"в том числе льготы {amount} руб." in text


def test_lines_of_several_meters_name_them() -> None:
    """With one meter its number goes without saying."""
    lines = _lines(a_volume_derivation(meter="111"), a_volume_derivation(meter="222"))
    text = printed(a_document(an_issued_invoice(lines=lines)))

    for number in ("111", "222"):
        assert f"по показаниям · № {number} 232" in text


# What is due


def test_debt_is_asked_for() -> None:
    """A bill with something to pay says «Итого по счету», and by which day."""
    invoice = an_issued_invoice(opening=Money(0), payments=Money(0))
    debt = OpenDebt(period=JANUARY, due=date(2020, 2, 10), left=invoice.closing)
    text = printed(a_document(invoice, standing=AccountStanding(debts=(debt,))))

    assert "Итого по счету 642,64 руб. Оплатите до 10.02.2020 включительно" in text
    assert "Итого переплата" not in text
    assert "Наведите на код камеру" in text


def test_overpayment_at_the_start_has_its_own_label() -> None:
    """What was paid too much before is no debt with a minus."""
    text = printed(a_document(an_issued_invoice(opening=Money(-1985))))

    assert "Сумма переплаты на начало периода 19,85 руб." in text


def test_settled_bill_asks_for_nothing() -> None:
    """With nothing due and nothing paid too much the total is zero."""
    text = printed(a_document(an_invoice(payments=Money(66305)), standing=AccountStanding()))

    assert "Итого по счету 0,00 руб." in text
    assert "Сейчас платить не нужно." in text
    assert "Оплатите до" not in text


def test_debts_of_former_months_stand_by_age_with_the_penalty_apart() -> None:
    """What is left of each month and of the penalty adds up to the total."""
    lines = (a_line(), a_line(a_penalty_derivation(), kind=LineKind.PENALTY))
    invoice = an_issued_invoice(opening=Money(81240), payments=Money(0), lines=lines)
    standing = AccountStanding(
        debts=(
            OpenDebt(period=Month(2019, 11), due=date(2019, 12, 10), left=Money(81240)),
            OpenDebt(period=JANUARY, due=date(2020, 2, 10), left=Money(64264)),
        ),
        penalty=Money(372),
    )
    text = printed(a_document(invoice, standing=standing))

    assert standing.balance == invoice.closing
    assert "Всего начислено за текущий период 642,64 руб." in text
    assert "Начислено пени по 31.01.2020 3,72 руб." in text
    assert (
        "Итого по счету 1 458,76 руб. Из них за январь 2020 г. оплатите до 10.02.2020 включительно"
    ) in text
    assert (
        "Задолженность по месяцам За месяц Срок оплаты Остаток, руб. "
        "ноябрь 2019 г. 10.12.2019 812,40 январь 2020 г. 10.02.2020 642,64 Пени 3,72"
    ) in text


# The year

DECEMBER = Decimal("213.5")
YEAR = (
    MonthConsumption(month=JANUARY.plus(-12), volume=Decimal(212)),
    MonthConsumption(month=JANUARY.plus(-2), volume=Decimal(202)),
    MonthConsumption(month=JANUARY.plus(-1), volume=DECEMBER, estimated=DECEMBER),
    MonthConsumption(month=JANUARY, volume=Decimal(-7)),
)


def test_chart_shows_a_year_with_its_gaps() -> None:
    """Bars have their figures and months; one legend tells the estimated ones apart."""
    text = printed(a_document(an_issued_invoice(), consumption=YEAR))

    figures = "Начислено по месяцам, кВт·ч 212 202 214 −7 янв 2019 фев мар"
    assert f"{figures} апр май июн июл авг сен окт ноя дек янв 2020 по показаниям расчетный" in text


def test_chart_of_readings_alone_needs_no_legend() -> None:
    """Where nothing was estimated there is nothing to tell apart."""
    text = printed(a_document(an_issued_invoice(), consumption=YEAR[:2]))

    assert "Начислено по месяцам" in text
    assert "расчетный" not in text


@pytest.mark.parametrize("consumption", [YEAR[:1], YEAR[3:]], ids=["one-month", "nothing-used"])
def test_chart_that_would_say_nothing_is_left_out(
    consumption: tuple[MonthConsumption, ...],
) -> None:
    """One bar alone compares with nothing."""
    text = printed(a_document(an_issued_invoice(), consumption=consumption))

    assert "Начислено по месяцам" not in text


def test_chart_is_told_in_words() -> None:
    """Who does not see the bars hears each month, and which ones were estimated."""
    code, chart = sorted(told_of_pictures(a_document(consumption=YEAR)))

    assert "QR-код для оплаты по лицевому счету 680012345678" == code
    assert chart.startswith(
        "Начислено по месяцам, кВт·ч. январь 2019 г.: 212; февраль 2019 г.: нет"
    )
    assert chart.endswith(
        "ноябрь 2019 г.: 202; декабрь 2019 г.: 214 (расчетный); январь 2020 г.: −7"
    )
