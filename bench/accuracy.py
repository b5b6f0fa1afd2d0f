"""How right the cleaner is: on the documents it was built with, on groups left out, and beside other tools.

    python bench/accuracy.py                          table, masks and removals, on the gold documents, or on corpus/
    python bench/accuracy.py --only folds             publishers left out: it fits for some minutes
    python bench/accuracy.py --only table --worst 5   one section, with the five worst documents of each shape
    python bench/accuracy.py --only removals --sample 300 --sample-to removed.txt
    python bench/accuracy.py --bars bench/bars.toml   with status 1 where a figure fell below its bar
    python bench/accuracy.py --only peers             other tools beside it, those that are installed

The sections: ``table`` (the default pipeline), ``folds`` (each group of publishers as if it had never been
seen), ``masks`` (pages that lack what pages usually have), ``frames`` (stories in plain pages), ``removals`` (what goes from texts that nobody
labelled) and ``peers``. ``bench/README.md`` says how each is measured. Needs rapidfuzz, and for the folds numpy and scipy.
"""

import argparse
import gzip
import html
import json
import logging
import os
import random
import re
import statistics
import sys
import time
import tomllib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from importlib import import_module, metadata
from importlib.util import find_spec
from itertools import groupby, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from left_out import without as package_without
from rapidfuzz.distance import LCSseq, Levenshtein

import cleaner
from cleaner import FURNITURE, Article, Page, Pipeline, Rule, default, margin, rules
from cleaner.dates import WHEN
from cleaner.filters import BY_WORDS
from cleaner.publishers import of
from cleaner.repair import BYTES, decoded, repair
from cleaner.rules import Rules
from cleaner.spans import Evidence

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
BARS = f"{ROOT}/bench/bars.toml"
SHAPES = ("content", "flat", "page")
SECTIONS = ("table", "masks", "removals")  # `folds`, which fits for minutes, and `peers` only on request
BASELINE = Path(__file__).with_name("baseline.json")
SEED = 7
FOLDS = 5
FRAMES = Path(__file__).with_name("frames.toml")
FRAMED = 600  # unlabelled stories that are put into each frame


# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Document(NamedTuple):
    """A labelled text: its segments, a label and a text each, joined in order give it to the character."""

    id: str
    publisher: str
    shape: str
    segments: tuple[tuple[str, str], ...]
    group: str  # the publisher, or its network: it is seen or left out as a whole
    fold: int  # in which its group is left out
    part: str = ""  # the rules were written on the documents of "old", and nobody has read those of "score"

    @property
    def text(self) -> str:
        """The text that the cleaner gets to see."""
        return "".join(text for _, text in self.segments)

    def texts(self, *labels: str) -> list[str]:
        """The texts of the segments under these labels."""
        return [text for label, text in self.segments if label in labels]


def documents(path: Path) -> list[Document]:
    """The labelled documents of a JSON Lines file, or of a folder with pages in the margin format."""
    if path.is_dir():
        return [page(file) for file in sorted(path.rglob("*.txt"))]
    return [document(**record) for record in records(path)]


def document(id: str, publisher: str, shape: str, segments: Iterable[Sequence[str]], **more: Any) -> Document:
    """A document from the fields of its record. A record without group and fold is a group by itself."""
    group = more.get("group", publisher)
    fold = more.get("fold", crc32(group.encode()) % FOLDS)
    pairs = tuple((label, text) for label, text in segments)
    return Document(id, publisher, shape, pairs, group, fold, more.get("part", ""))


def records(path: Path) -> list[Any]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in unpacked(path).splitlines() if line.strip()]


def unpacked(path: Path) -> bytes:
    """What a file holds, unpacked if it is packed."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def page(file: Path) -> Document:
    """A page in the margin format, below a head of lines such as ``# shape: flat``."""
    head, _, rows = file.read_text("utf-8").partition("\n\n")
    fields = dict(line.removeprefix("# ").split(": ", 1) for line in head.split("\n"))
    return document(file.stem, fields["publisher"], fields["shape"], margin.read(rows.removesuffix("\n")))


# ── the measure ─────────────────────────────────────────────────────────────────────────────────────────────────────

WORD = re.compile(r"\w+")
FREE = ("dateline", "deck")  # to keep or to strip them is a choice: never lost, never leaked
SAME = dict.fromkeys(("related", "readmore", "nav"), "link")  # labels that may stand for one another
LATER = {"later captions": "caption", "later credits": "credit"}  # of the photos behind the first
JOINED = tuple(dict.fromkeys(SAME.get(label, label) for label in FURNITURE))  # the labels of furniture
FIELDS = ("title", "kicker", "date", "byline", "deck", "dateline", "caption", "credit", *LATER)
LOSSY = 0.03  # of the words of a story: a sentence of some thirty
CONFUSIONS = 8  # pairs of labels that are shown
EXCERPT = 14  # words of what was lost or leaked that are shown


def words(text: str) -> list[str]:
    """The words of a text as they are compared: without case, signs, entities and bytes that are written out.

    >>> words("Harga naik, kata Wati &amp; Budi.")
    ['harga', 'naik', 'kata', 'wati', 'budi']
    """
    return WORD.findall(html.unescape(BYTES.sub(decoded, text)).casefold())


def story(document: Document, *labels: str) -> list[str]:
    """The words under these labels; two segments never share a word."""
    return words("\n".join(document.texts(*labels)))


def said(text: str) -> str:
    """A text as fields are compared."""
    return " ".join(words(text))


def stamp(text: str) -> str:
    """A date as dates are compared: from the day to the zone, without "Posted on" and the like."""
    found = WHEN.search(text)
    return said(found.group() if found else text)


class Score(NamedTuple):
    """How near an answer came to a document. Counts are words."""

    document: Document
    precision: float
    recall: float
    f1: float
    gold: int
    given: int
    kept: int  # of gold's words
    right: int  # of the words given
    fields: dict[str, tuple[bool, bool]]  # whether gold has one, and whether the answer is right
    labels: Counter[tuple[str, str]]  # words by gold's label and ours
    lost: str  # the first words that were lost, and those that leaked
    leaked: str

    @property
    def exact(self) -> bool:
        """Whether the body is right to the word."""
        return self.precision == self.recall == 1

    @property
    def lossy(self) -> bool:
        """Whether so much of the story is missing that a reader would miss it."""
        return self.kept < (1 - LOSSY) * self.gold


def score(document: Document, body: str, parts: dict[str, str] | None = None, article: Article | None = None) -> Score:
    """Score a body, and where they are given the parts by their names and the labels of the article.

    Precision and recall are shares of the longest common subsequence of words. The free words count for precision only.
    """
    needed = story(document, "body")
    allowed = story(document, "body", *FREE)
    given = _unglued(document, words(body))
    kept = LCSseq.similarity(needed, given)
    right = LCSseq.similarity(allowed, given)
    precision = right / len(given) if given else float(not needed)
    recall = kept / len(needed) if needed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    lost = leaked = ""
    if not precision == recall == 1:
        missing = [op for op in LCSseq.opcodes(needed, given) if op.tag != "equal"]
        added = [op for op in LCSseq.opcodes(allowed, given) if op.tag != "equal"]
        lost = _excerpt(word for op in missing for word in needed[op.src_start : op.src_end])
        leaked = _excerpt(word for op in added for word in given[op.dest_start : op.dest_end])
    fields = {name: _field(document, name, answer) for name, answer in (parts or {}).items()}
    counts = counted(document, article) if article else Counter()
    sizes = len(needed), len(given), kept, right
    return Score(document, precision, recall, f1, *sizes, fields, counts, lost, leaked)


def _unglued(document: Document, given: list[str]) -> list[str]:
    """The words given, with those in two that are one only because a dateline or deck is glued to what it stands before.

    "TEMPO.CO, JakartaWarga pulang": a body without the dateline begins with "Warga", one that keeps it holds "JakartaWarga".
    """
    for (above, text), (label, rest) in zip(document.segments, document.segments[1:], strict=False):
        if (label in FREE or (label == "body" and above in FREE)) and text[-1:].isalnum() and rest[:1].isalnum():
            pair = [words(text)[-1], words(rest)[0]]
            if "".join(pair) in given and pair[0] not in given[:8]:
                at = given.index("".join(pair))
                given = given[:at] + pair + given[at + 1 :]
    return given


def answers(article: Article) -> dict[str, str]:
    """What the article gives for each field. Those that are no parts of it are read from its spans."""

    def spans(label: str) -> str:
        return " ".join(span.text for span in article.spans if span.label == label)

    later = article.captions[1:]
    names = [name for name in FIELDS if name not in LATER]
    return {
        **{name: getattr(article, name) if hasattr(article, name) else spans(name) for name in names},
        "later captions": " ".join(caption for caption, _ in later),
        "later credits": " ".join(credit for _, credit in later),
    }


def _field(document: Document, name: str, answer: str) -> tuple[bool, bool]:
    """Whether gold has the field, and whether the answer is right: gold's first, or all of them as one."""
    form = stamp if name == "date" else said
    texts = document.texts(LATER.get(name, name))[name in LATER :]
    if not texts:
        return False, not said(answer)
    accepted = {form(texts[0])} if name not in LATER else set()
    if name != "title":
        accepted.add(said(" ".join(texts)))
    return True, form(answer) in accepted


def counted(document: Document, article: Article) -> Counter[tuple[str, str]]:
    """The words of the document, counted by gold's label and ours; without those that repair took off."""
    counts: Counter[tuple[str, str]] = Counter()
    place = _places(document.text, article.text)
    starts = [span.start for span in article.spans]
    at = 0
    for label, text in document.segments:
        for word in WORD.finditer(text):
            there = place(at + word.start())
            if there is not None:
                counts[label, article.spans[bisect_right(starts, there) - 1].label] += 1
        at += len(text)
    return counts


def _places(text: str, repaired: str) -> Callable[[int], int | None]:
    """Where a place of the text is found after repair; None if it is not."""
    if text == repaired:
        return lambda at: at
    blocks = Levenshtein.opcodes(text, repaired)
    starts = [block.src_start for block in blocks]

    def place(at: int) -> int | None:
        block = blocks[bisect_right(starts, at) - 1]
        if block.tag == "delete":
            return None
        return max(min(block.dest_start + at - block.src_start, block.dest_end - 1, len(repaired) - 1), 0)

    return place


def _excerpt(found: Iterable[str]) -> str:
    found = list(found)
    return " ".join(found[:EXCERPT]) + (f" … {len(found)} words" if len(found) > EXCERPT else "")


def measure(pipeline: Pipeline, gold: Iterable[Document]) -> list[Score]:
    """The scores of a pipeline."""
    scores = []
    for document in gold:
        article = pipeline(document.text)
        scores.append(score(document, article.body, answers(article), article))
    return scores


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────


Figures = dict[str, dict[str, float]]  # of a section: by the names of its rows and columns


class Row(NamedTuple):
    """A row of figures, in the order of the columns."""

    precision: float
    recall: float
    f1: float
    exact: float
    lost: float
    leak: float


def figures(scores: Sequence[Score]) -> Row:
    """Means over the documents; lost and leak are shares of all their words."""
    gold, given, kept, right = (sum(getattr(s, name) for s in scores) for name in ("gold", "given", "kept", "right"))
    precision, recall, f1, exact = (statistics.fmean(getattr(s, name) for s in scores) for name in ("precision", "recall", "f1", "exact"))
    return Row(precision, recall, f1, exact, lost=(gold - kept) / max(gold, 1), leak=(given - right) / max(given, 1))


def by_shape(scores: Sequence[Score]) -> Iterator[tuple[str, list[Score]]]:
    """The scores of each shape, and of all."""
    for shape in SHAPES:
        if group := [s for s in scores if s.document.shape == shape]:
            yield shape, group
    yield "all", list(scores)


def by_part(scores: Sequence[Score]) -> Iterator[tuple[str, list[Score]]]:
    """The scores of each part of each shape, and of each shape and all."""
    for shape, group in by_shape(scores):
        parts = sorted({s.document.part for s in group})
        for part in parts if shape != "all" and len(parts) > 1 else ():
            yield f"{shape} {part}", [s for s in group if s.document.part == part]
        yield shape, group


HEAD = f"{'':22}{'n':>5} {'P':>7} {'R':>7} {'F1':>7} {'exact':>6} {'lost':>7} {'leak':>7}"


def line(name: str, n: int, row: Row) -> str:
    """A row as it is printed, without what follows the body's figures."""
    shares = f"{row.precision:>7.4f} {row.recall:>7.4f} {row.f1:>7.4f} {row.exact:>6.3f}"
    return f"{name:22}{n:>5} {shares} {row.lost:>7.4f} {row.leak:>7.4f}"


def field(scores: Sequence[Score], name: str) -> tuple[int, int, int]:
    """How many documents have the field, how many of these are right, and how many false positives there are."""
    answers = Counter(s.fields[name] for s in scores)
    return answers[True, True] + answers[True, False], answers[True, True], answers[False, False]


def counts(scores: Sequence[Score]) -> Counter[tuple[str, str]]:
    """The words of all documents by gold's label and ours; labels that may stand for one another are one."""
    joined: Counter[tuple[str, str]] = Counter()
    for s in scores:
        for (gold, ours), n in s.labels.items():
            joined[SAME.get(gold, gold), SAME.get(ours, ours)] += n
    return joined


def label_share(scores: Sequence[Score]) -> float:
    """The share of gold's furniture words that carry gold's label; those that leaked do not."""
    return share({pair: n for pair, n in counts(scores).items() if pair[0] in JOINED})[0]


def removed_share(scores: Sequence[Score], *labels: str) -> tuple[float, int]:
    """Of the words removed under these labels, or any, the share with gold's label; and how many they are."""
    return share({pair: n for pair, n in counts(scores).items() if pair[1] in (labels or JOINED)})


def share(counts: dict[tuple[str, str], int]) -> tuple[float, int]:
    """The share of the words whose two labels are one, and how many words there are."""
    words = sum(counts.values())
    return sum(n for (gold, ours), n in counts.items() if gold == ours) / max(words, 1), words


def print_scores(scores: Sequence[Score], worst: int) -> Figures:
    """The tables by shape, and the worst documents of each shape. What it gives back are the figures."""
    print(HEAD)
    for shape, group in by_shape(scores):
        print(line(shape, len(group), figures(group)))
    print_fields(scores)
    print_labels(scores)
    print_worst(scores, worst)
    return {shape: named(group) for shape, group in by_shape(scores)}


def print_fields(scores: Sequence[Score]) -> None:
    """For each field, by shape: how many are right of those that gold has, and how many it has not."""

    def cell(name: str, group: Sequence[Score]) -> str:
        has, right, false = field(group, name)
        return f"{right} of {has}" + (f" +{false}fp" if false else "")

    print_cells("fields", scores, {name: partial(cell, name) for name in FIELDS})


def print_labels(scores: Sequence[Score]) -> None:
    """Of the words removed, by shape and our label, the share with gold's label; and how many words."""

    def cell(labels: Sequence[str], group: Sequence[Score]) -> str:
        right, words = removed_share(group, *labels)
        return f"{right:.3f} of {words}" if words else ""

    rows = {"words removed": partial(cell, JOINED), **{label: partial(cell, (label,)) for label in JOINED}}
    print_cells("labels", scores, {**rows, "furniture of gold": lambda group: f"{label_share(group):.3f}"})
    furniture = set(JOINED)
    pairs = ((*pair, n) for pair, n in counts(scores).most_common() if furniture & set(pair))
    wrong = [f"{gold} → {ours} {n}" for gold, ours, n in pairs if gold != ours]
    print("  taken for others: " + ", ".join(wrong[:CONFUSIONS]))


Cell = Callable[[Sequence[Score]], str]


def print_cells(title: str, scores: Sequence[Score], rows: Mapping[str, Cell]) -> None:
    """A table with a column for each shape."""
    groups = dict(by_shape(scores))
    print(f"\n  {title:20}" + "".join(f"{shape:>18}" for shape in groups))
    for name, cell in rows.items():
        print(f"{name:22}" + "".join(f"{cell(group):>18}" for group in groups.values()))


def named(scores: Sequence[Score]) -> dict[str, float]:
    """The figures of a row by the names that they have in ``bars.toml``."""
    found = {**figures(scores)._asdict(), "labels": label_share(scores), "removed": removed_share(scores)[0]}
    for name in FIELDS:
        has, right, false = field(scores, name)
        found |= {name: right / has if has else 1.0, f"false {name}": false / len(scores)}
    return found


def missed(bars: dict[str, Any], found: Figures) -> Iterator[str]:
    """The bars of a section that its figures do not reach.

    >>> bars = {"page": {"least": {"exact": 0.9}, "most": {"lost": 0.002}}}
    >>> list(missed(bars, {"page": {"exact": 0.85, "lost": 0.001}}))
    ['page exact 0.8500 (wanted 0.9)']
    """
    for row in (row for row in bars if row in found):
        for side, wanted in bars[row].items():
            for name, bar in wanted.items():
                got = found[row][name]
                if got < bar if side == "least" else got > bar:
                    yield f"{row} {name} {got:.4f} (wanted {bar})"


def print_missed(bars: Iterable[str]) -> None:
    """The bars that are missed, one a line."""
    for bar in bars:
        print(f"  below the bar: {bar}")


def print_worst(scores: Sequence[Score], worst: int) -> None:
    """The documents of each shape that came out worst, with the words that were lost and that leaked."""
    for shape, group in by_shape(scores):
        if shape == "all":
            continue
        for s in sorted((s for s in group if not s.exact), key=lambda s: (s.f1, s.document.id))[:worst]:
            print(f"  {shape:8}{s.f1:.3f} P {s.precision:.3f} R {s.recall:.3f} {s.document.id}")
            for what, excerpt in (("lost", s.lost), ("leaked", s.leaked)):
                if excerpt:
                    print(f"          {what}: {excerpt}")


# ── without what it knows ───────────────────────────────────────────────────────────────────────────────────────────

PHRASES = ("line", "start", "inside", "sentence")
NOTHING: dict[str, Any] = {"pattern": "", "first": (), **dict.fromkeys(PHRASES, ())}  # what a rule looks for that looks for nothing


def singly(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The same rules, each phrase and each pattern a rule of its own, under the old names."""
    single: list[Rule] = []
    for rule in rules:
        single += [rule._replace(**{**NOTHING, key: (phrase,)}) for key in PHRASES for phrase in getattr(rule, key)]
        if rule.pattern:
            single.append(rule._replace(**{**NOTHING, "pattern": rule.pattern, "first": rule.first}))
    return tuple(single)


def printed(single: Sequence[Rule], gold: Iterable[Document]) -> set[int]:
    """Which of the single rules, by their numbers, find something in these documents.

    One phrase can hide behind another, so those that have fired are put aside and the documents are read again, until none fires.
    """
    pages = [Page(repair(document.text)) for document in gold]
    found: set[int] = set()
    while True:
        left = Rules(tuple(rule._replace(name=str(number)) for number, rule in enumerate(single) if number not in found))
        fired = {int(claim.rule) for page in pages for claim in left(page)}
        if not fired:
            return found
        found |= fired


def unseen(gold: Iterable[Document], everything: Iterable[Rule]) -> dict[str, Rules]:
    """For each group the rules as if none of its documents had ever been seen.

    The files of its publishers are off, and so is every phrase and pattern that it alone prints.
    """
    single = singly(everything)
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in gold:
        groups[document.group].append(document)
    found = {group: printed(single, few) for group, few in groups.items()}
    times = Counter(number for numbers in found.values() for number in numbers)
    rest = {}
    for group, few in groups.items():
        gone = {single[number] for number in found[group] if times[number] == 1}
        if own := own_files(few):
            gone.update(singly(rules(*own).rules))
        rest[group] = Rules(tuple(rule for rule in single if rule not in gone))
    return rest


def own_files(few: Iterable[Document]) -> list[str]:
    """The files of the publishers of these documents, and of their networks."""
    names = {name for document in few for name in (document.publisher, document.group)}
    return sorted({file for name in names for file in of(name)})


# ── folds ─────────────────────────────────────────────────────────────────────────────────────────────────────


Fit = Callable[[Sequence[Document], Mapping[str, Pipeline]], Callable[[Pipeline], Pipeline]]
"""What fits something on documents. It gets those of four folds, and for each group the default pipeline as if
the group had never been seen. It gives what puts the thing fitted into such a pipeline. The claims on a document
of the fit have to come from its own group's pipeline, or it trusts phrases that a new publisher lacks.
"""


def unfitted(train: Sequence[Document], pipelines: Mapping[str, Pipeline]) -> Callable[[Pipeline], Pipeline]:
    """Nothing is fitted: the pipeline as it is."""
    return lambda pipeline: pipeline


def left_out(gold: Sequence[Document], fit: Fit) -> Iterator[Score]:
    """The score of each document, cleaned from its text alone by what knows nothing of its group."""
    numbers = sorted({document.fold for document in gold})
    with ProcessPoolExecutor(min(len(numbers), os.cpu_count() or 1), get_context("fork")) as workers:
        for scores in workers.map(partial(fold, tuple(gold), fit), numbers):
            yield from scores


def fold(gold: tuple[Document, ...], fit: Fit, number: int) -> list[Score]:
    """The scores of the documents of one fold, by what was fitted on the others."""
    pipelines = unknowing(gold)
    finished = fit([document for document in gold if document.fold != number], pipelines)
    return [
        score(document, finished(pipelines[document.group])(document.text).body)
        for document in gold
        if document.fold == number
    ]


@cache
def unknowing(gold: tuple[Document, ...]) -> dict[str, Pipeline]:
    """For each group of publishers the default pipeline as if the group had never been seen."""
    pipelines = {}
    for group, rest in unseen(gold, rules().rules).items():
        own = own_files(document for document in gold if document.group == group)
        package = package_without(*own) if own else cleaner  # the names in those files are off in the grammars too
        pipelines[group] = package.default().replace("rules", Evidence(rest, BY_WORDS))
    return pipelines


# ── masks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

CLOSING = ("signoff", "tags", "legal", "related")
BROKEN = 0.3  # of the body's lines
WIDTH = 80
BLANK = re.compile(r"(?<=\S)[^\S\n]+(?=\S)")
WRAP = re.compile(rf"(?=[^\n]{{{WIDTH + 1}}})([^\n]{{0,{WIDTH - 1}}}\S)[^\S\n]")  # the last blank that lets a line end in time


def without(*labels: str) -> Callable[[Document, random.Random], Document]:
    """A mask: the segments under these labels are gone."""
    return lambda document, rng: _joined(document, [(label, "" if label in labels else text) for label, text in document.segments])


def without_closings(document: Document, rng: random.Random) -> Document:
    """A mask: behind the first paragraph, the first line of each segment is gone that closes a story, headings of lists among them."""
    first = next((number for number, (label, _) in enumerate(document.segments) if label == "body"), len(document.segments))
    return _joined(document, [(label, _behind_first_line(text) if number > first and label in CLOSING else text) for number, (label, text) in enumerate(document.segments)])


def _behind_first_line(text: str) -> str:
    return text.lstrip().partition("\n")[2]


def _joined(document: Document, segments: Sequence[tuple[str, str]]) -> Document:
    """The document with shorter segments: where the end of a line went, the text before it still ends its line."""
    joined: list[tuple[str, str]] = []
    for (_, old), (label, text) in zip(document.segments, segments, strict=True):
        if len(text) < len(old) and "\n" in old and joined and not joined[-1][1].endswith("\n"):
            joined[-1] = (joined[-1][0], joined[-1][1] + "\n")
        if text:
            joined.append((label, text))
    return document._replace(segments=tuple(joined))


def broken(document: Document, rng: random.Random) -> Document:
    """A mask: lines of the body are broken at a blank, as links break them in the text that crawlers keep."""

    def torn(text: str) -> str:
        blanks = list(BLANK.finditer(text))
        if not blanks or rng.random() >= BROKEN:
            return text
        blank = rng.choice(blanks)
        return text[: blank.start()] + "\n" + text[blank.end() :]

    return document._replace(segments=tuple((label, "\n".join(map(torn, text.split("\n"))) if label == "body" else text) for label, text in document.segments))


def wrapped(document: Document, rng: random.Random) -> Document:
    """A mask: no line is wider than 80 characters, as text browsers print pages. A blank becomes the end of a line, so nothing moves."""
    text = WRAP.sub(r"\1\n", document.text)
    segments, at = [], 0
    for label, old in document.segments:
        segments.append((label, text[at : at + len(old)]))
        at += len(old)
    return document._replace(segments=tuple(segments))


def lowered(document: Document, rng: random.Random) -> Document:
    """A mask: there are no capitals."""
    return document._replace(segments=tuple((label, text.lower()) for label, text in document.segments))


MASKS: dict[str, Callable[[Document, random.Random], Document]] = {
    "no datelines": without("dateline"),
    "no dates": without("date"),
    "no titles": without("title"),
    "no closing markers": without_closings,
    "broken at links": broken,
    "wrapped at 80": wrapped,
    "lower case": lowered,
}


# ── what goes from texts that nobody labelled ───────────────────────────────────────────────────────────────────────


class Removal(NamedTuple):
    """Neighbouring spans that one rule took from the body under one label."""

    start: int
    end: int
    label: str
    rule: str


def removals(article: Article) -> Iterator[Removal]:
    """What the pipeline took from the body: furniture, and what it calls caption, credit, title and so on."""
    for (label, rule), run in groupby(article.spans, key=lambda span: (span.label, span.rule)):
        spans = list(run)
        if label not in ("body", "dateline"):
            yield Removal(spans[0].start, spans[-1].end, label, rule)


AROUND = 60  # characters of context on both sides
SHOWN = 400  # characters of a removal that are shown


def shown(id: str, text: str, removal: Removal) -> str:
    """A removal for people to read, in one line, with the text around it."""
    inside = text[removal.start : removal.end]
    if len(inside) > SHOWN:
        inside = inside[: SHOWN // 2] + f" [… {len(inside) - SHOWN} …] " + inside[-SHOWN // 2 :]
    before, after = text[max(removal.start - AROUND, 0) : removal.start], text[removal.end : removal.end + AROUND]
    return f"{id}\t{removal.label}\t{removal.rule}\t{before}⟦{inside}⟧{after}".replace("\r", "").replace("\n", "⏎")


# ── other tools ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Peer(NamedTuple):
    """A tool: what it reads ("html" or "text"), the package that it needs, and how it is asked for the body."""

    name: str
    reads: str
    package: str
    ask: Callable[[str], str]


def ours(text: str) -> str:
    """The body by the default pipeline."""
    return default()(text).body


def _trafilatura(source: str, **options: Any) -> str:
    return import_module("trafilatura").extract(source, include_comments=False, **options) or ""


def _precise(source: str) -> str:
    return _trafilatura(source, favor_precision=True)


def _resiliparse(source: str) -> str:
    text: str = import_module("resiliparse.extract.html2text").extract_plain_text(source, main_content=True, alt_texts=False)
    return text


def _readability(source: str) -> str:
    summary = import_module("readability").Document(source).summary()
    return "\n".join(import_module("lxml.html").fromstring(summary).itertext())


def _justext(source: str) -> str:
    justext = import_module("justext")
    return "\n".join(paragraph.text for paragraph in justext.justext(source, justext.get_stoplist("Indonesian")) if not paragraph.is_boilerplate)


def _boilerpy3(source: str) -> str:
    text: str = import_module("boilerpy3.extractors").ArticleExtractor(raise_on_failure=False).get_content(source)
    return text


def _goose3(source: str) -> str:
    text: str = import_module("goose3").Goose({"use_meta_language": False, "target_language": "id"}).extract(raw_html=source).cleaned_text
    return text


def c4_lines(text: str) -> str:
    """C4's rule: lines of five words and more that end as sentences do."""
    return "\n".join(line for line in text.split("\n") if len(line.split()) >= 5 and line.rstrip().endswith((".", "!", "?", '"', "”")))


# What somebody writes who knows the pages and has an afternoon.
HAND_LINE = re.compile(
    r"\W*(?:(?:(?:baca|lihat|simak|tonton)\b(?: juga| pula)?\s*:|(?:baca|lihat|simak|tonton) (?:juga|pula)\b|pilihan editor|(?:artikel|berita) terkait).*"
    r"|(?:penulis|editor|reporter|pewarta|sumber|laporan|tags?|topik|copyright|©|hak cipta|foto|video|gambas)\b\s*[:|©].*"
    r"|.*(?:google news|whatsapp channel|saluran whatsapp|channel telegram|all rights reserved|shutterstock|getty images|antara foto/|afp/|reuters/).*"
    r"|advertisement|iklan|scroll to continue.*|halaman (?:selanjutnya|berikutnya)|\(\*+\))",
    re.I,
)
HAND_END = re.compile(r"\W*(?:(?:berita|artikel) (?:terkait|lainnya|terpopuler)|tags?\b.*|komentar|terpopuler|rekomendasi.*|editor\s*:.*)", re.I)
HAND_INSIDE = re.compile(
    r"(?:Baca|Lihat|Simak|Tonton) (?:[Jj]uga|[Pp]ula)\s*:\s*[^.!?\n]*?(?=\s+[A-Z][a-z]+ (?:itu|ini|tersebut|yang|juga|akan|telah|sudah)\b|[.!?]|$)"
    r"|ADVERTISEMENT|SCROLL TO CONTINUE WITH CONTENT|Advertisement|\[Gambas:[^\]]*\]|\([a-z]{2,4}(?:/[a-z]{2,4}){1,2}\)|Halaman Selanjutnya"
)


def by_hand(text: str) -> str:
    """Careful regular expressions: sentences stay, until a line closes the story, and markers inside lines go."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) <= 3:
        return HAND_INSIDE.sub(" ", "\n".join(lines))
    kept: list[str] = []
    for line in lines:
        if len(kept) >= 4 and HAND_END.fullmatch(line):
            break
        ends = line.endswith((".", "!", "?", '"', "”", ":")) and len(line.split()) >= 5
        if (ends or len(line) >= 80) and not HAND_LINE.fullmatch(line):
            kept.append(HAND_INSIDE.sub(" ", line))
    return "\n".join(kept)


PEERS = (
    Peer("everything", "text", "", lambda text: text),
    Peer("C4's line rule", "text", "", c4_lines),
    Peer("regexes by hand", "text", "", by_hand),
    Peer("trafilatura", "html", "trafilatura", _trafilatura),
    Peer("trafilatura, precision", "html", "trafilatura", _precise),
    Peer("readability-lxml", "html", "readability-lxml", _readability),
    Peer("resiliparse", "html", "resiliparse", _resiliparse),
    Peer("jusText", "html", "justext", _justext),
    Peer("boilerpy3", "html", "boilerpy3", _boilerpy3),
    Peer("goose3", "html", "goose3", _goose3),
    Peer("trafilatura + cleaner", "html", "trafilatura", lambda source: ours(_trafilatura(source))),
    Peer("resiliparse + cleaner", "html", "resiliparse", lambda source: ours(_resiliparse(source))),
    Peer("cleaner", "text", "", ours),
)
STOP_WORDS = ["yang", "dan", "di", "ke", "dari", "untuk", "dengan", "pada", "itu", "ini"]


@cache
def version(package: str) -> str:
    """The version of an installed package, "" for one that is missing."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def asked(peer: Peer, sources: Iterable[str]) -> tuple[list[str], float, int]:
    """The bodies that a tool gives, the seconds of CPU time that it took, and the pages that it failed on, which are empty bodies."""
    bodies = []
    failures = 0
    began = time.process_time()
    for source in sources:
        try:
            bodies.append(peer.ask(source))
        except Exception:  # noqa: BLE001 (every tool fails in its own way, and here that is an answer)
            bodies.append("")
            failures += 1
    return bodies, time.process_time() - began, failures


def quality_filters() -> dict[str, Callable[[str], bool]]:
    """The filters that training corpora pass, where datatrove is installed: whether a text passes."""
    if not find_spec("datatrove"):
        return {}
    module, record = import_module("datatrove.pipeline.filters"), import_module("datatrove.data").Document
    filters = {
        "C4": module.C4QualityFilter(language="ind"),
        "FineWeb": module.FineWebQualityFilter(language="ind"),
        "repetition": module.GopherRepetitionFilter(language="ind"),
        "quality": module.GopherQualityFilter(language="ind", stop_words=STOP_WORDS),
    }

    def passes(filter: Any) -> Callable[[str], bool]:
        return lambda text: bool(text.strip()) and filter.filter(record(text=text, id="")) is True

    return {name: passes(filter) for name, filter in filters.items()}


# ── the sections ────────────────────────────────────────────────────────────────────────────────────────────────────


def table(gold: Sequence[Document], options: argparse.Namespace) -> Figures:
    """The default pipeline."""
    return print_scores(measure(default(), gold), options.worst)


def folds(gold: Sequence[Document], options: argparse.Namespace, fit: Fit | None = None) -> Figures:
    """Each group of publishers as if it had never been seen. The story's decision is fitted anew for each fold."""
    if not fit:
        from fit_story import fit  # needs numpy and scipy

    scores = list(left_out(gold, fit))
    before = json.loads(BASELINE.read_text("utf-8"))
    found: Figures = {}
    print(HEAD + f" {'right':>6} {'cured':>6} {'harmed':>6} {'lossy':>6}")
    for name, group in by_part(scores):
        changed = Counter((before.get(s.document.id, s.exact), s.exact) for s in group)
        right, lossy = sum(s.exact for s in group), sum(s.lossy for s in group)
        more = {"right": right, "cured": changed[False, True], "harmed": changed[True, False], "lossy": lossy}
        found[name] = {**figures(group)._asdict(), **more}
        print(line(name, len(group), figures(group)), " ".join(f"{n:>6}" for n in more.values()))
    if options.baseline_to:
        exact = {s.document.id: s.exact for s in scores}
        options.baseline_to.write_text(json.dumps(exact, indent=0, sort_keys=True) + "\n", "utf-8")
    print_worst(scores, options.worst)
    return found


def masks(gold: Sequence[Document], options: argparse.Namespace) -> Figures:
    """Pages that lack what pages usually have."""
    pages = [document for document in gold if document.shape == "page"]
    found = {}
    print(HEAD)
    for name, mask in MASKS.items() if pages else ():
        seeds = [random.Random(f"{options.seed} {document.id}") for document in pages]
        row = figures(measure(default(), [mask(*both) for both in zip(pages, seeds, strict=True)]))
        print(line(name, len(pages), row))
        found[name] = row._asdict()
    return found


def frames(gold: Sequence[Document], options: argparse.Namespace) -> Figures:
    """Stories put into plain pages, unlabelled ones and labelled ones: whether they come out as they went in."""
    from fit_story import unlabelled

    pipeline = default()
    kept = {"dateline", "deck", "body"}
    stories = {
        "unlabelled": [pipeline(record["text"]).body for record in islice(unlabelled(fitted=False), FRAMED)],
        "labelled": ["".join(text for label, text in one.segments if label in kept) for one in gold if one.shape == "content"],
    }
    found: Figures = {}
    print(f"{'':60}{'n':>6} {'lossy':>6} {'empty':>6} {'leaking':>8}")
    for name, bodies in stories.items():
        for frame in tomllib.loads(FRAMES.read_text("utf-8"))["frame"]:
            row = Counter(n=0, lossy=0, empty=0, leaking=0)
            for body in bodies:
                text = frame["gap"].join(line.strip() for line in body.split("\n") if line.strip())
                wanted, got = text.split(), pipeline(frame["page"].format(story=text)).body.split()
                same = len(wanted) if wanted == got else LCSseq.similarity(wanted, got)
                row.update(n=1, lossy=same < (1 - LOSSY) * len(wanted), empty=not got, leaking=len(got) > same)
            found[f"{name}: {frame['name']}"] = dict(row)
            print(f"{name + ': ' + frame['name']:60}" + " ".join(f"{row[key]:>6}" for key in ("n", "lossy", "empty")) + f" {row['leaking']:>8}")
    return found


def removed(gold: Sequence[Document], options: argparse.Namespace) -> Figures:
    """What goes from texts that nobody labelled."""
    if not options.texts.is_file():
        print(f"  no texts at {options.texts}: give them with --texts")
        return {}
    pipeline = default()
    spans: Counter[tuple[str, str]] = Counter()
    holders: Counter[str] = Counter()
    lines = []
    texts = records(options.texts)
    for record in texts:
        article = pipeline(record["text"])
        found = list(removals(article))
        spans.update((removal.label, removal.rule) for removal in found)
        holders.update({removal.label for removal in found})
        if options.sample:
            lines += [shown(record["id"], article.text, removal) for removal in found if not options.labels or removal.label in options.labels]
    print(f"  {len(texts)} documents; of 1,000: spans, and documents that hold one")
    thousands = len(texts) / 1000
    for label, holding in holders.most_common():
        own = {rule: n for (of, rule), n in spans.most_common() if of == label}
        print(f"  {label:10}{sum(own.values()) / thousands:>8.1f} {holding / thousands:>7.1f}   " + ", ".join(f"{rule} {n / thousands:.1f}" for rule, n in own.items()))
    if options.sample:
        sample = random.Random(options.seed).sample(lines, min(options.sample, len(lines)))
        if options.sample_to:
            options.sample_to.write_text("\n".join(sample) + "\n", "utf-8")
            print(f"  {len(sample)} of {len(lines)} written to {options.sample_to}")
        else:
            print("\n".join(sample))
    return {}


def peers(gold: Sequence[Document], options: argparse.Namespace) -> Figures:
    """Other tools beside it: pages as HTML where it is at hand, the rest as text."""
    logging.disable()  # some of them have much to say
    here = [peer for peer in PEERS if not peer.package or version(peer.package)]
    filters = quality_filters()
    packages = dict.fromkeys([*(peer.package for peer in here if peer.package), *(["datatrove"] if filters else [])])
    print("  installed: " + (", ".join(f"{package} {version(package)}" for package in packages) or "none; bench/README.md says how to install them"))
    for shape in SHAPES:
        sources = {document.id: served(options.html, document) for document in gold if document.shape == shape}
        with_html = any(sources.values())
        group = [document for document in gold if document.id in sources and bool(sources[document.id]) == with_html]
        if not group:
            continue
        print(f"  {shape}, {len(group)} documents" + ("; the HTML tools read the page as it was served" if with_html else ""))
        print(HEAD + f" {'a second':>9}" + "".join(f" {name:>10}" for name in (*filters, "all four" if filters else "")))
        for peer in here:
            if peer.reads == "html" and not with_html:
                continue
            bodies, seconds, failures = asked(peer, [sources[document.id] if peer.reads == "html" else document.text for document in group])
            row = figures([score(document, body) for document, body in zip(group, bodies, strict=True)])
            speed = f"{len(group) / seconds:.0f}" if peer.package or peer.ask is ours else ""
            print(line(peer.name, len(group), row) + f" {speed:>9}" + passing(filters, bodies) + (f"  failed on {failures}" if failures else ""))
        if filters:
            print(f"{'the labelled body':84}" + passing(filters, ["\n".join(text.strip() for text in document.texts("body")) for document in group]))
    return {}


def passing(filters: dict[str, Callable[[str], bool]], bodies: Sequence[str]) -> str:
    """How many bodies pass each filter, and how many pass all."""
    verdicts = [[passes(body) for passes in filters.values()] for body in bodies]
    return "".join(f" {sum(column):>10}" for column in zip(*verdicts, strict=True)) + (f" {sum(map(all, verdicts)):>10}" if filters else "")


def served(folder: Path, document: Document) -> str:
    """The page as it was served, "" where it is not at hand."""
    file = folder / f"{document.id}.html.gz"
    return unpacked(file).decode("utf-8", "replace") if file.is_file() else ""


RUNS: dict[str, Callable[[Sequence[Document], argparse.Namespace], Figures]] = {
    "table": table,
    "folds": folds,
    "masks": masks,
    "frames": frames,
    "removals": removed,
    "peers": peers,
}


def chosen(text: str) -> list[str]:
    """The sections that are named, in their own order."""
    names = text.split(",")
    if unknown := [name for name in names if name not in RUNS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is no section; the sections are: {', '.join(RUNS)}")
    return [name for name in RUNS if name in names]


def bars(file: str) -> dict[str, Any]:
    """The bars that a file holds."""
    try:
        return tomllib.loads(Path(file).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"no bars in {file}: {error}") from error


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="labelled documents: a JSON Lines file, or a folder like corpus/ (default: ../shared/gold/dev.jsonl, or else corpus/)")
    parser.add_argument("--only", type=chosen, default=list(SECTIONS), metavar="A,B", help=f"only these sections, of: {', '.join(RUNS)}")
    held = "end with 1 where a figure is worse than FILE holds it; ours is bench/bars.toml"
    parser.add_argument("--bars", type=bars, default={}, metavar="FILE", help=held)
    parser.add_argument("--peers", action="store_true", help="also run the other tools that are installed")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the N worst documents of each shape")
    parser.add_argument("--html", type=Path, metavar="FOLDER", help="pages as they were served, ID.html.gz (default: html/ beside the gold file)")
    parser.add_argument("--texts", type=Path, default=SHARED / "unlabelled/texts.jsonl.gz", metavar="FILE", help="texts without labels, JSON Lines, for the removals")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="show N of the removals, drawn at random")
    parser.add_argument("--sample-to", type=Path, metavar="FILE", help="write them to a file instead")
    parser.add_argument("--labels", type=lambda text: text.split(","), metavar="A,B", help="draw them from these labels only")
    parser.add_argument("--seed", type=int, default=SEED, help="of everything that is drawn at random (default: %(default)s)")
    parser.add_argument(
        "--baseline-to",
        type=Path,
        metavar="FILE",
        help="write which documents are exact in the folds; those of bench/baseline.json are 0.1.0's",
    )
    options = parser.parse_args(argv)
    if not options.gold:
        options.gold = SHARED / "gold/dev.jsonl"
        if not options.gold.is_file():
            options.gold = ROOT / "corpus"
    if not options.gold.exists():
        parser.error(f"{options.gold} does not exist; give a JSON Lines file or a folder to --gold")
    options.html = options.html or options.gold.parent / "html"
    if options.peers and "peers" not in options.only:
        options.only.append("peers")
    return options


def main(argv: Sequence[str] | None = None) -> int:
    """Run the sections and print what they measure."""
    options = arguments(argv)
    gold = documents(options.gold)
    if not gold:
        print(f"{options.gold} holds no documents", file=sys.stderr)
        return 2
    print(f"{len(gold)} documents of {len({document.publisher for document in gold})} publishers, from {options.gold.name}")
    wanted, held = bars(BARS)["wanted"], options.bars.get("held", {})
    fallen: list[str] = []
    for name in options.only:
        print(f"\n{name}: {(RUNS[name].__doc__ or '').splitlines()[0]}")
        began = time.process_time()
        found = RUNS[name](gold, options)
        print_missed(missed(wanted.get(name, {}), found))
        fallen += (f"{name}: {bar}" for bar in missed(held.get(name, {}), found))
        print(f"  {time.process_time() - began:.1f} s of CPU time", flush=True)
    for bar in fallen:
        print(f"worse than it was: {bar}", file=sys.stderr)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
