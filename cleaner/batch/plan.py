"""What a run of `cleaner batch` is going to read: the files, the column of texts, and the columns of the output."""

import glob
import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from ..arrow import added_schema, check_text, prefixed
from ..console import Unusable
from .cells import Choice
from .json_columns import common
from .reading import Broken
from .sources import ENDINGS, Batch, JsonLines, Source, Texts, ending, source_of

CANDIDATES = ("text", "content", "body", "isi", "konten")  # names that a column of texts goes by


class Plan(NamedTuple):
    """The sources that can be read, in order, with the column that was chosen, and the files that cannot, with the reason."""

    sources: tuple[Source, ...]
    choice: Choice
    own: pa.Schema | None  # the columns of all sources together, where they have to be known
    unreadable: dict[str, str]

    def batches(self, unreadable: dict[str, str]) -> Iterator[tuple[int, Batch]]:
        """All batches of all sources, each with the number of bytes that were read up to its end. Files that break off are put down in ``unreadable``."""
        before = 0
        for source in self.sources:
            try:
                for batch in source.batches(self.choice):
                    yield before + batch.position, batch
            except Broken as error:
                unreadable[source.paths[0]] = str(error)
            before += weight(source)


def weight(source: Source) -> int:
    """The bytes of a source on the disk."""
    return sum(Path(path).stat().st_size for path in source.paths if Path(path).exists())


def files(inputs: Sequence[str], *unwanted: Path) -> list[str]:
    """The files that the inputs name, each once: files as they are, globs and folders by name. What lies under an unwanted path is left out.

    Raises `Unusable` where an input names nothing that can be read.
    """
    chosen: dict[Path, str] = {}  # by the real path, so that no file is read twice
    for given in inputs:
        path = Path(given)
        if given == "-":
            raise Unusable("standard input cannot be read twice; give files, or use cleaner --jsonl, which reads streams")
        if path.is_dir():
            names = within(path)
        elif os.path.lexists(path) and not glob.has_magic(given) or path.is_file():
            if path.exists() and not path.is_file():
                raise Unusable(f"{given}: it is no plain file, and cannot be read twice; cleaner --jsonl reads streams")
            if not ending(given):
                raise Unusable(f"{given}: this ending is not known; known are {', '.join(ENDINGS)}")
            names = [given]
        else:
            matches = [Path(match) for match in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207 - Path.glob takes no absolute patterns.
            names = [name for match in matches for name in (within(match) if match.is_dir() else [str(match)] if ending(str(match)) else [])]
        names = [name for name in names if not any(Path(name).absolute().is_relative_to(place.absolute()) for place in unwanted)]
        if not names:
            raise Unusable(f"{given}: there is nothing here that can be read; give files, globs or folders of {', '.join(ENDINGS)}")
        for name in names:
            chosen.setdefault(Path(name).resolve(), name)
    return list(chosen.values())


def within(folder: Path) -> list[str]:
    """The files in a folder and in those inside it that can be read, by name; without the hidden ones, and not through links to folders."""

    def locked(error: OSError) -> None:
        raise Unusable(f"{error.filename}: this folder cannot be read ({error.strerror}); make it readable, or name its files")

    names = []
    for place, inside, found in os.walk(folder, onerror=locked):
        inside[:] = [name for name in inside if not name.startswith(".")]
        names += [str(Path(place, name)) for name in found if ending(name) and not name.startswith(".")]
    return sorted(names)


def plan(paths: Sequence[str], choice: Choice, prefix: str | None = None, *, exact: bool = False) -> Plan:
    """Look at every file, choose the column if it is not named (""), and say what will come out.

    ``prefix`` begins the names of the columns that are going to be added, if there are any; ``exact`` says that the types of all
    columns are needed. Raises `Unusable` where a column cannot be guessed, is in no file, or would be overwritten.
    """
    sources: list[Source] = []
    for plain, group in groupby(paths, lambda path: ending(path) == ".txt"):  # Neighbouring texts are one table.
        together = tuple(group)
        sources += [Texts(together)] if plain else map(source_of, together)
    unreadable: dict[str, str] = {}
    schemas: dict[Source, pa.Schema] = {}
    for source in sources:
        try:
            schemas[source] = source.schema(choice, exact=False)
        except Broken as error:
            unreadable[source.paths[0]] = str(error)
    tables = {source: schema for source, schema in schemas.items() if not isinstance(source, Texts)}
    if tables:
        names = list(dict.fromkeys(name for schema in tables.values() for name in schema.names))
        choice = choice._replace(column=choice.column or guessed(names))
        for hint in (choice.url, choice.publisher):
            if hint and hint not in names:
                raise Unusable(f"no column is called {hint!r}; there are: {', '.join(names) or 'none'}")
        for source, schema in tables.items():
            # A field may begin late in JSON Lines: there, records are judged one by one.
            trouble = "" if isinstance(source, JsonLines) and choice.column in names and choice.column not in schema.names else unfit(schema, choice, prefix)
            if trouble and schema.names:
                unreadable[source.paths[0]] = trouble
                del schemas[source]
    if tables and not any(source in schemas for source in tables):
        path = next(iter(tables)).paths[0]
        raise Unusable(f"{path}: it {unreadable[path]}")
    kept = tuple(source for source in sources if source in schemas)
    own = unified([source.schema(choice, exact=True) for source in kept]) if exact else None
    if own is not None and prefix is not None:  # A late field of this name makes its record one that is rejected.
        for name in prefixed(prefix).names:
            at = own.get_field_index(name)
            own = own.remove(at) if at >= 0 else own
    return Plan(kept, choice, own, unreadable)


def guessed(names: Sequence[str]) -> str:
    """The column of texts, if only one has such a name, or if there are no columns at all. Raises `Unusable`."""
    found = [name for name in names if name.lower() in CANDIDATES]
    if len(found) == 1:
        return found[0]
    if not names:
        return CANDIDATES[0]
    raise Unusable(f"say which column holds the text, as in --column {(found or names or ['text'])[0]}; there are: {', '.join(names) or 'none'}")


def unfit(schema: pa.Schema, choice: Choice, prefix: str | None) -> str:
    """Why a file with these columns cannot be cleaned, or ""."""
    twice = next((name for name in schema.names if schema.names.count(name) > 1), None)
    if twice:
        return f"cannot be cleaned (more than one column is called {twice!r})"
    try:
        for at, field in enumerate(schema):
            if pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type):  # Bytes may be text; each value is decoded by itself.
                schema = schema.set(at, field.with_type(pa.string()))
        check_text(schema, choice.column)
        if prefix is not None:
            added_schema(schema, choice.column, prefix=prefix)
    except (ValueError, TypeError) as error:
        return f"cannot be cleaned ({error})"
    return ""


def unified(schemas: Sequence[pa.Schema]) -> pa.Schema:
    """The columns of all, in the order in which they first come, each in a type that holds the values of all."""
    if schemas and all(schema.equals(schemas[0], check_metadata=True) for schema in schemas):
        return schemas[0]
    types: dict[str, pa.DataType] = {}
    for schema in schemas:
        for field in schema:
            types[field.name] = common(types[field.name], field.type) if field.name in types else field.type
    return pa.schema(list(types.items()))
