"""Arrow in, Arrow out: the parts of every article as columns, for every engine that speaks Arrow.

    table, or batches ── texts of a column ── pipeline ──▶ the same rows, with those of SCHEMA behind

Needs pyarrow, which the extra ``arrow`` brings. ``examples/`` holds a program for each engine.
"""

from collections.abc import Iterable, Iterator, Sequence

from . import Article, Pipeline, default
from .article import PARTS

try:
    import pyarrow as pa
except ImportError as error:
    advice = "cleaner.arrow needs pyarrow; run: pip install pyarrow"
    raise ImportError(advice, name="pyarrow") from error

PREFIX = "clean_"
NAMES = (*PARTS, "captions", "removed")

CAPTIONS = pa.list_(pa.struct({"caption": pa.string(), "credit": pa.string()}))
"""The type of ``clean_captions``: every photo, the lead first."""

_TEXTS = dict.fromkeys(("label", "rule", "why", "text"), pa.string())
REMOVED = pa.list_(pa.struct({"start": pa.int64(), "end": pa.int64(), **_TEXTS}))
"""The type of ``clean_removed``: spans as in `Article.removed`, places counted in the repaired text."""

_TYPES = (*(pa.string() for _ in PARTS), CAPTIONS, REMOVED)
SCHEMA = pa.schema([(PREFIX + name, type) for name, type in zip(NAMES, _TYPES, strict=True)])
"""The columns that are added: the parts of the article, and what was removed; null where there is no text."""


def clean_table(
    table: pa.Table, column: str = "text", *, url: str | None = None, publisher: str | None = None,
    title: str | None = None, prefix: str = PREFIX, pipeline: Pipeline | None = None,
) -> pa.Table:
    """The table with the columns of `SCHEMA` behind its own, row by row: null where the text is null.

    ``column`` names the column of texts, ``url``, ``publisher`` and ``title`` columns of hints, if there are
    any; ``prefix`` begins the names of the new columns; ``pipeline`` is the default one. Anything that gives
    Arrow of itself, as a data frame of Polars does, is taken for a table.

    Raises `ValueError` when a column is missing, or when a new one is there already (nothing is overwritten),
    `TypeError` when a column holds no texts, and `FilterError` when a filter fails: the default ones do not.

    >>> pages = {"id": [7, 8], "isi": ["Air surut sejak pagi, kata warga.\\nBaca juga: Hujan Reda", None]}
    >>> table = clean_table(pa.table(pages), "isi")
    >>> print(*table.column_names[:4], "…", table.column_names[-1])
    id isi clean_title clean_kicker … clean_removed
    >>> table["clean_body"].to_pylist(), table["clean_removed"][0][0]["label"]
    (['Air surut sejak pagi, kata warga.', None], <pyarrow.StringScalar: 'readmore'>)
    """
    table = table if isinstance(table, pa.Table) else pa.table(table)
    new = added_schema(table.schema, column, url, publisher, prefix, title)
    schema = pa.schema([*table.schema, *new])
    hints = {"url": url, "publisher": publisher, "title": title}
    cleaned = clean_batches(table.to_batches(), column, **hints, prefix=prefix, pipeline=pipeline)
    return pa.Table.from_batches(cleaned, schema.with_metadata(table.schema.metadata))


def clean_batches(
    batches: Iterable[pa.RecordBatch], column: str = "text", *, url: str | None = None,
    publisher: str | None = None, title: str | None = None, prefix: str = PREFIX,
    pipeline: Pipeline | None = None,
) -> Iterator[pa.RecordBatch]:
    """Each batch with the columns of `SCHEMA` behind its own, when it is asked for: see `clean_table`.

    >>> batch = pa.record_batch({"text": ["Air surut sejak pagi, kata warga.\\nBaca juga: Hujan Reda"]})
    >>> [clean["clean_body"][0].as_py() for clean in clean_batches([batch])]
    ['Air surut sejak pagi, kata warga.']
    """
    names = column, url, publisher, title
    for batch in batches:
        added = added_schema(batch.schema, column, url, publisher, prefix, title)
        none = [None] * batch.num_rows  # where there is no column
        given = [none if name is None else (cell.as_py() for cell in batch.column(name)) for name in names]
        clean, rows = pipeline or default(), []
        for text, *hints in zip(*given, strict=True):
            known = dict(zip(("url", "publisher", "title"), [hint or "" for hint in hints], strict=True))
            rows.append({} if text is None else row(clean(text, **known)))
        schema = pa.schema([*batch.schema, *added], batch.schema.metadata)
        yield pa.RecordBatch.from_arrays([*batch.columns, *arrays(rows)], schema=schema)


def added_schema(
    schema: pa.Schema, column: str = "text", url: str | None = None, publisher: str | None = None,
    prefix: str = PREFIX, title: str | None = None,
) -> pa.Schema:
    """The columns that will be added to a table of this schema. Raises what `clean_table` does."""
    for name in filter(None, (column, url, publisher, title)):
        check_text(schema, name)
    added = prefixed(prefix)
    if taken := [name for name in added.names if name in schema.names]:
        there = f"a column {taken[0]!r} is there already, and is not overwritten"
        raise ValueError(f"{there}; choose another prefix than {prefix!r}")
    return added


def prefixed(prefix: str, names: Iterable[str] = NAMES) -> pa.Schema:
    """The columns of `SCHEMA` for these parts, with names that begin otherwise."""
    return pa.schema([SCHEMA.field(PREFIX + name).with_name(prefix + name) for name in names])


def check_text(schema: pa.Schema, name: str) -> None:
    """Raise `ValueError` when there is not one column of that name, `TypeError` when it holds no texts."""
    if schema.names.count(name) != 1:
        many = "more than one column is" if name in schema.names else "no column is"
        there = ", ".join(map(repr, schema.names)) or "none"
        raise ValueError(f"{many} called {name!r}; there are: {there}")
    type = values = schema.field(name).type
    while pa.types.is_dictionary(values):
        values = values.value_type
    if values not in (pa.string(), pa.large_string(), pa.string_view(), pa.null()):
        raise TypeError(f"column {name!r} holds {type}, not text; name another, or cast it to string first")


def row(article: Article, names: Iterable[str] = NAMES) -> dict[str, object]:
    """What the columns of `SCHEMA` hold for one article, by their names without the prefix."""
    made: dict[str, object] = {name: getattr(article, name) for name in names}
    if "captions" in made:
        made["captions"] = [{"caption": text, "credit": credit} for text, credit in article.captions]
    if "removed" in made:
        made["removed"] = [span.to_dict() for span in article.removed]
    return made


def arrays(rows: Sequence[dict[str, object]]) -> list[pa.Array]:
    """The columns of `SCHEMA`, made of what `row` gives; null where it holds nothing."""
    return list(pa.RecordBatch.from_pylist(rows, prefixed("")).columns)
