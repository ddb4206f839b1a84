"""``elkk bill show`` and ``elkk bill explain``: one bill, and where its amounts come from."""

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import attrs
import click

from elkk_adapters.sentences import ExplainedInvoice, ExplainedLine, LineGroup, explain
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_core.billing import (
    BillReference,
    Corrected,
    Counted,
    Derivation,
    Estimated,
    InvoiceLine,
    InvoiceOverview,
    ReadingShown,
    VolumeBasis,
    VolumeDerivation,
)
from elkk_core.shared import Money, Month

_BASES: dict[type[VolumeBasis], str] = {
    Counted: "counted",
    Estimated: "estimated",
    Corrected: "corrected",
}

_of_supplier = click.option(
    "--supplier",
    metavar="CODE",
    help="Whose bill it is; needed where earlier systems of several suppliers used the number.",
)


@click.command()
@click.argument("number", help="Number of the bill.")
@_of_supplier
@json_option
@pass_desk
def show(desk: Desk, *, number: str, supplier: str | None) -> None:
    """Show a bill: its figures and its lines.

    \b
    Examples:
      elkk bill show TESK-2026-000123
      elkk bill show 680000000013-01-20 --supplier tesk --json
    """
    with desk.open_application() as application:
        found = application.billing.invoices.get_by_number(number, supplier=supplier)
    desk.show(_as_data(found), view=lambda: _view(found, desk))


@click.command("explain")
@click.argument("number", help="Number of the bill.")
@_of_supplier
@json_option
@pass_desk
def explain_(desk: Desk, *, number: str, supplier: str | None) -> None:
    """Tell in plain words where every amount of a bill comes from.

    Readings and their difference, estimates and why, ranges, prices and since when, rounding, tax,
    days of penalties: the same words that the household reads in the cabinet. With --json each line
    has the facts to compute it anew.

    \b
    Examples:
      elkk bill explain TESK-2026-000123
      elkk bill explain TESK-2026-000123 --json
    """
    with desk.open_application() as application:
        found = application.billing.invoices.get_by_number(number, supplier=supplier)
    explained = _explained(found, desk)
    desk.show(_explained_as_data(explained), view=lambda: _view_explained(explained, desk))


def _explained(found: InvoiceOverview, desk: Desk) -> ExplainedInvoice:
    return explain(found.invoice, desk.language, time_zone=found.supplier.time_zone)


# As data


def _as_data(found: InvoiceOverview) -> dict[str, Any]:
    invoice = found.invoice
    return {
        "number": invoice.number,
        "month": str(invoice.month),
        "source": invoice.source.value,
        "issued_at": invoice.issued_at.isoformat(),
        "corrects": _number(found.corrects),
        "corrected_by": _number(found.corrected_by),
        "supplier": found.supplier.code,
        "account": found.account.number,
        "owner": found.account.owner,
        "address": found.account.address,
        "opening": str(invoice.opening),
        "charged": str(invoice.charged),
        "recalculated": str(invoice.recalculated),
        "benefits": str(invoice.benefits),
        "penalty": str(invoice.penalty),
        "vat": str(invoice.vat),
        "payments": str(invoice.payments),
        "total_due": str(invoice.total_due),
        "overpayment": str(invoice.overpayment),
        "volume": str(invoice.volume),
        "paid_in_month": str(found.paid_in_month),
        "arithmetic_version": invoice.arithmetic_version,
        "lines": [_line_as_data(line) for line in invoice.lines],
    }


def _number(reference: BillReference | None) -> str | None:
    return None if reference is None else reference.number


def _line_as_data(line: InvoiceLine) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "amount": str(line.amount),
        "vat": None if line.vat is None else str(line.vat),
        "derivation": None if line.derivation is None else _derivation_as_data(line.derivation),
    }


def _derivation_as_data(derivation: Derivation) -> dict[str, Any]:
    """Return the facts of a derivation; that of a volume says on which basis it stands."""
    data = attrs.asdict(derivation, value_serializer=_plain)
    if isinstance(derivation, VolumeDerivation):
        data["basis"] = {"kind": _BASES[type(derivation.basis)], **data["basis"]}
    return data


def _plain(_instance: object, _attribute: object, value: Any) -> Any:
    """Return a value as JSON has it: numbers that must stay exact are texts."""
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case Money() | Month() | Fraction():
            return str(value)
        case Enum():
            return value.value
        case _:
            return value


def _explained_as_data(explained: ExplainedInvoice) -> dict[str, Any]:
    invoice = explained.invoice
    return {
        "number": invoice.number,
        "month": str(invoice.month),
        "title": explained.title,
        "groups": [
            {
                "title": group.title,
                "amount": str(group.amount),
                "lines": [_explained_line_as_data(line) for line in group.lines],
            }
            for group in explained.groups
        ],
        "result": list(explained.result),
        "arithmetic_version": invoice.arithmetic_version,
    }


def _explained_line_as_data(explained: ExplainedLine) -> dict[str, Any]:
    return {
        "title": explained.title,
        "facts": [{"name": fact.name, "value": fact.value} for fact in explained.facts],
        "steps": [attrs.asdict(step) for step in explained.steps],
        "rule": explained.rule,
        **_line_as_data(explained.line),
    }


# For people


def _view(found: InvoiceOverview, desk: Desk) -> None:
    invoice, text, money = found.invoice, desk.text, desk.money

    def unless_zero(amount: Money) -> str:
        return "" if amount.is_zero else money(amount)

    desk.facts(
        [
            (text(ru="Счет", en="Bill"), f"{invoice.number}, {invoice.month}"),
            (text(ru="Исправляет счет", en="Corrects the bill"), _number(found.corrects) or ""),
            (text(ru="Исправлен счетом", en="Corrected by"), _number(found.corrected_by) or ""),
            (text(ru="Поставщик", en="Supplier"), found.supplier.name),
            (text(ru="Лицевой счет", en="Account"), found.account.number),
            (text(ru="Абонент", en="Owner"), found.account.owner),
            (text(ru="Адрес", en="Address"), found.account.address),
            (
                text(ru="Задолженность на начало периода", en="Debt at the start")
                if not invoice.opening.is_negative
                else text(ru="Переплата на начало периода", en="Overpayment at the start"),
                money(abs(invoice.opening)),
            ),
            (text(ru="Начислено", en="Charged"), money(invoice.charged)),
            (
                text(ru="в т. ч. перерасчеты", en="recalculations in it"),
                unless_zero(invoice.recalculated),
            ),
            (text(ru="в т. ч. льготы", en="benefits in it"), unless_zero(invoice.benefits)),
            (text(ru="в т. ч. НДС", en="VAT in it"), unless_zero(invoice.vat)),
            (text(ru="Пени", en="Penalty"), unless_zero(invoice.penalty)),
            (text(ru="Учтено платежей", en="Payments counted"), money(invoice.payments)),
            (text(ru="Итого переплата", en="Overpayment"), money(invoice.overpayment))
            if invoice.closing.is_negative
            else (text(ru="Итого по счету", en="Total due"), money(invoice.total_due)),
        ]
    )
    desk.table(
        [
            text(ru="За что", en="What for"),
            text(ru="Счетчик", en="Meter"),
            text(ru="Было", en="From"),
            text(ru="Стало", en="To"),
            text(ru="кВт·ч", en="kWh"),
            text(ru="Тариф", en="Rate"),
            text(ru="Сумма", en="Amount"),
        ],
        [
            [line.title, *_figures(line.line.derivation, desk), money(line.line.amount)]
            for group in _explained(found, desk).groups
            for line in group.lines
        ],
    )


def _figures(derivation: Derivation | None, desk: Desk) -> tuple[str, ...]:
    """Return meter, readings, volume and price of a line for electricity, blanks for another."""
    if not isinstance(derivation, VolumeDerivation):
        return ("",) * 5
    match derivation.basis:
        case Counted() as basis:
            shown = (_shown(basis.previous, desk), _shown(basis.current, desk))
        case Corrected() as basis:
            shown = (_shown(basis.mistaken, desk), _shown(basis.right, desk))
        case Estimated():
            shown = ("", "")
    return (
        derivation.meter,
        *shown,
        desk.number(derivation.volume.normalize()),
        desk.number(derivation.price),
    )


def _shown(reading: ReadingShown, desk: Desk) -> str:
    return f"{desk.number(reading.value)} ({reading.taken_on:%d.%m.%Y})"


def _view_explained(explained: ExplainedInvoice, desk: Desk) -> None:
    click.secho(explained.title, bold=True)
    for group in explained.groups:
        _view_group(group, desk)
    click.echo()
    for sentence in (*explained.result, explained.arithmetic):
        click.echo(sentence)


def _view_group(group: LineGroup, desk: Desk) -> None:
    click.echo()
    click.secho(f"{group.title}: {_roubles(group.amount, desk)}", bold=True)
    for line in group.lines:
        click.echo(f"\n  {line.title}: {_roubles(line.line.amount, desk)}")
        for step in line.steps:
            click.echo(f"    {step.text}")
            for detail in step.details:
                click.echo(f"      {detail}")
        click.echo(f"    {line.rule}")


def _roubles(amount: Money, desk: Desk) -> str:
    """Return an amount with the minus that the sentences below it have."""
    return f"{desk.money(amount)} ₽".replace("-", "\N{MINUS SIGN}")
