"""What is no text at all: scripts, drawn pictures, wrappers of a data type, lone punctuation."""

import re
from collections.abc import Iterator

from ..expression import expression
from ..spans import Claim, Page

SCRIPT = expression(
    r"googletag\.\w+\.push\(.{0,2000}?\}\);?|\(?adsbygoogle ?=.*?(?:\}\);?|\n|$)"
    r"|window\.\w+ ?=.*?(?:;|\n|$)|document\.(?:write|getElementById)\(.*?(?:;|\n|$)"
    r"|<(?:script|style|iframe)\b.*?(?:</(?:script|style|iframe)>|\n|$)|\bvar \w+ ?= ?.*?(?:;|\n|$)",
    re.S,
)
# One of them stands in each script: a look for them costs less than the expression.
SCRIPT_WORDS = ("googletag", "adsbygoogle", "window.", "document.", "<script", "<style", "<iframe", "var ")
# What describes a picture drawn in the page: its type, title, date and address, all in one. Most are the
# crosses that close an advertisement, whose marker stands behind.
PICTURE = "image/svg+xml"
DRAWN = expression(
    r"image/svg\+xml(?:[^\n]{0,200}\n?\s{0,80}https?://\S{1,200})?(?:[^\n]{0,80}?\bAdvertisement\b|(?=\s|$))"
)
FUNCTION = expression(r"\bfunction \w*\([^)]{0,80}\)\s*\{", re.S)
LONGEST_BLOCK = 6000  # characters of a function
WRAPPERS = (("b'", "'"), ('b"', '"'), ("['", "']"), ('["', '"]'), ("[", "]"))


def residue(page: Page) -> Iterator[Claim]:
    """Claim scripts, drawn pictures, ``b'…'`` wrappers, and lines that hold nothing but commas.

    >>> from cleaner.spans import Page, settle
    >>> page = Page("b'Warga mulai pulang.'")
    >>> [span.text for span in settle(page, residue(page)).spans]
    ["b'", 'Warga mulai pulang.', "'"]
    """
    text = page.text
    begin, stop = len(text) - len(text.lstrip()), len(text.rstrip())
    for opening, closing in WRAPPERS:
        if text.startswith(opening, begin) and text.endswith(closing, 0, stop) and stop - begin > 4:
            yield Claim(begin, begin + len(opening), "other", "residue", "wraps the text of a data type")
            yield Claim(stop - len(closing), stop, "other", "residue", "wraps the text of a data type")
            break
    else:
        if text.startswith(("b'", 'b"'), begin):
            yield Claim(begin, begin + 2, "other", "residue", "wraps the text of a data type")
    if "function " in text:
        for found in FUNCTION.finditer(text):
            yield Claim(found.start(), _block(text, found.end()), "other", "residue", "a script, no text")
    if "(" in text and ("{" in text or "=" in text) and any(word in text for word in SCRIPT_WORDS):
        for found in SCRIPT.finditer(text):
            label = "ad" if "googletag" in found.group() or "adsby" in found.group() else "other"
            yield Claim(found.start(), found.end(), label, "residue", "a script, no text")
    for found in DRAWN.finditer(text) if PICTURE in text else ():
        yield Claim(found.start(), found.end(), "other", "residue", "describes a picture of the page")
    for span in page.open:
        signs = "" if span.text[0].isalnum() else "".join(span.text.split()).strip("'\"")
        if signs and not signs.strip(",;|'\""):
            yield Claim(span.start, span.end, "other", "residue", "punctuation alone")


def _block(text: str, at: int) -> int:
    """Where the block of code ends that is open at this place."""
    depth = 1
    for place in range(at, min(len(text), at + LONGEST_BLOCK)):
        depth += (text[place] == "{") - (text[place] == "}")
        if not depth:
            return place + 1
    return at
