"""Photo captions and credits, in every format that the publishers print.

    caption. (ANTARA FOTO/NAME)        closing bracket          caption Foto: NAME/house       closing label
    caption. NAME/Pool via REUTERS     bare, behind a sentence  caption | HOUSE/NAME           behind a bar
    NAME/house ⏎ caption               a line of its own        AFP/NAMECaption …              first, and glued
"""

import re
from collections.abc import Iterator

from ..credits import AGENCY_FIRST, ALONE, BARE, CORE, HOUSE, FIRST, LABEL_LINE, LABELLED, SEPARATED, SITE_CREDIT, SITE_LINE, STRONG, WEAK, begins_with_credit, credit_at_end, ends_in_credit
from ..shapes import prose, shape, strong
from ..spans import Claim, Page, Span

LONGEST = 700  # characters of a caption with its credit; of 110 real ones the longest has 620
SENTENCES = 4  # sentences in a caption
INSIDE_LINE = re.compile(rf"(?P<caption>[A-Z\"“(][^.!?\n]{{8,260}}[.!?]?) ?(?P<credit>[(\[](?:{LABELLED})?(?:{CORE})[)\]])\.?(?=\s*(?:[A-Z\"“]|$))")
INSIDE_LABEL = re.compile(rf"\(\s*(?P<caption>[A-Z][^()\n]{{8,200}}?)[.,]?\s+(?P<credit>{LABELLED}[^()\n]{{2,60}})\)")
FOTO_INSIDE = re.compile(r"(?P<caption>(?:(?<=[.!?] )|^)[A-Z][^.!?\n]{3,120}\. )(?P<credit>(?:Foto|FOTO): [^.\n]{2,50}?(?:/\w+)?)(?= [A-Z])")
FOTO_LABEL = re.compile(r"(?<!\()(?P<credit>(?:Foto|FOTO): (?:istimewa|Istimewa|internet|Internet|dok\.? \w+|ist|[A-Z]\w+(?: [A-Z]\w+){0,3}/\w+))(?= [A-Z])")
OUTLET_NAME = re.compile(r"\s*\((?:[\w-]+\.(?:com|co\.id|co|id|net)|[A-Z][\w.]*) ?/ ?[\w .,'’-]+\)\s*$")
SENTENCE_END = re.compile(r"[a-z0-9)\"”]\.(?:\s|$)")
GLUED = re.compile(r"(?<=[a-z0-9)][.?!])(?=[A-Z\"“])")
ILLUSTRATION = re.compile(r"\s*(?:[Ii]lustrasi|ILUSTRASI|Foto|Dok\.?|Dokumentasi|Gambar [Hh]iasan|Arsip)\b")
LOUD_LEAD = re.compile(r"[A-Z][A-Z .]{3,40}: [A-Z]")
MAIL = re.compile(r"\s*\S+@\S+\.\w+\s*")
ONLY_HOUSE = re.compile(rf"\s*{HOUSE}\s*")
SUBJECT = re.compile(r"\s*(?:Foto|FOTO): (?P<name>[A-Z][\w.]+(?: [A-Z][\w.]+){1,3})\s*")
SAYS = re.compile(r"[A-Z\"“(][^\n|]*[\w.)\"”!?]")
SOURCE_LINE = re.compile(r"\s*(?:Sumber|sumber|Source)\s*:")
PHOTO_LABEL = re.compile(r"\s*(?:Foto|FOTO|Photo)\s*:\s+")
CAPTION_BUTTON = "photo-button"


def caption(page: Page) -> Iterator[Claim]:
    """Claim captions and credits: those in the slot between headline and story, and those that stand inside the story.

    In the slot weak evidence is enough. Anywhere else it takes a credit that names an agency, a house, a library or a source.

    >>> from cleaner.spans import Page, settle
    >>> page = Page("Warga memanen cabai di Desa Sukamaju. (ANTARA FOTO/Rudi Hartawan)\\nHarga cabai turun sejak awal pekan ini karena panen raya di sejumlah daerah.")
    >>> [(span.label, span.text) for span in settle(page, caption(page)).spans if span.label]
    [('caption', 'Warga memanen cabai di Desa Sukamaju. '), ('credit', '(ANTARA FOTO/Rudi Hartawan)\\n')]
    """
    slot = _slot(page)
    spans = page.open
    last = next((span for span in reversed(spans) if strong(shape(span.text))), None)
    done = -1
    button = -1  # where the line ends that is a button to enlarge a photo
    claimed = False
    labelled = {span.start: span for span in page.spans if span.label}
    for number, span in enumerate(spans):
        if span.start < done:
            continue
        inside = slot[0] <= span.start < slot[1]
        before = labelled.get(_before(page, span.start))
        button = before.end if before and before.rule.startswith(CAPTION_BUTTON) else -1
        claims = list(_line(page, spans, number, inside=inside or button == span.start, last=span is last))
        if not claims and button == span.start and len(span.text) < LONGEST and not strong(shape(span.text)) and page.whole(span):
            claims = [_is(span, "caption", "stands below the button that enlarges a photo")]
        if claims:
            claimed = True
            yield from claims
            done = max(claim.end for claim in claims)
    if not claimed:
        yield from _uncredited(page, spans, slot)


def _before(page: Page, offset: int) -> int:
    """Where the span starts that ends at this place, -1 if none does."""
    for span in page.spans:
        if span.end == offset:
            return span.start
        if span.end > offset:
            break
    return -1


def _slot(page: Page) -> tuple[int, int]:
    """Where the lead photo stands: from the headline to the dateline, or to the first paragraph."""
    start = -1
    opening = next((span.start for span in page.spans if span.label == "dateline"), -1)
    for span in page.spans:
        if span.label in ("title", "date", "byline") and start < 0:
            start = span.end
        if span.label == "dateline":
            return (start if start >= 0 else 0, span.start)
        if opening < 0 and not span.label and start >= 0 and strong(shape(span.text)) and not (ends_in_credit(span.text) or begins_with_credit(span.text)):
            return (start, span.start)
    return (0, 0)


def _is(span: Span, label: str, why: str, start: int = 0, end: int | None = None) -> Claim:
    return Claim(span.start + start, span.end if end is None else span.start + end, label, "caption", why)


def _line(page: Page, spans: tuple[Span, ...], number: int, *, inside: bool, last: bool) -> Iterator[Claim]:
    span = spans[number]
    text = span.text.rstrip().replace("\n", " ")  # of a line that was wrapped
    if text.lstrip().startswith(("http", "www.")) or MAIL.fullmatch(text):
        return
    if not text.strip() or (len(text) > 3000 and not inside):
        yield from _in_line(span)
        return
    sentences = len(SENTENCE_END.findall(text))
    short = len(text) <= LONGEST and sentences <= SENTENCES
    found = credit_at_end(text) if short else None
    if found:
        start, end = found
        lead = text[:start].strip()
        if last and lead and not inside:
            return
        if lead and not inside and _explains(lead, text[start:end]):
            return
        if lead and not (OUTLET_NAME.search(text) and strong(shape(lead)) and not inside and not _goes_on(spans, number)):
            label = PHOTO_LABEL.match(text)
            if label:
                yield _is(span, "other", "a label before the caption", 0, label.end())
            yield _is(span, "caption", "the caption before a photo credit", label.end() if label else 0, start)
            yield _is(span, "credit", "names who made the photo", start)
            return
        if not lead and (inside or (_goes_on(spans, number) and not SOURCE_LINE.match(text))):
            yield from _alone(page, spans, number, inside=True)
        if not lead:
            return
    if short and (whole := INSIDE_LABEL.fullmatch(text.strip())):
        yield _is(span, "caption", "the caption before a photo credit", 0, text.find(whole["credit"]))
        yield _is(span, "credit", "names who made the photo", text.find(whole["credit"]))
        return
    if short and inside and not _credit_below(spans, number) and (weak := WEAK.search(text)) and text[: weak.start()].strip():
        yield _is(span, "caption", "the caption of the lead photo", 0, weak.start())
        yield _is(span, "credit", "names who made the photo", weak.start())
        return
    if short and (inside or sentences <= 2) and not last and (bare := BARE.search(text)) and (inside or "/" in bare["credit"] or "via" in bare["credit"]) and text[: bare.start("credit")].strip():
        yield _is(span, "caption", "the caption before a photo credit", 0, bare.start("credit"))
        yield _is(span, "credit", "names who made the photo", bare.start("credit"))
        return
    if short and inside and (separated := SEPARATED.search(text)) and text[: separated.start()].strip():
        yield _is(span, "caption", "the caption before a photo credit", 0, separated.start())
        yield _is(span, "credit", "names who made the photo", separated.start())
        return
    first = (AGENCY_FIRST.match(text) if inside else None) or FIRST.match(text)
    if first and len(text) < 700 and len(text[first.end() :].split()) > 4:
        yield from _first(span, text, first)
        return
    if len(text) < 110 and page.whole(span) and (ALONE.fullmatch(text) or SITE_CREDIT.fullmatch(text) or (LABEL_LINE.fullmatch(text) and (inside or not SOURCE_LINE.match(text))) or (inside and SITE_LINE.fullmatch(text) and "/" in text)):
        yield from _alone(page, spans, number, inside=inside)
        return
    if len(text) < 700 and first:
        yield from _first(span, text, first)
        return
    yield from _in_line(span)


def _explains(lead: str, bracket: str) -> bool:
    """Whether a bracket explains the sentence it stands in: a paragraph without a stop before it, and a bare address or network in it."""
    return strong(shape(lead + ".")) and not lead.endswith((".", "!", "?", "”", '"')) and "/" not in bracket.replace("http://", "").replace("www.", "") and not re.match(rf"[(\[]\s*(?:{LABELLED}|[Dd]ok)", bracket)


def _goes_on(spans: tuple[Span, ...], number: int) -> bool:
    """Whether the story goes on for two paragraphs and more: then a house and a name in brackets are no signature."""
    return sum(prose(shape(span.text)) for span in spans[number + 1 : number + 8]) >= 2


def _credit_below(spans: tuple[Span, ...], number: int) -> bool:
    """Whether the next line is a credit."""
    return number + 1 < len(spans) and bool(ALONE.fullmatch(spans[number + 1].text.strip()))


def _alone(page: Page, spans: tuple[Span, ...], number: int, *, inside: bool) -> Iterator[Claim]:
    """A credit on a line of its own: the caption stands on the next line, or above it."""
    span = spans[number]
    text = span.text.strip()
    below = spans[number + 1] if number + 1 < len(spans) and spans[number + 1].start == span.end else None
    above = spans[number - 1] if number and spans[number - 1].end == span.start else None
    if ONLY_HOUSE.fullmatch(text):
        return
    subject = SUBJECT.fullmatch(text)
    if subject and subject["name"] in page.text[span.end :]:
        yield _is(span, "caption", "names whom the photo shows: the name comes back in the story")
        return
    labelled = bool(re.match(LABELLED, text.lstrip("([")))
    if not inside and not labelled and "/" not in text:
        return
    if above and not inside and not above.text.rstrip().endswith((".", "!", "?", '"', "”", ":", ")")) and not labelled:
        return
    if above and inside and not ends_in_credit(above.text) and not strong(shape(above.text)) and labelled and len(above.text) < 200 and SAYS.fullmatch(above.text.strip()):
        yield _is(above, "caption", "the caption above a photo credit")
        yield _is(span, "credit", "names who made the photo")
        return
    if inside and above and not (below and len(below.text.split()) > 3) and not ends_in_credit(above.text) and len(above.text) < 200:
        yield _is(above, "caption", "the caption above a photo credit")
        yield _is(span, "credit", "names who made the photo")
        return
    yield _is(span, "credit", "names who made the photo")
    if below and not labelled and len(below.text) < 320 and page.whole(below) and len(SENTENCE_END.findall(below.text)) <= 2 and not ends_in_credit(below.text):
        if inside or len(below.text) < 200:
            yield _is(below, "caption", "the caption below a photo credit")


def _first(span: Span, text: str, first: re.Match[str]) -> Iterator[Claim]:
    """A credit before its caption: the name ends where capitals end, at a glue point, or after two words."""
    rest = text[first.end() :]
    if "nameless" in first.re.groupindex:
        yield _is(span, "credit", "names who made the photo, before the caption", 0, first.end())
        yield _is(span, "caption", "the caption behind a photo credit", first.end())
        return
    name = re.match(r"(?:@[\w.]+?(?=[A-Z]|\s)|[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+)*(?=[A-Z][a-z])|(?:(?:[A-Z][A-Z.'’-]*|[A-Z]\.)(?:[ /]|$))+|[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+)*(?=[A-Z][a-z])|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?=[A-Z][a-z])|(?:[A-Z][\w.'’-]* ){1,2})", rest)
    if not name or not rest[name.end() :].strip() or len(SENTENCE_END.findall(text)) > SENTENCES:
        return
    stop = first.end() + name.end()
    if text[stop : stop + 1].islower():  # the name ran into the first letter of the caption
        stop -= 1
    glue = GLUED.search(text, stop + 10)
    if not text[stop : stop + 1].isalnum() or strong(shape(text[stop:])) and not re.search(r"\(\d{1,2}/\d{1,2}/\d{4}\)|[Ii]lustrasi|\b\d{4}\b", text[stop:]):
        return
    yield _is(span, "credit", "names who made the photo, before the caption", 0, stop)
    yield _is(span, "caption", "the caption behind a photo credit", stop, glue.start() if glue else None)


def _in_line(span: Span) -> Iterator[Claim]:
    """Captions in text that lost its lines: the sentence before a credit in brackets."""
    text = span.text
    if "(" in text or "[" in text:
        for found in INSIDE_LINE.finditer(text):
            if found.start() and text[found.start() - 1] not in " .\n\"”" or not text[found.end() :].strip() or not re.search(rf"[(\[](?:{LABELLED}|{STRONG} ?/|[Dd]ok|[Tt]angkap|[Bb]idik|[Ii]stimewa)", found["credit"]):
                continue
            start = found.start() + (11 if found["caption"].startswith("Lihat Foto ") else 0)
            yield _is(span, "caption", "the sentence before a photo credit", start, found.start("credit"))
            yield _is(span, "credit", "names who made the photo", found.start("credit"), found.end())
    if "oto: " in text or "OTO: " in text:
        for pattern in (FOTO_INSIDE, FOTO_LABEL):
            for found in pattern.finditer(text):
                if "caption" in found.groupdict():
                    yield _is(span, "caption", "the sentence before a photo credit", found.start(), found.start("credit"))
                yield _is(span, "credit", "names who made the photo", found.start("credit"), found.end())


def _uncredited(page: Page, spans: tuple[Span, ...], slot: tuple[int, int]) -> Iterator[Claim]:
    """The caption without any credit: the one line of the slot that says what a photo shows."""
    heads = [span.end for span in page.spans if span.label in ("title", "date", "byline") and span.end <= slot[1]]
    slot = (max(heads, default=slot[0]), slot[1])
    free = [span for span in spans if slot[0] <= span.start < slot[1] and len(span.text) < LONGEST]
    if len(free) != 1 or not page.whole(free[0]):
        return
    text = free[0].text.strip()
    form = shape(text)
    if ILLUSTRATION.match(text) or LOUD_LEAD.match(text) or (form.full and prose(form)):
        yield _is(free[0], "caption", "the one sentence between the head and the story")
