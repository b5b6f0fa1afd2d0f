"""Invitations to follow, join, subscribe or install, known by three slots: a verb that asks, a channel, and a way there."""

import re
from collections.abc import Iterator

from ..expression import expression
from ..publishers import known, pattern
from ..spans import Claim, Page

LONGEST = 330  # characters of a sentence that only invites
VERB = expression(
    r"\b(?:[Ii]kuti|IKUTI|[Ff]ollow|FOLLOW|[Dd]apatkan|[Ss]imak|[Cc]ek(?! [Ff]akta)|CEK|[Gg]abung|[Bb]ergabung"
    r"|[Mm]ari|[Yy]uk|[Aa]yo|[Ss]ilakan|[Ss]ila|[Bb]aca|BACA|[Ll]angganan|[Bb]erlangganan|[Ss]ubscribe"
    r"|[Uu]nduh|[Dd]ownload|[Ii]nstall?|[Kk]lik|[Tt]onton|[Ss]aksikan"
    r"|[Jj]angan (?:sampai )?(?:lewatkan|ketinggalan)|[Uu]pdate|[Nn]antikan|[Tt]elusuri|[Nn]ikmati"
    r"|[Ii]ngin|[Pp]enasaran|[Mm]au|[Kk]unjungi|[Ll]ike|[Tt]emukan|[Bb]agi pengguna|[Tt]erima kasih telah membaca"
    r"|[Bb]erita ini juga dapat dibaca|[Dd]aftar(?:kan)?|[Ss]ign up|[Cc]lick here|[Ii]kutilah|[Pp]antau"
    r"|[Ll]ive streaming|[Pp]ilih|[Ss]ambangi|[Cc]heck|[Jj]oin|[Pp]astikan|[Aa]nda (?:harus|bisa)"
    r"|[Cc]aranya)\b"
)
OPENS = expression(rf"(?:(?:Yuk|Ayo|Mari|Nah|Jangan lupa|Untuk|Bagi kamu|Bagi Anda|Hai|Halo|Silakan|Sobat),?\s(?:\w+,?\s)?)?(?:{VERB.pattern})")
CHANNEL = expression(
    r"Google\s+News|GOOGLE\s+NEWS|Google\s*$|[Ww]hats?\s?[Aa]pp|WHATSAPP|WA\s[Cc]hannel|[Tt]elegram"
    r"|[Yy]ou[Tt]ube|YOUTUBE|[Ii]nstagram|INSTAGRAM|[Ff]acebook|[Tt]ik[Tt]ok|[Tt]witter|[Aa]plikasi"
    r"|\b[Aa]pp(?:s|\b)|[Nn]ewsletter|e-?mail\b|[Ss]aluran|[Kk]anal|[Cc]hannel|media sosial|sosial media"
    r"|medsos|t\.me/"
    r"|\b[A-Z]\w+\.(?:com|co\.id|id|co)\b|VISION\+"
)
# One of these words stands in every channel, and in the short forms below: they are looked for first, since that costs next to nothing.
CHANNEL_WORDS = tuple(
    """Google GOOGLE App app WHATSAPP hannel elegram ouTube outube YOUTUBE nstagram INSTAGRAM acebook FACEBOOK ikTok iktok witter plikasi ewsletter
    mail aluran Kanal kanal medsos media t.me/ .co .id VISION+ ollow weets""".split()
)
WAY = expression(
    r"klik|[Kk]lik|tautan|\blink\b|di\s?sini|here\b|https?:|www\.|@\w|bergabung|\bjoin\b|[Cc]hannel"
    r"|saluran|lainnya|yang lain\b|terbaru|terkini|setiap hari|pilihan|langsung dari|update|breaking news"
    r"|email kamu|emailmu|melalui|biar enggak|ketinggalan|selengkapnya|resmi|[Oo]fficial|terpercaya"
    r"|[Ii]nstall|daftar|\bapp\b|hanya di|menarik|ponselmu|\bdi [A-Z]\w+\.(?:com|id|co)|untuk membaca"
    r"|tanpa iklan"
)
OURS = expression(r"\b(?:kami|berita pilihan|breaking news|ponselmu|update|terbaru|setiap hari|berita lainnya|konten lainnya)\b")
SAID = expression(
    r"\b(?:kata|ujar|tutur|ucap|ungkap|jelas|katanya|ujarnya|tuturnya|jelasnya|menurut|menurutnya"
    r"|mengatakan|menyebut|menjelaskan|imbuh|tambah|dikutip|dilansir|lewat akun|melalui akun|unggahan"
    r"|mengunggah|pelaku|polisi|korban|pengguna dapat|kominfo|meta)\b",
    re.I,
)
SENTENCE = expression(r"(?:[^.!?\n]|[.!?](?=[a-z0-9/]))+(?:[.!?]+[\"”’)]*|$)", re.S)
# What goes on where an invitation was broken over lines, or over sentences.
MORE = expression(
    r"\s*(?:News|Google News|WhatsApp|Channel|dan WA Channel|https?://\S+|(?:[.:]\s*)?Pastikan (?:kamu"
    r"|Anda|WhatsApp)[^\n]{0,90}|Anda harus install[^\n]{0,90}|Klik\W.{0,60}|👉.{0,60}|[Kk]alau bukan sekarang, \w+\?"
    r"|Install sekarang!?|Daftarkan email|Caranya[^\n]{0,120})\s*"
)
GOES_ON = expression(r"\s*(?:Daftarkan [Ee]mail|Install sekarang!?)(?=\s*$|\s+[A-Z])")
# The commonest family, which also stands where no sentence ended before it.
FAMILY = expression(
    r"(?:(?<=\s)|(?<=^)|(?<=[a-z.)]))(?:Cek|Simak|Baca|Ikuti|Follow|Update|Lihat) (?:[Bb]erita|artikel)[^.!?\n]{0,60}? Google\s+News(?:,? dan (?:dan ikuti )?(?:WA"
    r"|[Ww]hats[Aa]pp) [Cc]hannel(?: [a-z]\w+(?:\.com)?)?)?"
    r"|\bIkuti [Ww]hats?[Aa]pp [Cc]hannel [A-Z]\w+(?=\s*$)"
)
# Short forms that do without the third slot.
SHORT = expression(
    r"(?:(?i:follow|ikuti|cek|simak|baca|update|dapatkan|lihat)\s+(?:[\w@.']+\s+){0,7}?(?:di|on|via"
    r"|melalui|lewat|pada|hanya di)?\s*(?:Google\s+News|WhatsApp\s+Channel|Whatsapp\s+Channel|Saluran\s+WhatsApp"
    r"|Telegram|Instagram|Facebook|Twitter|YouTube|TikTok)(?:[\s,&/]+(?:dan|and)?\s*[\w.]+){0,6}"
    r"|[Ff]ollow\s?@\w+|(?:[Tt]weets|[Ff]ollow) by @\w+)\W*"
)
GLUE = expression(r"(?<=[a-z)])(?=[A-Z(][a-z]+[ )])")
CAMEL = re.compile("[a-z][A-Z]")
WRITTEN_SO = expression(  # names with a capital inside, behind which no other text is glued
    pattern(["WhatsApp", "YouTube", "TikTok", "LinkedIn", *filter(CAMEL.search, known("names"))])
)
IKUTI = expression(r"Ikuti [Ww]hats?[Aa]pp [Cc]hannel [A-Z]\w+?(?=\s|$|[sS]umber|[A-Z])")


def promo(page: Page) -> Iterator[Claim]:
    """Claim sentences that only invite: "Ikuti berita terkini dari … di Google News, klik di sini".

    Leaves alone sentences about the channels, and instructions: "ikuti langkah berikut".

    >>> from cleaner.spans import Page, settle
    >>> page = Page("Warga pulang. Ikuti berita terbaru kami di Google News, klik di sini.\\nWhatsApp menambah fitur saluran baru.")
    >>> [span.text for span in settle(page, promo(page)).spans if span.label]
    ['Ikuti berita terbaru kami di Google News, klik di sini.\\n']
    """
    for number in page.holding(*CHANNEL_WORDS):
        span = page.open[number]
        text = span.text.rstrip().replace("\n", " ")  # of a line that was wrapped
        if not CHANNEL.search(text):
            continue
        end = -1
        sentences = list(SENTENCE.finditer(text))
        near = [any(word in sentence.group() for word in CHANNEL_WORDS) for sentence in sentences]
        for at, sentence in enumerate(sentences):
            goes_on = end == sentence.start() and at > 0
            if not (goes_on or any(near[at : at + 2])):
                continue  # neither this sentence nor the next speaks of a channel
            short = GOES_ON.match(sentence.group()) if goes_on else None
            if short:
                yield Claim(span.start + sentence.start(), span.start + sentence.start() + short.end(), "promo", "promo", "goes on with an invitation")
                continue
            words = sentence.group().strip()
            glued = _glued(words)
            if glued:
                start = span.start + sentence.start() + sentence.group().find(words)
                yield Claim(start, start + glued, "promo", "promo", "invites to follow, with the story glued behind it")
                continue
            leads = at + 1 < len(sentences) and _invites(sentences[at + 1].group().strip())
            if _invites(words, loose=goes_on or leads) or (goes_on and MORE.fullmatch(words)):
                start = span.start + sentence.start() + len(sentence.group()) - len(sentence.group().lstrip())
                if text[start - span.start - 1 : start - span.start] == "(" and words.endswith(")"):
                    start -= 1
                yield Claim(start, span.start + sentence.end(), "promo", "promo", "invites to follow, join, subscribe or install")
                end = sentence.end()
        if "Google" in text or "hannel" in text:
            for found in FAMILY.finditer(text):
                yield Claim(span.start + found.start(), span.start + found.end(), "promo", "promo", "invites to follow")
        if end >= len(text):
            for more in page.open[number + 1 : number + 6]:
                if not MORE.fullmatch(more.text):
                    break
                yield Claim(more.start, more.end, "promo", "promo", "goes on with an invitation")


def _glued(sentence: str) -> int:
    """Where an invitation ends that has the next text glued behind it, 0 if none does."""
    house = IKUTI.match(sentence)
    if house:
        return house.end()
    for glue in GLUE.finditer(sentence, 0, LONGEST + 3):  # the expression looks three characters ahead
        token = sentence[: glue.start()].rsplit(maxsplit=1)[-1] + sentence[glue.start() :].split(maxsplit=1)[0]
        if not WRITTEN_SO.match(token) and _invites(sentence[: glue.start()]):
            return glue.start()
    return 0


def _invites(sentence: str, *, loose: bool = False) -> bool:
    """Whether a sentence fills the three slots, or is one of the short forms."""
    if len(sentence) > (160 if loose else LONGEST) or sentence[:1].islower() and not sentence.startswith("http"):
        return False
    if len(sentence) < 90 and SHORT.fullmatch(sentence):
        return True
    words = " ".join(sentence.lstrip("([-*•👉!➡ ").split()[:7])
    if not OPENS.match(words) or not (CHANNEL.search(sentence) or (loose and OURS.search(sentence))):
        return False
    if SAID.search(sentence) or sentence.startswith(("“", '"')):
        return False
    return loose or bool(WAY.search(sentence))
