"""What holds the chain back: where the claims of the filters are believed against it.

Losing a word of a story is worse than leaking one of its surroundings. So the chain has to be surer where it
would take much, or what reads like a story; it takes no rows from under their lead; and where it would take a
good part of what the claims leave, or where no story can be seen, the claims stand.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import accumulate, pairwise
from math import inf

from ..expression import expression
from ..link import tells as has_plain_words
from ..reading import PARAGRAPH, Reading
from ..shapes import DOTS
from ..spans import START, Page, Span
from ..units import breaks_off, marked, marks
from .chain import SCALE, Scores, gain
from .features import Table

# How sure (log-odds) the decision has to be to keep what a claim names by its words, and what by its place.
# Left out, 3 and 5 by words give the same documents; with 1 by place five more are wrong.
BY_WORDS, BY_PLACE = 4, 2
# How much surer (log-odds) the chain has to be than the claims alone before it takes what no claim names
# above the story, and from inside one of its lines. Of 568 documents left out one more loses words with 0
# above; with 0 inside a line three more are wrong, and three more lose words.
TAKE = {"above": 0.5, "inside": 1.5}
# For so many words of prose, or of anything inside the story, it has to be surer by 1. Without that seven
# more lose words.
WORDS_FOR_ONE = 12
SENTENCE = 2.5  # and by so much if one of them is a sentence that tells something; with 0 one more does
# And by so much to take a sentence at the very end, or behind what a claim names, such as an advertisement:
# there the story may go on for one more sentence. No document at hand shows that, but tests/test_traps.py
# does.
RESUMED = 4.0
SHORTEST = 2  # words of a sentence that tells something
NAMES = 0.75  # share of capitals in it; in a headline it is larger
# On the line below what is kept so many words that end in a full stop are a sentence whatever their capitals
# are, and so many semicolons make a line-up. Without it fourteen of 13,000 texts lose their last words.
FULL_OF_NAMES, LINE_UP = 7, 2
LISTED = 2.0  # and where an item of a list is taken, or a subheading with a number
ITEM = expression(r"\s*(?:\d{1,2}[.)]|[-•*▪])\s|[^\n\t]+\t[^\n\t]*\t")  # or the first row of a table
BULLETS = "-•*▪"  # signs before an item
# Single lines inside the story that read like no sentence: so many are its subheadings, and one that has no
# more words than that, and begins with none of furniture, is one even alone. Without these four of 166 pages
# left out lose subheadings.
SUBHEADINGS, SUBHEADING = 2, 4
# A sign behind a blank, as behind a link that was a line.
LINKED = expression(r"(?:\S+\s){1,4}?[.,](?:\s|$)")
STOPPED = ("stop", "quoted stop")  # how a unit finishes that ends a sentence,
GOES_ON = ("small", "bracket")  # and how one begins that goes on with it
ROWS = 3  # rows of one form that make a table,
# each with a word before its colon,
ROW_LABEL = expression(r"[A-Z][a-z]+(?=(?: ?\d{1,3})?(?: ?\([^()]{1,20}\))? ?:\s)")
# or with the next number, to which the row above may be glued,
ROW_NUMBER = expression(r"(?<!\d)\d{1,2}(?=[.)] ?[A-Z])|(?<=[a-z)])\d{1,2}(?= [A-Z])")
ROW_BRACKET = expression(r"\([^()\n]{3,80}\)\.?[ \t]*(?:\n|\Z)")  # or with a bracket behind it
LEAD = 5  # words of a lead that announces its rows by nothing but a colon
# Where the chain takes more than this share of the words that the claims alone would keep, and more than so
# many, they are believed instead. With .3 as the share three more of 568 documents left out lose words; the
# number lets a short text lose a link.
MOST, MOST_WORDS = 0.15, 20
# Paragraphs of a story where the claims leave none. The first number is for one that stands below a date, or
# with which the text begins.
PARAGRAPHS, UNDATED_PARAGRAPHS = 3, 8
DASHES = ("-", "–", "—")
CREDIT = 8  # words of a photo's credit
# Units above the story among which a headline stands, and nearer a date: there one sentence is enough.
HEAD, DATED = 8, 4


def believed(
    answer: list[bool], claimed: list[bool], scored: Scores, page: Page, table: Table, form: str
) -> list[bool]:
    """For each unit whether it is kept: by the chain where that is sure enough, else by the claims."""
    kept = held(answer, claimed, scored, page, table)
    return claimed if takes_too_much(kept, claimed, table.units, form) else kept


def held(
    answer: list[bool], claimed: list[bool], scored: Scores, page: Page, table: Table
) -> list[bool]:
    """The chain's answer, held back by what it takes; how much of a text it takes is not asked."""
    sure = surer(answer, claimed, scored, page, table)
    whole = with_opening(with_sentences(sure, claimed, table, page.text), page, table)
    return with_rows(whole, claimed, page, table)


def surer(
    answer: list[bool], claimed: list[bool], scored: Scores, page: Page, table: Table
) -> list[bool]:
    """The chain's answer where it is sure enough, else that of the claims, each run of units by itself."""
    starts, ends, readings = table.starts, table.ends, table.units
    both = [number for number, kept in enumerate(zip(answer, claimed, strict=True)) if all(kept)]
    first, last = (both[0], both[-1]) if both else (len(answer), -1)
    lines = frozenset(page.starts)
    final = list(answer)
    unlike = [(start, end) for start, end in runs(answer, claimed) if answer[start] != claimed[start]]
    inner = [run for run in unlike if first < run[0] < last]
    single = [run for run in inner if is_single(*run, answer, readings, starts, lines)]
    for start, end in unlike:
        units = readings[start:end]
        captions = len(units) == 1 and end < len(answer) and not answer[end] and opens_credit(readings[end])
        if answer[start]:
            enough = weight_of_claims(page.spans, starts[start], ends[end - 1])
        elif (not start and opens_flat(end, table)) or (
            (start, end) in single
            and (len(single) >= SUBHEADINGS or (counted(units) <= SUBHEADING and not marked(units[0].text)))
        ):
            enough = inf
        else:
            place = "above" if end <= first else "behind" if start > last else "inside"
            if starts[start] not in lines:  # it goes on in a line that is kept
                margin = TAKE["inside"]
            else:
                own_lines = place == "inside" and starts[end] in lines
                margin = 0 if own_lines else TAKE.get(place, 0)
            taken = page.text[starts[start] : ends[end - 1]]
            enough = margin + (0 if captions else taking(place, units, taken))
            if start and claimed[start - 1] and starts[start] in lines and any(map(goes_on, units)):
                enough += SENTENCE
        if gain(scored, answer, start, end) < enough * SCALE:
            final[start:end] = claimed[start:end]
        elif answer[start]:
            # What stands beside a place that the chain is sure of may be named by its words. So ask for each.
            named = [
                weight_of_claims(page.spans, *bounds)
                for bounds in zip(starts[start:end], ends[start:end], strict=True)
            ]
            for a, b in runs(named):
                if gain(scored, final, start + a, start + b) < named[a] * SCALE:
                    final[start + a : start + b] = [False] * (b - a)
        elif not captions:
            # What stands beside a sentence may be furniture without a doubt. So ask for each sentence alone.
            telling = [tells(unit) for unit in units]
            for a, b in [(start + a, start + b) for a, b in runs(telling) if telling[a]]:
                enough = counted(readings[a:b]) / WORDS_FOR_ONE
                if (a and not claimed[a - 1]) or b == len(readings):
                    enough += RESUMED
                if gain(scored, final, a, b) < enough * SCALE:
                    final[a:b] = [True] * (b - a)
    return final


def counted(units: Sequence[Reading]) -> int:
    """How many words they are."""
    return sum([unit.n for unit in units])


def taking(place: str, units: Sequence[Reading], taken: str) -> float:
    """How much surer the chain has to be to take units, for what they say."""
    sentences, item = [unit for unit in units if tells(unit)], ITEM.match(taken)
    # Menus and headlines of any length stand around a story. Inside it what is long is seldom furniture.
    enough = counted(units if place == "inside" or item else sentences) / WORDS_FOR_ONE
    return enough + (SENTENCE if sentences else LISTED if item else 0)


def opens_flat(end: int, table: Table) -> bool:
    """Whether the units up to ``end`` may open the story of a text in one line.

    No dateline and no other claim stands behind them, no dash, and no word that opens furniture among them.
    """
    if table.size != "flat" or end == len(table.units) or table.labels[end] != "open":
        return False
    texts = [unit.text for unit in table.units[:end]]
    return not any(map(marked, texts)) and not texts[-1].endswith(DASHES)


def is_single(
    start: int, end: int, answer: Sequence[bool], readings: Sequence[Reading], starts: Sequence[int],
    lines: Container[int],
) -> bool:
    """Whether units that the chain takes are one line, no sentence and no date: a subheading, perhaps."""
    if answer[start] or starts[start] not in lines or end == len(starts) or starts[end] not in lines:
        return False
    if any(at in lines for at in starts[start + 1 : end]):
        return False
    return not any(unit.kind == "P" or unit.dated for unit in readings[start:end])


def with_sentences(answer: list[bool], claimed: list[bool], table: Table, text: str) -> list[bool]:
    """The answer with all of a sentence of which it keeps a part, where no claim names another part.

    A bracket with a credit, and words that open furniture, may stand in a sentence that has lost its stop. In
    a text in one line the headline may, too; there only what goes on with a small letter is surely one.
    """
    final, units = list(answer), table.units
    ended = [unit.finishes in STOPPED for unit in units]
    # A gap parts sentences, but not before a small letter or a bracket.
    begins = [
        sentence.start == start and (not at or ended[at - 1] or units[at].begins not in GOES_ON)
        for at, (sentence, start) in enumerate(zip(table.sentences, table.starts, strict=True))
    ]
    for start, end in runs([*accumulate(begins)]):
        kept = answer[start:end]
        if not all(claimed[start:end]) or all(kept) or not any(kept):
            continue
        taken = [text[table.starts[at] : table.ends[at]] for at in range(start, end) if not answer[at]]
        credits = all(unit.startswith(("(", "[")) and marks().source.search(unit) for unit in taken)
        small = [unit.begins == "small" for unit in units[start + 1 : end]]
        seams = zip(kept, kept[1:], small, strict=False)
        runs_on = any(after and not before and word for before, after, word in seams)
        runs_on = runs_on or (table.size != "flat" and not any(map(marked, taken)))
        prose = any(sentence.reading.kind == "P" for sentence in table.sentences[start:end])
        if prose and runs_on and not credits:
            final[start:end] = [True] * (end - start)
    return final


def with_opening(answer: list[bool], page: Page, table: Table) -> list[bool]:
    """The answer with the lines above the story in which its first sentence begins.

    A tool that broke lines at links and bold words left them. What a claim names by its words is none.
    """
    first = at = answer.index(True) if True in answer else 0
    while at and table.line[at - 1] < table.line[at]:
        above, below = table.rows[table.line[at - 1]], table.rows[table.line[at]]
        start = bisect_left(table.line, table.line[at - 1])
        named = weight_of_claims(page.spans, table.starts[start], table.ends[at - 1]) > BY_PLACE
        if named or table.labels[at] == "dateline" or not runs_on(above, below, broken=at < first):
            break
        at = start
    return [*answer[:at], *[True] * (first - at), *answer[first:]]


def runs_on(above: Reading, below: Reading, *, broken: bool = False) -> bool:
    """Whether a line goes on in the next one. ``broken`` says that the next one goes on too.

    >>> from cleaner.reading import read
    >>> above = read("- Pelatih baru itu siap melatih")
    >>> runs_on(above, read("Lereng FC.")), runs_on(read("SANGGABUMI"), above), runs_on(above, above)
    (True, True, True)
    >>> runs_on(read("Harga Cabai Naik Lagi di Pasar"), read("Lereng FC menang."))
    False
    """
    if above.finishes in (*STOPPED, "colon") or above.dated or marked(above.text):
        return False
    if breaks_off(above.text) or (above.capitals < NAMES and LINKED.match(below.text)):
        return True
    if inner(above, broken) and (broken or above.n > SUBHEADING):
        return True
    return above.n <= SUBHEADING and inner(below, broken)


def inner(line: Reading, broken: bool) -> bool:
    """Whether a line begins inside a sentence; where lines are surely broken, less is enough."""
    if line.begins == "small" or line.text.startswith(DASHES):
        return True
    return broken and (not line.text[:1].isupper() or LINKED.match(line.text) is not None)


def with_rows(answer: list[bool], claimed: list[bool], page: Page, table: Table) -> list[bool]:
    """The answer with what no claim names below a lead, up to the next word that opens furniture.

    Rows of one form inside the story stay too, where a claim names them by nothing but their place.
    """
    starts, text = table.starts, page.text
    units = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    final = list(answer)
    for start, end in runs(answer, claimed):
        if answer[start]:
            continue
        above, below = start > 0 and answer[start - 1], end < len(answer) and answer[end]
        if not claimed[start] and not (above and below):
            continue
        rows = of_one_form("".join(units[start:end]))
        if claimed[start]:
            rows = rows or (above and leads(units[start - 1]))
        elif not rows or weight_of_claims(page.spans, starts[start], starts[end]) > BY_PLACE:
            continue
        lead = start if rows else next((at for at in range(start, end) if leads(units[at])), end)
        if lead < end:
            stop = next((at for at in range(lead + (not rows), end) if opens(units[at])), end)
            final[start:stop] = [True] * (stop - start)
    return final


def opens(unit: str) -> bool:
    """Whether a unit begins with a word that opens furniture, or with a tag."""
    return marked(unit) or unit.startswith("#")


def of_one_form(text: str) -> bool:
    """Whether rows of one form stand in a text: with one word before a colon, counted up, with brackets.

    >>> of_one_form("Putaran 1: Lereng 3-2Putaran 2: Lereng 0-2Putaran 3: Lereng 1-3")
    True
    >>> of_one_form("3. Sagu4. Kedelai5. Garam"), of_one_form("Foto: Rina Editor: Rudi 3. Sagu 3. Sagu")
    (True, False)
    >>> of_one_form("Rina (Dosen)\\nGalih (Hakim)\\nDewi (Jaksa)\\n")
    True
    """
    labels = Counter([label.group() for label in ROW_LABEL.finditer(text)])
    numbers = [int(number.group()) for number in ROW_NUMBER.finditer(text)]
    counted_up = [numbers[at] + ROWS - 1 == numbers[at + ROWS - 1] for at in range(len(numbers) - ROWS + 1)]
    bracketed = len(ROW_BRACKET.findall(text))
    return max([bracketed, *labels.values()]) >= ROWS or any(counted_up)


def leads(unit: str) -> bool:
    """Whether a unit announces what stands below it: a list, a table, the references.

    >>> leads("Berikut susunan pemainnya:"), leads("Syaratnya meliputi:\\n• "), leads("Baca juga:")
    (True, True, False)
    """
    text = unit.rstrip().rstrip(BULLETS).rstrip()  # a unit owns the signs before the next one
    if not text.endswith(":") or marked(unit):
        return False
    return len(text.split()) >= LEAD or bool(marks().lead.search(text))


def tells(unit: Reading) -> bool:
    """Whether a unit is a sentence that tells something, and does not speak to the reader."""
    ended = unit.n >= SHORTEST and (unit.full or unit.text.endswith("?"))
    # A sentence may be full of names, but two words of it are not.
    plain = unit.capitals < NAMES or (unit.full and has_plain_words(unit.text))
    return (unit.kind == "P" or (ended and plain)) and marks().reader.isdisjoint(unit.low)


def goes_on(unit: Reading) -> bool:
    """Whether a unit goes on with the story on the line above it, though most of its words may be names.

    >>> from cleaner.reading import read
    >>> goes_on(read("Mereka adalah Rina Hapsari, Galih Saputra, Dewi Lestari, dan Marto Sukirno."))
    True
    >>> goes_on(read("Semoga beruntung :)”")), goes_on(read("Harga Cabai Naik di Pasar Induk Lembah"))
    (True, False)
    """
    if unit.text.endswith("”"):
        return "“" not in unit.text  # the last line of a message that is quoted
    named = unit.full and unit.n >= FULL_OF_NAMES and not tells(unit)
    return (named or unit.text.count(";") >= LINE_UP) and marks().reader.isdisjoint(unit.low)


def weight_of_claims(spans: Sequence[Span], start: int, end: int) -> float:
    """The evidence of the claims that cover most of what stands between two places."""
    covered: Counter[float] = Counter()
    first = max(0, bisect_right(spans, start, key=START) - 1)
    for span in spans[first : bisect_left(spans, end, first, key=START)]:
        if span.label:
            covered[span.evidence] += min(end, span.end) - max(start, span.start)
    return max(covered, key=covered.__getitem__, default=0)


def has_story(answer: Sequence[bool], units: Sequence[Reading]) -> bool:
    """Whether there is a story where the claims leave none: prose below a headline and a date, or much."""
    prose = [at for at, unit in enumerate(units) if answer[at] and unit.kind == "P" and not broken_off(unit)]
    if not prose:
        return False
    first = answer.index(True)
    head, near = units[max(0, first - HEAD) : first], units[max(0, first - DATED) : first]
    if any(unit.kind == "H" for unit in head) and any(unit.dated for unit in near):
        return True
    paragraphs = sum([units[at].n >= PARAGRAPH for at in prose])
    begun = answer[0] or any(unit.dated for unit in units[: prose[0]])
    return paragraphs >= (PARAGRAPHS if begun else UNDATED_PARAGRAPHS)


def broken_off(unit: Reading) -> bool:
    """Whether a text begins or ends in the middle of a sentence, as the blurb of another story does."""
    return unit.begins == "small" or unit.text.endswith(DOTS)


def opens_credit(unit: Reading) -> bool:
    """Whether a unit is the credit of a photo, or begins one: "(Foto: Rina)", "Dok. Desa"."""
    return unit.n <= CREDIT and bool(marks().source.match(unit.text.lstrip("([")))


def takes_too_much(
    answer: Sequence[bool], claimed: Sequence[bool], units: Sequence[Reading], form: str
) -> bool:
    """Whether an answer takes too many of the words that the claims leave.

    On a whole page only prose counts, for the claims may leave menus in it.
    """
    words = [unit.n if form == "content" or unit.kind == "P" else 0 for unit in units]
    before = sum([n for n, keeps in zip(words, claimed, strict=True) if keeps])
    both = sum([n for n, keeps, also in zip(words, claimed, answer, strict=True) if keeps and also])
    return before - both > max(MOST * before, MOST_WORDS)


def runs(*answers: Sequence[float]) -> Iterator[tuple[int, int]]:
    """The stretches of units on which each of the answers is one."""
    start = 0
    units = list(zip(*answers, strict=True))
    for at in range(1, len(units) + 1):
        if at == len(units) or units[at] != units[start]:
            yield start, at
            start = at
