"""Tickets to hand over readings, signed for this one purpose."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import Signer, URLSafeSerializer

from elkk_adapters.security import SignedSubmissionTickets
from elkk_core.metering import SubmissionTicket, SubmissionTicketInvalid
from elkk_core.testing import contracts
from elkk_core.testing.builders import a_ticket

KEY = "a key for the tests of tickets"


class TestSignedSubmissionTickets(contracts.SubmissionTicketsContract):
    def make(self) -> SignedSubmissionTickets:
        """Return the tickets of a cabinet."""
        return SignedSubmissionTickets(secret_key=KEY)


def test_ticket_is_short() -> None:
    """An SMS costs by its length: 47 signs tell what it is for, 22 prove it."""
    content, _, signature = SignedSubmissionTickets(secret_key=KEY).write(a_ticket()).partition(".")

    assert (47, 22) == (len(content), len(signature))


def test_signature_is_that_of_the_standard() -> None:
    """It is reckoned by hand: HMAC-SHA256 under a key of its own, the first 16 bytes."""
    text = SignedSubmissionTickets(secret_key=KEY).write(a_ticket())
    content = text.partition(".")[0]
    key = hmac.digest(KEY.encode(), b"elkk tickets to submit readings, version 1", sha256)
    signature = hmac.digest(key, content.encode(), sha256)[:16]

    assert f"{content}.{urlsafe_b64encode(signature).decode().rstrip('=')}" == text


@given(ticket=st.from_type(SubmissionTicket))
def test_ticket_of_another_key_is_refused(ticket: SubmissionTicket) -> None:
    """Whoever changes the key of the cabinet ends all tickets."""
    text = SignedSubmissionTickets(secret_key="another key").write(ticket)

    with pytest.raises(SubmissionTicketInvalid):
        SignedSubmissionTickets(secret_key=KEY).read(text)


@pytest.mark.parametrize("salt", [b"itsdangerous.Signer", b"elkk web", b""])
def test_what_was_signed_for_another_purpose_is_refused(salt: bytes) -> None:
    """Even with the same key and the same content."""
    content = SignedSubmissionTickets(secret_key=KEY).write(a_ticket()).partition(".")[0]
    signed = (
        Signer(KEY, salt=salt).sign(content).decode(),
        str(URLSafeSerializer(KEY, salt=salt).dumps(content)),
    )

    for text in signed:
        with pytest.raises(SubmissionTicketInvalid):
            SignedSubmissionTickets(secret_key=KEY).read(text)
