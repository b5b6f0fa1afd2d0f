"""The step for datatrove: between reader and writer, in two workers, every document comes out as `clean` alone gives it."""

import doctest
import gzip
import json
import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import goldens
from cleaner import Claim, FilterError, Page, Pipeline, clean, default

if TYPE_CHECKING:
    from datatrove.data import Document

pytestmark = pytest.mark.engine

TEXTS = [goldens.read(path).text for path in goldens.paths()]
STORY = "Warga pulang sejak pagi, kata lurah.\nBaca juga: Hujan Reda di Hulu"
NO_STORY = "Baca juga: Hujan Reda di Hulu"
PARTS = ("title", "kicker", "date", "byline", "deck", "dateline", "caption", "credit")


def page(text: str = STORY, **metadata: object) -> "Document":
    from datatrove.data import Document

    return Document(text, id="7", metadata=metadata)


def written(folder: Path) -> dict[str, dict[str, Any]]:
    """The documents that a writer wrote, by their ids."""
    documents = [json.loads(line) for file in folder.iterdir() for line in gzip.decompress(file.read_bytes()).splitlines()]
    assert len({document["id"] for document in documents}) == len(documents)
    return {document["id"]: document for document in documents}


def test_the_example_prints_what_clean_gives(printed: str, example: dict[str, Any]) -> None:
    articles = [(row["id"], row["isi"], clean(row["isi"])) for row in example["PAGES"]]
    kept = [f"clean | {number} | {article.body}\n" for number, _, article in articles if article.body]
    excluded = [f"excluded | {number} | {text}\n" for number, text, article in articles if not article.body]
    assert kept
    assert excluded
    assert printed == "".join(kept + excluded)


def test_two_workers_clean_every_document_and_set_aside_what_has_no_body(example: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for task in range(4):
        rows = [json.dumps({"id": str(number), "isi": text, "ragam": "cetak"}) for number, text in enumerate(TEXTS) if number % 4 == task]
        (tmp_path / "pages" / f"{task}.jsonl").write_text("\n".join(rows))
    example["job"](tmp_path, removed=True).run()
    kept, excluded = written(tmp_path / "clean"), written(tmp_path / "excluded")
    articles = {str(number): clean(text) for number, text in enumerate(TEXTS)}
    assert len(list((tmp_path / "clean").iterdir())) == 2, "a file for each task"
    assert kept.keys() == {number for number, article in articles.items() if article.body}
    assert excluded.keys() == articles.keys() - kept.keys() != set()
    for number, document in kept.items():
        article, metadata = articles[number], document["metadata"]
        assert document["text"] == article.body
        assert metadata["ragam"] == "cetak"
        assert [metadata[f"clean_{part}"] for part in PARTS] == [getattr(article, part) for part in PARTS]
        assert metadata["clean_captions"] == [list(pair) for pair in article.captions]
        assert metadata["clean_removed"] == [span.to_dict() for span in article.removed]
    for number, document in excluded.items():
        assert document["text"] == TEXTS[int(number)]
        assert document["metadata"]["filter_reason"] == "no_body"
        assert not [name for name in document["metadata"] if name.startswith("clean_")]
    sizes = Counter[str]()
    for article in articles.values():
        for span in article.spans:
            sizes[f"chars_{span.label}"] += len(span.text)
    stats = json.loads((tmp_path / "logs" / "stats.json").read_text())[1]["stats"]
    totals = {name: stat if isinstance(stat, int) else stat["total"] for name, stat in stats.items()}
    assert {name: total for name, total in totals.items() if name.startswith("chars_")} == sizes
    assert sum(sizes.values()) == sum(len(article.text) for article in articles.values())
    assert (totals["total"], totals["forwarded"]) == (len(TEXTS), len(kept))
    assert totals["dropped"] == totals["dropped_no_body"] == len(excluded)
    assert totals["doc_len"] == sum(len(document["text"]) for document in kept.values())


def test_the_names_are_those_of_the_arrow_columns() -> None:
    from cleaner.arrow import SCHEMA
    from cleaner.datatrove import Clean

    (cleaned,) = Clean(removed=True)([page()])
    assert [name for name in SCHEMA.names if name != "clean_body"] == list(cleaned.metadata)
    (cleaned,) = Clean(prefix="bersih_")([page()])
    assert list(cleaned.metadata) == [f"bersih_{part}" for part in (*PARTS, "captions")]


@pytest.mark.parametrize("name", ["clean_title", "clean_removed"])
def test_metadata_is_not_overwritten(name: str) -> None:
    from cleaner.datatrove import Clean

    document = page(**{name: "Judul"})
    with pytest.raises(ValueError, match=f"document '7' holds '{name}' already.*another prefix than 'clean_'"):
        list(Clean(removed=True)([document]))
    assert (document.text, document.metadata) == (STORY, {name: "Judul"})
    (cleaned,) = Clean(removed=True, prefix="bersih_")([document])
    assert cleaned.metadata[name] == "Judul"


def test_a_document_without_a_body_can_be_kept() -> None:
    from cleaner.datatrove import Clean

    assert list(Clean()([page(NO_STORY)])) == []
    step = Clean(keep_empty=True, removed=True)
    (kept,) = step([page(NO_STORY)])
    assert kept.text == ""
    assert [span["text"] for span in kept.metadata["clean_removed"]] == [NO_STORY]
    assert step.stats["forwarded"].total == 1
    assert "dropped" not in step.stats.stats


@pytest.mark.parametrize("metadata", [{}, {"alamat": None, "penerbit": 5}, {"alamat": "https://contoh.id/hujan", "penerbit": "contoh"}])
def test_hints_are_read_from_the_metadata_where_it_has_them(metadata: dict[str, object]) -> None:
    from cleaner.datatrove import Clean

    seen: list[tuple[str, str]] = []

    def watch(page: Page) -> Iterator[Claim]:
        seen.append((page.url, page.publisher))
        yield from ()

    list(Clean(url="alamat", publisher="penerbit", pipeline=Pipeline((watch,)))([page(**metadata)]))
    list(Clean(pipeline=Pipeline((watch,)))([page(**metadata)]))
    assert seen == [("https://contoh.id/hujan", "contoh") if metadata.get("alamat") else ("", ""), ("", "")]


def test_a_step_pickles_with_a_pipeline_of_its_own() -> None:
    from cleaner.datatrove import Clean

    step = pickle.loads(pickle.dumps(Clean(pipeline=default().without("readmore"))))
    (cleaned,) = step([page()])
    assert NO_STORY in cleaned.text
    assert step.stats["total"].total == 1


def broken(page: Page) -> Iterator[Claim]:
    raise RuntimeError("the disk is gone")


def test_a_filter_that_fails_stops_the_job() -> None:
    from cleaner.datatrove import Clean

    with pytest.raises(FilterError, match="filter 'broken' failed"):
        list(Clean(pipeline=Pipeline((broken,)))([page()]))


def test_what_the_docstring_shows_is_true() -> None:
    # Where datatrove is not installed, the module cannot be collected for its doctests, so they are run here.
    import cleaner.datatrove

    failed, tried = doctest.testmod(cleaner.datatrove)
    assert tried > failed == 0


def test_without_datatrove_the_import_says_what_to_install() -> None:
    program = "import sys; sys.modules['datatrove'] = None; import cleaner.datatrove"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=goldens.CORPUS.parent, check=False)
    assert done.stderr.splitlines()[-1] == "ImportError: cleaner.datatrove needs datatrove; run: pip install datatrove orjson"
