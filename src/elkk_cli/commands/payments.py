"""``elkk payments``: looking after payments by card."""

from collections import Counter

import click

from elkk_adapters.logs import configure_logs
from elkk_adapters.settings import Mode
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_cli.failures import LEFT_OVER
from elkk_core.payments import CardPayment, PaymentState
from elkk_core.shared import StaleState, Unavailable

_STATES = {
    PaymentState.STARTED: ("начат", "begun"),
    PaymentState.AT_BANK: ("в банке", "at the bank"),
    PaymentState.EXPIRED: ("не оплачен", "expired"),
    PaymentState.DECLINED: ("отклонен", "declined"),
    PaymentState.PAID: ("ждет учета", "not counted yet"),
    PaymentState.POSTED: ("зачислен", "posted"),
    PaymentState.REVERSED: ("отменен", "reversed"),
    PaymentState.REFUNDED: ("возвращен", "refunded"),
}


@click.group()
def payments() -> None:
    """Look after payments by card."""


@payments.command()
@json_option
@pass_desk
@click.pass_context
def ask(context: click.Context, desk: Desk) -> None:
    """Ask the bank about all payments that are not over, and count what it has taken.

    The worker does so by itself, with growing pauses; this does it at once, as after a register of
    payments was imported. What the bank does not tell is left for later, and the exit status is 6.

    \b
    Example:
      elkk payments ask
    """
    asked: list[CardPayment] = []
    left = 0
    with desk.open_application() as application:
        configure_logs(json=application.settings.mode is Mode.PRODUCTION)
        room = application.payments
        for payment_id in room.payments_to_ask.list_all():
            try:
                asked.append(room.settle_payment(payment_id=payment_id))
            except StaleState:
                # The worker was faster: it is asked after.
                continue
            except Unavailable:
                left += 1
    desk.show(
        {
            "payments": [
                {
                    "order": payment.order_number,
                    "amount": str(payment.amount),
                    "state": payment.state.value,
                }
                for payment in asked
            ],
            "left": left,
        },
        view=lambda: _view(desk, asked, left),
    )
    if left:
        context.exit(LEFT_OVER)


def _view(desk: Desk, asked: list[CardPayment], left: int) -> None:
    counted = Counter(payment.state for payment in asked)
    for state, (ru, en) in _STATES.items():
        if counted[state]:
            desk.say(ru=f"{ru}: {counted[state]}", en=f"{en}: {counted[state]}")
    if left:
        desk.say(ru=f"банк не ответил: {left}", en=f"not told by the bank: {left}")
    if not (asked or left):
        desk.say(ru="Спрашивать не о чем.", en="There is nothing to ask about.")
