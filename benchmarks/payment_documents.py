"""How many payment documents one core prints in a second, as PDF with QR and chart.

They are those of 200 households as `kit.population` describes them, in their thirteenth month, in
Russian, in one process.

    python -m benchmarks.payment_documents [--json]
"""

import argparse

from benchmarks.kit.bills import bills_of
from benchmarks.kit.population import SUPPLIER, Household
from benchmarks.kit.report import tell
from benchmarks.kit.speed import times_per_second

from elkk_adapters.documents import TypstPrinter
from elkk_core.billing import CONSUMPTION_MONTHS, InvoiceOverview, PaymentDocument
from elkk_core.shared import Money

_HOUSEHOLDS = 200


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="not a table, but JSON")
    given = parser.parse_args()
    printer = TypstPrinter()
    documents = [_document(Household(place)) for place in range(_HOUSEHOLDS)]
    speed = times_per_second(
        lambda document: printer.print_document(document, language="ru"), documents
    )
    figures = {
        "documents a second": round(speed),
        "milliseconds a document": round(1000 / speed, 1),
    }
    tell({"benchmark": "payment_documents"}, {"one core": figures}, as_json=given.json)


def _document(household: Household) -> PaymentDocument:
    bills = list(bills_of(household, CONSUMPTION_MONTHS))
    latest = bills[-1]
    consumption = [bill.invoice.consumption for bill in bills]
    return InvoiceOverview(
        invoice=latest.invoice,
        account=household.account,
        supplier=SUPPLIER,
        paid_in_month=Money.total(payment.amount for payment in latest.account.payments),
        standing=latest.draft.standing,
        consumption=tuple(month for month in consumption if month is not None),
    ).payment_document()


if __name__ == "__main__":
    main()
