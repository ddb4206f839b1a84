"""What a household is like, in words that a supplier chooses: its stove, its rooms, its heater."""

import re
from collections.abc import Iterable
from typing import ClassVar, Self

from attrs import define, field, frozen

from elkk_core.shared.errors import Rejected

_NAME = re.compile(r"[a-zа-яё][a-zа-яё0-9_-]{0,39}")
_LONGEST_VALUE = 60


@define
class NotTraits(Rejected):
    """A text is not a list of traits such as «stove=electric; rooms=2»."""

    code: ClassVar[str] = "shared.not_traits"
    text: str


def _by_name(traits: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(traits))


@frozen
class Traits:
    """Names with a value each, such as ``stove`` and ``electric``.

    A supplier's table of consumption norms may ask for any of them, so which ones there are is data:
    regions count rooms, floor area, stoves, heaters.
    """

    pairs: tuple[tuple[str, str], ...] = field(default=(), converter=_by_name)

    @pairs.validator
    def _names_differ(self, _attribute: object, value: tuple[tuple[str, str], ...]) -> None:
        names = [name for name, _ in value]
        if len(set(names)) < len(names):
            raise NotTraits(str(self))
        for name, told in value:
            if _NAME.fullmatch(name) is None or not 0 < len(told) <= _LONGEST_VALUE:
                raise NotTraits(f"{name}={told}")
            if told != " ".join(told.split()) or {";", "="} & set(told):
                raise NotTraits(f"{name}={told}")

    # Factories

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read traits written as «stove=electric; rooms=2»; an empty text has none.

        Raises:
            NotTraits: If the text is anything else, or names a trait twice.
        """
        pairs = []
        for part in text.split(";"):
            if not part.strip():
                continue
            name, sign, value = part.partition("=")
            if not sign:
                raise NotTraits(text)
            pairs.append((name.strip().lower(), " ".join(value.split())))
        return cls(pairs)

    # Queries

    def get(self, name: str) -> str | None:
        """Return the value of a trait, None if the household is not known to have it."""
        return next((value for known, value in self.pairs if known == name), None)

    def includes(self, other: "Traits") -> bool:
        """Tell whether all of *other* is true of these too."""
        return set(other.pairs) <= set(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def __str__(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.pairs)
