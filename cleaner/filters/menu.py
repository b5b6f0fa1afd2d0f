"""What stands between the headline and the story, and is neither caption nor story."""

from collections.abc import Iterator

from ..shapes import prose, shape
from ..spans import Claim, Page

HEADS = ("title", "date", "byline", "kicker")


def menu(page: Page) -> Iterator[Claim]:
    """Claim the lines that are still open between the head of the page and the first paragraph.

    Leaves alone a page that shows no head. A line of prose there is the standfirst, and is claimed as such.

    >>> from cleaner import clean
    >>> article = clean("Banjir Surut\\nSenin, 3 Maret 2025\\nUkuran huruf\\nSOLO - Warga mulai pulang setelah banjir surut sejak pagi tadi.")
    >>> [(span.label, span.text) for span in article.removed]
    [('nav', 'Ukuran huruf\\n')]
    """
    seen = False
    pending = []
    for span in page.spans:
        if span.label in HEADS:
            seen = True
        elif span.label == "dateline":
            break
        elif not span.label and seen:
            form = shape(span.text)
            if prose(form):
                if not any(later.label == "dateline" or later.label in HEADS for later in page.spans[page.spans.index(span) + 1 :]):
                    break
                pending.append(Claim(span.start, span.end, "deck", "menu", "a standfirst between headline and story"))
            else:
                pending.append(Claim(span.start, span.end, "nav", "menu", "stands between headline and story"))
    else:
        return
    yield from pending
