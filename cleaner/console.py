"""What every command needs: a parser of options, errors as sentences, exit statuses, and whole streams."""

import argparse
import os
import re
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BufferedReader
from typing import TYPE_CHECKING, NoReturn, TextIO

from . import Pipeline, RuleError, UnknownName, default, resource, rules
from .pipeline import rule_names
from .workers import uninterrupted

if TYPE_CHECKING:
    from pathlib import Path  # The command starts without it.

# Exit statuses, the last two as the shell counts the signals.
FOUND, NONE, UNUSABLE, INTERRUPTED, CLOSED = 0, 1, 2, 130, 141


TAKEN = "has the name of a built-in rule or filter; call it otherwise"  # what is wrong with a user's rule


class Unusable(Exception):
    """What was given cannot be used. The message is the sentence that the user reads."""


class Parser(argparse.ArgumentParser):
    """The options that every command has; ``help/`` says what they do. Trouble with them is `Unusable`."""

    def __init__(self, prog: str, *, cleans: bool = True) -> None:
        # No abbreviations, or an option of a later version could change what a script of today means.
        super().__init__(prog, add_help=False, allow_abbrev=False)
        if cleans:
            self.add_argument("--without", action="append", default=[])
            self.add_argument("--rules", action="append", default=[])
            self.add_argument("--strip-dateline", action="store_true")
        self.add_argument("--encoding", type=encoding, default="utf-8")
        self.add_argument("-h", "--help", action="store_true")

    def renamed(self, old: str, new: str) -> None:
        """Take an option by the name that it had before too. Who uses that is told the new one."""
        self.add_argument(old, action=Renamed, dest=new.lstrip("-").replace("-", "_"), metavar=new)

    def parsed(self, argv: Sequence[str]) -> argparse.Namespace | None:
        """The options, with all files as "inputs"; None where the help was asked for, which is printed."""
        # Options and files may be mixed, up to a "--".
        end = list(argv).index("--") if "--" in argv else len(argv)
        options = self.parse_intermixed_args(argv[:end])
        if options.help:
            show_help(self.prog.split()[-1])
            return None
        options.inputs += argv[end + 1 :]
        return options

    def error(self, message: str) -> NoReturn:
        """Raise `Unusable`."""
        raise Unusable(f"{message}; {self.prog} --help shows what it takes")


class Renamed(argparse.Action):
    """Keeps the value of an option by its old name, and says the new one, which is its metavar."""

    def __call__(self, _: object, options: argparse.Namespace, value: object, old: str | None = None) -> None:
        """Do so, as argparse asks for it."""
        complain(f"{old} is called {self.metavar} now; the old name goes with a later version")
        setattr(options, self.dest, value)


def show_help(name: str) -> None:
    """Print what a command says of itself."""
    say(resource.read(f"help/{name}.txt").rstrip())


def encoding(name: str) -> str:
    """The name of an encoding, if Python knows it."""
    try:
        "\n".encode(name)
    except (LookupError, ValueError):
        known = "such as utf-8, utf-16 or cp1252"
        raise argparse.ArgumentTypeError(f"{name!r} is no encoding known here, {known}") from None
    return name


def check_lines(encoding: str) -> None:
    """Raise `Unusable` where a text in this encoding cannot be cut into lines before it is decoded."""
    if not "x\n".encode(encoding).endswith(b"x\n"):
        raise Unusable(f"records cannot be split into lines in {encoding}; convert the input to UTF-8 first")


def configured(without: Sequence[str], files: Sequence[str], strip: bool) -> Pipeline:
    """The default pipeline with the rules of the user's files, without what the user does not want.

    With ``strip``, the dateline is taken out of the body.
    """
    unwanted, pipeline = dict.fromkeys(without), default()
    if strip:
        from .filters.strip_dateline import strip_dateline

        pipeline = pipeline.before("dateline", strip_dateline)
    try:
        if files:
            own, alone = rules(*files), "rules" in unwanted
            if both := taken(own.names, pipeline.without("rules") if alone else pipeline):
                raise Unusable(f"rule {both[0]!r} of {' or '.join(files)} {TAKEN}")
            pipeline = (pipeline.replace if alone else pipeline.before)("rules", own)
            unwanted.pop("rules", None)  # The user's rules are called "rules" too, and are wanted.
        return pipeline.without(*unwanted)
    except (RuleError, UnknownName) as error:
        raise Unusable(str(error)) from None


def taken(names: Iterable[str], pipeline: Pipeline | None = None) -> list[str]:
    """Which of these names a filter or a rule of the pipeline has, the default one without any."""
    pipeline = pipeline or default()
    known = {*pipeline.names, *(name for filter in pipeline.filters for name in rule_names(filter))}
    return [name for name in names if name in known]


def columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows with their cells one below the other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


@contextmanager
def opened(file: str) -> Iterator[BufferedReader]:
    """A file, or standard input where it is "-". Trouble with reading it is `Unusable`."""
    try:
        with open(0 if file == "-" else file, "rb", closefd=file != "-") as stream:
            yield stream
    except OSError as error:
        advice = "give the path of a text file, or - for standard input"
        raise Unusable(f"cannot be read ({error.strerror}); {advice}") from None


def to_json(value: object) -> str:
    """JSON on one line, its letters as they are."""
    import json

    return json.dumps(value, ensure_ascii=False)


def say(text: str) -> None:
    """Print a text, at once and whole. Half a surrogate pair is written as JSON escapes it."""
    if sys.stdout is None:
        raise OSError(0, "it is closed")
    with uninterrupted(signal.SIGINT, signal.SIGTERM):
        sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()


@contextmanager
def whole(path: "Path") -> Iterator["Path"]:
    """A path beside the given one, that takes its name when all is written, and is gone if that fails."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        yield beside
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def complain(sentence: str) -> None:
    """Say what is wrong on stderr, if there is one, and if it takes it."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(f"cleaner: {sentence}\n")
    except OSError:
        silence(sys.stderr)


@contextmanager
def complaints() -> Iterator[Callable[[str, str], None]]:
    """What to call with a place and what is wrong there: the same trouble is told once, and then counted."""
    first, more = dict[str, str](), Counter[str]()

    def tell(place: str, trouble: str) -> None:
        kind = re.sub("[0-9]+", "", trouble.partition(";")[0])
        if first.setdefault(kind, place) == place:
            complain(f"{place}: {trouble}")
        else:
            more[first[kind]] += 1

    yield tell
    for place, number in more.items():
        complain(f"{place}: {number:,} more records have the same trouble")


def silence(stream: TextIO | None) -> None:
    """Send what is still to be written nowhere: Python would try once more when it ends, and complain."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def wait_for_streams() -> None:
    """Have input and output wait for the other side, or half a record would be taken for a whole one."""
    for stream in (0, 1):
        with suppress(OSError, AttributeError):  # closed, or a system without this switch
            os.set_blocking(stream, True)
