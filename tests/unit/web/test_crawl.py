"""Every page and every form that can be reached, as the owner, as another user, and as a stranger."""

from collections import deque
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from attrs import define, field, frozen
from flask.testing import FlaskClient
from tests.unit.web.household import OPEN_ACCOUNT, Household
from werkzeug.test import TestResponse

from elkk_core.testing.builders import a_user, an_account, another_user

SECRETS = (an_account().number, an_account().address, a_user().email.address)
"""What nobody but the owner may read."""
_FIELDS = {"input", "select", "textarea", "button"}
NONSENSE = "\N{PILE OF POO}' OR 1=1 --<script>"


@frozen
class Sent:
    """A form as it stands on a *page*: where it goes, how, and what its fields hold."""

    page: str
    action: str
    method: str
    fields: tuple[tuple[str, str], ...]

    @property
    def name(self) -> tuple[str, tuple[str, ...]]:
        """What is alike in forms that do the same."""
        return self.action, tuple(sorted(name for name, _ in self.fields))


@define
class Reader(HTMLParser):
    """Finds the links and the forms of a page."""

    page: str
    links: list[str] = field(factory=list)
    forms: list[Sent] = field(factory=list)
    _form: tuple[str, str] | None = None
    _fields: list[tuple[str, str]] = field(factory=list)

    def __attrs_pre_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take up what leads on."""
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(urljoin(self.page, found["href"]))
        elif tag == "form":
            action = urljoin(self.page, found.get("action") or self.page)
            self._form, self._fields = (action, found.get("method", "get").lower()), []
        elif self._form and tag in _FIELDS and "name" in found and _is_sent(found):
            self._fields.append((found["name"], found.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        """Note a form that is over."""
        if tag == "form" and self._form:
            action, method = self._form
            self.forms.append(Sent(self.page, action, method, tuple(self._fields)))
            self._form = None


def _is_sent(field: Mapping[str, str]) -> bool:
    """Tell whether a browser sends a field as it stands."""
    return field.get("type") not in {"radio", "checkbox"} or "checked" in field


@frozen
class Crawl:
    """All pages that were seen, with what they answered, and all forms on them."""

    pages: Mapping[str, TestResponse]
    forms: tuple[Sent, ...]


def crawl(household: Household, client: FlaskClient, start: str) -> Crawl:
    """Follow every link from *start* on that stays in the cabinet."""
    pages: dict[str, TestResponse] = {}
    forms: dict[tuple[str, tuple[str, ...]], Sent] = {}
    waiting = deque([start])
    while waiting:
        path = waiting.popleft()
        if path in pages:
            continue
        answer = pages[path] = household.get(client, path, follow_redirects=True)
        if answer.mimetype != "text/html":
            continue
        reader = Reader(page=path)
        reader.feed(answer.text)
        for form in reader.forms:
            forms.setdefault(form.name, form)
        waiting.extend(urldefrag(link).url for link in reader.links if not urlsplit(link).scheme)
    return Crawl(pages=pages, forms=tuple(forms.values()))


@pytest.fixture(name="seen", scope="module")
def what_the_owner_sees() -> Crawl:
    """Return every page of the owner."""
    household = Household()
    return crawl(household, household.signed_in(), "/")


def send(household: Household, client: FlaskClient, form: Sent, nonsense: str = "") -> TestResponse:
    """Send a form as it stands on its page, or with *nonsense* in every field that one fills in."""
    page = household.get(client, form.page, follow_redirects=True).text
    proof = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    values = {name: nonsense or value for name, value in form.fields} | {"csrf_token": proof}
    if form.method == "get":
        # What a form asks for takes the place of what its address said.
        path = urlsplit(form.action).path
        return client.get(path, base_url=household.base_url, query_string=values)
    return client.post(
        form.action,
        base_url=household.base_url,
        data=values,
        headers={"Referer": f"{household.base_url}/"},
    )


def of_the_owner(seen: Crawl) -> Iterator[str]:
    """Yield the pages that show something of the owner's."""
    for path, answer in seen.pages.items():
        if answer.mimetype != "text/html" or any(secret in answer.text for secret in SECRETS):
            yield path


def test_crawl_gets_around(seen: Crawl) -> None:
    """A crawl that sees nothing would find nothing wrong."""
    for section in ("", "/details", "/readings", "/statistics"):
        assert f"/accounts/{OPEN_ACCOUNT}{section}" in seen.pages
    assert len(seen.pages) > 20
    assert len(seen.forms) > 5


def test_every_link_leads_somewhere(seen: Crawl) -> None:
    """No page is missing, and none breaks."""
    assert {} == {
        path: answer.status_code for path, answer in seen.pages.items() if answer.status_code != 200
    }


def test_strangers_see_nothing(seen: Crawl) -> None:
    """Whoever has not signed in is asked to, whatever the address."""
    household = Household()
    client = household.client()
    for path in seen.pages:
        answer = household.get(client, path, follow_redirects=True)

        assert answer.status_code < 500, path
        assert not [secret for secret in SECRETS if secret in answer.text], path


def test_another_user_sees_nothing(seen: Crawl) -> None:
    """What is the owner's is not there for others, who learn nothing of it."""
    household = Household()
    client = household.signed_in(another_user().phone.number)
    for path in of_the_owner(seen):
        answer = household.get(client, path, follow_redirects=True)

        assert answer.status_code < 500, path
        assert not [secret for secret in SECRETS if secret in answer.text], path
        if f"/accounts/{OPEN_ACCOUNT}" in path:
            assert 404 == answer.status_code, path


@pytest.mark.parametrize("nonsense", ["", NONSENSE, "9" * 400])
def test_no_form_breaks_the_cabinet(seen: Crawl, nonsense: str) -> None:
    """Whatever stands in its fields, the answer is a page for people."""
    for form in seen.forms:
        household = Household()
        answer = send(household, household.signed_in(), form, nonsense)

        assert answer.status_code < 500, form


def test_forms_of_the_owner_do_nothing_for_another_user(seen: Crawl) -> None:
    """A form that names the owner's things is not there for others."""
    for form in seen.forms:
        if str(OPEN_ACCOUNT) not in urlsplit(form.action).path:
            continue
        household = Household()
        client = household.signed_in(another_user().phone.number)
        page = household.get(client, "/profile").text
        proof = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        answer = client.post(
            urlsplit(form.action).path,
            base_url=household.base_url,
            data=dict(form.fields) | {"csrf_token": proof},
            headers={"Referer": f"{household.base_url}/"},
        )

        assert answer.status_code in {404, 405}, form
        assert not [secret for secret in SECRETS if secret in answer.text], form


def test_forms_of_the_owner_do_nothing_without_a_sign_in(seen: Crawl) -> None:
    """Nor without the proof that the page gave."""
    household = Household()
    client = household.client()
    for form in seen.forms:
        if form.method != "post":
            continue
        answer = client.post(form.action, base_url=household.base_url, data=dict(form.fields))

        assert answer.status_code in {302, 400, 403, 405}, form
        assert not [secret for secret in SECRETS if secret in answer.text], form
