"""Styles, scripts and pictures: small, sent once, and kept by the browser until they change."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from attrs import frozen
from flask import Flask, Response, abort, request

_YEAR = 365 * 24 * 60 * 60
_TAG_LENGTH = 12
_ENDPOINT = "static"

# The style sheet is written along the pages and sent as one. Of two rules that say the same of an
# element the later one holds: what is everybody's comes first, what each room has of its own after it.
_STYLE_SHEET = "elkk.css"
_STYLES = (
    "tokens",
    "ground",
    "bar",
    "frame",
    "panel",
    "tabs",
    "cards",
    "forms",
    "captcha",
    "buttons",
    "notices",
    "facts",
    "entry",
    "accounts",
    "history",
    "readings",
    "statistics",
    "payments",
    "profile",
    "support",
    "news",
    "outbox",
    "media",
)
_STYLES_FOLDER = "styles"


@frozen
class _Asset:
    """A file that everybody may read, as it is and packed, with a *tag* that changes with it."""

    tag: str
    mimetype: str
    plain: bytes
    packed: bytes


def install(app: Flask) -> None:
    """Let *app*, which must have no folder of its own for them, serve the assets.

    Their addresses hold a tag of what is in them, so that a browser need not ask for one again. They
    are packed once; pages are not packed at all, since what is secret in them could be told from their
    length (BREACH).
    """
    assets = _load()

    def serve(filename: str) -> Response:
        asset = assets.get(filename)
        if asset is None:
            abort(HTTPStatus.NOT_FOUND)
        response = Response(asset.plain, mimetype=asset.mimetype)
        response.headers["Vary"] = "Accept-Encoding"
        if len(asset.packed) < len(asset.plain) and request.accept_encodings.quality("gzip"):
            response.set_data(asset.packed)
            response.headers["Content-Encoding"] = "gzip"
        response.set_etag(asset.tag + response.headers.get("Content-Encoding", ""))
        if request.args.get("v") == asset.tag:
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        else:
            response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request)
        return response

    def name_by_content(endpoint: str, values: dict[str, Any]) -> None:
        asset = assets.get(values.get("filename", "")) if endpoint == _ENDPOINT else None
        if asset is not None:
            values["v"] = asset.tag

    app.add_url_rule("/static/<path:filename>", _ENDPOINT, serve)
    app.url_defaults(name_by_content)


def _load() -> Mapping[str, _Asset]:
    folder = files("elkk_web") / "static"
    sheet = b"\n".join((folder / _STYLES_FOLDER / f"{name}.css").read_bytes() for name in _STYLES)
    contents = {_STYLE_SHEET: sheet}
    contents.update((file.name, file.read_bytes()) for file in folder.iterdir() if file.is_file())
    return {name: _pack(name, plain) for name, plain in contents.items()}


def _pack(name: str, plain: bytes) -> _Asset:
    mimetype, _ = mimetypes.guess_type(name)
    return _Asset(
        tag=hashlib.sha256(plain).hexdigest()[:_TAG_LENGTH],
        mimetype=mimetype or "application/octet-stream",
        plain=plain,
        packed=gzip.compress(plain, mtime=0),
    )
