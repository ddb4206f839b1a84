"""By what a supplier may write to a user."""

from collections.abc import Collection
from enum import StrEnum

from attrs import evolve, frozen

from elkk_core.shared.ids import SupplierId, UserId


class MailingChannel(StrEnum):
    """By what a supplier's mailing may come."""

    EMAIL = "email"
    SMS = "sms"


@frozen(kw_only=True)
class Mailing:
    """By what a supplier may write to a user of debts, readings and offers.

    By e-mail, unless the user has chosen otherwise.
    """

    user_id: UserId
    supplier_id: SupplierId
    email: bool = True
    sms: bool = False

    version: int = 0

    # Commands

    def come_by(self, channels: Collection[MailingChannel]) -> "Mailing":
        """Return the mailing coming by *channels* alone."""
        return evolve(
            self, email=MailingChannel.EMAIL in channels, sms=MailingChannel.SMS in channels
        )
