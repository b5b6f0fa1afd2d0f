"""Photo captions and credits, in every format that the publishers print.

    caption. (ANTARA FOTO/NAME)        closing bracket          caption Foto: NAME/house       closing label
    caption. NAME/Pool via REUTERS     bare, behind a sentence  caption | PUBLISHER/NAME       behind a bar
    NAME/house ⏎ caption               a line of its own        AFP/NAMECaption …              first, and glued
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..credits import (
    AGENCY_FIRST,
    ALONE,
    CORE,
    FIRST,
    LABEL_LINE,
    LABELLED,
    PUBLISHER,
    SEPARATED,
    SITE_LINE,
    STRONG,
    WEAK,
    bare_credit,
    begins_with_credit,
    credit_at_end,
    ends_in_credit,
    last_sentence,
)
from ..dates import dated
from ..expression import expression
from ..shapes import prose, shape, strong
from ..spans import Claim, Page, Span

LONGEST = 700  # characters of a caption with its credit; of 110 real ones the longest has 620
SENTENCES = 4  # sentences in a caption
MANY = 99  # sentences of a text that nobody counted, for it is longer than any caption
SHORT = 200  # characters of a caption that is taken on the word of the line beside it
OWN_LINE = 110  # characters of a credit on a line of its own
NEAR = 20_000  # characters behind a photo in which its subject is looked for, so that cost stays linear
FLAT = 3000  # characters from which a line is a text that lost its lines
SENTENCE_END = expression(r"[a-z0-9)\"”]\.(?:\s|$)")
GLUED = expression(r"(?<=[a-z0-9)][.?!])(?=[A-Z\"“])")
LINK = expression(r".{0,40}(?:\bViews\b|\b(?:Penulis|Editor|Reporter)\b[.:])|\s*(?:https?:|www\.|(?>\S+?@)\S+\.\w+\s*$)")
SOURCE_LINE = expression(r"\s*(?:Sumber|sumber|Source)\s*:")
PHOTO_LABEL = expression(r"\s*(?:Foto|FOTO|Photo)\s*:\s+")
PICTURE = expression(r"\s*(?:Sumber gambar|Keterangan gambar), ")  # how the BBC prints credit and caption
ONLY_PUBLISHER = expression(rf"\s*{PUBLISHER}\s*")
SUBJECT = expression(r"\s*(?:Foto|FOTO): (?P<name>[A-Z][\w.]+(?: [A-Z][\w.]+){1,3})\s*")
SAYS = expression(r"[A-Z\"“(][^\n|]*[\w.)\"”!?]")
SIGNATURE = expression(r"\s*\((?:[\w-]+\.(?:com|co\.id|co|id|net)|[A-Z][\w.]*) ?/ ?[\w .,'’-]+\)\s*$")
IN_ONE_BRACKET = expression(rf"\s*\(\s*(?P<caption>[A-Z][^()\n]{{8,200}}?)[.,]?\s+(?P<credit>{LABELLED}[^()\n]{{2,60}})\)\s*")
# Captions in text that lost its lines. The credit is looked for first, as brackets are rare: tried behind each of the 260 characters, it would cost that much more.
BRACKET = expression(r"[(\[]")
CREDIT_INSIDE = expression(rf"(?P<credit>[(\[](?:{LABELLED})?(?:{CORE})[)\]])\.?(?=\s*(?:[A-Z\"“]|$))")
CAPTION_INSIDE = expression(r"(?P<caption>[A-Z\"“(][^.!?\n]{8,260}[.!?]?) ?\Z")
FARTHEST = 263  # characters from the start of such a caption to its credit
ENDS = '.!?:"”)'
SURE = expression(rf"[(\[](?:{LABELLED}|{STRONG} ?/|[Dd]ok|[Tt]angkap|[Bb]idik|[Ii]stimewa)")
FOTO_INSIDE = expression(r"(?P<caption>(?:(?<=[.!?] )|^)[A-Z][^.!?\n]{3,120}\. )(?P<credit>(?:Foto|FOTO): [^.\n]{2,50}?(?:/\w+)?)(?= [A-Z])")
FOTO_LABEL = expression(
    r"(?<!\()(?P<credit>(?:Foto|FOTO): (?:istimewa|Istimewa|internet|Internet|dok\.? \w+|ist|[A-Z]\w+(?: [A-Z]\w+){0,3}/\w+(?: [A-Z]\w+){0,2}))(?= [A-Z])"
)
BUTTON_LEAD = expression(r"(?:Lihat Foto|Perbesar) ")
PHOTOGRAPHER = expression(
    r"@[\w.]+?(?=[A-Z]|\s)|[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+)*(?=[A-Z][a-z])|(?:[A-Z][A-Z.'’-]*(?:[ /]|$))+"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?=[A-Z][a-z])|(?:[A-Z][\w.'’-]* ){1,2}"
)
DATED = expression(r"\(\d{1,2}/\d{1,2}/\d{4}\)|[Ii]lustrasi|\b\d{4}\b")
ILLUSTRATION = expression(r"\s*(?:[Ii]lustrasi|ILUSTRASI|Foto|Dok\.?|Dokumentasi|Gambar [Hh]iasan|Arsip)\b")
NAMES = expression(r"\s*[A-Z][\w.'’]+(?: [A-Z][\w.'’]+)*,\s*[A-Z][\w.'’]+(?:\s+[A-Z][\w.'’]+)* \(")
ANY_NAME = expression(r"(?<=[a-z][.!?])\s+(?P<credit>(?!Ilustrasi)[A-Z][a-z]\w+(?: [A-Z]\w+){0,2})\.?$")
LOUD_LEAD = expression(r"[A-Z][A-Z .]{3,40}: [A-Z]")
QUOTES = ("“", '"')  # with which the story goes on below such a button, and no caption begins
CAPTION_BUTTON = "photo-button"


class Spot(NamedTuple):
    """An open span and where it stands: in the slot of the lead photo or not, in the last paragraph or not."""

    page: Page
    spans: tuple[Span, ...]
    number: int
    text: str
    sentences: int
    inside: bool
    last: bool

    @property
    def span(self) -> Span:
        """The span itself."""
        return self.spans[self.number]

    @property
    def short(self) -> bool:
        """Whether the line can be a caption with its credit."""
        return self.sentences <= SENTENCES

    @property
    def above(self) -> Span | None:
        """The open line right above, if there is one."""
        return self.spans[self.number - 1] if self.number and self.spans[self.number - 1].end == self.span.start else None

    @property
    def below(self) -> Span | None:
        """The open line right below, if there is one."""
        after = self.number + 1
        return self.spans[after] if after < len(self.spans) and self.spans[after].start == self.span.end else None

    @property
    def goes_on(self) -> bool:
        """Whether the story goes on for two paragraphs and more."""
        return sum(prose(shape(span.text)) for span in self.spans[self.number + 1 : self.number + 8]) >= 2

    def claim(self, label: str, why: str, start: int = 0, end: int | None = None) -> Claim:
        """A claim on a part of the span."""
        return Claim(self.span.start + start, self.span.end if end is None else self.span.start + end, label, "caption", why)

    def photo(self, credit: int, start: int = 0) -> Iterator[Claim]:
        """Claims on the caption up to the place of the credit, and on the credit behind it."""
        yield self.claim("caption", "the caption before a photo credit", start, credit)
        yield self.claim("credit", "names who made the photo", credit)


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
    buttons = {span.end for span in page.spans if span.rule.startswith(CAPTION_BUTTON)}
    done = -1
    for number, span in enumerate(spans):
        if span.start < done:
            continue
        text = span.text.rstrip().replace("\n", " ")  # of a line that was wrapped
        inside = slot[0] <= span.start < slot[1] or span.start in buttons
        sentences = len(SENTENCE_END.findall(text)) if len(text) <= LONGEST else MANY
        spot = Spot(page, spans, number, text, sentences, inside, span is last)
        claims = _claims(spot)
        if not claims and span.start in buttons and spot.short and not strong(shape(text)) and not text.endswith(":") and text[:1] not in QUOTES and page.whole(span):
            claims = [spot.claim("caption", "stands below the button that enlarges a photo")]
        yield from claims
        done = max((claim.end for claim in claims), default=done)
    if done < 0:
        yield from _uncredited(page, spans, slot)


def _slot(page: Page) -> tuple[int, int]:
    """Where the lead photo stands: from the headline to the dateline, or to the first paragraph."""
    start = -1
    opening = next((span.start for span in page.spans if span.label == "dateline"), -1)
    for span in page.spans:
        if span.label in ("title", "date", "byline") and start < 0:
            start = span.end
        if span.label == "dateline":
            return (max(start, 0), span.start)
        if opening < 0 and not span.label and start >= 0 and strong(shape(span.text)) and not (ends_in_credit(span.text) or begins_with_credit(span.text)):
            return (start, span.start)
    return (0, 0)


def _claims(spot: Spot) -> list[Claim]:
    """What the first form gives that fits."""
    if not spot.text.strip() or LINK.match(spot.text):
        return []
    if len(spot.text) > FLAT and not spot.inside:
        return list(within(spot))
    for form in FORMS:
        claims = list(form(spot))
        if claims:
            return claims
    return []


def closed(spot: Spot) -> Iterator[Claim]:
    """A caption that a credit in brackets or behind a label closes."""
    found = credit_at_end(spot.text) if spot.short else None
    if not found:
        return
    start, end = found
    lead = spot.text[:start].strip()
    if not lead:
        if spot.inside or (spot.goes_on and not SOURCE_LINE.match(spot.text)):
            yield from alone(spot._replace(inside=True))
        return
    if not spot.inside and (spot.last or _explains(lead, spot.text[start:end]) or (SIGNATURE.search(spot.text) and strong(shape(lead)) and not spot.goes_on)):
        return
    label = PHOTO_LABEL.match(spot.text)
    if label:
        yield spot.claim("other", "a label before the caption", 0, label.end())
    yield from spot.photo(start, label.end() if label else 0)


def _explains(lead: str, bracket: str) -> bool:
    """Whether a bracket explains the sentence it stands in: a paragraph without a stop before it, and a bare address or network in it."""
    named = "/" in bracket.replace("http://", "").replace("www.", "") or re.match(rf"[(\[]\s*(?:{LABELLED}|[Dd]ok)", bracket)
    return not named and strong(shape(lead + ".")) and not lead.endswith((".", "!", "?", "”", '"'))


def in_one_bracket(spot: Spot) -> Iterator[Claim]:
    """Caption and credit in one bracket: "(Warga memanen cabai. Foto: Rudi)"."""
    whole = IN_ONE_BRACKET.fullmatch(spot.text) if spot.short else None
    if whole:
        yield from spot.photo(whole.start("credit"))


def weak(spot: Spot) -> Iterator[Claim]:
    """In the slot, a caption closed by any name in brackets: "Ilustrasi banjir (Suparno)"."""
    found = WEAK.search(spot.text) if spot.short and spot.inside and not NAMES.match(spot.text) else None
    if found and spot.text[: found.start()].strip() and not (spot.below and len(below := spot.below.text.strip()) <= OWN_LINE and ALONE.fullmatch(below)):
        yield from spot.photo(found.start())


def bare(spot: Spot) -> Iterator[Claim]:
    """A credit without any sign, behind the last sentence: "… April 2019. Alexander Zemlianichenko/Pool via REUTERS"."""
    if not spot.short or spot.last or not (spot.inside or spot.sentences <= 2):
        return
    # Outside the slot the credit has to hold one of these, so that they are looked for first.
    may = spot.inside or "/" in spot.text or "via" in spot.text
    found = (bare_credit(spot.text) if may else None) or (ANY_NAME.search(spot.text) if spot.inside and spot.page.whole(spot.span) else None)
    if found and spot.text[: found.start("credit")].strip() and (spot.inside or "/" in found["credit"] or "via" in found["credit"]):
        yield from spot.photo(found.start("credit"))


def barred(spot: Spot) -> Iterator[Claim]:
    """A credit behind a bar or a copyright sign: "… | KOMPAS.COM/FITRI"."""
    found = SEPARATED.search(spot.text) if spot.short and (spot.inside or ("©" in spot.text and spot.goes_on)) else None
    if found and spot.text[: found.start()].strip() and not dated(found["credit"]):
        yield from spot.photo(found.start())


def leading(spot: Spot) -> Iterator[Claim]:
    """A credit before its caption, mostly glued: the name ends where capitals end, at a glue point, or after two words."""
    text = spot.text
    first = (AGENCY_FIRST.match(text) if spot.inside else None) or FIRST.match(text)
    if not first or not spot.short or len(text[first.end() :].split()) <= 4:
        return
    if "nameless" in first.re.groupindex:
        stop = first.end()
    else:
        name = PHOTOGRAPHER.match(text, first.end())
        if not name or not text[name.end() :].strip():
            return
        stop = name.end() - text[name.end()].islower()  # the name may have run into the first letter of the caption
    if not text[stop].isalnum() or (strong(shape(text[stop:])) and not (spot.inside or DATED.search(text[stop:]))):
        return
    glue = GLUED.search(text, stop + 10)
    yield spot.claim("credit", "names who made the photo, before the caption", 0, stop)
    yield spot.claim("caption", "the caption behind a photo credit", stop, glue.start() if glue else None)


def alone(spot: Spot) -> Iterator[Claim]:
    """A credit on a line of its own: the caption stands on the next line, or above it."""
    text = spot.text.strip()
    picture = bool(PICTURE.match(text))
    if len(text) > OWN_LINE or not spot.page.whole(spot.span) or ONLY_PUBLISHER.fullmatch(text):
        return
    if SOURCE_LINE.match(text) and not spot.inside:
        return
    labelled = picture or bool(re.match(LABELLED, text.lstrip("([")))
    if not (ALONE.fullmatch(text) or credit_at_end(text) == (0, len(text)) or _labels(spot, text) or (spot.inside and SITE_LINE.fullmatch(text))):
        return
    subject = SUBJECT.fullmatch(text)
    if subject and spot.page.text.find(subject["name"], spot.span.end, spot.span.end + NEAR) >= 0:
        yield spot.claim("caption", "names whom the photo shows: the name comes back in the story")
        return
    above, below = spot.above, spot.below
    if not spot.inside and not labelled and ("/" not in text or (above and not above.text.rstrip().endswith((".", "!", "?", '"', "”", ":", ")")))):
        return
    captioned = above is not None and spot.inside and len(above.text) < SHORT and not ends_in_credit(above.text) and SAYS.fullmatch(above.text.strip())
    if above and captioned and ((labelled and not strong(shape(above.text))) or not (below and len(below.text.split()) > 3)):
        yield Claim(above.start, above.end, "caption", "caption", "the caption above a photo credit")
        yield spot.claim("credit", "names who made the photo")
        return
    yield spot.claim("credit", "names who made the photo")
    if below is None or not spot.page.whole(below) or ends_in_credit(below.text):
        return
    # Where a dateline opens the story, the line above it is no paragraph of the story, however long.
    opens = spot.inside and any(span.label == "dateline" and span.start >= below.end for span in spot.page.spans)
    longest = LONGEST if opens else SHORT
    fits = len(below.text) < longest and len(SENTENCE_END.findall(below.text)) <= (SENTENCES if opens else 1)
    if fits and (not labelled or PICTURE.match(below.text)):
        yield Claim(below.start, below.end, "caption", "caption", "the caption below a photo credit")


def _labels(spot: Spot, text: str) -> bool:
    """Whether a line is a label and a name: "Foto: Rifkianto Nugroho"."""
    return bool(LABEL_LINE.fullmatch(text)) and (spot.inside or not SOURCE_LINE.match(text))


def within(spot: Spot) -> Iterator[Claim]:
    """Captions in text that lost its lines: the sentence before a credit in brackets, or before "Foto: …"."""
    text = spot.span.text
    stop = len(text.rstrip())
    for begin, found in _credited(text) if SURE.search(text) else ():
        begins = not begin or text[begin - 1] in ' .\n"”'
        if begins and found.end() < stop and SURE.match(found["credit"]):
            button = BUTTON_LEAD.match(text, begin)
            start = button.end() if button else begin
            if start and text[start - 2] not in ENDS:  # a sentence longer than the expression takes
                lead = text[max(0, found.start() - LONGEST) : found.start()]
                opens = last_sentence(lead, len(lead))
                start = found.start() - len(lead) + opens if opens else start
            yield spot.claim("caption", "the sentence before a photo credit", start, found.start())
            yield spot.claim("credit", "names who made the photo", found.start(), found.end())
    for pattern in (FOTO_INSIDE, FOTO_LABEL) if "oto: " in text or "OTO: " in text else ():
        for found in pattern.finditer(text):
            if "caption" in found.groupdict():
                yield spot.claim("caption", "the sentence before a photo credit", found.start(), found.start("credit"))
            yield spot.claim("credit", "names who made the photo", found.start("credit"), found.end())


def _credited(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Where the sentences start that a credit in brackets closes, each with the match of its last one."""
    begin, last = 0, None
    done = 0
    for bracket in BRACKET.finditer(text):
        credit = CREDIT_INSIDE.match(text, bracket.start())
        if not credit:
            continue
        if last and not CAPTION_INSIDE.match(text, begin, credit.start()):
            yield begin, last
            done, last = last.end(), None
        if not last:
            caption = CAPTION_INSIDE.search(text, max(done, credit.start() - FARTHEST), credit.start())
            if not caption:
                continue
            begin = caption.start()
        last = credit
    if last:
        yield begin, last


def _uncredited(page: Page, spans: tuple[Span, ...], slot: tuple[int, int]) -> Iterator[Claim]:
    """The caption without any credit: the one line of the slot that says what a photo shows."""
    heads = [span.end for span in page.spans if span.label in ("title", "date") and span.end <= slot[1]]
    slot = (max(heads, default=slot[0]), slot[1])
    free = [span for span in spans if slot[0] <= span.start < slot[1] and 3 < len(span.text.strip()) < LONGEST and not LINK.match(span.text)]
    if len(free) != 1 or not page.whole(free[0]):
        return
    text = free[0].text.strip()
    form = shape(text)
    if ILLUSTRATION.match(text) or LOUD_LEAD.match(text) or (form.full and form.words >= 4):
        yield Claim(free[0].start, free[0].end, "caption", "caption", "the one sentence between the head and the story")


# The forms, the surest first; the first that fits decides.
FORMS: tuple[Callable[[Spot], Iterator[Claim]], ...] = (closed, in_one_bracket, weak, bare, barred, leading, alone, within)
