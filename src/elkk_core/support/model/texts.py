"""Texts as people type them into a form of support."""

from elkk_core.shared.errors import FieldRequired, FieldTooLong

_LONGEST_NAME = 60
_LONGEST_LINE = 250
_LONGEST_LETTER = 4000


def name(text: str) -> str:
    """Return a part of a person's name without needless blanks.

    Raises:
        FieldRequired: If nothing is left.
        FieldTooLong: If it is longer than 60 characters.
    """
    return _one_line(text, longest=_LONGEST_NAME)


def optional_name(text: str) -> str:
    """Return a part of a name, or an empty text where nobody has it.

    Raises:
        FieldTooLong: If it is longer than 60 characters.
    """
    return name(text) if text.strip() else ""


def line(text: str) -> str:
    """Return a line of text without needless blanks.

    Raises:
        FieldRequired: If nothing is left.
        FieldTooLong: If it is longer than 250 characters.
    """
    return _one_line(text, longest=_LONGEST_LINE)


def optional_line(text: str) -> str:
    """Return a line of text, or an empty one where nothing was typed.

    Raises:
        FieldTooLong: If it is longer than 250 characters.
    """
    return line(text) if text.strip() else ""


def letter(text: str) -> str:
    """Return what somebody wrote, in lines of its own, without blanks around.

    Raises:
        FieldRequired: If nothing is left.
        FieldTooLong: If it is longer than 4000 characters.
    """
    clean = "\n".join(row.rstrip() for row in text.splitlines()).strip()
    return _bounded(clean, longest=_LONGEST_LETTER)


def optional_letter(text: str) -> str:
    """Return what somebody wrote, or an empty text where they wrote nothing.

    Raises:
        FieldTooLong: If it is longer than 4000 characters.
    """
    return letter(text) if text.strip() else ""


def _one_line(text: str, *, longest: int) -> str:
    return _bounded(" ".join(text.split()), longest=longest)


def _bounded(clean: str, *, longest: int) -> str:
    # PostgreSQL keeps no NUL, and nobody types one.
    clean = clean.replace("\0", "")
    if not clean:
        raise FieldRequired
    if len(clean) > longest:
        raise FieldTooLong(longest)
    return clean
