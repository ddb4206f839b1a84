"""Ways out of the house."""

import sys
from datetime import datetime
from typing import Protocol, TextIO

from attrs import field, frozen

from elkk_adapters.messaging.message import Channel, RenderedMessage
from elkk_core.shared.ports import Clock

_SHOWN_OF_PHONE = 2
_SHOWN_OF_NAME = 1


class SmsSender(Protocol):
    """Sends SMS."""

    def send(self, message: RenderedMessage, *, kind: str, key: str) -> None:
        """Send *message*, once for each *key* as far as the way out can tell.

        Raises:
            Unavailable: If it could not be handed over now; another attempt may succeed.
        """
        ...


class LetterSender(Protocol):
    """Sends letters by e-mail."""

    def send(self, message: RenderedMessage, *, kind: str, key: str) -> None:
        """Send *message*, once for each *key* as far as the way out can tell.

        Raises:
            Unavailable: If it could not be handed over now; another attempt may succeed.
        """
        ...


class SentMessages(Protocol):
    """All messages that were sent, as a collection that holds each key once."""

    def record(
        self,
        *,
        key: str,
        kind: str,
        channel: str,
        recipient: str,
        subject: str | None,
        text: str,
        html: str | None,
        sent_at: datetime,
    ) -> bool:
        """Keep a message in a transaction of its own; False if *key* is there already."""
        ...


@frozen(kw_only=True)
class OutboxSender:
    """Sends SMS and letters to a page of the demo, where anybody may read them."""

    sent_messages: SentMessages
    clock: Clock

    def send(self, message: RenderedMessage, *, kind: str, key: str) -> None:
        """Put *message* on the page, once for each *key*."""
        self.sent_messages.record(
            key=key,
            kind=kind,
            channel=message.channel.value,
            recipient=message.recipient,
            subject=message.subject,
            text=message.text,
            html=message.html,
            sent_at=self.clock.now(),
        )


@frozen(kw_only=True)
class ConsoleSender:
    """Prints SMS and letters, where no gateway is set up; the recipient is shown masked.

    This is the delivery itself: what is printed holds codes and links, and is no log.
    """

    stream: TextIO = field(factory=lambda: sys.stdout)

    def send(self, message: RenderedMessage, *, kind: str, key: str) -> None:  # noqa: ARG002 - a sender's shape
        """Print *message*."""
        title = f"{message.channel.upper()} {masked(message)}"
        heading = title if message.subject is None else f"{title}: {message.subject}"
        print(f"--- {heading}\n{message.text}\n---", file=self.stream, flush=True)


def masked(message: RenderedMessage) -> str:
    """Return the recipient of *message* such that its owner knows it and nobody else does."""
    if message.channel is Channel.SMS:
        return f"{message.recipient[:2]}•••{message.recipient[-_SHOWN_OF_PHONE:]}"
    name, _, domain = message.recipient.rpartition("@")
    return f"{name[:_SHOWN_OF_NAME]}•••@{domain}"
