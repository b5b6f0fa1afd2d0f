"""Title, date and byline: what a page says of its story before the story begins."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from .. import datelines
from ..credits import bare_credit, begins_with_credit, credit_at_end, ends_in_credit, last_sentence
from ..datelines import Dateline
from ..dates import DIGIT, LEAD, SEPARATED, WHEN, dated, relative
from ..expression import expression
from ..place import NOTE, Line, story
from ..publishers import known, pattern
from ..spans import Claim, Page, Span

ROLE = (
    r"(?:Penulis|Oleh|OLEH|By|Reporter|Pewarta|Editor|Red|Rep|Redaktur|Jurnalis|Wartawan|Author|Ditulis oleh"
    r"|Liputan|LIPUTAN|Kontributor|Laporan(?: Wartawan| Reporter| Kontributor| Jurnalis)?|Posted by"
    r"|Written by|Tim Liputan|Tim Redaksi|Text|Teks)"
)
BYLINE = expression(
    rf"\s*(?:[/|(–-]+\s*)?{ROLE}\s*[:.]\s*\S.{{1,90}}$|\s*(?:[|/–-]\s*)?(?:Oleh|OLEH|By|by|Posted by|Written by"
    rf"|Ditulis oleh|Laporan(?: (?:Wartawan|Reporter|Kontributor|Jurnalis))?)\s+[A-Z].{{1,80}}$|\s*(?:LIPUTAN"
    rf"|Liputan)\s+[A-Z].{{2,80}}$|\s*Tim Redaksi\s*$|\s*Tim [A-Z]?\w+\s*$"
)
EMPLOYED = expression(  # "Rina Hapsari - detikNews"
    r"\s*[A-Z][\w.'’ -]{2,40}(?:\s[-–|,]\s|, )"
    rf"(?:{pattern(known('names', 'byline'))}|[A-Z]\w*(?:\.com|\.co|\.id))\s*$"
)
CLOCKED = expression(r"\d[:.]\d\d")
TILE = expression(r"\s*[0-3]?\d\s*")
DOMAIN = expression(r"\b\w+\.(?:com|co\.id|id|co|net)\b", re.I)
BLOCK = expression(r"terkait|lewatkan|lainnya|related", re.I)
MAIL = expression(r"\s*(?>\S+?@)\S+\.\w+\s*$")
LEADING = expression(rf"{LEAD}$")
CREDITISH = expression(r"\(?(?:Foto|FOto|FOTO|Photo|credit|Credit|Sumber)\s*[:;]|/(?:AFP|ANTARA|REUTERS|Antara)|Getty Images")
CRUMBS = expression(r".* (?:>|»|/|::) .*|Home\b.*|.{0,40}[>»]\s*$")
LONG_TITLE = 20  # words, more than which no headline has
HEADER = 8  # lines above the story that make a header
SURE, SURER = 2.6, 4.4  # scores from which a line is taken for the title: below a header, and without one
ABOVE = 400  # lines above the story in which a title is looked for
PART = 20  # characters, more than which a line has that is looked for inside others
CONTENT_WORD = expression(r"[^\W\d_]{4,}")
GLUED_HEAD = expression(
    r"\s*(?:(?:Home|Beranda)(?: ?[»>/] ?[A-Z]\w+)+ )?(?P<title>[^\n]{15,160}?)"
    r"(?:\s+(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3} ?)"
    rf" - (?P<house>{pattern(known('names', 'byline'))}|[A-Z]\w+(?: \w+)?)"
    r"|\s+(?:Posted on|Diterbitkan|Published)"
    r"|\s+Oleh ?:? ?(?P<by>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}))?\s*$"
)
GLUED_BY = expression(r"\s*(?:[Bb]y|[Oo]leh|Penulis|Reporter|Editor|Pewarta)\b")
ZONED = expression(r"(?:\s*(?:WIB|WITA|WIT))?")
FULL_STOP = expression(r"[a-z]\.\s")
LATEST = 400  # characters in which a head stands that lost its lines


class Head(NamedTuple):
    """What was found above the story: numbers of lines, -1 where there is none."""

    title: int
    date: int
    byline: int


def head(page: Page) -> Iterator[Claim]:
    """Claim the title, the date, the byline, and the menus above them.

    Leaves alone the lines between them and the story, where captions stand; and the first line of a text that shows no
    date, no byline and no dateline, for a body that was cleaned before must not lose its first line.

    >>> from cleaner import clean
    >>> clean("Banjir Surut\\nSenin, 3 Maret 2025\\nWarga mulai pulang setelah banjir surut sejak pagi tadi di desa itu.").title
    'Banjir Surut'
    """
    lines, first, last = story(page)
    if first == last:
        return
    opening = next((line for line in lines if not line.span.label), None)
    dateline = datelines.find(page)
    if opening and _begins(opening) and not dateline:
        return  # the text begins with its story
    first = _start(dateline, lines, first, last)
    yield from _glued(page, lines[first].span, dateline)
    if first == 0:
        return
    found = _find(page, lines, first, last, opened=dateline is not None)
    top = found.title if found.title >= 0 else _header(lines, first)
    if found.title >= 0:
        yield _claim(lines[found.title].span, "title", "the headline: its words come back in the story")
    if found.date >= 0:
        yield from _dates(lines, found.date, first)
    if found.byline >= 0:
        yield from _bylines(lines, found, first)
    title = _key(lines[found.title].span.text) if found.title >= 0 else ""
    if found.title >= 0 or first - top >= 0 and top > 0:
        for number in range(top - 1, max(-1, top - 4), -1):
            text = lines[number].span.text.strip()
            if lines[number].span.label or len(text) > 90 or _key(text) == title or (not crumbs(text) and number != top - 1) or found.title < 0:
                break
            if not lines[number].prose and number not in (found.date, found.byline):
                yield _claim(lines[number].span, "kicker", "the rubric above the headline")
        for line in lines[:top]:
            yield _claim(line.span, "nav", "stands above the headline") if not line.prose else _claim(line.span, "related", "another story, above the headline")
    for number in range(max(top, 0), first):
        line = lines[number]
        if line.strong and found.title >= 0 and number < first and _is_blurb(lines, number):
            yield _claim(line.span, "related", "another story, above this one")
        elif title and number > found.title and _key(line.span.text) == title:
            yield _claim(line.span, "nav", "the headline once more")


def _begins(opening: Line) -> bool:
    """Whether the first line of a text is its first paragraph, and no headline."""
    text = opening.span.text.rstrip()
    return text.endswith(":") or (opening.prose and (opening.strong or text.endswith(".") or opening.words >= LONG_TITLE))


def _claim(span: Span, label: str, why: str) -> Claim:
    return Claim(span.start, span.end, label, "head", why)


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _start(found: Dateline | None, lines: list[Line], first: int, last: int) -> int:
    """The line where the story starts: its dateline, if one stands near, else the first line of prose that is no caption."""
    if found:
        at = next((number for number, line in enumerate(lines) if line.span.start <= found.start < line.span.end), -1)
        above = sum(line.strong for line in lines[first:at])
        if 0 <= at < last and (at <= first or above <= (5 if found.strength >= 4 else 2)) and first - at <= 25:
            return at
    for number in range(first, min(first + 8, last - 1)):  # A date in the last line has no story below it.
        if lines[number].kind == "date" and not any(line.strong and not CREDITISH.search(line.span.text) for line in lines[first:number]):
            first = number + 1
    while first < last - 1 and (not lines[first].prose or lines[first].span.label):
        first += 1
    return first


def _header(lines: list[Line], first: int) -> int:
    """Where the header begins on a page without a title: above the dates and bylines that stand right over the story."""
    if first < HEADER and not any(line.kind == "date" or BYLINE.match(line.span.text) for line in lines[:first]):
        return 0
    top = first
    for number in range(first - 1, max(-1, first - 13), -1):
        if lines[number].kind == "date" or BYLINE.match(lines[number].span.text) or CREDITISH.search(lines[number].span.text):
            top = number
    return top


def _find(page: Page, lines: list[Line], first: int, last: int, *, opened: bool) -> Head:
    """The lines of title, date and byline."""
    dates = [number for number in range(first) if lines[number].kind == "date" or (lines[number].kind == "other" and _has_date(lines[number].span.text))]
    bylines = [number for number in range(first) if not lines[number].span.label and is_byline(lines[number].span.text)]
    text = " ".join(line.span.text for line in lines[first : min(last, first + 40)] if line.prose or line.span.label == "dateline").casefold()
    slug = re.sub(r"[^a-z]+", " ", page.url.casefold())
    keys = Keys(lines)
    blocks = [number for number in range(first) if lines[number].kind == "related" and BLOCK.search(lines[number].span.text)]
    scores: dict[int, float] = {}
    for number in range(max(0, first - ABOVE), first):
        line = lines[number]
        if line.kind != "other" or number in bylines or WHEN.match(line.span.text.lstrip()) or not 2 <= len(line.span.text.split()) <= 28 or len(line.span.text) > 220:
            continue
        words = lines[number].span.text.strip()
        likely = _likely(words, text, slug, keys) + _near(number, dates, bylines)
        if number == 0 and 1 < first < HEADER and lines[1].kind == "date":
            likely += 3.5  # the first line, and the date right below it
        if likely >= SURE:  # or nothing more has to be asked
            scores[number] = likely - _unlikely(lines, number, words, first, blocks, keys)
    chosen = max(scores, key=lambda number: scores[number], default=-1)
    best = scores.get(chosen, 0.0)
    if scores.get(chosen - 1, 0.0) > max(SURE, best - 1.0) and lines[chosen - 1].words >= 7:
        chosen -= 1  # the line below is the standfirst
    near_story = first - chosen <= 2 and lines[chosen].headline
    shown = bool(dates or bylines) or first >= HEADER or opened
    if not shown or best < (SURE if first >= HEADER or dates or near_story else SURER):
        chosen = -1
    near = chosen if chosen >= 0 else first

    def distance(number: int) -> float:
        return abs(number - near) + (0.5 if number < near else 0) + (0 if CLOCKED.search(lines[number].span.text) else 3)

    date = min((number for number in dates if _counts(lines, number, near)), key=distance, default=-1)
    if chosen < 0 and date >= 0 and first - date > 12:
        date = -1
    byline = min((number for number in bylines if chosen < number or near - number <= 6), key=lambda number: abs(number - near), default=-1)
    return Head(chosen, date, byline)


class Keys:
    """The lines of a page without their case and spacing, to ask whether one stands there again or inside another."""

    def __init__(self, lines: list[Line]) -> None:
        self.times = Counter([_key(line.span.text) for line in lines])
        self._opening: dict[str, list[str]] = {}
        self._closing: dict[str, list[str]] = {}
        for key in self.times:
            if len(key) > PART:
                self._opening.setdefault(key.split(" ", 1)[0], []).append(key)
                self._closing.setdefault(key[-PART:], []).append(key)

    def ends_another(self, key: str) -> bool:
        """Whether another line ends in this one."""
        return any(len(other) > len(key) and other.endswith(key) for other in self._closing.get(key[-PART:], ()))

    def holds_another(self, key: str) -> bool:
        """Whether another line stands inside this one."""
        return any(len(other) < len(key) and other in key for word in key.split() for other in self._opening.get(word, ()))


def _likely(text: str, story_text: str, slug: str, keys: Keys) -> float:
    """What the words of a line say for its being the title: they come back in the story, in the address, or on another line."""
    key = _key(text)
    words = [word.casefold() for word in CONTENT_WORD.findall(text)]
    value = 0.12 * min(len(text.split()), 14)
    if words:
        value += 4.0 * sum([(word if len(word) >= 5 else f" {word}") in story_text for word in words]) / len(words)
    if keys.times[key] > 1:
        value += 1.0
    if len(key) > PART and keys.ends_another(key):
        value += 0.6
    if slug and words:
        value += 2.5 * sum([word in slug for word in words]) / len(words)
    return value


def _near(number: int, dates: list[int], bylines: list[int]) -> float:
    """What the place of a line says for its being the title: date and byline stand near."""
    value = 0.0
    for numbers, most in ((dates, 2.0), (bylines, 1.0)):
        gap = min([abs(number - other) for other in numbers], default=99)
        value += most * max(0.0, 1 - (gap - 1) / 6) if gap <= 6 else 0.0
    return value


def _unlikely(lines: list[Line], number: int, text: str, first: int, blocks: list[int], keys: Keys) -> float:
    """What speaks against a line's being the title: it looks like something else, or stands in a list."""
    value = 0.01 * min(first - number, 100)
    count = len(text.split())
    if count <= 3:
        value += 1.5 if count == 3 else 2.5
    if ends_in_credit(text) or begins_with_credit(text) or bare_credit(text):
        value += 4.0
    if "." in text and DOMAIN.search(text):
        value += 1.0
    if text.count(",") >= 3:
        value += 1.5
    if keys.holds_another(_key(text)):
        value += 2.0
    if CREDITISH.search(text) or crumbs(text) or " | " in text or NOTE.match(text):
        value += 2.5
    if text.startswith("("):
        value += 1.5
    if text.startswith(("“", '"')) and text.endswith(("”", '"', ".")):
        value += 2.0
    if lines[number].prose:
        value += 2.5 if text.endswith((".", '"', "”")) else 0.8
    around = [lines[other] for other in (number - 1, number + 1) if 0 <= other < first]
    value += 0.5 * sum(line.headline and line.words >= 5 for line in around)
    if number and lines[number - 1].kind == "when" or number + 1 < len(lines) and lines[number + 1].kind == "when":
        value += 2.0
    if any(number - 8 <= block < number for block in blocks):
        value += 2.0
    return value


def crumbs(text: str) -> bool:
    """Whether a line is a path through the rubrics of a house: "Home > Berita > Daerah"."""
    return (text.startswith("Home") or ">" in text or "»" in text or "/" in text or "::" in text) and CRUMBS.fullmatch(text) is not None


def _has_date(text: str) -> bool:
    """Whether a line holds a stamp, beside a name or a counter."""
    if len(text) > 130 or not DIGIT.search(text):
        return False
    found = WHEN.search(text)
    if not found or text.rstrip().endswith(".") or relative(text):
        return False
    return len(text.strip()) - len(found.group()) < 60 or (not text[: found.start()].strip() and bool(CLOCKED.search(found.group())))


def _counts(lines: list[Line], number: int, near: int) -> bool:
    """Whether a date can be the story's: the page's own clock stands high above the title and shows no hour."""
    return near - number <= 6 or ":" in lines[number].span.text[-16:] and near - number <= 12


def is_byline(text: str) -> bool:
    """Whether a line names the writer, and nothing else.

    >>> is_byline("Penulis: Rina Hapsari"), is_byline("Rina Hapsari - detikNews"), is_byline("Rina Hapsari tertawa.")
    (True, True, False)
    """
    text = text.strip()
    return len(text) < 110 and bool(BYLINE.match(text) or EMPLOYED.match(text)) and not dated(text)


def _dates(lines: list[Line], number: int, first: int) -> Iterator[Claim]:
    """Claims on the date, and on the lines that say the same in other words."""
    span = lines[number].span
    if lines[number].kind == "date":
        behind = next(other for other in range(number + 1, first + 1) if other == first or not (lines[other].kind == "date" or TILE.fullmatch(lines[other].span.text)))
        # A date that stands over several lines, as on a calendar: month, day, year, hour.
        last = span if dated(span.text) else lines[behind - 1].span
        yield _claim(span._replace(end=last.end), "date", "when the story was published")
    else:
        stamp = WHEN.search(span.text)
        if stamp:
            lead = LEADING.search(span.text, 0, stamp.start())
            yield _claim(span._replace(start=span.start + (lead.start() if lead else stamp.start()), end=span.start + stamp.end()), "date", "when the story was published")
            name = SEPARATED.match(span.text)
            if name:
                yield _claim(span._replace(end=span.start + name.end("name")), "byline", "names the writer beside the date")
    for other in range(number + 1, min(first, number + 4)):
        if lines[other].kind == "date" and not lines[other].span.label:
            yield _claim(lines[other].span, "date", "when the story was published or updated")


def _bylines(lines: list[Line], found: Head, first: int) -> Iterator[Claim]:
    yield _claim(lines[found.byline].span, "byline", "names the writer")
    for other in range(found.byline + 1, min(first, found.byline + 3)):
        if is_byline(lines[other].span.text) or MAIL.match(lines[other].span.text):
            yield _claim(lines[other].span, "byline", "names the writer")


def _is_blurb(lines: list[Line], number: int) -> bool:
    """Whether a paragraph above the story belongs to another one: it stands in a block of headlines."""
    return any(line.kind == "when" for line in lines[max(0, number - 2) : number + 3])


def _glued(page: Page, span: Span, found: Dateline | None) -> Iterator[Claim]:
    """Claims on a head that lost its lines: "Judul Nama Wartawan - detikInet Rabu, 18 Okt 2017 12:26 WIB Jakarta - …"."""
    if span.start or page.text.lstrip("\n")[:LATEST].count("\n"):
        return
    if found and found.start < 15:
        return
    prefix = page.text[: found.start] if found else span.text[:LATEST]
    stamp = WHEN.search(prefix)
    if not stamp or stamp.start() < 15 or prefix[stamp.start() - 1] == "(" or FULL_STOP.search(prefix[: stamp.start()]):
        return
    before = GLUED_HEAD.match(prefix[: stamp.start()])
    if not before or (not found and not before["house"]):
        return
    if before["by"]:
        yield Claim(before.start("by") - 6, stamp.start(), "byline", "head", "names the writer")
    names = (before["name"] or "").split()
    title = before["title"]
    while len(names) > 2 and names[0].casefold() in page.text[len(prefix) :].casefold():
        title += " " + names.pop(0)
    start = before.start("title")
    if start:
        yield Claim(0, start, "kicker", "head", "the rubric above the headline")
    stop = start + len(title)
    yield Claim(start, stop, "title", "head", "the headline, glued to what follows it")
    if names:
        yield Claim(stop, stamp.start(), "byline", "head", "names the writer")
    zone = ZONED.match(prefix, stamp.end())
    yield Claim(stamp.start() if names or before["by"] else stop, zone.end() if zone else stamp.end(), "date", "head", "when the story was published")
    if found:
        rest = prefix[stamp.end() :]
        credit = credit_at_end(rest.rstrip())
        if credit:
            opening = last_sentence(rest, credit[0])
            if opening:
                yield Claim(stamp.end(), stamp.end() + opening, "deck", "head", "stands between headline and caption")
            yield Claim(stamp.end() + opening, stamp.end() + credit[0], "caption", "head", "the caption before a photo credit")
            yield Claim(stamp.end() + credit[0], found.start, "credit", "head", "names who made the photo")
        else:
            by = GLUED_BY.match(rest)
            yield Claim(stamp.end(), found.start, "byline" if by else "nav", "head", "stands between headline and story")
