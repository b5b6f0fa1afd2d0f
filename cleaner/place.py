"""Where on the page the story stands: the stretch of lines whose weights add up to most.

Every line gets a weight by what it is: above 0 for prose, below 0 for menus, dates and markers. The story is
the stretch with the largest sum, found in one pass (Kadane's algorithm); its end is then moved to where the
story is closed. The weights need not be exact: of 40 random draws, each weight times 0.4 to 1.8, the worst
lost one point of F1. What matters are the classes of lines.
"""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from . import shapes
from .dates import CLOCK_LINE, STAMP, dated, relative
from .expression import expression
from .shapes import DOTS, announces, headline, prose, shape, strong
from .spans import Page, Span

STRONG = 3.0
LENGTH = 200  # characters that add 1 to a paragraph, so that a story in one line outweighs a menu
PROSE = 1.5
LABELLED = {
    "legal": -3.0,
    "related": -3.0,
    "date": -1.5,
    "tags": -1.2,
    "signoff": -1.2,
    "promo": -0.6,
    "share": -0.4,
    "nav": -0.3,
    "readmore": -0.2,
    "ad": -0.2,
    "embed": -0.2,
    "page": -0.2,
    "other": -0.1,
}
WHEN = -3.0  # a relative time: the mark of a list of other stories
DATED = -1.5
SENTENCE = 0.3  # a few words with a full stop
SHORT = -0.7
OTHER = -1.0
ITEM = -0.1  # an item of a list, a row of a table
PATIENCE = 8  # lines without prose in a row; each further one costs 1 more
NO_STORY = "no-story"  # the rule whose phrases say that a page has none
DENIED = 2  # paragraphs of a page that says so; one with more of them tells a story all the same
PAGE = 12  # lines from which a text is a page
LONG = 600  # characters of a paragraph that is too long for the blurb of another story
INLINE = ("ad", "readmore", "embed", "promo", "page", "other", "caption", "credit")
DAMP = ("ad", "readmore", "embed", "promo", "page", "other")  # what may stand between two paragraphs for long
BETWEEN = ("ad", "embed", "page", "readmore")
FEW = 4  # lines of an advertisement or a link inside the story
BYLINED = expression(r"\b(?:Fotografer|Penulis|Oleh|Pewarta|Reporter|Editor)\b\s*[:.]|Foto: ")
LINKS = ("related", "readmore", "ad")  # labels in a block of links inside the story
ISLAND = 9  # lines of such a block
NOTE = expression(r"\s*(?:[-•*▪●]|\d{1,2}[.)]|[a-z][.)])\s*\S")
REFERENCE = expression(r"\[[^\[\]]{8,80}\]")  # the source of a quotation, below it
# What leads the blurb of another story: "DETIKNEWS | Rabu 17 Feb 2016, 07:45 WIB".
LISTED = expression(rf"\s*[A-Z]\w+(?: \w+){{0,2}} ?[|•·] ?{STAMP}")
# What says how often it was read, or how old it is: "12 Views", "Ekonomi | 3 jam lalu".
COUNTED = expression(
    r".{0,60}\d+ (?:Komentar|Views|views|Shares?)\s*$"
    r"|\s*[A-Z][A-Za-z &]{2,20} ?[|•·] ?.{4,40}(?:lalu|ago|WIB)\s*"
)
COUNTERS = ("Komentar", "Views", "views", "Share", "Shares", "lalu", "ago", "WIB")  # how such a line ends
CLOCK_LONGEST = 60  # characters of a line that holds a clock or a month
# What closes a last paragraph: "(**)", "(Rudi)", "***".
SIGNED = expression(r"(?<=[.!?”\"])\s*(?:\([^()\n]{1,40}\)|\[[^\[\]\n]{1,20}\]|\*{1,4})\s*$")
HEADING = 40  # characters of a heading above the items of a list
HEADLINE = 120  # characters from which a line is too long for the headline of another story
HEADLINE_WORDS = range(6, 21)  # how many words the headline above a blurb has, with or without capitals
CLOSING = ("signoff", "legal", "tags", "related")
# The story ends at such a line if no paragraph stands in so many lines behind it; blocks of links are long.
CLOSED, CLOSED_BY_LINKS = 6, 11


class Reading(NamedTuple):
    """What the words of an open line say about it."""

    kind: str
    weight: float
    words: int = 9
    strong: bool = False
    prose: bool = False
    headline: bool = False


def _reading(text: str) -> Reading:
    """How a line reads."""
    if len(text) < 90 and (relative(text) or (text.endswith(COUNTERS) and COUNTED.fullmatch(text))):
        return Reading("when", WHEN)
    if len(text) > 110 and ("|" in text or "•" in text or "·" in text) and LISTED.match(text):
        return Reading("when", WHEN)
    if len(text) < 110 and (dated(text) or (len(text) < CLOCK_LONGEST and CLOCK_LINE.fullmatch(text))):
        return Reading("date", DATED)
    text = _unsigned(text)
    form = shape(text)
    sure = strong(form) and not text.endswith(DOTS)
    reads = sure or prose(form) or announces(text)
    heads = not reads and (headline(form) or (form.words >= 5 and form.capitals >= 0.6 and not form.full))
    kind = "other"
    if sure:
        weight = STRONG + min(len(text), 3000) / LENGTH
    elif (note := NOTE.match(text)) is None and reads:
        weight = PROSE - (0.6 if text.endswith(DOTS) else 0.0)
    elif note or "\t" in text:
        kind, weight = "item", ITEM
    elif form.full and form.words >= 4 and form.small:
        kind, weight = "sentence", SENTENCE
    else:
        weight = SHORT if len(text) < 25 else OTHER
    return Reading(kind, weight, form.words, sure, reads, heads)


_reading_short = lru_cache(shapes.MANY)(_reading)


class Line:
    """A span with what its words or its label say. Its neighbours may change ``kind`` and ``closing``.

    ``told``: a filter says that it is story. Else it is read as if it were open.
    """

    __slots__ = ("closing", "headline", "kind", "prose", "span", "strong", "told", "weight", "words")

    def __init__(self, span: Span) -> None:
        self.told = span.label == "body"
        self.span = span = span._replace(label="") if self.told else span
        if span.label:
            self.kind = span.label
            self.weight = LABELLED.get(span.label, -0.5)
            self.words = 9
            self.strong = self.prose = self.headline = False
            self.closing = span.label in CLOSING
        else:
            text = span.text.strip()
            reading = _reading_short(text) if len(text) < shapes.SHORT else _reading(text)
            self.kind, self.weight, self.words, self.strong, self.prose, self.headline = reading
            self.closing = self.kind == "when"
            if self.told:
                self.weight = max(self.weight, STRONG)


def _unsigned(text: str) -> str:
    """The line without what closes a story behind its last sentence."""
    return SIGNED.sub("", text) if text.endswith((")", "]", "*")) else text


def story(page: Page) -> tuple[list[Line], int, int]:
    """The lines of the page, and the numbers of the first line of the story and of the one behind its last.

    Both numbers are the same where the page has no story.
    """
    lines = [Line(span) for span in page.spans]
    weights = _context(lines)
    best = total = 0.0
    first = last = start = 0
    for number, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, number
        total += weight
        if total > best:
            best, first, last = total, start, number + 1
    if not any(line.strong or line.told or (line.prose and len(lines) < PAGE) for line in lines[first:last]):
        return lines, 0, 0
    if not _told(lines, first, last):
        return lines, 0, 0
    while first < last and not lines[first].prose and lines[first].span.label != "dateline":
        first += 1
    return lines, first, _end(lines, first, last)


def _told(lines: list[Line], first: int, last: int) -> bool:
    """Whether the stretch tells a story: two paragraphs in a row, or one with a date, a byline or a dateline.

    Paragraphs that all stand alone among short lines are the blurbs of an index, and an error page says so.
    """
    inside = lines[first:last]
    if any(line.told for line in inside):
        return True
    headed = any(line.kind in ("date", "dateline") for line in lines[max(0, first - 3) : first + 1])
    denied = any(line.span.rule == NO_STORY for line in lines[max(0, first - PAGE) : last])
    if denied and not headed and sum(line.strong for line in inside) <= DENIED:
        return False
    if len(lines) < PAGE:
        return True
    prose = [number for number, line in enumerate(lines) if line.prose and line.kind == "other"]
    for one, two in pairwise(prose):
        between = lines[one + 1 : two]
        if first <= one and two < last and all(line.span.label in INLINE for line in between):
            return True
    blurbs = not any(line.span.label == "dateline" or len(line.span.text) > LONG for line in inside)
    if len(prose) >= 3 and blurbs:
        return False
    signs = ("date", "signoff", "credit", "dateline")
    around = lines[max(0, first - 8) : last + 2]
    return any(line.kind in signs or BYLINED.search(line.span.text) for line in around)


def _context(lines: list[Line]) -> list[float]:
    """The weights of the lines, as their neighbours change them."""
    weights = [line.weight for line in lines]
    prose = []
    dry = pages = 0
    for number, line in enumerate(lines):
        if line.prose:
            prose.append(number)
            dry = 0
            continue
        dry += line.span.label not in DAMP
        if dry > PATIENCE:
            weights[number] -= 1.0
        if line.kind in {"page", "share"}:
            pages += 1
            weights[number] -= 0.6 if pages > 2 else 0.0
    for number in _islands(lines, prose):
        weights[number] = ITEM
        lines[number].closing = False
    for number in _blurbs(lines, prose):
        weights[number] = min(weights[number], 0.3)
        if lines[number].span.text.rstrip().endswith(DOTS):
            lines[number].kind = "blurb"
    return weights


def _islands(lines: list[Line], prose: list[int]) -> list[int]:
    """The lines of blocks of links inside the story: with prose above, and more than one paragraph below."""
    found: list[int] = []
    for above in prose:
        start = number = above + 1
        if number == len(lines) or lines[number].kind not in ("related", "readmore"):
            continue
        while number < len(lines):
            title = lines[number].headline and number - start < ISLAND
            if lines[number].span.label not in LINKS and not title:
                break
            number += 1
        below = lines[number : number + 8]
        paragraphs = sum(line.prose for line in below)
        goes_on = bool(below) and (below[0].strong and paragraphs >= 2 or below[0].prose and len(below) <= 2)
        blurb = len(below) > 2 and below[1].headline and below[2].strong
        if number - start <= ISLAND and goes_on and not blurb:
            found += range(start, number)
    return found


def _blurbs(lines: list[Line], prose: list[int]) -> list[int]:
    """The lines of prose that are blurbs of other stories: headline and blurb in turn, again and again."""
    found: list[int] = []
    run: list[int] = []
    for number in prose:
        alone = number + 1 == len(lines) or not lines[number + 1].prose
        if number and alone and lines[number].kind == "other" and _leads(lines[number - 1]):
            run.append(number)
            continue
        if _teasers(lines, run):
            found += run
        run = []
    return found + run if _teasers(lines, run) else found


def _leads(line: Line) -> bool:
    """Whether a line may be the headline above a blurb."""
    phrase = not line.prose and line.words in HEADLINE_WORDS and not line.span.text.rstrip().endswith(":")
    return line.kind == "other" and (line.headline or phrase)


def _teasers(lines: list[Line], run: list[int]) -> bool:
    """Whether the paragraphs of a run are blurbs: three of them, or two that break off."""
    broken_off = (lines[number].span.text.rstrip().endswith(DOTS) for number in run)
    return len(run) >= 3 or (len(run) == 2 and all(broken_off))


def _end(lines: list[Line], first: int, last: int) -> int:
    """The end of the story: drawn in to where it is closed, or out over the short lines that belong to it."""
    above = 0
    for number in range(first, last):
        line = lines[number]
        above += line.strong
        if not line.closing or above < 2:
            continue
        behind = number + 1 + (CLOSED_BY_LINKS if line.kind == "related" else CLOSED)
        if not any(more.strong for more in lines[number + 1 : behind]):
            return _back(lines, first, number)
    last = _back(lines, first, last)
    opens = False
    while last < len(lines):
        line, before = lines[last], lines[last - 1]
        text = line.span.text.strip()
        opens = opens or before.span.text.rstrip().endswith(":")
        if line.span.label in BETWEEN and (more := _resumes(lines, last)):
            last = more
            continue
        if line.closing or line.kind in ("share", "nav", "when", "promo", "blurb") or line.span.label:
            break
        if line.kind == "date" and last + 1 < len(lines) and lines[last + 1].kind in ("date", "when"):
            break  # the dates of other stories
        below = lines[last + 1] if last + 1 < len(lines) else None
        heads = below is not None and len(text) < HEADING and _heads(text, below)
        if line.prose or heads or _belongs(line, text, opens=opens):
            last += 1
        else:
            break
    return last


def _back(lines: list[Line], first: int, last: int) -> int:
    """The end without the furniture that stands last."""
    while last > first and lines[last - 1].span.label and lines[last - 1].span.label != "dateline":
        last -= 1
    return last


def _resumes(lines: list[Line], last: int) -> int:
    """Where a story ends that goes on below an advertisement or a link with one short sentence, else 0."""
    number = last
    while number < len(lines) and lines[number].span.label in BETWEEN:
        number += 1
    if number - last > FEW or number >= len(lines):
        return 0
    line = lines[number]
    if line.span.label or line.kind in ("when", "date", "blurb"):
        return 0
    text = _unsigned(line.span.text.strip())
    sentence = text.endswith((".", '."', ".”", '!"', "!”")) and len(text.split()) >= 2 and not line.headline
    closed = number + 1 == len(lines) or any(line.closing for line in lines[number + 1 : number + 3])
    return number + 1 if sentence and closed else 0


def _heads(text: str, below: Line) -> bool:
    """Whether a short line is the heading of a list in sentences, or ends in a colon above a row."""
    row = below.span.text.strip()
    cells = not below.span.label and (": " in row or row.count(",") >= 2)
    return (below.kind == "item" and row.endswith(".")) or (text.endswith(":") and cells)


def _belongs(line: Line, text: str, *, opens: bool) -> bool:
    """Whether a short line behind the last paragraph is part of the story.

    It may be an item of a list, a row of a table under its heading, a sentence or a quotation.
    """
    if line.kind == "item":
        return "|" not in text
    row = ": " in text or any(map(str.isdigit, text))
    if opens and (row or not line.headline or len(text) >= HEADLINE):
        return True
    ended = _unsigned(text).endswith((".", '."', ".”", ":")) or (text.endswith("?") and not line.headline)
    sentence = ended and len(text.split()) >= 3
    return sentence or text.startswith(("“", '"')) or bool(REFERENCE.fullmatch(text))
