"""What videos and posts leave behind: "Simak Video 'T'", a tweet and its author line, "pic.twitter.com/…"."""

from collections.abc import Iterator

from ..expression import expression
from ..shapes import shape, strong
from ..spans import Claim, Page, Span

WATCH = r"(?i:simak|lihat|tonton|saksikan)(?: [Jj]uga)?"
VIDEO = expression(
    rf"\s*(?:{WATCH}(?: [Ii]nfo)?:? ?(?i:video|live ?detik\w*|live)\b[^\n]{{0,200}}"
    rf"|{WATCH} ['\"“‘][^'\"”’\n]{{5,120}}['\"”’](?: di sini)?:?"
    rf"|(?:V(?:IDEO|ideo)|T(?:ONTON|onton)): (?=[A-Z\"“])[^\n]{{5,160}}"
    rf"|{WATCH} [^\n.]{{0,60}}(?:dalam|di|pada) video (?:di atas|berikut(?: ini)?|di bawah(?: ini)?)[.:]?)\s*"
)
# The same as the last sentence of a line: with its title in quotes, or right before the place of the video.
POINTS = expression(
    rf"(?<=[.!?”\"])\s*{WATCH} [Vv]ideo:? (?:[\"“'‘](?P<quoted>[^\"”\n]{{5,150}}?)[\"”'’]:?(?=\s|$)"
    r"|[^.!?\n]{5,140}\s*$)"
)
PLACE = "[Gambas:"  # where detik and CNN put a video, glued behind anything
AUTHOR = expression(r"\s*[—–-]{1,2} ?[^\n]{1,60}\(@\w{2,30}\)[^\n]{0,60}")
# The addresses of videos and posts; the second kind stands inside the text of a post.
HOSTS = (
    "youtu.be/", "youtube.com/", "instagram.com/", "tiktok.com/", "twitter.com/", "x.com/", "facebook.com/",
    "fb.watch/",
)
# The address of a picture or a film behind its label, as the texts of companies hold it.
MOST = 3  # words of such a line
LABELLED = expression(r"\s*\(?(?i:video|foto|photo|gambar|image|logo)s? ?[:–-] ?https?://\S+\s*")
IN_POSTS = ("pic.twitter.com/", "https://t.co/")
# The same addresses, which end in ten letters, glued between sentences: "pic.twitter.com/abCDe12345Menurut".
GLUED = expression(r"(?:https?://t\.co|pic\.twitter\.com)/\w{10}(?![a-z0-9])")
AUTHORED = "names the author of a post"
LONGEST = 260  # characters of a line that points to a video, or that is a post,
LONGEST_SENTENCE = 120  # and of a sentence with its full stop that does
# One of these stands in whatever is claimed here.
WORDS = ("ideo", "VIDEO", "imak", "ihat", "onton", "aksikan", PLACE, "http", "(@", "pic.twitter")


def embed(page: Page) -> Iterator[Claim]:
    """Claim what stands for a video or a post of a network.

    Leaves alone the same verbs with a story behind them: "Saksikan pohon sakura yang bermekaran".

    >>> from cleaner.spans import Page, settle
    >>> page = Page("Simak Video \\"Banjir Surut\\"\\nDalam video itu, warga tampak tenang.")
    >>> [span.text for span in settle(page, embed(page)).spans if span.label]
    ['Simak Video "Banjir Surut"\\n']
    """
    labels = {span.start: span.label for span in page.spans}
    for number in page.holding(*WORDS):
        span = page.open[number]
        start, stop, why = _found(span.text, before_embed=labels.get(span.end) == "embed")
        if start < stop:
            yield Claim(span.start + start, span.start + stop, "embed", "embed", why)
            if why == AUTHORED:
                yield from _post(page.open, number)
        elif any(sign in span.text for sign in IN_POSTS):
            for found in GLUED.finditer(span.text):
                start, stop = span.start + found.start(), span.start + found.end()
                yield Claim(start, stop, "embed", "embed", "the address of a post")


def _found(text: str, *, before_embed: bool) -> tuple[int, int, str]:
    """From where to where a line holds what stands for a video or a post, and what it is."""
    sentence = text.rstrip().endswith(".") and len(text) > LONGEST_SENTENCE
    if len(text) < LONGEST and VIDEO.fullmatch(text) and not sentence:
        return 0, len(text), "points to a video"
    if PLACE in text:
        start = text.find(PLACE)
        return start, text.find("]", start) + 1, "the place of a video or a post"
    points = POINTS.search(text) if "ideo" in text else None
    if points and (points["quoted"] or before_embed):
        return points.start(), points.end(), "points to a video"
    if _address(text):
        return 0, len(text), "the address of a video or a post"
    if "(@" in text and AUTHOR.fullmatch(text.strip()):
        return 0, len(text), AUTHORED
    posted = len(text) < LONGEST and _posted(text) and not strong(shape(text))
    return 0, len(text) if posted else 0, "a post of a network"


def _address(text: str) -> bool:
    """Whether a line is the address of a video, a picture or a post, and nothing else."""
    words = text.split()
    if len(words) == 1 and words[0].startswith("http"):
        return any(host in text for host in HOSTS)
    return len(words) <= MOST and LABELLED.fullmatch(text) is not None


def _posted(text: str) -> bool:
    """Whether a text holds the address of a picture or a link as posts hold them."""
    return any(sign in text for sign in IN_POSTS)


def _post(spans: tuple[Span, ...], number: int) -> Iterator[Claim]:
    """The lines of a post above its author line: they have no attribution and mostly no full stop."""
    for above in reversed(spans[max(0, number - 2) : number]):
        form = shape(above.text)
        apart = above.end != spans[number].start or strong(form)
        if apart and not _posted(above.text):
            break
        if above.text.rstrip().endswith(":") or AUTHOR.fullmatch(above.text.strip()):
            break
        yield Claim(above.start, above.end, "embed", "embed", "a post of a network")
        number -= 1
