"""The forms of the cabinet.

A form reads what was sent and shows it again with what is wrong. What is right and wrong the core
alone decides; the attributes given to the browser are only its comfort, for comments at once.
"""

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, SelectField, StringField

from elkk_core.shared import ElkkError, FormRejected
from elkk_web.languages import told

_MISSING = lazy_gettext("Обязательно для заполнения")


class Form(FlaskForm):
    """A form that the core may refuse."""

    @property
    def is_refused(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.form_errors or any(field.errors for field in self))

    def refuse(self, error: ElkkError, *, field: str = "") -> None:
        """Show *error* at the fields that it names, else at *field*, else above all of them."""
        if isinstance(error, FormRejected):
            for fault in error.faults:
                self._tell(fault.field, fault.error)
        else:
            self._tell(field, error)

    def _tell(self, name: str, error: ElkkError) -> None:
        said = str(told(error))
        if name in self:
            self[name].errors = [*self[name].errors, said]
        else:
            self.form_errors.append(said)


def _attributes(*, required: bool, missing: str, wrong: str, **others: Any) -> dict[str, Any]:
    attributes: dict[str, Any] = {"placeholder": " ", **others}
    if required:
        attributes |= {"required": True, "data-missing": missing}
    if wrong:
        attributes["data-format"] = wrong
    return attributes


def text(
    label: str,
    *,
    required: bool = True,
    wrong: str = "",
    hint: str = "",
    **attributes: Any,
) -> StringField:
    """Return a line of text; *wrong* is the comment when the browser finds its format wrong."""
    return StringField(
        label,
        description=hint,
        render_kw=_attributes(required=required, missing=_MISSING, wrong=wrong, **attributes),
    )


def secret(label: str, *, wrong: str = "", hint: str = "", **attributes: Any) -> PasswordField:
    """Return a field whose text is masked and never sent back."""
    return PasswordField(
        label,
        description=hint,
        render_kw=_attributes(required=True, missing=_MISSING, wrong=wrong, **attributes),
    )


def _phone(label: str) -> StringField:
    return text(
        label,
        type="tel",
        autocomplete="tel",
        inputmode="tel",
        # Browsers read a pattern by the rules of the flag "v": brackets inside are escaped.
        pattern=r"\s*[\+0-9\(][0-9 \(\)\-]{8,22}\s*",
        wrong=lazy_gettext("Введите номер телефона, например +7 916 123-45-67"),
    )


def _email(label: str) -> StringField:
    return text(
        label,
        type="email",
        autocomplete="email",
        wrong=lazy_gettext("Введите адрес вида name@example.ru"),
    )


# Entry


class SignInForm(Form):
    """«Вход»."""

    login = text(
        lazy_gettext("Телефон или E-mail"),
        autocomplete="username",
        autocapitalize="none",
        spellcheck="false",
    )
    password = secret(lazy_gettext("Пароль"), autocomplete="current-password")
    remembered = BooleanField(lazy_gettext("Запомнить"))


class CaptchaForm(Form):
    """A form that only people may send.

    The browser puts a solution into it, or a person writes a ``reply`` to the ``question`` that is
    sealed into it. Faults are at ``captcha``.
    """

    captcha: BooleanField
    question: HiddenField
    reply: StringField


def _captcha() -> BooleanField:
    return BooleanField(
        lazy_gettext("Я не робот"),
        render_kw={"data-missing": lazy_gettext("Подтвердите, что Вы не робот")},
    )


def _reply() -> StringField:
    return StringField(
        lazy_gettext("Ответ цифрами"),
        render_kw={"placeholder": " ", "inputmode": "numeric", "autocomplete": "off"},
    )


def _name(label: str, *, required: bool = True, autocomplete: str) -> StringField:
    return text(
        label,
        required=required,
        autocomplete=autocomplete,
        maxlength=60,
        pattern=r"\s*\p{L}+(?:[ '’.‐\-]+\p{L}+)*\.?\s*",
        wrong=lazy_gettext("Только буквы, пробел, дефис и апостроф"),
    )


class RegistrationForm(CaptchaForm):
    """«Регистрация»."""

    surname = _name(lazy_gettext("Фамилия"), autocomplete="family-name")
    given = _name(lazy_gettext("Имя"), autocomplete="given-name")
    patronymic = _name(lazy_gettext("Отчество"), required=False, autocomplete="additional-name")
    phone = _phone(lazy_gettext("Мобильный телефон"))
    email = _email(lazy_gettext("E-mail"))
    password = secret(
        lazy_gettext("Пароль"),
        hint=lazy_gettext("Не короче 8 символов. Надежнее всего несколько случайных слов."),
        autocomplete="new-password",
        minlength=8,
        maxlength=128,
        wrong=lazy_gettext("Пароль должен быть от 8 до 128 символов"),
    )
    repeat = secret(
        lazy_gettext("Повтор пароля"),
        autocomplete="new-password",
        data_repeats="password",
        wrong=lazy_gettext("Пароли не совпадают"),
    )
    captcha = _captcha()
    question = HiddenField()
    reply = _reply()


def _code() -> StringField:
    return text(
        lazy_gettext("Код"),
        inputmode="numeric",
        autocomplete="one-time-code",
        pattern=r"\s*[0-9]{3}\s*[0-9]{3}\s*",
        maxlength=9,
        wrong=lazy_gettext("Код состоит из 6 цифр"),
    )


class CodeForm(Form):
    """The code out of an SMS."""

    code = _code()


class RecoveryForm(CaptchaForm):
    """«Восстановление пароля», first step."""

    contact = text(
        lazy_gettext("Телефон или E-mail"),
        autocomplete="username",
        autocapitalize="none",
        spellcheck="false",
        pattern=r"\s*(?:[\+0-9\(][0-9 \(\)\-]{8,22}|\S+@\S+)\s*",
        wrong=lazy_gettext("Введите номер телефона или адрес вида name@example.ru"),
    )
    captcha = _captcha()
    question = HiddenField()
    reply = _reply()


class NewPasswordForm(Form):
    """A new password and its repeat."""

    password = secret(
        lazy_gettext("Новый пароль"),
        hint=lazy_gettext("Не короче 8 символов. Надежнее всего несколько случайных слов."),
        autocomplete="new-password",
        minlength=8,
        maxlength=128,
        wrong=lazy_gettext("Пароль должен быть от 8 до 128 символов"),
    )
    repeat = secret(
        lazy_gettext("Повтор пароля"),
        autocomplete="new-password",
        data_repeats="password",
        wrong=lazy_gettext("Пароли не совпадают"),
    )


class RecoveryCodeForm(NewPasswordForm):
    """«Восстановление пароля», second step."""

    code = _code()


class PasswordForm(NewPasswordForm):
    """The change of a known password."""

    present = secret(lazy_gettext("Текущий пароль"), autocomplete="current-password")


class DeletionForm(Form):
    """«Удалить учетную запись»."""

    password = secret(lazy_gettext("Пароль"), autocomplete="current-password")


# Profile


class PersonalDataForm(Form):
    """«Редактирование личных данных»."""

    surname = _name(lazy_gettext("Фамилия пользователя"), autocomplete="family-name")
    given = _name(lazy_gettext("Имя пользователя"), autocomplete="given-name")
    patronymic = _name(
        lazy_gettext("Отчество пользователя"), required=False, autocomplete="additional-name"
    )
    sex = SelectField(lazy_gettext("Пол"), render_kw={"autocomplete": "sex"})
    born_on = text(
        lazy_gettext("Дата рождения"),
        required=False,
        type="date",
        autocomplete="bday",
        wrong=lazy_gettext("Введите дату, например 05.02.2002"),
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        """Offer what people may tell of themselves."""
        super().__init__(*args, **facts)
        self.sex.choices = [
            ("", gettext("не указан")),
            ("female", gettext("женский")),
            ("male", gettext("мужской")),
        ]


class PhoneForm(Form):
    """A new phone, and the password that allows it."""

    phone = _phone(lazy_gettext("Новый мобильный телефон"))
    present = secret(lazy_gettext("Текущий пароль"), autocomplete="current-password")


class EmailForm(Form):
    """A new e-mail, and the password that allows it."""

    email = _email(lazy_gettext("Новый e-mail"))
    present = secret(lazy_gettext("Текущий пароль"), autocomplete="current-password")


class SecondFactorForm(Form):
    """Where the codes to sign in are to come from."""

    method = StringField(lazy_gettext("Откуда брать код"), default="app")
    present = secret(lazy_gettext("Текущий пароль"), autocomplete="current-password")


class SecondStepForm(Form):
    """The code of the second factor, or a recovery code in its place."""

    code = text(
        lazy_gettext("Код"),
        autocomplete="one-time-code",
        autocapitalize="characters",
        spellcheck="false",
        maxlength=20,
        pattern=r"\s*([0-9]{3}\s*[0-9]{3}|[A-Za-z0-9]{5}[\s\-]*[A-Za-z0-9]{5})\s*",
        wrong=lazy_gettext("Введите 6 цифр или запасной код из двух частей"),
    )


class SwitchOffForm(SecondStepForm):
    """The password and a code, to do without codes from now on."""

    present = secret(lazy_gettext("Текущий пароль"), autocomplete="current-password")


# Accounts


class LinkForm(Form):
    """«Подключить лицевой счет»."""

    supplier = SelectField(lazy_gettext("Поставщик"), render_kw={"required": True})
    number = text(
        lazy_gettext("Номер лицевого счета"),
        inputmode="numeric",
        autocomplete="off",
        pattern=r"[0-9 ]{4,30}",
        wrong=lazy_gettext("Номер лицевого счета состоит из цифр"),
        hint=lazy_gettext("Указан вверху квитанции."),
    )
    relation = SelectField(lazy_gettext("Статус отношения к ЛС"), render_kw={"required": True})
    bills_by_email = BooleanField(
        lazy_gettext(
            "Я согласен получать счета по e-mail и отказываюсь от получения бумажных счетов"
        )
    )


class GroupForm(Form):
    """The group of an account: its address, one that the user has, or a new one."""

    group = SelectField(lazy_gettext("Группа"), render_kw={})
    name = text(
        lazy_gettext("Название новой группы"), required=False, autocomplete="off", maxlength=250
    )


class AnswerForm(Form):
    """«Ответьте на контрольный вопрос»."""

    answer = text(
        lazy_gettext("Ответ"),
        inputmode="decimal",
        autocomplete="off",
        pattern=r"\s*[\-−]?[0-9][0-9\s]*([.,][0-9]{1,2})?\s*(₽|руб\.?)?\s*",
        wrong=lazy_gettext("Введите сумму цифрами, например 1500,00"),
    )
