"""Registration and recovery: «Я не робот», the same answers for everybody, and leaving."""

import re
from datetime import timedelta

import pytest
from attrs import evolve
from flask.testing import FlaskClient
from tests.unit.web.household import PASSWORD, Household
from tests.unit.web.test_rooms import NEW, seen
from werkzeug.test import TestResponse

from elkk_adapters.captcha import CaptchaDesk, Recaptcha, solution_of
from elkk_core.identity.events import RecoveryLinkRequested
from elkk_core.testing.builders import MORNING, USER_ID
from elkk_web import create_app

KNOWN = {"phone": "+7 916 123-45-67", "email": "petrova@tambov-post.ru"}
STRANGE = {"phone": "+7 999 999-99-99", "email": "nobody@tambov-post.ru"}
NUMBERS = ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"]


@pytest.fixture(name="confirmed")
def household_with_a_confirmed_email(household: Household) -> Household:
    """Return the household whose user has confirmed the e-mail."""
    with household.store.unit_of_work() as uow:
        uow.users.save(uow.users.get(USER_ID).confirm_email(now=MORNING))
        uow.commit()
    return household


def in_common(answer: TestResponse, *own: str) -> tuple[int, list[tuple[str, str]], str]:
    """Return what a stranger sees of an answer, without what is different each time."""
    headers = [
        (name, value)
        for name, value in answer.headers.items()
        if name not in {"X-Request-ID", "Set-Cookie", "Content-Length"}
    ]
    text = re.sub(r'value="[^"]*"|elkk-forms=[^;]+|\bСколько[^?]+\?', "", answer.text)
    text = re.sub(r"[0-9a-f]{16}", "", text)
    for each in own:
        text = text.replace(each, "—")
    return answer.status_code, headers, text


# «Я не робот»


def sealed_question(page: str) -> tuple[str, str]:
    """Return the question of a form as it is sealed, and the right answer to it."""
    sealed = re.search(r'name="question"[^>]* value="([^"]+)"', page)
    words = re.search(r"Сколько будет (\w+) (плюс|минус) (\w+)\?", page)
    assert sealed is not None
    assert words is not None
    first, second = NUMBERS.index(words[1]), NUMBERS.index(words[3])
    return sealed[1], str(first + second if words[2] == "плюс" else first - second)


@pytest.mark.manual("3.1-d")
@pytest.mark.parametrize("path", ["/register", "/recovery"])
def test_a_form_without_the_check_is_refused(household: Household, path: str) -> None:
    """Whoever neither worked nor answered is told at the box, which the list of faults leads to."""
    fields = NEW if path == "/register" else {"contact": KNOWN["phone"]}
    answer = household.post(household.client(), path, solution="", **fields)

    assert answer.status_code == 422
    assert 'href="#captcha"' in answer.text
    assert "Подтвердите, что Вы не робот" in answer.text
    assert household.store.events() == ()


def test_a_solution_opens_one_form(household: Household) -> None:
    """The same solution, sent twice, is refused the second time."""
    client = household.client()
    challenge = household.get(client, "/captcha").get_json()
    solution = solution_of(challenge)
    first = household.post(client, "/recovery", contact=KNOWN["phone"], solution=solution)
    second = household.post(client, "/recovery", contact=KNOWN["phone"], solution=solution)

    assert (302, 422) == (first.status_code, second.status_code)
    assert "Проверка «Я не робот» устарела." in second.text


def test_a_question_in_words_does_as_well(household: Household) -> None:
    """Where no script runs the form is sent with a reply; each question is heard once."""
    client = household.client()
    sealed, right = sealed_question(household.get(client, "/recovery").text)
    answered = {"contact": KNOWN["phone"], "solution": "", "question": sealed}

    wrong = household.post(client, "/recovery", reply="99", **answered)
    assert wrong.status_code == 422
    assert 'id="reply" inputmode="numeric" name="reply"' in wrong.text
    assert "99" not in re.findall(r'name="reply"[^>]*value="([^"]*)"', wrong.text)
    used_up = household.post(client, "/recovery", reply=right, **answered)
    assert used_up.status_code == 422
    sealed, right = sealed_question(used_up.text)
    passed = household.post(client, "/recovery", reply=right, **answered | {"question": sealed})
    assert passed.headers["Location"] == "/recovery/code"


def test_googles_box_stands_only_where_it_was_chosen(household: Household) -> None:
    """Its page may load Google's script, and no other page may load anything of anybody."""
    google = Recaptcha(
        site_key="the-site-key", secret_key="x", hostname="127.0.0.1", clock=household.clock
    )
    desk = CaptchaDesk(browser=google, questions=household.captcha.questions)
    room = evolve(household.application.identity, captcha=desk)
    client = create_app(evolve(household.application, identity=room)).test_client()

    page = client.get("/register")
    assert 'data-sitekey="the-site-key"' in page.text
    assert "data-captcha=" not in page.text
    assert "https://www.google.com/recaptcha/" in page.headers["Content-Security-Policy"]
    assert "google" not in client.get("/sign-in").headers["Content-Security-Policy"]
    assert client.get("/captcha").status_code == 404
    google.close()


# The same answers for everybody


@pytest.mark.manual("3.2-b")
@pytest.mark.parametrize("by", ["phone", "email"])
def test_signing_in_tells_nothing(confirmed: Household, by: str) -> None:
    """Status, headers and text are the same for a user and for nobody."""
    answers = [
        in_common(
            confirmed.post(confirmed.client(), "/sign-in", login=who[by], password="not this one"),
            who[by],
        )
        for who in (KNOWN, STRANGE)
    ]

    assert answers[0] == answers[1]


@pytest.mark.manual("3.3-a")
@pytest.mark.parametrize("by", ["phone", "email"])
def test_recovering_tells_nothing(confirmed: Household, by: str) -> None:
    """The way leads over the same pages, for a user and for nobody."""

    def walk(contact: str) -> list[object]:
        client = confirmed.client()
        first = confirmed.post(client, "/recovery", contact=contact)
        second = confirmed.get(client, first.headers["Location"])
        masked = "•••-••-67" if contact.endswith("67") else "•••-••-99"
        return [
            in_common(first),
            in_common(
                second,
                contact,
                masked,
                "(916)",
                "(999)",
                contact.translate(str.maketrans("", "", " -")),
            ),
        ]

    assert walk(KNOWN[by]) == walk(STRANGE[by])


def test_registering_tells_nothing(confirmed: Household) -> None:
    """A phone that is known gets the same pages, up to the same wrong code."""

    def walk(phone: str) -> list[object]:
        client = confirmed.client()
        own = (phone, "(916)", "(999)", "-67", "-99")
        first = confirmed.post(client, "/register", **NEW | {"phone": phone})
        page = confirmed.get(client, first.headers["Location"])
        wrong = confirmed.post(client, "/register/code", code="999999")
        return [in_common(first), in_common(page, *own), in_common(wrong, *own)]

    assert walk(KNOWN["phone"]) == walk(STRANGE["phone"])


# Recovery by e-mail


def letter_of(household: Household) -> str:
    """Return the path of the link in the letter that was sent last."""
    (letter,) = [e for e in household.store.events() if isinstance(e, RecoveryLinkRequested)][-1:]
    return f"/recovery/link/{letter.token}"


@pytest.mark.manual("3.3-b")
def test_recovery_by_email(confirmed: Household) -> None:
    """The link of the letter, in whatever browser, leads to the form and to a new password."""
    other, asking = confirmed.signed_in(), confirmed.client()
    confirmed.post(asking, "/recovery", contact=KNOWN["email"])
    said = confirmed.get(asking, "/recovery/letter").text
    assert "Если адрес petrova@tambov-post.ru подтвержден" in seen(said)
    assert "60 минут" in said

    reading = confirmed.client()
    opened = confirmed.get(reading, letter_of(confirmed))
    assert opened.headers["Location"] == "/recovery/password"
    differ = confirmed.post(reading, "/recovery/password", password="quite another one", repeat="x")
    assert "Не совпадает с паролем" in differ.text
    new = {"password": "quite another one", "repeat": "quite another one"}
    changed = confirmed.post(reading, "/recovery/password", **new)
    assert "Пароль успешно изменен" in confirmed.get(reading, changed.headers["Location"]).text
    assert confirmed.get(other, "/profile").status_code == 302
    assert "пароль уже изменен" in confirmed.get(reading, letter_of(confirmed)).text
    again = confirmed.post(
        confirmed.client(), "/sign-in", login=KNOWN["email"], password="quite another one"
    )
    assert again.status_code == 302


def test_a_link_too_old_leads_on(confirmed: Household) -> None:
    """Whether it is opened too late or the form is left open too long, the next step is there."""
    client = confirmed.client()
    confirmed.post(client, "/recovery", contact=KNOWN["email"])
    confirmed.get(client, letter_of(confirmed))
    confirmed.clock.advance(timedelta(hours=1))

    new = {"password": "quite another one", "repeat": "quite another one"}
    for answer in (
        confirmed.post(client, "/recovery/password", **new),
        confirmed.get(client, letter_of(confirmed)),
    ):
        assert answer.status_code == 422
        assert "Ссылка устарела." in answer.text
        assert 'href="/recovery"' in answer.text
    assert confirmed.get(client, "/recovery/password").headers["Location"] == "/recovery"


# Leaving


@pytest.mark.manual("3.1-i")
def test_leaving_for_good(household: Household, browser: FlaskClient) -> None:
    """The profile leads to a page that says what goes and what stays, and asks for the password."""
    assert 'href="/profile/delete"' in household.get(browser, "/profile").text
    page = seen(household.get(browser, "/profile/delete").text)
    assert "Что будет удалено" in page
    assert "Что останется у поставщика" in page

    wrong = household.post(browser, "/profile/delete", password="not this one")
    assert wrong.status_code == 422
    gone = household.post(browser, "/profile/delete", password=PASSWORD)
    assert "Учетная запись удалена" in household.get(browser, gone.headers["Location"]).text
    assert household.get(browser, "/profile").headers["Location"] == "/sign-in"
    again = household.post(
        household.client(), "/register", **NEW | {"phone": KNOWN["phone"], "email": KNOWN["email"]}
    )
    assert again.headers["Location"] == "/register/code"
