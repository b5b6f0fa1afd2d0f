"""The partition: a page of text, the claims on it, and how they are settled.

    str ── lines ──▶ Page of open spans ── filter ──▶ claims ── settle ──▶ Page, spans now labelled

A page is at all times a partition of its text: its spans are contiguous, none is empty, and joined they give the text.
Filters never edit; they yield claims, and ``settle`` grants what is still open. So no filter can lose a character.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from .labels import LABELS


class Span(NamedTuple):
    """A stretch of the text. ``label`` is "" as long as the span is open; ``rule`` and ``why`` say who decided, and why."""

    start: int
    end: int
    text: str
    label: str = ""
    rule: str = ""
    why: str = ""


class Claim(NamedTuple):
    """What a filter proposes: that the characters from ``start`` to ``end`` are a ``label``, by which rule, and why."""

    start: int
    end: int
    label: str
    rule: str = ""
    why: str = ""


class Page:
    """A partition of ``text`` into spans. Iterating gives the open ones; ``spans`` gives all, with the labels settled so far.

    At first each line is a span. White space belongs to the line before it, so joining is the identity.

    >>> page = Page("Judul\\n\\nIsi berita.\\n")
    >>> [span.text for span in page]
    ['Judul\\n\\n', 'Isi berita.\\n']
    """

    text: str
    url: str  # url and publisher are hints, never needed
    publisher: str
    spans: tuple[Span, ...]
    starts: tuple[int, ...]

    def __init__(self, text: str, *, url: str = "", publisher: str = "") -> None:
        spans = tuple(lines(text))
        starts = tuple(span.start for span in spans)  # where lines start: spans get cut, lines do not
        self.__dict__.update(text=text, url=url, publisher=publisher, spans=spans, starts=starts)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a page cannot be changed: yield a claim instead of setting {name!r}")

    def relabelled(self, spans: tuple[Span, ...]) -> "Page":
        """The same page with other spans: what `settle` gives."""
        page = object.__new__(Page)
        page.__dict__.update(text=self.text, url=self.url, publisher=self.publisher, starts=self.starts, spans=spans)
        return page

    def __iter__(self) -> Iterator[Span]:
        return (span for span in self.spans if not span.label)

    @cached_property
    def open(self) -> tuple[Span, ...]:
        """The open spans, as a tuple."""
        return tuple(self)

    def line(self, offset: int) -> int:
        """The number of the line in which the character at ``offset`` stands, counted from 0."""
        return bisect_right(self.starts, offset) - 1

    def line_start(self, offset: int) -> bool:
        """Whether a line starts there."""
        return bool(self.starts) and self.starts[self.line(offset)] == offset

    def ends_line(self, span: Span) -> bool:
        """Whether the span ends where a line ends."""
        return span.end == len(self.text) or self.line_start(span.end)

    def whole(self, span: Span) -> bool:
        """Whether the span is a line, or several."""
        return self.line_start(span.start) and self.ends_line(span)


# A line that was wrapped ends where the next word would not have fitted: no other break tells the two apart.
WIDEST_WRAP = 120  # columns; a page with longer lines was not wrapped (of 106 real pages, the narrowest unwrapped one has 287)
FEWEST_WRAPS = 6  # breaks of that kind before a page counts as wrapped; of 6,358 real texts none has even 3
LOWER = 0.1  # share of the joined lines that begin with a small letter; of 106 wrapped pages, a list of headlines has least: .11
BREAKABLE = re.compile(r"\s*\S+\s+\S")
FIRST_WORD = re.compile(r"[^\s-]*-?")


def lines(text: str) -> Iterator[Span]:
    """Split text into its lines, each with the white space after it; a hard-wrapped paragraph is one line.

    Lines end at "\\n" only: "\\r", form feeds and the separators of Unicode stay inside the text.

    >>> [span.text for span in lines("satu\\r\\n\\r\\n  dua\\n")]
    ['satu\\r\\n\\r\\n', '  dua\\n']
    """
    pieces = text.split("\n")
    joined = _wrapped(pieces) or _broken(pieces)
    start = end = 0
    filled = False  # whether the span being built holds anything but white space
    for number, piece in enumerate(pieces):
        blank = not piece or piece.isspace()
        if not blank and filled and number not in joined:
            yield Span(start, end, text[start:end])
            start = end
        filled = filled or not blank
        end = min(end + len(piece) + 1, len(text))
    if start < end:
        yield Span(start, end, text[start:end])


def _wrapped(pieces: list[str]) -> set[int]:
    """The numbers of the lines that continue the line before them."""
    lengths = [len(piece.rstrip()) for piece in pieces]
    # A single word, as an address, is printed as wide as it is: there is no blank to wrap it at.
    width = max((length for length, piece in zip(lengths, pieces, strict=True) if BREAKABLE.match(piece)), default=0)
    if not 40 <= width <= WIDEST_WRAP:
        return set()
    joined = set()
    lower = 0
    for number in range(1, len(pieces)):
        piece = pieces[number].lstrip()
        if not piece or not lengths[number - 1]:
            continue
        word = FIRST_WORD.match(piece)
        if lengths[number - 1] + 1 + (len(word.group()) if word else 0) > width:
            joined.add(number)
            lower += piece[0].islower()
    return joined if len(joined) >= FEWEST_WRAPS and lower >= len(joined) * LOWER else set()


# The small words with which a line goes on, or after which one has to go on, where an extractor broke it at a link.
BINDING = frozenset(
    """dan di ke dari yang untuk dengan pada ini itu tidak akan telah sudah dalam adalah oleh karena juga atau sebagai bisa para agar bahwa kami
    atas serta hingga""".split()
)
LONG = 60  # characters of a line that is more than a link


def _broken(pieces: list[str]) -> set[int]:
    """The numbers of the lines that go on in the middle of a sentence, for a link had a line of its own.

    Such a line begins with a comma, a closing bracket, or a small letter; or the line before ends in an opening bracket
    or a word that needs another.
    """
    joined: set[int] = set()
    before = ""
    for number, piece in enumerate(pieces):
        text = piece.strip()
        if before and text and _goes_on(before, text):
            joined.add(number)
        before = text
    return joined


def _goes_on(before: str, text: str) -> bool:
    last = before[-1]
    if text[0] in ",.;)%" and len(text) > 1 and (last.isalnum() or last in ')"”’'):
        return True
    if last == "(" or (text[0] == ")" and "(" in before):
        return True
    if not (last.isalpha() or last in ",–-"):
        return False
    if before.rsplit(" ", 1)[-1] in BINDING and len(before) + len(text) > 12:
        return True
    if not text[0].islower() or text[1:2].isupper() or "." in text.split(" ", 1)[0][:-1]:
        return False
    if len(before) < LONG and any(map(str.isdigit, before)):
        return False  # a date or a counter
    return len(before) >= LONG or len(text) >= LONG or text.split(" ", 1)[0] in BINDING


def settle(page: Page, claims: Iterable[Claim]) -> Page:
    """Grant of each claim whatever is still open, first come, first served, and give the page with the new labels.

    A granted claim takes the white space behind it, and a rest that is only white space goes with it, so that no
    span is ever blank beside a neighbour. What cannot be meant is passed over: claims that are empty, out of range
    or under an unknown label.

    >>> page = settle(Page("Iklan\\nIsi berita."), [Claim(0, 5, "ad", "demo", "an ad"), Claim(3, 9, "nav"), Claim(4, 99, "tags")])
    >>> [(span.text, span.label) for span in page.spans]
    [('Iklan\\n', 'ad'), ('Isi ', 'nav'), ('berita.', '')]
    """
    granted = _disjoint(page, claims)
    if not granted:
        return page
    spans: list[Span] = []
    owners: list[Claim | None] = []
    at = 0

    def add(start: int, end: int, owner: Claim | None, span: Span) -> None:
        if spans and owner is not None and owners[-1] is owner and spans[-1].end == start:
            spans[-1] = spans[-1]._replace(end=end, text=page.text[spans[-1].start : end])
            return
        text = page.text[start:end]
        spans.append(Span(start, end, text, owner.label, owner.rule, owner.why) if owner else span._replace(start=start, end=end, text=text))
        owners.append(owner)

    for span in page.spans:
        if span.label:
            spans.append(span)
            owners.append(None)
            continue
        cursor = span.start
        while at < len(granted) and granted[at][1] <= cursor:
            at += 1
        look = at
        while look < len(granted) and granted[look][0] < span.end:
            start, end, owner = granted[look]
            start, end = max(start, cursor), min(end, span.end)
            if page.text[cursor:start].isspace():
                start = cursor
            if cursor < start:
                add(cursor, start, None, span)
            while end < span.end and page.text[end].isspace():
                end += 1
            if start < end:
                add(start, end, owner, span)
                cursor = end
            look += 1
        if cursor < span.end:
            add(cursor, span.end, None, span)
    return page.relabelled(tuple(spans))


def _disjoint(page: Page, claims: Iterable[Claim]) -> list[tuple[int, int, Claim]]:
    """The claims that can be meant, in the order of the text, later ones without what earlier ones took."""
    taken: list[tuple[int, int, Claim]] = []
    starts: list[int] = []
    for claim in claims:
        start, end = claim.start, claim.end
        if not isinstance(claim.rule, str) or not isinstance(claim.why, str):
            raise TypeError("the rule and the reason of a claim have to be texts")
        if claim.label not in LABELS or not 0 <= start < end <= len(page.text):
            continue
        at = bisect_right(starts, start) - 1
        if at >= 0 and taken[at][1] > start:
            start = taken[at][1]
        at += 1
        pieces = []
        while at < len(taken) and taken[at][0] < end:
            if start < taken[at][0]:
                pieces.append((start, taken[at][0], claim))
            start = max(start, taken[at][1])
            at += 1
        if start < end:
            pieces.append((start, end, claim))
        for piece in pieces:
            at = bisect_right(starts, piece[0])
            taken.insert(at, piece)
            starts.insert(at, piece[0])
    return taken
