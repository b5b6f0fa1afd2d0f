"""The command: a page of text in, its story out. ``cleaner --help`` teaches it.

argv ── options ──▶ pipeline ── a page, or a line of JSON ──▶ stdout, complaints on stderr ──▶ exit status
"""

import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TypeAlias

from . import Article, Pipeline, console
from .article import PARTS
from .console import FOUND, NONE, UNUSABLE, Parser, Unusable, complain, configured, say
from .records import FIRST, Bad, Text, cleaned, decoded, elements, is_array, kind_of, parsed, texts_among

# Each has options of its own.
COMMANDS = {"batch": ".batch.command", "report": ".report.command", "rules": ".check", "stats": ".stats"}
NEEDED = ("pyarrow", "rich", "jinja2")  # by these, and by nothing else: the extra "batch"
HINTS = ("url", "publisher", "title")  # in the order of Text; for records, the columns that they stand in
# What may help against two kinds of trouble.
ENCODING, WITHOUT = "name the encoding, as in --encoding cp1252", "--without leaves a filter out"
TOO_LARGE = "cannot be read (it does not fit into the memory); give it in pieces"
NO_BODY = "no body was found; --explain shows what each line was taken for"
WAITS = f"waiting for input: paste it here, then press {'Ctrl-Z and Enter' if os.name == 'nt' else 'Ctrl-D'}"
NO_ROOM = "does not fit into the memory, and is left out"
BETWEEN = "\n\n"  # more between the bodies of two files: a body never holds two blank lines in a row

# A place in the file, the text to print, if there is any, and "" or what is wrong.
Answer: TypeAlias = tuple[str, str | None, str]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, those of the process by default, and give its exit status."""
    console.wait_for_streams()
    try:
        return run(list(sys.argv[1:] if argv is None else argv))
    except Unusable as error:
        complain(str(error))
        return UNUSABLE
    except KeyboardInterrupt:
        return console.INTERRUPTED
    except OSError as error:  # Trouble with reading becomes Unusable where it happens: this is from writing.
        console.silence(sys.stdout)
        if isinstance(error, BrokenPipeError):
            return console.CLOSED
        complain(f"the output cannot be written ({error.strerror}); make room, or send it elsewhere")
        return UNUSABLE


def run(argv: Sequence[str]) -> int:
    """Do what the arguments ask for, and give the exit status."""
    if argv and argv[0] in COMMANDS:
        return command(argv[0], argv[1:])
    options = parser().parsed(argv)
    if not options:
        return FOUND
    check(options)
    if options.version:
        from . import __version__

        say(f"cleaner {__version__}")
        return FOUND
    pipeline = configured(options.without, options.rules, options.strip_dateline)
    if not options.list:
        return clean(options.inputs or ["-"], options, pipeline)
    say(listing(pipeline))
    return FOUND


def command(name: str, argv: Sequence[str]) -> int:
    """Run one of `COMMANDS`, which need more than the rest of the program."""
    try:
        module = import_module(COMMANDS[name], __package__)
    except ImportError as error:
        needed = (error.name or "").partition(".")[0]
        if needed not in NEEDED:
            raise
        if not {"-h", "--help"}.isdisjoint(argv):
            console.show_help(name)
            return FOUND
        install = f"{sys.executable} -m pip install {' '.join(NEEDED)}"
        raise Unusable(f"{name} needs {needed}; run: {install}") from None
    try:
        options = module.parser().parsed(argv)
        return int(module.run(options)) if options else FOUND
    except (Unusable, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - a traceback is no answer.
        fault = "this is a fault of cleaner, please report it"
        raise Unusable(f"{name} cannot go on ({type(error).__name__}: {error}); {fault}") from None


def parser() -> Parser:
    """The options that there are."""
    parser = Parser("cleaner")
    parser.add_argument("--part", choices=PARTS)
    shape = parser.add_mutually_exclusive_group()
    for flag in ("--json", "--jsonl", "--explain", "--list"):
        shape.add_argument(flag, action="store_true")
    for flag in ("--plain", "--why", "--spans", "--version"):
        parser.add_argument(flag, action="store_true")
    for hint in HINTS:
        parser.add_argument(f"--{hint}", default="")
        parser.add_argument(f"--{hint}-column")
    parser.add_argument("--column")
    parser.renamed("--text-field", "--column")
    parser.add_argument("--into")
    parser.add_argument("inputs", nargs="*")
    return parser


def check(options: Namespace) -> None:
    """Refuse what does not go together, rather than pass it over."""
    for name in COMMANDS:
        if name in options.inputs:
            first = f"the command {name} comes first, as in: cleaner {name} INPUT ..."
            raise Unusable(f"{first}; write ./{name} for a file of that name")
    if options.list and options.inputs:
        raise Unusable("--list takes no file; leave it out, or say --explain to see what was made of it")
    if options.part and (options.json or options.explain or options.list):
        raise Unusable("--part gives one part as text; leave out --json, --explain or --list")
    if options.plain and (options.part not in (None, "body") or options.explain or options.list):
        raise Unusable("--plain says how the body is written; leave out --explain, --list and other parts")
    if options.part and (options.spans or options.into is not None):
        raise Unusable("--part gives a line of text a record; leave out --spans and --into")
    for hint in HINTS:
        if getattr(options, f"{hint}_column") is not None and not options.jsonl:
            raise Unusable(f"--{hint}-column goes with --jsonl; --{hint} speaks of one page")
    if not options.jsonl and (options.spans or options.column is not None or options.into is not None):
        raise Unusable("--spans, --column and --into go with --jsonl; --json gives the spans of a page")
    if options.why and not options.explain:
        raise Unusable("--why goes with --explain; --json gives the rule and the reason of every span")
    if any(getattr(options, hint) for hint in HINTS) and (options.jsonl or len(options.inputs) > 1):
        raise Unusable("--url, --publisher and --title speak of one page; give one file, without --jsonl")
    if options.jsonl:
        console.check_lines(options.encoding)


def listing(pipeline: Pipeline) -> str:
    """The filters with what they are for, then the rules with their labels and reasons."""
    named = zip(pipeline.names, pipeline.filters, strict=True)
    filters = [(name, (filter.__doc__ or "").strip().partition("\n")[0]) for name, filter in named]
    known = [rule for filter in pipeline.filters for rule in getattr(filter, "rules", ())]
    rules = console.columns([(rule.name, rule.label, rule.why) for rule in known])
    head = "filters, in the order in which they are asked:"
    return "\n".join([head, *console.columns(filters), "", "rules:", *rules])


def clean(files: Sequence[str], options: Namespace, pipeline: Pipeline) -> int:
    """Print what is asked for of every page or record, at once, and give the exit status."""
    status, between = FOUND, ""
    for file in files:
        name = "standard input" if file == "-" else file
        if file == "-" and sys.stdin is not None and sys.stdin.isatty():
            complain(f"{WAITS}; cleaner --help shows more")
        with console.complaints() as tell:
            try:
                for place, text, trouble in (records if options.jsonl else page)(file, options, pipeline):
                    if trouble:
                        tell(f"{name}{place}", trouble)
                        status = max(status, NONE)
                    if text is not None:
                        try:
                            say(between + text)
                            between = BETWEEN if long(options) else ""
                        except MemoryError:
                            complain(f"{name}{place}: {NO_ROOM}")
                            status = max(status, NONE)
            except (Unusable, MemoryError) as error:
                complain(f"{name}: {error if isinstance(error, Unusable) else TOO_LARGE}")
                status = UNUSABLE
    return status


def long(options: Namespace) -> bool:
    """Whether what is asked for may take several lines a page."""
    return options.explain or (options.part in (None, "body") and not options.json and not options.jsonl)


def page(file: str, options: Namespace, pipeline: Pipeline) -> Iterator[Answer]:
    """The answer to a file that is a page."""
    with console.opened(file) as stream:
        begins = stream.read(FIRST)
        if "x".encode(options.encoding) == b"x" and (kind := kind_of(file, begins)):
            raise Unusable(f"is {kind}")
        rest = stream.read() if len(begins) == FIRST else b""  # or a terminal would be asked twice
        given = decoded(begins + rest, options.encoding)
    if isinstance(given, Bad):
        raise Unusable(f"{given}; {ENCODING}")
    article = cleaned(pipeline, Text(given, options.url, options.publisher, options.title))
    if isinstance(article, Bad):
        yield "", None, f"{article}; {WITHOUT}"
        return
    text, trouble = rendered(article, options), "" if article.body else NO_BODY
    yield "", text if text or not long(options) else None, trouble


def rendered(article: Article, options: Namespace) -> str:
    """What is asked for of one article. A terminal with colours gets them, if its user wants some."""
    if options.json:
        return console.to_json(article.to_dict() | body(article, options))
    if not options.explain:
        return str((article.parts() | body(article, options))[options.part or "body"])
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if wanted and sys.stdout is not None and sys.stdout.isatty():
        with suppress(ImportError):  # without rich
            from rich.console import Console

            from .terminal import paint

            return paint(article, Console(file=sys.stdout), why=options.why).removesuffix("\n")
    return article.explain(why=options.why)


def body(article: Article, options: Namespace) -> dict[str, str]:
    """The body as it is asked for."""
    return {"body": article.plain() if options.plain else article.body}


def records(file: str, options: Namespace, pipeline: Pipeline) -> Iterator[Answer]:
    """The answers to the records of JSON Lines, or of a JSON array, in their order."""
    with console.opened(file) as stream:
        kind, array = kind_of("", stream.peek(1)), is_array(stream)
        if kind and not kind.startswith("JSON"):
            raise Unusable(f"is {kind}")
        word = "record" if array else "line"
        for number, line in enumerate(elements(stream, options.encoding) if array else stream, 1):
            if not line.isspace():
                try:
                    yield f", {word} {number}", *with_article(line, options, pipeline)
                except MemoryError:
                    yield f", {word} {number}", None, NO_ROOM


def with_article(line: bytes, options: Namespace, pipeline: Pipeline) -> tuple[str | None, str]:
    """The record of a line, as it came, with its article, and "" or what is wrong; None if it is no JSON.

    Where a part is asked for, it is that part on one line, blank where something is wrong.
    """
    text = decoded(line, options.encoding)
    record = parsed(text)
    if isinstance(record, Bad):
        lost = "" if options.part else None
        return lost, f"{record}; {ENCODING if isinstance(text, Bad) else 'write one JSON object a line'}"
    text = "" if options.part else text.removeprefix("\ufeff").strip()
    if not isinstance(record, dict):
        return text, "is no JSON object; write one a line"
    field, into = options.column, "article" if options.into is None else options.into
    if field is None:
        found = texts_among(record)
        field = "text" if "text" in record or len(found) != 1 else found[0]
    if not isinstance(record.get(field), str):
        there = f"there are: {', '.join(record) or 'none'}"
        return text, f"has no text in a field {field!r}; {there}; --column names another"
    if into in record and not options.part:
        return text, f"has a field {into!r} already, which is not overwritten; --into names another"
    hints = (record.get(getattr(options, f"{hint}_column"), "") for hint in HINTS)
    given = Text(record[field], *(hint if isinstance(hint, str) else "" for hint in hints))
    article = cleaned(pipeline, given)
    if isinstance(article, Bad):
        return text, f"{article}; {WITHOUT}"
    added = (article.to_dict() if options.spans else article.parts()) | body(article, options)
    if options.part:
        return " ".join(filter(None, str(added[options.part]).splitlines())), ""
    return f'{text.removesuffix("}").rstrip()}, {console.to_json({into: added})[1:]}', ""
