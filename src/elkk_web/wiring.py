"""What the views are given: the application they call, and the outbox of a demo."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from flask import Flask, current_app

from elkk_adapters.application import Application

_APPLICATION = "elkk-application"
_OUTBOX = "elkk-outbox"


class SentMessage(Protocol):
    """A message that went out; *channel* is ``sms`` or ``email``."""

    @property
    def kind(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def recipient(self) -> str: ...
    @property
    def subject(self) -> str | None: ...
    @property
    def text(self) -> str: ...
    @property
    def html(self) -> str | None: ...
    @property
    def sent_at(self) -> datetime: ...


class Outbox(Protocol):
    """The messages that a demo has sent."""

    def list_latest(self, *, limit: int) -> Sequence[SentMessage]:
        """Return at most *limit* messages, the latest first."""
        ...


def install(app: Flask, application: Application, outbox: Outbox | None) -> None:
    """Keep *application* and *outbox* where the views of *app* find them."""
    app.extensions[_APPLICATION] = application
    app.extensions[_OUTBOX] = outbox


def application() -> Application:
    """Return everything that a view may ask for."""
    found: Application = current_app.extensions[_APPLICATION]
    return found


def outbox() -> Outbox:
    """Return the outbox of a demo; only pages of a demo may ask."""
    found: Outbox = current_app.extensions[_OUTBOX]
    return found
