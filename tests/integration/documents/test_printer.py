"""The printed bill: read back as text, as a picture and by its QR."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.integration.documents.paper import (
    PRINTER,
    a_document,
    pages_of,
    printed,
    without_blanks,
)

from elkk_adapters.documents import TypstPrinter
from elkk_core.accounts import Contacts
from elkk_core.billing import (
    AccountStanding,
    Invoice,
    InvoiceLine,
    MonthConsumption,
    PrinterUnavailable,
)
from elkk_core.shared import Money, Zone
from elkk_core.testing import contracts, strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    SUPPLIER_ID,
    a_line,
    a_volume_derivation,
    an_account,
    an_issued_invoice,
)

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
@given(
    invoice=strategies.invoices(supplier_id=SUPPLIER_ID, account_id=ACCOUNT_ID),
    standing=st.none() | strategies.account_standings(),
    consumption=strategies.consumptions(),
    language=st.sampled_from(["ru", "en"]),
)
def test_any_bill_prints(
    invoice: Invoice,
    standing: AccountStanding | None,
    consumption: tuple[MonthConsumption, ...],
    language: str,
) -> None:
    """Whatever its lines and figures, a bill says what it comes to."""
    totals = {
        ("ru", False): "Итого по счету",
        ("ru", True): "Итого переплата",
        ("en", False): "Total due",
        ("en", True): "Total overpayment",
    }
    document = a_document(invoice, standing=standing, consumption=consumption)

    assert totals[language, invoice.closing.is_negative] in printed(document, language)


def _registers(*numbers: str) -> tuple[InvoiceLine, ...]:
    """Return the lines of meters with three zones."""
    return tuple(
        a_line(a_volume_derivation(meter=number, zone=zone))
        for number in numbers
        for zone in (Zone.PEAK, Zone.HALF_PEAK, Zone.NIGHT)
    )


def test_two_meters_of_three_zones_fit_on_a_page() -> None:
    """Six registers and the code to pay by stand on one sheet."""
    assert 1 == len(pages_of(a_document(an_issued_invoice(lines=_registers("1", "2")))))


def test_many_lines_go_on_with_their_heading() -> None:
    """Tables longer than a page repeat their headings, and the pages are counted."""
    lines = _registers(*map(str, range(14)))
    pages = pages_of(a_document(an_issued_invoice(lines=lines)))

    assert [True, True, False] == ["Предыдущее показание" in page for page in pages]
    assert [False, True, True] == ["Вид начисления" in page for page in pages]
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
