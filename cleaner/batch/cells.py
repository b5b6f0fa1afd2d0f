"""The cells of a row: the text that is cleaned, and what its other columns become."""

import json
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa

from .reading import Bad, decoded


class Choice(NamedTuple):
    """What the user says about all inputs."""

    column: str
    url: str | None
    publisher: str | None
    encoding: str
    max_chars: int
    batch_size: int


class Text(NamedTuple):
    """The text of a row with its hints."""

    text: str
    url: str = ""
    publisher: str = ""


def text_of(choice: Choice, text: object, url: object = None, publisher: object = None) -> Text | Bad:
    """The text of a row with its hints; a hint that is no text is none."""
    if isinstance(text, bytes):
        text = decoded(text, "utf-8")
    if isinstance(text, Bad):
        return text
    if not isinstance(text, str):
        return Bad(f"has null in {choice.column!r}" if text is None else f"has no text in {choice.column!r}")
    if len(text) > choice.max_chars:
        return Bad(f"has {len(text)} characters, more than the {choice.max_chars} of --max-chars")
    return Text(text, *(hint.decode("utf-8", "replace") if isinstance(hint, bytes) else hint if isinstance(hint, str) else "" for hint in (url, publisher)))


def from_record(record: dict[str, Any], choice: Choice) -> Text | Bad:
    """The text of a record with its hints."""
    if choice.column not in record:
        return Bad(f"has no text in {choice.column!r}")
    return text_of(choice, record[choice.column], record.get(choice.url or ""), record.get(choice.publisher or ""))


def parsed(line: bytes | Bad, choice: Choice) -> dict[str, Any] | Bad:
    """The record of a line of JSON Lines, or what is wrong with it."""
    text = line if isinstance(line, Bad) else decoded(line, choice.encoding)
    if isinstance(text, Bad):
        return text
    try:
        record = json.loads(text.strip())
    except (ValueError, RecursionError) as error:
        return Bad(f"is no JSON ({str(error).replace('line 1 ', '')})")
    return record if isinstance(record, dict) else Bad("is no JSON object")


def values(rows: pa.RecordBatch, name: str | None) -> Iterator[Any]:
    """The values of a column, texts as bytes; null throughout for a column that was not named, or is not there."""
    if name is None or name not in rows.schema.names:
        yield from [None] * rows.num_rows
        return
    array = rows.column(name)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_string_view(array.type):
        array = array.cast(pa.large_string())
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        array = array.cast(pa.large_binary())
    for value in array:
        yield value.as_py()


def column(field: pa.Field, records: list[dict[str, Any]]) -> pa.Array:
    """One field of many records. In a column of text, a value that is none is written as JSON."""
    cells = [record.get(field.name) for record in records]
    if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
        cells = [cell if cell is None or isinstance(cell, str) else to_json(cell) for cell in cells]
    return pa.array(cells, field.type)


def is_unicode(text: str) -> bool:
    """Whether a text holds no half of a surrogate pair, which no encoding of Unicode can write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def to_json(value: object) -> str:
    """JSON on one line, its letters as they are, with what JSON has no word for as text."""
    try:
        return json.dumps(value, ensure_ascii=False, default=as_text, allow_nan=False)
    except ValueError:
        return json.dumps(finite(value), ensure_ascii=False, default=as_text)


def finite(value: object) -> object:
    """A value with null for what is no number, for which JSON has no word."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: finite(inner) for name, inner in value.items()}
    return [finite(inner) for inner in value] if isinstance(value, list) else value


def as_text(value: object) -> str:
    """A value as text: bytes as base64, dates and times as ISO 8601, others as Python prints them."""
    if isinstance(value, bytes):
        import base64

        return base64.b64encode(value).decode()
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat() if isoformat else value)
