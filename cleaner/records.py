"""Records and documents: each is decoded, parsed and cleaned, or a sentence stands in its place, as `Bad`."""

import codecs
import re
from collections.abc import Iterable, Iterator
from io import BufferedReader
from typing import Any, NamedTuple

from . import Article, Pipeline, resource

FIRST = 1_000  # bytes that tell what a file is
PIECE = 65_536  # characters of a JSON array that are read at once


class Bad(str):
    """Why a record cannot be cleaned, where its text would stand."""

    __slots__ = ()


class Text(NamedTuple):
    """The text of a document with its hints."""

    text: str
    url: str = ""
    publisher: str = ""
    title: str = ""
    id: str = ""  # what its record calls it


def kind_of(file: str, begins: bytes) -> str:
    """What a file is that is no plain text, and what to do with it: see ``data/kinds.tsv``; else ""."""
    text = begins[:FIRST].decode("latin-1")
    for row in resource.read("data/kinds.tsv").splitlines():
        endings, first, kind = row.split("\t") if not row.startswith("#") else ("", "", "")
        if file.lower().endswith(tuple(endings.split())) or (first and re.match(first, text)):
            return kind
    return ""


def texts_among(names: Iterable[str]) -> list[str]:
    """Which of these are names that a column, or a field, of texts goes by."""
    return [name for name in names if name.lower() in ("text", "content", "body", "isi", "konten")]


def is_array(stream: BufferedReader) -> bool:
    """Whether what comes is a JSON array, and not JSON Lines."""
    return stream.peek(1).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")


def elements(stream: BufferedReader, encoding: str) -> Iterator[bytes]:
    """The values of a JSON array, each to the letter, on one line. What is broken is one with the rest."""
    import json

    decoder, text = json.JSONDecoder(), codecs.getreader(encoding)(stream, "surrogateescape")
    rest = text.read(PIECE).lstrip("\ufeff \t\r\n")[1:]
    while rest or (rest := text.read(PIECE)):
        rest = rest.lstrip(" \t\r\n,]")
        try:
            end = decoder.raw_decode(rest)[1]
        except (ValueError, RecursionError):
            end = len(rest)
        if end == len(rest) and (more := text.read(max(PIECE, end))):  # It may go on there.
            rest += more
        elif rest:
            yield rest[:end].replace("\n", " ").encode(encoding, "surrogateescape")
            rest = rest[end:]


def decoded(data: bytes, encoding: str) -> str:
    """Bytes as text, or as `Bad`, with the place of the byte that cannot be decoded."""
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        return Bad(f"byte {getattr(error, 'start', 0)} is not {encoding}")


def parsed(line: str) -> Any:  # noqa: ANN401 - whatever JSON holds.
    """The value of a line of JSON, or what is wrong with it. What is `Bad` already stays so."""
    import json

    try:
        return line if isinstance(line, Bad) else json.loads(line.removeprefix("\ufeff").strip())
    except (ValueError, RecursionError) as error:
        return Bad(f"is no JSON ({str(error).replace('line 1 ', '')})")


def cleaned(pipeline: Pipeline, text: Text | Bad) -> Article | Bad:
    """The article of a text, or why there is none."""
    try:
        if isinstance(text, Bad):
            return text
        return pipeline(text.text, url=text.url, publisher=text.publisher, title=text.title)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one document, the others are cleaned.
        return failure(error)


def failure(error: Exception) -> Bad:
    """What to say of a document that a filter failed on."""
    return Bad(f"could not be cleaned ({str(error) or type(error).__name__})")
