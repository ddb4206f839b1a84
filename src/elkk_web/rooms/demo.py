"""The sent SMS and letters of the demo, on a page of their own; not there outside of the demo."""

from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from elkk_web import wiring

blueprint = Blueprint("demo", __name__, url_prefix="/demo")

_SHOWN = 100


@blueprint.before_request
def only_at_home() -> None:
    """Hide the page from a site that has its own name point to this machine.

    Such a page would read the codes as if they were its own (DNS rebinding).
    """
    try:
        host = urlsplit(f"//{request.host}").hostname or ""
        at_home = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        at_home = False
    if not at_home:
        abort(HTTPStatus.NOT_FOUND)


@blueprint.get("/outbox")
def outbox() -> ResponseReturnValue:
    """Show the sent messages, the latest first; as JSON to whoever asks for it."""
    messages = wiring.outbox().list_latest(limit=_SHOWN)
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    if best == "application/json":
        return jsonify(
            [
                {
                    "kind": message.kind,
                    "channel": message.channel,
                    "recipient": message.recipient,
                    "subject": message.subject,
                    "text": message.text,
                    "html": message.html,
                    "sent_at": message.sent_at.isoformat(),
                }
                for message in messages
            ]
        )
    return render_template("demo/outbox.html", messages=messages)
