"""No bank, until one is set up."""

from attrs import frozen

from elkk_core.payments import (
    BankAnswer,
    PaymentOrder,
    PaymentsNotOffered,
    RegisteredOrder,
)


@frozen
class Nobody:
    """Stands where no bank has been set up, and says so."""

    def register(self, order: PaymentOrder) -> RegisteredOrder:  # noqa: ARG002 - Any order at all.
        """Refuse.

        Raises:
            PaymentsNotOffered: Always.
        """
        raise PaymentsNotOffered

    def ask(self, number: str) -> BankAnswer | None:  # noqa: ARG002 - As above.
        """Refuse.

        Raises:
            PaymentsNotOffered: Always.
        """
        raise PaymentsNotOffered
