"""The values that the page shows, and the page: report.html is its template, with report.css and report.js in it.

Every span is one element, with its label, rule and reason in data attributes; what cleaner takes for furniture is a
<del>. The names in the margin are no text of the page but made by the style sheet, so that a document can be copied
out whole.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, groupby
from typing import NamedTuple

import regex
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from .. import Article
from ..console import version
from ..labels import FURNITURE, LABELS, STORY
from ..resource import read
from ..spans import Span
from ..tally import Tally
from .gold import KINDS, Difference

MARK = '<meta name="generator" content="cleaner report">'  # what tells that a file may be overwritten
GROUPS = {  # Labels of one kind share a colour and a line below.
    "head": "title kicker date byline deck dateline",
    "photo": "caption credit",
    "body": "body",
    "ad": "ad promo",
    "link": "readmore related",
    "rest": "embed page share tags signoff legal nav other",
}
GROUP = {label: group for group, labels in GROUPS.items() for label in labels.split()}

# What a browser drops, turns into something else, or lets turn the rest of the page around: controls, formats, halves
# of surrogate pairs and separators. Line ends and tabs stay; so do the joiners that emoji are made with.
UNSEEN = regex.compile(r"(?V1)([\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}--[\n\t\u200c\u200d]])")


class Entry(NamedTuple):
    """A document: where it comes from, what became of it, and how gold differs, None where there is no gold for it."""

    name: str
    article: Article
    differences: Sequence[Difference] | None = None

    @property
    def kinds(self) -> Counter[str]:
        """How many differences it has of each kind."""
        return Counter(difference.kind for difference in self.differences or ())

    @property
    def share(self) -> float:
        """The share of its characters that was kept, by label: all that is no furniture."""
        removed = sum(len(span.text) for span in self.article.removed)
        return (len(self.article.text) - removed) / max(len(self.article.text), 1)

    @property
    def heading(self) -> str:
        """Its headline, or its first words."""
        heading = " ".join((self.article.title or self.article.text[:500]).split())
        return heading if len(heading) <= 100 else heading[:100].rsplit(" ", 1)[0] + "\N{NO-BREAK SPACE}…"

    @property
    def runs(self) -> Iterator[tuple[str, int, int]]:
        """Its spans, neighbours of one colour as one: the colour, the start and the end."""
        for group, run in groupby(self.article.spans, lambda span: GROUP[span.label]):
            first, *_, last = [*run] * 2
            yield group, first.start, last.end

    def pieces(self, span: Span) -> Iterator[tuple[str, Difference | None, bool]]:
        """The text of a span in pieces, each with its difference from gold, and whether that begins in this span."""
        at = span.start
        for found in self.differences or ():
            if found.start < span.end and found.end > span.start:
                begin = max(found.start, span.start)
                piece = span.text[begin - span.start : found.end - span.start].rstrip()
                yield span.text[at - span.start : begin - span.start], None, False
                yield piece, found, begin == found.start
                at = begin + len(piece)
        yield span.text[at - span.start :], None, False


class Reject(NamedTuple):
    """What is not shown: the file, the row if it is one, and why."""

    file: str
    row: int | None
    reason: str


@dataclass
class Report:
    """What was read: the documents that are shown, what could not be, and how many are left out."""

    entries: list[Entry] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    left: int = 0

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
        return {kind: sum(entry.kinds[kind] for entry in self.entries) for kind in KINDS}

    @property
    def reasons(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        """The label, rule and reason of spans: of how many, and in how many documents; those of most spans first."""
        found = [[span[3:] for span in entry.article.spans if span.rule] for entry in self.entries]
        spans, documents = Counter(chain(*found)), Counter(chain(*map(set, found)))
        return {reason: (spans[reason], documents[reason]) for reason in sorted(spans, key=lambda r: (-spans[r], r))}


def view(report: Report) -> str:
    """The whole file, its style and script inside."""
    page = Environment(loader=FunctionLoader(read), autoescape=True, undefined=StrictUndefined, finalize=plain)
    page.trim_blocks = page.lstrip_blocks = True
    page.filters |= {"digest": digest, "many": many, "number": "{:,}".format, "percent": percent, "signs": signs}
    page.globals |= {"FURNITURE": FURNITURE, "GROUP": GROUP, "KINDS": KINDS, "LABELS": LABELS, "STORY": STORY}
    reasons = report.reasons
    return page.get_template("report/report.html").render(
        entries=list(enumerate(report.entries, 1)),
        rejects=report.rejects,
        left=report.left,
        tally=report.tally,
        kinds=report.kinds,
        reasons=reasons,
        numbers={reason: number for number, reason in enumerate(reasons, 1)},
        made_by=f"cleaner {version()}".removesuffix(" (not installed)"),
        mark=MARK,
        style=read("report/report.css"),
        script=read("report/report.js"),
    )


def digest(source: str) -> str:
    """How the policy of the page names a style or a script that may be used: no other may."""
    return f"sha256-{b64encode(sha256(source.encode()).digest()).decode()}"


def plain(value: object) -> object:
    """A value for the page; what cannot be seen in a text stands as Python escapes it.

    >>> plain("a\\x00b")
    'a\\\\x00b'
    """
    return value if isinstance(value, Markup) else UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), str(value))


def signs(text: str) -> Markup:
    """A text as HTML; what cannot be seen in it is a sign, with the code of the character that it stands for.

    >>> signs("</script> & 1\\x00")
    Markup('&lt;/script&gt; &amp; 1<b class="sign" data-code="0">\\\\x00</b>')
    """
    sign = Markup('<b class="sign" data-code="{:x}">{}</b>')
    parts = enumerate(UNSEEN.split(text))  # Every other part is a character that cannot be seen.
    return Markup("").join(sign.format(ord(part), plain(part)) if at % 2 else part for at, part in parts)


def percent(share: float) -> str:
    """A share in percent, of which a little is not nothing, and nearly all is not all.

    >>> percent(0.5), percent(0.00001), percent(0.99999), percent(1.0)
    ('50.0 %', '0.1 %', '99.9 %', '100.0 %')
    """
    return f"{min(max(share, 0.001), 0.999) if 0 < share < 1 else share:.1%}".replace("%", " %")


def many(number: int, noun: str) -> str:
    """A number with its noun.

    >>> many(1, "span"), many(1200, "span")
    ('1 span', '1,200 spans')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
