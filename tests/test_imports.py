"""What importing does: no module waits for one that waits for it, and no import changes what a name means."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import cleaner

FOLDER = Path(cleaner.__file__).parent
MODULES = {
    ".".join(["cleaner", *file.relative_to(FOLDER).with_suffix("").parts]).removesuffix(".__init__"): file
    for file in FOLDER.rglob("*.py")
}


def imported(module: str) -> set[str]:
    """The modules of the package that a module imports, also inside its functions."""
    file = MODULES[module]
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parts = module.split(".")
            above = parts[: len(parts) - node.level + (file.name == "__init__.py")] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            names = {f"{base}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else base for name in names}
    return {name for name in found if name in MODULES and name != module}


def test_imports_have_no_cycle():
    graph = {module: imported(module) for module in MODULES}
    assert "cleaner.console" in graph["cleaner.cli"]  # The graph is read as it is meant.
    tuple(TopologicalSorter(graph).static_order())  # It raises CycleError, which names the modules.


def test_a_name_means_the_same_whatever_was_imported_before():
    program = f"""
import importlib, cleaner, cleaner.filters
spaces = (cleaner, cleaner.filters)
before = [{{name: id(getattr(space, name)) for name in dir(space) if name[0] != "_"}} for space in spaces]
for module in {sorted(MODULES)!r}:
    try:
        importlib.import_module(module)
    except ImportError:  # An engine that is not installed here.
        pass
for space, names in zip(spaces, before):
    changed = [name for name, old in names.items() if id(getattr(space, name)) != old]
    assert not changed, changed
assert callable(cleaner.rules) and callable(cleaner.strip_dateline)
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=300)


@pytest.mark.parametrize("arguments", [["-m", "cleaner"], ["-c", "from cleaner.cli import main; main(['--version'])"]])
def test_the_version_is_that_of_the_distribution(arguments):
    done = subprocess.run([sys.executable, *arguments, "--version"], capture_output=True, check=True, timeout=300)
    assert done.stdout.decode() == f"cleaner {cleaner.__version__}\n"
