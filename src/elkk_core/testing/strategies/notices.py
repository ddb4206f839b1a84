"""Strategies for notices and notifications."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from elkk_core.accounts import LinkingId
from elkk_core.billing.model import PaymentId
from elkk_core.notices import (
    BillIssued,
    DebtOverdue,
    LinkedByAnother,
    Notice,
    Notification,
    NotificationId,
    PaymentDeclined,
    PaymentPosted,
    ReadingsMissing,
    RequestAnswered,
    VerificationEnding,
    VerificationOver,
)
from elkk_core.payments import CardPaymentId, DeclineReason
from elkk_core.shared import AccountId, InvoiceId, UserId
from elkk_core.support import RequestId
from elkk_core.testing.strategies.values import days, ids, moments, money, months, texts


def notices() -> SearchStrategy[Notice]:
    """Notices of every kind."""
    return st.one_of(
        st.builds(ReadingsMissing, month=months(), closes_on=days()),
        st.builds(
            BillIssued,
            invoice_id=ids(InvoiceId),
            month=months(),
            closing=money(),
            due_on=st.none() | days(),
            corrects=st.booleans(),
        ),
        st.builds(DebtOverdue, month=months(), amount=money(), due_on=days()),
        st.builds(VerificationEnding, meter=texts(max_size=40), due=days()),
        st.builds(VerificationOver, meter=texts(max_size=40), due=days()),
        st.builds(PaymentPosted, payment_id=ids(PaymentId), amount=money(), received_on=days()),
        st.builds(
            PaymentDeclined,
            payment_id=ids(CardPaymentId),
            amount=money(),
            reason=st.sampled_from(DeclineReason),
            declined_on=days(),
        ),
        st.builds(
            RequestAnswered,
            request_id=ids(RequestId),
            position=st.integers(0, 99),
            number=texts(max_size=20),
            answered_on=days(),
        ),
        st.builds(LinkedByAnother, linking_id=ids(LinkingId), linked_on=days()),
    )


def notifications(*, user_id: UserId, account_id: AccountId) -> SearchStrategy[Notification]:
    """Notifications for a user of an account, read or not."""
    return st.builds(
        Notification,
        notification_id=ids(NotificationId),
        user_id=st.just(user_id),
        account_id=st.just(account_id),
        notice=notices(),
        raised_at=moments(),
        read_at=st.none() | moments(),
        version=st.just(0),
    )
