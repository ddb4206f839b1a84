"""Durable work: what a committed transaction asks for happens, even after a crash.

Events are enqueued in the transaction of the change that raises them (``DurableMessages``) and
handed over by a worker (``DurableWorker`` with ``Deliveries``), at least once; the key of an event
makes it exactly once for a receiver that remembers keys. Billing runs are divided into parts
(``DurableBillingRuns``), which workers with ``BillingParts`` bill; what a part has billed it finds
billed when it is repeated. ``NoticeRounds`` and ``PaymentQuestions`` come by themselves, every few
minutes. DBOS keeps the queues in our own database.
"""

from elkk_adapters.durable.billing import BillingParts, BillPart
from elkk_adapters.durable.billing_runs import DurableBillingRuns
from elkk_adapters.durable.deliveries import Deliver, Deliveries
from elkk_adapters.durable.duties import Duty, Retries
from elkk_adapters.durable.errors import QueueNotPrepared, WorkerNameTaken
from elkk_adapters.durable.messages import DurableMessages
from elkk_adapters.durable.notices import GoRound, NoticeRounds
from elkk_adapters.durable.payments import PaymentQuestions, Settle
from elkk_adapters.durable.schema import prepare
from elkk_adapters.durable.worker import DurableWorker

__all__ = [
    "BillPart",
    "BillingParts",
    "Deliver",
    "Deliveries",
    "DurableBillingRuns",
    "DurableMessages",
    "DurableWorker",
    "Duty",
    "GoRound",
    "NoticeRounds",
    "PaymentQuestions",
    "QueueNotPrepared",
    "Retries",
    "Settle",
    "WorkerNameTaken",
    "prepare",
]
