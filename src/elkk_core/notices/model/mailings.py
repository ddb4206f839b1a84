"""What is to leave the house, and for whom."""

from attrs import field, frozen

from elkk_core.identity.model import Email, FullName, Language, Phone
from elkk_core.notices.model.notifications import Notification
from elkk_core.shared.ids import UserId


@frozen(kw_only=True)
class Recipient:
    """A user with the ways that they want to be told by.

    *email* is None unless it was confirmed and is wanted, *phone* unless it is wanted.
    """

    user_id: UserId
    name: FullName
    language: Language
    email: Email | None = field(repr=False)
    phone: Phone | None = field(repr=False)


@frozen(kw_only=True)
class Unmailed:
    """A notification that no message has told of yet, with the account that it is about.

    *recipient* is None where the user has unlinked the account since.
    """

    notification: Notification
    account: str
    address: str
    recipient: Recipient | None
