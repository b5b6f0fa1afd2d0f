"""Attributes for dolma: files beside the documents that say what stands where, for ``dolma mix``.

    documents/**/x.jsonl.gz ── the text of each record ── pipeline ──▶ attributes/cleaner/**/x.jsonl.gz

Each label that occurs is an attribute, named as dolma names its own: ``cleaner__cleaner__readmore``. Three
more say how the text becomes the body: ``cut`` goes without a trace, a blank stands for a ``blank``, and the
gap between two paragraphs for a ``gap``; `replacements` tells the mixer. Offsets count characters of the text
as it stands in the document. The mixer cannot mend mojibake, so a text that needs mending is labelled as it
is: the mojibake in its story stays, and a filter may miss a line for it.
``examples/with_dolma.py`` is a whole program, with the mixer.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from os import PathLike
from pathlib import Path

from . import Article, Page, Pipeline, default
from .article import STORY, STRIPPED
from .console import whole
from .pipeline import labelled
from .records import Bad, decoded, failure, parsed

NAME = "cleaner"
REPLACED = {"": "cut", " ": "blank", "\n\n": "gap"}  # what stands in the body: the attribute of its places
SCORE = 1.0  # a span is there or not

File = str | PathLike[str]
Spans = dict[str, list[tuple[int, int, float]]]


def attributes(
    text: str, *, url: str = "", publisher: str = "", title: str = "", pipeline: Pipeline | None = None
) -> Spans:
    """The attributes of a text: start, end and score of the spans of each label, and of ``cut`` and the like.

    The labels cover the text; the other spans do not overlap, and with them replaced the text is the body of
    the article, to the character.

    >>> attributes("Air surut, kata warga.\\nBaca juga: Hujan Reda\\nWarga pulang.")
    {'body': [(0, 23, 1.0), (45, 58, 1.0)], 'readmore': [(23, 45, 1.0)], 'gap': [(22, 45, 1.0)]}
    """
    pipeline = pipeline or default()
    article = pipeline(text, url=url, publisher=publisher, title=title)
    shift = len(text) - len(article.text)  # of what repair took off in front, such as a byte order mark
    if not text.endswith(article.text):  # it took more: the offsets have to be those of the text as it is
        page = Page(text, url=url, publisher=publisher, title=title)
        *_, page = page, *labelled(page, pipeline.filters)
        article, shift = Article(page), 0
    found: Spans = defaultdict(list)
    for span in article.spans:
        found[span.label].append((shift + span.start, shift + span.end, SCORE))
    for start, end, new in _edits(text, article, shift):
        found[REPLACED.get(new, "blank")].append((start, end, SCORE))
    return dict(found)


def replacements(name: str = NAME) -> list[dict[str, object]]:
    """The ``span_replacement`` of a stream of the mixer, for attributes of `tag` by the same name."""
    spans = {new: f"$.attributes.{name}__{NAME}__{attribute}" for new, attribute in REPLACED.items()}
    return [{"span": span, "min_score": SCORE, "replacement": new} for new, span in spans.items()]


def tag(
    folder: File, name: str = NAME, *, pattern: str = "**/*.jsonl.gz", pipeline: Pipeline | None = None
) -> list[str]:
    """Write the attributes of all documents of a folder, and give what `tag_file` gives.

    Those of ``documents/…`` go to ``attributes/NAME/…``. Raises `FileNotFoundError` when no document matches.
    For more than one process, map `tag_file` over the files.
    """
    documents, target = Path(folder, "documents"), Path(folder, "attributes", name)
    files = [(source, target / source.relative_to(documents)) for source in sorted(documents.glob(pattern))]
    if not files:
        raise FileNotFoundError(f"no file in {documents} matches {pattern!r}")
    return [trouble for pair in files for trouble in tag_file(*pair, name, pipeline=pipeline)]


def tag_file(source: File, target: File, name: str = NAME, *, pipeline: Pipeline | None = None) -> list[str]:
    """Write the attributes of a file of documents, and give a sentence for each record that can have none.

    Both are JSON Lines, gzipped where they end in ".gz". The mixer goes by the order, so each line has a row.
    Raises `ValueError` when the mixer cannot look for the name, and `OSError` or `EOFError` when a file is
    not read to its end or not written; an older target stays until the new one is whole.
    """
    if not (name.isascii() and name.isidentifier()):
        raise ValueError(f"{name!r} cannot be the name of attributes; take letters, digits and underscores")
    source, target = Path(source), Path(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    opened = [gzip.open if path.suffix == ".gz" else open for path in (source, target)]
    troubles = []
    with whole(target) as part, opened[0](source, "rb") as lines, opened[1](part, "wb") as rows:
        for number, line in enumerate(lines, 1):
            row, trouble = _row(line, name, pipeline)
            rows.write(json.dumps(row).encode() + b"\n")
            if trouble:
                troubles.append(f"{source}, line {number}: {trouble}")
    return troubles


def _edits(text: str, article: Article, shift: int) -> Iterator[tuple[int, int, str]]:
    """What makes the body out of the text: from where to where, and what stands there instead.

    The body has the characters of the story in their order; only the white space between them is its own.
    """
    body = article.body
    story = [span for span in article.spans if span.label in STORY and span.rule != STRIPPED]
    places = [at + shift for span in story for at in range(span.start, span.end)]
    places = [at for at in places if not text[at].isspace()]
    letters = [at for at, letter in enumerate(body) if not letter.isspace()]
    done = shown = 0  # how far text and body are the same
    for place, letter in zip(places, letters, strict=True):
        start, stop, white = done, place, body[shown:letter]
        done, shown = place + 1, letter + 1
        if text[start:stop] == white:
            continue
        if white not in REPLACED:  # What both have at the edges stays, as the indent behind a dateline.
            while start < stop and white.endswith(text[stop - 1]):
                stop, white = stop - 1, white[:-1]
            while start < stop and white.startswith(text[start]):
                start, white = start + 1, white[1:]
        yield start, stop, white
    if done < len(text):
        yield done, len(text), ""


def _row(line: bytes, name: str, pipeline: Pipeline | None) -> tuple[dict[str, object], str]:
    """The row of attributes for a line of a file of documents, and "" or what is wrong with the line."""
    found = parsed(decoded(line, "utf-8"))
    record = found if isinstance(found, dict) else {}
    row: dict[str, object] = {"id": record.get("id"), "attributes": {}}
    text = record.get("text")
    if not isinstance(text, str):
        return row, found if isinstance(found, Bad) else "has no text in a field 'text'"
    try:
        text.encode()
        spans = attributes(text, pipeline=pipeline)
    except UnicodeEncodeError as error:
        return row, f"has half a character in its text, at {error.start}, which dolma cannot read"
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one record, the run goes on.
        return row, failure(error)
    return {**row, "attributes": {f"{name}__{NAME}__{key}": value for key, value in spans.items()}}, ""
