"""What a supplier publishes."""

import pytest
from attrs import evolve
from tests.unit.support.desk import Desk

from elkk_core.shared import Money, SupplierNotFound
from elkk_core.support import (
    Content,
    ContentCodeMalformed,
    ContentReport,
    MapLinkMalformed,
    PriceNegative,
    ServiceUnknown,
    Wording,
)
from elkk_core.testing.builders import a_content
from elkk_core.testing.contracts.accounts import OTHER_SUPPLIER
from elkk_core.testing.stores import keep


def test_publishing_again_changes_nothing(desk: Desk) -> None:
    """The same content is published once; other content takes its place."""
    same = desk.publish(supplier="tsna", content=a_content())
    emptied = desk.publish(supplier="tsna", content=Content())

    assert ContentReport(changed=False, questions=1, services=1, offices=1) == same
    assert ContentReport(changed=True, questions=0, services=0, offices=0) == emptied
    assert Content() == desk.show_content(supplier="tsna")


def test_first_publication_is_a_change(desk: Desk) -> None:
    """A supplier without any content gets some, and the others keep theirs."""
    keep(desk.store, OTHER_SUPPLIER)
    desk.publish(supplier="tsna", content=Content())

    assert desk.publish(supplier="volga", content=a_content()).changed
    assert a_content() == desk.show_content(supplier="volga")
    assert Content() == desk.show_content(supplier="tsna")


def test_unknown_supplier_publishes_nothing(desk: Desk) -> None:
    """A code that belongs to nobody is told."""
    with pytest.raises(SupplierNotFound):
        desk.publish(supplier="nobody", content=Content())
    with pytest.raises(SupplierNotFound):
        desk.show_content(supplier="nobody")


@pytest.mark.parametrize(
    ("language", "expected"), [("ru", "Тариф"), ("en", "Tariff"), ("de", "Тариф")]
)
def test_wording_falls_back_to_russian(language: str, expected: str) -> None:
    """Who asks for a language that is missing reads Russian."""
    assert expected == Wording(ru="Тариф", en="Tariff").in_language(language)
    assert "Тариф" == Wording(ru="Тариф").in_language(language)


def test_wording_says_something() -> None:
    """A text without Russian is none."""
    with pytest.raises(ValueError, match="in Russian at least"):
        Wording(ru=" ", en="Tariff")


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("ночной", "ru", 1),
        ("НОЧНОЙ тариф", "ru", 1),
        ("длит 23:00", "ru", 1),
        ("ночной дневной", "ru", 0),
        ("night", "en", 1),
        ("night", "ru", 0),
        ("Счётчик", "ru", 0),
    ],
)
def test_search_finds_every_word(text: str, language: str, found: int) -> None:
    """A question is found if it, with its answer, holds each word, in the language of the page."""
    categories = a_content().search(text, language=language)

    assert found == sum(len(category.questions) for category in categories)


def test_search_takes_yo_for_ye() -> None:
    """People write счётчик and счетчик alike."""
    (category,) = a_content().faq
    (question,) = category.questions
    content = Content(
        faq=(
            evolve(
                category, questions=(evolve(question, title=Wording(ru="Где счётчик?")), question)
            ),
        )
    )

    (found,) = content.search("счетчик", language="ru")
    assert ["Где счётчик?"] == [one.title.ru for one in found.questions]


def test_service_is_found_by_its_code() -> None:
    """A code leads to its service, and no other text does."""
    assert Money(185_000) == a_content().service("meter-replacement").price
    with pytest.raises(ServiceUnknown):
        a_content().service("meter")


def test_code_of_a_service_is_its_own() -> None:
    """The same code twice would make an order ambiguous."""
    (group,) = a_content().services
    with pytest.raises(ValueError, match="a code of its own"):
        a_content(services=(group, group))


def test_values_are_checked() -> None:
    """A price below zero, a code with blanks and a map that is no address are refused."""
    (service,) = a_content().list_services()
    (office,) = a_content().offices
    with pytest.raises(PriceNegative):
        evolve(service, price=Money(-1))
    for code in ("", "Meter", "a b", "x" * 41, "-a"):
        with pytest.raises(ContentCodeMalformed):
            evolve(service, code=code)
    for link in ("javascript:alert(1)", "http://maps.example", "maps"):
        with pytest.raises(MapLinkMalformed):
            evolve(office, map_link=link)
    assert "" == evolve(office, map_link=" ").map_link
