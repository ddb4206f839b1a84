"""``elkk web`` and ``elkk worker``: what runs all the time."""

import os
import threading

import click

from elkk_adapters import bootstrap
from elkk_adapters.logs import configure_logs
from elkk_adapters.settings import Mode, settings_from
from elkk_cli.desk import Desk, json_option, pass_desk, port_option
from elkk_cli.serving import (
    address_of,
    listening,
    pages,
    refuse_network,
    serve,
    stopped_by_signals,
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@port_option
@json_option
@pass_desk
def web(desk: Desk, *, host: str, port: int) -> None:
    """Serve the pages of the cabinet.

    In production a reverse proxy stands before it and adds HTTPS; ELKK_BASE_URL is the address that
    households use, ELKK_TRUSTED_PROXIES the number of proxies. Messages are delivered by another
    process: elkk worker. Ctrl-C or SIGTERM stops it.

    \b
    Examples:
      elkk web
      elkk web --host 0.0.0.0 --port 8080
    """
    mode = settings_from(os.environ).mode
    if mode is Mode.DEMO:
        refuse_network(host)
    configure_logs(json=mode is Mode.PRODUCTION)
    with (
        stopped_by_signals(),
        desk.open_application() as application,
        listening(host, port) as listener,
    ):
        address = address_of(listener, host)
        desk.show(
            {"url": address},
            view=lambda: desk.say(
                ru=f"Страницы кабинета: {address}. Остановить: Ctrl-C.",
                en=f"The cabinet's pages: {address}. Ctrl-C stops.",
            ),
        )
        proxies = application.settings.trusted_proxies
        serve(pages(application), listener, behind_proxy=proxies > 0)


@click.command()
@json_option
@pass_desk
def worker(desk: Desk) -> None:
    """Deliver the SMS and letters that the cabinet has queued, and help with billing runs.

    One worker is enough; a second one takes over if the first dies, and a run of bills is done by
    all of them together. Each needs a name of its own in ELKK_WORKER_NAME, the same at every start.
    Ctrl-C or SIGTERM stops it.

    \b
    Example:
      ELKK_WORKER_NAME=worker-2 elkk worker
    """
    settings = settings_from(os.environ)
    configure_logs(json=settings.mode is Mode.PRODUCTION)
    with stopped_by_signals(), desk.open_application(), bootstrap.worker(settings):
        desk.show(
            {"worker": settings.worker_name},
            view=lambda: desk.say(
                ru=f"Обработчик {settings.worker_name} работает. Остановить: Ctrl-C.",
                en=f"Worker {settings.worker_name} is running. Ctrl-C stops.",
            ),
        )
        threading.Event().wait()
