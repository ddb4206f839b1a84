"""The cabinet as a person uses it: what the tests do and see in a browser."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import attrs
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIResponse, ConsoleMessage, Error, Page, expect

from elkk_adapters.captcha import solution_of

PASSWORD = "seven quiet meters"
CODE_PAUSE_SECONDS = 6
_TARGET_PIXELS = 24
_AXE = Axe()


def _first(pattern: str, text: str) -> str:
    """Return what *pattern* finds in *text*."""
    found = re.search(pattern, text)
    assert found is not None, pattern
    return found[1]


@attrs.frozen(kw_only=True)
class Demo:
    """What the demo tells when it is ready."""

    folder: Path
    url: str
    login: str
    password: str
    link: list[dict[str, str]]
    outbox: str

    def messages(self) -> list[dict[str, Any]]:
        """Return the sent messages, the newest first."""
        request = urllib.request.Request(self.outbox, headers={"Accept": "application/json"})  # noqa: S310 - The address of our own demo.
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - As above.
            found: list[dict[str, Any]] = json.load(answer)
        return found

    def account(self, shows: str) -> dict[str, str]:
        """Return the account to link that shows this: ``open_window``, ``closed_window`` ..."""
        return next(account for account in self.link if account["shows"] == shows)

    def operate(self, *arguments: str) -> dict[str, Any]:
        """Run a command as an operator of the demo's supplier, and return what it prints."""
        settings = {
            "ELKK_MODE": "demo",
            "ELKK_DATABASE_URL": f"sqlite:///{self.folder / 'elkk.sqlite3'}",
            # The demo's own, so that its worker can read what the command asks it to deliver.
            "ELKK_SECRET_KEY": (self.folder / "secret.key").read_text("utf-8"),
            "ELKK_FILES_FOLDER": str(self.folder / "files"),
        }
        done = subprocess.run(
            [str(Path(sys.executable).with_name("elkk")), *arguments, "--json"],
            env=os.environ | settings,
            capture_output=True,
            check=False,
            text=True,
            timeout=60,
        )
        # 6: accounts without a reading are left over, which is as it should be in the demo.
        assert done.returncode in {0, 6}, done.stdout + done.stderr
        printed: dict[str, Any] = json.loads(done.stdout)
        return printed


class Cabinet:
    """One browser window with the cabinet in it."""

    def __init__(self, *, demo: Demo, page: Page, phone: str, name: str) -> None:
        self.demo = demo
        self.page = page
        self.phone = phone
        self.complaints: list[str] = []
        self._name = re.sub(r"[^\w]+", "-", name).strip("-")
        self._shots = 0
        page.set_default_timeout(20_000)
        page.on("pageerror", self._complain)
        page.on("console", self._complain_in_console)

    def _complain(self, error: Error) -> None:
        self.complaints.append(f"{self.page.url}: {error}")

    def _complain_in_console(self, message: ConsoleMessage) -> None:
        # A refused form is an answer with a status of its own, which the console calls an error.
        if (
            message.type == "error"
            and "the server responded with a status of 4" not in message.text
        ):
            self.complaints.append(f"{self.page.url}: {message.text}")

    # Looking

    def look(self) -> None:
        """Check that the page fits the screen, that everybody can use it, and keep a picture.

        Pictures go to the folder that ELKK_SCREENSHOTS names, for people to look at.
        """
        page = self.page
        # A press may have led to another page, of which only the beginning is there.
        page.wait_for_load_state()
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider == 0, f"{page.url} is {wider} pixels wider than the screen"

        outside = page.evaluate(
            """[...document.querySelectorAll("main .card *, main .panel *")]
                .filter(element => !element.closest(".scroll, .tabs, .visually-hidden, svg"))
                .filter(element => element.checkVisibility())
                .map(element => [element, element.parentElement.closest(".card, .panel, .facts, .fold, .event")])
                .filter(([element, card]) => card && element.getBoundingClientRect().right
                    > card.getBoundingClientRect().right + 1)
                .map(([element]) => element.outerHTML.slice(0, 80))"""
        )
        assert outside == [], page.url

        squeezed = page.evaluate(
            """[...document.querySelectorAll("main dt, main dd, main p, main h1, main h2, main h3")]
                .filter(element => element.checkVisibility() && element.textContent.trim())
                .filter(element => element.getBoundingClientRect().width < 20
                    && element.getBoundingClientRect().height > 60)
                .map(element => element.outerHTML.slice(0, 80))"""
        )
        assert squeezed == [], page.url

        violations = [
            f"{violation['id']}: {[node['html'] for node in violation['nodes']]}"
            for violation in _AXE.run(page).response["violations"]
        ]
        assert violations == [], page.url

        small = page.evaluate(
            """least => [...document.querySelectorAll("button, .button, input, select, summary")]
                .map(element => [element, element.closest("label") ?? element])
                .filter(([element]) => element.checkVisibility({ opacityProperty: true }))
                .map(([element, target]) => [element.outerHTML, target.getBoundingClientRect()])
                .filter(([, box]) => box.width > 1 && (box.width < least || box.height < least))
                .map(([html]) => html.slice(0, 80))""",
            _TARGET_PIXELS,
        )
        assert small == [], page.url

        folder = os.environ.get("ELKK_SCREENSHOTS")
        if folder:
            self._shots += 1
            path = Path(folder) / f"{self._name}-{self._shots:02}.png"
            page.screenshot(path=path, full_page=True)

    def reads(self, *texts: str) -> None:
        """Wait until the page shows each of *texts*."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text, use_inner_text=False)

    # Doing

    def press(self, name: str) -> None:
        """Press the button with this name."""
        self.page.get_by_role("button", name=name).click()

    def code(self, *, after: int = 0) -> str:
        """Return the latest code sent to this phone, once there are more than *after*."""
        for _ in range(200):
            codes = self.codes()
            if len(codes) > after:
                return codes[0]
            self.page.wait_for_timeout(100)
        message = f"no code came to {self.phone}: {self.demo.messages()[:3]}"
        raise AssertionError(message)

    def codes(self) -> list[str]:
        """Return the codes sent to this phone, the newest first."""
        return [
            found.group()
            for message in self.demo.messages()
            if message["channel"] == "sms" and message["recipient"] == self.phone
            for found in [re.search(r"\b[0-9]{6}\b", message["text"])]
            if found
        ]

    def letter(self, path: str = "confirm-email") -> str:
        """Return the address, below *path*, in the latest letter to this person."""
        for _ in range(200):
            for message in self.demo.messages():
                link = re.search(rf"http://\S+/{path}/[\w-]+", message["text"])
                if message["recipient"] == self.email and link:
                    return link.group()
            self.page.wait_for_timeout(100)
        message_ = f"no letter came to {self.email}"
        raise AssertionError(message_)

    @property
    def email(self) -> str:
        """The e-mail of this person."""
        return f"u{self.phone[1:]}@tambov-post.ru"

    def fill_registration(self) -> None:
        """Fill in the form of registration as this person would."""
        self.page.goto("/register")
        page = self.page
        page.get_by_label("Фамилия").fill("Петрова")
        page.get_by_label("Имя").fill("Анна")
        page.get_by_label("Отчество").fill("Сергеевна")
        page.get_by_label("Мобильный телефон").fill(f"8 {self.phone[2:]}")
        page.get_by_label("E-mail").fill(self.email)
        page.get_by_label("Пароль").fill(PASSWORD)
        page.get_by_label("Повтор пароля").fill(PASSWORD)
        self.pass_captcha()

    def pass_captcha(self) -> None:
        """Tick «Я не робот» and wait for the sign that the browser has passed."""
        self.page.get_by_label("Я не робот").check()
        expect(self.page.get_by_text("Проверка пройдена")).to_be_visible()

    def register(self) -> None:
        """Register as a new user and arrive in the cabinet.

        Its forms are sent unseen, in a tenth of the time: who looks at them fills them in.
        """
        self._send(
            "/register",
            surname="Петрова",
            given="Анна",
            patronymic="Сергеевна",
            phone=self.phone,
            email=self.email,
            password=PASSWORD,
            repeat=PASSWORD,
            consent="yes",
        )
        self._send("/register/code", code=self.code())
        self.page.goto("/cabinet")

    def _send(self, path: str, **fields: str) -> APIResponse:
        """Send the form of a page as this window would, with its cookies and its proof."""
        asking, russian = self.page.context.request, {"Accept-Language": "ru-RU"}
        page = asking.get(path, headers=russian).text()
        fields["csrf_token"] = _first(r'name="csrf_token"[^>]* value="([^"]+)"', page)
        if "data-captcha=" in page:
            fields["solution"] = solution_of(asking.get("/captcha").json())
        answer = asking.post(
            path, form={**fields}, headers=russian | {"Referer": f"{self.demo.url}{path}"}
        )
        assert answer.ok, f"{path} was refused: {answer.status}"
        return answer

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Sign in by phone or e-mail."""
        self.page.goto("/sign-in")
        self.page.get_by_label("Телефон или E-mail").fill(login)
        self.page.get_by_label("Пароль").fill(password)
        self.press("Войти")

    def open_first_account(self) -> None:
        """Go on to the first account, whether or not what is unread came before."""
        self.page.wait_for_url(re.compile("/(cabinet|accounts/)"))
        address = self.page.locator(".account__link").first.get_attribute("href")
        assert address is not None
        self.page.goto(address)

    def sign_out(self) -> None:
        """Sign out through the menu at the top right."""
        self.page.locator("details.menu > summary").click()
        self.press("Выход")
        self.page.wait_for_url("**/sign-in")

    def start_linking(self, number: str, supplier: str) -> None:
        """Fill in «Подключить лицевой счет» and send it."""
        self.page.goto("/accounts/link")
        self.page.get_by_label("Поставщик").select_option(label=supplier)
        self.page.get_by_label("Номер лицевого счета").fill(number)
        self.page.get_by_label("Статус отношения к ЛС").select_option(label="Собственник")
        self.press("Подключить")

    def link(self, account: dict[str, str]) -> None:
        """Link an account whose right answer is known, unseen, and open it under its address."""
        form = self.page.context.request.get("/accounts/link").text()
        supplier = _first(rf'<option[^>]* value="([^"]+)">{re.escape(account["supplier"])}<', form)
        self._send("/accounts/link", supplier=supplier, number=account["number"], relation="owner")
        linked = self._send("/accounts/link/question", answer=account["answer"])
        self.page.goto(linked.url.removesuffix("/linked"))

    def answer(self, account: dict[str, str]) -> None:
        """Link an account whose right answer is known, up to the notice of success."""
        self.start_linking(account["number"], account["supplier"])
        self.page.wait_for_url("**/accounts/link/question")
        self.page.get_by_label("Ответ").fill(account["answer"])
        self.press("Подтвердить")
        self.page.wait_for_url("**/linked")
