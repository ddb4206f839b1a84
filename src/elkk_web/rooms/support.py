"""What suppliers publish: questions and answers, the catalogue of services, the offices."""

from typing import Any

from attrs import frozen
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from markupsafe import Markup

from elkk_adapters import markdown
from elkk_core.accounts import LinkedAccount, Supplier
from elkk_core.support import Content, Wording
from elkk_web.presence import signed_in_only, viewer
from elkk_web.wiring import application

blueprint = Blueprint("support", __name__)


@frozen(kw_only=True)
class Desk:
    """One supplier, as its customer turns to it, beside the others to choose from.

    *accounts* are those that the user has linked, of any supplier.
    """

    supplier: Supplier
    suppliers: tuple[Supplier, ...]
    content: Content
    accounts: tuple[LinkedAccount, ...]

    @property
    def own_accounts(self) -> tuple[LinkedAccount, ...]:
        """The linked accounts of this supplier."""
        return tuple(
            account for account in self.accounts if account.supplier_id == self.supplier.supplier_id
        )


def desk() -> Desk | None:
    """Return the desk of the supplier that the address names; None where there is no supplier.

    To choose from are the suppliers of linked accounts, and all of them for who has linked none. If
    the address names none of them, it is the first that has published anything.
    """
    accounts = application().accounts.linked_accounts.list_for(viewer().user_id)
    linked = {account.supplier_id for account in accounts}
    suppliers = tuple(
        supplier
        for supplier in application().accounts.suppliers.list_all()
        if not linked or supplier.supplier_id in linked
    )
    library = application().support.content_library
    named = request.args.get("supplier")
    for supplier in suppliers:
        if supplier.code == named:
            content = library.get(supplier.supplier_id)
            return Desk(supplier=supplier, suppliers=suppliers, content=content, accounts=accounts)
    desks = [
        Desk(
            supplier=supplier,
            suppliers=suppliers,
            content=library.get(supplier.supplier_id),
            accounts=accounts,
        )
        for supplier in suppliers
    ]
    return next((found for found in desks if not found.content.is_empty), next(iter(desks), None))


@blueprint.app_template_filter("wording")
def wording(text: Wording | None) -> str:
    """Return a text of a supplier in the language of the page."""
    return "" if text is None else text.in_language(str(get_locale()))


@blueprint.app_template_filter("markdown")
def as_markup(text: str) -> Markup:
    """Return an answer of a supplier as HTML in which nothing acts."""
    return Markup(markdown.to_html(text))  # noqa: S704 - The renderer lets no HTML through.


@blueprint.app_template_filter("dialled")
def dialled(number: str) -> str:
    """Return a telephone as a link dials it: «+74752000000»."""
    return "".join(sign for sign in number if sign.isdecimal() or sign == "+")


@blueprint.get("/faq")
@signed_in_only
def faq() -> ResponseReturnValue:
    """Show questions with their answers, all of them or those that a search finds."""
    found = desk()
    asked = request.args.get("q", "")[:100].strip()
    categories: Any = ()
    if found is not None:
        categories = found.content.faq
        if asked:
            categories = found.content.search(asked, language=str(get_locale()))
    return render_template("support/faq.html", desk=found, asked=asked, categories=categories)


@blueprint.get("/services")
@signed_in_only
def services() -> ResponseReturnValue:
    """Show the price list, with a way to order each service."""
    return render_template("support/services.html", desk=desk())


@blueprint.get("/offices")
@signed_in_only
def offices() -> ResponseReturnValue:
    """Show where and when the supplier receives visitors."""
    return render_template("support/offices.html", desk=desk())
