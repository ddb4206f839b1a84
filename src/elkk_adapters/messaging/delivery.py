"""From the queue to a sender."""

import structlog
from attrs import frozen

from elkk_adapters.messaging.message import Channel
from elkk_adapters.messaging.rendering import WITHHELD, MessageRenderer, expires_at
from elkk_adapters.messaging.senders import LetterSender, SmsSender
from elkk_core.shared.ports import Clock

_log = structlog.get_logger(__name__)


@frozen(kw_only=True)
class DeliverMessage:
    """Deliver the message that an event asks for.

    A message that is of no use any more, such as a code that has expired while the gateway was
    away, is dropped: it would only puzzle the one who reads it.
    """

    renderer: MessageRenderer
    sms: SmsSender
    letters: LetterSender
    clock: Clock

    def __call__(self, *, kind: str, payload: dict[str, str], key: str) -> None:
        """Deliver the message of *kind* made of *payload*, under the key of its event.

        A kind that is withheld goes nowhere.

        Raises:
            UnknownMessage: If there are no words for *kind*.
            Unavailable: If the sender could not hand it over now.
        """
        if kind in WITHHELD:
            return
        now = self.clock.now()
        end = expires_at(payload)
        if end is not None and end <= now:
            _log.warning("message_expired", kind=kind, key=key)
            return
        message = self.renderer.render(kind=kind, payload=payload, now=now)
        sender = self.sms if message.channel is Channel.SMS else self.letters
        sender.send(message, kind=kind, key=key)
        _log.info("message_sent", kind=kind, key=key, channel=message.channel.value)
