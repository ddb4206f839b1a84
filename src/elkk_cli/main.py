"""The command ``elkk``: everything that an operator does."""

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from elkk_adapters import bootstrap
from elkk_adapters.application import Application
from elkk_adapters.sentences import LANGUAGES
from elkk_adapters.settings import settings_from
from elkk_cli import failures
from elkk_cli.commands.bill import bill
from elkk_cli.commands.calc import calc
from elkk_cli.commands.content import content
from elkk_cli.commands.database import db
from elkk_cli.commands.demo import demo
from elkk_cli.commands.doctor import doctor
from elkk_cli.commands.imports import import_
from elkk_cli.commands.law import law
from elkk_cli.commands.notices import notices
from elkk_cli.commands.payments import payments
from elkk_cli.commands.requests import requests
from elkk_cli.commands.sandbox_bank import sandbox_bank
from elkk_cli.commands.serving import web, worker
from elkk_cli.commands.supplier import supplier
from elkk_cli.commands.tariff import tariff
from elkk_cli.commands.user import user
from elkk_cli.desk import Desk, language_of
from elkk_core.shared import ElkkError


@contextmanager
def _application() -> Iterator[Application]:
    """Yield the application that the environment describes, once its database is ready."""
    with bootstrap.application(settings_from(os.environ)) as application:
        application.readiness.check()
        yield application


class _Elkk(click.Group):
    """The group that turns every error into a sentence and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ElkkError as error:
            failures.tell(error, ctx.ensure_object(Desk))
            ctx.exit(failures.status_of(error))
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            ctx.exit(failures.INTERRUPTED)
        except Exception as error:  # noqa: BLE001 - whoever runs a command is no programmer
            desk = ctx.ensure_object(Desk)
            if desk.debug:
                click.echo("".join(traceback.format_exception(error)), err=True)
            failures.tell(failures.failed(error), desk)
            ctx.exit(failures.FAILED)


@click.group(
    name="elkk",
    cls=_Elkk,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="elkk")
@click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    envvar="ELKK_LANG",
    help="Language of answers and errors; that of the locale if not given, else Russian.",
)
@click.option("--debug", is_flag=True, help="Print the traceback of an unexpected error.")
@click.pass_context
def main(context: click.Context, *, language: str | None, debug: bool) -> None:
    """Run the customer cabinet of an energy supplier.

    A month of work, from an empty database to bills:

    \b
      elkk db upgrade
      elkk supplier add --from supplier.toml
      elkk tariff publish tariff.csv --supplier tesk
      elkk import accounts accounts.csv --supplier tesk
      elkk import meters meters.csv --supplier tesk
      elkk import readings readings.csv --supplier tesk
      elkk import payments payments.csv --supplier tesk
      elkk bill run 2026-10 --supplier tesk

    Where the database is, and all other settings, come from the environment: ELKK_DATABASE_URL,
    ELKK_SECRET_KEY, ELKK_BASE_URL and more, explained in docs/operators.md. To look around without
    any of them: elkk demo.

    Exit status: 0 done, 1 refused, 2 wrong command line, 3 not found, 4 contradicts what is there,
    5 something does not answer (database, port), 6 done but for what is listed, 70 unexpected
    error.
    """
    context.obj = Desk(
        open_application=context.obj or _application,
        language=language or language_of(os.environ),
        debug=debug,
    )


for command in (
    db,
    supplier,
    tariff,
    law,
    import_,
    bill,
    content,
    requests,
    doctor,
    user,
    notices,
    payments,
    calc,
    web,
    worker,
    sandbox_bank,
    demo,
):
    main.add_command(command)
