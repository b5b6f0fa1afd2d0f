"""What stands behind the story: blocks of other stories, menus, footers. Found by place."""

from collections.abc import Iterator

from ..dates import LEAD
from ..expression import expression
from ..link import tells
from ..place import NO_STORY, PAGE, Line, story
from ..publishers import known, pattern
from ..shapes import ended, shape
from ..spans import Claim, Page, Span
from ..units import FLAT
from .caption import CAPTION_BUTTON

HEADER = 8  # lines above the story that make a page of a text
CLOSERS = ("signoff", "legal", "tags", "related", "share", "promo", "nav", "ad")
CHROME = ("share", "nav", "legal", "tags", "related", "page")
TIMES = ("when", "date")  # kinds of lines that say when a story was published, this one or another
FLAT_MARK = expression(
    r"(?P<initials>\((?:(?=[a-z0-9]*[a-z])[a-z0-9]{2,6}(?:/(?=[a-z0-9]*[a-z])[a-z0-9]{2,6}){1,2}"
    r"|[A-Z]{2,3}/\d{1,2})\))|(?:^|(?<=[.!?)”\"]))\s*(?P<heading>Share this:|Bagikan:|Tags?:|TAGS?:"
    r"|Tag |Topik[A-Z: ]|Related Posts|Berita Terkait|Tinggalkan Balasan|Leave a|Posts? navigation"
    rf"|{pattern(known('role'))} ?:|1 2 >|Halaman:? \d|[-–—]{{1,2}} ?BERNAMA|(?<![\"“])Disclaimer ?:)"
)
# What stands behind such a heading, by its first word; behind the others stand other stories.
LABELS = {"tag": "tags", "topik": "tags", "disclaimer": "legal", "share": "share", "bagikan": "share"}
LABELS |= {role.casefold(): "signoff" for role in known("role")}
SENTENCES = expression(r"[a-z]{3}[.!?][\"”]?\s+[A-Z]\w+ [a-z]+ [a-z]+")
# The company that publishes and its address, as Malay pages end. In text that lost its lines the headlines of
# other stories stand before it, each glued to the next.
ADDRESS = expression(
    r"(?:(?<=[a-z0-9.!?”\"’')])|(?<=[.!?”\"’')]\s))(?P<name>[A-Z][\w&]{1,30}(?: [A-Z][\w&]{1,30}){0,3}"
    r" (?:\(M\) Bhd|Sdn\.? ?Bhd|Berhad)\.?,? (?:Lot|No|Jalan|Wisma|Menara|Level|Aras|Tingkat)\b)"
    r"[^.!?\n]{0,120}?\b\d{5}\b"
)
GLUE = expression(r"(?<=[a-z0-9’')])(?=[A-Z‘'])|(?<=[a-z])(?=\d)")
ENDED = expression(r"[.!?…][”\"’')]*+\s*+(?=[A-Z“\"‘'–-])")
HEADLINES = (15, 140)  # characters of a glued headline
FLAT_LONGEST = 900  # characters behind the end of a story in one line
PROSE = 0.12  # share of small words from which what stands there is prose, which goes on with the story
TITLED = 0.75  # share of capitals from which it is headlines, whatever small words stand in them
LEADS = expression(rf"\s*(?=[A-Z]){LEAD}\S")
# A row of a table, or an item of a list: a score, an hour, a name and its value, a match, a note in brackets,
# many commas.
ROW = expression(r"\d ?[-–:./] ?\d|\w ?: ?\S|;|\b[Vv]s\b|\([^()\n]{3,60}\)[^\w(]*$|[^,\n],(?:[^,\n]+,){2}")
CELL = 3  # words of a cell
TAG = 7  # words of a line of tags, which may be glued: "Liga 1Persib Bandung"
# On a page with a menu above, so many lines up to the first furniture are looked at. Of 166 pages two have
# more, and there they are headlines without a heading.
ROWS = 14
FEW = 6  # lines behind the last paragraph that stay where nothing says that they are furniture


def tail(page: Page) -> Iterator[Claim]:
    """Claim everything behind the end of the story.

    Leaves alone a few short lines at the end of a text in which nothing else is furniture: they may be a
    list.

    >>> from cleaner import clean
    >>> clean("Warga yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi.\\nSatu\\nDua").body
    'Warga yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi.\\n\\nSatu\\n\\nDua'
    """
    ends = (span for span in reversed(page.open) if len(span.text) > 40 or span.text.startswith("("))
    flat = next(ends, None)
    if flat and len(page.starts) <= FLAT:
        yield from _flat(page, flat)
    lines, first, last = story(page)
    chrome = [line.span.label in CHROME or line.kind in TIMES for line in lines]
    if first == last:
        a_page = len(lines) >= PAGE and (sum(chrome) >= 2 or any(line.kind == "legal" for line in lines))
        opened = any(line.span.label == "dateline" for line in lines)
        if (a_page and not opened) or any(line.span.rule == NO_STORY for line in lines):
            why = "no two paragraphs stand together, and none under a date or a name"
            yield Claim(0, len(page.text), "nav", "tail", f"the page has no story: {why}")
        return
    shown = _shown(lines, first, last)
    if first < HEADER or not any(chrome[:first]) or shown - last <= ROWS:
        last = shown
    rest = lines[last:]
    for line in rest[:8]:
        if line.kind == "date" and LEADS.match(line.span.text):
            yield Claim(line.span.start, line.span.end, "date", "tail", "says when the story was published")
    if len(page.starts) <= FLAT and all(_told(line) for line in rest if not line.span.label):
        return  # in one line the story goes on behind an invitation or a copyright
    if rest and (len(rest) > FEW or any(line.closing for line in rest) or _outside(lines, first, last)):
        tagged = len(rest) <= FEW and _tags([line for line in rest if not line.span.label])
        label = "tags" if tagged else "related"
        yield Claim(rest[0].span.start, len(page.text), label, "tail", "stands behind the end of the story")


def _flat(page: Page, span: Span) -> Iterator[Claim]:
    """Claims on the end of a text that lost its lines: initials, and what is behind them or a heading."""
    text = span.text
    end = max(len(text) // 3, len(text) - FLAT_LONGEST)
    address = ADDRESS.search(text, end) if "Bhd" in text or "Berhad" in text else None
    if address and len(SENTENCES.findall(text, address.end())) <= 1:
        start = _headlines(text, address.start("name"))
        yield Claim(span.start + start, span.end, "related", "tail", "stands behind the end of the story")
        return
    for mark in FLAT_MARK.finditer(text, len(text) // 3 if page.line_start(span.start) else 0):
        rest = text[mark.start() :] if mark.start() >= len(text) - FLAT_LONGEST else ""
        form = shape(rest)
        reads = form.small > max(1, form.words * PROSE) and form.capitals < TITLED
        prose = reads and not rest.lstrip().startswith("Disclaimer")
        if not rest or prose or len(SENTENCES.findall(text, mark.end())) > 1:
            continue
        if mark["initials"]:
            start, end = span.start + mark.start("initials"), span.start + mark.end()
            yield Claim(start, end, "signoff", "tail", "the initials of writer and editor")
            if rest[len(mark.group()) :].strip():
                yield Claim(end, span.end, "tags", "tail", "tags behind the initials")
        else:
            start, label = span.start + mark.start("heading"), _label(mark["heading"])
            yield Claim(start, span.end, label, "tail", "stands behind the end of the story")
        return


def _headlines(text: str, end: int) -> int:
    """Where the headlines begin that stand glued up to ``end``; the first of them follows a sentence."""
    start = end
    least, most = HEADLINES
    for glue in reversed([found.start() for found in GLUE.finditer(text, 0, end)]):
        if start - glue > most or ENDED.search(text, glue, start):
            break
        if start - glue >= least:
            start = glue
    if start == end:
        return end
    ended = [found.end() for found in ENDED.finditer(text, max(0, start - most), start)]
    return ended[-1] if ended else start


def _shown(lines: list[Line], first: int, last: int) -> int:
    """The end of the story where furniture shows it: at the first. Short lines before it may be a table."""
    stop = len(lines)
    for number in range(last, len(lines)):
        line = lines[number]
        closes = line.span.label in CLOSERS and not line.span.rule.startswith(CAPTION_BUTTON)
        if closes or line.kind in TIMES:
            stop = number
            break
    behind = [line for line in lines[last:stop] if not line.span.label]
    linked = stop == len(lines) > last and lines[last].span.label == "readmore"
    tagged = linked or any(line.kind == "date" for line in lines[:first])
    return last if _listed(behind) or (tagged and _tags(behind)) else stop


def _tags(behind: list[Line]) -> bool:
    """Whether lines behind the story are tags without a heading: short, and no row of a table."""
    texts = [line.span.text.rstrip() for line in behind]
    short = 0 < len(texts) <= FEW and all(len(text.split()) <= TAG for text in texts)
    return short and not any(ended(text) or ROW.search(text) for text in texts)


def _listed(behind: list[Line]) -> bool:
    """Whether lines behind the story are other stories: more headlines and blurbs than rows and items."""
    rows = headlines = 0
    for line in behind:
        text = line.span.text.rstrip()
        row = not line.prose and (line.kind == "item" or len(text.split()) <= CELL or bool(ROW.search(text)))
        rows += row
        headlines += line.prose or (line.headline and not row)
    return headlines > rows


def _label(heading: str) -> str:
    return next((label for word, label in LABELS.items() if heading.casefold().startswith(word)), "related")


def _told(line: Line) -> bool:
    """Whether a line is a sentence, long or short."""
    return line.prose or (shape(line.span.text).full and tells(line.span.text))


def _outside(lines: list[Line], first: int, last: int) -> bool:
    """Whether a page goes on behind the story: with furniture around, or at its end and a date above."""
    if lines[last - 1].span.label or lines[last].span.label == "readmore":
        return True
    if any(line.span.label in ("share", "legal", "nav") for line in lines[last:]):
        return True
    return lines[-1].span.label in CLOSERS and any(line.kind == "date" for line in lines[:first])
