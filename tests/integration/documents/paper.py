"""Bills on paper: what to print, and how to read it back."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdf

from elkk_adapters.documents import TypstPrinter
from elkk_core.accounts import Contacts, PersonalAccount
from elkk_core.billing import Invoice, PaymentDocument, payment_code
from elkk_core.testing.builders import a_supplier, an_account, an_invoice

PRINTER = TypstPrinter()
CONTACTS = Contacts(site="tsna.example", phone="8 800 100-00-00", email="help@tsna.example")


def a_document(
    invoice: Invoice | None = None, account: PersonalAccount | None = None, **more: Any
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
        **more,
    )


def pages_of(document: PaymentDocument, language: str = "ru") -> list[str]:
    """Return the words that each page shows, with one blank between them."""
    pdf = PRINTER.print_document(document, language=language)
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages]


def printed(document: PaymentDocument, language: str = "ru") -> str:
    """Return the words that a document shows."""
    return " ".join(pages_of(document, language))


def without_blanks(text: str) -> str:
    """Return *text* as it stands whichever way its lines are broken."""
    return "".join(text.replace("\u200b", "").split())


def told_of_pictures(document: PaymentDocument, language: str = "ru") -> list[str]:
    """Return what is said in place of pictures to those who do not see them."""
    pdf = PRINTER.print_document(document, language=language)
    root: Any = pypdf.PdfReader(BytesIO(pdf)).root_object
    return [tag["/Alt"] for tag in _tags(root["/StructTreeRoot"]) if tag.get("/S") == "/Figure"]


def _tags(tag: Any) -> Iterator[Any]:  # noqa: ANN401 - The parts of a PDF are of any type.
    """Yield a tag and all inside it, in the order of reading."""
    yield tag
    inside = tag.get("/K", ())
    for part in inside if isinstance(inside, list) else [inside]:
        known = part.get_object()
        if isinstance(known, dict):
            yield from _tags(known)
