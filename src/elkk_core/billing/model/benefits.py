"""Discounts that acts and programmes give to households."""

from decimal import Decimal

from attrs import evolve, field, frozen

from elkk_core.billing import errors
from elkk_core.billing.model.references import reference
from elkk_core.shared import validators
from elkk_core.shared.ids import AccountId
from elkk_core.shared.periods import Month

_ALL = 100


def benefit_percent(percent: Decimal) -> Decimal:
    """Return *percent* if a benefit may take it off.

    Raises:
        BenefitWrong: If it is not above zero, or above 100.
    """
    if not 0 < percent <= _ALL:
        raise errors.BenefitWrong("percent")
    return percent


def benefit_limit(limit: Decimal) -> Decimal:
    """Return *limit*, in kWh a month, if a benefit may end there.

    Raises:
        BenefitWrong: If it is not above zero.
    """
    if limit <= 0:
        raise errors.BenefitWrong("limit")
    return limit


@frozen(kw_only=True)
class Benefit:
    """A discount that an act or a programme gives to a household (льгота).

    It takes *percent* off what is charged for electricity in the months from *first_month* to
    *last_month*, both included and without an end where that is None; off the first *limit* kWh of a
    month only, if there is one. *name* stands on the bill.
    """

    account_id: AccountId
    name: str = field(converter=reference)
    percent: Decimal = field(validator=validators.exact_decimal)
    limit: Decimal | None = field(default=None)
    first_month: Month
    last_month: Month | None = field(default=None)

    version: int = 0

    @percent.validator
    def _is_a_share(self, _attribute: object, value: Decimal) -> None:
        benefit_percent(value)

    @limit.validator
    def _limit_is_above_zero(self, _attribute: object, value: Decimal | None) -> None:
        if value is not None:
            benefit_limit(value)

    @last_month.validator
    def _ends_after_it_began(self, _attribute: object, value: Month | None) -> None:
        if value is not None and value < self.first_month:
            raise errors.BenefitWrong("last_month")

    # Commands

    def describe(
        self, *, percent: Decimal, limit: Decimal | None, last_month: Month | None
    ) -> "Benefit":
        """Return the benefit as the supplier's books describe it now.

        Raises:
            BenefitWrong: If it cannot be so.
        """
        return evolve(self, percent=percent, limit=limit, last_month=last_month)

    # Queries

    def overlaps(self, other: "Benefit") -> bool:
        """Tell whether a household would have both of one name in some month."""
        return (
            (self.account_id, self.name) == (other.account_id, other.name)
            and (self.last_month is None or other.first_month <= self.last_month)
            and (other.last_month is None or self.first_month <= other.last_month)
        )

    def holds_in(self, month: Month) -> bool:
        """Tell whether the household has it in *month*."""
        return self.first_month <= month and (self.last_month is None or month <= self.last_month)
