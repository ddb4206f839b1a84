"""Texts of one line: names, addresses, headings, notes."""

from elkk_core.shared.errors import FieldRequired, FieldTooLong

_LONGEST_LINE = 250


def line(text: str) -> str:
    """Return a line of text without needless blanks.

    Raises:
        FieldRequired: If nothing is left.
        FieldTooLong: If it is longer than 250 characters.
    """
    clean = " ".join(text.split())
    if not clean:
        raise FieldRequired
    if len(clean) > _LONGEST_LINE:
        raise FieldTooLong(_LONGEST_LINE)
    return clean


def line_or_nothing(text: str) -> str:
    """Return a line of text without needless blanks, an empty text if nothing is left.

    Raises:
        FieldTooLong: If it is longer than 250 characters.
    """
    return line(text) if text.strip() else ""
