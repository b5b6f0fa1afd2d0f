"""What `cleaner batch` reads: each kind of file, as batches of rows. One process reads, all of them decode.

    path ── opened ──▶ columns, batches ──▶ a batch ── content, in a worker ──▶ rows
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from ..records import Bad, decoded
from .rows import Choice, Records, Table, is_unicode, record_of

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
Place: TypeAlias = tuple[str, int]  # the file of a row, and its number there, from 1; JSON Lines count lines
Opened: TypeAlias = "Iterator[tuple[pa.Schema, Iterator[Batch]]]"  # the columns of a source, and its batches


class Broken(Exception):
    """A file, or the rest of one, cannot be read. The message says why, and what to do."""


class Batch(NamedTuple):
    """Rows of one source, as they were read."""

    where: list[Place]
    rows: Any
    choice: Choice
    position: int  # how many bytes were read up to here

    def content(self) -> Records | Table:
        """The rows, decoded."""
        return (Table if isinstance(self.rows, pa.RecordBatch) else Records)(self.rows, self.choice)


class Source(NamedTuple):
    """A file, or several plain texts, which are one table."""

    paths: tuple[str, ...]

    @property
    def ending(self) -> str:
        """Which of `ENDINGS` its files have."""
        return ending(self.paths[0])

    @property
    def is_lines(self) -> bool:
        """Whether it is JSON Lines, where a field may begin late."""
        return self.ending.startswith(JSON_LINES)

    @property
    def size(self) -> int:
        """Its bytes on the disk."""
        return sum(Path(path).stat().st_size for path in self.paths if Path(path).exists())

    def opened(self, choice: Choice) -> AbstractContextManager[tuple[pa.Schema, Iterator[Batch]]]:
        """Its columns, and its batches in order. Raises `Broken`, while it is read too."""
        if self.ending == ".txt":
            return plain_texts(self.paths, choice)
        opened = json_lines if self.is_lines else parquet if self.ending == ".parquet" else separated
        return opened(self.paths[0], choice)


def ending(path: str) -> str:
    """Which of `ENDINGS` a path has, or "".

    >>> ending("a/berita.JSONL.gz"), ending("a/berita.pdf")
    ('.jsonl.gz', '')
    """
    return max((ending for ending in ENDINGS if path.lower().endswith(ending)), key=len, default="")


@contextmanager
def json_lines(path: str, choice: Choice) -> Opened:
    """Lines as they came, and the names of the fields of the first, as columns of text.

    Ours: pyarrow's reader stops at the first bad line, numbers none, and keeps no record to the letter.
    """
    names = dict.fromkeys(name for record in islice(records(path, choice), FIRST) for name in record)
    with unpacked(path) as (stream, position):
        lines = enumerate(long_lines(stream, choice.longest), 1)
        rows = (((path, number), line) for number, line in lines if not line.isspace())
        yield texts(filter(is_unicode, names)), grouped(rows, choice, position)


def records(path: str, choice: Choice) -> Iterator[dict[str, Any]]:
    """The records of a file of JSON Lines; what is none is left out."""
    with unpacked(path) as (stream, _):
        for line in long_lines(stream, choice.longest):
            if isinstance(record := record_of(line, choice.encoding), dict):
                yield record


def long_lines(stream: BinaryIO, longest: int) -> Iterator[bytes | Bad]:
    """The lines of a stream; one that is longer than that many bytes is read over, piece by piece."""
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
        lines = io.TextIOWrapper(stream, choice.encoding, "surrogateescape", newline="")
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

        yield texts(names), grouped(rows(), choice, position)


@contextmanager
def parquet(path: str, choice: Choice) -> Opened:
    """Rows of Parquet, read by pyarrow, in their types."""
    with readable("it is no Parquet file that can be read"), pq.ParquetFile(path) as file:
        total, size, own = file.metadata.num_rows, Path(path).stat().st_size, file.schema_arrow
        fields = [field.with_type(VIEWS.get(field.type, field.type)) for field in own]
        schema = pa.schema(fields, own.metadata)
        unpacked = sum(file.metadata.row_group(at).total_byte_size for at in range(file.num_row_groups))

        def fitting(size: int, rows: int) -> int:
            return max(1, min(choice.batch_size, BATCH_BYTES * rows // max(size, 1)))

        def batches() -> Iterator[Batch]:
            done = 0
            for large in file.iter_batches(fitting(unpacked, total)):
                step = fitting(large.nbytes, large.num_rows)
                for rows in (large.slice(at, step) for at in range(0, large.num_rows, step)):
                    where = [(path, done + number) for number in range(1, rows.num_rows + 1)]
                    done += rows.num_rows
                    # The position is guessed from the number of rows.
                    yield Batch(where, rows.cast(schema), choice, size * done // max(total, 1))

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
                fits = len(data) <= longest
                text = decoded(data, choice.encoding) if fits else Bad(TOO_LONG.format(longest))
            except OSError as error:
                text = Bad(f"cannot be read ({sentence(error)})")
            found = {"file": path, "text": text.removeprefix("\ufeff")}
            yield (path, 1), text if isinstance(text, Bad) else found

    choice = choice._replace(column="text", url=None, publisher=None)
    yield texts(["file", "text"]), grouped(rows(), choice, lambda: read)


def texts(names: Iterable[str]) -> pa.Schema:
    """Columns of text."""
    return pa.schema([(name, pa.string()) for name in names])


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
def unpacked(path: str) -> Iterator[tuple[BinaryIO, Callable[[], int]]]:
    """A file, unpacked if it is packed, and how to ask how many of its bytes were read."""
    with readable("it cannot be read, or breaks off"), Path(path).open("rb") as raw:
        packed, size = PACKED.get(Path(path).suffix.lower()), Path(path).stat().st_size
        stream = raw
        if packed:
            stream = io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(raw, "r"), packed))
        yield stream, lambda: size if raw.closed else raw.tell()  # At the end a reader closes it.


def sentence(error: Exception) -> str:
    """What an error says, in one line."""
    return str(getattr(error, "strerror", None) or str(error).partition("\n")[0] or type(error).__name__)


def grouped(
    rows: Iterable[tuple[Place, Any]], choice: Choice, position: Callable[[], int]
) -> Iterator[Batch]:
    """Rows in batches of as many as are wanted, or of `BATCH_BYTES`."""
    batch, weight = Batch([], [], choice, 0), 0
    try:
        for place, row in rows:
            batch.where.append(place)
            batch.rows.append(row)
            weight += sum(map(len, row.values())) if isinstance(row, dict) else len(row)
            if len(batch.rows) >= choice.batch_size or weight >= BATCH_BYTES:
                yield batch._replace(position=position())
                batch, weight = Batch([], [], choice, 0), 0
    except Exception:
        if batch.rows:  # What was read before is good.
            yield batch._replace(position=position())
        raise
    if batch.rows:
        yield batch._replace(position=position())
