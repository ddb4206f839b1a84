"""Messages to people: how an event becomes an SMS or a letter, and how that leaves the house.

``DeliverMessage`` is the way from the queue to a sender. Real gateways are further senders.
"""

from elkk_adapters.messaging.delivery import DeliverMessage
from elkk_adapters.messaging.message import Channel, RenderedMessage
from elkk_adapters.messaging.rendering import MessageRenderer, UnknownMessage
from elkk_adapters.messaging.senders import (
    ConsoleSender,
    LetterSender,
    OutboxSender,
    SentMessages,
    SmsSender,
)

__all__ = [
    "Channel",
    "ConsoleSender",
    "DeliverMessage",
    "LetterSender",
    "MessageRenderer",
    "OutboxSender",
    "RenderedMessage",
    "SentMessages",
    "SmsSender",
    "UnknownMessage",
]
