"""The grammar of datelines: the outlet and the place that open a story, "TEMPO.CO, Jakarta - "."""

import re
from functools import cache
from typing import NamedTuple

from .credits import DOMAIN as SITE
from .credits import credit_at_end
from .dates import WHEN
from .expression import expression
from .publishers import known, pattern
from .resource import read
from .shapes import headline, prose, shape, strong
from .spans import Page

DOMAIN = rf"(?<![@/\w])(?!\d){SITE}"  # no part of an address
PUBLISHER = pattern(known("names", "dateline"))  # whose name carries no domain
OUTLET = rf"(?:{DOMAIN}|{PUBLISHER})"
TITLE_PLACE = r"[A-Z][a-z’']+(?:[ -](?:[A-Z][a-z’']+|di|dan)){0,3}"
LOUD_PLACE = r"(?!WIB\b|WITA\b|WIT\b)[A-Z][A-Z’'.]{2,}(?:[ -][A-Z]{2,}){0,3}"
PLACE = rf"(?:{TITLE_PLACE}|{LOUD_PLACE})(?: ?, ?(?:{TITLE_PLACE}|{LOUD_PLACE}))?"
DASH = r"(?:\s*[–—―]+\s*|\s*-{2,3}\s*|\s+-+\s*|-+\s+)"
LOOSE_DASH = r"\s*[-–—―]+\s*"  # after a domain or brackets a bare hyphen is a dash
WORDS = r"[A-Z]\w+(?:[ .]\w+){0,2}"  # an outlet that nobody listed
MONTH_DAY = r"(?:,? ?\d{1,2} [A-Z][a-z]{2,8}\.?(?: \d{4})?|, ?[A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?)?"
# Each form with its strength: how sure it is that nothing but a dateline looks so.
FORMS = tuple(
    (expression(form), strength)
    for form, strength in (
        (rf"{OUTLET}\s?[,|/]\s{{0,3}}{PLACE}(?:{LOOSE_DASH}|\s\|\s)", 5),  # TEMPO.CO, Jakarta -
        (rf"{PLACE},\s?{OUTLET}(?:{LOOSE_DASH}|\s\|\s)", 5),  # JAKARTA, KOMPAS.com -
        # Jakarta (ANTARA) -
        (rf"{PLACE}{MONTH_DAY},?\s*\(\s*(?:{OUTLET}|{WORDS})(?: ?/ ?{WORDS})?\s*\){LOOSE_DASH}", 5),
        (rf"{OUTLET} ?\({PLACE}\){LOOSE_DASH}", 5),  # STOCKWATCH.ID (JAKARTA) –
        # KONTAN.CO.ID - JAKARTA.
        (rf"(?:\[[A-Z]\] )?{DOMAIN}\s*[-–—―]+ ?{LOUD_PLACE}(?:/{LOUD_PLACE})* ?\. ?", 5),
        (rf"{OUTLET}{LOOSE_DASH}{LOUD_PLACE}{DASH}", 5),  # KRJOGJA.com - YOGYA -
        (rf"{DOMAIN}{LOOSE_DASH}", 4),  # KOMPAS.com –
        (rf"{PUBLISHER}{DASH}", 4),  # VIVA –
    )
)
BARE = expression(rf"(?P<place>{PLACE}){MONTH_DAY}(?:{DASH})")  # Jakarta -
GAZETTED = expression(rf"(?P<place>{TITLE_PLACE}|{LOUD_PLACE}){MONTH_DAY}\s?[:,–—-]\s?")  # SOLO: , Jayapura,
# Liputan6.com, Jakarta
OUTLET_COMMA = expression(rf"(?P<outlet>{DOMAIN})\s?,\s?(?P<place>[A-Z][a-z]+(?:[ ][A-Z][a-z]+)?)?")
URL = expression(r"(?:https?://|www\.)\S+\s*")  # that may stand before one
LONGEST = 120  # characters of a dateline
MARK = expression(r"[-–—―|,:]")  # one of these stands in each of the forms
BAR = expression(r"[-–—―|]")  # and one of these in all but the last two
OPENS = expression(r"[\"“‘'(\[]{0,2}(?:[A-Z0-9]|[a-z]{2})")
BYLINE = expression(rf"\s*{pattern(known('role', 'opening'))}\b")
CAMEL = expression(r"(?<=[a-z])(?=[A-Z]{4,})")
FARTHEST = 60  # lines above the first paragraph among which a dateline is looked for
OUTLET_NAMED = 4  # the strength from which a dateline names its outlet, or a place that is known
TOLD = 3  # paragraphs, below which a name and a dash are a row of a list and no dateline
LATEST = 330  # characters into the first line, where a deck or reporter stands glued before the dateline


class Dateline(NamedTuple):
    """Where a dateline stands, and its strength: from 5 with outlet and place down to 1 for a bare place."""

    start: int
    end: int
    strength: int


@cache
def places() -> frozenset[str]:
    """Cities that open a story without any dash, in lower case."""
    return frozenset(read("data/places.txt").casefold().split("\n")) - {""}


def at(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that begins at ``start``, if one does.

    >>> at("TEMPO.CO, Jakarta - Harga cabai naik.", 0, 37)
    Dateline(start=0, end=20, strength=5)
    """
    # The forms stand one below the other, the surest first: taken apart, their order could not be seen.
    if not text[start : start + 1].isalpha() and text[start : start + 1] != "[":
        return None
    limit = min(end, start + LONGEST)
    if not MARK.search(text, start, limit):
        return None
    if BAR.search(text, start, limit):
        for form, strength in FORMS:
            found = form.match(text, start, limit)
            if found and OPENS.match(text, found.end(), end):
                return Dateline(start, found.end(), strength)
        found = BARE.match(text, start, limit)
        if found and OPENS.match(text, found.end(), end) and len(found["place"].split()) <= 4:
            listed = found["place"].split(",")[0].casefold() in places()
            named = text[found.end()].islower()  # "Maung Bandung -julukan Persib-" is a name with another one
            if listed or not (named or "\n" in found.group()):  # a heading above a list is no place
                return Dateline(start, found.end(), 4 if listed else 3)
    found = OUTLET_COMMA.match(text, start, limit)
    if found:
        if found["place"]:
            known = _known(found["place"])
            if known:
                stop = found.start("place") + known
                while text[stop : stop + 1] == " ":
                    stop += 1
                return Dateline(start, stop, 4)
        stop = found.start("place") if found["place"] else found.end()
        if text[stop : stop + 1].isupper():
            return Dateline(start, stop, 3)
    found = GAZETTED.match(text, start, limit)
    if found and found["place"].casefold() in places() and text[found.end() : found.end() + 1].isupper():
        return Dateline(start, found.end(), 2 if found.group().rstrip().endswith(":") else 1)
    return None


def _known(words: str) -> int:
    """The length of the city that the words begin with. Another word may be glued to it: "JakartaBanjir"."""
    for length in range(len(words), 2, -1):
        behind = words[length : length + 1]
        if words[:length].casefold() in places() and (behind in ("", " ") or behind.isupper()):
            return length
    return 0


def find(page: Page) -> Dateline | None:
    """The dateline of the page: the first of the strongest, at the start of a line or in the first one."""
    # One walk down the page, which ends at the first dateline that is sure.
    best: Dateline | None = None
    text, told = page.text, 0
    for seen, span in enumerate(page.open, 1):
        start = span.start + len(span.text) - len(span.text.lstrip(" \t\r\n\xa0'\"[•"))
        address = URL.match(text, start, span.end) if seen == 1 else None
        start = address.end() if address else start
        if span.text.strip() in ("-", "–", "—") and seen <= 3:
            return Dateline(span.start, span.end, 3)
        found = at(text, start, min(len(text), span.end + 200))
        row = told >= TOLD and found and found.strength < OUTLET_NAMED
        if found and not row and (not best or found.strength > best.strength) and _tells(page, found):
            best = found
            if best.strength >= OUTLET_NAMED:
                return best
        if seen == 1 and (not best or best.strength <= 3) and len(span.text) > 80:
            end = min(span.end, span.start + LATEST)
            best = _glued(text, span.start, end, flat=len(page.starts) <= 3) or best
        if strong(shape(span.text)):
            told += 1
            if best or seen > FARTHEST:
                break
    return best


def _tells(page: Page, found: Dateline) -> bool:
    """Whether a story follows: the dateline of a blurb or a menu has none."""
    line = page.text[found.end : found.end + 600].split("\n")[0]
    if line.count(" | ") > 1 or WHEN.match(line):
        return False
    if found.strength >= OUTLET_NAMED or len(line) >= 60 or prose(shape(line)):
        return True
    return page.line(found.end) > page.line(found.start)


def _glued(text: str, start: int, end: int, *, flat: bool) -> Dateline | None:
    """A dateline with its outlet, somewhere in the first characters of a text that lost its lines."""
    for place in re.finditer(r"(?<=[a-z.!?)\s])(?=[A-Z])", text[start:end]):
        found = at(text, start + place.start(), len(text))
        before = text[start : start + place.start()]
        if not found:
            continue
        led = before[-1:].isspace() and (BYLINE.match(before) or (flat and WHEN.search(before)))
        inner = CAMEL.search(text, found.start + 1, found.end)
        glued = at(text[inner.start() : inner.start() + 300], 0, 300) if inner else None
        if inner and glued and glued.strength == found.strength:
            found = Dateline(inner.start(), inner.start() + glued.end, glued.strength)
        loud = flat and CAMEL.match(text, found.start) and headline(shape(before))
        if found.strength == 5 or (found.strength == 4 and led) or loud:
            return found
        if flat and credit_at_end(before.rstrip()):
            return found
    return None
