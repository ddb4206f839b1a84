"""The payments by card that a user has begun, to take along."""

from collections.abc import Mapping

from attrs import frozen

from elkk_core.payments.model import PaymentChange
from elkk_core.payments.queries import BegunPayment, BegunPayments
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Json


@frozen(kw_only=True)
class ShowOwnPayments:
    """Return a user's payments by card with what became of them, the latest first (``payments``).

    See ``OwnData``. The page of the bank is not among it: whoever opens that may pay.
    """

    begun_payments: BegunPayments

    def __call__(self, *, user_id: UserId) -> Mapping[str, Json]:
        return {"payments": list(map(_told, self.begun_payments.list_for(user_id)))}


def _told(begun: BegunPayment) -> Json:
    payment = begun.payment
    return {
        "number": payment.order_number,
        "supplier": begun.supplier_name,
        "account": begun.account,
        "amount": payment.amount.kopecks,
        "state": payment.state.value,
        "rules_version": payment.rules_version,
        "started_at": payment.started_at.isoformat(),
        "changes": list(map(_changed, payment.changes)),
    }


def _changed(change: PaymentChange) -> Json:
    return {
        "state": change.state.value,
        "at": change.at.isoformat(),
        "source": change.source.value,
        "reason": None if change.reason is None else change.reason.value,
    }
