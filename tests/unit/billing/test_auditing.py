"""Looking whether the books keep their rules."""

from decimal import Decimal
from uuid import UUID

import pytest
from attrs import evolve

from elkk_core.billing import (
    BOOK_CHECKS,
    EXAMPLES_TOLD,
    AccountStanding,
    AuditBooks,
    AuditedAccount,
    Check,
    Difference,
    EntryKind,
    ExamineAccounts,
    Finding,
    InvoiceSource,
    LastBill,
    Verdict,
    examine,
    merged,
)
from elkk_core.metering import Reading, ReadingSource
from elkk_core.shared import AccountId, InvoiceId, MeterId, Money, SupplierNotFound, Zone
from elkk_core.testing.builders import (
    JANUARY,
    SUPPLIER_ID,
    a_line,
    a_reading,
    a_standing,
    a_supplier,
    an_account,
    an_entry,
    an_invoice,
    an_issued_invoice,
)
from elkk_core.testing.contracts.accounts import OTHER_SUPPLIER
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.memory.auditing import MemoryAuditor
from elkk_core.testing.stores import keep

BILL = an_issued_invoice()
LAST_BILL = LastBill(
    invoice_id=BILL.invoice_id,
    number=BILL.number,
    month=BILL.month,
    closing=Money(-255),
    source=InvoiceSource.ISSUED,
    standing=a_standing(),
)
ACCOUNT = AuditedAccount(
    supplier="tsna", number="680012345678", last_bill=LAST_BILL, readings=(a_reading(),)
)


def finding(check: Check, **facts: object) -> Finding:
    """Return a finding at ``BILL``."""
    return Finding(
        **{
            "check": check,
            "supplier": "tsna",
            "account": "680012345678",
            "document": BILL.number,
        }
        | facts  # type: ignore[arg-type]
    )


# One account


def test_account_in_order() -> None:
    """A standing that fits bill and reading, and bills that come out the same: nothing to tell."""
    assert [] == list(examine(evolve(ACCOUNT, invoices=(an_invoice(), BILL))))


def test_account_without_bills_is_in_order() -> None:
    """There is nothing to look at."""
    assert [] == list(examine(AuditedAccount(supplier="tsna", number="680012345678")))


def test_bill_of_an_earlier_system_has_no_standing() -> None:
    """It told neither debts by age nor readings."""
    imported = evolve(LAST_BILL, source=InvoiceSource.IMPORTED, standing=None)

    assert [] == list(examine(evolve(ACCOUNT, last_bill=imported, readings=())))


def test_standing_that_is_not_the_closing_figure() -> None:
    """Debts and advances that come to something else are told with both figures."""
    standing = a_standing(penalty=Money(1))
    account = evolve(ACCOUNT, last_bill=evolve(LAST_BILL, standing=standing))

    expected = finding(Check.STANDING, stands=Money(-254), expected=Money(-255))
    assert [expected] == list(examine(account))


def test_standing_that_is_missing() -> None:
    """A bill issued here that left nothing behind for the next one."""
    account = evolve(ACCOUNT, last_bill=evolve(LAST_BILL, standing=None))

    expected = finding(Check.STANDING, stands=None, expected=Money(-255))
    assert [expected] == list(examine(account))


@pytest.mark.parametrize(
    "reading",
    [
        a_reading(value=Decimal(14324)),
        a_reading(taken_on=a_reading().taken_on.replace(day=14)),
        a_reading(zone=Zone.DAY),
        a_reading(source=ReadingSource.CUSTOMER),
        a_reading(meter_id=MeterId(UUID(int=1))),
    ],
    ids=["value", "day", "zone", "source", "meter"],
)
def test_reading_that_is_not_as_it_was_counted(reading: Reading) -> None:
    """Whatever of a reading has changed since the bill, it is found."""
    (found,) = examine(evolve(ACCOUNT, readings=(reading,)))

    assert (Check.READINGS, BILL.number) == (found.check, found.document)
    assert found.stands != found.expected


def test_reading_that_is_gone() -> None:
    """The next bill would count from a reading that nobody knows any more."""
    (found,) = examine(evolve(ACCOUNT, readings=()))

    counted = f"all_day 14323 2020-01-13 supplier {a_reading().meter_id}"
    assert finding(Check.READINGS, stands=None, expected=counted) == found


def test_readings_are_compared_by_what_they_say() -> None:
    """14323.0 is the same figure as 14323."""
    assert [] == list(examine(evolve(ACCOUNT, readings=(a_reading(value=Decimal("14323.0")),))))


def test_bill_that_comes_out_otherwise() -> None:
    """Its line is told, and which of its figures: the amount, and the tax inside it."""
    bill = evolve(BILL, lines=(a_line(), evolve(a_line(), amount=Money(64265))))

    amount, volume = examine(evolve(ACCOUNT, invoices=(bill,)))
    expected = finding(
        Check.AMOUNTS, line=2, what=Difference.AMOUNT, stands="642.65", expected="642.64"
    )
    assert expected == amount
    assert (2, Difference.VOLUME) == (volume.line, volume.what)


def test_bill_that_cannot_be_read() -> None:
    """It is told by its number."""
    account = AuditedAccount(supplier="tsna", number="680012345678", unreadable=(BILL.number,))

    assert [finding(Check.TEXTS)] == list(examine(account))


# Verdicts


def test_verdicts_are_merged_by_check() -> None:
    """Cases add up, examples are the first ten, and the checks come in their order."""
    many = Verdict(
        check=Check.LEDGER,
        cases=30,
        examples=tuple(finding(Check.LEDGER, line=line) for line in range(EXAMPLES_TOLD)),
    )
    last = Verdict.of(finding(Check.LEDGER, line=99))
    kept = Verdict(check=Check.OPENING)

    assert (evolve(many, cases=31), kept) == merged(kept, many, last)
    assert (
        Verdict(check=Check.LEDGER, cases=31, examples=(*last.examples, *many.examples[:9])),
    ) == (merged(last, many))
    assert [False, True] == [verdict.is_kept for verdict in merged(many, kept)]


# The books


def test_books_of_several_suppliers() -> None:
    """Each supplier is looked at; what is found adds up and names whose it is."""
    store = MemoryStore()
    strange = an_account(account_id=AccountId(UUID(int=1)), supplier_id=OTHER_SUPPLIER.supplier_id)
    keep(store, a_supplier(), OTHER_SUPPLIER, an_account(), strange)
    keep(store, an_entry(), an_entry(entry_id=UUID(int=1), account_id=strange.account_id))
    told: list[tuple[int, int]] = []
    verdicts = AuditBooks(auditor=store.auditor)(
        suppliers=["tsna", OTHER_SUPPLIER.code],
        on_progress=lambda done, total: told.append((done, total)),
    )

    assert [*BOOK_CHECKS, Check.GUARDS] == [verdict.check for verdict in verdicts]
    (unbilled,) = [verdict for verdict in verdicts if not verdict.is_kept]
    assert (Check.UNBILLED, 2) == (unbilled.check, unbilled.cases)
    assert ["tsna", OTHER_SUPPLIER.code] == [found.supplier for found in unbilled.examples]
    assert [(done, 18) for done in range(19)] == told


def test_tables_without_a_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of facts that can be changed is told, whosever books are looked at."""
    monkeypatch.setattr(MemoryAuditor, "list_unguarded", lambda _: ("readings",))
    verdicts = AuditBooks(auditor=MemoryStore().auditor)(suppliers=[])

    expected = Finding(check=Check.GUARDS, document="readings")
    assert (Verdict.of(expected),) == verdicts


def test_books_of_nobody() -> None:
    """A slip in the code is told."""
    with pytest.raises(SupplierNotFound):
        AuditBooks(auditor=MemoryStore().auditor)(suppliers=["nobody"])


# The accounts


def _street(store: MemoryStore) -> None:
    """Keep five accounts, each with a bill whose amount is wrong and that left nothing behind."""
    keep(store, a_supplier())
    for place in range(1, 6):
        account = an_account(account_id=AccountId(UUID(int=place)), number=f"{place:04}")
        line = evolve(a_line(), amount=Money(place))
        bill = an_issued_invoice(
            invoice_id=InvoiceId(UUID(int=place)),
            account_id=account.account_id,
            number=f"TSNA-2020-{place:06}",
            lines=(line,),
        )
        keep(store, account, bill)


@pytest.mark.parametrize("batch_size", [1, 2, 200])
def test_accounts_in_batches_of_any_size(batch_size: int) -> None:
    """All accounts are looked at once, and progress is told from nothing to all."""
    store, told = MemoryStore(), []
    _street(store)
    examined = ExamineAccounts(auditor=store.auditor, batch_size=batch_size)(
        supplier="tsna",
        every_bill=True,
        on_progress=lambda done, total: told.append((done, total)),
    )

    assert (5, 5) == (examined.accounts, examined.bills)
    assert {Check.STANDING: 5, Check.READINGS: 0, Check.AMOUNTS: 5, Check.TEXTS: 0} == {
        verdict.check: verdict.cases for verdict in examined.verdicts
    }
    assert ((0, 5), (5, 5)) == (told[0], told[-1])


def test_accounts_of_a_part() -> None:
    """Only those within the bounds."""
    store = MemoryStore()
    _street(store)
    examined = ExamineAccounts(auditor=store.auditor)(supplier="tsna", after="0001", through="0003")

    standing = examined.verdicts[0]
    assert (2, ["0002", "0003"]) == (
        examined.accounts,
        [found.account for found in standing.examples],
    )


def test_bills_are_computed_anew_if_asked() -> None:
    """Else nothing is said of their amounts; bills taken over tell nothing to compute by."""
    store = MemoryStore()
    keep(store, a_supplier(), an_account(), an_invoice())
    bill = an_issued_invoice(
        invoice_id=InvoiceId(UUID(int=1)), month=JANUARY.next, opening=Money(-255)
    )
    with store.unit_of_work() as uow:
        uow.numbers.take(SUPPLIER_ID, 2020, 1)
        standing = AccountStanding(credit=-bill.closing)
        uow.invoices.add_all([bill], standings={bill.invoice_id: standing})
        uow.commit()
    examine_accounts = ExamineAccounts(auditor=store.auditor)
    plain = examine_accounts(supplier="tsna")
    anew = examine_accounts(supplier="tsna", every_bill=True)

    checks = [Check.STANDING, Check.READINGS, Check.TEXTS]
    assert (0, checks) == (plain.bills, [verdict.check for verdict in plain.verdicts])
    assert (1, Check.AMOUNTS) == (anew.bills, anew.verdicts[2].check)
    assert all(verdict.is_kept for verdict in (*plain.verdicts, *anew.verdicts))


def test_entry_kinds_that_move_a_balance_without_a_bill() -> None:
    """Of all entries after the last bill, payments alone are in order."""
    store = MemoryStore()
    keep(store, a_supplier(), an_account())
    for place, kind in enumerate(EntryKind):
        keep(store, an_entry(entry_id=UUID(int=place), kind=kind, document=kind.value))
    verdicts = AuditBooks(auditor=store.auditor)(suppliers=["tsna"])

    (unbilled,) = [verdict for verdict in verdicts if verdict.check is Check.UNBILLED]
    assert {*EntryKind} - {EntryKind.PAYMENT} == {found.document for found in unbilled.examples}
