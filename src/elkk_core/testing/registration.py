"""Makes ``hypothesis.strategies.from_type(Money)`` and the like work without an import.

Hypothesis itself calls ``register`` by the entry point of that name when it is imported.
"""

from hypothesis import strategies as st

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
from elkk_core.testing import builders, strategies


def register() -> None:
    """Tell Hypothesis which strategy makes valid values of which type of the core."""
    ids = (builders.USER_ID, builders.ACCOUNT_ID, builders.SUPPLIER_ID)
    user_id, account_id, supplier_id = ids
    for kind, strategy in {
        # Shared
        shared.Money: strategies.money(),
        shared.Month: strategies.months(),
        shared.Period: strategies.periods(),
        shared.SubmissionWindow: strategies.windows(),
        shared.Tally: strategies.tallies(),
        shared.Traits: strategies.traits(),
        # Identity
        identity.Phone: strategies.phones(),
        identity.Email: strategies.emails(),
        identity.FullName: strategies.full_names(),
        identity.Consent: strategies.consents(),
        identity.OneTimeCode: strategies.one_time_codes(),
        identity.Registration: strategies.registrations(),
        identity.PasswordRecovery: strategies.recoveries(user_id=user_id),
        identity.RecoveryLink: strategies.recovery_links(user_id=user_id),
        identity.User: strategies.users(),
        identity.EmailConfirmation: strategies.email_confirmations(user=builders.a_user()),
        identity.Session: strategies.sessions(user_id=user_id),
        identity.SecondFactor: strategies.second_factors(user_id=user_id),
        identity.PendingSignIn: strategies.pending_sign_ins(user_id=user_id),
        identity.PhoneChange: strategies.phone_changes(user_id=user_id),
        # Accounts
        accounts.Requisites: strategies.requisites(),
        accounts.Supplier: strategies.suppliers(),
        accounts.PersonalAccount: strategies.personal_accounts(supplier_id=supplier_id),
        accounts.AccountLink: strategies.account_links(user_id=user_id, account_id=account_id),
        accounts.Linking: strategies.linkings(account_id=account_id),
        accounts.Mailing: strategies.mailings(user_id=user_id, supplier_id=supplier_id),
        # Tariffs
        tariffs.Rate: strategies.rates(supplier_id=supplier_id),
        tariffs.TariffBook: strategies.tariff_books(supplier_id=supplier_id),
        # Metering
        metering.EstimateRule: strategies.estimate_rules(),
        metering.DigitCapacity: strategies.capacities(),
        metering.Meter: strategies.meters(account_id=account_id),
        metering.Reading: strategies.readings(meter=builders.a_meter()),
        metering.MeteringGap: strategies.gaps(meter_id=builders.METER_ID),
        metering.PersonsBand: strategies.persons_bands(),
        metering.SubmissionTicket: strategies.submission_tickets(),
        metering.Norm: strategies.norms(supplier_id=supplier_id),
        metering.NormTable: strategies.norm_tables(supplier_id=supplier_id),
        # Support
        support.Wording: strategies.wordings(),
        support.Content: strategies.contents(),
        support.PublishedContent: strategies.published_contents(supplier_id=supplier_id),
        support.Attachment: strategies.attachments(),
        support.Message: strategies.messages(),
        support.ServiceOrder: strategies.service_orders(),
        support.SupportRequest: strategies.support_requests(
            supplier_id=supplier_id, account_id=account_id, user_id=user_id
        ),
        # Billing
        billing.Law: strategies.laws(),
        billing.LawRow: strategies.law_rows(),
        billing.SupplierRule: strategies.supplier_rules(supplier_id=supplier_id),
        billing.SupplierEstimateRule: strategies.supplier_estimate_rules(supplier_id=supplier_id),
        billing.RuleBook: strategies.rule_books(supplier_id=supplier_id),
        billing.ReadingShown: strategies.shown_readings(),
        billing.MonthConsumption: strategies.month_consumptions(),
        billing.Counted: strategies.counted_volumes(),
        billing.Estimated: strategies.estimated_volumes(),
        billing.Corrected: strategies.corrected_volumes(),
        tariffs.RangeShare: strategies.range_shares(),
        billing.VolumeDerivation: strategies.volume_derivations(),
        billing.BenefitDerivation: strategies.benefit_derivations(),
        billing.PenaltyRow: strategies.penalty_rows(),
        billing.PenaltyDerivation: strategies.penalty_derivations(),
        billing.RegisterStanding: strategies.register_standings(),
        billing.AccountStanding: strategies.account_standings(),
        billing.InvoiceLine: strategies.invoice_lines(),
        billing.Invoice: strategies.invoices(supplier_id=supplier_id, account_id=account_id),
        billing.Benefit: strategies.benefits(account_id=account_id),
        billing.LedgerEntry: strategies.ledger_entries(account_id=account_id),
        billing.ReceivedPayment: strategies.received_payments(
            supplier_id=supplier_id, account_id=account_id
        ),
        # Payments
        payments.PaymentChange: strategies.payment_changes(),
        payments.CardPayment: strategies.card_payments(
            user_id=user_id, account_id=account_id, supplier_id=supplier_id
        ),
        payments.BankAnswer: strategies.bank_answers(payment=builders.a_card_payment()),
        # Notices
        notices.Notification: strategies.notifications(user_id=user_id, account_id=account_id),
        # Whole worlds
        strategies.MeteredWorld: strategies.metered_accounts(),
    }.items():
        st.register_type_strategy(kind, strategy)
