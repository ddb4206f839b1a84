"""The forms of the cabinet.

A form reads what was sent and shows it again with what is wrong. What is right and wrong the core
alone decides; the attributes given to the browser are only its comfort, for comments at once.
"""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, SelectField, StringField

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


class RegistrationForm(Form):
    """«Регистрация»."""

    surname = text(lazy_gettext("Фамилия"), autocomplete="family-name", maxlength=60)
    given = text(lazy_gettext("Имя"), autocomplete="given-name", maxlength=60)
    patronymic = text(
        lazy_gettext("Отчество"), required=False, autocomplete="additional-name", maxlength=60
    )
    phone = text(
        lazy_gettext("Мобильный телефон"),
        type="tel",
        autocomplete="tel",
        inputmode="tel",
        # Browsers read a pattern by the rules of the flag "v": brackets inside are escaped.
        pattern=r"\s*[\+0-9\(][0-9 \(\)\-]{8,22}\s*",
        wrong=lazy_gettext("Введите номер телефона, например +7 916 123-45-67"),
    )
    email = text(
        lazy_gettext("E-mail"),
        type="email",
        autocomplete="email",
        wrong=lazy_gettext("Введите адрес вида name@example.ru"),
    )
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


class RecoveryForm(Form):
    """«Восстановление пароля», first step."""

    phone = text(
        lazy_gettext("Телефон"),
        type="tel",
        autocomplete="tel",
        inputmode="tel",
        wrong=lazy_gettext("Введите номер телефона, например +7 916 123-45-67"),
    )


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


class AnswerForm(Form):
    """«Ответьте на контрольный вопрос»."""

    answer = text(
        lazy_gettext("Ответ"),
        inputmode="decimal",
        autocomplete="off",
        pattern=r"\s*[\-−]?[0-9][0-9\s]*([.,][0-9]{1,2})?\s*(₽|руб\.?)?\s*",
        wrong=lazy_gettext("Введите сумму цифрами, например 1500,00"),
    )
