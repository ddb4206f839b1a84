"""Everything that a user interface may ask of elkk, room by room."""

from attrs import frozen

from elkk_adapters.billing_runs import BillingRuns
from elkk_adapters.readiness import Readiness
from elkk_adapters.sent_messages import SentMessageList
from elkk_adapters.settings import Settings
from elkk_core import accounts, billing, identity, metering, shared, tariffs


@frozen(kw_only=True)
class Identity:
    """Users, what they prove, and their sessions."""

    start_registration: identity.StartRegistration
    resend_registration_code: identity.ResendRegistrationCode
    confirm_registration: identity.ConfirmRegistration
    sign_in: identity.SignIn
    sign_out: identity.SignOut
    resume_session: identity.ResumeSession
    change_password: identity.ChangePassword
    start_password_recovery: identity.StartPasswordRecovery
    resend_recovery_code: identity.ResendRecoveryCode
    finish_password_recovery: identity.FinishPasswordRecovery
    request_email_confirmation: identity.RequestEmailConfirmation
    confirm_email: identity.ConfirmEmail
    choose_language: identity.ChooseLanguage
    user_overviews: identity.UserOverviews
    contacts: identity.ContactReader


@frozen(kw_only=True)
class Accounts:
    """Suppliers, personal accounts, and who sees them."""

    add_supplier: accounts.AddSupplier
    import_accounts: accounts.ImportAccounts
    start_linking: accounts.StartLinking
    link_account: accounts.LinkAccount
    linked_accounts: accounts.LinkedAccounts
    suppliers: accounts.SupplierList


@frozen(kw_only=True)
class Tariffs:
    """Prices as published."""

    publish_tariff: tariffs.PublishTariff
    show_tariff: tariffs.ShowTariff


@frozen(kw_only=True)
class Metering:
    """Meters, readings and norms."""

    import_meters: metering.ImportMeters
    import_norms: metering.ImportNorms
    show_norms: metering.ShowNorms
    import_readings: metering.ImportReadings
    import_gaps: metering.ImportGaps
    submit_readings: metering.SubmitReadings


@frozen(kw_only=True)
class Billing:
    """Rules of law and of suppliers, bills, payments, and whether the books are right.

    *billing_runs* is None where workers could not share a run, since one process writes at a time.
    """

    replace_law_table: billing.ReplaceLawTable
    show_law_table: billing.ShowLawTable
    choose_rule: billing.ChooseRule
    import_estimate_rules: billing.ImportEstimateRules
    show_rules: billing.ShowRules
    import_benefits: billing.ImportBenefits
    import_bills: billing.ImportBills
    import_payments: billing.ImportPayments
    plan_billing: billing.PlanBilling
    run_billing: billing.RunBilling
    billing_runs: BillingRuns | None
    find_billing_problems: billing.FindBillingProblems
    correct_invoice: billing.CorrectInvoice
    print_invoice: billing.PrintInvoice
    print_invoices: billing.PrintInvoices
    cabinet: billing.Cabinet
    invoices: billing.InvoiceList
    billed_months: billing.BilledMonths
    audit_books: billing.AuditBooks
    examine_accounts: billing.ExamineAccounts
    auditor: billing.Auditor


@frozen(kw_only=True)
class Application:
    """The use cases and queries of the core, joined to adapters by ``bootstrap.application``.

    Pages and commands hold one of these and nothing else. Each room bears the name of its context;
    its members are called with keyword arguments and are safe to use from several threads.
    """

    settings: Settings
    clock: shared.Clock
    readiness: Readiness
    sent_messages: SentMessageList

    identity: Identity
    accounts: Accounts
    tariffs: Tariffs
    metering: Metering
    billing: Billing
