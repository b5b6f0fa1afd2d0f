"""Spark, on a cluster of two workers: every row comes out as one process gives it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import documents
from cleaner import Claim, Page, clean, default

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.engine

TEXT = "Warga pulang sejak pagi.\nBaca juga: Hujan Reda di Hulu"


@pytest.fixture(scope="module")
def spark(surroundings: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """A session on a standalone cluster: a master, and two workers with a process and a core each."""
    import pyspark
    from pyspark.sql import SparkSession

    home = tmp_path_factory.mktemp("spark")  # Workers log into the home of Spark, and an installed package is no place for logs.
    for part in Path(pyspark.__file__).parent.iterdir():
        (home / part.name).symlink_to(part)
    surroundings.setenv("SPARK_HOME", str(home))
    cluster = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.local.dir", str(home / "scratch"))
    # No task begins before both workers are there, and none gets all its rows at once.
    cluster = cluster.config("spark.cores.max", 2).config("spark.scheduler.minRegisteredResourcesRatio", 1)
    cluster = cluster.config("spark.sql.execution.arrow.maxRecordsPerBatch", 1000)
    session = cluster.config("spark.ui.enabled", value=False).getOrCreate()
    surroundings.delenv("SPARK_HOME")
    yield session
    session.stop()


def tasks(spark: "SparkSession") -> dict[str, int]:
    """How many tasks each worker has done."""
    executors = spark.sparkContext._jsc.sc().statusStore().executorList(True)
    every = [executors.apply(at) for at in range(executors.size())]
    return {one.id(): one.completedTasks() for one in every if one.id() != "driver"}


def test_two_workers_give_what_one_process_gives_row_by_row(spark: "SparkSession", example: dict[str, Any], folder: Path, alone: "pa.Table", tmp_path: Path) -> None:
    pages = spark.read.parquet(str(folder))
    example["cleaned"](pages, column="isi", publisher="penerbit").write.parquet(str(tmp_path / "clean"))
    assert documents.differences(documents.read(tmp_path / "clean", alone.schema), alone) == []
    assert len(tasks(spark)) == 2
    assert min(tasks(spark).values()) > 0


@pytest.mark.parametrize(("setting", "value"), [("useLargeVarTypes", True), ("maxRecordsPerBatch", 1)])
def test_texts_may_come_in_any_batches_and_of_any_width(spark: "SparkSession", example: dict[str, Any], setting: str, value: int) -> None:
    session = spark.newSession()
    session.conf.set(f"spark.sql.execution.arrow.{setting}", value)
    pages = session.createDataFrame([(number, TEXT) for number in range(5)], "id long, isi string")
    rows = example["cleaned"](pages, column="isi").orderBy("id").collect()
    assert [(row.id, row.clean_body, len(row.clean_removed)) for row in rows] == [(number, clean(TEXT).body, 1) for number in range(5)]


def test_columns_of_every_type_stay_as_they_are(spark: "SparkSession", example: dict[str, Any]) -> None:
    types = "isi string, hari date, saat timestamp, harga decimal(10,2), foto binary, kata array<string>, jumlah map<string,int>, asal struct<kota:string,nomor:short>"
    row = (TEXT, date(2025, 3, 3), datetime(2025, 3, 3, 10, tzinfo=UTC).replace(tzinfo=None), Decimal("1.50"), b"\x00\xff", ["air", None], {"a": 1}, ("Solo", 7))
    pages = spark.createDataFrame([row, (None,) * len(row)], types)
    found = example["cleaned"](pages, column="isi")
    assert sorted(map(str, found.select(pages.columns).collect())) == sorted(map(str, pages.collect()))
    assert found.schema[: len(pages.columns)] == pages.schema


def test_a_frame_without_rows_gives_the_columns_all_the_same(spark: "SparkSession", example: dict[str, Any]) -> None:
    from cleaner.arrow import SCHEMA

    found = example["cleaned"](spark.createDataFrame([], "isi string"), column="isi")
    assert found.columns == ["isi", *SCHEMA.names]
    assert found.count() == 0


def test_a_pipeline_travels_to_the_workers(spark: "SparkSession", example: dict[str, Any]) -> None:
    pipeline = default().without("readmore")
    [row] = example["cleaned"](spark.createDataFrame([(TEXT,)], "isi string"), column="isi", pipeline=pipeline).collect()
    assert row.clean_body == pipeline(TEXT).body != clean(TEXT).body


def test_a_filter_that_fails_on_a_worker_is_named(spark: "SparkSession", example: dict[str, Any]) -> None:
    from pyspark.errors import PythonException

    def careless(page: Page) -> list[Claim]:
        raise KeyError(page.text[:5])

    found = example["cleaned"](spark.createDataFrame([(TEXT,)], "isi string"), column="isi", pipeline=default().before("head", careless))
    with pytest.raises(PythonException, match="filter 'careless' failed: KeyError: 'Warga'"):
        found.collect()


def test_a_missing_column_is_named_when_the_frame_is_computed(spark: "SparkSession", example: dict[str, Any]) -> None:
    from pyspark.errors import PythonException

    found = example["cleaned"](spark.createDataFrame([(TEXT,)], "isi string"), column="teks")
    with pytest.raises(PythonException, match="no column is called 'teks'; there are: 'isi'"):
        found.collect()


def test_the_example_prints_what_clean_gives(example: dict[str, Any], printed: str) -> None:
    assert printed == documents.lines(example["PAGES"])
