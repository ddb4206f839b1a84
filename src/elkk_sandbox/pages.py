"""The sandbox bank over HTTP: the gateway's interface, and the pages that a payer sees."""

import json
import re
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elkk_sandbox.bank import Order, Parameters, Refusal, SandboxBank
from elkk_sandbox.cards import CARDS, CODE, TestCard, card_of
from elkk_sandbox.texts import LANGUAGES

API = "/payment/rest/"
"""Where the gateway's interface begins."""

_SHAPES = {
    "expiry": re.compile(r"\s*(0[1-9]|1[0-2])\s*/?\s*([0-9]{2}|20[0-9]{2})\s*"),
    "cvc": re.compile(r"\s*[0-9]{3}\s*"),
    "holder": re.compile(r"\s*[A-Za-z][A-Za-z .'-]{1,60}"),
    "email": re.compile(r"\s*[^@\s]+@[^@\s]+\.[^@\s]{2,}\s*"),
}


def create_bank(bank: SandboxBank) -> Flask:  # noqa: C901 - A view for each page, no more.
    """Return *bank* as a WSGI application; it keeps nothing outside of its own memory."""
    app = Flask("elkk_sandbox")
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}

    @app.after_request
    def guard(response: Response) -> Response:
        """Let browsers keep no page, and load nothing from elsewhere."""
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        return response

    # The interface of the gateway

    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> ResponseReturnValue:
        return jsonify(errorCode=str(refusal.code), errorMessage=refusal.text)

    @app.post(f"{API}register.do")
    def register() -> ResponseReturnValue:
        order = bank.register(_parameters())
        page = url_for("card", mdOrder=order.order_id, _external=True)
        return jsonify(orderId=order.order_id, formUrl=page)

    @app.post(f"{API}getOrderStatusExtended.do")
    def status() -> ResponseReturnValue:
        return jsonify(bank.status(_parameters()))

    # The pages of the payer

    @app.get("/payment/card")
    def card() -> ResponseReturnValue:
        order = _order(bank)
        if order is None:
            return _message("no_order", HTTPStatus.NOT_FOUND)
        if order.is_paid or _is_late(bank, order):
            return _message("over", HTTPStatus.GONE, order=order)
        if order.awaits_code:
            return redirect(url_for("code", mdOrder=order.order_id))
        return _card_page(order, {"email": order.email}, frozenset())

    @app.post("/payment/card")
    def enter_card() -> ResponseReturnValue:
        order = _order(bank)
        if order is None:
            return _message("no_order", HTTPStatus.NOT_FOUND)
        wrong, chosen = _wrong_fields(), card_of(_digits(request.form.get("card", "")))
        if wrong or chosen is None:
            page = _card_page(order, request.form, wrong)
            return page, HTTPStatus.UNPROCESSABLE_ENTITY
        _enter(bank, order, chosen)
        if order.awaits_code:
            return redirect(url_for("code", mdOrder=order.order_id))
        return redirect(_way_back(order))

    @app.get("/payment/code")
    def code() -> ResponseReturnValue:
        order = _order(bank)
        if order is None:
            return _message("no_order", HTTPStatus.NOT_FOUND)
        if not order.awaits_code:
            return _message("over", HTTPStatus.GONE, order=order)
        return _page("code.html", order, code=CODE, is_wrong=False)

    @app.post("/payment/code")
    def enter_code() -> ResponseReturnValue:
        order = _order(bank)
        if order is None:
            return _message("no_order", HTTPStatus.NOT_FOUND)
        if "cancel" in request.form:
            bank.cancel(order)
        else:
            bank.try_code(order, _digits(request.form.get("code", "")))
        if order.awaits_code:
            page = _page("code.html", order, code=CODE, is_wrong=True)
            return page, HTTPStatus.UNPROCESSABLE_ENTITY
        return redirect(_way_back(order))

    return app


def _parameters() -> Parameters:
    parameters = request.form.to_dict()
    try:
        more = json.loads(parameters.get("jsonParams", "{}"))
    except ValueError:
        more = {}
    email = more.get("email") if isinstance(more, dict) else None
    return parameters | {"email": email if isinstance(email, str) else ""}


def _order(bank: SandboxBank) -> Order | None:
    return bank.find(request.values.get("mdOrder", ""))


def _is_late(bank: SandboxBank, order: Order) -> bool:
    return bank.clock() >= order.expires_at


def _digits(text: str) -> str:
    return "".join(text.split())


def _wrong_fields() -> frozenset[str]:
    wrong = {
        name
        for name, shape in _SHAPES.items()
        if shape.fullmatch(request.form.get(name, "")) is None
    }
    if card_of(_digits(request.form.get("card", ""))) is None:
        wrong.add("card")
    return frozenset(wrong)


def _enter(bank: SandboxBank, order: Order, chosen: TestCard) -> None:
    month, _, year = request.form["expiry"].replace(" ", "").rpartition("/")
    order.email = request.form["email"].strip()
    bank.try_card(
        order,
        chosen,
        holder=request.form["holder"].strip(),
        expiry=f"20{year[-2:]}{month or year[:2]}",
    )


def _way_back(order: Order) -> str:
    """Return the address at which the shop expects the payer, with what gateways add to it."""
    address = order.fail_url if order.is_declined else order.return_url
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode({'orderId': order.order_id, 'lang': order.language})}"


def _card_page(order: Order, typed: Any, wrong: frozenset[str]) -> str:  # noqa: ANN401 - A form.
    return _page("card.html", order, cards=CARDS, typed=typed, wrong=wrong)


def _page(template: str, order: Order, **named: Any) -> str:
    point = "." if order.language == "en" else ","
    return render_template(
        template,
        order=order,
        way_back=_way_back(order),
        language=order.language,
        say=LANGUAGES.get(order.language, LANGUAGES["ru"]),
        roubles=f"{order.amount // 100}{point}{order.amount % 100:02}",
        **named,
    )


def _message(key: str, status: HTTPStatus, *, order: Order | None = None) -> ResponseReturnValue:
    language = "ru" if order is None else order.language
    page = render_template(
        "message.html",
        key=key,
        language=language,
        say=LANGUAGES.get(language, LANGUAGES["ru"]),
        way_back="" if order is None else _way_back(order),
    )
    return page, status
