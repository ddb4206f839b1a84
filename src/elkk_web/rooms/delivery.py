"""By what bills and mailings reach a user: sections of the profile."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from elkk_core.accounts import BillDelivery, MailingChannel, SupplierMailing
from elkk_core.shared import AccountId, SupplierId
from elkk_web.presence import signed_in_only, viewer
from elkk_web.wiring import application

blueprint = Blueprint("delivery", __name__, url_prefix="/profile")


@blueprint.app_context_processor
def mailings() -> dict[str, Any]:
    """Give the profile the mailings of its user; asked for by no other page."""

    def found() -> tuple[SupplierMailing, ...]:
        return application().accounts.mailings.list_for(viewer().user_id) if g.viewer else ()

    return {"mailings": found}


@blueprint.post("/bills")
@signed_in_only
def choose_bill_delivery() -> ResponseReturnValue:
    """Keep by what the bill of each account comes."""
    known = set(BillDelivery)
    application().accounts.choose_bill_delivery(
        user_id=viewer().user_id,
        choices={
            AccountId(account_id): BillDelivery(request.form[str(account_id)])
            for account_id in _listed("account")
            if request.form.get(str(account_id)) in known
        },
    )
    flash(gettext("Способ получения счетов сохранен."), "good")
    return redirect(url_for("profile.show"))


@blueprint.post("/mailings")
@signed_in_only
def choose_mailings() -> ResponseReturnValue:
    """Keep by what each supplier may write to the user."""
    known = set(MailingChannel)
    application().accounts.choose_mailings(
        user_id=viewer().user_id,
        choices={
            SupplierId(supplier_id): {
                MailingChannel(channel)
                for channel in request.form.getlist(str(supplier_id))
                if channel in known
            }
            for supplier_id in _listed("supplier")
        },
    )
    flash(gettext("Рассылки сохранены."), "good")
    return redirect(url_for("profile.show"))


def _listed(name: str) -> Iterator[UUID]:
    """Yield the identifiers that a form lists under *name*, leaving out what is none."""
    for text in request.form.getlist(name):
        try:
            yield UUID(text)
        except ValueError:
            continue
