"""What stands between the headline and the story, and is neither caption nor story."""

from collections.abc import Iterator

from ..dates import dated
from ..shapes import announces, prose, shape
from ..spans import Claim, Page, Span
from .head import is_byline

SLOT = 60  # spans between the head of a page and its dateline
HEADS = ("title", "date", "byline", "kicker")
STANDFIRST = 70  # words of a standfirst, or of a box that sums up; with more above it, a dateline is none
SENTENCE = 8  # words of a sentence that may open the story, though it reads like no prose


def menu(page: Page) -> Iterator[Claim]:
    """Claim the lines that are still open between the head of the page and the first paragraph.

    Leaves alone a page that shows no head. A line of prose there is the standfirst, and is claimed as such.

    >>> from cleaner import clean
    >>> head = "Banjir Surut\\nSenin, 3 Maret 2025\\nUkuran huruf\\n"
    >>> article = clean(head + "SOLO - Warga mulai pulang setelah banjir surut sejak pagi tadi.")
    >>> [(span.label, span.text) for span in article.removed]
    [('nav', 'Ukuran huruf\\n')]
    """
    spans = page.spans
    top = next((number for number, span in enumerate(spans) if span.label in HEADS), None)
    if top is None:
        return
    for span in spans[top : _lead(spans, top)]:
        text = span.text.strip()
        if span.label:
            continue
        form = shape(text)
        if dated(text):
            label, why = "date", "says when, between headline and story"
        elif is_byline(text):
            label, why = "byline", "names the writer, between headline and story"
        elif prose(form):
            label, why = "deck", "a standfirst between headline and story"
        elif form.full and form.words >= SENTENCE:
            continue
        else:
            label, why = "nav", "stands between headline and story"
        yield Claim(span.start, span.end, label, "menu", why)


def _lead(spans: tuple[Span, ...], top: int) -> int:
    """The number of the story's first span: a dateline, or the first prose that no byline or date follows."""
    told = 0
    for number in range(top, min(len(spans), top + SLOT)):
        if spans[number].label == "dateline":
            return number
        form = shape(spans[number].text)
        told += form.words if prose(form) and not spans[number].label else 0
        if told > STANDFIRST:
            break
    for number in range(top, len(spans)):
        span = spans[number]
        if span.label or not (prose(shape(span.text)) or announces(span.text)):
            continue
        for more in spans[number + 1 : number + 9]:
            if not more.label and prose(shape(more.text)):
                return number
            open_head = not more.label and (is_byline(more.text) or dated(more.text.strip()))
            if open_head or more.label in ("dateline", *HEADS):
                break
        else:
            return number
    return top
