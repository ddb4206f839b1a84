"""One request, for an operator."""

from attrs import frozen

from elkk_core.support.model import read_number
from elkk_core.support.queries import RequestOverview, RequestOverviews


@frozen(kw_only=True)
class ShowRequest:
    """Return a request of a supplier by its number, also as «2026-123».

    Raises:
        SupplierNotFound, RequestNotFound: If there is no such one.
    """

    requests: RequestOverviews

    def __call__(self, *, supplier: str, number: str) -> RequestOverview:
        return self.requests.get_by_number(supplier, read_number(number))
