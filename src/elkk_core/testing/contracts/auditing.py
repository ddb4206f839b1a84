"""What a store promises of looking whether its books keep their rules."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve, frozen

from elkk_core.billing import (
    BOOK_CHECKS,
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
    OpenDebt,
    ReceivedPayment,
    Verdict,
)
from elkk_core.billing.model import EntryId, PaymentId
from elkk_core.shared import AccountId, InvoiceId, Money, Month, ReadingId, SupplierNotFound
from elkk_core.testing.builders import (
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
_SILENT = InvoiceLine(kind=LineKind.EARLIER, amount=Money(0), vat=None, derivation=None)
_NEIGHBOUR = an_account(account_id=AccountId(UUID(int=0xE1)), number="680012345679")
_STRANGER = an_account(
    account_id=AccountId(UUID(int=0xE2)), supplier_id=OTHER_SUPPLIER.supplier_id, number="0001"
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
    standing: AccountStanding | None = AccountStanding(
        registers=(a_register_standing(),),
        debts=(OpenDebt(period=MARCH, due=date(2020, 4, 10), left=Money(68273)),),
        penalty=Money(372),
    )

    def bill(self, place: int, **changes: Any) -> "_Books":
        """Return the books with changes of the bill at a place."""
        before, bill, after = self.bills[:place], self.bills[place], self.bills[place + 1 :]
        return evolve(self, bills=(*before, evolve(bill, **changes), *after))

    def entry(self, place: int, **changes: Any) -> "_Books":
        """Return the books with changes of the entry at a place."""
        before, entry, after = self.entries[:place], self.entries[place], self.entries[place + 1 :]
        return evolve(self, entries=(*before, evolve(entry, **changes), *after))

    def without_entry(self, place: int) -> "_Books":
        """Return the books without the entry at a place."""
        return evolve(self, entries=(*self.entries[:place], *self.entries[place + 1 :]))


_RIGHT = _Books()


def _keep(store: Store, books: _Books) -> None:
    """Put *books* into a store, beside a neighbour without bills and a stranger with wrong ones."""
    keep(store, a_supplier(), OTHER_SUPPLIER, an_account(), _NEIGHBOUR, _STRANGER)
    keep(store, a_meter(), a_reading())
    keep(
        store,
        _entry(99, EntryKind.CHARGE, 1, date(2020, 1, 1), "?", account_id=_STRANGER.account_id),
        an_issued_invoice(
            invoice_id=InvoiceId(UUID(int=99)),
            supplier_id=_STRANGER.supplier_id,
            account_id=_STRANGER.account_id,
            number="?",
            lines=(_SILENT,),
        ),
        a_payment(
            payment_id=PaymentId(UUID(int=99)),
            supplier_id=_STRANGER.supplier_id,
            account_id=_STRANGER.account_id,
        ),
    )
    with store.unit_of_work() as uow:
        uow.numbers.take(SUPPLIER_ID, JANUARY.year, books.numbers_taken)
        uow.numbers.take(_STRANGER.supplier_id, JANUARY.year, 7)
        issued = [bill for bill in books.bills if bill.source is InvoiceSource.ISSUED]
        standings = {bill.invoice_id: books.standing for bill in issued if books.standing}
        uow.invoices.add_all(books.bills, standings=standings)
        uow.ledger.add_all(books.entries)
        uow.payments.add_all(books.payments)
        uow.commit()


def _findings(store: Store) -> list[Finding]:
    return [found for verdict in store.auditor.look_through("tsna") for found in verdict.examples]


def _finding(
    check: Check,
    document: str,
    stands: Money | str | None = None,
    expected: Money | str | None = None,
    *,
    line: int | None = None,
) -> Finding:
    return Finding(
        check=check,
        supplier="tsna",
        account=an_account().number,
        document=document,
        line=line,
        stands=stands,
        expected=expected,
    )


class AuditorContract(OpensStore):
    """See ``elkk_core.billing.Auditor``."""

    def test_audit_finds_nothing_wrong_with_right_books(self, store: Store) -> None:
        """Books that keep all rules are told so, check by check; those of others do not matter."""
        _keep(store, _RIGHT)

        expected = [Verdict(check=check) for check in BOOK_CHECKS]
        assert expected == list(store.auditor.look_through("tsna"))
        assert () == store.auditor.list_unguarded()

    def test_audit_of_an_unknown_supplier_is_refused(self, store: Store) -> None:
        """A slip in the code is told, whatever is asked."""
        with pytest.raises(SupplierNotFound):
            list(store.auditor.look_through("tsna"))
        with pytest.raises(SupplierNotFound):
            store.auditor.count_accounts("tsna", after="", through="")
        with pytest.raises(SupplierNotFound):
            store.auditor.bounds("tsna", size=1)
        with pytest.raises(SupplierNotFound):
            store.auditor.batch("tsna", after="", through="", limit=1, every_bill=False)

    def test_audit_finds_a_ledger_that_moved_otherwise(self, store: Store) -> None:
        """An entry of another amount is found at its bill, and at none after it."""
        _keep(store, _RIGHT.entry(6, amount=Money(373)))

        expected = _finding(Check.LEDGER, "TSNA-2020-000002", Money(64637), Money(64636))
        assert [expected] == _findings(store)

    def test_audit_finds_an_entry_that_is_missing(self, store: Store) -> None:
        """So is one that is gone, also where nothing else moved."""
        _keep(store, _RIGHT.without_entry(8))

        expected = _finding(Check.LEDGER, "TSNA-2020-000003", Money(-60000), Money(4264))
        assert [expected] == _findings(store)

    def test_audit_finds_a_first_bill_without_its_opening(self, store: Store) -> None:
        """What an earlier billing system brought forward is in the ledger too."""
        _keep(store, _RIGHT.without_entry(0))

        expected = _finding(Check.LEDGER, "К-2020-01", Money(-2240), Money(-255))
        assert [expected] == _findings(store)

    def test_audit_finds_an_opening_that_does_not_follow(self, store: Store) -> None:
        """A bill that opens otherwise than the one before closed, and so closes otherwise."""
        _keep(store, _RIGHT.bill(2, opening=Money(0)))

        assert [
            _finding(Check.OPENING, "TSNA-2020-000002", Money(0), Money(-255)),
            _finding(Check.OPENING, "TSNA-2020-000003", Money(64381), Money(64636)),
        ] == _findings(store)

    def test_audit_finds_a_first_bill_that_opens_with_something(self, store: Store) -> None:
        """Nothing was owed before the first bill that was issued here."""
        first = an_issued_invoice(opening=Money(5), payments=Money(0))
        entry = _entry(1, EntryKind.CHARGE, 64269, date(2020, 1, 31), first.number)
        _keep(store, _Books(bills=(first,), entries=(entry,), payments=(), numbers_taken=1))

        expected = _finding(Check.OPENING, first.number, Money(5), Money(0))
        assert [expected] == _findings(store)

    def test_audit_finds_payments_that_are_counted_otherwise(self, store: Store) -> None:
        """A bill that counts more than came in, though its closing figure fits the ledger."""
        dearer = evolve(a_line(), amount=Money(64265))
        _keep(store, _RIGHT.bill(3, payments=Money(60001), lines=(dearer,)))

        expected = _finding(Check.PAYMENTS, "TSNA-2020-000003", Money(60001), Money(60000))
        assert [expected] == _findings(store)

    def test_audit_finds_a_charge_without_a_bill(self, store: Store) -> None:
        """After the last bill, and where there was never one, only payments move a balance."""
        strange = _entry(11, EntryKind.CHARGE, 100, date(2020, 4, 1), "TSNA-2020-000004")
        neighbours = _entry(
            12, EntryKind.SETTLED, -7, date(2020, 1, 1), "К-1", account_id=_NEIGHBOUR.account_id
        )
        _keep(store, evolve(_RIGHT, entries=(*_RIGHT.entries, strange, neighbours)))

        assert [
            _finding(Check.UNBILLED, "TSNA-2020-000004", Money(100)),
            evolve(_finding(Check.UNBILLED, "К-1", Money(-7)), account=_NEIGHBOUR.number),
        ] == _findings(store)

    def test_audit_finds_receipts_that_are_not_booked_once(self, store: Store) -> None:
        """Money not booked, booked twice, booked though it was counted before, or never received."""
        late = date(2020, 4, 9)
        (before, second, third), entries = _RIGHT.payments, _RIGHT.entries
        books = evolve(
            _RIGHT,
            payments=(
                before,
                second,
                third,
                evolve(third, payment_id=PaymentId(UUID(int=4)), reference="СУИП 4"),
            ),
            entries=(
                *entries,
                _entry(11, EntryKind.PAYMENT, -66560, late, "СУИП 1"),
                _entry(12, EntryKind.PAYMENT, -10000, late, "СУИП 3"),
                _entry(13, EntryKind.PAYMENT, -1, late, "СУИП 5"),
            ),
        )
        _keep(store, books)

        assert [
            _finding(Check.RECEIPTS, "СУИП 1", Money(66560), None),
            _finding(Check.RECEIPTS, "СУИП 3", Money(20000), Money(10000)),
            _finding(Check.RECEIPTS, "СУИП 4", None, Money(10000)),
            _finding(Check.RECEIPTS, "СУИП 5", Money(1), None),
        ] == _findings(store)

    def test_audit_finds_a_payment_booked_to_another_account(self, store: Store) -> None:
        """Both accounts are told: the one that paid, and the one that did not."""
        _keep(store, _RIGHT.entry(9, account_id=_NEIGHBOUR.account_id))

        assert [
            _finding(Check.RECEIPTS, "СУИП 3", None, Money(10000)),
            evolve(
                _finding(Check.RECEIPTS, "СУИП 3", Money(10000), None), account=_NEIGHBOUR.number
            ),
        ] == _findings(store)

    def test_audit_finds_numbers_that_are_missing(self, store: Store) -> None:
        """Each row of numbers that no bill bears, also where they were given out last."""
        books = _RIGHT.bill(3, number="TSNA-2020-000005")
        _keep(store, evolve(books, numbers_taken=6))

        assert [
            Finding(check=Check.NUMBERS, supplier="tsna", document=first, expected=last)
            for first, last in (
                ("TSNA-2020-000003", "TSNA-2020-000004"),
                ("TSNA-2020-000006", "TSNA-2020-000006"),
            )
        ] == _findings(store)

    def test_audit_finds_numbers_that_were_not_given_out(self, store: Store) -> None:
        """A number beyond the counter, and one that is not written as numbers are."""
        books = _RIGHT.bill(1, number="TSNA-2020-1").bill(3, number="TSNA-2020-000009")
        _keep(store, evolve(books, numbers_taken=2))

        assert [
            Finding(
                check=Check.NUMBERS,
                supplier="tsna",
                document="TSNA-2020-000001",
                expected="TSNA-2020-000001",
            ),
            _finding(Check.COUNTER, "TSNA-2020-000009", None, "TSNA-2020-000002"),
            _finding(Check.COUNTER, "TSNA-2020-1", None, "TSNA-2020-000002"),
        ] == _findings(store)

    def test_audit_finds_numbers_of_a_year_without_a_counter(self, store: Store) -> None:
        """Where no number was given out at all, none is expected."""
        books = _RIGHT.bill(3, number="TSNA-2021-000001", month=Month(2021, 3))
        books = books.entry(8, dated=date(2021, 3, 31)).entry(9, dated=date(2021, 4, 7))
        _keep(store, evolve(books, numbers_taken=2))

        assert [_finding(Check.COUNTER, "TSNA-2021-000001")] == _findings(store)

    def test_audit_finds_corrections_that_name_another_bill(self, store: Store) -> None:
        """A bill that says it corrects another one than that in whose place it stands."""
        _keep(store, _RIGHT.bill(2, corrects=an_invoice().invoice_id))

        expected = _finding(
            Check.REVISIONS, "TSNA-2020-000002", an_invoice().number, "TSNA-2020-000001"
        )
        assert [expected] == _findings(store)

    def test_audit_finds_corrections_of_nothing(self, store: Store) -> None:
        """A bill in whose place none stood before."""
        _keep(store, _RIGHT.bill(2, revision=2))

        expected = _finding(Check.REVISIONS, "TSNA-2020-000002", "TSNA-2020-000001", None)
        assert [expected] == _findings(store)

    def test_audit_finds_lines_that_tell_nothing(self, store: Store) -> None:
        """A line of a bill issued here whose amount comes from nowhere."""
        _keep(store, _RIGHT.bill(3, lines=(a_line(), _SILENT)))

        expected = _finding(Check.DERIVATIONS, "TSNA-2020-000003", line=2)
        assert [expected] == _findings(store)

    def test_audit_tells_the_first_findings_and_counts_all(self, store: Store) -> None:
        """Where much is wrong, an operator reads ten examples by account and then by month."""
        bills = tuple(
            an_issued_invoice(
                invoice_id=InvoiceId(UUID(int=place)),
                number=f"TSNA-2020-{place:06}",
                month=JANUARY.plus(place - 1),
                lines=(_SILENT,),
                opening=Money(0),
                payments=Money(0),
            )
            for place in range(1, 13)
        )
        books = _Books(bills=bills, entries=(), payments=(), numbers_taken=12)
        _keep(store, books)

        (derivations,) = (
            verdict
            for verdict in store.auditor.look_through("tsna")
            if verdict.check is Check.DERIVATIONS
        )
        assert 12 == derivations.cases
        assert [bill.number for bill in bills[:EXAMPLES_TOLD]] == [
            found.document for found in derivations.examples
        ]

    def test_audited_account_has_its_last_bill(self, store: Store) -> None:
        """The bill in force with where the account stands, and the readings that this names."""
        books = evolve(_RIGHT, bills=_RIGHT.bills[:3])
        _keep(store, books)

        (audited,) = store.auditor.batch("tsna", after="", through="", limit=1, every_bill=False)
        expected = AuditedAccount(
            supplier="tsna",
            number=an_account().number,
            last_bill=LastBill(
                invoice_id=InvoiceId(UUID(int=2)),
                number="TSNA-2020-000002",
                month=FEBRUARY,
                revision=1,
                closing=Money(64381),
                source=InvoiceSource.ISSUED,
                standing=books.standing,
            ),
            readings=(a_reading(),),
        )
        assert expected == audited

    def test_audited_account_has_every_bill_if_asked(self, store: Store) -> None:
        """All bills, those in whose place others stand too, by month and then by revision."""
        _keep(store, _RIGHT)

        audited, neighbour = store.auditor.batch(
            "tsna", after="", through="", limit=9, every_bill=True
        )
        assert _RIGHT.bills == audited.invoices
        assert (None, ()) == (neighbour.last_bill, neighbour.invoices)

    def test_audited_account_has_no_reading_that_is_not_stored(self, store: Store) -> None:
        """A standing may name what is not there: that is what an audit looks for."""
        strange = a_register_standing(reading_id=ReadingId(UUID(int=0xFFFF)))
        _keep(store, evolve(_RIGHT, standing=AccountStanding(registers=(strange,))))

        (audited,) = store.auditor.batch("tsna", after="", through="", limit=1, every_bill=False)
        assert () == audited.readings

    def test_audited_account_may_lack_a_standing(self, store: Store) -> None:
        """Nor need a bill have one, though it should."""
        _keep(store, evolve(_RIGHT, standing=None))

        (audited,) = store.auditor.batch("tsna", after="", through="", limit=1, every_bill=False)
        assert audited.last_bill is not None
        assert (None, ()) == (audited.last_bill.standing, audited.readings)

    def test_audited_accounts_come_in_batches_by_number(self, store: Store) -> None:
        """Parts and batches make up all accounts of the supplier, each one once."""
        keep(store, a_supplier(), OTHER_SUPPLIER, _STRANGER)
        accounts = [
            an_account(account_id=AccountId(UUID(int=place)), number=number)
            for place, number in enumerate(("2000", "10000", "1000", "01000", "3000"), start=1)
        ]
        keep(store, *accounts)

        def numbers(after: str, through: str, limit: int) -> list[str]:
            batch = store.auditor.batch(
                "tsna", after=after, through=through, limit=limit, every_bill=False
            )
            return [audited.number for audited in batch]

        assert ["01000", "1000", "10000", "2000", "3000"] == numbers("", "", 9)
        assert ["1000", "10000"] == numbers("01000", "", 2)
        assert ["1000", "10000"] == numbers("01000", "10000", 9)
        assert [] == numbers("3000", "", 9)
        assert 5 == store.auditor.count_accounts("tsna", after="", through="")
        assert 2 == store.auditor.count_accounts("tsna", after="01000", through="10000")
        assert ("1000", "2000") == store.auditor.bounds("tsna", size=2)
        assert () == store.auditor.bounds("tsna", size=5)
