"""``cleaner stats``: what was found in files and folders, by label and by rule, so that a rule which has begun to eat stories is seen.

    inputs ── documents ──▶ articles ── count ──▶ a row a label and a row a rule ──▶ two tables, or JSON
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .batch.documents import documents
from .batch.options import choice_of, reading
from .batch.plan import files, plan
from .batch.reading import Bad
from .console import FOUND, NONE, UNUSABLE, Parser, Unusable, columns, complain, configured, parsed, say, to_json
from .tally import Tally

ABOUT = """\
Count what is found in files and folders of texts, by label and by rule: in how many documents, how many spans, how many
characters, the share of all characters, and the longest span as an example. A rule that takes long spans is worth a look.
"""

MORE = """\
examples:
  cleaner stats news.jsonl                        # two tables, by label and by rule
  cleaner stats news.jsonl --by publisher         # for each publisher by itself
  cleaner stats crawl/ --json > stats.json        # for programs, examples whole

The inputs are those of cleaner batch. Each text is cleaned without hints.

exit status:
  0  every row was cleaned
  1  a row was rejected; it is named on stderr
  2  wrong usage, or a file could not be read; the others were still counted
"""

EXAMPLE = 50  # characters of an example that a table shows


def main(argv: Sequence[str]) -> int:
    """Run ``cleaner stats`` with these arguments, and give its exit status. Raises `Unusable`."""
    options = parsed(parser(), argv, "inputs")
    if options.help:
        say(parser().format_help().rstrip())
        return FOUND
    if not options.inputs:
        raise Unusable("stats needs inputs, as in: cleaner stats news.jsonl")
    pipeline = configured(options.without, options.rules)
    planned = plan(files(options.inputs), choice_of(options, publisher=options.by))
    total = Tally()
    groups: dict[str, Tally] = {}
    status = UNUSABLE if planned.unreadable else FOUND
    for file, number, text in documents(planned):
        trouble = str(text) if isinstance(text, Bad) else ""
        if not isinstance(text, Bad):
            try:
                article = pipeline(text.text)
                total.add(article)
                if options.by:
                    groups.setdefault(text.publisher, Tally()).add(article)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one document, the others are counted.
                trouble = f"could not be cleaned ({str(error) or type(error).__name__})"
        if trouble:
            complain(f"{file}, row {number}: {trouble}" if number else f"{file}: {trouble}")
            status = max(status, NONE if number else UNUSABLE)
    if options.json:
        by = {"by": {group: count.to_dict() for group, count in sorted(groups.items())}} if options.by else {}
        say(to_json({**total.to_dict(), **by}))
    else:
        say("\n".join(tables(total, groups, options.by)))
    return status


def parser() -> Parser:
    """The options that there are."""
    parser = Parser("cleaner stats", "INPUT ... [options]", ABOUT, MORE)
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help="a file, a glob or a folder, as of cleaner batch")
    parser.add_argument("--by", metavar="NAME", help="count for each value of this column by itself")
    parser.add_argument("--json", action="store_true", help="one JSON object in place of the tables")
    reading(parser)
    parser.add_argument("-h", "--help", action="store_true", help="show this page")
    return parser


def tables(total: Tally, groups: dict[str, Tally], by: str | None) -> Iterator[str]:
    """The count in two tables, by label and by rule; for each group by itself, where there are groups."""
    yield from table(total, "")
    for name, count in sorted(groups.items()):
        yield ""
        yield from table(count, f"{by} {name or '(none)'}: ")


def table(count: Tally, name: str) -> Iterator[str]:
    """One count."""
    found = count.to_dict()
    yield f"{name}{count.documents:,} documents, {count.without_body:,} without a body, {count.characters:,} characters"
    for kind in ("labels", "rules"):
        if found[kind]:
            yield ""
            head = ("label", *(["rule"] if kind == "rules" else []), f"{'documents':>9}", f"{'spans':>9}", f"{'characters':>12}", f"{'share':>6}", "longest")
            yield from columns([head, *rows(found[kind], count.characters)])


def rows(found: Iterable[dict[str, Any]], characters: int) -> Iterator[tuple[str, ...]]:
    """The cells of a table."""
    for row in found:
        example = " ".join(row["example"].split())
        example = example if len(example) <= EXAMPLE else example[: EXAMPLE - 1] + "…"
        numbers = (f"{row['documents']:>9,}", f"{row['spans']:>9,}", f"{row['characters']:>12,}", f"{row['characters'] / max(characters, 1):>6.1%}")
        yield (row["label"], *([row["rule"]] if "rule" in row else []), *numbers, example)
