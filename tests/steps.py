"""A matcher that backtracks as `re` does, and counts its steps.

The clock says how long an expression takes on this machine today; the count says it for every machine. It sees what
the engine in C hides from `sys.setprofile`: each character that is looked at and each way that is tried. It does not see
what a step costs, nor what the engine saves by looking for a literal first.
"""

import re
import sys
from collections.abc import Callable, Iterable
from re import _constants as op  # the parse tree of `re` has no public name
from re import _parser

Tree = Iterable[tuple[object, object]]
Then = Callable[[int], bool]  # what is tried behind a match that ends there
Part = Callable[[int, Then], bool]  # whether a part matches there, and what is behind it too
Characters = tuple[tuple[object, object], ...]  # a set of characters, as the parse tree has it

DEEP = 2_000_000  # calls inside calls: a repeat of a group goes three deeper each time; Python calling Python takes no C stack

REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
CATEGORIES: dict[object, Callable[[str], bool]] = {
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_WORD: lambda character: character.isalnum() or character == "_",
    op.CATEGORY_NOT_SPACE: lambda character: not character.isspace(),
    op.CATEGORY_NOT_DIGIT: lambda character: not character.isdecimal(),
    op.CATEGORY_NOT_WORD: lambda character: not (character.isalnum() or character == "_"),
}


def tree_of(pattern: re.Pattern[str]) -> Tree:
    """The parse tree of an expression."""
    return _parser.parse(pattern.pattern, pattern.flags & (re.IGNORECASE | re.VERBOSE | re.DOTALL | re.MULTILINE))


def characters(kind: object, value: object, flags: int = 0) -> Characters:
    """The set of characters that one step of an expression matches, () where it is no such step."""
    if kind is op.IN:
        return tuple(value)
    if kind is op.LITERAL:
        return ((op.LITERAL, value),)
    if kind is op.NOT_LITERAL:
        return ((op.NEGATE, None), (op.LITERAL, value))
    if kind is op.ANY:
        return ((op.NEGATE, None),) if flags & re.DOTALL else ((op.NEGATE, None), (op.LITERAL, 10))
    return ()


def holds(one: Characters, character: str) -> bool:
    """Whether a set holds a character."""
    found = False
    for kind, value in one:
        if kind is op.LITERAL:
            found |= ord(character) == value
        elif kind is op.RANGE:
            found |= value[0] <= ord(character) <= value[1]
        elif kind is op.CATEGORY:
            found |= CATEGORIES[value](character)
    return found != (one[0][0] is op.NEGATE)


def parts(kind: object, value: object) -> list[Tree]:
    """The parts of a step that are expressions themselves."""
    if kind is op.BRANCH:
        return list(value[1])
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind in REPEATS:
        return [value[2]]
    return [value[1]] if kind in (op.ASSERT, op.ASSERT_NOT) else []


class TooMany(Exception):
    """A text has cost more steps than were granted."""


class _Known(dict[str, bool]):
    """Whether a character is in a set, remembered: both cases count where the expression says so."""

    def __init__(self, one: Characters, flags: int) -> None:
        super().__init__()
        self.one, self.cases = one, bool(flags & re.IGNORECASE)

    def __missing__(self, character: str) -> bool:
        both = (character, character.lower(), character.upper()) if self.cases else (character,)
        self[character] = found = any(holds(self.one, form) for form in both if len(form) == 1)
        return found


class Counter:
    """An expression that counts the steps of its matches. Each part is a function that is given what comes behind it."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.text, self.steps, self.most, self.groups = "", 0, 0, {}
        self.whole = self._sequence(tree_of(pattern), pattern.flags)

    def count(self, way: str, text: str, most: int) -> int:
        """The steps that `match`, `fullmatch` or `findall` takes over a text. TooMany, if these are more than `most`."""
        self.spans(way, text, most)
        return self.steps

    def spans(self, way: str, text: str, most: int) -> list[tuple[int, int]]:
        """Where the expression matches."""
        self.text, self.steps, self.most = text, 0, most
        before = sys.getrecursionlimit()
        sys.setrecursionlimit(DEEP)
        try:
            return self._spans(way)
        finally:
            sys.setrecursionlimit(before)

    def _spans(self, way: str) -> list[tuple[int, int]]:
        text = self.text
        found: list[tuple[int, int]] = []
        start, empty = 0, False  # behind an empty match comes none that is empty again
        while start <= len(text):
            end = self._end(start, len(text) if way == "fullmatch" else start + empty)
            if end >= 0:
                found.append((start, end))
            if way != "findall":
                break
            start, empty = (end, end == start) if end >= 0 else (start + 1, False)
        return found

    def _end(self, start: int, least: int) -> int:
        ends: list[int] = []

        def accept(end: int) -> bool:
            if end < least:
                return False
            ends.append(end)
            return True

        self.groups = {}
        return ends[0] if self.whole(start, accept) else -1

    def _step(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps > self.most:
            raise TooMany

    def _sequence(self, tree: Tree, flags: int) -> Part:
        steps = [self._part(kind, value, flags) for kind, value in tree]
        if not steps:
            return lambda at, then: then(at)
        whole = steps.pop()
        while steps:
            whole = _both(steps.pop(), whole)
        return whole

    def _part(self, kind: object, value: object, flags: int) -> Part:
        if one := characters(kind, value, flags):
            return self._character(_Known(one, flags))
        if kind is op.AT:
            return self._place(value, flags)
        if kind is op.BRANCH:
            return self._branch(value[1], flags)
        if kind is op.SUBPATTERN:
            number, more, less, body = value
            return self._group(number, self._sequence(body, (flags | more) & ~less))
        if kind is op.GROUPREF:
            return self._same(value)
        if kind is op.ATOMIC_GROUP:
            return _once(self._sequence(value, flags))
        if kind in (op.ASSERT, op.ASSERT_NOT):
            back = value[1].getwidth()[0] if value[0] < 0 else 0
            return _look(self._sequence(value[1], flags), back, kind is op.ASSERT)
        if kind in REPEATS:
            least, most, [*body] = value
            one = characters(*body[0], flags) if len(body) == 1 else ()
            lazy = kind is op.MIN_REPEAT
            part = self._run(_Known(one, flags), least, most, lazy) if one else self._repeat(self._sequence(body, flags), least, most, lazy)
            return _once(part) if kind is op.POSSESSIVE_REPEAT else part
        raise NotImplementedError(f"this matcher does not know {kind} yet: teach it")

    def _character(self, known: _Known) -> Part:
        def part(at: int, then: Then) -> bool:
            self._step()
            return at < len(self.text) and known[self.text[at]] and then(at + 1)

        return part

    def _run(self, known: _Known, least: int, most: int, lazy: bool) -> Part:
        """A repeat of one character: it goes as far as it can and comes back, or the other way round."""

        def part(at: int, then: Then) -> bool:
            text, last = self.text, min(len(self.text), at + most)
            if lazy:
                end = at
                while True:
                    self._step()
                    if end - at >= least and then(end):
                        return True
                    if not (end < last and known[text[end]]):
                        return False
                    end += 1
            end = at
            while end < last and known[text[end]]:
                end += 1
            self._step(end - at + 1)
            while end - at >= least:
                self._step()
                if then(end):
                    return True
                end -= 1
            return False

        return part

    def _repeat(self, body: Part, least: int, most: int, lazy: bool) -> Part:
        def part(at: int, then: Then) -> bool:
            return again(at, 0, -1, then)

        def again(at: int, times: int, before: int, then: Then) -> bool:
            self._step()
            if times < least:
                return body(at, lambda end: again(end, times + 1, at, then))
            if lazy and then(at):
                return True
            if times < most and at != before and body(at, lambda end: again(end, times + 1, at, then)):
                return True
            return not lazy and then(at)

        return part

    def _branch(self, choices: Iterable[Tree], flags: int) -> Part:
        """The choices in turn, but for those that begin with another character."""
        openers: list[tuple[_Known | None, Part]] = []
        for choice in choices:
            one = next((characters(kind, value, flags) for kind, value in choice), ())
            openers.append((_Known(one, flags) if one else None, self._sequence(choice, flags)))
        fitting: dict[str, list[Part]] = {}

        def part(at: int, then: Then) -> bool:
            self._step()
            first = self.text[at : at + 1]
            if first not in fitting:
                fitting[first] = [choice for known, choice in openers if known is None or (first and known[first])]
            for choice in fitting[first]:  # noqa: SIM110 (`any` would be a call in C, and these are not endlessly deep)
                if choice(at, then):
                    return True
            return False

        return part

    def _group(self, number: int | None, body: Part) -> Part:
        if number is None:
            return body

        def part(at: int, then: Then) -> bool:
            before = self.groups.get(number)

            def closed(end: int) -> bool:
                held, self.groups[number] = self.groups.get(number), self.text[at:end]
                if then(end):
                    return True
                self.groups[number] = held
                return False

            if body(at, closed):
                return True
            self.groups[number] = before
            return False

        return part

    def _same(self, number: int) -> Part:
        def part(at: int, then: Then) -> bool:
            held = self.groups.get(number)
            self._step()
            return held is not None and self.text.startswith(held, at) and then(at + len(held))

        return part

    def _place(self, place: object, flags: int) -> Part:
        def word(at: int) -> bool:
            return 0 <= at < len(self.text) and CATEGORIES[op.CATEGORY_WORD](self.text[at])

        many = bool(flags & re.MULTILINE)
        holds_at: dict[object, Callable[[int], bool]] = {
            op.AT_BEGINNING: lambda at: at == 0 or (many and self.text[at - 1] == "\n"),
            op.AT_BEGINNING_STRING: lambda at: at == 0,
            op.AT_BOUNDARY: lambda at: word(at - 1) != word(at),
            op.AT_NON_BOUNDARY: lambda at: word(at - 1) == word(at),
            op.AT_END: lambda at: self.text[at:] in ("", "\n") if not many else self.text[at : at + 1] in ("", "\n"),
            op.AT_END_STRING: lambda at: at == len(self.text),
        }
        fits = holds_at[place]

        def part(at: int, then: Then) -> bool:
            self._step()
            return fits(at) and then(at)

        return part


def _both(one: Part, two: Part) -> Part:
    return lambda at, then: one(at, lambda end: two(end, then))


def _once(body: Part) -> Part:
    """The first way in which a part matches, and no other."""

    def part(at: int, then: Then) -> bool:
        ends: list[int] = []
        return body(at, lambda end: not ends.append(end)) and then(ends[0])

    return part


def _look(body: Part, back: int, wanted: bool) -> Part:
    """What stands ahead, or so many characters behind."""
    return lambda at, then: (at >= back and body(at - back, lambda _end: True)) == wanted and then(at)
