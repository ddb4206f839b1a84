"""What notifications say: in the cabinet, in letters and in SMS, with the reason and the next step.

``title`` fits on a line, ``text`` explains, ``action`` is the button to the next step, and ``sms`` is
short; each notice has all four.
"""

from collections.abc import Mapping

from attrs import asdict, evolve, frozen

from elkk_adapters.sentences.words import Words
from elkk_core.notices import Gist
from elkk_core.payments import DeclineReason
from elkk_core.shared import Money


@frozen
class NoticeWords:
    """A notice in words."""

    title: str
    text: str
    action: str
    sms: str


_RUSSIAN: Mapping[str, NoticeWords] = {
    "readings_missing": NoticeWords(
        "Передайте показания до {day}",
        "Мы еще не получили показания за {month:name}. Их принимают до {day} включительно. "
        "Без показаний объем за месяц рассчитают по среднему потреблению или по нормативу.",
        "Передать показания",
        "показания за {month:name} не переданы, прием до {day}",
    ),
    "bill_issued": NoticeWords(
        "Счет за {month:name}: к оплате {amount} ₽",
        "Выставлен счет за {month:name}, итого к оплате {amount} ₽. {until}"
        "Из чего складывается сумма, видно в квитанции.",
        "Открыть квитанцию",
        "счет за {month:name}, к оплате {amount} р.",
    ),
    "bill_prepaid": NoticeWords(
        "Счет за {month:name}: платить не нужно",
        "Выставлен счет за {month:name}. Начисления покрыты тем, что уже оплачено. {rest}",
        "Открыть квитанцию",
        "счет за {month:name}, платить не нужно",
    ),
    "bill_corrected": NoticeWords(
        "Счет за {month:name} исправлен: к оплате {amount} ₽",
        "Вместо прежнего счета за {month:name} выставлен новый, итого к оплате {amount} ₽. {until}"
        "Оба счета и причина каждой суммы есть в истории.",
        "Открыть квитанцию",
        "счет за {month:name} исправлен, к оплате {amount} р.",
    ),
    "bill_corrected_prepaid": NoticeWords(
        "Счет за {month:name} исправлен: платить не нужно",
        "Вместо прежнего счета за {month:name} выставлен новый. Начисления покрыты тем, что уже "
        "оплачено. {rest}",
        "Открыть квитанцию",
        "счет за {month:name} исправлен, платить не нужно",
    ),
    "debt_overdue": NoticeWords(
        "Задолженность {amount} ₽",
        "Счет за {month:name} нужно было оплатить до {day}, не оплачено {amount} ₽. "
        "С 31-го дня просрочки могут начисляться пени. Если Вы уже заплатили, деньги появятся в кабинете "
        "через 1–2 рабочих дня.",
        "Оплатить",
        "задолженность {amount} р. за {month:name}",
    ),
    "verification_ending": NoticeWords(
        "Поверка счетчика действует до {day}",
        "У счетчика № {name} межповерочный интервал (МПИ) заканчивается {day}. "
        "После этого дня счетчик нужно поверить или заменить: обратитесь к поставщику заранее. "
        "Показания передавайте как обычно.",
        "Посмотреть счетчик",
        "поверка счетчика {name} действует до {day}",
    ),
    "verification_over": NoticeWords(
        "Срок поверки счетчика истек {day}",
        "У счетчика № {name} межповерочный интервал (МПИ) закончился {day}. "
        "Продолжайте передавать показания и обратитесь к поставщику: счетчик нужно поверить или "
        "заменить.",
        "Посмотреть счетчик",
        "срок поверки счетчика {name} истек {day}",
    ),
    "payment_posted": NoticeWords(
        "Оплата {amount} ₽ зачислена",
        "Платеж на {amount} ₽ от {day} зачислен на лицевой счет. Он есть в истории оплат.",
        "Посмотреть оплаты",
        "оплата {amount} р. зачислена",
    ),
    "payment_declined": NoticeWords(
        "Оплата {amount} ₽ не прошла",
        "{day} банк отклонил платеж на {amount} ₽: {reason}. Деньги не списаны.",
        "Оплатить",
        "оплата {amount} р. не прошла",
    ),
    "request_answered": NoticeWords(
        "Ответ на обращение {name}",
        "{day} поставщик ответил на Ваше обращение {name}. Если вопрос остался, напишите там же.",
        "Прочитать ответ",
        "есть ответ на обращение {name}",
    ),
    "linked_by_another": NoticeWords(
        "Лицевой счет подключил еще один пользователь",
        "{day} этот лицевой счет подключили в другой учетной записи: кто-то знает сумму одной из "
        "последних квитанций. Если это не Ваши близкие, сообщите поставщику.",
        "Обратиться к поставщику",
        "лицевой счет подключил еще один пользователь",
    ),
}

_ENGLISH: Mapping[str, NoticeWords] = {
    "readings_missing": NoticeWords(
        "Hand over readings by {day}",
        "We have no readings for {month:name} yet. They are taken until {day}, that day included. "
        "Without them the month is billed by average consumption or by the norm.",
        "Submit readings",
        "no readings for {month:name} yet, taken until {day}",
    ),
    "bill_issued": NoticeWords(
        "Bill for {month:name}: {amount} ₽ to pay",
        "The bill for {month:name} was issued, {amount} ₽ to pay. {until}"
        "The bill shows what the amount is made of.",
        "Open the bill",
        "bill for {month:name}, {amount} RUB to pay",
    ),
    "bill_prepaid": NoticeWords(
        "Bill for {month:name}: nothing to pay",
        "The bill for {month:name} was issued. What was paid already covers it. {rest}",
        "Open the bill",
        "bill for {month:name}, nothing to pay",
    ),
    "bill_corrected": NoticeWords(
        "Bill for {month:name} corrected: {amount} ₽ to pay",
        "A new bill for {month:name} stands in the place of the former one, {amount} ₽ to pay. "
        "{until}Both bills and the reason of each amount are in the history.",
        "Open the bill",
        "bill for {month:name} corrected, {amount} RUB to pay",
    ),
    "bill_corrected_prepaid": NoticeWords(
        "Bill for {month:name} corrected: nothing to pay",
        "A new bill for {month:name} stands in the place of the former one. What was paid already "
        "covers it. {rest}",
        "Open the bill",
        "bill for {month:name} corrected, nothing to pay",
    ),
    "debt_overdue": NoticeWords(
        "Debt of {amount} ₽",
        "The bill for {month:name} was due on {day}, and {amount} ₽ are not paid. "
        "From the 31st day on, being late may cost a penalty. If you have paid already, the money will "
        "show here in 1–2 working days.",
        "Pay",
        "debt of {amount} RUB for {month:name}",
    ),
    "verification_ending": NoticeWords(
        "The meter is verified until {day}",
        "The verification interval of meter {name} ends on {day}. After that day it has to be "
        "verified or replaced: ask the supplier in good time. Hand over readings as usual.",
        "See the meter",
        "meter {name} is verified until {day}",
    ),
    "verification_over": NoticeWords(
        "The meter’s verification ended on {day}",
        "The verification interval of meter {name} ended on {day}. Go on handing over readings, and "
        "ask the supplier to verify or replace the meter.",
        "See the meter",
        "verification of meter {name} ended on {day}",
    ),
    "payment_posted": NoticeWords(
        "Payment of {amount} ₽ received",
        "Your payment of {amount} ₽ of {day} is counted. You find it in the history of payments.",
        "See payments",
        "payment of {amount} RUB received",
    ),
    "payment_declined": NoticeWords(
        "Payment of {amount} ₽ declined",
        "On {day} the bank declined a payment of {amount} ₽: {reason}. No money was taken.",
        "Pay",
        "payment of {amount} RUB declined",
    ),
    "request_answered": NoticeWords(
        "Answer to request {name}",
        "On {day} the supplier answered your request {name}. If a question is left, write there.",
        "Read the answer",
        "request {name} is answered",
    ),
    "linked_by_another": NoticeWords(
        "Another user linked the account",
        "On {day} this account was linked by another user: somebody knows the amount of one of the "
        "last bills. If that is nobody close to you, tell the supplier.",
        "Contact the supplier",
        "another user linked the account",
    ),
}

_UNTIL = {"ru": "Оплатите до {day} включительно. ", "en": "It is due on {day}. "}

_REST = {
    "ru": "Переплата {amount} ₽ перейдет на следующий месяц.",
    "en": "The overpayment of {amount} ₽ goes on to the next month.",
}

_REASONS: Mapping[str, Mapping[DeclineReason, str]] = {
    "ru": {
        DeclineReason.FUNDS: "на карте не хватило денег, выберите другую карту или меньшую сумму",
        DeclineReason.LIMIT: "превышен лимит карты, поднимите его в банке или возьмите другую карту",
        DeclineReason.CARD_DATA: "данные карты не подошли, проверьте их и попробуйте еще раз",
        DeclineReason.CARD_EXPIRED: "срок действия карты истек, возьмите другую карту",
        DeclineReason.CARD_BLOCKED: "карта заблокирована, обратитесь в банк, который ее выдал",
        DeclineReason.NOT_CONFIRMED: "платеж не подтвержден кодом из SMS, попробуйте еще раз",
        DeclineReason.OTHER: "банк не назвал причину, попробуйте еще раз или возьмите другую карту",
    },
    "en": {
        DeclineReason.FUNDS: "there was not enough money, choose another card or a smaller amount",
        DeclineReason.LIMIT: "the card’s limit was exceeded, raise it or take another card",
        DeclineReason.CARD_DATA: "the card’s data did not match, check them and try again",
        DeclineReason.CARD_EXPIRED: "the card has expired, take another one",
        DeclineReason.CARD_BLOCKED: "the card is blocked, ask the bank that issued it",
        DeclineReason.NOT_CONFIRMED: "it was not confirmed by the code of the SMS, try again",
        DeclineReason.OTHER: "the bank gave no reason, try again or take another card",
    },
}

_CATALOGUES = {"ru": _RUSSIAN, "en": _ENGLISH}
_PREPAID = {"bill_issued": "bill_prepaid", "bill_corrected": "bill_corrected_prepaid"}


def tell_notice(gist: Gist, language: str) -> NoticeWords:
    """Return a notice in words, in Russian if *language* is none of ours."""
    chosen = language if language in _CATALOGUES else "ru"
    words = Words(language=chosen)
    amount = gist.amount or Money.zero()
    kind = gist.kind
    if kind in _PREPAID and amount <= Money.zero():
        kind = _PREPAID[kind]
    facts = asdict(evolve(gist, amount=abs(amount)), recurse=False)
    facts["until"] = "" if gist.day is None else words.format(_UNTIL[chosen], **facts)
    facts["rest"] = "" if amount.is_zero else words.format(_REST[chosen], **facts)
    if gist.name in set(DeclineReason):
        facts["reason"] = _REASONS[chosen][DeclineReason(gist.name)]
    told = _CATALOGUES[chosen][kind]
    return NoticeWords(*(words.format(part, **facts).strip() for part in asdict(told).values()))
