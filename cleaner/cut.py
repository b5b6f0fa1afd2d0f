"""Where a linked headline ends, in text where nothing marks the place.

"… kata dia. Baca juga: Harga Cabai Naik di Pasar Induk Menurut Sari, pasokan …": the headline ends before
"Menurut", and no rule of capitals says so, for the next sentence begins with a capital and often with a name.
So every place where the headline could end has signs: how long the headline would be, what kinds of words are
on both sides, and which words these are. Each sign has a weight, and the place with the largest sum is best.
Where a shorter headline scores nearly as well, it is taken, for what stays in the story is not lost.

The weights stand in ``data/cut.tsv``; ``bench/fit_cut.py`` fits them to pairs of a headline and what follows.
"""

from collections.abc import Container, Iterator
from functools import cache, lru_cache
from itertools import islice, repeat

from .expression import expression
from .resource import read

TOKEN = expression(r"\S+")
# Places inside a token where two texts may have been glued: "ETLEKorban", "2025"Kami", "Sari?Ia", "MWarga".
GLUE = expression(
    r"(?<=[a-z0-9)\]?!%”\"’'])(?=[A-Z“\"‘(][A-Za-z“\"‘])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[?!”\"])(?=[A-Z0-9])|"
    r"(?<=[.…])(?<!\w\.)(?=[A-Z“\"‘(])|(?<=[A-Z])(?=[“\"][A-Z])|(?<=[a-z])(?=[A-Z]\Z)"
)
STRIP = ".,;:!?…\"“”'‘’()[]"
OPENING, MARKS = "\"“'‘([", ".,:;?!…\"”'’)]"
LONGEST = 26  # words of a headline; of 2,000 real ones none is longer
BEHIND = 8  # words behind the headline that are looked at
WINDOW = 400  # characters in which all these stand
NEAR = 5_000  # characters on both sides in which words are looked for again, so that cost stays linear
REACH = 6.0  # how much worse than the best (log-odds) a place may be and its words still be looked for
# Log-odds: the document prints both sides together, or opens a sentence so. They move 3 of 100 cuts.
TOGETHER, OPENS = -4.25, 1.0
CLOSE = 1.0  # how much better (log-odds) a longer headline has to be, or a shorter one is taken
# The same where a full stop or a wide gap shows an end: in the gap a line may have ended.
SHOWN, END = 3.0, expression(r"(?:[a-z]{3}\.\s|\s\s|\xa0)\Z")
END_LONGEST = 12  # characters in which such an end is seen
QUOTED = expression(r",[\"”](?=\s)")  # a quotation goes on with the one who says it: it is the story's
SCALE = 8  # weights are whole eighths of log-odds
TITLE_SMALL = frozenset(
    """dan di ke dari yang untuk dengan pada dalam atau bagi jadi soal oleh agar saat usai vs hingga tak the
    of a in and to for is on at as by with per demi karena akan bak nan""".split()
)
# The signs of a place, in the order in which `places` gives their values.
FAMILIES = tuple(
    """plain words, capital words, common words with a capital, words, ends in, goes on with,
    plain words and the next, common words with a capital behind, last | next two, last | next three,
    next three and their marks, last word, first word behind, second word behind, glued,
    glued to so many letters, sentence ends inside, open quote, open bracket, comma near,
    full stop near""".replace("\n    ", " ").split(", ")
)
Signs = tuple[str | int, ...]


@cache
def model() -> tuple[dict[str, dict[str | int, int]], frozenset[str]]:
    """What was fitted, read once: for each family of signs the weight of each value, and the common words."""
    weights: dict[str, dict[str | int, int]] = {}
    family: dict[str | int, int] = {}
    common: list[str] = []
    for line in read("data/cut.tsv").splitlines():
        value, tab, weight = line.rpartition("\t")
        if tab:
            family[int(value) if value.isdecimal() else value] = int(weight)
        elif line[0] == "[":
            family = weights.setdefault(line[1:-1], {})
        elif line[0] != "#":
            common += line.split()
    return weights, frozenset(common)


@lru_cache(maxsize=4096)
def kind(word: str) -> str:
    """What a word without its marks looks like, as one letter.

    ``s`` small in titles, ``l`` small letters, ``C`` a capital, ``A`` more, ``d`` digits, ``M`` other.
    """
    if word in TITLE_SMALL:
        return "s"
    if word[:1].isdigit():
        return "d"
    if word.islower():
        return "l"
    return "C" if word[:1].isupper() and word[1:].islower() else "A" if word.isupper() else "M"


def plain(word: str) -> bool:
    """Whether a word is in small letters, and none that is so in headlines."""
    return word.isascii() and word.isalpha() and word.islower() and word not in TITLE_SMALL


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words from ``start`` to ``end``, taken apart where two texts may be glued."""
    for token in TOKEN.finditer(text, start, end):
        at, stop = token.span()
        rest = text[at + 1 : stop].rstrip(".,:;")
        if rest and not (rest.isalpha() and rest.islower()):
            for glue in GLUE.finditer(text, at + 1, stop):
                yield at, glue.start()
                at = glue.start()
        yield at, stop


def places(text: str, start: int, end: int, common: Container[str]) -> Iterator[tuple[int, Signs]]:
    """Where the headline could end: the start of what follows, and the values of the signs of that place."""
    spans = list(islice(split(text, start, min(end, start + WINDOW)), LONGEST + BEHIND))
    kinds = marks = ""  # a letter for each word, so a pattern is a slice; "c": a common word with a capital
    tokens = [text[at:stop].replace("&quot;", '"').replace("&ldquo;", '"') for at, stop in spans]
    words = [token.strip(STRIP) for token in tokens]
    opening = [token[0] if token[0] in OPENING else "" for token in tokens]
    for token, word in zip(tokens, words, strict=True):
        this = kind(word)
        kinds += "c" if this == "C" and word.lower() in common else this
        marks += "_" if token[-1] not in MARKS else "…" if token.endswith("...") else token[-1]
    words = ["#" if this == "d" else word for this, word in zip(kinds, words, strict=True)] + [""]
    gaps = range(1, min(len(spans), LONGEST + 1))
    # Nearly all that follows a headline begins so; in a text without capitals every gap is a place.
    possible = {k for k in gaps if opening[k] or tokens[k][0].isupper() or tokens[k][0].isdigit()} or gaps
    sentence = quote = bracket = False
    for k in gaps:
        (at, before), (after, stop) = spans[k - 1], spans[k]
        token, last, mark = tokens[k - 1], kinds[k - 1], marks[k - 1]
        if token != words[k - 1]:
            quote ^= sum(map(token.count, '"“”')) % 2 == 1
            bracket = "(" in token or (bracket and ")" not in token)
        if k in possible:
            plain, usual = kinds.count("l", 1, k), kinds.count("c", 1, k)
            capital = usual + sum([kinds.count(letter, 1, k) for letter in "CAM"])
            near = kinds.find("l", k + 1, k + BEHIND)
            behind, glued = opening[k] + kinds[k : k + 3], before == after
            yield after, (
                min(plain, 8), min(capital, 10), min(usual, 8), min(k, 21), mark, opening[k],
                f"{min(plain, 2)} {near - k if near > 0 else BEHIND}", kinds.count("c", k + 1, k + 7),
                f"{last}{mark}|{opening[k]}{kinds[k : k + 2]}", f"{last}|{behind}", behind + marks[k : k + 3],
                words[k - 1], words[k], words[k + 1], glued and f"{last}|{kinds[k]}",
                glued and min(before - at, stop - after, 3), sentence, quote, bracket,
                "," in marks[k : k + 4], "." in marks[k : k + 3],
            )
        sentence = sentence or (mark in ".?!" and before - at > 3)


def ends(text: str, start: int, end: int, whole: str = "") -> dict[int, float]:
    """Where the headline from ``start`` on could end, and how much worse (log-odds) each is than the best.

    A place is where the text behind the headline would start; that of the shortest headline comes first.
    One word has no place. ``whole`` is the document, which may print the words around a place once more.

    >>> text = "Harga Cabai Naik di Pasar Induk Menurut Sari, pasokan dari petani berkurang sejak pekan lalu."
    >>> [text[place:][:12] for place, worse in ends(text, 0, len(text)).items() if worse < 4]
    ['Menurut Sari']
    """
    weights, common = model()
    if quoted := QUOTED.search(text, start, min(end, start + WINDOW)):
        end = quoted.end()
    tables = [weights[family] for family in FAMILIES]
    scores = {
        after: sum(map(dict.get, tables, signs, repeat(0))) / SCALE
        for after, signs in places(text, start, end, common)
    }
    least = max(scores.values(), default=0.0) - REACH
    near = (whole or text)[max(0, start - NEAR) : start + NEAR]
    for after, score in [*scores.items()]:
        if score < least:
            continue
        if not text[after - 1].isspace() and written_so(text, after, near):
            del scores[after]  # "ChatGPT" is one name
        else:  # To look through the document is the dear part.
            scores[after] += TOGETHER * together(text, start, after, near) + OPENS * opens(text, after, near)
    best = max(scores.values(), default=0.0)
    return {after: best - score for after, score in scores.items()}


def together(text: str, start: int, after: int, whole: str) -> bool:
    """Whether the document prints the words on both sides of a place together once more, as one name."""
    left, right = text[start:after].rsplit(maxsplit=1)[-1], text[after : after + 60].split(None, 1)[0]
    pair = left.lstrip(STRIP) + " " * text[after - 1].isspace() + right.rstrip(STRIP)
    return len(pair) > 5 and whole.count(pair) > 1


def written_so(text: str, place: int, whole: str) -> bool:
    """Whether the document prints the word in which a place stands once more, as it stands there."""
    left, right = text[:place].rsplit(maxsplit=1)[-1], text[place : place + 60].split(None, 1)[0]
    name = left.lstrip(STRIP) + right.rstrip(STRIP)
    if not (left[-1].isalnum() and name.isalnum() and whole.count(name) > 1):
        return False
    return [word.strip(STRIP) for word in whole.split()].count(name) > 1


def opens(text: str, after: int, whole: str) -> bool:
    """Whether the two words behind a place open a sentence somewhere else in the document."""
    pair = " ".join(text[after : after + 60].split(None, 2)[:2])
    return len(pair) > 6 and (". " + pair in whole or "\n" + pair in whole)


def cut(text: str, start: int, end: int, whole: str = "") -> int:
    """Where the headline that begins at ``start`` ends, at the latest at ``end``: the shortest of the best.

    >>> text = "Harga Cabai Naik di Pasar Induk Menurut Sari, pasokan dari petani berkurang sejak pekan lalu."
    >>> text[:cut(text, 0, len(text))]
    'Harga Cabai Naik di Pasar Induk'
    """
    near = [
        after for after, worse in ends(text, start, end, whole).items()
        if worse < (SHOWN if END.search(text, max(start, after - END_LONGEST), after) else CLOSE)
    ]
    return start + len(text[start : near[0]].rstrip()) if near else end
