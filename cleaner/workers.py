"""Work for several processes: each item is seen to in one of them, and what comes of it comes back in order.

    items ── read ahead, a few for each worker ──▶ processes ──▶ results, in the order of the items
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain, islice
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 3  # items for each worker that are read ahead, so that none has to wait for a slower one
FUNCTION: ContextVar[Callable[[Any], Any]] = ContextVar("FUNCTION")  # what a worker does: it is told once


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(
    function: Callable[[Item], Result], items: Iterable[Item], workers: int, start: str | None = None
) -> Iterator[Result]:
    """What the function gives for each item, in order, with `AHEAD` items a worker read ahead.

    ``start`` says how processes are started, as `multiprocessing.get_context` does. One worker is this
    process, and so it is for a single item: starting others takes a second.
    """
    items = iter(items)
    first = list(islice(items, 2 if workers > 1 else 0))
    if len(first) < 2:
        yield from map(function, chain(first, items))
        return
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    waiting: deque[Future[Result]] = deque()
    pool = ProcessPoolExecutor(workers, get_context(start), initializer=begin, initargs=(function,))
    try:
        for item in chain(first, items):
            with uninterrupted(signal.SIGINT):  # Workers inherit this, and leave interrupts to this process.
                waiting.append(pool.submit(call, item))
            while waiting and (len(waiting) > workers * AHEAD or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        with uninterrupted(signal.SIGINT):  # A second interrupt would leave workers that wait for ever.
            pool.shutdown(cancel_futures=True)


def begin(function: Callable[[Any], Any]) -> None:
    """Tell a worker what it does, and have it end with the process that started it, however that one ends."""
    from multiprocessing import parent_process
    from threading import Thread

    FUNCTION.set(function)

    def end() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    Thread(target=end, daemon=True).start()


def call(item: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives.
    """Do what this worker does with an item."""
    return FUNCTION.get()(item)


@contextmanager
def uninterrupted(*signals: signal.Signals) -> Iterator[None]:
    """Let these signals wait until what is being done is done. Where they cannot wait, nothing changes."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
