"""The printed form of a bill."""

from uuid import UUID

import pytest

from elkk_core.billing import InvoiceNotFound, PaymentCodeTooLong, PrintInvoice
from elkk_core.shared import InvoiceId
from elkk_core.testing.builders import (
    USER_ID,
    a_link,
    a_supplier,
    a_user,
    an_account,
    an_issued_invoice,
    another_user,
    requisites,
)
from elkk_core.testing.doubles import PlainPrinter
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

BILL = an_issued_invoice()


def _printing(**supplier: object) -> PrintInvoice:
    store = MemoryStore()
    keep(store, a_user(), a_supplier(**supplier), an_account(), a_link(), BILL)
    return PrintInvoice(cabinet=store.cabinet, printer=PlainPrinter())


def test_bill_is_printed_with_a_code_to_pay_by() -> None:
    """The document holds the number of the bill, and the code its account and month."""
    pdf = _printing()(invoice_id=BILL.invoice_id, user_id=USER_ID, language="ru")

    for text in (BILL.number, "ЛС 680012345678, электроэнергия, 2020-01"):
        assert text.encode("utf-16-be").hex().encode() in pdf


def test_bill_with_an_overpayment_has_no_sum_to_pay() -> None:
    """642,64 and the opening 19,85 are paid by 665,60: nothing is due."""
    pdf = _printing()(invoice_id=BILL.invoice_id, user_id=USER_ID, language="ru")

    assert "Sum=".encode("utf-16-be").hex().encode() not in pdf


def test_strangers_bill_does_not_exist() -> None:
    """Who has not linked the account prints nothing, and learns nothing."""
    printing = _printing()

    with pytest.raises(InvoiceNotFound):
        printing(invoice_id=BILL.invoice_id, user_id=another_user().user_id, language="ru")
    with pytest.raises(InvoiceNotFound):
        printing(invoice_id=InvoiceId(UUID(int=1)), user_id=USER_ID, language="ru")


def test_requisites_that_fit_into_no_code_are_told() -> None:
    """Better no document than one that nobody can pay by."""
    printing = _printing(requisites=requisites(payee="я" * 120))

    with pytest.raises(PaymentCodeTooLong):
        printing(invoice_id=BILL.invoice_id, user_id=USER_ID, language="ru")
