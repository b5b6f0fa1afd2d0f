"""What clings to the last words of a story: "(*)", "(Rusdi)", "[]", "***"."""

import re
from collections.abc import Iterator

from ..expression import expression
from ..publishers import known, pattern
from ..shapes import shape, strong
from ..spans import Claim, Page

MARK = expression(
    r"(?:\(\s*\*{1,3}\s*\)|\*{2,}|\[\s*\]|\(\+\)|[-–—]{2,}|_{3,}|={3,}|#{2,}|■|●|\[\w{2,4}\]"
    r"|\((?:[a-zA-Z]{2,4}|[a-z]{3,8}|[a-z]{2,4}-\d{1,3}|[A-Z]-\d{1,2}|[a-z0-9]{2,5}/[\w.-]{2,20}"
    r"|[a-z]{2,5}/[A-Z]-\d)\))\s*$"
)
NAMED = expression(
    r"\(\s*(?:[A-Z][\w.'’-]+|[A-Z]\.)(?: [A-Z][\w.'’-]*){0,4}\s*\)\s*$|\((?:[\w. -]{2,30}|\*{1,3}) ?/ ?"
    r"(?:[\w .,'’-]{2,40}|\*{1,3})\)\s*$|\[[\w/. -]{2,40}\]\s*$"
)
KEPT = expression(
    r"\((?:yoy|mtm|qtq|ytd|kg|ha|mdpl|purn|alm|km|cm|ojol|satu|dua|tiga|kiri|kanan|tengah|WIB|WITA"
    r"|WIT|KPK|KPU|DPR|MK|PBB|AS|TNI|[A-Z]{5,}|[SD]-\d|D-?I?V?I*|[IVX]+|Alm|Rp)\)\s*$"
)
AGENCY = expression(rf"\(\s*{pattern(known('agency'))}\s*\)\s*$")  # "(ANTARA)", which is no abbreviation
COPYRIGHT = expression(r"(?<=\s)(?:COPYRIGHT|Copyright|©)\s*(?:©|\(c\)|\d{4})[^\n]{0,200}$")
SITE = expression(r"\([A-Z]\w*\.(?:com|co\.id|id)/[A-Z]")  # "(Harianlereng.com/Rina)"
NEXT = expression(r"(?:Next|Halaman|Lanjut)\s*$")


def closing(page: Page) -> Iterator[Claim]:
    """Claim the marks and the names in brackets that cling to the very end of the story.

    Leaves alone a bracket that explains the word before it, "(yoy)" or "(Persero)", and everything before
    the end.

    >>> from cleaner.spans import Page, settle
    >>> page = Page("Warga diminta waspada karena hujan masih akan turun dan sungai belum surut. (Rusdi)")
    >>> settle(page, closing(page)).spans[-1].text
    '(Rusdi)'
    """
    ends = (span for span in reversed(page.open) if "*" in span.text or any(map(str.isalnum, span.text)))
    last = next(ends, None)
    if last is not None and (copyright := COPYRIGHT.search(last.text)):
        yield Claim(last.start + copyright.start(), last.end, "legal", "closing", "claims the copyright")
        return
    if last is None or not any(span is last or strong(shape(span.text)) for span in page.open):
        return
    stop = last.end
    for _ in range(3):
        text = page.text[last.start : stop].rstrip()
        found = _in_last(45, text, MARK) or _in_last(60, text, NAMED) or _in_last(8, text, NEXT)
        kept = KEPT.search(text) and not AGENCY.search(text)
        if not found or kept or not _ends(text[: found.start()], found.group()):
            break
        yield Claim(last.start + found.start(), stop, "signoff", "closing", "clings to the end of the story")
        stop = last.start + found.start()
        if stop == last.start:
            return


def _in_last(characters: int, text: str, mark: re.Pattern[str]) -> re.Match[str] | None:
    """A mark in the last characters of a text: no more are searched, so that the cost stays bounded."""
    return mark.search(text, max(0, len(text) - characters))


def _ends(before: str, mark: str) -> bool:
    """Whether a sentence ends before the mark; brackets with words in them need that."""
    before, mark = before.rstrip(), mark.strip()
    sure = mark.startswith(("(*", "**", "[]", "--")) or bool(re.fullmatch(r"\([a-z]{3}\)", mark))
    sure = sure or bool(SITE.match(mark))
    return sure or not before or before[-1] in ".!?…\"”’')]"

