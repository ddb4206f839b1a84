"""The first step to another phone."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import PhoneChange
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import ContactReader, IdentityUnitOfWork, PasswordHasher, Secrets
from elkk_core.shared.errors import FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class StartPhoneChange:
    """Send a code to the new phone of a user, who keeps the old one until it is answered.

    A phone opens the cabinet and replaces a forgotten password, so the present password is asked
    for (ASVS 5.0, 7.5.1); wrong ones are counted together with those of signing in. The phone of
    another user gives the same answer, while its owner gets another SMS.

    Raises:
        FormRejected: If the phone cannot be read or is the present one; the fault is at ``phone``.
        WrongPassword: If the password is wrong; the try is counted.
        SignInThrottled: If there were too many wrong passwords lately.
        CodeTooSoon: If a code went to the phone less than a minute ago.
        TooManyCodes: If the codes of the day for the phone are used up.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    contacts: ContactReader
    hasher: PasswordHasher
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, user_id: UserId, phone: str, present: str) -> None:
        faults = Faults()
        with faults.at("phone"):
            if not phone.strip():
                raise FieldRequired
            read_phone = self.contacts.read_phone(phone)
        faults.refuse_form()

        now = self.clock.now()
        digits = self.secrets.new_code()
        code = self.policy.codes.issue(
            digest=self.secrets.digest(digits, context=f"phone:{user_id}"), now=now
        )
        with self.unit_of_work() as uow:
            user = uow.users.get(user_id)
            with faults.at("phone"):
                if read_phone == user.phone:
                    raise errors.PhoneUnchanged
            faults.refuse_form()
            tally = uow.tallies.get(f"sign-in:{user.phone}")
            self.policy.sign_in.check_free(tally, now=now)
            right = self.hasher.matches(present, user.password_digest)
            uow.tallies.save(self.policy.sign_in.count(tally, right=right, now=now))
            if right:
                sent = uow.tallies.get(f"sms:{read_phone}")
                uow.tallies.save(self.policy.codes.count_sent(sent, now=now))
                former = uow.phone_changes.find(user_id)
                change = PhoneChange(
                    user_id=user_id,
                    phone=read_phone,
                    phone_known=uow.users.find_by_phone(read_phone) is not None,
                    language=user.language,
                    code=code,
                    version=0 if former is None else former.version,
                )
                uow.phone_changes.save(
                    change.send_code(code=code, text=digits, event_id=self.identifiers.new())
                )
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right:
            raise errors.WrongPassword
