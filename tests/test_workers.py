"""Threads, processes and event loops give what one thread gives, and what is made here can be sent from one to the other."""

import asyncio
import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

import goldens
from cleaner import (
    Article,
    Claim,
    FilterError,
    Page,
    Pipeline,
    Span,
    clean,
    clean_many,
    default,
    rules,
    strip_dateline,
)
from cleaner.workers import AHEAD

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "dev.jsonl"  # real pages, which cannot be shipped; without them, those of the corpus
EACH = 9  # of so many real pages one is read; it is cleaned seven times over
WORKERS = 4
PATIENCE = 120  # seconds until a worker that does not come is given up, so that a test fails rather than waits for ever
CORPUS = [goldens.read(path).text for path in goldens.paths()]
FEW = CORPUS[:: len(CORPUS) // 12]
MENDED = "Banjir Surut\n\nSenin, 3 Maret 2025 10:00 WIB\n\nâ€œWarga mulai kembali ke rumah masing-masing sejak pagi,â€\x9d kata Ratna Ayu.\n"  # calls in ftfy
RULE = """
[[rule]]
name = "sponsor-line"
label = "ad"
why = "thanks the sponsor"
start = ["terima kasih kepada sponsor"]
witness = ["Terima kasih kepada sponsor kami"]
near_miss = ["Ia mengucapkan terima kasih kepada sponsor."]
"""


def horoscope(page: Page) -> Iterator[Claim]:
    """The line that tells a star sign its luck."""
    for span in page:
        if span.text.startswith("Zodiak "):
            yield Claim(span.start, span.end, "other", "horoscope", "tells a star sign its luck")


def careless(page: Page) -> Iterator[Claim]:
    """Nothing, for it fails on the pages of one place."""
    if "Sanggabumi" in page.text:
        raise KeyError("Sanggabumi")
    yield from ()


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """The pages to clean, one of which has to be mended first."""
    if not GOLD.exists():
        return [MENDED, *CORPUS]
    documents = map(json.loads, GOLD.read_text("utf-8").splitlines()[::EACH])
    return [MENDED, *("".join(text for _, text in document["segments"]) for document in documents)]


@pytest.fixture(scope="module")
def alone(texts: list[str]) -> list[dict[str, object]]:
    """What one thread makes of them."""
    return [cleaned(text) for text in texts]


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads that are interrupted a thousand times as often as usual, so that they meet where they should not."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1000)
    yield
    sys.setswitchinterval(usual)


@contextmanager
def threads() -> Iterator[Executor]:
    """As many threads as there are workers, none of which starts before all are there."""
    with ThreadPoolExecutor(WORKERS, initializer=Barrier(WORKERS).wait, initargs=(PATIENCE,)) as pool:
        yield pool


@contextmanager
def processes(method: str) -> Iterator[Executor]:
    """As many processes as there are workers, none of which starts before all are there."""
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(WORKERS, context, initializer=context.Barrier(WORKERS).wait, initargs=(PATIENCE,)) as pool:
        yield pool


def cleaned(text: str) -> dict[str, object]:
    """What comes out of a page, put together where it was cleaned."""
    return clean(text).to_dict()


def different(found: Iterable[dict[str, object]], expected: Iterable[dict[str, object]]) -> list[int]:
    """The numbers of the pages that came out otherwise."""
    return [number for number, (one, other) in enumerate(zip(found, expected, strict=True)) if one != other]


# ── the same results ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("hurried")
def test_threads_give_what_one_thread_gives(texts: list[str], alone: list[dict[str, object]]) -> None:
    with threads() as pool:
        assert different(pool.map(cleaned, texts), alone) == []


@pytest.mark.usefixtures("hurried")
def test_threads_may_read_one_article_at_once(texts: list[str], alone: list[dict[str, object]]) -> None:
    articles = [clean(text) for text in texts[:40]]
    with threads() as pool:
        read = list(pool.map(Article.to_dict, [article for article in articles for _ in range(WORKERS)]))
    assert read == [parts for parts in alone[:40] for _ in range(WORKERS)]


@pytest.mark.parametrize("method", ["spawn", *(pytest.param(method, marks=pytest.mark.slow) for method in multiprocessing.get_all_start_methods() if method != "spawn")])
def test_processes_give_what_one_thread_gives(method: str, texts: list[str], alone: list[dict[str, object]]) -> None:
    with processes(method) as pool:
        assert different(pool.map(cleaned, texts), alone) == []


@pytest.mark.parametrize("workers", [1, 2, None])
def test_many_texts_give_what_each_gives_alone_in_their_order(workers: int | None) -> None:
    made = list(clean_many(iter(FEW), workers=workers))
    assert made == list(map(clean, FEW))


def test_a_second_interrupt_waits_until_the_workers_have_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """It cut the end of the pool short, and workers and command waited for each other for ever."""
    blocked = []

    def watched(self: ProcessPoolExecutor, **options: bool) -> None:
        blocked.append(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))
        shutdown(self, **options)

    shutdown = ProcessPoolExecutor.shutdown
    monkeypatch.setattr(ProcessPoolExecutor, "shutdown", watched)
    articles = clean_many([MENDED] * 20, workers=2)
    next(articles)
    articles.close()
    assert blocked == [True]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_many_texts_are_read_as_their_articles_are_asked_for() -> None:
    read = []

    def endless() -> Iterator[str]:
        while True:
            read.append(MENDED)
            yield MENDED

    for workers in (1, 2):
        read.clear()
        articles = clean_many(endless(), workers=workers)
        assert not read
        assert [next(articles), next(articles)] == [clean(MENDED)] * 2
        assert len(read) <= 2 + workers * AHEAD
        articles.close()


def test_a_text_that_cannot_be_cleaned_stands_as_its_error_among_the_articles() -> None:
    pipeline = default().before("head", careless)
    for workers in (1, 2):
        made = list(clean_many(["Air surut.", "Sanggabumi surut.", None, "Warga pulang."], workers=workers, pipeline=pipeline))
        assert [type(one) for one in made] == [Article, FilterError, TypeError, Article]
        assert "careless" in str(made[1])
    for wrong, error in (("Air surut.", TypeError), (b"Air", TypeError)):
        with pytest.raises(error, match="clean takes one"):
            clean_many(wrong)
    with pytest.raises(ValueError, match="needs a worker or more, not 0"):
        clean_many([], workers=0)


@pytest.mark.usefixtures("hurried")
def test_an_event_loop_gives_what_one_thread_gives(texts: list[str], alone: list[dict[str, object]]) -> None:
    async def gathered() -> list[dict[str, object]]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(WORKERS))
        return await asyncio.gather(*(asyncio.to_thread(cleaned, text) for text in texts))

    assert different(asyncio.run(gathered()), alone) == []


ROUNDS = 5
COLD = f"""
import json, sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

barrier = Barrier({WORKERS})

def first(text):
    barrier.wait({PATIENCE})
    from cleaner import clean
    barrier.wait({PATIENCE})
    return clean(text).to_dict()

pages = json.load(sys.stdin)
sys.setswitchinterval(1e-6)
with ThreadPoolExecutor({WORKERS}) as pool:
    for _ in range({ROUNDS}):
        print(json.dumps(list(pool.map(first, pages))))
        for name in [name for name in sys.modules if name.partition(".")[0] == "cleaner"]:
            del sys.modules[name]
"""


@pytest.mark.parametrize("pages", [[MENDED] * WORKERS, FEW[:WORKERS], FEW[-WORKERS:]], ids=["one page", "several pages", "other pages"])
def test_threads_may_all_be_the_first_to_clean_a_page(pages: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", COLD], input=json.dumps(pages), capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    expected = [cleaned(page) for page in pages]
    assert [different(json.loads(line), expected) for line in done.stdout.splitlines()] == [[]] * ROUNDS


FORKED = """
import os, signal, threading
from cleaner import Pipeline, clean

def busy():
    while True:
        Pipeline(())("Warga pulang sejak pagi.\\n" * 20_000).to_dict()

clean("Warga pulang sejak pagi.")  # so that no child has to load the filters
threading.Thread(target=busy, daemon=True).start()
for _ in range(20):
    child = os.fork()
    if not child:
        signal.alarm(30)  # ends a child that waits for a lock which no thread will ever open
        os._exit(clean("Warga pulang sejak pagi.").body != "Warga pulang sejak pagi.")
    assert os.waitpid(child, 0)[1] == 0
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_process_forked_while_another_thread_cleans_does_not_wait_for_it() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", FORKED], capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# ── from one process to another ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def far() -> Iterator[Executor]:
    """A process that inherits nothing."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        yield pool


PAGE = """SOLO, KOMPAS.com - Warga mulai kembali ke rumah masing-masing sejak pagi tadi.
Advertisement
Zodiak Leo: jangan boros hari ini.
Terima kasih kepada sponsor kami
"""


@pytest.fixture(scope="module")
def pipelines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pipeline]:
    """Pipelines of every making. The file of their rules is gone when they travel."""
    file = tmp_path_factory.mktemp("rules") / "mine.toml"
    file.write_text(RULE, encoding="utf-8")
    mine = rules(file)
    file.unlink()
    return {
        "default": default(),
        "before": default().before("rules", mine),
        "after": default().after("rules", horoscope),
        "replace": default().replace("rules", mine, horoscope),
        "without": default().without("dateline", "ad-marker"),
        "strip_dateline": default().before("dateline", strip_dateline),
    }


@pytest.mark.parametrize("name", ["default", "before", "after", "replace", "without", "strip_dateline"])
def test_a_pipeline_gives_the_same_in_another_process_before_and_after_its_first_page(name: str, pipelines: dict[str, Pipeline], far: Executor) -> None:
    pipeline, pages = pipelines[name], [PAGE, *FEW]
    fresh = [article.to_dict() for article in far.map(pipeline, pages)]
    expected = [pipeline(page).to_dict() for page in pages]
    used = [article.to_dict() for article in far.map(pipeline, pages)]
    assert different(fresh, expected) == different(used, expected) == []
    assert name == "default" or clean(PAGE).to_dict() != expected[0], "what sets it apart has to show"


def parts(article: Article) -> dict[str, Any]:
    """All that an article tells."""
    return {**article.to_dict(), "text": article.text, "paragraphs": article.paragraphs, "removed": article.removed, "explain": article.explain()}


@pytest.mark.parametrize("read", [False, True], ids=["unread", "read"])
@pytest.mark.parametrize("page", [MENDED, "", "\ud800", PAGE, *FEW])
def test_an_article_tells_the_same_in_another_process(page: str, read: bool, far: Executor) -> None:
    article = clean(page)
    expected = parts(clean(page))
    if read:
        parts(article)
    assert far.submit(parts, article).result() == expected


def labelled(page: Page) -> tuple[list[tuple[str, str]], tuple[Span, ...], tuple[str, str, str], list[int]]:
    """What a page knows: its open texts, all its spans, itself and its hints, and where its lines start."""
    return [(span.text, span.label) for span in page], page.spans, (page.text, page.url, page.publisher), [page.line(span.start) for span in page.spans]


@pytest.mark.parametrize("text", ["", PAGE, *FEW])
def test_a_page_is_the_same_in_another_process_and_still_cannot_be_changed(text: str, far: Executor) -> None:
    page = Page(text, url="https://example.com/banjir-surut", publisher="contoh")
    spans = page.spans[:1] and (page.spans[0]._replace(label="nav", rule="demo", why="by hand"), *page.spans[1:])
    for travelling in (page, page.relabelled(spans)):
        assert far.submit(labelled, travelling).result() == labelled(travelling)
        with pytest.raises(AttributeError, match="cannot be changed"):
            pickle.loads(pickle.dumps(travelling)).text = "lain"


def test_a_filter_that_fails_in_another_process_is_named_here_and_the_process_goes_on(far: Executor) -> None:
    pipeline = default().before("head", careless)
    with pytest.raises(FilterError, match="'careless' failed: KeyError: 'Sanggabumi'"):
        far.submit(pipeline, "Warga Sanggabumi pulang.").result()
    assert far.submit(pipeline, "Warga pulang.").result().body == "Warga pulang."
