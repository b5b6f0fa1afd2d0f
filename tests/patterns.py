"""Hostile input for regular expressions, made from what each expression says itself, and how fast its cost grows."""

import ast
import importlib
import inspect
import math
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import combinations
from re import _constants as op  # the parse tree of `re` has no public name
from re import _parser
from types import ModuleType
from typing import NamedTuple

import cleaner
from cleaner.expression import Expression

Tree = Iterable[tuple[object, object]]
Run = Callable[[str], object]

REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
LONG = 8  # times, more than which a repeat is worth an attack
WIDE = 7  # characters of a set that are tried in pairs
PLACES = 3  # places of the same repeat in one expression that are attacked in full
SPOILERS = ("\0", "\n")  # what may stand behind the repeated text, so that the expression fails there
LEAST, SMALL, LARGEST = 10, 250, 32_000  # characters of the attacks: the first, the last of the quick look, and the last of all
STEEP = 1.5  # exponent from which growth is no longer taken for linear
SUSPECT = 1.2  # exponent from which it is measured once more
CLEAR = 0.02  # seconds that are measured well enough
NOTHING = 0.001  # seconds that nobody misses, however they grow


class Held(NamedTuple):
    """An expression of the package, its name there, and the methods by which the package uses it."""

    name: str
    pattern: re.Pattern[str]
    methods: frozenset[str] = frozenset(("search",))


def expressions() -> Iterator[Held]:
    """Every expression that a module of the package holds by a name, alone or in a tuple, and every pattern of the built-in rules."""
    held = {pattern: name for name, value in reversed(list(_values())) for pattern in _inside(value)}
    used: dict[re.Pattern[str], set[str]] = {}
    for module in _modules():
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                for pattern in _inside(vars(module).get(node.value.id)):
                    used.setdefault(pattern, set()).add(node.attr)
    for pattern, name in held.items():
        yield Held(name, pattern, frozenset(used.get(pattern, ("search",))))
    for rule in cleaner.rules().rules:
        if rule.pattern:  # tried at every sentence, unless it takes whole lines
            yield Held(f"rule {rule.name}", re.compile(rule.pattern), frozenset(("fullmatch" if rule.whole else "search",)))


def standing_in(name: str) -> Iterator[Expression]:
    """What stands in for the expressions of that name until they are tried."""
    yield from (expression for held, value in _values() for expression in _flat(value) if held == name and isinstance(expression, Expression))


def _modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(cleaner.__path__, "cleaner.")
    # datatrove.py needs an engine, and has no expression of its own.
    return [importlib.import_module(module.name) for module in found if not module.name.endswith(("__main__", ".datatrove"))]


def _values() -> Iterator[tuple[str, object]]:
    """All that the modules hold, with its name: first where it is imported from."""
    for module in _modules():
        for name, value in vars(module).items():
            yield f"{module.__name__.removeprefix('cleaner.')}.{name}", value


def _inside(value: object) -> Iterator[re.Pattern[str]]:
    """The expressions in a value, compiled."""
    for one in _flat(value):
        if isinstance(one, Expression):
            yield re.compile(one.pattern, one.flags)
        elif isinstance(one, re.Pattern):
            yield one


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for one in value:
            yield from _flat(one)
    else:
        yield value


def runs(held: Held) -> dict[str, Run]:
    """The ways in which the package runs an expression over a text: from its start, over all of it, or from each place."""
    ways: dict[str, Run] = {way: getattr(held.pattern, way) for way in ("match", "fullmatch") if way in held.methods}
    if not ways or held.methods - {"match", "fullmatch", "pattern", "flags"}:
        ways["search"] = held.pattern.findall
    return ways


# ── attacks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def attacks(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """What to put in front, and what to repeat, so that the expression may try its repeats in many ways."""
    tree = _parser.parse(pattern.pattern, pattern.flags & (re.IGNORECASE | re.VERBOSE | re.DOTALL))
    maker = _Maker(tree)
    found = dict.fromkeys(("", text) for text in (*maker.some(tree, 40), *maker.characters))
    times: dict[str, int] = {}
    for before, body, least in maker.repeats(tree):
        places = times[repr(body)] = times.get(repr(body), 0) + 1
        texts = maker.some(body, 12)
        for text in texts if places < PLACES else texts[: len(texts) // 2]:
            found.update(dict.fromkeys(((before, text), ("", text), ("", before + text * max(least, 1)))))
        if places <= PLACES:
            found.update(dict.fromkeys((before, one + two) for one, two in combinations(texts[:WIDE], 2)))
    return [(before, text) for before, text in found if text]


class _Maker:
    """Makes texts that parts of an expression match."""

    def __init__(self, tree: Tree) -> None:
        sets = list(dict.fromkeys(_sets(tree)))
        characters = dict.fromkeys("a A0.\n\t\xa0_-,/\"()é\0:x@'|[")
        characters.update(dict.fromkeys(chr(value if kind is op.LITERAL else value[0]) for one in sets for kind, value in one if kind in (op.LITERAL, op.RANGE)))
        kinds: dict[tuple[bool, ...], str] = {}
        for character in characters:
            kinds.setdefault(tuple(_holds(one, character) for one in sets), character)
        self.characters = list(kinds.values())  # one of each kind that the expression can tell apart

    def some(self, tree: Tree, most: int) -> list[str]:
        """Texts that the part matches, the shortest first: each of its choices comes once."""
        texts = [""]
        for kind, value in tree:
            choices = list(dict.fromkeys(self._choices(kind, value)))
            if choices:
                texts = list(dict.fromkeys([*(text + choices[0] for text in texts), *(texts[0] + choice for choice in choices[1:])]))[:most]
        return texts

    def _choices(self, kind: object, value: object) -> list[str]:
        if kind is op.LITERAL:
            return [chr(value)]
        if one := _set(kind, value):
            return [character for character in self.characters if _holds(one, character)]
        if kind is op.BRANCH:
            return sorted((text for part in value[1] for text in self.some(part, 3)), key=len)
        if kind in REPEATS:
            least, most, body = value
            texts = self.some(body, 6)
            return [text * times for times in (least, least + 1)[: 1 + (most > least)] for text in texts]
        if kind in (op.ASSERT, op.ASSERT_NOT):
            return []
        return [text for part in _parts(kind, value) for text in self.some(part, 12)]

    def repeats(self, tree: Tree, before: str = "") -> Iterator[tuple[str, Tree, int]]:
        """The long repeats: a text for what stands before, what is repeated, and how often at least."""
        for kind, value in tree:
            if kind in REPEATS and value[1] > LONG:
                yield before, value[2], value[0]
            for part in _parts(kind, value):
                yield from self.repeats(part, before)
            behind = kind in (op.ASSERT, op.ASSERT_NOT) and value[0] < 0
            if behind and kind is op.ASSERT:
                before += self.some(value[1], 1)[0]
            before += self.some([(kind, value)], 1)[0]


def _parts(kind: object, value: object) -> list[Tree]:
    if kind is op.BRANCH:
        return list(value[1])
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind in REPEATS:
        return [value[2]]
    return [value[1]] if kind in (op.ASSERT, op.ASSERT_NOT) else []


def _set(kind: object, value: object) -> tuple[tuple[object, object], ...]:
    """The set of characters that one step of an expression matches, () where it is no such step."""
    if kind is op.IN:
        return tuple(value)
    if kind is op.LITERAL:
        return ((op.LITERAL, value),)
    if kind in (op.NOT_LITERAL, op.ANY):
        return ((op.NEGATE, None), (op.LITERAL, 10 if kind is op.ANY else value))
    return ()


def _sets(tree: Tree) -> Iterator[tuple[tuple[object, object], ...]]:
    for kind, value in tree:
        if one := _set(kind, value):
            yield one
        for part in _parts(kind, value):
            yield from _sets(part)


CATEGORIES: dict[object, Callable[[str], bool]] = {
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_WORD: lambda character: character.isalnum() or character == "_",
    op.CATEGORY_NOT_SPACE: lambda character: not character.isspace(),
    op.CATEGORY_NOT_DIGIT: lambda character: not character.isdecimal(),
    op.CATEGORY_NOT_WORD: lambda character: not (character.isalnum() or character == "_"),
}


def _holds(one: tuple[tuple[object, object], ...], character: str) -> bool:
    found = False
    for kind, value in one:
        if kind is op.LITERAL:
            found |= ord(character) == value
        elif kind is op.RANGE:
            found |= value[0] <= ord(character) <= value[1]
        elif kind is op.CATEGORY:
            found |= CATEGORIES[value](character)
    return found != (one[0][0] is op.NEGATE)


# ── growth ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def cost(run: Run, text: str) -> float:
    """The seconds of CPU time of a run over a text."""
    start = time.process_time()
    run(text)
    return time.process_time() - start


def exponent(run: Run, text: Callable[[int], str], size: int, largest: int, clear: float) -> float:
    """With which power of its size the cost of a text grows. The size grows until one run takes ``clear`` seconds, by small steps at first: the cost may double with each."""
    texts, sizes, costs = [], [], []
    while size <= largest:
        hostile = text(size)
        texts.append(hostile)
        sizes.append(len(hostile))
        costs.append(cost(run, hostile))
        if costs[-1] > clear:
            costs[-1] = min(costs[-1], cost(run, hostile))  # a pause of the machine is no growth
        if costs[-1] > clear:
            break
        size = size * 2 if size > SMALL else size + max(1, size // 4)
    if len(costs) == 1 or costs[-1] < NOTHING:
        return math.inf if costs[-1] > clear else 1.0
    before = max(0, len(costs) - 3)
    value = math.log(costs[-1] / costs[before]) / math.log(sizes[-1] / sizes[before])
    if value > SUSPECT:  # measured once more, and with patience, for a pause of the machine looks like growth
        first, last = (min(cost(run, hostile) for _ in range(5)) for hostile in (texts[before], texts[-1]))
        value = math.log(last / first) / math.log(sizes[-1] / sizes[before])
    return value


def steady(run: Run, text: Callable[[int], str], size: int, largest: int, clear: float, steep: float) -> float:
    """The exponent, the least of three where the first is too steep: a busy machine may slow one measurement, but hardly all."""
    least = math.inf
    for _ in range(3):
        least = min(least, exponent(run, text, size, largest, clear))
        if least <= steep:
            break
    return least


def worst(held: Held, largest: int = LARGEST, steep: float = STEEP) -> str:
    """The attack on which the cost of an expression grows too steeply, "" if there is none: the method, the exponent and the text."""
    for way, run in runs(held).items():
        for before, pump in attacks(held.pattern):
            for spoiler in SPOILERS:
                text = partial(_text, before, pump, spoiler)
                if _suspect(run, text, largest):
                    power = steady(run, text, LEAST, largest, CLEAR, steep)
                    if power > steep:
                        return f"{way} grows with the power {power:.1f} on {text(60)!r}"
    return ""


def _text(before: str, pump: str, spoiler: str, size: int) -> str:
    return before + pump * max(1, (size - len(before)) // len(pump)) + spoiler


def _suspect(run: Run, text: Callable[[int], str], largest: int) -> bool:
    """A quick look: whether a short text takes long already, or four times the text much more than four times as long."""
    size = LEAST
    while size < min(SMALL, largest // 4):
        if cost(run, text(size)) > CLEAR:
            return True
        size += max(1, size // 4)
    small, large = text(size), text(min(4 * size, largest))
    return all(cost(run, large) > 6 * cost(run, small) for _ in range(3))
