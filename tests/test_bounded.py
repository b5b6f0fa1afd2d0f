"""No page takes more than linear time: not the expressions, and not the filters around them.

Nothing here looks at the clock, which says more about the machine than about the program. What an expression does is
counted step by step by a matcher of our own (steps.py). What the filters around them do is counted in calls, which sees
each turn of a loop that calls something, but not what one call in C costs: `bench/speed.py --only growth` times that.
"""

import math
import re
import string
import sys
from collections.abc import Callable
from itertools import cycle, islice, pairwise

import pytest

import patterns
from cleaner import clean, rules
from cleaner.repair import repair
from patterns import Held
from steps import Counter
from test_laws import is_partition

# ── expressions ─────────────────────────────────────────────────────────────────────────────────────────────────────

HELD = list(patterns.expressions())

# The expressions that may take the square of their text, or even its cube, and how many characters the code gives them at most.
WINDOWS = {
    "credits.ALONE": 110,
    "credits.BARE": 150,
    "credits.BRACKETED": 150,
    "credits.SEPARATED": 700,
    "credits.TRAILING": 150,
    "credits.WEAK": 700,
    "datelines.FORMS": 120,
    "filters.closing.MARK": 45,
    "filters.head.CRUMBS": 220,
    "filters.native.PITCH": 160,
    "filters.signoff.GLUED": 200,
    "filters.signoff.LAST_INITIALS": 80,
    "filters.signoff.LINE": 160,
    "filters.signoff.LOUD_END": 200,
}
DEAREST = 10_000_000  # steps that an expression may take over its window; in C that is some tenths of a second
# Expressions with long repeats, of whose attacks each takes seconds.
DEAR = {
    "dates.LINE",
    "datelines.WHEN",
    "filters.caption.CREDIT_INSIDE",
    "filters.caption.IN_ONE_BRACKET",
    "filters.head.DASHED",
    "filters.head.GLUED_HEAD",
    "filters.residue.DRAWN",
    "filters.residue.SCRIPT",
    "filters.signoff.CONTRIBUTED",
    "filters.signoff.UNPOINTED",
    "filters.tail.ADDRESS",
    "rule author-at-the-end",
    "rule clipboard",
    "rule copyright",
    "rule copyright-of-a-publisher",
    "rule correction",
    "rule opinion",
    "rule page-between-sentences",
    "rule video-sentence",
}


def attacked(held: Held) -> object:
    """The expression as a parameter of a test, which is slow where its repeats are long."""
    return pytest.param(held, id=held.name, marks=[pytest.mark.slow] if held.name in DEAR else [])


@pytest.mark.parametrize("held", [attacked(held) for held in HELD if held.name not in WINDOWS])
def test_no_expression_takes_more_than_linear_time(held: Held) -> None:
    assert not patterns.worst(held)


@pytest.mark.slow
@pytest.mark.parametrize("held", [held for held in HELD if held.name in WINDOWS], ids=lambda held: held.name)
def test_no_expression_is_catastrophic_inside_its_window(held: Held) -> None:
    assert not patterns.dearest(held, WINDOWS[held.name], DEAREST)


def test_every_window_belongs_to_an_expression() -> None:
    assert WINDOWS.keys() | DEAR <= {held.name for held in HELD}


@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern",
    [r"(?:a+)+b", r"(?:a|a)*b", r"(?:[A-Z][\w.-]*[/-]?)+\(", r"(?:X[\w.]*|X\.)+/", r"\s*\n\s*", r"\S+@\S+\.\w+$", r"push\(.*?\}", r"[.!?]+(?=\s)"],
)
def test_the_search_finds_what_makes_a_bad_expression_slow(pattern: str) -> None:
    """These were the faults of real ones."""
    assert patterns.worst(Held("bad", re.compile(pattern, re.DOTALL)))


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s*\n\s*", r"[a-z]{3}[.!?]", r"push\(.{0,200}?\}", r"(?<![.!?])[.!?]++(?=\s)", r"[^a]b"])
def test_the_search_finds_nothing_where_there_is_nothing_to_find(pattern: str) -> None:
    assert not patterns.worst(Held("good", re.compile(pattern, re.DOTALL)))


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────

STORY = "Warga yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi karena air sudah surut di desa itu. "
TITLE = "Harga Cabai Naik di Pasar Induk Sukamaju"
HEAD = f"{TITLE}\nSenin, 3 Maret 2025 10:00 WIB\n{STORY * 3}\n{STORY * 2}\n"
CONTROLS = "".join(map(chr, [*range(9), *range(11, 32), *range(127, 160)]))
STEEP = 1.2  # power of its size from which the calls over a page grow too fast
SIZES = (6_000, 24_000, 96_000)  # characters of the pages that are compared, each with the next


def repeated(*texts: str) -> Callable[[int], str]:
    """A page of the texts over and over."""
    return lambda size: "".join(islice(cycle(texts), size * len(texts) // len("".join(texts)) + 1))[:size]


def numbered(text: str, before: str = "", behind: str = "") -> Callable[[int], str]:
    """A page of the text over and over, each time with another number in it."""
    return lambda size: before + "".join(text.format(number) for number in range(size // len(text) + 1)) + behind


MOJIBAKE = "â€œSaya hadirâ€\x9d "
PAGES = {
    "links": repeated("Baca juga: "),
    "links with headlines": repeated(f"Baca juga: {TITLE}. "),
    "links with headlines glued": repeated(f"Baca juga: {TITLE} "),
    "brackets that open": repeated("("),
    "square brackets that open": repeated("["),
    "brackets": repeated("()"),
    "brackets in brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "credits in brackets": repeated("(AFP)"),
    "credits that do not end": repeated("(AFP/"),
    "labels of photos": repeated("Foto: "),
    "labels of photos in brackets": repeated("(Foto: "),
    "quotes": repeated('"'),
    "dots": repeated("."),
    "initials": repeated("A."),
    "digits": repeated("7"),
    "numbers": repeated("7 "),
    "dates": repeated("Senin, 3 Maret 2025 10:00 WIB "),
    "bars": repeated(" | "),
    "bullets": repeated("• "),
    "commas": repeated(","),
    "stars": repeated("*"),
    "dashes": repeated("-"),
    "slashes": repeated("A/"),
    "hyphens": repeated("A-"),
    "at signs": repeated("@."),
    "title case": repeated("Rudi Hartawan Putra "),
    "capitals": repeated("A"),
    "loud words": repeated("AKUN "),
    "one word": repeated("a"),
    "prose in one line": repeated(STORY),
    "blanks": repeated(" "),
    "white space": repeated(" \t\xa0\r\u2028"),
    "words far apart": repeated("a" + " " * 300),
    "combining characters": repeated("\u0301"),
    "lone surrogates": repeated("\ud800"),
    "NULs": repeated("\0"),
    "control characters": repeated(CONTROLS),
    "mojibake": lambda size: MOJIBAKE * (size // len(MOJIBAKE)),  # whole, for half a sequence is dearer to mend
    "tags": repeated("<p>Warga pulang.</p>"),
    "tags far apart": repeated("<p> </p>" + " " * 300),
    "tags that do not end": repeated("<p "),
    "comments that do not end": repeated("<!-- <p>"),
    "scripts in tags that do not end": repeated("<script>var a;<b>"),
    "entities": repeated("&amp;"),
    "entities in entities": repeated("&#38;&num;38;&"),
    "line ends written out": repeated(r"Warga pulang.\n"),
    "bytes written out": repeated(r"\xe2\x80"),
    "backslashes in a bytes literal": lambda size: "b'" + "\\" * size,
    "scripts that do not end": repeated("googletag.a.push("),
    "functions that do not end": repeated("function a(){"),
    "invitations glued": repeated("telegram kataAda "),
    "initials that close": repeated("(abc/def) "),
    "captions in one line": numbered("Warga {} sudah kembali ke rumah. Warga memanen cabai (ANTARA FOTO/Rudi). "),
    "advertisements in one line": numbered("Warga {} sudah kembali ke rumah. ADVERTISEMENT "),
    "short lines": numbered("Kata {}\n"),
    "equal lines": repeated("kata\n"),
    "lines each 1": repeated("1\n"),
    "numbers that count up": numbered("{}\n"),
    "headlines": numbered(TITLE + " {}\n", behind=HEAD),
    "headlines below the story": numbered(TITLE + " {}\n", HEAD),
    "headlines behind bullets": numbered(f"• {TITLE} {{}}\n", STORY * 2 + "\n", STORY * 2),
    "headlines and blurbs": numbered(f"{TITLE} {{0}}\nWarga {{0}} yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi.\n"),
    "blurbs that break off": numbered(f"{TITLE} {{0}}\nWarga {{0}} yang mengungsi sudah kembali ke rumah mereka sejak pagi...\n"),
    "paragraphs": numbered("Warga {0} yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi karena air {0} surut.\n"),
    "paragraphs and signatures": numbered("Warga {0} yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi.\nEditor: Rudi Hartawan {0}\n"),
    "tables of contents": repeated("Daftar isi\n", TITLE + "\n"),
    "photos": numbered("Foto: Rudi Hartawan\nWarga {} yang mengungsi sudah kembali.\n"),
    "photos above the dateline": numbered("AFP/RUDI\nWarga {} mengungsi\n", f"{TITLE}\nSenin, 3 Maret 2025\n", "SOLO, KOMPAS.com - " + STORY),
    "wrapped lines": repeated("warga yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi dan\n"),
}
RULES = rules().rules
PAGES["phrases that take a line"] = repeated(*(f"{phrase}\n" for rule in RULES for phrase in (*rule.line, *rule.start)))
for rule in RULES:
    if rule.inside or rule.sentence or rule.pattern:
        PAGES[f"the phrases of {rule.name}"] = repeated(*(f"{phrase.capitalize()}: " for phrase in (*rule.inside, *rule.sentence, *rule.witness)))


ALIKE = HEAD + "".join(page(30) + "\n" for page in list(PAGES.values())[:40])


@pytest.mark.parametrize("held", [attacked(held) for held in HELD])
def test_the_matcher_that_counts_finds_what_re_finds(held: Held) -> None:
    found = Counter(held.pattern).spans("findall", ALIKE, DEAREST)
    assert found == [match.span() for match in held.pattern.finditer(ALIKE)]


def in_places(page: Callable[[int], str]) -> list[str]:
    """The hostile text alone, below and above a story, and with a line for each word."""
    text = page(2000)
    return [text, HEAD + text, text + HEAD, HEAD + text.replace(" ", "\n")]


def read(text: str) -> None:
    """Clean a page, and ask for all that an article gives."""
    article = clean(text)
    article.to_dict()
    article.explain()


def calls(run: Callable[[str], object], text: str) -> int:
    """How many functions are called while a text is read, those in C too."""
    number = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        run(text)
    finally:
        sys.setprofile(before)
    return number


def power(run: Callable[[str], object], page: Callable[[int], str]) -> float:
    """With which power of its size the calls over a page grow.

    Where a longer page first looks steep, the next step decides: a filter may begin to look at a page of a certain length,
    but a loop in a loop is steep at every length.
    """
    least = math.inf
    for small, large in pairwise(map(page, SIZES)):
        run(large)  # What is remembered from page to page is remembered now.
        least = min(least, math.log(calls(run, large) / calls(run, small)) / math.log(len(large) / len(small)))
        if least <= STEEP:
            break
    return least


# Pages of which each takes seconds.
LONG = {
    "links", "links with headlines", "links with headlines glued", "labels of photos", "functions that do not end",
    "lines each 1", "equal lines", "short lines", "numbers that count up", "tags that do not end", "line ends written out",
}


def grown(name: str) -> object:
    """The page as a parameter of a test: the words of each rule by itself are slow, for there are many rules."""
    marks = [pytest.mark.slow] if name.startswith("the phrases of") or name in LONG else []
    return pytest.param(PAGES[name], id=name, marks=marks)


@pytest.mark.parametrize("page", [grown(name) for name in PAGES])
def test_the_calls_over_a_page_grow_no_faster_than_the_page(page: Callable[[int], str]) -> None:
    assert power(read, page) <= STEEP


@pytest.mark.slow
def test_the_count_of_calls_sees_a_loop_in_a_loop() -> None:
    def pairs(text: str) -> int:
        return sum(one.isalpha() and other.isalpha() for one in text[::100] for other in text[::100])

    assert power(pairs, PAGES["prose in one line"]) > STEEP


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_no_character_of_a_hostile_page_is_lost(page: Callable[[int], str]) -> None:
    for text in in_places(page):
        article = clean(text)
        assert article.text == repair(text)
        assert is_partition(article.spans, article.text)


def test_a_million_characters_without_a_line_end_come_back() -> None:
    text = (string.ascii_lowercase + " ") * 40_000
    assert clean(text).body == text.strip()


@pytest.mark.slow
def test_the_code_gives_no_expression_more_than_its_window(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = dict.fromkeys(WINDOWS, 0)

    def watched(name: str, run: Callable[..., object]) -> Callable[..., object]:
        def watch(text: str, start: int = 0, end: int = sys.maxsize) -> object:
            seen[name] = max(seen[name], min(end, len(text)) - start)
            return run(text, start, end)

        return watch

    for name in WINDOWS:
        for expression in patterns.standing_in(name):
            for method in ("search", "match", "fullmatch", "findall", "finditer"):
                monkeypatch.setattr(expression, method, watched(name, getattr(expression, method)))
    for page in PAGES.values():
        for text in in_places(page):
            clean(text)
    assert {name: longest for name, longest in seen.items() if longest > WINDOWS[name]} == {}
    assert any(seen.values())
