"""The program as if it had never heard of some publishers: a second copy of the package, without their files."""

import sys
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType

import cleaner


@cache
def without(*files: str) -> ModuleType:
    """The package `cleaner` once more, under a name of its own, without these files of publishers.

    Grammars make their expressions of the names in all files when they are loaded, and remember what they have read.
    So nothing is switched in the package that runs: the copy is loaded anew, and shares nothing with it.

    >>> without("republika").clean("REPUBLIKA, Jakarta -- Warga pulang.").dateline
    ''
    """
    name = "_".join(("cleaner_without", *sorted(files)))
    folder = Path(cleaner.__path__[0])
    loader = SourceFileLoader(name, str(folder / "__init__.py"))
    spec = ModuleSpec(name, loader, origin=loader.path, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    package = sys.modules[name] = module_from_spec(spec)
    resource = import_module(f"{name}.resource")  # the first, so that all others find less in the folder
    gone = {f"{file}.toml" for file in files}
    resource.names = lambda folder: [file for file in cleaner.resource.names(folder) if file not in gone]
    loader.exec_module(package)
    return package
