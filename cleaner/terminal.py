"""The margin format in the colours of a terminal: what is kept is plain, what is cut dimmed.

Needs rich, which the extra ``terminal`` brings.
"""

from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from . import Article
from .labels import FURNITURE, LABELS
from .margin import WIDTH

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


def paint(article: Article, console: Console, *, why: bool = False) -> str:
    """The page as the console shows it, with a legend below; with ``why``, each rule with its reason."""
    with console.capture() as capture:
        for row in rows(article, console, why=why):
            console.print(row, no_wrap=True, overflow="ignore", crop=False, highlight=False)
    return capture.get()


def rows(article: Article, console: Console, *, why: bool = False) -> Iterator[Text]:
    """The rows of `Article.explain`, wrapped: none is wider than a console that has room for the margin."""
    room = max(console.width - WIDTH - 2, LEAST)
    label = "body"
    for row in article.explain(why=why).split("\n"):
        margin, text = row[: WIDTH + 2], row[WIDTH + 2 :]
        label = margin[:WIDTH].strip() or label
        style = "italic" if margin.endswith("~ ") else "dim" if label in FURNITURE else "default"
        for part in Text(text, style).wrap(console, room):
            yield Text.assemble((margin, COLOURS[label]), part)
            margin = " " * (WIDTH + 2)
    yield Text()
    found = Counter(span.label for span in article.spans)
    for word, style, cut in (("kept: ", "default", False), ("cut, dimmed: ", "dim", True)):
        names = [name for name in LABELS if found[name] and (name in FURNITURE) == cut]
        listed = [Text.assemble((name, COLOURS[name]), f" {found[name]}") for name in names]
        legend = Text.assemble((word, style), Text(", ").join(listed or [Text("nothing")]))
        yield from legend.wrap(console, room + WIDTH)
