"""What videos and posts leave behind: "Simak Video 'T'", a tweet and its author line, "pic.twitter.com/…"."""

from collections.abc import Iterator

from ..expression import expression
from ..shapes import shape, strong
from ..spans import Claim, Page, Span

VIDEO = expression(
    r"\s*(?:(?:[Ss]imak|[Ll]ihat|[Tt]onton|[Ss]aksikan)(?: [Jj]uga| [Ii]nfo)?:? ?(?:[Vv]ideo|VIDEO"
    r"|[Ll]ive ?[Dd]etik\w*|[Ll]ive)\b[^\n]{0,200}|(?:[Ss]imak|[Ll]ihat|[Tt]onton|[Ss]aksikan)(?: [Jj]uga)? ['\"“‘][^'\"”’\n]{5,120}['\"”’](?: di sini)?:?"
    r"|V(?:IDEO|ideo): (?=[A-Z\"“])[^\n]{5,160}|(?:[Ss]imak|[Ss]aksikan|[Tt]onton) [^\n.]{0,60}(?:dalam"
    r"|di|pada) video (?:di atas|berikut(?: ini)?|di bawah(?: ini)?)[.:]?)\s*"
)
ENDING = expression(r"(?<=[.!?”\"] )Video:? (?:'[^'\n]{5,120}':?|[A-Z][^.!?:()\n]{10,120})\s*(?=\(|$)")  # the last words of a text in one line
PLACE = expression(
    r"(?:(?:[Ss]imak|[Ll]ihat|[Tt]onton|[Ss]aksikan)(?: [Jj]uga)? [Vv]ideo:? ?[^.!?\[\n]{5,140})?\[Gambas:[^\[\]\n]{2,40}\]"
)  # where detik and CNN put a video, glued behind anything
QUOTED = expression(r"(?<=[.!?”\"])\s*(?:[Ss]imak|[Ll]ihat|[Tt]onton|[Ss]aksikan)(?: [Jj]uga)? [Vv]ideo:? ?[\"“'‘](?P<title>[^\"”\n]{5,150}?)[\"”'’]:?(?=\s|$)")
BEFORE_EMBED = expression(r"(?<=[.!?”\"])\s*(?:[Ss]imak|[Ll]ihat|[Tt]onton|[Ss]aksikan)(?: [Jj]uga)? [Vv]ideo:? [^.!?\n]{5,140}\s*$")
AUTHOR = expression(r"\s*[—–-]{1,2} ?[^\n]{1,60}\(@\w{2,30}\)[^\n]{0,60}")
URL = expression(r"\s*https?://(?:www\.|m\.)?(?:youtu\.be|youtube\.com|instagram\.com|tiktok\.com|vt\.tiktok\.com|twitter\.com|x\.com|facebook\.com|fb\.watch)/\S+\s*")
WORDS = ("ideo", "VIDEO", "imak", "ihat", "onton", "aksikan", "[Gambas:", "http", "(@", "pic.twitter")  # one of them stands in whatever is claimed here
TWEET = expression(r"pic\.twitter\.com/\w+|https://t\.co/\w+")


def embed(page: Page) -> Iterator[Claim]:
    """Claim what stands for a video or a post of a network.

    Leaves alone the same verbs with a story behind them: "Saksikan pohon sakura yang bermekaran".

    >>> from cleaner.spans import Page, settle
    >>> page = Page("Simak Video \\"Banjir Surut\\"\\nDalam video itu, warga tampak tenang.")
    >>> [span.text for span in settle(page, embed(page)).spans if span.label]
    ['Simak Video "Banjir Surut"\\n']
    """
    spans = page.open
    labels = {span.start: span.label for span in page.spans}
    for number in page.holding(*WORDS):
        span = spans[number]
        text = span.text
        if len(text) < 260 and VIDEO.fullmatch(text) and not (text.rstrip().endswith(".") and len(text) > 120):
            yield Claim(span.start, span.end, "embed", "embed", "points to a video")
        elif "[Gambas:" in text and (place := PLACE.search(text)):
            yield Claim(span.start + place.start(), span.start + place.end(), "embed", "embed", "the place of a video or a post")
        elif "ideo" in text and (found := QUOTED.search(text)):
            yield Claim(span.start + found.start(), span.start + found.end(), "embed", "embed", "points to a video")
        elif "ideo" in text and (ahead := BEFORE_EMBED.search(text)) and labels.get(span.end) == "embed":
            yield Claim(span.start + ahead.start(), span.end, "embed", "embed", "points to a video")
        elif "Video" in text[-150:] and number == len(spans) - 1 and (last := ENDING.search(text, max(0, len(text) - 150))):
            yield Claim(span.start + last.start(), span.start + last.end(), "embed", "embed", "points to a video")
        elif len(text) < 200 and URL.fullmatch(text):
            yield Claim(span.start, span.end, "embed", "embed", "the address of a video or a post")
        elif "(@" in text and AUTHOR.fullmatch(text.strip()):
            yield Claim(span.start, span.end, "embed", "embed", "names the author of a post")
            yield from _post(spans, number)
        elif len(text) < 300 and TWEET.search(text) and not strong(shape(text)):
            yield Claim(span.start, span.end, "embed", "embed", "a post of a network")


def _post(spans: tuple[Span, ...], number: int) -> Iterator[Claim]:
    """The lines of a post above its author line: they have no attribution and mostly no full stop."""
    for above in reversed(spans[max(0, number - 2) : number]):
        form = shape(above.text)
        if above.end != spans[number].start and not TWEET.search(above.text):
            break
        if above.text.rstrip().endswith(":"):
            break
        if strong(form) and not TWEET.search(above.text) or AUTHOR.fullmatch(above.text.strip()):
            break
        yield Claim(above.start, above.end, "embed", "embed", "a post of a network")
        number -= 1
