"""Attributes for dolma: files beside the documents that say what stands where, so that ``dolma mix`` leaves the bodies.

    documents/**/x.jsonl.gz ── the text of each record ── pipeline ──▶ attributes/cleaner/**/x.jsonl.gz

Each label that occurs is an attribute, ``cleaner__cleaner__readmore`` and so on, named as a tagger of dolma names its own:
experiment, tagger, attribute. Three more say how the text becomes the body, and `replacements` tells the mixer: ``cut`` is
what goes without a trace, ``blank`` what a blank stands for, and ``gap`` what the gap between two paragraphs stands for.

The offsets count characters (code points) of the text as it stands in the document, which is what the mixer counts. A mixer cannot
mend mojibake, so a text that needs mending is labelled as it is: the mojibake in its story stays, and a filter may miss a line for it.

Needs nothing but Python. ``examples/with_dolma.py`` is a whole program, with the mixer.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import IO

from . import Article, Page, Pipeline, default
from .article import STORY, STRIPPED
from .pipeline import labelled

NAME = "cleaner"
REPLACED = {"": "cut", " ": "blank", "\n\n": "gap"}  # what stands in the body, and the attribute that marks the places for it
SCORE = 1.0  # a span is there or not

Spans = dict[str, list[tuple[int, int, float]]]


def attributes(text: str, *, url: str = "", publisher: str = "", pipeline: Pipeline | None = None) -> Spans:
    """The attributes of a text, by label and by what becomes of the stretches: each a list of start, end and score.

    ``url`` and ``publisher`` are hints, never needed; ``pipeline`` is the default one. The labels cover the text; the spans of
    ``cut``, ``blank`` and ``gap`` do not overlap, and with them replaced the text is the body of the article, to the character.

    >>> attributes("Air surut, kata warga.\\nBaca juga: Hujan Reda\\nWarga pulang.")
    {'body': [(0, 23, 1.0), (45, 58, 1.0)], 'readmore': [(23, 45, 1.0)], 'gap': [(22, 45, 1.0)]}
    """
    article, shift = _labelled(text, url, publisher, pipeline or default())
    found: Spans = defaultdict(list)
    for span in article.spans:
        found[span.label].append((shift + span.start, shift + span.end, SCORE))
    for start, end, new in _edits(text, article, shift):
        found[REPLACED.get(new, "blank")].append((start, end, SCORE))
    return dict(found)


def replacements(name: str = NAME) -> list[dict[str, object]]:
    """The ``span_replacement`` of a stream in the configuration of the mixer. With it, ``attributes`` names the same name.

    >>> replacements()[1]
    {'span': '$.attributes.cleaner__cleaner__blank', 'min_score': 1.0, 'replacement': ' '}
    """
    return [{"span": f"$.attributes.{_key(name, attribute)}", "min_score": SCORE, "replacement": new} for new, attribute in REPLACED.items()]


def tag(folder: str | PathLike[str], name: str = NAME, *, pattern: str = "**/*.jsonl.gz", pipeline: Pipeline | None = None) -> list[str]:
    """Write the attributes of all documents of a folder, ``documents/…`` to ``attributes/NAME/…``, and give what `tag_file` gives.

    ``name`` stands in the names of folder and attributes. Raises `FileNotFoundError` when no document matches the pattern.
    For more than one process, map `tag_file` over the files.
    """
    documents = Path(folder, "documents")
    sources = sorted(documents.glob(pattern))
    if not sources:
        raise FileNotFoundError(f"no file in {documents} matches {pattern!r}")
    return [trouble for source in sources for trouble in tag_file(source, Path(folder, "attributes", name, source.relative_to(documents)), name, pipeline=pipeline)]


def tag_file(source: str | PathLike[str], target: str | PathLike[str], name: str = NAME, *, pipeline: Pipeline | None = None) -> list[str]:
    """Write the attributes of a file of documents, and give a sentence for each record that has none because something is wrong with it.

    Both files are JSON Lines, gzipped where their names end in ".gz". The mixer goes by the order, so there is a row for each
    line. An older target is replaced once the new one is whole. Raises `ValueError` when the name is none that the mixer can look
    for, and `OSError` or `EOFError` when a file cannot be read to its end or written; then the target is as it was.
    """
    if not (name.isascii() and name.isidentifier()):
        raise ValueError(f"{name!r} cannot be the name of attributes; take letters, digits and underscores")
    source, target = Path(source), Path(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}")
    troubles = []
    try:
        with _opened(source, "rb") as lines, _opened(part, "wb") as rows:
            for number, line in enumerate(lines, 1):
                row, trouble = _row(line, name, pipeline or default())
                rows.write(json.dumps(row).encode() + b"\n")
                if trouble:
                    troubles.append(f"{source}, line {number}: {trouble}")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return troubles


def _labelled(text: str, url: str, publisher: str, pipeline: Pipeline) -> tuple[Article, int]:
    """The article of a text whose offsets are those of the text, and how many characters were taken off in front of it."""
    article = pipeline(text, url=url, publisher=publisher)
    if text.endswith(article.text):  # all that repair did, if anything, was to take off a byte order mark
        return article, len(text) - len(article.text)
    page = Page(text, url=url, publisher=publisher)
    *_, page = page, *labelled(page, pipeline.filters)
    return Article(page), 0


def _edits(text: str, article: Article, shift: int) -> Iterator[tuple[int, int, str]]:
    """What makes the body out of the text: from where to where, and what stands there instead.

    The body has the characters of the story in their order; only the white space between them is its own.
    """
    body = article.body
    done = shown = 0  # how far text and body are the same
    for place in _story(article):
        start, end = done, place + shift
        new = shown
        while body[new].isspace():
            new += 1
        done, shown, white = end + 1, new + 1, body[shown:new]
        if text[start:end] == white:
            continue
        if white not in REPLACED:
            start, end, white = _trimmed(text, start, end, white)
        yield start, end, white
    if done < len(text):
        yield done, len(text), ""


def _story(article: Article) -> Iterator[int]:
    """Where the characters of the story stand that are not white space."""
    for span in article.spans:
        if span.label in STORY and span.rule != STRIPPED:
            yield from (at for at, character in enumerate(span.text, span.start) if not character.isspace())


def _trimmed(text: str, start: int, end: int, white: str) -> tuple[int, int, str]:
    """The edit without what text and body have in common at its edges, as the indent of a line behind its dateline."""
    while start < end and white.endswith(text[end - 1]):
        end, white = end - 1, white[:-1]
    while start < end and white.startswith(text[start]):
        start, white = start + 1, white[1:]
    return start, end, white


def _row(line: bytes, name: str, pipeline: Pipeline) -> tuple[dict[str, object], str]:
    """The row of attributes for a line of a file of documents, and "" or what is wrong with the line."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "attributes": {}}, f"is no JSON ({error})"
    row: dict[str, object] = {"id": record.get("id") if isinstance(record, dict) else None, "attributes": {}}
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return row, "has no text in a field 'text'"
    try:
        record["text"].encode()
    except UnicodeEncodeError as error:
        return row, f"has half a character in its text, at {error.start}, which dolma cannot read"
    try:
        row["attributes"] = {_key(name, attribute): spans for attribute, spans in attributes(record["text"], pipeline=pipeline).items()}
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one record, the run goes on.
        return row, f"could not be cleaned ({str(error) or type(error).__name__})"
    return row, ""


def _key(name: str, attribute: str) -> str:
    """The name of an attribute: experiment, tagger, attribute."""
    return f"{name}__{NAME}__{attribute}"


def _opened(path: Path, mode: str) -> IO[bytes]:
    """The file, and what is in it if it is gzipped."""
    return gzip.open(path, mode) if path.suffix == ".gz" else path.open(mode)  # type: ignore[return-value]
