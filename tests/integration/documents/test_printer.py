"""The printed bill: read back as text, as a picture and by its QR."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elkk_adapters.documents import TypstPrinter
from elkk_core.accounts import Contacts, PersonalAccount
from elkk_core.billing import (
    Invoice,
    InvoiceLine,
    PaymentDocument,
    PrinterUnavailable,
    payment_code,
)
from elkk_core.shared import Money, Zone
from elkk_core.testing import contracts, strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    SUPPLIER_ID,
    a_metered_volume,
    a_supplier,
    an_account,
    an_invoice,
    an_issued_invoice,
)

PRINTER = TypstPrinter()
CONTACTS = Contacts(site="tsna.example", phone="8 800 100-00-00", email="help@tsna.example")

# What stands in names and addresses, and all signs that mean something in markup.
literal_texts = st.text(
    "АБВГДЕЁЖЗабвгдеёжзийклмнопрстуфхцчшщъыьэюяҺөҗABCXYZabcfilxyz0123456789 .,-«»№"
    "#*_$`\\\"'<>@[](){}/=+-~:;%&|^!?",
    min_size=1,
    max_size=80,
).filter(str.strip)
any_texts = st.text(st.characters(), min_size=1, max_size=80).filter(str.strip)

prints = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestTypstPrinter(contracts.DocumentPrinterContract):
    def make(self) -> TypstPrinter:
        """Return the printer of these tests."""
        return PRINTER


def a_document(
    invoice: Invoice | None = None, account: PersonalAccount | None = None
) -> PaymentDocument:
    """Return the document of a bill, the manual's of January 2020 unless another is given."""
    invoice, account = invoice or an_invoice(), account or an_account()
    supplier = a_supplier(contacts=CONTACTS)
    return PaymentDocument(
        supplier=supplier,
        account=account,
        invoice=invoice,
        payment_code=payment_code(
            supplier.requisites,
            account_number=account.number,
            amount=invoice.total_due,
            purpose=f"ЛС {account.number}, электроэнергия, {invoice.month}",
        ),
    )


def text_of_page(page: pypdf.PageObject) -> str:
    """Return the words of a page with one blank between them."""
    return " ".join(page.extract_text().split())


def without_blanks(text: str) -> str:
    """Return *text* as it stands whichever way its lines are broken."""
    return "".join(text.replace("\u200b", "").split())


def printed(document: PaymentDocument, language: str = "ru") -> str:
    """Return the words that a document shows."""
    pdf = PRINTER.print_document(document, language=language)
    return " ".join(text_of_page(page) for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_manuals_bill_shows_its_figures() -> None:
    """The bill of January 2020 prints with the labels and the figures of the user manual."""
    text = printed(a_document())

    for fact in (
        "Энергосбыт Цна январь 2020 г.",
        "8 800 100-00-00 · help@tsna.example · tsna.example № К-2020-01 от 13.01.2020",
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


def test_bill_shows_from_what_it_was_computed() -> None:
    """Readings with their dates, volume, rate and amount let anybody compute a line anew."""
    text = printed(a_document(an_issued_invoice()))

    for fact in (
        "№ 011070123456 круглосуточный",
        "14 091 14.12.2019",
        "14 323 13.01.2020",
        "1 232 2,77 с 01.01.2020 642,64",
        "Всего 232 642,64",
    ):
        assert fact in text


def test_bill_speaks_english() -> None:
    """All labels are there in English; names stay as they are."""
    text = printed(a_document(an_issued_invoice(payments=Money(0))), "en")

    for fact in (
        "Энергосбыт Цна January 2020",
        "No. TSNA-2020-000001 of 13.01.2020",
        "Payment document for electricity",
        "Personal account 680012345678",
        "№ 011070123456 all day",
        "14,323 13.01.2020",
        "Debt at the start of the period 19.85 RUB",
        "Charged for this period 642.64 RUB",
        "Payments received and counted 0.00 RUB",
        "Total due 662.49 RUB",
        "Point the camera",
    ):
        assert fact in text


def test_debt_is_asked_for() -> None:
    """A bill with something to pay says «Итого по счету»."""
    text = printed(a_document(an_issued_invoice(payments=Money(0))))

    assert "Итого по счету 662,49 руб." in text
    assert "Итого переплата" not in text
    assert "Наведите на код камеру" in text


def test_overpayment_at_the_start_has_its_own_label() -> None:
    """What was paid too much before is no debt with a minus."""
    text = printed(a_document(an_issued_invoice(opening=Money(-1985))))

    assert "Сумма переплаты на начало периода 19,85 руб." in text


def test_settled_bill_asks_for_nothing() -> None:
    """With nothing due and nothing paid too much the total is zero."""
    text = printed(a_document(an_invoice(payments=Money(66305))))

    assert "Итого по счету 0,00 руб." in text
    assert "Сейчас платить не нужно." in text


def test_zones_stand_in_their_lines() -> None:
    """Each register has its line, with the name of its zone."""
    lines = tuple(
        InvoiceLine(amount=Money(64264), metered=a_metered_volume(zone=zone))
        for zone in (Zone.PEAK, Zone.HALF_PEAK, Zone.NIGHT)
    )
    text = printed(a_document(an_issued_invoice(lines=lines)))

    assert [1, 1, 1] == [text.count(f"123456 {zone} 14") for zone in ("пик", "полупик", "ночь")]
    assert "Всего 696 1 927,92" in text


def test_register_that_passed_zero_is_explained() -> None:
    """A reading below the previous one carries a mark, and the mark a sentence."""
    volume = a_metered_volume(previous=Decimal(99_980), current=Decimal(120), volume=Decimal(140))
    line = InvoiceLine(amount=Money(38780), metered=volume)
    text = printed(a_document(an_issued_invoice(lines=(line,))))

    assert "120* 13.01.2020" in text
    assert "* Счетчик прошел через ноль" in text


def test_date_of_issue_is_the_suppliers() -> None:
    """A bill issued at eleven in the evening by UTC bears the next date in Moscow."""
    invoice = an_invoice(issued_at=datetime(2020, 1, 31, 23, tzinfo=UTC))

    assert "от 01.02.2020" in printed(a_document(invoice))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_code_is_read_off_the_paper(language: str) -> None:
    """The page as a picture, coarse as on a small screen, gives back the payment code."""
    document = a_document(an_issued_invoice(payments=Money(0)))
    pdf = PRINTER.print_document(document, language=language)
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=1.5).to_pil()

    assert [document.payment_code] == [found.text for found in zxingcpp.read_barcodes(page)]


def test_code_stands_free() -> None:
    """Around the code there is nothing but paper, four modules wide as ISO 18004 demands."""
    document = a_document()
    pdf = PRINTER.print_document(document, language="ru")
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=6).to_pil().convert("L")
    (found,) = zxingcpp.read_barcodes(page)
    start, end = found.position.top_left, found.position.bottom_right
    extra: Any = found.extra
    modules = 4 * int(extra["Version"]) + 17
    quiet = 4 * (end.x - start.x) / modules
    around = (start.x - quiet, start.y - quiet, end.x + quiet, end.y + quiet)
    page.paste("white", (start.x - 3, start.y - 3, end.x + 3, end.y + 3))

    assert (255, 255) == page.crop(tuple(round(edge) for edge in around)).getextrema()


@pytest.mark.parametrize("turn", [90, 180, 7])
def test_code_is_read_off_a_crooked_page(turn: int) -> None:
    """Nobody holds a phone straight."""
    document = a_document()
    pdf = PRINTER.print_document(document, language="ru")
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()
    turned = page.rotate(turn, expand=True, fillcolor="white")

    assert [document.payment_code] == [found.text for found in zxingcpp.read_barcodes(turned)]


@prints
@given(owner=literal_texts, address=literal_texts)
def test_names_are_printed_literally(owner: str, address: str) -> None:
    """Nothing in a name or an address is taken for markup."""
    account = an_account(owner=owner, address=address)
    text = without_blanks(printed(a_document(account=account)))

    assert f"Владелец{without_blanks(owner)}Адрес{without_blanks(address)}Получатель" in text


@prints
@given(owner=any_texts, address=any_texts, contact=st.text(st.characters()))
def test_any_text_prints(owner: str, address: str, contact: str) -> None:
    """Control characters, hieroglyphs and emoji neither fail nor push a bill off its page."""
    document = a_document(account=an_account(owner=owner, address=address))
    supplier = evolve(document.supplier, contacts=Contacts(site=contact))
    pdf = PRINTER.print_document(evolve(document, supplier=supplier), language="ru")

    assert 1 == len(pypdf.PdfReader(BytesIO(pdf)).pages)


@prints
@given(invoice=strategies.invoices(supplier_id=SUPPLIER_ID, account_id=ACCOUNT_ID))
def test_any_bill_prints(invoice: Invoice) -> None:
    """Whatever its lines and figures, a bill ends with its total."""
    total = "Итого переплата" if invoice.closing.is_negative else "Итого по счету"

    assert total in printed(a_document(invoice))


def test_two_meters_of_three_zones_fit_on_a_page() -> None:
    """Six lines and the code to pay by stand on one sheet."""
    lines = (InvoiceLine(amount=Money(64264), metered=a_metered_volume()),) * 6
    pdf = PRINTER.print_document(a_document(an_issued_invoice(lines=lines)), language="ru")

    assert 1 == len(pypdf.PdfReader(BytesIO(pdf)).pages)


def test_many_lines_go_on_with_their_heading() -> None:
    """A bill with more lines than a page holds repeats the heading and counts its pages."""
    lines = (InvoiceLine(amount=Money(64264), metered=a_metered_volume()),) * 40
    pdf = PRINTER.print_document(a_document(an_issued_invoice(lines=lines)), language="ru")
    pages = [text_of_page(page) for page in pypdf.PdfReader(BytesIO(pdf)).pages]

    assert [True, True, False] == ["Коэф. трансф." in page for page in pages]
    assert [True, True, True] == [
        f"Страница {number} из 3" in page for number, page in enumerate(pages, 1)
    ]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_document_is_archivable_and_accessible(language: str) -> None:
    """The file declares PDF/A-2a and PDF/UA-1, which Typst checks, its language and its title."""
    reader = pypdf.PdfReader(BytesIO(PRINTER.print_document(a_document(), language=language)))
    root: Any = reader.root_object
    facts = root["/Metadata"].get_data().decode()

    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in facts
    assert "<pdfuaid:part>1</pdfuaid:part>" in facts
    assert [language, True] == [root["/Lang"], root["/MarkInfo"]["/Marked"]]
    assert "К-2020-01" in facts


def test_fonts_travel_with_the_document() -> None:
    """Every font is in the file, so that it looks the same everywhere."""
    reader = pypdf.PdfReader(BytesIO(PRINTER.print_document(a_document(), language="ru")))
    page: Any = reader.pages[0]
    descriptors = [
        font["/DescendantFonts"][0]["/FontDescriptor"]
        for font in page["/Resources"]["/Font"].values()
    ]

    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & descriptor.keys() for descriptor in descriptors)


def test_same_bill_gives_same_bytes() -> None:
    """A bill printed again, by another process too, is the same file."""
    document = a_document()
    first = PRINTER.print_document(document, language="ru")

    assert first == TypstPrinter().print_document(document, language="ru")


def test_threads_get_their_own_documents() -> None:
    """Several threads may ask one printer, and none gets the bill of another."""
    documents = [
        a_document(account=an_account(number=f"68001234{number:04}")) for number in range(40)
    ]
    alone = [PRINTER.print_document(document, language="ru") for document in documents]
    with ThreadPoolExecutor(max_workers=8) as pool:
        together = list(
            pool.map(lambda document: PRINTER.print_document(document, language="ru"), documents)
        )

    assert alone == together


def test_printer_goes_on_after_a_failure() -> None:
    """A code that no QR can hold is reported, and the next document prints."""
    document = a_document()
    with pytest.raises(PrinterUnavailable):
        PRINTER.print_document(evolve(document, payment_code="1" * 8_000), language="ru")

    assert PRINTER.print_document(document, language="ru").startswith(b"%PDF-")
