"""How stories end: editor, reporter, source, initials. "Editor: B Kunto", "(rea/rrd)"."""

from bisect import bisect_left
from collections.abc import Iterator

from ..credits import ends_in_credit
from ..expression import expression
from ..publishers import known, pattern
from ..shapes import SMALL, ended, headline, shape, strong
from ..shapes import prose as reads
from ..spans import START, Claim, Page, Span

ROLE = rf"(?i:{pattern(known('role', 'closing'))})"
LINE = expression(
    rf"\s*[(\[]?\s*{ROLE}\s*[:.]\s*\S[^\n]{{0,110}}?\s*$|\s*(?:{ROLE}|Credits? ?\(?\d*\)?)\s*:?\s*$"
    r"|\s*\(?(?:Ditulis|Diadaptasi|Disadur|Diterjemahkan|Dilaporkan) oleh:? [A-Z‘'][^\n.]{2,70}\)?\s*$"
    r"|\s*(?:Disadur|Diolah|Dikutip) dari (?:artikel|berita|laporan) [^\n]{2,80}$"
)
# The same, glued behind the last sentence: "Pewarta: FauzanEditor: Indra", "sumber : Antara". Behind a word
# without a stop, such as the end of an address, it begins with a capital.
GLUED = expression(
    rf"(?:(?<=[.!?)”\"’\s])|(?<=[a-z\d])(?=[A-Z]))\(?"
    rf"(?:{ROLE}\s*:\s*(?:[^:\n.!?]|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.){{0,60}}?"
    r"(?:\s*[|/,]\s*)?){1,4}\.?\)?\s*$"
)
# How these begin, in small letters: a cheap look before the expression is tried.
OPENERS = frozenset([word[:2].casefold() for word in (*known("role", "closing"), "credits", "di")])
SOURCES = ("sumber", "source", "via")  # the roles that stand in stories too
INITIALS = r"(?=[a-z0-9]*[a-z])[a-z0-9]{2,6}"
# Those of agencies with many desks: "(T/ara/B03/RS1)", "(L/R1/R9/P2)", and not "(SD/SMP/SMA/SMK)".
DESKS = r"\((?=[^()\n]{0,30}(?:/[a-z]{2}|[A-Z]\d))\w{1,5}(?:/\w{1,5}){3,5}\)"
LAST_INITIALS = expression(
    rf"\s*(?:\({INITIALS}/{INITIALS}(?:/[a-z0-9]{{2,6}}){{0,2}}\)|{DESKS}"
    r"|\[[a-z]{2,4}(?:/[a-z]{2,10}){0,2}\])(?=\s*$)"
)
# Names in capitals behind the last sentence: "KCNA WATCH | REUTERS", "-- RUSDI", "M. RUSDI HARTAWAN",
# "ANTARA".
LOUD_END = expression(
    r"(?<=[.!?”\"])\s*(?:(?:[A-Z][A-Z .&]{2,24} ?\| ?){1,4}[A-Z][A-Z .]{1,24}"
    r"|[-–—]{1,2} ?[A-Z][A-Z!]{2,}(?: [A-Z][A-Z!]*){0,3}|[A-Z][A-Z.'’]*(?:[ \xa0][A-Z][A-Z.'’]*){1,4}"
    rf"|[A-Z]{{8,}}|{pattern(filter(str.isupper, known('agency')))}|[A-Z]{{4,}}\.(?:COM|CO\.ID|ID))$"
)
# An agency or a paper behind a dash, not in capitals: "- Bernama", "— The Star".
DASHED = rf"[-–—]{{1,2}}\s?{pattern([*known('agency', 'names'), 'Agensi', 'Agencies'])}\.?$"
DASHED_LINE = expression(DASHED)
DASHED_END = expression(rf"(?<=[.!?”\"’)])\s*{DASHED}")
SOURCE_LINE = expression(r"\([A-Z][a-z][\w.]*(?: [A-Z][\w.]+)?\)")  # "(Soccerway)", behind the story
# Writer and editor in a text that lost its punctuation: "Pewarta Galih Saputra Editor Rina Hapsari",
# "Kontributor Galih Saputra".
UNPOINTED = expression(
    r"(?<=[\w”]\s)Kontributor(?:\s[A-Z][\w.'’-]*){2,4}\s*$"
    r"|(?<=\s)Pewarta\s(?:[A-Z][\w.'’-]*\s+){1,5}(?:Uploader|Editor)\s(?:[A-Z][\w.'’-]*\s+){0,4}"
    r"[A-Z][\w.'’-]*\s*(?:COPYRIGHT[^\n]{0,40})?$"
)
# What a writer says of himself in English below a story in Malay or Indonesian: up to so many words, so many
# of them English small words, and none of the others.
ENGLISH, LIFE, FEWEST = frozenset("the of and to in a is for on that was with at my i".split()), 100, 3
LONGEST = 160  # characters of a signature on a line of its own,
LONGEST_ROLE = 60  # of one that is nothing but a role, an agency or a rubric,
LONGEST_WIRE = 25  # and of each of several agencies
DASHED_LONGEST = 30  # characters of an agency or a paper behind a dash
LOUD_LONGEST = 200  # characters of names in capitals behind the last sentence
TAGGED = ("the initials of writer and editor", "names who made the story")  # tags may stand behind these
NAME_OR_SOURCE = "names who made the story, or its source"
MOST_TAGS = 10
PERSON = r"(?:[A-Z]\.|[A-Z][\w'’-]+)"
CONTRIBUTED = expression(
    rf"(?:^|(?<=[.!?”\"] )|(?<=[.!?”\"])){PERSON}(?:,? (?:(?:dan|dari|di) )?{PERSON}){{0,14}}"
    r" (?:(?:turut |ikut )?berkontribusi|membantu) (?:dalam|pada|untuk)"
    r" (?:penulisan|laporan|peliputan|artikel|tulisan)[^\n]{0,200}$"
)


def signoff(page: Page) -> Iterator[Claim]:
    """Claim the names and initials that close a story.

    Leaves alone the same words inside a sentence, abbreviations in brackets, and the byline above the story.

    >>> from cleaner.spans import Page, settle
    >>> story = "Menurut BPS, harga naik sejak awal bulan ini dan belum akan turun."
    >>> page = Page(f"{story} (akn/ega)\\nEditor: Rudi Hartawan")
    >>> [span.text for span in settle(page, signoff(page)).spans if span.label]
    ['(akn/ega)\\n', 'Editor: Rudi Hartawan']
    """
    spans = page.open
    asking = {_role(span.text) for span in spans if span.text.rstrip().endswith("?")}  # in an interview
    first = next((number for number, span in enumerate(spans) if reads(shape(span.text))), len(spans))
    for number in range(first, len(spans)):
        span = spans[number]
        text = span.text
        alone = page.line_start(span.start) or spans[number - 1].end < span.start
        if number > first and len(text) < LONGEST and alone and _role(text) not in asking:
            why = _signature(page, span)
            if why:
                yield Claim(span.start, span.end, "signoff", "signoff", why)
                continue
        if number > first and _life(page, span):
            yield Claim(span.start, span.end, "signoff", "signoff", "tells who the writer is")
            continue
        start, why = _behind(page, span)
        if why:
            yield Claim(span.start + start, span.end, "signoff", "signoff", why)
            if why in TAGGED:
                yield from _tags(page, span.end)


def _life(page: Page, span: Span) -> bool:
    """Whether English words stand between an invitation and who the writer is, and so are his life too."""
    at = bisect_left(page.spans, span.start, key=START)
    if not 0 < at < len(page.spans) - 1:
        return False
    if (page.spans[at - 1].label, page.spans[at + 1].label) != ("promo", "signoff"):
        return False
    words = span.text.lower().split()
    small = [word for word in words if word in ENGLISH or word in SMALL]
    return len(words) <= LIFE and len(small) >= FEWEST and ENGLISH.issuperset(small)


def _role(text: str) -> str:
    """What stands before the colon of a line; the line itself where it has none."""
    return text.partition(":")[0].strip()


def _behind(page: Page, span: Span) -> tuple[int, str]:
    """Where a signature starts behind the last sentence of a line, and why it is one; "" if there is none."""
    text = span.text
    end = text.rstrip()
    if end.endswith((")", "]")) and "/" in text[-40:]:
        found = LAST_INITIALS.search(text, max(0, len(end) - 40))
        if found:
            return found.end() - len(found.group().lstrip()), TAGGED[0]
    if end.rstrip(" !")[-4:].isupper():
        found = LOUD_END.search(end, max(0, len(end) - LOUD_LONGEST))
        if found and _tail(page, span.end):
            return found.start(), TAGGED[1]
    if any(dash in end[-DASHED_LONGEST:] for dash in "-–—"):
        found = DASHED_END.search(end, max(0, len(end) - DASHED_LONGEST))
        if found and _tail(page, span.end):
            return found.start(), "names the source of the story"
    if "Editor " in text[-LONGEST:] or "Kontributor " in text[-LONGEST_ROLE:]:
        found = UNPOINTED.search(text, max(0, len(text) - LONGEST))
        if found:
            return found.start(), TAGGED[1]
    if ":" in text[-160:]:
        found = GLUED.search(text, max(0, len(text) - 200))
        if found and _tail(page, span.end):
            return found.start(), NAME_OR_SOURCE
    helped = CONTRIBUTED.search(end, max(0, len(text) - 320)) if "ontribusi" in text else None
    return (helped.start(), "names who helped to write the story") if helped else (0, "")


def _signature(page: Page, span: Span) -> str:
    """Why a line of its own is a signature, "" if it is none."""
    # The forms stand one below the other, the surest first: taken apart, their order could not be seen.
    text = span.text
    words = text.strip()
    if (":" in text or "." in text or " oleh" in text or " dari " in text) or len(text) < LONGEST_ROLE:
        sourced = words.lstrip("([ ").casefold().startswith(SOURCES)
        opens = words.lstrip("([").lstrip()[:2].casefold() in OPENERS
        if opens and LINE.match(text) and not words.islower() and (not sourced or _tail(page, span.end)):
            return NAME_OR_SOURCE
    if len(text) >= LONGEST_ROLE or not page.whole(span):
        return ""
    bracketed = SOURCE_LINE.fullmatch(words) and not ends_in_credit(words)  # "(Facebook)" made a photo
    closes = (bracketed or DASHED_LINE.match(words)) and _tail(page, span.end)
    if closes or (bracketed and _before_claim(page, span.end)):
        return "names the source of the story"
    wires = words.lstrip("- ").split("|")
    if all(wire.isupper() and len(wire.strip()) <= LONGEST_WIRE for wire in wires):
        known_one = words.lstrip("- ") in known("agency") and _tail(page, span.end)
        if len(wires) > 1 or known_one:
            return "names the source of the story"
    site, dash, rubric = words.partition(" - ")
    if dash and site.endswith((".id", ".com", ".co")) and rubric[:1].isupper() and _tail(page, span.end):
        return "names the house and the rubric"
    return ""


def _tags(page: Page, end: int) -> Iterator[Claim]:
    """The tags that some pages print right behind the initials: short lines, no sentence or headline."""
    at = bisect_left(page.spans, end, key=START)
    for span in page.spans[at : at + MOST_TAGS]:
        text = span.text.strip()
        if span.label or len(text) > 160 or ended(text) or headline(shape(text)):
            return
        if not _tail(page, span.start):
            return
        yield Claim(span.start, span.end, "tags", "signoff", "tags behind the initials")


def _before_claim(page: Page, end: int) -> bool:
    """Whether what stands right behind this place was claimed."""
    at = bisect_left(page.spans, end, key=START)
    return at < len(page.spans) and bool(page.spans[at].label)


def _tail(page: Page, end: int) -> bool:
    """Whether no paragraph of prose is left behind this place on the next few lines."""
    at = bisect_left(page.open, end, key=START)
    return not any(strong(shape(span.text)) for span in page.open[at : at + 10])
