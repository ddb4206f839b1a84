"""Payment documents made by Typst."""

import json
import re
from pathlib import Path
from threading import Lock
from typing import cast

import segno
import typst

from elkk_adapters.documents.content import content_of
from elkk_adapters.documents.figures import ENGLISH, RUSSIAN
from elkk_core.billing import PaymentDocument, PrinterUnavailable

_FIGURES = {"ru": RUSSIAN, "en": ENGLISH}
_MASK = 4
_QUIET_ZONE = 4
_DARK = re.compile(b"\x01+")


class TypstPrinter:
    """Prints payment documents on A4, archivable (PDF/A-2a) and accessible (PDF/UA-1).

    What a bill says travels to the template as data and is never spliced into markup, so a name
    prints as it is written. The same bill always gives the same bytes. Fonts are those that Typst
    brings along: nothing of the machine's is needed. One printer serves all threads, one at a time.
    """

    def __init__(self) -> None:
        # By its path the template is read once; given as bytes it would be parsed for each document.
        self._compiler = typst.Compiler(
            Path(__file__).with_name("payment_document.typ"),
            font_paths=typst.Fonts(include_system_fonts=False),
        )
        self._lock = Lock()

    def print_document(self, document: PaymentDocument, *, language: str) -> bytes:
        """Return the document as PDF, in Russian (``ru``) or English (``en``).

        Raises:
            PrinterUnavailable: If it cannot be made.
        """
        try:
            inputs = {
                "language": language,
                "document": json.dumps(content_of(document, _FIGURES[language])),
                "code": _qr(document.payment_code),
            }
            # A compiler remembers the inputs of its last run, so runs must not overlap.
            with self._lock:
                pdf = self._compiler.compile(
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
    # The library's own drawings take three times as long as this one.
    side = len(symbol.matrix) + 2 * _QUIET_ZONE
    strokes = "".join(
        f"M{dark.start()} {row}.5h{len(dark[0])}"
        for row, modules in enumerate(symbol.matrix)
        for dark in _DARK.finditer(modules)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-_QUIET_ZONE} {-_QUIET_ZONE} {side} {side}">'
        f'<path stroke="#000" d="{strokes}"/></svg>'
    )
