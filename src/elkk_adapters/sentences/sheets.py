"""What happened to an account as a sheet: a row for each fact, in the words of a language."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from attrs import astuple, evolve, fields, frozen

from elkk_adapters.sentences.bills import ON_BILLS
from elkk_adapters.sentences.explanations import explain
from elkk_adapters.sentences.words import zone_name
from elkk_core.billing import HistoryMonth, Invoice, RecordedReading, VolumeDerivation
from elkk_core.shared import Money, Month, local_date

_WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "month": "Месяц",
        "day": "Дата",
        "event": "Событие",
        "document": "Документ",
        "meter": "Счетчик",
        "zone": "Зона",
        "value": "Показание",
        "kwh": "кВт·ч",
        "price": "Цена, руб. за кВт·ч",
        "amount": "Сумма, руб.",
        "remark": "Примечание",
        "reading": "Показания",
        "bill": "Квитанция",
        "line": "Строка квитанции",
        "payment": "Оплата",
        "corrects": "исправление",
        "corrected": "исправлено",
        "due": "итого по счету",
        "overpaid": "итого переплата",
    },
    "en": {
        "month": "Month",
        "day": "Date",
        "event": "Event",
        "document": "Document",
        "meter": "Meter",
        "zone": "Zone",
        "value": "Reading",
        "kwh": "kWh",
        "price": "Price, roubles per kWh",
        "amount": "Amount, roubles",
        "remark": "Remark",
        "reading": "Reading",
        "bill": "Bill",
        "line": "Line of the bill",
        "payment": "Payment",
        "corrects": "correction",
        "corrected": "corrected",
        "due": "total due",
        "overpaid": "overpayment",
    },
}
# A spreadsheet takes a cell that begins so for a formula, whoever has written it.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@frozen(kw_only=True)
class _Row:
    """A row, in the order of the columns."""

    month: str
    day: str = ""
    event: str
    document: str = ""
    meter: str = ""
    zone: str = ""
    value: str = ""
    kwh: str = ""
    price: str = ""
    amount: str = ""
    remark: str = ""


def history_sheet(
    months: Iterable[HistoryMonth], language: str, *, time_zone: str
) -> Iterator[tuple[str, ...]]:
    """Yield the names of the columns, then a row for each fact, in the order of *months*.

    Columns are the month that a fact counts in, its day, what it is, the number of its document, the
    meter, the zone, the reading, the kWh, the price, the amount, and a remark. A bill stands with its
    closing figure (negative for an overpayment) and is followed by its lines. Numbers and days are
    written as spreadsheets of the language read them.
    """
    sheet = _Sheet(language, time_zone)
    yield sheet.columns
    for month in months:
        for row in sheet.rows(month):
            yield astuple(row)


@frozen
class _Sheet:
    _language: str
    _time_zone: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self._word(name.name) for name in fields(_Row))

    def rows(self, month: HistoryMonth) -> Iterator[_Row]:
        for recorded in month.readings:
            yield self._reading(recorded)
        for invoice in month.invoices:
            yield from self._bill(invoice)
        for payment in month.payments:
            yield _Row(
                month=self._month(Month.of(payment.received_on)),
                day=self._day(payment.received_on),
                event=self._word("payment"),
                document=_plain(payment.reference),
                amount=self._money(payment.amount),
            )

    def _reading(self, recorded: RecordedReading) -> _Row:
        reading = recorded.reading
        remarks = [ON_BILLS[self._language][f"reading.{reading.source}"]]
        if reading.corrects is not None:
            remarks.append(self._word("corrects"))
        if recorded.is_corrected:
            remarks.append(self._word("corrected"))
        return _Row(
            month=self._month(reading.month),
            day=self._day(reading.taken_on),
            event=self._word("reading"),
            meter=_plain(recorded.meter_number),
            zone=zone_name(reading.zone, self._language),
            value=self._number(reading.value),
            remark=", ".join(remarks),
        )

    def _bill(self, invoice: Invoice) -> Iterator[_Row]:
        month, day = (
            self._month(invoice.month),
            self._day(local_date(invoice.issued_at, self._time_zone)),
        )
        remarks = [self._word("overpaid" if invoice.closing.is_negative else "due")]
        if invoice.corrects is not None:
            remarks.append(self._word("corrects"))
        number = _plain(invoice.number)
        yield _Row(
            month=month,
            day=day,
            event=self._word("bill"),
            document=number,
            amount=self._money(invoice.closing),
            remark=", ".join(remarks),
        )
        for group in explain(invoice, self._language, time_zone=self._time_zone).groups:
            for told in group.lines:
                row = _Row(
                    month=month,
                    day=day,
                    event=self._word("line"),
                    document=number,
                    amount=self._money(told.line.amount),
                    remark=told.title,
                )
                known = told.line.derivation
                if isinstance(known, VolumeDerivation):
                    row = evolve(
                        row,
                        meter=_plain(known.meter),
                        zone=zone_name(known.zone, self._language),
                        kwh=self._number(known.volume),
                        price=self._number(known.price),
                    )
                yield row

    def _word(self, name: str) -> str:
        return _WORDS[self._language][name]

    def _month(self, month: Month) -> str:
        return f"{month.number:02}.{month.year}" if self._language == "ru" else str(month)

    def _day(self, day: date) -> str:
        return day.strftime("%d.%m.%Y") if self._language == "ru" else day.isoformat()

    def _number(self, value: Decimal) -> str:
        return self._pointed(f"{value:f}")

    def _money(self, amount: Money) -> str:
        return self._pointed(f"{amount.roubles:.2f}")

    def _pointed(self, written: str) -> str:
        return written.replace(".", ",") if self._language == "ru" else written


def _plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
