"""What the queue stores is sealed: a one-time code in it is of no use to who reads the database."""

import json
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from dbos import Serializer

_KEY_BYTES = 32
_PURPOSE = b"elkk durable work, version 1"


class StoredFailure(Exception):
    """A failure as the queue remembers it: the name of its class, since its text may tell more."""


def _moment_as_text(value: object) -> str:
    """Return a moment as text: DBOS hands one to whatever it calls by a schedule."""
    if isinstance(value, datetime):
        return value.isoformat()
    message = f"the queue cannot keep a {type(value).__name__}"
    raise TypeError(message)


class SealedSerializer(Serializer):
    """Writes data as JSON, encrypted and authenticated with a key derived from *secret_key*.

    It takes the place of pickled objects, which would run whatever somebody put into the database.
    """

    def __init__(self, *, secret_key: str) -> None:
        derivation = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_PURPOSE)
        self._fernet = Fernet(urlsafe_b64encode(derivation.derive(secret_key.encode())))

    def serialize(self, data: Any) -> str:  # noqa: ANN401 - as DBOS declares it
        """Return *data* (JSON values, moments, or an exception) sealed."""
        if isinstance(data, BaseException):
            data = {"failure": type(data).__name__}
        text = json.dumps(data, default=_moment_as_text)
        return self._fernet.encrypt(text.encode()).decode()

    def deserialize(self, serialized_data: str) -> Any:  # noqa: ANN401 - as DBOS declares it
        """Return what was sealed; moments come back as texts of ISO 8601.

        Raises:
            InvalidToken: If it was sealed with another key or was tampered with.
        """
        data = json.loads(self._fernet.decrypt(serialized_data))
        if isinstance(data, dict) and data.keys() == {"failure"}:
            return StoredFailure(data["failure"])
        return data

    def name(self) -> str:
        """Return the name of this form, which is stored beside the data."""
        return "elkk-sealed-1"
