"""What some articles came to: how many documents and characters, and what of them each label and rule took.

    articles ── add ──▶ a tally ── to_dict ──▶ JSON ── from_dict ──▶ tallies ── += ──▶ one tally
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

from . import Article
from .labels import FURNITURE, LABELS


@dataclass
class Row:
    """What one label, or one rule, came to. The example is its longest span, the first if there are two."""

    documents: int = 0
    spans: int = 0
    characters: int = 0
    example: str = ""


@dataclass
class Tally:
    """What some documents came to, a row for each label and rule, and for each label one with the rule ""."""

    documents: int = 0
    without_body: int = 0
    characters: int = 0
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)

    @property
    def labels(self) -> dict[str, Row]:
        """The row of each label that was found, in the order of `LABELS`."""
        return {label: self.rows[label, ""] for label in LABELS if (label, "") in self.rows}

    @property
    def rules(self) -> dict[tuple[str, str], Row]:
        """The row of each label and rule, those with most characters first."""
        found = [(key, row) for key, row in self.rows.items() if key[1]]
        return dict(sorted(found, key=lambda item: (-item[1].characters, item[0])))

    @property
    def kept(self) -> int:
        """How many characters were kept by label: all that are no furniture."""
        return sum(row.characters for label, row in self.labels.items() if label not in FURNITURE)

    def add(self, article: Article) -> None:
        """Count one more document."""
        found: dict[tuple[str, str], list[str]] = {}
        for span in article.spans:
            for rule in {"", span.rule}:
                found.setdefault((span.label, rule), []).append(span.text)
        rows = {key: Row(1, len(s), sum(map(len, s)), max(s, key=len)) for key, s in found.items()}
        self.__iadd__(Tally(1, not article.body, len(article.text), rows))

    def __iadd__(self, more: "Tally") -> Self:
        """Add another tally to this one."""
        self.documents += more.documents
        self.without_body += more.without_body
        self.characters += more.characters
        for key, found in more.rows.items():
            row = self.rows.setdefault(key, Row())
            row.documents += found.documents
            row.spans += found.spans
            row.characters += found.characters
            row.example = max(row.example, found.example, key=len)
        return self

    def to_dict(self) -> dict[str, Any]:
        """The tally, ready for JSON, which has to escape half a surrogate pair where an example holds one."""
        sums = {"documents": self.documents, "without_body": self.without_body, "characters": self.characters}
        labels = [{"label": label, **asdict(row)} for label, row in self.labels.items()]
        rules = [{"label": label, "rule": rule, **asdict(row)} for (label, rule), row in self.rules.items()]
        return {**sums, "labels": labels, "rules": rules}

    @classmethod
    def from_dict(cls, found: dict[str, Any]) -> Self:
        """The tally that `to_dict` gave."""
        rows = [dict(row) for row in (*found["labels"], *found["rules"])]
        keys = [(row.pop("label"), row.pop("rule", "")) for row in rows]
        made = {key: Row(**row) for key, row in zip(keys, rows, strict=True)}
        return cls(found["documents"], found["without_body"], found["characters"], made)
