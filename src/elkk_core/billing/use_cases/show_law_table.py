"""Looking tables of acts up."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.billing.policies import Law, LawRow, LawTable
from elkk_core.billing.ports import BillingUnitOfWork


@frozen(kw_only=True)
class LawTableInForce:
    """The rows of a table by date; *is_replaced* tells whether they are not those of this release."""

    table: LawTable
    rows: tuple[LawRow, ...]
    is_replaced: bool


@frozen(kw_only=True)
class ShowLawTable:
    """Show an operator the table by which bills are made today.

    *reading* makes units of work that never wait for those that write.
    """

    reading: Callable[[], BillingUnitOfWork]

    def __call__(self, *, table: LawTable) -> LawTableInForce:
        with self.reading() as uow:
            rows = uow.law.get().rows(table)
        return LawTableInForce(table=table, rows=rows, is_replaced=rows != Law().rows(table))
