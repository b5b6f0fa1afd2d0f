"""An article in the colours of a terminal: what is kept stands plain, what is cut is dimmed, and every line has its label.

    article ── lines ──▶ rows of pieces, each with its label ── wrap ──▶ what fits into the window ──▶ text with colours

Needs rich: ``pip install "berita-cleaner[terminal]"``. Elsewhere, and in a pipe, `cleaner.margin` shows the same in plain text.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from . import Article, Span
from .labels import FURNITURE, LABELS
from .margin import WIDTH, escape

NARROW = 48  # columns; in a window with fewer, the label stands above its lines, and not beside them
LEAST = 8  # columns that text gets, however narrow the window
GROUPS = {  # The sixteen colours that every terminal has, in the shades that its user chose. Labels of one kind share one.
    "bold cyan": "title kicker deck",
    "cyan": "date byline dateline",
    "green": "caption credit",
    "default": "body",
    "red": "ad promo",
    "yellow": "readmore related",
    "magenta": "embed page share tags signoff legal nav other",
}
COLOURS = {label: colour for colour, labels in GROUPS.items() for label in labels.split()}


class Piece(NamedTuple):
    """What one span has of one line."""

    span: Span
    text: str
    first: bool  # whether the span begins here


def paint(article: Article, console: Console, *, why: bool = False) -> str:
    """The page as the console shows it, its labels in the margin and a legend below; with ``why``, each rule with its reason."""
    with console.capture() as capture:
        for row in rows(article, console.width, why=why):
            console.print(row, no_wrap=True, overflow="ignore", crop=False, highlight=False)
    return capture.get()


def rows(article: Article, width: int, *, why: bool = False) -> Iterator[Text]:
    """The rows that paint the page, none of them wider than that many columns, if they are not fewer than a dozen."""
    narrow = width < NARROW
    said: Span | None = None  # the last span whose rule was given
    label = ""
    for line in lines(article):
        lead = leading(line)
        if narrow and lead != label:
            yield Text(lead, COLOURS[lead])
        margin = "" if narrow else lead if lead != label or any(piece.first for piece in line) else ""
        for part in wrapped(inside(line), max(width - (2 if narrow else WIDTH + 2), LEAST)):
            yield Text.assemble(gutter(margin, lead, narrow=narrow), part)
            margin = ""
        label = lead
        for piece in line:
            if why and piece.span.rule and (said is None or reason(piece.span) != reason(said)):
                note = Text(f"{piece.span.rule}: {piece.span.why}", "italic")
                for at, part in enumerate(wrapped(note, max(width - (4 if narrow else WIDTH + 4), LEAST))):
                    yield Text.assemble((" " * (0 if narrow else WIDTH) + ("  " if at else "╰ "), COLOURS[piece.span.label]), part)
            said = piece.span
    yield Text()
    yield from legend(article, width)


def lines(article: Article) -> Iterator[list[Piece]]:
    """The lines of the page, each as its pieces; a line end belongs to the piece before it, and is not shown."""
    line: list[Piece] = []
    for span in article.spans:
        for at, text in enumerate(span.text.split("\n")):
            if at:
                yield line or [Piece(span, "", first=False)]
                line = []
            if text:
                line.append(Piece(span, text, first=at == 0))
    if line:
        yield line


def leading(line: list[Piece]) -> str:
    """The label of a line: that of its longest piece."""
    return max(line, key=lambda piece: len(piece.text)).span.label


def inside(line: list[Piece]) -> Text:
    """The text of a line, kept parts plain and cut ones dimmed; a piece with another label than the line has its own in front of it."""
    text = Text()
    lead = leading(line)
    for piece in line:
        label = piece.span.label
        shown = piece.text.rstrip(" ")
        blanks = piece.text[len(shown) :]
        style = "dim" if label in FURNITURE else "default"
        if label == lead:
            text.append(escape(shown) + blanks, style)
        else:
            text.append(f"‹{label} ", COLOURS[label]).append(escape(shown), style).append("›", COLOURS[label]).append(blanks)
    return text


def wrapped(text: Text, width: int) -> list[Text]:
    """The text in parts of that many columns, broken behind blanks where there are some. Joined, they are the text."""
    breaks: list[int] = []
    begin = used = 0  # of the part, and the columns that it takes so far
    blank = 0  # where it could end
    for at, char in enumerate(text.plain):
        size = cell_len(char)
        while used + size > width and at > begin:
            begin = blank if blank > begin else at
            breaks.append(begin)
            used = cell_len(text.plain[begin:at])
        used += size
        if char == " ":
            blank = at + 1
    return list(text.divide(breaks)) if breaks else [text]


def gutter(margin: str, label: str, *, narrow: bool) -> Text:
    """What stands before a row."""
    return Text("│ " if narrow else f"{margin:{WIDTH}}│ ", COLOURS[label])


def reason(span: Span) -> tuple[str, str, str]:
    """What tells whether two spans were labelled in the same way."""
    return span.label, span.rule, span.why


def legend(article: Article, width: int) -> Iterator[Text]:
    """How to read it: the labels of this page with the number of their spans, and what the marks mean."""
    found = Counter(span.label for span in article.spans)
    for word, cut in (("kept: ", False), ("cut, dimmed: ", True)):
        names = [label for label in LABELS if found[label] and (label in FURNITURE) == cut]
        listed = Text(", ").join(Text.assemble((label, COLOURS[label]), f" {found[label]}") for label in names) if names else Text("nothing")
        yield from wrapped(Text.assemble((word, "dim" if cut else "default"), listed), max(width, LEAST))
    if any(len({piece.span.label for piece in line}) > 1 for line in lines(article)):
        yield from wrapped(Text("‹label …›: has another label than the rest of its line"), max(width, LEAST))
