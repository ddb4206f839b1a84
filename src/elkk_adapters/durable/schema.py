"""The tables of the queues, and the queues in them."""

from dbos import DBOS, DBOSClient

from elkk_adapters.durable import protocol


def prepare(*, database_url: str) -> None:
    """Create or upgrade the tables of the queues; changes nothing when they are as they should be.

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
        for queue in protocol.QUEUES:
            client.register_queue(
                queue.name,
                worker_concurrency=queue.concurrency,
                polling_interval_sec=queue.polling_seconds,
            )
    finally:
        client.destroy()
