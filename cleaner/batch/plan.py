"""What is going to be read: the files, the column of texts, and all columns of the output.

`cleaner report` and `cleaner stats` read the same files, and have the same options for them.
"""

import glob
import os
import time
from argparse import ArgumentTypeError, Namespace
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from functools import partial
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from .. import Article, Pipeline
from ..arrow import check_text
from ..console import Parser, Unusable, check_lines
from ..records import Bad, Text, cleaned, texts_among
from ..workers import cores, in_order
from . import reading
from .progress import State, progress
from .reading import BYTES, ENDINGS, Batch, Broken, Choice, Source, ending, is_lines

SMALL = 100  # rows that `report` and `stats` read at a time, and `batch` if its inputs are small
TOGETHER = 20  # documents that `report` and `stats` give a worker at a time
PIECE = 1_000  # records that are looked at in one go, for their types
WIDEST = 100  # fields; an object that has more is a dictionary of its own, and no column with a hundred names


class Plan(NamedTuple):
    """The sources in order, with their columns, and the files that cannot be read, with the reason."""

    sources: dict[Source, pa.Schema]
    choice: Choice
    unreadable: dict[str, str]

    def batches(self) -> Iterator[Batch]:
        """All batches, their positions counted through. Files that break off are put down in `unreadable`."""
        before = 0
        for source in self.sources:
            try:
                with reading.opened(source, self.choice) as (_, batches):
                    for batch in batches:
                        batch.position += before
                        yield batch
            except Broken as error:
                self.unreadable[source[0]] = str(error)
            before += reading.size(source)

    def schema(self, new: pa.Schema) -> pa.Schema:
        """All columns, as they come, in types that hold all values, and behind them the new ones."""

        def good(path: str) -> Iterator[dict[str, Any]]:
            with suppress(Broken):  # The rest is told when it is read.
                yield from reading.records(path, self.choice)

        schemas, column = [], self.choice.column
        for source, schema in self.sources.items():
            schemas.append(json_schema(good(source[0]), column) if is_lines(source) else schema)
        own = schemas[0] if schemas else pa.schema([])
        if not all(schema.equals(own, check_metadata=True) for schema in schemas):
            types: dict[str, pa.DataType] = {}
            for field in chain(*schemas):
                types[field.name] = common(types.get(field.name, pa.null()), field.type)
            own = pa.schema(types.items())
        # A field that begins late may have the name of a new one: its record will be rejected.
        return pa.schema([*(field for field in own if field.name not in new.names), *new], own.metadata)


def json_schema(records: Iterable[Mapping[str, Any]], column: str) -> pa.Schema:
    """The columns that hold these records without loss. A field without one type for all is text, as JSON.

    Ours: pyarrow's reader would refuse such records, and take a text that looks like a date for one.
    """
    types: dict[str, pa.DataType] = {}
    rest = iter(records)
    while piece := list(islice(rest, PIECE)):
        for name in dict.fromkeys(name for record in piece for name in record if reading.is_unicode(name)):
            known = types.get(name, pa.string() if name == column else pa.null())
            cells = [record[name] for record in piece if name in record]
            types[name] = known if known == pa.string() else common(known, cells)
    return pa.schema([(name, type if fits(type) else pa.string()) for name, type in types.items()])


def common(one: pa.DataType, other: pa.DataType | list[Any]) -> pa.DataType:
    """The type that holds the values of one, and of another or of a list; text if there is none."""
    try:  # Asked of pyarrow by a conversion: `pyarrow.infer_type` takes [1, "a"] for numbers.
        other = pa.array(other).type if isinstance(other, list) else other
        both = [pa.schema([("", one)]), pa.schema([("", other)])]
        return pa.unify_schemas(both, promote_options="permissive").field(0).type
    except (pa.ArrowException, OverflowError, TypeError, UnicodeError, RecursionError):
        return pa.string()


def fits(type: pa.DataType) -> bool:
    """Whether a column of Parquet can have this type, and a reader can still name its fields."""
    inside = [type]
    for one in inside:  # It grows meanwhile.
        inside += [one.field(at).type for at in range(one.num_fields)]
        if len(inside) > WIDEST + 1 or pa.types.is_struct(one) and not one.num_fields:
            return False
    return not pa.types.is_null(type)


class Document(NamedTuple):
    """A row of an input: the file, its number there from 1, and its text with its hints, or what is wrong."""

    file: str
    row: int | None  # None for a file that cannot be read, or the rest of one
    text: Text | Bad

    @property
    def place(self) -> str:
        """Where it stands: the file, and the row in it, but for a file that is one page."""
        alone = not self.row or self.file.lower().endswith(".txt")
        return self.file if alone else f"{self.file}, row {self.row}"


def documents(options: Namespace, *unwanted: Path) -> Iterator[Document]:
    """Every row of every input, in order; then the files that cannot be read. Raises what `plan` does.

    How much of the inputs was read is shown meanwhile.
    """
    read, begun = plan(files(options.inputs, *unwanted), choice_of(options)), time.monotonic()
    state = State(sum(map(reading.size, read.sources)))
    with progress(quiet=options.quiet) as show:
        for batch in read.batches():
            for (file, row), text in zip(batch.where, batch.texts(), strict=True):
                yield Document(file, row, text)
                state.documents += 1
                state.rejected += isinstance(text, Bad)
            state.read, state.fresh = batch.position, state.documents
            state.seconds = time.monotonic() - begun
            show(state)
    for file, reason in read.unreadable.items():
        yield Document(file, None, Bad(reason))


def articles(
    documents: Iterable[Document], pipeline: Pipeline, workers: int
) -> Iterator[tuple[Document, Article | Bad]]:
    """Each document with its article, or with what is wrong, in order."""
    waiting: deque[Document] = deque()

    def texts() -> Iterator[list[Text | Bad]]:
        rest = iter(documents)
        while some := list(islice(rest, TOGETHER)):
            waiting.extend(some)
            yield [document.text for document in some]

    try:
        for made in in_order(partial(all_cleaned, pipeline), texts(), workers, "spawn"):
            for article in made:
                yield waiting.popleft(), article
    except BrokenExecutor:
        why = "a worker was killed, perhaps for want of memory; fewer --workers take less"
        raise Unusable(why) from None


def all_cleaned(pipeline: Pipeline, texts: Iterable[Text | Bad]) -> list[Article | Bad]:
    """The article of each text, or what is wrong with it."""
    return [cleaned(pipeline, text) for text in texts]


def plan(paths: Sequence[str], choice: Choice, new: Iterable[str] = ()) -> Plan:
    """Look at every file, and choose the column of texts if it is not named ("").

    ``new`` names the columns that are going to be added. Raises `Unusable` where a column cannot be guessed,
    is in no file, or would be overwritten.
    """
    schemas: dict[Source, pa.Schema] = {}
    unreadable: dict[str, str] = {}
    for plain, group in groupby(paths, lambda path: ending(path) == ".txt"):
        for source in [tuple(group)] if plain else [(path,) for path in group]:
            try:
                with reading.opened(source, choice) as (schema, _):
                    schemas[source] = schema
            except Broken as error:
                unreadable[source[0]] = str(error)
    tables = {source: schema for source, schema in schemas.items() if ending(source[0]) != ".txt"}
    if tables:
        names = list(dict.fromkeys(name for schema in tables.values() for name in schema.names))
        choice = choice._replace(column=choice.column or guessed(names))
        for hint in choice[1:4]:
            if hint and hint not in names:
                raise Unusable(f"no column is called {hint!r}; there are: {', '.join(names) or 'none'}")
        for source, schema in tables.items():
            # Where the column may begin late, records are judged one by one.
            late = is_lines(source) and choice.column in names and choice.column not in schema.names
            try:
                if schema.names and not late:
                    check(schema, choice.column, new)
            except (ValueError, TypeError) as error:
                unreadable[source[0]] = f"cannot be cleaned ({error})"
                del schemas[source]
        if not schemas.keys() & tables.keys():
            path = next(iter(tables))[0]
            raise Unusable(f"{path}: it {unreadable[path]}")
    return Plan(schemas, choice, unreadable)


def guessed(names: Sequence[str]) -> str:
    """The column of texts, if only one has such a name, or if there are none at all. Raises `Unusable`."""
    found = texts_among(names)
    if len(found) == 1 or not names:
        return found[0] if found else "text"
    which = f"say which column holds the text, as in --column {(found or names)[0]}"
    raise Unusable(f"{which}; there are: {', '.join(names)}")


def check(schema: pa.Schema, column: str, new: Iterable[str]) -> None:
    """Raise `ValueError` or `TypeError` where a file with these columns cannot be cleaned."""
    if twice := [name for name in schema.names if schema.names.count(name) > 1]:
        raise ValueError(f"more than one column is called {twice[0]!r}")
    schema = pa.schema([(field.name, pa.string() if field.type in BYTES else field.type) for field in schema])
    check_text(schema, column)
    if taken := [name for name in new if name in schema.names]:
        there = f"a column {taken[0]!r} is there already, and is not overwritten"
        raise ValueError(f"{there}; choose another --prefix")


def files(inputs: Sequence[str], *unwanted: Path) -> list[str]:
    """The files that the inputs name, each once, without what lies under an unwanted path.

    Files come as they are, those of globs and folders by name. Raises `Unusable` where an input names none.
    """
    chosen: dict[Path, str] = {}  # by the real path, so that no file is read twice
    places = {place.absolute() for place in unwanted}
    for given in inputs:
        path, found = Path(given), [given]
        if given == "-" or path.exists() and not path.is_dir() and not path.is_file():
            advice = "give files, or use cleaner --jsonl, which reads streams"
            raise Unusable(f"{given}: a stream cannot be read twice; {advice}")
        if not os.path.lexists(path):  # Path.glob takes no absolute patterns.
            found = [str(Path(name)) for name in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207
        names = [name for one in found for name in (within(one) if Path(one).is_dir() else [one])]
        names = [name for name in names if ending(name)]
        names = [name for name in names if places.isdisjoint(Path(name, "_").absolute().parents)]
        if not names:
            kinds = f"give files, globs or folders of {', '.join(ENDINGS)}"
            raise Unusable(f"{given}: there is nothing here that can be read; {kinds}")
        for name in names:
            chosen.setdefault(Path(name).resolve(), name)
    return list(chosen.values())


def within(folder: str) -> list[str]:
    """The files under a folder by name, without hidden ones, and not through links to folders."""

    def locked(error: OSError) -> None:
        advice = "make it readable, or name its files"
        raise Unusable(f"{error.filename}: this folder cannot be read ({error.strerror}); {advice}")

    names = []
    for place, inside, found in os.walk(folder, onerror=locked):
        inside[:] = [name for name in inside if not name.startswith(".")]
        names += [str(Path(place, name)) for name in found if not name.startswith(".")]
    return sorted(names)


def parser_of(prog: str, *, cleans: bool = True) -> Parser:
    """A parser of the options that say how inputs are read, and, where they are cleaned, how."""
    parser = Parser(prog, cleans=cleans)
    parser.add_argument("inputs", nargs="*")
    parser.add_argument("--column", default="")
    parser.add_argument("--max-chars", type=natural, default=1_000_000)
    parser.add_argument("-q", "--quiet", action="store_true")
    parser.set_defaults(batch_size=SMALL, url_column=None, publisher_column=None, title_column=None)
    if cleans:
        for hint in ("--url-column", "--publisher-column", "--title-column"):
            parser.add_argument(hint)
        parser.add_argument("--workers", type=natural, default=cores())
    return parser


def choice_of(options: Namespace) -> Choice:
    """What the options say about the inputs. Raises `Unusable` where lines cannot be told in an encoding."""
    check_lines(options.encoding)
    columns = options.column, options.url_column, options.publisher_column, options.title_column
    return Choice(*columns, options.encoding, options.max_chars, options.batch_size)


def natural(text: str) -> int:
    """A whole number from 1 up."""
    digits = text.lstrip("0")
    if not digits.isascii() or not digits.isdecimal():
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1 up")
    return int(digits) if len(digits) < 18 else 10**18
