"""``elkk db``: the database."""

import os

import click

from elkk_adapters import bootstrap
from elkk_adapters.settings import settings_from
from elkk_cli.desk import Desk, json_option, pass_desk


@click.group()
def db() -> None:
    """Create the database, bring it up to date, look whether it is."""


@db.command()
@json_option
@pass_desk
def upgrade(desk: Desk) -> None:
    """Create the database, or bring its schema up to date.

    What is stored stays. On a database that is up to date the command changes nothing. The database
    is the one that ELKK_DATABASE_URL names: a file of SQLite or a PostgreSQL.

    \b
    Examples:
      ELKK_DATABASE_URL=sqlite:////var/lib/elkk/elkk.sqlite3 elkk db upgrade
      ELKK_DATABASE_URL=postgresql+psycopg://elkk@db/elkk elkk db upgrade
    """
    bootstrap.prepare_database(settings_from(os.environ))
    _tell_ready(desk)


@db.command()
@json_option
@pass_desk
def status(desk: Desk) -> None:
    """Tell whether the database can be worked with.

    Exit status 0 means that it is there and has the schema of this version; 5 that it is absent,
    does not answer, or has another schema. The answer says what to do.

    \b
    Examples:
      elkk db status
      elkk db status --json || elkk db upgrade
    """
    with desk.open_application() as application:
        application.readiness.check()
    _tell_ready(desk)


def _tell_ready(desk: Desk) -> None:
    desk.show(
        {"ready": True},
        view=lambda: desk.say(ru="База данных готова.", en="The database is ready."),
    )
