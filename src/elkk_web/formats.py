"""How figures, dates and the core's names look on a page, in the language of the request."""

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale, get_timezone, gettext, ngettext

from elkk_core.billing import ForecastBasis, MonthForecast
from elkk_core.metering import Reading, ReadingSource
from elkk_core.shared import Money, Month, UserId, Zone
from elkk_core.tariffs import RatePeriod

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
_MASK = "•"
_RUSSIAN_LENGTH = len("+79161234567")


def money(amount: Money) -> str:
    """Return «1 500,00 ₽»."""
    written = format_decimal(amount.roubles, "#,##0.00", get_locale())
    return f"{written.replace('-', MINUS)}{NBSP}₽"


def whole_money(amount: Money) -> str:
    """Return «1 500 ₽»: an amount that is not known to the kopeck."""
    written = format_decimal(amount.roubles, "#,##0", get_locale())
    return f"{written.replace('-', MINUS)}{NBSP}₽"


def figure(value: Decimal) -> str:
    """Return a figure of a meter: «14 323»."""
    return format_decimal(value, "#,##0.###", get_locale())


def kwh(value: Decimal) -> str:
    """Return a volume: «14 323 кВт·ч»."""
    unit = gettext("кВт·ч")
    return f"{figure(value)}{NBSP}{unit}"


def bare_rate(value: Decimal) -> str:
    """Return a rate without its unit: «2,77»."""
    return format_decimal(value, "0.00##", get_locale())


def rate(value: Decimal) -> str:
    """Return a rate: «2,77 руб./кВт·ч»."""
    unit = gettext("руб./кВт·ч")
    return f"{bare_rate(value)}{NBSP}{unit}"


def consumption_range(held: RatePeriod) -> str:
    """Return «до 3 900 кВт·ч включительно», «свыше 6 000 кВт·ч»; nothing for an only range."""
    above, up_to = held.above, held.rate.up_to
    if above is not None and up_to is not None:
        over = figure(above)
        return str(gettext("от %(over)s до %(to)s включительно", over=over, to=kwh(up_to)))
    if above is not None:
        return str(gettext("свыше %(over)s", over=kwh(above)))
    return "" if up_to is None else str(gettext("до %(to)s включительно", to=kwh(up_to)))


def day(value: date) -> str:
    """Return «13 января 2020»."""
    return format_date(value, "d MMMM y", get_locale()).replace(" ", NBSP)


def short_day(value: date) -> str:
    """Return «13.01.2020»; English readers expect slashes."""
    pattern = "dd.MM.y" if str(get_locale()) == "ru" else "dd/MM/y"
    return format_date(value, pattern, get_locale())


def month(value: Month) -> str:
    """Return «январь 2020», as it stands inside a sentence."""
    return format_date(value.first_day, "LLLL y", get_locale()).replace(" ", NBSP)


def month_title(value: Month) -> str:
    """Return «Январь 2020», as it stands alone."""
    text = month(value)
    return text[0].upper() + text[1:]


def month_short(value: Month) -> str:
    """Return «янв», as it stands below a column."""
    return format_date(value.first_day, "LLL", get_locale()).rstrip(".")


def moment(value: datetime) -> str:
    """Return «13 января 2020, 14:05» by the clock of the cabinet."""
    local = value.astimezone(get_timezone())
    return format_datetime(local, "d MMMM y, HH:mm", locale=get_locale())


def days(number: int) -> str:
    """Return «1 день», «2 дня», «5 дней»."""
    return str(ngettext("%(num)d день", "%(num)d дней", number))


def months(number: int) -> str:
    """Return «1 месяц», «2 месяца», «5 месяцев»."""
    return str(ngettext("%(num)d месяц", "%(num)d месяцев", number))


def days_word(number: int) -> str:
    """Return «день», «дня», «дней»: the word alone, where the number stands apart."""
    return str(ngettext("день", "дней", number))


def last_months(number: int) -> str:
    """Return «за последние 6 месяцев»."""
    return str(ngettext("за последний %(num)d месяц", "за последние %(num)d месяцев", number))


def unread(number: int) -> str:
    """Return «3 непрочитанных уведомления»."""
    return str(
        ngettext("%(num)d непрочитанное уведомление", "%(num)d непрочитанных уведомлений", number)
    )


def phone(number: str) -> str:
    """Return «+7 (916) 123-45-67» of «+79161234567»; other countries' numbers stay whole."""
    if not (number.startswith("+7") and len(number) == _RUSSIAN_LENGTH):
        return number
    return f"+7 ({number[2:5]}) {number[5:8]}-{number[8:10]}-{number[10:]}".replace(" ", NBSP)


def masked_phone(number: str) -> str:
    """Return «+7 (916) •••-••-67»: enough for the owner to know it, for nobody else to call it."""
    if not (number.startswith("+7") and len(number) == _RUSSIAN_LENGTH):
        return number[:3] + _MASK * (len(number) - 5) + number[-2:]
    return phone(f"{number[:5]}{_MASK * 5}{number[-2:]}")


def zone(value: Zone) -> str:
    """Return the name of a zone of the day."""
    names: dict[Zone, str] = {
        # A single rate is called «день» on bills, as the day's of two is; no meter has both.
        Zone.ALL_DAY: gettext("день"),
        Zone.DAY: gettext("день"),
        Zone.NIGHT: gettext("ночь"),
        Zone.PEAK: gettext("пик"),
        Zone.HALF_PEAK: gettext("полупик"),
    }
    return names[value]


def category(value: str) -> str:
    """Return what the category of a household means; a supplier's own category stands for itself."""
    names: dict[str, str] = {
        "urban-gas": gettext("Городское население, газовые плиты"),
        "urban-electric": gettext("Городское население, электрические плиты"),
        "rural": gettext("Сельское население"),
        "gas-stove": gettext("Население, газовые плиты"),
    }
    return names.get(value, value)


def source(value: ReadingSource) -> str:
    """Return who took a reading."""
    names: dict[ReadingSource, str] = {
        ReadingSource.INITIAL: gettext("При установке счетчика"),
        ReadingSource.CUSTOMER: gettext("Переданные клиентом"),
        ReadingSource.SUPPLIER: gettext("Поставщик"),
        ReadingSource.FINAL: gettext("При снятии счетчика"),
    }
    return names[value]


def forecast_basis(month: MonthForecast) -> str:
    """Return what the kWh of a coming month are reckoned from."""
    if month.basis is ForecastBasis.READINGS:
        return str(gettext("по переданным показаниям"))
    if month.basis is ForecastBasis.SEASON:
        return str(
            ngettext(
                "по тому же месяцу год назад",
                "по тому же месяцу за %(num)d года",
                month.known,
            )
        )
    return str(
        ngettext(
            "по последнему месяцу",
            "по среднему за последние месяцы: %(num)d",
            month.known,
        )
    )


def taken_by(reading: Reading, viewer_id: UserId | None) -> str:
    """Return who took a reading, as it stands beside the figure: «передано Вами»."""
    if reading.submitted_by is not None and reading.submitted_by == viewer_id:
        return str(gettext("передано Вами"))
    kinds: dict[ReadingSource, str] = {
        ReadingSource.INITIAL: gettext("при установке счетчика"),
        ReadingSource.CUSTOMER: gettext("передано клиентом"),
        ReadingSource.SUPPLIER: gettext("снято поставщиком"),
        ReadingSource.FINAL: gettext("при снятии счетчика"),
    }
    return kinds[reading.source]


def stove(value: str) -> str:
    """Return which stove a household has; a supplier's own word stands for itself."""
    names: dict[str, str] = {
        "gas": gettext("Газовая"),
        "electric": gettext("Электрическая"),
        "other": gettext("Не электрическая"),
    }
    return names.get(value, value)


def install(app: Flask) -> None:
    """Give the templates of *app* these filters."""
    for filter_ in (
        money,
        whole_money,
        figure,
        kwh,
        bare_rate,
        rate,
        consumption_range,
        day,
        short_day,
        month,
        month_title,
        month_short,
        forecast_basis,
        moment,
        days,
        days_word,
        last_months,
        unread,
        phone,
        masked_phone,
        zone,
        source,
        taken_by,
        stove,
        category,
    ):
        app.add_template_filter(filter_)
