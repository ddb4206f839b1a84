"""What the demo's supplier publishes, and what its household has asked and ordered."""

from datetime import timedelta

from elkk_adapters.application import Application
from elkk_adapters.content import read_content
from elkk_cli.demo.books import EXAMPLES
from elkk_cli.demo.history import HistoryClock
from elkk_core.shared import AccountId, UserId
from elkk_core.support import OfferedFile

_SUPPLIER = "demo"
_QUESTION = (
    "Здравствуйте! В подъезде меняли проводку, и один день счетчик был выключен.\n"
    "Показания записал до и после, они в файле. Все ли в порядке, нужно ли что-то еще?"
)
_READINGS = "До отключения: день 14 207, ночь 6 118\nПосле включения: день 14 207, ночь 6 118\n"
_ANSWER = (
    "Здравствуйте, Демьян Олегович!\n"
    "Все в порядке: показания до и после совпадают, пломба на месте. Больше ничего не нужно, "
    "передавайте показания как обычно."
)
_ANSWER_TAKES = timedelta(hours=5)
_DAYS_AGO = timedelta(days=9)


def publish(application: Application) -> None:
    """Publish questions and answers, the price list and the offices."""
    content = read_content(EXAMPLES / "demo" / "content")
    application.support.publish_content(supplier=_SUPPLIER, content=content)


def correspond(
    application: Application, clock: HistoryClock, *, user_id: UserId, account_id: AccountId
) -> None:
    """Let the household ask, the supplier answer, and the household order a service."""
    support = application.support
    today = clock.now()
    clock.moment = today - _DAYS_AGO
    asked = support.ask_question(
        user_id=user_id,
        account_id=account_id,
        topic="readings",
        text=_QUESTION,
        files=(OfferedFile(name="Показания.txt", content=_READINGS.encode()),),
        surname="Светлов",
        given="Демьян",
        patronymic="Олегович",
    )
    clock.moment = today - _DAYS_AGO + _ANSWER_TAKES
    support.answer_request(supplier=_SUPPLIER, number=asked.number, text=_ANSWER)
    clock.moment = None
    support.order_service(
        user_id=user_id,
        account_id=account_id,
        service="meter-two-rates",
        phone="+7 999 000-00-01",
        address="г. Тамбов, ул. Чичканова, д. 5, кв. 40",
        comment="Удобно в будни после 17:00.",
        surname="Светлов",
        given="Демьян",
        patronymic="Олегович",
    )
