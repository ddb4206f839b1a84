"""What the numbers mean that gateways of the RBS/BPC family answer with."""

from collections.abc import Mapping

from elkk_core.payments import BankOutcome, DeclineReason

UNKNOWN_ORDER = 6
"""The ``errorCode`` for an order that the gateway does not know."""

OUTCOMES: Mapping[int, BankOutcome] = {
    0: BankOutcome.WAITING,  # registered, not paid
    1: BankOutcome.WAITING,  # held; of a payment in one step this passes
    2: BankOutcome.PAID,
    3: BankOutcome.REVERSED,
    4: BankOutcome.REFUNDED,
    5: BankOutcome.WAITING,  # the payer is asked for a code by the bank of the card
    6: BankOutcome.DECLINED,
}
"""Outcomes by ``orderStatus``."""

TIMED_OUT = {-2007}
"""The ``actionCode`` of declined orders whose payer let the time for the card run out."""

REASONS: Mapping[int, DeclineReason] = {
    # Funds and limits
    116: DeclineReason.FUNDS,
    51: DeclineReason.FUNDS,
    902: DeclineReason.LIMIT,
    903: DeclineReason.LIMIT,
    121: DeclineReason.LIMIT,
    123: DeclineReason.LIMIT,
    -2002: DeclineReason.LIMIT,
    # What was typed
    111: DeclineReason.CARD_DATA,
    125: DeclineReason.CARD_DATA,
    71015: DeclineReason.CARD_DATA,
    # The card
    101: DeclineReason.CARD_EXPIRED,
    104: DeclineReason.CARD_BLOCKED,
    119: DeclineReason.CARD_BLOCKED,
    208: DeclineReason.CARD_BLOCKED,
    209: DeclineReason.CARD_BLOCKED,
    # 3-D Secure
    -2006: DeclineReason.NOT_CONFIRMED,
    -2011: DeclineReason.NOT_CONFIRMED,
    -2012: DeclineReason.NOT_CONFIRMED,
    -2016: DeclineReason.NOT_CONFIRMED,
    -2018: DeclineReason.NOT_CONFIRMED,
}
"""Reasons by ``actionCode``; a bank that gives another number has its own reasons."""
