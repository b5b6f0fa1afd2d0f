"""What a worker does: a batch in, a part of the output on the disk, and the tally of what happened.

    batch ── texts ──▶ articles ──▶ part-0000007.parquet    the rows that were cleaned
                │                   part-0000007.rejects    file, row and reason of those that were not
                ╰── bad ones ──────▶ part-0000007.tally     the counts; written last, so that a part with a tally is whole
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from .. import Article, Pipeline
from ..arrow import NAMES, SCHEMA, prefixed, row
from ..console import configured
from ..labels import LABELS
from .cells import Choice, to_json
from .reading import PACKED, Bad
from .sources import Batch

UNWRITABLE = (pa.ArrowException, ValueError, OverflowError, TypeError, RecursionError)  # what a value raises that the output cannot hold
COMPRESSION = "zstd"  # of Parquet: half the size of snappy on this text, and every reader of today knows it


class Job(NamedTuple):
    """What every batch of a run is done with."""

    choice: Choice
    prefix: str
    without: tuple[str, ...]
    rules: tuple[str, ...]
    own: pa.Schema | None  # the columns of the input, if the output is Parquet
    ending: str  # of the parts: ".parquet", ".jsonl", ".jsonl.gz" or ".jsonl.zst"
    parts: str  # the folder of the parts
    tallies: str  # the folder of their rejects and tallies


class Tally(NamedTuple):
    """What became of some documents."""

    documents: int
    rejected: int
    bodiless: int  # cleaned, but without a body
    characters: dict[str, int]  # by label; together all characters of all texts that were cleaned

    def __add__(self, more: object) -> "Tally":
        """The tally of both."""
        if not isinstance(more, Tally):
            return NotImplemented
        characters = {label: self.characters.get(label, 0) + more.characters.get(label, 0) for label in LABELS}
        return Tally(self.documents + more.documents, self.rejected + more.rejected, self.bodiless + more.bodiless, characters)


NOTHING = Tally(0, 0, 0, dict.fromkeys(LABELS, 0))


def part(job: Job, number: int, kind: str = "") -> Path:
    """The path of a part, or of its ``kind``: ".rejects" or ".tally"."""
    return Path(job.tallies if kind else job.parts, f"part-{number:07}{kind or job.ending}")


def finished(job: Job, number: int) -> Tally | None:
    """The tally of a part that is whole, or None."""
    try:
        tally = Tally(**json.loads(part(job, number, ".tally").read_bytes()))
    except FileNotFoundError:
        return None
    return tally if part(job, number).exists() else None


def work(job: Job, number: int, batch: Batch) -> tuple[Tally, float]:
    """Clean a batch and write its part. Gives the tally, and the seconds that cleaning alone took."""
    seconds = 0.0
    pipeline = pipeline_of(job.without, job.rules)
    rejects: dict[int, str] = {}
    articles: dict[int, Article] = {}
    cleaned: dict[int, dict[str, object]] = {}
    for at, text in enumerate(batch.source.texts(batch, job.choice)):
        if isinstance(text, Bad):
            rejects[at] = str(text)
            continue
        begun = time.perf_counter()
        try:
            articles[at] = pipeline(text.text, url=text.url, publisher=text.publisher)
            cleaned[at] = row(articles[at])
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one document, the run goes on.
            rejects[at] = f"could not be cleaned ({str(error) or type(error).__name__})"
        seconds += time.perf_counter() - begun
    with whole(part(job, number)) as path:
        rejects |= (write_lines if job.own is None else write_table)(job, batch, cleaned, path)
    tally = tally_of([article for at, article in articles.items() if at not in rejects], len(batch.where), len(rejects))
    with whole(part(job, number, ".rejects")) as path:
        path.write_bytes(b"".join(reject(*batch.where[at], rejects[at]) for at in sorted(rejects)))
    with whole(part(job, number, ".tally")) as path:
        path.write_text(to_json(tally._asdict()), "utf-8")
    return tally, seconds


@cache
def pipeline_of(without: tuple[str, ...], rules: tuple[str, ...]) -> Pipeline:
    """The pipeline of a run; a worker makes it once."""
    return configured(without, rules)


def tally_of(articles: Sequence[Article], documents: int, rejected: int) -> Tally:
    """The tally of the articles of a batch of so many documents."""
    characters: Counter[str] = Counter()
    for article in articles:
        for span in article.spans:
            characters[span.label] += len(span.text)
    return Tally(documents, rejected, sum(not article.body for article in articles), {label: characters[label] for label in LABELS})


def write_table(job: Job, batch: Batch, cleaned: dict[int, dict[str, object]], path: Path) -> dict[int, str]:
    """Write the rows as Parquet. Gives what is wrong with those that Parquet cannot hold."""
    schema = schema_of(job)

    def table(chosen: Sequence[int]) -> pa.Table:
        if not chosen:
            return schema.empty_table()
        kept = batch.source.table(batch, chosen, job.own, job.choice)
        new = [pa.array([cleaned[at][name] for at in chosen], field.type) for name, field in zip(NAMES, SCHEMA, strict=True)]
        return pa.table([*kept.columns, *new], schema)

    rejects = {}
    try:
        rows = table(list(cleaned))
    except UNWRITABLE:
        for at in cleaned:
            try:
                table([at])
            except UNWRITABLE as error:
                rejects[at] = f"does not fit into the columns of the output ({reason(error)})"
        rows = table([at for at in cleaned if at not in rejects])
    with path.open("wb") as file:  # Python says what is wrong with a disk in better words than pyarrow.
        pq.write_table(rows, file, compression=COMPRESSION)
    return rejects


def schema_of(job: Job) -> pa.Schema:
    """The columns of a Parquet output: those of the input, and the new ones."""
    assert job.own is not None  # noqa: S101 - Only an output of JSON Lines knows no columns.
    return pa.schema([*job.own, *prefixed(job.prefix)], job.own.metadata)


def write_lines(job: Job, batch: Batch, cleaned: dict[int, dict[str, object]], path: Path) -> dict[int, str]:
    """Write the rows as JSON Lines, the new fields behind the record. Gives what is wrong with those that cannot be written."""
    rejects = {}
    lines = []
    for at, new in cleaned.items():
        try:
            record = batch.source.record(batch, at, job.choice)
            names = json.loads(record)
        except UNWRITABLE as error:
            rejects[at] = f"cannot be written as JSON ({reason(error)})"
            continue
        taken = next((job.prefix + name for name in new if job.prefix + name in names), None)
        if taken:
            rejects[at] = f"has a field {taken!r} already, which is not overwritten; choose another --prefix"
            continue
        added = to_json({job.prefix + name: value for name, value in new.items()})
        lines.append(f"{record.removesuffix('}').rstrip()}, {added[1:]}\n")
    compression = PACKED.get(Path(job.ending).suffix)
    data = "".join(lines).encode("utf-8", "backslashreplace")  # Half a surrogate pair is written the way JSON escapes it.
    with path.open("wb") as file:
        if compression:
            with pa.CompressedOutputStream(file, compression) as stream:
                stream.write(data)
        else:
            file.write(data)
    return rejects


def reason(error: Exception) -> str:
    """Why a row cannot be written."""
    if isinstance(error, UnicodeEncodeError):
        return "it holds half a surrogate pair, which is no character"
    return str(error).partition("\n")[0]


def reject(file: str, row: int | None, reason: str) -> bytes:
    """A line of the rejects; no row stands for a whole file, or the rest of one."""
    return (to_json({"file": file, "row": row, "reason": reason}) + "\n").encode("utf-8", "backslashreplace")


@contextmanager
def whole(path: Path, within: Path | None = None) -> Iterator[Path]:
    """A path to write to, beside the given one or within a folder: it is renamed to it when everything is written, and is gone when writing fails."""
    beside = (within or path.parent) / f".{path.name}.{os.getpid()}.unfinished"
    try:
        yield beside
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
