"""What readers write below a story: a name, a sentence or two, and the button with which one answers."""

from collections.abc import Iterator

from ..dates import WHEN, relative
from ..expression import expression
from ..publishers import known, pattern
from ..rules import fold
from ..spans import Claim, Page, Span

BUTTONS = frozenset(known("answer"))  # below a comment
MOST = 10  # lines from the name of a reader to the button
NAME = r"[A-Z][\w.'’-]*(?: [A-Za-z][\w.'’-]*){0,4}"
SAYS = expression(rf"{NAME} (?i:{pattern(known('commented'))}) ?:")  # "Rina Lestari says:"
READER = expression(rf"{NAME}(?: ?[|•·,–-] ?)?")
TIMED = 60  # characters of a name and of the time beside it


def comments(page: Page) -> Iterator[Claim]:
    """Claim what readers wrote: from the name of one to the button with which another answers.

    Leaves alone what stands above the first name.

    >>> from cleaner import clean
    >>> story = "Warga mulai pulang setelah banjir surut sejak pagi tadi di desa itu."
    >>> clean(f"{story}\\nRina says:\\nSemoga lekas pulih.\\nReply\\n").body == story
    True
    """
    done = 0  # behind the last comment
    for number, span in enumerate(page.spans):
        if span.label or fold(span.text) not in BUTTONS or not page.whole(span):
            continue
        yield Claim(span.start, span.end, "nav", "comments", "lets a reader answer a comment")
        first = _first(page.spans, max(done, number - MOST), number, again=done > 0)
        for line in page.spans[first:number]:
            if not line.label:
                yield Claim(line.start, line.end, "nav", "comments", "what a reader wrote below the story")
        done = number + 1 if first < number else 0


def _first(spans: tuple[Span, ...], top: int, button: int, *, again: bool) -> int:
    """The line with the name of the reader above a button; without one the number of the button.

    What stands between the buttons of two comments is a comment, whatever opens it.
    """
    for number in range(button - 1, top - 1, -1):
        text = spans[number].text.strip()
        below = spans[number + 1].text.strip()
        if spans[number].label or len(text) > TIMED:
            continue
        timed = READER.fullmatch(text) is not None and (relative(below) or WHEN.match(below) is not None)
        if SAYS.fullmatch(text) or timed or _signed(text):
            return number
    return top if again and button - top < MOST else button


def _signed(text: str) -> bool:
    """Whether a line is a name and a time beside it: "Rina Lestari, 2 jam yang lalu"."""
    name = READER.match(text)
    rest = text[name.end() :].strip() if name else ""
    return bool(rest) and (relative(rest) or WHEN.match(rest) is not None)
