"""Links to other stories: "Baca juga: Harga Cabai Naik di Pasar Induk", in all their extents."""

import re
from collections.abc import Iterator

from ..expression import expression
from ..link import extent
from ..spans import Claim, Page

# "Baca juga:", "SIMAK JUGA -", "Yuk, simak juga", "Lihat Juga :", "Baca:"; the last kind only with its colon.
MARKER = expression(
    r"""(?=[ABCEJLMNPRSTYabcjlmnrsty])  # no marker begins with another letter: asked first, this halves the time
    (?:(?:[Yy]uk|[Aa]yo|[Nn]ah),?\s)?
    (?:(?:[Bb]aca|BACA|[Ss]imak|SIMAK|[Ll]ihat|LIHAT|[Tt]onton|[Cc]ek)\s+(?:[Jj]uga|JUGA|[Pp]ula|PULA)
        (?:\s+(?:[Aa]rtikel|[Bb]erita)(?:\s+(?:[Ll]ainnya|[Ii]ni|[Tt]erkait))?)?
      | [Bb]aca\s+(?:artikel|berita)\s+lainnya
      | [Jj]angan\s+(?:ketinggalan|lewatkan)\s+baca\s+yang\s+ini\s+juga!? | Jangan\s+Lewatkan!?
      | [Rr]ead\s+[Aa]lso | READ\s+ALSO | [Rr]elated\s+[Nn]ews | [Mm]enarik\s+[Dd]ibaca | [Nn]ext\s+[Aa]rticle | BERITA\s+REKOMENDASI
      | (?:Baca|BACA|Simak|Read|READ|Selanjutnya|Berita\s[Tt]erkait|BERITA\sTERKAIT|Artikel\s[Tt]erkait|Related
          | (?:Artikel|Berita)\s[Ll]ain(?:nya)? | Pilihan\s[Ee]ditor|PILIHAN\sEDITOR|Editor['’]s\s[Cc]hoice)(?=(?:\s|&nbsp;)*:)
    )(?P<sep>(?:\s|&nbsp;)*[:;]|\s+[-–—|>»](?=\s)|(?=[A-Z"“']))?(?:\s|&nbsp;)*""",
    re.VERBOSE,
)
# What every marker holds: one of these words, or one of ALSO behind one of VERBS, or a colon behind one of HEADS.
ALONE = ("lainnya", "ewatkan", "lso", "LSO", "elated", "enarik", "rticle", "REKOM")
ALSO = ("juga", "Juga", "JUGA", "pula", "Pula", "PULA")
VERBS = ("aca", "ACA", "imak", "IMAK", "ihat", "IHAT", "onton", "ek", "ini")
HEADS = ("Baca", "BACA", "Simak", "Read", "READ", "Selanjutnya", "erkait", "ERKAIT", "ain", "ditor", "DITOR", "hoice", "&nbsp;")
NEAR = 100  # characters before a marker that are looked at
BEFORE = ".!?…\"”’')]>»•*-–—:|"
VIDEO = expression(r"[Vv]ideo\b|['\"“‘]?VIDEO\b")


def readmore(page: Page) -> Iterator[Claim]:
    """Claim links to other stories, with their headlines: "Baca juga: …", "Pilihan editor: …", "(Baca: …)".

    Leaves alone what only sounds like one: "Simak juga petualangan Jiang di episode berikutnya."

    >>> from cleaner.spans import Page, settle
    >>> page = Page("Warga pulang. Baca Juga: Banjir Surut di Sukamaju\\n\\nSimak juga kisah Rani yang lain.")
    >>> [span.text for span in settle(page, readmore(page)).spans if span.label]
    ['Baca Juga: Banjir Surut di Sukamaju\\n\\n']
    """
    text = page.text
    for at in page.holding(*ALONE, *ALSO, ":"):
        span = page.open[at]
        if not _may_hold(span.text):
            continue
        marks = [mark for mark in MARKER.finditer(text, span.start, span.end) if _stands(page, span.start, mark)]
        for number, mark in enumerate(marks):
            bound = marks[number + 1].start() if number + 1 < len(marks) else span.end
            start, close = mark.start(), 0
            if text[start - 1 : start] in ("(", "[") and start > span.start:
                close = text.find(")" if text[start - 1] == "(" else "]", start, min(bound, start + 220))
            if close > 0:
                yield Claim(start - 1, close + 1, "readmore", "readmore", "a link to another story, in brackets")
                continue
            end = extent(page, at, start, mark.end(), bound, colon=bool(mark["sep"] and mark["sep"].strip()))
            if start < end:
                label, why = ("embed", "points to a video") if VIDEO.match(text, mark.end()) else ("readmore", "a link to another story")
                yield Claim(_bullet(text, span.start, start), end, label, "readmore", why)


def _may_hold(text: str) -> bool:
    """A cheap look, so that the expression is tried on few lines: a marker has one of these words, or two of them one behind the other."""
    return any(word in text for word in ALONE) or any(word in text and _behind(text, word, VERBS) for word in ALSO) or (":" in text and _behind(text, ":", HEADS))


def _behind(text: str, word: str, ends: tuple[str, ...]) -> bool:
    """Whether the word stands somewhere behind one of these word ends."""
    at = text.find(word)
    while at >= 0:
        if text[max(0, at - 12) : at].rstrip().endswith(ends):
            return True
        at = text.find(word, at + 1)
    return False


def _stands(page: Page, start: int, mark: re.Match[str]) -> bool:
    """Whether a marker stands where one can: at the start of a line, a sentence or a span, or anywhere with a colon."""
    at = mark.start()
    if mark.group()[0].islower():
        return False
    before = page.text[max(start, at - NEAR) : at].rstrip()
    if not before.strip("•-*»>( \t"):
        return True
    return before[-1] in BEFORE or bool(mark["sep"] and mark["sep"].strip() and page.text[mark.end() : mark.end() + 1].isupper())


def _bullet(text: str, start: int, at: int) -> int:
    """Where the bullet stands that leads a marker, if one does."""
    return at - 2 if at - 2 >= start and text[at - 2 : at] in ("• ", "- ", "* ", "» ", "> ") else at
