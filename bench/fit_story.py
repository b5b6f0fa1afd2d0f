"""Fit the weights of the story's decision on labelled documents; write ``cleaner/data/story-FORM.tsv``.

    python bench/fit_story.py              fit on all documents of ../shared/gold/dev.jsonl, and write
    python bench/accuracy.py --only folds  what comes of it on publishers left out: it fits anew for each fold

The model is a linear chain over the units of a text with two labels, story or not: a conditional random
field, fitted by L-BFGS with a square penalty. Each document is taken as it is and with the claims of half of
its rules left out at random, so that the fit learns to do without. More texts are made of several documents
(``made_texts.py``), and of unlabelled ones, where ../shared/unlabelled is at hand. Claims are made without
what only the document's own group of publishers prints. Needs numpy, scipy and rapidfuzz.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import accuracy
from accuracy import Document
from made_texts import SHORT_STORY, crops, framed, made
from rapidfuzz.distance import Levenshtein

from cleaner import Claim, Page, Pipeline, Span, default
from cleaner.repair import repair
from cleaner.story import KEPT, lines_of, story, weigh
from cleaner.story import form as form_of
from cleaner.story.chain import SCALE, Weights
from cleaner.story.features import names_of_bounds, names_of_units

FORMS = ("content", "page")
SIZE = 5_000  # weights that are kept of each: those with the highest |weight| × √count
PENALTY = 10.0  # with 2 as many documents left out are exact, more lose words, and more new furniture is found
ROUNDS = 60
REFIT = 40
LEAST = 3  # units that have to show a feature
# Times that a document as it is counts, beside the texts that are made of it. With 1 and three made texts 474 of
# 568 documents left out are exact, with 1 and six 467, with 3 and five 475, so 479.
WHOLE = 2
DROPPED = 0.5  # of the rules of a document, in its second copy
UNKNOWN = 0.7  # of the made texts with all their rules: the claims on what is put in are left out
SILVER = 240  # unlabelled texts to fit on
ROWS = 0.6  # of them with rows
ROW, FEWEST_ROWS = 60, 6  # characters of a row, and rows of a text that has some
WORDS = "W "  # how features of words begin: two groups have to show them


class Example(NamedTuple):
    """A text to fit on: its form, its group, the features of its units and bounds, which units are story."""

    form: str
    group: str
    units: list[list[str]]
    bounds: list[list[str]]
    wanted: list[bool]


def fit(train: Sequence[Document], pipelines: Mapping[str, Pipeline]) -> Callable[[Pipeline], Pipeline]:
    """Fit on these documents: give what puts the fitted decision into a pipeline (see `accuracy.Fit`)."""
    found = [example for document in train for example in examples(document, pipelines[document.group])]
    fitted = weights([*found, *composites(train, pipelines), *silver(train, pipelines)])

    def decided(page: Page) -> Iterator[Claim]:
        return story(page, fitted.__getitem__)

    return lambda pipeline: pipeline.replace("story", decided)


@cache
def examples(document: Document, pipeline: Pipeline) -> list[Example]:
    """The examples that a document gives."""
    markers = pipeline.without("story")
    whole = labelled(markers, document.segments)
    found = [example(document.group, *whole)] * WHOLE
    found.append(example(document.group, dropped(whole[0], document.id), whole[1]))
    found += [example(document.group, *labelled(markers, segments)) for segments in crops(document)]
    return [one for one in found if one.wanted]


def composites(train: Sequence[Document], pipelines: Mapping[str, Pipeline]) -> Iterator[Example]:
    """The examples of texts that are made of several documents.

    Every second one is without half of its rules; most others are without the claims on what was put in.
    """
    for document, name, segments, new in made(train):
        page, gold = labelled(pipelines[document.group].without("story"), segments)
        chance = random.Random(name)
        if chance.random() < DROPPED:
            page = dropped(page, name)
        elif chance.random() < UNKNOWN and page.text == "".join(text for _, text in segments):
            page = page.relabelled(
                tuple(
                    Span(*span[:3]) if any(a < span.end and span.start < b for a, b in new) else span
                    for span in page.spans
                )
            )
        one = example(document.group, page, gold)
        if one.wanted:
            yield one


def silver(train: Sequence[Document], pipelines: Mapping[str, Pipeline]) -> Iterator[Example]:
    """Stories of unlabelled texts in a plain frame, and some as they are.

    Most of them have rows, such as tables and lists. The story is what the rules leave of a scraper's field.
    Texts of groups that are left out are not among them.
    """
    groups = {document.publisher: document.group for document in train}
    chance = random.Random(9)
    left = {True: int(SILVER * ROWS), False: SILVER - int(SILVER * ROWS)}
    for record in unlabelled():
        group = groups.get(record["publisher"], record["publisher"])
        if group in pipelines and group not in groups.values():
            continue
        rows = sum(0 < len(line.strip()) < ROW for line in record["text"].split("\n")) >= FEWEST_ROWS
        if not left[rows]:
            continue
        pipeline = pipelines.get(group, default()).without("story")
        story = pipeline(record["text"]).body
        if len(story) < SHORT_STORY:
            continue
        left[rows] -= 1
        if chance.random() < 0.5:
            story = story.replace("\n\n", "\n")
        yield example(group, *labelled(pipeline, framed([("body", story)], chance, chance.choice(train))))
        if chance.random() < 0.4:
            yield example(group, *labelled(pipeline, [("body", story)]))


def unlabelled(*, fitted: bool = True) -> Iterator[dict[str, str]]:
    """Content fields of several lines without labels, in an order drawn by a seed.

    It is every second one: the others are left for measuring, and never ``fitted`` on.
    """
    found = [
        record for file in sorted((accuracy.SHARED / "unlabelled").glob("*.jsonl.gz"))
        for record in accuracy.records(file)
    ]
    random.Random(9).shuffle(found)
    for record in found:
        text = record["text"]
        lines = record["shape"] == "content" and text.count("\n") >= 3 and len(text) > SHORT_STORY
        if lines and crc32(text.encode()) % 2 != fitted:
            yield record


def labelled(pipeline: Pipeline, segments: Iterable[tuple[str, str]]) -> tuple[Page, list[str]]:
    """The page with the claims of a pipeline, and for each character its label in gold."""
    raw = "".join(text for _, text in segments)
    gold = [label for label, text in segments for _ in text]
    text = repair(raw)
    page = claimed(pipeline, text)
    if raw == text:
        return page, gold
    moved: list[str] = []
    for step in Levenshtein.opcodes(raw, text):
        moved.extend(
            gold[min(step.src_start + at, max(step.src_end - 1, step.src_start), len(gold) - 1)]
            for at in range(step.dest_end - step.dest_start)
        )
    return page, moved


def claimed(pipeline: Pipeline, text: str) -> Page:
    """The page with the claims of a pipeline, which may be one of a second copy of the package."""
    spans = sys.modules[type(pipeline).__module__.partition(".")[0] + ".spans"]
    page = spans.Page(text)
    for filter in pipeline.filters:
        page = spans.settle(page, filter(page))
    return Page(text).relabelled(tuple(Span(*span) for span in page.spans))


def example(group: str, page: Page, gold: Sequence[str]) -> Example:
    """The example that a page with its claims gives."""
    if not page.text.strip():
        return Example("", group, [], [], [])
    lines = lines_of(page)
    found = weigh(page, lines)
    wanted = []
    for start, end in pairwise([*found.starts, len(page.text)]):
        counts = Counter(
            label for label, sign in zip(gold[start:end], page.text[start:end], strict=True) if sign.isalnum()
        )
        label = counts.most_common(1)[0][0] if counts else gold[start]
        wanted.append(label in KEPT)
    units = [list(map(sys.intern, names)) for names in names_of_units(found)]
    bounds = [list(map(sys.intern, names)) for names in names_of_bounds(found)]
    return Example(form_of(lines), group, units, bounds, wanted)


def dropped(page: Page, seed: str) -> Page:
    """The page without the claims of half of its rules, drawn by the seed."""
    chance = random.Random(f"5 {seed}")
    names = sorted({span.rule for span in page.spans if span.label})
    gone = {name for name in names if chance.random() < DROPPED}
    return page.relabelled(tuple(Span(*span[:3]) if span.rule in gone else span for span in page.spans))


# ── the fit ─────────────────────────────────────────────────────────────────────────────────────────────────


def weights(found: Sequence[Example]) -> dict[str, Weights]:
    """The weights for each form, as whole numbers: fitted, the least important left out, and fitted again."""
    return {form: chain([one for one in found if one.form == form]) for form in FORMS}


def vocabulary(found: Sequence[Example], key: str) -> dict[str, int]:
    """The features that are looked at, each with a number.

    They are those that some units show; words only if two groups print them.
    """
    group: dict[str, str] = {}
    several: set[str] = set()
    times: Counter[str] = Counter()
    for one in found:
        for names in getattr(one, key):
            times.update(names)
            for name in names:
                if name.startswith(WORDS) and group.setdefault(name, one.group) != one.group:
                    several.add(name)
    kept = sorted(
        name for name, n in times.items() if (name in several if name.startswith(WORDS) else n >= LEAST)
    )
    return {name: number for number, name in enumerate(kept)}


def chain(found: Sequence[Example]) -> Weights:
    """The weights of one form."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    found = sorted(found, key=lambda one: -len(one.units))
    sizes = np.array([len(one.units) for one in found])
    counts = [int((sizes > place).sum()) for place in range(sizes[0])]
    at = np.concatenate([[0], np.cumsum(counts)])
    starts = np.concatenate([[0], np.cumsum(sizes)])
    # The units of all texts side by side: first all first units, then all second ones, and so on.
    order = np.concatenate([starts[:n] + place for place, n in enumerate(counts)])

    def matrix(key: str, known: dict[str, int]):
        rows = [
            [known[name] for name in names if name in known] for one in found for names in getattr(one, key)
        ]
        ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
        numbers = np.array([number for row in rows for number in row], np.int32)
        return csr_matrix(
            (np.ones(len(numbers), np.float32), numbers, ends), shape=(len(rows), len(known))
        )[order]

    units, bounds = vocabulary(found, "units"), vocabulary(found, "bounds")
    x, e = matrix("units", units), matrix("bounds", bounds)
    xt, et = x.T.tocsr(), e.T.tocsr()
    y = np.array([value for one in found for value in one.wanted], float)[order]
    before = np.zeros(len(y))
    for place in range(1, len(counts)):
        n = counts[place]
        before[at[place] : at[place] + n] = y[at[place - 1] : at[place - 1] + n]
    enters, leaves = (1 - before) * y, before * (1 - y)
    enters[: counts[0]] = leaves[: counts[0]] = 0
    nu, ne = len(units), len(bounds)
    seen = np.concatenate([xt @ y, et @ enters, et @ leaves])

    def loss(w):
        u, enter, leave = x @ w[:nu], e @ w[nu : nu + ne], e @ w[nu + ne :]
        z, inside, entering, leaving = marginals(u, enter, leave, counts, at)
        value = z - u @ y - enter @ enters - leave @ leaves + PENALTY / 2 * (w @ w)
        return value, np.concatenate([xt @ inside, et @ entering, et @ leaving]) - seen + PENALTY * w

    w = minimize(
        loss, np.zeros(nu + 2 * ne), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS, "maxcor": 8}
    ).x
    often = np.concatenate([np.asarray(x.sum(0)).ravel(), *[np.asarray(e.sum(0)).ravel()] * 2])
    keep = np.zeros(len(w))
    keep[np.argsort(-np.abs(w) * np.sqrt(often))[:SIZE]] = 1

    def pruned(w):
        value, slope = loss(w * keep)
        return value, slope * keep

    w = minimize(
        pruned, w * keep, jac=True, method="L-BFGS-B", options={"maxiter": REFIT, "maxcor": 8}
    ).x * keep
    whole = np.rint(w * SCALE).astype(int)
    inside = {name: int(whole[number]) for name, number in units.items() if whole[number]}
    pairs = {name: (int(whole[nu + number]), int(whole[nu + ne + number])) for name, number in bounds.items()}
    return Weights(inside, {name: pair for name, pair in pairs.items() if any(pair)})


def marginals(u, enter, leave, counts, at):
    """The logarithm of the sum over all answers, and how likely each unit is story, entered and left."""
    import numpy as np

    def here(place):
        return slice(at[place], at[place] + counts[place])

    def above(place):
        return slice(at[place - 1], at[place - 1] + counts[place])

    both = np.logaddexp
    out, into = np.zeros(len(u)), np.zeros(len(u))
    into[here(0)] = u[here(0)]
    for place in range(1, len(counts)):
        now, last = here(place), above(place)
        out[now] = both(out[last], into[last] + leave[now])
        into[now] = both(out[last] + enter[now], into[last]) + u[now]
    out_back, into_back = np.zeros(len(u)), np.zeros(len(u))
    for place in range(len(counts) - 1, 0, -1):
        now, last = here(place), above(place)
        story = u[now] + into_back[now]
        out_back[last] = both(out_back[now], enter[now] + story)
        into_back[last] = both(leave[now] + out_back[now], story)
    z = both(out + out_back, into + into_back)
    entering, leaving = np.zeros(len(u)), np.zeros(len(u))
    for place in range(1, len(counts)):
        now, last = here(place), above(place)
        entering[now] = np.exp(out[last] + enter[now] + u[now] + into_back[now] - z[now])
        leaving[now] = np.exp(into[last] + leave[now] + out_back[now] - z[now])
    return z[: counts[0]].sum(), np.exp(into + into_back - z), entering, leaving


def write(fitted: Weights, form: str, figures: str) -> None:
    """Write the weights of a form to its data file."""
    head = [
        (
            f"# Weights of the story's decision for texts of the form {form!r}, written by "
            f"bench/fit_story.py: {figures}."
        ),
        (
            "# A feature of a unit and its weight, or one of a bound and its weights for entering and "
            f"leaving the story; {SCALE} is 1."
        ),
    ]
    rows = [f"{name}\t{number}" for name, number in sorted(fitted.inside.items())]
    rows += [f"{name}\t{a}\t{b}" for name, (a, b) in sorted(fitted.bound.items())]
    file = Path(__file__).parent.parent / "cleaner" / "data" / f"story-{form}.tsv"
    file.write_text("\n".join([*head, *rows]) + "\n", "utf-8")


def main() -> int:
    """Fit on all documents, and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=accuracy.SHARED / "gold" / "dev.jsonl")
    options = parser.parse_args()
    if not options.gold.exists():
        print(
            f"{options.gold} is not there: the fit needs labelled documents, name them with --gold",
            file=sys.stderr,
        )
        return 2
    gold = accuracy.documents(options.gold)
    pipelines = accuracy.unknowing(tuple(gold))
    found = [one for document in gold for one in examples(document, pipelines[document.group])]
    found += [*composites(gold, pipelines), *silver(gold, pipelines)]
    for form, fitted in weights(found).items():
        used = sum(one.form == form for one in found)
        write(fitted, form, f"{used} texts made of {len(gold)} documents, penalty {PENALTY:g}")
        print(
            f"{form}: {used} texts, {len(fitted.inside)} weights of units "
            f"and {len(fitted.bound)} pairs of bounds"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
