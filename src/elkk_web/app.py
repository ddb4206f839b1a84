"""The Flask application, put together."""

import hashlib
import hmac
from typing import Any

from flask import Flask, g
from flask_babel import get_locale
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from elkk_adapters.application import Application
from elkk_adapters.sent_messages import SentMessageList
from elkk_web import cookies, failures, formats, headers, presence, request_log, wiring
from elkk_web.languages import LANGUAGES, SourceBabel, chosen_language
from elkk_web.rooms import (
    accounts,
    bills,
    cabinet,
    demo,
    entry,
    health,
    profile,
    readings,
    recovery,
)

_LARGEST_FORM = 256 * 1024


def create_app(application: Application, *, outbox: SentMessageList | None = None) -> Flask:
    """Return the cabinet as a WSGI application that asks *application* for everything.

    With an *outbox*, which only a demo has, a page shows the messages that were sent.
    """
    settings = application.settings
    app = Flask("elkk_web")
    app.config.update(
        # A key of its own, so that what the web signs is never mistaken for anything else's.
        SECRET_KEY=hmac.digest(settings.secret_key.encode(), b"elkk web", hashlib.sha256),
        SESSION_COOKIE_NAME=cookies.name_of("elkk-forms", secure=settings.secure),
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=_LARGEST_FORM,
        # The proof of a form lives as long as the browser's session and not an hour: people leave
        # a form open overnight.
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE=LANGUAGES[0],
        BABEL_DEFAULT_TIMEZONE=settings.time_zone,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    wiring.install(app, application, outbox)
    request_log.install(app)
    presence.install(app)
    CSRFProtect(app)
    SourceBabel(app, locale_selector=chosen_language)
    formats.install(app)
    headers.install(app, secure=settings.secure)
    failures.install(app)

    for room in (entry, recovery, cabinet, accounts, readings, bills, profile, health):
        app.register_blueprint(room.blueprint)
    if outbox is not None:
        app.register_blueprint(demo.blueprint)

    @app.context_processor
    def frame() -> dict[str, Any]:
        """Give every page what its frame shows."""
        user = g.get("viewer")
        return {
            "cabinet_name": settings.cabinet_name,
            "demo": outbox is not None,
            "language": str(get_locale()),
            "linking_months": settings.linking.months,
            "site": settings.site,
            "support_email": settings.support_email,
            "viewer": user,
            # Asked for only by the pages that show them, so that a page which tells of a broken
            # database needs none.
            "side": lambda: (
                application.accounts.linked_accounts.list_for(user.user_id) if user else ()
            ),
            "suppliers": application.accounts.suppliers.list_all,
        }

    if settings.trusted_proxies:
        # Behind a proxy that ends HTTPS, the address of the visitor stands in its headers.
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
