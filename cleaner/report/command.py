"""The command line of `cleaner report`."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from .. import Pipeline
from ..batch.cells import Text
from ..batch.documents import Document, documents
from ..batch.options import choice_of, count, hints, reading
from ..batch.part import whole
from ..batch.plan import files, plan
from ..batch.reading import Bad
from ..console import FOUND, NONE, UNUSABLE, Parser, Unusable, complain, configured, parsed, say
from .gold import Answer, answers, differences
from .summary import Entry, Summary, summed
from .view import MARK, Reject, many, view

BATCH = 100  # rows that are read at a time

ABOUT = """\
Show on one HTML page what was cut from each document, by which rule and why: a summary, then every document with its
spans coloured by label, to be filtered by label, rule or text. The file is whole by itself, and never uses the network.
"""

MORE = """\
examples:
  cleaner report page.txt                                 # one page; report.html is the report
  cleaner report crawl/ -o crawl.html --limit 100         # the first hundred documents of a folder
  cleaner report news.csv --column isi                    # the text stands in another column
  cleaner report crawl/ --rules mine.toml --without tail  # as it would be with your rules, and without a filter
  cleaner report --gold gold.jsonl                        # where cleaner and your own labels differ, those documents first

inputs:
  Files, globs or folders of JSON Lines (.jsonl, .ndjson, .json), CSV (.csv, .tsv), both also packed (.gz, .zst), Parquet (.parquet),
  and plain texts (.txt), a page each.

gold:
  JSON Lines of {"id": 7, "segments": [["title", "…"], ["body", "…"]]}, the texts of which joined are the document, or a folder of
  pages in the margin format, which --explain prints. A document and its gold find each other by the whole text. Without an INPUT,
  the documents of the gold are looked at.

output:
  A report that is there already is made anew; any other file is left alone.

exit status:
  0  every document was cleaned
  1  a row was rejected: it is in the report, with the reason
  2  wrong usage, or a file could not be read; the others are in the report
"""


class Found(NamedTuple):
    """What was read: the documents that are shown, what could not be, and how many are left out."""

    entries: list[Entry]
    rejects: list[Reject]
    left: int


def main(argv: Sequence[str]) -> int:
    """Run ``cleaner report`` with these arguments, and give its exit status. Raises `Unusable`."""
    options = parsed(parser(), argv, "inputs")
    if options.help:
        say(parser().format_help().rstrip())
        return FOUND
    if not options.inputs and not options.gold:
        raise Unusable("report needs inputs, as in: cleaner report pages.jsonl -o report.html")
    to = output(options.output)
    pipeline = configured(options.without, options.rules)
    gold = answers(Path(options.gold)) if options.gold else []
    read = read_inputs(options, to) if options.inputs else read_gold(gold)
    found = collected(read, pipeline, {answer.text: answer for answer in gold}, options.limit)
    total = summed(found.entries)
    try:
        with whole(to) as path:
            path.write_text(view(found.entries, total, found.rejects, found.left), "utf-8", newline="\n")
    except OSError as error:
        raise Unusable(f"{to}: it cannot be written ({error.strerror}); name another output") from None
    if not options.quiet:
        for sentence in told(found, total, to, options.limit):
            complain(sentence)
    unreadable = any(reject.row is None for reject in found.rejects)
    return UNUSABLE if unreadable else NONE if found.rejects else FOUND


def parser() -> Parser:
    """The options that there are."""
    parser = Parser("cleaner report", "INPUT ... [-o OUTPUT] [options]", ABOUT, MORE)
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help="a file, a glob or a folder")
    parser.add_argument("-o", "--output", default="report.html", metavar="OUTPUT", help="the file to write (report.html)")
    parser.add_argument("--limit", type=count, default=300, metavar="N", help="show the first N documents, and say how many are left out (300)")
    parser.add_argument("--gold", metavar="GOLD", help="pages labelled by hand: show where they differ, those with most first")
    reading(parser)
    hints(parser)
    other = parser.add_argument_group("other")
    other.add_argument("-q", "--quiet", action="store_true", help="show no summary")
    other.add_argument("-h", "--help", action="store_true", help="show this page")
    return parser


def output(name: str) -> Path:
    """Where the report goes, if it can be written there. Raises `Unusable`."""
    path = Path(name)
    if path.is_dir() or not path.parent.is_dir():
        raise Unusable(f"{path}: the report cannot be written there; name a file in a folder that exists")
    if path.exists():
        with path.open("rb") as file:
            if MARK.encode() not in file.read(1_000):
                raise Unusable(f"{path} is there already, and is no report; remove it, or name another output")
    return path


def read_inputs(options: Namespace, to: Path) -> Iterator[Document]:
    """The documents of the inputs."""
    choice = choice_of(options, url=options.url_column, publisher=options.publisher_column, batch_size=BATCH)
    return documents(plan(files(options.inputs, to), choice))


def read_gold(gold: Iterable[Answer]) -> Iterator[Document]:
    """The documents of the gold."""
    for answer in gold:
        yield Document(answer.name, 1, Text(answer.text))


def collected(read: Iterable[Document], pipeline: Pipeline, gold: dict[str, Answer], limit: int) -> Found:
    """The first documents, cleaned; with gold, those that differ most come first."""
    found = Found([], [], 0)
    for file, row, text in read:
        if isinstance(text, Bad):
            found.rejects.append(Reject(file, row, str(text)))
        elif len(found.entries) == limit:
            found = found._replace(left=found.left + 1)
        else:
            try:
                found.entries.append(entry(file, row, text, pipeline, gold))
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one document, the others are shown.
                found.rejects.append(Reject(file, row, f"could not be cleaned ({str(error) or type(error).__name__})"))
    found.entries.sort(key=weight, reverse=True)  # It leaves in order what weighs the same.
    return found


def entry(file: str, row: int | None, text: Text, pipeline: Pipeline, gold: dict[str, Answer]) -> Entry:
    """One document, cleaned, and compared with its gold if there is some."""
    article = pipeline(text.text, url=text.url, publisher=text.publisher)
    answer = gold.get(text.text)
    where = file if row == 1 and file.lower().endswith(".txt") else f"{file}, row {row}"
    if answer is None:
        return Entry(where, article)
    return Entry(answer.name, article, differences(article, answer))


def weight(entry: Entry) -> tuple[int, int]:
    """How much an entry differs from its gold: characters lost and leaked, then differences of any kind."""
    found = entry.differences or ()
    return sum(difference.end - difference.start for difference in found if difference.kind != "named"), len(found)


def told(found: Found, total: Summary, to: Path, limit: int) -> Iterator[str]:
    """The summary in sentences."""
    bodiless = f", {len(total.bodiless):,} without a body" if total.bodiless else ""
    yield f"{to}: {many(len(found.entries), 'document')}, {total.share:.1%} of their characters kept{bodiless}"
    if found.left:
        yield f"{many(found.left, 'document')} more left out; --limit {limit + found.left} shows all"
    if found.rejects:
        yield f"{len(found.rejects):,} rows or files could not be cleaned; the report says why"
    if total.compared:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in total.kinds.items())
        yield f"{total.compared:,} documents have gold, {total.differing:,} of them differ from it: {kinds}"
