"""Payment documents made by Typst."""

import json
from importlib.resources import files
from io import BytesIO
from threading import Lock
from typing import Any, cast

import segno
import typst

from elkk_adapters.documents.figures import ENGLISH, RUSSIAN, Figures, printable
from elkk_core.accounts import Supplier
from elkk_core.billing import (
    Invoice,
    InvoiceLine,
    MeteredVolume,
    PaymentDocument,
    PrinterUnavailable,
)
from elkk_core.shared import local_date

_FIGURES = {"ru": RUSSIAN, "en": ENGLISH}
_MASK = 4
_QUIET_ZONE = 4


class TypstPrinter:
    """Prints payment documents on A4, archivable (PDF/A-2a) and accessible (PDF/UA-1).

    What a bill says travels to the template as data and is never spliced into markup, so a name
    prints as it is written. The same bill always gives the same bytes. Fonts are those that Typst
    brings along: nothing of the machine's is needed. One printer serves all threads, one at a time.
    """

    def __init__(self) -> None:
        self._template = files(__package__).joinpath("payment_document.typ").read_bytes()
        self._compiler = typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False))
        self._lock = Lock()

    def print_document(self, document: PaymentDocument, *, language: str) -> bytes:
        """Return the document as PDF, in Russian (``ru``) or English (``en``).

        Raises:
            PrinterUnavailable: If it cannot be made.
        """
        try:
            inputs = {
                "language": language,
                "document": json.dumps(_content(document, _FIGURES[language])),
                "code": _qr(document.payment_code),
            }
            # A compiler remembers the inputs of its last run, so runs must not overlap.
            with self._lock:
                pdf = self._compiler.compile(
                    self._template,
                    format="pdf",
                    sys_inputs=inputs,
                    # Archives keep the first, screen readers follow the second.
                    pdf_standards=["a-2a", "ua-1"],
                    timestamp=int(document.invoice.issued_at.timestamp()),
                )
        except (typst.TypstError, segno.DataOverflowError) as error:
            raise PrinterUnavailable from error
        # The library returns something else only for several pictures, or into a file.
        return cast("bytes", pdf)


def _qr(text: str) -> str:
    """Return the QR of *text* as SVG, of error level M: up to 15 % of it may be lost."""
    # A reader is told which of the eight masks was laid over the data, so any of them can be read.
    # To weigh all of them against each other takes longer than all the rest of the document.
    symbol = segno.make_qr(text, error="m", mode="byte", encoding="utf-8", mask=_MASK)
    drawing = BytesIO()
    symbol.save(drawing, kind="svg", border=_QUIET_ZONE)
    return drawing.getvalue().decode()


def _content(document: PaymentDocument, figures: Figures) -> dict[str, Any]:
    """Return what the template shows, each figure as text."""
    supplier, account, invoice = document.supplier, document.account, document.invoice
    requisites, contacts = supplier.requisites, supplier.contacts
    return {
        "supplier": {
            "name": printable(supplier.name),
            "contacts": [
                printable(way) for way in (contacts.phone, contacts.email, contacts.site) if way
            ],
        },
        "payee": {
            "name": printable(requisites.payee),
            "inn": requisites.inn,
            "bank": printable(requisites.bank),
            "bic": requisites.bic,
            "settlement": requisites.settlement_account,
            "correspondent": requisites.correspondent_account,
        },
        "payer": {
            "account": account.number,
            "owner": printable(account.owner),
            "address": printable(account.address),
        },
        "invoice": _invoice(invoice, supplier, figures),
    }


def _invoice(invoice: Invoice, supplier: Supplier, figures: Figures) -> dict[str, Any]:
    return {
        "number": printable(invoice.number),
        "year": invoice.month.year,
        "month": invoice.month.number,
        "issued_on": figures.date(local_date(invoice.issued_at, supplier.time_zone)),
        "lines": [_line(line, figures) for line in invoice.lines],
        "is_metered": any(line.metered is not None for line in invoice.lines),
        "volume": figures.number(invoice.volume),
        "opening": figures.amount(abs(invoice.opening)),
        "opens_overpaid": invoice.opening.is_negative,
        "charged": figures.amount(invoice.charged),
        "payments": figures.amount(invoice.payments),
        "closing": figures.amount(abs(invoice.closing)),
        "closes_overpaid": invoice.closing.is_negative,
        "is_due": not invoice.total_due.is_zero,
    }


def _line(line: InvoiceLine, figures: Figures) -> dict[str, Any]:
    return {
        "amount": figures.amount(line.amount),
        "metered": None if line.metered is None else _metered(line.metered, figures),
    }


def _metered(metered: MeteredVolume, figures: Figures) -> dict[str, Any]:
    return {
        "meter": printable(metered.meter),
        "zone": metered.zone.value,
        "previous": figures.number(metered.previous),
        "previous_on": figures.date(metered.previous_on),
        "current": figures.number(metered.current),
        "current_on": figures.date(metered.current_on),
        "passed_zero": metered.current < metered.previous,
        "ratio": str(metered.ratio),
        "volume": figures.number(metered.volume),
        "price": figures.price(metered.price),
        "price_from": figures.date(metered.price_from),
    }
