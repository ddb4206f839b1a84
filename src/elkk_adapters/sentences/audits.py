"""What `elkk doctor` tells: each rule of the books, what breaks it, and what to do."""

from collections.abc import Mapping

from attrs import asdict, frozen

from elkk_adapters.sentences.words import Words
from elkk_core.billing import Check, Difference, Finding
from elkk_core.shared import Money

_NOTHING = {"ru": "ничего", "en": "nothing"}
_AMOUNT = {"ru": "{amount} руб.", "en": "{amount} roubles"}
_WHAT = {
    "ru": {Difference.VOLUME: "объем", Difference.AMOUNT: "сумма", Difference.VAT: "НДС"},
    "en": {Difference.VOLUME: "volume", Difference.AMOUNT: "amount", Difference.VAT: "VAT"},
}

_RESTORE = {
    "ru": "Строки изменены мимо elkk: найдите прежние в резервной копии и верните их.",
    "en": "Rows were changed past elkk: find the former ones in a backup and put them back.",
}

_RULES: Mapping[str, Mapping[Check, tuple[str, str, str]]] = {
    "ru": {
        Check.LEDGER: (
            "Журнал движется так, как начислено в счетах",
            "{account}, счет {document}: по журналу {stands}, по счету {expected}",
            _RESTORE["ru"],
        ),
        Check.OPENING: (
            "Счет начинается с итога предыдущего",
            "{account}, счет {document}: на начало {stands}, предыдущий закончился на {expected}",
            _RESTORE["ru"],
        ),
        Check.PAYMENTS: (
            "Счет учитывает то, что поступило",
            "{account}, счет {document}: учтено {stands}, поступило {expected}",
            _RESTORE["ru"],
        ),
        Check.UNBILLED: (
            "После последнего счета есть только платежи",
            "{account}, документ {document}: {stands} без счета",
            _RESTORE["ru"],
        ),
        Check.RECEIPTS: (
            "Каждый платеж проведен один раз",
            "{account}, платеж {document}: проведено: {stands}, получено: {expected}",
            _RESTORE["ru"],
        ),
        Check.NUMBERS: (
            "Номера счетов идут без пропусков",
            "с {document} по {expected}: счетов с этими номерами нет",
            "Верните счета с этими номерами из резервной копии.",
        ),
        Check.COUNTER: (
            "Номера счетов выданы по порядку",
            "{account}, счет {document}: последний выданный номер {expected}",
            _RESTORE["ru"],
        ),
        Check.REVISIONS: (
            "Исправленные счета идут один за другим",
            "{account}, счет {document}: исправляет {stands}, а должен {expected}",
            _RESTORE["ru"],
        ),
        Check.DERIVATIONS: (
            "Строки счетов говорят, откуда сумма",
            "{account}, счет {document}, строка {line}: неизвестно, откуда сумма",
            _RESTORE["ru"],
        ),
        Check.GUARDS: (
            "База не дает менять записанное",
            "таблица {document}: записанное можно изменить или удалить",
            "Верните триггеры, как написано в docs/how-to/check-the-books.md.",
        ),
        Check.STANDING: (
            "Долги и авансы сходятся с последним счетом",
            "{account}, счет {document}: долги и авансы: {stands}, итог счета: {expected}",
            _RESTORE["ru"],
        ),
        Check.READINGS: (
            "Показания те же, что в последнем счете",
            "{account}, счет {document}: записано «{stands}», в счете «{expected}»",
            _RESTORE["ru"],
        ),
        Check.AMOUNTS: (
            "Счета пересчитываются в те же суммы",
            "{account}, счет {document}, строка {line}, {what}: {stands}, при пересчете {expected}",
            (
                "Если суммы никто не менял, это ошибка elkk: сообщите о ней. "
                "Последний счет исправляет elkk bill correct."
            ),
        ),
        Check.TEXTS: (
            "Счета можно прочитать",
            "{account}, счет {document}: не читается, откуда суммы или с чем остался счет",
            _RESTORE["ru"],
        ),
    },
    "en": {
        Check.LEDGER: (
            "The ledger moves as bills charge",
            "{account}, bill {document}: {stands} in the ledger, {expected} by the bill",
            _RESTORE["en"],
        ),
        Check.OPENING: (
            "A bill opens as the one before closed",
            (
                "{account}, bill {document}: opens with {stands}, "
                "the one before closed with {expected}"
            ),
            _RESTORE["en"],
        ),
        Check.PAYMENTS: (
            "A bill counts what came in",
            "{account}, bill {document}: counts {stands}, {expected} came in",
            _RESTORE["en"],
        ),
        Check.UNBILLED: (
            "After the last bill there are payments alone",
            "{account}, document {document}: {stands} without a bill",
            _RESTORE["en"],
        ),
        Check.RECEIPTS: (
            "Each payment is booked once",
            "{account}, payment {document}: booked: {stands}, received: {expected}",
            _RESTORE["en"],
        ),
        Check.NUMBERS: (
            "Numbers of bills have no gaps",
            "from {document} to {expected}: no bills bear these numbers",
            "Put the bills with these numbers back from a backup.",
        ),
        Check.COUNTER: (
            "Numbers of bills were given out",
            "{account}, bill {document}: the last number given out is {expected}",
            _RESTORE["en"],
        ),
        Check.REVISIONS: (
            "Corrected bills follow each other",
            "{account}, bill {document}: corrects {stands}, and should correct {expected}",
            _RESTORE["en"],
        ),
        Check.DERIVATIONS: (
            "Lines of bills tell where they come from",
            "{account}, bill {document}, line {line}: nobody knows where the amount comes from",
            _RESTORE["en"],
        ),
        Check.GUARDS: (
            "The database refuses to change facts",
            "table {document}: what is written can be changed or deleted",
            "Put the triggers back as docs/how-to/check-the-books.md says.",
        ),
        Check.STANDING: (
            "Debts and advances come to the last bill",
            (
                "{account}, bill {document}: debts and advances: {stands}, "
                "the bill closes with {expected}"
            ),
            _RESTORE["en"],
        ),
        Check.READINGS: (
            "Readings are those of the last bill",
            "{account}, bill {document}: stored is “{stands}”, the bill counted “{expected}”",
            _RESTORE["en"],
        ),
        Check.AMOUNTS: (
            "Bills come out the same anew",
            "{account}, bill {document}, line {line}, {what}: {stands}, anew {expected}",
            (
                "If nobody has changed the amounts, this is a defect of elkk: please report it. "
                "The last bill is put right by elkk bill correct."
            ),
        ),
        Check.TEXTS: (
            "Bills can be read",
            (
                "{account}, bill {document}: where its amounts come from, or what it left behind, "
                "cannot be read"
            ),
            _RESTORE["en"],
        ),
    },
}


@frozen(kw_only=True)
class RuleTold:
    """A rule of the books, and what to do where it is broken."""

    rule: str
    mend: str


def tell_rule(check: Check, language: str) -> RuleTold:
    """Return the rule of *check* in one of our languages."""
    rule, _, mend = _RULES[language][check]
    return RuleTold(rule=rule, mend=mend)


def tell_finding(finding: Finding, language: str) -> str:
    """Return what a finding says in one of our languages."""
    _, text, _ = _RULES[language][finding.check]
    words = Words(language=language)
    facts = asdict(finding, recurse=False)
    for name, value in facts.items():
        match value:
            case None:
                facts[name] = _NOTHING[language]
            case Money():
                facts[name] = words.format(_AMOUNT[language], amount=value)
            case Difference():
                facts[name] = _WHAT[language][value]
    return words.format(text, **facts)
