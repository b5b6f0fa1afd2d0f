"""The command line of `cleaner batch`."""

import json
import shutil
import time
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from .. import Pipeline
from ..arrow import NAMES, PREFIX
from ..console import FOUND, INTERRUPTED, NONE, UNUSABLE, Parser, Unusable, complain, configured, whole
from ..labels import FURNITURE, LABELS
from ..tally import Row, Tally
from .output import FORMS, Job, begin, finish, job_of, worked
from .plan import SMALL, Plan, choice_of, files, natural, parser_of, plan
from .progress import State, progress
from .reading import encoded, size

# Rows of a batch. Below so many bytes of inputs, batches are small, so that all workers have something to do;
# the number of workers is not asked, or each would write other shards.
LARGE, MANY = 1_000, 50_000_000


@dataclass
class Run(State):
    """How far a run is, and in the end what it came to."""

    workers: int = 1
    tally: Tally = field(default_factory=Tally)
    cleaning: float = 0.0  # seconds, over all workers, that went into cleaning itself

    def summary(self) -> dict[str, Any]:
        """What it came to, ready for JSON."""
        tally, seconds = self.tally, max(self.seconds, 0.001)
        return {
            "documents": self.documents,
            "cleaned": tally.documents,
            "rejected": self.rejected,
            "without_body": tally.without_body,
            "characters": {label: tally.labels.get(label, Row()).characters for label in LABELS},
            "characters_kept": tally.kept,
            "characters_removed": tally.characters - tally.kept,
            "seconds": round(seconds, 3),
            "documents_per_second": round(self.fresh / seconds, 1),
            "workers": self.workers,
            "share_of_time_in_cleaning": round(self.cleaning / (seconds * self.workers), 3),
        }


def run(options: Namespace) -> int:
    """Do what the options ask for, and give the exit status. Raises `Unusable`."""
    begun = time.monotonic()
    if not options.inputs or not options.output:
        raise Unusable("batch needs inputs and an output, as in: cleaner batch news.jsonl -o clean.parquet")
    job = job_of(options)
    # What is wrong with these is said before anything is written.
    pipeline = configured(options.without, options.rules, options.strip_dateline)
    paths = files(options.inputs, job.path, job.unfinished, job.rejects, *job.summary)
    if not options.batch_size:
        small = sum(size((path,)) for path in paths) < MANY
        options.batch_size = SMALL if small else LARGE
    planned = plan(paths, choice_of(options), job.new.names if job.source else ())
    if job.ending in (".parquet", ".csv"):
        job = job._replace(schema=planned.schema(job.new) if job.source else job.new)
    if job.schema and job.ending == ".csv":
        job = job._replace(schema=pa.schema([(name, pa.string()) for name in job.schema.names]))
    state = Run(sum(map(size, planned.sources)), workers=options.workers)
    try:
        if not begin(job, planned.choice, paths, resume=options.resume):
            if not options.quiet:
                left = "from a run that was not stopped, and is left as it is"
                complain(f"{job.path} is there already, {left}")
            with suppress(FileNotFoundError), job.rejects.open("rb") as rejects:  # The status is as it was.
                return UNUSABLE if any(json.loads(line)["row"] is None for line in rejects) else NONE
            return FOUND
        with progress(quiet=options.quiet) as show:
            shards = work_off(job, pipeline, planned, state, show)
        numbered = finish(job, shards)
        state.seconds = time.monotonic() - begun
        report = {"output": str(job.path), "files": len(paths), "unreadable": len(planned.unreadable)}
        report |= state.summary() | ({"numbered": numbered} if numbered else {})
        for summary in job.summary:
            with whole(summary) as path:
                path.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
        job.unfinished.rename(job.remains)
        shutil.rmtree(job.remains)
    except KeyboardInterrupt:
        complain("stopped; the same command with --resume goes on")
        return INTERRUPTED
    except OSError as error:
        where = f"{error.filename or job.path}: it cannot be written ({error.strerror})"
        raise Unusable(f"{where}; make room, then go on with --resume, or name another output") from None
    except MemoryError:
        raise Unusable("the memory is full; go on with --resume, and with fewer --workers") from None
    if not options.quiet:
        for sentence in told(report, job.rejects):
            complain(sentence)
    return UNUSABLE if planned.unreadable else NONE if state.rejected else FOUND


def parser() -> Parser:
    """The options that there are."""
    parser = parser_of("cleaner batch")
    parser.add_argument("-o", "--output")
    parser.add_argument("--format", choices=FORMS)
    parser.add_argument("--parts", type=parts)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--no-source", action="store_true")
    parser.add_argument("--prefix", default=PREFIX)
    parser.add_argument("--batch-size", type=natural, default=None)  # as the inputs are
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--summary")
    return parser


def parts(names: str) -> list[str]:
    """Names of parts, between commas, each once."""
    found = list(dict.fromkeys(name.strip() for name in names.split(",")))
    if unknown := [name for name in found if name not in NAMES]:
        raise ArgumentTypeError(f"{unknown[0]!r} is no part; the parts are: {', '.join(NAMES)}")
    return found


def work_off(job: Job, pipeline: Pipeline, plan: Plan, state: Run, show: Callable[[State], None]) -> int:
    """Make all shards that are not there yet, and put down the rejects. Gives how many shards there are."""
    begun, number = time.monotonic(), -1
    with whole(job.unfinished / "rejects") as path, path.open("wb") as rejects:
        for number, (read, seconds) in enumerate(worked(job, pipeline, plan.batches(), state.workers)):
            done = job.done(number)
            if not done:
                raise Unusable(f"{job.places(number)[0]} was changed meanwhile; go on with --resume")
            tally, bad = done
            rejects.writelines(map(encoded, bad))
            state.tally += tally
            state.documents += tally.documents + len(bad)
            state.rejected += len(bad)
            state.read, state.seconds = min(read, state.size), time.monotonic() - begun
            if seconds is None:
                state.skipped = read
            else:
                state.fresh += tally.documents + len(bad)
                state.cleaning += seconds
            show(state)
        # Files that cannot be read, or the rest of one, have no row.
        bad = [{"file": file, "row": None, "reason": reason} for file, reason in plan.unreadable.items()]
        rejects.writelines(map(encoded, bad))
    return number + 1


def told(s: Mapping[str, Any], rejects: Path) -> Iterator[str]:
    """The summary in sentences."""
    bodiless = f" ({s['without_body']:,} without a body)" if s["without_body"] else ""
    unreadable = f", {s['unreadable']:,} of them unreadable" if s["unreadable"] else ""
    where = f"; the reasons are in {rejects}" if s["rejected"] or s["unreadable"] else ""
    became = f"{s['cleaned']:,} cleaned{bodiless}, {s['rejected']:,} rejected{where}"
    yield f"{s['documents']:,} documents in {s['files']:,} files{unreadable}: {became}"
    if numbered := s.get("numbered"):
        many = "1 text has" if len(numbered) == 1 else f"{len(numbered):,} texts have"
        yield f"{many} a number behind the name, since another has the same name: {numbered[0]}"
    for kind in ("kept", "removed"):
        total, labels = s[f"characters_{kind}"], sorted(s["characters"].items(), key=lambda found: -found[1])
        share = total / max(s["characters_kept"] + s["characters_removed"], 1)
        parts = [f"{label} {n:,}" for label, n in labels if n and (label in FURNITURE) == (kind == "removed")]
        yield f"{total:,} characters {kind} ({share:.1%})" + (": " if parts else "") + ", ".join(parts)
    share = f"{s['share_of_time_in_cleaning']:.0%} of their time in cleaning"
    rate = f"{s['documents_per_second']:,} documents a second with {s['workers']} workers, {share}"
    yield f"{timedelta(seconds=round(s['seconds']))}, {rate}"
