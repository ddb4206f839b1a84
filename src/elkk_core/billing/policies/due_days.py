"""By which day a bill is to be paid."""

from collections.abc import Callable
from datetime import date, timedelta

from elkk_core.shared.periods import Month
from elkk_core.shared.timelines import Timeline

DUE_DAYS: Timeline[int] = Timeline(
    "due_day",
    (
        (date(2005, 3, 1), 10),
        (date(2026, 3, 1), 15),
    ),
)
"""The day of the next month by which a billing period is paid, by the first day of the period.

ЖК РФ ст. 155 ч. 1 and ПП РФ № 354 п. 66: the 10th; the 15th by the law 177-ФЗ of 2025 in force from
01.03.2026. Sources disagree about February 2026, which is paid in March: here it is due on 10 March,
as the first period that the new term is named for is March.
"""

_SATURDAY = 5


def falls_on_weekend(day: date) -> bool:
    """Tell whether *day* is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def due_day(
    month: Month,
    *,
    terms: Timeline[int] = DUE_DAYS,
    is_day_off: Callable[[date], bool] | None = None,
) -> date:
    """Return the last day on which the bill for *month* is paid in time.

    A term that ends on a day off may move to the next working day (ГК РФ ст. 193); penalty
    calculators do not move it, and neither does this unless told which days are off, such as by
    `falls_on_weekend`.

    Raises:
        NothingInForce: If *terms* begin later than *month*.
    """
    day = month.last_day + timedelta(days=terms.on(month.first_day))
    while is_day_off is not None and is_day_off(day):
        day += timedelta(days=1)
    return day
