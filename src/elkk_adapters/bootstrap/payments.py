"""The room of payments by card, the bank that the settings choose, and questions to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from elkk_adapters.acquiring import Nobody, RbsGateway
from elkk_adapters.application import Payments
from elkk_adapters.bootstrap.tools import Tools
from elkk_adapters.durable import DurableMessages, PaymentQuestions
from elkk_adapters.settings import Settings
from elkk_adapters.sql import Database
from elkk_adapters.system import TimeOrderedIdentifiers
from elkk_core import payments
from elkk_core.shared import Clock


@contextmanager
def bank(settings: Settings) -> Iterator[payments.PaymentGateway]:
    """Yield the bank of *settings*; its connections are closed after."""
    if settings.acquiring is None:
        yield Nobody()
        return
    with RbsGateway(settings.acquiring) as gateway:
        yield gateway


def payments_room(tools: Tools) -> Payments:
    """Return the use cases and queries of payments by card."""
    return Payments(
        start_payment=payments.StartPayment(
            unit_of_work=tools.unit_of_work,
            gateway=tools.gateway,
            clock=tools.clock,
            policy=tools.settings.payments,
        ),
        settle_payment=payments.SettlePayment(
            unit_of_work=tools.unit_of_work,
            gateway=tools.gateway,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.payments,
        ),
        own_data=payments.ShowOwnPayments(begun_payments=tools.database.begun_payments),
        card_payments=tools.database.card_payments,
        payments_to_ask=tools.database.payments_to_ask,
    )


@contextmanager
def payment_questions(
    settings: Settings, database: Database, clock: Clock, queue: DurableMessages
) -> Iterator[PaymentQuestions]:
    """Yield the duty to ask after payments whose payers did not come back."""
    with bank(settings) as gateway:
        yield PaymentQuestions(
            settle=payments.SettlePayment(
                unit_of_work=partial(database.unit_of_work, queue),
                gateway=gateway,
                clock=clock,
                identifiers=TimeOrderedIdentifiers(),
                policy=settings.payments,
            ),
            payments_to_ask=database.payments_to_ask,
            clock=clock,
        )
