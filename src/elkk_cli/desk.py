"""What every command works at: the application, and a way to speak to the operator."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import click
from attrs import define
from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from elkk_adapters.application import Application
from elkk_adapters.sentences import LANGUAGES
from elkk_adapters.system import SystemClock
from elkk_core.shared import Money, no_progress
from elkk_core.shared import Progress as OnProgress

ApplicationFactory = Callable[[], AbstractContextManager[Application]]

Json = Mapping[str, Any] | Sequence[Mapping[str, Any]]
"""What is printed for programs: amounts are texts in roubles, dates and moments are ISO 8601."""

_STEPS_SHOWN = 200


def language_of(environ: Mapping[str, str]) -> str:
    """Return the language of the operator's locale, Russian for those without one of ours."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    language = locale[:2].lower()
    return language if language in LANGUAGES else LANGUAGES[0]


@define(kw_only=True)
class Desk:
    """What a command is given. *as_json* turns all that it prints into JSON."""

    open_application: ApplicationFactory
    language: str
    debug: bool = False
    as_json: bool = False

    # Words and figures

    def text(self, *, ru: str, en: str) -> str:
        """Return what is said in the operator's language."""
        return {"ru": ru, "en": en}[self.language]

    def money(self, amount: Money) -> str:
        """Return an amount in roubles as people write it."""
        return self.number(amount.roubles)

    def number(self, value: Decimal) -> str:
        """Return a number as people write it: «12 345,60» or «12,345.60»."""
        written = f"{value:,f}"
        if self.language == "en":
            return written
        return written.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")

    # Printing

    def show(self, data: Json, *, view: Callable[[], None]) -> None:
        """Print *data* for programs, or let *view* print for people."""
        if self.as_json:
            click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            view()

    def say(self, *, ru: str, en: str) -> None:
        """Print a line for people."""
        click.echo(self.text(ru=ru, en=en))

    def note(self, *, ru: str, en: str) -> None:
        """Tell people something beside what is printed, on standard error."""
        click.echo(self.text(ru=ru, en=en), err=True)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print rows under headings; with tabs between the columns where nobody looks on."""
        console = Console()
        if not console.is_terminal:
            for row in (headings, *rows):
                click.echo("\t".join(row))
            return
        table = Table(*headings, box=box.SIMPLE_HEAD, pad_edge=False)
        for row in rows:
            table.add_row(*row)
        console.print(table)

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Print names and values; those without a value are left out."""
        known = [(name, value) for name, value in facts if value]
        width = max(len(name) for name, _ in known)
        for name, value in known:
            click.echo(f"{name + ':':<{width + 1}} {value}")

    # Progress

    @contextmanager
    def progress(self, *, ru: str, en: str) -> Iterator[OnProgress]:
        """Yield what long work tells its progress to; a bar where somebody looks on."""
        console = Console(stderr=True)
        if self.as_json or not console.is_terminal:
            yield no_progress
            return
        with Progress(
            TextColumn(self.text(ru=ru, en=en)),
            BarColumn(),
            MofNCompleteColumn(),
            Pace(self),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        ) as bar:
            task = bar.add_task("", total=None)
            shown = -1

            def tell(done: int, total: int) -> None:
                # A bar has no more steps than that; each one costs time.
                nonlocal shown
                if shown < 0 or done - shown >= total / _STEPS_SHOWN or done == total:
                    shown = done
                    bar.update(task, completed=done, total=total)

            yield tell


class Pace(ProgressColumn):
    """How many steps a second are done, and when the last of them will be."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def render(self, task: Task) -> Text:
        """Return nothing as long as there is nothing to tell of."""
        if not task.speed or task.time_remaining is None:
            return Text()
        ends_at = SystemClock().now() + timedelta(seconds=task.time_remaining)
        speed = self._desk.number(Decimal(round(task.speed)))
        return Text(
            self._desk.text(
                ru=f"{speed} в секунду, до {ends_at.astimezone():%H:%M:%S}",
                en=f"{speed} a second, until {ends_at.astimezone():%H:%M:%S}",
            )
        )


pass_desk = click.make_pass_decorator(Desk)


def _to_json(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001
    context.ensure_object(Desk).as_json = value


json_option = click.option(
    "--json",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_to_json,
    help="Print JSON, for programs.",
)

port_option = click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Port; 0 takes any free one.",
)
