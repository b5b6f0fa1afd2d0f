"""Invitations to follow, join, subscribe or install: a verb that asks, a channel, and a way there.

The words for each of them are data of ``publishers/common.toml``.
"""

import re
from collections.abc import Iterator, Sequence

from ..credits import ENDING
from ..cut import ends
from ..expression import expression
from ..link import tells
from ..publishers import known, pattern
from ..reading import ADDRESS, SAID, read
from ..shapes import shape, strong
from ..spans import Claim, Page, Span
from ..units import WORST

LONGEST = 330  # characters of a sentence that only invites,
LONGEST_LOOSE = 160  # of one beside another invitation,
LONGEST_SHORT = 90  # of one that ends in its channel and tells no way,
LONGEST_MORE = 130  # and of one that goes on with an invitation
OPENS = expression(
    rf"[^\w\"“‘']*+(?i:(?:{pattern(known('greeting'))},?\s(?:\w+,?\s)?)?(?!cek fakta)"
    rf"\b{pattern(known('asking'))}\b)"
)
NAMED = pattern(known("channel")).replace(" ", r"\s+")
CHANNEL = expression(rf"(?i:{NAMED}|\bapps?\b|google\s*$)|\b[A-Z]\w+\.{ENDING}\b")
# The same in small letters. Of these the shortest are looked for first, since that costs next to nothing.
CHANNELS = (*known("channel"), "app", "google", ".com", ".co", ".id")
SIGNS = tuple(name for name in CHANNELS if not any(other in name for other in CHANNELS if other != name))
WAY = expression(rf"\b{pattern(known('way'))}|@\w|\bdi [A-Z]\w+\.{ENDING}\b")
OURS = expression(rf"\b{pattern(known('ours'))}\b")
PAPER = expression(rf"(?i:\b{pattern(known('paper'))}\b)")
READERS = frozenset(known("reader"))
NAMED_SO = tuple(form for word in sorted(READERS) for form in (word, word.capitalize()))
BELOW = 2  # lines below an appeal among which no paragraph stands
SENTENCE = expression(r"(?:[^.!?\n]|[.!?](?=[a-z0-9/]))+(?:[.!?]+[\"”’)]*|$)", re.S)
# What goes on where an invitation was broken over lines, or over sentences: all of it, or with some words
# more.
MORE = tuple(phrase for phrase in known("more") if not phrase.endswith("…"))
MORE_BEGINS = tuple(phrase.rstrip("…") for phrase in known("more") if phrase.endswith("…"))
BUTTONS = ("daftarkan email", "install sekarang")  # with the story glued behind them
# The commonest family, which also stands where no sentence ended before it.
FAMILY = expression(
    r"(?:(?<=\s)|(?<=^)|(?<=[a-z.)]))(?:Cek|Simak|Baca|Ikuti|Follow|Update|Lihat) (?:[Bb]erita|artikel)"
    r"[^.!?\n]{0,60}? Google\s+News"
    r"(?:,? dan (?:dan ikuti )?(?:WA|[Ww]hats[Aa]pp) [Cc]hannel(?: [a-z]\w+(?:\.com)?)?)?"
    r"|\bIkuti [Ww]hats?[Aa]pp [Cc]hannel [A-Z]\w+(?=\s*$)"
)
# A list of channels behind a verb that asks, wherever it stands: "Boleh follow kami di Facebook, Instagram
# dan Telegram". The address of a post, which ends in ten letters, may be glued before it.
LISTED = expression(
    r"(?:\b|(?<=/t\.co/\w{10})|(?<=twitter\.com/\w{10}))(?=[A-Z])"
    rf"(?i:(?:boleh\s|{pattern(known('greeting'))},?\s)?{pattern(known('asking'))})\b[^.!?\n]{{0,70}}?"
    rf"(?i:\b{NAMED}(?:,\s{NAMED})+,?\s(?:dan|and|atau|serta|&)\s{NAMED})\b\.?"
)
CAMEL = re.compile("[a-z][A-Z]")
SIGNS_BEFORE = "([-*•👉!➡ "  # that may stand before an invitation
# Words of an invitation among so many behind an end make it so much worse (log-odds), and no end at all where
# not even the second number of words is left.
NEAR, FEW = 8, 15
INVITES = 3.0
GOES_ON = expression(rf"(?i:{NAMED})\b|{pattern(known('names', 'domains'))}")  # and what never is
WRITTEN_SO = expression(  # names with a capital inside, behind which no other text is glued
    pattern(["WhatsApp", "YouTube", "TikTok", "LinkedIn", *filter(CAMEL.search, known("names"))])
)


def promo(page: Page) -> Iterator[Claim]:
    """Claim sentences that only invite: "Ikuti berita terkini dari … di Google News, klik di sini".

    Leaves alone sentences about the channels, and instructions: "ikuti langkah berikut".

    >>> from cleaner.spans import Page, settle
    >>> invitation = "Ikuti berita terbaru kami di Google News, klik di sini."
    >>> page = Page(f"Warga pulang. {invitation}\\nWhatsApp menambah fitur saluran baru.")
    >>> [span.text for span in settle(page, promo(page)).spans if span.label]
    ['Ikuti berita terbaru kami di Google News, klik di sini.\\n']
    """
    small = page.text.lower()
    signs = [sign for sign in SIGNS if sign in small]
    for number, span in enumerate(page.open) if signs else ():
        small = span.text.lower()
        if any(sign in small for sign in signs):
            text = span.text.rstrip().replace("\n", " ")  # of a line that was wrapped
            yield from _invitations(page, number, span, text, signs)
    yield from _appeals(page)


def _invitations(
    page: Page, number: int, span: Span, text: str, signs: Sequence[str]
) -> Iterator[Claim]:
    """Claims on the sentences of a line that invite, and on the lines below that go on with the last one."""
    # A sentence is judged by those beside it, so that all are walked through with what was found last.
    end = -1
    sentences = list(SENTENCE.finditer(text))
    small = (sentence.group().lower() for sentence in sentences)
    near = [any(sign in words for sign in signs) for words in small]
    for at, sentence in enumerate(sentences):
        goes_on = end == sentence.start() and at > 0
        if not (goes_on or any(near[at : at + 2])):
            continue  # neither this sentence nor the next speaks of a channel
        words = sentence.group().strip()
        start = sentence.start() + len(sentence.group()) - len(sentence.group().lstrip())
        button = _button(words) if goes_on else 0
        if button:
            yield _claim(span, sentence.start(), start + button, "goes on with an invitation")
            continue
        own = 0 if words == text.strip() else _own(words)  # a line of its own has no story behind it
        if own:
            yield _claim(span, start, start + own, "invites to follow, with the story behind it")
            continue
        leads = at + 1 < len(sentences) and _invites(sentences[at + 1].group().strip())
        asks = leads and words.endswith("?") and len(words) < LONGEST_SHORT and OPENS.match(words)
        if asks or _invites(words, loose=goes_on or leads) or (goes_on and _is_more(words)):
            start -= text[start - 1 : start] == "(" and words.endswith(")")
            yield _claim(span, start, sentence.end(), "invites to follow, join, subscribe or install")
            end = sentence.end()
    for found in FAMILY.finditer(text) if "Google" in text or "hannel" in text else ():
        yield _claim(span, found.start(), found.end(), "invites to follow")
    for found in LISTED.finditer(text) if ", " in text or ",\xa0" in text else ():
        if not SAID.search(found.group()):
            yield _claim(span, found.start(), found.end(), "invites to follow on a list of channels")
    for more in page.open[number + 1 : number + 6] if end >= len(text) else ():
        if not _is_more(more.text.strip()):
            break
        yield _claim(more, 0, len(more.text), "goes on with an invitation")


def _appeals(page: Page) -> Iterator[Claim]:
    """Claims on lines behind the last paragraph in which the paper asks its readers for something."""
    for number in page.holding(*NAMED_SO):
        span = page.open[number]
        above, below = page.open[max(0, number - NEAR) : number], page.open[number + 1 : number + BELOW + 1]
        if not page.whole(span) or len(span.text) > LONGEST or any(strong(shape(it.text)) for it in below):
            continue
        if any(strong(shape(line.text)) for line in above) and _asks(span.text):
            yield _claim(span, 0, len(span.text), "asks the reader for something")


def _asks(text: str) -> bool:
    """Whether a line speaks to the reader, asks for something, and speaks of the paper or of its own text."""
    words = frozenset(read(text.strip()).low)
    if words.isdisjoint(READERS) or words.isdisjoint(known("request")) or not PAPER.search(text):
        return False
    return not SAID.search(text) and not any(quote in text for quote in '"“”')


def _claim(span: Span, start: int, end: int, why: str) -> Claim:
    return Claim(span.start + start, span.start + end, "promo", "promo", why)


def _is_more(words: str) -> bool:
    """Whether words go on with an invitation."""
    key = words.strip(" .:!").casefold()
    return key in MORE or (len(words) <= LONGEST_MORE and key.startswith(MORE_BEGINS))


def _button(words: str) -> int:
    """Where a button ends that goes on with an invitation and has the story behind it, 0 if there is none."""
    for button in BUTTONS:
        rest = words[len(button) :].lstrip("!")
        ends = not rest or (rest[0].isspace() and rest.lstrip()[:1].isupper())
        if ends and words.casefold().startswith(button):
            return len(words) - len(rest)
    return 0


def _own(sentence: str) -> int:
    """Where the words of an invitation end that has the story behind it and no stop, 0 if it has none."""
    if not OPENS.match(sentence.lstrip(SIGNS_BEFORE)):
        return 0
    found = {}
    for place, worse in ends(sentence, 0, len(sentence)).items():
        behind = sentence[place:]
        token, rest = _token(sentence, place)
        if worse < WORST and not (GOES_ON.match(behind) or WRITTEN_SO.match(token) or ADDRESS.search(rest)):
            words = behind.split()
            near = " ".join(words[:NEAR])
            if not WAY.search(near) and not CHANNEL.search(near):
                found[place] = worse
            elif len(words) > FEW:
                found[place] = worse + INVITES
    for place in sorted(found, key=found.__getitem__):
        if found[place] < WORST and tells(sentence[place:]) and _invites(sentence[:place].rstrip()):
            return len(sentence[:place].rstrip())
    return 0


def _token(text: str, place: int) -> tuple[str, str]:
    """What stands around a place up to the next blanks, and its part behind; nothing at a blank."""
    before, behind = text[:place], text[place:]
    if before[-1:].isspace():
        return "", ""
    rest = behind.split(maxsplit=1)[0]
    return before.rsplit(maxsplit=1)[-1] + rest, rest


def _invites(sentence: str, *, loose: bool = False) -> bool:
    """Whether a sentence asks, names a channel, and tells the way; beside another one, less is enough."""
    longest = LONGEST_LOOSE if loose else LONGEST
    if len(sentence) > longest or sentence[:1].islower() and not sentence.startswith("http"):
        return False
    words = " ".join(sentence.lstrip(SIGNS_BEFORE).split()[:7])
    if not OPENS.match(words) or not (CHANNEL.search(sentence) or (loose and OURS.search(sentence))):
        return False
    if SAID.search(sentence) or sentence.startswith(("“", '"')):
        return False
    key = sentence.casefold().rstrip(" .!\n")
    if len(key) < LONGEST_SHORT and key.startswith(("follow", "ikuti")) and key.endswith(CHANNELS):
        return True
    return loose or WAY.search(sentence) is not None
