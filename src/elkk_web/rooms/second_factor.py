"""Signing in by a code besides the password: switched on, shown and switched off in the profile."""

from http import HTTPStatus

import segno
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from elkk_core.identity import FactorMethod, SecondFactorView, WrongPassword
from elkk_core.shared import ElkkError
from elkk_web.failures import status_of
from elkk_web.forms import SecondFactorForm, SecondStepForm, SwitchOffForm
from elkk_web.languages import told
from elkk_web.presence import signed_in_only, viewer
from elkk_web.rooms.entry import wait_seconds
from elkk_web.wiring import application

blueprint = Blueprint("second_factor", __name__, url_prefix="/profile/second-factor")

_GROUP = 4


def _factor() -> SecondFactorView:
    return application().identity.show_second_factor(user_id=viewer().user_id)


@blueprint.route("", methods=["GET", "POST"])
@signed_in_only
def choose() -> ResponseReturnValue:
    """Take the choice between an app and SMS; whoever has a second factor may switch it off."""
    if _factor().on_since is not None:
        return redirect(url_for("second_factor.switch_off"))
    form = SecondFactorForm()
    status = HTTPStatus.OK
    if request.method == "POST":
        chosen = form.method.data
        method = FactorMethod(chosen) if chosen in set(FactorMethod) else FactorMethod.APP
        try:
            application().identity.choose_second_factor(
                user_id=viewer().user_id, method=method, present=form.present.data or ""
            )
        except ElkkError as error:
            form.refuse(error, field="present" if isinstance(error, WrongPassword) else "")
            status = status_of(error)
        else:
            return redirect(url_for("second_factor.confirm"))
    return render_template("profile/second_factor.html", form=form), status


@blueprint.route("/confirm", methods=["GET", "POST"])
@signed_in_only
def confirm() -> ResponseReturnValue:
    """Take the first code, and show the recovery codes this one time."""
    factor = _factor()
    if factor.method is None or factor.on_since is not None:
        return redirect(url_for("second_factor.choose"))
    form = SecondStepForm()
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            codes = application().identity.confirm_second_factor(
                user_id=viewer().user_id, code=form.code.data or ""
            )
        except ElkkError as error:
            form.refuse(error, field="code")
            status = status_of(error)
        else:
            return render_template("profile/recovery_codes.html", codes=codes)
    page = render_template(
        "profile/second_factor_confirm.html",
        form=form,
        qr=_qr(factor.setup.link) if factor.setup else None,
        secret=_in_groups(factor.setup.secret) if factor.setup else "",
        wait_seconds=wait_seconds() if request.method == "GET" else 0,
    )
    return page, status


@blueprint.post("/code")
@signed_in_only
def send_code() -> ResponseReturnValue:
    """Send a code by SMS to switch the second factor on or off."""
    is_on = _factor().on_since is not None
    try:
        application().identity.send_second_factor_code(user_id=viewer().user_id)
    except ElkkError as error:
        flash(str(told(error)), "warn")
    else:
        flash(gettext("Новый код выслан."), "good")
    return redirect(url_for("second_factor.switch_off" if is_on else "second_factor.confirm"))


@blueprint.route("/off", methods=["GET", "POST"])
@signed_in_only
def switch_off() -> ResponseReturnValue:
    """Take the password and a code, and ask for no code from then on."""
    factor = _factor()
    if factor.on_since is None:
        return redirect(url_for("second_factor.choose"))
    form = SwitchOffForm()
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            application().identity.switch_off_second_factor(
                user_id=viewer().user_id,
                present=form.present.data or "",
                code=form.code.data or "",
            )
        except ElkkError as error:
            form.refuse(error, field="present" if isinstance(error, WrongPassword) else "code")
            status = status_of(error)
        else:
            flash(gettext("Вход по коду отключен."), "good")
            return redirect(url_for("profile.show"))
    return render_template("profile/second_factor_off.html", form=form, factor=factor), status


def _qr(link: str) -> Markup:
    """Return the QR code of a link, dark on light whatever the colours of the page."""
    code = segno.make(link, error="l")
    return Markup(code.svg_inline(scale=4, dark="#000", light="#fff", omitsize=True))  # noqa: S704 - Drawn by the library from a link of ours.


def _in_groups(secret: str) -> str:
    """Return a secret as people type it: four signs at a time."""
    return " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))
