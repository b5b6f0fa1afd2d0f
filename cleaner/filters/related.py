"""Blocks of other stories that stand inside the story: a heading, and the headlines below it."""

from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cache, partial

from ..credits import ends_in_credit
from ..datelines import BYLINE
from ..dates import dated, relative
from ..link import LIST_ITEM
from ..reading import read
from ..shapes import Shape, headline, prose, shape, strong
from ..spans import Claim, Page, Span

SPONSORED = ("sponsored by", "promoted by", "pelajari lebih lanjut", "disponsori oleh", "learn more")
MOST = 10  # lines below one heading
LONGEST = 160  # characters of a headline
# A headline between two paragraphs is a link to another story if it has so many words that tell something,
# and so small a share of them stands in the story. In 4,499 texts of lines 251 such headlines have no label:
# of the 13 with a share so small all are links and captions, with up to a half every third is a subheading.
FEWEST, SHARED = 3, 1 / 3
RETOLD = 0.5  # the same share for the blurbs of two such headlines, one below the other
BLURB = 300  # characters of a blurb
TELLING = 3  # sentences of a story that says enough to ask it
TOLD = 20_000  # characters of it that are asked, and LINES above a headline: more would cost their square
LINES = 200
SHORTEST = 5  # words of such a headline
CAPITALS = 0.75  # share of its longer words that begin with one; a broken sentence full of names has fewer


def related(page: Page) -> Iterator[Claim]:
    """Claim headlines below a heading that a rule has found, and other stories that nothing announces.

    These are headlines behind a bullet, those that the page prints twice, and those of which the story says
    nothing, with their blurbs. Leaves alone the paragraph behind them, lists of the story, its subheadings.

    >>> from cleaner import clean
    >>> first = "Warga mulai pulang setelah banjir surut sejak pagi tadi di desa itu."
    >>> second = "Mereka berharap hujan tidak turun lagi sampai akhir pekan ini."
    >>> clean(f"{first}\\nBerita Rekomendasi\\nHarga Cabai Naik di Pasar Induk\\n{second}").paragraphs[1]
    'Mereka berharap hujan tidak turun lagi sampai akhir pekan ini.'
    """
    below = 0
    prose_seen = False
    for span in _teasers(page):
        why = "a headline or its blurb, of which the story says nothing"
        yield Claim(span.start, span.end, "related", "related", why)
    contents = yield from _contents(page)
    headings = {" ".join(span.text.split()) for span in page.spans if span.start in contents}
    listed = cache(partial(_listed, page, contents))  # dear, and on most pages never asked for
    linked = cache(partial(_linked, page))
    strange = partial(_strange, cache(partial(_sentences, page)))
    for number, span in enumerate(page.spans):
        if span.start in contents:
            continue
        if span.label:
            if span.label == "related" and prose_seen:
                below = MOST
            elif span.label not in ("ad", "share", "nav"):
                below = 0
            continue
        text = span.text.strip()
        after = page.spans[number + 1] if number + 1 < len(page.spans) else None
        form = shape(text)
        if below and _listable(text, form) and " ".join(text.split()) not in headings:
            yield Claim(span.start, span.end, "related", "related", "a headline below the heading of a block")
            below -= 1
            continue
        below = 0
        prose_seen = prose_seen or strong(form)
        ad = after.text.lstrip().casefold() if after and after.label == "ad" else ""
        inside = prose_seen and headline(form) and _between(page, number) and page.whole(span)
        bullet = text[:2] == "• " and page.whole(span) and (form.words >= 6 or _between(page, number))
        if ad.startswith(SPONSORED) and not form.full and form.length < LONGEST:
            yield Claim(span.start, span.end, "ad", "related", "the headline of an advertisement")
        elif inside and not ends_in_credit(text) and " ".join(text.split()) in listed():
            yield Claim(span.start, span.end, "readmore", "related", "a headline that the page prints twice")
        elif inside and form.capitals >= CAPITALS and _opens_like_a_headline(text) and strange(text, after):
            why = "a headline of which the story says nothing"
            yield Claim(span.start, span.end, "readmore", "related", why)
        elif bullet and number in linked():
            yield Claim(span.start, span.end, "readmore", "related", "a headline behind a bullet")


def _listable(text: str, form: Shape) -> bool:
    """Whether a line may be one of those below a heading: a headline, a date, or a word or two."""
    if strong(form) or LIST_ITEM.match(text):
        return False
    return headline(form) or relative(text) or dated(text) or (form.words <= 3 and not form.stops)


def _contents(page: Page) -> Generator[Claim, None, set[int]]:
    """Claims on a table of contents. Gives where its lines start; they come back as headings of the story."""
    found: set[int] = set()
    if not any(word in page.text for word in ("aftar", "AFTAR", "rtikel", "RTIKEL")):
        return found
    lines = [" ".join(span.text.split()) for span in page.spans]
    last = {line: number for number, line in enumerate(lines)}
    for number, line in enumerate(lines):
        if line.casefold().strip(":") in ("daftar isi", "isi artikel"):
            for other in range(number + 1, min(number + 30, len(lines))):
                span = page.spans[other]
                if span.label:
                    continue
                if last[lines[other]] == other:
                    break
                found.add(span.start)
                yield Claim(span.start, span.end, "nav", "related", "a line of the table of contents")
    return found


def _listed(page: Page, contents: set[int]) -> set[str]:
    """The headlines that the page prints twice, at least once in a list: with another headline beside it."""
    seen: dict[str, list[int]] = {}
    for number, span in enumerate(page.spans):
        if 20 < len(span.text) < LONGEST and span.start not in contents:
            seen.setdefault(" ".join(span.text.split()), []).append(number)
    twice = {key: numbers for key, numbers in seen.items() if len(numbers) > 1}
    return {key for key, numbers in twice.items() if any(_in_list(page, number) for number in numbers)}


def _in_list(page: Page, number: int) -> bool:
    around = [page.spans[other].text for other in (number - 1, number + 1) if 0 <= other < len(page.spans)]
    return len(around) == 2 and not any(prose(shape(text)) for text in around)


def _teasers(page: Page) -> list[Span]:
    """Two other stories or more behind the last paragraph, each a headline and one paragraph below it."""
    found: list[Span] = []
    lines = page.open
    reads = [prose(shape(span.text)) for span in lines]
    at = 0
    while at + 3 < len(lines):
        end = at
        while end + 1 < len(lines) and not reads[end] and reads[end + 1] and _heads(page, lines, end):
            end += 2
        above = range(max(0, at - LINES), at)
        if end - at >= 4 and sum(reads[at - len(above) : at]) >= TELLING and not any(reads[end : end + 1]):
            told = " ".join([lines[number].text for number in above if reads[number]]).casefold()
            if _share(told, lines[at:end:2]) <= SHARED and _share(told, lines[at + 1 : end : 2]) <= RETOLD:
                found += lines[at:end]
        at = max(end, at + 1)
    return found


def _heads(page: Page, lines: tuple[Span, ...], number: int) -> bool:
    """Whether a line may be the headline of the short paragraph right below it."""
    line, below = lines[number], lines[number + 1]
    text = line.text.strip()
    if line.end != below.start or not (page.whole(line) and page.whole(below)) or len(below.text) > BLURB:
        return False
    return headline(shape(text)) and text[:1].isupper() and text[-1] != ":" and not ends_in_credit(text)


def _share(told: str, spans: Iterable[Span]) -> float:
    """How large a share of the words that tell something stands in what was told."""
    words = [word for span in spans for word in read(span.text.strip()).content]
    return sum(word in told for word in words) / max(1, len(words))


def _sentences(page: Page) -> tuple[int, str]:
    """How many lines of the page are sentences, and what they say."""
    told = [span.text for span in page.open if prose(shape(span.text))]
    return len(told), " ".join(told)[:TOLD].casefold()


def _strange(sentences: Callable[[], tuple[int, str]], text: str, below: Span | None) -> bool:
    """Whether a headline above a paragraph has so few words of the story that it heads no part of it."""
    words = read(text).content
    if len(words) < FEWEST or below is None or below.label or not strong(shape(below.text)):
        return False
    many, told = sentences()
    return many >= TELLING and sum(word in told for word in words) <= SHARED * len(words)


def _opens_like_a_headline(text: str) -> bool:
    """Whether a line begins with a word, as headlines do: no item, no name of a writer, no lead of a list."""
    named = BYLINE.match(text) or not text[:1].isupper()
    return not named and not text.endswith(":") and len(text.split()) >= SHORTEST


def _linked(page: Page) -> set[int]:
    """The numbers of lines with a bullet in runs of headlines alone; other runs belong to the story."""
    found: set[int] = set()
    run: list[int] = []
    heads = True
    for number, span in enumerate(page.spans):
        if span.text.lstrip()[:2] == "• ":
            form = shape(span.text)
            heads = heads and headline(form) and not prose(form)
            run.append(number)
            continue
        if heads:
            found.update(run)
        run, heads = [], True
    return found.union(run) if heads else found


def _between(page: Page, number: int) -> bool:
    """Whether a line stands between two paragraphs of prose."""
    spans = page.spans
    before = next((span for span in reversed(spans[max(0, number - 3) : number]) if not span.label), None)
    after = (not span.label and strong(shape(span.text)) for span in spans[number + 1 : number + 4])
    return before is not None and strong(shape(before.text)) and any(after)
