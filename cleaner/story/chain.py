"""The chain: which units of a text are story, all decided together.

A unit has a score for being story, and each boundary one for entering the story there and one for leaving it.
The best answer is the one with the highest sum (Viterbi). The weights are fitted by ``bench/fit_story.py``,
in a linear-chain conditional random field with two labels (Lafferty, McCallum and Pereira, 2001). This module
only adds them up.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import NamedTuple, TypeVar

from ..reading import PREFIXES, PREFIXES_SHORT, Reading, carried, shape, shape_beside
from ..resource import read
from .features import BOUNDS, EDGE_ABOVE, EDGE_BELOW, UNITS, Family, Table, Values, as_they_are, in_words

# A weight of a unit is an int. Both weights of a bound are one complex number, so that they too are added up.
Number = TypeVar("Number", int, complex)


class Sums(dict[Values, Number]):
    """What the features weigh that a function names for some values, added up when these first come.

    Features that hold words are added up each time, for most words do not come back.
    """

    def __init__(self, names: Callable[..., Sequence[str]], weights: Mapping[str, Number]) -> None:
        super().__init__()
        self.names = names
        self.weights: Mapping[str, Number] = weights

    def __missing__(self, values: Values) -> Number:
        found = added(self.weights, self.names(*values))
        if self.names is not in_words or not values:
            if len(self) >= MANY:
                self.clear()
            self[values] = found
        return found


class Weights:
    """What was fitted, as whole numbers: for each feature of a unit one, for each feature of a bound two.

    The latter are for entering the story there, and for leaving it.
    """

    def __init__(self, inside: dict[str, int], bound: dict[str, tuple[int, int]]) -> None:
        self.inside = inside
        self.bound = bound
        pairs = {name: complex(*pair) for name, pair in bound.items()}
        self.units = [(family, Sums(family.names, inside)) for family in UNITS]
        self.bounds = [(family, Sums(family.names, pairs)) for family in BOUNDS]
        self._shape, self._shape_beside = Sums(shape, inside), Sums(shape_beside, inside)
        self._signs, self._signs_beside = Sums(as_they_are, inside), Sums(carried, inside)
        self._words: dict[tuple[str, ...], dict[str, int]] = {
            prefixes: by_word(inside, prefixes) for prefixes in (PREFIXES, PREFIXES_SHORT)
        }
        self._texts: dict[Reading, tuple[int, int, int]] = {}

    def of(self, reading: Reading) -> tuple[int, int, int]:
        """What the text of a unit weighs: its own, above the unit below it, and below the one above it.

        Menus come back on many pages, so those of short texts are remembered.
        """
        found = self._texts.get(reading)
        if found is None:
            form, signs = reading.shape, tuple(reading.signs)
            own = self._shape[form] + self._signs[signs] + added(self.inside, reading.named())
            above, below = [
                self._shape_beside[way, *form] + self._signs_beside[way, *signs]
                + added(self.inside, reading.named_beside(way))
                for way in ("-1", "+1")
            ]
            found = own + added(self._words[reading.prefixes], reading.bag), above, below
            if reading.n <= FEW:
                if len(self._texts) >= MANY:
                    self._texts.clear()
                self._texts[reading] = found
        return found


def by_word(weights: Mapping[str, int], prefixes: Container[str]) -> dict[str, int]:
    """What each word weighs behind these prefixes together.

    >>> by_word({"W air": 3, "W short air": 4, "W first air": 5}, ("W", "W short"))
    {'air': 7}
    """
    found: dict[str, int] = {}
    for name, weight in weights.items():
        prefix, _, word = name.rpartition(" ")
        if prefix in prefixes:
            found[word] = found.get(word, 0) + weight
    return found


def added(weights: Mapping[str, Number], names: Iterable[str]) -> Number:
    """The weights of some features, added up."""
    return sum(map(weights.get, names, repeat(0)))


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


def scores(fitted: Weights, table: Table) -> Scores:
    """The scores of the units of a text, and of the bounds between them."""
    texts = [fitted.of(reading) for reading in table.units]
    above = [fitted.inside.get(EDGE_ABOVE, 0), *[text[1] for text in texts]]
    below = [*[text[2] for text in texts[1:]], fitted.inside.get(EDGE_BELOW, 0)]
    inside = [own + up + down for (own, _, _), up, down in zip(texts, above, below, strict=False)]
    inside = weighed(inside, fitted.units, table)
    bounds = weighed([0j] * (len(texts) - 1), fitted.bounds, table)
    enter, leave = [int(both.real) for both in bounds], [int(both.imag) for both in bounds]
    return Scores(inside, [0, *enter], [0, *leave])


def weighed(
    found: list[Number], families: Sequence[tuple[Family, Sums[Number]]], table: Table
) -> list[Number]:
    """These numbers, and what the features of some families add to each."""
    more = [map(sums.__getitem__, family.values(table)) for family, sums in families]
    return list(map(sum, zip(found, *more, strict=True)))


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
