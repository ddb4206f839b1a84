"""What an account consumed, and what its coming bills may be."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from elkk_core.billing import MonthForecast
from elkk_core.shared import AccountId, ElkkError, Money
from elkk_web.charts import chart_of
from elkk_web.languages import told
from elkk_web.presence import signed_in_only, viewer
from elkk_web.rooms.accounts import card_of
from elkk_web.wiring import application

blueprint = Blueprint("statistics", __name__, url_prefix="/accounts/<uuid:account_id>/statistics")


@blueprint.get("")
@signed_in_only
def show(account_id: UUID) -> ResponseReturnValue:
    """Show a year of an account, the current one first, and the forecast."""
    above = card_of(account_id)
    found = application().billing.show_statistics(
        account_id=AccountId(account_id),
        user_id=viewer().user_id,
        year=request.args.get("year", type=int),
    )
    months: tuple[MonthForecast, ...] = ()
    refused = None
    try:
        months = application().billing.forecast_bills(
            account_id=AccountId(account_id), user_id=viewer().user_id
        )
    except ElkkError as error:
        # The rest of the page has its worth without a forecast, and says why there is none.
        refused = told(error)
    return render_template(
        "accounts/statistics.html",
        section="statistics",
        year=found.statistics,
        years=found.years,
        chart=chart_of(found.statistics),
        forecast=months,
        forecast_total=Money.total(month.amount for month in months),
        forecast_refused=refused,
        **above,
    )
