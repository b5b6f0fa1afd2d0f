"""Title, date and byline: what a page says of its story before the story begins."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from .. import datelines
from ..credits import (
    AGENCY_FIRST,
    ALONE,
    FIRST,
    SENTENCE_STOP,
    WEAK,
    bare_credit,
    credit_at_end,
    ends_in_credit,
    last_sentence,
)
from ..datelines import BYLINE as NAMED
from ..datelines import Dateline
from ..dates import DIGIT, LEAD, SEPARATED, WHEN, dated, relative
from ..expression import expression
from ..link import before_story
from ..place import Line, story
from ..publishers import known, pattern
from ..shapes import headline, shape
from ..spans import Claim, Page, Span
from ..units import breaks_off

ROLE = pattern(known("role", "opening"))
BYLINE = expression(
    rf"\s*(?:[/|(–-]+\s*)?{ROLE}\s*[:.]\s*\S.{{1,90}}$"
    r"|\s*(?:[|/–-]\s*)?(?:(?i:oleh|by|posted by|written by|ditulis oleh|liputan)"
    r"|Laporan (?:Wartawan|Reporter|Kontributor|Jurnalis))\s+[A-Z].{1,80}$|\s*Laporan\s+[A-Z][^:]{1,80}$"
    r"|\s*Tim Redaksi\s*$|\s*Tim [A-Z]?\w+\s*$"
)
HOUSE = pattern(known("names", "byline"))
EMPLOYED = expression(  # "Rina Hapsari - detikNews"
    rf"\s*[A-Z][\w.'’ -]{{2,40}}(?:\s[-–|,]\s|, )(?:{HOUSE}|[A-Z]\w*(?:\.com|\.co|\.id))\s*$"
)
CLOCKED = expression(r"\d[:.]\d\d")
BLOCKS = ("terkait", "lewatkan", "lainnya", "related")  # the words of headings above blocks of other stories
SITES = (".com", ".id", ".co", ".net")  # with which the address of a site ends
LEADING = expression(rf"{LEAD}$")
CRUMBS = expression(r".* (?:>|»|/|::) .*|Home\b.*|.{0,40}[>»]\s*$")
UNENDED = (":", "-", "–", "—")  # with which no headline ends
LONG_TITLE = 20  # words, more than which no headline has
RUBRIC = 7  # words, fewer than which a line above a headline may be its rubric
HEADER = 8  # lines above the story that make a header
SURE, SURER = 2.6, 4.4  # scores from which a line is taken for the title: below a header, and without one
ABOVE = 400  # lines above the story in which a title is looked for
SHORT = 110  # characters of a credit on a line of its own
PART = 20  # characters, more than which a line has that is looked for inside others
QUOTES = dict.fromkeys(map(ord, "\"'“”„‘’‚«»`´"))
GIVEN = 1_000  # how sure (log-odds) the decision would have to be to keep a headline that was given
CONTENT_WORD = expression(r"[^\W\d_]{4,}")
# A head that lost its lines, up to its date: the title, then a name and a house, a name behind "Oleh", or
# names behind their roles.
GLUED_HEAD = expression(
    r"\s*(?:(?:Home|Beranda)(?: ?[»>/] ?[A-Z]\w+)+ )?(?P<title>[^\n]{15,160}?)"
    r"(?:\s+(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3} ?)"
    rf" - (?P<house>{HOUSE}|[A-Z]\w+(?: \w+)?)"
    r"|\s+(?:Posted on|Diterbitkan|Published)"
    r"|\s+Oleh ?:? ?(?P<by>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})"
    rf"|\s+(?P<roles>(?:{ROLE} ?: ?[A-Z][\w.,'’-]+(?: [\w.,'’-]+){{0,5}}(?: ?[|/])? ?){{1,3}}))?\s*$"
)
# The menu above it, in which so many words stand, and the buttons below its date.
MENU = expression(rf"(?:(?:{pattern(known('menu'))})\s+){{4,}}")
BUTTONS = expression(rf"\s*(?:(?:{pattern(known('menu'))})\s+)+")
# What such a head may have behind its date: a caption, two dashes, a credit, and a dash before the dateline.
WORD = expression(r"\b[A-Z]\S+")
DASHED = expression(r"\s*(?P<caption>[^\n]{5,250}?) ?--(?P<credit>[A-Z][^\n-]{2,90})?")
RETOLD = 0.5  # share of the longer words of a headline that come back in the story
LATEST = 800  # characters in which a head stands that lost its lines


class Head(NamedTuple):
    """What was found above the story: numbers of lines, -1 where there is none."""

    title: int
    date: int
    byline: int


def head(page: Page) -> Iterator[Claim]:
    """Claim the title, the date, the byline, and the menus above them.

    Leaves alone the lines between them and the story, where captions stand; and, in a text that shows no
    date, no byline and no dateline, all but a first line that reads like a headline and whose words come back
    below. The lines above the story that say a title that was given with the text are the title.

    >>> from cleaner import clean
    >>> story = "Warga mulai pulang setelah banjir surut sejak pagi tadi di desa itu."
    >>> clean(f"Banjir Surut\\nSenin, 3 Maret 2025\\n{story}").title
    'Banjir Surut'
    """
    # Each part is claimed where it was found, in the order of the page.
    lines, first, last = story(page)
    given = _given(page, lines)
    if first == last:
        if given and given[0].start == 0:
            yield _titled(lines, given[0])
        return
    opening = next((line for line in lines if not line.span.label), None)
    dateline = datelines.find(page)
    if opening and _begins(opening) and not dateline and not any(run.start <= first for run in given):
        yield from _glued(page, opening.span, None)
        return  # the text begins with its story
    first = _start(dateline, lines, first, last)
    given = [run for run in given if run.start <= first]
    first = max([first, *(min(run.stop, last) for run in given)])
    yield from _glued(page, lines[min(first, len(lines) - 1)].span, dateline)
    if first == 0:
        return
    found = _find(page, lines, first, last, given, opened=dateline is not None)
    top = found.title if found.title >= 0 else _header(lines, first)
    if given:
        yield _titled(lines, next(run for run in given if run.start == found.title))
    elif found.title >= 0:
        yield _claim(lines[found.title].span, "title", "the headline: its words come back in the story")
    if found.date >= 0:
        yield from _dates(lines, found.date, first)
    if found.byline >= 0:
        yield from _bylines(lines, found, first)
    yield from _above(lines, found, top)
    title = _key(lines[found.title].span.text) if found.title >= 0 else ""
    for number in range(max(top, 0), first):
        line = lines[number]
        if line.strong and title and _is_blurb(lines, number):
            yield _claim(line.span, "related", "another story, above this one")
        elif 0 <= found.title < number and _key(line.span.text) == title and not _credited(lines, number):
            yield _claim(line.span, "nav", "the headline once more")


def _given(page: Page, lines: list[Line]) -> list[range]:
    """The numbers of the lines that say, one or several together, the headline that was given."""
    title = _said(page.title)
    if not title:
        return []
    keys, found = [_said(line.span.text) for line in lines], []
    for start, key in enumerate(keys):
        stop = start + 1
        while key and len(key) < len(title) and title.startswith(key) and stop < len(keys):
            key, stop = f"{key} {keys[stop]}", stop + 1  # noqa: PLW2901 - it grows line by line.
        if key == title:
            found.append(range(start, stop))
    return found


def _said(text: str) -> str:
    """What a line says, without its case, its spacing and its quotes."""
    return _key(text.translate(QUOTES))


def _titled(lines: list[Line], run: range) -> Claim:
    """The claim on lines that say the headline that was given, which no other sign outweighs."""
    span = lines[run[0]].span._replace(end=lines[run[-1]].span.end)
    return _claim(span, "title", "the headline that was given with the text")._replace(evidence=GIVEN)


def _credited(lines: list[Line], number: int) -> bool:
    """Whether a credit stands above a line, which is a caption then."""
    text = lines[number - 1].span.text
    return not lines[number - 1].span.label and len(text) < SHORT and ALONE.fullmatch(text) is not None


def _above(lines: list[Line], found: Head, top: int) -> Iterator[Claim]:
    """Claims on what stands above the headline: the rubric right above it, menus, and other stories."""
    if found.title >= 0:
        title = _key(lines[top].span.text)
        for number in range(top - 1, max(-1, top - 4), -1):
            line, text = lines[number], lines[number].span.text.strip()
            rubric = number == top - 1 or crumbs(text)
            if line.span.label or len(text) > 90 or _key(text) == title or not rubric:
                break
            if not line.prose and number not in (found.date, found.byline):
                yield _claim(line.span, "kicker", "the rubric above the headline")
    for line in lines[:top]:
        if line.prose:
            yield _claim(line.span, "related", "another story, above the headline")
        else:
            yield _claim(line.span, "nav", "stands above the headline")


def _begins(opening: Line) -> bool:
    """Whether the first line of a text is its first paragraph, and no headline."""
    text = opening.span.text.rstrip()
    if text.endswith(":"):
        return True
    return opening.prose and (opening.strong or text.endswith(".") or opening.words >= LONG_TITLE)


def _claim(span: Span, label: str, why: str) -> Claim:
    return Claim(span.start, span.end, label, "head", why)


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _start(found: Dateline | None, lines: list[Line], first: int, last: int) -> int:
    """The line where the story starts: its dateline, if one stands near, else the first line of prose."""
    # First the dateline is asked, then the dates, then prose: each narrows what the next one looks at.
    if found:
        at = next((at for at, line in enumerate(lines) if line.span.start <= found.start < line.span.end), -1)
        above = sum(line.strong for line in lines[first:at])
        most = 5 if found.strength >= 4 else 2
        if 0 <= at < last and (at <= first or above <= most) and first - at <= 25:
            return at
    for number in range(first, min(first + 8, last - 1)):  # A date in the last line has no story below it.
        tells = (line.strong and not ends_in_credit(line.span.text) for line in lines[first:number])
        if lines[number].kind == "date" and not any(tells):
            first = number + 1
    while first < last - 1 and (not lines[first].prose or lines[first].span.label):
        first += 1
    return first


def _header(lines: list[Line], first: int) -> int:
    """Where the header begins on a page without a title: above the dates and bylines right over the story."""
    says = [line.kind == "date" or BYLINE.match(line.span.text) is not None for line in lines[:first]]
    if first < HEADER and not any(says):
        return 0
    top = first
    for number in range(first - 1, max(-1, first - 13), -1):
        if says[number] or ends_in_credit(lines[number].span.text):
            top = number
    return top


def _find(
    page: Page, lines: list[Line], first: int, last: int, given: list[range], *, opened: bool
) -> Head:
    """The lines of title, date and byline."""
    # Each of the three is looked for beside the others, so that what was found so far is at hand for the
    # next.
    few = first < HEADER  # so that a time among them is no other story's
    dates = [number for number in range(first) if _has_date(lines[number], few=few)]
    bylines = [at for at in range(first) if not lines[at].span.label and is_byline(lines[at].span.text)]
    scores = _scores(page, lines, first, last, dates, bylines)
    alone = first == 1 and page.whole(lines[0].span)
    if opened and alone and lines[0].headline and not bylines:
        scores.setdefault(0, SURE)  # one line, and a dateline right below it
    chosen = max(scores, key=lambda number: scores[number], default=-1)
    best = scores.get(chosen, 0.0)
    chosen = _beside(lines, scores, chosen)
    near_story = first - chosen <= 2 and lines[chosen].headline
    shown = bool(dates or bylines) or first >= HEADER or opened or alone
    if given:  # Of several lines that say what was given, the one that would do best.
        chosen = max(given, key=lambda run: scores.get(run.start, 0.0)).start
    elif not shown or best < (SURE if first >= HEADER or dates or near_story else SURER):
        chosen = -1
    near = chosen if chosen >= 0 else first

    def distance(number: int) -> float:
        hourless = 0 if CLOCKED.search(lines[number].span.text) else 3
        return abs(number - near) + (0.5 if number < near else 0) + hourless

    date = min((number for number in dates if _counts(lines, number, near)), key=distance, default=-1)
    if chosen < 0 and date >= 0 and first - date > 12:
        date = -1
    named = (number for number in bylines if chosen < number or near - number <= 6)
    byline = min(named, key=lambda number: abs(number - near), default=-1)
    return Head(chosen, date, byline)


def _beside(lines: list[Line], scores: dict[int, float], chosen: int) -> int:
    """The title among the line that scores best and the ones beside it, which may do nearly as well."""
    best = scores.get(chosen, 0.0)
    above, below = scores.get(chosen - 1, 0.0), scores.get(chosen + 1, 0.0)
    near = max(SURE, best - 1.0)
    if above > near and lines[chosen - 1].words >= RUBRIC:
        return chosen - 1  # the line below is the standfirst
    if above > SURE and lines[chosen - 1].headline and _in_sentences(lines[chosen]):
        return chosen - 1
    if below > near and lines[chosen].words < RUBRIC <= lines[chosen + 1].words:
        return chosen + 1  # the line above is a rubric
    return chosen


def _in_sentences(line: Line) -> bool:
    """Whether a line is made of sentences, or is longer than any headline."""
    return line.words > LONG_TITLE or SENTENCE_STOP.search(line.span.text) is not None


def _scores(
    page: Page, lines: list[Line], first: int, last: int, dates: list[int], bylines: list[int]
) -> dict[int, float]:
    """How well lines above the story would do for its title, by their numbers; most are worth no score."""
    below = lines[first : min(last, first + 40)]
    told = [line for line in below if line.prose or line.span.label == "dateline"]
    text = " ".join(line.span.text for line in told).casefold()
    slug = re.sub(r"[^a-z]+", " ", page.url.casefold())
    keys = Keys(lines)
    blocks = [number for number in range(first) if _heads_block(lines[number])]
    scores: dict[int, float] = {}
    for number in range(max(0, first - ABOVE), first):
        words = lines[number].span.text.strip()
        announced = number > 0 and lines[number - 1].span.text.rstrip().endswith(":")
        if number in bylines or announced or not _can_be_title(lines[number], words):
            continue
        likely = _likely(words, text, slug, keys) + _near(number, dates, bylines)
        if number == 0 and 1 < first < HEADER and 1 in dates:
            likely += 3.5  # the first line, and the date right below it
        if likely >= SURE:  # or nothing more has to be asked
            scores[number] = likely - _unlikely(lines, number, words, first, blocks, keys)
    return scores


def _can_be_title(line: Line, words: str) -> bool:
    """Whether a line has the kind and the length of a headline, and does not begin with a date."""
    if line.kind != "other" or WHEN.match(words) or len(line.span.text) > 220:
        return False
    if words.endswith(UNENDED) or breaks_off(words):
        return False
    return 2 <= len(words.split()) <= 28


def _heads_block(line: Line) -> bool:
    """Whether a line is the heading of a block of other stories."""
    return line.kind == "related" and any(word in line.span.text.casefold() for word in BLOCKS)


class Keys:
    """The lines of a page without case and spacing: to ask whether one stands there again, or in another."""

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
        others = self._closing.get(key[-PART:], ())
        return any(len(other) > len(key) and other.endswith(key) for other in others)

    def holds_another(self, key: str) -> bool:
        """Whether another line stands inside this one."""
        others = (other for word in key.split() for other in self._opening.get(word, ()))
        return any(len(other) < len(key) and other in key for other in others)


def _likely(text: str, story_text: str, slug: str, keys: Keys) -> float:
    """What speaks for a line as the title: its words come back in the story, the address, or another line."""
    key = _key(text)
    words = [word.casefold() for word in CONTENT_WORD.findall(text)]
    value = 0.12 * min(len(text.split()), 14)
    if words:
        told = [(word if len(word) >= 5 else f" {word}") in story_text for word in words]
        value += 4.0 * sum(told) / len(words)
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
    # A sum of signs, each of its own weight: a branch a sign.
    value = 0.01 * min(first - number, 100)
    count = len(text.split())
    if count <= 3:
        value += 1.5 if count == 3 else 2.5
    if ends_in_credit(text) or FIRST.match(text) or bare_credit(text) or _closes_caption(text):
        value += 4.0
    if AGENCY_FIRST.match(text):  # or a headline about it: "Facebook Keluarkan …"
        value += 1.0
    if any(ending in text.casefold() for ending in SITES):
        value += 1.0
    if text.count(",") >= 3:
        value += 1.5
    if keys.holds_another(_key(text)):
        value += 2.0
    if crumbs(text) or " | " in text:
        value += 2.5
    if text.startswith("("):
        value += 1.5
    if text.startswith(("“", '"')) and text.endswith(("”", '"', ".")):
        value += 2.0
    if lines[number].prose:
        value += 2.5 if text.endswith((".", '"', "”")) else 0.8
    around = [lines[other] for other in (number - 1, number + 1) if 0 <= other < first]
    value += 0.5 * sum(line.headline and line.words >= 5 for line in around)
    if first >= HEADER and any(line.kind == "when" for line in lines[max(0, number - 1) : number + 2]):
        value += 2.0
    if any(number - 8 <= block < number for block in blocks):
        value += 2.0
    return value


def _closes_caption(text: str) -> bool:
    """Whether a line closes with a copyright, or with a name in brackets behind its full stop."""
    weak = WEAK.search(text)
    return "©" in text or (weak is not None and text[: weak.start()].endswith("."))


def crumbs(text: str) -> bool:
    """Whether a line is a path through the rubrics of a house: "Home > Berita > Daerah"."""
    may = text.startswith("Home") or any(sign in text for sign in (">", "»", "/", "::"))
    return may and CRUMBS.fullmatch(text) is not None


def _has_date(line: Line, *, few: bool) -> bool:
    """Whether a line is a date, or holds one beside a name or a counter; beside a rubric, with ``few``."""
    text = line.span.text
    if line.kind == "date":
        return True
    if line.kind not in ("other", "when" if few else "") or len(text) > 130 or not DIGIT.search(text):
        return False
    found = WHEN.search(text)
    if not found or text.rstrip().endswith(".") or relative(text):
        return False
    if len(text.strip()) - len(found.group()) < 60:
        return True
    return not text[: found.start()].strip() and CLOCKED.search(found.group()) is not None


def _counts(lines: list[Line], number: int, near: int) -> bool:
    """Whether a date can be the story's. High above the title stands the page's own, which shows no hour."""
    return near - number <= 6 or ":" in lines[number].span.text[-16:] and near - number <= 12


def is_byline(text: str) -> bool:
    """Whether a line names the writer, and nothing else.

    >>> is_byline("Penulis: Rina Hapsari"), is_byline("Rina Hapsari tertawa.")
    (True, False)
    >>> is_byline("Rina Hapsari - detikNews")
    True
    """
    text = text.strip()
    return len(text) < 110 and bool(BYLINE.match(text) or EMPLOYED.match(text)) and not dated(text)


def _dates(lines: list[Line], number: int, first: int) -> Iterator[Claim]:
    """Claims on the date, and on the lines that say the same in other words."""
    span = lines[number].span
    stamp = WHEN.search(span.text)
    if lines[number].kind == "date":
        last = span
        if not dated(span.text):  # It stands over several lines, as on a calendar: month, day, year, hour.
            for line in lines[number + 1 : first]:
                if line.kind != "date" and not _is_day(line.span.text.strip()):
                    break
                last = line.span
        yield _claim(span._replace(end=last.end), "date", "when the story was published")
    elif stamp:
        lead = LEADING.search(span.text, 0, stamp.start())
        start = span.start + (lead or stamp).start()
        stood = span._replace(start=start, end=span.start + stamp.end())
        yield _claim(stood, "date", "when the story was published")
        name = SEPARATED.match(span.text)
        if name:
            named = span._replace(end=span.start + name.end("name"))
            yield _claim(named, "byline", "names the writer beside the date")
    for other in range(number + 1, min(first, number + 4)):
        if lines[other].kind == "date" and not lines[other].span.label:
            yield _claim(lines[other].span, "date", "when the story was published or updated")


def _is_day(text: str) -> bool:
    """Whether a line is the day of a month: "7", "31"."""
    return text.isdecimal() and len(text) <= 2 and int(text) < 40


def _bylines(lines: list[Line], found: Head, first: int) -> Iterator[Claim]:
    yield _claim(lines[found.byline].span, "byline", "names the writer")
    for line in lines[found.byline + 1 : min(first, found.byline + 3)]:
        text = line.span.text.strip()
        if is_byline(text) or ("@" in text and not text.startswith("@") and " " not in text):  # or an address
            yield _claim(line.span, "byline", "names the writer")


def _is_blurb(lines: list[Line], number: int) -> bool:
    """Whether a paragraph above the story belongs to another one: it stands in a block of headlines."""
    return any(line.kind == "when" for line in lines[max(0, number - 2) : number + 3])


def _glued(page: Page, span: Span, found: Dateline | None) -> Iterator[Claim]:
    """Claims on a head that lost its lines: "Judul Rina - detikInet Rabu, 18 Okt 2017 Jakarta - …"."""
    # The parts of such a head bound one another, so that they are taken apart in one go.
    if span.start or page.text.lstrip("\n")[:LATEST].count("\n") or (found and found.start < 15):
        return
    prefix = page.text[: found.start] if found else span.text[:LATEST]
    stamp = WHEN.search(prefix)
    if found and not stamp and not prefix[-1].isspace() and _retold(prefix, page.text[found.end :]):
        yield Claim(0, found.start, "title", "head", "the headline, glued to the dateline")
    if not stamp or stamp.start() < 15 or prefix[stamp.start() - 1] == "(":
        return
    menu = MENU.match(prefix)
    head = GLUED_HEAD.match(prefix[: stamp.start()], menu.end() if menu else 0)
    if not head or not (found or menu or head["house"] or head["roles"]):
        return
    names = (head["name"] or "").split()
    title = head["title"]
    told = set(CONTENT_WORD.findall(page.text[len(prefix) :].casefold()))
    while len(names) > 2 and names[0].casefold() in told:
        title += " " + names.pop(0)  # a word of the title, for it comes back in the story
    start = head.start("title")
    stop = start + len(title)
    if menu:
        yield Claim(0, start, "nav", "head", "the menu above the headline")
    elif start:
        yield Claim(0, start, "kicker", "head", "the rubric above the headline")
    yield Claim(start, stop, "title", "head", "the headline, glued to what follows it")
    by = head.start("by") - len("Oleh: ") if head["by"] else stop
    if names or head["by"] or head["roles"]:
        yield Claim(by, stamp.start(), "byline", "head", "names the writer")
        stop = stamp.start()
    yield Claim(stop, stamp.end(), "date", "head", "when the story was published")
    buttons = BUTTONS.match(page.text, stamp.end(), span.end)
    if menu and buttons:
        yield Claim(stamp.end(), buttons.end(), "nav", "head", "buttons below the headline")
    limit = found.start if found else span.end
    dashed = DASHED.match(page.text, stamp.end(), limit) if head["roles"] else None
    if dashed:
        yield from _dashed(page.text, dashed, found, title)
    elif found:
        yield from _behind_date(prefix, stamp.end(), found.start)


def _retold(prefix: str, story_text: str) -> bool:
    """Whether words before the dateline are a headline: most of them come back in the story."""
    if not headline(shape(prefix)) or is_byline(prefix) or ends_in_credit(prefix):
        return False
    words = [word.casefold() for word in CONTENT_WORD.findall(prefix)]
    told = sum([word in story_text.casefold() for word in words])
    return told >= RETOLD * len(words)


def _dashed(text: str, dashed: re.Match[str], found: Dateline | None, title: str) -> Iterator[Claim]:
    """Claims on the caption and the credit of such a head, with two dashes between them."""
    date, caption = dashed.start(), dashed.end("caption")
    start, end = dashed.start("credit"), dashed.end()
    if dashed["credit"] and not found:
        words = [start + word.start() for word in WORD.finditer(dashed["credit"])][1:]
        lines = filter(None, (datelines.at(text, word, len(text)) for word in words))
        found = next((line for line in lines if "," in text[line.start : line.end]), None)
        end = before_story(text, start, start + LATEST)
    if found:
        end = found.start
        yield Claim(end, found.end, "dateline", "head", "opens the story")
    if _key(dashed["caption"]) == _key(title):
        yield Claim(date, caption, "nav", "head", "the headline once more")
    else:
        yield Claim(date, caption, "caption", "head", "the caption before a photo credit")
    if dashed["credit"]:
        yield Claim(caption, start, "nav", "head", "dashes before a photo credit")
        caption = start + len(text[start:end].rstrip(" -"))
        yield Claim(start, caption, "credit", "head", "names who made the photo")
    yield Claim(caption, end, "nav", "head", "dashes behind a caption")


def _behind_date(prefix: str, date: int, dateline: int) -> Iterator[Claim]:
    """Claims on what stands between the date and the dateline of such a head: a caption, or who wrote it."""
    rest = prefix[date:]
    credit = credit_at_end(rest.rstrip())
    if not credit:
        label = "byline" if NAMED.match(rest) else "nav"
        yield Claim(date, dateline, label, "head", "stands between headline and story")
        return
    opens = last_sentence(rest, credit[0])
    if opens:
        yield Claim(date, date + opens, "deck", "head", "stands between headline and caption")
    yield Claim(date + opens, date + credit[0], "caption", "head", "the caption before a photo credit")
    yield Claim(date + credit[0], dateline, "credit", "head", "names who made the photo")
