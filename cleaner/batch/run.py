"""The run of `cleaner batch`: batches to the workers, in order, and the sum of what became of them."""

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import NamedTuple

from ..console import Unusable, uninterrupted
from .part import NOTHING, Job, Tally, finished, work
from .plan import Plan, weight
from .progress import State
from .sources import Batch

WAITING = 3  # batches for each worker that are read ahead, so that none has to wait for a slower one


class Result(NamedTuple):
    """What a run came to."""

    tally: Tally
    parts: int
    fresh: int  # documents that this run did itself, and not an earlier one that was stopped
    cleaning: float  # seconds, over all workers, that went into cleaning itself


def run(job: Job, plan: Plan, workers: int, show: Callable[[State], None], unreadable: dict[str, str]) -> Result:
    """Make all parts that are not there yet. Files that break off are put down in ``unreadable``, with the reason."""
    begun = time.monotonic()
    size = sum(weight(source) for source in plan.sources)
    tally, parts, fresh, skipped, cleaning = NOTHING, 0, 0, 0, 0.0
    for read, done, seconds in results(job, plan.batches(unreadable), workers):
        tally += done
        parts += 1
        if seconds is None:
            skipped = read
        else:
            fresh += done.documents
            cleaning += seconds
        show(State(tally.documents, tally.rejected, fresh, time.monotonic() - begun, size, min(read, size), skipped))
    return Result(tally, parts, fresh, cleaning)


def results(job: Job, batches: Iterator[tuple[int, Batch]], workers: int) -> Iterator[tuple[int, Tally, float | None]]:
    """The bytes read, the tally, and the seconds of cleaning of each batch, in order; no seconds where the part was there already."""
    if workers == 1:
        for number, (read, batch) in enumerate(batches):
            tally = finished(job, number)
            yield (read, tally, None) if tally else (read, *work(job, number, batch))
        return
    waiting: deque[tuple[int, Tally | Future[tuple[Tally, float]]]] = deque()
    # Processes are started anew and not forked: pyarrow has threads of its own, which a fork would lose.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=follow)
    try:
        for number, (read, batch) in enumerate(batches):
            with uninterrupted(signal.SIGINT):  # A process that is started here inherits this, and leaves interrupts to the one that started it.
                waiting.append((read, finished(job, number) or pool.submit(work, job, number, batch)))
            if len(waiting) > workers * WAITING:
                yield result(*waiting.popleft())
        while waiting:
            yield result(*waiting.popleft())
    except BrokenProcessPool:
        raise Unusable("a worker was killed, perhaps for want of memory; --resume goes on, and fewer --workers take less") from None
    finally:
        pool.shutdown(cancel_futures=True)


def result(read: int, done: Tally | Future[tuple[Tally, float]]) -> tuple[int, Tally, float | None]:
    """What became of a batch, waited for if it is under way."""
    return (read, done, None) if isinstance(done, Tally) else (read, *done.result())


def follow() -> None:
    """Have a worker end with the process that started it, however that one ends."""
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait until the process that started this one has ended, then end this one at once."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
