"""The price list and the offices, each a file of YAML.

Files are read node by node and every value is a text as it is written, so that YAML guesses nothing:
«1850,00» is a price, «no» is a word. A text is Russian, or a mapping of ``ru`` and ``en``.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

import yaml
from attrs import frozen

from elkk_adapters.content import errors
from elkk_adapters.content.faults import ContentFaults
from elkk_core.shared import FieldRequired, Money
from elkk_core.support import (
    Office,
    PriceNegative,
    Service,
    ServiceGroup,
    Wording,
    content_code,
    map_link,
)

T = TypeVar("T")

_ON_REQUEST = frozenset({"по запросу", "on request"})
_LANGUAGES = ("ru", "en")


@frozen
class _File:
    """A file that is being read."""

    name: str
    faults: ContentFaults

    def root(self, text: str) -> yaml.Node | None:
        """Return the outermost node, None for an empty file or one that is no YAML."""
        try:
            return yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line = 1 if mark is None else mark.line + 1
            self.faults.add(self.name, line, errors.YamlMalformed(error.problem or ""))
        except yaml.YAMLError as error:
            self.faults.add(self.name, 1, errors.YamlMalformed(str(error).partition("\n")[0]))
        return None

    def mappings(self, node: yaml.Node, *keys: str) -> "Iterator[_Mapping]":
        """Yield the mappings of the list *node*; whatever else stands there becomes a fault."""
        with self.at(node):
            for item in _list(node):
                with self.at(item):
                    yield self.mapping(item, *keys)

    def mapping(self, node: yaml.Node, *keys: str) -> "_Mapping":
        """Return the mapping *node*; keys that are not among *keys* become faults.

        Raises:
            YamlShapeWrong: If it is something else.
        """
        if not isinstance(node, yaml.MappingNode):
            raise errors.YamlShapeWrong("mapping")
        values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            with self.at(key):
                name = _text(key)
                if name not in keys or name in values:
                    raise errors.KeyNotKnown(name, ", ".join(keys))
                values[name] = value
        return _Mapping(self, node, values)

    def at(self, node: yaml.Node) -> AbstractContextManager[None]:
        """Keep an error raised inside as a fault of the line of *node*."""
        return self.faults.at(self.name, line_of(node))


@frozen
class _Mapping:
    """A mapping of which every key is known.

    A value that is missing or wrong becomes a fault, and something harmless stands in its place: a
    file with faults is refused as a whole, after all of them were found.
    """

    file: _File
    node: yaml.MappingNode
    values: dict[str, yaml.Node]

    def need(self, key: str, read: Callable[[str], T], instead: T) -> T:
        """Return what *read* makes of the text of *key*."""
        if key not in self.values:
            self.file.faults.add(self.file.name, line_of(self.node), errors.KeyMissing(key))
            return instead
        node, found = self.values[key], instead
        with self.file.at(node):
            text = _text(node)
            if not text:
                raise FieldRequired
            found = read(text)
        return found  # noqa: RET504 - An error is kept as a fault, and *instead* stands.

    def may(self, key: str, read: Callable[[str], T], instead: T) -> T:
        """Return what *read* makes of the text of *key*, *instead* if there is none."""
        return self.need(key, read, instead) if key in self.values else instead

    def wording(self, key: str) -> Wording:
        """Return the text of *key* in its languages."""
        node = self.values.get(key)
        if not isinstance(node, yaml.MappingNode):
            return Wording(ru=self.need(key, str, "?"))
        told = self.file.mapping(node, *_LANGUAGES)
        return Wording(ru=told.need("ru", str, "?"), en=told.may("en", str, ""))

    def optional_wording(self, key: str) -> Wording | None:
        """Return the text of *key* in its languages, None where there is none."""
        return self.wording(key) if key in self.values else None

    def mappings(self, key: str, *keys: str) -> "Iterator[_Mapping]":
        """Yield the mappings in the list of *key*."""
        if key in self.values:
            yield from self.file.mappings(self.values[key], *keys)
        else:
            self.file.faults.add(self.file.name, line_of(self.node), errors.KeyMissing(key))


def line_of(node: yaml.Node) -> int:
    """Return the line on which *node* begins."""
    return int(node.start_mark.line) + 1


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise errors.YamlShapeWrong("text")
    return str(node.value).strip()


def _list(node: yaml.Node) -> Sequence[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise errors.YamlShapeWrong("list")
    return list(node.value)


def read_services(text: str, *, name: str, faults: ContentFaults) -> tuple[ServiceGroup, ...]:
    """Return the groups of services in *text*; what is wrong with it becomes *faults*."""
    file = _File(name, faults)
    lines: dict[str, int] = {}

    def service(given: _Mapping) -> Service:
        code = given.need("code", content_code, "")
        if code in lines:
            faults.add(name, line_of(given.values["code"]), errors.CodeRepeated(lines[code]))
        elif code:
            lines[code] = line_of(given.values["code"])
        return Service(
            code=code or "unknown",
            title=given.wording("title"),
            price=given.need("price", _price, None),
            unit=given.optional_wording("unit"),
            term=given.optional_wording("term"),
        )

    root = file.root(text)
    if root is None:
        return ()
    return tuple(
        ServiceGroup(
            title=group.wording("group"),
            services=tuple(
                service(given)
                for given in group.mappings("services", "code", "title", "price", "unit", "term")
            ),
        )
        for group in file.mappings(root, "group", "services")
    )


def _price(text: str) -> Money | None:
    if text.lower() in _ON_REQUEST:
        return None
    price = Money.parse(text)
    if price.is_negative:
        raise PriceNegative
    return price


def read_offices(text: str, *, name: str, faults: ContentFaults) -> tuple[Office, ...]:
    """Return the offices in *text*; what is wrong with it becomes *faults*."""
    file = _File(name, faults)
    root = file.root(text)
    if root is None:
        return ()
    return tuple(
        Office(
            title=given.wording("title"),
            address=given.wording("address"),
            hours=given.wording("hours"),
            phone=given.may("phone", str, ""),
            map_link=given.may("map", map_link, ""),
        )
        for given in file.mappings(root, "title", "address", "hours", "phone", "map")
    )
