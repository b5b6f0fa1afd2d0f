"""Photo captions and credits, in every format that the publishers print.

    caption. (ANTARA FOTO/NAME)      closing bracket        caption Foto: NAME/house    closing label
    caption. NAME/Pool via REUTERS   bare, behind a stop    caption | PUBLISHER/NAME    behind a bar
    NAME/house ⏎ caption             a line of its own      AFP/NAMECaption …           first, and glued
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..credits import (
    AGENCY_FIRST,
    ALONE,
    BRACKET,
    CORE,
    FIRST,
    LABEL_LINE,
    LABELLED,
    LIBRARY,
    NAME,
    PUBLISHER,
    SENTENCE_STOP,
    SEPARATED,
    SITE_LINE,
    SOURCED,
    STRONG,
    WEAK,
    bare_credit,
    begins_with_credit,
    credit_at_end,
    ends_in_credit,
    last_sentence,
    names_nobody,
)
from ..dates import dated
from ..expression import expression
from ..publishers import known, pattern
from ..reading import SAID
from ..shapes import prose, shape, strong
from ..spans import Claim, Page, Span

LONGEST = 700  # characters of a caption with its credit; of 110 real ones the longest has 620
SENTENCES, FEW = 4, 2  # sentences in a caption, and in one outside the slot of the lead photo
MANY = 99  # sentences of a text that nobody counted, for it is longer than any caption
SHORT = 200  # characters of a caption that is taken on the word of the line beside it
OWN_LINE = 110  # characters of a credit on a line of its own
NEAR = 20_000  # characters behind a photo in which its subject is looked for, so that cost stays linear
FLAT = 3000  # characters from which a line is a text that lost its lines
SENTENCE_END = expression(r"[a-z0-9)\"”]\.(?:\s|$)")
GLUED = expression(r"(?<=[a-z0-9)][.?!])(?=[A-Z\"“])")
# A line that is no caption, whatever stands at its end: a byline, a counter, an address.
LINK = expression(
    r".{0,40}(?:\bViews\b|\b(?:Penulis|Editor|Reporter)\b[.:])"
    r"|(?:[^:]{0,30}: ?|\s*)(?:https?:|www\.|(?>\S+?@)\S+\.\w+\s*$)"
)
PICTURE = "Keterangan gambar, "  # with which the BBC begins a caption, below its credit
LABELS = ("foto", "photo")  # before a colon, in front of a caption or a credit
SOURCES = ("sumber:", "sumber :", "source:")  # of a photo in its slot, of the story elsewhere
RUBRIC = expression(rf"\s*{PUBLISHER}(?: {NAME})?\s*")  # "Bola Inggris": a publisher's own, and no credit
IN_ONE_BRACKET = expression(
    r"\s*\(\s*(?P<caption>[A-Z][^()\n]{8,200}?)[.,]?\s+"
    rf"(?P<credit>{LABELLED}[^()\n]{{2,60}})\)\s*"
)
FARTHEST = 300  # characters from the start of a caption to its credit, in a text that lost its lines
# A credit in brackets in a text that lost its lines: only one that is beyond doubt.
CREDIT_INSIDE = expression(
    rf"[(\[](?={LABELLED}|{STRONG} ?/|(?i:dok|tangkap|bidik|istimewa))"
    rf"(?:{LABELLED})?(?:{CORE})[)\]](?=\.?\s*[A-Z\"“])"
)
# What is to be seen, and whose picture it is, in one short bracket: "(Balai desa: Foto Ant)".
SHORT_BRACKET = expression(
    r"\((?P<caption>[A-Z][^():\n]{2,40}: ?)(?i:foto|dok|ist|ant|antara)\b[^():\n]{0,30}\)"
)
# The same behind a label: "Warga memanen cabai. Foto: Rudi Hartawan/Okezone Harga cabai …".
FOTO_INSIDE = expression(
    r"(?P<caption>(?:(?<=[.!?] )|^)[A-Z][^.!?\n]{3,120}\. )?(?<!\()(?P<credit>(?i:foto): "
    r"(?:(?i:istimewa|internet|dok\.? \w+|ist)|\w+(?: [A-Z]\w+){0,3}/\w+(?: [A-Z]\w+){0,2}))(?= [A-Z])"
)
# The name behind an agency ends where its capitals end, at a glue point, or after two or three words.
PHOTOGRAPHER = expression(
    r"@[\w.]+?(?=[A-Z]|\s)|[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+)*(?=[A-Z][a-z])|(?:[A-Z][A-Z.'’-]*(?:[ /]|$))+"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?=[A-Z][a-z])|(?:[A-Z][\w.'’-]* ){1,2}"
)
DATED = expression(r"\(\d{1,2}/\d{1,2}/\d{4}\)|[Ii]lustrasi|\b\d{4}\b")
ILLUSTRATIONS = ("ilustrasi", "foto", "dok", "dokumentasi", "gambar hiasan", "arsip")  # captions begin so
# A name in one word with a capital inside, between two paragraphs: "… di garasi. HarianLereng."
ONE_WORD = expression(r"(?<=[a-z][.!?])\s+(?P<credit>[A-Z][a-z]+[A-Z]\w+)\.?$")
ANY_NAME = expression(r"(?<=[a-z][.!?])\s+(?P<credit>(?!Ilustrasi)[A-Z][a-z]\w+(?: [A-Z]\w+){0,2})\.?$")
# Who made the photo, before who holds the rights: "Sate di Pasar. Kanal Dapur Ibu 21 ©2021 Merdeka.com".
BEFORE_RIGHTS = expression(r"(?<=[.!?])\s+(?P<credit>[A-Z]\w+(?: [A-Z0-9@][\w.]*){0,6})\s*$")
# What opens a caption, and where in the picture somebody stands: "(kiri)", "(kedua dari kanan)". Of 4,499
# texts of lines three have such a line between two paragraphs; one of them goes on with a second sentence.
PICTURED = expression(rf"{pattern(known('pictured'))}\b(?!:)")
SIDE = expression(r"\((?:[a-z]+ ){0,2}(?:kiri|kanan|tengah)(?: [a-z]+){0,2}\)")
# Somebody and what is being done, without a verb that tells it: "Bupati Rina Hapsari saat meninjau sawah".
DOING = expression(r"(?:[A-Z][\w.'’-]*,? ){2,9}(?:\([^()\n]{2,30}\) )?(?:saat|ketika|usai|seusai) [a-z]")
# A caption that lost the end of its line: "… ke bawah. Ilustrasi anak memegang penyu.Gejala infeksi …".
ILLUSTRATED = expression(r"(?<=[.!?”\"]\s)Ilustrasi [^.!?\n]{5,150}\.(?=[A-Z“\"])")
FEWEST = 4  # words of such a line,
HEADED = 0.6  # and the share of capitals from which it is a subheading
QUOTES = ("“", '"')  # with which the story goes on below such a button, and no caption begins
CAPTION_BUTTON = "photo-button"
MAKER = "names who made the photo"
SENTENCE_BEFORE = "the sentence before a photo credit"


class Spot(NamedTuple):
    """An open span and where it stands: in the slot of the lead photo or not, the last paragraph or not."""

    page: Page
    spans: tuple[Span, ...]
    number: int
    text: str
    sentences: int
    inside: bool
    last: bool
    title: str

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
        span = self.spans[self.number - 1] if self.number else None
        return span if span and span.end == self.span.start else None

    @property
    def below(self) -> Span | None:
        """The open line right below, if there is one."""
        span = self.spans[self.number + 1] if self.number + 1 < len(self.spans) else None
        return span if span and span.start == self.span.end else None

    @property
    def goes_on(self) -> bool:
        """Whether the story goes on for two paragraphs and more."""
        return sum(prose(shape(span.text)) for span in self.spans[self.number + 1 : self.number + 8]) >= 2

    def claim(self, label: str, why: str, start: int = 0, end: int | None = None) -> Claim:
        """A claim on a part of the span."""
        stop = self.span.end if end is None else self.span.start + end
        return Claim(self.span.start + start, stop, label, "caption", why)

    def photo(self, credit: int, start: int = 0) -> Iterator[Claim]:
        """Claims on the caption up to the place of the credit, and on the credit behind it.

        The headline of the page may be glued before the caption.
        """
        behind = start + len(self.title) + 1
        if self.title and self.text.startswith(self.title + " ", start) and behind < credit:
            yield self.claim("nav", "the headline once more", start, behind)
            start = behind
        yield self.claim("caption", "the caption before a photo credit", start, credit)
        yield self.claim("credit", MAKER, credit)


def caption(page: Page) -> Iterator[Claim]:
    """Claim captions and credits: in the slot between headline and story, and inside the story.

    In the slot weak evidence is enough. Anywhere else it takes a credit that names an agency, a publisher, a
    library or a source.

    >>> from cleaner.spans import Page, settle
    >>> page = Page('''Warga memanen cabai di Desa Sukamaju. (ANTARA FOTO/Rudi Hartawan)
    ... Harga cabai turun sejak awal pekan ini karena panen raya di sejumlah daerah.''')
    >>> [(span.label, span.text) for span in settle(page, caption(page)).spans if span.label]
    [('caption', 'Warga memanen cabai di Desa Sukamaju. '), ('credit', '(ANTARA FOTO/Rudi Hartawan)\\n')]
    """
    slot = _slot(page)
    spans = page.open
    last = next((span for span in reversed(spans) if strong(shape(span.text))), None)
    buttons = {span.end for span in page.spans if span.rule.startswith(CAPTION_BUTTON)}
    title = next((span.text.strip() for span in page.spans if span.label == "title"), "")
    done = -1
    for number, span in enumerate(spans):
        if span.start < done:
            continue
        text = span.text.rstrip().replace("\n", " ")  # of a line that was wrapped
        inside = slot[0] <= span.start < slot[1] or span.start in buttons
        sentences = len(SENTENCE_END.findall(text)) if len(text) <= LONGEST else MANY
        spot = Spot(page, spans, number, text, sentences, inside, span is last, title)
        claims = _claims(spot)
        if not claims and span.start in buttons and _below_button(spot):
            claims = [spot.claim("caption", "stands below the button that enlarges a photo")]
        yield from claims
        done = max((claim.end for claim in claims), default=done)
    if done < 0:
        yield from _uncredited(page, spans, slot)


def _below_button(spot: Spot) -> bool:
    """Whether the line below a button that enlarges a photo is its caption: no paragraph, and no quote."""
    text = spot.text
    if not spot.short or strong(shape(text)) or text.endswith(":") or text[:1] in QUOTES:
        return False
    return spot.page.whole(spot.span)


def _slot(page: Page) -> tuple[int, int]:
    """Where the lead photo stands: from the headline to the dateline, or to the first paragraph."""
    start = -1
    opening = next((span.start for span in page.spans if span.label == "dateline"), -1)
    for span in page.spans:
        if span.label in ("title", "date", "byline") and start < 0:
            start = span.end
        if span.label == "dateline":
            return (max(start, 0), span.start)
        tells = opening < 0 <= start and not span.label and strong(shape(span.text))
        photo = ends_in_credit(span.text) or begins_with_credit(span.text) or somebody(span.text.strip())
        if tells and not photo:
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
        yield from alone(spot)
        return
    bracket = spot.text[start:end]
    signed = "/" in bracket and strong(shape(lead)) and not spot.goes_on  # with the writer of the story
    if not spot.inside and (spot.last or signed or _explains(lead, bracket)):
        return
    label, colon, _ = spot.text.partition(": ")
    opens = len(label + colon) if colon and label.strip().casefold() in LABELS else 0
    if opens:
        yield spot.claim("other", "a label before the caption", 0, opens)
    yield from spot.photo(start, opens)


def _explains(lead: str, bracket: str) -> bool:
    """Whether a bracket explains the sentence it stands in: a paragraph that has no stop before the bracket.

    A bracket that names more than an address, or that is labelled, is a credit nevertheless.
    """
    if "/" in bracket.replace("http://", "") or re.match(rf"[(\[]\s*(?:{LABELLED}|[Dd]ok)", bracket):
        return False
    return strong(shape(lead + ".")) and not lead.endswith((".", "!", "?", "”", '"'))


def _sourced(text: str) -> bool:
    """Whether a line names a source."""
    return text.lstrip().casefold().startswith(SOURCES)


def in_one_bracket(spot: Spot) -> Iterator[Claim]:
    """Caption and credit in one bracket: "(Warga memanen cabai. Foto: Rudi)"."""
    whole = IN_ONE_BRACKET.fullmatch(spot.text) if spot.short else None
    if whole:
        yield from spot.photo(whole.start("credit"))


def weak(spot: Spot) -> Iterator[Claim]:
    """In the slot, a caption closed by any name in brackets: "Ilustrasi banjir (Suparno)"."""
    found = WEAK.search(spot.text) if spot.short and spot.inside else None
    if not found:
        return
    name, lead = found["name"], spot.text[: found.start()]
    if any(map(str.isdigit, name)):
        return  # nobody is called so
    new = " " not in name and name not in lead
    if new and spot.page.text.find(name, spot.span.end, spot.span.end + NEAR) >= 0:
        return  # an abbreviation, of which the story goes on to speak: "(Covid-19)"
    below = spot.below.text.strip() if spot.below else ""
    credited = 0 < len(below) <= OWN_LINE and ALONE.fullmatch(below)
    if lead.strip() and not credited and not ("," in lead and lead.istitle()):  # names beside one another
        yield from spot.photo(found.start())


def bare(spot: Spot) -> Iterator[Claim]:
    """A credit without any sign, behind the last sentence: "… 2019. Budi Hartawan/Pool via REUTERS"."""
    if not spot.short or spot.last or not (spot.inside or spot.sentences <= FEW):
        return
    # Outside the slot the credit has to hold one of these, or the line to be short: that is asked first.
    if not spot.inside and len(spot.text) >= SHORT and "/" not in spot.text and "via" not in spot.text:
        return
    found = bare_credit(spot.text)
    if not found and spot.inside and spot.page.whole(spot.span):
        found = ANY_NAME.search(spot.text)
    lead = spot.text[: found.start("credit")].strip() if found else ""
    if not found or not lead:
        return
    credit = found["credit"]
    sourced = SOURCED.match(credit) and not strong(shape(lead))
    if spot.inside or sourced or "/" in credit or "via" in credit:
        yield from spot.photo(found.start("credit"))


def one_word(spot: Spot) -> Iterator[Claim]:
    """Above a paragraph, a caption that a name in one word closes: "… di garasi. HarianLereng"."""
    found = ONE_WORD.search(spot.text) if spot.sentences <= FEW and spot.page.whole(spot.span) else None
    if found and spot.below and strong(shape(spot.below.text)):
        yield from spot.photo(found.start("credit"))


def barred(spot: Spot) -> Iterator[Claim]:
    """A credit behind a bar or a copyright sign: "… | KOMPAS.COM/FITRI"."""
    may = spot.short and (spot.inside or ("©" in spot.text and spot.goes_on))
    found = SEPARATED.search(spot.text) if may else None
    if found and spot.text[: found.start()].strip() and not dated(found["credit"]):
        names = BEFORE_RIGHTS.search(spot.text, 0, found.start()) if "©" in found.group() else None
        yield from spot.photo(names.start("credit") if names else found.start())


def leading(spot: Spot) -> Iterator[Claim]:
    """A credit before its caption, which is mostly glued to it: "AFP/OMAR AL QATTAAPengungsi …"."""
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
        stop = name.end() - text[name.end()].islower()  # it may have run into the first letter of the caption
    caption = text[stop:]
    if not caption[0].isalnum() or (strong(shape(caption)) and not spot.inside and not DATED.search(caption)):
        return
    glue = GLUED.search(text, stop + 10)
    end = glue.start() if glue else len(spot.span.text)
    if spot.inside or len(SENTENCE_END.findall(text[stop:end])) <= FEW:
        yield spot.claim("credit", "names who made the photo, before the caption", 0, stop)
        yield spot.claim("caption", "the caption behind a photo credit", stop, end)


def alone(spot: Spot) -> Iterator[Claim]:
    """A credit on a line of its own: the caption stands on the next line, or above it."""
    # A credit tells on the line above and the one below, so that all three are asked about together.
    text = spot.text.strip()
    if len(text) > OWN_LINE or not spot.page.whole(spot.span):
        return
    if not spot.inside and LIBRARY.fullmatch(text):
        yield spot.claim("credit", MAKER)
        return
    if not _is_credit(spot, text):
        return
    if _subject(spot, text):
        yield spot.claim("caption", "names whom the photo shows: the name comes back in the story")
        return
    labelled = bool(re.match(LABELLED, text.lstrip("([")))
    above, below = spot.above, spot.below
    ended = above is None or above.text.rstrip().endswith((".", "!", "?", '"', "”", ":", ")"))
    bracketed = text[0] in "([" and spot.goes_on and not _sourced(text)
    if not (spot.inside or labelled or bracketed or ("/" in text and ended)):
        return
    yield spot.claim("credit", MAKER)
    closes = text[0] in "([" and not spot.inside  # what stands in a bracket inside the story closes a caption
    near = None if closes else below
    may = spot.inside or (closes and above is not None and not strong(shape(above.text)))
    if above and may and _is_caption(above.text, near, labelled=labelled):
        yield Claim(above.start, above.end, "caption", "caption", "the caption above a photo credit")
        return
    if near is None or not spot.page.whole(near) or ends_in_credit(near.text):
        return
    below = near
    # Where a dateline opens the story, the line above it is no paragraph of the story, however long.
    datelines = (span.start for span in spot.page.spans if span.label == "dateline")
    opens = spot.inside and any(start >= below.end for start in datelines)
    longest, most = (LONGEST, SENTENCES) if opens else (SHORT, 1)
    fits = len(below.text) < longest and len(SENTENCE_END.findall(below.text)) <= most
    if fits and (not labelled or below.text.startswith(PICTURE)):
        yield Claim(below.start, below.end, "caption", "caption", "the caption below a photo credit")


def _is_credit(spot: Spot, text: str) -> bool:
    """Whether a line is a credit and nothing else; in the slot weak evidence is enough."""
    if RUBRIC.fullmatch(text) or (_sourced(text) and not spot.inside):
        return False
    if names_nobody(text):
        return False
    if ALONE.fullmatch(text) or credit_at_end(text) == (0, len(text)) or LABEL_LINE.fullmatch(text):
        return True
    return spot.inside and SITE_LINE.fullmatch(text) is not None


def _subject(spot: Spot, text: str) -> bool:
    """Whether a line names whom the photo shows, not who made it: "Foto: Rudi", of whom the story tells."""
    label, _, name = text.partition(": ")
    if label.casefold() not in LABELS or not 2 <= len(name.split()) <= 4 or set(name) & set("/,()@"):
        return False
    return name.istitle() and spot.page.text.find(name, spot.span.end, spot.span.end + NEAR) >= 0


def _is_caption(text: str, below: Span | None, *, labelled: bool) -> bool:
    """Whether the line above a credit is its caption: it reads like one, and none stands below the credit."""
    words = text.strip()
    if not 0 < len(text) < SHORT or "|" in words or "\n" in words or ends_in_credit(text):
        return False
    if below and len(below.text.split()) > 3 and (not labelled or strong(shape(text))):
        return False
    return (words[:1].isupper() or words[:1] in '"“(') and (words[-1:].isalnum() or words[-1:] in '_.)"”!?')


def somebody(text: str) -> bool:
    """Whether a line says who is to be seen: "… (kiri)", "Bupati Rina Hapsari saat meninjau sawah"."""
    return SIDE.search(text) is not None or (DOING.match(text) is not None and not SAID.search(text))


def pictured(spot: Spot) -> Iterator[Claim]:
    """In the slot a line that says who is to be seen, and between two paragraphs one that says what is."""
    text = spot.text.strip()
    if not spot.page.whole(spot.span):
        return
    if spot.inside and spot.short and len(text) < LONGEST and somebody(text):
        yield spot.claim("caption", "says what a picture shows, above the story")
        return
    side = SIDE.search(text)
    if len(text) >= SHORT or not (side or PICTURED.match(text)) or SENTENCE_STOP.search(text):
        return
    form = shape(text)
    ends = text[-1].isalnum() or text[-1] == ")"
    between = all(line and strong(shape(line.text)) for line in (spot.above, spot.below))
    says = side or form.capitals < HEADED
    if ends and says and between and form.words >= FEWEST:
        yield spot.claim("caption", "says what a picture shows, between two paragraphs")


def within(spot: Spot) -> Iterator[Claim]:
    """Captions in text that lost its lines: the sentence before a credit in brackets, or before "Foto: …"."""
    text = spot.span.text
    done = 0
    for bracket in BRACKET.finditer(text):
        found = CREDIT_INSIDE.match(text, bracket.start())
        if not found:
            continue
        window = max(done, found.start() - FARTHEST)
        opens = window + last_sentence(text[window : found.start()], found.start() - window)
        if (opens == window > done) or set(text[opens : found.start()].rstrip(" .!?-–—")) & set(".!?"):
            continue  # a sentence so long is no caption, nor are several
        yield spot.claim("caption", SENTENCE_BEFORE, opens, found.start())
        yield spot.claim("credit", MAKER, found.start(), found.end())
        done = found.end()
    for found in SHORT_BRACKET.finditer(text) if ": " in text else ():
        yield spot.claim("caption", "names what a picture shows", found.start(), found.end("caption"))
        yield spot.claim("credit", MAKER, found.end("caption"), found.end())
    for found in ILLUSTRATED.finditer(text) if "Ilustrasi " in text else ():
        why = "a sentence that names its picture, without a blank behind it"
        yield spot.claim("caption", why, *found.span())
    bare = None if spot.last else bare_credit(text.rstrip())
    opens = last_sentence(text, bare.start()) if bare else 0
    if bare and opens > done and "/" in bare["credit"]:
        yield spot.claim("caption", SENTENCE_BEFORE, opens, bare.start("credit"))
        yield spot.claim("credit", MAKER, bare.start("credit"))
    for found in FOTO_INSIDE.finditer(text) if "oto: " in text or "OTO: " in text else ():
        if found["caption"]:
            yield spot.claim("caption", SENTENCE_BEFORE, found.start(), found.end("caption"))
        yield spot.claim("credit", MAKER, found.start("credit"), found.end())


def _uncredited(page: Page, spans: tuple[Span, ...], slot: tuple[int, int]) -> Iterator[Claim]:
    """The caption without any credit: the one line of the slot that says what a photo shows.

    Where no dateline opens the story, a sentence there may be its first one.
    """
    heads = [span.end for span in page.spans if span.label in ("title", "date") and span.end <= slot[1]]
    start = max(heads, default=slot[0])
    lines = [span for span in spans if start <= span.start < slot[1] and 3 < len(span.text.strip()) < LONGEST]
    opened = any(span.label == "dateline" for span in page.spans)
    found = [span for span in lines if page.whole(span) and _says(span.text.strip(), opened=opened)]
    if len(found) == 1:
        why = "the one sentence between the head and the story"
        yield Claim(found[0].start, found[0].end, "caption", "caption", why)


def _says(text: str, *, opened: bool) -> bool:
    """Whether a line may say what a photo shows: a sentence above a dateline, or a word for a picture."""
    form = shape(text)
    sentence = opened and form.full and form.words >= 4
    return not LINK.match(text) and (sentence or text.casefold().startswith(ILLUSTRATIONS))


# The forms, the surest first; the first that fits decides.
FORMS: tuple[Callable[[Spot], Iterator[Claim]], ...] = (
    closed, in_one_bracket, weak, bare, one_word, barred, leading, alone, pictured, within
)
