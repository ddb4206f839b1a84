"""Serving the sandbox bank beside whatever else a process does."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

from elkk_sandbox.bank import SandboxBank
from elkk_sandbox.pages import create_bank

_SECONDS_TO_STOP = 0.1


class _Quiet(WSGIRequestHandler):
    """Tells nobody of requests: their addresses would fill the console."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Tell nobody."""


@contextmanager
def serving(bank: SandboxBank, listener: socket.socket) -> Iterator[None]:
    """Answer the requests that come to *listener*, in threads, as long as the block lasts."""
    host, port = listener.getsockname()[:2]
    server = make_server(
        host,
        port,
        create_bank(bank),
        threaded=True,
        request_handler=_Quiet,
        fd=listener.fileno(),
    )
    thread = threading.Thread(
        target=server.serve_forever, args=[_SECONDS_TO_STOP], name="elkk-sandbox-bank", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
