"""The rules by which a bill is made: pure functions of facts."""

from attrs import evolve

from elkk_core.billing import errors
from elkk_core.billing.model import (
    AccountStanding,
    BillableAccount,
    InvoiceDraft,
    InvoiceLine,
    LastBill,
    LineKind,
)
from elkk_core.billing.policies.debts import (
    bill,
    debts_taken_over,
    pay,
    reckon_penalty,
    term,
)
from elkk_core.billing.policies.pricing import discount, price_volumes
from elkk_core.billing.policies.terms import BillingTerms
from elkk_core.billing.policies.volumes import account_volumes
from elkk_core.shared.ids import InvoiceId
from elkk_core.shared.money import Money


def draft_invoice(
    account: BillableAccount, *, terms: BillingTerms, invoice_id: InvoiceId
) -> InvoiceDraft:
    """Return the bill of an account for the month of *terms*, still without a number.

    It opens with the closing figure of the bill before, charges what was consumed since, takes off
    benefits, reckons the penalty for bills paid late, and counts the payments that came in.

    Raises:
        LaterMonthBilled: If this month or a later one has been billed.
        MeterMissing, ReadingMissing, ReadingAwaited: If there is nothing to bill by yet.
        FinalReadingMissing, ReadingsContradict: If what readings tell cannot be.
        NormUnknown, PersonsUnknown, NormAmbiguous: If the norm applies and cannot be told.
        RateNotPublished, PriceMissing: If something consumed has no price.
        FlatRateMissing, NothingInForce: If a choice or a table of acts lacks what is needed.
    """
    month = terms.month
    last = account.last_bill
    if last is not None and last.month >= month:
        raise errors.LaterMonthBilled(last.month)
    before = _begin(account, last, terms)

    registers = account_volumes(
        account.account,
        account.meters,
        standings=before.registers,
        billed_through=None if last is None else last.month,
        terms=terms,
    )
    priced = price_volumes(registers, account=account.account, terms=terms)
    lines = [line for register in priced for line in register.lines]
    if not lines:
        for register in registers:
            if not register.standing.closed:
                raise errors.ReadingMissing(register.meter.number, register.zone)
        raise errors.MeterMissing
    lines.extend(discount(lines, benefits=account.benefits, terms=terms))
    charged = Money.total(line.amount for line in lines)

    standing = before
    for payment in account.payments:
        standing = pay(standing, payment, allocation=terms.rules.allocation)
    due = term(month, law=terms.law, rules=terms.rules)
    standing = bill(standing, charged, month=month, due=due)
    if terms.rules.penalties and standing.debts:
        standing, derivation = reckon_penalty(
            standing, policy=terms.rules.penalty_policy(terms.law), until=month.last_day
        )
        if derivation is not None:
            lines.append(
                InvoiceLine(
                    kind=LineKind.PENALTY,
                    amount=derivation.amount,
                    vat=derivation.vat,
                    derivation=derivation,
                )
            )
    else:
        standing = evolve(
            standing, debts=tuple(debt for debt in standing.debts if not debt.left.is_zero)
        )
    counted = {(found.standing.meter_id, found.standing.zone) for found in priced}
    return InvoiceDraft(
        invoice_id=invoice_id,
        supplier_id=account.account.supplier_id,
        account_id=account.account.account_id,
        month=month,
        opening=Money.zero() if last is None else last.closing,
        lines=tuple(lines),
        payments=Money.total(payment.amount for payment in account.payments),
        standing=evolve(
            standing,
            registers=(
                *(found.standing for found in priced),
                *(
                    register
                    for register in before.registers
                    if (register.meter_id, register.zone) not in counted
                ),
            ),
        ),
    )


def _begin(account: BillableAccount, last: LastBill | None, terms: BillingTerms) -> AccountStanding:
    """Return where the account stood after the last bill."""
    if last is None:
        return AccountStanding()
    if last.standing is not None:
        return last.standing
    return debts_taken_over(last.closing, earlier=account.earlier, law=terms.law, rules=terms.rules)


def invoice_number(*, supplier_code: str, year: int, sequence: int) -> str:
    """Return the number of a bill: gapless within a supplier and a year of billing months."""
    return f"{supplier_code.upper()}-{year}-{sequence:06}"
