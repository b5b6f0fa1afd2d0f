"""Bytes off the disk: files that may be packed, lines that may be endless, and groups of rows that fit into the memory."""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

PACKED = {".gz": "gzip", ".zst": "zstd"}
BATCH_BYTES = 32_000_000  # A batch ends here, even if it has not all its rows: so large records do not add up in memory.


class Broken(Exception):
    """A file, or the rest of one, cannot be read. The message says why, and what to do."""


class Bad(str):
    """Why a row cannot be cleaned, where its text would stand."""

    __slots__ = ()


@contextmanager
def opened(path: str) -> Iterator[tuple[BinaryIO, Callable[[], int]]]:
    """A file, unpacked if it is packed, and how to ask how many of its bytes were read. Trouble with reading becomes `Broken`."""
    try:
        with Path(path).open("rb") as raw:
            packed = PACKED.get(Path(path).suffix.lower())
            stream = io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(raw, "r"), packed)) if packed else raw
            size = Path(path).stat().st_size
            yield stream, lambda: size if raw.closed else raw.tell()  # A reader that has come to the end closes what it reads.
    except UnicodeError as error:
        raise Broken(f"it cannot be decoded ({sentence(error)}); name its --encoding") from None
    except (OSError, pa.ArrowException) as error:
        raise Broken(f"it cannot be read, or breaks off ({sentence(error)}); get it again, or leave it out") from None


def read(path: str, longest: int) -> bytes | Bad:
    """The bytes of a file that is not too long."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(longest + 1)
    except OSError as error:
        return Bad(f"cannot be read ({sentence(error)})")
    return data if len(data) <= longest else Bad(f"has more than {longest} bytes, more than --max-chars allows")


def long_lines(stream: BinaryIO, longest: int) -> Iterator[bytes | Bad]:
    """The lines of a stream; one that is longer than that many bytes is read over, piece by piece."""
    while line := stream.readline(longest + 1):
        if len(line) <= longest:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(longest)
        yield Bad(f"has more than {longest} bytes, more than --max-chars allows")


def grouped(rows: Iterable[tuple[int, Any]], size: int) -> Iterator[tuple[list[int], list[Any]]]:
    """Numbered rows in groups of that many, or of `BATCH_BYTES`."""
    numbers: list[int] = []
    group: list[Any] = []
    weight = 0
    try:
        for number, row in rows:
            numbers.append(number)
            group.append(row)
            weight += len(row) if isinstance(row, (bytes, str)) else sum(map(len, row))
            if len(group) >= size or weight >= BATCH_BYTES:
                yield numbers, group
                numbers, group, weight = [], [], 0
    except (OSError, pa.ArrowException, Broken):
        if group:  # What was read before the file broke off is good.
            yield numbers, group
        raise
    if group:
        yield numbers, group


def decoded(data: bytes, encoding: str) -> str:
    """Bytes as text, or as `Bad`, with the place of the byte that cannot be decoded."""
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeError as error:
        return Bad(f"byte {getattr(error, 'start', 0)} is not {encoding}")


def sentence(error: Exception) -> str:
    """What an error says, in one line."""
    return str(getattr(error, "strerror", None) or str(error).partition("\n")[0] or type(error).__name__)
