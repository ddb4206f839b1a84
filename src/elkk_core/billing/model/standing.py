"""Where an account stands after a bill: what the next bill goes on from.

It follows from the facts that bills were made of, and is kept with a bill so that the next one reads
no further back.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from elkk_core.billing.model.derivations import MonthVolume, ReadingShown
from elkk_core.shared.ids import MeterId, ReadingId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.shared.zones import Zone

HISTORY_MONTHS = 12
"""How many measured months an average may look back on."""


@frozen(kw_only=True)
class ChargedVolume:
    """The kWh that the bill of a *month* charged at a price, as long as they may be given back."""

    month: Month
    volume: Decimal
    price: Decimal
    price_from: date | None
    vat_rate: Decimal


@frozen(kw_only=True)
class RegisterStanding:
    """Where a register stands: the last *reading* that a bill counted, in the bill for *counted*.

    Since then bills have *estimated* the months named. *charged* are the volumes that a correction
    or the next reading may give back, the latest last; *history* are the measured months, at most
    12. A *closed* register is that of a removed meter whose final reading is billed.
    """

    meter_id: MeterId
    zone: Zone
    reading_id: ReadingId
    reading: ReadingShown
    counted: Month
    estimated: tuple[MonthVolume, ...] = ()
    charged: tuple[ChargedVolume, ...] = ()
    history: tuple[MonthVolume, ...] = ()
    closed: bool = False


@frozen(kw_only=True)
class Paid:
    """A part of a debt that was paid on a day."""

    amount: Money
    paid_on: date


@frozen(kw_only=True)
class OpenDebt:
    """What is *left* to pay of the bill of a *period*, due on *due*, and what was *paid* of it.

    *accrued* is the penalty that bills have reckoned on it so far, in roubles, exact.
    """

    period: Month
    due: date
    left: Money
    paid: tuple[Paid, ...] = ()
    accrued: Fraction = Fraction(0)


@frozen(kw_only=True)
class AccountStanding:
    """Where an account stands: its registers, its debts by age, and what it has paid in advance.

    The closing figure of its bill is the sum of the debts and of the *penalty* owed, less *credit*.
    """

    registers: tuple[RegisterStanding, ...] = ()
    debts: tuple[OpenDebt, ...] = field(default=())
    penalty: Money = Money(0)
    credit: Money = Money(0)

    @property
    def balance(self) -> Money:
        """What is owed, negative for an overpayment."""
        return Money.total(debt.left for debt in self.debts) + self.penalty - self.credit

    def register(self, meter_id: MeterId, zone: Zone) -> RegisterStanding | None:
        """Return where a register stands, None if no bill has counted it."""
        return next(
            (
                known
                for known in self.registers
                if known.meter_id == meter_id and known.zone is zone
            ),
            None,
        )
