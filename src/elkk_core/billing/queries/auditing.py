"""What is looked through to see whether the books keep their rules."""

from collections.abc import Iterator
from typing import Protocol

from elkk_core.billing.policies import AuditedAccount, Verdict


class Auditor(Protocol):
    """Looks whether what is stored keeps the rules of the books.

    It changes nothing, waits for nobody, and sees one moment at a time: bills may be issued
    meanwhile.
    """

    def look_through(self, supplier: str) -> Iterator[Verdict]:
        """Yield the verdicts on the books of the supplier with this code as a whole, one by one.

        They are of ``BOOK_CHECKS``, in this order. Findings come by account, then by month; those
        of numbers by number.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...

    def list_unguarded(self) -> tuple[str, ...]:
        """Return the names of the tables of facts that the database lets be changed."""
        ...

    def count_accounts(self, supplier: str, *, after: str, through: str) -> int:
        """Return how many accounts the supplier with this code has.

        Only those whose number sorts after *after* and not after *through*; with an empty text from
        the first one on, or up to the last.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...

    def bounds(self, supplier: str, *, size: int) -> tuple[str, ...]:
        """Return the number of every *size*-th account, by number.

        They divide the accounts into parts of that size; the last part has no bound.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...

    def batch(
        self, supplier: str, *, after: str, through: str, limit: int, every_bill: bool
    ) -> tuple[AuditedAccount, ...]:
        """Return at most *limit* accounts by number, within the bounds of `count_accounts`.

        With *every_bill* their invoices are there by month, then by revision; else none. Of an
        account with a bill that cannot be read there is nothing but the numbers of such bills.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...
