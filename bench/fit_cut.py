"""Fit the weights of `cleaner.cut` to pairs of a headline and what follows it, for ``cleaner/data/cut.tsv``.

    python bench/fit_cut.py [PAIRS.jsonl.gz]

A line of the pairs is ``{headline, gap, next, publisher, kind, how}``; headline, gap and next are the text to
cut. ``kind`` is ``true`` where the headline really stood before these words, and ``synthetic`` where it was
put before a paragraph of another article. The model is a conditional logit over `cleaner.cut.places`.
It is fitted with every sign that is seen often enough, then with those alone that weigh most, and rounded.

The figures are those of six such models, each for a sixth of the publishers, which it has not seen. The
common words are counted once, over all. All takes some four minutes. Needs numpy and scipy.
"""

import argparse
import array
import collections
import gzip
import json
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from cleaner import cut

PAIRS = Path(__file__).resolve().parents[2] / "shared/cut/pairs.jsonl.gz"
DATA = Path(cut.__file__).with_name("data") / "cut.tsv"
FOLDS = 6
TRUE, SYNTHETIC = 2.0, 0.6  # how much a pair counts
MANY = 800  # true pairs of a publisher; where there are more, each counts less
SMALL, SHARE, CAPITAL = 12, 0.85, 2  # a common word: times in small letters, their share, with a capital
SEEN = 12  # places that have a sign, or it is left out
RIDGE = 1e-5
PATTERNS, WORDS = 700, 4600  # how many signs are kept of these two groups; of all others each is
PATTERN = ("last | next two", "last | next three", "next three and their marks")
WORD = ("last word", "first word behind", "second word behind")
OUTCOMES = ("exact", "too short", "too long")


class Pair(NamedTuple):
    """A text, where what follows the headline starts in it, in which figure it counts, and how much."""

    text: str
    after: int
    publisher: str
    form: str
    weight: float


def read(path):
    """The pairs. Some come in one more form: without a gap, or with a headline cut off with dots."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    counts = collections.Counter(record["publisher"] for record in records if record["kind"] == "true")
    for number, record in enumerate(records):
        true, headline, gap = record["kind"] == "true", record["headline"], record["gap"]
        forms = [(f"{record['kind']}, {'spaced' if gap else 'glued'}", headline + gap)]
        if true and record["how"] == "line" and number % 3 == 0:
            forms.append(("true, joined without gap", headline))
        if number % 10 == 0 and headline.count(" ") > 5:
            dots = headline.rsplit(" ", 2)[0] + ("..." if number % 20 else " ...")
            forms += [("cut off with dots, spaced", dots + " "), ("cut off with dots, glued", dots)]
        weight = TRUE * min(1, MANY / counts[record["publisher"]]) ** 0.5 if true else SYNTHETIC
        for form, text in forms:
            yield Pair(text + record["next"], len(text), record["publisher"], form, weight)


def common_words(pairs):
    """The words that sentences print in small letters, of those that are seen with a capital too."""
    small, capital, seen = collections.Counter(), collections.Counter(), collections.Counter()
    for pair in pairs:
        tokens = pair.text.split()
        headline = len(pair.text[: pair.after].split())
        for number, token in enumerate(tokens):
            word = token.strip(cut.STRIP)
            if not word.isalpha():
                continue
            seen[word.lower()] += cut.kind(word) == "C"
            if number > headline and tokens[number - 1][-1] not in '.?!"”:':
                (small if word.islower() else capital)[word.lower()] += 1
    often = {word: count for word, count in small.items() if count >= SMALL and seen[word] >= CAPITAL}
    return sorted(word for word, count in often.items() if count >= SHARE * (count + capital[word]))


class Table(NamedTuple):
    """The places of all pairs, one a row: its signs, where a pair begins, and which is the true one."""

    has: csr_matrix
    names: list[tuple[str, str | int]]
    places: list[list[int]]
    first: np.ndarray
    true: np.ndarray

    def part(self, chosen):
        """The rows of the chosen pairs, and where each pair begins in them."""
        sizes = np.array([len(self.places[number]) for number in chosen])
        begin = np.cumsum(sizes) - sizes
        rows = np.arange(sizes.sum()) + np.repeat(self.first[chosen] - begin, sizes)
        return self.has[rows], begin


def tabulate(pairs, common):
    """The table of the pairs. A sign that is off is left out."""
    vocabulary, found, bounds = {}, array.array("i"), array.array("q", [0])
    places, first, true = [], [], []
    for pair in pairs:
        first.append(len(bounds) - 1)
        places.append([])
        for after, signs in cut.places(pair.text, 0, len(pair.text), common):
            places[-1].append(after)
            for family, value in zip(cut.FAMILIES, signs, strict=True):
                if value is not False and value != "":
                    sign = family, int(value) if value is True else value
                    found.append(vocabulary.setdefault(sign, len(vocabulary)))
            bounds.append(len(found))
        true.append(places[-1].index(pair.after) if pair.after in places[-1] else -1)
    shape = len(bounds) - 1, len(vocabulary)
    has = csr_matrix((np.ones(len(found), np.float32), np.array(found), np.array(bounds)), shape)
    return Table(has, list(vocabulary), places, np.array(first), np.array(true))


def fit(has, begin, true, weight, start):
    """The weights that make the true places most likely."""
    which = np.repeat(np.arange(len(begin)), np.diff([*begin, has.shape[0]]))
    turned, weight = has.T.tocsr(), weight / weight.sum()
    seen = has[begin + true].T @ weight

    def loss(weights):
        scores = has @ weights
        scores -= np.maximum.reduceat(scores, begin)[which]
        odds = np.exp(scores)
        sums = np.add.reduceat(odds, begin)
        slope = turned @ (odds / sums[which] * weight[which]) - seen
        value = weight @ (np.log(sums) - scores[begin + true])
        return value + RIDGE / 2 * weights @ weights, slope + RIDGE * weights

    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 75, "maxcor": 8}).x


def fitted(table, chosen, weight):
    """The rounded weights, fitted on the chosen pairs: 0 for a sign that is left out."""
    chosen = chosen[table.true[chosen] >= 0]
    has, begin = table.part(chosen)
    counts = np.asarray(has.sum(0)).ravel()
    weights = np.zeros(has.shape[1])
    kept = np.flatnonzero(counts >= SEEN)
    weights[kept] = fit(has[:, kept], begin, table.true[chosen], weight[chosen], weights[kept])
    worth = np.abs(weights) * np.sqrt(counts)
    group = np.array([(family in WORD) + 2 * (family in PATTERN) for family, _ in table.names])
    ranked = [np.flatnonzero(group == number)[np.argsort(-worth[group == number])] for number in (1, 2)]
    kept = np.concatenate([kept[group[kept] == 0], ranked[0][:WORDS], ranked[1][:PATTERNS]])
    start, weights = weights[kept], np.zeros(has.shape[1])
    weights[kept] = fit(has[:, kept], begin, table.true[chosen], weight[chosen], start)
    return np.round(weights * cut.SCALE).astype(int)


def outcomes(table, pairs, chosen, weights):
    """What comes out for each chosen pair."""
    has, begin = table.part(chosen)
    for number, scores in zip(chosen, np.split(has @ weights, begin[1:]), strict=True):
        near = np.flatnonzero(scores > scores.max() - cut.CLOSE * cut.SCALE)
        place, after = table.places[number][near[0]], pairs[number].after
        yield pairs[number].form, OUTCOMES[(place < after) + 2 * (place > after)]


def measured(table, pairs, weight):
    """The figures with publishers left out, as lines."""
    counts = collections.Counter(pair.publisher for pair in pairs if pair.form.startswith("true"))
    ranked = sorted({pair.publisher for pair in pairs}, key=lambda name: (-counts[name], name))
    fold = np.array([ranked.index(pair.publisher) % FOLDS for pair in pairs])
    came = collections.defaultdict(collections.Counter)
    for left in range(FOLDS):
        weights = fitted(table, np.flatnonzero(fold != left), weight)
        for form, outcome in outcomes(table, pairs, np.flatnonzero(fold == left), weights):
            came[form][outcome] += 1
    yield f"{'publishers left out':28}{'pairs':>7}" + "".join(f"{outcome:>11}" for outcome in OUTCOMES)
    for form, counts in sorted(came.items(), reverse=True):
        shares = [counts[outcome] / counts.total() for outcome in OUTCOMES]
        yield f"{form:28}{counts.total():7}" + "".join(f"{share:11.3f}" for share in shares)


def printed(names, weights, common, figures):
    """The file: a section for each family, a sign a row with what it is worth, and the common words."""
    told = "Made by bench/fit_cut.py: what each sign of a place is worth, in eighths of log-odds."
    lines = [f"# {line}" for line in (told, *figures)]
    rows = collections.defaultdict(list)
    for (family, value), worth in zip(names, weights, strict=True):
        if worth:
            rows[family].append((isinstance(value, str), value, worth))
    for family in cut.FAMILIES:
        lines += [f"[{family}]", *(f"{value}\t{worth}" for _, value, worth in sorted(rows[family]))]
    lines += ["[common words]", *textwrap.wrap(" ".join(common), 110, break_on_hyphens=False)]
    return "\n".join(lines) + "\n"


def main():
    """Read the pairs, measure with publishers left out, fit on all, and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    told = "JSON Lines in gzip (default: ../shared/cut/pairs.jsonl.gz)"
    parser.add_argument("pairs", nargs="?", type=Path, default=PAIRS, help=told)
    path = parser.parse_args().pairs
    if not path.is_file():
        print(f"fit_cut.py: there is no file {path}: name the file of the pairs.", file=sys.stderr)
        return 2
    pairs = list(read(path))
    common = common_words(pairs)
    table = tabulate(pairs, frozenset(common))
    weight = np.array([pair.weight for pair in pairs])
    figures = list(measured(table, pairs, weight))
    print("\n".join(figures))
    weights = fitted(table, np.arange(len(pairs)), weight)
    DATA.write_text(printed(table.names, weights, common, figures), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
