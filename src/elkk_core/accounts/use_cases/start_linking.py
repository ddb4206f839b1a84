"""The first step of linking a personal account."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.accounts import errors
from elkk_core.accounts.model import Relation, account_number
from elkk_core.accounts.policies import LinkingPolicy
from elkk_core.accounts.ports import AccountsUnitOfWork
from elkk_core.shared.errors import FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import SupplierId, UserId
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class StartLinking:
    """Check what a user says of an account before the security question is asked.

    An account number that does not exist leads to the same question as one that does.

    Raises:
        FormRejected: If fields are wrong; faults are at ``number`` and ``relation``.
        SupplierNotFound: If there is no such supplier.
        AlreadyLinked: If this user has linked the account before.
        LinkingLocked: If there were too many wrong answers lately.
    """

    unit_of_work: Callable[[], AccountsUnitOfWork]
    clock: Clock
    policy: LinkingPolicy

    def __call__(
        self, *, user_id: UserId, supplier_id: SupplierId, number: str, relation: str
    ) -> None:
        faults = Faults()
        with faults.at("number"):
            if not number.strip():
                raise FieldRequired
            clean = account_number(number)
        with faults.at("relation"):
            if relation not in set(Relation):
                raise errors.RelationUnknown
        faults.refuse_form()

        with self.unit_of_work() as uow:
            supplier = uow.suppliers.get(supplier_id)
            account = uow.accounts.find_by_numbers(supplier_id, {clean}).get(clean)
            if account is not None and uow.links.find(user_id, account.account_id) is not None:
                raise errors.AlreadyLinked(clean)
            free_at = self.policy.free_at(
                user=uow.tallies.get(f"linking:user:{user_id}"),
                account=uow.tallies.get(f"linking:account:{supplier.code}:{clean}"),
                now=self.clock.now(),
            )
        if free_at is not None:
            raise errors.LinkingLocked(free_at)
