"""Data frames and tables, of datasets, Polars, DuckDB and pandas: every row comes out as `clean` alone gives it."""

import math
import runpy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import goldens
from cleaner import clean, default
from cleaner.article import PARTS

if TYPE_CHECKING:
    import pyarrow as pa

pytestmark = pytest.mark.engine

ROOT = Path(__file__).parent.parent.parent
TEXTS = [None, None, "", *(goldens.read(path).text for path in goldens.paths()), None]
COLUMNS = {"id": list(range(len(TEXTS))), "isi": TEXTS, "ragam": ["cetak"] * len(TEXTS)}
ADDED = [*(f"clean_{part}" for part in PARTS), "clean_captions", "clean_removed"]


@pytest.fixture(scope="module")
def expected() -> list[dict[str, object]]:
    """The rows that have to come out."""
    return [{"id": number, "isi": text, "ragam": "cetak", **parts(text)} for number, text in enumerate(TEXTS)]


def parts(text: str | None) -> dict[str, object]:
    """What `clean` alone gives for a text, by the names of the columns."""
    if text is None:
        return dict.fromkeys(ADDED)
    article = clean(text)
    photos = [{"caption": caption, "credit": credit} for caption, credit in article.captions]
    found = {name: getattr(article, name.removeprefix("clean_")) for name in ADDED[:-2]}
    return {**found, "clean_captions": photos, "clean_removed": [span.to_dict() for span in article.removed]}


def defined(engine: str) -> dict[str, Any]:
    """What the example for an engine defines, by name."""
    return runpy.run_path(str(ROOT / "examples" / f"with_{engine}.py"))


@pytest.mark.parametrize("engine", ["datasets", "polars", "duckdb", "pandas"])
def test_the_example_prints_what_clean_gives_and_leaves_nothing_behind(engine: str, surroundings: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path))
        patch.setenv("HF_HUB_OFFLINE", "1")
        for name in ("HF_HOME", "XDG_CACHE_HOME"):
            patch.delenv(name, raising=False)
        done = subprocess.run([sys.executable, str(ROOT / "examples" / f"with_{engine}.py")], capture_output=True, text=True, cwd=tmp_path, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    nothing = math.nan if engine == "pandas" else None
    pages = [page if isinstance(page, tuple) else tuple(page.values()) for page in defined(engine)["PAGES"]]
    articles = [(number, text and clean(text)) for number, text in pages]
    lines = [(number, article.title, article.body) if article else (number, nothing, nothing) for number, article in articles]
    assert done.stdout == "".join(f"{number} | {title} | {body}\n" for number, title, body in lines)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("processes", [None, 1, 2])
def test_a_dataset_comes_out_the_same_with_any_number_of_processes(processes: int | None, expected: list[dict[str, object]]) -> None:
    from datasets import Dataset

    result = defined("datasets")["cleaned"](Dataset.from_dict(COLUMNS), processes, column="isi")
    assert result.column_names == ["id", "isi", "ragam", *ADDED]
    assert result.to_list() == expected


def test_a_dataset_on_disk_is_cleaned_anew_each_time(tmp_path: Path) -> None:
    from datasets import Dataset, load_from_disk

    Dataset.from_dict({"isi": ["Warga pulang sejak pagi.\nBaca juga: Hujan Reda di Hulu"]}).save_to_disk(tmp_path)
    cleaned, pages = defined("datasets")["cleaned"], load_from_disk(tmp_path)
    first = cleaned(pages, column="isi")
    written = Path(first.cache_files[0]["filename"])
    assert written.parent == tmp_path
    before = written.stat().st_mtime_ns
    assert cleaned(pages, column="isi").to_list() == first.to_list()
    assert written.stat().st_mtime_ns > before
    assert "Baca juga" in cleaned(pages, column="isi", pipeline=default().without("readmore"))["clean_body"][0]


def test_a_dataset_that_is_streamed_is_cleaned_batch_by_batch(expected: list[dict[str, object]]) -> None:
    from datasets import Dataset

    from cleaner.arrow import clean_table

    pages = Dataset.from_dict(COLUMNS).to_iterable_dataset().with_format("arrow")
    batches = list(pages.map(clean_table, batched=True, batch_size=16, fn_kwargs={"column": "isi"}).iter(batch_size=16))
    assert len(batches) == math.ceil(len(TEXTS) / 16)
    assert [row for batch in batches for row in batch.to_pylist()] == expected


def test_batches_that_are_null_throughout_have_the_same_columns_in_a_dataset(expected: list[dict[str, object]]) -> None:
    from datasets import Dataset

    from cleaner.arrow import clean_table

    first = Dataset.from_dict({name: column[:4] for name, column in COLUMNS.items()})
    clean_ones = first.with_format("arrow").map(clean_table, batched=True, batch_size=1, fn_kwargs={"column": "isi"})
    assert clean_ones.with_format(None).to_list() == expected[:4]


def test_a_frame_of_polars_keeps_its_rows_and_columns(expected: list[dict[str, object]]) -> None:
    import polars as pl

    result = defined("polars")["cleaned"](pl.DataFrame(COLUMNS), column="isi")
    assert result.columns == ["id", "isi", "ragam", *ADDED]
    assert result.to_dicts() == expected


@pytest.mark.parametrize("rows", [slice(0, 0), slice(0, 2), slice(3, 40, 4)], ids=["none", "nulls", "a slice"])
def test_frames_of_polars_have_the_same_columns_whatever_they_hold(rows: slice, expected: list[dict[str, object]]) -> None:
    import polars as pl

    frame, cleaned = pl.DataFrame(COLUMNS), defined("polars")["cleaned"]
    assert cleaned(frame[rows], column="isi").schema == cleaned(frame, column="isi").schema
    assert cleaned(frame[rows], column="isi").to_dicts() == expected[rows]


def test_a_scan_of_polars_is_cleaned_piece_by_piece_when_it_is_collected(tmp_path: Path, expected: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch) -> None:
    import polars as pl

    from cleaner.arrow import clean_table

    sizes: list[int] = []

    def noted(frame: pl.DataFrame, column: str) -> "pa.Table":
        sizes.append(frame.height)
        return clean_table(frame, column)

    pl.DataFrame(COLUMNS).write_parquet(tmp_path / "pages.parquet", row_group_size=16)
    cleaned_later = defined("polars")["cleaned_later"]
    monkeypatch.setitem(cleaned_later.__globals__, "clean_table", noted)
    later = cleaned_later(pl.scan_parquet(tmp_path / "pages.parquet"), column="isi")
    assert sum(sizes) == 0, "nothing is cleaned before it is collected"
    assert later.collect(engine="streaming").to_dicts() == expected
    assert sum(sizes) == len(TEXTS)
    assert max(sizes) <= 16


def test_what_a_scan_of_polars_is_asked_later_is_answered_rightly(tmp_path: Path, expected: list[dict[str, object]]) -> None:
    import polars as pl

    pl.DataFrame(COLUMNS).write_parquet(tmp_path / "pages.parquet", row_group_size=16)
    later = defined("polars")["cleaned_later"](pl.scan_parquet(tmp_path / "pages.parquet"), column="isi")
    asked = later.filter(pl.col("id") < 40, pl.col("clean_body") != "").select("id", "clean_body")
    rows = [{"id": row["id"], "clean_body": row["clean_body"]} for row in expected[:40] if row["clean_body"]]
    assert asked.collect().to_dicts() == asked.collect(engine="streaming").to_dicts() == rows


class Counted:
    """A relation of DuckDB that notes how many rows a batch has, as soon as it is asked for."""

    def __init__(self, relation: Any) -> None:  # noqa: ANN401 - engines are imported inside the tests.
        self.relation = relation
        self.sizes: list[int] = []

    def to_arrow_reader(self, rows: int) -> "pa.RecordBatchReader":
        import pyarrow as pa

        reader = self.relation.to_arrow_reader(rows)
        return pa.RecordBatchReader.from_batches(reader.schema, map(self.noted, reader))

    def noted(self, batch: "pa.RecordBatch") -> "pa.RecordBatch":
        self.sizes.append(batch.num_rows)
        return batch


def test_a_query_of_duckdb_is_cleaned_in_batches_and_queried_again() -> None:
    import duckdb

    rows = [(number, TEXTS[number % 20]) for number in range(2500)]
    connection = duckdb.connect()
    connection.execute("CREATE TABLE pages (id INTEGER, isi VARCHAR)")
    connection.executemany("INSERT INTO pages VALUES (?, ?)", rows)
    example = defined("duckdb")
    pages = Counted(connection.cursor().sql("FROM pages"))
    connection.register("reader", example["cleaned"](pages, "isi"))
    connection.execute("CREATE TABLE clean AS FROM reader")
    assert sum(pages.sizes) == len(rows)
    assert 1 < len(pages.sizes) == math.ceil(len(rows) / example["ROWS"])
    bodies = [parts(text)["clean_body"] for text in TEXTS[:20]]
    assert connection.sql("SELECT id, isi, clean_body FROM clean ORDER BY id").fetchall() == [(number, text, bodies[number % 20]) for number, text in rows]
    removed = connection.sql("SELECT id, unnest(clean_removed).label FROM clean WHERE id < 20 ORDER BY id").fetchall()
    assert sorted(removed) == sorted((number, span["label"]) for number, text in enumerate(TEXTS[:20]) for span in parts(text)["clean_removed"] or ())


def test_duckdb_asks_only_for_the_batches_that_it_needs() -> None:
    import duckdb

    connection = duckdb.connect()
    connection.execute("CREATE TABLE pages AS SELECT range AS id, 'Warga pulang sejak pagi.' AS isi FROM range(5000)")
    pages = Counted(connection.cursor().sql("FROM pages"))
    connection.register("reader", defined("duckdb")["cleaned"](pages, "isi"))
    assert connection.sql("SELECT clean_body FROM reader LIMIT 3").fetchall() == [("Warga pulang sejak pagi.",)] * 3
    assert 0 < sum(pages.sizes) < 5000


def test_a_frame_of_pandas_keeps_its_index_and_its_nulls(expected: list[dict[str, object]]) -> None:
    import pandas as pd

    index = [f"b{number}" for number in range(len(TEXTS))]
    result = defined("pandas")["cleaned"](pd.DataFrame(COLUMNS, index=index), "isi")
    assert list(result.columns) == ["id", "isi", "ragam", "title", "body"]
    assert list(result.index) == index
    for name in ("title", "body"):
        assert [None if pd.isna(value) else value for value in result[name]] == [row[f"clean_{name}"] for row in expected]


def test_an_arrow_table_of_pandas_is_cleaned_too(expected: list[dict[str, object]]) -> None:
    import pandas as pd

    from cleaner.arrow import clean_table

    assert clean_table(pd.DataFrame(COLUMNS), "isi").to_pylist() == expected
