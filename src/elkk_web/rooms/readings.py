"""Submitting the readings of an account's meters, and correcting them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from elkk_core.billing import AccountOverview
from elkk_web.calendars import Reminder, calendar_of
from elkk_web.presence import signed_in_only, viewer
from elkk_web.readings_desk import Addresses, MeterForm, ReadingsDesk
from elkk_web.rooms.accounts import card_of
from elkk_web.wiring import application

blueprint = Blueprint("readings", __name__, url_prefix="/accounts/<uuid:account_id>/readings")


@blueprint.route("", methods=["GET", "POST"])
@signed_in_only
def submit(account_id: UUID) -> ResponseReturnValue:
    """Show for each meter what can be done now; take or correct the readings of one of them."""
    above = card_of(account_id)
    desk = _desk(above)
    if request.method == "GET":
        return _page(above, desk.meters)
    answer = desk.take()
    if answer.taken is None:
        return _page(above, answer.meters), answer.status
    flash(answer.taken, "good")
    return redirect(url_for("readings.submit", account_id=account_id))


@blueprint.post("/preview")
@signed_in_only
def preview(account_id: UUID) -> ResponseReturnValue:
    """Tell a script what the figures in a form mean; nothing where they are not readings yet."""
    return jsonify(_desk(card_of(account_id)).preview())


@blueprint.get("/calendar.ics")
@signed_in_only
def calendar(account_id: UUID) -> ResponseReturnValue:
    """Return the days on which readings are taken as a file for a calendar."""
    above = card_of(account_id)
    card: AccountOverview = above["card"]
    address = application().settings.base_url + url_for("readings.submit", account_id=account_id)
    content = calendar_of(
        [
            Reminder(
                key=str(overview.meter.meter_id),
                window=overview.window,
                title=gettext("Передать показания: %(address)s", address=card.account.address),
                text=gettext(
                    "Счетчик № %(number)s. %(address)s",
                    number=overview.meter.number,
                    address=address,
                ),
                address=address,
            )
            for overview in card.meters
            if overview.meter.is_there(above["today"])
        ],
        today=above["today"],
        now=application().clock.now(),
    )
    return Response(
        content,
        mimetype="text/calendar",
        headers={
            "Content-Disposition": f'attachment; filename="readings-{card.account.number}.ics"'
        },
    )


def _desk(above: Mapping[str, Any]) -> ReadingsDesk:
    return ReadingsDesk(card=above["card"], user_id=viewer().user_id, today=above["today"])


def _page(above: Mapping[str, Any], meters: list[MeterForm]) -> str:
    account_id = above["card"].account.account_id
    return render_template(
        "readings/submit.html",
        section="readings",
        meters=meters,
        viewer_id=viewer().user_id,
        to=Addresses(
            submit=url_for("readings.submit", account_id=account_id),
            preview=url_for("readings.preview", account_id=account_id),
            leave=url_for("accounts.history", account_id=account_id),
            history=url_for("accounts.history", account_id=account_id, kind="readings"),
        ),
        **above,
    )
