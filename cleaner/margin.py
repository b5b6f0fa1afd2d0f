"""The margin format: a page with its labels in the margin, for people to read and write.

A row is a label, a bar, and text; an empty label goes on with the span above. Rows with ``|`` begin a new
line of the page, rows with ``+`` go on in the same line, where a span ends inside it. A row with ``~`` is a
note on the span above, and no part of the page. What cannot be seen is escaped the way Python does: a
trailing blank as ``\\x20``, a carriage return as ``\\r``, a backslash as ``\\\\``. So nothing is lost:

>>> print(write([("title", "Judul\\n\\n"), ("dateline", "Jakarta - "), ("body", "Isi.\\n")]))
title     | Judul
          |
dateline  | Jakarta -\\x20
body      + Isi.
          |
>>> read(write([("title", "Judul\\n\\n"), ("body", "Isi.\\r\\n")]))
[('title', 'Judul\\n\\n'), ('body', 'Isi.\\r\\n')]
"""

import re
from collections.abc import Iterable
from itertools import chain, repeat

from .labels import LABELS

WIDTH = 10
ROW = re.compile(r"([a-z]*) *([|+~])(?: (.*))?")
ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([tr\\])|)")


class MarginError(ValueError):
    """A text is not in the margin format. The message names the line, counted from 1."""


def write(segments: Iterable[tuple[str, str]], notes: Iterable[str] = ()) -> str:
    """Labels and texts, in the order of the page, as rows; with a note for each, where there are any.

    >>> print(write([("ad", "Iklan\\n"), ("body", "Isi.")], ["marker: it says so", ""]))
    ad        | Iklan
              ~ marker: it says so
    body      | Isi.
    """
    rows: list[str] = []
    bar = "|"
    for (label, text), note in zip(segments, chain(notes, repeat("")), strict=False):
        margin = label
        for piece in text.split("\n"):
            rows.append(f"{margin:{WIDTH}}{bar} {escape(piece)}".rstrip(" "))
            margin, bar = "", "|"
        if text.endswith("\n"):
            rows.pop()
        else:
            bar = "+"
        if note:
            rows.append(f"{'':{WIDTH}}~ {escape(note)}")
    if bar == "|" and rows:
        rows.append(" " * WIDTH + "|")
    return "\n".join(rows)


def read(rows: str) -> list[tuple[str, str]]:
    """The labels and texts that `write` wrote. Raises `MarginError` where a row cannot be read."""
    segments: list[tuple[str, list[str]]] = []
    for number, row in enumerate(rows.split("\n") if rows else (), 1):
        found = ROW.fullmatch(row)
        if not found:
            raise MarginError(f"line {number} is not a label, a bar and text: {row[:60]!r}")
        if found[2] == "~":
            continue
        label, bar, text = found[1], found[2], _unescape(found[3] or "", number)
        if label and label not in LABELS:
            known = ", ".join(LABELS)
            raise MarginError(f"line {number} has an unknown label, {label!r}; the labels are: {known}")
        if not segments and (not label or bar == "+"):
            raise MarginError(f"line {number} must begin with a label and a bar")
        if bar == "|" and segments:
            segments[-1][1].append("\n")
        if label:
            segments.append((label, []))
        segments[-1][1].append(text)
    return [(label, text) for label, pieces in segments if (text := "".join(pieces))]


def escape(piece: str) -> str:
    """A piece of a line, with what cannot be seen as Python escapes it."""
    if piece.isprintable() and "\\" not in piece and not piece.endswith(" "):
        return piece
    plain = (char.isprintable() and char != "\\" for char in piece)
    escaped = (char.encode("unicode_escape").decode() for char in piece)
    shown = "".join(char if keep else code for char, keep, code in zip(piece, plain, escaped, strict=True))
    return shown[:-1] + r"\x20" if shown.endswith(" ") else shown


def _unescape(piece: str, number: int) -> str:
    def char(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        if code:
            return chr(int(code, 16))
        if not found[4]:
            raise MarginError(f"line {number} has a backslash that escapes nothing; write it twice")
        return {"t": "\t", "r": "\r", "\\": "\\"}[found[4]]

    return ESCAPE.sub(char, piece)
