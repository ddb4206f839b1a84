"""What an aggregate asks for arrives as the words that a person reads."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

from tests.integration.durable.workbench import Database, Standing, eventually

from elkk_adapters.messaging import ConsoleSender, DeliverMessage, MessageRenderer
from elkk_core.identity.events import CodeRequested


def test_requested_code_arrives_as_sms(database: Database) -> None:
    """The event of a registration comes out of the queue as the text of an SMS."""
    clock = Standing()
    console = io.StringIO()
    sender = ConsoleSender(stream=console)
    deliver = DeliverMessage(
        renderer=MessageRenderer(cabinet="Заря", base_url="https://cabinet.example"),
        sms=sender,
        letters=sender,
        clock=clock,
    )
    database.enqueue(
        CodeRequested(
            event_id=uuid4(),
            phone="+79161234567",
            code="730164",
            purpose="registration",
            language="ru",
            expires_at=clock.now() + timedelta(minutes=5),
        )
    )

    with database.worker(deliver, clock=clock):
        eventually(lambda: "730164" in console.getvalue())

    assert [
        "--- SMS +7•••67",
        "Код подтверждения: 730164. Действует 5 минут. Никому его не сообщайте. Заря",
        "---",
    ] == console.getvalue().splitlines()


def test_worker_leaves_the_loop_of_its_caller_alone(database: Database) -> None:
    """Started where an event loop runs, which may stand still, a worker works all the same."""
    delivered: list[str] = []
    key = database.enqueue(
        CodeRequested(
            event_id=uuid4(),
            phone="+79161234567",
            code="730164",
            purpose="registration",
            language="ru",
            expires_at=Standing().now() + timedelta(minutes=5),
        )
    )

    def deliver(*, kind: str, payload: dict[str, str], key: str) -> None:  # noqa: ARG001
        delivered.append(key)

    async def start_and_stand_still() -> None:
        with database.worker(deliver):
            eventually(lambda: bool(delivered))

    # In a thread of its own: a browser test of the same process leaves a loop running in this one.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(start_and_stand_still())).result()

    assert [key] == delivered
