"""Running until somebody says stop: the web server, the worker."""

import errno
import logging
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from ipaddress import ip_address
from types import FrameType
from wsgiref.types import WSGIApplication

from waitress.server import create_server

from elkk_adapters.application import Application
from elkk_adapters.settings import Mode
from elkk_cli import errors

_THREADS = 8


def pages(application: Application) -> WSGIApplication:
    """Return the pages of the cabinet; in a demo, with one that shows the messages sent.

    They are found by their entry point, because the command line and the web do not import each
    other.

    Raises:
        InterfaceMissing: If the pages are not installed.
    """
    try:
        create_app = entry_points(group="elkk.interfaces")["web"].load()
    except (KeyError, ImportError):
        raise errors.InterfaceMissing from None
    demo = application.settings.mode is Mode.DEMO
    app: WSGIApplication = create_app(
        application, outbox=application.sent_messages if demo else None
    )
    return app


def refuse_network(host: str) -> None:
    """Let pass only addresses of this machine: a demo shows all messages to whoever asks.

    Raises:
        HostNotLoopback: If others can reach *host*.
        AddressUnusable: If there is no such address.
    """
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except OSError:
        raise errors.AddressUnusable(host) from None
    if not all(ip_address(address).is_loopback for address in found):
        raise errors.HostNotLoopback(host)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens on *host*; with *port* 0 it has found a free one.

    Raises:
        PortTaken, AddressUnusable: If nobody can listen there.
    """
    try:
        family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise errors.PortTaken(host, port, port + 1) from error
        raise errors.AddressUnusable(f"{host}:{port}") from error


def address_of(listener: socket.socket, host: str) -> str:
    """Return the address at which a browser finds the pages served by *listener*."""
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(app: WSGIApplication, listener: socket.socket, *, behind_proxy: bool) -> None:
    """Answer requests until an exit, as ``stopped_by_signals`` makes one.

    *behind_proxy* leaves the headers of a proxy to the pages, which know how many to trust; else
    they are dropped.
    """
    # A request that waits a moment for a thread is nothing to tell the operator of.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app,
        sockets=[listener],
        threads=_THREADS,
        ident=None,
        clear_untrusted_proxy_headers=not behind_proxy,
    )
    try:
        # It catches the exit, finishes the requests under way and returns.
        server.run()
    finally:
        server.close()


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the block by an exit, which closes all that is open."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        sys.exit()

    before = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
