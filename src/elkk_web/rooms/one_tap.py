"""Handing readings over by the link of a reminder, without signing in.

Whoever holds the link may do this and nothing else, and sees nothing of the account but what the form
needs. The ticket of the link is judged anew by each request.
"""

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from elkk_core.metering import SubmissionTicket, SubmissionTicketInvalid, SubmissionTicketOver
from elkk_web.failures import status_of
from elkk_web.languages import told
from elkk_web.readings_desk import Addresses, MeterForm, ReadingsDesk
from elkk_web.wiring import application

blueprint = Blueprint("one_tap", __name__)

_TICKET = "submission_ticket"
_DIGITS_SHOWN = 4


@blueprint.get("/r/<string(maxlength=100):token>")
def link(token: str) -> ResponseReturnValue:
    """Take the ticket out of the address, where others could read it."""
    session[_TICKET] = token
    response = redirect(url_for("one_tap.submit"))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.route("/submission", methods=["GET", "POST"])
def submit() -> ResponseReturnValue:
    """Show the form of the ticket's account; take or correct the readings of one of its meters."""
    ticket = _ticket()
    if g.viewer is not None and g.viewer.user_id == ticket.user_id:
        # Who has signed in already finds the same form in the cabinet, with all that belongs to it.
        return redirect(url_for("readings.submit", account_id=ticket.account_id))
    desk = _desk(ticket)
    if request.method == "GET":
        return _page(desk, desk.meters)
    answer = desk.take()
    if answer.taken is None:
        return _page(desk, answer.meters), answer.status
    flash(answer.taken, "good")
    return redirect(url_for("one_tap.submit"))


@blueprint.post("/submission/preview")
def preview() -> Response:
    """Tell a script what the figures in a form mean; nothing where they are not readings yet."""
    return jsonify(_desk(_ticket()).preview())


@blueprint.errorhandler(SubmissionTicketInvalid)
@blueprint.errorhandler(SubmissionTicketOver)
def of_no_use(error: SubmissionTicketInvalid | SubmissionTicketOver) -> ResponseReturnValue:
    """Say why the link opens nothing, and what to do instead."""
    said = told(error)
    page = render_template(
        "message.html",
        tone="warn",
        title=said.text,
        texts=[said.mend],
        onward=url_for("entry.door"),
        onward_label=gettext("Войти в кабинет"),
    )
    return page, status_of(error)


def _ticket() -> SubmissionTicket:
    return application().metering.open_submission_ticket(text=session.get(_TICKET, ""))


def _desk(ticket: SubmissionTicket) -> ReadingsDesk:
    return ReadingsDesk.of(ticket.account_id, user_id=ticket.user_id)


def _page(desk: ReadingsDesk, meters: list[MeterForm]) -> str:
    account = desk.card.account
    return render_template(
        "readings/one_tap.html",
        meters=meters,
        today=desk.today,
        viewer_id=desk.user_id,
        last_digits=account.number[-_DIGITS_SHOWN:],
        onward=url_for("accounts.history", account_id=account.account_id),
        to=Addresses(submit=url_for("one_tap.submit"), preview=url_for("one_tap.preview")),
    )
