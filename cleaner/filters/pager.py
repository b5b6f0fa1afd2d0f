"""What stands beside a button that turns the page: page numbers, and the first words of the next page."""

from collections.abc import Iterator

from ..expression import expression
from ..spans import Claim, Page, Span

PAGES = expression(r"\d{1,2}(?: \d{1,2})+ ?(?:>|»|Next)?")
BUTTON = expression(  # with no stop before it
    r"(?<=\w )Halaman (?:Selanjutnya|Berikutnya)(?=\s*$| [A-Z\"“])"
    r"|\*?Ke halaman (?:selanjutnya|berikutnya)\W*$"
)
LONGEST = 70  # characters of a teaser; the longest of the real ones has 45


def pager(page: Page) -> Iterator[Claim]:
    """Claim page numbers that count up from 1, and a short line that ends in dots behind a page marker.

    Leaves alone the cells of a table, which are numbers too.

    >>> from cleaner.spans import Page, settle
    >>> page = Page("Warga pulang.\\n1\\n2\\n3\\n")
    >>> [span.text for span in settle(page, pager(page)).spans if span.label]
    ['1\\n', '2\\n', '3\\n']
    """
    spans = page.spans
    for number, span in enumerate(spans):
        if span.label:
            continue
        text = span.text.strip()
        if "alaman " in text:
            for button in BUTTON.finditer(span.text):
                start, end = span.start + button.start(), span.start + button.end()
                yield Claim(start, end, "page", "pager", "turns the page")
        after_page = number > 0 and spans[number - 1].label == "page"
        if len(text) > LONGEST or not (after_page or text[:1].isdigit()):
            continue
        if PAGES.fullmatch(text) and not page.line_start(span.start):
            yield Claim(span.start, span.end, "page", "pager", "the numbers of the pages")
        elif after_page and text.endswith(("...", "…")):
            yield Claim(span.start, span.end, "page", "pager", "the first words of the next page")
        elif text == "1" or (after_page and text.isdecimal() and len(text) < 3):
            run = _run(spans, number)
            if len(run) > 1 or after_page:
                for numbered in run:
                    yield Claim(numbered.start, numbered.end, "page", "pager", "the numbers of the pages")


def _is(text: str, number: int) -> bool:
    """Whether a text is this number. Python reads no "²", nor a number of thousands of digits."""
    return text.isdecimal() and len(text) < 9 and int(text) == number


def _run(spans: tuple[Span, ...], number: int) -> list[Span]:
    """The lines from here on that count up one by one, if nothing but a line without digits follows them."""
    run: list[Span] = []
    first = int(spans[number].text)
    for at in range(number, len(spans)):
        text = spans[at].text.strip()
        if not text.isdigit() or (run and not _is(text, first + len(run))):
            return [] if text.isdigit() else run
        run.append(spans[at])
    return run
