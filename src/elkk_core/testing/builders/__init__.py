"""One valid thing of each kind, with what a test cares about changed.

Unchanged, they belong together: ``a_meter()`` is on ``an_account()`` of ``a_supplier()``, and
``a_link()`` lets ``a_user()`` see it. The household is that of the user manual.
"""

from elkk_core.testing.builders.household import (
    ACCOUNT_ID,
    JANUARY,
    METER_ID,
    MORNING,
    SUPPLIER_ID,
    USER_ID,
)
from elkk_core.testing.builders.identity import (
    a_code,
    a_consent,
    a_name,
    a_pending_sign_in,
    a_phone_change,
    a_recovery,
    a_recovery_link,
    a_registration,
    a_second_factor,
    a_session,
    a_user,
    an_email_confirmation,
    another_user,
)
from elkk_core.testing.builders.accounts import (
    a_link,
    a_linking,
    a_supplier,
    an_account,
    requisites,
)
from elkk_core.testing.builders.tariffs import a_rate
from elkk_core.testing.builders.metering import a_gap, a_meter, a_norm, a_reading, a_ticket
from elkk_core.testing.builders.support import (
    a_content,
    a_message,
    a_published_content,
    a_request,
    an_attachment,
    an_order,
)
from elkk_core.testing.builders.billing import (
    a_benefit,
    a_billable_account,
    a_counted_volume,
    a_law_row,
    a_line,
    a_payment,
    a_penalty_derivation,
    a_register_standing,
    a_rule,
    a_standing,
    a_volume_derivation,
    an_entry,
    an_estimate_rule,
    an_estimated_volume,
    an_invoice,
    an_issued_invoice,
    some_terms,
)

from elkk_core.testing.builders.payments import (
    a_bank_answer,
    a_card_payment,
    a_payment_change,
    a_payment_order,
)
from elkk_core.testing.builders.notices import a_debt, a_notification

__all__ = [
    # The household
    "SUPPLIER_ID",
    "ACCOUNT_ID",
    "METER_ID",
    "USER_ID",
    "JANUARY",
    "MORNING",
    # Identity
    "a_name",
    "a_code",
    "a_consent",
    "a_registration",
    "a_recovery",
    "a_recovery_link",
    "a_user",
    "another_user",
    "an_email_confirmation",
    "a_session",
    "a_second_factor",
    "a_pending_sign_in",
    "a_phone_change",
    # Accounts
    "requisites",
    "a_supplier",
    "an_account",
    "a_link",
    "a_linking",
    # Tariffs
    "a_rate",
    # Metering
    "a_meter",
    "a_reading",
    "a_ticket",
    "a_gap",
    "a_norm",
    # Support
    "an_attachment",
    "a_message",
    "a_request",
    "an_order",
    "a_content",
    "a_published_content",
    # Billing
    "a_benefit",
    "a_law_row",
    "a_rule",
    "an_estimate_rule",
    "a_counted_volume",
    "an_estimated_volume",
    "a_volume_derivation",
    "a_penalty_derivation",
    "a_line",
    "an_invoice",
    "an_issued_invoice",
    "an_entry",
    "a_payment",
    "a_register_standing",
    "a_standing",
    "some_terms",
    "a_billable_account",
    # Payments
    "a_payment_change",
    "a_card_payment",
    "a_payment_order",
    "a_bank_answer",
    # Notices
    "a_debt",
    "a_notification",
]
