"""A valid supplier, personal account and link."""

from typing import Any
from uuid import UUID

from attrs import evolve

from elkk_core.accounts import (
    AccountLink,
    BillDelivery,
    Linking,
    LinkingId,
    PersonalAccount,
    Relation,
    Requisites,
    Supplier,
)
from elkk_core.shared import (
    SubmissionWindow,
)
from elkk_core.testing.builders.household import ACCOUNT_ID, MORNING, SUPPLIER_ID, USER_ID


def requisites(**changes: Any) -> Requisites:
    """Return requisites whose control digits fit."""
    return evolve(
        Requisites(
            payee="АО «Энергосбыт Цна»",
            inn="6800123450",
            bank="ПАО БАНК «ЦЕНТР», г. Тамбов",
            bic="044525225",
            settlement_account="40702810200000000001",
            correspondent_account="30101810400000000225",
        ),
        **changes,
    )


def a_supplier(**changes: Any) -> Supplier:
    """Return a supplier that takes readings from the 15th to the 25th, by Moscow time."""
    return evolve(
        Supplier(
            supplier_id=SUPPLIER_ID,
            code="tsna",
            name="Энергосбыт Цна",
            time_zone="Europe/Moscow",
            window=SubmissionWindow(first_day=15, last_day=25),
            requisites=requisites(),
        ),
        **changes,
    )


def an_account(**changes: Any) -> PersonalAccount:
    """Return a personal account of ``a_supplier()``."""
    return evolve(
        PersonalAccount(
            account_id=ACCOUNT_ID,
            supplier_id=SUPPLIER_ID,
            number="680012345678",
            address="г. Тамбов, ул. Советская, д. 12, кв. 34",
            owner="Петрова Анна Сергеевна",
            category="urban-gas",
        ),
        **changes,
    )


def a_link(**changes: Any) -> AccountLink:
    """Return the link of ``a_user()`` to ``an_account()``."""
    return evolve(
        AccountLink(
            user_id=USER_ID,
            account_id=ACCOUNT_ID,
            relation=Relation.OWNER,
            delivery=BillDelivery.EMAIL,
            linked_at=MORNING,
        ),
        **changes,
    )


def a_linking(**changes: Any) -> Linking:
    """Return the fact that ``an_account()`` was linked."""
    return evolve(
        Linking(linking_id=LinkingId(UUID(int=0xA9)), account_id=ACCOUNT_ID, linked_at=MORNING),
        **changes,
    )
