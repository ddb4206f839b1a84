"""The side that asks for work."""

import json
from datetime import date
from typing import Any, Self, cast
from uuid import UUID

import attrs
from dbos import DBOSClient, EnqueueOptions

from elkk_adapters.durable import protocol
from elkk_adapters.durable.sealing import SealedSerializer
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month


class DurableMessages:
    """Enqueues events inside transactions that belong to others."""

    def __init__(self, *, database_url: str, secret_key: str) -> None:
        # Lazy: the client writes through the connections it is given and needs none of its own.
        self._client = DBOSClient(
            system_database_url=database_url,
            dbos_system_schema=protocol.SCHEMA,
            serializer=SealedSerializer(secret_key=secret_key),
            application_name=protocol.APPLICATION,
            lazy=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._client.destroy()

    def enqueue(self, *, connection: object, event: DomainEvent) -> None:
        """Ask for the delivery of *event* in the open transaction of *connection*.

        *connection* is an SQLAlchemy ``Connection`` to the database that holds the queue. The
        request is committed or forgotten with that transaction. An event of an ``event_id`` that
        was enqueued before is not enqueued again.

        Raises:
            TypeError: If a field of the event cannot be written; see `payload_of`.
        """
        key = str(event.event_id)
        options = EnqueueOptions(
            workflow_name=protocol.DELIVER_MESSAGE,
            queue_name=protocol.MESSAGES.name,
            workflow_id=key,
            app_version=protocol.APPLICATION_VERSION,
        )
        self._client.enqueue_in_transaction(
            cast("Any", connection), options, event.kind, payload_of(event), key
        )


def payload_of(event: DomainEvent) -> dict[str, str]:
    """Return the fields of *event* as text, without its ``event_id``; moments in ISO 8601.

    A tuple of parts, which have fields themselves, is a JSON list of objects; what is None in a part
    is left out.

    Raises:
        TypeError: If a field is of any other type that has no one way to be written.
    """
    fields = attrs.asdict(event, recurse=False)
    return {name: _text(value) for name, value in fields.items() if name != "event_id"}


def _part(part: Any) -> dict[str, str]:  # noqa: ANN401 - A part of any event.
    fields = attrs.asdict(part, recurse=False)
    return {name: _text(value) for name, value in fields.items() if value is not None}


def _text(value: object) -> str:
    match value:
        case str():
            return str(value)
        case date():
            return value.isoformat()
        case UUID() | Money() | Month():
            return str(value)
        case tuple():
            return json.dumps([_part(part) for part in value], ensure_ascii=False)
        case _:
            # The value itself stays out of the message: it may be a secret.
            message = f"an event cannot carry a {type(value).__name__} to the queue"
            raise TypeError(message)
