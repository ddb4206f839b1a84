"""The customer cabinet in a browser: parse a request, ask the application once, render."""

from elkk_web.app import create_app
from elkk_web.wiring import Outbox, SentMessage

__all__ = ["Outbox", "SentMessage", "create_app"]
