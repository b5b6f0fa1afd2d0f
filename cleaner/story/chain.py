"""The chain: which units of a text are story, all decided together.

A unit has a score for being story, and each boundary one for entering the story there and one for leaving it. The best
answer is the one with the highest sum (Viterbi). The weights are fitted by ``bench/fit_story.py``, in a linear-chain
conditional random field with two labels (Lafferty, McCallum and Pereira, 2001); this module only adds them up.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from ..resource import read


class Weights(NamedTuple):
    """What was fitted, as whole numbers: for each feature of a unit one, for each feature of a boundary two."""

    inside: dict[str, int]
    bound: dict[str, tuple[int, int]]  # for entering the story, for leaving it


class Scores(NamedTuple):
    """The scores of a text's units: for being story, for entering it right before the unit, for leaving it there."""

    inside: list[int]
    enter: list[int]
    leave: list[int]


SCALE = 64  # a log-odds of 1, as a whole number


@cache
def weights(form: str) -> Weights:
    """The weights of one form of text, "content" or "page", read once."""
    inside: dict[str, int] = {}
    bound: dict[str, tuple[int, int]] = {}
    for line in read(f"data/story-{form}.tsv").splitlines():
        if line.startswith("#"):
            continue
        name, *numbers = line.split("\t")
        if len(numbers) == 1:
            inside[name] = int(numbers[0])
        else:
            bound[name] = (int(numbers[0]), int(numbers[1]))
    return Weights(inside, bound)


def scores(fitted: Weights, units: Iterable[Iterable[str]], bounds: Iterable[Iterable[str]]) -> Scores:
    """The scores of units and boundaries with these features."""
    inside, bound = fitted
    enter, leave = [], []
    for features in bounds:
        pairs = [bound[name] for name in features if name in bound]
        enter.append(sum([pair[0] for pair in pairs]))
        leave.append(sum([pair[1] for pair in pairs]))
    return Scores([sum([inside[name] for name in features if name in inside]) for features in units], enter, leave)


def best(found: Scores) -> list[bool]:
    """For each unit whether it is story, in the answer with the highest sum.

    >>> best(Scores([5, -1, 5, -9], [0, -2, -2, 0], [0, -2, -2, 0]))
    [True, True, True, False]
    """
    out = into = 0  # the best sums of the units so far, where the last one is no story, and where it is
    back: list[tuple[bool, bool]] = []
    for number, (inside, enter, leave) in enumerate(zip(*found, strict=True)):
        if not number:
            into = inside
            continue
        leaves, stays = into + leave > out, into >= out + enter
        back.append((leaves, stays))
        out, into = (into + leave if leaves else out), (into if stays else out + enter) + inside
    answer = [into > out]
    for leaves, stays in reversed(back):
        answer.append(stays if answer[-1] else leaves)
    return answer[::-1] if found.inside else []


def gain(found: Scores, answer: Sequence[bool], start: int, end: int) -> int:
    """How much higher the sum of an answer is than with the units from ``start`` to ``end``, all alike, the other way round."""
    other = list(answer)
    other[start:end] = [not value for value in answer[start:end]]
    return _sum(found, answer, start, end) - _sum(found, other, start, end)


def _sum(found: Scores, answer: Sequence[bool], start: int, end: int) -> int:
    """The part of an answer's sum that these units can change."""
    total = sum([found.inside[at] for at in range(start, end) if answer[at]])
    for at in range(max(start, 1), min(end + 1, len(answer))):
        if answer[at] != answer[at - 1]:
            total += found.enter[at] if answer[at] else found.leave[at]
    return total
