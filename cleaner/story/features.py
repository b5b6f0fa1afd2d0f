"""The features of a text's units: what the decision weighs. Each is a name that a person can read.

A unit has features of its own (its shape, its words), of its place, of the sentence and the line around it,
of its neighbours, of the words that it shares with the rest, and of the claims on it. A boundary has features
too: the gap, how the unit before ends and how this one begins. In the names "W" stands for words, "C" for
claims, "E" for boundaries, and numbers are those of buckets: how many of the edges given here a value
exceeds.

Names cost more to make than to weigh, and the same come back from unit to unit. So the features stand in
families: those of a family are told by a few values, and named when somebody asks for the names.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, pairwise, repeat
from typing import Any, NamedTuple

from ..reading import CAPITALS, PARAGRAPH, Reading, bucket, read
from ..units import FLAT, Cuts

Evidence = tuple[int, int, str]  # start, end, label
Values = tuple[Any, ...]  # what tells the features of a family
FEW_LINES = 40  # of a text that is short, though it does not stand in one line
FAR = 99  # stands for "nowhere" in a count of units
LENGTHS = (1, 3, 8, 16, 30)
REACH = 500  # characters behind the start of a linked headline in which it ends
FURTHEST = 33  # units from an end of the text: where the buckets end
EDGE_ABOVE, EDGE_BELOW = "-1 edge", "+1 edge"  # of the first and of the last unit
RUN = 4  # words that are looked for again elsewhere in the text


def buckets(edges: Sequence[int], most: int) -> list[int]:
    """The bucket of each whole number up to ``most``.

    >>> buckets((0, 2), 4)
    [0, 1, 1, 2, 2]
    """
    return [bucket(value, edges) for value in range(most + 1)]


STEPS = buckets((0, 1, 2, 4, 8, 16, 32), FURTHEST)  # units from an end of the text
NEAR = buckets((0, 1, 2, 4, 8, FAR - 1), FAR)  # units from the next one of prose
UP_TO_FIVE = [0, 1, 2, 3, 4, 5, 5, 5, 5]  # units of prose among eight
SOME = buckets((0, 1, 2, 4, 8), 9)  # units of prose
IN_LINE = buckets((1, 2, 3, 5, 9), 10)  # units of a line


class Piece(NamedTuple):
    """A sentence that units stand in: what its words say, where it starts and ends."""

    reading: Reading
    start: int
    end: int


class Table(NamedTuple):
    """What is known of all units of a text: lists side by side, an entry a unit."""

    size: str  # "flat", "short" or "page"
    starts: list[int]
    ends: list[int]
    units: list[Reading]
    kinds: list[str]  # of the units
    line: list[int]  # the number of the line it stands in
    lines: Sequence[int]  # where lines start
    rows: Sequence[Reading]  # what lines say
    sentences: list[Piece]
    parts: list[str]  # which part of its sentence it is: "all", the "first", the "last", one in the "middle"
    gaps: list[str]  # what stands before each
    labels: list[str]  # of the claims that cover most of it
    prose: list[int]  # units of prose above it; one entry more than there are units
    first: int  # the first and last unit of a paragraph
    last: int
    words: list[int]  # words above it; one entry more
    frequency: Counter[str]  # in how many units of prose a word stands
    heads: set[int]  # units above the story that look like headlines
    title: set[str]  # the words of those that the story repeats
    cut: dict[int, tuple[int, bool]]  # where linked headlines may end: how good, and if a marker stood before
    reach: list[tuple[int, int, bool]]  # the linked headlines with their best ends


class Family(NamedTuple):
    """Features that are told by the same few values: what gives those of each unit, and what names them."""

    values: Callable[[Table], Iterable[Values]]
    names: Callable[..., Sequence[str]]


def tabulated(
    text: str, cuts: Cuts, lines: Sequence[int], rows: Sequence[Reading], evidence: Sequence[Evidence]
) -> Table:
    """The table of a text's units. ``lines`` are where its lines start, ``rows`` what they say."""
    starts = cuts.units
    ends = [*starts[1:], len(text)]
    known = dict(zip(pairwise([*lines, len(text)]), rows, strict=True))  # what is read, by start and end

    def said(bounds: tuple[int, int]) -> Reading:
        if bounds not in known:
            known[bounds] = read(text[slice(*bounds)].strip())
        return known[bounds]

    line = [bisect_right(lines, at) - 1 for at in starts]
    # Lines far from prose are one unit, and their first one speaks for all of them.
    shown = [
        end if cuts.closely[at] else min([end, *lines[at + 1 : at + 2]])
        for at, end in zip(line, ends, strict=True)
    ]
    units = list(map(said, zip(starts, shown, strict=True)))
    sentences = [Piece(said(bounds), *bounds) for bounds in pairwise([*cuts.sentences, len(text)])]
    of_units = [sentences[max(0, bisect_right(cuts.sentences, at) - 1)] for at in starts]
    kinds = [unit.kind for unit in units]
    prose = [kind == "P" for kind in kinds]
    frequency: Counter[str] = Counter()
    for unit, flag in zip(units, prose, strict=True):
        if flag:
            frequency.update(unit.content)
    paragraphs = [at for at, unit in enumerate(units) if prose[at] and unit.n >= PARAGRAPH]
    first, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (len(units), -1)
    heads = {at for at, kind in enumerate(kinds[:first]) if kind == "H"}
    title: set[str] = set()
    for content in [units[at].content for at in heads]:
        if 2 * sum([word in frequency for word in content]) >= len(content):
            title |= content
    cut: dict[int, tuple[int, bool]] = {}
    reach = []
    for head in cuts.headlines:
        reach.append((head.start, min(head.ends, key=head.ends.__getitem__, default=head.start), head.marked))
        for at, worse in head.ends.items():
            rank = bucket(worse, (0, 0.3, 0.8, 1.5, 2.5))
            if at not in cut or rank < cut[at][0]:
                cut[at] = (rank, head.marked)
    size = "flat" if len(lines) <= FLAT else "short" if len(lines) <= FEW_LINES else "page"
    return Table(
        size, starts, ends, units, kinds, line, lines, rows, of_units, parts(starts, ends, of_units),
        gaps(text, starts), labels(starts, len(text), evidence), [0, *accumulate(prose)], first, last,
        [0, *accumulate([unit.n for unit in units])], frequency, heads, title, cut, sorted(reach),
    )


def parts(starts: Sequence[int], ends: Sequence[int], sentences: Sequence[Piece]) -> list[str]:
    """Which part of its sentence each unit is: "all", the "first", the "last", or one in the "middle"."""
    return [
        ("all" if start <= sentence.start else "last") if end >= sentence.end
        else "first" if start <= sentence.start else "middle"
        for start, end, sentence in zip(starts, ends, sentences, strict=True)
    ]


def labels(starts: Sequence[int], size: int, evidence: Sequence[Evidence]) -> list[str]:
    """For each unit the label of the claims that cover most of it; "open" where none does."""
    found = []
    first = 0
    for a, b in zip(starts, [*starts[1:], size], strict=True):
        while first + 1 < len(evidence) and evidence[first][1] <= a:
            first += 1
        at = first
        if b <= evidence[at][1]:  # one claim, or none, covers all of it
            found.append(evidence[at][2] or "open")
            continue
        weight: Counter[str] = Counter()
        while at < len(evidence) and evidence[at][0] < b:
            weight[evidence[at][2] or "open"] += min(b, evidence[at][1]) - max(a, evidence[at][0])
            at += 1
        found.append(weight.most_common(1)[0][0] if weight else "open")
    return found


def gaps(text: str, starts: Sequence[int]) -> list[str]:
    """What stands before each unit: a blank line, a line end, a blank, more, or nothing."""
    found = ["top"] if starts else []
    for start, end in pairwise(starts):
        at = end
        while at > start and text[at - 1].isspace():
            at -= 1
        if at == end:
            found.append("none")
        elif ends := text.count("\n", at, end):
            found.append("para" if ends > 1 else "line")
        else:
            found.append("wide" if end - at > 1 or text[at] == "\xa0" else "blank")
    return found


def since(flags: Sequence[bool]) -> list[int]:
    """For each entry how many without the flag stand between it and the last one with it.

    >>> since([False, True, False, False])
    [99, 100, 0, 1]
    """
    found, count = [], FAR
    for flag in flags:
        found.append(count)
        count = 0 if flag else count + 1
    return found


def repeats(units: Sequence[Reading]) -> tuple[list[int], list[int], list[int]]:
    """How many of each unit's runs of four words stand above it, how many below it, and how many it has."""
    every = [word for unit in units for word in unit.low]
    begins = [0, *accumulate([unit.n for unit in units])]
    # A hash stands for each run: it is made at once, and takes no memory.
    hashes = list(map(hash, zip(every, every[1:], every[2:], every[3:], strict=False)))
    early, late = [0] * len(units), [0] * len(units)
    runs = [max(0, min(b, len(hashes)) - a) for a, b in pairwise(begins)]
    if len(set(hashes)) < len(hashes):
        times = Counter(hashes)
        again = [at for at, run in enumerate(hashes) if times[run] > 1]
        first, last = {hashes[at]: at for at in reversed(again)}, {hashes[at]: at for at in again}
        for at in again:
            unit = bisect_right(begins, at) - 1
            early[unit] += first[hashes[at]] < at - 2 * RUN
            late[unit] += last[hashes[at]] > at + 2 * RUN
    return early, late, runs


# ── the features of units ───────────────────────────────────────────────────────────────────────────────────


def places(table: Table) -> Iterable[Values]:
    """Where a unit stands in the text."""
    n, whole = len(table.units), max(1, table.words[-1])
    top = [STEPS[min(at, FURTHEST)] for at in range(n)]
    tenths = [10 * words // whole for words in table.words]
    return zip(top, reversed(top), tenths, repeat(table.size), strict=False)


def _place(above: int, below: int, tenth: int, size: str) -> list[str]:
    return [
        f"top {above}", f"bottom {below}", f"place {tenth}",
        f"top {size} {min(above, 3)}", f"bottom {size} {min(below, 3)}",
    ]


def near_prose(table: Table) -> Iterable[Values]:
    """How near prose stands."""
    is_prose = [kind == "P" for kind in table.kinds]
    before = [NEAR[min(units, FAR)] for units in since(is_prose)]
    after = [NEAR[min(units, FAR)] for units in since(is_prose[::-1])]
    return zip(before, reversed(after), strict=True)


def _near_prose(before: int, after: int) -> list[str]:
    return [f"prose after {after}", f"prose before {before}"]


def prose_around(table: Table) -> Iterable[Values]:
    """How much prose stands among the eight units above and below."""
    prose, most = table.prose, table.prose[-1]
    up = [UP_TO_FIVE[here - far] for far, here in zip([*[0] * 8, *prose], prose, strict=False)]
    down = [UP_TO_FIVE[far - here] for here, far in zip(prose[1:], [*prose[9:], *[most] * 8], strict=False)]
    return zip(up, down, table.kinds, strict=False)


def _prose_around(up: int, down: int, kind: str) -> list[str]:
    return [
        f"prose below {down}", f"prose above {up}", f"prose around {min(down, 3)} {min(up, 3)} {kind}",
    ]


def all_prose(table: Table) -> Iterator[Values]:
    """How much prose stands above and below, and where the story seems to begin and to end."""
    whole, first, units = table.prose[-1], table.first, table.units
    for at, kind in enumerate(table.kinds):
        above, below = SOME[min(table.prose[at], 9)], SOME[min(whole - table.prose[at + 1], 9)]
        where = "above" if at < first else "first" if at == first else ""
        yield above, below, kind, where, at > table.last, at in table.heads and units[at].n >= 4


def _all_prose(above: int, below: int, kind: str, where: str, last: bool, head: bool) -> list[str]:
    found = [f"all prose above {above}", f"all prose below {below}"]
    if where:
        found.append(f"above the first prose {kind}" if where == "above" else "first prose")
    if last:
        found.append(f"below the last prose {kind}")
    if head:
        found.append("headline above")
    return found


def in_line(table: Table) -> Iterator[Values]:
    """Whether a unit opens and closes its line, and how many stand in it."""
    units = Counter(table.line)
    for start, kind, line, below in zip(
        table.starts, table.kinds, table.line, [*table.line[1:], -1], strict=True
    ):
        opens = start == table.lines[line]
        yield opens, below != line, IN_LINE[min(units[line], 10)], kind, table.size


def _in_line(opens: bool, closes: bool, units: int, kind: str, size: str) -> list[str]:
    line = f"line {opens:d}{closes:d}"
    return [line, f"units in line {units}", f"{line} {kind} {size}"]


def behind_gap(table: Table) -> Iterable[Values]:
    """The gap before a unit, how the one before it ends, and how it begins itself."""
    finishes = ["", *[unit.finishes for unit in table.units]]
    return zip(table.gaps, finishes, [unit.begins for unit in table.units], strict=False)


def _behind_gap(gap: str, before: str, begins: str) -> list[str]:
    return [f"gap {gap}", f"before {before} {gap}", f"begins {begins} {gap}"] if before else [f"gap {gap}"]


def in_sentence(table: Table) -> Iterator[Values]:
    """Which part of its sentence a unit is, and what the sentence looks like."""
    for part, (whole, _, _), kind in zip(table.parts, table.sentences, table.kinds, strict=True):
        yield part, whole.kind, whole.size, whole.cased, whole.stops, kind


def _in_sentence(part: str, kind: str, size: int, capitals: float, stops: bool, unit: str) -> list[str]:
    return [
        f"part {part}", f"sentence {kind} {part}", f"sentence n {bucket(size, LENGTHS)} {part}",
        f"sentence form {bucket(capitals, CAPITALS)} {stops:d}", f"sentence {kind} unit {unit}",
    ]


def in_row(table: Table) -> Iterable[Values]:
    """What the line of a unit looks like."""
    rows = [(row.kind, row.size, row.cased, row.stops) for row in table.rows]
    return [rows[line] for line in table.line]


def _in_row(kind: str, size: int, capitals: float, stops: bool) -> list[str]:
    return [
        f"row {kind}", f"row n {bucket(size, (*LENGTHS, 80))}",
        f"row form {bucket(capitals, CAPITALS)} {stops:d}",
    ]


def shared(table: Table) -> Iterator[Values]:
    """How many of a unit's words stand in the story."""
    once = frozenset(table.frequency)
    twice = frozenset([word for word, times in table.frequency.items() if times > 1])
    for unit, kind in zip(table.units, table.kinds, strict=True):
        if content := unit.content:
            # What is prose itself has its words in the story.
            share = len(content & (twice if kind == "P" else once)) / len(content)
            yield bucket(share, (0, 0.2, 0.4, 0.6, 0.8)), bucket(share, (0.1, 0.3, 0.6)), kind
        else:
            yield ()


def _shared(fine: int = -1, share: int = 0, kind: str = "") -> list[str]:
    return [f"shared {fine}", f"shared {share} {kind}"] if fine >= 0 else []


def of_title(table: Table) -> Iterator[Values]:
    """How many of a unit's words stand in the headline."""
    for unit, kind in zip(table.units, table.kinds, strict=True):
        if table.title and (content := unit.content):
            yield bucket(len(content & table.title) / len(content), (0, 0.1, 0.3, 0.6)), kind
        else:
            yield ()


def _of_title(share: int = -1, kind: str = "") -> list[str]:
    return [f"of title {share} {kind}"] if share >= 0 else []


def claimed(table: Table) -> Iterable[Values]:
    """The label that was claimed for a unit, and those of its neighbours."""
    labels = table.labels
    return zip(table.kinds, ["", *labels], labels, [*labels[1:], ""], strict=False)


def _claimed(kind: str, above: str, label: str, below: str) -> list[str]:
    found = [f"C {label}", f"C {label} {kind}"]
    return [*found, f"C3 {above},{label},{below}"] if above and below else found


def kinds(table: Table) -> Iterable[Values]:
    """The kinds of a unit and its neighbours."""
    return zip(["", *table.kinds], table.kinds, [*table.kinds[1:], ""], strict=False)


def _kinds(above: str, own: str, below: str) -> list[str]:
    return [f"kinds {above}{own}{below}"] if above and below else []


def beside(way: str, table: Table) -> list[Values]:
    """What stands above a unit ("-1") or below it: its kind, its label, and whether in the same line."""
    lines = [min(below - above, 2) for above, below in pairwise(table.line)]
    if way == "-1":
        return [(), *zip(table.kinds, table.kinds[1:], table.labels, lines, strict=False)]
    return [*zip(table.kinds[1:], table.kinds, table.labels[1:], lines, strict=False), ()]


def _beside(way: str, other: str = "", kind: str = "", label: str = "", lines: int = 0) -> list[str]:
    line = "far" if lines > 1 else int(way) * lines
    return [f"{way} kinds {other}{kind}", f"C {way} {label}", f"{way} line {line}"] if other else []


def document(table: Table) -> Iterable[Values]:
    """How long the text is, and how much of it is prose."""
    n = len(table.units)
    units = bucket(n, (5, 15, 30, 60, 120, 250))
    prose = bucket(table.prose[-1] / max(n, 1), (0.05, 0.1, 0.2, 0.35, 0.5, 0.7))
    return repeat((table.size, units, prose), n)


def _document(size: str, units: int, prose: int) -> list[str]:
    return [f"size {size}", f"size {size} {units}", f"prose share {prose}"]


def headlines(table: Table) -> Iterator[Values]:
    """Whether a unit is a linked headline, or stands right behind one."""
    for start, end, line in zip(table.starts, table.ends, table.line, strict=True):
        found = []
        for name, where in (("behind a headline", start), ("ends a headline", end)):
            if where in table.cut:
                rank, marked = table.cut[where]
                found.append(f"{name} {rank} {marked:d}")
        for first, last, marked in reaching(table, start):
            if first <= start < last:
                found.append(f"in a headline {marked:d}")
                break
            if last <= start < last + 60 and table.lines[line] <= first:
                found.append(f"beyond a headline {marked:d}")
                break
        yield tuple(found)


def reaching(table: Table, at: int) -> list[tuple[int, int, bool]]:
    """The linked headlines that may reach as far as a place."""
    if not table.reach or not table.reach[0][0] <= at <= table.reach[-1][0] + REACH:
        return []  # most places
    return table.reach[bisect_left(table.reach, (at - REACH,)) : bisect_left(table.reach, (at + 1,))]


def repeated(table: Table) -> Iterator[Values]:
    """What of a unit stands on the page once more."""
    times = Counter([unit.key for unit in table.units])
    for unit, early, late, runs in zip(table.units, *repeats(table.units), strict=True):
        found = []
        if runs >= RUN:
            above, below = early / runs, late / runs
            if above > 0.3:
                found += [
                    f"stands above {bucket(above, (0.5, 0.8, 0.95))}",
                    f"stands above {bucket(above, (0.5, 0.8))} {bucket(unit.n, (6, 14))}",
                ]
            if below > 0.3:
                found.append(f"stands below {bucket(below, (0.5, 0.8, 0.95))}")
        if unit.n and times[unit.key] > 1:
            found.append(f"repeated {bucket(unit.n, (1, 3, 8))}")
        yield tuple(found)


def sentence_words(table: Table) -> Iterator[Values]:
    """The words with which the sentence begins that a unit is a part of."""
    for part, (whole, _, _) in zip(table.parts, table.sentences, strict=True):
        low = whole.low if part != "all" else ()
        yield (f"W sentence {low[0]}", f"W sentence {' '.join(low[:2])}") if low else ()


def as_they_are(*names: str) -> Sequence[str]:
    """The names of features that few units have: they are made at once."""
    return names


def in_words(*names: str) -> Sequence[str]:
    """The names of features that hold words: they are made at once too."""
    return names


UNITS = (
    Family(places, _place), Family(near_prose, _near_prose), Family(prose_around, _prose_around),
    Family(all_prose, _all_prose), Family(in_line, _in_line), Family(behind_gap, _behind_gap),
    Family(in_sentence, _in_sentence), Family(in_row, _in_row), Family(shared, _shared),
    Family(of_title, _of_title), Family(claimed, _claimed),
    *[Family(partial(beside, way), partial(_beside, way)) for way in ("-1", "+1")],
    Family(kinds, _kinds), Family(document, _document),
    Family(headlines, as_they_are), Family(repeated, as_they_are), Family(sentence_words, in_words),
)


# ── the features of bounds ──────────────────────────────────────────────────────────────────────────────────


def bounds(table: Table) -> Iterable[Values]:
    """The bound before each unit but the first: the gap, and what stands on both sides."""
    same = [above.start == below.start for above, below in pairwise(table.sentences)]
    left, right = [unit.finishes for unit in table.units], [unit.begins for unit in table.units[1:]]
    kinds = table.kinds
    return zip(table.gaps[1:], left, right, same, kinds, kinds[1:], repeat(table.size), strict=False)


def _bound(gap: str, left: str, right: str, same: bool, above: str, below: str, size: str) -> list[str]:
    found = [
        "E", f"E {gap}", f"E {left} {gap}", f"E {left} {gap} {right}", f"E {'in' if same else 'new'}",
        f"E {above}{below}", f"E {above}{below} {gap}", f"E {size} {gap}",
    ]
    return [*found, f"E in {right}"] if same else found


def claims(table: Table) -> Iterable[Values]:
    """The labels that were claimed on both sides of a bound."""
    return pairwise(table.labels)


def _claims(above: str, below: str) -> list[str]:
    return [f"C {above}>{below}"]


def words_at_bound(table: Table) -> Iterator[Values]:
    """The words on both sides of a bound."""
    for above, below in pairwise(table.units):
        right = [f"W > {below.low[0]}"] if below.low else []
        yield (*right, f"W < {above.low[-1]}") if above.low else tuple(right)


def headline_at_bound(table: Table) -> Iterator[Values]:
    """Whether a linked headline may end at a bound, or goes on behind it."""
    for start, unit in zip(table.starts[1:], table.units[1:], strict=True):
        if start in table.cut:
            rank, marked = table.cut[start]
            yield f"E behind a headline {rank} {marked:d}", f"E behind a headline {rank} {unit.begins}"
        elif any(first < start < last for first, last, _ in reaching(table, start)):
            yield ("E in a headline",)
        else:
            yield ()


BOUNDS = (
    Family(bounds, _bound), Family(claims, _claims), Family(words_at_bound, in_words),
    Family(headline_at_bound, as_they_are),
)


# ── their names ─────────────────────────────────────────────────────────────────────────────────────────────


def names_of_units(table: Table) -> Iterator[list[str]]:
    """The names of all features of each unit: by what it and its neighbours say themselves, and the rest."""
    units = table.units
    for unit, above, below, more in zip(
        units, [None, *units], [*units[1:], None], named(UNITS, table), strict=False
    ):
        beside = [
            *(above.above() if above else [EDGE_ABOVE]), *(below.below() if below else [EDGE_BELOW])
        ]
        yield [*unit.own(), *beside, *more]


def names_of_bounds(table: Table) -> Iterator[list[str]]:
    """The names of all features of the bound before each unit; the first has none."""
    yield []
    yield from named(BOUNDS, table)


def named(families: Sequence[Family], table: Table) -> Iterator[list[str]]:
    """The names of the features of these families, for each unit or bound in turn."""
    for values in zip(*[family.values(table) for family in families], strict=True):
        yield [
            name for family, each in zip(families, values, strict=True) for name in family.names(*each)
        ]
