"""``cleaner rules check``: whether the rules of a file do what they say, and what they take of pages.

    a rule file ── rules, each alone ──▶ witness and near miss, and hits on pages ──▶ a few lines a rule
"""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import Claim, Page, RuleError
from .batch.plan import documents, parser_of
from .console import FOUND, NONE, TAKEN, UNUSABLE, Parser, Unusable, complain, complaints, say, taken
from .records import Bad, failure
from .repair import repair
from .rules import Rule, Rules, faults, read

HITS = 5  # hits of a rule that are shown
AROUND, LONG = 40, 100  # characters that are shown around a hit, and of it


@dataclass
class Tried:
    """A rule, and what it took of the documents that it was tried on."""

    rule: Rule
    hits: int = 0
    documents: int = 0
    shown: list[str] = field(default_factory=list)

    def add(self, place: str, page: Page) -> None:
        """Try it on one more document."""
        claims = list(Rules((self.rule,))(page))
        self.hits += len(claims)
        self.documents += bool(claims)
        self.shown += [f"{place}: {shown(page.text, claim)}" for claim in claims[: HITS - len(self.shown)]]

    def told(self, tried: int) -> Iterator[str]:
        """What there is to say of its hits on so many documents."""
        if self.hits:
            yield f"  {many(self.hits, 'hit')} in {self.documents:,} of {many(tried, 'document')}"
        elif tried:
            yield f"  takes nothing of {many(tried, 'document')}"
        yield from (f"    {hit}" for hit in self.shown)
        if self.hits > HITS:
            yield f"    and {self.hits - HITS:,} more"


def run(options: Namespace) -> int:
    """Do what the options ask for, and give the exit status. Raises `Unusable`."""
    if options.inputs[:1] != ["check"] or len(options.inputs) < 2:
        raise Unusable("rules checks a file of rules, as in: cleaner rules check mine.toml page.txt")
    _, file, *options.inputs = options.inputs
    try:
        rules = [Tried(rule) for rule in read(file)]
    except RuleError as error:
        raise Unusable(str(error)) from None
    status, tried = FOUND, 0
    with complaints() as tell:
        for document in documents(options) if options.inputs else ():
            text = document.text
            if not isinstance(text, Bad):
                page = Page(repair(text.text))
                try:
                    for rule in rules:
                        rule.add(document.place, page)
                    tried += 1
                    continue
                except RuleError as error:
                    text = failure(error)
            tell(document.place, text)
            status = max(status, NONE if document.row else UNUSABLE)
    both, bad = taken([rule.rule.name for rule in rules]), 0
    for rule in rules:
        wrong = [TAKEN] if rule.rule.name in both else []
        try:
            wrong += faults(rule.rule)
        except RuleError as error:  # Its pattern takes too long.
            wrong.append(str(error))
        bad += bool(wrong)
        said = [f"wrong: {fault}" for fault in wrong] or ["does what its witness and near miss say"]
        head = f"{rule.rule.name}: {rule.rule.label}, {rule.rule.why}"
        say("\n".join([head, *(f"  {sentence}" for sentence in said), *rule.told(tried)]))
    if bad:
        complain(f"{file}: {many(bad, 'rule')} of {len(rules):,} cannot be used as the file is")
    return max(status, NONE if bad else FOUND)


def parser() -> Parser:
    """The options that there are."""
    return parser_of("cleaner rules", cleans=False)


def shown(text: str, claim: Claim) -> str:
    """What a claim takes, in brackets, with some text around it."""
    start, end = max(0, claim.start - AROUND), claim.end + AROUND
    pieces = text[start : claim.start], text[claim.start : claim.end], text[claim.end : end]
    before, hit, behind = (" ".join(piece.split()) for piece in pieces)
    hit = hit if len(hit) <= LONG else f"{hit[: LONG - 1]}…"
    return f"{'…' * (start > 0)}{before} [{hit}] {behind}{'…' * (end < len(text))}".strip()


def many(number: int, noun: str) -> str:
    """So many of them: "1 hit", "2 hits"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"
