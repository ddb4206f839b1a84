"""Long work on all cores, piece by piece, each core in a process of its own."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing.connection import wait as wait_for_end
from typing import TypeVar

Piece = TypeVar("Piece")
Outcome = TypeVar("Outcome")

# So many pieces wait for a core, so that none is idle and the list of them stays short.
_PIECES_PER_CORE = 2


def on_cores(
    work: Callable[[Piece], Outcome], pieces: Iterable[Piece], *, cores: int | None = None
) -> Iterator[tuple[Piece, Outcome]]:
    """Yield each of *pieces* with what *work* makes of it, in the order in which they end.

    On so many *cores*, all of them if it is None. What *work* raises is raised here.
    """
    cores = cores or multiprocessing.cpu_count()
    # Spawned and not forked: a fork would share the connections to the database.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=context, initializer=_follow_parent) as pool:
        running: dict[Future[Outcome], Piece] = {}
        try:
            for piece in pieces:
                running[pool.submit(work, piece)] = piece
                if len(running) == cores * _PIECES_PER_CORE:
                    yield from _ended(running)
            while running:
                yield from _ended(running)
        finally:
            pool.shutdown(cancel_futures=True)


def _ended(running: dict[Future[Outcome], Piece]) -> Iterator[tuple[Piece, Outcome]]:
    """Wait until some of the pieces have ended, and take them out of *running*."""
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        yield running.pop(future), future.result()


def _follow_parent() -> None:
    """Leave it to the parent to be interrupted, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for_end([parent.sentinel])
        os._exit(1)
