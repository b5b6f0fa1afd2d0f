"""Where the story is: the only place that decides it.

    page, with claims ─ units ─▶ features ─ chain ─▶ an answer ─ constraints ─▶ claims on all that is no story

What the filters before it claimed is evidence. It is weighed beside the shape, the place and the words of
each unit.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..reading import PARAGRAPH, Reading, read
from ..spans import Claim, Page, Span, settle
from ..units import cuts, opening
from .chain import Weights, best, scores, weights
from .constraints import BY_PLACE as BY_PLACE
from .constraints import BY_WORDS as BY_WORDS
from .constraints import believed, has_story, held, runs
from .features import Table, tabulated

KEPT = ("", "body", "dateline", "deck")  # the labels of text that is kept
LARGEST = 500_000  # characters of a page; of a longer text the claims are believed, for weighing takes memory
PAGE_LINES = 50  # lines that make a page of a text: no content field of 206 has as many
ABOVE = 8  # lines above the first paragraph that make a page of a text: of 206 content fields 4 have as many
NEAR = 8  # lines on both sides of a line of prose that are read closely; others are one unit
LONG_LINE = 200  # characters of a line that is read closely wherever it stands


Filter = Callable[[Page], Iterable[Claim]]
Filters = tuple[Filter, ...]


class Place(NamedTuple):
    """A place beside the story: the rule of what no filter names there, with its label and reason."""

    name: str
    label: str
    why: str


PLACES = (
    Place("above", "nav", "stands above the story"),
    Place("inside", "other", "stands inside the story and is no part of it"),
    Place("behind", "related", "stands behind the story"),
)


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

    def __init__(
        self, spared: Filters = (), rules: tuple[Place, ...] = PLACES, parts: Filters = ()
    ) -> None:
        self.spared = spared
        self.rules = rules
        self.parts = parts

    def sparing(self, *filters: Filter) -> "Story":
        """The same without some filters: what they claim, and no other does, is kept.

        They were taken out of the pipeline.
        """
        gone = {getattr(filter, "__name__", "") for filter in filters}
        parts = tuple(part for part in self.parts if getattr(part, "__name__", "") not in gone)
        return Story((*self.spared, *filters), self.rules, parts)

    def without(self, name: str) -> "Story":
        """The same, but what no filter names in this place is kept: "above", "inside" or "behind"."""
        return Story(self.spared, tuple(rule for rule in self.rules if rule.name != name), self.parts)

    def naming(self, *parts: Filter) -> "Story":
        """The same, but these filters are asked again where no filter had seen where the story stands."""
        return Story(self.spared, self.rules, parts)

    def __call__(self, page: Page, fitted: Callable[[str], Weights] = weights) -> Iterator[Claim]:
        """The claims on what is no part of the story. ``fitted`` gives the weights for a form of text."""
        starts, kept = decided(page, fitted)
        if not starts:
            return
        open_ = standing(starts, len(page.text), page.spans)
        if self.parts and any(kept) and not any(open_):
            told = with_story(page, starts, kept)
            for part in self.parts:
                found = set(settle(told, part(told)).spans).difference(told.spans)
                yield from (Claim(span.start, span.end, *span[3:6]) for span in sorted(found) if span.label)
        if self.spared:
            spared = [claim for filter in self.spared for claim in filter(page)]
            named = standing(
                starts, len(page.text),
                settle(Page(page.text), [claim._replace(label="nav") for claim in spared]).spans,
            )
            kept = [
                keeps or (stands and not names)
                for keeps, stands, names in zip(kept, open_, named, strict=True)
            ]
        yield from granted(page, starts, kept, self.rules)


story = Story()


def granted(
    page: Page, starts: Sequence[int], kept: Sequence[bool], places: Iterable[Place] = PLACES
) -> Iterator[Claim]:
    """The claims on what is not kept, each under the rule that named it, and on what is kept against one."""
    story = [number for number, keeps in enumerate(kept) if keeps] or [len(kept)]
    ends = [*starts[1:], len(page.text)]
    rules = {place.name: place for place in places}
    stretches = [(starts[first], ends[behind - 1], kept[first], first) for first, behind in runs(kept)]
    at = 0
    for span in page.spans:
        if span.label and not span.evidence:
            continue  # a verdict stands
        while stretches[at][1] <= span.start:
            at += 1
        found: list[Claim] = []
        for start, end, keeps, number in stretches[at : bisect_left(stretches, (span.end,), at)]:
            a, b = max(start, span.start), min(end, span.end)
            named = span.label not in ("", "body")
            signs = not (page.text[a].isalnum() or any(map(str.isalnum, page.text[a:b])))
            if named and (not keeps or span.label in KEPT or signs):
                claim = Claim(a, b, span.label, span.rule, span.why)
            elif signs and b == end < len(page.text):
                continue  # a quotation mark before what is kept
            elif not keeps:
                place = "above" if number < story[0] else "behind" if number > story[-1] else "inside"
                rule = rules.get(place)
                if not rule:
                    continue
                claim = Claim(a, b, rule.label, rule.name, rule.why)
            elif named:
                why = f"kept, though {span.rule or 'a claim'} took it for {span.label}"
                # a line by itself is a paragraph
                found += [Claim(left, right, "body", "story", why) for left, right in in_lines(page, a, b)]
                continue
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
    return "page" if len(lines) >= PAGE_LINES or first >= ABOVE else "content"


def closely(text: str, starts: Sequence[int], lines: Sequence[Reading]) -> list[bool]:
    """Which lines are read closely: those near prose, and long ones."""
    if len(lines) < PAGE_LINES:
        return [True] * len(lines)
    near = [end - start > LONG_LINE for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    for number, line in enumerate(lines):
        if line.kind == "P":
            near[max(0, number - NEAR) : number + NEAR + 1] = [True] * (
                min(len(lines), number + NEAR + 1) - max(0, number - NEAR)
            )
    return near


def lines_of(page: Page) -> list[Reading]:
    """What the lines of a page say."""
    return [read(page.text[start:end].strip()) for start, end in pairwise([*page.starts, len(page.text)])]


def plain(page: Page, lines: Sequence[Reading]) -> bool:
    """Whether nothing names furniture in a text that is no whole page: it is kept as it is.

    There is no claim and no word that opens furniture. A text in one line has to be prose besides.
    """
    if any(span.label for span in page.spans) or any(opening(page.text, 0, len(page.text))):
        return False
    return form(lines) == "content" and (len(lines) > 1 or lines[0].kind == "P")


def weigh(page: Page, lines: Sequence[Reading]) -> Table:
    """The units of a page, with what their features are made of. ``lines`` are what its lines say."""
    text, starts = page.text, page.starts
    ends = [*starts[1:], len(text)]
    bounds = [span.start for before, span in pairwise(page.spans) if span.label != before.label]
    found = cuts(text, list(zip(starts, ends, strict=True)), closely(text, starts, lines), bounds)
    return tabulated(text, found, starts, lines, [(span.start, span.end, span.label) for span in page.spans])


def decided(page: Page, fitted: Callable[[str], Weights] = weights) -> tuple[list[int], list[bool]]:
    """Where the units start, and which of them are kept."""
    if not page.text.strip() or len(page.text) > LARGEST:
        return [], []
    lines = lines_of(page)
    if plain(page, lines):
        return [], []
    table = weigh(page, lines)
    kind, claimed = form(lines), standing(table.starts, len(page.text), page.spans)
    if any(claimed):
        scored = scores(fitted(kind), table)
        return table.starts, believed(best(scored), claimed, scored, page, table, kind)
    # Who finds no story by place may be wrong, so such claims count for little.
    table = weigh(by_words(page), lines)
    scored = scores(fitted(kind), table)
    claimed = [False] * len(table.starts)
    answer = held(best(scored), claimed, scored, page, table)
    return table.starts, answer if has_story(answer, table.units) else claimed


def by_words(page: Page) -> Page:
    """The page without the claims by place; what they took is in lines again."""
    spans: list[Span] = []
    for span in page.spans:
        if span.evidence == BY_PLACE:
            spans += [Span(a, b, page.text[a:b]) for a, b in in_lines(page, span.start, span.end)]
        else:
            spans.append(span)
    return page.relabelled(tuple(spans))


def in_lines(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch of the page, line by line."""
    inner = page.starts[bisect_right(page.starts, start) : bisect_left(page.starts, end)]
    return pairwise([start, *inner, end])


def with_story(page: Page, starts: Sequence[int], kept: Sequence[bool]) -> Page:
    """The page with its story labelled, and without the claims by place."""
    ends = [*starts[1:], len(page.text)]
    story = [(starts[first], ends[behind - 1]) for first, behind in runs(kept) if kept[first]]
    found = [Claim(a, b, "body") for start, end in story for a, b in in_lines(page, start, end)]
    return settle(by_words(page), found)


def standing(starts: Sequence[int], size: int, spans: Sequence[Span]) -> list[bool]:
    """For each unit whether more than half of what it says would be kept if all claims stood."""
    found = []
    at = 0
    for start, end in zip(starts, [*starts[1:], size], strict=True):
        while spans[at].end <= start:
            at += 1
        if spans[at].end >= end:  # one span, as most are
            found.append(spans[at].label in KEPT)
            continue
        kept, whole, there = 0, 0, at
        while there < len(spans) and spans[there].start < end:
            span = spans[there]
            said = len(span.text[max(0, start - span.start) : end - span.start].strip())
            whole += said
            kept += said if span.label in KEPT else 0
            there += 1
        found.append(2 * kept > whole)
    return found
