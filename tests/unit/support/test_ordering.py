"""«Заказать услугу»."""

import pytest
from tests.unit.support.desk import STRANGER_ID, Desk, order, question

from elkk_core.shared import AccountNotFound, FieldRequired, FormRejected, Money
from elkk_core.support import Content, PhoneDoubtful, ServiceUnknown, Topic
from elkk_core.testing.builders import an_order


def faults_of(caught: pytest.ExceptionInfo[FormRejected]) -> dict[str, type]:
    """Return the kinds of the faults by their fields."""
    return {fault.field: type(fault.error) for fault in caught.value.faults}


def test_order_is_a_request_with_the_price_of_the_day(desk: Desk) -> None:
    """The order stands among the requests, and keeps its price whatever becomes of the catalogue."""
    ordered = desk.order(**order(comment="После 17:00"))
    desk.publish(supplier="tsna", content=Content())

    assert an_order() == ordered.order
    assert (Topic.SERVICE_ORDER, "ОБ-2026-000001") == (ordered.topic, ordered.number)
    assert "После 17:00" == ordered.messages[0].text
    assert (ordered,) == desk.written()


def test_order_shares_its_numbers_with_questions(desk: Desk) -> None:
    """Questions and orders are numbered in one row."""
    desk.ask(**question())

    assert "ОБ-2026-000002" == desk.order(**order()).number


def test_order_speaks_the_language_of_the_page(desk: Desk) -> None:
    """Who reads English has ordered in English."""
    ordered = desk.order(**order(language="en"))

    assert ordered.order is not None
    assert ("Single-phase meter replaced", "each") == (ordered.order.title, ordered.order.unit)
    assert Money(185_000) == ordered.order.price


def test_everything_wrong_is_told_at_once(desk: Desk) -> None:
    """A form that is empty is refused with a fault at each field that must not be."""
    with pytest.raises(FormRejected) as caught:
        desk.order(
            **order(account_id=None, service="", surname="", given="", phone="12345", address="")
        )

    assert {
        "account": FieldRequired,
        "service": FieldRequired,
        "surname": FieldRequired,
        "given": FieldRequired,
        "phone": PhoneDoubtful,
        "address": FieldRequired,
    } == faults_of(caught)
    assert () == desk.written()


def test_service_must_be_in_the_catalogue(desk: Desk) -> None:
    """What the supplier does not offer cannot be ordered."""
    with pytest.raises(FormRejected) as caught:
        desk.order(**order(service="moon-trip"))

    assert {"service": ServiceUnknown} == faults_of(caught)


def test_account_of_others_gets_no_service(desk: Desk) -> None:
    """An account that the user has not linked is refused as one that does not exist."""
    with pytest.raises(FormRejected) as caught:
        desk.order(**order(user_id=STRANGER_ID))

    assert AccountNotFound is faults_of(caught)["account"]


@pytest.mark.parametrize("phone", ["+7 916 123-45-67", "8 (4752) 55-99-55", "89161234567"])
def test_phone_is_taken_as_people_write_it(desk: Desk, phone: str) -> None:
    """A telephone on a wire is as good as a mobile one, since somebody will call."""
    ordered = desk.order(**order(phone=phone))

    assert ordered.order is not None
    assert phone == ordered.order.phone


@pytest.mark.parametrize("phone", ["1234567890a", "+7 (916)     -  ", "(((((((((((("])
def test_phone_that_nobody_can_dial_is_refused(desk: Desk, phone: str) -> None:
    """Signs alone are no number."""
    with pytest.raises(FormRejected) as caught:
        desk.order(**order(phone=phone))

    assert {"phone": PhoneDoubtful} == faults_of(caught)
