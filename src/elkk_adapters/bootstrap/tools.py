"""What the rooms are built with."""

from attrs import field, frozen

from elkk_adapters.captcha import CaptchaDesk
from elkk_adapters.contacts import ForgivingContactReader
from elkk_adapters.documents import TypstPrinter
from elkk_adapters.durable import DurableBillingRuns, DurableMessages
from elkk_adapters.security import (
    Argon2Hasher,
    KeyedSecrets,
    SealedAuthenticators,
    SignedSubmissionTickets,
    ZxcvbnCommonPasswords,
)
from elkk_adapters.settings import Settings
from elkk_adapters.sql import Database
from elkk_adapters.sql.unit_of_work import SqlUnitOfWork
from elkk_core.payments import PaymentGateway
from elkk_core.shared import Clock, Identifiers


@frozen(kw_only=True)
class Tools:
    """Adapters that several rooms share."""

    settings: Settings
    clock: Clock
    identifiers: Identifiers
    database: Database
    queue: DurableMessages
    billing_runs: DurableBillingRuns
    secrets: KeyedSecrets
    authenticators: SealedAuthenticators
    tickets: SignedSubmissionTickets
    captcha: CaptchaDesk
    gateway: PaymentGateway
    contacts: ForgivingContactReader = field(factory=ForgivingContactReader, init=False)
    hasher: Argon2Hasher = field(factory=Argon2Hasher, init=False)
    common_passwords: ZxcvbnCommonPasswords = field(factory=ZxcvbnCommonPasswords, init=False)
    printer: TypstPrinter = field(factory=TypstPrinter, init=False)

    def unit_of_work(self) -> SqlUnitOfWork:
        """Return a unit of work that may change things."""
        return self.database.unit_of_work(self.queue)

    def reading(self) -> SqlUnitOfWork:
        """Return a unit of work that only looks."""
        return self.database.unit_to_read(self.queue)
