"""Payments by card in the database."""

from collections import defaultdict

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.constraints import guarded
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.statements import among, insert_all, save_all
from elkk_core.payments import errors
from elkk_core.payments.model import CardPayment, CardPaymentId, PaymentChange
from elkk_core.payments.ports import PaidAccount
from elkk_core.shared.errors import AccountNotFound
from elkk_core.shared.ids import AccountId, UserId

_PAYMENTS = Mapper(CardPayment, tables.card_payments, apart="changes")
_CHANGES = Mapper(PaymentChange, tables.payment_changes, own=("payment_id", "position"))


def list_payments(
    connection: sa.Connection, condition: sa.ColumnElement[bool]
) -> tuple[CardPayment, ...]:
    """Return the payments that *condition* holds for, with their changes, the eldest first."""
    payments, changes = tables.card_payments, tables.payment_changes
    rows = connection.execute(
        sa.select(*_PAYMENTS.columns)
        .where(condition)
        .order_by(payments.c.started_at, payments.c.payment_id)
    ).all()
    changes_by_payment: dict[CardPaymentId, list[PaymentChange]] = defaultdict(list)
    for change in connection.execute(
        sa.select(changes.c.payment_id, *_CHANGES.columns)
        .where(among(changes.c.payment_id, [row.payment_id for row in rows], on=connection))
        .order_by(changes.c.payment_id, changes.c.position)
    ):
        changes_by_payment[change.payment_id].append(_CHANGES.read(change))
    return tuple(
        _PAYMENTS.read(row, apart=tuple(changes_by_payment[row.payment_id])) for row in rows
    )


@frozen
class SqlCardPayments:
    """All payments by card; an order number belongs to one of them. Changes are only added."""

    _connection: sa.Connection

    def get(self, payment_id: CardPaymentId) -> CardPayment:
        """Return a payment.

        Raises:
            PaymentNotFound: If there is none.
        """
        payment = self.find(payment_id)
        if payment is None:
            raise errors.PaymentNotFound(str(payment_id))
        return payment

    def find(self, payment_id: CardPaymentId) -> CardPayment | None:
        """Return a payment, None if there is none."""
        found = list_payments(self._connection, tables.card_payments.c.payment_id == payment_id)
        return found[0] if found else None

    def add(self, payment: CardPayment) -> None:
        """Keep a new payment.

        Raises:
            StaleState: If there is one of its identifier or order number by now.
        """
        with guarded(self._connection, "card payment"):
            insert_all(self._connection, tables.card_payments, [_PAYMENTS.row(payment)])
            self._add_changes(payment, known=0)

    def save(self, payment: CardPayment) -> None:
        """Keep the next state of a payment, and the changes that led to it.

        Raises:
            StaleState: If another saved it since it was read.
        """
        changes = tables.payment_changes
        row = _PAYMENTS.row(payment)
        save_all(self._connection, tables.card_payments, [row], what="card payment")
        known = self._connection.scalar(
            sa.select(sa.func.count()).where(changes.c.payment_id == payment.payment_id)
        )
        self._add_changes(payment, known=known or 0)

    def _add_changes(self, payment: CardPayment, *, known: int) -> None:
        insert_all(
            self._connection,
            tables.payment_changes,
            [
                {**_CHANGES.row(change), "payment_id": payment.payment_id, "position": position}
                for position, change in enumerate(payment.changes)
                if position >= known
            ],
        )


@frozen
class SqlPaidAccounts:
    """Personal accounts as payments know them.

    The account that a unit names is its own until it ends: no bill is made of it meanwhile.
    """

    _connection: sa.Connection

    def get_linked(self, account_id: AccountId, *, user_id: UserId) -> PaidAccount:
        """Return an account that the user has linked.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        links = tables.account_links
        return self._lock(
            account_id,
            sa.exists().where(links.c.account_id == account_id, links.c.user_id == user_id),
        )

    def get(self, account_id: AccountId) -> PaidAccount:
        """Return an account.

        Raises:
            AccountNotFound: If there is none.
        """
        return self._lock(account_id)

    def _lock(self, account_id: AccountId, *conditions: sa.ColumnElement[bool]) -> PaidAccount:
        accounts, suppliers = tables.personal_accounts, tables.suppliers
        row = self._connection.execute(
            sa.select(accounts.c.supplier_id, accounts.c.number, suppliers.c.time_zone)
            .join_from(accounts, suppliers)
            .where(accounts.c.account_id == account_id, *conditions)
            .with_for_update(of=accounts, key_share=True)
        ).one_or_none()
        if row is None:
            raise AccountNotFound(str(account_id))
        # Asked only now: the answer must be later than the lock.
        closed_through = self._connection.scalar(
            sa.select(sa.func.max(tables.invoices.c.month)).where(
                tables.invoices.c.account_id == account_id
            )
        )
        return PaidAccount(
            account_id=account_id,
            supplier_id=row.supplier_id,
            number=row.number,
            time_zone=row.time_zone,
            closed_through=closed_through,
        )
