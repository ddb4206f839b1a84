"""The rules that the books keep at every moment, and looking at an account whether it keeps them."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from attrs import frozen

from elkk_core.billing.model import Invoice, InvoiceSource, LastBill, RegisterStanding
from elkk_core.billing.policies.recomputing import Difference, recompute
from elkk_core.metering.model import Reading
from elkk_core.shared.money import Money

EXAMPLES_TOLD = 10
"""How many findings a verdict shows; it counts all of them."""


class Check(StrEnum):
    """A rule of the books.

    Those of `BOOK_CHECKS` are about the books as a whole, and ``guards`` is about the database:

    - ``ledger``: from one bill to the next, the ledger moves by what the bill charges less the
      payments that it counts; so up to the end of a billed month it comes to the closing figure.
    - ``opening``: a bill opens with the closing figure of the one before, the first one that was
      issued here with nothing.
    - ``payments``: a bill issued here counts what the ledger received since the one before.
    - ``unbilled``: after the last bill nothing but payments moves a balance, so that the balance is
      the closing figure and what came after.
    - ``receipts``: money received is in the ledger once, unless an earlier billing system counted
      it, and nothing else is there as a payment.
    - ``numbers``: of the numbers given out for bills none is missing.
    - ``counter``: bills issued here bear numbers that were given out.
    - ``revisions``: a bill that corrects another one names the one that stood in its place before.
    - ``derivations``: each line of a bill issued here tells where it comes from.
    - ``guards``: the database itself refuses to change facts.

    The others are about each account:

    - ``standing``: what is kept with its last bill as its debts and advances comes to the closing
      figure.
    - ``readings``: the readings that its next bill will count from are stored as its last bill
      counted them.
    - ``amounts``: each bill comes out the same when it is computed anew from what it tells.
    - ``texts``: what a bill tells of itself can be read.
    """

    LEDGER = "ledger"
    OPENING = "opening"
    PAYMENTS = "payments"
    UNBILLED = "unbilled"
    RECEIPTS = "receipts"
    NUMBERS = "numbers"
    COUNTER = "counter"
    REVISIONS = "revisions"
    DERIVATIONS = "derivations"
    GUARDS = "guards"
    STANDING = "standing"
    READINGS = "readings"
    AMOUNTS = "amounts"
    TEXTS = "texts"


BOOK_CHECKS = (
    Check.LEDGER,
    Check.OPENING,
    Check.PAYMENTS,
    Check.UNBILLED,
    Check.RECEIPTS,
    Check.NUMBERS,
    Check.COUNTER,
    Check.REVISIONS,
    Check.DERIVATIONS,
)
"""The checks that go over the books of a supplier as a whole."""


@frozen(kw_only=True)
class Finding:
    """A place where the rule of a *check* is broken.

    *supplier* is a code, *account* a number, *document* the number of a bill, the reference of a
    payment or the name of a table, *line* a position in the bill counted from one, and *what* tells
    its volume from its amount. *stands* is what is stored and *expected* what follows from the rest:
    amounts in roubles, texts, or nothing at all. Of missing numbers, *document* is the first and
    *expected* the last in a row.
    """

    check: Check
    supplier: str | None = None
    account: str | None = None
    document: str
    line: int | None = None
    what: Difference | None = None
    stands: Money | str | None = None
    expected: Money | str | None = None


@frozen(kw_only=True)
class Verdict:
    """How often the rule of a *check* is broken, with the first ten *examples*."""

    check: Check
    cases: int = 0
    examples: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, finding: Finding) -> "Verdict":
        """Return the verdict of one finding."""
        return cls(check=finding.check, cases=1, examples=(finding,))

    @property
    def is_kept(self) -> bool:
        """Whether the rule holds everywhere."""
        return self.cases == 0


def merged(*verdicts: Verdict) -> tuple[Verdict, ...]:
    """Return one verdict for each check that *verdicts* are about, in the order of the checks."""
    found: dict[Check, Verdict] = {}
    for verdict in verdicts:
        known = found.get(verdict.check, Verdict(check=verdict.check))
        found[verdict.check] = Verdict(
            check=verdict.check,
            cases=known.cases + verdict.cases,
            examples=(*known.examples, *verdict.examples)[:EXAMPLES_TOLD],
        )
    return tuple(found[check] for check in Check if check in found)


@frozen(kw_only=True)
class AuditedAccount:
    """What is looked at of an account of the *supplier* with this code.

    *last_bill* is the one in force of its last month; *readings* are those that its standing names,
    as far as they are stored. *invoices* are the bills to compute anew. If some bills cannot be
    read, their numbers are *unreadable*, and nothing else is known of the account.
    """

    supplier: str
    number: str
    last_bill: LastBill | None = None
    readings: tuple[Reading, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    unreadable: tuple[str, ...] = ()


def examine(account: AuditedAccount) -> Iterator[Finding]:
    """Yield what is wrong with an account: its standing, its readings, and its bills by number."""
    for number in account.unreadable:
        yield Finding(
            check=Check.TEXTS, supplier=account.supplier, account=account.number, document=number
        )
    last = account.last_bill
    if last is not None and last.source is InvoiceSource.ISSUED:
        yield from _examine_standing(account, last)
    for invoice in account.invoices:
        for differs in recompute(invoice):
            yield Finding(
                check=Check.AMOUNTS,
                supplier=account.supplier,
                account=account.number,
                document=invoice.number,
                line=differs.position,
                what=differs.what,
                stands=differs.stands,
                expected=differs.recomputed,
            )


def _examine_standing(account: AuditedAccount, last: LastBill) -> Iterator[Finding]:
    balance = None if last.standing is None else last.standing.balance
    if balance != last.closing:
        yield Finding(
            check=Check.STANDING,
            supplier=account.supplier,
            account=account.number,
            document=last.number,
            stands=balance,
            expected=last.closing,
        )
    stored = {reading.reading_id: reading for reading in account.readings}
    for register in () if last.standing is None else last.standing.registers:
        reading = stored.get(register.reading_id)
        if reading is None or _as_stored(reading) != _as_counted(register):
            yield Finding(
                check=Check.READINGS,
                supplier=account.supplier,
                account=account.number,
                document=last.number,
                stands=None if reading is None else _told(_as_stored(reading)),
                expected=_told(_as_counted(register)),
            )


def _as_stored(reading: Reading) -> tuple[object, ...]:
    return reading.zone, reading.value, reading.taken_on, reading.source, reading.meter_id


def _as_counted(register: RegisterStanding) -> tuple[object, ...]:
    shown = register.reading
    return register.zone, shown.value, shown.taken_on, shown.source, register.meter_id


def _told(facts: Iterable[object]) -> str:
    return " ".join(str(fact) for fact in facts)
