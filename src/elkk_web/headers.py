"""Headers that every answer carries."""

from flask import Flask, Response, request

_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
WITH_RECAPTCHA = (
    _CONTENT_SECURITY_POLICY.replace(
        "script-src 'self'",
        "script-src 'self' https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/",
    )
    + "; frame-src https://www.google.com/recaptcha/ https://recaptcha.google.com/recaptcha/"
)
"""The policy of pages with Google's box, by its documentation; all others load nothing of others."""

_YEAR = 365 * 24 * 60 * 60


def install(app: Flask, *, secure: bool) -> None:
    """Guard every answer of *app*; *secure* also binds browsers to HTTPS for two years."""

    def guard(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", _CONTENT_SECURITY_POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        # Full addresses stay inside: the CSRF check reads them, other sites learn nothing.
        headers.setdefault("Referrer-Policy", "same-origin")
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
        if secure:
            headers["Strict-Transport-Security"] = f"max-age={2 * _YEAR}; includeSubDomains"
        if request.endpoint != "static":
            # Pages hold personal data and the proof of a form: neither a proxy nor the browser of
            # a shared computer keeps them.
            headers["Cache-Control"] = "no-store"
        return response

    app.after_request(guard)
