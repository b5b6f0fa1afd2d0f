"""The command line of `cleaner report`, and the page; report.html is its template."""

from argparse import Namespace
from base64 import b64encode
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, count, groupby
from pathlib import Path
from random import Random
from typing import NamedTuple

import regex
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from .. import Article, Pipeline, Span, __version__
from ..batch.plan import Document, articles, documents, natural, parser_of
from ..console import FOUND, NONE, UNUSABLE, Parser, Unusable, complain, configured, whole
from ..labels import FURNITURE, LABELS, STORY
from ..records import Bad, Text
from ..resource import read
from ..tally import Tally
from .gold import KINDS, Answer, Difference, answers, differences

MARK = '<meta name="generator" content="cleaner report">'  # what tells that a file may be overwritten

# What a browser drops, turns into something else, or lets turn the rest of the page around: controls,
# formats, halves of surrogate pairs, separators. Line ends and tabs stay; so do the joiners of emoji.
UNSEEN = regex.compile(r"(?V1)([\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}--[\n\t\u200c\u200d]])")


# Blank lines beyond one in a run of three or more, which the page folds, and the last one, which it shows.
BLANK = regex.compile(r"(?<=\n)((?:[^\S\n]*\n){2,})([^\S\n]*\n)")


class Entry(NamedTuple):
    """A document: where it comes from, what became of it, and how gold differs, None if there is none."""

    name: str
    article: Article
    differences: list[Difference] | None = None

    @property
    def share(self) -> float:
        """The share of its characters that was kept, by label: all that is no furniture."""
        removed = sum(len(span.text) for span in self.article.removed)
        return (len(self.article.text) - removed) / max(len(self.article.text), 1)

    @property
    def weight(self) -> tuple[int, int]:
        """How much it differs from gold: characters lost and leaked, then differences of any kind."""
        found = self.differences or ()
        return sum(end - start for start, end, kind, _ in found if kind != "named"), len(found)

    @property
    def runs(self) -> Iterator[tuple[str, int, int]]:
        """Its spans, neighbours with one label as one: the label, the start and the end."""
        for label, run in groupby(self.article.spans, lambda span: span.label):
            spans = list(run)
            yield label, spans[0].start, spans[-1].end

    def pieces(self, span: Span) -> Iterator[tuple[str, Difference | None, bool]]:
        """The text of a span in pieces, each with its difference from gold, and whether that begins here."""
        at = span.start
        for found in self.differences or ():
            if found.start < span.end and found.end > span.start:
                begin = max(found.start, span.start)
                piece = span.text[begin - span.start : found.end - span.start].rstrip()
                yield span.text[at - span.start : begin - span.start], None, False
                yield piece, found, begin == found.start
                at = begin + len(piece)
        yield span.text[at - span.start :], None, False


@dataclass
class Report:
    """What was read: the documents that are shown, those that could not be, and how many are left out."""

    entries: list[Entry] = field(default_factory=list)
    rejects: list[Document] = field(default_factory=list)
    left: int = 0
    sampled: bool = False  # whether those that are shown are a sample of all, and not the first

    @property
    def tally(self) -> Tally:
        """What the documents come to."""
        total = Tally()
        for entry in self.entries:
            total.add(entry.article)
        return total

    @property
    def kinds(self) -> dict[str, int]:
        """How many differences there are of each kind."""
        found = Counter(difference.kind for entry in self.entries for difference in entry.differences or ())
        return {kind: found[kind] for kind in KINDS}

    @property
    def reasons(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        """Label, rule and reason: of how many spans, in how many documents; those of most spans first."""
        found = [[span[3:6] for span in entry.article.spans if span.rule] for entry in self.entries]
        spans, documents = Counter(chain(*found)), Counter(chain(*map(set, found)))
        most = sorted(spans, key=lambda reason: (-spans[reason], reason))
        return {reason: (spans[reason], documents[reason]) for reason in most}


def run(options: Namespace) -> int:
    """Do what the options ask for, and give the exit status. Raises `Unusable`."""
    if not options.inputs and not options.gold:
        raise Unusable("report needs inputs, as in: cleaner report pages.jsonl -o report.html")
    to = Path(options.output)
    if to.is_dir() or not to.parent.is_dir():
        raise Unusable(f"{to}: the report cannot be written there; name a file in a folder that exists")
    if to.exists() and MARK.encode() not in to.read_bytes()[:1_000]:
        raise Unusable(f"{to} is there already, and is no report; remove it, or name another output")
    if options.by and not options.sample:
        raise Unusable("--by says what a sample is fair to; give --sample N too")
    options.publisher_column = options.by or options.publisher_column
    pipeline = configured(options.without, options.rules, options.strip_dateline)
    gold = answers(Path(options.gold)) if options.gold else []
    pages = (Document(answer.name, 1, Text(answer.text)) for answer in gold)
    read = documents(options, to) if options.inputs else pages
    report = Report(sampled=bool(options.sample))
    few = sample(read, options.sample, bool(options.by), report) if options.sample else read
    collected(few, pipeline, gold, options.sample or options.limit, options.workers, report)
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
    parser = parser_of("cleaner report")
    parser.add_argument("-o", "--output", default="report.html")
    parser.add_argument("--limit", type=natural, default=300)
    parser.add_argument("--sample", type=natural)
    parser.add_argument("--by")
    parser.add_argument("--gold")
    return parser


def collected(
    read: Iterable[Document], pipeline: Pipeline, gold: Iterable[Answer], limit: int, workers: int = 1,
    report: Report | None = None,
) -> Report:
    """The report of the first documents; with gold, those that differ most come first."""
    report, answers = report or Report(), {answer.text: answer for answer in gold}

    def first() -> Iterator[Document]:
        number = count(1)
        for document in read:
            if isinstance(document.text, Bad) or next(number) <= limit:
                yield document
            else:
                report.left += 1

    for document, article in articles(first(), pipeline, workers):
        text = document.text
        if isinstance(article, Bad):
            report.rejects.append(document._replace(text=article))
        elif answer := answers.get(text[0]):
            report.entries.append(Entry(answer.name, article, differences(article, answer)))
        else:
            name = "" if isinstance(text, Bad) else text.id or text.url
            report.entries.append(Entry(" · ".join(filter(None, [name, document.place])), article))
    report.entries.sort(key=lambda entry: entry.weight, reverse=True)  # What weighs the same stays in order.
    return report


def sample(read: Iterable[Document], size: int, by: bool, report: Report) -> Iterator[Document]:
    """A sample in the order of reading, and all that cannot be cleaned. The same inputs give the same one.

    With ``by``, as many of each publisher as can be: where there are too many, one of the largest group goes.
    """
    chance = Random(0)  # noqa: S311 - no secret.
    groups: dict[str, list[tuple[float, int, Document]]] = {}
    for number, document in enumerate(read):
        if isinstance(document.text, Bad):
            yield document
            continue
        name = document.text.publisher if by else ""
        insort(groups.setdefault(name, []), (chance.random(), number, document))
        if sum(map(len, groups.values())) > size:
            largest = max(groups, key=lambda name: (len(groups[name]), groups[name][-1]))
            groups[largest].pop()
            groups = {name: group for name, group in groups.items() if group}
            report.left += 1
    kept = {number: document for group in groups.values() for _, number, document in group}
    yield from (kept[number] for number in sorted(kept))


def told(report: Report, to: Path, limit: int) -> Iterator[str]:
    """The summary in sentences."""
    tally, shown, left = report.tally, len(report.entries), report.left
    share = tally.kept / max(tally.characters, 1)
    bodiless = f", {tally.without_body:,} without a body" if tally.without_body else ""
    yield f"{to}: {shown:,} document{'s' * (shown != 1)}, {share:.1%} of their characters kept{bodiless}"
    if left:
        more = "this is a sample" if report.sampled else f"--limit {limit + left} shows all"
        yield f"{left:,} document{'s' * (left != 1)} more left out; {more}"
    if report.rejects:
        yield f"{len(report.rejects):,} rows or files could not be cleaned; the report says why"
    gold = [entry.differences for entry in report.entries if entry.differences is not None]
    if gold:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in report.kinds.items())
        differing = len(gold) - gold.count([])
        yield f"{len(gold):,} documents have gold, {differing:,} of them differ from it: {kinds}"


def view(report: Report) -> str:
    """The whole file, its style and script inside."""
    page = Environment(autoescape=True, finalize=plain, undefined=StrictUndefined)
    page.loader, page.trim_blocks, page.lstrip_blocks = FunctionLoader(read), True, True
    # How the policy of the page names the style and the script that may be used: no other may.
    page.filters["digest"] = lambda source: f"sha256-{b64encode(sha256(source.encode()).digest()).decode()}"
    page.filters |= {"number": "{:,}".format, "signs": signs, "folded": folded}
    page.globals |= {"FURNITURE": FURNITURE, "KINDS": KINDS, "LABELS": LABELS, "STORY": STORY}
    return page.get_template("report/report.html").render(
        report=report,
        entries=list(enumerate(report.entries, 1)),
        numbers={reason: number for number, reason in enumerate(report.reasons, 1)},
        made_by=f"cleaner {__version__}".removesuffix(" (not installed)"),
        mark=MARK,
        style=read("report/report.css"),
        script=read("report/report.js"),
    )


def plain(value: object) -> object:
    """A value for the page; what cannot be seen in a text stands as Python escapes it."""
    if isinstance(value, Markup):
        return value
    return UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), str(value))


def signs(text: str) -> Markup:
    """A text as HTML; what cannot be seen in it is a sign, with the code of its character."""
    sign = Markup('<b class="sign" data-code="{:x}">{}</b>')
    parts = enumerate(UNSEEN.split(text))  # Every other part is a character that cannot be seen.
    return Markup("").join(sign.format(ord(part), plain(part)) if at % 2 else part for at, part in parts)


def folded(text: str) -> Markup:
    """A text as `signs` gives it, its runs of blank lines folded: they stay there, and take one line."""
    fold = Markup('<span class="gap" title="{} blank lines"><i>{}</i></span>{}')
    parts = BLANK.split(text)
    runs = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    rest = (fold.format(run.count("\n") + 1, signs(run), signs(last + text)) for run, last, text in runs)
    return signs(parts[0]) + Markup("").join(rest)
