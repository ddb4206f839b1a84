"""``elkk supplier``: whose accounts they are."""

import tomllib
from pathlib import Path
from typing import Any

import click

from elkk_cli.commands.rules import rules
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_core.metering import Norm


@click.group()
def supplier() -> None:
    """Add a supplier, list those there are, and choose what acts leave to them."""


supplier.add_command(rules)


def _defaults_from(context: click.Context, parameter: click.Parameter, file: Path | None) -> None:
    """Take what the command line does not give out of a file."""
    if file is None:
        return
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.BadParameter(str(error), context, parameter) from None
    unknown = set(given) - {known.name for known in context.command.params}
    if unknown:
        raise click.BadParameter(f"unknown: {', '.join(sorted(unknown))}", context, parameter)
    context.default_map = given


@supplier.command()
@click.option(
    "--from",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=_defaults_from,
    help='TOML file with any of the values below, such as inn = "…"; an option outweighs it.',
)
@click.option("--code", required=True, help="Short name for commands: small Latin letters, digits.")
@click.option("--name", required=True, help="Name that households see.")
@click.option("--time-zone", default="Europe/Moscow", show_default=True, help="IANA name.")
@click.option("--window", required=True, help="Days on which readings are taken: 15-25.")
@click.option("--payee", required=True, help="Name of the payee in payment documents.")
@click.option("--inn", required=True, help="INN of the payee; control digits are checked.")
@click.option("--bank", required=True, help="Bank of the payee.")
@click.option("--bic", required=True, help="BIC of the bank, 9 digits.")
@click.option("--settlement-account", required=True, help="20 digits; the key is checked by BIC.")
@click.option("--correspondent-account", required=True, help="20 digits.")
@click.option("--site", default="", help="Official site of the supplier.")
@click.option("--phone", default="", help="Phone of the contact centre.")
@click.option("--email", default="", help="E-mail of the contact centre.")
@json_option
@pass_desk
def add(desk: Desk, /, **given: str) -> None:
    """Take a supplier into the books.

    The requisites go into the payment QR of every bill, so their control digits must fit. Every
    value that is not right is listed.

    \b
    Examples:
      elkk supplier add --from examples/manual/supplier.toml
      elkk supplier add --from supplier.toml --window 20-25
    """
    with desk.open_application() as application:
        supplier_id = application.accounts.add_supplier(**given)
    desk.show(
        {"supplier_id": str(supplier_id), "code": given["code"]},
        view=lambda: desk.say(
            ru=f"Поставщик {given['code']} добавлен.", en=f"Supplier {given['code']} added."
        ),
    )


@supplier.command(name="list")
@json_option
@pass_desk
def list_(desk: Desk) -> None:
    """List the suppliers by name.

    \b
    Examples:
      elkk supplier list
      elkk supplier list --json
    """
    with desk.open_application() as application:
        suppliers = application.accounts.suppliers.list_all()
    data: list[dict[str, Any]] = [
        {
            "code": found.code,
            "name": found.name,
            "supplier_id": str(found.supplier_id),
            "time_zone": found.time_zone,
            "window": str(found.window),
            "inn": found.requisites.inn,
        }
        for found in suppliers
    ]
    columns = [
        (desk.text(ru="Код", en="Code"), "code"),
        (desk.text(ru="Название", en="Name"), "name"),
        (desk.text(ru="Прием показаний", en="Window"), "window"),
        (desk.text(ru="Часовой пояс", en="Time zone"), "time_zone"),
        (desk.text(ru="ИНН", en="INN"), "inn"),
    ]
    desk.show(
        data,
        view=lambda: desk.table(
            [heading for heading, _ in columns],
            [[row[key] for _, key in columns] for row in data],
        ),
    )


@supplier.command()
@click.option("--supplier", required=True, metavar="CODE", help="Whose norms to show.")
@json_option
@pass_desk
def norms(desk: Desk, *, supplier: str) -> None:
    """Show the consumption norms of a supplier, those of the latest date first.

    They come in by elkk import norms.

    \b
    Examples:
      elkk supplier norms --supplier tesk
      elkk supplier norms --supplier tesk --json
    """
    with desk.open_application() as application:
        found = application.metering.show_norms(supplier=supplier).norms
    latest_first = sorted(found, key=lambda norm: norm.effective_from, reverse=True)
    headings = (
        desk.text(ru="Действует с", en="From"),
        desk.text(ru="Признаки", en="Traits"),
        desk.text(ru="Проживающих", en="Persons"),
        desk.text(ru="кВт·ч на человека в месяц", en="kWh a month for each"),
    )
    desk.show(
        [_norm_as_data(norm) for norm in latest_first],
        view=lambda: desk.table(
            headings,
            [
                (
                    f"{norm.effective_from:%d.%m.%Y}",
                    str(norm.traits),
                    str(norm.persons),
                    desk.number(norm.kwh),
                )
                for norm in latest_first
            ],
        ),
    )


def _norm_as_data(norm: Norm) -> dict[str, str]:
    return {
        "effective_from": norm.effective_from.isoformat(),
        "traits": str(norm.traits),
        "persons": str(norm.persons),
        "norm": str(norm.kwh),
    }
