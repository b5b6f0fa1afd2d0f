"""What the shape of a line says about it: prose, headline, or neither. No phrase of any publisher stands here.

The signs are few and cheap: how long the line is, how it ends, how many of its words are small ones, and how many of the
others have a capital.
"""

import re
from typing import NamedTuple

# The small words that make Indonesian and Malay prose, and hardly ever stand in a menu.
SMALL = frozenset(
    """yang dan di ke dari untuk dengan pada ini itu tidak akan telah sudah dalam adalah oleh karena juga saat atau sebagai
    bisa ada para tersebut lebih masih agar bahwa saya kami mereka dia ia kita hingga sehingga namun tetapi serta antara
    secara setelah sebelum ketika jika kalau lalu seperti hanya dapat harus belum lagi pun sejak sekitar terhadap atas bagi
    tentang menjadi merupakan katanya ujarnya menurut sementara kata anda kamu sangat banyak selama mengenai maupun kepada
    tak dulu yakni yaitu ialah beliau daripada bukan ialah turut iaitu kerana manakala boleh tiada setiap semua dua satu
    the of and to in a is for on that was with""".split()
)
STOP = re.compile(r"[.!?…][\"”’')\]*\s]*$")
FULL_STOP = re.compile(r"(?<!\.)\.[\"”’')\]\s]*$")


class Shape(NamedTuple):
    """The shape of a line: its words, the small ones among them, the share of longer words with a capital, its end."""

    length: int  # characters
    words: int
    small: int
    capitals: float
    stops: bool  # ends like a sentence
    full: bool  # ends in a full stop, not in dots


def shape(text: str) -> Shape:
    """The shape of a line.

    >>> shape("Warga yang mengungsi sudah kembali ke rumah.").small
    3
    >>> shape("Banjir Surut, Warga Kembali ke Rumah").capitals
    1.0
    """
    text = text.strip()
    words = text.split()
    small = long = capital = 0
    for word in words:
        if word in SMALL or (len(word) < 12 and word.lower().strip('.,:;?!"“”()') in SMALL):
            small += 1
        if len(word) > 3:
            first = word[0] if word[0].isalpha() else word.lstrip("\"“‘'(")[:1]
            if first.isalpha():
                long += 1
                capital += first.isupper()
    tail = text[-6:]
    return Shape(len(text), len(words), small, capital / long if long else 0.0, bool(STOP.search(tail)), bool(FULL_STOP.search(tail)))


def strong(line: Shape) -> bool:
    """Whether the line is a paragraph of prose beyond doubt."""
    if line.length >= 250 and line.small >= 8:
        return True
    return line.words >= 12 and line.stops and ((line.small >= 3 and line.capitals < 0.6) or (line.small >= 2 and line.full and line.capitals < 0.8))


def prose(line: Shape) -> bool:
    """Whether the line reads like a sentence."""
    if line.words >= 7 and line.small >= 1 and line.stops and line.capitals < 0.75:
        return True
    if line.words >= 8 and line.full and line.capitals < 0.9:
        return True
    return (line.words >= 12 and line.small >= 3 and line.capitals < 0.6) or (line.words >= 25 and line.small >= 2)


def headline(line: Shape) -> bool:
    """Whether the line reads like a headline: a few words, most of them with a capital, and no full stop."""
    return 4 <= line.words <= 20 and line.length <= 150 and not line.full and line.capitals >= 0.6


def sentence_case_headline(line: Shape) -> bool:
    """Whether the line may be a headline in sentence case, as ANTARA, BBC and Malay papers print them."""
    return 4 <= line.words <= 18 and 25 <= line.length <= 130 and not line.stops
