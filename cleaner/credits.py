"""The grammar of photo credits, made of named parts: "ANTARA FOTO/Rivan Awal/app/rwa", "(Foto: Vania/Okezone)".

    credit = wrapper( core )     brackets, "Foto: …", or nothing but the core behind the last sentence
    core   = strong ( / part )* ( via NAME )?  |  NAME / strong  |  source words

A credit is known by its token, an agency, a stock library, a network, a domain or a source word; never by the wording of
the caption.
"""

import re

from .expression import expression
from .publishers import known, pattern

AGENCY = (
    r"(?:ANTARA(?: ?FOTO| ?News|NEWS)?|Antara(?: ?Foto|news| ?News)?(?:\.com)?|antara foto|AFP|AP(?: ?(?:Photo"
    r"|PHOTO))?|REUTERS|Reuters|EPA(?:-EFE)?|Getty(?: ?Images?)?|GETTY IMAGES|Xinhua|XINHUA|Bernama"
    r"|BERNAMA|BBC(?: \w+)?|Bloomberg"
    r"|Anadolu(?: Agency)?|AA|Kyodo|TASS|Yonhap|YONHAP|Sputnik|DPA|dpa|NASA|Allsport|AllSport|IMAGO"
    r"|Imago|Action Images|USA TODAY Sports|Zuma(?: ?Press)?|SIPA|NurPhoto|VCG|Pool"
    rf"|(?:FOTO |Foto )?{pattern(known('agency'))})"
)
STOCK = (
    r"(?:[Ss]hutter[Ss]tock|SHUTTERSTOCK|[Ff]reepik|FREEPIK|[Pp]ixabay|PIXABAY|[Pp]exels|PEXELS|[Uu]nsplash"
    r"|UNSPLASH|i[Ss]tock(?:photo)?|ISTOCK|[Tt]hinkstock|THINKSTOCK(?:PHOTOS)?|Wikimedia(?: Commons)?"
    r"|WIKIMEDIA(?: COMMONS)?|Wikipedia|123RF|123rf"
    r"|Flickr|FLICKR|Alamy|ALAMY|Dreamstime|Canva|Depositphotos|Vecteezy|Adobe Stock)"
)
SOCIAL = (
    r"(?:Instagram|INSTAGRAM|instagram|IG|Twitter|TWITTER|twitter|X|TikTok|Tiktok|TIKTOK|tiktok|Facebook"
    r"|FACEBOOK|facebook|Youtube|YouTube|YOUTUBE|youtube|Threads|Weibo|weibo|Netflix|Viu|Disney\+?)"
)
SOURCE = (
    r"(?:[Dd]ok(?:\.|umen(?:tasi)?)?|DOK(?:\.|UMEN(?:TASI)?)?|[Dd]oc\.?|[Dd]okpri|[Ii]stimewa|ISTIMEWA"
    r"|[Ii]st\.?|IST\.?|[Ii]nternet|INTERNET|[Tt]angkap(?:an)? [Ll]ayar|TANGKAPAN LAYAR|[Bb]idik [Ll]ayar"
    r"|[Ss]creen ?[Ss]hots?|[Ss]creen ?[Cc]apture|[Cc]apture"
    r"|[Rr]epro(?:duksi)?|[Aa]rsip|Humas|HUMAS|[Hh]andout|HO|[Cc]ourtesy(?: of)?|U-Report|[Ff]ile|[Aa]rchive|Biro Pers|Setpres|BPMI|NSTP|Gambar (?:hiasan|fail))"
)
DOMAIN = r"(?:(?:www\.)?[A-Za-z0-9][\w-]*(?:\.[\w-]+)*\.(?i:com|co\.id|co|id|net|org|my|news|go\.id|ac\.id|sch\.id|tv|info)\b)"
PUBLISHER = pattern(known("names", "credit"))
STRONG = rf"(?:{AGENCY}|{STOCK}|{SOCIAL}|{DOMAIN}|{PUBLISHER})"
# No text may have two readings here, for n of them in a row would have 2 to the n: so a hyphen between names needs a blank
# before it, as without one it is part of a name, and two small words do not end in one that a part may end in.
NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|dan|bin|binti|van|de|di|al|of|the|und)){0,5}"
PART = r"(?:[\w@.'’&-]+(?: (?:[A-Z0-9][\w.'’&-]*|bin|binti|van|de|di|dan|al|of|the)){0,7}?|[a-z]+ (?!(?:bin|binti|van|de|di|dan|al|of|the)/)[a-z]+(?=/))"
VIA = r"(?: (?:via|for|melalui|through) [^()\n]{2,40}?)?"
CORE = (
    rf"(?:{STRONG}(?: {NAME})?(?:(?: ?[/|] ?|: ?| @)(?:{PART}))*?{VIA}|@[\w.]{{3,30}}|{NAME}(?:(?: ?[/|]| -) ?{NAME})*? ?[/|] ?{STRONG}(?: ?/ ?{PART})*{VIA}"
    rf"|{SOURCE}(?:[ ./:-]+[^()\n]{{0,70}}?)?{VIA})"
)
LABEL = (
    r"(?:FOTO|F[Oo]to|foto|Fotografer|Photo(?:s)?(?: [Bb]y)?|photo|[Cc]redit|CREDIT|[Kk]redit|Sumber(?: [Ff]oto"
    r"| [Gg]ambar)?|sumber|[Ii]mage(?:s)?(?: [Bb]y)?|[Ss]ource|Mandatory Credit|Gambar|GAMBAR|Dok(?:umentasi)?)"
)
LABELLED = rf"{LABEL}(?:\s*[:;]\s*|\s+(?:by|oleh)\s+|\s+(?={AGENCY}))"

TAIL = 150  # characters in which a credit stands that closes a text
BRACKET = expression(r"[(\[]")
# "(Foto: Vania/Okezone)", "(ANTARA FOTO/Budi)", "(dok. Polda Riau)", "[Antara/Rudi]", closing a caption.
BRACKETED = expression(rf"[(\[]\s*(?:{LABELLED}[^()\n]{{1,90}}(?:\([^()\n]{{1,30}}\))?|{CORE})\s*[)\]]\s*[.]?")
# What a bracket may hold in the slot of a photo, where weak evidence is enough.
WEAK = expression(rf"\s*\((?![A-Z]{{2,6}}\))(?P<name>{NAME}(?: ?[/|] ?[\w .'-]{{2,40}}| \([A-Z]\w+\))?)\)\s*(?:\.\s*)?$")
# "Foto: Rifkianto Nugroho" closing a line.
GAMBAR = r"(?:[Gg]ambar|GAMBAR|[Ff]oto|FOTO) (?:[Hh]iasan|HIASAN|[Ff]ail|FAIL|[Bb]ernama|BERNAMA)"
GAMBAR_END = expression(r"(?:[Gg]ambar|GAMBAR|[Ff]oto|FOTO) ")
TRAILING = expression(
    rf"(?:^|(?<=[\s.?!)”\"]))(?:[(\[][^()\[\]\n]{{3,60}}[)\]] ?)?(?:{LABEL}\s*[:;]\s*\(?(?=[A-Z@]"
    rf"|{SOURCE})[^()\n:]{{2,70}}\)?|[-–—] ?{GAMBAR}"
    rf"|[-–—] ?(?:{AGENCY}|{PUBLISHER}) ?/ ?[A-Z][\w .'’]{{2,40}})\s*(?:\.\s*)?$"
)
# "… April 2019. Alexander Zemlianichenko/Pool via REUTERS" behind the last sentence.
BARE = expression(
    rf"(?<=[.?!)”\"])\s+(?P<credit>(?:{NAME} ?/ ?)?{STRONG}(?: ?/ ?{PART})*{VIA}|{NAME}(?: ?/ ?{NAME})* ?/ ?{STRONG}{VIA}"
    rf"|[A-Z][A-Z .'’]{{3,30}}/[A-Z][A-Z ]{{2,24}}|/ ?{NAME}(?: ?/ ?{NAME})?|{SOURCE}(?:[. ][^.\n]{{2,50}})?)\s*(?:\.\s*)?$"
)
AFTER_STOP = expression(r"[.?!)”\"]\s")
CLOSING_LABEL = expression(r"(?:(?<=^)|(?<=[\s.]))(?:Foto|FOTO|Photo|Credit|Gambar)\s*:\s*$")
SEPARATED = expression(
    rf"\s*(?:\||©|/©|(?<=\s)/(?={AGENCY}|{STOCK}|{SOCIAL})|[-–—]\s?(?:Foto|FOTO|GAMBAR|{PUBLISHER}/))"
    r"\s*(?P<credit>[^|\n]{2,60})$"
)
ALONE = expression(rf"\s*(?:[-–—] ?)?(?:{LABELLED})?(?:{CORE}(?: ?/ ?{PART})*)\s*(?:\.\s*)?")
LABEL_LINE = expression(rf"\s*\(?(?:(?:{LABELLED})(?=[A-Z@(]|{SOURCE})|Sumber gambar, )[^\n:]{{2,80}}\)?\s*")
# Credit first, the caption glued behind it: "AFP/OMAR AL QATTAAPengungsi …", "Dok. Humas KemenperinPertemuan …".
FIRST = expression(rf"\s*(?P<credit>(?:{AGENCY}|{STOCK}|{SOCIAL}|{DOMAIN}|KOMPAS(?:\.com|\.COM)?|DOK\.?|Dok\.|dok\.(?=[A-Z]))(?: ?/ ?|(?<=\.) |(?<=\.com)|(?<=\.COM)|(?<=dok\.)))")
AGENCY_FIRST = expression(rf"\s*(?P<credit>{AGENCY}|Facebook|Twitter|Instagram|YouTube) (?=[A-Z]\w+ )(?P<nameless>)")
SITE_CREDIT = expression(rf"\s*[\w.' ]{{2,40}} ?/ ?{DOMAIN}\s*")
SENTENCE_STOP = expression(r"[A-Za-z0-9)]{2}[.!?]\s*(?=[A-Z])")
SITE_LINE = expression(r"\s*[A-Z][\w.]*(?: [A-Z]\w+)? ?/ ?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,4}\s*")


def ends_in_credit(text: str) -> bool:
    """Whether a line closes with a credit in brackets or behind a label.

    >>> ends_in_credit("Warga memanen cabai. (ANTARA FOTO/Rudi)"), ends_in_credit("Warga memanen cabai (6/3/2023)")
    (True, False)
    """
    return credit_at_end(text.rstrip()) is not None


def credit_at_end(text: str) -> tuple[int, int] | None:
    """Where the credit begins and ends that closes the text, in brackets or behind a label."""
    end = text[-TAIL:]
    found = _bracketed(text) if text.rstrip().rstrip(".").rstrip().endswith((")", "]")) else None
    if found is None and (":" in end or ";" in end or (("-" in end or "–" in end or "—" in end) and ("/" in end or GAMBAR_END.search(end)))):
        found = next((found for found in TRAILING.finditer(text, max(0, len(text) - TAIL)) if found.end() == len(text)), None)
    if found is None:
        return None
    label = CLOSING_LABEL.search(text, 0, found.start())
    return (label.start() if label else found.start() + len(found.group()) - len(found.group().lstrip())), found.end()


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
    """Where the sentence begins that stands right before a credit: it is the caption, and what stands before it is not.

    >>> text = "Hakim mengabulkan gugatan.Sidang di PTUN. (Suara.com/Arum)"
    >>> text[last_sentence(text, 42):42]
    'Sidang di PTUN. '
    """
    return max((found.end() for found in SENTENCE_STOP.finditer(text, 0, max(0, end - 12))), default=0)
