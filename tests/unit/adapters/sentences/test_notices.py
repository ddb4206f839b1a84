"""Every notice has words in both languages."""

import re
from datetime import date

import attrs
import pytest
from hypothesis import given

from elkk_adapters.sentences import tell_notice
from elkk_core.notices import Gist, Notice, gist_of
from elkk_core.payments import DeclineReason
from elkk_core.shared import Money, Month
from elkk_core.testing import strategies

OCTOBER = Month(2026, 10)
DUE = date(2026, 11, 15)


def bill(kopecks: int, *, kind: str = "bill_issued", day: date | None = DUE) -> Gist:
    """Return the gist of a bill that ends with so many kopecks."""
    return Gist(kind=kind, amount=Money(kopecks), month=OCTOBER, day=day)


@given(notice=strategies.notices())
def test_every_notice_has_words(notice: Notice) -> None:
    """All four are there in both languages, filled in, and of no more than one line."""
    for language in ("ru", "en"):
        words = tell_notice(attrs.evolve(gist_of(notice)), language)

        for part in attrs.astuple(words):
            assert part == part.strip()
            assert part
            assert "\n" not in part
            assert "None" not in part


@pytest.mark.parametrize("reason", DeclineReason)
def test_refusal_has_a_reason_and_a_way_out(reason: DeclineReason) -> None:
    """English words hold no Russian ones."""
    gist = Gist(kind="payment_declined", amount=Money(60406), day=DUE, name=reason)

    assert ": " in tell_notice(gist, "ru").text
    assert [] == re.findall(r"[А-Яа-яЁё]", str(tell_notice(gist, "en")))


def test_bill_to_pay_says_how_much_and_until_when() -> None:
    """Without a term in the tables the bill is told without it."""
    told = tell_notice(bill(119387), "ru")

    assert "Счет за октябрь 2026: к оплате 1 193,87 ₽" == told.title.replace("\xa0", " ")
    assert "Оплатите до 15.11.2026 включительно." in told.text
    assert "Оплатите" not in tell_notice(bill(119387, day=None), "ru").text


@pytest.mark.parametrize("kind", ["bill_issued", "bill_corrected"])
def test_bill_that_is_paid_already_asks_for_nothing(kind: str) -> None:
    """An overpayment is told without a minus; nothing at all is not called an overpayment."""
    prepaid = tell_notice(bill(-255, kind=kind), "ru")
    even = tell_notice(bill(0, kind=kind), "ru")

    assert "платить не нужно" in prepaid.title
    assert "Переплата 2,55 ₽ перейдет на следующий месяц." in prepaid.text
    assert "платить не нужно" in even.title
    assert "Переплата" not in even.text


def test_unknown_language_is_russian() -> None:
    """A language that there are no words in gives the Russian ones."""
    assert tell_notice(bill(1), "ru") == tell_notice(bill(1), "tt")
