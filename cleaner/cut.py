"""Where a linked headline ends, in text where nothing marks the place.

"… kata dia. Baca juga: Harga Cabai Naik di Pasar Induk Menurut Sari, pasokan …": the headline ends before "Menurut", and
no rule of capitals says so, for the next sentence begins with a capital and often with a name. So every place where the
headline could end is a candidate, each candidate gets a score from a few signs, and the best one wins; where a shorter
headline scores nearly as well, the shorter one is taken, since what stays in the story is not lost.

The weights stand in ``data/cut.toml``; ``bench/fit_cut.py`` fits them to pairs of a link and the paragraph behind it.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from .expression import expression
from .resource import read

TOKEN = expression(r"\S+")
# Places inside a token where two texts may have been glued: "ETLEKorban", "2025"Kami", "Sari?Ia".
GLUE = expression(r"(?<=[a-z0-9)\]?!%”\"’'])(?=[A-Z“\"‘(][A-Za-z“\"‘])|(?<=[A-Z]{2})(?=[A-Z][a-z])|(?<=[?!”\"])(?=[A-Z0-9])")
PLAIN = expression(r"[a-z]+")
STRIP = ".,;:!?…\"“”'‘’()[]"
LONGEST = 26  # words; of 2,000 real headlines none is longer
NEAR = 5_000  # characters on both sides in which the words around a cut are looked for, so that cost stays linear
CLOSE = 0.35  # how much better a longer headline has to score (log-odds) before it is taken instead of a shorter one
TITLE_SMALL = frozenset(
    """dan di ke dari yang untuk dengan pada dalam atau bagi jadi soal oleh agar saat usai vs hingga tak the of a in and to for is on at as by
    with per demi karena akan bak nan""".split()
)


class Weights(NamedTuple):
    """What was fitted: a weight for each sign, and one for each word that opens the text behind the cut."""

    sign: dict[str, float]
    opener: dict[str, float]


@cache
def weights() -> Weights:
    """The fitted weights, read once."""
    import tomllib

    table = tomllib.loads(read("data/cut.toml"))
    return Weights(table["sign"], table["opener"])


def candidates(text: str, start: int, end: int) -> Iterator[tuple[int, int, list[str]]]:
    """Where the headline that begins at ``start`` could end: the two sides of the gap, and the words up to there."""
    words: list[str] = []
    before = start
    for token in TOKEN.finditer(text, start, end):
        if words:
            yield before, token.start(), list(words)
        at = token.start()
        for glue in GLUE.finditer(text, token.start() + 1, token.end()):
            words.append(text[at : glue.start()])
            yield glue.start(), glue.start(), list(words)
            words.pop()
        words.append(token.group())
        before = token.end()
        if len(words) >= LONGEST:
            return


@lru_cache(maxsize=4096)
def is_plain(word: str) -> bool:
    """Whether a word is in small letters, though headlines would give it a capital. Each word is asked about for every candidate behind it."""
    word = word.strip(STRIP)
    return PLAIN.fullmatch(word) is not None and word not in TITLE_SMALL


def signs(text: str, before: int, after: int, end: int, words: list[str]) -> dict[str, float]:
    """The signs of one candidate, by name: 1 or 0, or how many there are."""
    found: dict[str, float] = {}
    plain = sum(map(is_plain, words[1:]))
    found["plain words in the headline"] = min(plain, 8)
    found["plain words, when most are plain"] = min(plain, 8) if plain > len(words) / 2 else 0
    found["ends in a small word"] = words[-1].strip(STRIP) in TITLE_SMALL
    last = words[-1][-1]
    found["ends in ? or !"] = last in "?!"
    found["ends in dots"] = words[-1].endswith(("...", "…"))
    found["ends in a full stop"] = last == "." and not words[-1].endswith("...")
    found["ends in a comma or colon"] = last in ",:;-–&/"
    found["sentence ends inside"] = any(word.endswith((".", "?", "!")) and not word.endswith("...") and len(word) > 3 for word in words[:-1])
    found["open quote inside"] = "".join(words).count('"') % 2 == 1
    count = len(words)
    found["1 or 2 words"] = count <= 2
    found["3 or 4 words"] = 3 <= count <= 4
    found["5 or 6 words"] = 5 <= count <= 6
    found["14 words and more"] = max(0, count - 13)
    found["glued"] = before == after
    rest = text[after : min(end, after + 160)].split(None, 8)[:8]
    first = rest[0] if rest else ""
    found["goes on in lower case"] = first[:1].islower()
    found["goes on with a quote"] = first[:1] in "\"“‘'"
    found["goes on with a digit"] = first[:1].isdigit()
    near = next((number for number, word in enumerate(rest[1:], 1) if PLAIN.fullmatch(word.strip(STRIP)) and word not in TITLE_SMALL), 9)
    found["plain word is next"] = near == 1
    found["plain word is second"] = near == 2
    found["plain word is third"] = near == 3
    found["no plain word near"] = near > 5
    found["name before a comma"] = any(word.endswith(",") for word in rest[:4])
    return found


def opener(text: str, after: int) -> str:
    """The word behind the cut, without quotes, in lower case."""
    token = TOKEN.search(text, after)
    return token.group().strip(STRIP).lower() if token else ""


def score(text: str, before: int, after: int, end: int, words: list[str]) -> float:
    """The score of one candidate by its own signs, in log-odds."""
    sign, openers = weights()
    total = sum([sign.get(name, 0.0) * value for name, value in signs(text, before, after, end, words).items() if value])
    return total + openers.get(opener(text, after), sign["unknown opener"])


def elsewhere(text: str, before: int, after: int, whole: str) -> float:
    """What the document ``whole`` adds, which may print the words around the cut in another place."""
    sign, _ = weights()
    return sign["printed together elsewhere"] * together(text, before, after, whole) + sign["opens a sentence elsewhere"] * opens(text, after, whole)


def together(text: str, before: int, after: int, whole: str) -> bool:
    """Whether the document prints the words on both sides of the cut together once more: then they are one name."""
    left = text[max(0, before - 25) : before].split()
    right = TOKEN.search(text, after)
    if not left or not right:
        return False
    gap = "" if before == after else " "
    pair = left[-1].lstrip(STRIP) + gap + right.group().rstrip(STRIP)
    return len(pair) > 5 and whole.count(pair) > 1


def opens(text: str, after: int, whole: str) -> bool:
    """Whether the two words behind the cut open a sentence somewhere else in the document."""
    pair = " ".join(text[after : after + 60].split(None, 2)[:2])
    return len(pair) > 6 and (whole.count(". " + pair) + whole.count("\n" + pair)) > 0


def cut(text: str, start: int, end: int, whole: str = "") -> int:
    """Where the headline that begins at ``start`` ends, at the latest at ``end``.

    >>> text = "Harga Cabai Naik di Pasar Induk Menurut Sari, pasokan dari petani berkurang sejak pekan lalu."
    >>> text[:cut(text, 0, len(text))]
    'Harga Cabai Naik di Pasar Induk'
    """
    near = (whole or text)[max(0, start - NEAR) : start + NEAR]
    sign, _ = weights()
    most = max(0.0, sign["printed together elsewhere"]) + max(0.0, sign["opens a sentence elsewhere"])
    found = [(score(text, before, after, end, words), before, after) for before, after, words in candidates(text, start, end)]
    best = max(found, default=None)
    if best is None:
        return end
    # To look through the document is the dear part, so it is done only for those that can still win.
    least = best[0] + elsewhere(text, best[1], best[2], near) - CLOSE - most
    scored = [(before, value + elsewhere(text, before, after, near)) for value, before, after in found if value >= least]
    highest = max(value for _, value in scored)
    return next(before for before, value in scored if value > highest - CLOSE)
