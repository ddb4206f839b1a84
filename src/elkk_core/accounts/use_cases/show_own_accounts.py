"""What the cabinet knows of a user's accounts, to take along."""

from collections.abc import Mapping

from attrs import frozen

from elkk_core.accounts.queries import LinkedAccounts, MailingList
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Json


@frozen(kw_only=True)
class ShowOwnAccounts:
    """Return what a user has linked and chosen (``accounts``, ``mailings``).

    See ``OwnData``.
    """

    linked_accounts: LinkedAccounts
    mailings: MailingList

    def __call__(self, *, user_id: UserId) -> Mapping[str, Json]:
        return {
            "accounts": [
                {
                    "supplier": account.supplier_name,
                    "number": account.number,
                    "address": account.address,
                    "relation": account.relation.value,
                    "bill_delivery": account.delivery.value,
                    "linked_at": account.linked_at.isoformat(),
                    "group": account.heading,
                    "note": account.note,
                }
                for account in self.linked_accounts.list_for(user_id)
            ],
            "mailings": [
                {"supplier": mailing.supplier_name, "email": mailing.email, "sms": mailing.sms}
                for mailing in self.mailings.list_for(user_id)
            ],
        }
