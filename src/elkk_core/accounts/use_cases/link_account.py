"""The last step of linking a personal account."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.accounts import errors
from elkk_core.accounts.model import (
    AccountLink,
    BillDelivery,
    Linking,
    LinkingId,
    Relation,
    account_number,
)
from elkk_core.accounts.policies import LinkingPolicy
from elkk_core.accounts.ports import AccountsUnitOfWork
from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month, local_date
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class LinkAccount:
    """Link a personal account to a user who knows the closing figure of a recent bill.

    Right is «Итого по счету» or «Итого переплата» of any bill of the last months (six, unless the
    policy says otherwise), as printed; whether an overpayment is given with a minus does not matter.
    A bill that closes at zero does not count: anybody would try «0,00» first.
    An account number that does not exist is refused as a wrong answer is.
    That the account was linked is kept as a fact, for those to be told who have linked it before.

    Raises:
        NotAnAmount: If the answer is not an amount of money; the try is not counted.
        AccountNumberMalformed: If the number cannot be that of an account.
        SupplierNotFound: If there is no such supplier.
        AlreadyLinked: If this user has linked the account before.
        LinkingLocked: If there were too many wrong answers lately.
        WrongSecurityAnswer: If the answer is wrong; the try is counted by user and by account.
    """

    unit_of_work: Callable[[], AccountsUnitOfWork]
    clock: Clock
    identifiers: Identifiers
    policy: LinkingPolicy

    def __call__(
        self,
        *,
        user_id: UserId,
        supplier_id: SupplierId,
        number: str,
        relation: Relation,
        delivery: BillDelivery,
        answer: str,
    ) -> AccountId:
        amount = Money.parse(answer)
        clean = account_number(number)
        now = self.clock.now()
        with self.unit_of_work() as uow:
            supplier = uow.suppliers.get(supplier_id)
            by_user = uow.tallies.get(f"linking:user:{user_id}")
            by_account = uow.tallies.get(f"linking:account:{supplier.code}:{clean}")
            account = uow.accounts.find_by_numbers(supplier_id, {clean}).get(clean)
            if account is not None and uow.links.find(user_id, account.account_id) is not None:
                raise errors.AlreadyLinked(clean)
            free_at = self.policy.free_at(user=by_user, account=by_account, now=now)
            if free_at is not None:
                raise errors.LinkingLocked(free_at)

            first = Month.of(local_date(now, supplier.time_zone)).plus(-self.policy.months)
            right = account is not None and any(
                figure.is_answered_by(amount)
                for figure in uow.bill_figures.list_since(account.account_id, first)
            )
            if right and account is not None:
                uow.links.add(
                    AccountLink(
                        user_id=user_id,
                        account_id=account.account_id,
                        relation=relation,
                        delivery=delivery,
                        linked_at=now,
                    )
                )
                uow.linkings.add(
                    Linking(
                        linking_id=LinkingId(self.identifiers.new()),
                        account_id=account.account_id,
                        linked_at=now,
                    )
                )
                # Saved though nothing was counted: of answers given at the same moment one alone is
                # heard, so the right one cannot slip through among wrong ones.
                uow.tallies.save(by_user)
                uow.tallies.save(by_account)
            else:
                by_user = by_user.add(now=now, keep=self.policy.per_user.within)
                by_account = by_account.add(now=now, keep=self.policy.per_account.within)
                uow.tallies.save(by_user)
                uow.tallies.save(by_account)
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right or account is None:
            raise errors.WrongSecurityAnswer(
                self.policy.left(user=by_user, account=by_account, now=now)
            )
        return account.account_id
