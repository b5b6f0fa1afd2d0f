"""What holds the chain back: where the claims of the filters are believed against it.

Losing a word of a story is worse than leaking one of its surroundings. So the chain has to be surer where it
would take much, or what reads like a story; it takes no rows from under their lead; and where it would take a
good part of what the claims leave, or where no story can be seen, the claims stand.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..expression import expression
from ..reading import PARAGRAPH, Reading
from ..spans import START, Page, Span
from ..units import FLAT, marked, marks
from .chain import SCALE, Scores, gain

# How much surer (log-odds) the chain has to be than the claims alone before it takes what no claim names, by
# the place of what it takes; "rows" are whole lines inside the story, such as subheadings. Claims say
# themselves how sure it has to be to give back what they name. With 0 everywhere, of 568 documents left out
# six more are harmed and four more cured; with twice as much, pages gain 3 of 166, and half as much of new
# furniture is found.
TAKE = {"above": 1.0, "inside": 2.0, "rows": 1.0, "behind": 0.5}
WORDS_FOR_ONE = 15  # for so many words of prose, or of anything inside the story, it has to be surer by 1
# And surer by so much, where a sentence tells something. In lines that a scraper has cropped nearly all is
# story: there no document left out changes with 5 instead of 2.5, and a last paragraph behind a list of
# sources stays.
SENTENCE, CROPPED_SENTENCE = 2.5, 5.0
SHORTEST = 2  # words of a sentence that tells something
NAMES = 0.75  # share of capitals in it; in a headline it is larger
LISTED = 2.0  # and where an item of a list is taken, or a subheading with a number
ITEM = expression(r"\s*(?:\d{1,2}[.)]|[-•*▪])\s")
LEAD = 5  # words of a lead that announces its rows by nothing but a colon
MOST = 0.3  # share of what the claims alone would keep; where the chain takes more, they are believed instead
# Paragraphs of a story on a page on which the claims leave none: below a date, and without one.
PARAGRAPHS, UNDATED_PARAGRAPHS = 3, 8


def believed(
    answer: list[bool], claimed: list[bool], scored: Scores, page: Page, starts: Sequence[int],
    readings: Sequence[Reading], form: str,
) -> list[bool]:
    """For each unit whether it is kept: by the chain where that is sure enough, else by the claims."""
    answer = surer(answer, claimed, scored, page, starts, readings, form)
    answer = with_rows(answer, claimed, page.text, starts)
    if not any(claimed):
        return answer if has_story(answer, readings) else claimed
    return claimed if takes_too_much(answer, claimed, readings, form) else answer


def surer(
    answer: list[bool], claimed: list[bool], scored: Scores, page: Page, starts: Sequence[int],
    readings: Sequence[Reading], form: str,
) -> list[bool]:
    """The chain's answer where it is sure enough, else that of the claims, each run of units by itself."""
    both = [number for number, kept in enumerate(zip(answer, claimed, strict=True)) if all(kept)]
    first, last = (both[0], both[-1]) if both else (len(answer), -1)
    ends, lines = [*starts[1:], len(page.text)], frozenset(page.starts)
    final = list(answer)
    for start, end in runs(answer, claimed):
        if answer[start] == claimed[start]:
            continue
        if answer[start]:
            enough = weight_of_claims(page.spans, starts[start], ends[end - 1])
        else:
            place = "above" if end <= first else "behind" if start > last else "inside"
            taken = page.text[starts[start] : ends[end - 1]]
            enough = TAKE["rows" if place == "inside" and taken.endswith("\n") else place]
            if starts[start] not in lines:  # it goes on in a line that is kept
                enough = max(enough, TAKE["inside"])
            sentences = [unit for unit in readings[start:end] if tells(unit)]
            # Menus and headlines of any length stand around a story. Inside it what is long is seldom
            # furniture.
            counted = readings[start:end] if place == "inside" else sentences
            enough += sum([unit.n for unit in counted]) / WORDS_FOR_ONE
            if sentences:
                enough += CROPPED_SENTENCE if form == "content" and len(lines) > FLAT else SENTENCE
            elif ITEM.match(taken):
                enough += LISTED
        if gain(scored, answer, start, end) < enough * SCALE:
            final[start:end] = claimed[start:end]
    return final


def with_rows(answer: list[bool], claimed: list[bool], text: str, starts: Sequence[int]) -> list[bool]:
    """The answer with what no claim names below a lead, up to the next word that opens furniture."""
    units = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    final = list(answer)
    for start, end in runs(answer, claimed):
        if claimed[start] and not answer[start]:
            below = start > 0 and answer[start - 1] and leads(units[start - 1])
            lead = start if below else next((at for at in range(start, end) if leads(units[at])), end)
            if lead < end:
                stop = next((at for at in range(lead + (not below), end) if marked(units[at])), end)
                final[start:stop] = [True] * (stop - start)
    return final


def leads(unit: str) -> bool:
    """Whether a unit announces what stands below it: a list, a table, the references.

    >>> leads("Berikut susunan pemainnya:"), leads("REFERENSI:"), leads("Baca juga:"), leads("Tag:")
    (True, True, False, False)
    """
    text = unit.rstrip()
    if not text.endswith(":") or marked(unit):
        return False
    return len(text.split()) >= LEAD or bool(marks().lead.search(text))


def tells(unit: Reading) -> bool:
    """Whether a unit is a sentence that tells something, and does not speak to the reader."""
    sentence = unit.kind == "P" or (unit.full and unit.n >= SHORTEST and unit.capitals < NAMES)
    return sentence and marks().reader.isdisjoint(unit.low)


def weight_of_claims(spans: Sequence[Span], start: int, end: int) -> float:
    """The evidence of the claims that cover most of what stands between two places."""
    covered: Counter[float] = Counter()
    first = max(0, bisect_right(spans, start, key=START) - 1)
    for span in spans[first : bisect_left(spans, end, first, key=START)]:
        if span.label:
            covered[span.evidence] += min(end, span.end) - max(start, span.start)
    return max(covered, key=covered.__getitem__, default=0)


def has_story(answer: Sequence[bool], units: Sequence[Reading]) -> bool:
    """Whether there is a story where the claims leave none: some paragraphs below a date, or many."""
    paragraphs = [
        at for at, unit in enumerate(units) if answer[at] and unit.kind == "P" and unit.n >= PARAGRAPH
    ]
    dated = bool(paragraphs) and any(unit.kind == "d" for unit in units[: paragraphs[0]])
    return len(paragraphs) >= (PARAGRAPHS if dated else UNDATED_PARAGRAPHS)


def takes_too_much(
    answer: Sequence[bool], claimed: Sequence[bool], units: Sequence[Reading], form: str
) -> bool:
    """Whether an answer takes too many of the words that the claims leave.

    On a whole page only prose counts, for the claims may leave menus in it.
    """
    words = [unit.n if form == "content" or unit.kind == "P" else 0 for unit in units]
    before = sum([n for n, keeps in zip(words, claimed, strict=True) if keeps])
    both = sum([n for n, keeps, also in zip(words, claimed, answer, strict=True) if keeps and also])
    return both < (1 - MOST) * before


def runs(*answers: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The stretches of units on which each of the answers is one."""
    start = 0
    units = list(zip(*answers, strict=True))
    for at in range(1, len(units) + 1):
        if at == len(units) or units[at] != units[start]:
            yield start, at
            start = at
