"""Where a run of `cleaner batch` writes, how it is taken up again, and how its shards become the output."""

import json
import os
import shutil
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from filecmp import cmp
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from .. import __version__
from ..console import Unusable, whole
from ..tally import Tally
from .rows import Choice, encoded

ENDINGS = (".parquet", ".jsonl.gz", ".jsonl.zst", ".jsonl")
BESIDE = ("{}.rejects.jsonl", "{}.unfinished", ".{}.finished")
COMPRESSION = "zstd"  # of Parquet: half the size of snappy on this text, and every reader of today knows it
ROW_GROUP = 64_000_000  # bytes of rows, unpacked, that a row group of a joined file has, and the memory holds


class Job(NamedTuple):
    """What a run writes, and where."""

    path: Path  # one file, or a folder of shards
    folder: bool
    ending: str  # of the output and of its shards: one of `ENDINGS`
    rejects: Path  # the file of the rejects
    unfinished: Path  # the folder that a run works in, until its output is whole
    remains: Path  # what that folder is called while it is being removed: nobody goes on with it then
    prefix: str
    without: tuple[str, ...]
    rules: tuple[str, ...]
    summary: tuple[Path, ...]  # one file or none
    schema: pa.Schema | None = None  # all columns, if the output is Parquet

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
    folder = given.endswith((os.sep, "/")) or path.is_dir()
    ending = next((ending for ending in ENDINGS if path.name.lower().endswith(ending)), "")
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
    places = path, folder, ending or ENDINGS[0], rejects, unfinished, remains
    return Job(*places, options.prefix, *map(tuple, (options.without, options.rules, summary)))


def begin(job: Job, choice: Choice, paths: Sequence[str], *, resume: bool) -> bool:
    """Make the folder to work in, or take up that of an earlier run. Gives whether there is work to do.

    Raises `Unusable` where something is in the way, or where the earlier run was not the same.
    """
    left, marker = job.unfinished, job.unfinished / "plan.json"
    stats = [(path, Path(path).stat()) for path in paths if Path(path).exists()]
    plan = encoded({
        "version": __version__,
        "inputs": [[path, stat.st_size, stat.st_mtime_ns] for path, stat in stats],
        "options": [choice, job.folder, job.ending, job.prefix, job.without],
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
    try:
        for folder in (left, job.path if job.folder else left):
            folder.mkdir(exist_ok=True)
            for path in folder.glob(".*.unfinished"):
                path.unlink()
        with whole(marker) as path:
            path.write_bytes(plan)
    except OSError as error:
        where = error.filename or job.path
        raise Unusable(f"{where}: it cannot be written ({error.strerror}); name another output") from None
    return True


def finish(job: Job, shards: int) -> None:
    """Put the rejects and the output into their places, unless another file has come to stand there."""
    rejects, joined = job.unfinished / "rejects", job.unfinished / "joined"
    places = {rejects: job.rejects} if rejects.stat().st_size else {}
    if not job.folder:
        with whole(joined) as path, path.open("wb") as file:
            join(job, shards, file)
        places[joined] = job.path
    for made, path in places.items():
        if path.exists() and not cmp(made, path, shallow=False):
            raise Unusable(f"{path} is there already; remove it, then go on with --resume")
        made.replace(path)


def join(job: Job, shards: int, file: BinaryIO) -> None:
    """One file of all shards: lines follow one another, packed ones too, and tables get larger row groups."""
    parts = [job.places(number)[0] for number in range(shards)]
    if not job.schema:
        for part in parts:
            with part.open("rb") as shard:
                shutil.copyfileobj(shard, file)
        return
    with pq.ParquetWriter(file, job.schema, compression=COMPRESSION) as writer:
        group: list[pa.Table] = []
        for part in parts:
            group.append(pq.read_table(part, partitioning=None).cast(job.schema))
            if part == parts[-1] or sum(table.nbytes for table in group) >= ROW_GROUP:
                writer.write_table(pa.concat_tables(group))
                group = []
