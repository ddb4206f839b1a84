"""What a store promises of requests, and of what suppliers publish."""

from datetime import timedelta
from uuid import UUID

import pytest
from attrs import evolve

from elkk_core.shared import (
    AccountId,
    AccountNotFound,
    StaleState,
    SupplierId,
    SupplierNotFound,
    UserId,
)
from elkk_core.support import (
    AttachmentId,
    Author,
    Content,
    Correspondent,
    RequestAnswered,
    RequestId,
    RequestNotFound,
    RequestOverview,
    RequestState,
    ServedAccount,
    ServedSupplier,
    SupportRequest,
)
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    MORNING,
    SUPPLIER_ID,
    USER_ID,
    a_content,
    a_link,
    a_message,
    a_published_content,
    a_request,
    a_supplier,
    a_user,
    an_account,
    an_attachment,
    an_order,
    another_user,
)
from elkk_core.testing.contracts.accounts import NOBODY, OTHER_SUPPLIER
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep

STRANGER_ID = another_user().user_id
OPEN = frozenset({RequestState.REGISTERED, RequestState.IN_WORK})


def another_request(number: int, **changes: object) -> SupportRequest:
    """Return a request like ``a_request()``, but with an identifier and a number of its own."""
    return a_request(
        request_id=RequestId(UUID(int=0x100 + number)), number=f"ОБ-2020-{number:06}", **changes
    )


class HouseholdsContract(OpensStore):
    """See ``elkk_core.support.Households``."""

    def test_household_of_a_linked_account(self, store: Store) -> None:
        """Who has linked an account sees its number and its supplier, and nobody else does."""
        keep(store, a_user(), another_user(), a_supplier(), an_account(), a_link())

        supplier = ServedSupplier(
            supplier_id=SUPPLIER_ID, name="Энергосбыт Цна", time_zone="Europe/Moscow"
        )
        account = ServedAccount(account_id=ACCOUNT_ID, number="680012345678", supplier=supplier)
        with store.unit_of_work() as uow:
            assert account == uow.households.get_linked(ACCOUNT_ID, user_id=USER_ID)
            assert supplier == uow.households.get_supplier(SUPPLIER_ID)
            with pytest.raises(AccountNotFound):
                uow.households.get_linked(ACCOUNT_ID, user_id=STRANGER_ID)
            with pytest.raises(AccountNotFound):
                uow.households.get_linked(AccountId(NOBODY), user_id=USER_ID)
            with pytest.raises(SupplierNotFound):
                uow.households.get_supplier(SupplierId(NOBODY))

    def test_household_gets_letters_at_a_confirmed_address(self, store: Store) -> None:
        """A letter goes to nobody whose e-mail is not confirmed."""
        keep(store, a_user(email_confirmed_at=MORNING), another_user())

        expected = Correspondent(email="petrova@tambov-post.ru", given_name="Анна", language="ru")
        with store.unit_of_work() as uow:
            assert expected == uow.households.find_correspondent(USER_ID)
            assert uow.households.find_correspondent(STRANGER_ID) is None
            assert uow.households.find_correspondent(UserId(NOBODY)) is None


class SupportRequestsContract(OpensStore):
    """See ``elkk_core.support.SupportRequests``."""

    def test_request_comes_back_equal(self, store: Store) -> None:
        """Every request that was added comes back as it was, by identifier and by number."""
        self.check_round_trip(
            store,
            strategies.support_requests(
                supplier_id=SUPPLIER_ID, account_id=ACCOUNT_ID, user_id=USER_ID
            ),
            lambda uow, one: uow.requests.get(one.request_id),
            after=(a_user(), a_supplier(), an_account()),
        )

    def test_request_is_found_by_its_number(self, store: Store) -> None:
        """A number leads to the request of its supplier."""
        theirs = another_request(1, supplier_id=OTHER_SUPPLIER.supplier_id, account_id=None)
        keep(store, a_user(), a_supplier(), OTHER_SUPPLIER, an_account(), a_request(), theirs)

        with store.unit_of_work() as uow:
            assert a_request() == uow.requests.get_by_number(SUPPLIER_ID, "ОБ-2020-000001")

    def test_request_unknown_is_not_found(self, store: Store) -> None:
        """Identifiers and numbers that belong to none are told."""
        keep(store, a_user(), a_supplier(), OTHER_SUPPLIER, an_account(), a_request())

        with store.unit_of_work() as uow:
            with pytest.raises(RequestNotFound):
                uow.requests.get(RequestId(NOBODY))
            with pytest.raises(RequestNotFound):
                uow.requests.get_by_number(OTHER_SUPPLIER.supplier_id, "ОБ-2020-000001")

    def test_request_keeps_what_was_written(self, store: Store) -> None:
        """Saving adds the new messages with their files behind those that are there."""
        first = a_message(attachments=(an_attachment(),))
        request = a_request(messages=(first,))
        added = (
            a_message(author=Author.OPERATOR, text="Проверяем."),
            a_message(
                text="Вот еще.",
                attachments=(
                    an_attachment(attachment_id=AttachmentId(UUID(int=2)), name="б.jpg"),
                    an_attachment(attachment_id=AttachmentId(UUID(int=1)), name="а.jpg"),
                ),
            ),
        )
        keep(store, a_user(), a_supplier(), an_account(), request)
        with store.unit_of_work() as uow:
            uow.requests.save(evolve(request, state=RequestState.IN_WORK, messages=(first, *added)))
            uow.commit()

        expected = evolve(request, state=RequestState.IN_WORK, messages=(first, *added), version=1)
        with store.unit_of_work() as uow:
            assert expected == uow.requests.get(request.request_id)

    def test_request_saved_by_another_is_stale(self, store: Store) -> None:
        """Of two next states of a request only the first is kept."""
        keep(store, a_user(), a_supplier(), an_account(), a_request())
        with store.unit_of_work() as uow:
            uow.requests.save(a_request().take())
            uow.commit()

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.requests.save(a_request().reply("И еще одно.", now=MORNING))
            uow.commit()

    def test_request_number_is_unique_within_its_supplier(self, store: Store) -> None:
        """A number that was taken meanwhile makes the addition stale."""
        keep(store, a_user(), a_supplier(), an_account(), a_request())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.requests.add(another_request(1))
            uow.commit()

    def test_request_hands_its_events_over(self, store: Store) -> None:
        """An answer asks for a letter in the same transaction."""
        keep(store, a_user(), a_supplier(), an_account(), a_request())
        answered = a_request().answer(
            "Исправили.",
            correspondent=Correspondent(email="a@b.ru", given_name="Анна", language="ru"),
            supplier="Энергосбыт Цна",
            event_id=UUID(int=1),
            now=MORNING,
        )
        with store.unit_of_work() as uow:
            uow.requests.save(answered)
            uow.commit()

        told = [event.number for event in store.events() if isinstance(event, RequestAnswered)]
        assert ["ОБ-2020-000001"] == told


class RequestNumbersContract(OpensStore):
    """See ``elkk_core.support.RequestNumbers``."""

    def test_request_numbers_go_on(self, store: Store) -> None:
        """Every number is given out once, in a unit of work and in the next."""
        keep(store, a_supplier())
        taken = []
        for _ in range(2):
            with store.unit_of_work() as uow:
                taken += [uow.request_numbers.take(SUPPLIER_ID, 2020) for _ in range(2)]
                uow.commit()

        assert [1, 2, 3, 4] == taken

    def test_request_numbers_are_of_one_supplier_and_year(self, store: Store) -> None:
        """Every supplier and every year begin at one."""
        keep(store, a_supplier(), OTHER_SUPPLIER)
        with store.unit_of_work() as uow:
            uow.request_numbers.take(SUPPLIER_ID, 2020)

            assert 1 == uow.request_numbers.take(SUPPLIER_ID, 2021)
            assert 1 == uow.request_numbers.take(OTHER_SUPPLIER.supplier_id, 2020)


class ContentsContract(OpensStore):
    """See ``elkk_core.support.Contents`` and ``ContentLibrary``."""

    def test_content_comes_back_equal(self, store: Store) -> None:
        """Whatever a supplier publishes comes back as it was."""
        self.check_round_trip(
            store,
            strategies.published_contents(supplier_id=SUPPLIER_ID),
            lambda uow, one: uow.contents.find(one.supplier_id),
            after=(a_supplier(),),
        )

    def test_content_is_replaced(self, store: Store) -> None:
        """The next state takes the place of the one before, and only of that one."""
        keep(store, a_supplier(), a_published_content())
        emptied = a_published_content().replace(Content())
        with store.unit_of_work() as uow:
            uow.contents.save(emptied)
            uow.commit()

        assert Content() == store.content_library.get(SUPPLIER_ID)
        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.contents.save(emptied)
            uow.commit()

    def test_content_is_first_published_once(self, store: Store) -> None:
        """Who finds that a supplier has published meanwhile is told."""
        keep(store, a_supplier(), a_published_content())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.contents.add(a_published_content())
            uow.commit()

    def test_content_of_a_supplier_without_any_is_empty(self, store: Store) -> None:
        """Content belongs to one supplier; the others have none."""
        keep(store, a_supplier(), OTHER_SUPPLIER, a_published_content())

        assert a_content() == store.content_library.get(SUPPLIER_ID)
        assert Content() == store.content_library.get(OTHER_SUPPLIER.supplier_id)
        with store.unit_of_work() as uow:
            assert uow.contents.find(OTHER_SUPPLIER.supplier_id) is None


class RequestOverviewsContract(OpensStore):
    """See ``elkk_core.support.RequestOverviews``."""

    def test_request_overview_has_all_of_a_request(self, store: Store) -> None:
        """Author and supplier see the request, whose it is, and the address it is about."""
        request = a_request(order=an_order(), messages=(a_message(attachments=(an_attachment(),)),))
        keep(store, a_user(), a_supplier(), an_account(), request)

        expected = RequestOverview(
            request=request,
            supplier_code="tsna",
            supplier_name="Энергосбыт Цна",
            time_zone="Europe/Moscow",
            address="г. Тамбов, ул. Советская, д. 12, кв. 34",
        )
        overviews = store.request_overviews
        assert expected == overviews.get(request.request_id, user_id=USER_ID)
        assert expected == overviews.get_by_number("tsna", request.number)

    def test_request_overview_of_somebody_else_is_not_found(self, store: Store) -> None:
        """A request is its author's: others cannot tell that it is there."""
        orphan = another_request(2, user_id=None)
        keep(store, a_user(), another_user(), a_supplier(), an_account(), a_request(), orphan)

        overviews = store.request_overviews
        with pytest.raises(RequestNotFound):
            overviews.get(a_request().request_id, user_id=STRANGER_ID)
        with pytest.raises(RequestNotFound):
            overviews.get(orphan.request_id, user_id=USER_ID)
        with pytest.raises(RequestNotFound):
            overviews.get(RequestId(NOBODY), user_id=USER_ID)

    def test_request_overviews_of_a_user_are_the_newest_first(self, store: Store) -> None:
        """A user sees what they wrote, of one account or of all, from a moment on."""
        later = MORNING + timedelta(days=1)
        at_large = another_request(2, account_id=None, account_number="", registered_at=later)
        theirs = another_request(3, user_id=STRANGER_ID)
        twin = another_request(4)
        keep(
            store,
            *(a_user(), another_user(), a_supplier(), an_account()),
            *(a_request(), at_large, theirs, twin),
        )

        def numbers(**what: object) -> list[str]:
            found = store.request_overviews.list_for(USER_ID, **what)  # type: ignore[arg-type]
            return [overview.request.number for overview in found]

        assert ["ОБ-2020-000002", "ОБ-2020-000004", "ОБ-2020-000001"] == numbers()
        assert ["ОБ-2020-000004", "ОБ-2020-000001"] == numbers(account_id=ACCOUNT_ID)
        assert ["ОБ-2020-000002"] == numbers(since=later)
        assert [] == numbers(since=later, account_id=ACCOUNT_ID)

    def test_request_overview_without_an_account_has_no_address(self, store: Store) -> None:
        """What is about no linked account is about no address."""
        keep(store, a_user(), a_supplier(), a_request(account_id=None))

        (overview,) = store.request_overviews.list_for(USER_ID)
        assert "" == overview.address

    def test_request_overviews_of_a_supplier_are_the_eldest_first(self, store: Store) -> None:
        """An operator sees the requests in some states, those that wait longest before others."""
        later = MORNING + timedelta(days=1)
        theirs = another_request(3, supplier_id=OTHER_SUPPLIER.supplier_id, account_id=None)
        keep(
            store,
            *(a_user(), a_supplier(), OTHER_SUPPLIER, an_account()),
            another_request(1, registered_at=later),
            another_request(2, state=RequestState.IN_WORK),
            theirs,
            another_request(4, state=RequestState.CLOSED),
        )

        def numbers(limit: int) -> list[str]:
            found = store.request_overviews.list_of("tsna", states=OPEN, limit=limit)
            return [overview.request.number for overview in found]

        assert ["ОБ-2020-000002", "ОБ-2020-000001"] == numbers(limit=9)
        assert ["ОБ-2020-000002"] == numbers(limit=1)

    def test_request_overviews_of_an_unknown_supplier_are_refused(self, store: Store) -> None:
        """A code that belongs to nobody is told, and so is an unknown number."""
        keep(store, a_supplier())

        with pytest.raises(SupplierNotFound):
            store.request_overviews.list_of("nobody", states=OPEN, limit=1)
        with pytest.raises(SupplierNotFound):
            store.request_overviews.get_by_number("nobody", "ОБ-2020-000001")
        with pytest.raises(RequestNotFound):
            store.request_overviews.get_by_number("tsna", "ОБ-2020-000009")
