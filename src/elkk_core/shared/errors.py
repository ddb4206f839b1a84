"""Kinds of errors, and the errors that no single context owns.

A typed error carries a stable dotted ``code`` and the facts as fields; the sentence that a person
reads is made at the edge, in that person's language. A *kind* tells an edge how to react: a web
page by its status, a command by its exit status.
"""

from typing import ClassVar

from attrs import define, frozen


@define
class ElkkError(Exception):
    """Anything that elkk refuses or cannot do."""

    code: ClassVar[str] = "elkk"


@define
class NotFound(ElkkError):
    """What was named does not exist, or not for the one who asks."""


@define
class Rejected(ElkkError):
    """What was asked is against a rule; asking differently may succeed."""


@define
class Conflict(ElkkError):
    """What was asked contradicts what is already there."""


@define
class Forbidden(ElkkError):
    """The one who asks may not do this."""


@define
class TooMany(ElkkError):
    """A limit is used up; asking later may succeed."""


@define
class Unavailable(ElkkError):
    """Something outside does not answer as it should; nothing was lost."""


@frozen(kw_only=True)
class Fault:
    """One thing that is wrong with a form or with a row of a file.

    ``field`` is the name of the form's field or of the file's column; ``row`` is the position in a
    batch, from zero, and None for a form.
    """

    field: str
    error: ElkkError
    row: int | None = None


@define
class FormRejected(Rejected):
    """A form has one or more faults; every one of them is listed."""

    code: ClassVar[str] = "shared.form_rejected"
    faults: tuple[Fault, ...]


@define
class BatchRejected(Rejected):
    """A batch has one or more faults and was refused as a whole; every one of them is listed."""

    code: ClassVar[str] = "shared.batch_rejected"
    faults: tuple[Fault, ...]


@define
class FieldRequired(Rejected):
    """A required field is empty."""

    code: ClassVar[str] = "shared.field_required"


@define
class FieldTooLong(Rejected):
    """A field is longer than *limit* characters."""

    code: ClassVar[str] = "shared.field_too_long"
    limit: int


@define
class DuplicateRow(Rejected):
    """A row of a batch repeats the key of row *first*, counted from zero."""

    code: ClassVar[str] = "shared.duplicate_row"
    first: int


@define
class StaleState(Conflict):
    """Somebody else saved *what* since it was read; reading it anew and repeating is safe."""

    code: ClassVar[str] = "shared.stale_state"
    what: str


@define
class SupplierNotFound(NotFound):
    """There is no supplier with this code or identifier."""

    code: ClassVar[str] = "shared.supplier_not_found"
    supplier: str


@define
class AccountNotFound(NotFound):
    """There is no such personal account, or the user who asks has not linked it."""

    code: ClassVar[str] = "shared.account_not_found"
    account: str
