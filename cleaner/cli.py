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
from .records import Bad, decoded, failure, parsed

# Each has options of its own.
COMMANDS = {"batch": ".batch.command", "report": ".report.command", "stats": ".stats"}
# What may help against two kinds of trouble.
ENCODING, WITHOUT = "name the encoding, as in --encoding cp1252", "--without leaves a filter out"
TOO_LARGE = "cannot be read (it does not fit into the memory); give it in pieces"
NO_ROOM = "does not fit into the memory, and is left out"
BETWEEN = "\n\n"  # more between the bodies of two files: a body never holds two blank lines in a row

# A place in the file, the text to print, if there is any, and "" or what is wrong.
Answer: TypeAlias = tuple[str, str | None, str]

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
    options = console.parsed(known := parser(), argv, "files")
    check(options)
    if options.help:
        say(known.format_help().rstrip())
        return FOUND
    if options.version:
        from . import __version__

        say(f"cleaner {__version__}")
        return FOUND
    pipeline = configured(options.without, options.rules)
    if not options.list:
        return clean(options.files or ["-"], options, pipeline)
    say(listing(pipeline))
    return FOUND


def command(name: str, argv: Sequence[str]) -> int:
    """Run one of `COMMANDS`, which need more than the rest of the program."""
    try:
        module = import_module(COMMANDS[name], __package__)
    except ImportError as error:
        if error.name not in ("pyarrow", "jinja2"):
            raise
        raise Unusable(f'{name} needs {error.name}; run: pip install "berita-cleaner[batch]"') from None
    try:
        options = console.parsed(known := module.parser(), argv, "inputs")
        if not options.help:
            return int(module.run(options))
        say(known.format_help().rstrip())
    except (Unusable, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - a traceback is no answer.
        fault = "this is a fault of cleaner, please report it"
        raise Unusable(f"{name} cannot go on ({type(error).__name__}: {error}); {fault}") from None
    return FOUND


def parser() -> Parser:
    """The options that there are. Help and version go through `say`, as all that is printed."""
    parser = Parser("cleaner", "[options] [FILE ...]", ABOUT, MORE)
    shape = parser.add_argument_group("what comes out (one of these; the body without)")
    add = shape.add_mutually_exclusive_group().add_argument
    part = f"one part: {', '.join(PARTS)}"
    add("--part", choices=PARTS, default="body", metavar="NAME", help=part)
    add("--json", action="store_true", help="one JSON object a page: all parts and all spans")
    add("--jsonl", action="store_true", help="JSON Lines in and out, an article added to each record")
    colour = "the page with its labels in the margin, in colour on a terminal"
    add("--explain", action="store_true", help=colour)
    add("--list", action="store_true", help="the filters and rules, each with its reason")
    add = parser.cleaning("how it is cleaned").add_argument
    where = "where the page was: a hint, never needed, that helps to find the title"
    add("--url", default="", metavar="URL", help=where)
    whose = "whose page it is: a hint for filters of your own, the built-in ones do not ask"
    add("--publisher", default="", metavar="NAME", help=whose)
    add("--why", action="store_true", help="with --explain: the rule and the reason too")
    add = parser.add_argument_group("how it is read").add_argument
    add("files", nargs="*", metavar="FILE", help="the text of a page, or with --jsonl many records")
    known = "the encoding of the input (utf-8)"
    add("--encoding", type=console.encoding, default="utf-8", metavar="NAME", help=known)
    add("--text-field", metavar="NAME", help="with --jsonl: the field that holds the text (text)")
    add("--spans", action="store_true", help='with --jsonl: all spans in the "article" object too')
    add = parser.add_argument_group("other").add_argument
    add("-h", "--help", action="store_true", help="show this page")
    add("--version", action="store_true", help="show the version")
    return parser


def check(options: Namespace) -> None:
    """Refuse what does not go together, rather than pass it over."""
    for name in COMMANDS:
        if name in options.files:
            first = f"the command {name} comes first, as in: cleaner {name} INPUT ..."
            raise Unusable(f"{first}; write ./{name} for a file of that name")
    if options.list and options.files:
        advice = "leave the file out, or say --explain to see what was made of it"
        raise Unusable(f"--list takes no file; {advice}")
    if not options.jsonl and (options.spans or options.text_field is not None):
        raise Unusable("--spans and --text-field go with --jsonl; --json gives the spans of a page")
    if options.why and not options.explain:
        raise Unusable("--why goes with --explain; --json gives the rule and the reason of every span")
    if (options.url or options.publisher) and (options.jsonl or len(options.files) > 1):
        raise Unusable("--url and --publisher speak of one page; give one file, without --jsonl")
    if options.jsonl and not console.encodes_lines(options.encoding):
        advice = "convert the input to UTF-8 first"
        raise Unusable(f"JSON Lines cannot be split into lines in {options.encoding}; {advice}")


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
        try:
            for place, text, trouble in (records if options.jsonl else page)(file, options, pipeline):
                if trouble:
                    complain(f"{name}{place}: {trouble}")
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
    return options.explain or (options.part == "body" and not options.json and not options.jsonl)


def page(file: str, options: Namespace, pipeline: Pipeline) -> Iterator[Answer]:
    """The answer to a file that is a page."""
    given = decoded(b"".join(console.read(file)), options.encoding)
    if isinstance(given, Bad):
        raise Unusable(f"{given}; {ENCODING}")
    try:
        article = pipeline(given, url=options.url, publisher=options.publisher)
        text = rendered(article, options)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the other pages are cleaned.
        yield "", None, f"{failure(error)}; {WITHOUT}"
        return
    nothing = "no body was found; --explain shows what each line was taken for"
    yield "", text if text or not long(options) else None, "" if article.body else nothing


def rendered(article: Article, options: Namespace) -> str:
    """What is asked for of one article. A terminal with colours gets them, if its user wants some."""
    if options.json:
        return console.to_json(article.to_dict())
    if not options.explain:
        return str(getattr(article, options.part))
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if wanted and sys.stdout is not None and sys.stdout.isatty():
        with suppress(ImportError):  # without rich
            from rich.console import Console

            from .terminal import paint

            return paint(article, Console(file=sys.stdout), why=options.why).removesuffix("\n")
    return article.explain(why=options.why)


def records(file: str, options: Namespace, pipeline: Pipeline) -> Iterator[Answer]:
    """The answers to the records of JSON Lines, in their order."""
    for number, line in enumerate(console.read(file), 1):
        if not line.isspace():
            try:
                yield f", line {number}", *with_article(line, options, pipeline)
            except MemoryError:
                yield f", line {number}", None, NO_ROOM


def with_article(line: bytes, options: Namespace, pipeline: Pipeline) -> tuple[str | None, str]:
    """The record of a line with its article, and "" or what is wrong; None for a line that is no JSON.

    The article is put behind the text of the record, which is not written anew: so numbers, escapes and the
    order of the fields come back as they were.
    """
    field = "text" if options.text_field is None else options.text_field
    text = decoded(line, options.encoding)
    record = parsed(text)
    if isinstance(record, Bad):
        return None, f"{record}; {ENCODING if isinstance(text, Bad) else 'write one JSON object a line'}"
    text = text.removeprefix("\ufeff").strip()
    if not isinstance(record, dict) or not isinstance(record.get(field), str):
        return text, f"has no text in a field {field!r}; --text-field names another"
    try:
        article = pipeline(record[field])
        added = article.to_dict() if options.spans else article.parts()
        if "article" in record:  # A second field of that name would be no help: the old article gives way.
            return console.to_json({**record, "article": added}), ""
        return f'{text.removesuffix("}").rstrip()}, "article": {console.to_json(added)}}}', ""
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one record, the run goes on.
        return text, f"{failure(error)}; {WITHOUT}"
