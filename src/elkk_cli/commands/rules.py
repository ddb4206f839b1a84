"""``elkk supplier rules``: what acts leave to a supplier."""

from typing import Any

import click

from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_cli.parameters import MonthParameter, OneOf
from elkk_core.billing import RuleBook, RuleName, SupplierEstimateRule, default_rule
from elkk_core.shared import Month

supplier_option = click.option("--supplier", required=True, metavar="CODE", help="Whose choices.")


@click.group()
def rules() -> None:
    """Choose what acts leave to a supplier.

    A choice holds for the bills of a month and all later ones, until the next choice. Where nothing
    is chosen the default holds; docs/choices.md tells where each one comes from.
    """


@rules.command("set")
@click.argument("name", type=OneOf(RuleName), metavar="NAME", help="What to choose.")
@click.argument("value", help="What it is to be.")
@supplier_option
@click.option(
    "--month", type=MonthParameter(), required=True, help="First month that it holds for: 2026-12."
)
@json_option
@pass_desk
def set_(desk: Desk, /, name: RuleName, value: str, supplier: str, month: Month) -> None:
    """Let a choice hold from a month on.

    The month may be past: bills that are issued stay as they are, those still to be issued for it
    are made by the new choice. Another value for the same month takes the place of the first.

    \b
    Choices, the default first:
      estimates            by_cause, classic_3_then_norm, average_until_restored
      range_split          proportional, night_first, day_first
      range_months         each, one
      penalties            yes, no
      rate_mode            on_payment_day, per_day, flat
      flat_rate            % a year, for rate_mode flat; choose it first
      include_payment_day  yes, no
      allocation           fifo, period_named
      due_day_moves        no, yes

    \b
    Examples:
      elkk supplier rules set range_split night_first --supplier tesk --month 2026-12
      elkk supplier rules set penalties no --supplier tesk --month 2026-12
    """
    with desk.open_application() as application:
        report = application.billing.choose_rule(
            supplier=supplier, name=name, month=month, value=value
        )
    is_new = not report.unchanged
    desk.show(
        {"name": name.value, "month": str(month), "value": value, "changed": is_new},
        view=lambda: desk.say(
            ru=f"{name} с {month}: {value}." if is_new else "Так и было выбрано.",
            en=f"{name} from {month}: {value}." if is_new else "Chosen so already.",
        ),
    )


@rules.command("list")
@supplier_option
@json_option
@pass_desk
def list_(desk: Desk, /, supplier: str) -> None:
    """List all choices: the default of each, and what was chosen from which month on.

    \b
    Examples:
      elkk supplier rules list --supplier tesk
      elkk supplier rules list --supplier tesk --json
    """
    with desk.open_application() as application:
        book = application.billing.show_rules(supplier=supplier)
    chosen = _choices(book)
    estimate_rules = [_estimate_rule(rule) for rule in book.estimate_rules]
    desk.show(
        {"rules": chosen, "estimate_rules": estimate_rules},
        view=lambda: _view(chosen, estimate_rules, desk),
    )


def _choices(book: RuleBook) -> list[dict[str, Any]]:
    """Return each choice with its default, which has no month, and then by month."""
    found: list[dict[str, Any]] = []
    for name in RuleName:
        found.append({"name": name.value, "month": None, "value": default_rule(name)})
        found += [
            {"name": name.value, "month": str(rule.month), "value": rule.value}
            for rule in book.rules
            if rule.name is name
        ]
    return found


def _estimate_rule(own: SupplierEstimateRule) -> dict[str, Any]:
    return {
        "cause": own.cause.value,
        "month": str(own.month),
        "periods": own.rule.periods,
        "coefficient": str(own.rule.coefficient),
        "clause": own.rule.clause,
    }


def _view(chosen: list[dict[str, Any]], estimate_rules: list[dict[str, Any]], desk: Desk) -> None:
    default = desk.text(ru="по умолчанию", en="default")
    month = desk.text(ru="С месяца", en="From")
    desk.table(
        [desk.text(ru="Выбор", en="Choice"), month, desk.text(ru="Значение", en="Value")],
        [[row["name"], row["month"] or default, row["value"]] for row in chosen],
    )
    if not estimate_rules:
        return
    no_limit = desk.text(ru="до восстановления учета", en="until restored")
    desk.table(
        [
            desk.text(ru="Причина", en="Cause"),
            month,
            desk.text(ru="Периодов", en="Periods"),
            desk.text(ru="Коэффициент", en="Coefficient"),
            desk.text(ru="Основание", en="Clause"),
        ],
        [
            [
                row["cause"],
                row["month"],
                no_limit if row["periods"] is None else str(row["periods"]),
                row["coefficient"],
                row["clause"],
            ]
            for row in estimate_rules
        ],
    )
