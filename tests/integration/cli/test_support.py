"""What an operator publishes, and how requests are answered."""

import shutil
from pathlib import Path

import pytest
from attrs import evolve
from tests.integration.cli.conftest import Operator

from elkk_adapters import bootstrap
from elkk_adapters.settings import settings_from
from elkk_adapters.sql import Database
from elkk_core.shared import DomainEvent
from elkk_core.support import OfferedFile, SupportRequest
from elkk_core.testing.builders import USER_ID, a_user

CONTENT = Path(__file__).parents[3] / "examples" / "demo" / "content"
OF_MANUAL = ("--supplier", "manual")
PHOTO = OfferedFile(name="../Счетчик.png", content=b"\x89PNG\r\n\x1a\n...")


class NoQueue:
    """A queue for users that ask for no message."""

    def enqueue(self, *, connection: object, event: DomainEvent) -> None:
        """Refuse events: there are none."""
        raise AssertionError(connection, event)


@pytest.fixture(name="elkk")
def operator_of_the_manual(elkk_each: Operator, tmp_path: Path) -> Operator:
    """Return an operator of the manual's supplier, on either database."""
    environ = {**elkk_each.environ, "ELKK_FILES_FOLDER": str(tmp_path / "files")}
    operator = evolve(elkk_each, environ=environ)
    operator.take_over_manual()
    return operator


def asked(elkk: Operator, text: str = "Почему так много?") -> SupportRequest:
    """Let a user who has linked no account ask something, with the same photo twice."""
    with (
        Database(elkk.environ["ELKK_DATABASE_URL"]) as database,
        database.unit_of_work(NoQueue()) as uow,
    ):
        if uow.users.find_by_phone(a_user().phone) is None:
            uow.users.add(a_user())
            uow.commit()
    with bootstrap.application(settings_from(elkk.environ)) as application:
        (supplier,) = application.accounts.suppliers.list_all()
        return application.support.ask_question(
            user_id=USER_ID,
            account_id=None,
            supplier_id=supplier.supplier_id,
            surname="Петрова",
            given="Анна",
            patronymic="",
            topic="payment",
            text=text,
            files=[PHOTO, PHOTO],
        )


def test_content_is_published_once(elkk: Operator) -> None:
    """A folder is published as a whole; the same again changes nothing."""
    first = elkk("content", "import", CONTENT, *OF_MANUAL)
    again = elkk("content", "import", CONTENT, *OF_MANUAL, "--json")
    shown = elkk("content", "show", *OF_MANUAL, "--json")

    assert "Published. Questions: 31, services: 9, offices: 3.\n" == first.out
    assert {"changed": False, "questions": 31, "services": 9, "offices": 3} == again.data
    assert "2900.00" == shown.data["services"][0]["services"][0]["price"]
    assert "Tariff\n  Who sets the price" in elkk("content", "show", *OF_MANUAL).out


def test_nothing_is_published_yet(elkk: Operator) -> None:
    """A supplier without content is told so."""
    assert "Nothing is published yet.\n" == elkk("content", "show", *OF_MANUAL).out
    assert 3 == elkk("content", "show", "--supplier", "nobody").status


def test_faulty_folder_is_refused_with_every_fault(elkk: Operator, tmp_path: Path) -> None:
    """Each fault names file, line and way out; what was published stays."""
    elkk("content", "import", CONTENT, *OF_MANUAL)
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    (folder / "faq" / "3-tariff.en.md").write_text("# Tariff\n## Why?\n<b>Because</b>\n")
    (folder / "offices.yml").write_text("")
    refused = elkk("content", "import", folder, *OF_MANUAL)

    assert 1 == refused.status
    assert "faq/3-tariff.en.md, line 3: Such markup is not shown: HTML." in refused.err
    assert "faq/3-tariff.en.md, line 1: There are 1 questions, and 5 in" in refused.err
    assert "offices.yml, line 1: There is no such file here." in refused.err
    told = elkk("content", "import", folder, *OF_MANUAL, "--json").error
    assert "content.rejected" == told["code"]
    assert {"file", "line", "code", "text", "mend"} == set(told["faults"][0])
    assert 31 == len(
        [
            question
            for category in elkk("content", "show", *OF_MANUAL, "--json").data["faq"]
            for question in category["questions"]
        ]
    )


def test_request_from_question_to_end(elkk: Operator, tmp_path: Path) -> None:
    """An operator lists, reads, takes, answers and closes a request, and saves its files."""
    number = asked(elkk).number
    listed = elkk("requests", "list", *OF_MANUAL, "--json").data
    assert [(number, "registered", "payment")] == [
        (one["number"], one["state"], one["topic"]) for one in listed
    ]
    shown = elkk("requests", "show", number.removeprefix("ОБ-"), *OF_MANUAL).out
    assert "From:" in shown
    assert "Петрова Анна" in shown
    assert "Почему так много?\n  [Счетчик.png, 11 B]" in shown

    taken = elkk("requests", "take", number, *OF_MANUAL)
    assert f"Request {number}: in work.\n" == taken.out
    saved = elkk("requests", "files", number, *OF_MANUAL, "-o", tmp_path / "in", "--json").data
    assert ["Счетчик.png", "Счетчик-2.png"] == [Path(path).name for path in saved["files"]]
    assert {PHOTO.content} == {Path(path).read_bytes() for path in saved["files"]}
    assert 1 == elkk("requests", "close", number, *OF_MANUAL).status
    letter = tmp_path / "answer.txt"
    letter.write_text("Пересчитали.\n", "utf-8")
    answered = elkk("requests", "answer", number, *OF_MANUAL, "--from", letter, "--json").data
    assert ("answered", "Пересчитали.") == (answered["state"], answered["messages"][1]["text"])
    assert "closed" == elkk("requests", "close", number, *OF_MANUAL, "--json").data["state"]
    assert [] == elkk("requests", "list", *OF_MANUAL, "--json").data
    closed = elkk("requests", "list", *OF_MANUAL, "--state", "closed").out
    assert number in closed
    again = elkk("requests", "answer", number, *OF_MANUAL, "--text", "Еще.")
    assert (4, True) == (again.status, "closed already" in again.err)


def test_what_cannot_be_done_is_told(elkk: Operator, tmp_path: Path) -> None:
    """Numbers that are not there, empty answers and lost files end with a status and a way out."""
    number = asked(elkk).number

    assert 3 == elkk("requests", "show", "2026-999", *OF_MANUAL).status
    assert 3 == elkk("requests", "show", number, "--supplier", "nobody").status
    assert 1 == elkk("requests", "answer", number, *OF_MANUAL, "--text", " ").status
    assert 2 == elkk("requests", "answer", number, *OF_MANUAL).status
    (tmp_path / "file").write_text("in the way")
    unusable = elkk("requests", "files", number, *OF_MANUAL, "-o", tmp_path / "file" / "in")
    assert 1 == unusable.status
    shutil.rmtree(tmp_path / "files")
    lost = elkk("requests", "files", number, *OF_MANUAL, "-o", tmp_path / "in")
    assert (3, True) == (lost.status, "restore the folder" in lost.err)
