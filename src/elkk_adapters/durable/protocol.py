"""The names that the side that enqueues and the side that works must agree upon.

They are stored with every job, so a job written before an upgrade is found after it. A change to
any of them strands the jobs under way.
"""

import logging

from attrs import frozen

from elkk_core.shared.periods import Month

APPLICATION = "elkk"
SCHEMA = "dbos"


@frozen(kw_only=True)
class Queue:
    """A queue: how long a job may wait before anybody looks at it, and how many one worker takes."""

    name: str
    polling_seconds: float
    concurrency: int


# Of the jobs of one worker, those that pause between two attempts are under way too.
MESSAGES = Queue(name="messages", polling_seconds=0.2, concurrency=50)
# A worker bills one part at a time, and has the next one at hand when it is done.
BILLING = Queue(name="billing", polling_seconds=0.2, concurrency=2)
# A round after another; nobody waits for one.
NOTICES = Queue(name="notices", polling_seconds=1.0, concurrency=1)
PAYMENTS = Queue(name="payments", polling_seconds=1.0, concurrency=1)
QUEUES = (MESSAGES, BILLING, NOTICES, PAYMENTS)

DELIVER_MESSAGE = "elkk.deliver_message"
HAND_OVER = "elkk.hand_over"
BILL_MONTH = "elkk.bill_month"
BILL_PART = "elkk.bill_part"
BILL_ACCOUNTS = "elkk.bill_accounts"
GO_ROUND = "elkk.go_round"
ASK_AFTER_PAYMENTS = "elkk.ask_after_payments"

ROUNDS = "*/2 * * * *"
"""When households are told what is new, as cron writes it: every other minute."""
PAYMENT_ROUNDS = "* * * * *"
"""When payments are looked for that are due to be asked after: every minute."""

# DBOS offers a job only to workers of the version that it was enqueued for. Ours is the version of
# the workflow's steps, not of the package: raised only when old jobs could not be replayed.
APPLICATION_VERSION = "1"

WHOLE = 0
"""Stands where a job bills no part of a run but divides it."""


def runs_of(supplier: str, month: Month) -> str:
    """Return how the names of all jobs begin that bill a month."""
    return f"bill:{supplier}:{month}:"


def job_id(supplier: str, month: Month, run: int, part: int = WHOLE) -> str:
    """Return the name of a job of a run of a month; runs and parts are counted from one."""
    return f"{runs_of(supplier, month)}{run}:{part}"


def read_id(job: str) -> tuple[int, int]:
    """Return the run and the part that a job bills."""
    *_, run, part = job.split(":")
    return int(run), int(part)


def _cut(record: logging.LogRecord) -> bool:
    record.msg, record.args = record.getMessage().partition("\n")[0], ()
    return True


# A logger without any handler gets one of DBOS's own, which writes past our logging to the
# console. This one does nothing and lets the records travel to the root.
logging.getLogger("dbos").addHandler(logging.NullHandler())
# While a database is away, each of its threads tells of it again and again, with the statement and a
# traceback in the message: the first line says it all.
logging.getLogger("dbos").addFilter(_cut)
