"""``elkk content``: what households read of their supplier."""

from pathlib import Path
from typing import Any

import attrs
import click

from elkk_adapters.content import read_content
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_core.shared import Money
from elkk_core.support import Content, Service

_of_supplier = click.option(
    "--supplier", required=True, metavar="CODE", help="Whose households read it."
)


@click.group()
def content() -> None:
    """Publish questions and answers, the price list of services, and the offices."""


@content.command("import")
@click.argument(
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the files below.",
)
@_of_supplier
@json_option
@pass_desk
def import_(desk: Desk, *, folder: Path, supplier: str) -> None:
    """Publish a folder of Markdown and YAML in the place of what was published before.

    The folder is checked as a whole, and every fault is listed with its file and line; then all of
    it is published, or nothing. The same folder again changes nothing.

    \b
    Files, in UTF-8; any of them may be left out:
      faq/NAME.ru.md   a category of questions; categories go by the order of the names
      faq/NAME.en.md   its translation: as many questions, in the same order
      services.yaml    the price list
      offices.yaml     where households are received

    \b
    A category is Markdown without HTML, pictures and further headings:
      # Тариф
      ## Когда действует ночной тариф?
      С **23:00** до **7:00**.

    \b
    A text in YAML is Russian, or both languages: {ru: …, en: …}. services.yaml:
      - group: Счетчики
        services:
          - code: meter-replacement
            title: {ru: Замена счетчика, en: Meter replaced}
            price: 1850,00          # roubles with VAT, or: по запросу
            unit: шт.               # may be left out
            term: до 10 рабочих дней

    \b
    offices.yaml:
      - title: Центральный офис
        address: г. Тамбов, ул. Советская, 104
        hours: пн–пт 8:00–19:00
        phone: +7 4752 00-00-00     # may be left out, as the map
        map: https://www.openstreetmap.org/?mlat=52.72&mlon=41.45

    \b
    Example:
      elkk content import examples/demo/content --supplier tesk
    """
    read = read_content(folder)
    with desk.open_application() as application:
        report = application.support.publish_content(supplier=supplier, content=read)
    counted = (report.questions, report.services, report.offices)
    news = desk.text(ru="Опубликовано", en="Published")
    same = desk.text(ru="Все так и было", en="Nothing new")
    said = news if report.changed else same
    desk.show(
        attrs.asdict(report),
        view=lambda: desk.say(
            ru="{}. Вопросов: {}, услуг: {}, офисов: {}.".format(said, *counted),
            en="{}. Questions: {}, services: {}, offices: {}.".format(said, *counted),
        ),
    )


@content.command()
@_of_supplier
@json_option
@pass_desk
def show(desk: Desk, *, supplier: str) -> None:
    """Show what a supplier publishes.

    \b
    Examples:
      elkk content show --supplier tesk
      elkk content show --supplier tesk --json
    """
    with desk.open_application() as application:
        published = application.support.show_content(supplier=supplier)
    data = attrs.asdict(published, value_serializer=_plain)
    desk.show(data, view=lambda: _view(desk, published))


def _plain(_instance: object, _attribute: object, value: Any) -> Any:
    return str(value) if isinstance(value, Money) else value


def _view(desk: Desk, published: Content) -> None:
    language = desk.language
    if published.is_empty:
        desk.say(ru="Пока ничего не опубликовано.", en="Nothing is published yet.")
        return
    for category in published.faq:
        click.secho(category.title.in_language(language), bold=True)
        for question in category.questions:
            click.echo(f"  {question.title.in_language(language)}")
    for group in published.services:
        click.secho(group.title.in_language(language), bold=True)
        for service in group.services:
            click.echo(f"  {service.title.in_language(language)}: {_price(desk, service)}")
    for office in published.offices:
        click.secho(office.title.in_language(language), bold=True)
        click.echo(f"  {office.address.in_language(language)}")


def _price(desk: Desk, service: Service) -> str:
    if service.price is None:
        return desk.text(ru="по запросу", en="on request")
    return desk.money(service.price)
