"""The chain: which units of a text are story, all decided together.

A unit has a score for being story, and each boundary one for entering the story there and one for leaving it.
The best answer is the one with the highest sum (Viterbi). The weights are fitted by ``bench/fit_story.py``,
in a linear-chain conditional random field with two labels (Lafferty, McCallum and Pereira, 2001). This module
only adds them up.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ..reading import Reading
from ..resource import read
from .features import Unit


class Weights:
    """What was fitted, as whole numbers: for each feature of a unit one, for each feature of a boundary two.

    The latter are for entering the story there, and for leaving it.
    """

    def __init__(self, inside: dict[str, int], bound: dict[str, tuple[int, int]]) -> None:
        self.inside = inside
        self.bound = bound
        self._of = lru_cache(MANY)(self._summed)

    def of(self, reading: Reading, part: str) -> int:
        """What the text of a unit weighs: for itself ("names"), for the unit below it ("above"), above it ("below").

        Menus come back on many pages, so those of short texts are remembered.
        """
        return self._of(reading, part) if reading.n <= FEW else self._summed(reading, part)

    def _summed(self, reading: Reading, part: str) -> int:
        return self.sum(getattr(reading, part))

    def sum(self, names: Iterable[str]) -> int:
        """The weights of some features of a unit, added up."""
        inside = self.inside
        return sum([inside[name] for name in names if name in inside])


class Scores(NamedTuple):
    """The scores of units: for being story, for entering it before the unit, for leaving it there."""

    inside: list[int]
    enter: list[int]
    leave: list[int]


MANY = 8192  # sums of the texts of units that are remembered,
FEW = 8  # if they have no more words than that
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


def scores(fitted: Weights, units: Iterable[Unit], bounds: Iterable[Iterable[str]]) -> Scores:
    """The scores of units and boundaries with these features."""
    bound = fitted.bound
    enter, leave = [], []
    for features in bounds:
        pairs = [bound[name] for name in features if name in bound]
        enter.append(sum([pair[0] for pair in pairs]))
        leave.append(sum([pair[1] for pair in pairs]))
    edges = fitted.sum(["-1 edge"]), fitted.sum(["+1 edge"])
    inside = [
        fitted.of(unit.reading, "names")
        + (fitted.of(unit.above, "above") if unit.above else edges[0])
        + (fitted.of(unit.below, "below") if unit.below else edges[1])
        + fitted.sum(unit.rest)
        for unit in units
    ]
    return Scores(inside, enter, leave)


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
    """How much higher the sum of an answer is than with the units from ``start`` to ``end`` the other way round."""
    total = 0
    for at in range(start, end):
        total += found.inside[at] if answer[at] else -found.inside[at]
    for at in (start, end):  # inside the stretch an entering becomes a leaving, and the units there are all alike
        if 0 < at < len(answer):
            now = _passing(found, at, before=answer[at - 1], after=answer[at])
            inner = at == start
            total += now - _passing(found, at, before=answer[at - 1] ^ (not inner), after=answer[at] ^ inner)
    return total


def _passing(found: Scores, at: int, *, before: bool, after: bool) -> int:
    """The score of a boundary between two units of these kinds."""
    return 0 if before == after else found.enter[at] if after else found.leave[at]
