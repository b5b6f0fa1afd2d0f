"""The grammar of photo credits, made of named parts: "ANTARA FOTO/Rivan Awal/app", "(Foto: Vania/Okezone)".

    credit = wrapper( core )     brackets, "Foto: …", or nothing but the core behind the last sentence
    core   = strong ( / part )* ( via NAME )?  |  NAME / strong  |  source words

A credit is known by what it names, an agency, a stock library, a network, a domain or a source word; never by
the wording of the caption.
"""

import re

from .expression import expression
from .publishers import known, pattern

AGENCY = rf"(?:(?:FOTO |Foto )?{pattern(known('agency'))})"
STOCK = rf"(?i:{pattern(known('stock'))})"
SOCIAL = pattern(known("social"))
SOURCE = rf"(?i:{pattern(known('source'))})"
ENDING = r"(?i:com|co\.id|co|id|net|org|my|news|go\.id|ac\.id|sch\.id|tv|info)"
DOMAIN = rf"(?:(?:www\.)?[A-Za-z0-9][\w-]*(?:\.[\w-]+)*\.{ENDING}\b)"
PUBLISHER = pattern(known("names", "credit"))
STRONG = rf"(?:{AGENCY}|{STOCK}|{SOCIAL}|{DOMAIN}|{PUBLISHER})"
# A name and a part must have one reading each, or n of them in a row have 2 to the n: so a hyphen between
# names needs a blank before it, and two small words do not end in one that a part may end in.
SMALL = r"(?:dan|bin|binti|van|de|di|al|of|the|und)"
NAME = rf"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|{SMALL})){{0,5}}"
PART = (
    rf"(?:[\w@.'’&-]+(?: (?:[A-Z0-9][\w.'’&-]*|{SMALL})){{0,7}}?"
    rf"|[a-z]+ (?!{SMALL}/)[a-z]+(?=/))"
)
VIA = r"(?: (?:via|for|melalui|through) [^()\n]{2,40}?)?"
CORE = (
    rf"(?:{STRONG}(?: {NAME})?(?:(?: ?[/|] ?|: ?| @)(?:{PART}))*?{VIA}|@[\w.]{{3,30}}"
    rf"|{NAME}(?:(?: ?[/|]| -) ?{NAME})*?(?: ?[/|] ?| (?:via|for) ){STRONG}(?: ?/ ?{PART})*{VIA}"
    rf"|{SOURCE}(?:[ ./:-]+[^()\n]{{0,70}}?)?{VIA})"
)
LABEL = (
    r"(?:FOTO|F[Oo]to|foto|Fotografer|Photo(?:s)?(?: [Bb]y)?|photo|[Cc]redit|CREDIT|[Kk]redit"
    r"|Sumber(?: [Ff]oto| [Gg]ambar)?|sumber|[Ii]mage(?:s)?(?: [Bb]y)?|[Ss]ource|Mandatory Credit"
    r"|Gambar|GAMBAR|Dok(?:umentasi)?)"
)
# "Foto: ", "Photo by ", "Foto ANTARA", and "Sumber gambar, ", as the BBC prints it.
LABELLED = rf"{LABEL}(?:\s*[:;]\s*|\s+(?:by|oleh)\s+|\s+(?={AGENCY})|(?<=Sumber gambar), )"

TAIL = 150  # characters in which a credit stands that closes a text
BRACKET = expression(r"[(\[]")
# "(Foto: Vania/Okezone)", "(ANTARA FOTO/Budi)", "(dok. Polda Riau)", "[Antara/Rudi]", closing a caption.
NAMED = rf"{LABELLED}[^()\n]{{1,90}}(?:\([^()\n]{{1,30}}\))?"
BRACKETED = expression(rf"[(\[]\s*(?:{NAMED}|{CORE})\s*[)\]]\s*[.]?")
# What a bracket may hold in the slot of a photo, where weak evidence is enough.
ANYBODY = rf"{NAME}(?: ?[/|] ?[\w .'-]{{2,40}}| \([A-Z]\w+\))?"
WEAK = expression(rf"\s*\((?![A-Z]{{2,6}}\))(?P<name>{ANYBODY})\)\s*(?:\.\s*)?$")
# "Foto: Rifkianto Nugroho", "- Gambar hiasan" or "- ANTARA/Rudi" closing a line, maybe behind a bracket.
STOCK_PICTURE = r"(?i:(?:gambar|foto) (?:hiasan|fail|bernama))"
TRAILING = expression(
    r"(?:^|(?<=[\s.?!)”\"]))(?:[(\[][^()\[\]\n]{3,60}[)\]] ?)?"
    rf"(?:{LABEL}\s*[:;]\s*\(?(?=[A-Z@]|{SOURCE})[^()\n:]{{2,70}}\)?"
    rf"|[-–—] ?(?:{STOCK_PICTURE}|(?:{AGENCY}|{PUBLISHER}) ?/ ?[A-Z][\w .'’]{{2,40}}))\s*(?:\.\s*)?$"
)
# "… April 2019. Alexander Zemlianichenko/Pool via REUTERS" behind the last sentence.
BARE = expression(
    rf"(?<=[.?!)”\"])\s+(?P<credit>(?:{NAME} ?/ ?)?{STRONG}(?: ?/ ?{PART})*{VIA}"
    rf"|{NAME}(?: ?/ ?{NAME})* ?/ ?{STRONG}{VIA}|[A-Z][A-Z .'’]{{3,30}}/[A-Z][A-Z ]{{2,24}}"
    rf"|/ ?{NAME}(?: ?/ ?{NAME})?|{SOURCE}(?:[. ](?:[^.\n]|\.(?=\w)){{2,50}})?)\s*(?:\.\s*)?$"
)
AFTER_STOP = expression(r"[.?!)”\"]\s")
CLOSING_LABEL = expression(r"(?:(?<=^)|(?<=[\s.]))(?:Foto|FOTO|Photo|Credit|Gambar)\s*:\s*$")
SEPARATED = expression(
    rf"\s*(?:\||©|/©|(?<=\s)/(?={AGENCY}|{STOCK}|{SOCIAL})|[-–—]\s?(?:Foto|FOTO|GAMBAR|{PUBLISHER}/))"
    r"\s*(?P<credit>[^|\n]{2,60})$"
)
# A credit that is all of a line: by what it names, with a site, or by its label.
ALONE = expression(
    rf"\s*(?:[-–—] ?)?(?:{LABELLED})?(?:{CORE}(?: ?/ ?{PART})*)\s*(?:\.\s*)?"
    rf"|\s*[\w.' ]{{2,40}} ?/ ?{DOMAIN}\s*"
)
# A stock library, or somebody's channel, and nothing else: "Ilustrasi shutterstock.com", "YouTube - Rina".
LIBRARY = expression(rf"(?:(?i:ilustrasi|foto) )?{STOCK}(?:\.com)?|{SOCIAL} ?[-/|] ?@?{NAME}")
LABEL_LINE = expression(rf"\s*\(?{LABELLED}(?=[A-Z@(]|{SOURCE})[^\n:]{{2,80}}\)?\s*")
# Credit first, the caption glued behind it: "AFP/OMAR AL QATTAAPengungsi …", "Dok. Humas PolriPertemuan …".
FIRST = expression(
    rf"\s*(?P<credit>(?:{AGENCY}|{STOCK}|{SOCIAL}|{DOMAIN}|DOK\.?|Dok\.|dok\.(?=[A-Z]))"
    r"(?: ?/ ?|(?<=\.) |(?i:(?<=\.com))|(?<=dok\.)))"
)
AGENCY_FIRST = expression(rf"\s*(?P<credit>{AGENCY}|{SOCIAL}(?: @[\w.]+)?) (?=[A-Z]\w+ )(?P<nameless>)")
SOURCED = expression(SOURCE)
SENTENCE_STOP = expression(r"[A-Za-z0-9)]{2}[.!?]\s*(?=[A-Z])")
SITE_LINE = expression(r"\s*[A-Z][\w.]*(?: [A-Z]\w+)? ?/ ?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,4}\s*")

IN_HEADLINES = frozenset("di ke dari untuk saat usai yang jadi soal hingga".split())  # words, and in no name


def ends_in_credit(text: str) -> bool:
    """Whether a line closes with a credit in brackets or behind a label.

    >>> ends_in_credit("Warga memanen cabai. (ANTARA FOTO/Rudi)"), ends_in_credit("Warga pulang (6/3/2023)")
    (True, False)
    """
    return credit_at_end(text.rstrip()) is not None


def credit_at_end(text: str) -> tuple[int, int] | None:
    """Where the credit begins and ends that closes the text, in brackets or behind a label."""
    found = _bracketed(text) if text.rstrip().rstrip(".").rstrip().endswith((")", "]")) else None
    if found is None and _may_trail(text[-TAIL:]):
        all_found = TRAILING.finditer(text, max(0, len(text) - TAIL))
        found = next((found for found in all_found if found.end() == len(text)), None)
    if found is None or names_nobody(found.group()):
        return None
    label = CLOSING_LABEL.search(text, 0, found.start())
    blanks = len(found.group()) - len(found.group().lstrip())
    return (label.start() if label else found.start() + blanks), found.end()


def names_nobody(text: str) -> bool:
    """Whether what looks like a credit is the headline of a page of photos: "Foto: Panen di Pesisir"."""
    words = text.partition(": ")[2]
    return "/" not in words and not IN_HEADLINES.isdisjoint(words.split()) and not SOURCED.match(words)


def _may_trail(end: str) -> bool:
    """A cheap look before the expression is tried: for the colon of a label, or a dash and what follows."""
    if ":" in end or ";" in end:
        return True
    signs = ("/", "ambar ", "AMBAR ", "oto ", "OTO ")
    return any(dash in end for dash in "-–—") and any(sign in end for sign in signs)


def _bracketed(text: str) -> re.Match[str] | None:
    at = max(0, len(text) - TAIL)
    while bracket := BRACKET.search(text, at):
        found = BRACKETED.match(text, bracket.start())
        if found and found.end() == len(text):
            return found
        at = (found or bracket).end()
    return None


def begins_with_credit(text: str) -> bool:
    """Whether a line opens with a credit, its caption glued behind it."""
    return bool((("/" in text or "." in text) and FIRST.match(text)) or AGENCY_FIRST.match(text))


def bare_credit(text: str) -> re.Match[str] | None:
    """The credit that stands behind the last sentence without any sign, as the group ``credit``."""
    at = max(0, len(text) - TAIL)
    return BARE.search(text, at) if AFTER_STOP.search(text, at) else None


def last_sentence(text: str, end: int) -> int:
    """Where the sentence begins that stands right before a credit: the caption, and no more than that.

    >>> text = "Hakim mengabulkan gugatan.Sidang di PTUN. (Suara.com/Arum)"
    >>> text[last_sentence(text, 42):42]
    'Sidang di PTUN. '
    """
    return max((found.end() for found in SENTENCE_STOP.finditer(text, 0, max(0, end - 12))), default=0)
