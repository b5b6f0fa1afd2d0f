"""Gold: pages labelled by hand, and where an article says something else.

    {"id": …, "segments": [[label, text], …]} a line, or pages in the margin format ──▶ answers ── with an article ──▶ differences
"""

import json
from collections.abc import Iterator, Sequence
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


class Answer(NamedTuple):
    """A document of the gold: its name, and its labels and texts, which joined are the whole text."""

    name: str
    segments: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The document."""
        return "".join(text for _, text in self.segments)


class Difference(NamedTuple):
    """A stretch of the text that gold labels otherwise, in a way that matters: one of `KINDS`, and the label of the gold."""

    start: int
    end: int
    kind: str
    gold: str


def answers(path: Path) -> list[Answer]:
    """The documents of a file of JSON Lines, of a page in the margin format (.txt), or of a folder of those. Raises `Unusable`."""
    if path.is_dir():
        found = [page(file) for file in sorted(path.rglob("*.txt")) if not any(part.startswith(".") for part in file.relative_to(path).parts)]
    else:
        found = [page(path)] if path.suffix == ".txt" else list(lines(path))
    if not found:
        raise Unusable(f'{path}: there is no gold here; give JSON Lines of {{"id", "segments"}}, or a folder of pages in the margin format')
    return found


def lines(path: Path) -> Iterator[Answer]:
    """The documents of a file of JSON Lines."""
    for number, line in enumerate(content(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            segments = tuple([(label, text) for label, text in record["segments"]])
        except (ValueError, TypeError, KeyError, RecursionError):
            segments = ()
        if not segments or not all(isinstance(label, str) and label in LABELS and isinstance(text, str) for label, text in segments):
            example = '{"id": 7, "segments": [["title", "…"], ["body", "…"]]}'
            raise Unusable(f"{path}, line {number}: it is no gold; write {example}, with the labels {', '.join(LABELS)}")
        yield Answer(str(record.get("id", f"line {number}")), segments)


def page(path: Path) -> Answer:
    """The page in a file in the margin format; lines above it that begin with # are not a part of it."""
    rows = content(path)
    if rows.startswith("#"):
        rows = rows.partition("\n\n")[2]
    try:
        return Answer(str(path), tuple(margin.read(rows.removesuffix("\n"))))
    except margin.MarginError as error:
        raise Unusable(f"{path}, below the header: {error}") from None


def content(path: Path) -> str:
    """The text of a file."""
    try:
        return path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except OSError as error:
        raise Unusable(f"{path}: it cannot be read ({error.strerror}); name a file or a folder of gold") from None
    except UnicodeError as error:
        raise Unusable(f"{path}: it cannot be read ({error}); gold is UTF-8") from None


def differences(article: Article, answer: Answer) -> list[Difference] | None:
    """Where they differ, in the order of the text, without the white space around; None if the answer is one to another text.

    Stretches of the same kind with nothing but white space between them are one difference.

    >>> from cleaner import clean
    >>> article = clean("Air surut sejak pagi, kata warga.\\nBaca juga: Hujan Reda")
    >>> differences(article, Answer("1", (("body", article.text),)))
    [Difference(start=34, end=55, kind='lost', gold='body')]
    """
    segments = answer.segments
    if answer.text != article.text:  # What was mended in the text is mended in the answer, piece by piece.
        segments = tuple([(label, repair(text)) for label, text in segments])
    text = article.text
    if "".join(piece for _, piece in segments) != text:
        return None
    found: list[Difference] = []
    for begin, stop, label, gold in stretches([(span.label, span.text) for span in article.spans], segments):
        kind = kind_of(label, gold)
        piece = text[begin:stop].strip()
        if not kind or not piece:
            continue
        start = text.index(piece, begin)
        end = start + len(piece)
        last = found[-1] if found else None
        if last and last[2:] == (kind, gold) and not text[last.end : start].strip():
            found[-1] = last._replace(end=end)
        else:
            found.append(Difference(start, end, kind, gold))
    return found


def stretches(ours: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, str, str]]:
    """Two partitions of one text laid over each other: from where to where, with the label in each.

    >>> list(stretches([("body", "Air."), ("ad", "Iklan")], [("body", "Air.Ik"), ("nav", "lan")]))
    [(0, 4, 'body', 'body'), (4, 6, 'ad', 'body'), (6, 9, 'ad', 'nav')]
    """
    other = iter(theirs)
    start = end = until = 0
    gold = ""
    for label, text in ours:
        end += len(text)
        while start < end:
            while until <= start:
                gold, piece = next(other)
                until += len(piece)
            stop = min(end, until)
            yield start, stop, label, gold
            start = stop


def kind_of(label: str, gold: str) -> str:
    """Which of `KINDS` it is to give a label where gold has another, or "" if it does not matter. A standfirst may stand in the story or not.

    >>> kind_of("ad", "body"), kind_of("body", "nav"), kind_of("credit", "caption"), kind_of("nav", "tags"), kind_of("body", "deck")
    ('lost', 'leaked', 'named', '', '')
    """
    if label == gold or (label, gold) == ("body", "deck"):
        return ""
    if (label in IN_STORY) != (gold in IN_STORY):
        return "lost" if gold in IN_STORY else "leaked"
    # Furniture by another name changes nothing of what comes out.
    return "named" if label in PARTS or gold in PARTS else ""
