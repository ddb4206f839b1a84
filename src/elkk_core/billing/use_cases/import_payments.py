"""Taking payments over from the supplier's books."""

from collections.abc import Callable, Sequence

from attrs import frozen

from elkk_core.billing import errors
from elkk_core.billing.model import (
    EntryId,
    InvoiceSource,
    PaymentId,
    ReceivedPayment,
    reference,
)
from elkk_core.billing.policies import entry_of_payment
from elkk_core.billing.ports import BillingUnitOfWork
from elkk_core.shared.batches import BatchReport, Progress, no_progress
from elkk_core.shared.errors import AccountNotFound, DuplicateRow
from elkk_core.shared.faults import Faults
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month, local_date
from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.shared.texts import read_date, without_blanks


@frozen(kw_only=True)
class SuppliedPayment:
    """A payment as a file tells of it, each field as written; the period may be empty."""

    account: str
    received_on: str
    amount: str
    reference: str
    period: str = ""


@frozen(kw_only=True)
class ImportPayments:
    """Take over all payments of a batch, or none of them.

    A payment lowers the balance, unless it falls into a month whose bill an earlier billing system
    issued: that bill has counted it. A month that is billed here is closed: a payment that comes to
    light later is booked on the first day after it, though it took effect when it was received. The
    same payment again changes nothing; another payment under
    the same reference is refused.

    Raises:
        SupplierNotFound: If there is no such supplier.
        BatchRejected: If rows are wrong; each fault is at the name of the row's field.
    """

    unit_of_work: Callable[[], BillingUnitOfWork]
    clock: Clock
    identifiers: Identifiers

    def __call__(
        self,
        *,
        supplier: str,
        rows: Sequence[SuppliedPayment],
        on_progress: Progress = no_progress,
    ) -> BatchReport:
        now = self.clock.now()
        faults = Faults()
        with self.unit_of_work() as uow:
            books = uow.suppliers.get_by_code(supplier)
            today = local_date(now, books.time_zone)
            accounts = uow.billable_accounts.find_by_numbers(
                books.supplier_id, {without_blanks(row.account) for row in rows}
            )
            known = uow.payments.find_by_references(
                books.supplier_id, {" ".join(row.reference.split()) for row in rows}
            )
            ids = {account.account_id for account in accounts.values()}
            counted_through = uow.invoices.billed_through(ids, source=InvoiceSource.IMPORTED)
            closed_through = uow.invoices.billed_through(ids, source=InvoiceSource.ISSUED)
            seen: dict[str, int] = {}
            added: list[ReceivedPayment] = []
            for index, row in enumerate(rows):
                found = len(faults)
                with faults.at("account", index):
                    account = accounts.get(without_blanks(row.account))
                    if account is None:
                        raise AccountNotFound(row.account)
                with faults.at("received_on", index):
                    received_on = read_date(row.received_on)
                    if received_on > today:
                        raise errors.PaymentInTheFuture
                with faults.at("amount", index):
                    amount = Money.parse(row.amount)
                    if amount <= Money.zero():
                        raise errors.AmountNotPositive
                with faults.at("reference", index):
                    name = reference(row.reference)
                    if name in seen:
                        raise DuplicateRow(seen[name])
                    seen[name] = index
                with faults.at("period", index):
                    period = Month.parse(row.period) if row.period else None
                on_progress(index + 1, len(rows))
                if len(faults) > found or account is None:
                    continue
                same = known.get(name)
                if same is not None:
                    if (same.account_id, same.received_on, same.amount, same.period) != (
                        account.account_id,
                        received_on,
                        amount,
                        period,
                    ):
                        faults.add("reference", errors.PaymentAlreadyRecorded(same.amount), index)
                    continue
                counted = counted_through.get(account.account_id)
                added.append(
                    ReceivedPayment(
                        payment_id=PaymentId(self.identifiers.new()),
                        supplier_id=books.supplier_id,
                        account_id=account.account_id,
                        received_on=received_on,
                        amount=amount,
                        reference=name,
                        period=period,
                        counted_before=counted is not None and Month.of(received_on) <= counted,
                        recorded_at=now,
                    )
                )
            faults.refuse_batch()
            uow.payments.add_all(added)
            uow.ledger.add_all(
                entry_of_payment(
                    payment,
                    entry_id=EntryId(self.identifiers.new()),
                    closed_through=closed_through.get(payment.account_id),
                )
                for payment in added
                if not payment.counted_before
            )
            uow.commit()
        return BatchReport(added=len(added), changed=0, unchanged=len(rows) - len(added))
