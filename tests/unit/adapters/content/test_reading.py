"""A folder of content, read as a whole or refused with every fault."""

from collections.abc import Callable
from pathlib import Path

import pytest

from elkk_adapters.content import (
    AnswerMissing,
    CodeRepeated,
    ContentRejected,
    ExtraFile,
    KeyMissing,
    KeyNotKnown,
    MarkupForbidden,
    NotUtf8,
    QuestionMissing,
    QuestionsMiscounted,
    RussianMissing,
    TitleMissing,
    YamlMalformed,
    YamlShapeWrong,
    read_content,
)
from elkk_core.shared import FieldRequired, Money, NotAnAmount
from elkk_core.support import (
    Content,
    ContentCodeMalformed,
    FaqCategory,
    MapLinkMalformed,
    Office,
    PriceNegative,
    Question,
    Wording,
)

Write = Callable[..., Path]
EXAMPLES = Path(__file__).parents[4] / "examples"

SERVICES = """\
- group: {ru: Счетчики, en: Meters}
  services:
    - code: move
      title: Перенос
      price: 2 900,00
      unit: шт.
    - code: wiring
      title: {ru: Проводка, en: Wiring}
      price: по запросу
      term: {ru: после осмотра}
"""


@pytest.fixture(name="write")
def writer(tmp_path: Path) -> Write:
    """Return what writes files by their names into a folder, and returns it."""

    def write(files: dict[str, str | bytes]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return tmp_path

    return write


def faults_of(folder: Path) -> list[tuple[str, int, type]]:
    """Return file, line and kind of each fault."""
    with pytest.raises(ContentRejected) as caught:
        read_content(folder)
    return [(fault.file, fault.line, type(fault.error)) for fault in caught.value.faults]


def test_categories_come_with_their_translations(write: Write) -> None:
    """Files of one name are one category; they go by their names."""
    folder = write(
        {
            "faq/2-b.ru.md": "# Б\n## Где?\nТам.\n",
            "faq/1-a.ru.md": "\ufeff# А #\r\n\r\n## Кто?\r\n\r\nОн,\r\n**она**.\r\n",
            "faq/1-a.en.md": "# A\n## Who?\nHe,\nshe.",
            "README.md": "left aside",
            ".hidden": "left aside",
        }
    )

    assert Content(
        faq=(
            FaqCategory(
                title=Wording(ru="А", en="A"),
                questions=(
                    Question(
                        title=Wording(ru="Кто?", en="Who?"),
                        answer=Wording(ru="Он,\n**она**.", en="He,\nshe."),
                    ),
                ),
            ),
            FaqCategory(
                title=Wording(ru="Б"),
                questions=(Question(title=Wording(ru="Где?"), answer=Wording(ru="Там.")),),
            ),
        )
    ) == read_content(folder)


def test_price_list_is_taken_as_it_is_written(write: Write) -> None:
    """Prices are exact, texts are texts, and what may be left out is."""
    content = read_content(write({"services.yaml": SERVICES}))

    move, wiring = content.list_services()
    assert [Wording(ru="Счетчики", en="Meters")] == [group.title for group in content.services]
    assert (Money(290_000), Wording(ru="шт."), None) == (move.price, move.unit, move.term)
    assert (None, None, Wording(ru="после осмотра")) == (wiring.price, wiring.unit, wiring.term)


def test_offices_are_read(write: Write) -> None:
    """An office has a line for each kind of day, and a map where there is one."""
    text = "- title: Центр\n  address: Советская, 1\n  hours: |\n    пн 8-19\n    сб 9-14\n"
    content = read_content(write({"offices.yaml": text}))

    assert (
        Office(
            title=Wording(ru="Центр"),
            address=Wording(ru="Советская, 1"),
            hours=Wording(ru="пн 8-19\nсб 9-14"),
        ),
    ) == content.offices


def test_empty_folder_is_empty_content(write: Write) -> None:
    """A part that is not there is empty, and so is an empty file."""
    assert read_content(write({"services.yaml": "# later\n"})).is_empty


def test_example_is_good() -> None:
    """The demo's content is complete in both languages."""
    content = read_content(EXAMPLES / "demo" / "content")

    assert 6 == len(content.faq)
    assert all(question.answer.en for category in content.faq for question in category.questions)
    assert all(service.title.en for service in content.list_services())
    assert all(office.hours.en for office in content.offices)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [(1, TitleMissing)]),
        ("Вступление\n# А\n## К?\nО.", [(1, TitleMissing)]),
        ("## К?\nО.", [(1, TitleMissing)]),
        ("# А\n", [(1, QuestionMissing)]),
        ("# А\nВступление\n## К?\nО.", [(1, QuestionMissing)]),
        ("# А\n## К?\n\n## Г?\nТам.", [(2, AnswerMissing)]),
        ("# А\n## К?\nО.\n# Б\n", [(4, MarkupForbidden), (4, AnswerMissing)]),
        ("# А\n## К?\nО.\n### Еще\nи вот", [(4, MarkupForbidden)]),
        (
            "# А\n## К?\n<b>О</b>\n\n![](a.png)",
            [(3, MarkupForbidden), (3, MarkupForbidden), (5, MarkupForbidden)],
        ),
    ],
)
def test_faults_of_questions(write: Write, text: str, faults: list[tuple[int, type]]) -> None:
    """Each fault names its line."""
    expected = [("faq/a.ru.md", line, kind) for line, kind in faults]

    assert expected == faults_of(write({"faq/a.ru.md": text}))


def test_translation_fits_its_original(write: Write) -> None:
    """A translation has as many questions as the Russian text, which must be there."""
    folder = write(
        {
            "faq/a.ru.md": "# А\n## К?\nО.\n## Г?\nТам.",
            "faq/a.en.md": "# A\n## Who?\nHe.",
            "faq/b.en.md": "# B\n## Who?\nHe.",
        }
    )

    expected = [("faq/a.en.md", 1, QuestionsMiscounted), ("faq/b.en.md", 1, RussianMissing)]
    assert expected == faults_of(folder)


def test_files_that_nobody_reads_are_told(write: Write) -> None:
    """A name that is mistyped would be content that nobody sees."""
    folder = write({"services.yml": "", "faq/a.md": "", "faq/a.de.md": "", "img/a.png": b"\x89"})

    assert [
        ("faq/a.de.md", 1, ExtraFile),
        ("faq/a.md", 1, ExtraFile),
        ("img/a.png", 1, ExtraFile),
        ("services.yml", 1, ExtraFile),
    ] == faults_of(folder)


def test_text_in_another_encoding_is_told(write: Write) -> None:
    """A file that is not UTF-8 is not guessed at."""
    folder = write({"offices.yaml": "- title: Центр".encode("cp1251")})

    assert [("offices.yaml", 1, NotUtf8)] == faults_of(folder)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("- group: [", [(1, YamlMalformed)]),
        ("a: \x00", [(1, YamlMalformed)]),
        ("group: А", [(1, YamlShapeWrong)]),
        ("- А", [(1, YamlShapeWrong)]),
        ("- group: А", [(1, KeyMissing)]),
        ("- group: А\n  services: Б", [(2, YamlShapeWrong)]),
        ("- grup: А\n  services: []", [(1, KeyMissing), (1, KeyNotKnown)]),
        ("- group: А\n  group: Б\n  services: []", [(2, KeyNotKnown)]),
        ("- group: {ru: А, de: Б}\n  services: []", [(1, KeyNotKnown)]),
        ("- group: {en: A}\n  services: []", [(1, KeyMissing)]),
        ("- group: ''\n  services: []", [(1, FieldRequired)]),
        ("- group: [А]\n  services: []", [(1, YamlShapeWrong)]),
    ],
)
def test_faults_of_the_shape(write: Write, text: str, faults: list[tuple[int, type]]) -> None:
    """What is not shaped like a price list is told with its line."""
    found = faults_of(write({"services.yaml": text}))

    expected = [("services.yaml", line, kind) for line, kind in faults]
    assert sorted(expected, key=str) == sorted(found, key=str)


def test_all_faults_of_a_price_list_are_told_at_once(write: Write) -> None:
    """Each wrong value is told at its own line; the others are checked all the same."""
    text = """\
- group: А
  services:
    - code: Перенос
      title: Перенос
      price: дорого
    - code: move
      title: Перенос
      price: -5,00
    - code: move
      price: 5,00
      colour: red
"""
    assert [
        ("services.yaml", 3, ContentCodeMalformed),
        ("services.yaml", 5, NotAnAmount),
        ("services.yaml", 8, PriceNegative),
        ("services.yaml", 9, CodeRepeated),
        ("services.yaml", 9, KeyMissing),
        ("services.yaml", 11, KeyNotKnown),
    ] == faults_of(write({"services.yaml": text}))


def test_map_is_an_address_of_a_page(write: Write) -> None:
    """A map that is no secure address is refused."""
    text = "- title: Ц\n  address: А\n  hours: Ч\n  map: javascript:alert(1)\n"

    assert [("offices.yaml", 4, MapLinkMalformed)] == faults_of(write({"offices.yaml": text}))
