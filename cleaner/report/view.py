"""The report as one HTML file.

    entries, summary ──▶ head, summary, filter, documents ──▶ HTML

Every span is one element, with its label, rule and reason in data attributes; what cleaner takes for furniture is a <del>. The names in
the margin are no text of the page but made by the style sheet, so that a document can be copied out whole.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from ..console import version
from ..labels import FURNITURE, LABELS
from ..resource import read
from ..spans import Span
from .gold import KINDS, Difference
from .markup import text, value
from .summary import Entry, Reason, Row, Summary

MARK = '<meta name="generator" content="cleaner report">'  # what tells that a file may be overwritten
GROUPS = {  # Labels of one kind share a colour and a line below.
    "head": "title kicker date byline deck dateline",
    "photo": "caption credit",
    "body": "body",
    "ad": "ad promo",
    "link": "readmore related",
    "rest": "embed page share tags signoff legal nav other",
}
GROUP = {label: group for group, labels in GROUPS.items() for label in labels.split()}
OPEN = "no filter claimed it"  # why a span without a rule is body
KEYS = {
    "j k": "next and previous cut, or whatever the filter finds",
    "← →": "the same inside a document",
    "n p": "next and previous document",
    "d D": "next and previous difference from gold",
    "/": "search",
    "Esc": "clear the filter",
}
FEW = 5  # documents at each end of the ranking
FIRST = 8  # rules that are shown at once


class Reject(NamedTuple):
    """What is not shown: the file, the row if it is one, and why."""

    file: str
    row: int | None
    reason: str


def view(entries: Sequence[Entry], total: Summary, rejects: Sequence[Reject] = (), left: int = 0) -> str:
    """The whole file, its style and script inside."""
    style, script = read("report/report.css"), read("report/report.js")
    policy = f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; base-uri 'none'; form-action 'none'"
    described = {reason: f"r{number}" for number, reason in enumerate([Reason("body", "", ""), *total.reasons])}
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            MARK,
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">',
            f"<title>What was cut from {many(len(entries), 'document')}</title>",
            f"<style>{style}</style>\n</head>\n<body>",
            '<a class="skip" href="#documents">To the documents</a>',
            f'<header class="top">\n<h1>What was cut, and why</h1>\n<p>{version_line()}</p>',
            '<button type="button" id="theme" aria-pressed="false" hidden>Dark</button>\n</header>\n<main>',
            *summary(entries, total, rejects, left),
            *controls(total),
            '<section id="documents" aria-label="Documents" tabindex="-1">',
            *(part for number, entry in enumerate(entries) for part in document(number, entry, described)),
            "</section>\n</main>",
            '<ul id="reasons" hidden>',
            *(f'<li id="{name}">{text(described_as(reason))}</li>' for reason, name in described.items()),
            "</ul>",
            f"<script>{script}</script>\n</body>\n</html>\n",
        ],
    )


def digest(source: str) -> str:
    """How the policy of the page names a style or a script that may be used: no other may."""
    return f"sha256-{b64encode(sha256(source.encode()).digest()).decode()}"


def version_line() -> str:
    """Which program made the report."""
    return text(f"cleaner {version()}".removesuffix(" (not installed)"))


def described_as(reason: Reason) -> str:
    """A reason as a sentence."""
    return f"{reason.label}, by {reason.rule}: {reason.why}" if reason.rule else f"{reason.label}: {OPEN}"


# ── the summary ─────────────────────────────────────────────────────────────────────────────────────────────────────


def summary(entries: Sequence[Entry], total: Summary, rejects: Sequence[Reject], left: int) -> Iterator[str]:
    """The numbers, and links to the documents where one looks first."""
    yield '<section id="summary" aria-label="Summary">'
    yield '<dl class="figures">'
    yield figure(f"{len(entries):,}", "document" if len(entries) == 1 else "documents")
    yield figure(percent(total.share), "of the characters kept")
    yield figure(f"{len(total.bodiless):,}", "without a body")
    if total.compared:
        yield figure(f"{total.differing:,}", f"of {total.compared:,} with gold differ")
    yield "</dl>"
    if total.compared:
        yield '<ul class="kinds">'
        for kind, number in total.kinds.items():
            yield f'<li><a class="chip diff" href="#differs={kind}">{number:,} {kind}</a> {KINDS[kind]}</li>'
        yield "</ul>"
    if left:
        yield f'<p class="note">{many(left, "document")} more left out: the report shows the first {len(entries):,}.</p>'
    if rejects:
        yield f'<details class="note"><summary>{many(len(rejects), "row")} or files could not be cleaned</summary><ul>'
        for file, place, reason in rejects:
            where = f"{file}, row {place}" if place else file
            yield f"<li>{text(where)}: {text(reason)}</li>"
        yield "</ul></details>"
    yield '<div class="columns">\n<div>'
    yield from table_of_labels("Furniture", {label: row for label, row in total.labels.items() if label in FURNITURE}, total.characters)
    yield "</div>\n<div>"
    yield from table_of_labels("Kept", {label: row for label, row in total.labels.items() if label not in FURNITURE}, total.characters)
    yield "</div>\n<div>"
    yield from links("No body", total.bodiless[:FEW], entries)
    if total.bodiless[FEW:]:
        yield f'<details class="more"><summary>{many(len(total.bodiless) - FEW, "other")} without a body</summary>'
        yield from links("", total.bodiless[FEW:], entries)
        yield "</details>"
    if total.ranked[1:]:
        yield from links("Smallest share kept", total.ranked[:FEW], entries)
        yield from links("Largest share kept", total.ranked[::-1][:FEW], entries)
    yield "</div>\n</div>"
    reasons = list(total.reasons.items())
    yield from table_of_rules("The rules that fired most", reasons[:FIRST])
    if reasons[FIRST:]:
        yield f"<details><summary>{many(len(reasons) - FIRST, 'other rule')}</summary>"
        yield from table_of_rules("", reasons[FIRST:])
        yield "</details>"
    yield "</section>"


def figure(number: str, what: str) -> str:
    """A number with what it counts."""
    return f"<div><dt>{what}</dt><dd>{number}</dd></div>"


def table_of_labels(caption: str, labels: dict[str, Row], characters: int) -> Iterator[str]:
    """Labels with a bar each, those with most characters first."""
    if not labels:
        return
    yield f"<table><caption>{caption}</caption>"
    yield '<tr class="unseen"><th scope="col">label</th><th scope="col">bar</th><th scope="col">share of the characters</th><th scope="col">spans</th></tr>'
    longest = max(row.characters for row in labels.values())
    for label, row in sorted(labels.items(), key=lambda item: -item[1].characters):
        yield f'<tr><th scope="row">{chip(label)}</th><td class="bar">{bar([(GROUP[label], row.characters)], longest)}</td>'
        yield f'<td class="number">{percent(row.characters / max(characters, 1))}</td><td class="number">{many(row.spans, "span")}</td></tr>'
    yield "</table>"


def table_of_rules(caption: str, reasons: Sequence[tuple[Reason, Row]]) -> Iterator[str]:
    """Rules with their reasons and how often they fired."""
    if not reasons:
        return
    yield f'<table class="rules">{f"<caption>{caption}</caption>" if caption else ""}'
    yield '<tr><th scope="col">rule</th><th scope="col">label</th><th scope="col">reason</th><th scope="col">spans</th><th scope="col">documents</th></tr>'
    for (label, rule, why), row in reasons:
        link = f'<a href="#rule={quoted(rule)}">{text(rule)}</a>'
        yield f'<tr><th scope="row">{link}</th><td>{chip(label)}</td><td class="why">{text(why)}</td>'
        yield f'<td class="number">{row.spans:,}</td><td class="number">{row.documents:,}</td></tr>'
    yield "</table>"


def links(heading: str, numbers: Sequence[int], entries: Sequence[Entry]) -> Iterator[str]:
    """Links to documents, with the share of each that was kept."""
    if not numbers:
        return
    yield f'{f"<h2>{heading}</h2>" if heading else ""}<ol class="links">'
    for number in numbers:
        yield f'<li><span class="number">{percent(entries[number].share)}</span> <a href="#d{number + 1}">{text(heading_of(entries[number]))}</a></li>'
    yield "</ol>"


def chip(label: str) -> str:
    """A label in its colour, as a link that filters by it."""
    return f'<a class="chip g-{GROUP[label]}" href="#label={label}">{label}</a>'


def bar(pieces: Sequence[tuple[str, int]], whole: int) -> str:
    """Pieces of a whole side by side, each in the colour of its group."""
    rects = []
    at = 0
    for group, size in pieces:
        rects.append(f'<rect class="g-{group}" x="{at / max(whole, 1):.2%}" width="{size / max(whole, 1):.2%}" height="100%"/>')
        at += size
    return f'<svg aria-hidden="true">{"".join(rects)}</svg>'


# ── the filter ──────────────────────────────────────────────────────────────────────────────────────────────────────


def controls(total: Summary) -> Iterator[str]:
    """The form that filters. It is hidden until the script shows it."""
    yield '<details class="keys" id="keys" hidden><summary>Keys</summary><dl>'
    for key, what in KEYS.items():
        yield f"<div><dt>{' '.join(f'<kbd>{one}</kbd>' for one in key.split())}</dt><dd>{what}</dd></div>"
    yield "</dl></details>"
    yield '<form id="filter" role="search" aria-label="Filter" hidden>'
    yield '<div class="row"><input type="search" name="text" placeholder="Search the texts" aria-label="Search the texts" autocomplete="off" spellcheck="false">'
    yield '<select name="rule" aria-label="Rule"><option value="">All rules</option>'
    rules: dict[str, int] = {}
    for reason, row in total.reasons.items():
        rules[reason.rule] = rules.get(reason.rule, 0) + row.spans
    for rule, spans in sorted(rules.items()):
        yield f"<option value={value(rule)}>{text(rule)} ({spans:,})</option>"
    yield "</select>"
    yield '<button type="button" id="previous" title="k">← <span>Previous</span></button><button type="button" id="next" title="j"><span>Next</span> →</button>'
    yield '<button type="reset" title="Esc">Clear</button>'
    if any(total.kinds.values()):
        yield '<button type="button" id="difference" title="d">Next difference</button>'
    yield '<output id="found" aria-live="polite"></output></div>'
    yield '<div class="row scroll">'
    if total.compared:
        yield '<fieldset><legend class="unseen">Differences from gold</legend>'
        for kind, number in total.kinds.items():
            yield f'<label class="chip diff" title={value(KINDS[kind])}><input type="checkbox" name="differs" value="{kind}">{kind} <small>{number:,}</small></label>'
        yield "</fieldset>"
    yield '<fieldset><legend class="unseen">Labels</legend>'
    for label, row in total.labels.items():
        yield f'<label class="chip g-{GROUP[label]}" title={value(LABELS[label])}><input type="checkbox" name="label" value="{label}">{label} <small>{row.spans:,}</small></label>'
    yield "</fieldset>"
    yield "</div>"
    yield "</form>"


# ── the documents ───────────────────────────────────────────────────────────────────────────────────────────────────


def document(number: int, entry: Entry, described: dict[Reason, str]) -> Iterator[str]:
    """One document: its heading, where it comes from, and its text."""
    spans = entry.article.spans
    runs = [(group, sum(len(span.text) for span in run)) for group, run in groupby(spans, lambda span: GROUP[span.label])]
    yield f'<article class="doc" id="d{number + 1}" tabindex="-1" aria-labelledby="t{number + 1}">'
    yield f'<header><h2 id="t{number + 1}">{text(heading_of(entry))}</h2>'
    yield f'<p class="meta"><a href="#d{number + 1}">{number + 1}</a> <span class="name">{text(entry.name)}</span> <span>{percent(entry.share)} kept</span>'
    yield from badges(entry)
    yield f"</p>{bar(runs, len(entry.article.text))}</header>"
    yield f'<div class="text">{"".join(marked(spans, entry.differences or (), described))}</div>\n</article>'


def badges(entry: Entry) -> Iterator[str]:
    """What is to be noticed of a document."""
    if not entry.article.body:
        yield '<strong class="badge">no body</strong>'
    for kind in KINDS:
        number = sum(difference.kind == kind for difference in entry.differences or ())
        if number:
            yield f'<strong class="badge diff">{number:,} {kind}</strong>'
    if entry.differences is not None and not entry.differences:
        yield '<span class="badge">as gold</span>'


def heading_of(entry: Entry) -> str:
    """The headline of a document, or its first words."""
    words = (entry.article.title or " ".join(entry.article.text[:500].split())).split()
    heading = " ".join(words)
    return heading if len(heading) <= 100 else heading[:100].rsplit(" ", 1)[0] + "\N{NO-BREAK SPACE}…"


def marked(spans: Sequence[Span], differences: Sequence[Difference], described: dict[Reason, str]) -> Iterator[str]:
    """The spans as elements. The first that was cut can be reached with the tabulator, and the others from there."""
    label = ""
    starts = True  # whether a line starts here
    stop = True  # whether no span before can be reached with the tabulator
    for span in spans:
        cut = span.label in FURNITURE
        classes = f"s g-{GROUP[span.label]}"
        if span.label != label:
            classes += " line" if starts else "" if span.label == "body" else " inline"
        attributes = f'class="{classes}" data-label="{span.label}"'
        if span.rule:
            attributes += f" data-rule={value(span.rule)} data-why={value(span.why)}"
        described_by = described.get(Reason(span.label, span.rule, span.why), "r0")
        element = "del" if cut else "span"
        yield f'<{element} {attributes} aria-describedby="{described_by}" tabindex="{0 if cut and stop else -1}">{"".join(inside(span, differences))}</{element}>'
        label, starts, stop = span.label, span.text.endswith("\n"), stop and not cut


def inside(span: Span, differences: Sequence[Difference]) -> Iterator[str]:
    """The text of a span, with what of it gold labels otherwise in marks. A difference that began in a span before is no stop of its own."""
    at = span.start
    for start, end, kind, gold in differences:
        if end <= span.start or start >= span.end:
            continue
        begin, stop = max(start, span.start), min(end, span.end)
        piece = span.text[begin - span.start : stop - span.start].rstrip()
        first = f' tabindex="-1" aria-description="{kind}: gold says {gold}"' if begin == start else ""
        yield text(span.text[at - span.start : begin - span.start])
        yield f'<mark data-differs="{kind}" data-gold="{gold}"{first}>{text(piece)}</mark>'
        at = begin + len(piece)
    yield text(span.text[at - span.start :])


# ── words and numbers ───────────────────────────────────────────────────────────────────────────────────────────────


def percent(share: float) -> str:
    """A share in percent, of which a little is not nothing, and nearly all is not all.

    >>> percent(0.5), percent(0.00001), percent(0.99999), percent(1.0)
    ('50.0 %', '0.1 %', '99.9 %', '100.0 %')
    """
    return f"{min(max(share, 0.001), 0.999) if 0 < share < 1 else share:.1%}".replace("%", " %")


def many(number: int, noun: str) -> str:
    """A number with its noun.

    >>> many(1, "span"), many(1200, "span")
    ('1 span', '1,200 spans')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def quoted(words: str) -> str:
    """Words as a part of a link."""
    from urllib.parse import quote

    return quote(words, safe="", errors="backslashreplace")
