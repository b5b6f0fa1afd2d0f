"""An article in the colours of a terminal: what is kept is plain, what is cut dimmed, lines have labels.

    article ── lines ──▶ pieces, each with its label ── wrapped ──▶ what fits the window ──▶ coloured text

Needs rich: ``pip install "berita-cleaner[terminal]"``.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from . import Article, Span
from .labels import FURNITURE, LABELS
from .margin import WIDTH, escape

LEAST = 8  # columns that text gets, however narrow the window
GROUPS = {  # The sixteen colours of every terminal, in the user's shades. Labels of one kind share one.
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
    """The page as the console shows it, with a legend below; with ``why``, each rule with its reason."""
    with console.capture() as capture:
        for row in rows(article, console, why=why):
            console.print(row, no_wrap=True, overflow="ignore", crop=False, highlight=False)
    return capture.get()


def rows(article: Article, console: Console, *, why: bool = False) -> Iterator[Text]:
    """The rows that paint the page, none wider than the console, if it has room for label and text."""
    room = max(console.width - WIDTH - 2, LEAST)
    said: tuple[str, ...] = ()  # the last label, rule and reason
    label = ""
    for line in lines(article):
        lead = leading(line)
        name = lead if lead != label or any(piece.first for piece in line) else ""
        for part in inside(line).wrap(console, room):
            yield Text.assemble((f"{name:{WIDTH}}│ ", COLOURS[lead]), part)
            name = ""
        label = lead
        for span in [piece.span for piece in line]:
            if why and span.rule and said != span[3:6]:
                note = Text(f"{span.rule}: {span.why}", "italic")
                for at, part in enumerate(note.wrap(console, max(room - 2, LEAST))):
                    yield Text.assemble((" " * WIDTH + ("  " if at else "╰ "), COLOURS[span.label]), part)
            said = span[3:6]
    yield Text()
    for row in legend(article):
        yield from row.wrap(console, room + WIDTH)


def lines(article: Article) -> Iterator[list[Piece]]:
    """The lines of the page, each as its pieces; a line end belongs to the piece before, and is not shown."""
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
    """The text of a line, cut parts dimmed; a piece with another label than the line has its own in front."""
    text, lead = Text(), leading(line)
    for piece in line:
        label, shown = piece.span.label, piece.text.rstrip(" ")
        mark, end = ("", "") if label == lead else (f"‹{label} ", "›")
        text.append(mark, COLOURS[label]).append(escape(shown), "dim" if label in FURNITURE else "default")
        text.append(end, COLOURS[label]).append(piece.text[len(shown) :])
    return text


def legend(article: Article) -> Iterator[Text]:
    """How to read it: the labels of this page with the number of their spans, and what the marks mean."""
    found = Counter(span.label for span in article.spans)
    for word, style, cut in (("kept: ", "default", False), ("cut, dimmed: ", "dim", True)):
        names = [label for label in LABELS if found[label] and (label in FURNITURE) == cut]
        listed = [Text.assemble((label, COLOURS[label]), f" {found[label]}") for label in names]
        yield Text.assemble((word, style), Text(", ").join(listed or [Text("nothing")]))
    if any(len({piece.span.label for piece in line}) > 1 for line in lines(article)):
        yield Text("‹label …›: has another label than the rest of its line")
