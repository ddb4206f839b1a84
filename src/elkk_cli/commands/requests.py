"""``elkk requests``: what households ask and order, and the supplier's answers."""

import os
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import click

from elkk_cli import errors
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_cli.parameters import OneOf
from elkk_core.support import Author, Message, RequestOverview, RequestState, Topic

_OPEN = (RequestState.REGISTERED, RequestState.IN_WORK)
_TOPICS = {
    Topic.APP: ("Приложение", "App"),
    Topic.PAYMENT: ("Оплата", "Payment"),
    Topic.READINGS: ("Показания счетчика", "Meter readings"),
    Topic.METER_REPLACEMENT: ("Замена счетчика", "Meter replacement"),
    Topic.BILL_INFORMATION: ("Информация по счету", "Bill information"),
    Topic.BILL_DELIVERY: ("Доставка счета", "Bill delivery"),
    Topic.CABINET_HELP: ("Консультация по личному кабинету", "Help with the cabinet"),
    Topic.OTHER: ("Другой вопрос", "Other question"),
    Topic.COMPLAINT: ("Жалоба", "Complaint"),
    Topic.TARIFF_CHANGE: ("Смена тарифа", "Change of tariff"),
    Topic.CONTRACT: ("Заключение договора", "Contract"),
    Topic.SERVICE_ORDER: ("Заказ услуги", "Order of a service"),
}
_STATES = {
    RequestState.REGISTERED: ("зарегистрировано", "registered"),
    RequestState.IN_WORK: ("в работе", "in work"),
    RequestState.ANSWERED: ("есть ответ", "answered"),
    RequestState.CLOSED: ("закрыто", "closed"),
}


def _one_request(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that name a request."""
    for option in (
        json_option,
        click.option("--supplier", required=True, metavar="CODE", help="Whose request it is."),
        click.argument("number", help="Number of the request; 2026-123 will do."),
    ):
        command = option(command)
    return command


@click.group()
def requests() -> None:
    """Read and answer the questions and orders of households.

    A request is registered, in work, answered or closed. Its author sees every step in the cabinet;
    an answer is told by letter too, if the e-mail is confirmed.

    \b
    A day of work:
      elkk requests list --supplier tesk
      elkk requests show 2026-123 --supplier tesk
      elkk requests take 2026-123 --supplier tesk
      elkk requests answer 2026-123 --supplier tesk --text "Показания исправлены."
      elkk requests close 2026-123 --supplier tesk
    """


@requests.command("list")
@click.option("--supplier", required=True, metavar="CODE", help="Whose requests they are.")
@click.option(
    "--state",
    "states",
    type=OneOf(RequestState),
    multiple=True,
    default=_OPEN,
    show_default=True,
    help="Only those in this state; may be given several times.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=100, show_default=True, help="At most so many."
)
@json_option
@pass_desk
def list_(desk: Desk, *, supplier: str, states: tuple[RequestState, ...], limit: int) -> None:
    """List requests, those that have waited longest first.

    \b
    Examples:
      elkk requests list --supplier tesk
      elkk requests list --supplier tesk --state answered --state closed --json
    """
    with desk.open_application() as application:
        found = application.support.request_overviews.list_of(
            supplier, states=frozenset(states), limit=limit
        )
    desk.show([_as_data(one) for one in found], view=lambda: _view_list(desk, found))


@requests.command()
@_one_request
@pass_desk
def show(desk: Desk, *, number: str, supplier: str) -> None:
    """Show a request with all that was written about it.

    \b
    Example:
      elkk requests show 2026-123 --supplier tesk
    """
    with desk.open_application() as application:
        found = application.support.show_request(supplier=supplier, number=number)
    desk.show(_as_data(found), view=lambda: _view(desk, found))


@requests.command()
@_one_request
@pass_desk
def take(desk: Desk, *, number: str, supplier: str) -> None:
    """Take a request into work, as its author then sees.

    \b
    Example:
      elkk requests take 2026-123 --supplier tesk
    """
    with desk.open_application() as application:
        application.support.take_request(supplier=supplier, number=number)
        found = application.support.show_request(supplier=supplier, number=number)
    _tell_state(desk, found)


@requests.command()
@_one_request
@click.option("--text", help="The answer.")
@click.option(
    "--from",
    "file",
    type=click.File(encoding="utf-8"),
    help="File with the answer, in UTF-8; - reads standard input.",
)
@pass_desk
def answer(
    desk: Desk, *, number: str, supplier: str, text: str | None, file: TextIO | None
) -> None:
    """Answer a request.

    The author reads the answer in the cabinet. Personal data do not travel by mail: a letter only
    tells that there is an answer.

    \b
    Examples:
      elkk requests answer 2026-123 --supplier tesk --text "Показания исправлены."
      elkk requests answer 2026-123 --supplier tesk --from answer.txt
    """
    if (text is None) == (file is None):
        message = "give either --text or --from"
        raise click.UsageError(message)
    written = text if file is None else file.read()
    with desk.open_application() as application:
        application.support.answer_request(supplier=supplier, number=number, text=written or "")
        found = application.support.show_request(supplier=supplier, number=number)
    _tell_state(desk, found)


@requests.command()
@_one_request
@pass_desk
def close(desk: Desk, *, number: str, supplier: str) -> None:
    """Close a request that was answered; a reply of its author opens it again.

    \b
    Example:
      elkk requests close 2026-123 --supplier tesk
    """
    with desk.open_application() as application:
        application.support.close_request(supplier=supplier, number=number)
        found = application.support.show_request(supplier=supplier, number=number)
    _tell_state(desk, found)


@requests.command()
@_one_request
@click.option(
    "-o",
    "--out",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the files; made if need be.",
)
@pass_desk
def files(desk: Desk, *, number: str, supplier: str, folder: Path) -> None:
    """Save the files that a household has attached to a request.

    A file that is there already is not overwritten: the new one gets a number. Look at them as at
    any file from a stranger.

    \b
    Example:
      elkk requests files 2026-123 --supplier tesk -o inbox
    """
    with desk.open_application() as application:
        found = application.support.read_attachments(supplier=supplier, number=number)
        saved = [str(_save(folder, file.attachment.name, file.content)) for file in found]
    desk.show(
        {"files": saved},
        view=lambda: desk.say(
            ru="\n".join(saved) or "К обращению ничего не приложено.",
            en="\n".join(saved) or "Nothing is attached to the request.",
        ),
    )


def _save(folder: Path, name: str, content: bytes) -> Path:
    """Write a file beside those that are there.

    Raises:
        FolderUnusable: If the folder cannot be made or written to.
    """
    stem, _, end = name.rpartition(".")
    number = 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            path = folder / (name if number == 1 else f"{stem}-{number}.{end}")
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                number += 1
                continue
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            return path
    except OSError:
        raise errors.FolderUnusable(str(folder)) from None


def _tell_state(desk: Desk, found: RequestOverview) -> None:
    request = found.request
    ru, en = _STATES[request.state]
    desk.show(
        _as_data(found),
        view=lambda: desk.say(
            ru=f"Обращение {request.number}: {ru}.", en=f"Request {request.number}: {en}."
        ),
    )


# As data


def _as_data(found: RequestOverview) -> dict[str, Any]:
    request = found.request
    order = request.order
    return {
        "number": request.number,
        "state": request.state.value,
        "topic": request.topic.value,
        "registered_at": request.registered_at.isoformat(),
        "supplier": found.supplier_code,
        "account": request.account_number,
        "account_linked": request.account_id is not None,
        "address": found.address,
        "applicant": str(request.applicant),
        "order": None
        if order is None
        else {
            "service": order.service,
            "title": order.title,
            "price": None if order.price is None else str(order.price),
            "unit": order.unit,
            "address": order.address,
            "phone": order.phone,
        },
        "messages": [_message_as_data(message) for message in request.messages],
    }


def _message_as_data(message: Message) -> dict[str, Any]:
    return {
        "author": message.author.value,
        "written_at": message.written_at.isoformat(),
        "text": message.text,
        "files": [
            {"name": file.name, "kind": file.kind.value, "size": file.size}
            for file in message.attachments
        ],
    }


# For people


def _local(moment: datetime, found: RequestOverview) -> str:
    return f"{moment.astimezone(ZoneInfo(found.time_zone)):%d.%m.%Y %H:%M}"


def _topic(desk: Desk, topic: Topic) -> str:
    ru, en = _TOPICS[topic]
    return desk.text(ru=ru, en=en)


def _state(desk: Desk, state: RequestState) -> str:
    ru, en = _STATES[state]
    return desk.text(ru=ru, en=en)


def _view_list(desk: Desk, found: tuple[RequestOverview, ...]) -> None:
    desk.table(
        [
            desk.text(ru="Номер", en="Number"),
            desk.text(ru="Поступило", en="Registered"),
            desk.text(ru="Тема", en="Topic"),
            desk.text(ru="Счет", en="Account"),
            desk.text(ru="От кого", en="From"),
            desk.text(ru="Состояние", en="State"),
        ],
        [
            [
                one.request.number,
                _local(one.request.registered_at, one),
                _topic(desk, one.request.topic),
                one.request.account_number,
                str(one.request.applicant),
                _state(desk, one.request.state),
            ]
            for one in found
        ],
    )


def _view(desk: Desk, found: RequestOverview) -> None:
    request, order, text = found.request, found.request.order, desk.text
    linked = "" if request.account_id else text(ru=" (не подключен)", en=" (not linked)")
    facts = [
        (text(ru="Обращение", en="Request"), request.number),
        (text(ru="Состояние", en="State"), _state(desk, request.state)),
        (text(ru="Тема", en="Topic"), _topic(desk, request.topic)),
        (text(ru="Поступило", en="Registered"), _local(request.registered_at, found)),
        (text(ru="От кого", en="From"), str(request.applicant)),
        (
            text(ru="Лицевой счет", en="Account"),
            request.account_number and f"{request.account_number}{linked}",
        ),
        (text(ru="Адрес", en="Address"), found.address),
    ]
    if order is not None:
        price = (
            text(ru="по запросу", en="on request")
            if order.price is None
            else desk.money(order.price)
        )
        facts += [
            (text(ru="Услуга", en="Service"), f"{order.title} ({order.service})"),
            (text(ru="Цена", en="Price"), f"{price} / {order.unit}" if order.unit else price),
            (text(ru="Где", en="Where"), order.address),
            (text(ru="Телефон", en="Phone"), order.phone),
        ]
    desk.facts(facts)
    for message in request.messages:
        who = (
            text(ru="Поставщик", en="Supplier")
            if message.author is Author.OPERATOR
            else str(request.applicant)
        )
        click.echo()
        click.secho(f"{who}, {_local(message.written_at, found)}", bold=True)
        if message.text:
            click.echo(message.text)
        for file in message.attachments:
            click.echo(f"  [{file.name}, {desk.number(Decimal(file.size))} B]")
