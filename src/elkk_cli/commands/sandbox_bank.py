"""``elkk sandbox-bank``: a bank to try payments out with."""

import secrets
import threading

import click

from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_cli.serving import address_of, listening, refuse_network, stopped_by_signals
from elkk_sandbox import API, CARDS, CODE, Ending, SandboxBank, serving

CARD_ENDINGS = {
    Ending.PAID: ("оплата проходит", "the payment goes through"),
    Ending.LATE: (
        "проходит, но банк сообщает об этом позже",
        "it goes through, told some time later",
    ),
    Ending.NO_FUNDS: ("отказ: не хватает денег", "refused: too little money"),
    Ending.OVER_LIMIT: ("отказ: превышен лимит", "refused: over the limit"),
    Ending.EXPIRED: ("отказ: срок истек", "refused: expired"),
    Ending.BLOCKED: ("отказ: карта заблокирована", "refused: blocked"),
}


def tell_cards(desk: Desk) -> None:
    """Print the cards of the sandbox for people, with what each of them does."""
    for card in CARDS:
        ru, en = CARD_ENDINGS[card.ending]
        desk.say(
            ru=f"  {card.written}  {card.system:<10} {ru}",
            en=f"  {card.written}  {card.system:<10} {en}",
        )
    desk.say(
        ru=f"  Срок, CVC и владелец любые; код из SMS всегда {CODE}.",
        en=f"  Any expiry, CVC and holder; the code of the SMS is always {CODE}.",
    )


@click.command("sandbox-bank")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Loopback address to listen on."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8100,
    show_default=True,
    help="Port; 0 takes any free one.",
)
@click.option("--token", help="Token that the shop has to know; a new one if not given.")
@json_option
@pass_desk
def sandbox_bank(desk: Desk, *, host: str, port: int, token: str | None) -> None:
    """Serve a bank that takes test cards and nobody's money.

    It speaks the interface of the RBS/BPC gateways (register.do, getOrderStatusExtended.do), shows
    the page of the card and of the 3-D Secure code, and keeps its orders in memory. A cabinet in
    development pays there with the settings that are printed. elkk demo has one of its own. Ctrl-C
    or SIGTERM stops it.

    \b
    Examples:
      elkk sandbox-bank
      elkk sandbox-bank --port 0 --token secret --json
    """
    refuse_network(host)
    token = token or secrets.token_urlsafe(24)
    with (
        stopped_by_signals(),
        listening(host, port) as listener,
        serving(SandboxBank(token=token), listener),
    ):
        url = f"{address_of(listener, host)}{API}"
        desk.show(
            {"url": url, "token": token, "code": CODE, "cards": [card.number for card in CARDS]},
            view=lambda: _view(desk, url, token),
        )
        threading.Event().wait()


def _view(desk: Desk, url: str, token: str) -> None:
    desk.facts([("ELKK_BANK_URL", url), ("ELKK_BANK_TOKEN", token)])
    click.echo()
    tell_cards(desk)
    desk.say(ru="Остановить: Ctrl-C.", en="Ctrl-C stops.")
