"""Payments by card for screens and commands; the links of the user are asked in SQL."""

from datetime import datetime

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.repositories.billing import balances
from elkk_adapters.sql.repositories.payments import list_payments
from elkk_adapters.sql.statements import among, in_force
from elkk_core.billing.model import LineKind
from elkk_core.payments.errors import PaymentNotFound
from elkk_core.payments.model import CardPayment, CardPaymentId, PaymentState
from elkk_core.payments.policies import USUAL_MONTHS
from elkk_core.payments.queries import BegunPayment, PaymentOffer
from elkk_core.shared.errors import AccountNotFound
from elkk_core.shared.ids import AccountId, UserId
from elkk_core.shared.money import Money


@frozen
class SqlCardPaymentList:
    """The payments by card that a user sees: those for linked accounts, and no other."""

    _engine: sa.Engine

    def offer(self, account_id: AccountId, *, user_id: UserId) -> PaymentOffer:
        """Return what there may be to pay; of bills in force the last twelve count.

        Raises:
            AccountNotFound: If there is no such account, or the user has not linked it.
        """
        payments = tables.card_payments
        with self._engine.connect() as connection:
            if connection.scalar(sa.select(1).where(_linked(account_id, user_id))) is None:
                raise AccountNotFound(str(account_id))
            on_the_way = connection.scalar(
                sa.select(sa.func.sum(payments.c.amount)).where(
                    payments.c.account_id == account_id, payments.c.state == PaymentState.PAID
                )
            )
            return PaymentOffer(
                balance=balances(connection, [account_id])[account_id],
                on_the_way=on_the_way or Money.zero(),
                charges=_last_charges(connection, account_id),
            )

    def get(
        self, payment_id: CardPaymentId, *, account_id: AccountId, user_id: UserId
    ) -> CardPayment:
        """Return a payment of this user for a linked account.

        Raises:
            PaymentNotFound: If there is none, or it is somebody else's or for another account.
        """
        payments = tables.card_payments
        with self._engine.connect() as connection:
            found = list_payments(
                connection,
                sa.and_(
                    payments.c.payment_id == payment_id,
                    payments.c.account_id == account_id,
                    payments.c.user_id == user_id,
                    _linked(account_id, user_id),
                ),
            )
        if not found:
            raise PaymentNotFound(str(payment_id))
        return found[0]

    def list_under_way(self, account_id: AccountId, *, user_id: UserId) -> tuple[CardPayment, ...]:
        """Return what is on its way for an account that the user has linked, the latest first.

        That is every payment that the bank has taken and the books have not counted, and those of
        this user that are at the bank; nothing if the user has not linked the account.
        """
        payments = tables.card_payments
        with self._engine.connect() as connection:
            found = list_payments(
                connection,
                sa.and_(
                    payments.c.account_id == account_id,
                    sa.or_(
                        payments.c.state == PaymentState.PAID,
                        sa.and_(
                            payments.c.state == PaymentState.AT_BANK,
                            payments.c.user_id == user_id,
                        ),
                    ),
                    _linked(account_id, user_id),
                ),
            )
        return found[::-1]


@frozen
class SqlBegunPayments:
    """The payments by card that users began themselves."""

    _engine: sa.Engine

    def list_for(self, user_id: UserId) -> tuple[BegunPayment, ...]:
        """Return all that a user began, the latest first, whatever became of them.

        What was begun for an account that is not linked any more is among them.
        """
        accounts, suppliers = tables.personal_accounts, tables.suppliers
        with self._engine.connect() as connection:
            begun = list_payments(connection, tables.card_payments.c.user_id == user_id)
            paid_for = {payment.account_id for payment in begun}
            rows = connection.execute(
                sa.select(accounts.c.account_id, accounts.c.number, suppliers.c.name)
                .join_from(accounts, suppliers)
                .where(among(accounts.c.account_id, paid_for, on=connection))
            ).all()
        of = {row.account_id: row for row in rows}
        return tuple(
            BegunPayment(
                payment=payment,
                account=of[payment.account_id].number,
                supplier_name=of[payment.account_id].name,
            )
            for payment in reversed(begun)
        )


@frozen
class SqlPaymentsToAsk:
    """Payments that somebody has to look after."""

    _engine: sa.Engine

    def list_due(self, now: datetime, *, limit: int) -> tuple[CardPaymentId, ...]:
        """Return at most *limit* payments to look after at *now* or before, the longest due first."""
        payments = tables.card_payments
        return self._list(
            sa.select(payments.c.payment_id)
            .where(payments.c.ask_at <= now)
            .order_by(payments.c.ask_at, payments.c.payment_id)
            .limit(limit)
        )

    def list_all(self) -> tuple[CardPaymentId, ...]:
        """Return all payments of which more can come, the eldest first."""
        payments = tables.card_payments
        return self._list(
            sa.select(payments.c.payment_id)
            .where(payments.c.ask_at.is_not(None))
            .order_by(payments.c.started_at, payments.c.payment_id)
        )

    def _list(self, chosen: sa.Select[tuple[CardPaymentId]]) -> tuple[CardPaymentId, ...]:
        with self._engine.connect() as connection:
            return tuple(connection.scalars(chosen))


def _linked(account_id: AccountId, user_id: UserId) -> sa.ColumnElement[bool]:
    links = tables.account_links
    return sa.exists().where(links.c.account_id == account_id, links.c.user_id == user_id)


def _last_charges(connection: sa.Connection, account_id: AccountId) -> tuple[Money, ...]:
    """Return what the last bills in force charged, the penalty apart, the eldest first."""
    invoices, lines = tables.invoices, tables.invoice_lines
    last = (
        sa.select(invoices.c.invoice_id, invoices.c.month)
        .where(invoices.c.account_id == account_id, in_force())
        .order_by(invoices.c.month.desc())
        .limit(USUAL_MONTHS)
        .subquery()
    )
    charged = sa.func.sum(lines.c.amount).filter(lines.c.kind != LineKind.PENALTY)
    rows = connection.execute(
        sa.select(charged.label("charged"))
        .join_from(last, lines, lines.c.invoice_id == last.c.invoice_id)
        .group_by(last.c.invoice_id, last.c.month)
        .order_by(last.c.month)
    )
    return tuple(row.charged or Money.zero() for row in rows)
