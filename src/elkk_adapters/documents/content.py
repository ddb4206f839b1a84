"""What a payment document shows, each figure as text: the data of the template."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from elkk_adapters.documents.figures import Figures, printable
from elkk_core.accounts import PersonalAccount, Supplier
from elkk_core.billing import (
    AccountStanding,
    BenefitDerivation,
    Corrected,
    Counted,
    Estimated,
    Invoice,
    InvoiceLine,
    LineKind,
    MonthConsumption,
    PaymentDocument,
    PenaltyDerivation,
    ReadingShown,
    VolumeDerivation,
)
from elkk_core.shared import Month, local_date, round_half_up

_FEWEST_BARS = 2


def content_of(document: PaymentDocument, figures: Figures) -> dict[str, Any]:
    """Return what the template shows; what does not apply is None or empty, and takes no room."""
    invoice = document.invoice
    return {
        "supplier": _supplier(document.supplier),
        "payee": _payee(document.supplier),
        "payer": _payer(document.account),
        "invoice": {
            "number": printable(invoice.number),
            "month": _month(invoice.month),
            "issued_on": figures.date(local_date(invoice.issued_at, document.supplier.time_zone)),
            "corrects": document.corrects and printable(document.corrects),
            "corrected_by": document.corrected_by and printable(document.corrected_by),
        },
        "readings": _readings(invoice, figures),
        "charges": _charges(invoice, figures),
        "balance": _balance(invoice, document.standing, figures),
        "debts": _debts(invoice, document.standing, figures),
        "chart": _chart(document.consumption, figures),
    }


def _month(month: Month) -> dict[str, int]:
    return {"year": month.year, "number": month.number}


def _month_unless(own: Month, month: Month | None) -> dict[str, int] | None:
    """Return *month*, None if it is the bill's *own* and goes without saying."""
    return None if month is None or month == own else _month(month)


# Who pays whom


def _supplier(supplier: Supplier) -> dict[str, Any]:
    contacts = supplier.contacts
    return {
        "name": printable(supplier.name),
        "contacts": [
            printable(way) for way in (contacts.phone, contacts.email, contacts.site) if way
        ],
    }


def _payee(supplier: Supplier) -> dict[str, Any]:
    requisites = supplier.requisites
    return {
        "name": printable(requisites.payee),
        "inn": requisites.inn,
        "bank": printable(requisites.bank),
        "bic": requisites.bic,
        "settlement": requisites.settlement_account,
        "correspondent": requisites.correspondent_account,
    }


def _payer(account: PersonalAccount) -> dict[str, Any]:
    return {
        "account": account.number,
        "owner": printable(account.owner),
        "address": printable(account.address),
        "persons": account.persons,
    }


# What was consumed


def _volumes(invoice: Invoice) -> Iterator[VolumeDerivation]:
    for line in invoice.lines:
        if isinstance(line.derivation, VolumeDerivation):
            yield line.derivation


def _readings(invoice: Invoice, figures: Figures) -> dict[str, Any]:
    """Return a row for each volume, which consumption ranges and prices divide into several lines."""
    different = {(each.meter, each.zone, each.basis): each for each in _volumes(invoice)}
    rows = [_register(derivation, invoice, figures) for derivation in different.values()]
    return {
        "rows": rows,
        "has_ratio": any(row["ratio"] not in {None, "1"} for row in rows),
        "has_billed": any(row["billed"] is not None for row in rows),
    }


def _register(derivation: VolumeDerivation, invoice: Invoice, figures: Figures) -> dict[str, Any]:
    basis = derivation.basis
    row: dict[str, Any] = {
        "meter": printable(derivation.meter),
        "zone": derivation.zone.value,
        "previous": None,
        "current": None,
        "passed_zero": False,
        "is_corrected": False,
        "estimate": None,
        "ratio": None,
        "counted": figures.quantity(basis.volume),
        "billed": None,
        "volume": figures.quantity(basis.volume),
    }
    if isinstance(basis, Counted):
        row |= {
            "previous": _shown(basis.previous, figures),
            "current": _shown(basis.current, figures),
            "passed_zero": basis.rolled_over,
            "ratio": str(basis.ratio),
            "counted": figures.quantity(basis.counted),
            "billed": figures.quantity(basis.estimated) if basis.billed else None,
        }
    elif isinstance(basis, Corrected):
        row |= {
            "previous": _shown(basis.mistaken, figures),
            "current": _shown(basis.right, figures),
            "is_corrected": True,
            "ratio": str(basis.ratio),
        }
    else:
        row["estimate"] = _estimate(basis, invoice, figures)
    return row


def _shown(reading: ReadingShown, figures: Figures) -> dict[str, Any]:
    return {
        "value": figures.number(reading.value),
        "taken_on": figures.date(reading.taken_on),
        "source": reading.source.value,
    }


def _estimate(basis: Estimated, invoice: Invoice, figures: Figures) -> dict[str, Any]:
    return {
        "basis": basis.basis.value,
        "cause": basis.cause.value,
        "clause": printable(basis.clause),
        "month": _month_unless(invoice.month, basis.month),
        "months": len(basis.history),
        "norm": None if basis.norm is None else figures.quantity(basis.norm),
        "persons": basis.persons,
        "coefficient": None if basis.coefficient == 1 else figures.quantity(basis.coefficient),
        "share": _share(basis.share),
    }


def _share(share: Fraction) -> str | None:
    return None if share == 1 else f"{share.numerator}/{share.denominator}"


# What it costs


def _charges(invoice: Invoice, figures: Figures) -> dict[str, Any]:
    """Return the lines but the penalty; what is the same in all of them stands in their heading."""
    volumes = [*_volumes(invoice)]
    decimals = max((figures.decimals(each.volume) for each in volumes), default=0)
    rows = [
        _charge(line, invoice, figures, decimals=decimals)
        for line in invoice.lines
        if line.kind is not LineKind.PENALTY
    ]
    return {
        "rows": rows,
        "is_metered": bool(volumes),
        "has_meters": len({volume.meter for volume in volumes}) > 1,
        "is_exempt": any(volume.range_exempt for volume in volumes),
        "price_from": _common(row["price_from"] for row in rows),
        "vat_rate": _common(row["vat_rate"] for row in rows),
        "volume": figures.quantity(invoice.volume, decimals=decimals),
        "vat": figures.amount(invoice.vat),
    }


def _common(texts: Iterable[str | None]) -> str | None:
    """Return what all *texts* say, as far as there are any; None if they differ."""
    different = {text for text in texts if text is not None}
    return different.pop() if len(different) == 1 else None


def _charge(
    line: InvoiceLine, invoice: Invoice, figures: Figures, *, decimals: int
) -> dict[str, Any]:
    derivation = line.derivation
    row: dict[str, Any] = {
        "kind": line.kind.value,
        "amount": figures.amount(line.amount),
        "vat": None if line.vat is None else figures.amount(line.vat),
        "price_from": None,
        "vat_rate": None,
        "volume": None,
    }
    if isinstance(derivation, VolumeDerivation):
        row |= {
            "meter": printable(derivation.meter),
            "zone": derivation.zone.value,
            "month": _month_unless(invoice.month, _charged_month(derivation)),
            "range": _range(derivation, figures),
            "volume": figures.quantity(derivation.volume, decimals=decimals),
            "price": figures.price(derivation.price),
            "price_from": derivation.price_from and figures.date(derivation.price_from),
            "vat_rate": figures.quantity(derivation.vat_rate),
        }
    elif isinstance(derivation, BenefitDerivation):
        row |= {
            "name": printable(derivation.name),
            "percent": figures.quantity(derivation.percent),
            "charged": figures.amount(derivation.charged),
            "limit": figures.quantity(derivation.limit)
            if derivation.limit is not None and derivation.is_limited
            else None,
            "of_volume": figures.quantity(derivation.volume),
            "vat_rate": figures.quantity(derivation.vat_rate),
        }
    return row


def _charged_month(derivation: VolumeDerivation) -> Month | None:
    """Return the month that a line is for, None where it goes without saying."""
    if isinstance(derivation.basis, Estimated):
        return derivation.basis.month
    return derivation.charged_in


def _range(derivation: VolumeDerivation, figures: Figures) -> dict[str, Any] | None:
    share = derivation.share
    if share is None:
        return None
    return {
        "number": derivation.range_number,
        "over": figures.quantity(share.over) if share.over else None,
        "up_to": None if share.up_to is None else figures.quantity(share.up_to),
    }


# What is due


def _balance(
    invoice: Invoice, standing: AccountStanding | None, figures: Figures
) -> dict[str, Any]:
    debts = () if standing is None else standing.debts
    due = [figures.date(debt.due) for debt in debts if debt.period == invoice.month]
    return {
        "opening": figures.amount(abs(invoice.opening)),
        "opens_overpaid": invoice.opening.is_negative,
        "charged": figures.amount(invoice.charged),
        "recalculated": _part(invoice, LineKind.RECALCULATION, figures),
        "benefits": _part(invoice, LineKind.BENEFIT, figures),
        "payments": figures.amount(invoice.payments),
        "penalty": _part(invoice, LineKind.PENALTY, figures),
        "penalty_until": next(
            (
                figures.date(line.derivation.until)
                for line in invoice.lines
                if isinstance(line.derivation, PenaltyDerivation)
            ),
            None,
        ),
        "closing": figures.amount(abs(invoice.closing)),
        "closes_overpaid": invoice.closing.is_negative,
        "is_due": not invoice.total_due.is_zero,
        "pay_by": due[0] if due else None,
    }


def _part(invoice: Invoice, kind: LineKind, figures: Figures) -> str | None:
    """Return the sum of the lines of a kind, None if there is none."""
    if all(line.kind is not kind for line in invoice.lines):
        return None
    return figures.amount(invoice.sum_of(kind))


def _debts(
    invoice: Invoice, standing: AccountStanding | None, figures: Figures
) -> dict[str, Any] | None:
    """Return the debts by month; None if nothing of former months is left to pay."""
    if standing is None or all(debt.period == invoice.month for debt in standing.debts):
        return None
    return {
        "rows": [
            {
                "month": _month(debt.period),
                "due": figures.date(debt.due),
                "left": figures.amount(debt.left),
            }
            for debt in standing.debts
        ],
        "penalty": None if standing.penalty.is_zero else figures.amount(standing.penalty),
    }


# What was consumed month by month


def _chart(consumption: Iterable[MonthConsumption], figures: Figures) -> list[dict[str, Any]]:
    """Return a bar for each month, its height as a part of the highest; none for want of several.

    Months without a bill leave a gap. Figures are in whole kWh.
    """
    known = {each.month: each for each in consumption}
    highest = max((each.volume for each in known.values()), default=Decimal(0))
    if len(known) < _FEWEST_BARS or highest <= 0:
        return []
    return [
        _bar(month, known.get(month), highest, figures)
        for month in min(known).until(max(known).next)
    ]


def _bar(
    month: Month, consumption: MonthConsumption | None, highest: Decimal, figures: Figures
) -> dict[str, Any]:
    bar: dict[str, Any] = {
        "month": _month(month),
        "volume": None,
        "height": 0,
        "estimated": 0,
        "is_estimated": False,
    }
    if consumption is not None:
        height = max(consumption.volume, Decimal(0))
        bar |= {
            "volume": figures.number(round_half_up(consumption.volume)),
            "height": float(height / highest),
            "estimated": float(min(max(consumption.estimated, Decimal(0)), height) / highest),
            "is_estimated": consumption.estimated != 0,
        }
    return bar
