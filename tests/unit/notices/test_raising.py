"""Raising, mailing and reading notifications on a store in memory."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.accounts import LinkingId, Mailing
from elkk_core.billing import EntryKind
from elkk_core.notices import (
    BillIssued,
    LetterDue,
    MailNotifications,
    NoticePolicy,
    Notification,
    NotificationId,
    NotificationNotFound,
    RaiseNotifications,
    ReadingsMissing,
    ReadNotification,
    RequestAnswered,
    ShowOwnNotifications,
    SmsDue,
)
from elkk_core.shared import AccountId, Money, Month, SupplierNotFound
from elkk_core.support import RequestId
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    SUPPLIER_ID,
    USER_ID,
    a_debt,
    a_link,
    a_linking,
    a_meter,
    a_notification,
    a_payment,
    a_supplier,
    a_ticket,
    a_user,
    an_account,
    an_entry,
    an_invoice,
    another_user,
)
from elkk_core.testing.doubles import FixedClock, PlainTickets, SequentialIdentifiers
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import Fact, keep

OCTOBER = Month(2026, 10)
NINE = datetime(2026, 11, 23, 6, tzinfo=UTC)
"""Nine in the morning in Moscow, two days before the window closes."""
JUST_NOW = NINE - timedelta(minutes=1)
LONG_AGO = NINE - timedelta(days=100)
POLICY = NoticePolicy()

BILL = an_invoice(month=OCTOBER, issued_at=JUST_NOW, opening=Money(0), payments=Money(0))
PAYMENT = a_payment(received_on=date(2026, 11, 22), recorded_at=JUST_NOW)
OTHERS_LINK = a_linking(linking_id=LinkingId(UUID(int=7)), linked_at=JUST_NOW)
CHARGE = an_entry(kind=EntryKind.CHARGE, amount=BILL.charged)
HAPPENED: tuple[Fact, ...] = (BILL, PAYMENT, OTHERS_LINK, CHARGE)


class House:
    """A household that has linked its account long ago, and what is done for it."""

    def __init__(self, now: datetime = NINE) -> None:
        self.store = MemoryStore()
        self.clock = FixedClock(now)
        self.identifiers = SequentialIdentifiers(first=0x1000)
        self.tickets = PlainTickets()
        keep(self.store, a_supplier(), an_account(), a_user(), another_user())
        keep(self.store, a_link(linked_at=LONG_AGO), a_meter(verification_due=None))

    def raise_all(self, day: date | None = None) -> dict[str, int]:
        """Raise what is due and return how many of each kind are new."""
        return dict(self.raising()(supplier="tsna", day=day).counts)

    def raising(self, *, batch_size: int = 1) -> RaiseNotifications:
        """Return the search for what is due."""
        return RaiseNotifications(
            unit_of_work=self.store.unit_of_work,
            facts=self.store.notice_facts,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=POLICY,
            batch_size=batch_size,
        )

    def mail_all(self) -> int:
        """Mail what is new and return how many messages left."""
        use_case = MailNotifications(
            unit_of_work=self.store.unit_of_work,
            clock=self.clock,
            identifiers=self.identifiers,
            tickets=self.tickets,
            policy=POLICY,
            users_at_once=1,
        )
        return use_case(supplier="tsna")

    def read(self, notification: Notification) -> Notification:
        """Let the household unfold a notification."""
        use_case = ReadNotification(unit_of_work=self.store.unit_of_work, clock=self.clock)
        return use_case(notification_id=notification.notification_id, user_id=notification.user_id)

    def told(self) -> set[str]:
        """Return the causes that the household has been told of."""
        found = self.store.user_notifications.list_all(USER_ID)
        return {one.notification.notice.cause for one in found}


# Raising


def test_everything_that_is_due_is_raised_once() -> None:
    """What has happened and what the day brings are told together, and not again."""
    house = House()
    keep(house.store, *HAPPENED)

    assert {
        "bill_issued": 1,
        "debt_overdue": 1,
        "linked_by_another": 1,
        "payment_posted": 1,
        "readings_missing": 1,
    } == house.raise_all()
    assert {} == house.raise_all()
    assert {} == house.raise_all(day=date(2026, 11, 23))


def test_notification_tells_the_facts() -> None:
    """The bill is told with its sum and the last day to pay it."""
    house = House()
    keep(house.store, BILL)
    house.raise_all()

    (bill,) = (
        one.notification
        for one in house.store.user_notifications.list_all(USER_ID)
        if isinstance(one.notification.notice, BillIssued)
    )
    assert (
        BillIssued(
            invoice_id=BILL.invoice_id,
            month=OCTOBER,
            closing=BILL.closing,
            due_on=date(2026, 11, 15),
        )
        == bill.notice
    )
    assert (USER_ID, ACCOUNT_ID, NINE, None) == (
        bill.user_id,
        bill.account_id,
        bill.raised_at,
        bill.read_at,
    )


def test_night_brings_only_what_has_happened() -> None:
    """Terms wait for the morning; a bill is in the cabinet at once."""
    house = House(NINE - timedelta(hours=1))
    keep(house.store, evolve(BILL, issued_at=JUST_NOW - timedelta(hours=2)))

    assert {"bill_issued": 1} == house.raise_all()

    house.clock.set(NINE)

    assert {"readings_missing": 1} == house.raise_all()


def test_named_day_is_looked_at_now() -> None:
    """An operator need not wait; the morning of today comes all the same."""
    house = House(NINE - timedelta(hours=1))

    assert {} == house.raise_all(day=date(2026, 11, 22))
    assert {"readings_missing": 1} == house.raise_all(day=date(2026, 12, 24))

    house.clock.set(NINE)

    assert {"readings_missing": 1} == house.raise_all()


def test_fact_that_was_late_is_heard() -> None:
    """What a long transaction records before the last search is found by the next one."""
    house = House()
    house.raise_all()
    keep(house.store, evolve(BILL, issued_at=NINE - timedelta(minutes=10)))
    house.clock.set(NINE + timedelta(minutes=2))

    assert {"bill_issued": 1} == house.raise_all()


def test_what_happened_long_ago_is_no_news() -> None:
    """A cabinet that begins to tell does not begin with the history."""
    house = House()
    keep(house.store, evolve(BILL, issued_at=NINE - timedelta(days=8)))

    assert {"readings_missing": 1} == house.raise_all()


def test_outage_loses_nothing() -> None:
    """Searches go on from where the last one was, however long ago."""
    house = House()
    house.raise_all()
    keep(house.store, BILL)
    house.clock.set(NINE + timedelta(days=20))

    assert house.raise_all()["bill_issued"] == 1


def test_each_user_of_an_account_is_told() -> None:
    """Whoever has linked the account is told; who links it later hears of later things."""
    house = House()
    keep(house.store, a_link(user_id=another_user().user_id, linked_at=LONG_AGO))
    keep(house.store, BILL)

    assert 2 == house.raise_all()["bill_issued"]


def test_who_has_unlinked_is_not_told() -> None:
    """Without a link there is nobody to tell, and what was told goes out of sight."""
    house = House()
    house.raise_all()
    with house.store.unit_of_work() as uow:
        link = uow.links.find(USER_ID, ACCOUNT_ID)
        assert link is not None
        uow.links.remove(link)
        uow.commit()
    keep(house.store, BILL)
    house.clock.advance(timedelta(minutes=2))

    assert {} == house.raise_all()
    assert set() == house.told()


def test_unknown_supplier_is_refused() -> None:
    """A slip in the code is not taken for a supplier without households."""
    house = House()
    with pytest.raises(SupplierNotFound):
        house.raising()(supplier="nobody")


class Broken(Exception):
    """Something stops the search."""


def test_search_that_was_broken_off_begins_anew() -> None:
    """What it had raised stays, and the rest comes with the next one."""
    house = House()
    keep(house.store, *HAPPENED)
    use_case = house.raising(batch_size=2)

    def stop() -> None:
        raise Broken

    with pytest.raises(Broken):
        use_case(supplier="tsna", between_batches=stop)

    assert 2 == len(house.told())
    assert 3 == use_case(supplier="tsna").total


@given(data=st.data())
def test_order_and_repetition_do_not_matter(data: st.DataObject) -> None:
    """In whatever order facts come, and however often it is looked, the same is told once."""
    at_once = House()
    keep(at_once.store, *HAPPENED)
    at_once.raise_all()
    one_by_one = House()
    raised = 0
    for fact in data.draw(st.permutations(HAPPENED)):
        for _ in range(data.draw(st.integers(0, 2))):
            raised += sum(one_by_one.raise_all(day=date(2026, 11, 23)).values())
        keep(one_by_one.store, fact)
    raised += sum(one_by_one.raise_all(day=date(2026, 11, 23)).values())

    assert at_once.told() == one_by_one.told()
    assert len(one_by_one.told()) == raised


# Reading


def test_reading_marks_the_first_time() -> None:
    """Unfolding it once more does not change when it was read."""
    house = House()
    keep(house.store, a_notification())
    read = house.read(a_notification())
    house.clock.advance(timedelta(hours=1))

    assert NINE == read.read_at
    assert NINE == house.read(a_notification()).read_at
    assert {} == house.store.user_notifications.count_unread(USER_ID)


def test_other_people_cannot_read() -> None:
    """For anybody else there is no such notification."""
    house = House()
    keep(house.store, a_notification())

    with pytest.raises(NotificationNotFound):
        house.read(a_notification(user_id=another_user().user_id))


# Mailing


def ready_to_mail(*, confirmed: bool = True, sms: bool = False) -> House:
    """Return a house whose user can be reached, with a notification to tell of."""
    house = House()
    if confirmed:
        with house.store.unit_of_work() as uow:
            uow.users.save(uow.users.get(USER_ID).confirm_email(now=LONG_AGO))
            uow.commit()
    if sms:
        keep(house.store, Mailing(user_id=USER_ID, supplier_id=SUPPLIER_ID, sms=True))
    keep(house.store, a_notification(raised_at=JUST_NOW))
    return house


def test_all_news_go_into_one_message_of_each_kind() -> None:
    """A letter and an SMS tell of both accounts, and nothing is told again."""
    house = ready_to_mail(sms=True)
    second = an_account(account_id=AccountId(UUID(int=1)), number="680012345679")
    keep(house.store, second, a_link(account_id=second.account_id))
    other = a_notification(
        notification_id=NotificationId(UUID(int=2)),
        account_id=second.account_id,
        raised_at=JUST_NOW,
    )
    keep(house.store, other)

    assert 2 == house.mail_all()
    assert 0 == house.mail_all()

    letter, sms = house.store.events()
    assert isinstance(letter, LetterDue)
    assert isinstance(sms, SmsDue)
    assert (a_user().email.address, a_user().phone.number) == (letter.email, sms.phone)
    assert [second.number, an_account().number] == [one.account for one in letter.notices]
    assert letter.notices == sms.notices
    debt = letter.notices[1]
    assert ("debt_overdue", Money(119387)) == (debt.kind, debt.amount)
    assert a_notification().notification_id == debt.notification_id


def test_night_is_quiet() -> None:
    """What is raised in the evening is told in the morning."""
    house = ready_to_mail()
    house.clock.set(NINE - timedelta(minutes=1))

    assert 0 == house.mail_all()

    house.clock.set(NINE)

    assert 1 == house.mail_all()


@pytest.mark.parametrize("reason", ["read", "old", "unlinked", "unconfirmed"])
def test_message_that_nobody_needs_is_not_sent(reason: str) -> None:
    """Nor is it tried again."""
    house = ready_to_mail(confirmed=reason != "unconfirmed")
    match reason:
        case "read":
            house.read(a_notification())
        case "old":
            house.clock.set(NINE + timedelta(days=8))
        case "unlinked":
            with house.store.unit_of_work() as uow:
                link = uow.links.find(USER_ID, ACCOUNT_ID)
                assert link is not None
                uow.links.remove(link)
                uow.commit()

    assert 0 == house.mail_all()
    with house.store.unit_of_work() as uow:
        assert () == uow.notifications.list_unmailed(SUPPLIER_ID, users=9)


def test_answer_has_a_letter_of_its_own() -> None:
    """Who gets it by e-mail anyway gets no second letter; an SMS tells of it."""
    house = ready_to_mail(sms=True)
    answer = RequestAnswered(
        request_id=RequestId(UUID(int=1)),
        position=1,
        number="ОБ-2026-000001",
        answered_on=date(2026, 11, 23),
    )
    keep(
        house.store,
        a_notification(
            notification_id=NotificationId(UUID(int=2)), notice=answer, raised_at=JUST_NOW
        ),
    )
    house.mail_all()

    letter, sms = house.store.events()
    assert isinstance(letter, LetterDue)
    assert isinstance(sms, SmsDue)
    assert ["debt_overdue"] == [one.kind for one in letter.notices]
    assert ["request_answered", "debt_overdue"] == [one.kind for one in sms.notices]


def test_missing_readings_come_with_a_ticket() -> None:
    """Each user gets one for the account and the window of the notification; nothing else has one."""
    house = ready_to_mail(sms=True)
    missing = ReadingsMissing(month=Month(2026, 11), closes_on=date(2026, 11, 25))
    keep(
        house.store,
        a_notification(
            notification_id=NotificationId(UUID(int=2)), notice=missing, raised_at=JUST_NOW
        ),
    )
    house.mail_all()

    letter, sms = house.store.events()
    assert isinstance(letter, LetterDue)
    assert isinstance(sms, SmsDue)
    tickets = {one.kind: one.ticket for one in letter.notices}
    assert tickets["debt_overdue"] is None
    assert tickets["readings_missing"] is not None
    ticket = house.tickets.read(tickets["readings_missing"])
    assert a_ticket(good_through=date(2026, 11, 25)) == ticket
    assert letter.notices == sms.notices
    assert tickets["readings_missing"] not in repr(letter)


# Taking along


def test_own_notifications_can_be_taken_along() -> None:
    """They come as plain values that JSON can write."""
    house = House()
    keep(house.store, a_notification(notice=a_debt(), read_at=NINE))
    use_case = ShowOwnNotifications(user_notifications=house.store.user_notifications)

    assert {
        "notifications": [
            {
                "account": an_account().number,
                "kind": "debt_overdue",
                "amount": 119387,
                "month": "2020-01",
                "day": "2020-02-10",
                "name": None,
                "raised_at": a_notification().raised_at.isoformat(),
                "read_at": NINE.isoformat(),
            }
        ]
    } == use_case(user_id=USER_ID)
