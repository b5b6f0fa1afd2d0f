"""The partition: a page of text, the claims on it, and how they are settled.

    str ── lines ──▶ Page of open spans ── filter ──▶ claims ── settle ──▶ Page, spans now labelled

A page is at all times a partition of its text: its spans are contiguous, none is empty, and joined they give
the text. Filters never edit; they yield claims, and ``settle`` grants what is still open. So no filter can
lose a character.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from .labels import LABELS
from .lazy import cached_property


class Span(NamedTuple):
    """A stretch of the text.

    ``label`` is "" as long as the span is open; ``rule`` and ``why`` say who decided, and why.
    Where ``evidence`` is not 0, the label is no verdict yet: the filter `story` weighs it.
    """

    start: int
    end: int
    text: str
    label: str = ""
    rule: str = ""
    why: str = ""
    evidence: float = 0

    def to_dict(self) -> dict[str, object]:
        """The span as in JSON."""
        return dict(zip(self._fields[:-1], self, strict=False))


class Claim(NamedTuple):
    """What a filter proposes: from ``start`` to ``end`` the text is a ``label``, by which rule, and why.

    Without ``evidence`` it is the verdict. With it, it is one reason among others for the filter `story`,
    which decides: the number says how sure (log-odds) that has to be to keep the text nevertheless. True is
    1.
    """

    start: int
    end: int
    label: str
    rule: str = ""
    why: str = ""
    evidence: float = 0


START = itemgetter(0)  # where a span, or a claim, starts
Granted = tuple[int, int, Claim]  # what a claim gets: from where to where
Piece = tuple[int, int, Claim | None, Span]  # a part of a span, and the claim that takes it, if one does


class Page:
    """A partition of ``text`` into spans. Iterating gives the open ones; ``spans`` gives all.

    At first each line is a span. White space belongs to the line before it.

    >>> page = Page("Judul\\n\\nIsi berita.\\n")
    >>> [span.text for span in page]
    ['Judul\\n\\n', 'Isi berita.\\n']
    >>> page
    <Page of 19 characters in 2 spans, 2 open>
    """

    text: str
    url: str  # url, publisher and title are hints, never needed
    publisher: str
    title: str
    spans: tuple[Span, ...]
    starts: tuple[int, ...]
    line_starts: frozenset[int]

    def __init__(self, text: str, *, url: str = "", publisher: str = "", title: str = "") -> None:
        spans = tuple(lines(text))
        starts = tuple([span.start for span in spans])  # where lines start: spans get cut, lines do not
        self.__dict__.update(text=text, url=url, publisher=publisher, title=title, spans=spans)
        self.__dict__.update(starts=starts, line_starts=frozenset(starts))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a page cannot be changed: yield a claim instead of setting {name!r}")

    def __repr__(self) -> str:
        """What it is at a glance: how long, in how many spans, and how many are open."""
        spans = f"{len(self.spans):,} spans, {len(self.open):,} open"
        return f"<Page of {len(self.text):,} characters in {spans}>"

    def relabelled(self, spans: tuple[Span, ...]) -> "Page":
        """The same page with other spans: what `settle` gives."""
        page = object.__new__(Page)  # which does not split the text into lines again
        page.__dict__.update(text=self.text, url=self.url, publisher=self.publisher, title=self.title)
        page.__dict__.update(spans=spans, starts=self.starts, line_starts=self.line_starts)
        return page

    def __iter__(self) -> Iterator[Span]:
        return iter(self.open)

    @cached_property
    def open(self) -> tuple[Span, ...]:
        """The open spans, as a tuple."""
        return tuple([span for span in self.spans if not span.label])

    @cached_property
    def end(self) -> int:
        """Where the last word of the page ends."""
        return len(self.text.rstrip())

    def holding(self, *words: str) -> list[int]:
        """The numbers, in `open`, of the open spans that hold one of the words; case counts.

        It is the cheap first look, before an expression is tried on a span.

        >>> Page("Satu\\nDua (2)\\nTiga (3)").holding("(2", "Sat")
        [0, 1]
        """
        text, spans = self.text, self.open
        found: set[int] = set()
        for word in words:
            at = text.find(word)
            while at >= 0:
                number = bisect_right(spans, at, key=START) - 1
                if number >= 0 and word in spans[number].text:
                    found.add(number)
                # One word is enough for a span: go on behind it. Outside the open spans, go on behind the
                # word.
                at = text.find(word, max(spans[number].end if number >= 0 else 0, at + 1))
        return sorted(found)

    def line(self, offset: int) -> int:
        """The number of the line in which the character at ``offset`` stands, counted from 0."""
        return bisect_right(self.starts, offset) - 1

    def line_start(self, offset: int) -> bool:
        """Whether a line starts there."""
        return offset in self.line_starts

    def ends_line(self, span: Span) -> bool:
        """Whether the span ends where a line ends."""
        return span.end == len(self.text) or span.end in self.line_starts

    def whole(self, span: Span) -> bool:
        """Whether the span is a line, or several."""
        return span.start in self.line_starts and self.ends_line(span)


# A line that was wrapped ends where the next word would not have fitted: so a wrap is told from a line end.
# Columns; a page with longer lines was not wrapped. Of 106 real pages, the narrowest unwrapped one has 287.
WIDEST_WRAP = 120
FEWEST_WRAPS = 6  # breaks of that kind before a page counts as wrapped; of 6,358 real texts none has even 3
# Share of the joined lines that begin with a small letter. Of 106 wrapped pages a list of headlines has
# least, .11.
LOWER = 0.1


def lines(text: str) -> list[Span]:
    """The lines of a text, each with the white space after it; a hard-wrapped paragraph is one line.

    Lines end at "\\n" only: "\\r", form feeds and the separators of Unicode stay inside the text.

    >>> [span.text for span in lines("satu\\r\\n\\r\\n  dua\\n")]
    ['satu\\r\\n\\r\\n', '  dua\\n']
    """
    pieces = text.split("\n")
    stripped = [piece.strip() for piece in pieces]
    joined = _wrapped(pieces) or _broken(stripped)
    starts = []
    at = 0
    for number, piece in enumerate(pieces):
        if stripped[number] and number not in joined:
            starts.append(at)
        at += len(piece) + 1
    if not text:
        return []
    starts[:1] = [0]  # blank lines above the first one belong to it, and white space alone is a line
    ends = [*starts[1:], len(text)]
    return [Span(start, end, text[start:end]) for start, end in zip(starts, ends, strict=True)]


def _wrapped(pieces: list[str]) -> set[int]:
    """The numbers of the lines that continue the line before them."""
    widest = max(pieces, key=len)
    if len(widest.rstrip()) > WIDEST_WRAP and _breakable(widest):
        return set()  # nearly every page, so this is asked first
    lengths = [len(piece.rstrip()) for piece in pieces]
    # A single word, as an address, is printed as wide as it is: there is no blank to wrap it at.
    breakable = (len(piece.rstrip()) for piece in pieces if _breakable(piece))
    width = max(breakable, default=0)
    if not 40 <= width <= WIDEST_WRAP:
        return set()
    joined = set()
    lower = 0
    for number in range(1, len(pieces)):
        piece = pieces[number].lstrip()
        if not piece or not lengths[number - 1]:
            continue
        word, hyphen, _ = piece.split(None, 1)[0].partition("-")
        if lengths[number - 1] + 1 + len(word + hyphen) > width:
            joined.add(number)
            lower += piece[0].islower()
    return joined if len(joined) >= FEWEST_WRAPS and lower >= len(joined) * LOWER else set()


def _breakable(piece: str) -> bool:
    """Whether a line has a blank to wrap it at."""
    return len(piece.split(None, 1)) > 1


# Small words with which a line goes on, or after which it has to, where an extractor broke it at a link.
BINDING = frozenset(
    """dan di ke dari yang untuk dengan pada ini itu tidak akan telah sudah dalam adalah oleh karena juga atau
    sebagai bisa para agar bahwa kami atas serta hingga""".split()
)
# Of these, the ones that may also end a button, a headline or an invitation.
POINTING = ("ini", "itu", "kami")
LONG = 60  # characters of a line that is more than a link


def _broken(stripped: list[str]) -> set[int]:
    """The numbers of the lines that go on in the middle of a sentence, for a link had a line of its own.

    Such a line begins with a comma, a closing bracket, or a small letter; or the line before ends in an
    opening bracket or a word that needs another.
    """
    joined: set[int] = set()
    before = ""
    for number, text in enumerate(stripped):
        # Of the lines of real pages, four in five begin with a capital behind one that ends in no small
        # letter: so this is asked first, for it is cheap.
        open_end = before[-1:].islower() or before[-1:] == "("
        if before and text and (open_end or not text[0].isupper()) and _goes_on(before, text):
            joined.add(number)
        before = text
    return joined


def _goes_on(before: str, text: str) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    # One sign below the other, those that settle it first.
    last = before[-1]
    if text[0] in ",.;)%" and text[:2] != ".." and len(text) > 1 and (last.isalnum() or last in ')"”’'):
        return True
    if last == "(" or (text[0] == ")" and "(" in before):
        return True
    if not (last.isalpha() or last in ",–-"):
        return False
    word = before.rsplit(" ", 1)[-1]
    if word in BINDING and len(before) + len(text) > 12 and (word not in POINTING or text[0].islower()):
        return True
    if not text[0].islower() or text[1:2].isupper() or "." in text.split(" ", 1)[0][:-1]:
        return False
    if len(before) < LONG and any(map(str.isdigit, before)):
        return False  # a date or a counter
    return len(before) >= LONG or len(text) >= LONG or text.split(" ", 1)[0] in BINDING


class Evidence:
    """A filter whose claims are evidence, of this weight or more; else it is that which it was made from."""

    def __init__(self, filter: Callable[["Page"], Iterable[Claim]], weight: float = 1) -> None:
        self.filter = filter
        self.weight = weight
        self.__name__ = getattr(filter, "__name__", type(filter).__name__)
        self.__doc__ = filter.__doc__
        self.rules = getattr(filter, "rules", ())

    def __call__(self, page: "Page") -> Iterator[Claim]:
        """The claims of the filter, as evidence."""
        for claim in self.filter(page):
            yield Claim(*claim[:-1], max(claim.evidence, self.weight))

    def without(self, name: str) -> "Evidence":
        """The same without the rule of that name."""
        return Evidence(self.filter.without(name), self.weight)  # type: ignore[attr-defined]

    def only(self, name: str) -> "Evidence":
        """The same with no rule but that one."""
        return Evidence(self.filter.only(name), self.weight)  # type: ignore[attr-defined]


def settle(page: Page, claims: Iterable[Claim]) -> Page:
    """Grant of each claim what is still open, first come, first served; give the page with the new labels.

    A granted claim takes the white space behind it, and a rest that is only white space goes with it, so that
    no span is ever blank beside a neighbour. Claims that are empty or out of range are passed over.

    Raises `ValueError` for a claim under an unknown label.

    >>> claims = [Claim(0, 5, "ad", "demo", "an ad"), Claim(3, 9, "nav"), Claim(4, 99, "tags")]
    >>> page = settle(Page("Iklan\\nIsi berita."), claims)
    >>> [(span.text, span.label) for span in page.spans]
    [('Iklan\\n', 'ad'), ('Isi ', 'nav'), ('berita.', '')]
    """
    claims = list(claims)
    verdicts = [claim for claim in claims if not claim.evidence]
    if verdicts:
        page = _settled(page, verdicts, over_evidence=True)
    if len(verdicts) < len(claims):
        page = _settled(page, [claim for claim in claims if claim.evidence], over_evidence=False)
    return page


def _settled(page: Page, claims: Iterable[Claim], *, over_evidence: bool) -> Page:
    """Grant claims: all evidence, which take open spans only, or all verdicts, which take evidence too."""
    granted = _disjoint(page, claims)
    if not granted:
        return page
    text, spans = page.text, page.spans
    settled: list[Span] = []
    done = at = 0  # the spans that are settled, and the claims
    while at < len(granted):
        first = max(bisect_right(spans, granted[at][0], done, key=START) - 1, done)
        settled += spans[done:first]  # what no claim touches stays as it is
        pieces: list[Piece] = []
        done = first
        while at < len(granted) and done < len(spans) and granted[at][0] < spans[done].end:
            span = spans[done]
            done += 1
            start, end, owner = granted[at]
            if span.label and not (over_evidence and span.evidence):
                pieces.append((span.start, span.end, None, span))
            elif start <= span.start and span.end <= end:  # the claim takes all of it, as most do
                _add(pieces, span.start, span.end, owner, span)
            else:
                _cut(text, span, granted, at, pieces)
            while at < len(granted) and granted[at][1] <= span.end:
                at += 1
        for start, end, claim, span in pieces:
            if claim:
                settled.append(Span(start, end, text[start:end], *claim[2:]))
            elif (start, end) == span[:2]:
                settled.append(span)
            else:
                settled.append(span._replace(start=start, end=end, text=text[start:end]))
    settled += spans[done:]
    return page.relabelled(tuple(settled))


def _add(pieces: list[Piece], start: int, end: int, owner: Claim, span: Span) -> None:
    """Add the piece that a claim takes; where the claim took the piece before, the two are one."""
    if pieces and pieces[-1][2] is owner and pieces[-1][1] == start:
        start = pieces.pop()[0]
    pieces.append((start, end, owner, span))


def _cut(text: str, span: Span, granted: list[Granted], at: int, pieces: list[Piece]) -> None:
    """Add the pieces into which the claims from number ``at`` on cut an open span."""
    cursor = span.start
    while at < len(granted) and granted[at][0] < span.end:
        start, end, owner = granted[at]
        start, end = max(start, cursor), min(end, span.end)
        if text[cursor:start].isspace():
            start = cursor
        if cursor < start:
            pieces.append((cursor, start, None, span))
        while end < span.end and text[end].isspace():
            end += 1
        if start < end:
            _add(pieces, start, end, owner, span)
            cursor = end
        at += 1
    if cursor < span.end:
        pieces.append((cursor, span.end, None, span))


def _disjoint(page: Page, claims: Iterable[Claim]) -> list[Granted]:
    """The claims that can be meant, in the order of the text, later ones without what earlier ones took."""
    taken: list[Granted] = []
    size = len(page.text)
    for claim in claims:
        start, end, label, rule, why, _ = claim
        if not isinstance(rule, str) or not isinstance(why, str):
            raise TypeError("the rule and the reason of a claim have to be texts")
        if label not in LABELS:
            raise ValueError(f"a claim has the unknown label {label!r}; the labels are: {', '.join(LABELS)}")
        if not 0 <= start < end <= size:
            continue
        if not taken or start >= taken[-1][1]:
            taken.append((start, end, claim))  # most filters go down the page
            continue
        at = bisect_right(taken, start, key=START)
        if at and taken[at - 1][1] > start:
            start = taken[at - 1][1]
        pieces = []
        while at < len(taken) and taken[at][0] < end:
            if start < taken[at][0]:
                pieces.append((start, taken[at][0], claim))
            start = max(start, taken[at][1])
            at += 1
        if start < end:
            pieces.append((start, end, claim))
        for piece in pieces:
            taken.insert(bisect_right(taken, piece[0], key=START), piece)
    return taken
