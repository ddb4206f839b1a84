"""What ties users to accounts: the figure that opens one, the link, the fact that it was made."""

from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from attrs import evolve, field, frozen

from elkk_core.accounts.model.lines import line, line_or_nothing
from elkk_core.shared import validators
from elkk_core.shared.ids import AccountId, UserId
from elkk_core.shared.money import Money


@frozen(kw_only=True)
class BillFigure:
    """The closing figure of a bill: total due if positive, overpayment if negative."""

    closing: Money

    def is_answered_by(self, answer: Money) -> bool:
        """Tell whether *answer* is the figure as printed, where an overpayment has no sign.

        A bill that closes at zero answers nothing: anybody would try «0,00» first.
        """
        return not self.closing.is_zero and abs(answer) == abs(self.closing)


class Relation(StrEnum):
    """What a user is to a personal account (статус отношения к ЛС)."""

    OWNER = "owner"
    OTHER = "other"
    TENANT = "tenant"
    REGISTERED = "registered"
    RESIDENT = "resident"


class BillDelivery(StrEnum):
    """How bills reach the household."""

    EMAIL = "email"
    PAPER = "paper"


@frozen(kw_only=True)
class AccountLink:
    """A user's right to see and serve a personal account, and how the user likes to have it.

    *group* is the heading under which the user keeps the account, empty for its address; *note* is
    for the user's eyes alone.
    """

    user_id: UserId
    account_id: AccountId
    relation: Relation
    delivery: BillDelivery
    linked_at: datetime = field(validator=validators.aware)
    group: str = field(default="", converter=line_or_nothing)
    note: str = field(default="", converter=line_or_nothing)

    version: int = 0

    # Commands

    def put_into(self, group: str, *, address: str) -> "AccountLink":
        """Return the link with the account in *group*.

        A group that is called as the *address* of the account is the one that follows the address.
        """
        name = line(group)
        return evolve(self, group="" if name == line(address) else name)

    def put_under_address(self) -> "AccountLink":
        """Return the link with the account under its address again."""
        return evolve(self, group="")

    def note_down(self, note: str) -> "AccountLink":
        """Return the link with another note, none if it is empty."""
        return evolve(self, note=note)

    def deliver_by(self, delivery: BillDelivery) -> "AccountLink":
        """Return the link with bills coming by *delivery*."""
        return evolve(self, delivery=delivery)


LinkingId = NewType("LinkingId", UUID)


@frozen(kw_only=True)
class Linking:
    """The fact that somebody linked an account, which those who had linked it before are told.

    It stays when the link goes, and does not say who it was.
    """

    linking_id: LinkingId
    account_id: AccountId
    linked_at: datetime = field(validator=validators.aware)
