"""What a supplier publishes: questions with answers, the price list of services, the offices.

Texts are in Russian and, where there is a translation, in English; who asks for a language that is
missing reads Russian. Answers are Markdown.
"""

import re
from collections.abc import Iterator

from attrs import evolve, field, frozen

from elkk_core.shared.ids import SupplierId
from elkk_core.shared.money import Money
from elkk_core.support import errors

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ENGLISH = "en"


def content_code(text: str) -> str:
    """Return *text* if it can be the code of a service or an office.

    Raises:
        ContentCodeMalformed: If it is not small Latin letters, digits and hyphens, 40 at most.
    """
    if _CODE.fullmatch(text) is None:
        raise errors.ContentCodeMalformed(text)
    return text


@frozen(kw_only=True)
class Wording:
    """A text in Russian, and in English where somebody has translated it."""

    ru: str = field()
    en: str = ""

    @ru.validator
    def _something_is_said(self, _attribute: object, value: str) -> None:
        if not value.strip():
            message = "a text says something in Russian at least"
            raise ValueError(message)

    def in_language(self, language: str) -> str:
        """Return the text in *language*, in Russian where there is no translation."""
        return self.en if language == _ENGLISH and self.en else self.ru


# Questions and answers


@frozen(kw_only=True)
class Question:
    """A question that is often asked, with its answer in Markdown."""

    title: Wording
    answer: Wording

    def is_about(self, words: tuple[str, ...], language: str) -> bool:
        """Tell whether question and answer hold the beginning of each of *words*, folded."""
        said = _folded(f"{self.title.in_language(language)}\n{self.answer.in_language(language)}")
        return all(word in said for word in words)


@frozen(kw_only=True)
class FaqCategory:
    """Questions of one kind."""

    title: Wording
    questions: tuple[Question, ...]


# Services


@frozen(kw_only=True)
class Service:
    """A service that can be ordered; *price* is None where it is told on request.

    *price* is for one *unit*, and *term* says how soon the service is done; both may be empty.
    """

    code: str = field(converter=content_code)
    title: Wording
    price: Money | None = field()
    unit: Wording | None = None
    term: Wording | None = None

    @price.validator
    def _price_is_not_negative(self, _attribute: object, value: Money | None) -> None:
        if value is not None and value.is_negative:
            raise errors.PriceNegative


@frozen(kw_only=True)
class ServiceGroup:
    """Services of one kind."""

    title: Wording
    services: tuple[Service, ...]


# Offices


def map_link(text: str) -> str:
    """Return the address of a map, or an empty text where there is none.

    Raises:
        MapLinkMalformed: If it does not begin with https://.
    """
    clean = text.strip()
    if clean and not clean.startswith("https://"):
        raise errors.MapLinkMalformed(clean)
    return clean


@frozen(kw_only=True)
class Office:
    """A place where households are received; *hours* has a line for each kind of day."""

    title: Wording
    address: Wording
    hours: Wording
    phone: str = ""
    map_link: str = field(default="", converter=map_link)


# All of it


@frozen(kw_only=True)
class Content:
    """All that a supplier publishes; codes of services are unique."""

    faq: tuple[FaqCategory, ...] = ()
    services: tuple[ServiceGroup, ...] = field(default=())
    offices: tuple[Office, ...] = ()

    @services.validator
    def _codes_are_unique(self, _attribute: object, value: tuple[ServiceGroup, ...]) -> None:
        codes = [service.code for group in value for service in group.services]
        if len(codes) != len(set(codes)):
            message = f"a service has a code of its own: {codes}"
            raise ValueError(message)

    # Queries

    @property
    def is_empty(self) -> bool:
        """Whether nothing is published."""
        return self == Content()

    @property
    def questions(self) -> int:
        """How many questions are answered."""
        return sum(len(category.questions) for category in self.faq)

    def list_services(self) -> Iterator[Service]:
        """Yield the services of all groups."""
        for group in self.services:
            yield from group.services

    def service(self, code: str) -> Service:
        """Return the service with *code*.

        Raises:
            ServiceUnknown: If there is none.
        """
        for service in self.list_services():
            if service.code == code:
                return service
        raise errors.ServiceUnknown

    def search(self, text: str, *, language: str) -> "tuple[FaqCategory, ...]":
        """Return the categories with those questions that hold every word of *text*.

        Case does not matter, nor does ё for е.
        """
        words = tuple(_folded(text).split())
        found = (
            evolve(
                category,
                questions=tuple(one for one in category.questions if one.is_about(words, language)),
            )
            for category in self.faq
        )
        return tuple(category for category in found if category.questions)


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


@frozen(kw_only=True)
class PublishedContent:
    """The content of a supplier as it is published now."""

    supplier_id: SupplierId
    content: Content

    version: int = 0

    # Commands

    def replace(self, content: Content) -> "PublishedContent":
        """Return what is published from now on."""
        return evolve(self, content=content)
