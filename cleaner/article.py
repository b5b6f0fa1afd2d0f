"""What comes out of a pipeline: the story, its parts, and everything that was set aside."""

from itertools import groupby, pairwise

from . import margin
from .expression import expression
from .labels import FURNITURE
from .lazy import cached_property
from .repair import unescaped
from .spans import Page, Span

# The parts of a page that come out as one text each.
PARTS = ("title", "kicker", "date", "byline", "deck", "dateline", "caption", "credit", "body")
STORY = {"", "body", "dateline"}  # the labels of what stays in the body
STRIPPED = "strip_dateline"  # the filter that takes the dateline out of the body
CLOSING = tuple(".,;:!?)]")  # no blank stands before these when something was cut out in front of them
GLANCE = 40  # characters of a headline that `repr` shows
# Characters that take no room: soft hyphen, zero-width space, word joiner, byte order mark.
NO_ROOM = dict.fromkeys(map(ord, "\xad\u200b\u2060\ufeff"))
# The lookbehind lets a match start only at the first blank of a run; without it n blanks cost n² steps.
BREAK = expression(r"(?<!\s)\s*\n\s*")


class Article:
    """A cleaned page, as its parts. Made by `clean` or by any pipeline.

    >>> from cleaner import clean
    >>> article = clean('''Banjir Surut
    ...
    ... Senin, 3 Maret 2025 10:00 WIB
    ...
    ... Warga mulai kembali ke rumah masing-masing sejak pagi tadi.
    ...
    ... Baca juga: Hujan Reda
    ... ''')
    >>> article.title, article.date
    ('Banjir Surut', 'Senin, 3 Maret 2025 10:00 WIB')
    >>> article.body
    'Warga mulai kembali ke rumah masing-masing sejak pagi tadi.'
    >>> [(span.label, span.text) for span in article.removed]
    [('readmore', 'Baca juga: Hujan Reda\\n')]
    >>> article
    <Article 'Banjir Surut': body 59 of 128 characters, 1 of 4 spans removed>
    """

    def __init__(self, page: Page) -> None:
        self.text = page.text
        self.spans: list[Span] = [
            span._replace(label=span.label or "body", evidence=0) if span.evidence or not span.label else span
            for span in page.spans
        ]
        self._starts = page.line_starts

    def __repr__(self) -> str:
        """What it is at a glance: the beginning of the headline, and how much was kept and set aside."""
        title = self.title if len(self.title) <= GLANCE else self.title[: GLANCE - 1] + "…"
        size = f"body {len(self.body):,} of {len(self.text):,} characters"
        return f"<Article {title!r}: {size}, {len(self.removed)} of {len(self.spans)} spans removed>"

    def __eq__(self, other: object) -> bool:
        """Whether it is the same text with the same spans."""
        return self.spans == other.spans if isinstance(other, Article) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    @cached_property
    def title(self) -> str:
        """The headline, "" when the page shows none."""
        return self._first("title")

    @cached_property
    def kicker(self) -> str:
        """The rubric above the headline."""
        return self._first("kicker")

    @cached_property
    def date(self) -> str:
        """When it was published, as the page prints it."""
        return self._first("date")

    @cached_property
    def byline(self) -> str:
        """Who wrote it, where the page names the writer above the story."""
        return self._first("byline")

    @cached_property
    def deck(self) -> str:
        """The standfirst between headline and story. It is no part of the body."""
        return self._first("deck")

    @cached_property
    def dateline(self) -> str:
        """The outlet and place that open the story, as they stand in the body: ``"TEMPO.CO, Jakarta -"``."""
        runs = groupby(self.spans, lambda span: (span.label == "dateline", span.rule))
        run = next((list(run) for (found, _), run in runs if found), [])
        return BREAK.sub(" ", "".join(span.text for span in run).strip())

    @cached_property
    def captions(self) -> list[tuple[str, str]]:
        """Every photo of the page as ``(caption, credit)``, the lead photo first; either may be ""."""
        pairs: list[tuple[str, str]] = []
        last = ("", "")  # the label and rule of the span before, blank when something stood between
        for span in self.spans:
            if span.label not in ("caption", "credit"):
                if any(map(str.isalnum, span.text)):  # a dash between the two does not part them
                    last = ("", "")
                continue
            text = self._shown(span)
            joins = bool(pairs) and last == ("credit" if span.label == "caption" else "caption", span.rule)
            if joins and not pairs[-1][span.label == "credit"]:
                pairs[-1] = (text, pairs[-1][1]) if span.label == "caption" else (pairs[-1][0], text)
            else:
                pairs.append((text, "") if span.label == "caption" else ("", text))
            last = (span.label, span.rule)
        return list(dict.fromkeys(pairs))

    @cached_property
    def caption(self) -> str:
        """The caption of the lead photo, without its credit."""
        return self.captions[0][0] if self.captions else ""

    @cached_property
    def credit(self) -> str:
        """The credit of the lead photo."""
        return self.captions[0][1] if self.captions else ""

    @cached_property
    def paragraphs(self) -> list[str]:
        """The story, paragraph by paragraph. What was cut from the middle of one leaves one blank."""
        paragraphs: list[list[str]] = []  # each as its pieces, for thousands may be cut out of one
        end = -1  # where the last piece of the story ended
        opening = False  # whether that piece is a dateline: the paragraph goes on, even on the next line
        for span in self.spans:
            if span.label not in STORY or span.rule == STRIPPED:
                continue
            text = span.text.strip() if span.end in self._starts else span.text
            if "\n" in text:
                text = BREAK.sub(" ", text)
            if not text or text.isspace():
                continue
            if not paragraphs or (span.start in self._starts and not opening):
                paragraphs.append([text.lstrip()])
            elif span.start == end:
                paragraphs[-1].append(text)
            else:
                text = text.lstrip()
                paragraphs[-1][-1] = paragraphs[-1][-1].rstrip()
                paragraphs[-1].append(text if text.startswith(CLOSING) else " " + text)
            end, opening = span.end, span.label == "dateline"
            if opening and span.text[-1:].isspace():
                paragraphs[-1][-1] = paragraphs[-1][-1].rstrip() + " "
        return ["".join(pieces).strip() for pieces in paragraphs]

    @cached_property
    def body(self) -> str:
        """The story, its paragraphs joined by one blank line."""
        return "\n\n".join(self.paragraphs)

    def plain(self) -> str:
        """The story for programs that count words: one paragraph a line, and one kind of blank, never two.

        No-break spaces and the like become blanks, entities that were meant to be seen the characters that
        they stand for, and what takes no room, such as a soft hyphen, goes. `body` and all places stay.

        >>> from cleaner import clean
        >>> clean("Harga naik\\xa0 20  persen.\\n\\nWarga pu\\xadlang, kata Marto.").plain()
        'Harga naik 20 persen.\\nWarga pulang, kata Marto.'
        """
        lines = (" ".join(unescaped(text).translate(NO_ROOM).split()) for text in self.paragraphs)
        return "\n".join(filter(None, lines))

    @cached_property
    def removed(self) -> list[Span]:
        """The furniture: what is no part of the story, each span with its label, its rule and the reason."""
        return [span for span in self.spans if span.label in FURNITURE]

    def to_dict(self) -> dict[str, object]:
        """The parts by their names, and the spans, ready for JSON."""
        return {**self.parts(), "spans": [span.to_dict() for span in self.spans]}

    def parts(self) -> dict[str, object]:
        """The parts by their names, without the spans."""
        return {
            "title": self.title,
            "kicker": self.kicker,
            "date": self.date,
            "byline": self.byline,
            "deck": self.deck,
            "dateline": self.dateline,
            "caption": self.caption,
            "credit": self.credit,
            "captions": [list(pair) for pair in self.captions],
            "body": self.body,
        }

    def explain(self, *, why: bool = False) -> str:
        """The page with its labels in the margin, in the format of `cleaner.margin`.

        With ``why``, rule and reason stand below what they labelled; one reason for several spans, below the
        last.
        """
        notes = [f"{span.rule}: {span.why}" if why and span.rule else "" for span in self.spans]
        last = ["" if note == behind else note for note, behind in pairwise([*notes, ""])]
        return margin.write([(span.label, span.text) for span in self.spans], last)

    def _first(self, label: str) -> str:
        """The text of the first run of spans with this label."""
        for at, span in enumerate(self.spans):
            if span.label == label:
                run = [self._shown(span)]
                for more in self.spans[at + 1 :]:
                    if more.label != label or more.rule != span.rule:
                        break
                    run.append(self._shown(more))
                return " ".join(run)
        return ""

    @staticmethod
    def _shown(span: Span) -> str:
        return " ".join(span.text.split())
