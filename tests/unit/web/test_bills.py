"""Bills in the history: their sums, their lines, and where each amount comes from."""

from decimal import Decimal
from uuid import UUID

from flask.testing import FlaskClient
from tests.unit.web.household import BILL, OPEN_ACCOUNT, Household
from tests.unit.web.test_rooms import seen

from elkk_core.billing import BenefitDerivation, Invoice, LineKind
from elkk_core.shared import InvoiceId, Money, Month, Zone
from elkk_core.testing.builders import (
    a_line,
    a_penalty_derivation,
    a_volume_derivation,
    an_estimated_volume,
    an_invoice,
    an_issued_invoice,
)
from elkk_core.testing.stores import keep

NOVEMBER = Month(2026, 11)
FULL_BILL = an_issued_invoice(
    invoice_id=InvoiceId(UUID(int=0xF1)),
    number="TSNA-2026-000007",
    month=NOVEMBER,
    opening=Money(-255),
    payments=Money(10000),
    lines=(
        a_line(a_volume_derivation(zone=Zone.DAY)),
        a_line(
            a_volume_derivation(zone=Zone.NIGHT, basis=an_estimated_volume(), volume=Decimal(213)),
            kind=LineKind.AVERAGE,
        ),
        a_line(
            a_volume_derivation(volume=Decimal(-10), charged_in=Month(2026, 9)),
            kind=LineKind.RECALCULATION,
        ),
        a_line(
            BenefitDerivation(
                name="Ветеран труда",
                percent=Decimal(50),
                limit=None,
                charged=Money(120495),
                volume=Decimal(435),
                vat_rate=Decimal(20),
            ),
            kind=LineKind.BENEFIT,
        ),
        a_line(a_penalty_derivation(), kind=LineKind.PENALTY),
    ),
)


def history(household: Household, browser: FlaskClient, *, language: str = "ru") -> str:
    """Return the page with the bills of the open account."""
    if language != "ru":
        household.post(browser, "/language", form_at="/profile", language=language, back="/")
    return household.get(browser, f"/accounts/{OPEN_ACCOUNT}?kind=bills").text


def corrected_by(household: Household, **changes: object) -> Invoice:
    """Keep a bill in the place of that of October, and return it."""
    successor = an_invoice(
        invoice_id=InvoiceId(UUID(int=0xF2)),
        number="TSNA-2026-000009",
        month=Month(2026, 10),
        revision=1,
        corrects=BILL,
        **changes,
    )
    keep(household.store, successor)
    return successor


def test_sums_of_a_bill(household: Household, browser: FlaskClient) -> None:
    """What was charged is followed by what of it settles, is taken off and is tax, then penalties."""
    keep(household.store, FULL_BILL)

    page = seen(history(household, browser))

    assert (
        "Сумма переплаты на начало периода 2,55 ₽ "
        "Всего начислено за текущий период 602,47 ₽ "
        "в том числе перерасчеты −27,70 ₽ "
        "в том числе льготы −602,48 ₽ "
        "в том числе НДС 100,42 ₽ "
        "Начислено пени 3,72 ₽ "
        "Сумма поступивших платежей, учтенных при расчете 100,00 ₽ "
        "Итого по счету 503,64 ₽"
    ) in page


def test_a_plain_bill_has_no_empty_sums(household: Household, browser: FlaskClient) -> None:
    """Of benefits, recalculations, tax and penalties a bill without them says nothing."""
    page = seen(history(household, browser))

    for name in ("перерасчеты", "льготы", "НДС", "пени"):
        assert name not in page


def test_lines_by_kind(household: Household, browser: FlaskClient) -> None:
    """Lines stand in groups with their sums; readings say who took them, estimates that they are."""
    keep(household.store, FULL_BILL)

    page = seen(history(household, browser))

    for text in (
        "Электроэнергия 1 232,65 ₽",
        "По показаниям, день 642,64 ₽",
        "Предыдущие показания, 14.12.2019 (контрольные) 14 091",
        "По среднему расходу за январь 2020, ночь 590,01 ₽",
        "Расход (расчетный) 213 кВт·ч",
        "Перерасчеты −27,70 ₽",
        "Возврат за сентябрь 2026 −27,70 ₽",
        "Льготы −602,48 ₽ Ветеран труда −602,48 ₽",
        "Пени 3,72 ₽ Пени по 31.01.2020 3,72 ₽",
    ):
        assert text in page


def test_how_a_line_was_computed(household: Household, browser: FlaskClient) -> None:
    """Each line unfolds into its steps and the rule, without a script."""
    keep(household.store, FULL_BILL)

    text = history(household, browser)
    page = seen(text)

    assert 5 == text.count('<details class="how">')
    assert (
        "Как посчитано Счетчик № 011070123456, зона: день. "
        "Показания: 14 091 на 14.12.2019 (контрольные), 14 323 на 13.01.2020 (контрольные). "
        "Разница: 14 323 − 14 091 = 232 кВт·ч. "
        "Цена 2,77 ₽ за кВт·ч действует с 01.01.2020. "
        "232 × 2,77 = 642,64 ₽. "
        "В этой сумме есть НДС 20 %: 107,11 ₽. "
        "Расход по счетчику × тариф: ПП РФ № 354"
    ) in page
    assert "10.01.2020 – 31.01.2020: 812,40 × 6,25 % × 1/300 × 22 дня = 3,7235 ₽" in page
    assert "Версия правил расчета: 1." in page


def test_a_bill_of_an_earlier_system(household: Household, browser: FlaskClient) -> None:
    """Where only a sum is known, the bill says so instead of unfolding into nothing."""
    page = history(household, browser)

    assert "подробностей она не передала" in page
    assert '<details class="how">' not in page


def test_a_corrected_bill_leads_to_its_successor(
    household: Household, browser: FlaskClient
) -> None:
    """Both stay in the history, the one in force first; each is marked and leads to the other."""
    successor = corrected_by(household, opening=Money(2085))

    text = history(household, browser)
    page = seen(text)

    first, second = text.index(f'id="bill-{successor.invoice_id}"'), text.index(f'id="bill-{BILL}"')
    assert first < second
    assert "Квитанция за октябрь 2026 исправление 1,55 ₽" in page
    assert "Выставлена вместо квитанции" in page
    assert "Квитанция за октябрь 2026 исправлена 2,55 ₽" in page
    assert f'<a href="#bill-{BILL}">№&nbsp;TSNA-2026-000001</a>' in text
    assert "Вместо этой квитанции выставлена другая:" in page
    assert f'<a href="#bill-{successor.invoice_id}">№&nbsp;{successor.number}</a>' in text


def test_an_uncorrected_bill_is_not_marked(household: Household, browser: FlaskClient) -> None:
    """A bill that stands alone bears no mark."""
    page = seen(history(household, browser))

    assert "исправл" not in page


def test_a_bill_in_english(household: Household, browser: FlaskClient) -> None:
    """Who chose English reads the explanation in English."""
    keep(household.store, FULL_BILL)

    page = seen(history(household, browser, language="en"))

    assert "How it was computed Meter № 011070123456, zone: day." in page
    assert "recalculations in it −27.70 ₽" in page
