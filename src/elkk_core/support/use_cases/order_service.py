"""«Заказать услугу»: a household orders a service of the catalogue."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.shared.errors import FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import AccountId, UserId
from elkk_core.shared.periods import local_date
from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.support.model import (
    Applicant,
    Author,
    Content,
    Message,
    RequestId,
    ServiceOrder,
    SupportRequest,
    Topic,
    contact_phone,
    line,
    name,
    optional_letter,
    optional_name,
    request_number,
)
from elkk_core.support.policies import SupportPolicy
from elkk_core.support.ports import SupportUnitOfWork


@frozen(kw_only=True)
class OrderService:
    """Register the order of a service for a linked account, at the price published now.

    Title and unit of the service are kept in *language*, as the user has read them.

    Raises:
        FormRejected: If fields are wrong; faults are at ``account``, ``service``, ``surname``,
            ``given``, ``patronymic``, ``phone``, ``address`` and ``comment``.
        TooManyRequests: If the user has written too often lately.
    """

    unit_of_work: Callable[[], SupportUnitOfWork]
    clock: Clock
    identifiers: Identifiers
    policy: SupportPolicy

    def __call__(
        self,
        *,
        user_id: UserId,
        account_id: AccountId | None,
        service: str,
        surname: str,
        given: str,
        patronymic: str,
        phone: str,
        address: str,
        comment: str = "",
        language: str = "ru",
    ) -> SupportRequest:
        faults = Faults()
        for field, read, typed in (
            ("surname", name, surname),
            ("given", name, given),
            ("patronymic", optional_name, patronymic),
            ("phone", contact_phone, phone),
            ("address", line, address),
            ("comment", optional_letter, comment),
        ):
            with faults.at(field):
                read(typed)
        now = self.clock.now()
        with self.unit_of_work() as uow:
            content = Content()
            with faults.at("account"):
                if account_id is None:
                    raise FieldRequired
                account = uow.households.get_linked(account_id, user_id=user_id)
                published = uow.contents.find(account.supplier.supplier_id)
                content = content if published is None else published.content
            with faults.at("service"):
                if not service:
                    raise FieldRequired
                chosen = content.service(service)
            faults.refuse_form()

            written = uow.tallies.get(f"support:user:{user_id}")
            uow.tallies.save(self.policy.counted(written, now=now))
            supplier_id = account.supplier.supplier_id
            year = local_date(now, account.supplier.time_zone).year
            request = SupportRequest(
                request_id=RequestId(self.identifiers.new()),
                supplier_id=supplier_id,
                number=request_number(year, uow.request_numbers.take(supplier_id, year)),
                user_id=user_id,
                account_id=account_id,
                account_number=account.number,
                topic=Topic.SERVICE_ORDER,
                applicant=Applicant(surname=surname, given=given, patronymic=patronymic),
                order=ServiceOrder(
                    service=chosen.code,
                    title=chosen.title.in_language(language),
                    price=chosen.price,
                    unit="" if chosen.unit is None else chosen.unit.in_language(language),
                    address=address,
                    phone=phone,
                ),
                registered_at=now,
                messages=(
                    Message(author=Author.HOUSEHOLD, text=optional_letter(comment), written_at=now),
                ),
            )
            uow.requests.add(request)
            uow.commit()
        return request
