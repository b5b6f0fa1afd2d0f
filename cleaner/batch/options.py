"""The options that all commands over files and folders share."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from ..console import Unusable, encodes_lines, encoding
from .cells import Choice


def reading(parser: ArgumentParser) -> None:
    """Add the options that say how inputs are read, and how they are cleaned."""
    table = parser.add_argument_group("how the inputs are read")
    table.add_argument("--column", metavar="NAME", help="the one that holds the text (guessed if only one is called text, content, body, isi or konten)")
    table.add_argument("--encoding", type=encoding, default="utf-8", metavar="NAME", help="the encoding of inputs that are not Parquet (utf-8)")
    table.add_argument("--max-chars", type=count, default=1_000_000, metavar="N", help="reject texts that are longer (1000000)")
    choice = parser.add_argument_group("how they are cleaned")
    choice.add_argument("--without", action="append", default=[], metavar="NAME", help="leave out a filter, or a single rule (repeatable)")
    choice.add_argument("--rules", action="append", default=[], metavar="FILE", help="ask the rules of a TOML file before the built-in ones (repeatable)")


def hints(parser: ArgumentParser) -> None:
    """Add the options that name columns with hints."""
    parser.add_argument("--url-column", metavar="NAME", help="a column that tells where the page was: a hint that helps to find the title")
    parser.add_argument("--publisher-column", metavar="NAME", help="a column that tells whose page it is: a hint")


def choice_of(options: Namespace, *, url: str | None = None, publisher: str | None = None, batch_size: int = 1) -> Choice:
    """What the options say about the inputs. Raises `Unusable` for an encoding in which lines cannot be told."""
    if not encodes_lines(options.encoding):
        raise Unusable(f"tables cannot be split into lines in {options.encoding}; convert the inputs to UTF-8 first")
    return Choice(options.column or "", url, publisher, options.encoding, options.max_chars, batch_size)


def count(text: str) -> int:
    """A whole number from 1 up."""
    digits = text.lstrip("0")
    if not digits.isascii() or not digits.isdecimal():
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1 up")
    return int(digits) if len(digits) < 18 else 10**18
