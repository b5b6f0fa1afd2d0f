"""Where a run of `cleaner batch` writes, and how its parts become the output."""

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from ..console import Unusable
from .part import COMPRESSION, Job, part, reject, schema_of, whole

ENDINGS = (".parquet", ".jsonl.gz", ".jsonl.zst", ".jsonl")
ROW_GROUP = 64_000_000  # bytes of rows, unpacked, that a row group of a joined Parquet file reaches: what is held in memory while it is joined


class Output(NamedTuple):
    """One file, or a folder of shards, with what stands beside it."""

    path: Path
    folder: bool
    ending: str

    @property
    def rejects(self) -> Path:
        """The file of the rejects."""
        return self.path.with_name(self.path.name + ".rejects.jsonl")

    @property
    def unfinished(self) -> Path:
        """The folder that a run works in, until its output is whole."""
        return self.path.with_name(self.path.name + ".unfinished")

    @property
    def remains(self) -> Path:
        """What that folder is called while it is being removed."""
        return self.path.with_name(f".{self.path.name}.finished")

    @property
    def parts(self) -> Path:
        """The folder that parts are written to."""
        return self.path if self.folder else self.unfinished


def output(given: str) -> Output:
    """The output of that name. Raises `Unusable` where its form cannot be told, or where it cannot be."""
    path = Path(os.path.normpath(given))
    if path.name in ("", ".."):
        path = path.absolute().resolve()
    if not path.name:
        raise Unusable(f"{given}: this is no place for an output; name a file or a folder")
    folder = given.endswith((os.sep, "/")) or path.is_dir()
    ending = next((ending for ending in ENDINGS if path.name.lower().endswith(ending)), ".parquet" if folder else "")
    if not ending:
        raise Unusable(f"{given}: name the output {', '.join(ENDINGS)}, or end it in / for a folder of shards")
    if not path.parent.is_dir():
        raise Unusable(f"{given}: there is no folder {path.parent}; make it, or name another output")
    return Output(path, folder, ending)


def begin(output: Output, plan: Mapping[str, object], *, resume: bool) -> bool:
    """Make the folder to work in, or take up the one of an earlier run. Gives whether there is anything to do.

    Raises `Unusable` where something is in the way, or where the earlier run was another one.
    """
    if output.remains.exists():
        shutil.rmtree(output.remains)
    there = [path for path in (output.path, output.rejects) if path.exists() and not (path.is_dir() and not any(path.iterdir()))]
    if output.unfinished.exists():
        if not resume:
            raise Unusable(f"{output.unfinished} is left of a run that was stopped; --resume goes on with it, or remove it")
        try:
            before = json.loads((output.unfinished / "plan.json").read_bytes())
        except (OSError, ValueError):  # The run was stopped before it began.
            before = plan
        if before != json.loads(json.dumps(plan)):
            raise Unusable(f"the inputs or the options are not those of the run that was stopped; give those, from the same folder, or remove {output.unfinished}")
    elif there and resume and output.path in there:
        return False
    elif there:
        raise Unusable(f"{there[0]} is there already; remove it, or name another output")
    try:
        for folder in (output.unfinished, output.parts):
            folder.mkdir(exist_ok=True)
            for left in folder.glob(".*.unfinished"):
                left.unlink()
        with whole(output.unfinished / "plan.json") as path:
            path.write_text(json.dumps(plan), "utf-8")
    except OSError as error:
        with suppress(OSError):
            output.unfinished.rmdir()  # if nothing is in it yet
        raise Unusable(f"{error.filename or output.path}: it cannot be written ({error.strerror}); name another output") from None
    return True


def finish(output: Output, job: Job, parts: int, unreadable: Mapping[str, str]) -> None:
    """Put the rejects and the output into their places."""
    with whole(output.rejects, output.unfinished) as path, path.open("wb") as file:
        file.writelines(part(job, number, ".rejects").read_bytes() for number in range(parts))
        file.writelines(reject(name, None, reason) for name, reason in unreadable.items())
    if not output.rejects.stat().st_size:
        output.rejects.unlink()
    if not output.folder:
        with whole(output.path, output.unfinished) as path:
            (join_lines if job.own is None else join_tables)(job, parts, path)


def clear(output: Output) -> None:
    """Remove the folder that was worked in, which is no more one to go on with from the first moment."""
    output.unfinished.rename(output.remains)
    shutil.rmtree(output.remains)


def broken(output: Output) -> tuple[bool, bool]:
    """Whether an output that is whole has rejects, and whether there were files among them that could not be read."""
    if not output.rejects.exists():
        return False, False
    return True, any(json.loads(line)["row"] is None for line in output.rejects.read_bytes().splitlines())


def join_lines(job: Job, parts: int, path: Path) -> None:
    """One file of all parts: packed ones too may simply follow one another."""
    with path.open("wb") as file:
        for number in range(parts):
            with part(job, number).open("rb") as piece:
                shutil.copyfileobj(piece, file)


def join_tables(job: Job, parts: int, path: Path) -> None:
    """One Parquet file of all parts, in larger row groups."""
    schema = schema_of(job)
    with path.open("wb") as file, pq.ParquetWriter(file, schema, compression=COMPRESSION) as writer:
        group: list[pa.Table] = []
        for number in range(parts):
            group.append(pq.read_table(part(job, number), partitioning=None).cast(schema))
            if sum(table.nbytes for table in group) >= ROW_GROUP:
                writer.write_table(pa.concat_tables(group))
                group = []
        if group:
            writer.write_table(pa.concat_tables(group))
