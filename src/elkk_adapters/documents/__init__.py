"""Payment documents as PDF, with a QR by which they can be paid."""

from elkk_adapters.documents.printer import TypstPrinter

__all__ = ["TypstPrinter"]
