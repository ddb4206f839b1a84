"""Submitting the readings of an account's meters, and correcting them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from uuid import UUID

from attrs import evolve, frozen
from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from elkk_core.billing import AccountOverview, Estimated, MeterOverview
from elkk_core.metering import CorrectReadings, Reading, SubmitReadings
from elkk_core.shared import (
    AccountId,
    Conflict,
    ElkkError,
    FormRejected,
    Month,
    NotFound,
    Rejected,
    WindowStatus,
    Zone,
)
from elkk_web import formats
from elkk_web.calendars import Reminder, calendar_of
from elkk_web.failures import status_of
from elkk_web.presence import signed_in_only, viewer
from elkk_web.reading_forms import Meaning, ReadingsForm
from elkk_web.rooms.accounts import card_of
from elkk_web.wiring import application

blueprint = Blueprint("readings", __name__, url_prefix="/accounts/<uuid:account_id>/readings")


class Step(StrEnum):
    """What the page offers for a meter: nothing yet, to send, to see what was sent, to correct."""

    CLOSED = "closed"
    SEND = "send"
    SENT = "sent"
    CORRECT = "correct"


@frozen(kw_only=True)
class MeterForm:
    """A meter with what the page offers for it, and its form.

    Readings count in the bill for *month*; *counted* are those that do so far, and *estimates* what
    the last bill charged in place of readings. *meaning* is that of the figures in the form, once
    the user is asked about them.
    """

    overview: MeterOverview
    status: WindowStatus
    month: Month
    step: Step
    form: ReadingsForm
    counted: Mapping[Zone, Reading]
    estimates: tuple[Estimated, ...]
    meaning: Meaning | None = None

    @property
    def last_taken_on(self) -> date:
        """The day of what counts so far."""
        return max(reading.taken_on for reading in self.counted.values())


@blueprint.route("", methods=["GET", "POST"])
@signed_in_only
def submit(account_id: UUID) -> ResponseReturnValue:
    """Show for each meter what can be done now; take or correct the readings of one of them.

    A meter that was removed has no form, unless its readings were sent just now: who sent them is
    told when it was removed. Unusual figures are asked about once, and taken when sent again.
    """
    above = card_of(account_id)
    meters = _meter_forms(above["card"], above["today"])
    if request.method == "GET":
        return _page(above, meters)
    meter = _sent_one(meters)
    meaning = _meaning(account_id, meter)
    if meaning and meaning.warning and not meter.form.is_sure(meter.overview):
        meter.form.ask(meter.overview)
        asking = evolve(meter, meaning=meaning)
        return _page(above, [asking if known is meter else known for known in meters])
    try:
        taken = _use_case(meter)(
            user_id=viewer().user_id,
            account_id=AccountId(account_id),
            meter_id=meter.overview.meter.meter_id,
            values=meter.form.values(meter.overview),
            rollovers_confirmed=meter.form.confirmed(meter.overview),
        )
    except ElkkError as error:
        meter.form.refuse(error)
        # What cannot be corrected any more can be sent anew, and that is what the page offers then.
        step = meter.step if isinstance(error, FormRejected) else Step.SEND
        refused = evolve(meter, step=step)
        page = _page(above, [refused if known is meter else known for known in meters])
        return page, status_of(error)
    told = (
        gettext("Показания исправлены и будут учтены в счете за %(month)s.")
        if meter.step is Step.CORRECT
        else gettext("Показания переданы %(day)s и будут учтены в счете за %(month)s.")
    )
    said = told % {"day": formats.day(taken.taken_on), "month": formats.month(taken.month)}
    flash(f"{said} {gettext('Расход')}: {meaning.text}." if meaning else said, "good")
    return redirect(url_for("readings.submit", account_id=account_id))


@blueprint.post("/preview")
@signed_in_only
def preview(account_id: UUID) -> ResponseReturnValue:
    """Tell a script what the figures in a form mean; nothing where they are not readings yet."""
    above = card_of(account_id)
    meaning = _meaning(account_id, _sent_one(_meter_forms(above["card"], above["today"])))
    return jsonify(
        meaning=meaning.text if meaning else "", warning=meaning.warning if meaning else ""
    )


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


def _page(above: Mapping[str, Any], meters: list[MeterForm]) -> str:
    return render_template(
        "readings/submit.html",
        section="readings",
        meters=meters,
        viewer_id=viewer().user_id,
        **above,
    )


def _sent_one(meters: list[MeterForm]) -> MeterForm:
    """Return the meter whose form was sent."""
    sent = request.form.get("meter", "")
    meter = next((m for m in meters if str(m.overview.meter.meter_id) == sent), None)
    if meter is None:
        abort(HTTPStatus.NOT_FOUND)
    return meter


def _use_case(meter: MeterForm) -> SubmitReadings | CorrectReadings:
    room = application().metering
    return room.correct_readings if meter.step is Step.CORRECT else room.submit_readings


def _meaning(account_id: UUID, meter: MeterForm) -> Meaning | None:
    """Return what the figures in a form mean, None while they mean nothing.

    Why they are refused is told when they are sent.
    """
    try:
        found = application().billing.preview_readings(
            user_id=viewer().user_id,
            account_id=AccountId(account_id),
            meter_id=meter.overview.meter.meter_id,
            values=meter.form.values(meter.overview),
            rollovers_confirmed=meter.form.confirmed(meter.overview),
        )
    except (Conflict, NotFound, Rejected):
        return None
    return None if found is None else Meaning.of(found)


def _meter_forms(card: AccountOverview, today: date) -> list[MeterForm]:
    sent = request.form.get("meter", "")
    return [
        _meter_form(card, overview, today, prefix=f"meter{index}-")
        for index, overview in enumerate(card.meters)
        if overview.meter.is_there(today) or sent == str(overview.meter.meter_id)
    ]


def _meter_form(
    card: AccountOverview, overview: MeterOverview, today: date, *, prefix: str
) -> MeterForm:
    month = card.month_to_bill(overview, today)
    counted = {
        register.zone: reading
        for register in overview.registers
        if (reading := register.counted(month)) is not None
    }
    step = _step(overview, today, counted)
    return MeterForm(
        overview=overview,
        status=overview.window.status(today),
        month=month,
        step=step,
        form=ReadingsForm.of(
            overview,
            month=month,
            prefix=prefix,
            filled=request.form.get("meter") == str(overview.meter.meter_id),
            sent=counted if step is Step.CORRECT else {},
            viewer_id=viewer().user_id,
        ),
        counted=counted,
        estimates=card.estimates(overview),
    )


def _step(overview: MeterOverview, today: date, counted: Mapping[Zone, Reading]) -> Step:
    """Return what to offer: what was asked for by a link or a form, as far as it makes sense."""
    meter = str(overview.meter.meter_id)
    if request.form.get("meter") == meter:
        # Whatever has become of it meanwhile, the core says so.
        return Step.CORRECT if request.form.get("step") == Step.CORRECT else Step.SEND
    if not overview.window.contains(today):
        return Step.CLOSED
    is_sent = len(counted) == len(overview.registers) and all(
        reading.is_sent_here for reading in counted.values()
    )
    if not is_sent or request.args.get(Step.SEND) == meter:
        return Step.SEND
    return Step.CORRECT if request.args.get(Step.CORRECT) == meter else Step.SENT
