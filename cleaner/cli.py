"""The command: a page of text in, its story out. ``cleaner --help`` teaches it.

argv ── options ──▶ pipeline ── a page, or a line of JSON ──▶ stdout, complaints on stderr ──▶ exit status
"""

import argparse
import os
import sys
from collections.abc import Sequence

from . import Article, Pipeline
from .article import PARTS
from .console import (
    CLOSED,
    FOUND,
    INTERRUPTED,
    NONE,
    TOO_LARGE,
    UNUSABLE,
    Parser,
    Unusable,
    columns,
    complain,
    configured,
    decoded,
    encodes_lines,
    encoding,
    failure,
    parsed,
    read,
    say,
    shown,
    silence,
    to_json,
    wait_for_streams,
)

COMMANDS = ("batch", "report", "stats")  # each has options of its own
BETWEEN = "\n\n"  # more between the bodies of two files: a body never holds two blank lines in a row

ABOUT = """\
Clean Indonesian news text: in goes the text of a page, out comes its story. Menus, advertisements, links to
other stories and the like are set aside, each with a reason. Without a FILE, or where it is -, standard input
is read.
"""

MORE = """\
examples:
  cleaner < page.txt                              # the story
  cleaner --part caption page.txt                 # what the lead photo shows
  cleaner --explain page.txt | less               # what every line of the page was taken for
  cleaner --explain --why page.txt                # and by which rule, and why; --without switches a rule off
  cleaner --json page.txt > page.json             # all parts, and every span with its label, rule and reason
  cleaner --jsonl < pages.jsonl > clean.jsonl     # {"text": "…"} becomes {"text": "…", "article": {…}}
  cleaner --jsonl --text-field content news.jsonl # the text stands in another field
  cleaner --without tail --without ad-marker page.txt # a filter and a single rule left out
  cleaner --rules my.toml page.txt                # your own rules, asked before the built-in ones
  cleaner --list                                  # the names that --without takes
  cleaner batch news.jsonl -o clean.parquet -q    # tables and folders, on all cores: cleaner batch --help
  cleaner report news.jsonl -o news.html -q       # a page that shows what was cut: cleaner report --help
  cleaner stats news.jsonl                        # what was found, by label and by rule: cleaner stats --help

several files:
  Bodies, and the pages of --explain, stand two blank lines apart; a body itself holds single ones only.
  Any other part takes one line a file, blank where the page shows none, and so does --json. A file without a
  body prints no body.

JSON Lines:
  A record is given back as it came, in its order and at once, with an "article" object added: title, date,
  byline, dateline, caption, credit, captions, body. A line that is no JSON is left out; a record without text
  is given back as it is. Both are reported on stderr with the number of the line, and never stop the run.

Output is always UTF-8. Write ./batch, ./report or ./stats for files of these names.

exit status:
  0  a body was found; with --jsonl, every record was cleaned
  1  a page held none; with --jsonl, a record was rejected
  2  wrong usage, or something could not be read; the readable files were still cleaned
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, those of the process by default, and give its exit status."""
    wait_for_streams()
    try:
        return run(list(sys.argv[1:] if argv is None else argv))
    except Unusable as error:
        complain(str(error))
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    except (
        OSError
    ) as error:  # Trouble with reading becomes Unusable where it happens, so this one comes from writing.
        silence(sys.stdout)
        if isinstance(error, BrokenPipeError):
            return CLOSED
        complain(f"the output cannot be written ({error.strerror}); make room, or send it elsewhere")
        return UNUSABLE


def run(argv: list[str]) -> int:
    """Do what the arguments ask for, and give the exit status."""
    if argv[:1] and argv[0] in COMMANDS:
        return command(*argv)
    options = parse(argv)
    if options.help:
        say(parser().format_help().rstrip())
    elif options.version:
        from . import __version__

        say(f"cleaner {__version__}")
    else:
        pipeline = configured(options.without, options.rules)
        if not options.list:
            clean = clean_records if options.jsonl else clean_pages
            return clean(options.files or ["-"], options, pipeline)
        say(listing(pipeline))
    return FOUND


def command(name: str, *argv: str) -> int:
    """Run one of `COMMANDS`, which need more than the rest of the program."""
    try:
        if name == "batch":
            from .batch.command import main as run
        elif name == "report":
            from .report.command import main as run
        else:
            from .stats import main as run
    except ImportError as error:
        if error.name not in ("pyarrow", "jinja2"):
            raise
        raise Unusable(f'{name} needs {error.name}; run: pip install "berita-cleaner[batch]"') from None
    try:
        return run(argv)
    except (Unusable, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - a traceback is no answer.
        raise Unusable(
            f"{name} cannot go on ({type(error).__name__}: {error});"
            " this is a fault of cleaner, please report it"
        ) from None


def parser() -> Parser:
    """The options that there are. Help and version go through `say`, as all that is printed."""
    parser = Parser("cleaner", "[options] [FILE ...]", ABOUT, MORE)
    shape = parser.add_argument_group(
        "what comes out (one of these; the body without)"
    ).add_mutually_exclusive_group()
    shape.add_argument(
        "--part", choices=PARTS, default="body", metavar="NAME", help=f"one part: {', '.join(PARTS)}"
    )
    shape.add_argument("--json", action="store_true", help="one JSON object a page: all parts and all spans")
    shape.add_argument(
        "--jsonl", action="store_true", help="JSON Lines in and out, an article added to each record"
    )
    shape.add_argument(
        "--explain",
        action="store_true",
        help="the page with its labels in the margin, in colour on a terminal",
    )
    shape.add_argument("--list", action="store_true", help="the filters and rules, each with its reason")
    choice = parser.add_argument_group("how it is cleaned")
    choice.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="NAME",
        help="leave out a filter, or a single rule (repeatable)",
    )
    choice.add_argument(
        "--rules",
        action="append",
        default=[],
        metavar="FILE",
        help="ask the rules of a TOML file before the built-in ones (repeatable)",
    )
    choice.add_argument(
        "--url", metavar="URL", help="where the page was: a hint, never needed, that helps to find the title"
    )
    choice.add_argument("--publisher", metavar="NAME", help="whose page it is: a hint, never needed")
    source = parser.add_argument_group("how it is read")
    source.add_argument(
        "files", nargs="*", metavar="FILE", help="the text of a page, or with --jsonl many records"
    )
    source.add_argument(
        "--encoding", type=encoding, default="utf-8", metavar="NAME", help="the encoding of the input (utf-8)"
    )
    source.add_argument(
        "--text-field", metavar="NAME", help="with --jsonl: the field that holds the text (text)"
    )
    choice.add_argument("--why", action="store_true", help="with --explain: the rule and the reason too")
    source.add_argument(
        "--spans", action="store_true", help='with --jsonl: all spans in the "article" object too'
    )
    other = parser.add_argument_group("other")
    other.add_argument("-h", "--help", action="store_true", help="show this page")
    other.add_argument("--version", action="store_true", help="show the version")
    return parser


def parse(argv: list[str]) -> argparse.Namespace:
    """The options. What does not go together is refused, rather than passed over."""
    options = parsed(parser(), argv, "files")
    refuse_commands(options.files)
    if options.list and options.files:
        raise Unusable(
            "--list takes no file; leave the file out, or say --explain to see what was made of it"
        )
    if not options.jsonl and (options.spans or options.text_field is not None):
        raise Unusable("--spans and --text-field go with --jsonl; --json gives the spans of a page")
    if options.why and not options.explain:
        raise Unusable("--why goes with --explain; --json gives the rule and the reason of every span")
    if (options.url or options.publisher) and (options.jsonl or len(options.files) > 1):
        raise Unusable("--url and --publisher speak of one page; give one file, without --jsonl")
    if options.jsonl and not encodes_lines(options.encoding):
        raise Unusable(
            f"JSON Lines cannot be split into lines in {options.encoding}; convert the input to UTF-8 first"
        )
    return options


def refuse_commands(words: list[str]) -> None:
    """Refuse the name of a command where it is no command, so that it is not taken for a file."""
    for word in words:
        if word in COMMANDS:
            raise Unusable(
                f"the command {word} comes first, as in: cleaner {word} INPUT ...;"
                f" write ./{word} for a file of that name"
            )


def listing(pipeline: Pipeline) -> str:
    """The filters with what they are for, then the rules with their labels and reasons."""
    filters = [
        (name, (filter.__doc__ or "").strip().partition("\n")[0])
        for name, filter in zip(pipeline.names, pipeline.filters, strict=True)
    ]
    found = [
        (rule.name, rule.label, rule.why)
        for filter in pipeline.filters
        for rule in getattr(filter, "rules", ())
    ]
    return "\n".join(
        ["filters, in the order in which they are asked:", *columns(filters), "", "rules:", *columns(found)]
    )


def clean_pages(files: list[str], options: argparse.Namespace, pipeline: Pipeline) -> int:
    """Print what is asked for of each page, and give the exit status."""
    status = FOUND
    between = ""
    for file in files:
        try:
            page = decoded(b"".join(read(file)), options.encoding)
            article = pipeline(page, url=options.url or "", publisher=options.publisher or "")
            text = rendered(article, options)
        except Unusable as error:
            complain(f"{shown(file)}: {error}")
            status = UNUSABLE
            continue
        except MemoryError:
            complain(f"{shown(file)}: {TOO_LARGE}")
            status = UNUSABLE
            continue
        except Exception as error:  # noqa: BLE001 - the other pages are cleaned.
            complain(f"{shown(file)}: {failure(error)}")
            status = max(status, NONE)
            continue
        if not article.body:
            complain(f"{shown(file)}: no body was found; --explain shows what each line was taken for")
            status = max(status, NONE)
        if text or not long(options):
            say(between + text)
            between = BETWEEN if long(options) else ""
    return status


def rendered(article: Article, options: argparse.Namespace) -> str:
    """What is asked for of one article."""
    if options.json:
        return to_json(article.to_dict())
    if options.explain:
        return painted(article, why=options.why) if in_colour() else article.explain(why=options.why)
    return str(getattr(article, options.part))


def in_colour() -> bool:
    """Whether stdout is a terminal with colours, its user wants some, and rich is there to make them."""
    from importlib.util import find_spec

    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and sys.stdout is not None and sys.stdout.isatty() and find_spec("rich") is not None


def painted(article: Article, *, why: bool) -> str:
    """The page in the colours of the terminal."""
    from rich.console import Console

    from .terminal import paint

    return paint(article, Console(file=sys.stdout), why=why).removesuffix("\n")


def long(options: argparse.Namespace) -> bool:
    """Whether what is asked for may take several lines a page."""
    return options.explain or (options.part == "body" and not options.json)


def clean_records(files: list[str], options: argparse.Namespace, pipeline: Pipeline) -> int:
    """Give each record of JSON Lines back with its article, one at a time, and give the exit status."""
    status = FOUND
    for file in files:
        try:
            for number, line in enumerate(read(file), 1):
                try:
                    record, trouble = (
                        with_article(line, options, pipeline) if not line.isspace() else ("", "")
                    )
                    if record:
                        say(record)
                except MemoryError:
                    trouble = "does not fit into the memory, and is left out"
                if trouble:
                    complain(f"{shown(file)}, line {number}: {trouble}")
                    status = max(status, NONE)
        except Unusable as error:
            complain(f"{shown(file)}: {error}")
            status = UNUSABLE
    return status


def with_article(line: bytes, options: argparse.Namespace, pipeline: Pipeline) -> tuple[str, str]:
    """The record of a line with its article, and "" or what is wrong; "" for a record that is no JSON.

    The article is put behind the text of the record, which is not written anew: so numbers, escapes and the
    order of the fields come back as they were.
    """
    import json

    field = "text" if options.text_field is None else options.text_field
    try:
        text = decoded(line, options.encoding).removeprefix("\ufeff").strip()
        record = json.loads(text)
    except Unusable as error:
        return "", str(error)
    except (ValueError, RecursionError) as error:
        return "", f"is no JSON ({str(error).replace('line 1 ', '')}); write one JSON object a line"
    if not isinstance(record, dict) or not isinstance(record.get(field), str):
        return text, f"has no text in a field {field!r}; --text-field names another"
    try:
        article = pipeline(record[field])
        added = article.to_dict() if options.spans else article.parts()
        if "article" in record:  # A second field of that name would be no help: the old article gives way.
            return to_json({**record, "article": added}), ""
        return f'{text.removesuffix("}").rstrip()}, "article": {to_json(added)}}}', ""
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one record, the run goes on.
        return text, failure(error)
