"""What comes of a request: its states, what both sides write, and who is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.support.desk import PDF, STRANGER_ID, TEXT, Desk, order, question

from elkk_core.shared import (
    FieldRequired,
    FormRejected,
    Limit,
    StaleState,
    SupplierNotFound,
    UserId,
)
from elkk_core.support import (
    AttachmentId,
    AttachmentNotFound,
    Author,
    RequestAnswered,
    RequestClosed,
    RequestId,
    RequestNotFound,
    RequestState,
    RequestUnanswered,
    ShowOwnRequests,
    SupportPolicy,
    SupportRequest,
    TooManyAttachments,
    TooManyRequests,
    read_number,
)
from elkk_core.testing.builders import MORNING, SUPPLIER_ID, USER_ID, a_request
from elkk_core.testing.doubles import NOON

NUMBER = "ОБ-2026-000001"


def test_answer_reaches_the_household(desk: Desk) -> None:
    """The answer stands below the question, and a letter says that it is there, not what it says."""
    asked = desk.ask(**question())
    desk.take(supplier="tsna", number="2026-1")
    assert RequestState.IN_WORK is desk.request(asked.request_id).state
    desk.clock.advance(timedelta(hours=1))
    desk.answer(supplier="tsna", number=NUMBER, text=" Пересчитали. ")

    answered = desk.request(asked.request_id)
    (answer,) = answered.answers
    assert RequestState.ANSWERED is answered.state
    assert (Author.OPERATOR, "Пересчитали.") == (answer.author, answer.text)
    assert NOON + timedelta(hours=1) == answer.written_at
    (event,) = desk.store.events()
    assert isinstance(event, RequestAnswered)
    assert ("petrova@tambov-post.ru", "Анна", "ru") == (
        event.email,
        event.given_name,
        event.language,
    )
    assert (NUMBER, str(asked.request_id), "Энергосбыт Цна") == (
        event.number,
        event.request,
        event.supplier,
    )
    assert "Пересчитали" not in repr(event)


def test_no_letter_goes_to_an_address_that_nobody_confirmed(desk: Desk) -> None:
    """An unconfirmed e-mail may be a stranger's: the answer waits in the cabinet."""
    desk.ask(**question(user_id=STRANGER_ID, account_id=None), supplier_id=SUPPLIER_ID)
    desk.answer(supplier="tsna", number=NUMBER, text="Подключите счет.")

    assert () == desk.store.events()


def test_orphaned_request_is_answered_without_a_letter(desk: Desk) -> None:
    """A request whose author has left can still be brought to its end."""
    asked = desk.ask(**question())
    with desk.store.unit_of_work() as uow:
        uow.requests.save(evolve(uow.requests.get(asked.request_id), user_id=None))
        uow.commit()
    desk.answer(supplier="tsna", number=NUMBER, text="Все в порядке.")

    assert RequestState.ANSWERED is desk.show(supplier="tsna", number=NUMBER).request.state
    assert () == desk.store.events()


def test_nobody_is_left_without_a_word(desk: Desk) -> None:
    """A request is closed only after the last word of the supplier."""
    desk.ask(**question())
    with pytest.raises(RequestUnanswered):
        desk.close(supplier="tsna", number=NUMBER)
    desk.answer(supplier="tsna", number=NUMBER, text="Да.")
    desk.close(supplier="tsna", number=NUMBER)

    assert RequestState.CLOSED is desk.show(supplier="tsna", number=NUMBER).request.state


def test_closed_request_opens_by_the_household_alone(desk: Desk) -> None:
    """The supplier cannot touch it any more; a reply of its author opens it again."""
    asked = desk.ask(**question())
    desk.answer(supplier="tsna", number=NUMBER, text="Да.")
    desk.close(supplier="tsna", number=NUMBER)
    with pytest.raises(RequestClosed):
        desk.take(supplier="tsna", number=NUMBER)
    with pytest.raises(RequestClosed):
        desk.answer(supplier="tsna", number=NUMBER, text="Еще.")
    with pytest.raises(RequestClosed):
        desk.close(supplier="tsna", number=NUMBER)
    desk.reply(user_id=USER_ID, request_id=asked.request_id, text="Не помогло")

    assert RequestState.IN_WORK is desk.request(asked.request_id).state
    assert ["Почему так много?", "Да.", "Не помогло"] == [
        word.text for word in desk.request(asked.request_id).messages
    ]


def test_reply_is_the_authors_alone(desk: Desk) -> None:
    """Others cannot write on a request, nor tell that it is there."""
    asked = desk.ask(**question())
    with pytest.raises(RequestNotFound):
        desk.reply(user_id=STRANGER_ID, request_id=asked.request_id, text="Ха")
    with pytest.raises(RequestNotFound):
        desk.reply(user_id=USER_ID, request_id=RequestId(UUID(int=0)), text="Ха")


def test_reply_says_something(desk: Desk) -> None:
    """An empty reply is refused, and so is one over the limits."""
    asked = desk.ask(**question(), files=[PDF] * 4)
    with pytest.raises(FormRejected) as caught:
        desk.reply(user_id=USER_ID, request_id=asked.request_id, text=" ", files=[PDF, TEXT])

    assert {"text": FieldRequired, "files": TooManyAttachments} == {
        fault.field: type(fault.error) for fault in caught.value.faults
    }
    assert 4 == len(desk.files.contents)
    desk.reply(user_id=USER_ID, request_id=asked.request_id, text="Пятый", files=[TEXT])
    assert 5 == len(desk.request(asked.request_id).attachments)


def test_replies_are_counted_with_questions() -> None:
    """A user who writes too often waits, whatever it is that they write."""
    desk = Desk(SupportPolicy(per_user=Limit(times=1, within=timedelta(days=1))))
    asked = desk.ask(**question())

    with pytest.raises(TooManyRequests):
        desk.reply(user_id=USER_ID, request_id=asked.request_id, text="Ну?")


def test_files_of_two_replies_at_once_are_not_too_many(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two replies that add files at the same moment one is told to try again."""
    asked = desk.ask(**question(), files=[PDF] * 3)
    keep = desk.files.keep

    def keep_after_another(attachment_id: AttachmentId, content: bytes) -> None:
        monkeypatch.setattr(desk.files, "keep", keep)
        desk.reply(user_id=USER_ID, request_id=asked.request_id, text="И я", files=[PDF])
        keep(attachment_id, content)

    monkeypatch.setattr(desk.files, "keep", keep_after_another)
    with pytest.raises(StaleState):
        desk.reply(user_id=USER_ID, request_id=asked.request_id, text="Я", files=[PDF, PDF])

    assert 4 == len(desk.request(asked.request_id).attachments) == len(desk.files.contents)


def test_file_goes_back_to_its_author(desk: Desk) -> None:
    """The author reads a file of the request; nobody else does, and no other file is found."""
    asked = desk.ask(**question(), files=[PDF])
    other = desk.ask(**question(), files=[TEXT])
    (pdf,), (text,) = asked.attachments, other.attachments

    def read(user_id: UserId, file: AttachmentId) -> bytes:
        found = desk.read_attachment(
            user_id=user_id, request_id=asked.request_id, attachment_id=file
        )
        return found.content

    assert PDF.content == read(USER_ID, pdf.attachment_id)
    with pytest.raises(RequestNotFound):
        read(STRANGER_ID, pdf.attachment_id)
    with pytest.raises(AttachmentNotFound):
        read(USER_ID, text.attachment_id)


def test_supplier_reads_all_files(desk: Desk) -> None:
    """The supplier gets the files of a request in their order."""
    desk.ask(**question(), files=[PDF, TEXT])

    found = desk.read_attachments(supplier="tsna", number="об-2026-1")
    assert [PDF.content, TEXT.content] == [file.content for file in found]


def test_unknown_numbers_and_suppliers_are_told(desk: Desk) -> None:
    """Whatever is done with a request that is not there, that is what is said."""
    for number in ("2026-7", "7", "ОБ-2026", "", "ОБ-2026-1 --"):
        with pytest.raises(RequestNotFound):
            desk.show(supplier="tsna", number=number)
    with pytest.raises(SupplierNotFound):
        desk.take(supplier="nobody", number="2026-1")


@pytest.mark.parametrize("text", ["ОБ-2026-000123", "об-2026-123", " 2026-123 ", "2026-000123"])
def test_number_is_read_as_people_write_it(text: str) -> None:
    """Operators need not type zeros and letters."""
    assert "ОБ-2026-000123" == read_number(text)


STEPS: dict[str, Callable[[SupportRequest], SupportRequest]] = {
    "take": lambda request: request.take(),
    "answer": lambda request: request.answer(
        "Да.", correspondent=None, supplier="s", event_id=UUID(int=1), now=MORNING
    ),
    "reply": lambda request: request.reply("И?", now=MORNING),
    "close": lambda request: request.close(),
}


@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_whatever_happens_the_last_word_shows_in_the_state(steps: list[str]) -> None:
    """In any order of steps: what was written stays, and no open question looks answered."""
    request: SupportRequest = a_request()
    for step in steps:
        before = request
        try:
            request = STEPS[step](request)
        except (RequestClosed, RequestUnanswered):
            assert before is request
        assert before.messages == request.messages[: len(before.messages)]
        last = request.messages[-1].author
        if request.state in {RequestState.ANSWERED, RequestState.CLOSED}:
            assert Author.OPERATOR is last
        if step == "reply":
            assert request.state in {RequestState.REGISTERED, RequestState.IN_WORK}


def test_user_takes_own_requests_along(desk: Desk) -> None:
    """What a user wrote, ordered and was answered is theirs to take, in plain values."""
    desk.ask(**question(), files=[PDF])
    desk.answer(supplier="tsna", number=NUMBER, text="Да.")
    desk.clock.advance(timedelta(hours=1))
    desk.order(**order())
    take_along = ShowOwnRequests(requests=desk.store.request_overviews)

    along: Any = take_along(user_id=USER_ID)
    ordered, asked = along["requests"]
    assert ("ОБ-2026-000002", 185_000) == (ordered["number"], ordered["order"]["price"])
    assert (NUMBER, "answered", None) == (asked["number"], asked["state"], asked["order"])
    assert ["Акт.pdf"] == asked["messages"][0]["files"]
    assert "Да." == asked["messages"][1]["text"]
    assert {"requests": []} == take_along(user_id=STRANGER_ID)
