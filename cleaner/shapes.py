"""What the shape of a line says about it: prose, headline, or neither. It knows no phrase of any publisher.

The signs are few and cheap: how long the line is, how it ends, how many of its words are small ones, and how
many of the others have a capital.
"""

from functools import lru_cache
from typing import NamedTuple

# The small words that make Indonesian and Malay prose, and hardly ever stand in a menu.
SMALL = frozenset(
    """yang dan di ke dari untuk dengan pada ini itu tidak akan telah sudah dalam adalah oleh karena juga saat
    atau sebagai bisa ada para tersebut lebih masih agar bahwa saya kami mereka dia ia kita hingga sehingga
    namun tetapi serta antara secara setelah sebelum ketika jika kalau lalu seperti hanya dapat harus belum
    lagi pun sejak sekitar terhadap atas bagi tentang menjadi merupakan katanya ujarnya menurut sementara kata
    anda kamu sangat banyak selama mengenai maupun kepada tak dulu yakni yaitu ialah beliau daripada bukan
    turut iaitu kerana manakala boleh tiada setiap semua dua satu
    the of and to in a is for on that was with""".split()
)
STOPS = (".", "!", "?", "…")
DOTS = ("...", "…")  # how a text ends that breaks off
BEHIND_STOP = "\"”’')] \t\r\n\xa0"  # signs that may stand behind the end of a sentence, and so may stars


class Shape(NamedTuple):
    """The shape of a line."""

    length: int  # characters
    words: int
    small: int  # words of SMALL
    capitals: float  # the share of the words of more than three letters that begin with a capital
    stops: bool  # ends like a sentence
    full: bool  # ends in a full stop, not in dots


LAST = 6  # characters in which a text ends
MOST = 100_000  # characters of a line whose words are counted: a list of words takes twelve times as much


def ended(text: str) -> bool:
    """Whether a text ends like a sentence.

    >>> ended("“Air surut.” **"), ended("Air surut")
    (True, False)
    """
    return text[-LAST:].rstrip(BEHIND_STOP + "*").endswith(STOPS)


def shape(text: str) -> Shape:
    """The shape of a line.

    >>> shape("Warga yang mengungsi sudah kembali ke rumah.").small
    3
    >>> shape("Banjir Surut, Warga Kembali ke Rumah").capitals
    1.0
    """
    text = text.strip()
    if len(text) < SHORT:
        return _counted_short(text)
    return _counted_long(text) if len(text) < REMEMBERED else _counted(text)


def _counted(text: str) -> Shape:
    words = text[:MOST].split()
    small = _small(text[:MOST].lower().split())
    long = [word for word in words if len(word) > 3]
    first = "".join([word[0] for word in long])
    if not first.isalpha():
        first = "".join([(word if word[0].isalpha() else word.lstrip("\"“‘'("))[:1] for word in long])
    letters = len(first) if first.isalpha() else sum(map(str.isalpha, first))
    capitals = sum(map(str.isupper, first)) / letters if letters else 0.0
    last = text[-1:]
    if last.isalnum() or not last:
        stops = full = False
    else:
        stops, end = ended(text), text[-LAST:].rstrip(BEHIND_STOP)
        full = end.endswith(".") and not end.endswith("..")
    return Shape(len(text), len(words), small, capitals, stops, full)


def _small(words: list[str]) -> int:
    """How many words are small ones, with the signs around them or without."""
    others = [word for word in words if not word.isalpha()]
    return sum(map(SMALL.__contains__, words)) + sum([word.strip('.,:;?!"“”()') in SMALL for word in others])


# What is worked out once. Menus come back from page to page: of the lines of 247 gold pages, half stand
# on another one too. A paragraph does not, but several filters ask for it in turn. What is longer is not
# kept, so that memory stays bounded.
SHORT = 200  # characters
MANY = 1 << 14  # short lines, some 5 MB
REMEMBERED = 4096  # characters
FEW = 128  # paragraphs
_counted_short = lru_cache(MANY)(_counted)
_counted_long = lru_cache(FEW)(_counted)


def strong(line: Shape) -> bool:
    """Whether the line is a paragraph of prose beyond doubt."""
    if line.length >= 250 and line.small >= 8:
        return True
    if line.words < 12 or not line.stops:
        return False
    mostly_small = line.capitals < 0.6 and line.small >= 3
    return mostly_small or (line.full and line.capitals < 0.8 and line.small >= 2)


def prose(line: Shape) -> bool:
    """Whether the line reads like a sentence."""
    if line.words >= 7 and line.small >= 1 and line.stops and line.capitals < 0.75:
        return True
    if line.words >= 8 and line.full and line.capitals < 0.9:
        return True
    if line.words >= 25 and line.small >= 2:
        return True
    return line.words >= 12 and line.small >= 3 and line.capitals < 0.6


def announces(text: str) -> bool:
    """Whether a line is a sentence that ends in a colon: what it announces stands below.

    >>> announces("Akun itu mengunggah video pada Sabtu lalu, disertai narasi:"), announces("Ukuran huruf:")
    (True, False)
    """
    return text.rstrip().endswith(":") and prose(shape(text)._replace(stops=True))


def headline(line: Shape) -> bool:
    """Whether the line reads like a headline: a few words, most of them with a capital, and no full stop."""
    return 4 <= line.words <= 20 and line.length <= 150 and not line.full and line.capitals >= 0.6


def sentence_case_headline(line: Shape) -> bool:
    """Whether the line may be a headline in sentence case, as ANTARA, BBC and Malay papers print them."""
    return 4 <= line.words <= 18 and 25 <= line.length <= 130 and not line.stops
