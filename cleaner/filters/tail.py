"""What stands behind the story: blocks of other stories, menus, footers. Found by place."""

from collections.abc import Iterator

from ..dates import LEAD
from ..expression import expression
from ..place import NO_STORY, PAGE, Line, story
from ..shapes import STOP, shape
from ..spans import Claim, Page, Span
from .caption import CAPTION_BUTTON

HEADER = 8  # lines above the story that make a page of a text
CLOSERS = ("signoff", "legal", "tags", "related", "share", "promo", "nav", "ad")
CHROME = ("share", "nav", "legal", "tags", "related", "page")
FLAT_MARK = expression(
    r"(?P<initials>\((?:(?=[a-z0-9]*[a-z])[a-z0-9]{2,6}(?:/(?=[a-z0-9]*[a-z])[a-z0-9]{2,6}){1,2}"
    r"|[A-Z]{2,3}/\d{1,2})\))|(?:^|(?<=[.!?)”\"]))\s*(?P<heading>Share this:|Bagikan:|Tags?:|TAGS?:"
    r"|Tag |Topik[A-Z: ]|Related Posts|Berita Terkait|Tinggalkan Balasan|Leave a|Posts? navigation"
    r"|1 2 >|Halaman:? \d|[-–—]{1,2} ?BERNAMA|(?<![\"“])Disclaimer ?:)"
)
SENTENCES = expression(r"[a-z]{3}[.!?][\"”]?\s+[A-Z]\w+ [a-z]+ [a-z]+")
FLAT_LONGEST = 900  # characters behind the end of a story in one line
LEADS = expression(rf"\s*(?=[A-Z]){LEAD}\S")
# A row of a table, or an item of a list: a score, an hour, a name and its value, a match, a note in brackets, many commas.
ROW = expression(r"\d ?[-–:./] ?\d|\w ?: ?\S|;|\b[Vv]s\b|\([^()\n]{3,60}\)[^\w(]*$|[^,\n],(?:[^,\n]+,){2}")
CELL = 3  # words of a cell
TAG = 7  # words of a line of tags, which may be glued: "Liga 1Persib Bandung"
FEW = 6  # lines behind the last paragraph that stay where nothing says that they are furniture


def tail(page: Page) -> Iterator[Claim]:
    """Claim everything behind the end of the story.

    Leaves alone a few short lines at the end of a text in which nothing else is furniture: they may be a list.

    >>> from cleaner import clean
    >>> clean("Warga yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi.\\nSatu\\nDua").body
    'Warga yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi.\\n\\nSatu\\n\\nDua'
    """
    flat = next((span for span in reversed(page.spans) if not span.label and (len(span.text) > 40 or span.text.startswith("("))), None)
    if flat and len(page.starts) <= 3:
        yield from _flat(page, flat)
    lines, first, last = story(page)
    if first == last:
        chrome = sum(line.span.label in CHROME or line.kind in ("when", "date") for line in lines)
        a_page = len(lines) >= PAGE and (chrome >= 2 or any(line.kind == "legal" for line in lines))
        opened = any(line.span.label == "dateline" for line in lines)
        if (a_page and not opened) or any(line.span.rule == NO_STORY for line in lines):
            yield Claim(0, len(page.text), "nav", "tail", "the page has no story: no two paragraphs stand together, and none under a date or a name")
        return
    if first < HEADER or not any(line.span.label in CHROME or line.kind in ("when", "date") for line in lines[:first]):
        last = _shown(lines, first, last)
    rest = lines[last:]
    for line in rest[:8]:
        if line.kind == "date" and LEADS.match(line.span.text):
            yield Claim(line.span.start, line.span.end, "date", "tail", "says when the story was published")
    if rest and (len(rest) > FEW or any(line.closing for line in rest) or _outside(lines, first, last)):
        label = "tags" if len(rest) <= FEW and _tags([line for line in rest if not line.span.label]) else "related"
        yield Claim(rest[0].span.start, len(page.text), label, "tail", "stands behind the end of the story")


def _flat(page: Page, span: Span) -> Iterator[Claim]:
    """Claims on the end of a text that lost its lines: initials, and what stands behind them or behind a heading."""
    text = span.text
    for mark in FLAT_MARK.finditer(text, len(text) // 3 if page.line_start(span.start) else 0):
        rest = text[mark.start() :] if mark.start() >= len(text) - FLAT_LONGEST else ""
        form = shape(rest)
        if not rest or len(SENTENCES.findall(text, mark.end())) > 1 or (form.small > max(1, form.words * 0.12) and not rest.lstrip().startswith("Disclaimer")):
            continue
        if mark["initials"]:
            yield Claim(span.start + mark.start("initials"), span.start + mark.end(), "signoff", "tail", "the initials of writer and editor")
            if rest[len(mark.group()) :].strip():
                yield Claim(span.start + mark.end(), span.end, "tags", "tail", "tags behind the initials")
        else:
            yield Claim(span.start + mark.start("heading"), span.end, _label(mark["heading"]), "tail", "stands behind the end of the story")
        return


def _shown(lines: list[Line], first: int, last: int) -> int:
    """The end of a text that has no menu above it: short lines stay up to the first mark of furniture, for they may be a table."""
    stop = len(lines)
    for number in range(last, len(lines)):
        line = lines[number]
        if (line.span.label in CLOSERS and not line.span.rule.startswith(CAPTION_BUTTON)) or line.kind in ("when", "date"):
            stop = number
            break
    behind = [line for line in lines[last:stop] if not line.span.label]
    tagged = any(line.kind == "date" for line in lines[:first]) or (stop == len(lines) > last and lines[last].span.label == "readmore")
    return last if _listed(behind) or (tagged and _tags(behind)) else stop


def _tags(behind: list[Line]) -> bool:
    """Whether lines behind the story are tags without a heading: short, and no row of a table."""
    return 0 < len(behind) <= FEW and all(
        len(line.span.text.split()) <= TAG and not STOP.search(line.span.text.rstrip()[-4:]) and not ROW.search(line.span.text.rstrip()) for line in behind
    )


def _listed(behind: list[Line]) -> bool:
    """Whether lines behind the story are a list of other stories: more headlines and blurbs than rows of a table or items of a list."""
    rows = headlines = 0
    for line in behind:
        if not line.span.label:
            row = not line.prose and (line.kind == "item" or len(line.span.text.split()) <= CELL or bool(ROW.search(line.span.text.rstrip())))
            rows += row
            headlines += line.prose or (line.headline and not row)
    return headlines > rows


def _label(heading: str) -> str:
    word = heading.casefold()
    return "tags" if word.startswith(("tag", "topik")) else "legal" if word.startswith("disclaimer") else "share" if word.startswith(("share", "bagikan")) else "related"


def _outside(lines: list[Line], first: int, last: int) -> bool:
    """Whether the lines around the story are those of a page: furniture stands right before the rest, or behind all of it and a date above."""
    if lines[last - 1].span.label or lines[last].span.label == "readmore" or any(line.span.label in ("share", "legal", "nav") for line in lines[last:]):
        return True
    return lines[-1].span.label in CLOSERS and any(line.kind == "date" for line in lines[:first])
