"""How a command ends that did not succeed: its exit status, and what it says on standard error."""

import json
import os
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import click
from attrs import frozen

from elkk_adapters.content import ContentRejected
from elkk_adapters.files import FileRejected
from elkk_adapters.sentences import sentence
from elkk_cli.desk import Desk
from elkk_cli.errors import CommandFailed
from elkk_core.shared import Conflict, ElkkError, FormRejected, NotFound, Unavailable

REFUSED = 1
"""Something is wrong with what was given; exit status 2 is click's, for a wrong command line."""
NOT_FOUND = 3
CONFLICT = 4
UNAVAILABLE = 5
LEFT_OVER = 6
"""The command did its work but for what it lists."""
FAILED = 70
INTERRUPTED = 130

_STATUSES: dict[type[ElkkError], int] = {
    CommandFailed: FAILED,
    NotFound: NOT_FOUND,
    Conflict: CONFLICT,
    Unavailable: UNAVAILABLE,
}
_FAULTS_SHOWN = 50


def status_of(error: ElkkError) -> int:
    """Return the exit status that goes with *error*."""
    kinds = (status for kind, status in _STATUSES.items() if isinstance(error, kind))
    return next(kinds, REFUSED)


def failed(error: Exception) -> CommandFailed:
    """Write down where an unforeseen *error* comes from, and return what to say of it."""
    handle, path = tempfile.mkstemp(prefix="elkk-", suffix=".log", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write("".join(traceback.format_exception(error)))
    return CommandFailed(summary=type(error).__name__, traceback=path)


def tell(error: ElkkError, desk: Desk) -> None:
    """Say on standard error what is the matter, and how to mend it."""
    # Words are found one by one: of very many faults only the first are put into words for people.
    faults = _faults(error, desk.language)
    said = sentence(error, desk.language, to_operator=True)
    if desk.as_json:
        data: dict[str, Any] = {"code": error.code, "text": said.text, "mend": said.mend}
        data["faults"] = [fault.data for fault in faults]
        click.echo(json.dumps({"error": data}, ensure_ascii=False, indent=2), err=True)
        return
    for fault in islice(faults, _FAULTS_SHOWN):
        click.echo(desk.text(ru=fault.ru, en=fault.en), err=True)
    left = _count(error) - _FAULTS_SHOWN
    if left > 0:
        click.echo(desk.text(ru=f"… и еще ошибок: {left}", en=f"… and {left} more"), err=True)
    click.secho(desk.text(ru="Ошибка: ", en="Error: "), fg="red", bold=True, nl=False, err=True)
    click.echo(said, err=True)


def _count(error: ElkkError) -> int:
    return (
        len(error.faults) if isinstance(error, ContentRejected | FileRejected | FormRejected) else 0
    )


@frozen(kw_only=True)
class _Told:
    """A fault in words, and as data."""

    ru: str
    en: str
    data: dict[str, Any]


def _faults(error: ElkkError, language: str) -> Iterator[_Told]:
    """Yield what is wrong with the lines of a file, or with the options of a command."""
    if isinstance(error, FileRejected):
        for at_line in error.faults:
            said = sentence(at_line.error, language, to_operator=True)
            column = at_line.column
            yield _Told(
                ru=f"строка {at_line.line}{f', столбец {column}' if column else ''}: {said}",
                en=f"line {at_line.line}{f', column {column}' if column else ''}: {said}",
                data={"line": at_line.line, "column": column, **_as_data(at_line.error, language)},
            )
    if isinstance(error, ContentRejected):
        for in_file in error.faults:
            said = sentence(in_file.error, language, to_operator=True)
            yield _Told(
                ru=f"{in_file.file}, строка {in_file.line}: {said}",
                en=f"{in_file.file}, line {in_file.line}: {said}",
                data={
                    "file": in_file.file,
                    "line": in_file.line,
                    **_as_data(in_file.error, language),
                },
            )
    if isinstance(error, FormRejected):
        for fault in error.faults:
            option = "--" + fault.field.replace("_", "-")
            said = sentence(fault.error, language, to_operator=True)
            yield _Told(
                ru=f"{option}: {said}",
                en=f"{option}: {said}",
                data={"option": option, **_as_data(fault.error, language)},
            )


def _as_data(error: ElkkError, language: str) -> dict[str, str]:
    said = sentence(error, language, to_operator=True)
    return {"code": error.code, "text": said.text, "mend": said.mend}


def problems(errors: Sequence[tuple[str, ElkkError]], language: str) -> list[dict[str, str]]:
    """Return what stands in the way of accounts, as data."""
    return [{"account": account, **_as_data(error, language)} for account, error in errors]
