"""The room of users, what they prove, and their sessions."""

from elkk_adapters.application import Identity
from elkk_adapters.bootstrap.tools import Tools
from elkk_core import identity


def identity_room(tools: Tools) -> Identity:
    """Return the use cases and queries of users, what they prove, and their sessions."""
    return Identity(
        start_registration=identity.StartRegistration(
            unit_of_work=tools.unit_of_work,
            contacts=tools.contacts,
            hasher=tools.hasher,
            common_passwords=tools.common_passwords,
            secrets=tools.secrets,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.identity,
        ),
        resend_registration_code=identity.ResendRegistrationCode(
            unit_of_work=tools.unit_of_work,
            secrets=tools.secrets,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.identity,
        ),
        confirm_registration=identity.ConfirmRegistration(
            unit_of_work=tools.unit_of_work,
            secrets=tools.secrets,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.identity,
        ),
        sign_in=identity.SignIn(
            unit_of_work=tools.unit_of_work,
            contacts=tools.contacts,
            hasher=tools.hasher,
            secrets=tools.secrets,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.identity,
        ),
        sign_out=identity.SignOut(
            unit_of_work=tools.unit_of_work, secrets=tools.secrets, clock=tools.clock
        ),
        resume_session=identity.ResumeSession(
            reading=tools.reading,
            unit_of_work=tools.unit_of_work,
            secrets=tools.secrets,
            clock=tools.clock,
            policy=tools.settings.identity,
        ),
        change_password=identity.ChangePassword(
            unit_of_work=tools.unit_of_work,
            hasher=tools.hasher,
            common_passwords=tools.common_passwords,
            secrets=tools.secrets,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.identity,
        ),
        start_password_recovery=identity.StartPasswordRecovery(
            unit_of_work=tools.unit_of_work,
            contacts=tools.contacts,
            secrets=tools.secrets,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.identity,
        ),
        resend_recovery_code=identity.ResendRecoveryCode(
            unit_of_work=tools.unit_of_work,
            secrets=tools.secrets,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.identity,
        ),
        finish_password_recovery=identity.FinishPasswordRecovery(
            unit_of_work=tools.unit_of_work,
            hasher=tools.hasher,
            common_passwords=tools.common_passwords,
            secrets=tools.secrets,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.identity,
        ),
        request_email_confirmation=identity.RequestEmailConfirmation(
            unit_of_work=tools.unit_of_work,
            secrets=tools.secrets,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.identity,
        ),
        confirm_email=identity.ConfirmEmail(
            unit_of_work=tools.unit_of_work, secrets=tools.secrets, clock=tools.clock
        ),
        choose_language=identity.ChooseLanguage(unit_of_work=tools.unit_of_work),
        user_overviews=tools.database.user_overviews,
        contacts=tools.contacts,
    )
