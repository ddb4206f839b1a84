"""Real but simple services for tests: no mocks, each does what its port promises.

They are quick and predictable, and for that very reason nothing to run a cabinet with.
"""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from uuid import UUID

from elkk_core.billing import PaymentDocument
from elkk_core.identity import (
    Email,
    EmailMalformed,
    Phone,
    PhoneMalformed,
    PhoneNotMobile,
)

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""The moment at which tests begin, unless they say otherwise."""

_RUSSIAN_PHONE = re.compile(r"(?:\+?7|8)?(?P<national>[3-9][0-9]{9})")
_DECORATION = str.maketrans("", "", " ()-\u00a0")
_EMAIL = re.compile(r"[^@\s]+@(?:[^@\s.]+\.)+[^@\s.]{2,}")


class FixedClock:
    """A clock that stands still until it is set."""

    def __init__(self, moment: datetime = NOON) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return the moment set last."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Let it be *moment*, which knows its time zone."""
        self._moment = moment.astimezone(UTC)

    def advance(self, step: timedelta) -> None:
        """Let *step* pass."""
        self._moment += step


class SequentialIdentifiers:
    """Identifiers in sequence: 1, 2, 3 ... as UUIDs; *first* keeps two sequences apart."""

    def __init__(self, first: int = 1) -> None:
        self._numbers = count(first)

    def new(self) -> UUID:
        """Return the next identifier."""
        return UUID(int=next(self._numbers))


class PlainHasher:
    """Digests of passwords that take no time; a counter is the salt.

    Digests of an earlier *generation* are outdated.
    """

    def __init__(self, generation: int = 1) -> None:
        self._generation = generation
        self._salts = count(1)

    def hash(self, password: str) -> str:
        """Return a digest that was never returned before."""
        salt = next(self._salts)
        return f"plain${self._generation}${salt}${_sha256(f'{salt}${password}')}"

    def matches(self, password: str, digest: str) -> bool:
        """Tell whether *digest* was made of *password*."""
        parts = digest.split("$")
        return parts[0] == "plain" and parts[-1] == _sha256(f"{parts[-2]}${password}")

    def is_outdated(self, digest: str) -> bool:
        """Tell whether the digest is of another generation."""
        return digest.split("$")[1] != str(self._generation)


class PredictableSecrets:
    """Codes 000001, 000002 ... and tokens in sequence, each kept for the test to look at."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.codes: list[str] = []
        self.tokens: list[str] = []

    def new_code(self) -> str:
        """Return the next code."""
        self.codes.append(f"{next(self._numbers):06}")
        return self.codes[-1]

    def new_token(self) -> str:
        """Return the next token."""
        self.tokens.append(f"{next(self._numbers):032x}")
        return self.tokens[-1]

    def digest(self, secret: str, *, context: str) -> str:
        """Return a digest that anybody could make, for there is no key."""
        return _sha256(f"{context}\n{secret}")

    def matches(self, secret: str, digest: str, *, context: str) -> bool:
        """Tell whether *digest* is that of *secret* in *context*."""
        return self.digest(secret, context=context) == digest


class SimpleContacts:
    """Reads Russian phones, and e-mail addresses that look like one."""

    def read_phone(self, text: str) -> Phone:
        """Return the mobile phone that *text* means.

        Raises:
            PhoneMalformed: If it is not ten digits of a Russian number, +7 or 8 before them or not.
            PhoneNotMobile: If the number does not begin with a nine.
        """
        match = _RUSSIAN_PHONE.fullmatch(text.strip().translate(_DECORATION))
        if match is None:
            raise PhoneMalformed
        if not match["national"].startswith("9"):
            raise PhoneNotMobile
        return Phone(f"+7{match['national']}")

    def read_email(self, text: str) -> Email:
        """Return the address with its domain in small letters.

        Raises:
            EmailMalformed: If there is no domain with a dot, or anything else is wrong.
        """
        if _EMAIL.fullmatch(text.strip()) is None:
            raise EmailMalformed
        name, _, domain = text.strip().rpartition("@")
        return Email(f"{name}@{domain.lower()}")


class FewCommonPasswords:
    """Five passwords that everybody knows."""

    def contains(self, password: str) -> bool:
        """Tell whether *password* is one of the five."""
        return password.casefold() in {
            "12345678",
            "password",
            "password1",
            "qwertyuiop",
            "1234567890",
        }


class PlainPrinter:
    """Makes a PDF of one empty page whose title is the number of the bill and the payment code."""

    def print_document(self, document: PaymentDocument, *, language: str) -> bytes:
        """Return the document as PDF."""
        title = f"{document.invoice.number}\n{document.payment_code}\n{language}"
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
            f"<< /Title <FEFF{title.encode('utf-16-be').hex()}> >>",
        ]
        pdf = b"%PDF-1.7\n"
        table = "0000000000 65535 f \n"
        for number, body in enumerate(objects, start=1):
            table += f"{len(pdf):010} 00000 n \n"
            pdf += f"{number} 0 obj\n{body}\nendobj\n".encode()
        trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\n"
        return pdf + (
            f"xref\n0 {len(objects) + 1}\n{table}{trailer}startxref\n{len(pdf)}\n%%EOF\n".encode()
        )


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()
