"""Bills to print."""

from uuid import UUID

from flask import Blueprint, make_response
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from elkk_core.shared import InvoiceId
from elkk_web.presence import signed_in_only, viewer
from elkk_web.wiring import application

blueprint = Blueprint("bills", __name__, url_prefix="/bills")


@blueprint.get("/<uuid:invoice_id>.pdf")
@signed_in_only
def document(invoice_id: UUID) -> ResponseReturnValue:
    """Give the payment document of a bill as PDF."""
    pdf = application().billing.print_invoice(
        invoice_id=InvoiceId(invoice_id),
        user_id=viewer().user_id,
        language=str(get_locale()),
    )
    answer = make_response(pdf)
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="bill-{invoice_id}.pdf"'
    return answer
