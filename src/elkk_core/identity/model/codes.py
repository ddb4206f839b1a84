"""One-time codes."""

from datetime import datetime

from attrs import evolve, field, frozen

from elkk_core.identity import errors
from elkk_core.shared import validators


@frozen(kw_only=True)
class OneTimeCode:
    """A code on its way to a phone; only its digest is kept.

    It works once, until *expires_at*, and while *tries_left* lasts (ASVS 5.0, 6.5.1-6.5.5).
    """

    digest: str = field(repr=False)
    sent_at: datetime = field(validator=validators.aware)
    expires_at: datetime = field(validator=validators.aware)
    tries_left: int = field(validator=validators.exact_int)
    used_at: datetime | None = None

    # Commands

    def answer(self, *, right: bool, now: datetime) -> "OneTimeCode":
        """Return the code after an answer: used by a right one, with a try less by a wrong one.

        Raises:
            CodeUsed: If it was answered right before.
            CodeTriesSpent: If it was answered wrong too often.
            CodeExpired: If it is too old.
        """
        if self.used_at is not None:
            raise errors.CodeUsed
        if self.tries_left < 1:
            raise errors.CodeTriesSpent
        if now >= self.expires_at:
            raise errors.CodeExpired
        return evolve(self, used_at=now) if right else evolve(self, tries_left=self.tries_left - 1)

    # Queries

    def is_open(self, *, now: datetime) -> bool:
        """Tell whether the code may still be answered."""
        return self.used_at is None and self.tries_left > 0 and now < self.expires_at
