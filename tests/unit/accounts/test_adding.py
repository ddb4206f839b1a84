"""Suppliers and personal accounts come into the books."""

from typing import Any

import pytest
from attrs import evolve

from elkk_core.accounts import (
    AddSupplier,
    ImportAccounts,
    PersonalAccount,
    SuppliedAccount,
    SupplierCodeTaken,
)
from elkk_core.shared import (
    BatchRejected,
    BatchReport,
    FormRejected,
    SubmissionWindow,
    SupplierNotFound,
    Traits,
)
from elkk_core.testing.builders import SUPPLIER_ID, a_supplier, an_account
from elkk_core.testing.contracts.accounts import OTHER_SUPPLIER
from elkk_core.testing.doubles import SequentialIdentifiers
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep


def details(**changes: str) -> dict[str, str]:
    """Return what an operator types of a supplier, with *changes*."""
    return {
        "code": "tsna",
        "name": "Энергосбыт Цна",
        "time_zone": "Europe/Moscow",
        "window": "15-25",
        "payee": "АО «Энергосбыт Цна»",
        "inn": "6800123450",
        "bank": "ПАО БАНК «ЦЕНТР», г. Тамбов",
        "bic": "044525225",
        "settlement_account": "40702810200000000001",
        "correspondent_account": "30101810400000000225",
    } | changes


def row(**changes: str) -> SuppliedAccount:
    """Return a row of a file of accounts, with *changes*."""
    return SuppliedAccount(
        **{
            "account": "680012345678",
            "address": "г. Тамбов, ул. Советская, д. 12, кв. 34",
            "owner": "Петрова Анна Сергеевна",
            "category": "urban-gas",
        }
        | changes
    )


@pytest.fixture(name="store")
def fresh_store() -> MemoryStore:
    """Return an empty store."""
    return MemoryStore()


@pytest.fixture(name="add_supplier")
def add_supplier_use_case(store: MemoryStore) -> AddSupplier:
    """Return the use case that adds a supplier."""
    return AddSupplier(unit_of_work=store.unit_of_work, identifiers=SequentialIdentifiers())


@pytest.fixture(name="import_accounts")
def import_accounts_use_case(store: MemoryStore) -> ImportAccounts:
    """Return the use case on a store that has a supplier."""
    keep(store, a_supplier())
    return ImportAccounts(unit_of_work=store.unit_of_work, identifiers=SequentialIdentifiers())


# Suppliers


def test_supplier_is_added_as_typed(store: MemoryStore, add_supplier: AddSupplier) -> None:
    """All that was typed is in the books."""
    supplier_id = add_supplier(**details())

    assert (a_supplier(supplier_id=supplier_id),) == store.suppliers.list_all()


def test_supplier_contacts_are_stripped(store: MemoryStore, add_supplier: AddSupplier) -> None:
    """Ways to reach a supplier may be given or left out."""
    add_supplier(**details(), site=" https://tsna.ru ", phone="8 800 000-00-00")

    (supplier,) = store.suppliers.list_all()
    assert ("https://tsna.ru", "8 800 000-00-00", "") == (
        supplier.contacts.site,
        supplier.contacts.phone,
        supplier.contacts.email,
    )


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("code", "ТЭСК", "accounts.supplier_code_malformed"),
        ("name", "", "shared.field_required"),
        ("time_zone", "Тамбов", "accounts.time_zone_unknown"),
        ("window", "25-15", "shared.not_a_window"),
        ("payee", " ", "shared.field_required"),
        ("inn", "6800123451", "accounts.tax_number_wrong"),
        ("bank", "", "shared.field_required"),
        ("settlement_account", "40702810300000000001", "accounts.bank_key_wrong"),
        ("settlement_account", "4070281", "accounts.digits_expected"),
        ("correspondent_account", "x", "accounts.digits_expected"),
    ],
)
def test_supplier_field_is_refused(
    store: MemoryStore, add_supplier: AddSupplier, field: str, text: str, code: str
) -> None:
    """Each field is refused for its own reason, and no supplier is added."""
    with pytest.raises(FormRejected) as caught:
        add_supplier(**details(**{field: text}))

    assert [(field, code)] == [(f.field, f.error.code) for f in caught.value.faults]
    assert () == store.suppliers.list_all()


def test_supplier_with_a_malformed_bank_code(add_supplier: AddSupplier) -> None:
    """A BIC that is none is told, and does not break the check of the account."""
    with pytest.raises(FormRejected) as caught:
        add_supplier(**details(bic="БИК"))

    found = [(fault.field, fault.error.code) for fault in caught.value.faults]
    assert [("bic", "accounts.digits_expected")] == found


def test_supplier_code_belongs_to_one(add_supplier: AddSupplier) -> None:
    """A second supplier needs another code."""
    add_supplier(**details())

    with pytest.raises(SupplierCodeTaken):
        add_supplier(**details(name="Другой"))


# Accounts


def _kept(store: MemoryStore, *numbers: str) -> list[PersonalAccount]:
    with store.unit_of_work() as uow:
        found = uow.accounts.find_by_numbers(SUPPLIER_ID, set(numbers))
    return [found[number] for number in numbers]


def test_accounts_are_added(store: MemoryStore, import_accounts: ImportAccounts) -> None:
    """New numbers become accounts; blanks in them are for the eye."""
    told: list[tuple[int, int]] = []
    report = import_accounts(
        supplier="tsna",
        rows=[row(), row(account="0000 1234", address="  пос.  Строитель ")],
        on_progress=lambda done, total: told.append((done, total)),
    )

    assert BatchReport(added=2, changed=0, unchanged=0) == report
    assert [(1, 2), (2, 2)] == told
    first, second = _kept(store, "680012345678", "00001234")
    assert ("Петрова Анна Сергеевна", "пос. Строитель") == (first.owner, second.address)


def test_same_accounts_again_change_nothing(
    store: MemoryStore, import_accounts: ImportAccounts
) -> None:
    """The second import of a file writes nothing at all."""
    import_accounts(supplier="tsna", rows=[row()])
    before = _kept(store, "680012345678")
    report = import_accounts(supplier="tsna", rows=[row(owner=" Петрова  Анна Сергеевна ")])

    assert BatchReport(added=0, changed=0, unchanged=1) == report
    assert before == _kept(store, "680012345678")


def test_known_account_is_described_anew(
    store: MemoryStore, import_accounts: ImportAccounts
) -> None:
    """A known number keeps its identity and takes the new description."""
    import_accounts(supplier="tsna", rows=[row(), row(account="1234")])
    (before,) = _kept(store, "680012345678")
    report = import_accounts(supplier="tsna", rows=[row(owner="Иванов Пётр"), row(account="1234")])

    (after,) = _kept(store, "680012345678")
    assert BatchReport(added=0, changed=1, unchanged=1) == report
    assert ("Иванов Пётр", before.account_id) == (after.owner, after.account_id)


def test_household_is_described_as_told(
    store: MemoryStore, import_accounts: ImportAccounts
) -> None:
    """Persons, traits and exemption go in as the file tells of them."""
    import_accounts(
        supplier="tsna",
        rows=[row(persons="0", traits="rooms=2; Stove=electric", range_exempt="yes")],
    )

    (account,) = _kept(store, "680012345678")
    assert (0, Traits.parse("stove=electric; rooms=2"), True) == (
        account.persons,
        account.traits,
        account.range_exempt,
    )


def test_what_a_file_does_not_tell_stays(
    store: MemoryStore, import_accounts: ImportAccounts
) -> None:
    """A file without the columns leaves what is known of the household."""
    import_accounts(
        supplier="tsna", rows=[row(persons="3", traits="stove=gas", range_exempt="yes")]
    )
    before = _kept(store, "680012345678")
    report = import_accounts(supplier="tsna", rows=[row()])

    assert BatchReport(added=0, changed=0, unchanged=1) == report
    assert before == _kept(store, "680012345678")


@pytest.mark.parametrize("field", ["persons", "traits", "range_exempt"])
def test_empty_field_clears(
    store: MemoryStore, import_accounts: ImportAccounts, field: str
) -> None:
    """An empty text takes back what was known, of that field alone."""
    import_accounts(
        supplier="tsna", rows=[row(persons="3", traits="stove=gas", range_exempt="yes")]
    )
    (before,) = _kept(store, "680012345678")
    report = import_accounts(supplier="tsna", rows=[row(**{field: ""})])

    (after,) = _kept(store, "680012345678")
    assert 1 == report.changed
    assert evolve(before, version=1, **{field: getattr(an_account(), field)}) == after


def test_all_faults_of_accounts_are_told(
    store: MemoryStore, import_accounts: ImportAccounts
) -> None:
    """Every fault of every row is listed, and no row goes in."""
    rows = [
        row(account="12"),
        row(account="1111"),
        row(account="2222", address="", category=" "),
        row(account="11 11", persons="трое", traits="stove", range_exempt="1"),
        row(account="3333", persons="1000"),
    ]
    with pytest.raises(BatchRejected) as caught:
        import_accounts(supplier="tsna", rows=rows)

    expected = [
        (0, "account", "accounts.account_number_malformed"),
        (2, "address", "shared.field_required"),
        (2, "category", "shared.field_required"),
        (3, "account", "shared.duplicate_row"),
        (3, "persons", "accounts.persons_malformed"),
        (3, "traits", "shared.not_traits"),
        (3, "range_exempt", "shared.not_yes_or_no"),
        (4, "persons", "accounts.persons_malformed"),
    ]
    found = [(f.row, f.field, f.error.code) for f in caught.value.faults]
    assert expected == found
    assert 1 == caught.value.faults[3].error.first  # type: ignore[attr-defined]
    with store.unit_of_work() as uow:
        assert {} == uow.accounts.find_by_numbers(SUPPLIER_ID, {"1111", "2222"})


def test_accounts_of_an_unknown_supplier(import_accounts: ImportAccounts) -> None:
    """A slip in the supplier's code is told before anything else."""
    with pytest.raises(SupplierNotFound) as caught:
        import_accounts(supplier="nobody", rows=[row(account="")])

    assert "nobody" == caught.value.supplier


def test_no_accounts_are_no_error(import_accounts: ImportAccounts) -> None:
    """An empty batch is taken over at once."""
    assert BatchReport(added=0, changed=0, unchanged=0) == import_accounts(supplier="tsna", rows=[])


def test_accounts_of_two_suppliers_may_bear_one_number(
    store: MemoryStore, import_accounts: ImportAccounts
) -> None:
    """A number is unique within its supplier only."""
    keep(store, OTHER_SUPPLIER)
    changes: dict[str, Any] = {"rows": [row()]}

    assert 1 == import_accounts(supplier="tsna", **changes).added
    assert 1 == import_accounts(supplier="volga", **changes).added


def test_supplier_window_is_kept(store: MemoryStore, add_supplier: AddSupplier) -> None:
    """Days with any dash between are the same window."""
    add_supplier(**details(window=" 1 – 31 "))

    (supplier,) = store.suppliers.list_all()
    assert SubmissionWindow(first_day=1, last_day=31) == supplier.window
