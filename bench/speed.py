"""How fast the cleaner is, what each filter costs, how cost grows with rules and pages, and how much memory it takes.

    python bench/speed.py                             every section, on the gold documents, or on corpus/ where there are none
    python bench/speed.py --only clean,filters        some of them
    python bench/speed.py --largest 1e6               pages of growth and memory up to 1 MB instead of 10 MB

The sections: ``clean`` (by shape, beside a reference loop), ``filters`` (what each costs), ``jsonl`` (the command as a
process), ``rules`` (1,000 more), ``growth`` (pages from 10 kB up), ``start`` (of the process), ``memory`` (peaks) and
``peers`` (other tools, those that are installed). All times are CPU time, medians of several rounds. ``bench/README.md``
says how each is measured. Needs rapidfuzz, as it shares the documents and the peers of ``accuracy.py``.
"""

import argparse
import gc
import inspect
import json
import logging
import os
import platform
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from accuracy import (
    PEERS,
    ROOT,
    SHAPES,
    SHARED,
    Document,
    Peer,
    asked,
    documents,
    print_missed,
    served,
    version,
)

import cleaner
from cleaner import Article, Page, Pipeline, Rule, clean, default, rules, settle
from cleaner.filters import BY_WORDS
from cleaner.repair import repair
from cleaner.rules import Rules
from cleaner.spans import Evidence

LOOP_BAR = 0.1  # of the reference loop's speed; the aim is .17
INSIDE_BAR = 0.6  # of the time of --jsonl is spent on cleaning
RULES_BAR = 1.1  # times the cost with 1,000 more rules
GROWTH_BAR = 1.5  # between the dearest and the cheapest byte
IMPORT_BAR, COMMAND_BAR = 40, 120  # ms
MEMORY_BAR = 20  # times the size of the page
STREAM_BAR = 1.1  # times the peak with ten times the records
ROUNDS = 7
PATIENCE = 10  # seconds after which a work is not asked again
SEED = 7


# ── the clock ───────────────────────────────────────────────────────────────────────────────────────────────────────

Key = TypeVar("Key", bound=Hashable)
CACHE = type(cache(len))


class Work(NamedTuple):
    """To ask for each of the texts. What takes a few milliseconds, and remembers nothing, is done in several passes."""

    ask: Callable[[str], object]
    texts: Sequence[str]
    passes: int = 1

    def seconds(self) -> float:
        """The CPU time of one pass, with nothing remembered."""
        forget()
        gc.collect()
        began = time.process_time()
        for _ in range(self.passes):
            for text in self.texts:
                self.ask(text)
        return (time.process_time() - began) / self.passes


def forget() -> None:
    """Empty the caches and vocabularies of the cleaner, which hold what it learned from texts. A function without arguments has read a table: it may keep it."""
    for found in gc.get_objects():
        if isinstance(found, dict) and type(found).__module__.partition(".")[0] == "cleaner":
            found.clear()
        if isinstance(found, CACHE) and found.__module__.partition(".")[0] == "cleaner" and inspect.signature(found).parameters:
            found.cache_clear()


def rounds(works: Mapping[Key, Work], number: int) -> dict[Key, list[float]]:
    """The CPU seconds of each work, round by round.

    All take their turn in every round, and every other round goes backwards, so that a drift of the machine hits all
    alike. What has had its time is not asked again.
    """
    took: dict[Key, list[float]] = {key: [] for key in works}
    for turn in range(number):
        for key, work in list(works.items())[:: -1 if turn % 2 else 1]:
            if sum(took[key]) * work.passes < PATIENCE:
                took[key].append(work.seconds())
    return took


def ratio(took: Sequence[float], other: Sequence[float]) -> float:
    """How many times longer the first took, as the median over the rounds in which both took their turn.

    >>> ratio([2.0, 9.0, 4.2], [1.0, 3.0, 2.0])
    2.1
    """
    return statistics.median(one / two for one, two in zip(took, other, strict=False))


def size(texts: Sequence[str]) -> int:
    """The bytes of the texts in UTF-8. Half of a surrogate pair counts like a character."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)


HEAD = f"{'':34}{'n':>5} {'MB':>6} {'MB/s':>8} {'a second':>9} {'of loop':>8}"


def row(label: str, texts: Sequence[str], took: Sequence[float], loop: Sequence[float]) -> str:
    """A row: how many texts, how big, how many MB and texts a second, and the speed as a share of the reference loop's."""
    middle = statistics.median(took)
    return f"{label:34}{len(texts):>5} {size(texts) / 1e6:>6.2f} {size(texts) / middle / 1e6:>8.2f} {len(texts) / middle:>9.0f} {ratio(loop, took):>8.4f}"


# ── who runs ────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def phrases() -> frozenset[str]:
    """The 200 phrases that the reference loop looks for."""
    found = {phrase.casefold() for rule in built_in().rules for phrase in (*rule.line, *rule.start)}
    return frozenset(sorted(found)[:200])


def reference(text: str) -> tuple[int, int]:
    """The least that a cleaner of lines can do: strip, casefold and look up each line, and keep count of where it stands."""
    wanted = phrases()
    offset = hits = 0
    for line in text.split("\n"):
        if line.strip().casefold() in wanted:
            hits += 1
        offset += len(line) + 1
    return offset, hits


def through_json(line: str) -> str:
    """The record of a line read and written again."""
    return json.dumps(json.loads(line), ensure_ascii=False)


def cleaned(text: str) -> dict[str, object]:
    """The parts of the article: they are made when they are asked for, so they are asked for here."""
    return clean(text).parts()


def parts_by(pipeline: Pipeline) -> Callable[[str], object]:
    """The same by another pipeline."""
    return lambda text: pipeline(text).parts()


PASSES = 10  # of the reference loop and of json, which are over too soon to be timed


def as_record(number: int, text: str) -> str:
    """A text as a line of JSON Lines."""
    return json.dumps({"id": number, "text": text}, ensure_ascii=False)


# ── other processes ─────────────────────────────────────────────────────────────────────────────────────────────────


class Child(NamedTuple):
    """What a process took and said: its CPU and wall seconds, and what it wrote."""

    cpu: float
    wall: float
    out: str
    err: str


def child(*arguments: str, given: Path = Path(os.devnull)) -> Child:
    """Run Python with these arguments and the cleaner that runs here. Its standard input is a file, and so is its output."""
    environment = {**os.environ, "PYTHONPATH": str(Path(cleaner.__file__).parent.parent)}
    with given.open("rb") as source, tempfile.TemporaryFile() as sink:
        before, began = _children(), time.perf_counter()
        done = subprocess.run([sys.executable, *arguments], stdin=source, stdout=sink, stderr=subprocess.PIPE, env=environment, check=False)
        wall, cpu = time.perf_counter() - began, _children() - before
        sink.seek(0)
        out = sink.read().decode()
    if done.returncode:
        sys.exit(f"a process failed: {done.stderr.decode()}")
    return Child(cpu, wall, out, done.stderr.decode())


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# What the installed command runs.
COMMAND = "import sys; from cleaner.cli import main; sys.exit(main())"
# The same, and then which of the dear packages it has loaded.
LOADED = 'import sys; from cleaner.cli import main; main(); print(*sorted({"ftfy", "regex"} & set(sys.modules)), file=sys.stderr)'
# The command over JSON Lines, with everything loaded before the clock starts. Prints how often it cleaned, and the seconds of that and of all.
TIMED = """
import sys, time
from cleaner import Article, Pipeline, clean, cli
def timed(function):
    def run(*given, **hints):
        global inside
        began = time.process_time()
        try:
            return function(*given, **hints)
        finally:
            calls[function.__name__] += 1
            inside += time.process_time() - began
    return run
clean("Warga mulai pulang sejak pagi tadi, kata Marto.").parts()
inside, calls = 0, {"__call__": 0, "parts": 0}
Pipeline.__call__, Article.parts = timed(Pipeline.__call__), timed(Article.parts)
began = time.process_time()
cli.main(["--jsonl"])
total = time.process_time() - began
print(min(calls.values()), inside, total, file=sys.stderr)
"""
MEMORY = """
import re, sys
from pathlib import Path
def memory(field):
    return int(re.search(field + r":\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)) * 1024
"""
# A page in memory: what the process takes before it reads the page, and at its peak.
PAGE_PEAK = f"""{MEMORY}
from cleaner import clean
clean("Warga mulai pulang sejak pagi tadi, kata Marto.").parts()
before = memory("VmRSS")
article = clean(Path(sys.argv[1]).read_bytes().decode())
article.parts()
print(before, memory("VmHWM"))
"""
# The command over JSON Lines: what the process takes at its peak.
STREAM_PEAK = f"""{MEMORY}
from cleaner import cli
cli.main(["--jsonl"])
print(memory("VmHWM"), file=sys.stderr)
"""


# ── made-up pages and rules ─────────────────────────────────────────────────────────────────────────────────────────

WORDS = """warga desa air sungai jalan pasar sawah kebun hujan kemarau panen pupuk harga beras cabai kapal nelayan pantai gunung lereng
sekolah murid guru kelas buku kantor camat bupati rapat dana proyek jembatan listrik lampu malam pagi siang sore bus kereta stasiun
yang dan di ke dari untuk dengan pada itu ini sudah akan masih belum juga mulai kembali membuka menutup membangun memperbaiki mencatat""".split()
READMORE = "Baca juga: "


def sentences(rng: random.Random) -> Iterator[str]:
    """Made-up sentences without an end, one in ten of them a quotation."""
    while True:
        sentence = " ".join(rng.choices(WORDS, k=rng.randint(4, 12))).capitalize()
        yield f"“{sentence},” kata Marto." if rng.random() < 0.1 else f"{sentence} {rng.randint(1, 999)}."


def headline(rng: random.Random) -> str:
    """A made-up headline."""
    return " ".join(rng.choices(WORDS, k=rng.randint(4, 8))).title()


def short_lines(rng: random.Random) -> Iterator[str]:
    """A form: every line is short."""
    for sentence in sentences(rng):
        yield f"{sentence}\n"


def single_line(rng: random.Random) -> Iterator[str]:
    """A form: no line ends."""
    for sentence in sentences(rng):
        yield f"{sentence} "


def claims_inside(rng: random.Random) -> Iterator[str]:
    """A form: one line with a link to another story behind every sentence."""
    for sentence in sentences(rng):
        yield f"{sentence} {READMORE}{headline(rng)} "


FORMS = {"many short lines": short_lines, "one single line": single_line, "claims inside a line": claims_inside}


def made_page(form: str, length: int, seed: str) -> str:
    """A page of this form, with hardly more than so many bytes. The same seed gives the same page."""
    pieces, at = [], 0
    for piece in FORMS[form](random.Random(seed)):
        pieces.append(piece)
        at += len(piece.encode())
        if at >= length:
            break
    return "".join(pieces)


KINDS = ("line", "start", "inside", "sentence", "pattern")
FIRST = re.compile(r"(?:^|(?<=[.!?] ))[ \t]*([^\W\d_]+)", re.M)
MORE = 1000  # rules
SURER = 3  # times more rounds, since a tenth is to be told from noise
OPENERS = 50  # words that open most lines and sentences


def openers(texts: Sequence[str]) -> list[str]:
    """The words with which the lines and sentences of these texts begin most often.

    >>> openers(["Air surut. Warga pulang.\\nWarga lega."])
    ['warga', 'air']
    """
    return [word for word, _ in Counter(word.casefold() for text in texts for word in FIRST.findall(text)).most_common(OPENERS)]


def made_rules(number: int, words: Sequence[str] = ()) -> tuple[Rule, ...]:
    """Rules of all kinds that find nothing: made of words that are no words, the first of each one of these, if there are any."""
    rng = random.Random(SEED)

    def invented() -> str:
        return "".join(rng.choice("bdgjkmpt") + rng.choice("aiueo") for _ in range(rng.randint(4, 5)))

    made = []
    for at in range(number):
        kind = KINDS[at % len(KINDS)]
        first = words[at // len(KINDS) % len(words)] if words else invented()
        phrase = f"{first} {invented()} {invented()}"
        looks: dict[str, Any] = {"pattern": rf"(?i:{phrase})", "first": (first,)} if kind == "pattern" else {kind: (phrase,)}
        made.append(Rule(f"made-up-{len(words)}-{at}", "promo", "is made up", (phrase.capitalize(),), ("tidak ada",), **looks))
    return tuple(made)


@cache
def built_in() -> Rules:
    """The rules of the default pipeline."""
    return rules()


def with_more(made: Sequence[Rule]) -> Pipeline:
    """The default pipeline with more rules in its rule files."""
    return default().replace("rules", Evidence(Rules((*built_in().rules, *made)), BY_WORDS))


# ── the sections ────────────────────────────────────────────────────────────────────────────────────────────────────


def cleaning(gold: Sequence[Document], options: argparse.Namespace) -> None:
    """The cleaner beside a reference loop, by shape: clean(text).parts(), texts already in memory."""
    groups = {shape: texts for shape in SHAPES if (texts := [document.text for document in gold if document.shape == shape])}
    works: dict[tuple[str, str], Work] = {}
    for shape, texts in groups.items():
        works["reference loop", shape] = Work(reference, texts, PASSES)
        works["json.loads + json.dumps", shape] = Work(through_json, [as_record(number, text) for number, text in enumerate(texts)], PASSES)
        works["clean", shape] = Work(cleaned, texts)
    took = rounds(works, options.rounds)
    print(HEAD)
    for who in dict.fromkeys(who for who, _ in works):
        took[who, "all"] = [sum(each) for each in zip(*(took[who, shape] for shape in groups), strict=False)]
        for shape, texts in {**groups, "all": [document.text for document in gold]}.items():
            print(row(f"{who}, {shape}", texts, took[who, shape], took["reference loop", shape]))
    share = ratio(took["reference loop", "all"], took["clean", "all"])
    print_missed([f"all {share:.4f} of the reference loop (wanted {LOOP_BAR})"] if share < LOOP_BAR else [])


def costs(texts: Sequence[str], pipeline: Pipeline) -> dict[str, float]:
    """The CPU seconds of each step of cleaning over these texts, in the order of the steps."""
    took: dict[str, float] = defaultdict(float)
    clock = time.process_time
    names = pipeline.names
    forget()
    gc.collect()
    for text in texts:
        began = clock()
        repaired = repair(text)
        took["repair"] += (now := clock()) - began
        page = Page(repaired)
        took["lines"] += clock() - now
        for step, filter in zip(names, pipeline.filters, strict=True):
            began = clock()
            claims = list(filter(page))
            took[step] += (now := clock()) - began
            page = settle(page, claims)
            took["settle"] += clock() - now
        began = clock()
        Article(page).parts()
        took["article"] += clock() - began
    return dict(took)


def filters(gold: Sequence[Document], options: argparse.Namespace) -> None:
    """What each step of cleaning costs, the dearest first; what several filters share is counted for the first that asks."""
    texts = [document.text for document in gold]
    runs: list[dict[str, float]] = []
    while len(runs) < options.rounds and sum(sum(run.values()) for run in runs) < PATIENCE:
        runs.append(costs(texts, default()))
    middle = {step: statistics.median(run[step] for run in runs) for step in runs[0]}
    total = sum(middle.values())
    print(f"{'':22}{'ms':>8} {'µs a page':>10} {'share':>7}")
    for step, took in sorted({**middle, "all": total}.items(), key=lambda item: -item[1]):
        print(f"{step:22}{took * 1e3:>8.1f} {took / len(texts) * 1e6:>10.1f} {took / total:>7.1%}")


def jsonl(gold: Sequence[Document], options: argparse.Namespace) -> None:
    """The command over JSON Lines, as a process: the share of its time that is spent on cleaning."""
    texts = [document.text for document in gold]
    runs: list[tuple[float, float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "pages.jsonl")
        given.write_text("".join(as_record(number, text) + "\n" for number, text in enumerate(texts)), "utf-8")
        while len(runs) < options.rounds and sum(run[-1] for run in runs) < PATIENCE:
            done = child("-c", TIMED, given=given)
            calls, inside, total = map(float, done.err.split("\n")[-2].split())
            if calls != len(texts):
                sys.exit(f"of {len(texts)} records {calls:.0f} were seen to be cleaned: the command cleans in a way that this program does not know")
            runs.append((inside / total, total, done.cpu))
    share, total, cpu = map(statistics.median, zip(*runs, strict=True))
    print(f"  {len(texts)} records, {size(texts) / 1e6:.2f} MB of text: {size(texts) / total / 1e6:.2f} MB/s, {len(texts) / total:.0f} records a second")
    print(f"  {share:.1%} of the time is spent on cleaning")
    print(f"  the whole process, with its start: {cpu:.2f} s")
    print_missed([f"inside {share:.3f} (wanted {INSIDE_BAR})"] if share < INSIDE_BAR else [])


def more_rules(gold: Sequence[Document], options: argparse.Namespace) -> None:
    """The cost of a page with 1,000 made-up rules more: half begin as many lines do, half with words of their own."""
    texts = [document.text for document in gold]
    own, common = made_rules(MORE // 2), made_rules(MORE // 2, openers(texts))
    more = {"as it is": (), f"{len(own)} with words of their own": own, f"{len(common)} that begin as lines do": common, "all of them": own + common}
    works = {label: Work(parts_by(with_more(made)), texts) for label, made in more.items()}
    rounds(works, 1)  # Rules are put in order, and their expressions compiled, when they are first used.
    took = rounds(works, SURER * options.rounds)
    print(f"{'':34}{'more':>6} {'µs a page':>10} {'times':>7}")
    for label, each in took.items():
        print(f"{label:34}{len(more[label]):>6} {statistics.median(each) / len(texts) * 1e6:>10.1f} {ratio(each, took['as it is']):>7.3f}")
    times = ratio(took["all of them"], took["as it is"])
    print_missed([f"{times:.3f} times the cost (wanted {RULES_BAR})"] if times > RULES_BAR else [])


SMALLEST = 10_000  # bytes
FAIR = 300_000  # bytes that are timed at least, so that small pages take long enough
HOPELESS = 4  # times the cost of the cheapest byte: a page ten times bigger is not tried


def sizes(largest: float) -> list[int]:
    """The sizes of pages: 10 kB, and ten times more as long as it goes.

    >>> sizes(1e6)
    [10000, 100000, 1000000]
    """
    found = [SMALLEST]
    while found[-1] * 10 <= largest:
        found.append(found[-1] * 10)
    return found


def named(length: int) -> str:
    """A size for people to read.

    >>> named(10_000), named(1_000_000)
    ('10 kB', '1 MB')
    """
    return f"{length // 10**6} MB" if length >= 10**6 else f"{length // 10**3} kB"


def growth(gold: Sequence[Document], options: argparse.Namespace) -> None:
    """Nanoseconds a byte for pages of growing size, in three made-up forms."""
    columns = sizes(options.largest)
    print(f"{'':22}" + "".join(f"{named(length):>9}" for length in columns) + f"{'times':>8}")
    below = []
    for form in FORMS:
        works: dict[int, Work] = {}
        weights: dict[int, int] = {}
        tried: dict[int, float] = {}
        for length in columns:
            pages = [made_page(form, length, f"{form} {length} {number}") for number in range(max(FAIR // length, 1))]
            works[length], weights[length] = Work(cleaned, pages), size(pages)
            tried[length] = works[length].seconds() / weights[length]
            if tried[length] > HOPELESS * min(tried.values()):
                break
        took = rounds(works, options.rounds - 1)
        cost = {length: statistics.median([tried[length], *(one / weights[length] for one in each)]) for length, each in took.items()}
        times = max(cost.values()) / min(cost.values())
        print(f"{form:22}" + "".join(f"{cost[length] * 1e9:>9.0f}" if length in cost else f"{'…':>9}" for length in columns) + f"{times:>8.2f}", flush=True)
        if times > GROWTH_BAR:
            below.append(f"{form} {times:.2f} times a byte (wanted {GROWTH_BAR})")
    print_missed(below)


def start(gold: Sequence[Document], options: argparse.Namespace) -> None:
    """How soon the process is ready."""
    seed = next((ROOT / "seeds").glob("*.txt"))
    works = {"python": ("-c", "pass"), "python, import cleaner": ("-c", "import cleaner"), f"cleaner < seeds/{seed.name}": ("-c", COMMAND)}
    for arguments in works.values():
        child(*arguments, given=seed)  # The first run may have to compile modules.
    took: dict[str, list[Child]] = defaultdict(list)
    for _ in range(options.rounds):
        for label, arguments in works.items():
            took[label].append(child(*arguments, given=seed))
    print(f"{'':38}{'CPU ms':>8} {'wall ms':>8}")
    middle = {label: statistics.median(done.cpu for done in each) * 1e3 for label, each in took.items()}
    for label, each in took.items():
        print(f"{label:38}{middle[label]:>8.1f} {statistics.median(done.wall for done in each) * 1e3:>8.1f}")
    bare, imported, command = middle.values()
    print(f"  import cleaner takes {imported - bare:.1f} ms more than bare Python")
    loaded = child("-c", LOADED, given=seed).err.split()
    print(f"  of ftfy and regex, the page made it load: {', '.join(loaded) or 'none'}")
    below = [f"{label} {got:.1f} ms (wanted {wanted})" for label, got, wanted in (("import", imported - bare, IMPORT_BAR), ("command", command, COMMAND_BAR)) if got > wanted]
    print_missed([*below, *(["ftfy is loaded for a page that does not need it"] if "ftfy" in loaded else [])])


def memory(gold: Sequence[Document], options: argparse.Namespace) -> None:
    """Peaks of memory, as the system counts them for a process (VmHWM)."""
    if not Path("/proc/self/status").is_file():
        print("  this system does not tell the peak of a process in /proc")
        return
    below = []
    length = sizes(options.largest)[-1]
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMS:
            page = Path(folder, "page.txt")
            page.write_bytes(made_page(form, length, form).encode())
            before, peak = map(int, child("-c", PAGE_PEAK, str(page)).out.split())
            times = (peak - before) / page.stat().st_size
            print(f"  a page of {named(length)}, {form + ':':22} {(peak - before) / 1e6:>6.0f} MB, {times:.1f} times its size", flush=True)
            if times > MEMORY_BAR:
                below.append(f"{form} {times:.1f} times the size of the page (wanted {MEMORY_BAR})")
        texts = [document.text for document in gold][::5]
        peaks = []
        for times in (1, 10):
            given = Path(folder, "pages.jsonl")
            given.write_text("".join(as_record(number, text) + "\n" for number, text in enumerate(texts * times)), "utf-8")
            peaks.append(int(child("-c", STREAM_PEAK, given=given).err.split()[-1]))
            print(f"  --jsonl, {len(texts) * times:>5} records: {peaks[-1] / 1e6:>6.1f} MB", flush=True)
    if peaks[1] > STREAM_BAR * peaks[0]:
        below.append(f"--jsonl {peaks[1] / peaks[0]:.2f} times the memory for ten times the records (wanted {STREAM_BAR})")
    print_missed(below)


def spared(peer: Peer) -> Callable[[str], object]:
    """To ask a tool that may fail."""
    return lambda source: asked(peer, [source])


def peers(gold: Sequence[Document], options: argparse.Namespace) -> None:
    """The other tools of the accuracy bench on the same pages; MB are those of the pages' text, whatever a tool reads."""
    logging.disable()  # some of them have much to say
    pages = [document for document in gold if document.shape == "page"] or list(gold)
    sources = [served(options.html, document) for document in pages]
    if any(sources):
        pages, sources = map(list, zip(*((page, source) for page, source in zip(pages, sources, strict=True) if source), strict=True))
    texts = [page.text for page in pages]
    here = [peer for peer in PEERS if peer.name != "everything" and (not peer.package or version(peer.package)) and (peer.reads == "text" or any(sources))]
    packages = dict.fromkeys(peer.package for peer in here if peer.package)
    print("  installed: " + (", ".join(f"{package} {version(package)}" for package in packages) or "none, or there is no HTML; bench/README.md says more"))
    works: dict[str, Work] = {"reference loop": Work(reference, texts, PASSES)}
    for peer in here:
        works[peer.name] = Work(spared(peer), sources if peer.reads == "html" else texts)
        asked(peer, works[peer.name].texts[:1])  # It loads what it needs.
    took = rounds(works, options.rounds)
    print(HEAD)
    for who, each in sorted(took.items(), key=lambda item: statistics.median(item[1])):
        print(row(who, texts, each, took["reference loop"]))


RUNS: dict[str, Callable[[Sequence[Document], argparse.Namespace], None]] = {
    "clean": cleaning,
    "filters": filters,
    "jsonl": jsonl,
    "rules": more_rules,
    "growth": growth,
    "start": start,
    "memory": memory,
    "peers": peers,
}


def chosen(text: str) -> list[str]:
    """The sections that are named, in their own order."""
    names = text.split(",")
    if unknown := [name for name in names if name not in RUNS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is no section; the sections are: {', '.join(RUNS)}")
    return [name for name in RUNS if name in names]


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="labelled documents: a JSON Lines file, or a folder like corpus/ (default: ../shared/gold/dev.jsonl, or else corpus/)")
    parser.add_argument("--only", type=chosen, default=list(RUNS), metavar="A,B", help=f"only these sections, of: {', '.join(RUNS)}")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help="how often each is timed, unless it takes long (default: %(default)s)")
    parser.add_argument("--largest", type=float, default=1e7, metavar="BYTES", help="the largest page of growth and memory (default: 1e7)")
    parser.add_argument("--html", type=Path, metavar="FOLDER", help="pages as they were served, ID.html.gz (default: html/ beside the gold file)")
    options = parser.parse_args(argv)
    if options.rounds < 1:
        parser.error("--rounds takes a number from 1")
    if not options.gold:
        options.gold = SHARED / "gold/dev.jsonl"
        if not options.gold.is_file():
            options.gold = ROOT / "corpus"
    if not options.gold.exists():
        parser.error(f"{options.gold} does not exist; give a JSON Lines file or a folder to --gold")
    options.html = options.html or options.gold.parent / "html"
    return options


def main(argv: Sequence[str] | None = None) -> int:
    """Run the sections and print what they measure."""
    options = arguments(argv)
    gold = documents(options.gold)
    if not gold:
        print(f"{options.gold} holds no documents", file=sys.stderr)
        return 2
    python = f"{platform.python_implementation()} {platform.python_version()}"
    print(f"{len(gold)} documents, {size([document.text for document in gold]) / 1e6:.2f} MB, from {options.gold.name}; {python}")
    cleaned(gold[0].text)  # The filters are loaded and the tables read when they are first needed.
    for section in options.only:
        print(f"\n{section}: {(RUNS[section].__doc__ or '').splitlines()[0]}", flush=True)
        RUNS[section](gold, options)
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
