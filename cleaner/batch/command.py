"""The command line of `cleaner batch`."""

import json
import os
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..arrow import PREFIX
from ..console import FOUND, INTERRUPTED, NONE, UNUSABLE, Parser, Unusable, complain, configured, parsed, say, version
from ..labels import FURNITURE, LABELS
from .options import choice_of, count, hints, reading
from .output import Output, begin, broken, clear, finish, output
from .part import Job, whole
from .plan import Plan, files, plan, weight
from .progress import duration, progress
from .run import Result, run
from .sources import JSON_LINES, ending, source_of

LOOK = 300_000_000  # bytes of JSON Lines that are looked through in some two seconds (157 MB a second were measured), so that nobody has to be told why nothing happens

ABOUT = """\
Clean tables and folders of texts on all cores. All columns come back, and behind them those of the article: clean_title,
clean_date, clean_byline, clean_dateline, clean_caption, clean_credit, clean_body, and clean_removed, a list of spans.
"""

MORE = """\
examples:
  cleaner batch news.jsonl -o clean.parquet             # one file in, one file out
  cleaner batch 'crawl/*.jsonl.zst' -o clean.jsonl.gz   # many in, one out
  cleaner batch crawl/ -o clean/                        # a folder of shards, clean/part-0000000.parquet and so on
  cleaner batch news.csv --column isi -o clean.parquet  # the text stands in another column
  cleaner batch crawl/ -o clean/ --resume               # go on with a run that was stopped

inputs:
  Files, globs or folders of JSON Lines (.jsonl, .ndjson, .json), CSV (.csv, .tsv), both also packed (.gz, .zst), Parquet (.parquet),
  and plain texts (.txt), a page each. Order is kept. Of a folder, the files come by name;
  hidden ones are left out, and links to other folders are not followed.

output:
  Its ending says the form: .parquet, .jsonl, .jsonl.gz or .jsonl.zst. One that ends in / is a folder of shards, a batch each.
  While a run lasts, OUTPUT.unfinished holds what is done. No output is ever overwritten.

rejects:
  A row without text, or with one that cannot be read or is too long, goes to OUTPUT.rejects.jsonl with file, row and reason.

exit status:
  0  every row was cleaned
  1  a row was rejected
  2  wrong usage, or a file could not be read; the others were still cleaned
"""


def main(argv: Sequence[str]) -> int:
    """Run ``cleaner batch`` with these arguments, and give its exit status. Raises `Unusable`."""
    begun = time.monotonic()
    options = parsed(parser(), argv, "inputs")
    if options.help:
        say(parser().format_help().rstrip())
        return FOUND
    if not options.inputs or not options.output:
        raise Unusable("batch needs inputs and an output, as in: cleaner batch news.jsonl -o clean.parquet")
    to = output(options.output)
    configured(options.without, options.rules)  # What is wrong with these is said before anything is written.
    paths = files(options.inputs, to.path, to.unfinished, to.rejects, *([Path(options.summary)] if options.summary else []))
    summary = summary_of(options, to)
    choice = choice_of(options, url=options.url_column, publisher=options.publisher_column, batch_size=options.batch_size)
    size = sum(weight(source_of(path)) for path in paths if ending(path).startswith(JSON_LINES)) if to.ending == ".parquet" else 0
    if size > LOOK and not options.quiet:
        complain(f"{size / 1_000_000:,.0f} MB of JSON Lines are looked through once for the columns of the Parquet output")
    planned = plan(paths, choice, options.prefix, exact=to.ending == ".parquet")
    job = Job(planned.choice, options.prefix, tuple(options.without), tuple(options.rules), planned.own, to.ending, str(to.parts), str(to.unfinished))
    if not begin(to, fingerprint(job, paths), resume=options.resume):
        if not options.quiet:
            complain(f"{to.path} is there already, from a run that was not stopped, and is left as it is")
        rejects, files_too = broken(to)
        return UNUSABLE if files_too else NONE if rejects else FOUND
    unreadable = dict(planned.unreadable)
    try:
        with progress(quiet=options.quiet) as show:
            result = run(job, planned, options.workers, show, unreadable)
        finish(to, job, result.parts, unreadable)
        report = summed(to, planned, result, unreadable, options.workers, time.monotonic() - begun)
        if summary:
            with whole(summary) as path:
                path.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
        clear(to)
    except KeyboardInterrupt:
        complain("stopped; the same command with --resume goes on")
        return INTERRUPTED
    except OSError as error:
        raise Unusable(f"{error.filename or to.path}: it cannot be written ({error.strerror}); make room, then go on with --resume") from None
    except MemoryError:
        raise Unusable("the memory is full; go on with --resume, and with fewer --workers") from None
    if not options.quiet:
        for sentence in told(report, to.rejects):
            complain(sentence)
    return UNUSABLE if unreadable else NONE if result.tally.rejected else FOUND


def parser() -> Parser:
    """The options that there are."""
    parser = Parser("cleaner batch", "INPUT ... -o OUTPUT [options]", ABOUT, MORE)
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help="a file, a glob or a folder")
    parser.add_argument("-o", "--output", metavar="OUTPUT", help="the file to write, or with / at its end the folder")
    parser.add_argument("--prefix", default=PREFIX, metavar="TEXT", help=f"what the names of new columns begin with ({PREFIX})")
    reading(parser)
    hints(parser)
    other = parser.add_argument_group("how it runs")
    other.add_argument("--workers", type=count, default=cores(), metavar="N", help="processes that clean (as many as there are cores)")
    other.add_argument("--batch-size", type=count, default=1_000, metavar="N", help="rows that a worker holds at a time, and that a shard has (1000)")
    other.add_argument("--resume", action="store_true", help="go on with a run that was stopped")
    other.add_argument("-q", "--quiet", action="store_true", help="show no progress and no summary")
    other.add_argument("--summary", metavar="FILE", help="write the summary as JSON")
    other.add_argument("-h", "--help", action="store_true", help="show this page")
    return parser


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def summary_of(options: Namespace, to: Output) -> Path | None:
    """The file of the summary, if one is wanted, and if it can be written. Raises `Unusable`."""
    if not options.summary:
        return None
    path = Path(options.summary).resolve()
    places = {place.resolve() for place in (to.path, to.rejects, to.unfinished)}
    if path.is_dir() or not path.parent.is_dir() or places & {path, *path.parents}:
        raise Unusable(f"{options.summary}: the summary cannot be written there; name a file in a folder that exists")
    if path.exists() and not options.resume:
        raise Unusable(f"{options.summary} is there already; remove it, or name another summary")
    return path


def fingerprint(job: Job, paths: Sequence[str]) -> dict[str, object]:
    """What has to be the same when a run is taken up again: the program, the files and whatever changes the output."""
    stats = [(path, Path(path).stat()) for path in paths if Path(path).exists()]
    return {
        "cleaner": version(),
        "inputs": [[path, stat.st_size, stat.st_mtime_ns] for path, stat in stats],
        "choice": job.choice._asdict(),
        "prefix": job.prefix,
        "without": list(job.without),
        "rules": [sha256(Path(path).read_bytes()).hexdigest() for path in job.rules],
        "columns": None if job.own is None else job.own.to_string(),
        "ending": job.ending,
        "parts": job.parts == job.tallies,
    }


def summed(to: Output, plan: Plan, result: Result, unreadable: dict[str, str], workers: int, seconds: float) -> dict[str, object]:
    """The summary, ready for JSON."""
    tally = result.tally
    return {
        "output": str(to.path),
        "files": sum(len(source.paths) for source in plan.sources) + len(plan.unreadable),
        "unreadable": len(unreadable),
        "documents": tally.documents,
        "cleaned": tally.documents - tally.rejected,
        "rejected": tally.rejected,
        "without_body": tally.bodiless,
        "characters": {label: tally.characters[label] for label in LABELS},
        "characters_kept": sum(tally.characters[label] for label in LABELS if label not in FURNITURE),
        "characters_removed": sum(tally.characters[label] for label in FURNITURE),
        "seconds": round(seconds, 3),
        "documents_per_second": round(result.fresh / max(seconds, 0.001), 1),
        "workers": workers,
        "share_of_time_in_cleaning": round(result.cleaning / max(seconds * workers, 0.001), 3),
    }


def told(summary: dict[str, Any], rejects: Path) -> Iterator[str]:
    """The summary in sentences."""
    s = summary
    bodiless = f" ({s['without_body']:,} without a body)" if s["without_body"] else ""
    unreadable = f", {s['unreadable']:,} of them unreadable" if s["unreadable"] else ""
    where = f"; the reasons are in {rejects}" if s["rejected"] or s["unreadable"] else ""
    yield f"{s['documents']:,} documents in {s['files']:,} files{unreadable}: {s['cleaned']:,} cleaned{bodiless}, {s['rejected']:,} rejected{where}"
    for kind in ("kept", "removed"):
        total = s[f"characters_{kind}"]
        labels = [(number, label) for label, number in s["characters"].items() if number and (label in FURNITURE) == (kind == "removed")]
        share = total / max(s["characters_kept"] + s["characters_removed"], 1)
        yield f"{total:,} characters {kind} ({share:.1%})" + (": " if labels else "") + ", ".join(f"{label} {number:,}" for number, label in sorted(labels, reverse=True))
    yield f"{duration(s['seconds'])}, {s['documents_per_second']:,} documents a second with {s['workers']} workers, {s['share_of_time_in_cleaning']:.0%} of their time in cleaning"
