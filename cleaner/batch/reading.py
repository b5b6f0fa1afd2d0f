"""What `cleaner batch` reads: each kind of file, as batches of rows. One process reads, all decode."""

import csv
import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BufferedReader, TextIOWrapper
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from ..records import Bad, Text, decoded, elements, is_array, kind_of, parsed

PACKED = {".gz": "gzip", ".zst": "zstd"}
JSON_LINES = (".jsonl", ".ndjson", ".json")  # Large corpora come as .json.gz, with a record a line.
TABLES = (*JSON_LINES, ".csv", ".tsv")
ENDINGS = (*(table + packed for table in TABLES for packed in ("", *PACKED)), ".parquet", ".txt")
BATCH_BYTES = 32_000_000  # A batch ends here, even if it has not all its rows: large records do not add up.
LONGEST_CELL = 32_000_000  # characters that are read before a quote that was never closed is taken for one
FIRST = 1_000  # records of a file that are looked at for the names of its fields
END = "\udfff"  # a last line of CSV that no file has: half a surrogate pair, which no bytes are decoded to
TOO_LONG = "has more than {} bytes, more than --max-chars allows"
# pyarrow cannot take rows from views.
VIEWS = {pa.string_view(): pa.large_string(), pa.binary_view(): pa.large_binary()}
BYTES = (pa.binary(), pa.large_binary())  # They may be text: each value is decoded by itself.
Source: TypeAlias = tuple[str, ...]  # a file, or several plain texts, which are one table
Place: TypeAlias = tuple[str, int]  # the file of a row, and its number there, from 1; JSON Lines count lines
LONGEST_ESCAPE = 12  # bytes that JSON may take for one character: "\ud83d\ude00"
REST = 1_000_000  # bytes that the other fields of a record may take in any case


class Broken(Exception):
    """A file, or the rest of one, cannot be read. The message says why, and what to do."""


class Choice(NamedTuple):
    """What the user says about all inputs."""

    column: str
    url: str | None
    publisher: str | None
    title: str | None
    encoding: str
    max_chars: int
    batch_size: int

    @property
    def longest(self) -> int:
        """The bytes that a record of JSON may have."""
        return self.max_chars * LONGEST_ESCAPE + REST


@dataclass
class Records:
    """A batch of rows of JSON Lines, as bytes still, of CSV or of plain texts."""

    choice: Choice
    where: list[Place]
    rows: list[bytes | dict[str, Any] | Bad]
    position: int  # how many bytes were read up to here

    @cached_property
    def records(self) -> list[dict[str, Any] | Bad]:
        """The rows, decoded."""
        encoding = self.choice.encoding
        return [record_of(row, encoding) if isinstance(row, bytes) else row for row in self.rows]

    def texts(self) -> Iterator[Text | Bad]:
        """The text of each row, or what is wrong with it."""
        return (text_of(record, self.choice) for record in self.records)

    def columns(self, chosen: Sequence[int], fields: Sequence[pa.Field]) -> list[pa.Array]:
        """The fields of the chosen rows; what a column of text cannot hold is written as JSON."""
        records = [record for at in chosen if isinstance(record := self.records[at], dict)]
        if late := {name for record in records for name in record} - {field.name for field in fields}:
            raise ValueError(f"no column can be called {min(late)!r}")
        return [column(field, [record.get(field.name) for record in records]) for field in fields]

    def record(self, at: int) -> tuple[Iterable[str], str]:
        """The names in a row, and the row as JSON; a line of JSON Lines to the letter as it came."""
        row = self.rows[at]
        if isinstance(row, bytes):
            return self.records[at], row.decode(self.choice.encoding).removeprefix("\ufeff").strip()
        return row, to_json(row)


@dataclass
class Table:
    """A batch of rows of a Parquet file, which keep their types."""

    choice: Choice
    where: list[Place]
    rows: pa.RecordBatch
    position: int

    def texts(self) -> Iterator[Text | Bad]:
        """The text of each row, or what is wrong with it: a file may hold bytes under the name of text."""
        wanted = {*self.choice[:4], "id"} & {*self.rows.schema.names}
        columns = {name: as_bytes(self.rows[name]).to_pylist() for name in wanted}
        for cells in zip(*columns.values(), strict=True):
            yield text_of(dict(zip(columns, cells, strict=True)), self.choice)

    def columns(self, chosen: Sequence[int], fields: Sequence[pa.Field]) -> list[pa.Array]:
        """The fields of the chosen rows in their types, or in the wider ones that other files need."""
        rows, columns = self.rows.take(pa.array(chosen, pa.int64())), []
        for field in fields:
            cells = rows[field.name] if field.name in rows.schema.names else pa.nulls(len(rows), field.type)
            as_json = pa.types.is_nested(cells.type) and not pa.types.is_nested(field.type)
            if cells.type in BYTES and field.type not in BYTES and field.name != self.choice.column:
                cells = pa.array([None if cell is None else as_text(cell) for cell in cells.to_pylist()])
            columns.append(column(field, cells.to_pylist()) if as_json else cells.cast(field.type))
        return columns

    def record(self, at: int) -> tuple[Iterable[str], str]:
        """The names in a row, and the row as JSON. Python has no word for nanoseconds: they become text."""
        row = self.rows.slice(at, 1)
        for place, field in enumerate(row.schema):
            if getattr(field.type, "unit", "") == "ns":
                lasts = pa.types.is_duration(field.type)
                cells = row[place].cast(pa.int64() if lasts else pa.string())
                cells = cells if lasts else pa.compute.replace_substring(cells, " ", "T")
                row = row.set_column(place, field.name, cells)
        return row.schema.names, to_json(row.to_pylist()[0])


Batch: TypeAlias = Records | Table
Opened: TypeAlias = Iterator[tuple[pa.Schema, Iterator[Batch]]]  # the columns of a source, and its batches


def ending(path: str) -> str:
    """Which of `ENDINGS` a path has, or ""."""
    return max((ending for ending in ENDINGS if path.lower().endswith(ending)), key=len, default="")


def is_lines(source: Source) -> bool:
    """Whether it is JSON Lines, where a field may begin late."""
    return ending(source[0]).startswith(JSON_LINES)


def size(source: Source) -> int:
    """Its bytes on the disk."""
    return sum(Path(path).stat().st_size for path in source if Path(path).exists())


def opened(source: Source, choice: Choice) -> AbstractContextManager[tuple[pa.Schema, Iterator[Batch]]]:
    """Its columns, and its batches in order. Raises `Broken`, while it is read too."""
    if ending(source[0]) == ".txt":
        return plain_texts(source, choice)
    reader = json_lines if is_lines(source) else parquet if ending(source[0]) == ".parquet" else separated
    return reader(source[0], choice)


@contextmanager
def json_lines(path: str, choice: Choice) -> Opened:
    """Lines as they came, and the names of the fields of the first, as columns of text.

    Ours: pyarrow's reader stops at the first bad line, numbers none, and keeps no record to the letter.
    """
    names = dict.fromkeys(name for record in islice(records(path, choice), FIRST) for name in record)
    with unpacked(path) as (stream, position):
        lines = enumerate(long_lines(stream, choice.longest, choice.encoding), 1)
        rows = (((path, number), line) for number, line in lines if not line.isspace())
        schema = pa.schema(dict.fromkeys(filter(is_unicode, names), pa.string()))
        yield schema, grouped(rows, choice, position)


def records(path: str, choice: Choice) -> Iterator[dict[str, Any]]:
    """The records of a file of JSON Lines; what is none is left out."""
    with unpacked(path) as (stream, _):
        for line in long_lines(stream, choice.longest, choice.encoding):
            if isinstance(record := record_of(line, choice.encoding), dict):
                yield record


def long_lines(stream: BufferedReader, longest: int, encoding: str = "utf-8") -> Iterator[bytes | Bad]:
    """The lines of a stream, or the values of a JSON array; one that is longer is read over, and told."""
    if is_array(stream):
        lines = elements(stream, encoding)
        yield from (line if len(line) <= longest else Bad(TOO_LONG.format(longest)) for line in lines)
        return
    while line := stream.readline(longest + 1):
        if len(line) <= longest:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(longest)
        yield Bad(TOO_LONG.format(longest))


@contextmanager
def separated(path: str, choice: Choice) -> Opened:
    """Rows of CSV: commas, semicolons or tabs, whichever the first line has most of; all cells are text.

    Ours, by Python's own reader: pyarrow's loses the whole file to a byte that cannot be decoded, a long cell
    or an open quote, and names no row.
    """
    csv.field_size_limit(max(LONGEST_CELL, min(choice.max_chars, 2**31 - 1)))  # Longer texts are told by row.
    with unpacked(path) as (stream, position):
        # What cannot be decoded is told from the rest, so that its row alone is lost.
        lines = TextIOWrapper(stream, choice.encoding, "surrogateescape", newline="")
        first = next(lines, "").removeprefix("\ufeff")
        tab = "\t" if ending(path).startswith(".tsv") else max(",;\t", key=first.count)
        table = csv.reader(chain([first], lines, [END]), delimiter=tab)
        try:
            names = next(table)
        except csv.Error as error:
            raise Broken(f"its first line does not name columns ({error}); mend it") from None
        if len(set(names)) < len(names) or not is_unicode("".join(names)):
            raise Broken("its first line does not name columns, each by another name; write them there")

        def rows() -> Iterator[tuple[Place, dict[str, str] | Bad]]:
            for number in count(1):
                try:
                    row = next(filter(None, table))  # A blank line is none.
                except csv.Error as error:
                    lost = f"is no row of a table ({error}), and where the next one begins is unknown"
                    raise Broken(f"row {number} {lost}; mend it") from None
                if row == [END]:
                    return
                if row[-1].endswith(END):
                    lost = "opens a quote that is never closed, so that it takes in the rest of the file"
                    raise Broken(f"row {number} {lost}; mend it")
                record: dict[str, str] | Bad = dict(zip(names, row, strict=False))
                if len(row) != len(names):
                    record = Bad(f"has {len(row)} cells, and the first line names {len(names)} columns")
                elif not is_unicode("".join(row)):
                    record = Bad("holds bytes that its encoding does not know")
                yield (path, number), record

        yield pa.schema(dict.fromkeys(names, pa.string())), grouped(rows(), choice, position)


@contextmanager
def parquet(path: str, choice: Choice) -> Opened:
    """Rows of Parquet, read by pyarrow, in their types."""
    with readable("it is no Parquet file that can be read"), pq.ParquetFile(path) as file:
        total, own = file.metadata.num_rows, file.schema_arrow
        fields = [field.with_type(VIEWS.get(field.type, field.type)) for field in own]
        schema = pa.schema(fields, own.metadata)
        unpacked = sum(file.metadata.row_group(at).total_byte_size for at in range(file.num_row_groups))

        def fitting(weight: int, rows: int) -> int:
            return max(1, min(choice.batch_size, BATCH_BYTES * rows // max(weight, 1)))

        def batches() -> Iterator[Batch]:
            done = 0
            for large in file.iter_batches(fitting(unpacked, total)):
                step = fitting(large.nbytes, large.num_rows)
                for rows in (large.slice(at, step) for at in range(0, large.num_rows, step)):
                    where = [(path, done + number) for number in range(1, rows.num_rows + 1)]
                    done += rows.num_rows
                    # The position is guessed from the number of rows.
                    yield Table(choice, where, rows.cast(schema), size((path,)) * done // max(total, 1))

        with readable("it breaks off", "get it again"):
            yield schema, batches()


@contextmanager
def plain_texts(paths: Sequence[str], choice: Choice) -> Opened:
    """Plain texts, a page a file, as one table with the columns ``file`` and ``text``."""
    longest = choice.max_chars * 4 + 4  # UTF-8 takes up to four bytes a character, and a byte order mark.
    read = 0

    def rows() -> Iterator[tuple[Place, dict[str, str] | Bad]]:
        nonlocal read
        for path in paths:
            try:
                with Path(path).open("rb") as file:
                    data = file.read(longest + 1)
                read += len(data)
                text = decoded(data, choice.encoding)
                if (kind := kind_of("", data)) or len(data) > longest:
                    text = Bad(f"is {kind}" if kind else TOO_LONG.format(longest))
            except OSError as error:
                text = Bad(f"cannot be read ({sentence(error)})")
            found = {"file": path, "text": text.removeprefix("\ufeff")}
            yield (path, 1), text if isinstance(text, Bad) else found

    choice = choice._replace(column="text", url=None, publisher=None, title=None)
    yield pa.schema({"file": pa.string(), "text": pa.string()}), grouped(rows(), choice, lambda: read)


@contextmanager
def readable(trouble: str, advice: str = "get it again, or leave it out") -> Iterator[None]:
    """Trouble with reading becomes `Broken`."""
    try:
        yield
    except UnicodeError as error:
        raise Broken(f"it cannot be decoded ({sentence(error)}); name its --encoding") from None
    except (OSError, pa.ArrowException) as error:
        raise Broken(f"{trouble} ({sentence(error)}); {advice}") from None


@contextmanager
def unpacked(path: str) -> Iterator[tuple[BufferedReader, Callable[[], int]]]:
    """A file, unpacked if it is packed, and how to ask how many of its bytes were read."""
    with readable("it cannot be read, or breaks off"), Path(path).open("rb") as raw:
        packed, size = PACKED.get(Path(path).suffix.lower()), Path(path).stat().st_size
        stream = raw
        if packed:
            stream = BufferedReader(pa.CompressedInputStream(pa.PythonFile(raw, "r"), packed))
        kind = kind_of("", stream.peek(1))
        if kind and not kind.startswith("JSON"):
            raise Broken(f"it is {kind}")
        yield stream, lambda: size if raw.closed else raw.tell()  # At the end a reader closes it.


def sentence(error: Exception) -> str:
    """What an error says, in one line."""
    return str(getattr(error, "strerror", None) or str(error).partition("\n")[0] or type(error).__name__)


def grouped(
    rows: Iterable[tuple[Place, Any]], choice: Choice, position: Callable[[], int]
) -> Iterator[Batch]:
    """Rows in batches of as many as are wanted, or of `BATCH_BYTES`."""
    where: list[Place] = []
    found: list[Any] = []
    weight = 0
    try:
        for place, row in rows:
            where.append(place)
            found.append(row)
            weight += sum(map(len, row.values())) if isinstance(row, dict) else len(row)
            if len(found) >= choice.batch_size or weight >= BATCH_BYTES:
                yield Records(choice, where, found, position())
                where, found, weight = [], [], 0
    except Exception:
        if found:  # What was read before is good.
            yield Records(choice, where, found, position())
        raise
    if found:
        yield Records(choice, where, found, position())


def text_of(record: Mapping[Any, Any] | Bad, choice: Choice) -> Text | Bad:
    """The text of a record with its hints, or what is wrong with it."""
    if isinstance(record, Bad):
        return record
    text = record.get(choice.column)
    text = decoded(text, "utf-8") if isinstance(text, bytes) else text
    if isinstance(text, Bad):
        return text
    if not isinstance(text, str):
        found = "null" if text is None and choice.column in record else "no text"
        return Bad(f"has {found} in {choice.column!r}")
    if len(text) > choice.max_chars:
        return Bad(f"has {len(text)} characters, more than the {choice.max_chars} of --max-chars")
    return Text(text, *(hint_of(record.get(name)) for name in (*choice[1:4], "id")))


def hint_of(value: object) -> str:
    """A hint as text; what is no text and no whole number is none."""
    value = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return str(value) if isinstance(value, str | int) else ""


def record_of(line: bytes | Bad, encoding: str) -> dict[str, Any] | Bad:
    """The record of a line of JSON Lines, or what is wrong with it."""
    found = parsed(line if isinstance(line, Bad) else decoded(line, encoding))
    return found if isinstance(found, dict | Bad) else Bad("is no JSON object")


def as_bytes(cells: pa.Array) -> pa.Array:
    """The texts of a column as bytes; null throughout if it holds none."""
    try:
        cells = cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells
        cells = cells.cast(pa.string()) if pa.types.is_integer(cells.type) else cells
        return cells.cast(pa.large_binary())
    except pa.ArrowException:
        return pa.nulls(len(cells))


def column(field: pa.Field, cells: Sequence[object]) -> pa.Array:
    """The cells of a column. In one of text, what is none is written as JSON."""
    if field.type in (pa.string(), pa.large_string()):
        cells = [cell if cell is None or isinstance(cell, str) else to_json(cell) for cell in cells]
    return pa.array(cells, field.type)


def to_json(value: object) -> str:
    """JSON on one line. What JSON has no word for is text, and what is no number null."""
    try:
        return json.dumps(value, ensure_ascii=False, default=as_text, allow_nan=False)
    except ValueError:
        return to_json(json.loads(json.dumps(value, default=as_text), parse_constant=lambda _: None))


def encoded(value: object) -> bytes:
    """A line of JSON as UTF-8; half a surrogate pair is escaped."""
    return f"{to_json(value)}\n".encode("utf-8", "backslashreplace")


def as_text(value: Any) -> str:  # noqa: ANN401
    """A value as text: bytes as base64, dates and times as ISO 8601, others as Python prints them."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return str(value.isoformat() if hasattr(value, "isoformat") else value)


def is_unicode(text: str) -> bool:
    """Whether a text holds no half of a surrogate pair, which cannot be written."""
    return text.encode("utf-8", "ignore").decode() == text
