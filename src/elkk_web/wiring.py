"""What the views are given: the application they call, and the outbox of a demo."""

from flask import Flask, current_app

from elkk_adapters.application import Application
from elkk_adapters.sent_messages import SentMessageList

_APPLICATION = "elkk-application"
_OUTBOX = "elkk-outbox"


def install(app: Flask, application: Application, outbox: SentMessageList | None) -> None:
    """Keep *application* and *outbox* where the views of *app* find them."""
    app.extensions[_APPLICATION] = application
    app.extensions[_OUTBOX] = outbox


def application() -> Application:
    """Return everything that a view may ask for."""
    found: Application = current_app.extensions[_APPLICATION]
    return found


def outbox() -> SentMessageList:
    """Return the outbox of a demo; only pages of a demo may ask."""
    found: SentMessageList = current_app.extensions[_OUTBOX]
    return found
