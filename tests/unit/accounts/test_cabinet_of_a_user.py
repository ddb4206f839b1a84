"""What a user arranges of linked accounts: groups, notes, bills, mailings, and unlinking."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from attrs import evolve

from elkk_core.accounts import (
    AccountLink,
    BillDelivery,
    ChooseBillDelivery,
    ChooseGroup,
    ChooseMailings,
    Mailing,
    MailingChannel,
    ShowOwnAccounts,
    UnlinkAccount,
    WriteNote,
)
from elkk_core.shared import (
    AccountId,
    AccountNotFound,
    FieldRequired,
    FieldTooLong,
    SupplierId,
    SupplierNotFound,
    UserId,
)
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    MORNING,
    SUPPLIER_ID,
    USER_ID,
    a_link,
    a_linking,
    a_supplier,
    a_user,
    an_account,
    another_user,
)
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

NEIGHBOUR_ID = AccountId(UUID(int=1))
STRANGER_ID = another_user().user_id
ADDRESS = an_account().address


@pytest.fixture(name="store")
def store_with_two_accounts() -> MemoryStore:
    """Return a store in which a user has linked one account of two, and another user both."""
    store = MemoryStore()
    keep(
        store,
        a_user(),
        another_user(),
        a_supplier(),
        an_account(),
        an_account(account_id=NEIGHBOUR_ID, number="1111"),
        a_link(),
        a_link(user_id=STRANGER_ID),
        a_link(user_id=STRANGER_ID, account_id=NEIGHBOUR_ID),
    )
    return store


def link_of(
    store: MemoryStore, user_id: UserId = USER_ID, account_id: AccountId = ACCOUNT_ID
) -> AccountLink:
    """Return a link as it is kept, at the version it began with."""
    with store.unit_of_work() as uow:
        link = uow.links.find(user_id, account_id)
    assert link is not None
    return evolve(link, version=0)


# Groups


def test_group_is_named_by_the_user(store: MemoryStore) -> None:
    """The account stands under the name, blanks apart, in this user's cabinet alone."""
    choose = ChooseGroup(unit_of_work=store.unit_of_work)

    choose(user_id=USER_ID, account_id=ACCOUNT_ID, group="  Дом   родителей ")

    assert a_link(group="Дом родителей") == link_of(store)
    assert a_link(user_id=STRANGER_ID) == link_of(store, STRANGER_ID)
    assert "Дом родителей" == store.linked_accounts.list_for(USER_ID)[0].heading


@pytest.mark.parametrize("group", [None, ADDRESS, f" {ADDRESS.replace(' ', '  ')} "])
def test_account_goes_back_under_its_address(store: MemoryStore, group: str | None) -> None:
    """Chosen or typed, the address is the group that follows the address when it changes."""
    choose = ChooseGroup(unit_of_work=store.unit_of_work)
    choose(user_id=USER_ID, account_id=ACCOUNT_ID, group="Дача")

    choose(user_id=USER_ID, account_id=ACCOUNT_ID, group=group)

    assert a_link() == link_of(store)
    assert ADDRESS == store.linked_accounts.list_for(USER_ID)[0].heading


def test_group_has_a_name_of_a_line(store: MemoryStore) -> None:
    """A new group without a name, or with a very long one, is refused."""
    choose = ChooseGroup(unit_of_work=store.unit_of_work)

    with pytest.raises(FieldRequired):
        choose(user_id=USER_ID, account_id=ACCOUNT_ID, group="  ")
    with pytest.raises(FieldTooLong):
        choose(user_id=USER_ID, account_id=ACCOUNT_ID, group="д" * 251)
    assert a_link() == link_of(store)


# Notes


def test_note_is_kept_and_taken_away(store: MemoryStore) -> None:
    """A note is for one user's eyes; an empty one takes it away again."""
    write = WriteNote(unit_of_work=store.unit_of_work)

    write(user_id=USER_ID, account_id=ACCOUNT_ID, note=" Ключ от щитка\nу соседей ")
    noted = link_of(store)
    write(user_id=USER_ID, account_id=ACCOUNT_ID, note="  ")

    assert a_link(note="Ключ от щитка у соседей") == noted
    assert a_link() == link_of(store)
    assert a_link(user_id=STRANGER_ID) == link_of(store, STRANGER_ID)


def test_note_has_250_characters_at_most(store: MemoryStore) -> None:
    """As many are kept, one more is refused."""
    write = WriteNote(unit_of_work=store.unit_of_work)

    write(user_id=USER_ID, account_id=ACCOUNT_ID, note="з" * 250)
    with pytest.raises(FieldTooLong) as caught:
        write(user_id=USER_ID, account_id=ACCOUNT_ID, note="з" * 251)

    assert 250 == caught.value.limit
    assert a_link(note="з" * 250) == link_of(store)


# Unlinking


def test_unlinked_account_is_out_of_sight_and_stays_in_the_books(store: MemoryStore) -> None:
    """The user sees nothing of it any more; the account and other users' links stay."""
    keep(store, a_linking())

    UnlinkAccount(unit_of_work=store.unit_of_work)(user_id=USER_ID, account_id=ACCOUNT_ID)

    assert () == store.linked_accounts.list_for(USER_ID)
    with pytest.raises(AccountNotFound):
        store.cabinet.account(ACCOUNT_ID, user_id=USER_ID)
    assert a_link(user_id=STRANGER_ID) == link_of(store, STRANGER_ID)
    with store.unit_of_work() as uow:
        assert an_account() == uow.accounts.get(ACCOUNT_ID)
        assert (a_linking(),) == uow.linkings.list_of(ACCOUNT_ID)


def test_account_linked_again_begins_anew(store: MemoryStore) -> None:
    """Neither the group nor the note of before comes back."""
    ChooseGroup(unit_of_work=store.unit_of_work)(
        user_id=USER_ID, account_id=ACCOUNT_ID, group="Дача"
    )
    UnlinkAccount(unit_of_work=store.unit_of_work)(user_id=USER_ID, account_id=ACCOUNT_ID)
    again = a_link(linked_at=MORNING + timedelta(days=1))
    keep(store, again)

    assert again == link_of(store)


# Delivery of bills


def test_bills_come_by_one_of_two_ways(store: MemoryStore) -> None:
    """Each account has a way of its own; those not named stay as they are."""
    choose = ChooseBillDelivery(unit_of_work=store.unit_of_work)

    choose(user_id=STRANGER_ID, choices={NEIGHBOUR_ID: BillDelivery.PAPER})

    paper = a_link(user_id=STRANGER_ID, account_id=NEIGHBOUR_ID, delivery=BillDelivery.PAPER)
    assert paper == link_of(store, STRANGER_ID, NEIGHBOUR_ID)
    assert a_link(user_id=STRANGER_ID) == link_of(store, STRANGER_ID)
    assert a_link() == link_of(store)


def test_choices_of_delivery_are_kept_together(store: MemoryStore) -> None:
    """Where one account is not the user's, the others stay as they are too."""
    choose = ChooseBillDelivery(unit_of_work=store.unit_of_work)

    with pytest.raises(AccountNotFound):
        choose(
            user_id=USER_ID,
            choices={ACCOUNT_ID: BillDelivery.PAPER, NEIGHBOUR_ID: BillDelivery.PAPER},
        )

    assert a_link() == link_of(store)


# Mailings


@pytest.mark.parametrize(
    ("channels", "expected"),
    [
        ({MailingChannel.EMAIL, MailingChannel.SMS}, (True, True)),
        ({MailingChannel.SMS}, (False, True)),
        ({MailingChannel.EMAIL}, (True, False)),
        ((), (False, False)),
    ],
)
def test_mailings_come_by_both_ways_by_one_or_by_none(
    store: MemoryStore, channels: tuple[MailingChannel, ...], expected: tuple[bool, bool]
) -> None:
    """What is chosen holds for one user and one supplier, and can be chosen anew."""
    choose = ChooseMailings(unit_of_work=store.unit_of_work)
    choose(user_id=USER_ID, choices={SUPPLIER_ID: {MailingChannel.SMS}})

    choose(user_id=USER_ID, choices={SUPPLIER_ID: channels})

    (mine,) = store.mailings.list_for(USER_ID)
    (others,) = store.mailings.list_for(STRANGER_ID)
    assert expected == (mine.email, mine.sms)
    assert (True, False) == (others.email, others.sms)


def test_what_was_never_chosen_leaves_no_trace(store: MemoryStore) -> None:
    """To send the default as it is shown is to choose nothing."""
    ChooseMailings(unit_of_work=store.unit_of_work)(
        user_id=USER_ID, choices={SUPPLIER_ID: [MailingChannel.EMAIL]}
    )

    with store.unit_of_work() as uow:
        default = Mailing(user_id=USER_ID, supplier_id=SUPPLIER_ID)
        assert default == uow.mailings.get(USER_ID, SUPPLIER_ID)


def test_mailing_of_an_unknown_supplier_is_refused(store: MemoryStore) -> None:
    """Then nothing else is kept either."""
    with pytest.raises(SupplierNotFound):
        ChooseMailings(unit_of_work=store.unit_of_work)(
            user_id=USER_ID, choices={SUPPLIER_ID: (), SupplierId(UUID(int=1)): ()}
        )

    assert [True] == [mailing.email for mailing in store.mailings.list_for(USER_ID)]


# Strangers


@pytest.mark.parametrize("account_id", [NEIGHBOUR_ID, AccountId(UUID(int=0xFFFF))])
def test_account_of_others_is_not_found(store: MemoryStore, account_id: AccountId) -> None:
    """Whether somebody else has linked it, or nobody has such an account, reads alike."""
    steps: tuple[Callable[..., None], ...] = (
        UnlinkAccount(unit_of_work=store.unit_of_work),
        partial(WriteNote(unit_of_work=store.unit_of_work), note="?"),
        partial(ChooseGroup(unit_of_work=store.unit_of_work), group="?"),
    )
    for step in steps:
        with pytest.raises(AccountNotFound) as caught:
            step(user_id=USER_ID, account_id=account_id)
        assert str(account_id) == caught.value.account


# One's own data


def test_own_data_holds_what_was_linked_and_chosen(store: MemoryStore) -> None:
    """Accounts with group and note, and mailings; nothing of other users."""
    WriteNote(unit_of_work=store.unit_of_work)(
        user_id=USER_ID, account_id=ACCOUNT_ID, note="Ключ у соседей"
    )
    show = ShowOwnAccounts(linked_accounts=store.linked_accounts, mailings=store.mailings)

    expected = {
        "accounts": [
            {
                "supplier": "Энергосбыт Цна",
                "number": "680012345678",
                "address": ADDRESS,
                "relation": "owner",
                "bill_delivery": "email",
                "linked_at": "2020-01-13T07:30:00+00:00",
                "group": ADDRESS,
                "note": "Ключ у соседей",
            }
        ],
        "mailings": [{"supplier": "Энергосбыт Цна", "email": True, "sms": False}],
    }
    assert expected == show(user_id=USER_ID)
