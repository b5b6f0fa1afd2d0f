"""The grammar of dates as pages print them, made of parts: "Jumat, 16 Agustus 2024 11:55 WIB"."""

import re

from .expression import expression
from .publishers import known, pattern

DAY = (
    r"(?:Senin|Selasa|Rabu|Kamis|Jum[’'`]?at|Sabtu|Minggu|Ahad|Isnin|Khamis|Jumaat|Mon(?:day)?|Tue(?:sday)?"
    r"|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?|Sen|Sel|Rab|Kam|Jum|Sab"
    r"|Min)"
)
MONTH = (
    r"(?:Jan(?:uari|uary)?|Feb(?:ruari|ruary)?|Mar(?:et|ch)?|Mac|Apr(?:il)?|Mei|May|Jun[ie]?|Jul[iy]?"
    r"|Julai|Ags|Agt|Agu(?:stus)?|Aug(?:ust)?|Ogos|Sept?(?:ember)?|Okt(?:ober)?|Oct(?:ober)?|Nov(?:ember)?"
    r"|Des(?:ember)?|Dec(?:ember)?|Dis(?:ember)?)"
)
HIJRI = r"\d{1,2} [A-Z][a-z]+(?: [a-z]+)? 1[34]\d\d ?H?"
NUMBERS = r"\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4}-\d{2}-\d{2}"
NTH = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = rf"(?:{HIJRI} ?/ ?)?(?:{NTH}[ -]{MONTH}\.?,?[ -]\d{{4}}|{NUMBERS}|{MONTH}\.? ?{NTH},? \d{{4}})"
CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[APap]\.?[Mm]\.?)?"
ZONE = r"(?:WIB|WITA|WIT|Wib|wib|Wita|MYT|GMT|UTC)"
BETWEEN = r"(?:\s*[,|/@·•–-]\s*|\s+(?:pukul|jam|at)\s+|\s+)"
HOUR = rf"(?:{BETWEEN}(?:pukul |jam )?{CLOCK}(?:\s*\(?{ZONE}\)?)*)?"
STAMP = rf"(?:{DAY}\.?\s*(?:[,/|]\s*)?(?:-\s*)?)?{DATE}{HOUR}"
WHEN = expression(rf"(?=[\dADFIJKMNORSTW]){STAMP}")  # looked for by how it begins, in an eighth of the time
DIGIT = expression(r"\d")
# What may stand before and behind the stamp on a line that only says when.
LEAD = (
    rf"(?:[-/|–•·] ?)?(?:{pattern(known('date'))}"
    r"\s*(?:(?:[Oo]n|pada|at)\s*)?(?:[:;–|-]+\s*)?|pada\s+|on\s+|[-/|–•·]\s*|WIB\s*)"
)
TRAIL = (
    r"(?:\s*(?:[|•·(–,/-]+\s*)?(?:Diperbarui|diperbarui|Updated?|Last [Uu]pdate)(?:\s*:)?"
    rf"(?:\s*(?:{STAMP}|{CLOCK}(?:\s*{ZONE})?))?\)?)?"
    rf"(?:\s*[|•·–-]\s*[\d.,]+(?:\s*(?:[Vv]iews?|kali))?)?(?:\s*{ZONE})?"
)
LINE = expression(rf"\s*{LEAD}?{STAMP}{TRAIL}(?:\s*[|/•·-])?\s*")
# A part of a date that stands on several lines, as on a calendar.
CLOCK_LINE = expression(
    rf"\s*(?:{CLOCK}(?:\s*{ZONE})?|/\s*\d{{4}}"
    rf"|(?:{DAY}\.?,?\s+)?(?:\d{{1,2}} )?{MONTH}(?: \d{{1,2}}| \d{{4}})?)\s*"
)
RELATIVE = expression(
    r"\s*(?:sekitar |about )?(?:\d{1,3}|se|satu|beberapa|an?) ?(?:detik|menit|minit|jam|hari|minggu"
    r"|pekan|bulan|tahun|seconds?|min(?:ute)?s?|hours?|days?|weeks?|months?|years?)(?: yang)? (?:lalu"
    r"|ago|lepas)(?:\s*[|•·-].{0,40})?\s*",
    re.I,
)
SEPARATED = expression(rf"\s*(?P<name>[A-Z][^|\d\n]{{2,50}}?)\s*[|,/•·–-]++\s*+(?P<stamp>{STAMP})")


def dated(text: str) -> bool:
    """Whether a line says when, and nothing else.

    >>> dated("Jumat, 16 Agustus 2024 11:55 WIB"), dated("Kejadian itu pada 16 Agustus 2024.")
    (True, False)
    >>> dated("Posted on Januari 30, 2017")
    True
    """
    return bool(DIGIT.search(text) and LINE.fullmatch(text))


def relative(text: str) -> bool:
    """Whether a line says how long ago: the mark of an item in a list of other stories.

    >>> relative("18 jam lalu"), relative("7 menit yang lalu"), relative("10 tahun lalu ia pindah.")
    (True, True, False)
    """
    if len(text) >= 80:
        return False
    word = text.casefold()
    return ("lalu" in word or "ago" in word or "lepas" in word) and bool(RELATIVE.fullmatch(text))
