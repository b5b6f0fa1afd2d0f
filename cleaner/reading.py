"""What the words of a text say: how long it is, how it ends, how many words are small, what it looks like."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from .expression import expression
from .lazy import cached_property
from .shapes import SMALL

WORDS = expression(r"\w+")
DIGIT = expression(r"\d")
MONTH = r"(?:jan|feb|mar|mac|apr|mei|may|jun|jul|agu|ags|aug|ogo|sep|okt|oct|nov|des|dec|dis)[a-z]*"
DATE = expression(
    rf"\b\d{{1,2}}\s+{MONTH}\s+(?:19|20)\d\d|\b\d{{1,2}}[/-]\d{{1,2}}[/-](?:19|20)\d\d"
    r"|\b(?:19|20)\d\d[/-]\d\d[/-]\d\d", 2
)
CLOCK = expression(r"\b\d{1,2}[:.]\d\d\b(?:\s*(?:WIB|WITA|WIT|am|pm|AM|PM))?")
DAYS = frozenset("senin selasa rabu kamis jumat jum sabtu minggu ahad isnin khamis".split())
AGO = expression(
    r"\b\d+\s+(?:jam|menit|hari|minggu|bulan|hours?|minutes?|days?|weeks?|months?|years?)\b"
    r"(?:\s+(?:yang\s+)?(?:lalu|ago|lepas))?", 2
)
INITIALS = expression(r"[(\[][A-Za-z*]{1,12}(?:\s?[/|-]\s?[A-Za-z*]{1,12}){0,3}\.?[)\]]\W*$")
ADDRESS = expression(r"https?://|www\.|\.(?:com|co|id|net|org)\b|pic\.twitter|@\w")
# One of these stands in every address: a cheap look before the expression is tried.
IN_ADDRESSES = ("://", "www.", ".co", ".id", ".net", ".org", "pic.twitter", "@")
QUOTES = '"“”'
OPENING_QUOTES, BRACKETS = frozenset(QUOTES + "'‘"), frozenset("([")
STOPS, CLOSINGS = frozenset(".!?…"), frozenset("\"”’')]")
AFTER_STOP = "\"”’')]([*»|•–—- \r\n"  # signs that may stand behind the end of a sentence
PARAGRAPH = 12  # words of a paragraph; a text with fewer is short
CAPITALS = (-0.5, 0.3, 0.6, 0.99)
FINE_CAPITALS = (-0.5, 0, 0.2, 0.4, 0.6, 0.8, 0.99)
EDGES = (*sorted({*CAPITALS, *FINE_CAPITALS}), 1.0)  # where any feature of capitals changes
# The features of a unit that say something of the ones beside it, by their first letters.
CARRIED = (
    "ends colon", "holds colon", "initials", "date", "clock", "copyright", "address", "in brackets", "quotes",
    "ends ", "ago", "tab",
)
COUNTED = 46  # words of a text; no feature tells more of them apart
Group = tuple[Any, ...]  # a function that gives names of features, and its arguments
SHORT, LONG = 120, 5_000  # characters of a text that is remembered among many, and among few


def bucket(value: float, edges: tuple[float, ...]) -> int:
    """The number of the first edge that the value does not exceed.

    >>> bucket(0, (0, 3)), bucket(2, (0, 3)), bucket(9, (0, 3))
    (0, 1, 2)
    """
    return bisect_left(edges, value)


class Features(NamedTuple):
    """Features of a unit, or of a bound between two: each is a name that a person can read.

    Names cost more to make than to weigh. So there are some that are not made where the sum of their weights
    is known: ``groups`` are functions with their arguments, and each word of ``words`` is a feature behind
    each prefix.
    """

    groups: Sequence[Group]
    names: Sequence[str]
    prefixes: Sequence[str] = ()
    words: Iterable[str] = ()

    def spelled(self) -> list[str]:
        """All their names."""
        groups = [name for function, *arguments in self.groups for name in function(*arguments)]
        words = [f"{prefix} {word}" for prefix in self.prefixes for word in self.words]
        return [*groups, *self.names, *words]


class Reading:
    """What the words of a text say.

    ``kind`` is one letter: P prose, H headline, d date, C capitals, 1 and 2 for a word or two or three,
    s a short sentence, m and l for other texts of up to eight words and of more.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words = WORDS.findall(text)
        self.n = len(words)
        self.small = sum([word in SMALL for word in map(str.lower, words)])
        big = [word for word in words if len(word) > 3 and word[0].isalpha()]
        self.capitals = sum([word[0].isupper() for word in big]) / len(big) if big else -1.0
        self.cased = EDGES[bucket(self.capitals, EDGES)]  # the share rounded up to an edge
        tail = text.rstrip(AFTER_STOP)
        self.stops = tail[-1:] in STOPS
        self.full = tail.endswith(".") and not tail.endswith("..")
        self.upper = self.n > 0 and text.isupper()
        self.digits = sum(map(str.isdigit, text))
        self.kind = self._kind()

    @cached_property
    def low(self) -> list[str]:
        """The words in small letters, each digit as 0."""
        low = map(str.lower, self.words)
        return [DIGIT.sub("0", word) if word.isalnum() and not word.isalpha() else word for word in low]

    @cached_property
    def key(self) -> str:
        """The words as one text."""
        return " ".join(self.low)

    @cached_property
    def content(self) -> frozenset[str]:
        """The words that say what it is about."""
        return frozenset([word for word in self.low if len(word) > 3 and word not in SMALL])

    def _kind(self) -> str:
        n = self.n
        if (n >= 7 and self.small >= 1 and self.stops and self.capitals < 0.75) or (
            n >= 12 and self.small >= 3 and self.capitals < 0.6
        ):
            return "P"
        if 4 <= n <= 20 and not self.full and self.capitals >= 0.6:
            return "H"
        if self.digits and DATE.search(self.text):
            return "d"
        if self.upper:
            return "C"
        return "1" if n <= 1 else "2" if n <= 3 else "s" if self.stops else "m" if n <= 8 else "l"

    @property
    def dated(self) -> bool:
        """Whether it is short and holds a date."""
        return self.n < PARAGRAPH and self.digits > 0 and bool(DATE.search(self.text))

    @cached_property
    def begins(self) -> str:
        """How it begins."""
        first = self.text[:1]
        if first.isupper():
            return "capital"
        if first.islower():
            return "small"
        if first in OPENING_QUOTES:
            return "quote"
        return "digit" if first.isdigit() else "bracket" if first in BRACKETS else "sign"

    @cached_property
    def finishes(self) -> str:
        """How it ends."""
        last, before = self.text[-1:], self.text[-2:-1]
        if last in STOPS:
            return "stop"
        if last in CLOSINGS:
            if before in STOPS:
                return "quoted stop"
            return "bracket" if last in ")]" else "quote"
        if last == ":":
            return "colon"
        return "letter" if last.isalpha() else "digit" if last.isdigit() else "sign"

    @cached_property
    def signs(self) -> list[str]:
        """The features of what only some texts have: an end that is no letter, dates, quotes, brackets."""
        text, n = self.text, self.n
        short = "short" if n < PARAGRAPH else ""
        last, first = text[-1:], text[:1]
        found = []
        if text.endswith(("...", "…")):
            found.append("ends dots")
        if last == ":":
            found.append("ends colon")
        elif ":" in text[:40]:
            found.append("holds colon")
        if last in (",", "–", "-"):
            found.append(f"ends {last}")
        if self.upper:
            found.append(f"upper {bucket(n, (1, 2, 4))}")
        if self.digits:
            found.append(f"digits {bucket(self.digits / len(text), (0.05, 0.15, 0.4))}")
            if DATE.search(text):
                found.append(f"date {short}")
            if CLOCK.search(text):
                found.append(f"clock {short}")
            if AGO.search(text):
                found.append("ago")
        quotes = sum([text.count(sign) for sign in QUOTES])
        if quotes:
            found.append(f"quotes {min(quotes, 3)}")
        if first in OPENING_QUOTES:
            found.append("opens quote")
        if first in BRACKETS:
            found.append("opens bracket")
            if last in (")", "]"):
                found.append("in brackets")
        if last in (")", "]"):
            found.append("closes bracket")
            initials = INITIALS.search(text)
            if initials:
                found.append("initials only" if not initials.start() else "initials")
        if not DAYS.isdisjoint(self.low):
            found.append(f"day {short}")
        if any(sign in text for sign in IN_ADDRESSES) and ADDRESS.search(text):
            found.append(f"address {short}")
        if "/" in text and n < 8:
            found.append("slash")
        if "|" in text or "»" in text or ">" in text:
            found.append("pipe")
        if "\t" in text:
            found.append("tab")
        if "©" in text or "(c)" in text.lower():
            found.append("copyright")
        if "@" in text or "#" in text:
            found.append("at")
        if first.islower():
            found.append("opens small")
        if first.isdigit():
            found.append("opens digit")
        if first in tuple("*•-–—#·▪>►"):
            found.append("bullet")
        return found

    @property
    def own(self) -> Features:
        """All features of a unit that depend on nothing but its text."""
        low, n = self.low, self.n
        shape = (_shape, min(n, COUNTED), self.kind, self.cased, min(self.small, 5), self.stops, self.full)
        if not low:
            return Features([shape], self.signs)
        found = [*self.signs, f"W first {low[0]}", f"W last {low[-1]}"]
        if n > 1:
            found += [f"W second {low[1]}", f"W first {low[0]} {low[1]}", f"W last but one {low[-2]}"]
        if n > 2:
            found += [f"W third {low[2]}", f"W first {low[0]} {low[1]} {low[2]}"]
        if n <= 6:
            found.append(f"W all {self.key}")
        return Features([shape], found, ("W", "W short") if n < PARAGRAPH else ("W",), set(low[:40]))

    @property
    def above(self) -> Features:
        """The features that the unit gives to the one below it, above which it stands."""
        return self._beside("-1")

    @property
    def below(self) -> Features:
        """The features that the unit gives to the one above it."""
        return self._beside("+1")

    def _beside(self, way: str) -> Features:
        low = self.low
        shape = (_shape_beside, way, min(self.n, COUNTED), self.kind, self.cased, self.stops, self.full)
        found = [f"{way} {sign}" for sign in self.signs if sign.startswith(CARRIED)]
        if low:
            found.append(f"W {way} {low[0]}")
            if way == "-1":
                found.append(f"W -1 last {low[-1]}")
        if len(low) > 1:
            found.append(f"W {way} {low[0]} {low[1]}")
        return Features([shape], found)


def _shape(n: int, kind: str, cased: float, small: int, stops: bool, full: bool) -> list[str]:
    """The features of a text's length and letters."""
    return [
        "bias",
        f"n {bucket(n, (0, 1, 2, 3, 5, 8, 12, 18, 28, 45))}",
        f"kind {kind}",
        f"capitals {bucket(cased, FINE_CAPITALS)}",
        f"small {small}",
        f"form {bucket(n, (1, 3, 8, 16))} {bucket(cased, CAPITALS)} {stops:d}",
        "ends full" if full else "ends stop" if stops else "ends open",
    ]


def _shape_beside(way: str, n: int, kind: str, cased: float, stops: bool, full: bool) -> list[str]:
    """The same for the unit that stands beside."""
    return [
        f"{way} kind {kind}", f"{way} n {bucket(n, (0, 1, 3, 8, 16))}", f"{way} stops {stops:d}",
        f"{way} capitals {bucket(cased, CAPITALS)}",
        f"{way} ends full" if full else f"{way} ends stop" if stops else f"{way} ends open",
    ]


_short = lru_cache(8192)(Reading)
_long = lru_cache(256)(Reading)


def read(text: str) -> Reading:
    """What the words of a text say.

    Menus come back from page to page, so many short texts are remembered, and few long ones.
    """
    return _short(text) if len(text) < SHORT else _long(text) if len(text) < LONG else Reading(text)
