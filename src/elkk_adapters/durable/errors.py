"""What may be wrong before a worker works."""

from typing import ClassVar

from attrs import define

from elkk_core.shared.errors import Conflict, Unavailable


@define
class WorkerNameTaken(Conflict):
    """A living worker already bears *name*; two of one name would do each other's work twice."""

    code: ClassVar[str] = "durable.worker_name_taken"
    name: str


@define
class QueueNotPrepared(Unavailable):
    """The database has no tables of the queue, or older ones than this version needs."""

    code: ClassVar[str] = "durable.queue_not_prepared"
