"""What columns the records of JSON Lines make, when they become a table.

    records ── by field ──▶ values ── pyarrow ──▶ a type, or text where no one type holds them all ──▶ schema
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .cells import is_unicode

PIECE = 1_000  # records looked at in one go
WIDEST = 100  # An object with more keys than this is a dictionary of its own, and no column with a hundred names.


def json_schema(records: Iterable[Iterable[dict[str, Any]]], column: str) -> pa.Schema:
    """The columns that hold these records without loss. A field whose values have no type in common becomes text, and is written as JSON.

    >>> records = [{"id": 1, "isi": "a", "tag": ["x"]}, {"id": 2, "isi": "b", "nilai": 1}, {"id": 3, "isi": "c", "nilai": "tinggi"}]
    >>> [(field.name, str(field.type)) for field in json_schema([records], "isi")]
    [('id', 'int64'), ('isi', 'string'), ('tag', 'list<item: string>'), ('nilai', 'string')]
    """
    types: dict[str, pa.DataType] = {column: pa.string()}
    names: dict[str, None] = {}
    for several in records:
        rest = iter(several)
        while piece := list(islice(rest, PIECE)):
            fields = dict.fromkeys(name for record in piece for name in record if is_unicode(name))  # Another can be the name of no column.
            names |= fields
            for name in fields:
                if types.get(name) != pa.string():  # A column of text stays one.
                    here = type_of([record[name] for record in piece if name in record])
                    types[name] = common(types[name], here) if name in types else here
    return pa.schema([(name, pa.string() if pa.types.is_null(types[name]) or not fits(types[name]) else types[name]) for name in names])


def type_of(values: list[Any]) -> pa.DataType:
    """The type of these values, text if there is none. Asked of pyarrow by a conversion: `pyarrow.infer_type` takes [1, "a"] for numbers."""
    try:
        return pa.array(values).type
    except (pa.ArrowException, OverflowError, TypeError, UnicodeError, RecursionError):
        return pa.string()


def common(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    """The type that holds the values of both, text if there is none."""
    try:
        return pa.unify_schemas([pa.schema([("", one)]), pa.schema([("", other)])], promote_options="permissive").field(0).type
    except pa.ArrowException:
        return pa.string()


def fits(type: pa.DataType) -> bool:
    """Whether a Parquet file can hold a column of this type, and a reader can still name its fields."""
    try:
        if breadth(type) > WIDEST:
            return False
        pq.write_table(pa.schema([("", type)]).empty_table(), pa.BufferOutputStream())
    except (pa.ArrowException, RecursionError):
        return False
    return True


def breadth(type: pa.DataType) -> int:
    """The number of fields in a type, those inside others too."""
    return sum(1 + breadth(type.field(at).type) for at in range(type.num_fields))
