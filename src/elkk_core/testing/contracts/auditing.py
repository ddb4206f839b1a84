"""What a store promises of looking whether its books keep their rules."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest
from attrs import evolve, frozen

from elkk_core.accounts import PersonalAccount
from elkk_core.billing import (
    EXAMPLES_TOLD,
    AccountStanding,
    AuditedAccount,
    Check,
    EntryKind,
    Finding,
    Invoice,
    InvoiceLine,
    InvoiceSource,
    LastBill,
    LedgerEntry,
    LineKind,
    ReceivedPayment,
    Verdict,
)
from elkk_core.billing.model import EntryId, PaymentId
from elkk_core.shared import AccountId, InvoiceId, Money, Month, ReadingId, SupplierNotFound
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    SUPPLIER_ID,
    a_line,
    a_meter,
    a_payment,
    a_penalty_derivation,
    a_reading,
    a_register_standing,
    a_supplier,
    an_account,
    an_entry,
    an_invoice,
    an_issued_invoice,
)
from elkk_core.testing.contracts.accounts import OTHER_SUPPLIER
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep

FEBRUARY, MARCH = JANUARY.next, JANUARY.plus(2)
_LINE = InvoiceLine(kind=LineKind.EARLIER, amount=Money(50000), vat=None, derivation=None)
_NEIGHBOUR = an_account(account_id=AccountId(UUID(int=0xE1)), number="680012345679")
_STRANGER = an_account(
    account_id=AccountId(UUID(int=0xE2)), supplier_id=OTHER_SUPPLIER.supplier_id, number="1"
)


def _entry(
    place: int, kind: EntryKind, kopecks: int, dated: date, document: str, **changes: AccountId
) -> LedgerEntry:
    return an_entry(
        entry_id=EntryId(UUID(int=place)),
        kind=kind,
        amount=Money(kopecks),
        dated=dated,
        valued_on=dated,
        document=document,
        **changes,
    )


@frozen(kw_only=True)
class _Books:
    """What is in the books of ``an_account()``; as it stands here, all of it is right.

    The bill of January is that of an earlier billing system. That of February was corrected once, a
    penalty came with the correction, and that of March counts 600 roubles. 100 more came later.
    """

    bills: tuple[Invoice, ...] = (
        an_invoice(),
        an_issued_invoice(
            invoice_id=InvoiceId(UUID(int=1)),
            number="TSNA-2020-000001",
            month=FEBRUARY,
            opening=Money(-255),
            payments=Money(0),
        ),
        an_issued_invoice(
            invoice_id=InvoiceId(UUID(int=2)),
            number="TSNA-2020-000002",
            month=FEBRUARY,
            opening=Money(-255),
            lines=(a_line(), a_line(a_penalty_derivation(), kind=LineKind.PENALTY)),
            payments=Money(0),
            revision=1,
            corrects=InvoiceId(UUID(int=1)),
        ),
        an_issued_invoice(
            invoice_id=InvoiceId(UUID(int=3)),
            number="TSNA-2020-000003",
            month=MARCH,
            opening=Money(64381),
            payments=Money(60000),
        ),
    )
    entries: tuple[LedgerEntry, ...] = (
        _entry(1, EntryKind.OPENING, 1985, date(2020, 1, 1), "К-2020-01"),
        _entry(2, EntryKind.CHARGE, 64320, date(2020, 1, 31), "К-2020-01"),
        _entry(3, EntryKind.SETTLED, -66560, date(2020, 1, 31), "К-2020-01"),
        _entry(4, EntryKind.CHARGE, 64264, date(2020, 2, 29), "TSNA-2020-000001"),
        _entry(5, EntryKind.STORNO, -64264, date(2020, 2, 29), "TSNA-2020-000001"),
        _entry(6, EntryKind.CHARGE, 64264, date(2020, 2, 29), "TSNA-2020-000002"),
        _entry(7, EntryKind.PENALTY, 372, date(2020, 2, 29), "TSNA-2020-000002"),
        _entry(8, EntryKind.PAYMENT, -60000, date(2020, 3, 10), "СУИП 2"),
        _entry(9, EntryKind.CHARGE, 64264, date(2020, 3, 31), "TSNA-2020-000003"),
        _entry(10, EntryKind.PAYMENT, -10000, date(2020, 4, 7), "СУИП 3"),
    )
    payments: tuple[ReceivedPayment, ...] = (
        a_payment(reference="СУИП 1", counted_before=True),
        a_payment(
            payment_id=PaymentId(UUID(int=2)),
            reference="СУИП 2",
            received_on=date(2020, 3, 10),
            amount=Money(60000),
        ),
        a_payment(
            payment_id=PaymentId(UUID(int=3)),
            reference="СУИП 3",
            received_on=date(2020, 4, 7),
            amount=Money(10000),
        ),
    )
    numbers_taken: int = 3
    standing: AccountStanding = AccountStanding(
        registers=(a_register_standing(),), penalty=Money(372), credit=Money(-68273)
    )

    def bill(self, place: int, **changes: object) -> "_Books":
        """Return the books with changes of the bill at a place."""
        return evolve(self, bills=_changed(self.bills, place, changes))

    def entry(self, place: int, **changes: object) -> "_Books":
        """Return the books with changes of the entry at a place."""
        return evolve(self, entries=_changed(self.entries, place, changes))


def _changed(rows: tuple[object, ...], place: int, changes: dict[str, object]) -> object:
    return (*rows[:place], evolve(rows[place], **changes), *rows[place + 1 :])  # type: ignore[misc]
