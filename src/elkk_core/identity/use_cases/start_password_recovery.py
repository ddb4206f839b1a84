"""The first step of changing a forgotten password."""

from collections.abc import Callable
from datetime import datetime

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import (
    CaptchaAnswer,
    Email,
    Language,
    PasswordRecovery,
    Phone,
    RecoveryId,
    RecoveryLink,
    RecoveryStarted,
)
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import Captcha, ContactReader, IdentityUnitOfWork, Secrets
from elkk_core.shared.errors import FieldRequired, Rejected
from elkk_core.shared.faults import Faults
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class StartPasswordRecovery:
    """Send a user who forgot the password a code to the phone, or a link to the confirmed e-mail.

    What nobody has gives the same answer by the same work, and no message. An answer to the captcha
    is heard once, whatever else is wrong with the form.

    Raises:
        FormRejected: If fields are wrong; faults are at ``contact`` and ``captcha``.
        TooManyReplies: If too many captchas were answered in words from the visitor's address.
        CodeTooSoon: If a code went to the phone less than a minute ago.
        TooManyCodes: If the codes of the day for the phone are used up.
        TooManyLetters: If the letters of the day for the e-mail are used up.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    captcha: Captcha
    contacts: ContactReader
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(
        self, *, contact: str, captcha: CaptchaAnswer, language: Language
    ) -> RecoveryStarted:
        now = self.clock.now()
        faults = Faults()
        with faults.at("contact"):
            if not contact.strip():
                raise FieldRequired
            read: Phone | Email = (
                self.contacts.read_email(contact)
                if "@" in contact
                else self.contacts.read_phone(contact)
            )
        try:
            self._check_captcha(captcha, now)
        except Rejected as error:
            faults.add("captcha", error)
        faults.refuse_form()

        recovery_id = None
        if isinstance(read, Phone):
            recovery_id = self._send_code(read, language, now)
        else:
            self._send_link(read, language, now)
        return RecoveryStarted(contact=read, recovery_id=recovery_id)

    def _send_code(self, phone: Phone, language: Language, now: datetime) -> RecoveryId:
        recovery_id = RecoveryId(self.identifiers.new())
        digits = self.secrets.new_code()
        code = self.policy.codes.issue(
            digest=self.secrets.digest(digits, context=str(recovery_id)), now=now
        )
        with self.unit_of_work() as uow:
            sent = uow.tallies.get(f"sms:{phone}")
            uow.tallies.save(self.policy.codes.count_sent(sent, now=now))
            user = uow.users.find_by_phone(phone)
            recovery = PasswordRecovery(
                recovery_id=recovery_id,
                phone=phone,
                user_id=None if user is None else user.user_id,
                language=language,
                code=code,
            )
            uow.recoveries.add(
                recovery.send_code(code=code, text=digits, event_id=self.identifiers.new())
            )
            uow.commit()
        return recovery_id

    def _send_link(self, email: Email, language: Language, now: datetime) -> None:
        token = self.secrets.new_token()
        with self.unit_of_work() as uow:
            sent = uow.tallies.get(f"recoveries:{email}")
            uow.tallies.save(self.policy.emails.count_recovery(sent, now=now))
            user = uow.users.find_by_confirmed_email(email)
            link = RecoveryLink(
                token_digest=self.secrets.digest(token, context="recovery"),
                email=email,
                user_id=None if user is None else user.user_id,
                language=language,
                expires_at=now + self.policy.emails.recovery_lifetime,
            )
            uow.recovery_links.add(link.send(token=token, event_id=self.identifiers.new()))
            uow.commit()

    def _check_captcha(self, answer: CaptchaAnswer, now: datetime) -> None:
        verdict = self.captcha.judge(answer)
        with self.unit_of_work() as uow:
            uow.answered_captchas.add(verdict.key, until=verdict.expires_at, now=now)
            if verdict.effortless:
                replies = uow.tallies.get(f"captcha:{answer.visitor}")
                uow.tallies.save(self.policy.captchas.count_reply(replies, now=now))
            uow.commit()

        # Raised only now: inside the unit of work it would undo that the captcha was answered.
        if not verdict.passed:
            raise errors.CaptchaNotPassed
