"""Where the story is: the only place that decides it.

    page, with claims ─ units ─▶ features ─ chain ─▶ an answer ─ constraints ─▶ claims on all that is no story

What the filters before it claimed is evidence. It is weighed beside the shape, the place and the words of
each unit.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..expression import expression
from ..reading import Reading, read
from ..spans import START, Claim, Page, Span, settle
from ..units import FLAT, cuts, lead_words, marked, marks, reader
from .chain import SCALE, Scores, Weights, best, gain, scores, weights
from .features import Unit, features

KEPT = ("", "body", "dateline", "deck")  # the labels of text that is kept
ABOVE = 8  # lines above the first paragraph that make a page of a text: of 206 content fields 4 have as many
LARGEST = 500_000  # characters of a page; of a longer text the claims are believed, for weighing takes memory
LINES = 50  # lines that make a page of a text: no content field of 206 has as many
PARAGRAPH = 12  # words of a paragraph
PARAGRAPHS = 3  # of a story, on such a page, where a date stands above them
NEAR = 8  # lines on both sides of a line of prose that are read closely; others are one unit
LONG = 200  # characters of a line that is read closely wherever it stands
# How much surer (log-odds) the chain has to be than the claims alone before it takes what no claim names, by
# the place of what it takes; "rows" are whole lines inside the story, such as subheadings. Claims say
# themselves how sure it has to be to give back what they name. With 0 everywhere, of 566 documents left out
# six more are harmed and four more cured; with twice as much, pages gain 3 of 166, and half as much of new
# furniture is found.
TAKE = {"above": 1.0, "inside": 2.0, "rows": 1.0, "behind": 0.5}
WORDS = 15  # for so many words of prose, or of anything inside the story, it has to be surer by 1
SENTENCE_MORE = 2.5  # and surer by so much, where a sentence tells something,
CROPPED_MORE = 5.0  # where it does in lines that a scraper has cropped already,
ITEM_MORE = 2.0  # and where an item of a list is taken, or a subheading with a number
ITEM = expression(r"\s*(?:\d{1,2}[.)]|[-•*▪])\s")
SHORTEST = 2  # words of such a sentence
NAMES = 0.75  # share of capitals in it; in a headline it is larger
LEAD = 5  # words of a lead that none of the words of a lead stands in
MOST = 0.3  # share of what the claims alone would keep; where the chain takes more, they are believed instead
MANY = 8  # paragraphs of a story, on a page on which the claims leave none, and which has no date
WHY = {
    "above": "stands above the story",
    "inside": "stands inside the story and is no part of it",
    "behind": "stands behind the story",
}
LABEL = {"above": "nav", "inside": "other", "behind": "related"}


class Story:
    """Claim all that is no part of the story, from what was claimed before and from the shape of the page.

    Leaves alone a text in which nothing names furniture, and what a filter of the user has labelled. What it
    keeps against a claim gets the label "body" and the reason.

    >>> from cleaner import clean
    >>> text = "Warga yang mengungsi sudah kembali ke rumah sejak pagi tadi.\\nBaca juga: Hujan Reda\\n"
    >>> clean(text).body
    'Warga yang mengungsi sudah kembali ke rumah sejak pagi tadi.'
    """

    __name__ = "story"

    def __init__(self, spared: tuple[Callable[[Page], Iterable[Claim]], ...] = ()) -> None:
        self.spared = spared

    def sparing(self, *filters: Callable[[Page], Iterable[Claim]]) -> "Story":
        """The same without some filters: what they claim, and no other does, is kept.

        They were taken out of the pipeline.
        """
        return Story((*self.spared, *filters))

    def __call__(self, page: Page, fitted: Callable[[str], Weights] = weights) -> Iterator[Claim]:
        """The claims on what is no part of the story. ``fitted`` gives the weights for a form of text."""
        starts, kept = decided(page, fitted)
        if starts and self.spared:
            spared = [claim for filter in self.spared for claim in filter(page)]
            named = standing(
                starts, len(page.text),
                settle(Page(page.text), [claim._replace(label="nav") for claim in spared]).spans,
            )
            open_ = standing(starts, len(page.text), page.spans)
            kept = [
                keeps or (stands and not names)
                for keeps, stands, names in zip(kept, open_, named, strict=True)
            ]
        yield from granted(page, starts, kept) if starts else ()


story = Story()


def granted(page: Page, starts: Sequence[int], kept: Sequence[bool]) -> Iterator[Claim]:
    """The claims on what is not kept, each under the rule that named it, and on what is kept against one."""
    story = [number for number, keeps in enumerate(kept) if keeps] or [len(kept)]
    ends = [*starts[1:], len(page.text)]
    runs = [(starts[first], ends[behind - 1], kept[first], first) for first, behind in _runs(kept)]
    at = 0
    for span in page.spans:
        if span.label and not span.evidence:
            continue  # a verdict stands
        while runs[at][1] <= span.start:
            at += 1
        found: list[Claim] = []
        for start, end, keeps, number in runs[at : bisect_left(runs, (span.end,), at)]:
            a, b = max(start, span.start), min(end, span.end)
            named = span.label not in ("", "body")
            signs = not any(map(str.isalnum, page.text[a:b]))
            if named and (not keeps or span.label in KEPT or signs):
                claim = Claim(a, b, span.label, span.rule, span.why)
            elif signs and b == end < len(page.text):
                continue  # a quotation mark before what is kept
            elif not keeps:
                place = "above" if number < story[0] else "behind" if number > story[-1] else "inside"
                claim = Claim(a, b, LABEL[place], place, WHY[place])
            elif named:
                claim = Claim(
                    a, b, "body", "story", f"kept, though {span.rule or 'a claim'} took it for {span.label}"
                )
            else:
                continue
            if found and found[-1].end == a and found[-1][2:] == claim[2:]:
                found[-1] = found[-1]._replace(end=b)
            else:
                found.append(claim)
        yield from found


def form(lines: Sequence[Reading]) -> str:
    """What kind of text these are the lines of.

    It is a whole "page", or the "content" of one, in lines or in a single one.
    """
    first = next((number for number, line in enumerate(lines) if line.kind == "P" and line.n >= PARAGRAPH), 0)
    return "page" if len(lines) >= LINES or first >= ABOVE else "content"


def closely(text: str, starts: Sequence[int], lines: Sequence[Reading]) -> list[bool]:
    """Which lines are read closely: those near prose, and long ones."""
    if len(lines) < LINES:
        return [True] * len(lines)
    near = [end - start > LONG for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    for number, line in enumerate(lines):
        if line.kind == "P":
            near[max(0, number - NEAR) : number + NEAR + 1] = [True] * (
                min(len(lines), number + NEAR + 1) - max(0, number - NEAR)
            )
    return near


def plain(page: Page) -> bool:
    """Whether nothing names furniture in a text that is no whole page: it is kept as it is.

    There is no claim and no word that opens furniture. A text in one line has to be prose besides.
    """
    if any(span.label for span in page.spans) or marks()[0].search(page.text):
        return False
    lines = [read(page.text[start:end].strip()) for start, end in pairwise([*page.starts, len(page.text)])]
    return form(lines) == "content" and (len(lines) > 1 or lines[0].kind == "P")


class Weighed(NamedTuple):
    """The units of a page, with what is weighed.

    That is where they start, what they say, and the features of units and of the bounds before them, which are made
    while they are asked for: of a long page all at once would take much memory.
    """

    form: str
    starts: list[int]
    readings: list[Reading]
    units: Iterator[Unit]
    bounds: Iterator[list[str]]


def weigh(page: Page) -> Weighed:
    """The units of a page and their features."""
    text = page.text
    starts = list(page.starts)
    ends = [*starts[1:], len(text)]
    lines = [read(text[start:end].strip()) for start, end in zip(starts, ends, strict=True)]
    bounds = [span.start for before, span in pairwise(page.spans) if span.label != before.label]
    found = cuts(text, list(zip(starts, ends, strict=True)), closely(text, starts, lines), bounds)
    evidence = [(span.start, span.end, span.label) for span in page.spans]
    return Weighed(form(lines), found.units, *features(text, found, starts, evidence))


def decided(page: Page, fitted: Callable[[str], Weights] = weights) -> tuple[list[int], list[bool]]:
    """Where the units start, and which of them are kept."""
    if not page.text.strip() or len(page.text) > LARGEST or plain(page):
        return [], []
    weighed = weigh(page)
    scored = scores(fitted(weighed.form), weighed.units, weighed.bounds)
    claimed = standing(weighed.starts, len(page.text), page.spans)
    readings = weighed.readings
    answer = surer(best(scored), claimed, scored, page, weighed)
    if not any(claimed):
        return weighed.starts, answer if told(answer, readings) else claimed
    return weighed.starts, believed(answer, claimed, readings, weighed.form)


def standing(starts: Sequence[int], size: int, spans: Sequence[Span]) -> list[bool]:
    """For each unit whether more than half of it would be kept if all claims stood."""
    found = []
    at = 0
    for start, end in zip(starts, [*starts[1:], size], strict=True):
        while spans[at].end <= start:
            at += 1
        kept, there = 0, at
        while there < len(spans) and spans[there].start < end:
            span = spans[there]
            if span.label in KEPT:
                kept += min(end, span.end) - max(start, span.start)
            there += 1
        found.append(2 * kept > end - start)
    return found


def surer(
    answer: list[bool], claimed: list[bool], scored: Scores, page: Page, weighed: Weighed
) -> list[bool]:
    """The chain's answer where it is sure enough, else that of the claims; rows under their lead are kept."""
    form, starts, readings = weighed.form, weighed.starts, weighed.readings
    both = [one and other for one, other in zip(answer, claimed, strict=True)]
    first = both.index(True) if True in both else len(both)
    last = len(both) - 1 - both[::-1].index(True) if True in both else -1
    ends, lines = [*starts[1:], len(page.text)], frozenset(page.starts)
    final = list(answer)
    for start, end in _runs(answer, claimed):
        if answer[start] == claimed[start]:
            continue
        if answer[start]:
            enough = strongest(page.spans, starts[start], ends[end - 1])
        else:
            place = "above" if end <= first else "behind" if start > last else "inside"
            taken = page.text[starts[start] : ends[end - 1]]
            enough = TAKE["rows" if place == "inside" and taken.endswith("\n") else place]
            if starts[start] not in lines:  # it goes on in a line that is kept
                enough = max(enough, TAKE["inside"])
            told = [unit.n for unit in readings[start:end] if tells(unit)]
            # Menus and headlines of any length stand around a story. Inside it what is long is seldom
            # furniture.
            enough += (
                sum([unit.n for unit in readings[start:end]]) if place == "inside" else sum(told)
            ) / WORDS
            if told:
                enough += CROPPED_MORE if form == "content" and len(lines) > FLAT else SENTENCE_MORE
            elif ITEM.match(taken):
                enough += ITEM_MORE
        if gain(scored, answer, start, end) < enough * SCALE:
            final[start:end] = claimed[start:end]
    units = [page.text[start:end] for start, end in zip(starts, ends, strict=True)]
    for start, end in _runs(final, claimed):
        if claimed[start] and not final[start]:
            above = start > 0 and final[start - 1] and leads(units[start - 1])
            lead = start if above else next((at for at in range(start, end) if leads(units[at])), end)
            if lead < end:
                stop = next((at for at in range(lead + (not above), end) if marked(units[at])), end)
                final[start:stop] = [True] * (stop - start)
    return final


def tells(unit: Reading) -> bool:
    """Whether a unit is a sentence that tells something, and does not speak to the reader."""
    sentence = unit.kind == "P" or (unit.full and unit.n >= SHORTEST and unit.capitals < NAMES)
    return sentence and reader().isdisjoint(unit.low)


def strongest(spans: Sequence[Span], start: int, end: int) -> float:
    """The evidence of the claims that cover most of what stands between two places."""
    covered: Counter[float] = Counter()
    first = max(0, bisect_right(spans, start, key=START) - 1)
    for span in spans[first : bisect_left(spans, end, first, key=START)]:
        if span.label:
            covered[span.evidence] += min(end, span.end) - max(start, span.start)
    return max(covered, key=covered.__getitem__, default=0)


def _runs(*answers: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The stretches of units on which each of the answers is one."""
    start = 0
    units = list(zip(*answers, strict=True))
    for at in range(1, len(units) + 1):
        if at == len(units) or units[at] != units[start]:
            yield start, at
            start = at


def leads(unit: str) -> bool:
    """Whether a unit announces what stands below it: a list, a table, the references.

    >>> leads("Berikut susunan pemainnya:"), leads("REFERENSI:"), leads("Baca juga:"), leads("Tag:")
    (True, True, False, False)
    """
    text = unit.rstrip()
    if not text.endswith(":") or marked(unit):
        return False
    return len(text.split()) >= LEAD or bool(lead_words().search(text))


def told(answer: Sequence[bool], units: Sequence[Reading]) -> bool:
    """Whether there is a story where the claims leave none: some paragraphs below a date, or many."""
    paragraphs = [
        at for at, unit in enumerate(units) if answer[at] and unit.kind == "P" and unit.n >= PARAGRAPH
    ]
    dated = bool(paragraphs) and any(unit.kind == "d" for unit in units[: paragraphs[0]])
    return len(paragraphs) >= (PARAGRAPHS if dated else MANY)


def believed(answer: list[bool], claimed: list[bool], units: Sequence[Reading], form: str) -> list[bool]:
    """The answer, or that of the claims where the answer takes too many of its words.

    On a whole page only prose counts, for the claims may leave menus in it.
    """
    words = [unit.n if form == "content" or unit.kind == "P" else 0 for unit in units]
    before = sum([n for n, keeps in zip(words, claimed, strict=True) if keeps])
    both = sum([n for n, keeps, also in zip(words, claimed, answer, strict=True) if keeps and also])
    return claimed if both < (1 - MOST) * before else answer
