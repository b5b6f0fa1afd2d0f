"""The documents that the engines clean, what one process makes of them, and the example that is tested beside its engine."""

import os
import runpy
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

import documents

if TYPE_CHECKING:
    import pyarrow as pa

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 300  # seconds until an example that does not end is given up


@pytest.fixture(scope="session")
def table() -> "pa.Table":
    """The documents, in the order of their ids."""
    return documents.table()


@pytest.fixture(scope="session")
def folder(table: "pa.Table", tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documents in Parquet files."""
    folder = tmp_path_factory.mktemp("documents")
    documents.write(table, folder)
    return folder


@pytest.fixture(scope="session")
def alone(table: "pa.Table") -> "pa.Table":
    """What one process makes of the documents."""
    from cleaner.arrow import clean_table

    return clean_table(table, "isi", publisher="penerbit")


@pytest.fixture(scope="session")
def surroundings() -> Iterator[pytest.MonkeyPatch]:
    """What engines find around them: this Python and this package for their workers, the loopback, and nothing to tell the world."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(prefix="ray") as scratch:
        patch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("RAY_TMPDIR", scratch)  # Ray puts sockets into it, whose paths may not be long, as those of tmp_path_factory are.
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_AUTH_TOKEN", secrets.token_hex())  # Otherwise Ray makes one and keeps it in the home of whoever runs the tests.
        yield patch


@pytest.fixture(scope="module")
def example(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the example for this engine defines, by name."""
    return runpy.run_path(str(program(request)))


@pytest.fixture
def printed(request: pytest.FixtureRequest, surroundings: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """What the example for this engine prints."""
    done = subprocess.run([sys.executable, str(program(request))], capture_output=True, text=True, cwd=tmp_path, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == [], "an example leaves nothing behind"
    return done.stdout


def program(request: pytest.FixtureRequest) -> Path:
    """The example for the engine that a file of tests is about."""
    return ROOT / "examples" / f"{request.path.stem.replace('test_', 'with_')}.py"
