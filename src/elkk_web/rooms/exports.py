"""What a household takes home of an account: a sheet of some months, or everything."""

from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from elkk_adapters.sentences import history_sheet
from elkk_core.billing import AccountExport, TooManyExports
from elkk_core.shared import AccountId, Month
from elkk_web.downloads import archive, attached, sheet
from elkk_web.languages import told
from elkk_web.presence import signed_in_only, viewer
from elkk_web.rooms.accounts import card_of
from elkk_web.spans import span_asked
from elkk_web.wiring import application

blueprint = Blueprint("exports", __name__, url_prefix="/accounts/<uuid:account_id>")


@blueprint.get("/history.csv")
@signed_in_only
def history(account_id: UUID) -> ResponseReturnValue:
    """Give the events of some months as a sheet."""
    above = card_of(account_id)
    span = span_asked(request.args, today=Month.of(above["today"]))
    months = application().billing.cabinet.history(
        AccountId(account_id), user_id=viewer().user_id, since=span.since, through=span.through
    )
    language = str(get_locale())
    card = above["card"]
    rows = history_sheet(months, language, time_zone=card.supplier.time_zone)
    return attached(
        sheet(rows, language=language), name=f"{card.account.number}.csv", mimetype="text/csv"
    )


@blueprint.post("/archive.zip")
@signed_in_only
def everything(account_id: UUID) -> ResponseReturnValue:
    """Give all events as a sheet, and all bills as documents, in an archive."""
    language = str(get_locale())
    try:
        export = application().billing.export_account(
            account_id=AccountId(account_id), user_id=viewer().user_id, language=language
        )
    except TooManyExports as error:
        flash(str(told(error)), "warn")
        return redirect(url_for("accounts.history", account_id=account_id))
    number = export.card.account.number
    return attached(
        archive(_files(export, language)), name=f"{number}.zip", mimetype="application/zip"
    )


def _files(export: AccountExport, language: str) -> Iterator[tuple[str, bytes]]:
    rows = history_sheet(export.months, language, time_zone=export.card.supplier.time_zone)
    yield f"{export.card.account.number}.csv", sheet(rows, language=language)
    for bill in export.bills:
        # A number of an earlier billing system may hold what no name of a file may.
        number = "".join(sign if sign.isalnum() else "-" for sign in bill.invoice.number)
        yield f"{bill.invoice.month}-{number}.pdf", bill.document
