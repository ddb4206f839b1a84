"""The first step of a registration."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import (
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
    CommonPasswords,
    ContactReader,
    IdentityUnitOfWork,
    PasswordHasher,
    Secrets,
)
from elkk_core.shared.errors import FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class StartRegistration:
    """Take the form of a new user and send a code to the phone.

    Every fault of the form is told at once. A phone that a user has already gives the same answer,
    while its owner gets another SMS; an e-mail may be given by many, since only its confirmation
    makes it theirs.

    Raises:
        FormRejected: If fields are wrong; faults are at ``surname``, ``given``, ``patronymic``,
            ``phone``, ``email``, ``password``, ``repeat`` and ``consent``.
        CodeTooSoon: If a code went to the phone less than a minute ago.
        TooManyCodes: If the codes of the day for the phone are used up.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
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
        agreement_version: str,
        consented: bool,
        language: Language,
    ) -> RegistrationId:
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
        with faults.at("consent"):
            if not consented:
                raise errors.ConsentRequired
        faults.refuse_form()

        now = self.clock.now()
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
