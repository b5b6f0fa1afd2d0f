"""Advertisements in the dress of headlines: "Pembunuh Lemak Perut Ditemukan! Turun 20 Kg dalam 2 Minggu!"."""

import re
from collections.abc import Iterator

from ..expression import expression
from ..spans import Claim, Page

LONGEST = 160  # characters of a sentence that only sells
AILMENT = expression(
    r"\b(?:prostat\w*|lemak perut|berat badan|perut buncit|pendengaran|penglihatan|sendi|nyeri lutut"
    r"|wasir|ambeien|jamur kuku|kolesterol|varises|diabetes|gula darah|tekanan darah|hipertensi|parasit"
    r"|cacing|kebotakan|rambut rontok|keriput|kerutan|insomnia|tidur nyenyak|libido|vitalitas|papiloma"
    r"|psoriasis|langsing|diet|kurus|jerawat|flek|gigi kuning)\b",
    re.I,
)
PITCH = expression(
    r"!|\bAnda\b|\btanpa (?:bekas|operasi|obat|diet|olahraga)\b"
    r"|\bdalam (?:\d+|satu|se)\s?(?:hari|minggu|malam|jam|bulan)\b|\bdalam seminggu\b|\d+ ?[Kk]g\b"
    r"|\b(?:Harus Membaca|Wajib Baca|Dokter (?:Terkejut|Tercengang)|Ditemukan"
    r"|cukup (?:lakukan|minum|oleskan)|Cukup Lakukan|lakukan ini|Cara Menghilangkan)",
    re.I,
)
SAID = expression(
    r"\b(?:kata|ujar|tutur|ucap|jelas|ungkap|menurut|mengatakan|dikutip|dilansir)\w*\b|[\"“”]", re.I
)
TWICE = expression(r"(\S[^\n]{15,140}?)\s+\1\s+")
SENTENCE = expression(r"[^.!?]+[.!?]*\s*")


def native(page: Page) -> Iterator[Claim]:
    """Claim sentences that sell a cure, right behind a link or another advertisement.

    Leaves alone news about health: it names who says so, and does not stand behind a link.

    >>> from cleaner.spans import Claim, Page, settle
    >>> page = Page("Baca Juga : Banjir Surut Lemak Perut Hilang dalam 5 Hari! Warga mulai pulang.")
    >>> page = settle(page, [Claim(0, 25, "readmore")])
    >>> [span.text for span in settle(page, native(page)).spans if span.label == "ad"]
    ['Lemak Perut Hilang dalam 5 Hari! ']
    """
    for before, span in zip(page.spans, page.spans[1:], strict=False):
        if span.label or before.label not in ("readmore", "ad"):
            continue
        twice = TWICE.match(span.text)
        if twice and AILMENT.search(twice[1]):
            yield Claim(span.start, span.start + twice.end(), "ad", "native", "sells a cure, twice in a row")
            continue
        end = 0
        sells = False
        for sentence in SENTENCE.finditer(span.text):
            words = sentence.group()
            if len(words) > LONGEST or SAID.search(words):
                break
            ails = bool(AILMENT.search(words))
            if not PITCH.search(words) and not (sells and ails):
                break
            sells = sells or ails
            end = sentence.end()
        if sells and end:
            yield Claim(span.start, span.start + end, "ad", "native", "sells a cure, right behind a link")
