"""The command line of `cleaner report`."""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from .. import Pipeline
from ..batch.plan import Document, count, documents, reading
from ..console import FOUND, NONE, UNUSABLE, Parser, Unusable, complain, configured, whole
from ..records import Bad, Text, cleaned
from .gold import Answer, answers, differences
from .view import MARK, Entry, Report, view


def run(options: Namespace) -> int:
    """Do what the options ask for, and give the exit status. Raises `Unusable`."""
    if not options.inputs and not options.gold:
        raise Unusable("report needs inputs, as in: cleaner report pages.jsonl -o report.html")
    to = Path(options.output)
    if to.is_dir() or not to.parent.is_dir():
        raise Unusable(f"{to}: the report cannot be written there; name a file in a folder that exists")
    if to.exists():
        with to.open("rb") as file:
            if MARK.encode() not in file.read(1_000):
                advice = "remove it, or name another output"
                raise Unusable(f"{to} is there already, and is no report; {advice}")
    pipeline = configured(options.without, options.rules)
    gold = answers(Path(options.gold)) if options.gold else []
    pages = (Document(answer.name, 1, Text(answer.text)) for answer in gold)
    report = collected(documents(options, to) if options.inputs else pages, pipeline, gold, options.limit)
    try:
        with whole(to) as path:
            path.write_text(view(report), "utf-8", newline="\n")
    except OSError as error:
        raise Unusable(f"{to}: it cannot be written ({error.strerror}); name another output") from None
    if not options.quiet:
        for sentence in told(report, to, options.limit):
            complain(sentence)
    unreadable = any(reject.row is None for reject in report.rejects)
    return UNUSABLE if unreadable else NONE if report.rejects else FOUND


def parser() -> Parser:
    """The options that there are."""
    parser = reading("cleaner report")
    parser.add_argument("-o", "--output", default="report.html")
    parser.add_argument("--limit", type=count, default=300)
    parser.add_argument("--gold")
    parser.add_argument("-q", "--quiet", action="store_true")
    return parser


def collected(read: Iterable[Document], pipeline: Pipeline, gold: Iterable[Answer], limit: int) -> Report:
    """The report of the first documents; with gold, those that differ most come first."""
    report, answers = Report(), {answer.text: answer for answer in gold}
    for file, row, text in read:
        if len(report.entries) == limit and not isinstance(text, Bad):
            report.left += 1
            continue
        article = cleaned(pipeline, text)
        if isinstance(article, Bad):
            report.rejects.append(Document(file, row, article))
        elif answer := answers.get(text[0]):
            report.entries.append(Entry(answer.name, article, differences(article, answer)))
        else:
            name = file if row == 1 and file.lower().endswith(".txt") else f"{file}, row {row}"
            report.entries.append(Entry(name, article))
    report.entries.sort(key=lambda entry: entry.weight, reverse=True)  # What weighs the same stays in order.
    return report


def told(report: Report, to: Path, limit: int) -> Iterator[str]:
    """The summary in sentences."""
    tally, shown, left = report.tally, len(report.entries), report.left
    share = tally.kept / max(tally.characters, 1)
    bodiless = f", {tally.without_body:,} without a body" if tally.without_body else ""
    yield f"{to}: {shown:,} document{'s' * (shown != 1)}, {share:.1%} of their characters kept{bodiless}"
    if left:
        yield f"{left:,} document{'s' * (left != 1)} more left out; --limit {limit + left} shows all"
    if report.rejects:
        yield f"{len(report.rejects):,} rows or files could not be cleaned; the report says why"
    gold = [entry.differences for entry in report.entries if entry.differences is not None]
    if gold:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in report.kinds.items())
        differing = len(gold) - gold.count([])
        yield f"{len(gold):,} documents have gold, {differing:,} of them differ from it: {kinds}"
