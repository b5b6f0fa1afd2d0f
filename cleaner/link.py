"""How far a link to another story reaches: from its marker, over its headline, to where the story goes on.

The same words stand in four extents, and no publisher keeps to one. The headline stands behind the marker on
its line; or on the next line, or several of them; or it was lost by the extractor, so that the next line is
the story; or it stands inside a paragraph, with nothing to mark its end. Taking the wrong one costs 13 % to
75 % of a page's words.
"""

from operator import itemgetter

from .cut import cut, ends, plain
from .expression import expression
from .shapes import Shape, headline, prose, sentence_case_headline, shape, strong
from .spans import Page, Span
from .units import WORST

SHORT = 170  # characters of a headline; of 2,000 real ones none is longer
LOOK = 7  # words behind a marker without colon in which a plain word shows that the story goes on there
# Behind a marker that is no verb there is always a headline, and only the next words say that it is none.
VERBS, NEAREST = ("baca", "simak", "lihat", "tonton", "cek"), 2
MOST = 8  # headlines below one marker
TOLD = 2  # plain words that a sentence has: of 584 sentences of at most nine words 94 in 100 are seen
TITLED = 0.62  # share of capitals from which words are a headline rather than a sentence
SIGNS = '.,;:!?…"“”()'  # that stand around a word
# A full stop with a sentence behind it. "No.", "Rp." and "St." are a capital and one letter: they end none.
SENTENCE_INSIDE = expression(r"(?:(?<![A-Z])[a-z0-9%)”\"’]|[A-Z]{3})\.[”\"’)]*\s+[\"“(]?[A-Z]")
# One behind a headline: the subheading of a story.
SUBHEADING = expression(r"(?:(?<=\w[ \xa0])|(?<=[a-z][.!?]))\d{1,2}[.)]\s+(?=[A-Z][a-z])")
LIST_ITEM = expression(r"\d{1,2}[.)]\s|[a-z][.)]\s")


def extent(page: Page, at: int, start: int, mark: int, bound: int, *, colon: bool) -> int:
    """Where a link ends. Gives ``start`` when the words turn out to be no link at all.

    Its marker stands from ``start`` to ``mark`` in the open span number ``at``; it may reach to ``bound``.
    """
    # One case for each of the extents, in the order in which they exclude one another.
    text = page.text
    payload = text[mark:bound].strip()
    if not payload:
        if bound < page.open[at].end or not page.ends_line(page.open[at]):
            return mark
        return _below(page, at, colon=colon, loud=text[start:mark].isupper())
    if not colon and payload[0].islower():
        return start
    verb = text[start:mark].casefold().startswith(VERBS)
    if not colon and _goes_on(payload, LOOK if verb else NEAREST):
        asks = text[start : start + 4].lower() == "baca" and (page.line_start(start) or _opens(payload))
        return mark if asks else start
    form = shape(payload)
    ended = form.full or payload.endswith(":")  # as no headline does
    sentences = SENTENCE_INSIDE.search(payload) is not None
    reads = (strong(form) and form.small >= 4) or (ended and form.capitals < TITLED)
    if form.full and not reads and not sentences:
        end = cut(text, mark, bound, text)
        if tells(text[end:bound]):
            return end  # the last sentence of the story, a short one
    if len(payload) <= SHORT and not sentences and not reads:
        return bound
    if bound >= page.end and len(payload) <= 130 and not ended:
        return bound
    if form.capitals >= TITLED and not sentences and not ended and form.length <= 900:
        return bound  # several headlines, glued
    for _ in range(MOST):
        while mark < bound and text[mark].isspace():
            mark += 1
        mark = cut(text, mark, bound, text)
        if colon or _goes_on(text[mark:bound].strip()):
            break
    return mark


def _goes_on(payload: str, look: int = LOOK) -> bool:
    """Whether a plain word stands near: headlines have capitals, so this is the story."""
    return any(plain(word.strip(SIGNS)) for word in payload.split()[1 : look + 1])


def before_story(text: str, start: int, end: int) -> int:
    """Where words end that may have a sentence of the story behind them without a stop, else ``end``.

    >>> text = "Copyright Harian Lereng 2025 Warga berharap harga madu bertahan sampai Lebaran."
    >>> text[:before_story(text, 0, len(text))]
    'Copyright Harian Lereng 2025'
    """
    for place, worse in sorted(ends(text[:end], start, end).items(), key=itemgetter(1)):
        if worse > WORST:
            break
        if tells(text[place:end]):
            return start + len(text[start:place].rstrip())
    return end


def tells(behind: str) -> bool:
    """Whether words are a sentence: some of them are plain, and not only those that are so in headlines."""
    return sum([plain(word.strip(SIGNS)) for word in behind.split()]) >= TOLD


def _opens(payload: str) -> bool:
    return payload[0].isupper() or payload[0] in "\"“‘'("


def _below(page: Page, at: int, *, colon: bool, loud: bool) -> int:
    """Where the headlines end that stand on the lines below a bare marker."""
    end = page.open[at].end
    taken: list[Span] = []
    for span in page.open[at + 1 : at + 2 + MOST]:
        if span.start != (taken[-1].end if taken else end) or not page.whole(span):
            break
        form = shape(span.text)
        if not _linked(span, form, first=not taken, colon=colon):
            break
        taken.append(span)
    if not taken:
        return end
    # One line may be the story, unless it is indented: so text browsers print the items of a list.
    if not colon and len(taken) == 1 and not loud and not taken[0].text.startswith("  "):
        return end
    return taken[-1].end


def _linked(span: Span, form: Shape, *, first: bool, colon: bool) -> bool:
    """Whether the line can be a headline below a marker."""
    if strong(form) or (prose(form) and form.full) or LIST_ITEM.match(span.text.lstrip()):
        return False
    if headline(form):
        return True
    return first and colon and sentence_case_headline(form)
