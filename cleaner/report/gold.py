"""Gold: pages labelled by hand, and where an article says something else.

    JSON Lines, or pages in the margin format ──▶ answers ── with an article ──▶ differences
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from .. import Article, margin
from ..article import PARTS
from ..console import Unusable
from ..labels import LABELS
from ..repair import repair

KINDS = {
    "lost": "of the story for gold, and not for cleaner",
    "leaked": "of the story for cleaner, and not for gold",
    "named": "a part that has another name in gold",
}
IN_STORY = ("body", "dateline")
EXAMPLE = '{"id": 7, "segments": [["title", "…"], ["body", "…"]]}'


class Answer(NamedTuple):
    """A document of the gold: its name, and its labels and texts, which joined are the whole text."""

    name: str
    segments: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The document."""
        return "".join(text for _, text in self.segments)


class Difference(NamedTuple):
    """A stretch of the text that gold labels otherwise, with one of `KINDS` and the label of the gold."""

    start: int
    end: int
    kind: str
    gold: str


def answers(path: Path) -> list[Answer]:
    """The documents of a file of JSON Lines, of a page in the margin format (.txt), or of a folder of those.

    Hidden files are passed over. Raises `Unusable`.
    """
    if path.is_dir():
        files = sorted(path.rglob("*.txt"))
        found = [page(file) for file in files if "/." not in f"/{file.relative_to(path).as_posix()}"]
    else:
        found = [page(path)] if path.suffix == ".txt" else list(lines(path))
    if not found:
        forms = 'JSON Lines of {"id", "segments"}, or a folder of pages in the margin format'
        raise Unusable(f"{path}: there is no gold here; give {forms}")
    return found


def lines(path: Path) -> Iterator[Answer]:
    """The documents of a file of JSON Lines."""
    for number, line in enumerate(content(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            segments = tuple([(label, text) for label, text in record["segments"]])
            known = all(label in LABELS and isinstance(text, str) for label, text in segments)
        except (ValueError, TypeError, KeyError, RecursionError):
            segments = ()
        if not segments or not known:
            labels = ", ".join(LABELS)
            raise Unusable(f"{path}, line {number}: it is no gold; write {EXAMPLE}, with the labels {labels}")
        yield Answer(str(record.get("id", f"line {number}")), segments)


def page(path: Path) -> Answer:
    """The page in a file in the margin format; lines above it that begin with # are not a part of it."""
    rows = content(path)
    rows = rows.partition("\n\n")[2] if rows.startswith("#") else rows
    try:
        return Answer(str(path), tuple(margin.read(rows.removesuffix("\n"))))
    except margin.MarginError as error:
        raise Unusable(f"{path}, below the header: {error}") from None


def content(path: Path) -> str:
    """The text of a file."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = f"{error.strerror}); name a file or a folder of gold"
    except UnicodeError as error:
        reason = f"{error}); gold is UTF-8"
    raise Unusable(f"{path}: it cannot be read ({reason}")


def differences(article: Article, answer: Answer) -> list[Difference] | None:
    """Where they differ, in order, without the white space around; None if it is the gold of another text.

    Stretches of the same kind with nothing but white space between them are one difference.

    >>> from cleaner import clean
    >>> article = clean("Air surut sejak pagi, kata warga.\\nBaca juga: Hujan Reda")
    >>> differences(article, Answer("1", (("body", article.text),)))
    [Difference(start=34, end=55, kind='lost', gold='body')]
    """
    text = article.text
    segments = answer.segments if answer.text == text else mended(answer.segments, text)
    if segments is None:
        return None
    found: list[Difference] = []
    ours = [span.label for span in article.spans for _ in span.text]  # the label of each character
    theirs = [label for label, gold in segments for _ in gold]
    end = 0
    for (label, gold), run in groupby(zip(ours, theirs, strict=True)):
        begin, end = end, end + len(list(run))
        kind = kind_of(label, gold)
        piece = text[begin:end].strip()
        if not kind or not piece:
            continue
        start = text.index(piece, begin)
        last = found[-1] if found else None
        if last and last[2:] == (kind, gold) and not text[last.end : start].strip():
            start = found.pop().start
        found.append(Difference(start, text.index(piece, begin) + len(piece), kind, gold))
    return found


def mended(segments: Iterable[tuple[str, str]], text: str) -> tuple[tuple[str, str], ...] | None:
    """The segments as they stand in the repaired text; None if it is another text.

    Each is mended by itself, and has to stand right behind the one before. What is left out is `other`, as
    wrappers of a scraper are, for repair took it off.

    >>> mended([("other", "<p>"), ("body", "Air &amp; api."), ("other", "</p>")], "Air & api.")
    (('body', 'Air & api.'), ('body', ''))
    """
    found = []
    done = 0
    for label, segment in segments:
        piece = repair(segment).strip()
        start = done
        while text[start : start + 1].isspace():
            start += 1
        if piece and text.startswith(piece, start):
            end = start + len(piece)
            found.append((label, text[done:end]))
            done = end
        elif piece and label != "other":
            return None
    return None if text[done:].strip() else (*found, ("body", text[done:]))


def kind_of(label: str, gold: str) -> str:
    """Which of `KINDS` it is to give a label where gold has another, or "" if it does not matter.

    A standfirst may stand in the story or not.

    >>> kind_of("ad", "body"), kind_of("body", "nav"), kind_of("credit", "caption")
    ('lost', 'leaked', 'named')
    >>> kind_of("nav", "tags"), kind_of("body", "deck")
    ('', '')
    """
    if label == gold or (label, gold) == ("body", "deck"):
        return ""
    if (label in IN_STORY) != (gold in IN_STORY):
        return "lost" if gold in IN_STORY else "leaked"
    # Furniture by another name changes nothing of what comes out.
    return "named" if label in PARTS or gold in PARTS else ""
