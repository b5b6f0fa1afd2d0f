"""Texts made of labelled ones, so that what is fitted sees each story in several surroundings.

A page is cropped as a scraper would keep it, in lines and in one line. The story of a content field stands in the frame
of a page, and in a plain one. Furniture of one document stands in another. No label is ever guessed.
"""

import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from accuracy import Document

from cleaner.story import KEPT

Segments = list[tuple[str, str]]  # a label and a text each
Lines = list[Segments]
COPIES = {"page": 4, "content": 4}  # of a text, each with other furniture put in; one field stands in one line
CROPPED = 400  # characters of a block behind the story that a crop keeps
TIMED = 0.7  # of the headlines in a frame have a time
INVENTED = 0.6  # of what is put in; the rest is what other documents print
ABOVE = 0.15  # of the texts into which something is put have something above the head too
ROWS = 0.4  # of them get rows that are part of the story, half of these right behind its last paragraph
GLUED = 0.3  # of the texts in one line have no blank where lines ended
LED = 0.7  # of the rows have a lead
HEADLINE, CAPTION, SENTENCE = range(5, 19), range(4, 40), range(8, 40)  # words of what is quoted
FEWEST_LINES = 4  # of a story that something is put into
SHORT_STORY = 600  # characters of a story that is too short for a page of its own
MENU = tuple(
    "Beranda News Nasional Daerah Ekonomi Bisnis Olahraga Bola Tekno Otomotif Hiburan Gaya Kesehatan Opini "
    "Video Foto Indeks Masuk".split()
)
TITLES = (
    "Warga Tiga Desa Terima Bantuan Benih Padi", "Harga Telur di Pasar Induk Naik Lagi",
    "Jadwal Kapal ke Pulau Seribu Berubah", "Polisi Tangkap Pencuri Kabel Listrik di Dua Kecamatan",
    "Hujan Deras, Sungai di Hulu Meluap", "Ini Cara Mengurus Surat Pindah secara Daring",
    "Timnas Putri Menang Tipis atas Lawannya", "Bupati Resmikan Jembatan Gantung",
    "Pabrik Gula Tua Dibuka untuk Wisatawan", "Lima Resep Sayur Bening untuk Sahur",
)
TAGS = (
    "Tags: harga pangan, pasar, ekonomi", "Tag: banjir desa hujan", "#bantuan #benih #petani",
    "Topik: Transportasi Kapal", "TAGS:\nSepak Bola\nTimnas",
)
HEADINGS = (
    "Berita Terkait", "Baca Juga", "Terpopuler", "Berita Lainnya", "Artikel Terkait",
    "Rekomendasi untuk Anda", "TERKINI",
)
TIMES = (
    "2 jam yang lalu", "Senin, 3 Maret 2025 10:00 WIB", "15 menit lalu", "12/05/2024, 09:15 WIB",
    "3 hari lalu", "Kemarin",
)
DATES = (
    "Senin, 3 Maret 2025 10:00 WIB", "Jumat, 12 Juli 2024 | 15:30 WIB", "12/05/2024, 09:15 WIB",
    "2 April 2023 08:05", "Rabu, 7 Februari 2018",
)
FOOTER = (
    "Tentang Kami", "Redaksi", "Pedoman Media Siber", "Kontak", "Karier", "Kebijakan Privasi", "Disclaimer",
    "Info Iklan", "© 2025 Semua hak dilindungi", "Ikuti Kami", "Hubungi Kami",
)


class Made(NamedTuple):
    """A text that was made: of which document, what it is called, its segments, and the places of what was put in."""

    document: Document
    name: str
    segments: Segments
    new: list[tuple[int, int]]


def made(train: Sequence[Document]) -> Iterator[Made]:
    """Texts that are made of two documents or more."""
    chance = random.Random(11)
    pages = [one for one in train if one.shape == "page" and size(one) > SHORT_STORY]
    stories = [one for one in train if one.shape == "content" and size(one) > SHORT_STORY]
    if not stories:
        return
    for frame in pages:
        story = chance.choice(stories)
        head, _, tail = parted(frame)
        segments = [*ended(head), *ended(parted(story)[1], "\n\n"), *tail]
        yield Made(frame, f"{frame.id}+{story.id}", segments, [])
    for story in stories:
        yield Made(story, f"frame {story.id}", framed(parted(story)[1], chance, chance.choice(train)), [])
    bank, quotes = furniture(train), quoted(train)
    for document in train:
        for copy in range(COPIES.get(document.shape, 0)):
            one_line = document.shape == "content" and copy == 0
            if found := inserted(document, bank, quotes, chance, one_line=one_line):
                yield Made(document, f"{document.id} with more {copy}", *found)


def crops(document: Document) -> Iterator[Segments]:
    """What a scraper would keep of a document, in lines and in one line.

    That is the story with a little above and behind it.
    """
    segments = list(document.segments)
    if document.shape == "content":
        yield in_one_line(segments)
    story_at = [number for number, (label, _) in enumerate(segments) if label == "body"]
    if document.shape != "page" or not story_at:
        return
    chance = random.Random(document.id)
    for one_line in (False, True):
        first = story_at[0]
        while (
            first and segments[first - 1][0] in ("dateline", "deck", "caption", "credit", "byline")
            and chance.random() < 0.8
        ):
            first -= 1
        last = story_at[-1] + 1 + chance.choice((0, 1, 1, 2, 2, 3))
        cut = [
            (label, text[:CROPPED] if label in ("related", "nav", "other") else text)
            for label, text in segments[first:last]
        ]
        yield in_one_line(cut) if one_line else cut


def in_one_line(segments: Iterable[tuple[str, str]], between: str = " ") -> Segments:
    """The segments without ends of lines: what stood on two lines has a blank ``between``, or is glued."""
    return [(label, re.sub(r"[ \t]*[\r\n]+\s*", between, text)) for label, text in segments]


def size(document: Document) -> int:
    """The characters of a document's story."""
    return sum(len(text) for label, text in document.segments if label == "body")


def parted(document: Document) -> tuple[Segments, Segments, Segments]:
    """What stands above the story, the story with all that stands in it, and what stands behind."""
    segments = list(document.segments)
    at = [number for number, (label, _) in enumerate(segments) if label == "body"]
    first = at[0]
    while first and segments[first - 1][0] == "dateline":
        first -= 1
    return segments[:first], segments[first : at[-1] + 1], segments[at[-1] + 1 :]


def ended(segments: Sequence[tuple[str, str]], end: str = "\n") -> Segments:
    """The segments with an end of line behind the last."""
    if not segments:
        return []
    *rest, (label, text) = segments
    return [*rest, (label, text.rstrip() + end)]


def lines_of(segments: Iterable[tuple[str, str]]) -> Lines:
    """The segments, line by line."""
    lines: Lines = [[]]
    for label, text in segments:
        for piece in re.findall(r"[^\n]*\n|[^\n]+$", text):
            lines[-1].append((label, piece))
            if piece.endswith("\n"):
                lines.append([])
    return [line for line in lines if line]


def furniture(train: Iterable[Document]) -> list[tuple[str, Lines]]:
    """What stands on lines of its own, with the group that prints it.

    These are blocks of up to six lines, headlines and captions.
    """
    found: list[tuple[str, Lines]] = []
    for document in train:
        if document.shape == "flat":
            continue
        block: Lines = []
        chance = random.Random(document.id)
        for line in [*lines_of(document.segments), []]:
            labels = {label for label, text in line if text.strip()}
            if labels == {"title"}:
                found.append((document.group, [[("related", text) for _, text in line]]))
            elif labels and labels <= {"caption", "credit"}:
                found.append((document.group, [line]))
            if labels and not labels & {*KEPT, "title", "date", "byline", "caption", "credit", "kicker"}:
                block.append(line)
            elif block and (labels or not line):
                found.append((document.group, block[: chance.choice((1, 2, 4, 6))]))
                block = []
    return found


@cache
def phrases() -> dict[str, Any]:
    """What ``invented.toml`` holds: the slots, and the kinds of furniture."""
    return tomllib.loads((Path(__file__).parent / "invented.toml").read_text(encoding="utf-8"))


def quoted(train: Iterable[Document]) -> dict[str, list[str]]:
    """What invented furniture quotes of documents: headlines, captions, first sentences of paragraphs."""
    found: dict[str, list[str]] = {"headline": [], "caption": [], "sentence": []}
    for document in train:
        for label, text in document.segments:
            for line in text.splitlines():
                words = line.split()
                if label in ("title", "related") and len(words) in HEADLINE:
                    found["headline"].append(" ".join(words))
                elif label == "caption" and len(words) in CAPTION:
                    found["caption"].append(" ".join(words))
                elif label == "body" and len(words := line.split(". ")[0].split()) in SENTENCE:
                    found["sentence"].append(" ".join(words).rstrip(".") + ".")
    return {slot: sorted(set(lines)) for slot, lines in found.items()}


def invented(where: str, quotes: Mapping[str, Sequence[str]], chance: random.Random) -> Lines:
    """Furniture that stands "above", "between" or "behind", in words of its own and of documents."""
    kind = chance.choice([kind for kind in phrases()["kind"] if kind.get(where)])
    return [[(kind["label"], filled(line, quotes, chance))] for line in chance.choice(kind["lines"])]


def rows(quotes: Mapping[str, Sequence[str]], chance: random.Random) -> Lines:
    """Rows that are part of a story, all of one form, most below a lead."""
    kind = chance.choice(phrases()["rows"])
    form = chance.choice(kind["row"])
    found = [filled("{lead}", quotes, chance)] if chance.random() < LED else []
    for number in range(1, 1 + chance.randint(*kind["times"])):
        row = [filled(line, {**quotes, "n": [str(number)]}, chance) for line in form]
        if found[-1:] != row[-1:] and row[-1] not in found:  # what stands twice is seldom story
            found += row
    return [[("body", line)] for line in found]


def filled(line: str, quotes: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """A line with words in its slots, and a digit for each "#"."""
    words = {**phrases()["slot"], **quotes}
    while "{" in line:
        line = re.sub(r"{(\w+)}", lambda slot: chance.choice(words[slot[1]]), line)
    line = re.sub("#", lambda sign: chance.choice("123456789"), line)
    return line[:1].upper() + line[1:] + "\n"


def inserted(
    document: Document, bank: Sequence[tuple[str, Lines]], quotes: Mapping[str, Sequence[str]],
    chance: random.Random, *, one_line: bool = False,
) -> tuple[Segments, list[tuple[int, int]]] | None:
    """The document with furniture of other groups put in, and its places; some have rows put in too.

    It stands between two paragraphs, and right behind the last one or some lines below. With ``one_line`` all
    ends of lines are lost.
    """
    lines = lines_of(document.segments)
    story = [
        number for number, line in enumerate(lines)
        if any(label == "body" and text.strip() for label, text in line)
    ]
    if len(story) < FEWEST_LINES:
        return None
    gap = chance.choice(("\n", "\n\n"))
    below = chance.choice((story[-1] + 1, story[-1] + 1, min(len(lines), story[-1] + 4)))
    put: dict[int, Lines] = {}
    places = [(chance.choice(story[:-1]) + 1, "between"), (below, "behind")]
    if chance.random() < ABOVE:
        places.append((0, "above"))
    for at, where in places:
        group, block = chance.choice(bank)
        if where == "above" or chance.random() < INVENTED:
            group, block = "", invented(where, quotes, chance)
        if group != document.group:
            put[at] = [[*line[:-1], (line[-1][0], line[-1][1].rstrip("\n") + gap)] for line in block]
    told: dict[int, Lines] = {}
    if chance.random() < ROWS:
        at = chance.choice((story[-1] + 1, chance.choice(story[:-1]) + 1))
        told[at] = [[(label, text.rstrip("\n") + gap) for label, text in row] for row in rows(quotes, chance)]
    segments: Segments = []
    blocks: list[range] = []  # the numbers of the segments that are put in
    for at, line in enumerate([*lines, []]):
        for block, is_story in ((told.get(at, []), True), (put.get(at, []), False)):
            if block and segments:
                label, text = segments[-1]
                segments[-1] = (label, text.rstrip("\n") + gap)
            first = len(segments)
            segments += [piece for row in block for piece in row]
            if block and not is_story:
                blocks.append(range(first, len(segments)))
        segments += line
    if one_line:
        segments = in_one_line(segments, "" if chance.random() < GLUED else " ")
    ends = list(accumulate([len(text) for _, text in segments], initial=0))
    return segments, [(ends[block.start], ends[block.stop]) for block in blocks]


def framed(
    middle: Sequence[tuple[str, str]], chance: random.Random, other: Document
) -> Segments:
    """A story in a plain frame: menu, title, date, tags, headlines of other stories with times, footer."""
    gap = chance.choice(("\n", "\n\n"))
    menu = chance.sample(MENU, chance.randint(6, len(MENU)))
    titles = [
        text.strip() for text in other.texts("title", "related")
        if 20 < len(text.strip()) < 110 and "\n" not in text.strip()
    ] or list(TITLES)
    title = chance.choice(TITLES)
    links = [chance.choice((*TITLES, *titles)) for _ in range(3)]
    behind = (
        [("tags", chance.choice(TAGS) + gap), ("nav", chance.choice(HEADINGS) + gap)]
        if chance.random() < 0.8 else []
    )
    for link in links:
        behind.append(("related", link + gap))
        if chance.random() < TIMED:
            behind.append(("nav", chance.choice(TIMES) + gap))
    return [
        *[("nav", name + gap) for name in menu],
        ("title", title + gap),
        ("date", chance.choice(DATES) + gap),
        *ended(middle, gap),
        *behind,
        *[("nav", name + gap) for name in chance.sample(FOOTER, 4)],
    ]
