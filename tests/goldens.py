"""Labelled pages: input and answer in one file, in the margin format, below a header of ``# key: value`` lines."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from cleaner import Article, Page, Span, margin
from cleaner.repair import repair

CORPUS = Path(__file__).parent.parent / "corpus"
KNOWN_FAILURES = "known-failures"
SHAPES = ("page", "content", "flat")


class GoldenError(ValueError):
    """A file is no labelled page, or an answer does not add up to its input. The message names the file."""


class Golden(NamedTuple):
    """A labelled page: its header, and the right answer as labels and texts."""

    path: Path
    header: dict[str, str]
    segments: list[tuple[str, str]]

    @property
    def text(self) -> str:
        """The input: the answer without its labels."""
        return "".join(text for _, text in self.segments)

    @property
    def labels(self) -> set[str]:
        """The labels that occur."""
        return {label for label, _ in self.segments}

    def answer(self, *, deck: str = "deck") -> Article:
        """The answer as an article, so that its parts have the same names.

        Its text is repaired, as that of an article is. ``deck="body"`` puts the standfirst into the body.
        """
        spans: list[Span] = []
        for label, segment in self.segments:
            text = repair(segment)
            start = spans[-1].end if spans else 0
            spans.append(Span(start, start + len(text), text, deck if label == "deck" else label))
        return Article(Page("".join(span.text for span in spans)).relabelled(tuple(spans)))


def paths() -> list[Path]:
    """The files of the corpus."""
    return sorted(CORPUS.rglob("*.txt"))


def read(path: Path) -> Golden:
    """The labelled page in a file. Raises `GoldenError` where it cannot be read."""
    head, gap, rows = path.read_bytes().decode("utf-8").partition("\n\n")
    lines = [line.removeprefix("# ").partition(": ") for line in head.split("\n") if line.startswith("# ")]
    if not gap or len(lines) != head.count("\n") + 1 or not all(colon for _, colon, _ in lines):
        raise GoldenError(f"{path}: needs a header of '# key: value' lines and a blank line")
    if not rows.endswith("\n"):
        raise GoldenError(f"{path}: needs a line end behind its last row")
    try:
        segments = margin.read(rows[:-1])
    except margin.MarginError as error:
        raise GoldenError(f"{path}, below the header: {error}") from None
    return Golden(path, {key: value for key, _, value in lines}, segments)


def shown(golden: Golden) -> str:
    """The page as its file holds it."""
    header = "".join(f"# {key}: {value}\n" for key, value in golden.header.items())
    return f"{header}\n{margin.write(golden.segments)}\n"


def rewrite(golden: Golden, spans: Iterable[Span]) -> None:
    """Write the spans into the file as its new answer, under the old header.

    Raises `GoldenError`, and leaves the file as it is, when the spans do not add up to the input.
    """
    runs = groupby(spans, lambda span: span.label)
    new = golden._replace(segments=[(label, "".join(span.text for span in run)) for label, run in runs])
    if new.text != golden.text:
        raise GoldenError(f"{golden.path}: the new answer does not add up to the input, so the old one stays")
    golden.path.write_bytes(shown(new).encode("utf-8"))
