"""The customer cabinet in a browser: parse a request, ask the application once, render."""

from elkk_web.app import create_app

__all__ = ["create_app"]
