"""Second copies of text: extractors print nested paragraphs twice, or the whole story before its parts."""

from collections.abc import Iterator

from ..expression import expression
from ..link import LIST_ITEM
from ..place import NOTE
from ..reading import plainer
from ..spans import Claim, Page, Span

LETTERS = expression(r"[^\W_]+")
NO_LETTERS = bytes([code for code in range(128) if not chr(code).isalnum()])
LEAST = 40  # letters from which a line that stood before counts as printed twice
SENTENCE = expression(r"[^.!?]+[.!?]*[\"”’)]*\s*")
LONGEST_ITEM = 200  # characters of an item that is looked for above a line
QUOTES = ('"', "“", "‘", "'")
FACT_CHECK = expression(r"\b(?:narasi|hoaks|hoax|klaim|pemeriksaan fakta|cek fakta|turnbackhoax)\b")
DIGITS = 0.15  # digits by letter, from which a line is a row of a table
# Letters before a line in which it is looked for as part of a longer one; the limit keeps the cost linear.
# Whole lines that are the same are found anywhere.
NEAR = 20_000
ALONE = 120  # letters from which a single doubled line counts; shorter ones only in a run


def double(page: Page) -> Iterator[Claim]:
    """Claim lines that repeat what stood before; the first copy stays.

    Leaves alone short lines by themselves, rows of a table, what a colon introduces, and a fact check that
    quotes a text twice.

    >>> from cleaner.spans import Page, settle
    >>> first = "Warga Sukamaju mulai pulang ke rumah mereka setelah banjir surut."
    >>> second = "Air sudah tidak lagi masuk ke rumah warga sejak Senin pagi."
    >>> page = Page("\\n".join([first, second] * 2))
    >>> [span.label for span in settle(page, double(page)).spans]
    ['', '', 'other', 'other']
    """
    claims = [*_lines(page), *_sentences(page)]
    if claims and not FACT_CHECK.search(page.text.casefold()):
        yield from claims


def _lines(page: Page) -> Iterator[Claim]:
    """Runs of lines that stood before."""
    kept = ""
    seen: set[str] = set()
    run: list[Span] = []
    letters = 0
    by_line: dict[int, list[Span]] = {}
    for span in page.spans:
        if span.label in ("", "dateline"):
            by_line.setdefault(page.line(span.start), []).append(span)
    for spans in by_line.values():
        key = _letters("".join([span.text for span in spans]))
        counts = key and (run or (len(key) >= LEAST and not NOTE.match(spans[0].text)))
        if counts and (key in seen or key in kept):
            run += spans
            letters += len(key)
            continue
        yield from _claims(page, run, letters)
        run, letters = [], 0
        seen.add(key)
        kept += key + " "
        if len(kept) > 2 * NEAR:
            kept = kept[-NEAR:]
    yield from _claims(page, run, letters)


def _letters(text: str) -> str:
    """The letters and digits of a text, without case: what two copies have in common."""
    plain = plainer(text)
    if plain.isascii():  # a tenth of the time
        return plain.encode().translate(None, NO_LETTERS).decode().lower()
    return "".join(LETTERS.findall(text)).casefold()


def _sentences(page: Page) -> Iterator[Claim]:
    """Runs of sentences inside a line that stood before, where they reach the end of their line."""
    seen: set[str] = set()
    for span in page.open:
        if len(span.text) < 2 * LEAST:
            continue
        start, letters = -1, 0
        for sentence in SENTENCE.finditer(span.text):
            key = _letters(sentence.group())
            if key in seen and (len(key) >= LEAST or (key and start >= 0)):
                start = sentence.start() if start < 0 else start
                letters += len(key)
            else:
                start, letters = -1, 0
            seen.add(key)
        on_purpose = (start == 0 and _announced(page, span)) or span.text.rstrip().endswith(("”", '"'))
        if start >= 0 and letters >= ALONE and not on_purpose:
            yield Claim(span.start + start, span.end, "other", "double", "stood on the page before")


def _announced(page: Page, span: Span) -> bool:
    """Whether the line above ends in a colon, or is a numbered item, whose text may be that of another."""
    above = page.text[max(0, span.start - LONGEST_ITEM) : span.start].rstrip().rpartition("\n")[2]
    return above.endswith(":") or LIST_ITEM.match(above.lstrip()) is not None


def _claims(page: Page, run: list[Span], letters: int) -> Iterator[Claim]:
    if len(run) == 1 and (_announced(page, run[0]) or sum(map(str.isdigit, run[0].text)) > DIGITS * letters):
        return  # a row or a list that holds for two things
    quoted = run and run[0].text.lstrip().startswith(QUOTES)
    if quoted and run[-1].text.rstrip().endswith(("”", '"', "'")) and len(run) < 4:
        return  # a text quoted twice
    if letters >= ALONE or (len(run) >= 2 and letters >= 2 * LEAST):
        for span in run:
            yield Claim(span.start, span.end, "other", "double", "stood on the page before")
