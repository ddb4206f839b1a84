"""«Задать вопрос»."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.unit.support.desk import PDF, STRANGER_ID, TEXT, Desk, question

from elkk_core.shared import (
    AccountNotFound,
    FieldRequired,
    FieldTooLong,
    FormRejected,
    Limit,
    SupplierId,
    SupplierNotFound,
)
from elkk_core.support import (
    AttachmentContentDiffers,
    AttachmentId,
    AttachmentKind,
    AttachmentsUnavailable,
    Author,
    OfferedFile,
    RequestState,
    SupportPolicy,
    TooManyAttachments,
    TooManyRequests,
    Topic,
    TopicUnknown,
)
from elkk_core.testing.builders import ACCOUNT_ID, SUPPLIER_ID
from elkk_core.testing.contracts.accounts import NOBODY
from elkk_core.testing.doubles import NOON, MemoryFiles


def faults_of(caught: pytest.ExceptionInfo[FormRejected]) -> dict[str, type]:
    """Return the kinds of the faults by their fields."""
    return {fault.field: type(fault.error) for fault in caught.value.faults}


def test_question_is_registered_with_a_number(desk: Desk) -> None:
    """Who asks gets a number, and the question waits for its answer."""
    asked = desk.ask(**question(text="Почему\r\nтак много?  "))

    assert ("ОБ-2026-000001", RequestState.REGISTERED) == (asked.number, asked.state)
    assert (Topic.READINGS, "680012345678") == (asked.topic, asked.account_number)
    assert "Петрова Анна Сергеевна" == str(asked.applicant)
    (message,) = asked.messages
    assert (Author.HOUSEHOLD, "Почему\nтак много?", NOON) == (
        message.author,
        message.text,
        message.written_at,
    )
    assert (asked,) == desk.written()


def test_numbers_begin_anew_with_the_year_of_the_supplier(desk: Desk) -> None:
    """In Tambov the year is over three hours before it is by UTC."""
    desk.ask(**question())
    desk.clock.set(datetime(2026, 12, 31, 21, 0, tzinfo=UTC))
    desk.ask(**question())

    assert ["ОБ-2027-000001", "ОБ-2026-000001"] == [one.number for one in desk.written()]


def test_everything_wrong_is_told_at_once(desk: Desk) -> None:
    """A form that is empty is refused with a fault at each field that must not be."""
    with pytest.raises(FormRejected) as caught:
        desk.ask(
            **question(account_id=None, surname=" ", given="", topic="", text="\n "),
            files=[OfferedFile(name="a.pdf", content=b"MZ")],
        )

    assert {
        "account": FieldRequired,
        "surname": FieldRequired,
        "given": FieldRequired,
        "topic": TopicUnknown,
        "text": FieldRequired,
        "files": AttachmentContentDiffers,
    } == faults_of(caught)
    assert () == desk.written()


@pytest.mark.parametrize("topic", ["nonsense", Topic.SERVICE_ORDER.value])
def test_topic_comes_from_the_list(desk: Desk, topic: str) -> None:
    """Neither nonsense nor an order of a service is the topic of a question."""
    with pytest.raises(FormRejected) as caught:
        desk.ask(**question(topic=topic))

    assert {"topic": TopicUnknown} == faults_of(caught)


def test_text_has_a_limit(desk: Desk) -> None:
    """What is too long for anybody to read is refused."""
    desk.ask(**question(text="а" * 4000))
    with pytest.raises(FormRejected) as caught:
        desk.ask(**question(text="а" * 4001, patronymic="а" * 61))

    assert {"text": FieldTooLong, "patronymic": FieldTooLong} == faults_of(caught)


def test_account_of_others_cannot_be_asked_about(desk: Desk) -> None:
    """An account that the user has not linked is refused as one that does not exist."""
    with pytest.raises(FormRejected) as caught:
        desk.ask(**question(user_id=STRANGER_ID))

    assert {"account": AccountNotFound} == faults_of(caught)


def test_question_without_an_account_names_the_supplier(desk: Desk) -> None:
    """Who has linked no account asks too; the number is their own word then."""
    asked = desk.ask(
        **question(user_id=STRANGER_ID, account_id=None),
        supplier_id=SUPPLIER_ID,
        account_number=" 6800 1 ",
    )

    assert (None, "6800 1") == (asked.account_id, asked.account_number)
    with pytest.raises(FormRejected) as caught:
        desk.ask(**question(account_id=None), supplier_id=SupplierId(NOBODY))
    assert {"account": SupplierNotFound} == faults_of(caught)


def test_files_are_kept_under_identifiers(desk: Desk) -> None:
    """The request knows names, kinds and sizes; the store knows bytes and identifiers alone."""
    asked = desk.ask(**question(), files=[PDF, TEXT])

    assert [
        ("Акт.pdf", AttachmentKind.PDF, len(PDF.content)),
        ("Показания.txt", AttachmentKind.TEXT, len(TEXT.content)),
    ] == [(file.name, file.kind, file.size) for file in asked.attachments]
    kept = {asked.attachments[0].attachment_id: PDF.content}
    kept[asked.attachments[1].attachment_id] = TEXT.content
    assert kept == desk.files.contents


def test_five_files_are_enough(desk: Desk) -> None:
    """A sixth file refuses the form, and nothing is kept."""
    with pytest.raises(FormRejected) as caught:
        desk.ask(**question(), files=[PDF] * 6)

    assert {"files": TooManyAttachments} == faults_of(caught)
    assert {} == desk.files.contents


def test_files_of_a_failed_question_are_forgotten() -> None:
    """Where nothing was registered, no file stays behind."""
    desk = Desk(SupportPolicy(per_user=Limit(times=1, within=timedelta(days=1))))
    desk.ask(**question())

    with pytest.raises(TooManyRequests) as caught:
        desk.ask(**question(), files=[PDF])
    assert NOON + timedelta(days=1) == caught.value.free_at
    assert {} == desk.files.contents


def test_limit_is_of_one_user_and_passes() -> None:
    """Others may write meanwhile, and so may the user a day later."""
    desk = Desk(SupportPolicy(per_user=Limit(times=1, within=timedelta(days=1))))
    desk.ask(**question())
    desk.ask(**question(user_id=STRANGER_ID, account_id=None), supplier_id=SUPPLIER_ID)
    desk.clock.advance(timedelta(days=1, seconds=1))
    desk.ask(**question())

    assert 2 == len(desk.written())


class FullStore(MemoryFiles):
    """A store with no room for a second file."""

    def keep(self, attachment_id: AttachmentId, content: bytes) -> None:
        """Keep the first file."""
        if self.contents:
            raise AttachmentsUnavailable
        super().keep(attachment_id, content)


def test_store_that_is_full_registers_nothing(desk: Desk) -> None:
    """A question whose files cannot be kept is not registered without them."""
    full = FullStore()
    ask = type(desk.ask)(
        unit_of_work=desk.store.unit_of_work,
        files=full,
        clock=desk.clock,
        identifiers=desk.ask.identifiers,
        policy=desk.policy,
    )
    with pytest.raises(AttachmentsUnavailable):
        ask(**question(), files=[PDF, TEXT])

    assert () == desk.written()
    assert {} == full.contents
    assert ACCOUNT_ID == desk.ask(**question()).account_id
