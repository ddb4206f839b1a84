"""Makes ``hypothesis.strategies.from_type(Money)`` and the like work without an import.

Hypothesis itself calls ``register`` by the entry point of that name when it is imported.
"""

from hypothesis import strategies as st

from elkk_core import accounts, billing, identity, metering, shared, tariffs
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
        # Identity
        identity.Phone: strategies.phones(),
        identity.Email: strategies.emails(),
        identity.FullName: strategies.full_names(),
        identity.Consent: strategies.consents(),
        identity.OneTimeCode: strategies.one_time_codes(),
        identity.Registration: strategies.registrations(),
        identity.PasswordRecovery: strategies.recoveries(user_id=user_id),
        identity.User: strategies.users(),
        identity.EmailConfirmation: strategies.email_confirmations(user=builders.a_user()),
        identity.Session: strategies.sessions(user_id=user_id),
        # Accounts
        accounts.Requisites: strategies.requisites(),
        accounts.Supplier: strategies.suppliers(),
        accounts.PersonalAccount: strategies.personal_accounts(supplier_id=supplier_id),
        accounts.AccountLink: strategies.account_links(user_id=user_id, account_id=account_id),
        # Tariffs
        tariffs.Rate: strategies.rates(supplier_id=supplier_id),
        tariffs.TariffBook: strategies.tariff_books(supplier_id=supplier_id),
        # Metering
        metering.DigitCapacity: strategies.capacities(),
        metering.Meter: strategies.meters(account_id=account_id),
        metering.Reading: strategies.readings(meter=builders.a_meter()),
        # Billing
        billing.MeteredVolume: strategies.metered_volumes(),
        billing.InvoiceLine: strategies.invoice_lines(),
        billing.Invoice: strategies.invoices(supplier_id=supplier_id, account_id=account_id),
        billing.LedgerEntry: strategies.ledger_entries(account_id=account_id),
        billing.ReceivedPayment: strategies.received_payments(
            supplier_id=supplier_id, account_id=account_id
        ),
        # Whole worlds
        strategies.MeteredWorld: strategies.metered_accounts(),
    }.items():
        st.register_type_strategy(kind, strategy)
