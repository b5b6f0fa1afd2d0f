"""The features of a text's units: what the decision weighs. Each is a name that a person can read.

A unit has features of its own (its shape, its first and last words), of its place, of its neighbours, of the sentence and the
line around it, of the words that it shares with the rest, and of the claims on it. A boundary has features too: the gap,
how the unit before ends and how this one begins.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from ..reading import QUOTES, Reading, bucket, read
from ..shapes import SMALL
from ..units import Cuts

Evidence = tuple[int, int, str]  # start, end, label


def around(readings: Sequence[Reading], starts: Sequence[int], bounds: Sequence[int], text: str) -> list[tuple[Reading, int, int]]:
    """For each unit the larger piece it stands in, with its start and end."""
    ends = [*bounds[1:], len(text)]
    pieces = [(read(text[a:b].strip()), a, b) for a, b in zip(bounds, ends, strict=True)]
    return [pieces[max(0, bisect_right(bounds, at) - 1)] for at in starts]


def gap_of(text: str, end: int, start: int) -> str:
    """What stands between two units: a blank line, a line end, a blank, more, or nothing."""
    gap = text[end:start]
    if "\n" in gap:
        return "para" if gap.count("\n") > 1 else "line"
    return "none" if not gap else "wide" if len(gap) > 1 or gap == "\xa0" else "blank"


def ending(text: str) -> str:
    """How a unit ends."""
    last, before = text[-1:], text[-2:-1]
    if last in (".", "!", "?", "…"):
        return "stop"
    if last in tuple("\"”’')]") and before in (".", "!", "?", "…"):
        return "quoted stop"
    if last in tuple("\"”’'"):
        return "quote"
    if last == ":":
        return "colon"
    if last in (")", "]"):
        return "bracket"
    return "letter" if last.isalpha() else "digit" if last.isdigit() else "sign"


def beginning(text: str) -> str:
    """How a unit begins."""
    first = text[:1]
    if first.isupper():
        return "capital"
    if first.islower():
        return "small"
    if first in tuple(QUOTES + "'‘"):
        return "quote"
    return "digit" if first.isdigit() else "bracket" if first in ("(", "[") else "sign"


def claimed(starts: Sequence[int], size: int, evidence: Sequence[Evidence]) -> list[str]:
    """For each unit the label of the claims that cover most of it; "open" where none does."""
    found = []
    k = 0
    for a, b in zip(starts, [*starts[1:], size], strict=True):
        while k + 1 < len(evidence) and evidence[k][1] <= a:
            k += 1
        weight: Counter[str] = Counter()
        j = k
        while j < len(evidence) and evidence[j][0] < b:
            weight[evidence[j][2] or "open"] += min(b, evidence[j][1]) - max(a, evidence[j][0])
            j += 1
        found.append(weight.most_common(1)[0][0] if weight else "open")
    return found


def features(text: str, cuts: Cuts, lines: Sequence[int], evidence: Sequence[Evidence]) -> tuple[list[list[str]], list[list[str]]]:
    """The features of each unit, and of the boundary before it."""
    starts = cuts.units
    ends = [*starts[1:], len(text)]
    units = [read(text[a:b].strip()) for a, b in zip(starts, ends, strict=True)]
    trims = [a + len(text[a:b].rstrip()) for a, b in zip(starts, ends, strict=True)]
    n = len(units)
    line = [bisect_right(lines, at) - 1 for at in starts]
    on_line = Counter(line)
    sentence = around(units, starts, cuts.sentences, text)
    row = around(units, starts, lines, text)
    prose = [unit.kind == "P" for unit in units]
    sums = [0]
    for flag in prose:
        sums.append(sums[-1] + flag)
    total = max(1, sum(unit.n for unit in units))
    size = "flat" if len(lines) <= 3 else "short" if len(lines) <= 40 else "page"
    document = [f"size {size}", f"size {size} {bucket(n, (5, 15, 30, 60, 120, 250))}", f"prose share {bucket(sums[-1] / max(n, 1), (.05, .1, .2, .35, .5, .7))}"]
    full = [i for i, unit in enumerate(units) if prose[i] and unit.n >= 12]
    first, last = (full[0], full[-1]) if full else (n, -1)
    df: Counter[str] = Counter()
    for flag, unit in zip(prose, units, strict=True):
        if flag:
            df.update(unit.content)
    keys = Counter(unit.key for unit in units if unit.n)
    title: set[str] = set()
    heads = set()
    for i, unit in enumerate(units[:first]):
        if unit.kind == "H":
            heads.add(i)
            if unit.content and sum(df[word] > 0 for word in unit.content) / len(unit.content) >= 0.5:
                title |= unit.content
    done = [0]
    for unit in units:
        done.append(done[-1] + unit.n)
    after, before = [99] * n, [99] * n
    at = 99
    for i in range(n - 1, -1, -1):
        after[i] = at
        at = 0 if prose[i] else at + 1
    at = 99
    for i in range(n):
        before[i] = at
        at = 0 if prose[i] else at + 1
    early, late, runs = repeats(units)
    near: dict[int, tuple[int, bool]] = {}
    reach = []
    for head in cuts.headlines:
        stop = min(head.ends, key=head.ends.__getitem__, default=head.start)
        reach.append((head.start, stop, head.marked))
        for place, worse in head.ends.items():
            k = bucket(worse, (0, .3, .8, 1.5, 2.5))
            if place not in near or k < near[place][0]:
                near[place] = (k, head.marked)
    labels = claimed(starts, len(text), evidence)
    of_units, of_bounds = [], []
    for i, unit in enumerate(units):
        kind = unit.kind
        f = list(unit.shapes)
        below = n - 1 - i
        f += [f"top {bucket(i, (0, 1, 2, 4, 8, 16, 32))}", f"bottom {bucket(below, (0, 1, 2, 4, 8, 16, 32))}", f"place {10 * done[i] // total}",
              f"prose after {bucket(after[i], (0, 1, 2, 4, 8, 98))}", f"prose before {bucket(before[i], (0, 1, 2, 4, 8, 98))}",
              f"top {size} {min(i, 3)}", f"bottom {size} {min(below, 3)}"]
        down, up = sums[min(n, i + 9)] - sums[i + 1], sums[i] - sums[max(0, i - 8)]
        f += [f"prose below {min(down, 5)}", f"prose above {min(up, 5)}", f"prose around {min(down, 3)} {min(up, 3)} {kind}"]
        if i < first:
            f.append(f"above the first prose {kind}")
        if i == first:
            f.append("first prose")
        if i > last:
            f.append(f"below the last prose {kind}")
        f += [f"all prose above {bucket(sums[i], (0, 1, 2, 4, 8))}", f"all prose below {bucket(sums[n] - sums[i + 1], (0, 1, 2, 4, 8))}"]
        opens, closes = starts[i] == lines[line[i]], i + 1 == n or line[i + 1] != line[i]
        f += [f"line {opens:d}{closes:d}", f"units in line {bucket(on_line[line[i]], (1, 2, 3, 5, 9))}", f"line {opens:d}{closes:d} {kind} {size}"]
        if i:
            gap = gap_of(text, trims[i - 1], starts[i])
            f += [f"gap {gap}", f"before {ending(units[i - 1].text)} {gap}", f"begins {beginning(unit.text)} {gap}"]
        else:
            gap = "top"
            f.append("gap top")
        whole, a, b = sentence[i]
        part = ("all" if ends[i] >= b else "first") if starts[i] <= a else ("last" if ends[i] >= b else "middle")
        f += [f"part {part}", f"sentence {whole.kind} {part}", f"sentence n {bucket(whole.n, (1, 3, 8, 16, 30))} {part}",
              f"sentence form {bucket(whole.capitals, (-.5, .3, .6, .99))} {whole.stops:d}", f"sentence {whole.kind} unit {kind}"]
        outer = row[i][0]
        f += [f"row {outer.kind}", f"row n {bucket(outer.n, (1, 3, 8, 16, 30, 80))}", f"row form {bucket(outer.capitals, (-.5, .3, .6, .99))} {outer.stops:d}"]
        if whole.low and part != "all":
            f += [f"W sentence {whole.low[0]}", f"W sentence {' '.join(whole.low[:2])}"]
        if starts[i] in near:
            f.append(f"behind a headline {near[starts[i]][0]} {near[starts[i]][1]:d}")
        if ends[i] in near:
            f.append(f"ends a headline {near[ends[i]][0]} {near[ends[i]][1]:d}")
        for s, e, marked in reach:
            if s <= starts[i] < e:
                f.append(f"in a headline {marked:d}")
                break
            if e <= starts[i] < e + 60 and row[i][1] <= s:
                f.append(f"beyond a headline {marked:d}")
                break
        if runs[i] >= 4:
            q, z = early[i] / runs[i], late[i] / runs[i]
            if q > .3:
                f += [f"stands above {bucket(q, (.5, .8, .95))}", f"stands above {bucket(q, (.5, .8))} {bucket(unit.n, (6, 14))}"]
            if z > .3:
                f.append(f"stands below {bucket(z, (.5, .8, .95))}")
        if unit.content:
            share = sum(df[word] > prose[i] for word in unit.content) / len(unit.content)
            f += [f"shared {bucket(share, (0, .2, .4, .6, .8))}", f"shared {bucket(share, (.1, .3, .6))} {kind}"]
            if title:
                f.append(f"of title {bucket(len(unit.content & title) / len(unit.content), (0, .1, .3, .6))} {kind}")
        if unit.n and keys[unit.key] > 1:
            f.append(f"repeated {bucket(unit.n, (1, 3, 8))}")
        if i in heads and unit.n >= 4:
            f.append("headline above")
        f += words(unit)
        label = labels[i]
        f += [f"C {label}", f"C {label} {kind}"]
        for o in (-1, 1):
            j = i + o
            if not 0 <= j < n:
                f.append(f"{o:+d} edge")
                continue
            other = units[j]
            f.append(f"{o:+d} kind {other.kind}")
            f += [f"{o:+d} n {bucket(other.n, (0, 1, 3, 8, 16))}", f"{o:+d} stops {other.stops:d}", f"{o:+d} capitals {bucket(other.capitals, (-.5, .3, .6, .99))}",
                      f"{o:+d} line {line[j] - line[i]}" if abs(line[j] - line[i]) < 2 else f"{o:+d} line far", f"C {o:+d} {labels[j]}"]
            f += [f"{o:+d} {x}" for x in other.shapes if x.startswith(CARRIED)]
            f.append(f"{o:+d} kinds {other.kind}{kind}")
            if other.n:
                f.append(f"W {o:+d} {other.low[0]}")
                if o == -1:
                    f.append(f"W -1 last {other.low[-1]}")
                if other.n > 1:
                    f.append(f"W {o:+d} {other.low[0]} {other.low[1]}")
        if i and i + 1 < n:
            f += [f"kinds {units[i - 1].kind}{kind}{units[i + 1].kind}", f"C3 {labels[i - 1]},{label},{labels[i + 1]}"]
        f += document
        of_units.append(f)
        if not i:
            of_bounds.append([])
            continue
        p, h = ending(units[i - 1].text), beginning(unit.text)
        same = sentence[i][1] == sentence[i - 1][1]
        other = units[i - 1]
        e = ["E", f"E {gap}", f"E {p} {gap}", f"E {p} {gap} {h}", f"E {'in' if same else 'new'}", f"E {other.kind}{kind}", f"E {other.kind}{kind} {gap}", f"E {size} {gap}"]
        if starts[i] in near:
            e += [f"E behind a headline {near[starts[i]][0]} {near[starts[i]][1]:d}", f"E behind a headline {near[starts[i]][0]} {h}"]
        elif any(s < starts[i] < stop for s, stop, _ in reach):
            e.append("E in a headline")
        if same:
            e.append(f"E in {h}")
        if unit.low:
            e.append(f"W > {unit.low[0]}")
        if other.low:
            e.append(f"W < {other.low[-1]}")
        e.append(f"C {labels[i - 1]}>{label}")
        of_bounds.append(e)
    return of_units, of_bounds


CARRIED = ("ends colon", "holds colon", "initials", "date", "clock", "copyright", "address", "in brackets", "quotes", "ends ", "ago")


def words(unit: Reading) -> list[str]:
    """The words of a unit as features; the fit keeps those that several publishers print."""
    low = unit.low
    if not low:
        return []
    found = [f"W first {low[0]}", f"W last {low[-1]}"]
    if unit.n > 1:
        found += [f"W second {low[1]}", f"W first {low[0]} {low[1]}", f"W last but one {low[-2]}"]
    if unit.n > 2:
        found += [f"W third {low[2]}", f"W first {low[0]} {low[1]} {low[2]}"]
    if unit.n <= 6:
        found.append(f"W all {unit.key}")
    some = set(low[:40])
    found += [f"W {word}" for word in some]
    if unit.n < 12:
        found += [f"W short {word}" for word in some]
    return found


def repeats(units: Sequence[Reading]) -> tuple[list[int], list[int], list[int]]:
    """For each unit how many of its runs of four words stand above it, how many below it, and how many it has."""
    every = [(word, i) for i, unit in enumerate(units) for word in unit.low]
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for k in range(len(every) - 3):
        places[(every[k][0], every[k + 1][0], every[k + 2][0], every[k + 3][0])].append(k)
    early, late, runs = [0] * len(units), [0] * len(units), [0] * len(units)
    for found in places.values():
        for k in found:
            i = every[k][1]
            runs[i] += 1
            if len(found) > 1:
                early[i] += found[0] < k - 8
                late[i] += found[-1] > k + 8
    return early, late, runs
