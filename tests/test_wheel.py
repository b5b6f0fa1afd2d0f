"""The wheel: what is installed from it, in an empty environment, does the main job."""

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from cleaner import clean

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SEED = ROOT / "seeds" / "tempo-putin-kim.txt"
NEEDED = ("regex", "ftfy", "wcwidth")  # what an installer would fetch: what cleaner needs, and what that needs in its turn
HERE = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}


def run(*command: object, **options: object) -> "subprocess.CompletedProcess[bytes]":
    """The finished process. Fails with what it printed, unless it succeeded."""
    done = subprocess.run([str(word) for word in command], check=False, capture_output=True, env=HERE, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, (done.stdout + done.stderr).decode(errors="replace")
    return done  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the project."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment that holds the wheel and what it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True, system_site_packages=False)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    run(commands / "python", "-m", "pip", "install", "--no-index", "--no-deps", "--disable-pip-version-check", wheel, cwd=folder)
    # No network here: what it needs is lent by the running interpreter, package by package, so that nothing else comes along.
    lent = folder / "lent"
    lent.mkdir()
    for name in NEEDED:
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        (lent / name).symlink_to(Path(spec.origin).parent, target_is_directory=True)
    where = run(commands / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.decode().strip()
    (Path(where) / "lent.pth").write_text(f"{lent}\n", encoding="utf-8")
    return commands


def test_the_wheel_holds_the_code_the_rules_the_data_and_py_typed(wheel: Path) -> None:
    package = ROOT / "cleaner"
    there = {str(path.relative_to(ROOT)) for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    held = set(zipfile.ZipFile(wheel).namelist())
    assert {"cleaner/py.typed", "cleaner/publishers/common.toml", "cleaner/data/cut.tsv", "cleaner/data/places.txt"} <= there
    assert {name for name in held if not name.split("/")[0].endswith(".dist-info")} == there


def test_the_wheel_says_what_it_is_and_needs_two_packages(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = archive.read(name).decode("utf-8")
    assert "\nName: berita-cleaner\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata
    needed = re.findall(r"^Requires-Dist: ([\w.-]+)[^;\n]*$", metadata, re.MULTILINE)
    assert sorted(needed) == ["ftfy", "regex"]
    assert set(re.findall(r"^Provides-Extra: (.+)$", metadata, re.MULTILINE)) == set(PROJECT["optional-dependencies"])


def test_every_link_of_the_readme_that_is_shipped_leads_to_the_repository(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    metadata, readme = archive.read(name).decode("utf-8"), (ROOT / "README.md").read_text("utf-8")
    here, there = (re.findall(r"(!?)\[[^]]*\]\(([^)]+)\)", text) for text in (readme, metadata))
    repository = PROJECT["urls"]["Repository"]
    assert here
    assert there == [(picture, f"{repository}/{'raw' if picture else 'blob'}/main/{path}") for picture, path in here]


@pytest.mark.slow  # It makes an environment, which takes most of the time of this file.
def test_the_installed_command_does_the_main_job(environment: Path, tmp_path: Path) -> None:
    done = run(environment / "cleaner", input=SEED.read_bytes(), cwd=tmp_path)
    article = clean(SEED.read_text("utf-8"))
    assert done.stdout.decode("utf-8").replace("\r\n", "\n") == article.body + "\n"
    assert done.stderr == b""
    caption = run(environment / "cleaner", "--part", "caption", SEED, cwd=tmp_path)
    assert caption.stdout.decode("utf-8").strip() == article.caption


@pytest.mark.slow
def test_the_installed_package_is_the_one_of_the_wheel_and_works_by_itself(environment: Path, tmp_path: Path) -> None:
    program = "import cleaner; print(cleaner.__file__); print(cleaner.clean('Warga pulang. â€œKami lega,â€\\x9d kata dia.').body); print(len(cleaner.rules().names) > 20)"
    place, body, loaded = run(environment / "python", "-X", "utf8", "-c", program, cwd=tmp_path).stdout.decode("utf-8").splitlines()
    assert Path(place).is_relative_to(environment.parent)
    assert body == "Warga pulang. “Kami lega,” kata dia."
    assert loaded == "True"


@pytest.mark.slow
def test_the_package_can_be_run_as_a_module(environment: Path, tmp_path: Path) -> None:
    done = run(environment / "python", "-m", "cleaner", "--part", "title", SEED, cwd=tmp_path)
    assert done.stdout.decode("utf-8").strip() == clean(SEED.read_text("utf-8")).title
