"""What a user has asked and ordered, to take along."""

from collections.abc import Mapping

from attrs import frozen

from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Json
from elkk_core.support.model import Message, ServiceOrder
from elkk_core.support.queries import RequestOverview, RequestOverviews


@frozen(kw_only=True)
class ShowOwnRequests:
    """Return a user's requests with all that was written, the newest first (``requests``).

    See ``OwnData``. Files are named; their bytes are found in the cabinet.
    """

    requests: RequestOverviews

    def __call__(self, *, user_id: UserId) -> Mapping[str, Json]:
        return {"requests": [_told(overview) for overview in self.requests.list_for(user_id)]}


def _told(overview: RequestOverview) -> Json:
    request = overview.request
    return {
        "number": request.number,
        "supplier": overview.supplier_name,
        "account": request.account_number,
        "address": overview.address,
        "topic": request.topic.value,
        "state": request.state.value,
        "applicant": str(request.applicant),
        "order": None if request.order is None else _ordered(request.order),
        "registered_at": request.registered_at.isoformat(),
        "messages": [_written(message) for message in request.messages],
    }


def _ordered(order: ServiceOrder) -> Json:
    return {
        "service": order.title,
        "price": None if order.price is None else order.price.kopecks,
        "unit": order.unit,
        "address": order.address,
        "phone": order.phone,
    }


def _written(message: Message) -> Json:
    return {
        "author": message.author.value,
        "text": message.text,
        "written_at": message.written_at.isoformat(),
        "files": [file.name for file in message.attachments],
    }
