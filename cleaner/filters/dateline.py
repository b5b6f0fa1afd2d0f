"""The dateline: the words before the story that name outlet and place, "TEMPO.CO, Jakarta - "."""

from collections.abc import Iterator

from ..credits import credit_at_end, last_sentence
from ..datelines import find
from ..expression import expression
from ..spans import Claim, Page

BYLINE = expression(r"\s*(?:Laporan|Reporter|Penulis|Editor|Oleh|Wartawan|Tim Redaksi|Pewarta)\b")
SURE = 5  # the strength of a dateline with its outlet and its place
ALONE = expression(r"[-–—]\s+")


def dateline(page: Page) -> Iterator[Claim]:
    """Claim the words before the story that name outlet and place. They stay in the body, unless `strip_dateline` runs.

    Leaves alone a sentence that only begins with a place: "Jakarta kembali macet."

    >>> from cleaner.spans import Page, settle
    >>> settle(Page("SOLO, KOMPAS.com - Pasar itu ramai."), dateline(Page("SOLO, KOMPAS.com - Pasar itu ramai."))).spans[0].text
    'SOLO, KOMPAS.com - '
    """
    found = find(page)
    if found:
        line = page.open[0] if page.open else None
        if line and line.start < found.start < line.end:
            lead = line.text[: found.start - line.start].rstrip()
            credit = credit_at_end(lead)
            if credit:
                opening = line.start + last_sentence(lead, credit[0])
                if opening > line.start:
                    yield Claim(line.start, opening, "deck", "dateline", "stands before the caption")
                yield Claim(opening, line.start + credit[0], "caption", "dateline", "the caption before the dateline")
                yield Claim(line.start + credit[0], found.start, "credit", "dateline", "names who made the photo")
            elif found.strength == SURE and not page.text[found.start - 1].isspace():
                yield Claim(line.start, found.start, "deck", "dateline", "a standfirst, with the dateline glued behind it")
            elif len(lead) < 120 and BYLINE.match(lead):
                yield Claim(line.start, found.start, "byline", "dateline", "names the writer before the dateline")
        yield Claim(found.start, found.end, "dateline", "dateline", "names the outlet or the place where the story opens")
    elif page.open and (alone := ALONE.match(page.open[0].text)) and page.open[0].text[alone.end() : alone.end() + 1].isupper():
        yield Claim(page.open[0].start, page.open[0].start + alone.end(), "dateline", "dateline", "a dash whose place was lost")
