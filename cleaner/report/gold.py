"""Gold: pages labelled by hand, and where an article says something else.

    JSON Lines, or pages in the margin format ──▶ answers ── with an article ──▶ differences
"""

import json
from collections.abc import Iterable, Iterator
from glob import glob
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from .. import Article, margin
from ..article import PARTS
from ..batch.reading import sentence
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
    """A stretch of the text that gold labels otherwise, with one of `KINDS` and the label of the gold."""

    start: int
    end: int
    kind: str
    gold: str


def answers(path: Path) -> list[Answer]:
    """The documents of a JSON Lines file, a page in the margin format (.txt), or a folder of such pages."""
    files = [path]
    if path.is_dir():  # Hidden ones are passed over.
        names = glob("**/*.txt", root_dir=path, recursive=True)  # noqa: PTH207
        files = [path / name for name in sorted(names)]
    found = [answer for file in files for answer in ([page(file)] if file.suffix == ".txt" else lines(file))]
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
            advice = 'write {"id": 7, "segments": [["title", "…"], ["body", "…"]]}, with the labels '
            raise Unusable(f"{path}, line {number}: it is no gold; {advice}{', '.join(LABELS)}")
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
    except (OSError, UnicodeError) as error:
        advice = "gold is a file in UTF-8, or a folder of such files"
        raise Unusable(f"{path}: it cannot be read ({sentence(error)}); {advice}") from None


def differences(article: Article, answer: Answer) -> list[Difference] | None:
    """Where they differ, in order, without white space around; None if it is the gold of another text."""
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
        if found and found[-1][2:] == (kind, gold) and not text[found[-1].end : start].strip():
            start = found.pop().start  # Nothing but white space stands between: it is one difference.
        found.append(Difference(start, text.index(piece, begin) + len(piece), kind, gold))
    return found


def mended(segments: Iterable[tuple[str, str]], text: str) -> tuple[tuple[str, str], ...] | None:
    """The segments as they stand in the repaired text; None if it is another text.

    Each stands right behind the one before. Of `other`, as wrappers of a scraper are, repair may take all.
    """
    found: list[tuple[str, str]] = []
    rest = text
    for label, segment in segments:
        piece, white = repair(segment).strip(), len(rest) - len(rest.lstrip())
        if piece and rest.startswith(piece, white):
            found.append((label, rest[: white + len(piece)]))
            rest = rest[white + len(piece) :]
        elif piece and label != "other":
            return None
    return None if rest.strip() else (*found, ("body", rest))


def kind_of(label: str, gold: str) -> str:
    """Which of `KINDS` it is to give a label where gold has another, or "" if it does not matter."""
    if label == gold or (label, gold) == ("body", "deck"):  # A standfirst may stand in the story or not.
        return ""
    if (label in IN_STORY) != (gold in IN_STORY):
        return "lost" if gold in IN_STORY else "leaked"
    # Furniture by another name changes nothing of what comes out.
    return "named" if label in PARTS or gold in PARTS else ""
