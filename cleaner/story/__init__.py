"""Where the story is: the only place that decides it.

    page, with claims ── units ──▶ features ── chain ──▶ an answer ── constraints ──▶ claims on all that is no story

What the filters before it claimed is evidence: it is weighed beside the shape, the place and the words of each unit.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ..reading import Reading, read
from ..spans import Claim, Page, Span
from ..units import cuts
from .chain import SCALE, Scores, Weights, best, gain, scores, weights
from .features import features

KEPT = ("", "body", "dateline", "deck")  # the labels of text that is kept
ABOVE = 8  # lines above the first paragraph that make a page of a text: of 206 content fields 4 have as many
LINES = 50  # lines that make a page of a text: no content field of 206 has as many
PARAGRAPH = 12  # words of a paragraph
NEAR = 8  # lines on both sides of a line of prose that are read closely; others are one unit
LONG = 200  # characters of a line that is read closely wherever it stands
# How much surer (log-odds) the chain has to be than the claims alone, before it takes away what no claim names, and before
# it gives back what a claim names. Measured with publishers left out: 3 and 1 harm a quarter of what 0 and 0 harm.
TAKE = 3 * SCALE
GIVE = 1 * SCALE
MOST = 0.3  # share of what the claims alone would keep; where the chain takes more, they are believed instead
WHY = {
    "above": "stands above the story",
    "inside": "stands inside the story and is no part of it",
    "behind": "stands behind the story",
}
LABEL = {"above": "nav", "inside": "other", "behind": "related"}


def story(page: Page, fitted: Callable[[str], Weights] = weights) -> Iterator[Claim]:
    """Claim all that is no part of the story. ``fitted`` gives the weights for a form of text.

    >>> from cleaner import clean
    >>> clean("Warga yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi.\\nBaca juga: Hujan Reda\\n").body
    'Warga yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi.'
    """
    starts, kept = decided(page, fitted)
    if not starts:
        return
    first = kept.index(True) if True in kept else len(kept)
    last = len(kept) - 1 - kept[::-1].index(True) if True in kept else -1
    ends = [*starts[1:], len(page.text)]
    at = 0
    for number, (start, end, keeps) in enumerate(zip(starts, ends, kept, strict=True)):
        while page.spans[at].end <= start:
            at += 1
        place = "above" if number < first else "behind" if number > last else "inside"
        for span in _overlapping(page.spans, at, end):
            a, b = max(start, span.start), min(end, span.end)
            if span.label and not span.evidence:
                continue  # a verdict stands
            if not keeps:
                if span.label and span.label != "body":
                    yield Claim(a, b, span.label, span.rule, span.why)
                else:
                    yield Claim(a, b, LABEL[place], place, WHY[place])
            elif span.label in ("dateline", "deck"):
                yield Claim(a, b, span.label, span.rule, span.why)
            elif span.label:
                yield Claim(a, b, "body", "", f"kept, though {span.rule or 'a claim'} took it for {span.label}")


def _overlapping(spans: Sequence[Span], at: int, end: int) -> Iterator[Span]:
    while at < len(spans) and spans[at].start < end:
        yield spans[at]
        at += 1


def form(lines: Sequence[Reading]) -> str:
    """What kind of text these are the lines of: a whole "page", or the "content" of one, in lines or in a single one."""
    first = next((number for number, line in enumerate(lines) if line.kind == "P" and line.n >= PARAGRAPH), 0)
    return "page" if len(lines) >= LINES or first >= ABOVE else "content"


def closely(text: str, starts: Sequence[int], lines: Sequence[Reading]) -> list[bool]:
    """Which lines are read closely: those near prose, and long ones."""
    if len(lines) < LINES:
        return [True] * len(lines)
    near = [end - start > LONG for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    for number, line in enumerate(lines):
        if line.kind == "P":
            near[max(0, number - NEAR) : number + NEAR + 1] = [True] * (min(len(lines), number + NEAR + 1) - max(0, number - NEAR))
    return near


class Weighed(NamedTuple):
    """The units of a page, with what is weighed: where they start, and the features of units and of bounds before them."""

    form: str
    starts: list[int]
    units: list[list[str]]
    bounds: list[list[str]]


def weigh(page: Page) -> Weighed:
    """The units of a page and their features."""
    text = page.text
    starts = list(page.starts)
    ends = [*starts[1:], len(text)]
    lines = [read(text[start:end].strip()) for start, end in zip(starts, ends, strict=True)]
    bounds = [place for span in page.spans if span.label for place in (span.start, span.end)]
    found = cuts(text, list(zip(starts, ends, strict=True)), closely(text, starts, lines), bounds)
    evidence = [(span.start, span.end, span.label) for span in page.spans]
    return Weighed(form(lines), found.units, *features(text, found, starts, evidence))


def decided(page: Page, fitted: Callable[[str], Weights] = weights) -> tuple[list[int], list[bool]]:
    """Where the units start, and which of them are kept."""
    if not page.text.strip():
        return [], []
    weighed = weigh(page)
    scored = scores(fitted(weighed.form), weighed.units, weighed.bounds)
    claimed = standing(weighed.starts, len(page.text), page.spans)
    answer = surer(best(scored), claimed, scored)
    return weighed.starts, believed(answer, claimed, weighed.starts, len(page.text))


def standing(starts: Sequence[int], size: int, spans: Sequence[Span]) -> list[bool]:
    """For each unit whether more than half of it would be kept if all claims stood."""
    found = []
    at = 0
    for start, end in zip(starts, [*starts[1:], size], strict=True):
        while spans[at].end <= start:
            at += 1
        open_ = sum([min(end, span.end) - max(start, span.start) for span in _overlapping(spans, at, end) if span.label in KEPT])
        found.append(2 * open_ > end - start)
    return found


def surer(answer: list[bool], claimed: list[bool], scored: Scores) -> list[bool]:
    """The chain's answer where it is sure enough, and that of the claims elsewhere."""
    final = list(answer)
    start = 0
    while start < len(answer):
        end = start + 1
        if answer[start] != claimed[start]:
            while end < len(answer) and answer[end] == answer[start] and claimed[end] == claimed[start]:
                end += 1
            if gain(scored, answer, start, end) < (TAKE if claimed[start] else GIVE):
                final[start:end] = claimed[start:end]
        start = end
    return final


def believed(answer: list[bool], claimed: list[bool], starts: Sequence[int], size: int) -> list[bool]:
    """The answer, or that of the claims where the answer takes too much of it."""
    lengths = [end - start for start, end in zip(starts, [*starts[1:], size], strict=True)]
    before = sum([length for length, keeps in zip(lengths, claimed, strict=True) if keeps])
    both = sum([length for length, keeps, also in zip(lengths, claimed, answer, strict=True) if keeps and also])
    return claimed if both < (1 - MOST) * before else answer
