"""The features of a text's units: what the decision weighs. Each is a name that a person can read.

A unit has features of its own (its shape, its words), of its place, of the sentence and the line around it,
of its neighbours, of the words that it shares with the rest, and of the claims on it. A boundary has features
too: the gap, how the unit before ends and how this one begins. In the names "W" stands for words, "C" for
claims, "E" for boundaries, and numbers are those of buckets: how many of the edges given here a value
exceeds.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..reading import CAPITALS, COUNTED, PARAGRAPH, Features, Group, Reading, bucket, read
from ..units import FLAT, Cuts

Evidence = tuple[int, int, str]  # start, end, label
FEW_LINES = 40  # of a text that is short, though it does not stand in one line
FAR = 99  # stands for "nowhere" in a count of units
STEPS = (0, 1, 2, 4, 8, 16, 32)
NEAR = (0, 1, 2, 4, 8, FAR - 1)
LENGTHS = (1, 3, 8, 16, 30)
REACH = 500  # characters behind the start of a linked headline in which it ends
COUNTED_IN_ROWS = 81  # words of a row; no feature tells more of them apart
FURTHEST = 33  # units from an end of the text: where the buckets end
EDGE_ABOVE, EDGE_BELOW = Features((), ["-1 edge"]), Features((), ["+1 edge"])
RUN = 4  # words that are looked for again elsewhere in the text


class Piece(NamedTuple):
    """A sentence or a line that units stand in: what its words say, where it starts and ends."""

    reading: Reading
    start: int
    end: int


class Table(NamedTuple):
    """What is known of all units of a text: lists side by side, an entry a unit."""

    size: str  # "flat", "short" or "page"
    starts: list[int]
    ends: list[int]
    units: list[Reading]
    line: list[int]  # the number of the line it stands in
    lines: Sequence[int]  # where lines start
    in_line: Counter[int]  # units of each line
    sentences: list[Piece]
    rows: list[Piece]
    gaps: list[str]  # what stands before each
    labels: list[str]  # of the claims that cover most of it
    prose: list[int]  # units of prose above it; one entry more than there are units
    first: int  # the first and last unit of a paragraph
    last: int
    before: list[int]  # units since the last one of prose, and to the next
    after: list[int]
    words: list[int]  # words above it; one entry more
    frequency: Counter[str]  # in how many units of prose a word stands
    keys: Counter[str]
    heads: set[int]  # units above the story that look like headlines
    title: set[str]  # the words of those that the story repeats
    early: list[int]  # runs of words that stand above too, below too, and all
    late: list[int]
    runs: list[int]
    cut: dict[int, tuple[int, bool]]  # where linked headlines may end: how good, and if a marker stood before
    reach: list[tuple[int, int, bool]]  # the linked headlines with their best ends
    document: list[Group]


class Unit(NamedTuple):
    """The features of a unit: by what it says itself, by what stands above and below it, and all the rest."""

    reading: Reading
    above: Reading | None
    below: Reading | None
    rest: Features

    def spelled(self) -> list[str]:
        """The names of all its features."""
        parts = [
            self.reading.own, self.above.above if self.above else EDGE_ABOVE,
            self.below.below if self.below else EDGE_BELOW, self.rest,
        ]
        return [name for part in parts for name in part.spelled()]


def features(
    text: str, cuts: Cuts, lines: Sequence[int], evidence: Sequence[Evidence]
) -> tuple[list[Reading], Iterator[Unit], Iterator[Features]]:
    """What each unit says, its features, and those of the bound before it, made one after the other."""
    table = tabulated(text, cuts, lines, evidence)
    bounds = (bound(table, at) if at else Features((), ()) for at in range(len(table.starts)))
    return table.units, units(table), bounds


def units(table: Table) -> Iterator[Unit]:
    """The features of each unit."""
    readings = table.units
    for at, above, below in zip(range(len(readings)), [None, *readings], [*readings[1:], None], strict=False):
        groups = [
            *place(table, at), *around(table, at), *shared(table, at), *beside(table, at), *table.document
        ]
        names = [*headlines(table, at), *repeated(table, at), *sentence_words(table, at)]
        yield Unit(readings[at], above, below, Features(groups, names))


def tabulated(text: str, cuts: Cuts, lines: Sequence[int], evidence: Sequence[Evidence]) -> Table:
    """The table of a text's units."""
    starts = cuts.units
    ends = [*starts[1:], len(text)]
    line = [bisect_right(lines, at) - 1 for at in starts]
    # Lines far from prose are one unit, and their first one speaks for all of them.
    shown = [
        end if cuts.closely[at] else min([end, *lines[at + 1 : at + 2]])
        for at, end in zip(line, ends, strict=True)
    ]
    units = [read(text[a:b].strip()) for a, b in zip(starts, shown, strict=True)]
    is_prose = [unit.kind == "P" for unit in units]
    prose, number = [0], [0]
    frequency: Counter[str] = Counter()
    for unit, flag in zip(units, is_prose, strict=True):
        prose.append(prose[-1] + flag)
        number.append(number[-1] + unit.n)
        if flag:
            frequency.update(unit.content)
    paragraphs = [at for at, unit in enumerate(units) if is_prose[at] and unit.n >= PARAGRAPH]
    first, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (len(units), -1)
    heads = {at for at, unit in enumerate(units[:first]) if unit.kind == "H"}
    title = {
        word
        for at in heads
        for word in units[at].content
        if 2 * sum([frequency[other] > 0 for other in units[at].content]) >= len(units[at].content)
    }
    size = "flat" if len(lines) <= FLAT else "short" if len(lines) <= FEW_LINES else "page"
    document: Group = (
        _document, size, bucket(len(units), (5, 15, 30, 60, 120, 250)),
        bucket(prose[-1] / max(len(units), 1), (0.05, 0.1, 0.2, 0.35, 0.5, 0.7)),
    )
    cut: dict[int, tuple[int, bool]] = {}
    reach = []
    for head in cuts.headlines:
        reach.append((head.start, min(head.ends, key=head.ends.__getitem__, default=head.start), head.marked))
        for at, worse in head.ends.items():
            rank = bucket(worse, (0, 0.3, 0.8, 1.5, 2.5))
            if at not in cut or rank < cut[at][0]:
                cut[at] = (rank, head.marked)
    return Table(
        size, starts, ends, units, line, lines, Counter(line), pieces(starts, cuts.sentences, text),
        pieces(starts, lines, text), gaps(text, starts, ends),
        labels(starts, len(text), evidence), prose, first, last, since(is_prose), since(is_prose[::-1])[::-1],
        number, frequency, Counter([unit.key for unit in units if unit.n]), heads, title, *repeats(units),
        cut, sorted(reach), [document],
    )


def _document(size: str, units: int, prose: int) -> list[str]:
    return [f"size {size}", f"size {size} {units}", f"prose share {prose}"]


def pieces(starts: Sequence[int], bounds: Sequence[int], text: str) -> list[Piece]:
    """For each unit the larger piece it stands in."""
    found = [
        Piece(read(text[a:b].strip()), a, b) for a, b in zip(bounds, [*bounds[1:], len(text)], strict=True)
    ]
    return [found[max(0, bisect_right(bounds, at) - 1)] for at in starts]


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


def gaps(text: str, starts: Sequence[int], ends: Sequence[int]) -> list[str]:
    """What stands before each unit: a blank line, a line end, a blank, more, or nothing."""
    found = ["top"] if starts else []
    for start, end in zip(starts, ends[:-1], strict=False):
        unit = text[start:end]
        gap = unit[len(unit.rstrip()) :]
        if "\n" in gap:
            found.append("para" if gap.count("\n") > 1 else "line")
        else:
            found.append("none" if not gap else "wide" if len(gap) > 1 or gap == "\xa0" else "blank")
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
    unit_of = [at for at, unit in enumerate(units) for _ in unit.low]
    grams = list(zip(every, every[1:], every[2:], every[3:], strict=False))
    early, late, runs = [0] * len(units), [0] * len(units), [0] * len(units)
    for at, number in Counter(unit_of[: len(grams)]).items():
        runs[at] = number
    if len(set(grams)) < len(grams):
        times = Counter(grams)
        again = [number for number, gram in enumerate(grams) if times[gram] > 1]
        last = {grams[number]: number for number in again}
        first = {grams[number]: number for number in reversed(again)}
        for number in again:
            early[unit_of[number]] += first[grams[number]] < number - 2 * RUN
            late[unit_of[number]] += last[grams[number]] > number + 2 * RUN
    return early, late, runs


def place(table: Table, at: int) -> list[Group]:
    """Where the unit stands in the text, and how much prose stands around it."""
    kind, prose, n = table.units[at].kind, table.prose, len(table.units)
    above, below = min(at, FURTHEST), min(n - 1 - at, FURTHEST)
    up, down = prose[at] - prose[max(0, at - 8)], prose[min(n, at + 9)] - prose[at + 1]
    before, after = min(table.before[at], FAR), min(table.after[at], FAR)
    where = "above" if at < table.first else "first" if at == table.first else ""
    head = at in table.heads and table.units[at].n >= 4
    return [
        (_place, above, below, 10 * table.words[at] // max(1, table.words[-1]), table.size),
        (_prose_around, before, after, min(up, 5), min(down, 5), kind),
        (_all_prose, min(prose[at], 9), min(prose[n] - prose[at + 1], 9), kind, where, at > table.last, head),
    ]


def _place(above: int, below: int, tenth: int, size: str) -> list[str]:
    return [
        f"top {bucket(above, STEPS)}", f"bottom {bucket(below, STEPS)}", f"place {tenth}",
        f"top {size} {min(above, 3)}", f"bottom {size} {min(below, 3)}",
    ]


def _prose_around(before: int, after: int, up: int, down: int, kind: str) -> list[str]:
    return [
        f"prose after {bucket(after, NEAR)}", f"prose before {bucket(before, NEAR)}",
        f"prose below {down}", f"prose above {up}", f"prose around {min(down, 3)} {min(up, 3)} {kind}",
    ]


def _all_prose(above: int, below: int, kind: str, where: str, last: bool, head: bool) -> list[str]:
    found = [
        f"all prose above {bucket(above, (0, 1, 2, 4, 8))}",
        f"all prose below {bucket(below, (0, 1, 2, 4, 8))}",
    ]
    if where:
        found.append(f"above the first prose {kind}" if where == "above" else "first prose")
    if last:
        found.append(f"below the last prose {kind}")
    if head:
        found.append("headline above")
    return found


def around(table: Table, at: int) -> list[Group]:
    """The line and the sentence that the unit stands in, and the gap before it."""
    unit, line = table.units[at], table.line
    number = line[at]
    opens = table.starts[at] == table.lines[number]
    closes = at + 1 == len(line) or line[at + 1] != number
    whole, row = table.sentences[at].reading, table.rows[at].reading
    return [
        (_line, opens, closes, bucket(table.in_line[number], (1, 2, 3, 5, 9)), unit.kind, table.size),
        (_gap, table.gaps[at], table.units[at - 1].finishes if at else "", unit.begins),
        (_sentence, part(table, at), whole.kind, min(whole.n, COUNTED), whole.cased, whole.stops, unit.kind),
        (_row, row.kind, min(row.n, COUNTED_IN_ROWS), row.cased, row.stops),
    ]


def _line(opens: bool, closes: bool, units: int, kind: str, size: str) -> list[str]:
    line = f"line {opens:d}{closes:d}"
    return [line, f"units in line {units}", f"{line} {kind} {size}"]


def _gap(gap: str, before: str, begins: str) -> list[str]:
    return [f"gap {gap}", f"before {before} {gap}", f"begins {begins} {gap}"] if before else [f"gap {gap}"]


def _sentence(part: str, kind: str, n: int, capitals: float, stops: bool, unit: str) -> list[str]:
    return [
        f"part {part}", f"sentence {kind} {part}", f"sentence n {bucket(n, LENGTHS)} {part}",
        f"sentence form {bucket(capitals, CAPITALS)} {stops:d}", f"sentence {kind} unit {unit}",
    ]


def _row(kind: str, n: int, capitals: float, stops: bool) -> list[str]:
    return [
        f"row {kind}", f"row n {bucket(n, (*LENGTHS, 80))}",
        f"row form {bucket(capitals, CAPITALS)} {stops:d}",
    ]


def part(table: Table, at: int) -> str:
    """Which part of its sentence the unit is: "all", the "first", the "last", or one in the "middle"."""
    sentence = table.sentences[at]
    if table.ends[at] >= sentence.end:
        return "all" if table.starts[at] <= sentence.start else "last"
    return "first" if table.starts[at] <= sentence.start else "middle"


def sentence_words(table: Table, at: int) -> list[str]:
    """The words with which the sentence begins that the unit is a part of."""
    low = table.sentences[at].reading.low
    if not low or part(table, at) == "all":
        return []
    return [f"W sentence {low[0]}", f"W sentence {' '.join(low[:2])}"]


def headlines(table: Table, at: int) -> list[str]:
    """Whether the unit is a linked headline, or stands right behind one."""
    start, end, found = table.starts[at], table.ends[at], []
    for name, where in (("behind a headline", start), ("ends a headline", end)):
        if where in table.cut:
            rank, marked = table.cut[where]
            found.append(f"{name} {rank} {marked:d}")
    for first, last, marked in reaching(table, start):
        if first <= start < last:
            return [*found, f"in a headline {marked:d}"]
        if last <= start < last + 60 and table.rows[at].start <= first:
            return [*found, f"beyond a headline {marked:d}"]
    return found


def reaching(table: Table, at: int) -> list[tuple[int, int, bool]]:
    """The linked headlines that may reach as far as a place."""
    return table.reach[bisect_left(table.reach, (at - REACH,)) : bisect_left(table.reach, (at + 1,))]


def repeated(table: Table, at: int) -> list[str]:
    """What of the unit stands on the page once more."""
    unit, runs, found = table.units[at], table.runs[at], []
    if runs >= RUN:
        above, below = table.early[at] / runs, table.late[at] / runs
        if above > 0.3:
            found += [
                f"stands above {bucket(above, (0.5, 0.8, 0.95))}",
                f"stands above {bucket(above, (0.5, 0.8))} {bucket(unit.n, (6, 14))}",
            ]
        if below > 0.3:
            found.append(f"stands below {bucket(below, (0.5, 0.8, 0.95))}")
    if unit.n and table.keys[unit.key] > 1:
        found.append(f"repeated {bucket(unit.n, (1, 3, 8))}")
    return found


def shared(table: Table, at: int) -> list[Group]:
    """How many of the unit's words stand in the story, and in its headline."""
    content, kind = table.units[at].content, table.units[at].kind
    if not content:
        return []
    own = kind == "P"  # what is prose itself has its words in the story
    share = sum([table.frequency[word] > own for word in content]) / len(content)
    found: list[Group] = [
        (_shared, bucket(share, (0, 0.2, 0.4, 0.6, 0.8)), bucket(share, (0.1, 0.3, 0.6)), kind)
    ]
    if table.title:
        of_title = len(content & table.title) / len(content)
        found.append((_of_title, bucket(of_title, (0, 0.1, 0.3, 0.6)), kind))
    return found


def _shared(fine: int, share: int, kind: str) -> list[str]:
    return [f"shared {fine}", f"shared {share} {kind}"]


def _of_title(share: int, kind: str) -> list[str]:
    return [f"of title {share} {kind}"]


def beside(table: Table, at: int) -> list[Group]:
    """The label that was claimed for the unit, with those of its neighbours, and how it fits to them."""
    line, labels, units = table.line, table.labels, table.units
    kind, label = units[at].kind, labels[at]
    found: list[Group] = [(_claimed, label, kind)]
    if at:
        above = at - 1
        found.append((_beside, "-1", units[above].kind, kind, labels[above], min(line[at] - line[above], 2)))
    if at + 1 < len(labels):
        below = at + 1
        found.append((_beside, "+1", units[below].kind, kind, labels[below], min(line[below] - line[at], 2)))
        if at:
            found.append((_three, "kinds", units[above].kind, kind, units[below].kind, ""))
            found.append((_three, "C3", labels[above], label, labels[below], ","))
    return found


def _claimed(label: str, kind: str) -> list[str]:
    return [f"C {label}", f"C {label} {kind}"]


def _beside(way: str, other: str, kind: str, label: str, lines: int) -> list[str]:
    far = "far" if lines > 1 else "-1" if lines and way == "-1" else lines
    return [f"{way} kinds {other}{kind}", f"C {way} {label}", f"{way} line {far}"]


def _three(name: str, above: str, own: str, below: str, between: str) -> list[str]:
    return [f"{name} {between.join((above, own, below))}"]


def bound(table: Table, at: int) -> Features:
    """The features of the bound before a unit."""
    unit, other = table.units[at], table.units[at - 1]
    right = unit.begins
    same = table.sentences[at].start == table.sentences[at - 1].start
    groups: list[Group] = [
        (_bound, table.gaps[at], other.finishes, right, same, other.kind, unit.kind, table.size),
        (_claims, table.labels[at - 1], table.labels[at]),
    ]
    names = []
    start = table.starts[at]
    if start in table.cut:
        rank, marked = table.cut[start]
        names += [f"E behind a headline {rank} {marked:d}", f"E behind a headline {rank} {right}"]
    elif any(first < start < last for first, last, _ in reaching(table, start)):
        names.append("E in a headline")
    if unit.low:
        names.append(f"W > {unit.low[0]}")
    if other.low:
        names.append(f"W < {other.low[-1]}")
    return Features(groups, names)


def _bound(gap: str, left: str, right: str, same: bool, above: str, below: str, size: str) -> list[str]:
    found = [
        "E", f"E {gap}", f"E {left} {gap}", f"E {left} {gap} {right}", f"E {'in' if same else 'new'}",
        f"E {above}{below}", f"E {above}{below} {gap}", f"E {size} {gap}",
    ]
    return [*found, f"E in {right}"] if same else found


def _claims(above: str, below: str) -> list[str]:
    return [f"C {above}>{below}"]
