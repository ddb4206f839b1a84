"""What a page of readings offers for each meter of an account, and what becomes of what is sent."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from http import HTTPStatus

from attrs import evolve, frozen
from flask import abort, request
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
    UserId,
    WindowStatus,
    Zone,
    local_date,
)
from elkk_web import formats
from elkk_web.failures import status_of
from elkk_web.reading_forms import Meaning, ReadingsForm
from elkk_web.wiring import application


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


@frozen(kw_only=True)
class Addresses:
    """Where the forms and links of a page of readings lead; what it does not offer is None."""

    submit: str
    preview: str
    leave: str | None = None
    history: str | None = None


@frozen(kw_only=True)
class Answer:
    """What became of a form: the page to show, or what to tell once readings were *taken*."""

    meters: list[MeterForm]
    status: HTTPStatus = HTTPStatus.OK
    taken: str | None = None


@frozen(kw_only=True)
class ReadingsDesk:
    """Shows and takes the readings of an account in the name of *user_id*, on the day *today*.

    A meter that was removed has no form, unless its readings were sent just now: who sent them is
    told when it was removed.
    """

    card: AccountOverview
    user_id: UserId
    today: date

    @classmethod
    def of(cls, account_id: AccountId, *, user_id: UserId) -> "ReadingsDesk":
        """Return the desk of an account that the user has linked, today.

        Raises:
            AccountNotFound: If the user has not linked it.
        """
        card = application().billing.cabinet.account(account_id, user_id=user_id)
        today = local_date(application().clock.now(), card.supplier.time_zone)
        return cls(card=card, user_id=user_id, today=today)

    @property
    def meters(self) -> list[MeterForm]:
        """Each meter with what can be done now."""
        sent = request.form.get("meter", "")
        return [
            self._meter(overview, prefix=f"meter{index}-")
            for index, overview in enumerate(self.card.meters)
            if overview.meter.is_there(self.today) or sent == str(overview.meter.meter_id)
        ]

    def take(self) -> Answer:
        """Take or correct the readings of the meter whose form was sent.

        Unusual figures are asked about once, and taken when sent again.
        """
        meters = self.meters
        meter = _sent_one(meters)

        def shown_as(changed: MeterForm) -> list[MeterForm]:
            return [changed if known is meter else known for known in meters]

        meaning = self._meaning(meter)
        if meaning and meaning.warning and not meter.form.is_sure(meter.overview):
            meter.form.ask(meter.overview)
            return Answer(meters=shown_as(evolve(meter, meaning=meaning)))
        try:
            taken = _use_case(meter)(
                user_id=self.user_id,
                account_id=self.card.account.account_id,
                meter_id=meter.overview.meter.meter_id,
                values=meter.form.values(meter.overview),
                rollovers_confirmed=meter.form.confirmed(meter.overview),
            )
        except ElkkError as error:
            meter.form.refuse(error)
            # What cannot be corrected any more can be sent anew, and that is what is offered then.
            step = meter.step if isinstance(error, FormRejected) else Step.SEND
            return Answer(meters=shown_as(evolve(meter, step=step)), status=status_of(error))
        told = (
            gettext("Показания исправлены и будут учтены в счете за %(month)s.")
            if meter.step is Step.CORRECT
            else gettext("Показания переданы %(day)s и будут учтены в счете за %(month)s.")
        )
        said = told % {"day": formats.day(taken.taken_on), "month": formats.month(taken.month)}
        if meaning:
            said = f"{said} {gettext('Расход')}: {meaning.text}."
        return Answer(meters=meters, taken=said)

    def preview(self) -> dict[str, str]:
        """Return what the figures in the form that was sent mean; nothing where they are no readings."""
        meaning = self._meaning(_sent_one(self.meters))
        return {
            "meaning": meaning.text if meaning else "",
            "warning": meaning.warning if meaning else "",
        }

    def _meaning(self, meter: MeterForm) -> Meaning | None:
        """Return what the figures in a form mean, None while they mean nothing.

        Why they are refused is told when they are sent.
        """
        try:
            found = application().billing.preview_readings(
                user_id=self.user_id,
                account_id=self.card.account.account_id,
                meter_id=meter.overview.meter.meter_id,
                values=meter.form.values(meter.overview),
                rollovers_confirmed=meter.form.confirmed(meter.overview),
            )
        except (Conflict, NotFound, Rejected):
            return None
        return None if found is None else Meaning.of(found)

    def _meter(self, overview: MeterOverview, *, prefix: str) -> MeterForm:
        month = self.card.month_to_bill(overview, self.today)
        counted = {
            register.zone: reading
            for register in overview.registers
            if (reading := register.counted(month)) is not None
        }
        step = _step(overview, self.today, counted)
        return MeterForm(
            overview=overview,
            status=overview.window.status(self.today),
            month=month,
            step=step,
            form=ReadingsForm.of(
                overview,
                month=month,
                prefix=prefix,
                filled=request.form.get("meter") == str(overview.meter.meter_id),
                sent=counted if step is Step.CORRECT else {},
                viewer_id=self.user_id,
            ),
            counted=counted,
            estimates=self.card.estimates(overview),
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
