"""The tables of the queue, and the queue in them."""

from dbos import DBOS, DBOSClient

from elkk_adapters.durable import protocol


def prepare(*, database_url: str) -> None:
    """Create or upgrade the tables of the queue; changes nothing when they are as they should be.

    They lie in the database of *database_url* itself: in its file on SQLite, in the schema
    ``dbos`` on PostgreSQL.
    """
    DBOS.migrate(database_url, schema=protocol.SCHEMA)
    # By a client, whose last word counts: a worker would leave an existing queue as it is. And
    # before any worker starts, since a running one notices a new queue only after a second.
    client = DBOSClient(
        system_database_url=database_url,
        dbos_system_schema=protocol.SCHEMA,
        application_name=protocol.APPLICATION,
        lazy=True,
    )
    try:
        client.register_queue(
            protocol.QUEUE,
            worker_concurrency=protocol.CONCURRENCY,
            polling_interval_sec=protocol.POLLING_SECONDS,
        )
    finally:
        client.destroy()
