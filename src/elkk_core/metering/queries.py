"""What screens read of meters and readings."""

from typing import Protocol

from attrs import frozen

from elkk_core.metering.model import Reading
from elkk_core.shared.ids import UserId


@frozen(kw_only=True)
class SentReading:
    """A reading that a user sent, with the numbers of its *meter* and of its *account*."""

    reading: Reading
    meter: str
    account: str
    supplier_name: str


class SentReadings(Protocol):
    """The readings that users sent themselves."""

    def list_for(self, user_id: UserId) -> tuple[SentReading, ...]:
        """Return all that a user sent, the latest recorded first, those they corrected included.

        What was sent for an account that is not linked any more is among them.
        """
        ...
