"""Where a run of `cleaner batch` writes, how it is taken up again, and how its shards become the output."""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from filecmp import cmp
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from ..console import FOUND, NONE, UNUSABLE, Unusable, version
from .rows import Choice, to_json
from .shards import COMPRESSION, Job, encoded, whole

ENDINGS = (".parquet", ".jsonl.gz", ".jsonl.zst", ".jsonl")
BESIDE = ("{}.rejects.jsonl", "{}.unfinished", ".{}.finished")
ROW_GROUP = 64_000_000  # bytes of rows, unpacked, that a row group of a joined file has, and the memory holds


class Output(NamedTuple):
    """One file, or a folder of shards, with what stands beside it."""

    path: Path
    folder: bool
    ending: str
    rejects: Path  # the file of the rejects
    unfinished: Path  # the folder that a run works in, until its output is whole
    remains: Path  # what that folder is called while it is being removed


def output(given: str) -> Output:
    """The output of that name. Raises `Unusable` where its form cannot be told, or where it cannot be."""
    path = Path(os.path.normpath(given))
    path = path.absolute().resolve() if path.name in ("", "..") else path
    if not path.name:
        raise Unusable(f"{given}: this is no place for an output; name a file or a folder")
    folder = given.endswith((os.sep, "/")) or path.is_dir()
    endings = [ending for ending in ENDINGS if path.name.lower().endswith(ending)]
    if not endings and not folder:
        known = ", ".join(ENDINGS)
        raise Unusable(f"{given}: name the output {known}, or end it in / for a folder of shards")
    if not path.parent.is_dir():
        raise Unusable(f"{given}: there is no folder {path.parent}; make it, or name another output")
    rejects, unfinished, remains = (path.with_name(name.format(path.name)) for name in BESIDE)
    return Output(path, folder, endings[0] if endings else ".parquet", rejects, unfinished, remains)


def fingerprint(job: Job, choice: Choice, paths: Sequence[str]) -> dict[str, object]:
    """What has to be the same when a run is taken up again: program, files, and what shapes the output."""
    stats = [(path, Path(path).stat()) for path in paths if Path(path).exists()]
    return {
        "cleaner": version(),
        "inputs": [[path, stat.st_size, stat.st_mtime_ns] for path, stat in stats],
        "choice": choice,
        "output": [job.ending, job.shards != job.tallies, job.schema and job.schema.to_string()],
        "cleaning": [job.prefix, job.without],
        "rules": [sha256(Path(path).read_bytes()).hexdigest() for path in job.rules],
    }


def begin(output: Output, plan: Mapping[str, object], *, resume: bool) -> bool:
    """Make the folder to work in, or take up the one of an earlier run. Gives whether there is work to do.

    Raises `Unusable` where something is in the way, or where the earlier run was another one.
    """
    left, marker = output.unfinished, output.unfinished / "plan.json"
    there = [path for path in (output.path, output.rejects) if path.exists()]
    there = [path for path in there if not path.is_dir() or any(path.iterdir())]
    if output.remains.exists():
        shutil.rmtree(output.remains)
    if left.exists():
        if not resume:
            advice = "--resume goes on with it, or remove it"
            raise Unusable(f"{left} is left of a run that was stopped; {advice}")
        if marker.exists() and json.loads(marker.read_bytes()) != json.loads(to_json(plan)):
            other = "the inputs or the options are not those of the run that was stopped"
            raise Unusable(f"{other}; give those, from the same folder, or remove {left}")
    elif there:
        if resume and output.path in there:
            return False
        raise Unusable(f"{there[0]} is there already; remove it, or name another output")
    try:
        for folder in (left, output.path if output.folder else left):
            folder.mkdir(exist_ok=True)
            for path in folder.glob(".*.unfinished"):
                path.unlink()
        with whole(marker) as path:
            path.write_bytes(encoded(plan))
    except OSError as error:
        where = error.filename or output.path
        raise Unusable(f"{where}: it cannot be written ({error.strerror}); name another output") from None
    return True


def finish(output: Output, job: Job, shards: int) -> None:
    """Put the rejects and the output into their places."""
    rejects = output.unfinished / "rejects"
    if rejects.stat().st_size:
        place(rejects, output.rejects)
    if not output.folder:
        joined = output.unfinished / "joined"
        with whole(joined) as path, path.open("wb") as file:
            (join_tables if job.schema else join_lines)(job, shards, file)
        place(joined, output.path)


def place(made: Path, path: Path) -> None:
    """Put a file into its place, unless another has come to stand there since the run began."""
    if path.exists() and not cmp(made, path, shallow=False):
        raise Unusable(f"{path} is there already; remove it, then go on with --resume")
    made.replace(path)


def clear(output: Output) -> None:
    """Remove the folder that was worked in, which is no more one to go on with from the first moment."""
    output.unfinished.rename(output.remains)
    shutil.rmtree(output.remains)


def broken(output: Output) -> int:
    """The exit status of the run that made an output, by its rejects."""
    if not output.rejects.exists():
        return FOUND
    with output.rejects.open("rb") as file:
        return UNUSABLE if any(json.loads(line)["row"] is None for line in file) else NONE


def join_lines(job: Job, shards: int, file: BinaryIO) -> None:
    """One file of all shards: packed ones too may simply follow one another."""
    for number in range(shards):
        with job.places(number)[0].open("rb") as shard:
            shutil.copyfileobj(shard, file)


def join_tables(job: Job, shards: int, file: BinaryIO) -> None:
    """One Parquet file of all shards, in larger row groups."""
    with pq.ParquetWriter(file, job.schema, compression=COMPRESSION) as writer:
        group: list[pa.Table] = []
        for number in range(shards):
            group.append(pq.read_table(job.places(number)[0], partitioning=None).cast(job.schema))
            if number == shards - 1 or sum(table.nbytes for table in group) >= ROW_GROUP:
                writer.write_table(pa.concat_tables(group))
                group = []
