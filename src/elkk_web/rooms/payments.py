"""Paying by card: up to the page of the bank, and back."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from attrs import frozen
from flask import (
    Blueprint,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext, lazy_gettext
from structlog import get_logger
from wtforms import BooleanField, HiddenField

from elkk_core.payments import (
    CardPayment,
    CardPaymentId,
    DeclineReason,
    PaymentNotFound,
    PaymentOffer,
    PaymentsNotOffered,
    PaymentState,
)
from elkk_core.shared import AccountId, ElkkError, Money, StaleState, Unavailable
from elkk_web.failures import status_of
from elkk_web.forms import Form, text
from elkk_web.presence import signed_in_only, viewer
from elkk_web.rooms.accounts import card_of
from elkk_web.wiring import application

blueprint = Blueprint("payments", __name__)

_log = get_logger(__name__)
_ON_THE_WAY_TO_BANK = "paying"
_SECONDS_TO_OPEN = 2
_OPENING = timedelta(seconds=30)


class PaymentForm(Form):
    """«Оплата». The hidden identifier makes a form that is sent twice one payment."""

    payment = HiddenField()
    amount = text(
        lazy_gettext("Итого к оплате"),
        inputmode="decimal",
        autocomplete="off",
        maxlength=16,
        pattern=r"\s*[0-9][0-9\s]*([.,][0-9]{1,2})?\s*",
        wrong=lazy_gettext("Введите сумму цифрами, например 1500,00"),
    )
    accepted = BooleanField(
        lazy_gettext("Я согласен с правилами оплаты"), render_kw={"required": True}
    )


# The form


@blueprint.get("/accounts/<uuid:account_id>/pay")
@signed_in_only
def pay(account_id: UUID) -> ResponseReturnValue:
    """Show what there may be to pay."""
    _offered()
    above, offer = card_of(account_id), _offer(account_id)
    first_sum = application().settings.payments.at_once(offer.due)
    form = PaymentForm(formdata=None, payment=str(uuid4()), amount=_written(first_sum))
    return _pay_page(form, offer, above)


@blueprint.post("/accounts/<uuid:account_id>/pay")
@signed_in_only
def send(account_id: UUID) -> ResponseReturnValue:
    """Add the usual month to the sum, or begin to pay and lead to the page of the bank."""
    _offered()
    above, offer = card_of(account_id), _offer(account_id)
    form = PaymentForm()
    if "add" in request.form:
        return _pay_page(*_with_usual_month(form, offer), above)
    payment_id = _payment_id(form.payment.data)
    user = viewer()
    try:
        payment = application().payments.start_payment(
            payment_id=payment_id,
            user_id=user.user_id,
            account_id=AccountId(account_id),
            amount=form.amount.data or "",
            accepted=form.accepted.data,
            email=user.email,
            language=str(get_locale()),
            return_to=_address(account_id, payment_id),
        )
    except PaymentNotFound:
        raise
    except ElkkError as error:
        form.refuse(error)
        if isinstance(error, Unavailable):
            # What was begun in vain stays as it is; the next press begins anew.
            form = PaymentForm(formdata=None, payment=str(uuid4()), amount=form.amount.data)
            form.accepted.data = True
            form.refuse(error)
        return _pay_page(form, offer, above), status_of(error)
    session[_ON_THE_WAY_TO_BANK] = str(payment.payment_id)
    return redirect(url_for("payments.show", account_id=account_id, payment_id=payment.payment_id))


def _offered() -> None:
    if application().settings.acquiring is None:
        raise PaymentsNotOffered


def _offer(account_id: UUID) -> PaymentOffer:
    return application().payments.card_payments.offer(
        AccountId(account_id), user_id=viewer().user_id
    )


def _address(account_id: UUID, payment_id: CardPaymentId) -> str:
    """Return where the bank sends the payer back to."""
    path = url_for("payments.show", account_id=account_id, payment_id=payment_id)
    return f"{application().settings.base_url}{path}"


def _payment_id(given: str | None) -> CardPaymentId:
    try:
        return CardPaymentId(UUID(given or ""))
    except ValueError:
        # No page of ours sends such a form; it begins a payment of its own.
        return CardPaymentId(uuid4())


def _written(amount: Money) -> str:
    """Return an amount as people type it, nothing for zero."""
    if amount.is_zero:
        return ""
    return str(amount) if str(get_locale()) == "en" else str(amount).replace(".", ",")


def _with_usual_month(form: PaymentForm, offer: PaymentOffer) -> tuple[PaymentForm, PaymentOffer]:
    try:
        typed = Money.parse(form.amount.data or "0")
    except ElkkError as error:
        form.refuse(error, field="amount")
    else:
        form.amount.data = _written(typed + (offer.usual_month or Money.zero()))
    return form, offer


def _pay_page(form: PaymentForm, offer: PaymentOffer, above: dict[str, Any]) -> str:
    return render_template(
        "payments/pay.html",
        section="pay",
        form=form,
        offer=offer,
        policy=application().settings.payments,
        **above,
    )


@blueprint.get("/payment-rules")
def rules() -> str:
    """Show the rules of payment, which a payer accepts."""
    return render_template(
        "payments/rules.html", version=application().settings.payments.rules_version
    )


# The way back


@frozen(kw_only=True)
class Told:
    """How a state is told: its name, a tone, what it means and what to do next."""

    badge: str
    tone: str
    title: str
    texts: tuple[str, ...]


@blueprint.get("/accounts/<uuid:account_id>/payments/<uuid:payment_id>")
@signed_in_only
def show(account_id: UUID, payment_id: UUID) -> ResponseReturnValue:
    """Lead to the page of the bank, once; after that, show what the bank says of the payment.

    Whatever the bank added to the address is not read: it is asked itself, each time anew.
    """
    payment = _payment(account_id, payment_id)
    begun = session.get(_ON_THE_WAY_TO_BANK) == str(payment_id)
    if begun and payment.state is PaymentState.AT_BANK and payment.address:
        # Once only, so that «back» on the bank's page does not lead there again.
        session.pop(_ON_THE_WAY_TO_BANK)
        return _opening(payment, account_id, seconds=0, onward=payment.address)
    if begun and payment.state is PaymentState.STARTED and _is_fresh(payment):
        # Another press of the same button is asking the bank for its page at this very moment.
        return _opening(payment, account_id, seconds=_SECONDS_TO_OPEN, onward=request.path)
    try:
        payment = application().payments.settle_payment(payment_id=payment.payment_id)
    except (StaleState, Unavailable) as error:
        # The bank may tell later; what is known of the payment can be shown all the same.
        _log.warning("payment_not_settled", order=payment.order_number, error_code=error.code)
        payment = _payment(account_id, payment_id)
    return render_template(
        "payments/show.html",
        section="pay",
        payment=payment,
        told=_told(payment),
        **card_of(account_id),
    )


def _payment(account_id: UUID, payment_id: UUID) -> CardPayment:
    return application().payments.card_payments.get(
        CardPaymentId(payment_id), account_id=AccountId(account_id), user_id=viewer().user_id
    )


def _is_fresh(payment: CardPayment) -> bool:
    return application().clock.now() - payment.started_at < _OPENING


def _opening(
    payment: CardPayment, account_id: UUID, *, seconds: int, onward: str
) -> ResponseReturnValue:
    """Return a page that goes on by itself: a redirect after a form may not leave our site."""
    page = make_response(
        render_template(
            "payments/opening.html",
            section="pay",
            payment=payment,
            onward=onward,
            **card_of(account_id),
        ),
        HTTPStatus.OK,
    )
    page.headers["Refresh"] = f"{seconds}; url={onward}"
    return page


def _told(payment: CardPayment) -> Told:
    states = {
        PaymentState.STARTED: Told(
            badge=gettext("не начат"),
            tone="warn",
            title=gettext("Страница банка не открылась"),
            texts=(
                gettext("Деньги не списаны. Начните оплату еще раз, а если не получится, позже."),
            ),
        ),
        PaymentState.AT_BANK: Told(
            badge=gettext("в обработке"),
            tone="info",
            title=gettext("Платеж в обработке"),
            texts=(
                gettext(
                    "Банк еще не сообщил, чем закончилась оплата. Обычно это занимает несколько "
                    "секунд; если страница не обновилась сама, обновите ее."
                ),
                gettext(
                    "Если Вы не успели ввести данные карты, вернитесь на страницу банка. Если "
                    "успели, второй раз платить не нужно."
                ),
            ),
        ),
        PaymentState.EXPIRED: Told(
            badge=gettext("не оплачен"),
            tone="warn",
            title=gettext("Время на оплату вышло"),
            texts=(gettext("Деньги не списаны. Если Вы хотите оплатить счет, начните заново."),),
        ),
        PaymentState.DECLINED: Told(
            badge=gettext("отклонен"),
            tone="bad",
            title=gettext("Платеж отклонен"),
            texts=(_reason(payment.last_change.reason), gettext("Деньги не списаны.")),
        ),
        PaymentState.PAID: Told(
            badge=gettext("в обработке"),
            tone="good",
            title=gettext("Банк принял оплату"),
            texts=(
                gettext(
                    "Платеж появится в истории через 1–2 рабочих дня, когда его учтет поставщик. "
                    "До этого он показан как находящийся в обработке. Платить еще раз не нужно."
                ),
            ),
        ),
        PaymentState.POSTED: Told(
            badge=gettext("зачислен"),
            tone="good",
            title=gettext("Платеж зачислен"),
            texts=(gettext("Он уже учтен в балансе лицевого счета и виден в истории."),),
        ),
        PaymentState.REVERSED: _given_back(),
        PaymentState.REFUNDED: _given_back(),
    }
    return states[payment.state]


def _given_back() -> Told:
    return Told(
        badge=gettext("возвращен"),
        tone="warn",
        title=gettext("Банк вернул деньги"),
        texts=(
            gettext("Платеж не зачислен: деньги возвращаются на карту. Срок зависит от ее банка."),
        ),
    )


def _reason(reason: DeclineReason | None) -> str:
    reasons = {
        DeclineReason.FUNDS: gettext(
            "На карте не хватает денег. Пополните ее или возьмите другую карту."
        ),
        DeclineReason.LIMIT: gettext(
            "Сумма больше того, что карта позволяет потратить за раз или за день. Измените лимит "
            "в приложении своего банка или заплатите частями."
        ),
        DeclineReason.CARD_DATA: gettext(
            "Банк не узнал карту. Проверьте номер, срок и код на обороте."
        ),
        DeclineReason.CARD_EXPIRED: gettext("Срок карты истек. Возьмите другую карту."),
        DeclineReason.CARD_BLOCKED: gettext(
            "Карта заблокирована или закрыта для оплаты в интернете. Обратитесь в ее банк или "
            "возьмите другую карту."
        ),
        DeclineReason.NOT_CONFIRMED: gettext(
            "Оплата не подтверждена кодом из SMS. Попробуйте еще раз и введите код, который "
            "пришлет банк."
        ),
    }
    unnamed = gettext("Банк карты не назвал причину. Спросите его или возьмите другую карту.")
    return str(reasons.get(reason or DeclineReason.OTHER, unnamed))
