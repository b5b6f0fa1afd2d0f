"""Units: the places of a line where a story may begin or end.

A line of a page is often one unit. In a paragraph, and above all in a text that stands in one line, furniture
begins and ends in the middle: behind a sentence, around a bracket, at a word that opens furniture ("Baca",
"Editor"), behind a label with a colon, and at the few places where a linked headline may end. Every unit owns
the white space behind it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from string import ascii_lowercase, digits
from typing import NamedTuple

from .cut import ends as ends_of
from .expression import expression
from .resource import read

Patterns = tuple[re.Pattern[str], ...]

CLOSING = r"[\"”’')\]»*]*"
SENTENCE_END = expression(rf"[.!?…]{CLOSING}(?=\s)")
# Two sentences without a blank between them: "sore.Warga", "sore\".Warga", "10:30 WIBWarga", "2025Warga".
# Each of these expressions begins with the signs that it consumes, for then the engine skips all others at
# once.
GLUED_ENDS: Patterns = (
    expression(rf"[.!?…](?<=[a-zà-ÿ0-9)\]%”\"’'].)[.!?…]*{CLOSING}(?=[A-Z“\"‘(\[])"),
    expression(
        r"[\"”’')\]!?0-9](?:(?<=[.!?…][\"”’'])(?=[A-Z“\"‘(\[0-9])|(?<=[)\]”!?0-9])(?=[A-Z][a-z]))"
    ),
    expression(r"[A-Z](?<![A-Z].)[A-Z]{2,}(?=[A-Z][a-z])"),
)
# Where all line ends are lost, also "pagiWarga"; elsewhere this cuts names apart, such as "YouTube".
JOINED = expression(r"(?<=[a-z])(?=[A-Z][a-z]|[“\"(][A-Z])")
FEWEST_JOINS = 2  # sentences without a blank between them in a text whose line ends are lost
SEPARATORS = "|•»▪■●★"  # signs that own the blanks before them
GAP = expression(
    rf"[{SEPARATORS}>*#–—-](?:(?<=[{SEPARATORS}])[{SEPARATORS}]*\s*|(?<=\s[>*#–—-])[>*#–—-]*(?=\s))"
)
WIDE_GAP = expression(r"[ \t]{2,}|[ \t]*\xa0[ \t]*")
IN_WIDE_GAPS = ("  ", "\t", "\xa0")  # one of these stands in each
# Lines of a text that stands in one line, more or less: there a wide gap is often what is left of a line end.
FLAT = 3
SEVERAL = 600  # characters of a line that may hold what stood in several
DASH = expression(
    r"(?<![^\S\n])[^\S\n]+(?:-+\s|[–—])\s*|(?<![^\S\n])[^\S\n]*(?:--|[–—])\s+|(?<=\))\s?-\s?"
)
HOLDS_DASH = expression(r"[-–—](?:(?<=[–—])|(?<=[\s)-]-)|(?=-))")  # a look whether there is one
DATELINE = 120  # characters of a line in which the dash of a dateline may stand
BRACKET = expression(r"\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\]")
LABEL = expression(
    r"[A-Z](?<![^\s.!?…)\]”\"’a-z].)[^\s:.,;()\"“”]{0,24}(?:[ \xa0][^\s:.,;()\"“”]{1,24}){0,3}[ \xa0]?:"
)
LONGEST_LABEL = 101  # characters before its colon
CAPITALS = expression(
    r"[A-Z](?<!\S.)(?:[A-Z0-9/&'-]{2,}[ \xa0,.]*(?:[A-Z][A-Z0-9/&'-]{2,}[ \xa0,.]*)+|[A-Z]{7,})"
)
SMALL_OR_DIGIT = frozenset(ascii_lowercase + digits)
LONG_CAPITALS = 15  # characters of capitals that are a unit even in the middle of a sentence
SIGN = expression(r"©|https?://|pic\.twitter|image/|<[a-z/]|\(\*+\)|>>")
AFTER_MARK = expression(r"[:.!>]*\s*")
WORD = expression(r"[^\s.:!?]+")
LAST_WORD = expression(r"[\w-]{0,6}$")
HEADLINE = 3  # words of a headline behind a label that is no marker, or names would be cut apart
ENDS = 5  # ends of a linked headline that are units; with every capital in its reach the ceiling is no higher
WORST = 4.0  # how much worse than the best end (log-odds) an end may score


class Headline(NamedTuple):
    """A linked headline inside a line: where it begins, whether a marker stands before it, where it may end.

    ``ends`` gives for each place how much worse it scores than the best one, in log-odds.
    """

    start: int
    marked: bool
    ends: dict[int, float]


class Cuts(NamedTuple):
    """Where units start, where sentences start, the linked headlines, and which lines were read closely."""

    units: list[int]
    sentences: list[int]
    headlines: list[Headline]
    closely: list[bool]


class Marks(NamedTuple):
    """What ``data/marks.txt`` says of words with which something begins."""

    any: frozenset[str]  # words that open furniture
    capital: re.Pattern[str]  # a word that begins like one of them
    link: re.Pattern[str]  # one that tells of another story behind it
    rest: re.Pattern[str]  # what goes on with such a word
    source: re.Pattern[str]  # a bracket with a credit
    lead: re.Pattern[str]  # a word with which a story announces a list
    abbreviated: frozenset[str]  # words before a full stop that ends no sentence
    reader: frozenset[str]  # words that speak to the reader
    joins: frozenset[str]  # words with which no sentence and no headline ends


@cache
def marks() -> Marks:
    """The words of ``data/marks.txt``, read once."""
    lines = [line.partition(": ") for line in read("data/marks.txt").splitlines() if line and line[0] != "#"]
    words = {name: rest.split() for name, _, rest in lines}
    either = {name: "|".join(found) for name, found in words.items()}
    every = words["links"] + words["others"]
    return Marks(
        frozenset([*every, *map(str.upper, every)]),
        expression(rf"[{''.join(sorted({word[0] for word in every}))}](?:[a-z]+|[A-Z]+)\b"),
        expression(rf"(?:{either['links']})\Z", re.IGNORECASE),
        expression(rf"\s?:|\s?(?:{either['rests']})\b|(?:\s\w+){{1,2}}\s?:", re.IGNORECASE),
        expression(rf"[A-Za-z*]\s?/\s?[A-Za-z*]|\b(?:{either['sources']})\b", re.IGNORECASE),
        expression(rf"\b(?:{either['leads']})\b", re.IGNORECASE),
        frozenset(words["abbreviated"]),
        frozenset(words["reader"]),
        frozenset(words["joins"]),
    )


def breaks_off(text: str) -> bool:
    """Whether a line ends where no sentence and no headline does, so that it goes on below.

    >>> breaks_off("Kapadze menyatakan siap melatih dan"), breaks_off("Kapadze Siap Melatih")
    (True, False)
    """
    return text.endswith(",") or text[text.rfind(" ") + 1 :].lower() in marks().joins


def opening(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The words between two places that open furniture.

    Small letters may stand before them without a blank.
    """
    words, capital = marks().any, marks().capital
    if words.isdisjoint(capital.findall(text, start, end)):
        return  # most lines
    for match in capital.finditer(text, start, end):
        if match.group() in words:
            before = text[match.start() - 1 : match.start()]
            if not before.isalnum() or before in SMALL_OR_DIGIT:
                yield match


def marked(unit: str) -> bool:
    """Whether a unit begins with a word that opens furniture."""
    word = marks().capital.match(unit.lstrip())
    return bool(word and word.group() in marks().any)


def cuts(
    text: str, lines: Sequence[tuple[int, int]], closely: list[bool], bounds: Iterable[int] = ()
) -> Cuts:
    """Where the units of a text start. Lines in turn that are not to be read ``closely`` are one unit."""
    found, sentences = {0, *bounds}, {0}
    headlines: list[Headline] = []
    flat = len(lines) <= FLAT
    glued = GLUED_ENDS
    if flat:
        ends = chain.from_iterable([end.finditer(text) for end in GLUED_ENDS])
        if len(list(islice(ends, FEWEST_JOINS))) == FEWEST_JOINS:
            glued = (*GLUED_ENDS, JOINED)
    before = True
    for (start, end), close in zip(lines, closely, strict=True):
        if close or before:
            found.add(start)
            sentences.add(start)
        if close:
            begun = {start, *_sentences(text, start, end, glued)}
            for left, right in _gaps(text, start, end, wide=flat or end - start > SEVERAL):
                found.add(left)
                begun.add(right)
            found |= begun
            sentences |= begun
            headlines += _line(text, start, end, found, {_word(text, at, end) for at in begun})
        before = close
    return Cuts(_starts(text, found), _starts(text, sentences), headlines, closely)


def _sentences(text: str, start: int, end: int, glued: Patterns) -> Iterator[int]:
    """Where the sentences of a line end."""
    for match in SENTENCE_END.finditer(text, start, end):
        if not _abbreviated(text, start, match.start()):
            yield match.end()
    for pattern in glued:
        for match in pattern.finditer(text, start, end):
            yield match.end()


def _gaps(text: str, start: int, end: int, *, wide: bool) -> Iterator[tuple[int, int]]:
    """Where a line has a sign that separates, or, if asked for, a wide gap."""
    for match in GAP.finditer(text, start, end):
        at = match.start()
        if text[at] in SEPARATORS:
            while at > start and text[at - 1].isspace():
                at -= 1
        yield at, match.end()
    if wide and any(text.find(sign, start, end) >= 0 for sign in IN_WIDE_GAPS):
        for match in WIDE_GAP.finditer(text, start, end):
            yield match.span()


def _line(text: str, start: int, end: int, found: set[int], begun: set[int]) -> Iterator[Headline]:
    """Add the other cuts of a line to ``found``, most where a sentence has ``begun``; give its headlines."""
    for match in _dashes(text, start, min(end, start + DATELINE)):
        found.add(match.end())
        begun.add(_word(text, match.end(), end))
    for match in BRACKET.finditer(text, start, end):
        if match.start() in begun or _apart(text, start, match.start(), match.end(), end):
            found |= {match.start(), match.end()}
            begun |= {match.start(), _word(text, match.end(), end)}
    for match in CAPITALS.finditer(text, start, end):
        if match.start() in begun or len(match.group()) > LONG_CAPITALS:
            stop = match.end() - (match.end() < end and text[match.end()].islower())
            found |= {match.start(), stop}
            begun |= {match.start(), _word(text, stop, end)}
    for match in SIGN.finditer(text, start, end):
        found.add(match.start())
        begun.add(match.start())
    linked = [*_marks(text, start, end, found, begun), *_labels(text, start, end, found, begun)]
    for place, marked in dict(linked).items():
        at = _word(text, place, end)
        if at < end:
            last = headline_ends(text, at, end)
            if not marked:
                last = {
                    place: worse for place, worse in last.items() if text.count(" ", at, place) >= HEADLINE
                }
            found.update(sorted(last, key=last.__getitem__)[: ENDS if marked else 1])
            yield Headline(at, marked, last)


def _dashes(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The dashes with which a dateline may end."""
    return DASH.finditer(text, start, end) if HOLDS_DASH.search(text, start, end) else iter(())


def _marks(text: str, start: int, end: int, found: set[int], begun: set[int]) -> Iterator[tuple[int, bool]]:
    """Cut before words that open furniture, and behind them; give where a linked headline begins."""
    for match in opening(text, start, end):
        rest = marks().rest.match(text, match.end(), min(end, match.end() + 25))
        if match.start() not in begun and not rest:
            continue
        for at in (match.start(), *_after(text, match.end(), end)):
            found.add(at)
            begun.add(at)
        if rest and marks().link.match(match.group()):
            colon = text.find(":", match.start(), min(end, match.start() + 30))
            yield (colon + 1 if colon > 0 else match.end()), True


def _labels(text: str, start: int, end: int, found: set[int], begun: set[int]) -> Iterator[tuple[int, bool]]:
    """Cut around labels with a colon; give where a headline may begin behind them."""
    colon = text.find(":", start, end)
    while colon >= 0:
        match = LABEL.search(text, max(start, colon - LONGEST_LABEL), colon + 1)
        if match and match.start() in begun:
            found |= {match.start(), match.end()}
            yield match.end(), any(opening(match.group(), 0, len(match.group())))
        start, colon = colon + 1, text.find(":", colon + 1, end)


def headline_ends(text: str, start: int, end: int) -> dict[int, float]:
    """Where a headline that begins at ``start`` may end, and how much worse each place is than the best."""
    return {place: worse for place, worse in ends_of(text, start, end).items() if worse < WORST}


def _abbreviated(text: str, start: int, stop: int) -> bool:
    """Whether a full stop belongs to the word before it: "Jl. Merdeka", "M. Zaenuri", "3. Jalan Braga"."""
    word = LAST_WORD.search(text, max(start, stop - 6), stop) if text[stop] == "." else None
    before = word.group().lower() if word else ""
    return (
        before in marks().abbreviated
        or (len(before) < 3 and before.isdigit()) or (len(before) == 1 and before.isalpha())
    )


def _apart(text: str, line_start: int, start: int, end: int, line_end: int) -> bool:
    """Whether a bracket may hold initials or a credit, or stands between two sentences."""
    if text[start] == "[" or marks().source.search(text, start, end):
        return True
    at = _word(text, end, line_end)
    if line_end - at < 3:
        return not text[at:line_end].strip(".!?")
    before = start - 1
    while before >= line_start and text[before].isspace():
        before -= 1
    return (text[at].isupper() or text[at] in '"“') and before >= line_start and text[before] in '.!?"”'


def _after(text: str, at: int, end: int) -> Iterator[int]:
    """Where the story may go on behind the first three words of a marker: at a capital, or at a quote."""
    for _ in range(3):
        sign = AFTER_MARK.match(text, at, end)
        at = sign.end() if sign else end
        if not sign or at >= end:
            return
        if text[at].isupper() or text[at] in "\"“‘'(&":
            yield at
        if ":" in sign.group():
            return
        word = WORD.match(text, at, end)
        if not word:
            return
        at = word.end()


def _word(text: str, at: int, end: int) -> int:
    """The first place from ``at`` on that is not white space."""
    while at < end and text[at].isspace():
        at += 1
    return at


def _starts(text: str, found: Iterable[int]) -> list[int]:
    """Where units start: white space, and signs without letters or digits, belong to the unit before."""
    size = len(text)
    places = {place if text[place].isalnum() else _word(text, place, size) for place in found if place < size}
    starts = sorted(places - {size})
    kept: list[int] = []
    for at, behind in zip(starts, [*starts[1:], size], strict=True):
        if not kept or text[at].isalnum() or any(map(str.isalnum, text[at:behind])):
            kept.append(at)
    if kept:
        kept[0] = 0
    return kept
