"""The files that are shipped with the package: rules, places, weights.

`importlib.resources` does the same, but takes 9 ms to load, a tenth of what the command has for all it does.
"""

import os

FOLDER = os.path.dirname(__file__)  # noqa: PTH120 - pathlib takes 3 ms more.


def read(name: str) -> str:
    """The text of a file of the package, which may be packed into a zip."""
    path = os.path.join(FOLDER, *name.split("/"))  # noqa: PTH118
    data: bytes = __loader__.get_data(path)  # type: ignore[name-defined]
    return data.decode("utf-8").replace("\r\n", "\n")


def names(folder: str) -> list[str]:
    """The names of the files in a folder of the package."""
    try:
        return sorted(os.listdir(os.path.join(FOLDER, folder)))  # noqa: PTH118, PTH208
    except NotADirectoryError:
        from importlib.resources import files

        return sorted(entry.name for entry in files("cleaner").joinpath(folder).iterdir())
