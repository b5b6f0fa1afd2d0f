"""``cleaner stats``: what was found, by label and by rule, so that a rule that takes parts of stories shows.

    inputs ── documents ──▶ articles ── Tally.add ──▶ a row a label and a row a rule ──▶ two tables, or JSON
"""

from argparse import Namespace
from collections.abc import Iterator, Sequence

from .batch.plan import articles, documents, parser_of
from .console import FOUND, NONE, UNUSABLE, Parser, Unusable, columns, complaints, configured, say, to_json
from .records import Bad
from .tally import Row, Tally

EXAMPLE = 50  # characters of an example that a table shows


def run(options: Namespace) -> int:
    """Do what the options ask for, and give the exit status. Raises `Unusable`."""
    if not options.inputs:
        raise Unusable("stats needs inputs, as in: cleaner stats news.jsonl")
    pipeline = configured(options.without, options.rules, options.strip_dateline)
    by = options.publisher_column
    total, groups, status = Tally(), dict[str, Tally](), FOUND
    with complaints() as tell:
        for document, article in articles(documents(options), pipeline, options.workers):
            text = document.text
            if isinstance(article, Bad) or isinstance(text, Bad):
                tell(document.place, str(article))
                status = max(status, NONE if document.row else UNUSABLE)
                continue
            total.add(article)
            if by:
                groups.setdefault(text.publisher, Tally()).add(article)
    found = sorted(groups.items())
    if options.json:
        more = {"by": {name: tally.to_dict() for name, tally in found}} if by else {}
        say(to_json({**total.to_dict(), **more}))
    else:
        named = [("", total), *((f"{by} {name or '(none)'}: ", tally) for name, tally in found)]
        say("\n\n".join("\n".join(tables(tally, name)) for name, tally in named))
    return status


def parser() -> Parser:
    """The options that there are."""
    parser = parser_of("cleaner stats")
    parser.add_argument("--by", dest="publisher_column")
    parser.add_argument("--json", action="store_true")
    return parser


def tables(tally: Tally, name: str) -> Iterator[str]:
    """A tally in two tables, by label and by rule, below its sums."""
    documents, characters = tally.documents, tally.characters
    yield f"{name}{documents:,} documents, {tally.without_body:,} without a body, {characters:,} characters"
    yield from table(["label"], [((label,), row) for label, row in tally.labels.items()], characters)
    yield from table(["label", "rule"], list(tally.rules.items()), characters)


def table(head: Sequence[str], found: Sequence[tuple[tuple[str, ...], Row]], whole: int) -> Iterator[str]:
    """The rows below their heads, if there are any; each begins with its label, or its label and its rule."""
    cells = [(*head, f"{'documents':>9}", f"{'spans':>9}", f"{'characters':>12}", f"{'share':>6}", "longest")]
    for names, row in found:
        counts = f"{row.documents:>9,}", f"{row.spans:>9,}", f"{row.characters:>12,}"
        share = f"{row.characters / max(whole, 1):>6.1%}"
        text = " ".join(row.example.split())
        example = text if len(text) <= EXAMPLE else text[: EXAMPLE - 1] + "…"
        cells.append((*names, *counts, share, example))
    if found:
        yield from ("", *columns(cells))
