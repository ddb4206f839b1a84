"""What a store promises of notifications, and of what there may be to tell."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from attrs import evolve

from elkk_core.accounts import LinkingId, Mailing
from elkk_core.billing.model import EntryId, PaymentId
from elkk_core.metering import ReadingSource
from elkk_core.notices import (
    Addressee,
    IssuedBill,
    MadeLink,
    NotificationId,
    NotificationNotFound,
    NotificationOverview,
    Recipient,
    RecordedPayment,
    RefusedPayment,
    SmsDue,
    SuppliersAnswer,
    Unmailed,
    UnpaidAccount,
    UnreadMeter,
    VerificationTerm,
    Watch,
)
from elkk_core.payments import (
    CardPayment,
    CardPaymentId,
    ChangeSource,
    DeclineReason,
    PaymentState,
)
from elkk_core.shared import (
    AccountId,
    InvoiceId,
    MeterId,
    Money,
    ReadingId,
    StaleState,
    SubmissionWindow,
    UserId,
    Zone,
)
from elkk_core.support import Author, RequestId
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    MORNING,
    SUPPLIER_ID,
    USER_ID,
    a_card_payment,
    a_debt,
    a_link,
    a_linking,
    a_message,
    a_meter,
    a_notification,
    a_payment,
    a_reading,
    a_request,
    a_supplier,
    a_user,
    an_account,
    an_entry,
    an_invoice,
    an_issued_invoice,
    another_user,
)
from elkk_core.testing.contracts.accounts import NEIGHBOUR, OTHER_SUPPLIER
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep

_STRANGE = an_account(
    account_id=AccountId(UUID(int=0xF2)), supplier_id=OTHER_SUPPLIER.supplier_id, number="0001"
)
_OTHERS = another_user().user_id
_LATER = MORNING + timedelta(minutes=1)
_DAY = date(2020, 1, 24)


def _linked(store: Store) -> None:
    """Let a user see two accounts of two suppliers, and another one the first of them."""
    keep(store, a_user(), another_user(), a_supplier(), OTHER_SUPPLIER)
    keep(store, an_account(), NEIGHBOUR, _STRANGE)
    keep(store, a_link(), a_link(account_id=_STRANGE.account_id))
    keep(store, a_link(user_id=_OTHERS, linked_at=_LATER))


def _to(user_id: UserId) -> Addressee:
    return Addressee(
        user_id=user_id,
        account_id=ACCOUNT_ID,
        linked_at=_LATER if user_id == _OTHERS else MORNING,
    )


def _unlink(store: Store) -> None:
    """Let the user see the first account no more."""
    with store.unit_of_work() as uow:
        link = uow.links.find(USER_ID, ACCOUNT_ID)
        assert link is not None
        uow.links.remove(link)
        uow.commit()


class NotificationsContract(OpensStore):
    """See ``elkk_core.notices.Notifications``."""

    def test_notification_comes_back_equal(self, store: Store) -> None:
        """Every notification that was raised comes back as it was."""
        self.check_round_trip(
            store,
            strategies.notifications(user_id=USER_ID, account_id=ACCOUNT_ID),
            lambda uow, one: uow.notifications.get(one.notification_id, user_id=one.user_id),
            after=(a_user(), a_supplier(), an_account(), a_link()),
        )

    def test_notification_is_raised_once(self, store: Store) -> None:
        """A cause is told of once for each user and account, in one batch or in several."""
        _linked(store)
        again = a_notification(notification_id=NotificationId(UUID(int=1)), raised_at=_LATER)
        anothers = evolve(again, notification_id=NotificationId(UUID(int=2)), user_id=_OTHERS)
        other = evolve(
            again,
            notification_id=NotificationId(UUID(int=3)),
            notice=a_debt(month=JANUARY.next),
        )
        elsewhere = evolve(
            again,
            notification_id=NotificationId(UUID(int=4)),
            account_id=_STRANGE.account_id,
        )
        with store.unit_of_work() as uow:
            assert (a_notification(),) == uow.notifications.raise_all([a_notification(), again])
            uow.commit()

        with store.unit_of_work() as uow:
            raised = uow.notifications.raise_all([again, anothers, other, elsewhere])
            assert (anothers, other, elsewhere) == raised
            assert () == uow.notifications.raise_all([])
            assert a_notification() == uow.notifications.get(
                a_notification().notification_id, user_id=USER_ID
            )
            with pytest.raises(NotificationNotFound):
                uow.notifications.get(again.notification_id, user_id=USER_ID)

    def test_notification_is_for_its_user_alone(self, store: Store) -> None:
        """Neither another user of the account finds it, nor one who has unlinked it."""
        _linked(store)
        keep(store, a_notification())
        number = a_notification().notification_id
        with store.unit_of_work() as uow, pytest.raises(NotificationNotFound):
            uow.notifications.get(number, user_id=_OTHERS)
        with store.unit_of_work() as uow:
            link = uow.links.find(USER_ID, ACCOUNT_ID)
            assert link is not None
            uow.links.remove(link)
            uow.commit()

        with store.unit_of_work() as uow, pytest.raises(NotificationNotFound):
            uow.notifications.get(number, user_id=USER_ID)

    def test_notification_is_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, and only of that one."""
        _linked(store)
        keep(store, a_notification())
        read = a_notification().read(now=_LATER)
        with store.unit_of_work() as uow:
            uow.notifications.save(read)
            uow.commit()

        with store.unit_of_work() as uow:
            assert evolve(read, version=1) == uow.notifications.get(
                read.notification_id, user_id=USER_ID
            )
            with pytest.raises(StaleState):
                uow.notifications.save(read)
                uow.commit()

    def test_notifications_are_mailed_once(self, store: Store) -> None:
        """What was mailed is not listed again, nor mailed by another unit; its message leaves."""
        _linked(store)
        keep(store, a_notification())
        number = a_notification().notification_id
        message = SmsDue(
            event_id=UUID(int=7), phone="+79161234567", supplier="", language="ru", notices=()
        )
        with store.unit_of_work() as uow:
            listed = uow.notifications.list_unmailed(SUPPLIER_ID, users=1)
            assert [number] == [one.notification.notification_id for one in listed]
            uow.notifications.mail([number], messages=[message], now=_LATER)
            uow.commit()

        with store.unit_of_work() as uow:
            assert () == uow.notifications.list_unmailed(SUPPLIER_ID, users=1)
        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.notifications.mail([number], messages=[message], now=_LATER)
            uow.commit()
        assert (message,) == store.events()

    def test_unmailed_come_user_by_user(self, store: Store) -> None:
        """They come with all that is new of the supplier, in the order of raising."""
        _linked(store)
        early = a_notification(
            notification_id=NotificationId(UUID(int=9)),
            notice=a_debt(month=JANUARY.next),
            raised_at=MORNING - timedelta(days=1),
        )
        elsewhere = a_notification(
            notification_id=NotificationId(UUID(int=2)), account_id=_STRANGE.account_id
        )
        anothers = a_notification(
            notification_id=NotificationId(UUID(int=1)), user_id=_OTHERS, raised_at=early.raised_at
        )
        keep(store, a_notification(), early, elsewhere, anothers)
        with store.unit_of_work() as uow:
            of_one = uow.notifications.list_unmailed(SUPPLIER_ID, users=1)
            of_both = uow.notifications.list_unmailed(SUPPLIER_ID, users=2)

        assert [early, a_notification()] == [one.notification for one in of_one]
        assert [early, a_notification(), anothers] == [one.notification for one in of_both]

    def test_recipient_is_told_as_chosen(self, store: Store) -> None:
        """By e-mail at first, if it was confirmed; by what was chosen for this supplier then."""
        _linked(store)
        keep(store, a_notification(), a_notification(user_id=_OTHERS, notification_id=_number(1)))
        with store.unit_of_work() as uow:
            uow.users.save(uow.users.get(_OTHERS).confirm_email(now=MORNING))
            uow.commit()
        keep(store, Mailing(user_id=USER_ID, supplier_id=SUPPLIER_ID, email=True, sms=True))
        keep(
            store,
            Mailing(user_id=_OTHERS, supplier_id=OTHER_SUPPLIER.supplier_id, email=False, sms=True),
        )
        with store.unit_of_work() as uow:
            found = uow.notifications.list_unmailed(SUPPLIER_ID, users=2)

        expected = [
            Unmailed(
                notification=notification,
                account=an_account().number,
                address=an_account().address,
                recipient=Recipient(
                    user_id=user.user_id,
                    name=user.name,
                    language=user.language,
                    email=email,
                    phone=phone,
                ),
            )
            for notification, user, email, phone in (
                (a_notification(), a_user(), None, a_user().phone),
                (
                    a_notification(user_id=_OTHERS, notification_id=_number(1)),
                    another_user(),
                    another_user().email,
                    None,
                ),
            )
        ]
        assert expected == list(found)

    def test_who_has_unlinked_is_no_recipient(self, store: Store) -> None:
        """The notification is still there to be done with, and there is nobody to tell."""
        _linked(store)
        keep(store, a_notification())
        _unlink(store)

        with store.unit_of_work() as uow:
            (found,) = uow.notifications.list_unmailed(SUPPLIER_ID, users=1)
        assert found.recipient is None


class WatchesContract(OpensStore):
    """See ``elkk_core.notices.Watches``."""

    def test_watch_is_kept_in_place_of_the_one_before(self, store: Store) -> None:
        """Each supplier has a watch of its own, at first one that knows nothing."""
        keep(store, a_supplier(), OTHER_SUPPLIER)
        first = Watch(supplier_id=SUPPLIER_ID, heard_until=MORNING)
        second = evolve(first, heard_until=_LATER, looked_on=_DAY)
        for watch in (first, second):
            with store.unit_of_work() as uow:
                uow.watches.put(watch)
                uow.commit()

            with store.unit_of_work() as uow:
                assert watch == uow.watches.get(SUPPLIER_ID)
        with store.unit_of_work() as uow:
            unknown = uow.watches.get(OTHER_SUPPLIER.supplier_id)
        assert Watch(supplier_id=OTHER_SUPPLIER.supplier_id) == unknown


class UserNotificationsContract(OpensStore):
    """See ``elkk_core.notices.UserNotifications``."""

    def test_unread_are_counted_and_listed(self, store: Store) -> None:
        """Of each account, the latest first, so many at most; what was read is not among them."""
        _linked(store)
        later = a_notification(
            notification_id=_number(1), notice=a_debt(month=JANUARY.next), raised_at=_LATER
        )
        elsewhere = a_notification(notification_id=_number(2), account_id=_STRANGE.account_id)
        read = a_notification(
            notification_id=_number(0xAE), notice=a_debt(month=JANUARY.plus(2)), read_at=_LATER
        )
        anothers = a_notification(notification_id=_number(4), user_id=_OTHERS)
        keep(store, a_notification(), later, elsewhere, read, anothers)
        theirs = store.user_notifications

        assert {ACCOUNT_ID: 2, _STRANGE.account_id: 1} == theirs.count_unread(USER_ID)
        assert {ACCOUNT_ID: 1} == theirs.count_unread(_OTHERS)
        assert [later, a_notification(), elsewhere] == [
            one.notification for one in theirs.list_unread(USER_ID, limit=3)
        ]
        assert [later, read, a_notification(), elsewhere] == [
            one.notification for one in theirs.list_all(USER_ID)
        ]
        assert (
            NotificationOverview(
                notification=later, account=an_account().number, address=an_account().address
            ),
        ) == theirs.list_unread(USER_ID, limit=1)

    def test_list_of_an_account_begins_with_a_moment(self, store: Store) -> None:
        """Read or not, the latest first, and what nobody has read; of this account and user alone."""
        _linked(store)
        later = a_notification(
            notification_id=_number(1),
            notice=a_debt(month=JANUARY.next),
            raised_at=_LATER,
            read_at=_LATER,
        )
        early = a_notification(
            notification_id=_number(2),
            notice=a_debt(month=JANUARY.plus(2)),
            raised_at=MORNING - timedelta(microseconds=1),
            read_at=_LATER,
        )
        unread = a_notification(
            notification_id=_number(5),
            notice=a_debt(month=JANUARY.plus(3)),
            raised_at=MORNING - timedelta(days=1000),
        )
        keep(
            store,
            a_notification(),
            later,
            early,
            unread,
            a_notification(notification_id=_number(3), account_id=_STRANGE.account_id),
            a_notification(notification_id=_number(4), user_id=_OTHERS),
        )
        found = store.user_notifications.list_of(ACCOUNT_ID, user_id=USER_ID, since=MORNING)

        assert [later, a_notification(), unread] == [one.notification for one in found]

    def test_notification_is_found_by_its_user(self, store: Store) -> None:
        """With its account; for anybody else there is none."""
        _linked(store)
        keep(store, a_notification())
        number = a_notification().notification_id
        theirs = store.user_notifications

        assert NotificationOverview(
            notification=a_notification(),
            account=an_account().number,
            address=an_account().address,
        ) == theirs.get(number, user_id=USER_ID)
        with pytest.raises(NotificationNotFound):
            theirs.get(number, user_id=_OTHERS)

    def test_notifications_go_out_of_sight_with_the_link(self, store: Store) -> None:
        """Who has unlinked an account sees none of it any more."""
        _linked(store)
        keep(store, a_notification())
        _unlink(store)
        theirs = store.user_notifications

        assert {} == theirs.count_unread(USER_ID)
        assert () == theirs.list_unread(USER_ID, limit=9)
        assert () == theirs.list_all(USER_ID)
        assert () == theirs.list_of(ACCOUNT_ID, user_id=USER_ID, since=MORNING)
        with pytest.raises(NotificationNotFound):
            theirs.get(a_notification().notification_id, user_id=USER_ID)


class NoticeFactsContract(OpensStore):
    """See ``elkk_core.notices.NoticeFacts``."""

    def test_windows_are_those_of_meters(self, store: Store) -> None:
        """Of meters without a window of their own the supplier's, and of no other supplier."""
        own = SubmissionWindow(first_day=1, last_day=10)
        _linked(store)
        keep(
            store,
            a_meter(),
            a_meter(meter_id=_meter(1), number="1", window=own),
            a_meter(
                meter_id=_meter(2),
                account_id=_STRANGE.account_id,
                window=SubmissionWindow(first_day=2, last_day=3),
            ),
        )

        assert {own, a_supplier().window} == store.notice_facts.windows(SUPPLIER_ID)

    def test_unread_meter_lacks_a_reading(self, store: Store) -> None:
        """A reading of each register for the month is enough; the initial one does not count."""
        _linked(store)
        keep(
            store,
            a_meter(),
            a_reading(source=ReadingSource.INITIAL),
            a_reading(reading_id=_reading(1), month=JANUARY.next),
            a_meter(meter_id=_meter(1), number="read"),
            a_reading(reading_id=_reading(2), meter_id=_meter(1)),
            a_meter(meter_id=_meter(2), number="half", zones=(Zone.DAY, Zone.NIGHT)),
            a_reading(reading_id=_reading(3), meter_id=_meter(2), zone=Zone.DAY),
            a_reading(reading_id=_reading(4), meter_id=_meter(2), zone=Zone.DAY),
            a_meter(meter_id=_meter(3), number="corrected", zones=(Zone.DAY, Zone.NIGHT)),
            a_reading(reading_id=_reading(5), meter_id=_meter(3), month=JANUARY.previous),
            a_reading(reading_id=_reading(6), meter_id=_meter(3), corrects=_reading(5)),
            a_meter(meter_id=_meter(4), account_id=NEIGHBOUR.account_id, number="nobody's"),
        )
        unread = UnreadMeter(to=_to(USER_ID), window=a_supplier().window)
        found = store.notice_facts.unread_meters(
            SUPPLIER_ID, JANUARY, windows={a_supplier().window}, day=_DAY
        )

        anothers = evolve(unread, to=_to(_OTHERS))
        assert [unread] * 3 + [anothers] * 3 == list(found)

    def test_unread_meter_is_there_and_has_one_of_the_windows(self, store: Store) -> None:
        """Neither a meter that has gone or is to come is found, nor one with another window."""
        own, asked = (SubmissionWindow(first_day=1, last_day=last) for last in (9, 10))
        _linked(store)
        keep(
            store,
            a_meter(meter_id=_meter(1), number="gone", window=asked, removed_on=_DAY),
            a_meter(
                meter_id=_meter(2),
                number="to come",
                window=asked,
                installed_on=_DAY + timedelta(days=1),
                verification_due=None,
            ),
            a_meter(meter_id=_meter(3), number="other window", window=own),
            a_meter(meter_id=_meter(4), number="the window", window=asked),
        )
        facts = store.notice_facts

        found = facts.unread_meters(SUPPLIER_ID, JANUARY, windows=[asked], day=_DAY)
        assert [asked, asked] == [fact.window for fact in found]
        assert [] == [*facts.unread_meters(SUPPLIER_ID, JANUARY, windows=[], day=_DAY)]

    def test_verification_terms_end_in_time(self, store: Store) -> None:
        """Those of meters that are there, up to a day, that day included."""
        _linked(store)
        keep(
            store,
            a_meter(meter_id=_meter(1), number="gone", removed_on=_DAY, verification_due=_DAY),
            a_meter(meter_id=_meter(2), number="in time", verification_due=_DAY),
            a_meter(meter_id=_meter(3), number="late", verification_due=_DAY + timedelta(days=1)),
            a_meter(meter_id=_meter(4), number="never", verification_due=None),
        )
        found = store.notice_facts.verification_terms(SUPPLIER_ID, day=_DAY, through=_DAY)

        assert [
            VerificationTerm(to=_to(USER_ID), meter="in time", due=_DAY),
            VerificationTerm(to=_to(_OTHERS), meter="in time", due=_DAY),
        ] == list(found)

    def test_unpaid_account_owes_something(self, store: Store) -> None:
        """The balance is the sum of the ledger; the last bill in force tells what it charged."""
        _linked(store)
        former = an_issued_invoice(month=JANUARY.next)
        last = an_invoice(
            invoice_id=InvoiceId(UUID(int=1)),
            number="last",
            month=JANUARY.next,
            revision=1,
            corrects=former.invoice_id,
        )
        keep(
            store,
            an_issued_invoice(invoice_id=InvoiceId(UUID(int=2)), number="first"),
            former,
            last,
            an_entry(amount=Money(100)),
            an_entry(entry_id=EntryId(UUID(int=3)), amount=Money(-1)),
            an_entry(entry_id=EntryId(UUID(int=4)), account_id=NEIGHBOUR.account_id),
        )
        facts = store.notice_facts
        unpaid = UnpaidAccount(
            to=_to(USER_ID), balance=Money(99), month=JANUARY.next, charged=last.charged
        )

        assert [unpaid, evolve(unpaid, to=_to(_OTHERS))] == [*facts.unpaid_accounts(SUPPLIER_ID)]

        keep(store, an_entry(entry_id=EntryId(UUID(int=5)), amount=Money(-99)))

        assert [] == [*facts.unpaid_accounts(SUPPLIER_ID)]

    def test_unpaid_account_has_a_bill(self, store: Store) -> None:
        """What is owed without any bill is nobody's debt yet."""
        _linked(store)
        keep(store, an_entry())

        assert [] == [*store.notice_facts.unpaid_accounts(SUPPLIER_ID)]

    def test_bills_are_those_in_force_since_a_moment(self, store: Store) -> None:
        """A bill that was corrected is not told of, its correction is."""
        _linked(store)
        corrected = an_issued_invoice(issued_at=_LATER)
        correction = an_issued_invoice(
            invoice_id=InvoiceId(UUID(int=1)),
            number="correction",
            issued_at=_LATER,
            revision=1,
            corrects=corrected.invoice_id,
        )
        early = an_issued_invoice(
            invoice_id=InvoiceId(UUID(int=2)), number="early", month=JANUARY.previous
        )
        strange = an_invoice(
            invoice_id=InvoiceId(UUID(int=3)),
            account_id=_STRANGE.account_id,
            supplier_id=OTHER_SUPPLIER.supplier_id,
            issued_at=_LATER,
        )
        keep(store, corrected, correction, early, strange)
        told = IssuedBill(
            to=_to(USER_ID),
            invoice_id=correction.invoice_id,
            month=JANUARY,
            closing=correction.closing,
            corrects=True,
            issued_at=_LATER,
        )
        facts = store.notice_facts

        assert [told, evolve(told, to=_to(_OTHERS))] == [*facts.bills(SUPPLIER_ID, since=_LATER)]
        assert [early.invoice_id, correction.invoice_id] == [
            fact.invoice_id
            for fact in facts.bills(SUPPLIER_ID, since=MORNING)
            if fact.to.user_id == USER_ID
        ]

    def test_payments_are_those_since_a_moment(self, store: Store) -> None:
        """Those that an earlier billing system counted are no news."""
        _linked(store)
        paid = a_payment(recorded_at=_LATER)
        keep(
            store,
            paid,
            a_payment(payment_id=PaymentId(UUID(int=1)), reference="early"),
            a_payment(
                payment_id=PaymentId(UUID(int=2)),
                reference="counted",
                recorded_at=_LATER,
                counted_before=True,
            ),
            a_payment(
                payment_id=PaymentId(UUID(int=3)),
                reference="strange",
                recorded_at=_LATER,
                account_id=_STRANGE.account_id,
                supplier_id=OTHER_SUPPLIER.supplier_id,
            ),
        )
        told = RecordedPayment(
            to=_to(USER_ID),
            payment_id=paid.payment_id,
            amount=paid.amount,
            received_on=paid.received_on,
            recorded_at=_LATER,
        )

        assert [told, evolve(told, to=_to(_OTHERS))] == [
            *store.notice_facts.payments(SUPPLIER_ID, since=_LATER)
        ]

    def test_refusals_are_for_the_payer(self, store: Store) -> None:
        """Nobody else who has the account is told, and not of what the bank said earlier."""
        _linked(store)
        refused = _declined(a_card_payment(), at=_LATER, reason=DeclineReason.FUNDS)
        keep(
            store,
            refused,
            _declined(
                a_card_payment(
                    payment_id=CardPaymentId(UUID(int=1)), order_number="early", bank_order="early"
                ),
                at=MORNING,
                reason=DeclineReason.OTHER,
            ),
            a_card_payment(
                payment_id=CardPaymentId(UUID(int=2)), order_number="open", bank_order="open"
            ),
        )

        assert [
            RefusedPayment(
                to=_to(USER_ID),
                payment_id=refused.payment_id,
                amount=refused.amount,
                reason=DeclineReason.FUNDS,
                declined_at=_LATER,
            )
        ] == [*store.notice_facts.refusals(SUPPLIER_ID, since=_LATER)]

    def test_answers_are_for_the_author(self, store: Store) -> None:
        """Nobody else who has the account is told; what the household wrote is no answer."""
        _linked(store)
        answer = a_message(author=Author.OPERATOR, written_at=_LATER)
        asked = a_request(
            messages=(
                a_message(),
                a_message(author=Author.OPERATOR),
                answer,
                a_message(written_at=_LATER),
            )
        )
        keep(
            store,
            asked,
            a_request(
                request_id=RequestId(UUID(int=1)),
                number="ОБ-2020-000002",
                account_id=None,
                messages=(a_message(), answer),
            ),
        )

        assert [
            SuppliersAnswer(
                to=_to(USER_ID),
                request_id=asked.request_id,
                position=2,
                number=asked.number,
                written_at=_LATER,
            )
        ] == [*store.notice_facts.answers(SUPPLIER_ID, since=_LATER)]

    def test_links_are_those_made_since_a_moment(self, store: Store) -> None:
        """All who have the account now are told, whether or not the link is still there."""
        _linked(store)
        made = a_linking(linked_at=_LATER)
        keep(
            store,
            made,
            a_linking(linking_id=LinkingId(UUID(int=1))),
            a_linking(
                linking_id=LinkingId(UUID(int=2)),
                account_id=_STRANGE.account_id,
                linked_at=_LATER,
            ),
        )
        told = MadeLink(to=_to(USER_ID), linking_id=made.linking_id, linked_at=_LATER)

        assert [told, evolve(told, to=_to(_OTHERS))] == [
            *store.notice_facts.links(SUPPLIER_ID, since=_LATER)
        ]


def _declined(payment: CardPayment, *, at: datetime, reason: DeclineReason) -> CardPayment:
    return payment.come_to(PaymentState.DECLINED, now=at, source=ChangeSource.BANK, reason=reason)


def _number(number: int) -> NotificationId:
    return NotificationId(UUID(int=number))


def _meter(number: int) -> MeterId:
    return MeterId(UUID(int=number))


def _reading(number: int) -> ReadingId:
    return ReadingId(UUID(int=number))
