"""How stories end: editor, reporter, source, initials. "Editor: B Kunto", "(rea/rrd)", "Hanin berkontribusi …"."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from ..expression import expression
from ..shapes import STOP, headline, shape, strong
from ..shapes import prose as reads
from ..spans import START, Claim, Page, Span

ROLE = (
    r"(?:Penulis|Editor|EDITOR|editor|Reporter|Pewarta|Sumber(?: [Bb]erita)?|SUMBER|sumber|Redaktur|Rep|Red|Translator"
    r"|Penerjemah|Uploader|Kontributor|Laporan|Wartawan|Source|Via|Author|Publisher|Penyunting|Fotografer"
    r"|Koresponden|Jurnalis|Tim Liputan|Videografer|Produser)"
)
LINE = expression(
    rf"\s*[(\[]?\s*{ROLE}\s*[:.]\s*\S[^\n]{{0,110}}?\s*$|\s*\(?(?:Ditulis|Diadaptasi|Disadur|Diterjemahkan"
    rf"|Dilaporkan) oleh:? [A-Z‘'][^\n.]{{2,70}}\)?\s*$|\s*(?:Disadur|Diolah|Dikutip) dari (?:artikel"
    rf"|berita|laporan) [^\n]{{2,80}}$"
)
# The same, glued behind the last sentence: "Pewarta: FauzanEditor: Indra", "sumber : Antara".
GLUED = expression(rf"(?<=[.!?)”\"’\s])\(?(?:{ROLE}\s*:\s*(?:[^:\n.!?]|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.){{0,60}}?(?:\s*[|/,]\s*)?){{1,4}}\.?\)?\s*$")
SOURCE = expression(r"\s*[(\[]?(?:Sumber|sumber|SUMBER|Source|Via)\b")
LONELY = expression(rf"\s*(?:{ROLE}|Credits? ?\(?\d*\)?)\s*:?\s*$")
LAST_INITIALS = expression(r"\s*(?:\((?=[a-z0-9]*[a-z])[a-z0-9]{2,6}/(?=[a-z0-9]*[a-z])[a-z0-9]{2,6}(?:/[a-z0-9]{2,6}){0,2}\)|\[[a-z]{2,4}(?:/[a-z]{2,10}){0,2}\])(?=\s*$)")
# The wire alone on its line: "KCNA WATCH | REUTERS", "ANTARA".
WIRE = expression(
    r"\s*(?:[A-Z][A-Z .&]{2,24}(?:\s*\|\s*[A-Z][A-Z .&]{2,24}){1,3}|-*\s*(?:ANTARA|REUTERS|Reuters"
    r"|AFP|AP|XINHUA|Xinhua|BERNAMA|Bernama|ANADOLU|Anadolu|SPUTNIK|TASS|KCNA|BBC|CNN|AL ?JAZEERA))\s*"
)
LOUD_NAME = expression(r"[A-Z][A-Z.'’]+(?: [A-Z][A-Z.'’]*){1,4}")
LOUD_END = expression(
    r"(?<=[.!?”\"])\s*(?:(?:[A-Z][A-Z .&]{2,24} ?\| ?){1,4}[A-Z][A-Z .]{1,24}|[-–—]{1,2} ?[A-Z][A-Z!]{2,}(?: [A-Z][A-Z!]*){0,3}"
    r"|[A-Z][A-Z.'’]*(?:[ \xa0][A-Z][A-Z.'’]*){1,4}|[A-Z]{8,}|ANTARA|REUTERS|AFP|XINHUA|BERNAMA|KCNA|[A-Z]{4,}\.(?:COM|CO\.ID|ID))$"
)
RUBRIC = expression(r"\s*[a-z]+\.(?:id|com|co)\s+-\s+[A-Z][\w ]{2,30}\s*")
LONGEST = 160  # characters of a signature on a line of its own,
LONGEST_ROLE = 60  # of one that is nothing but a role, a wire or a rubric,
LONGEST_NAME = 45  # and of a name in capitals
LOUD_LONGEST = 200  # characters of names in capitals behind the last sentence
NAME = "names who made the story"
NAME_OR_SOURCE = "names who made the story, or its source"
MOST_TAGS = 10
CONTRIBUTED = expression(
    r"(?:^|(?<=[.!?”\"] )|(?<=[.!?”\"]))(?:[A-Z]\.|[A-Z][\w'’-]+)(?:,? (?:(?:dan|dari|di) )?(?:[A-Z]\.|[A-Z][\w'’-]+)){0,14} (?:berkontribusi|turut berkontribusi"
    r"|ikut berkontribusi|membantu) (?:dalam|pada|untuk) (?:penulisan|laporan|peliputan|artikel|tulisan)[^\n]{0,200}$"
)


def signoff(page: Page) -> Iterator[Claim]:
    """Claim the names and initials that close a story.

    Leaves alone the same words inside a sentence, abbreviations in brackets, and the byline above the story.

    >>> from cleaner.spans import Page, settle
    >>> page = Page("Menurut BPS, harga naik sejak awal bulan ini dan belum akan turun. (akn/ega)\\nEditor: Rudi Hartawan")
    >>> [span.text for span in settle(page, signoff(page)).spans if span.label]
    ['(akn/ega)\\n', 'Editor: Rudi Hartawan']
    """
    spans = page.open
    first = next((number for number, span in enumerate(spans) if reads(shape(span.text))), len(spans))
    for number in range(first, len(spans)):
        span = spans[number]
        text = span.text
        if number > first and len(text) < LONGEST and (page.line_start(span.start) or spans[number - 1].end < span.start):
            why = _signature(page, span)
            if why:
                yield Claim(span.start, span.end, "signoff", "signoff", why)
                if why == NAME:
                    yield from _tags(page, span.end)
                continue
        if (text.rstrip().endswith((")", "]")) and "/" in text[-40:]) and (found := _last(LAST_INITIALS, text)) is not None:
            yield Claim(span.start + found, span.end, "signoff", "signoff", "the initials of writer and editor")
            yield from _tags(page, span.end)
            continue
        if text.rstrip().rstrip(" !")[-4:].isupper() and (loud := LOUD_END.search(end := text.rstrip(), max(0, len(end) - LOUD_LONGEST))) and _tail(page, span.end):
            yield Claim(span.start + loud.start(), span.end, "signoff", "signoff", NAME)
            yield from _tags(page, span.end)
            continue
        if ":" in text[-160:] and (glued := GLUED.search(text, max(0, len(text) - 200))) and _tail(page, span.end):
            yield Claim(span.start + glued.start(), span.end, "signoff", "signoff", NAME_OR_SOURCE)
        elif "ontribusi" in text and (helped := CONTRIBUTED.search(text.rstrip(), max(0, len(text) - 320))):
            yield Claim(span.start + helped.start(), span.end, "signoff", "signoff", "names who helped to write the story")


def _signature(page: Page, span: Span) -> str:
    """Why a line of its own is a signature, "" if it is none."""
    text = span.text
    if (":" in text or "." in text or " oleh" in text or " dari " in text) and LINE.match(text) and (not SOURCE.match(text) or _tail(page, span.end)):
        return NAME_OR_SOURCE
    if len(text) >= LONGEST_ROLE:
        return ""
    if LONELY.match(text) and not text.strip().islower():
        return NAME_OR_SOURCE
    if page.whole(span) and WIRE.fullmatch(text) and ("|" in text or _tail(page, span.end)):
        return "names the source of the story"
    if "-" in text and RUBRIC.fullmatch(text) and _tail(page, span.end):
        return "names the house and the rubric"
    if len(text) < LONGEST_NAME and text.isupper() and page.whole(span) and LOUD_NAME.fullmatch(text.strip()) and _tail(page, span.end):
        return NAME
    return ""


def _tags(page: Page, end: int) -> Iterator[Claim]:
    """The tags that some pages print without any heading right behind the initials: short lines without a stop."""
    at = bisect_left(page.spans, end, key=START)
    for span in page.spans[at : at + MOST_TAGS]:
        text = span.text.strip()
        if span.label or len(text) > 160 or STOP.search(text[-3:]) or headline(shape(text)) or not _tail(page, span.start):
            return
        yield Claim(span.start, span.end, "tags", "signoff", "tags behind the initials")


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text, max(0, len(text.rstrip()) - 40))
    return found.start() + len(found.group()) - len(found.group().lstrip()) if found else None


def _tail(page: Page, end: int) -> bool:
    """Whether no paragraph of prose is left behind this place on the next few lines."""
    at = bisect_left(page.open, end, key=START)
    return not any(strong(shape(span.text)) for span in page.open[at : at + 10])
