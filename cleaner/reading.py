"""What the words of a text say: how long it is, how it ends, how many words are small, what it looks like."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .expression import expression
from .lazy import cached_property
from .publishers import known, pattern
from .shapes import DOTS, SMALL

WORDS = expression(r"\w+")
# The ASCII characters, with a blank for each that stands in no word: so the words of most texts are found in
# a sixth of the time that the expression takes, once the signs that newspapers print most are blanks too.
TYPOGRAPHIC = "“”‘’–—…•\xa0"
BLANKED = "".join([sign if sign.isalnum() or sign == "_" else " " for sign in map(chr, range(128))])
MONTH = r"(?:jan|feb|mar|mac|apr|mei|may|jun|jul|agu|ags|aug|ogo|sep|okt|oct|nov|des|dec|dis)[a-z]*"
# Both begin with the digit that they consume, for then the engine skips all other signs at once.
DATE = expression(
    rf"\d(?<!\w\d)(?:\d?\s+{MONTH}\s+(?:19|20)\d\d|\d?[/-]\d{{1,2}}[/-](?:19|20)\d\d"
    r"|(?:(?<=1)9|(?<=2)0)\d\d[/-]\d\d[/-]\d\d)", 2
)
CLOCK = expression(r"\d(?<!\w\d)\d?[:.]\d\d\b")
DAYS = frozenset("senin selasa rabu kamis jumat jum sabtu minggu ahad isnin khamis".split())
AGES = frozenset(
    """jam menit hari minggu bulan hour hours minute minutes day days week weeks month months year
    years""".split()
)
AGO = expression(rf"\b\d+\s+(?:{'|'.join(sorted(AGES))})\b", 2)
INITIALS = expression(r"[(\[][A-Za-z*]{1,12}(?:\s?[/|-]\s?[A-Za-z*]{1,12}){0,3}\.?[)\]]\W*$")
# With these a story says who said or showed something; no invitation and no caption does.
SAID = expression(rf"(?i:\b{pattern(known('said'))}\b)")
ADDRESS = expression(r"https?://|www\.|\.(?:com|co|id|net|org)\b|pic\.twitter|@\w")
# One of these stands in every address: a cheap look before the expression is tried.
IN_ADDRESSES = ("://", "www.", ".co", ".id", ".net", ".org", "pic.twitter", "@")
OPENING_QUOTES, BRACKETS, BULLETS = frozenset("\"“”'‘"), frozenset("(["), frozenset("*•-–—#·▪>►")
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
SIZES = (0, 1, 2, 3, 5, 8, 12, 16, 18, 28, 30, 45, 80, 81)  # words where any feature of length changes
SIZE = [SIZES[bisect_left(SIZES, n)] for n in range(SIZES[-1] + 1)]
BAG = 40  # words of a text of which each is a feature, behind these prefixes
PREFIXES, PREFIXES_SHORT = ("W",), ("W", "W short")
SHORT = 120  # characters of a text that is remembered


def bucket(value: float, edges: Sequence[float]) -> int:
    """The number of the first edge that the value does not exceed.

    >>> bucket(0, (0, 3)), bucket(2, (0, 3)), bucket(9, (0, 3))
    (0, 1, 2)
    """
    return bisect_left(edges, value)


def plainer(text: str) -> str:
    """The text with a blank for the signs outside ASCII that newspapers print most.

    >>> plainer("“Air surut,” katanya.")
    ' Air surut,  katanya.'
    """
    if not text.isascii():
        for sign in TYPOGRAPHIC:
            text = text.replace(sign, " ")
    return text


class Reading:
    """What the words of a text say.

    ``kind`` is one letter: P prose, H headline, d date, C capitals, 1 and 2 for a word or two or three,
    s a short sentence, m and l for other texts of up to eight words and of more.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        plain = plainer(text)
        words = plain.translate(BLANKED).split() if plain.isascii() else WORDS.findall(text)
        self.n = len(words)
        self.size = SIZE[min(self.n, SIZES[-1])]  # the number of words rounded up to an edge
        low = list(map(str.lower, words))
        self.small = sum(map(SMALL.__contains__, low))
        first = "".join([word[0] for word in words if len(word) > 3])
        letters = len(first) if first.isalpha() else sum(map(str.isalpha, first))
        capitals = 0 if first.islower() else sum(map(str.isupper, first))
        self.capitals = capitals / letters if letters else -1.0
        self.cased = EDGES[bisect_left(EDGES, self.capitals)]  # the share rounded up to an edge
        tail = text.rstrip(AFTER_STOP)
        self.stops = tail[-1:] in STOPS
        self.full = tail.endswith(".") and not tail.endswith("..")
        self.upper = self.n > 0 and text.isupper()
        # Letters alone are told at once, and most words are: so only in the others a digit is looked for.
        others = [] if "".join(words).isalpha() else [word for word in words if not word.isalpha()]
        self.digits = sum(map(str.isdigit, "".join(others)))
        if self.digits:
            low = [
                word if word.isalpha() or not word.isalnum()
                else "".join(["0" if sign.isdecimal() else sign for sign in word])
                for word in low
            ]
        self.low = low  # the words in small letters, each digit as 0
        self.kind = self._kind()

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
        if self.holds_date:
            return "d"
        if self.upper:
            return "C"
        return "1" if n <= 1 else "2" if n <= 3 else "s" if self.stops else "m" if n <= 8 else "l"

    @cached_property
    def holds_date(self) -> bool:
        """Whether it holds a date, which always has a year."""
        text = self.text
        return self.digits > 0 and ("19" in text or "20" in text) and bool(DATE.search(text))

    @property
    def dated(self) -> bool:
        """Whether it is short and holds a date."""
        return self.n < PARAGRAPH and self.holds_date

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
        found = []
        if self.upper:
            found.append(f"upper {bucket(n, (1, 2, 4))}")
        if self.digits:
            found.append(f"digits {bucket(self.digits / len(text), (0.05, 0.15, 0.4))}")
            if self.holds_date:
                found.append(f"date {short}")
            if CLOCK.search(text):
                found.append(f"clock {short}")
            if not AGES.isdisjoint(self.low) and AGO.search(text):
                found.append("ago")
        if not DAYS.isdisjoint(self.low):
            found.append(f"day {short}")
        if text[:1].islower():
            found.append("opens small")
        if text[:1].isdigit():
            found.append("opens digit")
        # Most short texts are nothing but words.
        return found if text.replace(" ", "").isalnum() else [*found, *self._marks(short)]

    def _marks(self, short: str) -> Iterator[str]:
        """The features of signs that are neither letters nor digits."""
        text, n = self.text, self.n
        last, first = text[-1:], text[:1]
        if text.endswith(DOTS):
            yield "ends dots"
        if last == ":":
            yield "ends colon"
        elif ":" in text[:40]:
            yield "holds colon"
        if last in (",", "–", "-"):
            yield f"ends {last}"
        quotes = text.count('"') + text.count("“") + text.count("”")
        if quotes:
            yield f"quotes {min(quotes, 3)}"
        if first in OPENING_QUOTES:
            yield "opens quote"
        if first in BRACKETS:
            yield "opens bracket"
            if last in (")", "]"):
                yield "in brackets"
        if last in (")", "]"):
            yield "closes bracket"
            initials = INITIALS.search(text)
            if initials:
                yield "initials" if initials.start() else "initials only"
        inner = "." in text[:-1] or "@" in text or "://" in text  # most texts have no sign inside
        if inner and any(sign in text for sign in IN_ADDRESSES) and ADDRESS.search(text):
            yield f"address {short}"
        if "/" in text and n < 8:
            yield "slash"
        if "|" in text or "»" in text or ">" in text:
            yield "pipe"
        if "\t" in text:
            yield "tab"
        if "©" in text or ("(" in text and "(c)" in text.lower()):
            yield "copyright"
        if "@" in text or "#" in text:
            yield "at"
        if first in BULLETS:
            yield "bullet"

    def own(self) -> list[str]:
        """The names of all features of a unit that depend on nothing but its text."""
        bag = [f"{prefix} {word}" for prefix in self.prefixes for word in self.bag]
        return [*shape(*self.shape), *self.signs, *self.named(), *bag]

    def above(self) -> list[str]:
        """The features that the unit gives to the one below it, above which it stands."""
        return [*shape_beside("-1", *self.shape), *carried("-1", *self.signs), *self.named_beside("-1")]

    def below(self) -> list[str]:
        """The features that the unit gives to the one above it."""
        return [*shape_beside("+1", *self.shape), *carried("+1", *self.signs), *self.named_beside("+1")]

    @property
    def shape(self) -> tuple[int, str, float, int, bool, bool]:
        """What the features of its length and its letters are told by."""
        return self.size, self.kind, self.cased, min(self.small, 5), self.stops, self.full

    @property
    def bag(self) -> set[str]:
        """The words of which each is a feature, wherever it stands."""
        return set(self.low[:BAG])

    @property
    def prefixes(self) -> tuple[str, ...]:
        """What stands before these words in the names of the features."""
        return PREFIXES_SHORT if self.n < PARAGRAPH else PREFIXES

    def named(self) -> list[str]:
        """The features of the words that open and close it."""
        low, n = self.low, self.n
        if not low:
            return []
        found = [f"W first {low[0]}", f"W last {low[-1]}"]
        if n > 1:
            found += [f"W second {low[1]}", f"W first {low[0]} {low[1]}", f"W last but one {low[-2]}"]
        if n > 2:
            found += [f"W third {low[2]}", f"W first {low[0]} {low[1]} {low[2]}"]
        if n <= 6:
            found.append(f"W all {self.key}")
        return found

    def named_beside(self, way: str) -> list[str]:
        """The same features for the unit that stands beside."""
        low = self.low
        found = [f"W {way} {' '.join(low[:words])}" for words in (1, 2) if words <= len(low)]
        return [*found, f"W -1 last {low[-1]}"] if low and way == "-1" else found


def carried(way: str, *signs: str) -> list[str]:
    """The features of signs that say something of the unit beside."""
    return [f"{way} {sign}" for sign in signs if sign.startswith(CARRIED)]


def shape(size: int, kind: str, cased: float, small: int, stops: bool, full: bool) -> list[str]:
    """The features of a text's length and letters."""
    return [
        "bias",
        f"n {bucket(size, (0, 1, 2, 3, 5, 8, 12, 18, 28, 45))}",
        f"kind {kind}",
        f"capitals {bucket(cased, FINE_CAPITALS)}",
        f"small {small}",
        f"form {bucket(size, (1, 3, 8, 16))} {bucket(cased, CAPITALS)} {stops:d}",
        "ends full" if full else "ends stop" if stops else "ends open",
    ]


def shape_beside(
    way: str, size: int, kind: str, cased: float, _small: int, stops: bool, full: bool
) -> list[str]:
    """The same for the unit that stands beside."""
    return [
        f"{way} kind {kind}", f"{way} n {bucket(size, (0, 1, 3, 8, 16))}", f"{way} stops {stops:d}",
        f"{way} capitals {bucket(cased, CAPITALS)}",
        f"{way} ends full" if full else f"{way} ends stop" if stops else f"{way} ends open",
    ]


_short = lru_cache(8192)(Reading)


def read(text: str) -> Reading:
    """What the words of a text say. Menus come back from page to page, so short texts are remembered."""
    return _short(text) if len(text) < SHORT else Reading(text)
