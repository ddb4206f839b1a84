"""Every amount of a bill is told in plain words, with the figures that it was computed from."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from string import Formatter
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from elkk_adapters.sentences import LANGUAGES, ExplainedLine, explain
from elkk_adapters.sentences.bills import ON_BILLS
from elkk_adapters.sentences.words import MINUS, NBSP
from elkk_core.billing import (
    BenefitDerivation,
    Corrected,
    Derivation,
    Invoice,
    LineKind,
    MonthVolume,
    PenalisedDebt,
    PenaltyDerivation,
    ReadingShown,
    VolumeDerivation,
)
from elkk_core.metering import EstimateBasis, EstimateCause, EstimateReason, ReadingSource
from elkk_core.shared import Money, Month, Zone
from elkk_core.tariffs import PriceRange, RangeSplit, ZonePrices, ZoneVolume, split_by_range
from elkk_core.testing.builders import (
    JANUARY,
    a_counted_volume,
    a_line,
    a_penalty_derivation,
    a_volume_derivation,
    an_estimated_volume,
    an_invoice,
    an_issued_invoice,
)

FEBRUARY = JANUARY.next
AFTER_TERM = "По среднему начисляют не больше 3 месяцев, дальше по нормативу."


def explained(derivation: Derivation, kind: LineKind = LineKind.METERED) -> ExplainedLine:
    """Return a line in Russian words."""
    invoice = an_issued_invoice(lines=(a_line(derivation, kind=kind),))
    (group,) = explain(invoice, "ru").groups
    (line,) = group.lines
    return line


def told(line: ExplainedLine) -> list[str]:
    """Return the sentences of a line, each with its details, with plain blanks."""
    sentences = []
    for step in line.steps:
        sentences += [step.text, *(f"- {detail}" for detail in step.details)]
    return [plain(sentence) for sentence in sentences]


def plain(text: str) -> str:
    """Return a text with plain blanks and signs, as one would type it."""
    return text.replace(NBSP, " ").replace(MINUS, "-")


def facts(line: ExplainedLine) -> dict[str, str]:
    """Return the figures of a line by name."""
    return {plain(fact.name): plain(fact.value) for fact in line.facts}


# By readings


def test_readings_price_and_tax() -> None:
    """The manual's 232 kWh: readings with who took them, difference, price, amount, tax inside."""
    line = explained(a_volume_derivation())

    assert [
        "Счетчик № 011070123456.",
        "Показания: 14 091 на 14.12.2019 (контрольные), 14 323 на 13.01.2020 (контрольные).",
        "Разница: 14 323 - 14 091 = 232 кВт·ч.",
        "Цена 2,77 ₽ за кВт·ч действует с 01.01.2020.",
        "232 × 2,77 = 642,64 ₽.",
        "В этой сумме есть НДС 20 %: 107,11 ₽.",
    ] == told(line)
    assert "По показаниям" == line.title
    assert "формула 1" in line.rule


def test_figures_of_a_line() -> None:
    """The figures stand apart too, and the amount among them is what they lead to."""
    line = explained(a_volume_derivation())

    assert {
        "Счетчик": "011070123456",
        "Предыдущие показания, 14.12.2019 (контрольные)": "14 091",
        "Текущие показания, 13.01.2020 (контрольные)": "14 323",
        "Расход": "232 кВт·ч",
        "Тариф": "2,77 руб./кВт·ч",
        "Начислено": "642,64 ₽",
        "В том числе НДС 20 %": "107,11 ₽",
    } == facts(line)
    assert ["Начислено"] == [fact.name for fact in line.facts if fact.is_total]


def test_rounding_is_shown_where_there_is_any() -> None:
    """What is not whole kopecks is shown exact, and then as it is charged."""
    line = explained(a_volume_derivation(price=Decimal("2.77501")))

    assert "232 × 2,77501 = 643,80232, до копейки 643,80 ₽." in told(line)


def test_a_price_of_unknown_date_and_no_tax() -> None:
    """What is not known is not told, and neither is a tax that nobody pays."""
    line = explained(a_volume_derivation(price_from=None, vat_rate=Decimal(0)))

    assert ["Цена 2,77 ₽ за кВт·ч.", "232 × 2,77 = 642,64 ₽."] == told(line)[-2:]
    assert not [name for name in facts(line) if "НДС" in name]


def test_zone_and_household_are_named() -> None:
    """A zone stands in the title and beside its meter; a household reads that it was its reading."""
    own = ReadingShown(
        value=Decimal(14323), taken_on=date(2020, 1, 13), source=ReadingSource.CUSTOMER
    )
    line = explained(a_volume_derivation(zone=Zone.NIGHT, basis=a_counted_volume(current=own)))

    assert "По показаниям, ночь" == line.title
    assert "Счетчик № 011070123456, зона: ночь." == told(line)[0]
    assert "14 323 на 13.01.2020 (переданы Вами)" in told(line)[1]


def test_a_passage_through_zero_and_a_transformer() -> None:
    """The register that began anew, and the ratio, are reckoned out."""
    basis = a_counted_volume(ratio=20)
    basis = evolve(
        basis,
        previous=evolve(basis.previous, value=Decimal(99990)),
        current=evolve(basis.current, value=Decimal(11)),
    )
    line = explained(a_volume_derivation(basis=basis, volume=basis.volume))

    assert [
        "Счетчик дошел до 100 000 и начал с нуля: 100 000 + 11 - 99 990 = 21.",
        "С коэффициентом трансформации: 21 × 20 = 420 кВт·ч.",
    ] == told(line)[2:4]
    assert "20" == facts(line)["Коэффициент трансформации"]


def test_what_estimates_billed_is_taken_off() -> None:
    """A reading after estimates leaves what they did not bill, month by month."""
    billed = (
        MonthVolume(month=JANUARY, volume=Decimal(100)),
        MonthVolume(month=FEBRUARY, volume=Decimal(90)),
    )
    basis = a_counted_volume(billed=billed)
    line = explained(a_volume_derivation(basis=basis, volume=basis.volume))

    assert [
        "Из них 190 кВт·ч уже начислены, пока показаний не было.",
        "- январь 2020: 100 кВт·ч",
        "- февраль 2020: 90 кВт·ч",
        "Осталось начислить: 232 - 190 = 42 кВт·ч.",
    ] == told(line)[3:7]
    assert "190 кВт·ч" == facts(line)["Уже начислено без показаний"]
    assert "п. 42 и 61" in line.rule


def test_what_was_too_much_is_given_back_at_its_price() -> None:
    """Where estimates were too high, the line says which month is given back and at which price."""
    basis = a_counted_volume(billed=(MonthVolume(month=JANUARY, volume=Decimal(300)),))
    derivation = a_volume_derivation(
        basis=basis, volume=basis.volume, price=Decimal("2.72"), charged_in=JANUARY
    )
    line = explained(derivation, LineKind.RECALCULATION)

    assert [
        "Начислено было больше, чем прошло через счетчик: 232 - 300 = -68 кВт·ч.",
        "Возвращаем 68 кВт·ч из начисленных за январь 2020, по той же цене.",
        "Цена 2,72 ₽ за кВт·ч действует с 01.01.2020.",
        "-68 × 2,72 = -184,96 ₽.",
    ] == told(line)[-5:-1]
    assert plain(line.title) == "Возврат за январь 2020"
    assert "п. 61" in line.rule


def test_a_corrected_reading() -> None:
    """The mistaken reading and the right one are told with what lies between them."""
    mistaken = a_counted_volume().current
    right = evolve(mistaken, value=Decimal(14423))
    basis = Corrected(mistaken=mistaken, right=right, integers=5, ratio=1)
    line = explained(a_volume_derivation(basis=basis, volume=Decimal(100)), LineKind.RECALCULATION)

    assert [
        "Показания 14 323 на 13.01.2020 (контрольные) исправлены: верные 14 423 (контрольные).",
        "Разница: 100 кВт·ч.",
    ] == told(line)[1:3]
    assert "Исправление показаний" == line.title
    assert "14 423" == facts(line)["Верные показания, 13.01.2020 (контрольные)"]


# Without readings


def estimated(**changes: Any) -> ExplainedLine:
    """Return the line of an estimate in words."""
    basis = an_estimated_volume(**changes)
    kind = LineKind.AVERAGE if basis.basis is EstimateBasis.AVERAGE else LineKind.NORM
    return explained(a_volume_derivation(basis=basis, volume=basis.volume), kind)


def test_an_average() -> None:
    """Why there is no reading, how long an average holds, and of which months it is."""
    line = estimated()

    assert [
        "Показания за январь 2020 не переданы.",
        "Без показаний подряд: 1 месяц. До 3 месяцев подряд начисляют по среднему расходу.",
        "Средний расход: 1 278 кВт·ч за 6 месяцев, в месяц 213 кВт·ч.",
        "- июль 2019: 205 кВт·ч",
        "- август 2019: 201 кВт·ч",
        "- сентябрь 2019: 210 кВт·ч",
        "- октябрь 2019: 215 кВт·ч",
        "- ноябрь 2019: 220 кВт·ч",
        "- декабрь 2019: 227 кВт·ч",
        "Когда будут показания, расход уточним: лишнее вернем, недостающее доначислим.",
    ] == told(line)[1:11]
    assert "По среднему расходу за январь 2020" == plain(line.title)
    assert "213 кВт·ч" == facts(line)["Расход (расчетный)"]
    assert "п. 59 «б»" in line.rule


def test_a_rounded_average() -> None:
    """An average that does not divide says that it is rounded."""
    history = an_estimated_volume().history[:4]

    assert "Средний расход: 831 кВт·ч за 4 месяца, в месяц с округлением 208 кВт·ч." in told(
        estimated(history=history)
    )


def test_an_average_of_a_part_of_a_month() -> None:
    """A meter that was taken down has the average of its days."""
    sentences = told(estimated(share=Fraction(10, 31), cause=EstimateCause.METER_FAILED))

    assert "За январь 2020 показаний нет: счетчик неисправен." in sentences
    assert (
        "Средний расход: 1 278 кВт·ч за 6 месяцев. "
        "Счетчик работал не весь месяц, доля его дней 10/31: 69 кВт·ч."
    ) in sentences


def test_a_norm() -> None:
    """Norm, persons, coefficient and share are multiplied, and the reason names the term."""
    line = estimated(
        basis=EstimateBasis.NORM,
        reason=EstimateReason.NORM_AFTER_TERM,
        clause="ПП РФ № 354, п. 60",
        missed=4,
        norm=Decimal(68),
        persons=2,
        coefficient=Decimal("1.5"),
        share=Fraction(1, 3),
    )

    assert [
        f"Без показаний подряд: 4 месяца. {AFTER_TERM}",
        "Норматив: 68 кВт·ч в месяц на человека, проживает 2 человека.",
        "Повышающий коэффициент: 1,5.",
        "Доля этого счетчика, его зоны и дней: 1/3.",
        "68 × 2 × 1,5 × 1/3 = 68 кВт·ч.",
    ] == told(line)[2:7]
    assert ("68 кВт·ч", "2 человека") == (
        facts(line)["Норматив на человека"],
        facts(line)["Проживает"],
    )
    assert "п. 60" in line.rule


def test_a_plain_norm() -> None:
    """Where nothing raises or shares a norm, nothing is said of that."""
    sentences = told(
        estimated(
            basis=EstimateBasis.NORM,
            reason=EstimateReason.NORM_AT_ONCE,
            norm=Decimal(68),
            persons=1,
        )
    )

    assert "68 × 1 = 68 кВт·ч." in sentences
    assert not [
        sentence for sentence in sentences if "оэффициент" in sentence or "Доля" in sentence
    ]


# Consumption ranges


def ranged(
    *volumes: ZoneVolume, split: RangeSplit = RangeSplit.PROPORTIONAL
) -> list[VolumeDerivation]:
    """Return the lines of volumes in ranges up to 3900 kWh, up to 6000, and above."""
    ranges = [
        PriceRange(up_to=Decimal(3900), price=Decimal("6.33")),
        PriceRange(up_to=Decimal(6000), price=Decimal("8.63")),
        PriceRange(up_to=None, price=Decimal("9.95")),
    ]
    parts = split_by_range(
        volumes,
        prices=[ZonePrices(zone=volume.zone, ranges=ranges) for volume in volumes],
        split=split,
    )
    return [
        a_volume_derivation(
            zone=part.zone,
            volume=part.volume,
            price=part.price,
            share=part.share,
            range_number=part.number,
        )
        for part in parts
    ]


def about_ranges(derivation: VolumeDerivation) -> list[str]:
    """Return what is said between the readings and the price."""
    sentences = told(explained(derivation))
    ends = next(i for i, sentence in enumerate(sentences) if sentence.startswith("Цена"))
    return sentences[3:ends]


def test_consumption_inside_the_first_range() -> None:
    """Most households read one sentence about ranges."""
    (only,) = ranged(ZoneVolume(zone=Zone.ALL_DAY, volume=Decimal(232)))

    assert [
        "Весь расход поместился в 1-й диапазон: до 3 900 кВт·ч включительно в месяц."
    ] == about_ranges(only)
    assert "По показаниям, 1-й диапазон" == explained(only).title


def test_ranges_one_after_the_other() -> None:
    """Each range says its bounds and what fell into it."""
    lines = ranged(ZoneVolume(zone=Zone.ALL_DAY, volume=Decimal(7000)))

    assert [
        [
            "1-й диапазон: до 3 900 кВт·ч включительно в месяц.",
            "В диапазон попало 3 900 кВт·ч.",
        ],
        [
            "2-й диапазон: от 3 900 до 6 000 кВт·ч включительно в месяц.",
            "В диапазон попало 2 100 кВт·ч.",
        ],
        ["3-й диапазон: свыше 6 000 кВт·ч в месяц.", "В диапазон попало 1 000 кВт·ч."],
    ] == [about_ranges(line) for line in lines]


def test_ranges_of_several_months() -> None:
    """A reading that spans months has bounds as many times as high; estimates filled the first."""
    volume = ZoneVolume(zone=Zone.ALL_DAY, volume=Decimal(8000), billed=Decimal(500), months=2)
    first, second = ranged(volume)

    assert [
        "1-й диапазон: до 3 900 кВт·ч включительно в месяц.",
        "Расход за 2 месяца, поэтому границы во столько же раз больше.",
        "Для этого расхода диапазон: до 7 800 кВт·ч включительно.",
        "Первые 500 кВт·ч уже начислены.",
        "В диапазон попало 7 300 кВт·ч.",
    ] == about_ranges(first)
    assert "Для этого расхода диапазон: свыше 7 800 кВт·ч." in about_ranges(second)
    assert "200 кВт·ч" == facts(explained(second))["Из него в этой строке"]


def test_ranges_shared_by_consumption() -> None:
    """Zones share the bounds by what each consumed, and the share is told."""
    day, *_ = ranged(
        ZoneVolume(zone=Zone.DAY, volume=Decimal(6000)),
        ZoneVolume(zone=Zone.NIGHT, volume=Decimal(2000)),
    )

    assert [
        "1-й диапазон: до 3 900 кВт·ч включительно в месяц.",
        "Границы общие для всего счета и делятся по расходу: здесь 6 000 из 8 000 кВт·ч.",
        "Для этого расхода диапазон: до 2 925 кВт·ч включительно.",
        "В диапазон попало 2 925 кВт·ч.",
    ] == about_ranges(day)


@pytest.mark.parametrize(
    ("split", "who"), [(RangeSplit.NIGHT_FIRST, "ночь"), (RangeSplit.DAY_FIRST, "день")]
)
def test_ranges_filled_in_turn(split: RangeSplit, who: str) -> None:
    """Where zones fill the ranges in turn, it says which goes first and what was filled before."""
    lines = ranged(
        ZoneVolume(zone=Zone.DAY, volume=Decimal(3000)),
        ZoneVolume(zone=Zone.NIGHT, volume=Decimal(3000)),
        split=split,
    )
    later = next(line for line in lines if line.range_number == 2)

    assert [
        "2-й диапазон: от 3 900 до 6 000 кВт·ч включительно в месяц.",
        f"Диапазоны заполняет сначала {who}.",
        "До этого другие зоны заполнили 3 000 кВт·ч.",
        "В диапазон попало 2 100 кВт·ч.",
    ] == about_ranges(later)


def test_an_exempt_account() -> None:
    """A household to which ranges do not apply reads that."""
    (sentence,) = about_ranges(a_volume_derivation(range_exempt=True))

    assert sentence.startswith("Диапазоны потребления к этому счету не применяются")


# Benefits and penalties


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (None, ["642,64 × 50 % = 321,32 ₽."]),
        (
            Decimal(100),
            [
                "Льгота действует на первые 100 кВт·ч в месяц.",
                "642,64 × 100 / 232 × 50 % = 138,50 ₽.",
            ],
        ),
        (
            Decimal(300),
            [
                "Льгота действует на первые 300 кВт·ч в месяц.",
                "642,64 × 50 % = 321,32 ₽.",
            ],
        ),
    ],
    ids=["all", "a part", "within the limit"],
)
def test_a_benefit(limit: Decimal | None, expected: list[str]) -> None:
    """The percentage is taken off all, or off the part within the limit."""
    line = explained(
        BenefitDerivation(
            name="Ветеран труда",
            percent=Decimal(50),
            limit=limit,
            charged=Money(64264),
            volume=Decimal(232),
            vat_rate=Decimal(20),
        ),
        LineKind.BENEFIT,
    )

    assert "Ветеран труда" == line.title
    assert ["За электроэнергию начислено 642,64 ₽ за 232 кВт·ч.", *expected] == told(line)


def test_a_penalty() -> None:
    """Each unpaid bill has its term, its days, rate and share, and the sum is rounded once."""
    line = explained(a_penalty_derivation(), LineKind.PENALTY)

    assert [
        "Счет за ноябрь 2019 нужно было оплатить по 10.12.2019.",
        "- 10.01.2020 – 31.01.2020: 812,40 × 6,25 % × 1/300 × 22 дня = 3,7235 ₽",
        "Всего 3,7235 ₽, до копейки 3,72 ₽.",
        "На пени новые пени не начисляются.",
    ] == told(line)
    assert "ЖК РФ, ст. 155, ч. 14" in line.rule


def test_a_penalty_reckoned_before() -> None:
    """What former bills charged is told apart, and where nothing is due any more, that too."""
    settled = PenalisedDebt(
        period=Month(2019, 10), due=date(2019, 11, 10), rows=(), before=Fraction(5, 4)
    )
    line = explained(PenaltyDerivation(until=date(2020, 1, 31), debts=(settled,)), LineKind.PENALTY)

    assert [
        "- Дней, за которые положены пени, нет",
        "- Раньше начислено 1,25 ₽, теперь -1,25 ₽",
        "Всего -1,25 ₽, до копейки -1,25 ₽.",
    ] == told(line)[1:4]


# The whole bill


def test_a_bill_of_an_earlier_system() -> None:
    """Of a bill that was taken over only the sum is known, and that is what it says."""
    bill = explain(an_invoice(), "ru")

    (group,) = bill.groups
    (line,) = group.lines
    assert "Счет К-2020-01 за январь 2020" == plain(bill.title)
    assert "Счет выставила прежняя система расчетов." == bill.arithmetic
    assert (Money(64320), ()) == (group.amount, line.steps)
    assert "подробностей она не передала" in line.rule


def test_lines_stand_in_groups_with_their_sums() -> None:
    """Electricity comes first, what corrects it after it, and penalties last."""
    back = a_volume_derivation(volume=Decimal(-10), charged_in=JANUARY.previous)
    invoice = an_issued_invoice(
        lines=(
            a_line(),
            a_line(back, kind=LineKind.RECALCULATION),
            a_line(a_penalty_derivation(), kind=LineKind.PENALTY),
            a_line(),
        )
    )

    assert [
        ("Электроэнергия", Money(2 * 64264), 2),
        ("Перерасчеты", Money(-2770), 1),
        ("Пени", Money(372), 1),
    ] == [(group.title, group.amount, len(group.lines)) for group in explain(invoice, "ru").groups]


def test_meters_are_named_where_there_are_several() -> None:
    """Of two meters each line says whose it is; of one nobody needs to be told."""
    lines = (a_line(), a_line(a_volume_derivation(meter="0072", zone=Zone.NIGHT)))
    ((group,), (alone,)) = (
        explain(an_issued_invoice(lines=some), "ru").groups for some in (lines, lines[:1])
    )

    assert [
        "По показаниям, счетчик № 011070123456",
        "По показаниям, счетчик № 0072, ночь",
    ] == [line.title for line in group.lines]
    assert ["По показаниям"] == [line.title for line in alone.lines]


@pytest.mark.parametrize(
    ("opening", "payments", "expected"),
    [
        (
            Money(1985),
            Money(66560),
            [
                "Долг на начало: 19,85 ₽.",
                "Начислено: 642,64 ₽.",
                "Учтено платежей: 665,60 ₽.",
                "Итого переплата: 3,11 ₽.",
            ],
        ),
        (
            Money(-100),
            Money(0),
            [
                "Переплата на начало: 1,00 ₽.",
                "Начислено: 642,64 ₽.",
                "Учтено платежей: 0,00 ₽.",
                "Итого по счету: 641,64 ₽.",
            ],
        ),
        (
            Money(0),
            Money(64264),
            [
                "На начало долга не было.",
                "Начислено: 642,64 ₽.",
                "Учтено платежей: 642,64 ₽.",
                "Итого по счету: 0,00 ₽.",
            ],
        ),
    ],
    ids=["a debt", "an overpayment", "nothing"],
)
def test_how_a_bill_comes_to_its_total(
    opening: Money, payments: Money, expected: Sequence[str]
) -> None:
    """From what was owed over what was charged and paid to what is due."""
    result = explain(an_issued_invoice(opening=opening, payments=payments), "ru").result

    assert expected == [plain(sentence) for sentence in result]


def test_a_penalty_stands_in_the_result() -> None:
    """Where there is a penalty, it is named on the way to the total."""
    invoice = an_issued_invoice(
        lines=(a_line(), a_line(a_penalty_derivation(), kind=LineKind.PENALTY))
    )

    assert "Пени: 3,72 ₽." in map(plain, explain(invoice, "ru").result)


def test_the_day_of_issue_is_that_of_the_supplier() -> None:
    """Late in the evening of UTC it is the next day in Samara."""
    invoice = an_issued_invoice(issued_at=datetime(2020, 1, 31, 21, 30, tzinfo=UTC))

    assert "выставлен 01.02.2020" in explain(invoice, "ru", time_zone="Europe/Samara").title
    assert "issued on 31.01.2020" in explain(invoice, "en", time_zone="UTC").title


def test_english_figures() -> None:
    """English readers have English words and figures."""
    (group,) = explain(an_issued_invoice(), "en").groups

    assert "Difference: 14,323 - 14,091 = 232 kWh." == plain(group.lines[0].steps[2].text)


def test_an_unknown_language_is_answered_in_russian() -> None:
    """Whoever asks for another language gets the first one and not an error."""
    assert explain(an_issued_invoice(), "ru") == explain(an_issued_invoice(), "de")


@given(invoice=st.from_type(Invoice), language=st.sampled_from(LANGUAGES))
def test_every_bill_can_be_explained(invoice: Invoice, language: str) -> None:
    """Whatever a bill holds has its words, and no line is left out."""
    bill = explain(invoice, language)

    lines = [line for group in bill.groups for line in group.lines]
    assert sorted(map(id, invoice.lines)) == sorted(id(line.line) for line in lines)
    assert invoice.charged + invoice.penalty == Money.total(group.amount for group in bill.groups)
    for line in lines:
        assert line.title
        assert line.rule
        assert line.steps or line.line.kind is LineKind.EARLIER


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cause_and_reason_has_words(language: str) -> None:
    """No estimate, reading or way of sharing ranges is without its sentence."""
    names = {
        *(f"cause.{cause}" for cause in EstimateCause),
        *(f"reason.{reason}" for reason in EstimateReason),
        *(f"title.{basis}" for basis in EstimateBasis),
        *(f"rule.{basis}" for basis in EstimateBasis),
        *(f"reading.{source}" for source in ReadingSource),
        *(f"range.{split}" for split in RangeSplit),
    }

    assert set() == names - set(ON_BILLS[language])


def test_languages_say_the_same() -> None:
    """Each sentence is there in each language, with the same facts in it."""
    russian, english = (
        {
            name: {field for _, field, _, _ in Formatter().parse(text) if field}
            for name, text in texts.items()
        }
        for texts in ON_BILLS.values()
    )

    assert russian == english
