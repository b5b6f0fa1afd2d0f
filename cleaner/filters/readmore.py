"""Links to other stories: "Baca juga: Harga Cabai Naik di Pasar Induk", in all their extents."""

import re
from collections.abc import Iterable, Iterator

from ..expression import expression
from ..link import LIST_ITEM, SUBHEADING, extent
from ..spans import Claim, Page

# "Baca juga:", "SIMAK JUGA -", "Yuk, simak juga", "Lihat Juga :", "Baca:"; the last kind only with its colon.
MARKER = expression(
    r"""(?=[BKLMNRS][AEIaei]|[TC][OEUoeu]|[AEY][RDULYrduly]|[JP][AIai])  # most places are passed over here
    (?i:(?:(?:yuk|ayo|nah),?\s)?
      (?:(?:baca|simak|lihat|(?-i:[Tt]onton|[Cc]ek))(?:\s+ini)?\s+(?:juga|pula)(?:\s+deh\b)?
          (?:\s+(?:artikel|berita)(?:\s+(?:lainnya|ini|terkait))?)?
        | (?:baca|simak|lihat|cek)\s+(?:artikel|berita)\s+(?:(?:menarik|terkait)\s+)?lainnya
        | jangan\s+(?:ketinggalan|lewatkan)\s+baca\s+yang\s+ini\s+juga!? | jangan\s+lewatkan!?
        | read\s+(?:also|more) | also\s+read | see\s+also | related\s+news | next\s+article
        | pilihan\s+(?:editor|redaksi) | menarik\s+dibaca | berita\s+rekomendasi
        | (?:berita|artikel)\s+terkait
        | (?:(?:jangan\s+lupa\s+)?(?:baca|simak)(?:\s+(?:lagi|sini|di\s?sini|selanjutnya))?|tonton|read
            |related|selanjutnya|(?:berita|artikel|kabar|bacaan|tulisan)\s(?:(?:ber|ter)kait(?:an)?
                |lain(?:nya)?|pilihan|menarik(?:\slainnya)?|serupa|sebelumnya)
            | rekomendasi(?:\s+(?:berita|bacaan|artikel))?
            | editor['’]s\schoice)(?=(?:\s|&nbsp;)*:)))
    (?P<sep>(?:\s|&nbsp;)*[:;]|\s+[-–—|>»](?=\s)|(?=[A-Z"“']))?(?:\s|&nbsp;)*""",
    re.VERBOSE,
)
# What every marker holds, in small letters: one of these words, or one of ALSO behind one of VERBS, or a
# colon behind one of HEADS.
ALONE = (
    "lainnya", "lewatkan", "also", "related", "menarik", "article", "rekom", "read more", "pilihan editor",
    "pilihan redaksi", "berita terkait", "artikel terkait",
)
ALSO = ("juga", "pula")
VERBS = ("baca", "simak", "lihat", "tonton", "cek", "ini")
HEADS = (
    "baca", "simak", "tonton", "lagi", "sini", "read", "selanjutnya", "kait", "kaitan", "lain", "pilihan",
    "serupa", "sebelumnya", "editor", "choice", "&nbsp;",
)
NEAR = 100  # characters before a marker that are looked at
BEFORE = ".!?…\"”’')]>»•*-–—:|"


def readmore(page: Page) -> Iterator[Claim]:
    """Claim links to other stories, with their headlines: "Baca juga: …", "Pilihan editor: …", "(Baca: …)".

    Leaves alone what only sounds like one: "Simak juga petualangan Jiang di episode berikutnya."

    >>> from cleaner.spans import Page, settle
    >>> page = Page("Warga pulang. Baca Juga: Banjir Surut di Sukamaju\\n\\nSimak juga kisah Rani yang lain.")
    >>> [span.text for span in settle(page, readmore(page)).spans if span.label]
    ['Baca Juga: Banjir Surut di Sukamaju\\n\\n']
    """
    text = page.text
    small = text.lower()
    alone, also = [word for word in ALONE if word in small], [word for word in ALSO if word in small]
    del small  # it is as large as the page
    for at, span in enumerate(page.open):
        if not _may_hold(span.text.lower(), alone, also):
            continue
        found = MARKER.finditer(text, span.start, span.end)
        marks = [mark for mark in found if _stands(page, span.start, mark)]
        for number, mark in enumerate(marks):
            bound = marks[number + 1].start() if number + 1 < len(marks) else span.end
            start, close = mark.start(), 0
            if text[start - 1 : start] in ("(", "[") and start > span.start:
                close = text.find(")" if text[start - 1] == "(" else "]", start, min(bound, start + 220))
            if close > 0:
                why = "a link to another story, in brackets"
                yield Claim(start - 1, close + 1, "readmore", "readmore", why)
                continue
            end = extent(page, at, start, mark.end(), bound, colon=bool(mark["sep"] and mark["sep"].strip()))
            item = SUBHEADING.search(text, mark.end(), end)
            if item and not LIST_ITEM.match(text, mark.end()):
                end = item.start()
            if start < end:
                start = _bullet(text, span.start, start)
                yield Claim(start, end, "readmore", "readmore", "a link to another story")


def _may_hold(text: str, alone: Iterable[str], also: Iterable[str]) -> bool:
    """A cheap look at a text in small letters, so that the expression is tried on few lines."""
    if any(word in text for word in alone) or any(_behind(text, word, VERBS) for word in also):
        return True
    return _behind(text, ":", HEADS)


def _behind(text: str, word: str, ends: tuple[str, ...]) -> bool:
    """Whether the word stands somewhere behind one of these word ends."""
    at = text.find(word)
    while at >= 0:
        if text[max(0, at - 12) : at].rstrip().endswith(ends):
            return True
        at = text.find(word, at + 1)
    return False


def _stands(page: Page, start: int, mark: re.Match[str]) -> bool:
    """Whether a marker stands where one can: where a line or a sentence begins, or anywhere with a colon."""
    at = mark.start()
    before = page.text[max(start, at - NEAR) : at].rstrip()
    if not before.strip("•-*»>( \t"):
        return True
    headed = bool(mark["sep"] and mark["sep"].strip()) and page.text[mark.end() : mark.end() + 1].isupper()
    return headed or before[-1] in BEFORE


def _bullet(text: str, start: int, at: int) -> int:
    """Where the bullet stands that leads a marker, if one does."""
    return at - 2 if at - 2 >= start and text[at - 2 : at] in ("• ", "- ", "* ", "» ", "> ") else at
