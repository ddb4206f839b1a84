"""The cards that the sandbox bank knows, and what each of them does."""

from enum import StrEnum

from attrs import frozen

CODE = "12345678"
"""The code that the bank of every card here sends by SMS."""


class Ending(StrEnum):
    """What becomes of a payment by a card."""

    PAID = "paid"
    LATE = "late"
    NO_FUNDS = "no_funds"
    OVER_LIMIT = "over_limit"
    EXPIRED = "expired"
    BLOCKED = "blocked"


@frozen(kw_only=True)
class TestCard:
    """A card for trying out; it belongs to nobody."""

    # Its name begins like that of a test, which it is not.
    __test__ = False

    number: str
    system: str
    ending: Ending

    @property
    def written(self) -> str:
        """The number in groups of four digits."""
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))


CARDS = (
    TestCard(number="2200000000000004", system="Мир", ending=Ending.PAID),
    TestCard(number="4111111111111111", system="Visa", ending=Ending.PAID),
    TestCard(number="5555555555554444", system="Mastercard", ending=Ending.PAID),
    TestCard(number="2200000000000012", system="Мир", ending=Ending.LATE),
    TestCard(number="2200000000000020", system="Мир", ending=Ending.NO_FUNDS),
    TestCard(number="2200000000000038", system="Мир", ending=Ending.OVER_LIMIT),
    TestCard(number="4000000000000002", system="Visa", ending=Ending.EXPIRED),
    TestCard(number="5200000000000007", system="Mastercard", ending=Ending.BLOCKED),
)


def card_of(number: str) -> TestCard | None:
    """Return the card with this number, None if it is none of ours."""
    return next((card for card in CARDS if card.number == number), None)
