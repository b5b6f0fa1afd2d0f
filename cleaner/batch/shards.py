"""What is done with a batch: a worker cleans it, and writes a shard of the output.

    batch ── texts ──▶ articles ──▶ part-0000007.parquet   the rows that were cleaned
                └── rejects ──────▶ part-0000007.tally     what became of all rows, written last

A shard is whole or not there, and the same rows always make the same shard.
"""

import os
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from functools import cache, partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from ..arrow import NAMES, arrays, row
from ..console import Unusable, configured, uninterrupted, whole
from ..records import Bad, cleaned
from ..tally import Tally
from .output import COMPRESSION, Job
from .reading import PACKED, Batch
from .rows import Records, Table, encoded, to_json

WAITING = 3  # batches for each worker that are read ahead, so that none has to wait for a slower one
# What a value raises that the output cannot hold.
UNWRITABLE = (pa.ArrowException, ValueError, OverflowError, TypeError, RecursionError)
pipeline_of = cache(configured)  # A worker makes the pipeline of its run once.
Rows: TypeAlias = dict[int, dict[str, object]]  # the new columns of the rows that were cleaned


def worked(job: Job, batches: Iterable[Batch], workers: int) -> Iterator[tuple[int, float | None]]:
    """See to all shards, in order. Gives how far each batch reaches, and the seconds of cleaning, if any."""
    if workers == 1:
        for number, batch in enumerate(batches):
            yield batch.position, None if job.done(number) else work(job, number, batch)
        return
    waiting: deque[tuple[int, Future[float] | None]] = deque()
    # Processes are started anew and not forked: pyarrow has threads of its own, which a fork would lose.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=follow)
    try:
        for number, batch in enumerate(batches):
            with uninterrupted(signal.SIGINT):  # Workers inherit this, and leave interrupts to this process.
                future = None if job.done(number) else pool.submit(work, job, number, batch)
            waiting.append((batch.position, future))
            if len(waiting) > workers * WAITING:
                position, future = waiting.popleft()
                yield position, future.result() if future else None
        for position, future in waiting:
            yield position, future.result() if future else None
    except BrokenProcessPool:
        advice = "--resume goes on, and fewer --workers take less"
        raise Unusable(f"a worker was killed, perhaps for want of memory; {advice}") from None
    finally:
        pool.shutdown(cancel_futures=True)


def follow() -> None:
    """Have a worker end with the process that started it, however that one ends."""

    def end() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    Thread(target=end, daemon=True).start()


def work(job: Job, number: int, batch: Batch) -> float:
    """Clean a batch, and write its shard and its tally. Gives the seconds that cleaning alone took."""
    content, pipeline = batch.content(), pipeline_of(job.without, job.rules)
    begun = time.perf_counter()
    made = [cleaned(pipeline, text) for text in content.texts()]
    rows = {at: row(article) for at, article in enumerate(made) if not isinstance(article, Bad)}
    seconds = time.perf_counter() - begun
    shard, beside = job.places(number)
    with whole(shard) as path:
        for at, why in (write_table if job.schema else write_lines)(job, content, rows, path).items():
            made[at] = Bad(why)
    tally, found = Tally(), []
    for (file, line), article in zip(batch.where, made, strict=True):
        if isinstance(article, Bad):
            found.append({"file": file, "row": line, "reason": article})
        else:
            tally.add(article)
    with whole(beside) as path:
        path.write_bytes(encoded([shard.stat().st_size, tally.to_dict(), found]))
    return seconds


def write_table(job: Job, content: Records | Table, rows: Rows, path: Path) -> dict[int, str]:
    """Write the rows as Parquet. Gives what is wrong with those that Parquet cannot hold."""
    schema: pa.Schema = job.schema
    own, rejects = list(schema)[: -len(NAMES)], {}

    def table(chosen: Sequence[int]) -> pa.Table:
        if not chosen:
            return schema.empty_table()
        return pa.table([*content.columns(chosen, own), *arrays([rows[at] for at in chosen])], schema)

    try:
        written = table(list(rows))
    except UNWRITABLE:
        for at in rows:
            try:
                table([at])
            except UNWRITABLE as error:
                rejects[at] = f"does not fit into the columns of the output ({reason(error)})"
        written = table([at for at in rows if at not in rejects])
    with path.open("wb") as file:  # Python says what is wrong with a disk in better words than pyarrow.
        pq.write_table(written, file, compression=COMPRESSION)
    return rejects


def write_lines(job: Job, content: Records | Table, rows: Rows, path: Path) -> dict[int, str]:
    """Write the rows as JSON Lines, the new fields behind the record. Gives what is wrong with the others."""
    rejects, lines = {}, []
    for at, new in rows.items():
        added = {job.prefix + name: value for name, value in new.items()}
        try:
            names, record = content.record(at)
        except UNWRITABLE as error:
            rejects[at] = f"cannot be written as JSON ({reason(error)})"
            continue
        if taken := [name for name in added if name in names]:
            why = f"has a field {taken[0]!r} already, which is not overwritten"
            rejects[at] = f"{why}; choose another --prefix"
        else:
            lines.append(f"{record.removesuffix('}').rstrip()}, {to_json(added)[1:]}\n")
    compression = PACKED.get(Path(job.ending).suffix)
    pack = partial(pa.CompressedOutputStream, compression=compression) if compression else nullcontext
    with path.open("wb") as file, pack(file) as stream:
        stream.write("".join(lines).encode("utf-8", "backslashreplace"))
    return rejects


def reason(error: Exception) -> str:
    """Why a row cannot be written."""
    half = "it holds half a surrogate pair, which is no character"
    return half if isinstance(error, UnicodeEncodeError) else str(error).partition("\n")[0]
