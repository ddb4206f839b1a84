"""When something is worth telling, and how messages tell it, with numbers that a supplier may set."""

from elkk_core.notices.policies.mailing import messages
from elkk_core.notices.policies.rules import NoticePolicy, PayableUntil

__all__ = ["NoticePolicy", "PayableUntil", "messages"]
