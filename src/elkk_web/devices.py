"""What people call the browser and the machine that a session was opened with.

Browsers call themselves by a line that names their forebears too; the first of ours that it names
is the one. It tells a person «that was my phone», and nothing depends on it.
"""

from flask import Flask
from flask_babel import gettext

_BROWSERS = (
    ("YaBrowser", "Яндекс Браузер"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """Return «Chrome, Windows», or as much of it as *user_agent* tells."""
    named = (
        next((name for sign, name in table if sign in user_agent), "")
        for table in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(filter(None, named)) or gettext("Неизвестное устройство")


def is_mobile(user_agent: str) -> bool:
    """Tell whether it is a device to hold in one's hand."""
    return any(sign in user_agent for sign in ("iPhone", "iPad", "Android", "Mobile"))


def install(app: Flask) -> None:
    """Give the templates of *app* these filters."""
    app.add_template_filter(device)
    app.add_template_filter(is_mobile)
