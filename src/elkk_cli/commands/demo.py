"""``elkk demo``: the cabinet, filled and ready to look at."""

import http
import http.client
import json
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click
from attrs import asdict

from elkk_adapters import bootstrap
from elkk_adapters.logs import configure_logs
from elkk_adapters.settings import Settings, settings_from
from elkk_adapters.system import SystemClock
from elkk_cli import errors
from elkk_cli.commands.sandbox_bank import tell_cards
from elkk_cli.demo.filling import Filling
from elkk_cli.demo.folder import DemoFolder, Visit, write_privately
from elkk_cli.demo.history import HistoryClock
from elkk_cli.desk import Desk, json_option, pass_desk, port_option
from elkk_cli.serving import (
    address_of,
    listening,
    pages,
    refuse_network,
    serve,
    stopped_by_signals,
)
from elkk_core.shared import Month
from elkk_sandbox import API, SandboxBank, serving

_OUTBOX = "/demo/outbox"
_SECONDS_BETWEEN_LOOKS = 0.05
_SHOWS = {
    "open_window": ("показания принимаются", "readings are taken"),
    "closed_window": ("показания сейчас не принимаются", "readings are not taken now"),
    "three_zones": ("три зоны", "three zones"),
    "debt": ("большой долг и пени", "a large debt with penalties"),
    "overpayment": ("переплата", "an overpayment"),
    "estimates": ("месяцы без показаний и перерасчет", "months without readings, then settled"),
    "ranges": ("диапазоны потребления", "consumption ranges"),
    "benefit": ("льгота и исправленный счет", "a benefit, and a corrected bill"),
    "replaced_meter": ("замена счетчика", "a replaced meter"),
}


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Loopback address to listen on."
)
@port_option
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".demo"),
    show_default=True,
    help="Folder of the demo's database; made at the first start.",
)
@click.option(
    "--ready-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Written once the first page answers: JSON with url, login, password, link, outbox.",
)
@click.option("--reset", is_flag=True, help="Throw the data of an earlier demo away first.")
@json_option
@pass_desk
def demo(
    desk: Desk, *, host: str, port: int, data: Path, ready_file: Path | None, reset: bool
) -> None:
    """Fill a cabinet with data, and serve it on this machine alone.

    The first start makes a database of SQLite, imports the account of the user manual and ten
    accounts of a demo supplier, and bills two years up to last month, all by the code of the other
    commands. Then pages, worker and a sandbox bank run in this process; a sign-in, accounts to link with their
    answers, and the page of the SMS and letters sent are printed. Starting again keeps the data.
    Ctrl-C or SIGTERM stops it.

    On every day account 680000000101 takes readings, and 680000000202 does not.

    \b
    Examples:
      elkk demo
      elkk demo --port 8080 --data /tmp/demo --reset
      elkk demo --port 0 --ready-file ready.json --json
    """
    refuse_network(host)
    configure_logs(json=False, level="WARNING")
    folder = DemoFolder(data)
    with (
        stopped_by_signals(),
        folder.held(),
        _kept_true(ready_file),
        listening(host, port) as listener,
        _sandbox_bank(host) as bank,
    ):
        if reset or folder.visit() is None:
            # What an unfinished start has left is of no use either.
            folder.clear()
        url = address_of(listener, host)
        settings = _settings(folder, url, bank)
        bootstrap.prepare_database(settings)
        clock = HistoryClock(SystemClock())
        with (
            bootstrap.application(settings, clock=clock) as application,
            bootstrap.worker(settings),
        ):
            filling = Filling(application=application, clock=clock, folder=folder.books)
            visit = _visit(desk, folder, filling)
            _warn_if_old(desk, visit, settings, clock)
            _when_answering(listener, partial(_announce, desk, visit, url, ready_file))
            serve(pages(application), listener, behind_proxy=False)


@contextmanager
def _kept_true(ready_file: Path | None) -> Iterator[None]:
    """Let there be no ready file but that of a running demo."""
    if ready_file is None:
        yield
        return
    if not os.access(ready_file.parent, os.W_OK):
        raise errors.FolderUnusable(str(ready_file.parent))
    ready_file.unlink(missing_ok=True)
    try:
        yield
    finally:
        ready_file.unlink(missing_ok=True)


def _visit(desk: Desk, folder: DemoFolder, filling: Filling) -> Visit:
    """Return what to tell a visitor, once the database suits the day."""
    visit = folder.visit()
    if visit is not None:
        filling.set_windows()
        return visit
    note = desk.text(
        ru="Первый запуск: готовлю два года счетов …",
        en="First start: making two years of bills …",
    )
    click.echo(note, err=True)
    with desk.progress(ru="Два года жизни", en="Two years of life") as on_progress:
        visit = filling(on_progress=on_progress)
    folder.keep_visit(visit)
    return visit


@contextmanager
def _sandbox_bank(host: str) -> Iterator[dict[str, str]]:
    """Serve a bank for trying out on a free port; yield the settings with which a shop pays there."""
    token = secrets.token_urlsafe(24)
    with listening(host, 0) as listener, serving(SandboxBank(token=token), listener):
        yield {
            "ELKK_BANK_URL": f"{address_of(listener, host)}{API}",
            "ELKK_BANK_TOKEN": token,
            # The demo keeps its own books.
            "ELKK_PAYMENT_POSTING": "at_once",
        }


def _settings(folder: DemoFolder, url: str, bank: dict[str, str]) -> Settings:
    """Return settings of the environment, but for what makes a demo."""
    return settings_from(
        {
            "ELKK_CABINET_NAME": "Светлый край",
            "ELKK_SITE": "https://example.org",
            "ELKK_SUPPORT_EMAIL": "support@example.org",
            **os.environ,
            "ELKK_MODE": "demo",
            "ELKK_BASE_URL": url,
            "ELKK_DATABASE_URL": folder.database_url,
            "ELKK_SECRET_KEY": folder.secret_key(),
            "ELKK_FILES_FOLDER": str(folder.files),
            "ELKK_TRUSTED_PROXIES": "0",
            # The one that works without a network.
            "ELKK_CAPTCHA": "altcha",
            "ELKK_WORKER_NAME": "demo",
            **bank,
        }
    )


def _warn_if_old(desk: Desk, visit: Visit, settings: Settings, clock: HistoryClock) -> None:
    """Say so where the last bills are too old for any answer to link an account."""
    if Month.of(clock.today) > Month.parse(visit.billed_through).plus(settings.linking.months):
        said = desk.text(
            ru="Счета этой демонстрации слишком стары, чтобы подключить счет: начните заново, --reset.",
            en="The bills of this demo are too old to link an account by: start anew with --reset.",
        )
        click.echo(said, err=True)


def _when_answering(listener: socket.socket, announce: Callable[[], None]) -> None:
    """Call *announce*, in a thread, as soon as the first page answers on *listener*."""
    address, port = listener.getsockname()[:2]

    def wait() -> None:
        while not _answers(address, port):
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        announce()

    threading.Thread(target=wait, name="elkk-announcer", daemon=True).start()


def _answers(host: str, port: int) -> bool:
    with closing(http.client.HTTPConnection(host, port, timeout=10)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False


def _announce(desk: Desk, visit: Visit, url: str, ready_file: Path | None) -> None:
    ready: dict[str, Any] = {
        "url": url,
        "login": visit.login,
        "password": visit.password,
        "link": [asdict(account) for account in visit.link],
        "outbox": url + _OUTBOX,
    }
    if ready_file is not None:
        text = json.dumps(ready, ensure_ascii=False, indent=2)
        write_privately(ready_file, text + "\n")
    desk.show(ready, view=lambda: _view(desk, visit, url))


def _view(desk: Desk, visit: Visit, url: str) -> None:
    text = desk.text
    desk.facts(
        [
            (text(ru="Кабинет", en="Cabinet"), url),
            (
                text(ru="Вход", en="Sign-in"),
                f"{visit.login}, {text(ru='пароль', en='password')} {visit.password}",
            ),
            (text(ru="SMS и письма", en="SMS and letters"), url + _OUTBOX),
        ]
    )
    click.echo()
    supplier = visit.link[0].supplier
    desk.say(
        ru=f"Можно подключить счет; поставщик: {supplier}.",
        en=f"Accounts to link; supplier: {supplier}.",
    )
    for account in visit.link:
        shows = _SHOWS[account.shows]
        desk.say(
            ru=f"  {account.number}, ответ {account.answer:>9}: {shows[0]}",
            en=f"  {account.number}, answer {account.answer:>9}: {shows[1]}",
        )
    click.echo()
    desk.say(ru="Карты для оплаты в банке-песочнице:", en="Cards to pay with at the sandbox bank:")
    tell_cards(desk)
    click.echo()
    desk.say(
        ru="Остановить: Ctrl-C. Данные останутся; начать заново: elkk demo --reset.",
        en="Ctrl-C stops. The data stay; elkk demo --reset starts anew.",
    )
