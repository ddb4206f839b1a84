"""Linked accounts: linking one, its group, its note, and unlinking it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from elkk_core.accounts import BillDelivery, LinkedAccount, Relation, Supplier
from elkk_core.shared import AccountId, ElkkError, Rejected, SupplierId
from elkk_web.failures import status_of
from elkk_web.forms import AnswerForm, GroupForm, LinkForm
from elkk_web.languages import told
from elkk_web.presence import signed_in_only, viewer
from elkk_web.rooms.entry import local_path
from elkk_web.wiring import application

blueprint = Blueprint("linking", __name__, url_prefix="/accounts")

_NOT_A_SUPPLIER = UUID(int=0)
_NEW_GROUP = "new"
_KNOWN_GROUP = "group:"


# Linking


@blueprint.route("/link", methods=["GET", "POST"])
@signed_in_only
def link() -> ResponseReturnValue:
    """Take what a user says of an account."""
    form = LinkForm()
    form.supplier.choices = [
        (str(supplier.supplier_id), supplier.name)
        for supplier in application().accounts.suppliers.list_all()
    ]
    form.relation.choices = [
        (Relation.OWNER.value, gettext("Собственник")),
        (Relation.OTHER.value, gettext("Другое")),
        (Relation.TENANT.value, gettext("Наниматель")),
        (Relation.REGISTERED.value, gettext("Зарегистрированный")),
        (Relation.RESIDENT.value, gettext("Проживает")),
    ]
    if request.method == "GET":
        return render_template("accounts/link.html", form=form)
    number, relation = form.number.data or "", form.relation.data or ""
    try:
        application().accounts.start_linking(
            user_id=viewer().user_id,
            supplier_id=_supplier_id(form.supplier.data),
            number=number,
            relation=relation,
        )
    except ElkkError as error:
        form.refuse(error, field="number")
        return render_template("accounts/link.html", form=form), status_of(error)
    delivery = BillDelivery.EMAIL if form.bills_by_email.data else BillDelivery.PAPER
    session["linking"] = {
        "supplier": form.supplier.data,
        "number": number,
        "relation": relation,
        "delivery": delivery.value,
    }
    return redirect(url_for("linking.question"))


@blueprint.route("/link/question", methods=["GET", "POST"])
@signed_in_only
def question() -> ResponseReturnValue:
    """Ask the security question and link the account to whoever knows the answer."""
    linking = session.get("linking")
    if linking is None:
        return redirect(url_for("linking.link"))
    form = AnswerForm()
    supplier_id = _supplier_id(linking["supplier"])
    if request.method == "GET":
        return _question_page(form, linking["number"], supplier_id)
    try:
        account_id = application().accounts.link_account(
            user_id=viewer().user_id,
            supplier_id=supplier_id,
            number=linking["number"],
            relation=Relation(linking["relation"]),
            delivery=BillDelivery(linking["delivery"]),
            answer=form.answer.data or "",
        )
    except ElkkError as error:
        form.refuse(error, field="answer")
        return _question_page(form, linking["number"], supplier_id), status_of(error)
    session.pop("linking")
    return redirect(url_for("linking.linked", account_id=account_id))


@blueprint.route("/<uuid:account_id>/linked", methods=["GET", "POST"])
@signed_in_only
def linked(account_id: UUID) -> ResponseReturnValue:
    """Tell that an account was linked, and let its group be chosen."""
    return _choose_group(
        account_id,
        page="accounts/linked.html",
        onward=url_for("linking.saved", account_id=account_id),
    )


@blueprint.get("/<uuid:account_id>/saved")
@signed_in_only
def saved(account_id: UUID) -> ResponseReturnValue:
    """Tell that the account is in the cabinet now."""
    account = _account(account_id)
    return render_template(
        "message.html",
        tone="good",
        title=gettext("Лицевой счет сохранен"),
        texts=[
            gettext(
                "Лицевой счет %(number)s стоит в списке «Ваши счета», в группе «%(group)s».",
                number=account.number,
                group=account.heading,
            )
        ],
        onward=url_for("accounts.history", account_id=account_id),
        onward_label=gettext("Закрыть"),
    )


def _question_page(form: AnswerForm, number: str, supplier_id: SupplierId) -> str:
    return render_template(
        "accounts/question.html", form=form, number=number, supplier=_supplier(supplier_id)
    )


def _supplier(supplier_id: SupplierId) -> Supplier | None:
    return next(
        (
            supplier
            for supplier in application().accounts.suppliers.list_all()
            if supplier.supplier_id == supplier_id
        ),
        None,
    )


def _supplier_id(text: str | None) -> SupplierId:
    try:
        return SupplierId(UUID(text or ""))
    except ValueError:
        # The list offers no such value; the core says that there is no such supplier.
        return SupplierId(_NOT_A_SUPPLIER)


# Group and note


@blueprint.route("/<uuid:account_id>/settings", methods=["GET", "POST"])
@signed_in_only
def settings(account_id: UUID) -> ResponseReturnValue:
    """Let the group of an account be chosen, and show when the account was linked."""
    return _choose_group(
        account_id,
        page="accounts/settings.html",
        onward=url_for("linking.settings", account_id=account_id),
        done=gettext("Настройки сохранены."),
    )


@blueprint.post("/<uuid:account_id>/note")
@signed_in_only
def write_note(account_id: UUID) -> ResponseReturnValue:
    """Keep a note on an account, and go back to where it was written."""
    try:
        application().accounts.write_note(
            user_id=viewer().user_id,
            account_id=AccountId(account_id),
            note=request.form.get("note", ""),
        )
    except Rejected as error:
        flash(str(told(error)), "warn")
    return redirect(local_path(request.form.get("back")) or url_for("cabinet.start"))


def _account(account_id: UUID) -> LinkedAccount:
    return application().accounts.linked_accounts.get(
        AccountId(account_id), user_id=viewer().user_id
    )


def _choose_group(
    account_id: UUID, *, page: str, onward: str, done: str = ""
) -> ResponseReturnValue:
    """Show *page* with the groups to choose from, and go *onward* once one is chosen."""
    account = _account(account_id)
    form = _group_form(account)

    def shown() -> str:
        linkings = application().accounts.linked_accounts.list_linkings(
            account.account_id, user_id=viewer().user_id
        )
        return render_template(page, form=form, account=account, linkings=linkings)

    if request.method == "GET":
        return shown()
    chosen = form.group.data or ""
    group = chosen.removeprefix(_KNOWN_GROUP) if chosen.startswith(_KNOWN_GROUP) else None
    try:
        application().accounts.choose_group(
            user_id=viewer().user_id,
            account_id=account.account_id,
            group=form.name.data or "" if chosen == _NEW_GROUP else group,
        )
    except Rejected as error:
        form.refuse(error, field="name")
        return shown(), status_of(error)
    if done:
        flash(done, "good")
    return redirect(onward)


def _group_form(account: LinkedAccount) -> GroupForm:
    """Return the form with the address, the groups that the user has, and a new one."""
    others = application().accounts.linked_accounts.list_for(viewer().user_id)
    form = GroupForm()
    form.group.choices = [
        ("", account.address),
        *((_KNOWN_GROUP + name, name) for name in sorted({one.group for one in others} - {""})),
        (_NEW_GROUP, gettext("Новая группа…")),
    ]
    if request.method == "GET" and account.group:
        form.group.data = _KNOWN_GROUP + account.group
    return form


# Unlinking


@blueprint.route("/<uuid:account_id>/unlink", methods=["GET", "POST"])
@signed_in_only
def unlink(account_id: UUID) -> ResponseReturnValue:
    """Ask once more whether an account is to go from the cabinet, and let it go."""
    account = _account(account_id)
    if request.method == "GET":
        return render_template("accounts/unlink.html", account=account)
    application().accounts.unlink_account(user_id=viewer().user_id, account_id=account.account_id)
    flash(gettext("Лицевой счет %(number)s удален из кабинета.", number=account.number), "good")
    return redirect(url_for("cabinet.start"))
