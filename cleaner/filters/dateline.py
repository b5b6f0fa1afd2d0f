"""The dateline: the words before the story that name outlet and place, "TEMPO.CO, Jakarta - "."""

from collections.abc import Iterator

from ..credits import credit_at_end, last_sentence
from ..datelines import BYLINE, URL, find
from ..spans import Claim, Page

LONGEST = 120  # characters of a byline before the dateline
SURE = 5  # the strength of a dateline with its outlet and its place


def dateline(page: Page) -> Iterator[Claim]:
    """Claim the words before the story that name outlet and place.

    They stay in the body, unless `strip_dateline` runs.
    Leaves alone a sentence that only begins with a place: "Jakarta kembali macet."

    >>> from cleaner.spans import Page, settle
    >>> page = Page("SOLO, KOMPAS.com - Pasar itu ramai.")
    >>> settle(page, dateline(page)).spans[0].text
    'SOLO, KOMPAS.com - '
    """
    found = find(page)
    line = page.open[0] if page.open else None
    if not found:
        told = line.text[1:].lstrip() if line and line.text[0] in "-–—" and line.text[1:2].isspace() else ""
        if line and told[:1].isupper():
            yield _claim(line.start, line.end - len(told), "dateline", "a dash whose place was lost")
        return
    if line and line.start < found.start < line.end:
        lead = line.text[: found.start - line.start].rstrip()
        credit = credit_at_end(lead)
        if credit:
            opening, names = line.start + last_sentence(lead, credit[0]), line.start + credit[0]
            if opening > line.start:
                yield _claim(line.start, opening, "deck", "stands before the caption")
            yield _claim(opening, names, "caption", "the caption before the dateline")
            yield _claim(names, found.start, "credit", "names who made the photo")
        elif URL.fullmatch(lead):
            yield _claim(line.start, found.start, "nav", "the address of the page before the dateline")
        elif found.strength == SURE and not page.text[found.start - 1].isspace():
            yield _claim(line.start, found.start, "deck", "a standfirst, with the dateline glued behind it")
        elif len(lead) < LONGEST and BYLINE.match(lead):
            yield _claim(line.start, found.start, "byline", "names the writer before the dateline")
    yield _claim(found.start, found.end, "dateline", "names the outlet or the place where the story opens")


def _claim(start: int, end: int, label: str, why: str) -> Claim:
    return Claim(start, end, label, "dateline", why)
