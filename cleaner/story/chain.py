"""The chain: which units of a text are story, all decided together.

A unit has a score for being story, and each boundary one for entering the story there and one for leaving it.
The best answer is the one with the highest sum (Viterbi). The weights are fitted by ``bench/fit_story.py``,
in a linear-chain conditional random field with two labels (Lafferty, McCallum and Pereira, 2001). This module
only adds them up.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ..reading import Features, Reading
from ..resource import read
from .features import EDGE_ABOVE, EDGE_BELOW, Unit


class Weights:
    """What was fitted, as whole numbers: for each feature of a unit one, for each feature of a bound two.

    The latter are for entering the story there, and for leaving it.
    """

    def __init__(self, inside: dict[str, int], bound: dict[str, tuple[int, int]]) -> None:
        self.inside = inside
        self.bound = bound
        self._words: dict[str, dict[str, int]] = defaultdict(dict)
        for name, weight in inside.items():
            prefix, _, word = name.rpartition(" ")
            self._words[prefix][word] = weight
        self._group = lru_cache(MANY)(lambda make, *of: self._sum(make(*of)))
        self._pair = lru_cache(MANY)(lambda make, *of: self._sums(make(*of)))
        self._of = lru_cache(MANY)(self._summed)

    def of(self, reading: Reading, part: str) -> int:
        """What the text of a unit weighs, as one ``part``: its "own", "above" the unit below it, or "below".

        Menus come back on many pages, so those of short texts are remembered.
        """
        return self._of(reading, part) if reading.n <= FEW else self._summed(reading, part)

    def _summed(self, reading: Reading, part: str) -> int:
        return self.sum(getattr(reading, part))

    def sum(self, features: Features) -> int:
        """The weights of some features of a unit, added up."""
        found = sum([self._group(*group) for group in features.groups]) + self._sum(features.names)
        for prefix in features.prefixes:
            weights = self._words[prefix]
            found += sum([weights[word] for word in features.words if word in weights])
        return found

    def sums(self, features: Features) -> tuple[int, int]:
        """The weights of some features of a bound, added up."""
        pairs = [*[self._pair(*group) for group in features.groups], self._sums(features.names)]
        return sum([enter for enter, _ in pairs]), sum([leave for _, leave in pairs])

    def _sum(self, names: Iterable[str]) -> int:
        inside = self.inside
        return sum([inside[name] for name in names if name in inside])

    def _sums(self, names: Iterable[str]) -> tuple[int, int]:
        pairs = [self.bound[name] for name in names if name in self.bound]
        return sum([enter for enter, _ in pairs]), sum([leave for _, leave in pairs])


class Scores(NamedTuple):
    """The scores of units: for being story, for entering it before the unit, for leaving it there."""

    inside: list[int]
    enter: list[int]
    leave: list[int]


MANY = 8192  # sums of features that are remembered: of groups of them, and of the texts of units
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


def scores(fitted: Weights, units: Iterable[Unit], bounds: Iterable[Features]) -> Scores:
    """The scores of units and bounds with these features."""
    found = [fitted.sums(features) for features in bounds]
    edges = fitted.sum(EDGE_ABOVE), fitted.sum(EDGE_BELOW)
    inside = [
        fitted.of(unit.reading, "own")
        + (fitted.of(unit.above, "above") if unit.above else edges[0])
        + (fitted.of(unit.below, "below") if unit.below else edges[1])
        + fitted.sum(unit.rest)
        for unit in units
    ]
    return Scores(inside, [enter for enter, _ in found], [leave for _, leave in found])


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
    """How much higher the sum of an answer is than with the units from ``start`` to ``end`` turned round."""
    total = 0
    for at in range(start, end):
        total += found.inside[at] if answer[at] else -found.inside[at]
    # Inside the stretch an entering becomes a leaving, and the units there are all alike.
    for at in (start, end):
        if 0 < at < len(answer):
            now = _passing(found, at, before=answer[at - 1], after=answer[at])
            inner = at == start
            total += now - _passing(found, at, before=answer[at - 1] ^ (not inner), after=answer[at] ^ inner)
    return total


def _passing(found: Scores, at: int, *, before: bool, after: bool) -> int:
    """The score of a boundary between two units of these kinds."""
    return 0 if before == after else found.enter[at] if after else found.leave[at]
