"""Hostile input for regular expressions, made from what each expression says itself, and how fast its cost grows."""

import ast
import importlib
import inspect
import math
import pkgutil
import re
from collections.abc import Iterator
from itertools import combinations
from re import _constants as op  # the parse tree of `re` has no public name
from types import ModuleType
from typing import NamedTuple

import cleaner
from cleaner.expression import Expression
from steps import REPEATS, Characters, Counter, TooMany, Tree, characters, holds, parts, tree_of

LONG = 8  # times, more than which a repeat is worth an attack
WIDE = 7  # characters of a set that are tried in pairs
PLACES = 3  # places of the same repeat in one expression that are attacked in full
SPOILERS = ("\0", "\n")  # what may stand behind the repeated text, so that the expression fails there
LEAST, QUICK, LARGEST = 10, 160, 10_000  # characters of an attack: the first, the first that may settle it, and the last
ENOUGH = 3  # texts between which growth is read
MOST = 2_000_000  # steps that one attack may cost; a repeat of up to 2,000 characters needs most of them
STEEP = 1.5  # power from which growth is no longer taken for linear
SUSPECT = 1.1  # power below which it clearly is


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


def ways(held: Held) -> list[str]:
    """How the package runs an expression over a text: from its start, over all of it, or from each place."""
    found = [way for way in ("match", "fullmatch") if way in held.methods]
    if not found or held.methods - {"match", "fullmatch", "pattern", "flags"}:
        found.append("findall")
    return found


# ── attacks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def attacks(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """What to put in front, and what to repeat, so that the expression may try its repeats in many ways."""
    tree = tree_of(pattern)
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
        tried = dict.fromkeys("a A0.\n\t\xa0_-,/\"()é\0:x@'|[")
        named = ((kind, value) for one in sets for kind, value in one if kind in (op.LITERAL, op.RANGE))
        tried.update(dict.fromkeys(chr(value if kind is op.LITERAL else value[0]) for kind, value in named))
        kinds: dict[tuple[bool, ...], str] = {}
        for character in tried:
            kinds.setdefault(tuple(holds(one, character) for one in sets), character)
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
        if one := characters(kind, value):
            return [character for character in self.characters if holds(one, character)]
        if kind is op.BRANCH:
            return sorted((text for part in value[1] for text in self.some(part, 3)), key=len)
        if kind in REPEATS:
            least, most, body = value
            texts = self.some(body, 6)
            return [text * times for times in (least, least + 1)[: 1 + (most > least)] for text in texts]
        if kind in (op.ASSERT, op.ASSERT_NOT):
            return []
        return [text for part in parts(kind, value) for text in self.some(part, 12)]

    def repeats(self, tree: Tree, before: str = "") -> Iterator[tuple[str, Tree, int]]:
        """The long repeats: a text for what stands before, what is repeated, and how often at least."""
        for kind, value in tree:
            if kind in REPEATS and value[1] > LONG:
                yield before, value[2], value[0]
            for part in parts(kind, value):
                yield from self.repeats(part, before)
            behind = kind in (op.ASSERT, op.ASSERT_NOT) and value[0] < 0
            if behind and kind is op.ASSERT:
                before += self.some(value[1], 1)[0]
            before += self.some([(kind, value)], 1)[0]


def _sets(tree: Tree) -> Iterator[Characters]:
    for kind, value in tree:
        if one := characters(kind, value):
            yield one
        for part in parts(kind, value):
            yield from _sets(part)


# ── growth ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def power(counter: Counter, way: str, before: str, pump: str, spoiler: str) -> float:
    """With which power of its size the steps over an attack grow: 1 as the text does, 2 as its square.

    It is read from three texts, each with twice the pump of the one before: twice the steps more, or four times. The texts
    grow until this is clearly the former, or to the end of what is tried.
    """
    value, costs = math.inf, []
    times = max(1, LEAST // len(pump))
    while len(text := before + pump * times + spoiler) <= LARGEST or len(costs) < ENOUGH:
        try:
            costs.append(counter.count(way, text, MOST))
        except TooMany:
            break
        if len(costs) >= ENOUGH:
            first, second, third = costs[-3:]
            value = math.log2(max(third - second, 1) / max(second - first, 1))
            if value < SUSPECT and len(text) >= QUICK:
                break
        times *= 2
    return value


def worst(held: Held) -> str:
    """The attack on which the steps of an expression grow too steeply, "" if there is none: the method, the power and the text."""
    counter = Counter(held.pattern)
    for way in ways(held):
        for before, pump in attacks(held.pattern):
            for spoiler in SPOILERS:
                found = power(counter, way, before, pump, spoiler)
                if found > STEEP:
                    return f"{way} grows with the power {found:.1f} on {before + pump * 5 + spoiler!r}"
    return ""


def dearest(held: Held, window: int, most: int) -> str:
    """The attack of the size of its window that costs an expression more steps than these, "" if there is none: the method and the text."""
    counter = Counter(held.pattern)
    for way in ways(held):
        for before, pump in attacks(held.pattern):
            for spoiler in SPOILERS:
                text = before + pump * ((window - len(before + spoiler)) // len(pump)) + spoiler
                try:
                    counter.count(way, text, most)
                except TooMany:
                    return f"{way} takes more than {most} steps on {text!r}"
    return ""
