"""What a run of `cleaner batch` writes: workers make shards of it, and the shards become the output.

    batch ── texts ──▶ articles ──▶ part-0000007.parquet   the rows that were cleaned
                └── rejects ──────▶ part-0000007.tally     what became of all rows, written last

A shard is whole or not there, and the same rows always make the same shard: so a run can be taken up again.
Texts by themselves, a file a document, get their names when all shards are there: only then is it known which
names are taken.
"""

import json
import os
import re
import shutil
import time
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import nullcontext, suppress
from filecmp import cmp, cmpfiles
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeAlias

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from .. import Pipeline, __version__
from ..arrow import NAMES, prefixed, row
from ..article import PARTS
from ..console import Unusable, whole
from ..records import Bad, Text, cleaned
from ..tally import Tally
from ..workers import in_order
from .reading import PACKED, Batch, Choice, Place, column, encoded, to_json

ENDINGS = (".parquet", ".jsonl.gz", ".jsonl.zst", ".jsonl", ".csv")
FORMS = ("parquet", "jsonl", "csv", "txt")  # of the shards in a folder; txt is a file for each document
BESIDE = ("{}.rejects.jsonl", "{}.unfinished", ".{}.finished")
COMPRESSION = "zstd"  # of Parquet: half the size of snappy on this text, and every reader of today knows it
ROW_GROUP = 64_000_000  # bytes of rows, unpacked, that a row group of a joined file has, and the memory holds
LONGEST_NAME = 235  # bytes of a name, of the 255 that a file may have: a number and ".txt" come behind it
# What a value raises that the output cannot hold.
UNWRITABLE = (pa.ArrowException, ValueError, OverflowError, TypeError, RecursionError)
Rows: TypeAlias = dict[int, dict[str, Any]]  # the new columns of the rows that were cleaned


class Job(NamedTuple):
    """What a run writes, and where."""

    path: Path  # one file, or a folder of shards
    folder: bool
    ending: str  # of the output and of its shards: one of `ENDINGS`, or .txt for a folder of texts
    rejects: Path  # the file of the rejects
    unfinished: Path  # the folder that a run works in, until its output is whole
    remains: Path  # what that folder is called while it is being removed: nobody goes on with it then
    prefix: str
    parts: tuple[str, ...]  # of the article that become new columns, some of `NAMES`
    plain: bool  # whether the body is written as `Article.plain` does
    source: bool  # whether the columns of the source come back
    without: tuple[str, ...]
    rules: tuple[str, ...]
    strip: bool  # the dateline out of the body
    summary: tuple[Path, ...]  # one file or none
    schema: pa.Schema | None = None  # all columns, if the output is Parquet or CSV

    @property
    def new(self) -> pa.Schema:
        """The new columns, in their types."""
        return prefixed(self.prefix, self.parts)

    def places(self, number: int) -> tuple[Path, Path]:
        """Where a shard and its tally stand."""
        shards, name = self.path if self.folder else self.unfinished, f"part-{number:07}"
        return shards / f"{name}{self.ending}", self.unfinished / f"{name}.tally"

    def done(self, number: int) -> tuple[Tally, list[dict[str, Any]]] | None:
        """What a batch came to, and its rejects, if its shard is whole."""
        shard, beside = self.places(number)
        with suppress(FileNotFoundError):
            size, tally, rejects = json.loads(beside.read_bytes())
            if shard.stat().st_size == size:
                return Tally.from_dict(tally), rejects
        return None


def job_of(options: Namespace) -> Job:
    """What the options ask for. Raises `Unusable` where nothing can be written there, or no form is told."""
    given = options.output
    path = Path(os.path.normpath(given))
    path = path.absolute().resolve() if path.name in ("", "..") else path
    if not path.name:
        raise Unusable(f"{given}: this is no place for an output; name a file or a folder")
    ending = next((ending for ending in ENDINGS if path.name.lower().endswith(ending)), "")
    folder = given.endswith((os.sep, "/")) or path.is_dir() or bool(options.format and not ending)
    if options.format and not folder:
        raise Unusable(f"{given}: the ending says the form; --format goes with a folder, which ends in /")
    ending = f".{options.format}" if options.format else ending
    if not ending and not folder:
        known = ", ".join(ENDINGS)
        raise Unusable(f"{given}: name the output {known}, or end it in / for a folder of shards")
    if not path.parent.is_dir():
        raise Unusable(f"{given}: there is no folder {path.parent}; make it, or name another output")
    rejects, unfinished, remains = (path.with_name(name.format(path.name)) for name in BESIDE)
    summary = [Path(options.summary)] if options.summary else []
    for name in summary:
        place, taken = name.resolve(), {other.resolve() for other in (path, rejects, unfinished)}
        if place.is_dir() or not place.parent.is_dir() or taken & {place, *place.parents}:
            advice = "name a file in a folder that exists"
            raise Unusable(f"{name}: the summary cannot be written there; {advice}")
        if place.exists() and not options.resume:
            raise Unusable(f"{name} is there already; remove it, or name another summary")
    parts = options.parts or (["body"] if ending == ".txt" else NAMES)
    if ending == ".txt" and (lists := [part for part in parts if part not in PARTS]):
        raise Unusable(f"{lists[0]} is a list, and no text; texts can have the parts {', '.join(PARTS)}")
    places = path, folder and ending != ".txt", ending or ENDINGS[0], rejects, unfinished, remains
    chosen = options.prefix, tuple(parts), options.plain, not options.no_source
    how = tuple(options.without), tuple(options.rules), options.strip_dateline
    return Job(*places, *chosen, *how, tuple(summary))


def begin(job: Job, choice: Choice, paths: Sequence[str], *, resume: bool) -> bool:
    """Make the folder to work in, or take up that of an earlier run. Gives whether there is work to do.

    Raises `Unusable` where something is in the way, or where the earlier run was not the same.
    """
    left, marker = job.unfinished, job.unfinished / "plan.json"
    stats = [(path, Path(path).stat()) for path in paths if Path(path).exists()]
    plan = encoded({
        "version": __version__,
        "inputs": [[path, stat.st_size, stat.st_mtime_ns] for path, stat in stats],
        "options": [choice, job.folder, job.ending, job.prefix, job.parts, job.source],
        "cleaning": [job.without, job.strip, job.plain],
        "rules": [sha256(Path(path).read_bytes()).hexdigest() for path in job.rules],
    })
    if job.remains.exists():
        shutil.rmtree(job.remains)
    there = [path for path in (job.path, job.rejects) if path.exists()]
    there = [path for path in there if not path.is_dir() or any(path.iterdir())]
    if left.exists():
        if not resume:
            advice = "--resume goes on with it, or remove it"
            raise Unusable(f"{left} is left of a run that was stopped; {advice}")
        if marker.exists() and marker.read_bytes() != plan:
            other = "the inputs or the options are not those of the run that was stopped"
            raise Unusable(f"{other}; give those, from the same folder, or remove {left}")
    elif resume and job.path in there:
        return False
    elif there:
        raise Unusable(f"{there[0]} is there already; remove it, or name another output")
    for folder in (left, job.path if job.folder else left):
        folder.mkdir(exist_ok=True)
        for path in folder.glob(".*.unfinished"):
            path.unlink()
    with whole(marker) as path:
        path.write_bytes(plan)
    return True


def worked(
    job: Job, pipeline: Pipeline, batches: Iterable[Batch], workers: int
) -> Iterator[tuple[int, float | None]]:
    """See to all shards, in order. Gives how far each batch reaches, and the seconds of cleaning, if any."""
    # Of a shard that is there, only the place where its batch ends is handed on.
    missing = ((at, batch.position if job.done(at) else batch) for at, batch in enumerate(batches))
    try:
        # Processes are started anew and not forked: pyarrow has threads of its own, which a fork would lose.
        yield from in_order(partial(work, job, pipeline), missing, workers, "spawn")
    except BrokenExecutor:
        advice = "--resume goes on, and fewer --workers take less"
        raise Unusable(f"a worker was killed, perhaps for want of memory; {advice}") from None


def work(job: Job, pipeline: Pipeline, missing: tuple[int, Batch | int]) -> tuple[int, float | None]:
    """Clean a batch, and write its shard and its tally. Gives what `worked` does."""
    number, batch = missing
    if isinstance(batch, int):
        return batch, None
    begun = time.perf_counter()
    texts = list(batch.texts())
    made = [cleaned(pipeline, text) for text in texts]
    rows: Rows = {}
    for at, article in enumerate(made):
        if not isinstance(article, Bad):
            plain = {"body": article.plain()} if job.plain and "body" in job.parts else {}
            rows[at] = row(article, job.parts) | plain
    seconds = time.perf_counter() - begun
    shard, beside = job.places(number)
    with whole(shard) as path:
        if job.ending == ".txt":
            named = ((name_of(texts[at], batch.where[at]), list(new.values())) for at, new in rows.items())
            path.write_bytes(b"".join(map(encoded, named)))
        else:
            for at, why in (write_table if job.schema else write_lines)(job, batch, rows, path).items():
                made[at] = Bad(why)
    tally, found = Tally(), []
    for (file, line), article in zip(batch.where, made, strict=True):
        if isinstance(article, Bad):
            found.append({"file": file, "row": line, "reason": article})
        else:
            tally.add(article)
    with whole(beside) as path:
        path.write_bytes(encoded([shard.stat().st_size, tally.to_dict(), found]))
    return batch.position, seconds


def write_table(job: Job, batch: Batch, rows: Rows, path: Path) -> dict[int, str]:
    """Write the rows as Parquet or CSV. Gives what is wrong with those that the columns cannot hold."""
    schema: pa.Schema = job.schema
    own, rejects = list(schema)[: -len(job.parts)], {}
    new = list(zip(job.parts, list(schema)[-len(job.parts) :], strict=True))

    def table(chosen: Sequence[int]) -> pa.Table:
        added = [column(field, [rows[at][part] for at in chosen]) for part, field in new]
        return pa.table([*(batch.columns(chosen, own) if own else ()), *added], schema)

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
        if job.ending == ".csv":
            write_csv(written, file, header=job.folder)
        else:
            pq.write_table(written, file, compression=COMPRESSION)
    return rejects


def write_csv(table: pa.Table, file: BinaryIO, *, header: bool) -> None:
    """Write a table as CSV. Texts stand in quotes; a cell without any is null."""
    pa.csv.write_csv(table, file, pa.csv.WriteOptions(include_header=header))


def write_lines(job: Job, batch: Batch, rows: Rows, path: Path) -> dict[int, str]:
    """Write the rows as JSON Lines, the new fields behind the record. Gives what is wrong with the others."""
    rejects, lines = {}, []
    for at, new in rows.items():
        added = {job.prefix + name: value for name, value in new.items()}
        try:
            names, record = batch.record(at) if job.source else ((), "{}")
        except UNWRITABLE as error:
            rejects[at] = f"cannot be written as JSON ({reason(error)})"
            continue
        if taken := [name for name in added if name in names]:
            why = f"has a field {taken[0]!r} already, which is not overwritten"
            rejects[at] = f"{why}; choose another --prefix"
        else:
            record = record.removesuffix("}").rstrip()
            lines.append(f"{record}{', ' if names else ''}{to_json(added)[1:]}\n")
    compression = PACKED.get(Path(job.ending).suffix)
    pack = partial(pa.CompressedOutputStream, compression=compression) if compression else nullcontext
    with path.open("wb") as file, pack(file) as stream:
        stream.write("".join(lines).encode("utf-8", "backslashreplace"))
    return rejects


def reason(error: Exception) -> str:
    """Why a row cannot be written."""
    half = "it holds half a surrogate pair, which is no character"
    return half if isinstance(error, UnicodeEncodeError) else str(error).partition("\n")[0]


def finish(job: Job, shards: int) -> list[str]:
    """Put the rejects and the output into their places, unless something else has come to stand there.

    Gives the names of texts that got a number, since another text has the same name.
    """
    rejects, joined = job.unfinished / "rejects", job.unfinished / "joined"
    places = {rejects: job.rejects} if rejects.stat().st_size else {}
    parts, numbered = [job.places(number)[0] for number in range(shards)], []
    if job.ending == ".txt":
        numbered = write_texts(parts, joined)
        places[joined] = job.path
    elif not job.folder:
        join(parts, joined, job)
        places[joined] = job.path
    for made, path in places.items():
        if not path.exists() or path.is_dir() and not any(path.iterdir()):
            made.replace(path)
        elif not same(made, path):
            raise Unusable(f"{path} is there already; remove it, then go on with --resume")
    return numbered


def same(made: Path, path: Path) -> bool:
    """Whether two files, or the files in two folders, have the same bytes: an earlier try went so far."""
    if not made.is_dir():
        return cmp(made, path, shallow=False)
    names = os.listdir(made)  # noqa: PTH208 - the names are wanted.
    there = sorted(os.listdir(path)) if path.is_dir() else None  # noqa: PTH208
    return sorted(names) == there and cmpfiles(made, path, names, shallow=False)[0] == names


def name_of(text: Text | Bad, place: Place) -> str:
    """What the text of a row is called as a file: its id, or else the name of its own file, with the row."""
    file, number = place
    stem, known = Path(file).stem, "" if isinstance(text, Bad) else safe(text.id)
    own = stem if file.lower().endswith(".txt") else f"{stem.partition('.')[0]}-{number}"
    return known or safe(own) or f"row-{number}"


def safe(name: str) -> str:
    """A name that every system takes for a file, without ".txt": letters, digits, dots and dashes."""
    kept = re.sub(r"[^\w.-]+", "-", name).encode("utf-8", "ignore")
    return kept[-LONGEST_NAME:].decode("utf-8", "ignore").strip("-.")


def write_texts(shards: Sequence[Path], folder: Path) -> list[str]:
    """A folder with a file for each text. Gives the names that got a number: another text has theirs."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    taken: dict[str, int] = {}  # by names without case, which some systems do not tell: the last number
    numbered = []
    for shard in shards:
        with shard.open("rb") as lines:
            for name, parts in map(json.loads, lines):
                free = name
                while free.casefold() in taken:
                    taken[name.casefold()] += 1
                    free = f"{name}-{taken[name.casefold()]}"
                taken[free.casefold()] = 1
                numbered += [f"{free}.txt"] if free != name else []
                text = "\n\n".join(filter(None, parts)) + "\n" * any(parts)
                (folder / f"{free}.txt").write_bytes(text.encode("utf-8", "backslashreplace"))
    return numbered


def join(parts: Sequence[Path], joined: Path, job: Job) -> None:
    """One file of all shards: lines follow one another, packed ones too, and tables get larger row groups."""
    schema = job.schema
    with whole(joined) as path, path.open("wb") as file:
        if not schema or job.ending == ".csv":
            if schema:
                write_csv(schema.empty_table(), file, header=True)
            file.writelines(part.read_bytes() for part in parts)
            return
        group: list[pa.Table] = []
        with pq.ParquetWriter(file, schema, compression=COMPRESSION) as writer:
            for part in parts:
                group.append(pq.read_table(part, partitioning=None).cast(schema))
                if part == parts[-1] or sum(table.nbytes for table in group) >= ROW_GROUP:
                    writer.write_table(pa.concat_tables(group))
                    group = []
