"""Asking the supplier, ordering a service, and what has come of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext, lazy_gettext
from wtforms import MultipleFileField, SelectField, TextAreaField

from elkk_core.accounts import LinkedAccount
from elkk_core.shared import AccountId, ElkkError, Month, SupplierId, local_date
from elkk_core.support import (
    AttachmentId,
    AttachmentKind,
    OfferedFile,
    RequestId,
    RequestState,
    Topic,
)
from elkk_web import formats
from elkk_web.failures import status_of
from elkk_web.forms import Form, text
from elkk_web.presence import signed_in_only, viewer
from elkk_web.rooms.accounts import card_of
from elkk_web.rooms.support import Desk, desk, wording
from elkk_web.spans import Span, span_asked, span_choices
from elkk_web.wiring import application

blueprint = Blueprint("requests", __name__)

_REQUIRED = {
    "required": True,
    "placeholder": " ",
    "data-missing": lazy_gettext("Обязательно для заполнения"),
}
_TOPICS: Mapping[Topic, Any] = {
    Topic.APP: lazy_gettext("Приложение"),
    Topic.PAYMENT: lazy_gettext("Оплата"),
    Topic.READINGS: lazy_gettext("Показания счетчика"),
    Topic.METER_REPLACEMENT: lazy_gettext("Замена счетчика"),
    Topic.BILL_INFORMATION: lazy_gettext("Информация по счету"),
    Topic.BILL_DELIVERY: lazy_gettext("Доставка счета"),
    Topic.CABINET_HELP: lazy_gettext("Консультация по личному кабинету"),
    Topic.OTHER: lazy_gettext("Другой вопрос"),
    Topic.COMPLAINT: lazy_gettext("Жалоба"),
    Topic.TARIFF_CHANGE: lazy_gettext("Смена тарифа"),
    Topic.CONTRACT: lazy_gettext("Заключение договора"),
    Topic.SERVICE_ORDER: lazy_gettext("Заказ услуги"),
}
_STATES: Mapping[RequestState, Any] = {
    RequestState.REGISTERED: lazy_gettext("Зарегистрировано"),
    RequestState.IN_WORK: lazy_gettext("В работе"),
    RequestState.ANSWERED: lazy_gettext("Есть ответ"),
    RequestState.CLOSED: lazy_gettext("Закрыто"),
}


@blueprint.app_template_filter("topic")
def topic_name(value: Topic) -> str:
    """Return the name of a topic."""
    return str(_TOPICS[value])


@blueprint.app_template_filter("request_state")
def state_name(value: RequestState) -> str:
    """Return how far a request has come, in words."""
    return str(_STATES[value])


@blueprint.app_template_filter("file_size")
def file_size(size: int) -> str:
    """Return «20 КБ», «1,4 МБ»; nothing is smaller than a kilobyte."""
    kilobytes = max(round(size / 1024), 1)
    if kilobytes < 1024:  # noqa: PLR2004 - A megabyte begins there.
        return str(gettext("%(size)s КБ", size=kilobytes))
    return str(gettext("%(size)s МБ", size=formats.figure(round(Decimal(kilobytes) / 1024, 1))))


# Forms


def _long_text(label: str, *, required: bool = True, rows: int = 6) -> TextAreaField:
    others = {"rows": rows, "maxlength": 4000}
    return TextAreaField(label, render_kw={**(_REQUIRED if required else {}), **others})


def _files() -> MultipleFileField:
    ends = [*AttachmentKind, "jpeg"]
    return MultipleFileField(
        lazy_gettext("Приложить файл"),
        description=lazy_gettext(
            "Фото, скан или документ: PDF, JPG, PNG, HEIC, DOCX, XLSX, TXT. "
            "До 5 файлов, каждый до 10 МБ."
        ),
        render_kw={
            "accept": ",".join(f".{end}" for end in ends),
            "data-most-bytes": 10 * 1024 * 1024,
            "data-most-files": 5,
            "data-too-large": lazy_gettext("Файл больше 10 МБ: уменьшите его"),
            "data-too-many": lazy_gettext("Не больше 5 файлов"),
        },
    )


class _PersonalForm(Form):
    """Who writes, and about which account."""

    account = SelectField(lazy_gettext("Лицевой счет"), render_kw=_REQUIRED, validate_choice=False)
    surname = text(lazy_gettext("Фамилия пользователя"), autocomplete="family-name", maxlength=60)
    given = text(lazy_gettext("Имя пользователя"), autocomplete="given-name", maxlength=60)
    patronymic = text(
        lazy_gettext("Отчество пользователя"),
        required=False,
        autocomplete="additional-name",
        maxlength=60,
    )

    def offer(self, accounts: Sequence[LinkedAccount]) -> None:
        """Let one of *accounts* be chosen: the only one, or the one that the address names."""
        choices = [(str(one.account_id), f"{one.number}, {one.address}") for one in accounts]
        named = request.args.get("account", "")
        if len(choices) > 1:
            choices.insert(0, ("", gettext("Выберите лицевой счет")))
        self.account.choices = choices
        if request.method == "GET" and named in dict(choices):
            self.account.data = named

    def introduce(self) -> None:
        """Fill in what the profile knows of the user."""
        name = viewer().name
        self.surname.data, self.given.data = name.surname, name.given
        self.patronymic.data = name.patronymic

    @property
    def account_id(self) -> AccountId | None:
        """The account that was chosen, None if none was."""
        chosen = _uuid(self.account.data)
        return None if chosen is None else AccountId(chosen)


class QuestionForm(_PersonalForm):
    """«Задать вопрос»."""

    supplier = SelectField(lazy_gettext("Поставщик"), render_kw=_REQUIRED, validate_choice=False)
    account_number = text(
        lazy_gettext("Номер лицевого счета"),
        required=False,
        inputmode="numeric",
        autocomplete="off",
        maxlength=30,
        hint=lazy_gettext("Если знаете: он указан вверху квитанции."),
    )
    topic = SelectField(lazy_gettext("Тема вопроса"), render_kw=_REQUIRED, validate_choice=False)
    text = _long_text(lazy_gettext("Вопрос"))
    files = _files()


class OrderForm(_PersonalForm):
    """«Заказать услугу»."""

    service = SelectField(lazy_gettext("Услуга"), render_kw=_REQUIRED, validate_choice=False)
    phone = text(
        lazy_gettext("Телефон для связи"),
        type="tel",
        autocomplete="tel",
        inputmode="tel",
        pattern=r"\s*[\+0-9\(][0-9 \(\)\-]{8,22}\s*",
        wrong=lazy_gettext("Введите номер телефона, например +7 916 123-45-67"),
    )
    address = text(
        lazy_gettext("Адрес, где нужна услуга"), autocomplete="street-address", maxlength=250
    )
    comment = _long_text(lazy_gettext("Пожелания"), required=False, rows=3)


class ReplyForm(Form):
    """Another word on a request."""

    text = _long_text(lazy_gettext("Ваше сообщение"), rows=4)
    files = _files()


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _sent_files() -> tuple[OfferedFile, ...]:
    """Return the files that came with the form, none of them read much past what is allowed."""
    most = application().settings.support.attachments.most_bytes
    return tuple(
        OfferedFile(name=file.filename, content=file.stream.read(most + 1))
        for file in request.files.getlist("files")
        if file.filename
    )


# Asking and ordering


@blueprint.route("/requests/new", methods=["GET", "POST"])
@signed_in_only
def ask() -> ResponseReturnValue:
    """Take a question to the supplier."""
    form = QuestionForm()
    accounts = application().accounts.linked_accounts.list_for(viewer().user_id)
    suppliers = application().accounts.suppliers.list_all()
    form.topic.choices = [
        ("", gettext("Выберите тему")),
        *((topic.value, name) for topic, name in _TOPICS.items() if topic != Topic.SERVICE_ORDER),
    ]
    if accounts:
        del form.supplier, form.account_number
        form.offer(accounts)
    else:
        del form.account
        form.supplier.choices = [(str(one.supplier_id), one.name) for one in suppliers]
    if request.method == "GET":
        form.introduce()
        return render_template("support/ask.html", form=form)
    supplier_id = None if accounts else _uuid(form.supplier.data)
    try:
        asked = application().support.ask_question(
            user_id=viewer().user_id,
            account_id=form.account_id if accounts else None,
            supplier_id=None if supplier_id is None else SupplierId(supplier_id),
            account_number="" if accounts else form.account_number.data or "",
            surname=form.surname.data or "",
            given=form.given.data or "",
            patronymic=form.patronymic.data or "",
            topic=form.topic.data or "",
            text=form.text.data or "",
            files=_sent_files(),
        )
    except ElkkError as error:
        form.refuse(error)
        page = render_template("support/ask.html", form=form, files_lost=bool(_names_of_files()))
        return page, status_of(error)
    flash(
        gettext("Ваше обращение зарегистрировано. Номер: %(number)s", number=asked.number), "good"
    )
    return redirect(url_for("requests.show", request_id=asked.request_id))


def _names_of_files() -> list[str]:
    return [file.filename for file in request.files.getlist("files") if file.filename]


@blueprint.route("/services/order", methods=["GET", "POST"])
@signed_in_only
def order() -> ResponseReturnValue:
    """Take the order of a service of the catalogue."""
    found = desk()
    if found is None or not found.own_accounts or not any(found.content.list_services()):
        return render_template("support/no_order.html", desk=found)
    form = OrderForm()
    form.offer(found.own_accounts)
    form.service.choices = _offered(found)
    if request.method == "GET":
        form.introduce()
        form.service.data = request.args.get("service", "")
        # A blank that does not break is none that the field's own rule knows.
        form.phone.data = formats.phone(viewer().phone.number).replace(formats.NBSP, " ")
        chosen = [one for one in found.own_accounts if str(one.account_id) == form.account.data]
        if len(found.own_accounts) == 1 or chosen:
            form.address.data = (chosen or found.own_accounts)[0].address
        return render_template("support/order.html", form=form, desk=found)
    try:
        ordered = application().support.order_service(
            user_id=viewer().user_id,
            account_id=form.account_id,
            service=form.service.data or "",
            surname=form.surname.data or "",
            given=form.given.data or "",
            patronymic=form.patronymic.data or "",
            phone=form.phone.data or "",
            address=form.address.data or "",
            comment=form.comment.data or "",
            language=str(get_locale()),
        )
    except ElkkError as error:
        form.refuse(error)
        return render_template("support/order.html", form=form, desk=found), status_of(error)
    flash(
        gettext("Заказ услуги успешно осуществлен. Номер: %(number)s", number=ordered.number),
        "good",
    )
    return redirect(url_for("requests.show", request_id=ordered.request_id))


def _offered(found: Desk) -> dict[str, list[tuple[str, str]]]:
    """Return the services to choose from under the titles of their groups, prices beside them."""
    on_request = gettext("по запросу")
    offered = {"": [("", gettext("Выберите услугу"))]}
    for group in found.content.services:
        offered.setdefault(wording(group.title), []).extend(
            (
                service.code,
                " — ".join(
                    (
                        wording(service.title),
                        on_request if service.price is None else formats.money(service.price),
                    )
                ),
            )
            for service in group.services
        )
    return offered


# What has come of it


@blueprint.get("/requests")
@signed_in_only
def all_of_user() -> ResponseReturnValue:
    """Show all that the user has written, about whatever account."""
    time_zone = application().settings.time_zone
    today = local_date(application().clock.now(), time_zone)
    span = span_asked(request.args, today=Month.of(today))
    found = application().support.request_overviews.list_for(
        viewer().user_id, since=_beginning(span, time_zone)
    )
    return render_template("support/requests.html", requests=found, span=span, spans=_spans())


@blueprint.get("/accounts/<uuid:account_id>/requests")
@signed_in_only
def of_account(account_id: UUID) -> ResponseReturnValue:
    """Show what the user has written about an account: the last three months first."""
    above = card_of(account_id)
    span = span_asked(request.args, today=Month.of(above["today"]))
    found = application().support.request_overviews.list_for(
        viewer().user_id,
        account_id=AccountId(account_id),
        since=_beginning(span, above["card"].supplier.time_zone),
    )
    return render_template(
        "accounts/requests.html",
        section="requests",
        requests=found,
        span=span,
        spans=_spans(),
        **above,
    )


def _spans() -> tuple[tuple[str, str], ...]:
    """Return the stretches to choose from; few write so much that they need one of their own."""
    return span_choices()[:-1]


def _beginning(span: Span, time_zone: str) -> datetime | None:
    if span.since is None:
        return None
    return datetime.combine(span.since.first_day, time(), ZoneInfo(time_zone))


@blueprint.get("/requests/<uuid:request_id>")
@signed_in_only
def show(request_id: UUID) -> ResponseReturnValue:
    """Show a request with all that was written about it."""
    return _page(request_id, ReplyForm(formdata=None))


@blueprint.post("/requests/<uuid:request_id>/reply")
@signed_in_only
def reply(request_id: UUID) -> ResponseReturnValue:
    """Take another word of the user on a request."""
    form = ReplyForm()
    try:
        application().support.reply_to_request(
            user_id=viewer().user_id,
            request_id=RequestId(request_id),
            text=form.text.data or "",
            files=_sent_files(),
        )
    except ElkkError as error:
        form.refuse(error)
        status = status_of(error)
        if status == HTTPStatus.NOT_FOUND:
            raise
        return _page(request_id, form), status
    flash(gettext("Сообщение отправлено."), "good")
    return redirect(url_for("requests.show", request_id=request_id))


def _page(request_id: UUID, form: ReplyForm) -> str:
    found = application().support.request_overviews.get(
        RequestId(request_id), user_id=viewer().user_id
    )
    return render_template(
        "support/request.html", found=found, form=form, files_lost=bool(_names_of_files())
    )


@blueprint.get("/requests/<uuid:request_id>/files/<uuid:attachment_id>")
@signed_in_only
def attachment(request_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Give a file back to the author of the request, to be saved and never to be opened in place."""
    file = application().support.read_attachment(
        user_id=viewer().user_id,
        request_id=RequestId(request_id),
        attachment_id=AttachmentId(attachment_id),
    )
    answer = send_file(
        BytesIO(file.content),
        mimetype=file.attachment.kind.media_type,
        as_attachment=True,
        download_name=file.attachment.name,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
