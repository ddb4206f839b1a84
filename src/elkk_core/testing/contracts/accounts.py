"""What a store promises of suppliers, personal accounts and links."""

from datetime import timedelta
from uuid import UUID

import pytest
from attrs import evolve

from elkk_core.accounts import (
    AlreadyLinked,
    BillDelivery,
    BillFigure,
    LinkingId,
    Mailing,
    SupplierCodeTaken,
)
from elkk_core.billing import LineKind
from elkk_core.shared import (
    AccountId,
    AccountNotFound,
    InvoiceId,
    Money,
    StaleState,
    SupplierId,
    SupplierNotFound,
    Traits,
)
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    MORNING,
    SUPPLIER_ID,
    USER_ID,
    a_line,
    a_link,
    a_linking,
    a_penalty_derivation,
    a_supplier,
    a_user,
    an_account,
    an_invoice,
    an_issued_invoice,
    another_user,
)
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep

NOBODY = UUID(int=0xFFFF)
OTHER_SUPPLIER = a_supplier(
    supplier_id=SupplierId(UUID(int=0xC1)), code="volga", name="Волга-Энергосбыт"
)
# An account beside the usual one, and one of the other supplier with the same number.
NEIGHBOUR = an_account(account_id=AccountId(UUID(int=0xD1)), number="680012345679")
STRANGER = an_account(account_id=AccountId(UUID(int=0xD2)), supplier_id=OTHER_SUPPLIER.supplier_id)


class SuppliersContract(OpensStore):
    """See ``elkk_core.accounts.Suppliers`` and the other ports that name suppliers."""

    def test_supplier_comes_back_equal(self, store: Store) -> None:
        """Every supplier that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.suppliers(),
            lambda uow, one: uow.suppliers.get(one.supplier_id),
        )

    def test_supplier_is_found_by_code(self, store: Store) -> None:
        """A code leads to its supplier, whole or by identifier."""
        keep(store, OTHER_SUPPLIER, a_supplier())

        with store.unit_of_work() as uow:
            assert a_supplier() == uow.suppliers.get_by_code("tsna")
            assert uow.suppliers.get_id("tsna") == SUPPLIER_ID

    def test_supplier_unknown_is_not_found(self, store: Store) -> None:
        """Identifiers and codes that belong to none are told."""
        with store.unit_of_work() as uow:
            with pytest.raises(SupplierNotFound):
                uow.suppliers.get(SupplierId(NOBODY))
            with pytest.raises(SupplierNotFound):
                uow.suppliers.get_by_code("nobody")
            with pytest.raises(SupplierNotFound):
                uow.suppliers.get_id("nobody")

    def test_supplier_with_a_code_of_another_is_refused(self, store: Store) -> None:
        """A code belongs to one supplier."""
        keep(store, a_supplier())

        with pytest.raises(SupplierCodeTaken) as caught, store.unit_of_work() as uow:
            uow.suppliers.add(evolve(OTHER_SUPPLIER, code="tsna"))
            uow.commit()
        assert "tsna" == caught.value.supplier

    def test_suppliers_are_listed_by_name(self, store: Store) -> None:
        """All suppliers are listed in the order of their names."""
        keep(store, a_supplier(), OTHER_SUPPLIER)

        with store.unit_of_work() as uow:
            assert (OTHER_SUPPLIER, a_supplier()) == uow.suppliers.list_all()


class PersonalAccountsContract(OpensStore):
    """See ``elkk_core.accounts.PersonalAccounts``."""

    def test_account_comes_back_equal(self, store: Store) -> None:
        """Every account that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.personal_accounts(supplier_id=SUPPLIER_ID),
            lambda uow, one: uow.accounts.get(one.account_id),
            after=(a_supplier(),),
        )

    def test_account_unknown_is_not_found(self, store: Store) -> None:
        """An identifier that belongs to none is told."""
        with store.unit_of_work() as uow, pytest.raises(AccountNotFound):
            uow.accounts.get(AccountId(NOBODY))

    def test_accounts_are_found_by_number_within_their_supplier(self, store: Store) -> None:
        """Numbers lead to the accounts of one supplier; a leading zero makes another number."""
        namesake = an_account(
            account_id=AccountId(UUID(int=1)), supplier_id=OTHER_SUPPLIER.supplier_id
        )
        zero = an_account(account_id=AccountId(UUID(int=2)), number="0680012345678")
        keep(store, a_supplier(), OTHER_SUPPLIER, an_account(), namesake, zero)

        with store.unit_of_work() as uow:
            number = an_account().number
            found = uow.accounts.find_by_numbers(SUPPLIER_ID, {number, "0000"})
            assert {number: an_account()} == found
            assert {} == uow.accounts.find_by_numbers(SUPPLIER_ID, set())

    def test_account_number_is_unique_within_its_supplier(self, store: Store) -> None:
        """A number that was taken meanwhile makes the addition stale."""
        keep(store, a_supplier(), an_account())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.accounts.add_all([an_account(account_id=AccountId(UUID(int=1)))])
            uow.commit()

    def test_accounts_are_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, and only of that one."""
        moved = an_account().describe(
            address="г. Рассказово",
            owner="Иванов",
            category="rural",
            persons=3,
            traits=Traits.parse("stove=electric; rooms=2"),
            range_exempt=True,
        )
        keep(store, a_supplier(), an_account())
        with store.unit_of_work() as uow:
            uow.accounts.save_all([moved])
            uow.commit()

        with store.unit_of_work() as uow:
            assert evolve(moved, version=1) == uow.accounts.get(ACCOUNT_ID)
            with pytest.raises(StaleState):
                uow.accounts.save_all([moved])
                uow.commit()

    def test_accounts_are_added_and_found_in_thousands(self, store: Store) -> None:
        """A batch larger than what one statement of a database can name goes through."""
        accounts = [
            an_account(account_id=AccountId(UUID(int=index)), number=f"{index:08}")
            for index in range(1, 2501)
        ]
        keep(store, a_supplier())
        with store.unit_of_work() as uow:
            uow.accounts.add_all(accounts)
            uow.commit()

        with store.unit_of_work() as uow:
            numbers = {account.number for account in accounts}
            found = uow.accounts.find_by_numbers(SUPPLIER_ID, numbers)
        assert {account.number: account for account in accounts} == found


class AccountLinksContract(OpensStore):
    """See ``elkk_core.accounts.AccountLinks``."""

    def test_link_comes_back_equal(self, store: Store) -> None:
        """Every link that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.account_links(user_id=USER_ID, account_id=ACCOUNT_ID),
            lambda uow, one: uow.links.find(one.user_id, one.account_id),
            after=(a_user(), a_supplier(), an_account()),
        )

    def test_link_is_of_one_user(self, store: Store) -> None:
        """Who has not linked an account finds no link, whoever else has."""
        keep(store, a_user(), another_user(), a_supplier(), an_account(), a_link())

        with store.unit_of_work() as uow:
            assert uow.links.find(another_user().user_id, ACCOUNT_ID) is None

    def test_link_is_made_once(self, store: Store) -> None:
        """A user cannot link an account twice; another user can link it too."""
        keep(store, a_user(), another_user(), a_supplier(), an_account(), a_link())
        keep(store, a_link(user_id=another_user().user_id))

        with pytest.raises(AlreadyLinked), store.unit_of_work() as uow:
            uow.links.add(a_link())
            uow.commit()

    def test_link_is_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, of this user, and only of that one."""
        others = a_link(user_id=another_user().user_id)
        keep(store, a_user(), another_user(), a_supplier(), an_account(), a_link(), others)
        chosen = a_link().note_down("Ключ у соседей").deliver_by(BillDelivery.PAPER)
        with store.unit_of_work() as uow:
            uow.links.save(chosen)
            uow.commit()

        with store.unit_of_work() as uow:
            assert evolve(chosen, version=1) == uow.links.find(USER_ID, ACCOUNT_ID)
            assert others == uow.links.find(others.user_id, ACCOUNT_ID)
            with pytest.raises(StaleState):
                uow.links.save(chosen)
                uow.commit()

    def test_link_is_removed(self, store: Store) -> None:
        """A link that is removed is gone, the others stay, and it can be made again."""
        others = a_link(user_id=another_user().user_id)
        keep(store, a_user(), another_user(), a_supplier(), an_account(), a_link(), others)
        with store.unit_of_work() as uow:
            uow.links.remove(a_link())
            uow.commit()

        with store.unit_of_work() as uow:
            assert uow.links.find(USER_ID, ACCOUNT_ID) is None
            assert others == uow.links.find(others.user_id, ACCOUNT_ID)
        keep(store, a_link())

    def test_link_that_was_saved_meanwhile_is_not_removed(self, store: Store) -> None:
        """Who removes a link has seen its last state; what is gone cannot be removed again."""
        keep(store, a_user(), a_supplier(), an_account(), a_link())
        with store.unit_of_work() as uow:
            uow.links.save(a_link().note_down("Дача"))
            uow.commit()

        for link in (a_link(), a_link(user_id=another_user().user_id)):
            with pytest.raises(StaleState), store.unit_of_work() as uow:
                uow.links.remove(link)
                uow.commit()

    def test_link_is_changed_by_one_of_two(self, store: Store) -> None:
        """Of a unit that removes a link and one that saves it at once, the slower is refused."""
        if not self.units_overlap:
            pytest.skip("this store lets one writer in at a time")
        keep(store, a_user(), a_supplier(), an_account(), a_link())
        noted = a_link().note_down("Дача")
        with pytest.raises(StaleState), store.unit_of_work() as slower:
            slower.links.find(USER_ID, ACCOUNT_ID)
            with store.unit_of_work() as faster:
                faster.links.save(noted)
                faster.commit()
            slower.links.remove(a_link())
            slower.commit()

        with pytest.raises(StaleState), store.unit_of_work() as slower:
            slower.links.find(USER_ID, ACCOUNT_ID)
            with store.unit_of_work() as faster:
                faster.links.remove(evolve(noted, version=1))
                faster.commit()
            slower.links.save(evolve(noted, version=1))
            slower.commit()


class LinkingsContract(OpensStore):
    """See ``elkk_core.accounts.Linkings``."""

    def test_linking_comes_back_equal(self, store: Store) -> None:
        """Every fact that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.linkings(account_id=ACCOUNT_ID),
            lambda uow, one: uow.linkings.list_of(one.account_id)[0],
            after=(a_supplier(), an_account()),
        )

    def test_linkings_are_of_one_account(self, store: Store) -> None:
        """The linkings of an account are listed, the earliest first, and of no other account."""
        neighbour = an_account(account_id=AccountId(UUID(int=1)), number="111111")
        later, first = (
            a_linking(
                linking_id=LinkingId(UUID(int=place)), linked_at=MORNING - timedelta(days=place)
            )
            for place in (1, 2)
        )
        keep(store, a_supplier(), an_account(), neighbour, later, first)
        keep(store, a_linking(account_id=neighbour.account_id))

        with store.unit_of_work() as uow:
            assert (first, later) == uow.linkings.list_of(ACCOUNT_ID)


class MailingsContract(OpensStore):
    """See ``elkk_core.accounts.Mailings``."""

    def test_mailing_never_chosen_is_the_default(self, store: Store) -> None:
        """Who has chosen nothing is written to by e-mail."""
        with store.unit_of_work() as uow:
            mailing = uow.mailings.get(USER_ID, SUPPLIER_ID)
        assert Mailing(user_id=USER_ID, supplier_id=SUPPLIER_ID) == mailing

    def test_mailing_comes_back_equal(self, store: Store) -> None:
        """Every choice comes back as it was, one version on."""
        self.check_round_trip(
            store,
            strategies.mailings(user_id=USER_ID, supplier_id=SUPPLIER_ID),
            lambda uow, one: evolve(uow.mailings.get(one.user_id, one.supplier_id), version=0),
            after=(a_user(), a_supplier()),
        )

    def test_mailing_is_chosen_again(self, store: Store) -> None:
        """The next choice takes the place of the one before, and only of that one."""
        keep(store, a_user(), another_user(), a_supplier())
        first = Mailing(user_id=USER_ID, supplier_id=SUPPLIER_ID, email=False)
        keep(store, first, Mailing(user_id=another_user().user_id, supplier_id=SUPPLIER_ID))
        keep(store, evolve(first, sms=True, version=1))

        with store.unit_of_work() as uow:
            assert evolve(first, sms=True, version=2) == uow.mailings.get(USER_ID, SUPPLIER_ID)
        for stale in (first, evolve(first, version=1)):
            with pytest.raises(StaleState):
                keep(store, stale)


class BillFiguresContract(OpensStore):
    """See ``elkk_core.accounts.BillFigures``."""

    def test_bill_figures_begin_with_a_month(self, store: Store) -> None:
        """The closing figures from a month on are listed, the earliest first."""
        neighbour = an_account(account_id=AccountId(UUID(int=1)), number="111111")
        keep(
            store,
            a_supplier(),
            an_account(),
            neighbour,
            *(
                an_invoice(
                    invoice_id=InvoiceId(UUID(int=10 + step)),
                    number=f"N{step}",
                    month=JANUARY.plus(step),
                    opening=Money(1000 * step),
                )
                for step in (2, -1, 0, 1)
            ),
            an_invoice(
                invoice_id=InvoiceId(UUID(int=20)), number="N", account_id=neighbour.account_id
            ),
        )

        with store.unit_of_work() as uow:
            figures = uow.bill_figures.list_since(ACCOUNT_ID, JANUARY)
        expected = tuple(BillFigure(closing=Money(1000 * step - 2240)) for step in (0, 1, 2))
        assert expected == figures

    def test_bill_figures_are_those_in_force(self, store: Store) -> None:
        """Of a bill that was corrected the correction has the figure, its penalty included."""
        correction = an_issued_invoice(
            invoice_id=InvoiceId(UUID(int=1)),
            number="N1",
            lines=(a_line(), a_line(a_penalty_derivation(), kind=LineKind.PENALTY)),
            revision=1,
            corrects=an_issued_invoice().invoice_id,
        )
        keep(store, a_supplier(), an_account(), an_issued_invoice(), correction)

        with store.unit_of_work() as uow:
            figures = uow.bill_figures.list_since(ACCOUNT_ID, JANUARY)
        assert (BillFigure(closing=Money(61)),) == figures
