"""Durable work: what a committed transaction asks for happens, even after a crash.

Events are enqueued in the transaction of the change that raises them (``DurableMessages``) and
handed over by a worker (``DurableWorker``), at least once; the key of an event makes it exactly
once for a receiver that remembers keys. DBOS keeps the queue in our own database.
"""

from elkk_adapters.durable.errors import QueueNotPrepared, WorkerNameTaken
from elkk_adapters.durable.messages import DurableMessages
from elkk_adapters.durable.schema import prepare
from elkk_adapters.durable.worker import Deliver, DurableWorker, Retries

__all__ = [
    "Deliver",
    "DurableMessages",
    "DurableWorker",
    "QueueNotPrepared",
    "Retries",
    "WorkerNameTaken",
    "prepare",
]
