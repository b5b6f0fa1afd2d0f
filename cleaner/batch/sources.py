"""What `cleaner batch` reads: each kind of file, as batches of rows.

    path ── source_of ──▶ source ── batches ──▶ batch ── texts, table, record ──▶ what a worker needs of it

A source is cheap, and is sent to the workers with every batch; so reading is done in one process, in order, and decoding in all of them.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from .cells import Choice, Text, column, from_record, is_unicode, parsed, text_of, to_json, values
from .json_columns import json_schema
from .reading import BATCH_BYTES, PACKED, Bad, Broken, decoded, grouped, long_lines, opened, read, sentence

JSON_LINES = (".jsonl", ".ndjson", ".json")  # Large corpora come as .json.gz, with a record a line.
TABLES = (".csv", ".tsv")
ENDINGS = (*(ending + packed for ending in (*JSON_LINES, *TABLES) for packed in ("", *PACKED)), ".parquet", ".txt")

LONGEST_CELL = 32_000_000  # characters that are read before a quote that was never closed is taken for one
FIRST = 1_000  # records of a file that are looked at for the names of its fields
LONGEST_ESCAPE = 12  # bytes that JSON may take for one character: "\ud83d\ude00"
REST = 1_000_000  # bytes that the other fields of a record may take in any case


class Batch(NamedTuple):
    """Rows of one source, still undecoded."""

    source: "Source"
    where: Sequence[tuple[str, int]]  # the file of each row, and its number there, from 1: lines of JSON Lines, records of other tables, 1 in a plain text
    rows: Any
    position: int  # how many bytes of the source were read up to here


class Source(Protocol):
    """What every kind of file can do."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The files, one but for plain texts."""

    def schema(self, choice: Choice, *, exact: bool) -> pa.Schema:
        """The columns. If not ``exact``, their names are enough, and those that the first records have. Raises `Broken`."""

    def batches(self, choice: Choice) -> Iterator[Batch]:
        """All rows, in order. Raises `Broken` where reading comes to an end too soon."""

    def texts(self, batch: Batch, choice: Choice) -> Iterator[Text | Bad]:
        """The text of each row, or what is wrong with it."""

    def table(self, batch: Batch, chosen: Sequence[int], schema: pa.Schema, choice: Choice) -> pa.Table:
        """The columns of the chosen rows, in the types of the schema."""

    def record(self, batch: Batch, at: int, choice: Choice) -> str:
        """One row as a JSON object."""


def source_of(path: str) -> Source:
    """The source that reads a file by itself, by its ending; neighbouring plain texts are one source, `Texts`."""
    name = ending(path)
    if name == ".parquet":
        return Parquet(path)
    return JsonLines(path) if name.startswith(JSON_LINES) else Csv(path)


def ending(path: str) -> str:
    """Which of `ENDINGS` a path has, or "".

    >>> ending("a/berita.JSONL.gz"), ending("a/berita.pdf")
    ('.jsonl.gz', '')
    """
    return max((ending for ending in ENDINGS if path.lower().endswith(ending)), key=len, default="")


class JsonLines(NamedTuple):
    """A file of JSON Lines: a record a line."""

    path: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The file."""
        return (self.path,)

    def schema(self, choice: Choice, *, exact: bool) -> pa.Schema:
        """The fields of all records, if exact; of the first thousand, if not."""
        if exact:
            return json_schema(self._until_broken(choice), choice.column)
        records = (record for batch in self.batches(choice._replace(batch_size=1)) for record in self._records(batch, choice))
        names = dict.fromkeys(name for record in islice(records, FIRST) for name in record)
        return pa.schema([(name, pa.string()) for name in names if is_unicode(name)])

    def batches(self, choice: Choice) -> Iterator[Batch]:
        """Lines as they came; one that is too long is not kept."""
        longest = choice.max_chars * LONGEST_ESCAPE + REST
        with opened(self.path) as (stream, position):
            lines = ((number, line) for number, line in enumerate(long_lines(stream, longest), 1) if not line.isspace())
            for numbers, rows in grouped(lines, choice.batch_size):
                yield Batch(self, [(self.path, number) for number in numbers], rows, position())

    def texts(self, batch: Batch, choice: Choice) -> Iterator[Text | Bad]:
        """The field that holds the text, of each record."""
        for line in batch.rows:
            record = parsed(line, choice)
            yield record if isinstance(record, Bad) else from_record(record, choice)

    def table(self, batch: Batch, chosen: Sequence[int], schema: pa.Schema, choice: Choice) -> pa.Table:
        """The fields; what a column of text cannot hold is written as JSON."""
        records = [record for at in chosen if isinstance(record := parsed(batch.rows[at], choice), dict)]
        for name in sorted({name for record in records for name in record} - set(schema.names)):
            raise ValueError(f"no column can be called {name!r}")
        return pa.table([column(field, records) for field in schema], schema)

    def record(self, batch: Batch, at: int, choice: Choice) -> str:
        """The line, to the letter as it came: numbers, escapes and the order of fields stay."""
        return str(batch.rows[at].decode(choice.encoding)).removeprefix("\ufeff").strip()

    def _until_broken(self, choice: Choice) -> Iterator[Iterator[dict[str, Any]]]:
        with suppress(Broken):  # What is good is cleaned; the rest is told when it is read.
            for batch in self.batches(choice):
                yield self._records(batch, choice)

    @staticmethod
    def _records(batch: Batch, choice: Choice) -> Iterator[dict[str, Any]]:
        for line in batch.rows:
            record = parsed(line, choice)
            if isinstance(record, dict):
                yield record


class Csv(NamedTuple):
    """A table as text: commas, semicolons or tabs, whichever its first line has most of. Every column is text, and stays what it is."""

    path: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The file."""
        return (self.path,)

    def schema(self, choice: Choice, *, exact: bool) -> pa.Schema:  # noqa: ARG002 - the names are all that there is to know.
        """The columns that the first line names."""
        with opened(self.path) as (stream, _):
            return self._schema(self._reader(self._lines(stream, choice), choice))

    def batches(self, choice: Choice) -> Iterator[Batch]:
        """Rows as lists of cells, or what is wrong with one."""
        with opened(self.path) as (stream, position):
            lines = self._lines(stream, choice)
            reader = self._reader(lines, choice)
            names = self._schema(reader).names
            for numbers, rows in grouped(self._rows(reader, lines, names), choice.batch_size):
                records = [row if isinstance(row, Bad) else dict(zip(names, row, strict=True)) for row in rows]
                yield Batch(self, [(self.path, number) for number in numbers], records, position())

    def texts(self, batch: Batch, choice: Choice) -> Iterator[Text | Bad]:
        """The cell that holds the text, of each row."""
        for row in batch.rows:
            yield row if isinstance(row, Bad) else from_record(row, choice)

    def table(self, batch: Batch, chosen: Sequence[int], schema: pa.Schema, choice: Choice) -> pa.Table:  # noqa: ARG002 - as in the other sources.
        """The columns, all of text."""
        records = [batch.rows[at] for at in chosen]
        return pa.table([column(field, records) for field in schema], schema)

    def record(self, batch: Batch, at: int, choice: Choice) -> str:  # noqa: ARG002 - as in the other sources.
        """The row as a JSON object."""
        return to_json(batch.rows[at])

    @staticmethod
    def _lines(stream: BinaryIO, choice: Choice) -> "Lines":
        """The lines of the file. What cannot be decoded is told from the rest, so that its row alone is lost."""
        return Lines(io.TextIOWrapper(stream, choice.encoding, "surrogateescape", newline=""))

    def _reader(self, lines: "Lines", choice: Choice) -> Iterator[list[str]]:
        """The rows of the table, the head first."""
        csv.field_size_limit(max(LONGEST_CELL, min(choice.max_chars, 2**31 - 1)))  # Longer texts are rejected as in any other table.
        first = next(lines, "").removeprefix("\ufeff")
        delimiter = "\t" if ending(self.path).startswith(".tsv") else max(",;\t", key=first.count)
        return csv.reader(chain([first], lines), delimiter=delimiter)

    @staticmethod
    def _schema(reader: Iterator[list[str]]) -> pa.Schema:
        try:
            names: list[str] = next(reader, [])
        except csv.Error as error:
            raise Broken(f"its first line does not name columns ({error}); mend it") from None
        if len(set(names)) < len(names) or not is_unicode("".join(names)):
            raise Broken("its first line does not name columns, each by another name; write them there")
        return pa.schema([(name, pa.string()) for name in names])

    @staticmethod
    def _rows(reader: Iterator[list[str]], lines: "Lines", names: list[str]) -> Iterator[tuple[int, list[str] | Bad]]:
        number = 0
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise Broken(f"row {number + 1} is no row of a table ({error}), and where the next one begins is unknown; mend it") from None
            if lines.ended:
                raise Broken(f"row {number + 1} opens a quote that is never closed, so that it takes in the rest of the file; mend it")
            if not row:  # a blank line
                continue
            number += 1
            if len(row) != len(names):
                yield number, Bad(f"has {len(row)} cells, and the first line names {len(names)} columns")
            else:
                yield number, row if is_unicode("".join(row)) else Bad("holds bytes that its encoding does not know")


class Lines:
    """Lines that know when they have come to an end. A row that needed one more line than there are is one whose quote was never closed."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for line in self.lines:
            return line
        self.ended = True
        raise StopIteration


class Parquet(NamedTuple):
    """A Parquet file. Its columns come back as they were, in their types."""

    path: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The file."""
        return (self.path,)

    def schema(self, choice: Choice, *, exact: bool) -> pa.Schema:  # noqa: ARG002 - the file knows its types.
        """The columns of the file."""
        with self._opened() as file:
            return pa.schema([seen(field) for field in file.schema_arrow], file.schema_arrow.metadata)

    def batches(self, choice: Choice) -> Iterator[Batch]:
        """Rows as record batches. The position is guessed from the number of rows."""
        size = Path(self.path).stat().st_size
        with self._opened() as file:
            done = 0
            try:
                for large in file.iter_batches(rows_of(file.metadata, choice.batch_size)):
                    step = rows_of(large, choice.batch_size)
                    for rows in (large.slice(at, step) for at in range(0, large.num_rows, step)):
                        where = [(self.path, done + number) for number in range(1, rows.num_rows + 1)]
                        done += rows.num_rows
                        yield Batch(self, where, with_schema(rows), size * done // max(file.metadata.num_rows, 1))
            except (OSError, pa.ArrowException) as error:
                raise Broken(f"it breaks off ({sentence(error)}); get it again") from None

    def texts(self, batch: Batch, choice: Choice) -> Iterator[Text | Bad]:
        """The texts, decoded one at a time: a file may hold bytes under the name of text."""
        columns = [list(values(batch.rows, name)) for name in (choice.column, choice.url, choice.publisher)]
        for text, url, publisher in zip(*columns, strict=True):
            yield text_of(choice, text, url, publisher)

    def table(self, batch: Batch, chosen: Sequence[int], schema: pa.Schema, choice: Choice) -> pa.Table:  # noqa: ARG002 - as in the other sources.
        """The columns in their types, or in the wider ones that other files need."""
        rows = batch.rows.take(pa.array(chosen, pa.int64()))
        names = rows.schema.names
        columns = [cast(rows.column(field.name), field) if field.name in names else pa.nulls(rows.num_rows, field.type) for field in schema]
        return pa.table(columns, schema)

    def record(self, batch: Batch, at: int, choice: Choice) -> str:  # noqa: ARG002 - as in the other sources.
        """The row as a JSON object: dates as ISO 8601, bytes as base64, what is no number as null, other values as Python prints them."""
        return to_json(worded(batch.rows.slice(at, 1)).to_pylist()[0])

    @contextmanager
    def _opened(self) -> Iterator[pq.ParquetFile]:
        try:
            file = pq.ParquetFile(self.path)
        except (OSError, pa.ArrowException) as error:
            raise Broken(f"it is no Parquet file that can be read ({sentence(error)}); get it again, or leave it out") from None
        with file:
            yield file


def rows_of(rows: pa.RecordBatch | pq.FileMetaData, most: int) -> int:
    """How many rows of these may stand in a batch, by their size."""
    size = rows.nbytes if isinstance(rows, pa.RecordBatch) else sum(rows.row_group(at).total_byte_size for at in range(rows.num_row_groups))
    return max(1, min(most, BATCH_BYTES * int(rows.num_rows) // max(int(size), 1)))


def worded(rows: pa.RecordBatch) -> pa.RecordBatch:
    """The rows with nanoseconds, for which Python has no word, as text; as numbers, where they last."""
    for at, field in enumerate(rows.schema):
        if getattr(field.type, "unit", "") == "ns":
            kind = pa.int64() if pa.types.is_duration(field.type) else pa.string()
            array = rows.column(at).cast(kind)
            rows = rows.set_column(at, field.with_type(kind), array if kind != pa.string() else pa.compute.replace_substring(array, " ", "T"))
    return rows


def seen(field: pa.Field) -> pa.Field:
    """The field, without views, from which pyarrow cannot take rows."""
    if pa.types.is_binary_view(field.type):
        return field.with_type(pa.large_binary())
    return field.with_type(pa.large_string()) if pa.types.is_string_view(field.type) else field


def with_schema(rows: pa.RecordBatch) -> pa.RecordBatch:
    """The rows in the types of `seen`."""
    for at, field in enumerate(rows.schema):
        if seen(field) != field:
            rows = rows.set_column(at, seen(field), rows.column(at).cast(seen(field).type))
    return rows


def cast(array: pa.Array, field: pa.Field) -> pa.Array:
    """The values in the type of the field; as JSON, where that is text and they are none."""
    if pa.types.is_nested(array.type) and not pa.types.is_nested(field.type):
        return column(field, [{field.name: value} for value in array.to_pylist()])
    return array.cast(field.type)


class Texts(NamedTuple):
    """Plain texts, a page a file, as one table with the columns ``file`` and ``text``."""

    paths: tuple[str, ...]

    def schema(self, choice: Choice, *, exact: bool) -> pa.Schema:  # noqa: ARG002 - it is always the same.
        """The two columns."""
        return pa.schema([("file", pa.string()), ("text", pa.string())])

    def batches(self, choice: Choice) -> Iterator[Batch]:
        """Files as bytes, or what is wrong with one."""
        longest = choice.max_chars * 4 + 4  # UTF-8 takes up to four bytes a character, and a byte order mark may stand before.
        position = 0
        for places, rows in grouped(enumerate(read(path, longest) for path in self.paths), choice.batch_size):
            position += sum(map(len, rows))
            paths = tuple([self.paths[place] for place in places])
            yield Batch(Texts(paths), [(path, 1) for path in paths], rows, position)

    def texts(self, batch: Batch, choice: Choice) -> Iterator[Text | Bad]:
        """Each file, decoded."""
        for row in batch.rows:
            yield text_of(choice, row if isinstance(row, Bad) else decoded(row, choice.encoding))

    def table(self, batch: Batch, chosen: Sequence[int], schema: pa.Schema, choice: Choice) -> pa.Table:
        """The columns."""
        records = [self._page(batch, at, choice) for at in chosen]
        return pa.table([column(field, records) for field in schema], schema)

    def record(self, batch: Batch, at: int, choice: Choice) -> str:
        """One file as a JSON object."""
        return to_json(self._page(batch, at, choice))

    def _page(self, batch: Batch, at: int, choice: Choice) -> dict[str, str]:
        return {"file": self.paths[at], "text": decoded(batch.rows[at], choice.encoding)}
