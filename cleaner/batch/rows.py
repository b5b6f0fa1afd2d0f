"""Rows as a worker sees them: the text of each, and what becomes of its other columns.

    batch ── content ──▶ Records or Table ── texts ──▶ what is cleaned
                                          └─ columns, record ──▶ what is written, as Parquet or as JSON
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute

from ..records import Bad, Text, decoded, parsed

LONGEST_ESCAPE = 12  # bytes that JSON may take for one character: "\ud83d\ude00"
REST = 1_000_000  # bytes that the other fields of a record may take in any case
PIECE = 1_000  # records that are looked at in one go, for their types
WIDEST = 100  # fields; an object that has more is a dictionary of its own, and no column with a hundred names


class Choice(NamedTuple):
    """What the user says about all inputs."""

    column: str
    url: str | None
    publisher: str | None
    encoding: str
    max_chars: int
    batch_size: int

    @property
    def longest(self) -> int:
        """The bytes that a record of JSON may have."""
        return self.max_chars * LONGEST_ESCAPE + REST


class Records:
    """Rows of JSON Lines, as bytes still, of CSV and of plain texts."""

    def __init__(self, rows: Sequence[bytes | dict[str, Any] | Bad], choice: Choice) -> None:
        self.rows, self.choice = rows, choice
        self.records = [record_of(row, choice.encoding) if isinstance(row, bytes) else row for row in rows]

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


class Table:
    """Rows of a Parquet file, which keep their types."""

    def __init__(self, rows: pa.RecordBatch, choice: Choice) -> None:
        self.rows, self.choice = rows, choice

    def texts(self) -> Iterator[Text | Bad]:
        """The text of each row, or what is wrong with it: a file may hold bytes under the name of text."""
        wanted = {self.choice.column, self.choice.url, self.choice.publisher}
        names = [name for name in self.rows.schema.names if name in wanted]
        for cells in zip(*(as_bytes(self.rows[name]) for name in names), strict=True):
            yield text_of(dict(zip(names, (cell.as_py() for cell in cells), strict=True)), self.choice)

    def columns(self, chosen: Sequence[int], fields: Sequence[pa.Field]) -> list[pa.Array]:
        """The fields of the chosen rows in their types, or in the wider ones that other files need."""
        rows, columns = self.rows.take(pa.array(chosen, pa.int64())), []
        for field in fields:
            cells = rows[field.name] if field.name in rows.schema.names else pa.nulls(len(rows), field.type)
            as_json = pa.types.is_nested(cells.type) and not pa.types.is_nested(field.type)
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


def text_of(record: Mapping[Any, Any] | Bad, choice: Choice) -> Text | Bad:
    """The text of a record with its hints, or what is wrong with it; a hint that is no text is none."""
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
    hints = [record.get(choice.url), record.get(choice.publisher)]
    hints = [hint.decode("utf-8", "replace") if isinstance(hint, bytes) else hint for hint in hints]
    return Text(text, *(hint if isinstance(hint, str) else "" for hint in hints))


def record_of(line: bytes | Bad, encoding: str) -> dict[str, Any] | Bad:
    """The record of a line of JSON Lines, or what is wrong with it."""
    found = parsed(line if isinstance(line, Bad) else decoded(line, encoding))
    return found if isinstance(found, dict | Bad) else Bad("is no JSON object")


def as_bytes(cells: pa.Array) -> pa.Array:
    """The texts of a column as bytes; null throughout if it holds none."""
    try:
        cells = cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells
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


def json_schema(records: Iterable[Mapping[str, Any]], column: str) -> pa.Schema:
    """The columns that hold these records without loss. A field without one type for all is text, as JSON.

    pyarrow's own reader would refuse such records, and take a text that looks like a date for one.

    >>> records = [{"id": 1, "isi": "a", "tag": ["x"]}, {"id": 2, "nilai": 1}, {"id": 3, "nilai": "tinggi"}]
    >>> [(field.name, str(field.type)) for field in json_schema(records, "isi")]
    [('id', 'int64'), ('isi', 'string'), ('tag', 'list<item: string>'), ('nilai', 'string')]
    """
    types: dict[str, pa.DataType] = {}
    rest = iter(records)
    while piece := list(islice(rest, PIECE)):
        for name in dict.fromkeys(name for record in piece for name in record if is_unicode(name)):
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
