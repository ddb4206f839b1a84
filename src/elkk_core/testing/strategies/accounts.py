"""Strategies for suppliers, personal accounts and links."""

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from elkk_core.accounts import (
    AccountLink,
    BillDelivery,
    Contacts,
    Linking,
    LinkingId,
    Mailing,
    PersonalAccount,
    Relation,
    Requisites,
    Supplier,
    account_key_is_right,
)
from elkk_core.shared import (
    AccountId,
    SupplierId,
    UserId,
)
from elkk_core.testing.strategies.values import (
    digits,
    ids,
    moments,
    texts,
    traits,
    windows,
)

_INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


@st.composite
def requisites(draw: DrawFn) -> Requisites:
    """Requisites whose control digits fit."""
    inn = draw(digits(length=9))
    weighted = sum(int(d) * w for d, w in zip(inn, _INN_WEIGHTS, strict=True))
    bic = f"04{draw(digits(length=7))}"
    head, tail = draw(digits(length=8)), draw(digits(length=11))
    account = next(
        number
        for number in (f"{head}{key}{tail}" for key in range(10))
        if account_key_is_right(bic=bic, account=number)
    )
    return Requisites(
        payee=draw(texts()),
        inn=f"{inn}{weighted % 11 % 10}",
        bank=draw(texts(max_size=40)),
        bic=bic,
        settlement_account=account,
        correspondent_account=draw(digits(length=20)),
    )


def suppliers() -> SearchStrategy[Supplier]:
    """Suppliers in several time zones of Russia."""
    return st.builds(
        Supplier,
        supplier_id=ids(SupplierId),
        code=st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=20),
        name=texts(),
        time_zone=st.sampled_from(["Europe/Kaliningrad", "Europe/Moscow", "Asia/Kamchatka"]),
        window=windows(),
        requisites=requisites(),
        contacts=st.builds(Contacts, site=texts(), phone=texts(), email=texts())
        | st.just(Contacts()),
        version=st.just(0),
    )


def account_numbers() -> SearchStrategy[str]:
    """Numbers of personal accounts, with leading zeros too."""
    return st.text("0123456789", min_size=4, max_size=20)


def personal_accounts(*, supplier_id: SupplierId) -> SearchStrategy[PersonalAccount]:
    """Personal accounts of a supplier."""
    return st.builds(
        PersonalAccount,
        account_id=ids(AccountId),
        supplier_id=st.just(supplier_id),
        number=account_numbers(),
        address=texts(max_size=120),
        owner=texts(),
        category=texts(max_size=20),
        persons=st.none() | st.integers(0, 12),
        traits=traits(),
        range_exempt=st.booleans(),
        version=st.just(0),
    )


def account_links(*, user_id: UserId, account_id: AccountId) -> SearchStrategy[AccountLink]:
    """Links of a user to an account."""
    return st.builds(
        AccountLink,
        user_id=st.just(user_id),
        account_id=st.just(account_id),
        relation=st.sampled_from(Relation),
        delivery=st.sampled_from(BillDelivery),
        linked_at=moments(),
        group=st.just("") | texts(max_size=40),
        note=st.just("") | texts(max_size=250),
        version=st.just(0),
    )


def linkings(*, account_id: AccountId) -> SearchStrategy[Linking]:
    """Facts that an account was linked."""
    return st.builds(
        Linking, linking_id=ids(LinkingId), account_id=st.just(account_id), linked_at=moments()
    )


def mailings(*, user_id: UserId, supplier_id: SupplierId) -> SearchStrategy[Mailing]:
    """First choices of a user for the mailings of a supplier."""
    return st.builds(
        Mailing,
        user_id=st.just(user_id),
        supplier_id=st.just(supplier_id),
        email=st.booleans(),
        sms=st.booleans(),
        version=st.just(0),
    )
