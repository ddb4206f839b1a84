"""What an event is.

An event travels in the ``events`` of the next state of an aggregate. Saving that state hands the
event over for delivery inside the same transaction: committed together, or forgotten together.
"""

from typing import ClassVar
from uuid import UUID

from attrs import frozen


@frozen(kw_only=True)
class DomainEvent:
    """Something that happened and that somebody outside must be told of.

    ``kind`` is a stable dotted name; ``event_id`` makes the delivery happen once.
    """

    kind: ClassVar[str] = "shared.event"
    event_id: UUID
