"""The first step of changing a forgotten password."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity.model import Language, PasswordRecovery, RecoveryId
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import ContactReader, IdentityUnitOfWork, Secrets
from elkk_core.shared.errors import FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class StartPasswordRecovery:
    """Send a code to the phone of a user who forgot the password.

    A phone that nobody has gives the same answer, and no SMS.

    Raises:
        FormRejected: If the phone cannot be read; the fault is at ``phone``.
        CodeTooSoon: If a code went to the phone less than a minute ago.
        TooManyCodes: If the codes of the day for the phone are used up.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    contacts: ContactReader
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, phone: str, language: Language) -> RecoveryId:
        faults = Faults()
        with faults.at("phone"):
            if not phone.strip():
                raise FieldRequired
            read_phone = self.contacts.read_phone(phone)
        faults.refuse_form()

        now = self.clock.now()
        recovery_id = RecoveryId(self.identifiers.new())
        digits = self.secrets.new_code()
        code = self.policy.codes.issue(
            digest=self.secrets.digest(digits, context=str(recovery_id)), now=now
        )
        with self.unit_of_work() as uow:
            sent = uow.tallies.get(f"sms:{read_phone}")
            uow.tallies.save(self.policy.codes.count_sent(sent, now=now))
            user = uow.users.find_by_phone(read_phone)
            recovery = PasswordRecovery(
                recovery_id=recovery_id,
                phone=read_phone,
                user_id=None if user is None else user.user_id,
                language=language,
                code=code,
            )
            uow.recoveries.add(
                recovery.send_code(code=code, text=digits, event_id=self.identifiers.new())
            )
            uow.commit()
        return recovery_id
