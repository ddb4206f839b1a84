"""Everything that a user interface may ask of elkk, room by room."""

from attrs import frozen

from elkk_adapters.billing_runs import BillingRuns
from elkk_adapters.captcha import CaptchaDesk
from elkk_adapters.readiness import Readiness
from elkk_adapters.sent_messages import SentMessageList
from elkk_adapters.settings import Settings
from elkk_core import (
    accounts,
    billing,
    identity,
    metering,
    notices,
    payments,
    shared,
    support,
    tariffs,
)


@frozen(kw_only=True)
class Identity:
    """Users, what they prove, and their sessions."""

    start_registration: identity.StartRegistration
    resend_registration_code: identity.ResendRegistrationCode
    confirm_registration: identity.ConfirmRegistration
    sign_in: identity.SignIn
    resend_sign_in_code: identity.ResendSignInCode
    finish_sign_in: identity.FinishSignIn
    sign_out: identity.SignOut
    sign_out_everywhere: identity.SignOutEverywhere
    list_sessions: identity.ListSessions
    end_session: identity.EndSession
    resume_session: identity.ResumeSession
    change_personal_data: identity.ChangePersonalData
    start_phone_change: identity.StartPhoneChange
    show_phone_change: identity.ShowPhoneChange
    resend_phone_change_code: identity.ResendPhoneChangeCode
    confirm_phone_change: identity.ConfirmPhoneChange
    change_email: identity.ChangeEmail
    show_second_factor: identity.ShowSecondFactor
    choose_second_factor: identity.ChooseSecondFactor
    send_second_factor_code: identity.SendSecondFactorCode
    confirm_second_factor: identity.ConfirmSecondFactor
    switch_off_second_factor: identity.SwitchOffSecondFactor
    remove_second_factor: identity.RemoveSecondFactor
    change_password: identity.ChangePassword
    start_password_recovery: identity.StartPasswordRecovery
    resend_recovery_code: identity.ResendRecoveryCode
    finish_password_recovery: identity.FinishPasswordRecovery
    open_recovery_link: identity.OpenRecoveryLink
    finish_recovery_by_link: identity.FinishRecoveryByLink
    delete_user: identity.DeleteUser
    request_email_confirmation: identity.RequestEmailConfirmation
    confirm_email: identity.ConfirmEmail
    choose_language: identity.ChooseLanguage
    own_data: identity.ShowOwnIdentity
    user_overviews: identity.UserOverviews
    contacts: identity.ContactReader
    captcha: CaptchaDesk


@frozen(kw_only=True)
class Accounts:
    """Suppliers, personal accounts, and who sees them."""

    add_supplier: accounts.AddSupplier
    import_accounts: accounts.ImportAccounts
    start_linking: accounts.StartLinking
    link_account: accounts.LinkAccount
    unlink_account: accounts.UnlinkAccount
    choose_group: accounts.ChooseGroup
    write_note: accounts.WriteNote
    choose_bill_delivery: accounts.ChooseBillDelivery
    choose_mailings: accounts.ChooseMailings
    own_data: accounts.ShowOwnAccounts
    linked_accounts: accounts.LinkedAccounts
    mailings: accounts.MailingList
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
    correct_readings: metering.CorrectReadings
    open_submission_ticket: metering.OpenSubmissionTicket
    own_data: metering.ShowOwnReadings


@frozen(kw_only=True)
class Support:
    """Requests of households, and what suppliers publish for them to read."""

    publish_content: support.PublishContent
    show_content: support.ShowContent
    ask_question: support.AskQuestion
    order_service: support.OrderService
    reply_to_request: support.ReplyToRequest
    show_request: support.ShowRequest
    take_request: support.TakeRequest
    answer_request: support.AnswerRequest
    close_request: support.CloseRequest
    read_attachment: support.ReadAttachment
    read_attachments: support.ReadAttachments
    request_overviews: support.RequestOverviews
    content_library: support.ContentLibrary
    own_data: support.ShowOwnRequests


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
    preview_readings: billing.PreviewReadings
    print_invoice: billing.PrintInvoice
    print_invoices: billing.PrintInvoices
    cabinet: billing.Cabinet
    show_statistics: billing.ShowStatistics
    forecast_bills: billing.ForecastBills
    export_account: billing.ExportAccount
    invoices: billing.InvoiceList
    billed_months: billing.BilledMonths
    audit_books: billing.AuditBooks
    examine_accounts: billing.ExamineAccounts
    auditor: billing.Auditor


@frozen(kw_only=True)
class Payments:
    """Payments by card, from the wish to pay to money in the books."""

    start_payment: payments.StartPayment
    settle_payment: payments.SettlePayment
    own_data: payments.ShowOwnPayments
    card_payments: payments.CardPaymentList
    payments_to_ask: payments.PaymentsToAsk


@frozen(kw_only=True)
class Notices:
    """What households should know, and how they are told."""

    raise_notifications: notices.RaiseNotifications
    mail_notifications: notices.MailNotifications
    read_notification: notices.ReadNotification
    own_data: notices.ShowOwnNotifications
    user_notifications: notices.UserNotifications


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
    support: Support
    billing: Billing
    payments: Payments
    notices: Notices

    @property
    def own_data_parts(self) -> tuple[shared.OwnData, ...]:
        """What each room keeps of a user, for the file that users take along."""
        return (
            self.identity.own_data,
            self.accounts.own_data,
            self.metering.own_data,
            self.support.own_data,
            self.payments.own_data,
            self.notices.own_data,
        )

    def own_data(self, *, user_id: shared.UserId) -> dict[str, shared.Json]:
        """Return all that the cabinet keeps of a user, for them to take along."""
        kept: dict[str, shared.Json] = {}
        for part in self.own_data_parts:
            kept |= part(user_id=user_id)
        return kept
