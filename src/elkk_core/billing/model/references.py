"""Numbers of documents."""

from elkk_core.shared.errors import FieldRequired, FieldTooLong

_LONGEST_REFERENCE = 60


def reference(text: str) -> str:
    """Return the number of a document without needless blanks.

    Raises:
        FieldRequired: If nothing is left.
        FieldTooLong: If it is longer than 60 characters.
    """
    clean = " ".join(text.split())
    if not clean:
        raise FieldRequired
    if len(clean) > _LONGEST_REFERENCE:
        raise FieldTooLong(_LONGEST_REFERENCE)
    return clean
