"""Tickets to hand over readings, signed."""

import hmac
from datetime import date
from hashlib import sha256
from uuid import UUID

from itsdangerous import BadData, Signer
from itsdangerous.encoding import base64_decode, base64_encode
from itsdangerous.signer import SigningAlgorithm

from elkk_core.metering import SubmissionTicket, SubmissionTicketInvalid
from elkk_core.shared import AccountId, UserId

_PURPOSE = b"elkk tickets to submit readings, version 1"
_SIGNATURE_BYTES = 16
_ID_BYTES = 16
_DAY_BYTES = 3


class _ShortHmac(SigningAlgorithm):
    """HMAC-SHA256 cut to 128 bits, as RFC 2104 (5) allows: half the signs in an SMS that costs by sign."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return hmac.digest(key, value, sha256)[:_SIGNATURE_BYTES]


class SignedSubmissionTickets:
    """Tickets as 70 signs: whose they are, of which account, until when, and a signature.

    The key is derived from *secret_key* for this one purpose, so nothing else that the cabinet signs
    is ever taken for a ticket; with another key no ticket is good any more. Two identifiers and a date
    can be read off a ticket, which tell nothing to anybody but the cabinet.
    """

    def __init__(self, *, secret_key: str) -> None:
        self._signer = Signer(
            secret_key,
            salt=_PURPOSE,
            sep=b".",
            key_derivation="hmac",
            digest_method=sha256,
            algorithm=_ShortHmac(),
        )

    def write(self, ticket: SubmissionTicket) -> str:
        """Return *ticket* as a text of letters, digits, ``-``, ``_`` and ``.``."""
        day = ticket.good_through.toordinal().to_bytes(_DAY_BYTES)
        content = ticket.user_id.bytes + ticket.account_id.bytes + day
        return self._signer.sign(base64_encode(content)).decode("ascii")

    def read(self, text: str) -> SubmissionTicket:
        """Return the ticket that was written as *text*, whether or not it is still good.

        Raises:
            SubmissionTicketInvalid: If none was, or with another key.
        """
        if not text.isascii():
            raise SubmissionTicketInvalid
        try:
            content = base64_decode(self._signer.unsign(text))
        except BadData as error:
            raise SubmissionTicketInvalid from error
        ticket = SubmissionTicket(
            user_id=UserId(UUID(bytes=content[:_ID_BYTES])),
            account_id=AccountId(UUID(bytes=content[_ID_BYTES : 2 * _ID_BYTES])),
            good_through=date.fromordinal(int.from_bytes(content[2 * _ID_BYTES :])),
        )
        # The last sign of a signature has bits to spare; a ticket has one spelling all the same.
        if self.write(ticket) != text:
            raise SubmissionTicketInvalid
        return ticket
