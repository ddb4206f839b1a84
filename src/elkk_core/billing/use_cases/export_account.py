"""All that a household may take home of an account."""

from collections.abc import Callable, Iterator

from attrs import frozen

from elkk_core.billing import errors
from elkk_core.billing.model import Invoice
from elkk_core.billing.policies import ExportPolicy
from elkk_core.billing.ports import BillingUnitOfWork, DocumentPrinter
from elkk_core.billing.queries import AccountOverview, Cabinet, HistoryMonth
from elkk_core.shared.ids import AccountId, UserId
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class PrintedBill:
    """A bill and its payment document as PDF."""

    invoice: Invoice
    document: bytes


@frozen(kw_only=True)
class AccountExport:
    """The whole history of an account, the latest month first, with its bills to print.

    The *bills* are printed one by one, as they are asked for.
    """

    card: AccountOverview
    months: tuple[HistoryMonth, ...]
    bills: Iterator[PrintedBill]


@frozen(kw_only=True)
class ExportAccount:
    """Give a user the whole history of an account and all its bills, some times an hour.

    Printing years of bills takes the server a while, so each user has a number of exports an hour.

    Raises:
        AccountNotFound: If there is no such account, or the user has not linked it.
        TooManyExports: If the exports of the hour are used up.
    """

    unit_of_work: Callable[[], BillingUnitOfWork]
    cabinet: Cabinet
    printer: DocumentPrinter
    clock: Clock
    policy: ExportPolicy

    def __call__(self, *, account_id: AccountId, user_id: UserId, language: str) -> AccountExport:
        card = self.cabinet.account(account_id, user_id=user_id)
        now = self.clock.now()
        with self.unit_of_work() as uow:
            tally = uow.tallies.get(f"export:user:{user_id}")
            free_at = tally.free_at(limit=self.policy.per_user, now=now)
            if free_at is not None:
                raise errors.TooManyExports(free_at)
            uow.tallies.save(tally.add(now=now, keep=self.policy.per_user.within))
            uow.commit()
        months = self.cabinet.history(account_id, user_id=user_id)
        return AccountExport(
            card=card, months=months, bills=self._print(months, user_id=user_id, language=language)
        )

    def _print(
        self, months: tuple[HistoryMonth, ...], *, user_id: UserId, language: str
    ) -> Iterator[PrintedBill]:
        for month in months:
            for invoice in month.invoices:
                found = self.cabinet.invoice(invoice.invoice_id, user_id=user_id)
                document = self.printer.print_document(found.payment_document(), language=language)
                yield PrintedBill(invoice=invoice, document=document)
