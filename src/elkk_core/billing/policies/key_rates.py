"""Rates of the Bank of Russia, in per cent a year, by the day from which they are in force.

That day is a Monday as a rule, and the decision the Friday before: lists by day of decision are
wrong here. Known for sure up to 27.07.2026; the last rate goes on until a newer one is given. The
Bank publishes new ones at cbr.ru (KeyRateXML of DailyInfo).
"""

from datetime import date
from decimal import Decimal

from elkk_core.shared.timelines import Timeline

_KEY_RATES = """
    2013-09-13  5.5
    2014-03-03  7
    2014-04-28  7.5
    2014-07-28  8
    2014-11-05  9.5
    2014-12-12  10.5
    2014-12-16  17
    2015-02-02  15
    2015-03-16  14
    2015-05-05  12.5
    2015-06-16  11.5
    2015-08-03  11
    2016-06-14  10.5
    2016-09-19  10
    2017-03-27  9.75
    2017-05-02  9.25
    2017-06-19  9
    2017-09-18  8.5
    2017-10-30  8.25
    2017-12-18  7.75
    2018-02-12  7.5
    2018-03-26  7.25
    2018-09-17  7.5
    2018-12-17  7.75
    2019-06-17  7.5
    2019-07-29  7.25
    2019-09-09  7
    2019-10-28  6.5
    2019-12-16  6.25
    2020-02-10  6
    2020-04-27  5.5
    2020-06-22  4.5
    2020-07-27  4.25
    2021-03-22  4.5
    2021-04-26  5
    2021-06-15  5.5
    2021-07-26  6.5
    2021-09-13  6.75
    2021-10-25  7.5
    2021-12-20  8.5
    2022-02-14  9.5
    2022-02-28  20
    2022-04-11  17
    2022-05-04  14
    2022-05-27  11
    2022-06-14  9.5
    2022-07-25  8
    2022-09-19  7.5
    2023-07-24  8.5
    2023-08-15  12
    2023-09-18  13
    2023-10-30  15
    2023-12-18  16
    2024-07-29  18
    2024-09-16  19
    2024-10-28  21
    2025-06-09  20
    2025-07-28  18
    2025-09-15  17
    2025-10-27  16.5
    2025-12-22  16
    2026-02-16  15.5
    2026-03-23  15
    2026-04-27  14.5
    2026-06-22  14.25
    2026-07-27  14
"""

KEY_RATES: Timeline[Decimal] = Timeline(
    "key_rate",
    [
        (date.fromisoformat(day), Decimal(rate))
        for day, rate in (line.split() for line in _KEY_RATES.strip().splitlines())
    ],
)
"""The key rate, from 13.09.2013."""

_ONE_RATE_FROM = date(2016, 1, 1)

PENALTY_RATES: Timeline[Decimal] = Timeline(
    "penalty_rate",
    [
        (date(2012, 9, 14), Decimal("8.25")),
        (_ONE_RATE_FROM, KEY_RATES.on(_ONE_RATE_FROM)),
        *(entry for entry in KEY_RATES.entries if entry[0] > _ONE_RATE_FROM),
    ],
)
"""The rate that late-payment penalties are a share of.

Until 31.12.2015 that was the refinancing rate, 8.25 % whatever the key rate was; since 01.01.2016
the refinancing rate equals the key rate.
"""
