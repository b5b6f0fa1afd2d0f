"""What is looked at, and its numbers: the entries of a report, and what they add up to."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from .. import Article
from ..labels import FURNITURE, LABELS
from .gold import KINDS, Difference


class Entry(NamedTuple):
    """A document of the report: where it comes from, what became of it, and how gold differs, None where there is no gold for it."""

    name: str
    article: Article
    differences: Sequence[Difference] | None = None

    @property
    def share(self) -> float:
        """The share of its characters that was kept, by label: all that is no furniture."""
        kept = sum(len(span.text) for span in self.article.spans if span.label not in FURNITURE)
        return kept / max(len(self.article.text), 1)


class Row(NamedTuple):
    """How often something is there."""

    spans: int
    characters: int
    documents: int


class Reason(NamedTuple):
    """What made a span what it is."""

    label: str
    rule: str
    why: str


class Summary(NamedTuple):
    """The numbers of all entries together."""

    characters: int
    kept: int
    labels: dict[str, Row]  # those that are there, in the order of LABELS
    reasons: dict[Reason, Row]  # those that made the most spans first
    bodiless: list[int]  # the numbers of the entries without a body
    ranked: list[int]  # the numbers of all others, those with the smallest share kept first
    kinds: dict[str, int]  # the differences by their kind
    differing: int  # documents with a difference
    compared: int  # documents with gold

    @property
    def share(self) -> float:
        """The share of all characters that was kept."""
        return self.kept / max(self.characters, 1)


def summed(entries: Sequence[Entry]) -> Summary:
    """What the entries add up to."""
    found: defaultdict[Reason, list[tuple[int, int]]] = defaultdict(list)  # the entry, and the characters, of each span
    for number, entry in enumerate(entries):
        for span in entry.article.spans:
            found[Reason(span.label, span.rule, span.why)].append((number, len(span.text)))
    labels = {label: row([place for reason, places in found.items() if reason.label == label for place in places]) for label in LABELS}
    labels = {label: total for label, total in labels.items() if total.spans}
    reasons = {reason: row(places) for reason, places in found.items() if reason.rule}
    kinds = Counter(difference.kind for entry in entries for difference in entry.differences or ())
    return Summary(
        characters=sum(total.characters for total in labels.values()),
        kept=sum(total.characters for label, total in labels.items() if label not in FURNITURE),
        labels=labels,
        reasons=dict(sorted(reasons.items(), key=lambda item: (-item[1].spans, item[0]))),
        bodiless=[number for number, entry in enumerate(entries) if not entry.article.body],
        ranked=sorted((number for number, entry in enumerate(entries) if entry.article.body), key=lambda number: entries[number].share),
        kinds={kind: kinds[kind] for kind in KINDS},
        differing=sum(bool(entry.differences) for entry in entries),
        compared=sum(entry.differences is not None for entry in entries),
    )


def row(places: Sequence[tuple[int, int]]) -> Row:
    """The row of spans, given as the number of their entry and their characters."""
    return Row(len(places), sum(characters for _, characters in places), len({number for number, _ in places}))
