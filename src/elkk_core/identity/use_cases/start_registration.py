"""The first step of a registration."""

from collections.abc import Callable
from datetime import datetime

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import (
    CaptchaAnswer,
    Consent,
    FullName,
    Language,
    Registration,
    RegistrationId,
    name_part,
    optional_name_part,
)
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import (
    Captcha,
    CommonPasswords,
    ContactReader,
    IdentityUnitOfWork,
    PasswordHasher,
    Secrets,
)
from elkk_core.shared.errors import FieldRequired, Rejected
from elkk_core.shared.faults import Faults
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class StartRegistration:
    """Take the form of a new user and send a code to the phone.

    Every fault of the form is told at once. A phone that a user has already gives the same answer,
    while its owner gets another SMS; an e-mail may be given by many, since only its confirmation
    makes it theirs. An answer to the captcha is heard once, whatever else is wrong with the form.

    Raises:
        FormRejected: If fields are wrong; faults are at ``surname``, ``given``, ``patronymic``,
            ``phone``, ``email``, ``password``, ``repeat``, ``captcha`` and ``consent``.
        TooManyReplies: If too many captchas were answered in words from the visitor's address.
        CodeTooSoon: If a code went to the phone less than a minute ago.
        TooManyCodes: If the codes of the day for the phone are used up.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    captcha: Captcha
    contacts: ContactReader
    hasher: PasswordHasher
    common_passwords: CommonPasswords
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(
        self,
        *,
        surname: str,
        given: str,
        patronymic: str,
        phone: str,
        email: str,
        password: str,
        repeat: str,
        captcha: CaptchaAnswer,
        agreement_version: str,
        consented: bool,
        language: Language,
    ) -> RegistrationId:
        now = self.clock.now()
        faults = Faults()
        with faults.at("surname"):
            name_part(surname)
        with faults.at("given"):
            name_part(given)
        with faults.at("patronymic"):
            optional_name_part(patronymic)
        with faults.at("phone"):
            if not phone.strip():
                raise FieldRequired
            read_phone = self.contacts.read_phone(phone)
        with faults.at("email"):
            if not email.strip():
                raise FieldRequired
            read_email = self.contacts.read_email(email)
        self.policy.passwords.check_form(
            faults, password=password, repeat=repeat, is_common=self.common_passwords.contains
        )
        try:
            self._check_captcha(captcha, now)
        except Rejected as error:
            faults.add("captcha", error)
        with faults.at("consent"):
            if not consented:
                raise errors.ConsentRequired
        faults.refuse_form()

        digest = self.hasher.hash(password)
        registration_id = RegistrationId(self.identifiers.new())
        digits = self.secrets.new_code()
        code = self.policy.codes.issue(
            digest=self.secrets.digest(digits, context=str(registration_id)), now=now
        )
        with self.unit_of_work() as uow:
            sent = uow.tallies.get(f"sms:{read_phone}")
            uow.tallies.save(self.policy.codes.count_sent(sent, now=now))
            registration = Registration(
                registration_id=registration_id,
                phone=read_phone,
                email=read_email,
                name=FullName(surname=surname, given=given, patronymic=patronymic),
                password_digest=digest,
                consent=Consent(version=agreement_version, given_at=now),
                language=language,
                phone_known=uow.users.find_by_phone(read_phone) is not None,
                code=code,
                started_at=now,
            )
            uow.registrations.add(
                registration.send_code(code=code, text=digits, event_id=self.identifiers.new())
            )
            uow.commit()
        return registration_id

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
