"""Records and documents: each is decoded, parsed and cleaned, or a sentence stands in its place, as `Bad`."""

from typing import Any, NamedTuple

from . import Article, Pipeline


class Bad(str):
    """Why a record cannot be cleaned, where its text would stand."""

    __slots__ = ()


class Text(NamedTuple):
    """The text of a document with its hints."""

    text: str
    url: str = ""
    publisher: str = ""


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
        return text if isinstance(text, Bad) else pipeline(text.text, url=text.url, publisher=text.publisher)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one document, the others are cleaned.
        return failure(error)


def failure(error: Exception) -> Bad:
    """What to say of a document that a filter failed on."""
    return Bad(f"could not be cleaned ({str(error) or type(error).__name__})")
