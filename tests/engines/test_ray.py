"""Ray Data, on two CPUs: every row comes out as one process gives it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

import documents
from cleaner import Claim, Page, clean, default

if TYPE_CHECKING:
    import pyarrow as pa

pytestmark = pytest.mark.engine

TEXT = "Warga pulang sejak pagi.\nBaca juga: Hujan Reda di Hulu"


@pytest.fixture(scope="module")
def ray(surroundings: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Ray, on a cluster of two CPUs."""
    import ray

    ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False, _node_ip_address="127.0.0.1")
    yield ray
    ray.shutdown()


def test_two_cpus_give_what_one_process_gives_row_by_row(ray: ModuleType, example: dict[str, Any], folder: Path, alone: "pa.Table", tmp_path: Path) -> None:
    assert ray.cluster_resources()["CPU"] == 2
    pages = ray.data.read_parquet(str(folder))
    example["cleaned"](pages, column="isi", publisher="penerbit").write_parquet(str(tmp_path / "clean"))
    assert documents.differences(documents.read(tmp_path / "clean", alone.schema), alone) == []


def test_blocks_that_are_null_throughout_have_the_same_columns(ray: ModuleType, example: dict[str, Any]) -> None:
    from cleaner.arrow import SCHEMA

    pages = ray.data.from_items([{"id": number, "isi": None if number % 2 else TEXT} for number in range(6)], override_num_blocks=6)
    rows = example["cleaned"](pages, column="isi").sort("id").take_all()
    assert [row["clean_body"] for row in rows] == [clean(TEXT).body, None] * 3
    assert all(list(row) == ["id", "isi", *SCHEMA.names] for row in rows)


def test_columns_of_every_type_stay_as_they_are(ray: ModuleType, example: dict[str, Any]) -> None:
    import pyarrow as pa

    row = {
        "hari": date(2025, 3, 3),
        "saat": datetime(2025, 3, 3, 10, tzinfo=UTC),
        "harga": Decimal("1.50"),
        "foto": b"\x00\xff",
        "kata": ["air", None],
        "asal": {"kota": "Solo", "nomor": 7},
    }
    table = pa.Table.from_pylist([{"isi": TEXT, **row}, {"isi": None}])
    [found] = ray.get(example["cleaned"](ray.data.from_arrow(table), column="isi").to_arrow_refs())
    assert found.select(table.column_names).equals(table)


def test_a_pipeline_travels_to_the_workers(ray: ModuleType, example: dict[str, Any]) -> None:
    pipeline = default().without("readmore")
    [row] = example["cleaned"](ray.data.from_items([{"isi": TEXT}]), column="isi", pipeline=pipeline).take_all()
    assert row["clean_body"] == pipeline(TEXT).body != clean(TEXT).body


def test_a_filter_that_fails_on_a_worker_is_named(ray: ModuleType, example: dict[str, Any]) -> None:
    def careless(page: Page) -> list[Claim]:
        raise KeyError(page.text[:5])

    found = example["cleaned"](ray.data.from_items([{"isi": TEXT}]), column="isi", pipeline=default().before("head", careless))
    with pytest.raises(Exception, match="filter 'careless' failed: KeyError: 'Warga'"):
        found.take_all()


def test_a_missing_column_is_named_when_the_dataset_is_computed(ray: ModuleType, example: dict[str, Any]) -> None:
    found = example["cleaned"](ray.data.from_items([{"isi": TEXT}]), column="teks")
    with pytest.raises(Exception, match="no column is called 'teks'; there are: 'isi'"):
        found.take_all()


def test_the_example_prints_what_clean_gives(example: dict[str, Any], printed: str) -> None:
    assert printed == documents.lines([(page["id"], page["isi"]) for page in example["PAGES"]])
