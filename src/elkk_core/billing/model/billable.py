"""What a bill of one account is made of."""

from datetime import date

from attrs import frozen

from elkk_core.accounts.model import PersonalAccount
from elkk_core.billing.model.benefits import Benefit
from elkk_core.billing.model.invoices import InvoiceSource
from elkk_core.billing.model.standing import AccountStanding
from elkk_core.metering.model import Meter, MeteringGap, Reading
from elkk_core.shared.ids import InvoiceId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month


@frozen(kw_only=True)
class LastBill:
    """What the next bill of an account begins with.

    *standing* is None after a bill of an earlier billing system, which did not tell it.
    """

    invoice_id: InvoiceId
    number: str
    month: Month
    revision: int = 0
    closing: Money
    source: InvoiceSource
    standing: AccountStanding | None


@frozen(kw_only=True)
class EarlierBill:
    """A bill of an earlier billing system: what it charged for a month."""

    month: Month
    charged: Money


@frozen(kw_only=True)
class Movement:
    """Money that came in after the last bill, for the *period* that the payer named if any.

    *amount* is positive; it was received on *valued_on*.
    """

    amount: Money
    valued_on: date
    period: Month | None = None


@frozen(kw_only=True)
class BillableMeter:
    """A meter with the readings and the gaps that its next bill may need.

    After a bill that was issued here those are the readings that count in a later month; before the
    first one all of them.
    """

    meter: Meter
    readings: tuple[Reading, ...]
    gaps: tuple[MeteringGap, ...] = ()


@frozen(kw_only=True)
class BillableAccount:
    """All that a bill of one account for one month is made of, but rates and rules.

    *payments* are those dated after the last bill's month and up to the month to bill. *earlier* are
    the bills of an earlier billing system, by month, where the last bill is one of them.
    """

    account: PersonalAccount
    meters: tuple[BillableMeter, ...]
    benefits: tuple[Benefit, ...] = ()
    last_bill: LastBill | None
    earlier: tuple[EarlierBill, ...] = ()
    payments: tuple[Movement, ...] = ()
