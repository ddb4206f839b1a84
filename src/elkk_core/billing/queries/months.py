"""How far the bills of a month are."""

from typing import Protocol

from attrs import frozen

from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month


@frozen(kw_only=True)
class MonthFigures:
    """How far the bills of a supplier for a month are.

    Of *accounts* so many are *billed*; *charged* and *penalties* are the sums of the bills in force.
    """

    accounts: int
    billed: int
    charged: Money
    penalties: Money

    @property
    def left(self) -> int:
        """How many accounts have no bill."""
        return self.accounts - self.billed


class BilledMonths(Protocol):
    """The months of suppliers for operators who bill them."""

    def figures(self, supplier: str, month: Month) -> MonthFigures:
        """Return how far the bills of the supplier with this code for *month* are.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...

    def last(self, supplier: str) -> Month | None:
        """Return the last month for which the supplier with this code has bills, None without any.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...

    def numbers_taken(self, supplier: str, year: int) -> int:
        """Return how many bills the supplier with this code has numbered in *year*, at no cost.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...
