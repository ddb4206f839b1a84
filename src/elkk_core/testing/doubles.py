"""Real but simple services for tests: no mocks, each does what its port promises.

They are quick and predictable, and for that very reason nothing to run a cabinet with.
"""

import hmac
import re
from base64 import b32decode, b32encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from uuid import UUID

from elkk_core.billing import PaymentDocument
from elkk_core.identity import (
    AuthenticatorSetup,
    CaptchaAnswer,
    CaptchaExpired,
    CaptchaNotPassed,
    CaptchaVerdict,
    Email,
    EmailMalformed,
    Phone,
    PhoneMalformed,
    PhoneNotMobile,
)
from elkk_core.metering import SubmissionTicket, SubmissionTicketInvalid
from elkk_core.payments import (
    ROUBLE,
    BankAnswer,
    BankOutcome,
    BankUnavailable,
    DeclineReason,
    PaymentOrder,
    RegisteredOrder,
)
from elkk_core.shared import Clock, Money
from elkk_core.support import AttachmentId, AttachmentNotFound

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""The moment at which tests begin, unless they say otherwise."""

_RUSSIAN_PHONE = re.compile(r"(?:\+?7|8)?(?P<national>[3-9][0-9]{9})")
_DECORATION = str.maketrans("", "", " ()-\u00a0")
_STEP_SECONDS = 30
_CLEAR_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
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


class PlainCaptcha:
    """Asks questions such as «7 + 1», each once, which a person answers as well as a program does."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._numbers = count(1)
        self._asked: dict[str, tuple[int, datetime]] = {}

    def ask(self) -> str:
        """Return a new question."""
        number = next(self._numbers)
        question = f"{number} + 1"
        self._asked[question] = (number + 1, self._clock.now() + timedelta(hours=1))
        return question

    def solve(self) -> CaptchaAnswer:
        """Return the right answer to a new question."""
        question = self.ask()
        return CaptchaAnswer(
            question=question, reply=str(self._asked[question][0]), visitor="192.0.2.7"
        )

    def judge(self, answer: CaptchaAnswer) -> CaptchaVerdict:
        """Return what became of *answer*.

        Raises:
            CaptchaNotPassed: If no such question was asked.
            CaptchaExpired: If it was asked an hour ago or earlier.
        """
        if answer.question not in self._asked:
            raise CaptchaNotPassed
        result, expires_at = self._asked[answer.question]
        if self._clock.now() >= expires_at:
            raise CaptchaExpired
        return CaptchaVerdict(
            key=answer.question,
            passed=answer.reply == str(result),
            effortless=True,
            expires_at=expires_at,
        )


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
        self.recovery_codes: list[str] = []
        self.tokens: list[str] = []

    def new_code(self) -> str:
        """Return the next code."""
        self.codes.append(f"{next(self._numbers):06}")
        return self.codes[-1]

    def new_recovery_code(self) -> str:
        """Return the next recovery code: «AAAAA-22222» with the next number in other signs."""
        number = next(self._numbers)
        signs = ""
        for _ in range(10):
            number, sign = divmod(number, len(_CLEAR_SIGNS))
            signs = _CLEAR_SIGNS[sign] + signs
        self.recovery_codes.append(f"{signs[:5]}-{signs[5:]}")
        return self.recovery_codes[-1]

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


def authenticator_code(secret: str, moment: datetime) -> str:
    """Return the six digits that an app with the *secret* (Base32) shows at *moment*.

    RFC 6238 over RFC 4226, 5.3, in plain Python: what the adapters are measured by.
    """
    key = b32decode(secret)
    step = int(moment.timestamp()) // _STEP_SECONDS
    digest = hmac.digest(key, step.to_bytes(8), "sha1")
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF
    return f"{number % 10**6:06}"


class PlainAuthenticators:
    """Apps whose secrets anybody could foresee, and are sealed by being written backwards."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new_secret(self) -> str:
        """Return the next secret of 160 bits, backwards."""
        return b32encode(next(self._numbers).to_bytes(20)).decode()[::-1]

    def setup(self, sealed_secret: str, *, owner: str) -> AuthenticatorSetup:
        """Return what the app of *owner* needs."""
        secret = sealed_secret[::-1]
        return AuthenticatorSetup(
            secret=secret, link=f"otpauth://totp/elkk:{owner}?secret={secret}&issuer=elkk"
        )

    def find_step(self, sealed_secret: str, code: str, *, now: datetime) -> int | None:
        """Return the number of the half minute, now or next to it, whose code is *code*."""
        for near in (-_STEP_SECONDS, 0, _STEP_SECONDS):
            moment = now + timedelta(seconds=near)
            try:
                shown = authenticator_code(sealed_secret[::-1], moment)
            except ValueError:
                return None
            if code == shown:
                return int(moment.timestamp()) // _STEP_SECONDS
        return None


class PlainTickets:
    """Tickets to hand over readings, numbered and remembered."""

    def __init__(self) -> None:
        self._written: dict[str, SubmissionTicket] = {}

    def write(self, ticket: SubmissionTicket) -> str:
        """Return the number of *ticket* as a text."""
        text = f"ticket-{len(self._written) + 1}"
        self._written[text] = ticket
        return text

    def read(self, text: str) -> SubmissionTicket:
        """Return the ticket with that number.

        Raises:
            SubmissionTicketInvalid: If there is none.
        """
        if text not in self._written:
            raise SubmissionTicketInvalid
        return self._written[text]


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


class MemoryFiles:
    """Attached files in memory."""

    def __init__(self) -> None:
        self.contents: dict[AttachmentId, bytes] = {}

    def keep(self, attachment_id: AttachmentId, content: bytes) -> None:
        """Keep the bytes of a file."""
        self.contents[attachment_id] = content

    def read(self, attachment_id: AttachmentId) -> bytes:
        """Return the bytes of a file.

        Raises:
            AttachmentNotFound: If there is none.
        """
        try:
            return self.contents[attachment_id]
        except KeyError:
            raise AttachmentNotFound(str(attachment_id)) from None

    def discard(self, attachment_id: AttachmentId) -> None:
        """Forget a file, whether it is there or not."""
        self.contents.pop(attachment_id, None)


class SimpleBank:
    """A bank that takes every card until its payer or a test says otherwise; it keeps all in memory.

    *is_away* lets it answer nobody, *is_behind* lets it repeat what it said of an order last.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or FixedClock()
        self._orders: dict[str, PaymentOrder] = {}
        self._closes_at: dict[str, datetime] = {}
        self._outcomes: dict[str, tuple[BankOutcome, DeclineReason | None]] = {}
        self._said: dict[str, BankAnswer] = {}
        self.is_away = False
        self.is_behind = False

    def register(self, order: PaymentOrder) -> RegisteredOrder:
        """Expect a payment.

        Raises:
            BankUnavailable: If the bank is away, or the number was taken before.
        """
        if self.is_away or order.number in self._orders:
            raise BankUnavailable
        self._orders[order.number] = order
        self._closes_at[order.number] = self._clock.now() + order.lifetime
        return RegisteredOrder(
            bank_order=f"bank-{order.number}", address=f"https://bank.example/{order.number}"
        )

    def ask(self, number: str) -> BankAnswer | None:
        """Return what has become of an order, None for an unknown one.

        Raises:
            BankUnavailable: If the bank is away.
        """
        if self.is_away:
            raise BankUnavailable
        order = self._orders.get(number)
        if order is None:
            return None
        if self.is_behind and number in self._said:
            return self._said[number]
        outcome, reason = self._outcomes.get(number, (BankOutcome.WAITING, None))
        if outcome is BankOutcome.WAITING and not self._is_open(number):
            outcome = BankOutcome.EXPIRED
        self._said[number] = BankAnswer(
            outcome=outcome,
            number=number,
            bank_order=f"bank-{number}",
            amount=order.amount,
            currency=ROUBLE,
            reason=reason,
        )
        return self._said[number]

    # What a payer does

    def pay(self, address: str) -> None:
        """Pay the order whose page is at *address*, if the page is open and nobody has paid."""
        self._act(address, BankOutcome.PAID)

    def refuse(self, address: str) -> None:
        """Try to pay with a card that has too little money on it."""
        self._act(address, BankOutcome.DECLINED, DeclineReason.FUNDS)

    def let_pass(self, step: timedelta) -> None:
        """Let time pass."""
        self._closes_at = {number: at - step for number, at in self._closes_at.items()}

    @property
    def taken(self) -> dict[str, Money]:
        """The amounts that it has taken, by the number of the order."""
        return {
            number: self._orders[number].amount
            for number, (outcome, _) in self._outcomes.items()
            if outcome is BankOutcome.PAID
        }

    def _act(self, address: str, outcome: BankOutcome, reason: DeclineReason | None = None) -> None:
        number = address.rpartition("/")[2]
        if self._is_open(number) and number not in self.taken:
            self._outcomes[number] = (outcome, reason)

    def _is_open(self, number: str) -> bool:
        return self._clock.now() < self._closes_at[number]


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()
