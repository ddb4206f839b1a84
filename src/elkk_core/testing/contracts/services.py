"""What services promise; a suite needs its ``make`` method only."""

import re
from base64 import b32decode
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given

from elkk_core.billing import DocumentPrinter, Invoice, PaymentDocument, payment_code
from elkk_core.identity import (
    Authenticators,
    Captcha,
    CaptchaAnswer,
    CaptchaExpired,
    CaptchaNotPassed,
    CommonPasswords,
    ContactReader,
    Email,
    EmailMalformed,
    PasswordHasher,
    Phone,
    PhoneMalformed,
    PhoneNotMobile,
    Secrets,
)
from elkk_core.metering import (
    SubmissionTicket,
    SubmissionTicketInvalid,
    SubmissionTickets,
)
from elkk_core.shared import Clock, Identifiers
from elkk_core.support import AttachmentId, AttachmentNotFound, FileStore
from elkk_core.testing.builders import (
    a_supplier,
    a_ticket,
    an_account,
    an_invoice,
    an_issued_invoice,
)
from elkk_core.testing.doubles import NOON, authenticator_code
from elkk_core.testing.strategies import submission_tickets

_FILE, _OTHER_FILE = AttachmentId(UUID(int=0x1A7)), AttachmentId(UUID(int=0x2A7))
PASSWORD = "тёплый чайник №7, 42 оленя"


class ClockContract:
    """See ``elkk_core.shared.Clock``."""

    def make(self) -> Clock:
        """Return the clock under test."""
        raise NotImplementedError

    def test_clock_tells_the_moment_in_utc(self) -> None:
        """The present moment knows its time zone, and that it is UTC."""
        assert timedelta(0) == self.make().now().utcoffset()

    def test_clock_does_not_go_backwards(self) -> None:
        """A moment asked for later is not earlier."""
        clock = self.make()
        earlier, later = clock.now(), clock.now()

        assert earlier <= later


class IdentifiersContract:
    """See ``elkk_core.shared.Identifiers``."""

    def make(self) -> Identifiers:
        """Return the source under test."""
        raise NotImplementedError

    def test_identifiers_are_never_the_same(self) -> None:
        """No identifier is returned twice."""
        identifiers = self.make()

        assert len({identifiers.new() for _ in range(1000)}) == 1000


class CaptchaContract:
    """See ``elkk_core.identity.Captcha``."""

    def make(self) -> Captcha:
        """Return the captcha under test."""
        raise NotImplementedError

    def solve(self, captcha: Captcha) -> CaptchaAnswer:
        """Return the right answer to a new challenge of *captcha*, as a visitor comes by it."""
        raise NotImplementedError

    def spoil(self, answer: CaptchaAnswer) -> CaptchaAnswer:
        """Return another answer to the same challenge, which is wrong."""
        raise NotImplementedError

    def wait(self, step: timedelta) -> None:
        """Let *step* pass for the captcha under test."""
        raise NotImplementedError

    def test_captcha_is_passed_by_a_right_answer(self) -> None:
        """Who answers right has passed."""
        captcha = self.make()

        assert captcha.judge(self.solve(captcha)).passed

    def test_captchas_have_keys_of_their_own(self) -> None:
        """Two challenges can be answered independently of each other."""
        captcha = self.make()
        keys = {captcha.judge(self.solve(captcha)).key for _ in range(3)}

        assert len(keys) == 3

    def test_captcha_is_not_passed_by_a_wrong_answer(self) -> None:
        """A wrong answer either is a verdict under the key of the challenge, or is nothing at all."""
        captcha = self.make()
        right = self.solve(captcha)
        try:
            verdict = captcha.judge(self.spoil(right))
        except CaptchaNotPassed:
            return

        assert not verdict.passed
        assert captcha.judge(right).key == verdict.key

    @pytest.mark.parametrize("text", ["", "x", "не base64", "e30=", "bnVsbA==", "a.b", "\ud800"])
    def test_captcha_is_not_passed_by_what_it_never_asked(self, text: str) -> None:
        """Whatever a form brings is refused by the same error."""
        captcha = self.make()

        for answer in (
            CaptchaAnswer(solution=text),
            CaptchaAnswer(question=text, reply="7"),
            CaptchaAnswer(question=text, reply=text),
        ):
            with pytest.raises(CaptchaNotPassed):
                captcha.judge(answer)

    def test_captcha_has_its_time(self) -> None:
        """After two days no answer is heard any more, and a verdict says until when it is."""
        captcha = self.make()
        answer = self.solve(captcha)
        verdict = captcha.judge(answer)
        self.wait(timedelta(days=2))

        with pytest.raises(CaptchaExpired):
            captcha.judge(answer)
        later = captcha.judge(self.solve(captcha))
        assert timedelta(days=2) == later.expires_at - verdict.expires_at


class PasswordHasherContract:
    """See ``elkk_core.identity.PasswordHasher``."""

    def make(self) -> PasswordHasher:
        """Return the hasher under test."""
        raise NotImplementedError

    def test_hasher_knows_its_password(self) -> None:
        """A digest matches the password that it was made of, and no other."""
        hasher = self.make()
        digest = hasher.hash(PASSWORD)

        assert hasher.matches(PASSWORD, digest)
        assert not hasher.matches(PASSWORD.upper(), digest)
        assert not hasher.matches(f"{PASSWORD} ", digest)
        assert not hasher.matches("", digest)

    def test_hasher_takes_the_longest_password_whole(self) -> None:
        """Passwords that differ in the last of 128 characters are two."""
        hasher = self.make()
        digest = hasher.hash("ы" * 127 + "1")

        assert hasher.matches("ы" * 127 + "1", digest)
        assert not hasher.matches("ы" * 127 + "2", digest)

    def test_hasher_salts(self) -> None:
        """The same password never gives the same digest twice."""
        hasher = self.make()

        assert hasher.hash(PASSWORD) != hasher.hash(PASSWORD)

    def test_hasher_hides_the_password(self) -> None:
        """A digest does not show what it was made of."""
        assert PASSWORD not in self.make().hash(PASSWORD)

    @pytest.mark.parametrize("digest", ["", "x", "$", "$argon2id$", "plain$", "не дайджест"])
    def test_hasher_lets_nobody_in_by_a_malformed_digest(self, digest: str) -> None:
        """What is no digest matches nothing, and is no error."""
        hasher = self.make()

        assert not hasher.matches(PASSWORD, digest)
        assert not hasher.matches(digest, digest)

    def test_hasher_makes_digests_of_today(self) -> None:
        """A digest made now is not outdated."""
        hasher = self.make()

        assert not hasher.is_outdated(hasher.hash(PASSWORD))


class CommonPasswordsContract:
    """See ``elkk_core.identity.CommonPasswords``."""

    def make(self) -> CommonPasswords:
        """Return the list under test."""
        raise NotImplementedError

    @pytest.mark.parametrize("password", ["password", "12345678", "PassWord", "Password1"])
    def test_common_passwords_are_known(self, password: str) -> None:
        """What is guessed first is known, in whatever case."""
        assert self.make().contains(password)

    @pytest.mark.parametrize("password", [PASSWORD, "w4Zq-oPl7-nRe2"])
    def test_uncommon_passwords_pass(self, password: str) -> None:
        """What nobody guesses is not refused."""
        assert not self.make().contains(password)


class SecretsContract:
    """See ``elkk_core.identity.Secrets``."""

    def make(self) -> Secrets:
        """Return the source under test."""
        raise NotImplementedError

    def test_codes_are_six_digits(self) -> None:
        """A code is six decimal digits, leading zeros included."""
        secrets = self.make()
        codes = [secrets.new_code() for _ in range(200)]

        assert all(re.fullmatch("[0-9]{6}", code) for code in codes)
        assert len(set(codes)) > 190

    def test_tokens_are_long_and_safe_in_an_address(self) -> None:
        """A token has room for 128 bits and needs no quoting in a URL."""
        secrets = self.make()
        tokens = {secrets.new_token() for _ in range(200)}

        assert 200 == len(tokens)
        assert all(re.fullmatch("[A-Za-z0-9_-]{22,}", token) for token in tokens)

    def test_recovery_codes_are_for_paper(self) -> None:
        """A recovery code has signs that nobody takes for each other, in groups, and is rare."""
        secrets = self.make()
        codes = {secrets.new_recovery_code() for _ in range(200)}

        assert 200 == len(codes)
        assert all(re.fullmatch("[2-9A-HJKMNP-TV-Z]{5}(-[2-9A-HJKMNP-TV-Z]{5})+", c) for c in codes)

    def test_digest_belongs_to_its_secret(self) -> None:
        """A digest is always the same, matches its secret, and no other."""
        secrets = self.make()
        digest = secrets.digest("123456", context="a")

        assert digest == secrets.digest("123456", context="a")
        assert secrets.matches("123456", digest, context="a")
        assert not secrets.matches("123457", digest, context="a")
        assert not secrets.matches("", digest, context="a")

    def test_digest_belongs_to_its_context(self) -> None:
        """The digest of a secret is of no use in another context."""
        secrets = self.make()
        digest = secrets.digest("123456", context="a")

        assert digest != secrets.digest("123456", context="b")
        assert not secrets.matches("123456", digest, context="b")

    def test_digest_keeps_secret_and_context_apart(self) -> None:
        """What is moved from the context into the secret makes another digest."""
        secrets = self.make()

        assert secrets.digest("b:c", context="a") != secrets.digest("c", context="a:b")
        assert secrets.digest("bc", context="a") != secrets.digest("c", context="ab")

    def test_digest_hides_the_secret(self) -> None:
        """A digest does not show what it was made of, and takes any text."""
        secrets = self.make()

        assert "123456" not in secrets.digest("123456", context="a")
        assert secrets.digest("ключ", context="контекст")


class AuthenticatorsContract:
    """See ``elkk_core.identity.Authenticators``."""

    def make(self) -> Authenticators:
        """Return the apps under test."""
        raise NotImplementedError

    def test_authenticator_secrets_are_long_and_never_the_same(self) -> None:
        """A secret has room for 160 bits and is handed out once."""
        apps = self.make()
        secrets = {apps.setup(apps.new_secret(), owner="anna").secret for _ in range(20)}

        assert 20 == len(secrets)
        assert all(len(b32decode(secret)) >= 20 for secret in secrets)

    def test_authenticator_secrets_are_sealed(self) -> None:
        """What is kept does not show the secret."""
        apps = self.make()
        sealed = apps.new_secret()

        assert apps.setup(sealed, owner="anna").secret not in sealed

    def test_authenticator_link_carries_the_secret(self) -> None:
        """An app that reads the link shows the codes of the secret, under the owner's name."""
        apps = self.make()
        setup = apps.setup(apps.new_secret(), owner="anna")
        label, _, query = setup.link.removeprefix("otpauth://totp/").partition("?")

        assert setup.link.startswith("otpauth://totp/")
        assert label.endswith("anna")
        assert f"secret={setup.secret}" in query.split("&")

    @pytest.mark.parametrize("late", [-30, 0, 30])
    def test_authenticator_code_is_known_near_its_time(self, late: int) -> None:
        """The code of this half minute and of its neighbours is known by the step that it is of."""
        apps = self.make()
        sealed = apps.new_secret()
        code = authenticator_code(apps.setup(sealed, owner="anna").secret, NOON)

        found = apps.find_step(sealed, code, now=NOON + timedelta(seconds=late))
        assert int(NOON.timestamp()) // 30 == found

    @pytest.mark.parametrize("late", [-90, 90, 86_400])
    def test_authenticator_code_of_another_time_is_none(self, late: int) -> None:
        """A code that is long over, or to come, is no code."""
        apps = self.make()
        sealed = apps.new_secret()
        code = authenticator_code(apps.setup(sealed, owner="anna").secret, NOON)

        assert apps.find_step(sealed, code, now=NOON + timedelta(seconds=late)) is None

    @pytest.mark.parametrize("code", ["", "12345", "1234567", "двадцать", "７３０１６４"])
    def test_authenticator_code_malformed_is_none(self, code: str) -> None:
        """Whatever is typed is no error."""
        apps = self.make()

        assert apps.find_step(apps.new_secret(), code, now=NOON) is None

    def test_authenticator_code_of_another_secret_is_none(self) -> None:
        """Codes belong to one secret."""
        apps = self.make()
        code = authenticator_code(apps.setup(apps.new_secret(), owner="anna").secret, NOON)

        assert apps.find_step(apps.new_secret(), code, now=NOON) is None

    def test_authenticator_secret_of_another_seal_has_no_codes(self) -> None:
        """What was not sealed here opens nothing, and is no error."""
        assert self.make().find_step("sealed by nobody", "000000", now=NOON) is None


class SubmissionTicketsContract:
    """See ``elkk_core.metering.SubmissionTickets``."""

    def make(self) -> SubmissionTickets:
        """Return the tickets under test."""
        raise NotImplementedError

    def test_ticket_comes_back(self) -> None:
        """Whose it is, of which account and until when is read as it was written."""
        tickets = self.make()

        # Made here, since Hypothesis does not run one method for several classes.
        @given(ticket=submission_tickets())
        def check(ticket: SubmissionTicket) -> None:
            assert ticket == tickets.read(tickets.write(ticket))

        check()

    def test_ticket_fits_into_an_address(self) -> None:
        """It is short, and no sign of it has to be escaped."""
        assert re.fullmatch(r"[\w.-]{1,80}", self.make().write(a_ticket()), re.ASCII)

    @pytest.mark.parametrize(
        "text", ["", ".", "x", "0" * 70, "билет", "a.b", "\ud800", "\0", "." * 80]
    )
    def test_ticket_that_nobody_wrote_is_refused(self, text: str) -> None:
        """Whatever stands in an address is refused by the same error."""
        with pytest.raises(SubmissionTicketInvalid):
            self.make().read(text)

    def test_ticket_changed_in_one_sign_is_refused(self) -> None:
        """No sign can be another, nor be left out or added."""
        tickets = self.make()
        text = tickets.write(a_ticket())
        spoilt = {f"{text[:n]}{sign}{text[n + 1 :]}" for n in range(len(text)) for sign in "AQz_"}
        spoilt |= {f"{text[:n]}{text[n + 1 :]}" for n in range(len(text))}
        spoilt |= {f"{text}A", f"{text}.", f"{text}=", f" {text}"}

        for wrong in spoilt - {text}:
            with pytest.raises(SubmissionTicketInvalid):
                tickets.read(wrong)


class ContactReaderContract:
    """See ``elkk_core.identity.ContactReader``."""

    def make(self) -> ContactReader:
        """Return the reader under test."""
        raise NotImplementedError

    @pytest.mark.parametrize(
        "text",
        [
            "+79161234567",
            "89161234567",
            "79161234567",
            "9161234567",
            "8 916 123-45-67",
            "+7 (916) 123-45-67",
            " 8(916)1234567 ",
            "+7\u00a0916\u00a0123\u00a045\u00a067",
        ],
    )
    def test_phone_is_read_as_people_write_it(self, text: str) -> None:
        """All ways to write one Russian mobile phone mean the same phone."""
        assert Phone("+79161234567") == self.make().read_phone(text)

    @pytest.mark.parametrize(
        "text", ["", "-", "позвоните мне", "123", "+7916123456", "891612345678"]
    )
    def test_phone_malformed_is_told(self, text: str) -> None:
        """What is not the number of a telephone is refused."""
        with pytest.raises(PhoneMalformed):
            self.make().read_phone(text)

    @pytest.mark.parametrize("text", ["+7 495 123-45-67", "8 (475) 271-22-33"])
    def test_phone_that_takes_no_sms_is_told(self, text: str) -> None:
        """The number of a telephone on a wire is refused for that reason."""
        with pytest.raises(PhoneNotMobile):
            self.make().read_phone(text)

    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("petrova@tambov-post.ru", "petrova@tambov-post.ru"),
            ("  petrova@Tambov-Post.RU ", "petrova@tambov-post.ru"),
            ("anna.petrova+svet@mail.tambov-post.ru", "anna.petrova+svet@mail.tambov-post.ru"),
        ],
    )
    def test_email_is_read(self, text: str, address: str) -> None:
        """Blanks around and capitals in the domain do not make another address."""
        assert Email(address) == self.make().read_email(text)

    @pytest.mark.parametrize(
        "text",
        ["", "petrova", "petrova@", "@tambov-post.ru", "a b@tambov-post.ru", "a@b", "a@b@c.ru"],
    )
    def test_email_malformed_is_told(self, text: str) -> None:
        """What is not an address is refused."""
        with pytest.raises(EmailMalformed):
            self.make().read_email(text)


class FileStoreContract:
    """See ``elkk_core.support.FileStore``."""

    def make(self) -> FileStore:
        """Return an empty store."""
        raise NotImplementedError

    def test_file_comes_back_byte_by_byte(self) -> None:
        """Each file comes back as it was kept, under its own identifier."""
        files = self.make()
        every_byte = bytes(range(256))
        files.keep(_FILE, every_byte)
        files.keep(_OTHER_FILE, b"other")

        assert every_byte == files.read(_FILE)
        assert b"other" == files.read(_OTHER_FILE)

    def test_file_unknown_is_not_found(self) -> None:
        """An identifier that nothing was kept under is told."""
        with pytest.raises(AttachmentNotFound):
            self.make().read(_FILE)

    def test_file_is_discarded(self) -> None:
        """A file can be forgotten, also one that was never there; the others stay."""
        files = self.make()
        files.keep(_FILE, b"one")
        files.keep(_OTHER_FILE, b"other")
        for _ in range(2):
            files.discard(_FILE)

        with pytest.raises(AttachmentNotFound):
            files.read(_FILE)
        assert b"other" == files.read(_OTHER_FILE)


class DocumentPrinterContract:
    """See ``elkk_core.billing.DocumentPrinter``."""

    def make(self) -> DocumentPrinter:
        """Return the printer under test."""
        raise NotImplementedError

    @pytest.mark.parametrize("language", ["ru", "en"])
    @pytest.mark.parametrize(
        "invoice", [an_invoice(), an_issued_invoice()], ids=["imported", "issued"]
    )
    def test_printer_makes_a_pdf(self, language: str, invoice: Invoice) -> None:
        """A bill of either source prints in either language."""
        pdf = self.make().print_document(_document(invoice), language=language)

        assert pdf.startswith(b"%PDF-")
        assert pdf.rstrip().endswith(b"%%EOF")

    def test_printer_prints_what_it_was_given(self) -> None:
        """Two bills do not print alike."""
        printer = self.make()
        one, other = (
            printer.print_document(_document(invoice), language="ru")
            for invoice in (an_invoice(), an_issued_invoice())
        )

        assert one != other


def _document(invoice: Invoice) -> PaymentDocument:
    return PaymentDocument(
        supplier=a_supplier(),
        account=an_account(),
        invoice=invoice,
        payment_code=payment_code(
            a_supplier().requisites,
            account_number=an_account().number,
            amount=invoice.total_due,
            purpose="Электроэнергия",
        ),
    )
