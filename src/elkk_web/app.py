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
from elkk_web import (
    assets,
    cookies,
    devices,
    failures,
    formats,
    headers,
    presence,
    request_log,
    uploads,
    wiring,
)
from elkk_web.languages import LANGUAGES, SourceBabel, chosen_language
from elkk_web.rooms import (
    accounts,
    bills,
    cabinet,
    delivery,
    demo,
    entry,
    exports,
    health,
    linking,
    notifications,
    one_tap,
    payments,
    profile,
    profile_deletion,
    readings,
    recovery,
    requests,
    second_factor,
    statistics,
    support,
)


def create_app(application: Application, *, outbox: SentMessageList | None = None) -> Flask:
    """Return the cabinet as a WSGI application that asks *application* for everything.

    With an *outbox*, which only a demo has, a page shows the messages that were sent.
    """
    settings = application.settings
    app = Flask("elkk_web", static_folder=None)
    app.config.update(
        # A key of its own, so that what the web signs is never mistaken for anything else's.
        SECRET_KEY=hmac.digest(settings.secret_key.encode(), b"elkk web", hashlib.sha256),
        SESSION_COOKIE_NAME=cookies.name_of("elkk-forms", secure=settings.secure),
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # The proof of a form lives as long as the browser's session and not an hour: people leave
        # a form open overnight.
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE=LANGUAGES[0],
        BABEL_DEFAULT_TIMEZONE=settings.time_zone,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    assets.install(app)
    wiring.install(app, application, outbox)
    request_log.install(app)
    presence.install(app)
    uploads.install(app)
    CSRFProtect(app)
    SourceBabel(app, locale_selector=chosen_language)
    formats.install(app)
    devices.install(app)
    headers.install(app, secure=settings.secure)
    failures.install(app)

    for room in (
        entry,
        recovery,
        cabinet,
        linking,
        delivery,
        accounts,
        payments,
        readings,
        one_tap,
        bills,
        profile,
        second_factor,
        profile_deletion,
        health,
        statistics,
        exports,
        support,
        requests,
        notifications,
    ):
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
            "pays_by_card": settings.acquiring is not None,
            "payments_under_way": lambda account_id: (
                application.payments.card_payments.list_under_way(account_id, user_id=user.user_id)
            ),
            "unread_counts": notifications.unread_counts,
        }

    if settings.trusted_proxies:
        # Behind a proxy that ends HTTPS, the address of the visitor stands in its headers.
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
