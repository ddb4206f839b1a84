"""The supplier answers a request."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.support.model import read_number
from elkk_core.support.ports import SupportUnitOfWork


@frozen(kw_only=True)
class AnswerRequest:
    """Answer a request; a letter tells its author to look, if the e-mail is confirmed.

    Raises:
        SupplierNotFound, RequestNotFound: If there is no such one.
        FieldRequired, FieldTooLong: If the answer says nothing or too much.
        RequestClosed: If it is closed.
        StaleState: If somebody else has changed it at the same moment.
    """

    unit_of_work: Callable[[], SupportUnitOfWork]
    clock: Clock
    identifiers: Identifiers

    def __call__(self, *, supplier: str, number: str, text: str) -> None:
        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_id(supplier)
            request = uow.requests.get_by_number(supplier_id, read_number(number))
            correspondent = (
                None
                if request.user_id is None
                else uow.households.find_correspondent(request.user_id)
            )
            uow.requests.save(
                request.answer(
                    text,
                    correspondent=correspondent,
                    supplier=uow.households.get_supplier(supplier_id).name,
                    event_id=self.identifiers.new(),
                    now=self.clock.now(),
                )
            )
            uow.commit()
