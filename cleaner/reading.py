"""What the words of a text say: how long it is, how it ends, how many of its words are small, what it looks like."""

from functools import lru_cache

from .expression import expression
from .shapes import SMALL

WORDS = expression(r"\w+")
DIGIT = expression(r"\d")
MONTH = r"(?:jan|feb|mar|mac|apr|mei|may|jun|jul|agu|ags|aug|ogo|sep|okt|oct|nov|des|dec|dis)[a-z]*"
DATE = expression(
    rf"\b\d{{1,2}}\s+{MONTH}\s+(?:19|20)\d\d|\b\d{{1,2}}[/-]\d{{1,2}}[/-](?:19|20)\d\d|\b(?:19|20)\d\d[/-]\d\d[/-]\d\d", 2
)
CLOCK = expression(r"\b\d{1,2}[:.]\d\d\b(?:\s*(?:WIB|WITA|WIT|am|pm|AM|PM))?")
DAY = expression(r"\b(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad|isnin|khamis)\b", 2)
AGO = expression(r"\b\d+\s+(?:jam|menit|hari|minggu|bulan|hours?|minutes?|days?)\b(?:\s+(?:yang\s+)?(?:lalu|ago|lepas))?", 2)
INITIALS = expression(r"[(\[][A-Za-z*]{1,12}(?:\s?[/|-]\s?[A-Za-z*]{1,12}){0,3}\.?[)\]]\W*$")
ADDRESS = expression(r"https?://|www\.|\.(?:com|co|id|net|org)\b|pic\.twitter|@\w")
QUOTES = "\"“”"


def bucket(value: float, edges: tuple[float, ...]) -> int:
    """The number of the first edge that the value does not exceed."""
    for number, edge in enumerate(edges):
        if value <= edge:
            return number
    return len(edges)


class Reading:
    """What the words of a text say.

    ``kind`` is one letter: P prose, H headline, d date, C capitals, 1 and 2 for a word or two or three, s a short
    sentence, m and l for other texts of up to eight words and of more.
    """

    __slots__ = ("capitals", "content", "digits", "full", "key", "kind", "low", "n", "quotes", "shapes", "small", "stops", "text", "upper", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        words = WORDS.findall(text)
        self.n = len(words)
        low = [word.lower() for word in words]
        self.low = [DIGIT.sub("0", word) if word.isalnum() and not word.isalpha() else word for word in low]
        self.key = " ".join(self.low)
        self.small = sum([word in SMALL for word in low])
        big = [word for word in words if len(word) > 3 and word[0].isalpha()]
        self.capitals = sum([word[0].isupper() for word in big]) / len(big) if big else -1.0
        self.content = frozenset([word for word in self.low if len(word) > 3 and word not in SMALL])
        tail = text.rstrip("\"”’')]* »")
        self.stops = tail[-1:] in (".", "!", "?", "…")
        self.full = tail.endswith(".") and not tail.endswith("..")
        self.upper = self.n > 0 and text.isupper()
        self.digits = sum(map(str.isdigit, text))
        self.quotes = sum([text.count(sign) for sign in QUOTES])
        self.kind = self._kind()
        self.shapes = self._shapes()

    def _kind(self) -> str:
        n = self.n
        if (n >= 7 and self.small >= 1 and self.stops and self.capitals < 0.75) or (n >= 12 and self.small >= 3 and self.capitals < 0.6):
            return "P"
        if 4 <= n <= 20 and not self.full and self.capitals >= 0.6:
            return "H"
        if self.digits and DATE.search(self.text):
            return "d"
        if self.upper:
            return "C"
        return "1" if n <= 1 else "2" if n <= 3 else "s" if self.stops else "m" if n <= 8 else "l"

    def _shapes(self) -> list[str]:
        """The features of the text by itself."""
        text, n = self.text, self.n
        short = "short" if n < 12 else ""
        capitals = bucket(self.capitals, (-0.5, 0, 0.2, 0.4, 0.6, 0.8, 0.99))
        found = [
            "bias",
            f"n {bucket(n, (0, 1, 2, 3, 5, 8, 12, 18, 28, 45))}",
            f"kind {self.kind}",
            f"capitals {capitals}",
            f"small {min(self.small, 5)}",
            f"form {bucket(n, (1, 3, 8, 16))} {bucket(self.capitals, (-0.5, 0.3, 0.6, 0.99))} {self.stops:d}",
            "ends full" if self.full else "ends stop" if self.stops else "ends open",
        ]
        last, first = text[-1:], text[:1]
        if text.endswith(("...", "…")):
            found.append("ends dots")
        if last == ":":
            found.append("ends colon")
        elif ":" in text[:40]:
            found.append("holds colon")
        if last in (",", "–", "-"):
            found.append(f"ends {last}")
        if self.upper:
            found.append(f"upper {bucket(n, (1, 2, 4))}")
        if self.digits:
            found.append(f"digits {bucket(self.digits / len(text), (0.05, 0.15, 0.4))}")
            if DATE.search(text):
                found.append(f"date {short}")
            if CLOCK.search(text):
                found.append(f"clock {short}")
            if AGO.search(text):
                found.append("ago")
        if self.quotes:
            found.append(f"quotes {min(self.quotes, 3)}")
        if first in tuple(QUOTES + "'‘"):
            found.append("opens quote")
        if first in ("(", "["):
            found.append("opens bracket")
            if last in (")", "]"):
                found.append("in brackets")
        if last in (")", "]"):
            found.append("closes bracket")
            initials = INITIALS.search(text)
            if initials:
                found.append("initials only" if not initials.start() else "initials")
        if DAY.search(text):
            found.append(f"day {short}")
        if ADDRESS.search(text):
            found.append(f"address {short}")
        if "/" in text and n < 8:
            found.append("slash")
        if "|" in text or "»" in text or ">" in text:
            found.append("pipe")
        if "©" in text or "(c)" in text.lower():
            found.append("copyright")
        if "@" in text or "#" in text:
            found.append("at")
        if first.islower():
            found.append("opens small")
        if first.isdigit():
            found.append("opens digit")
        if first in tuple("*•-–—#·▪>►"):
            found.append("bullet")
        return found


read = lru_cache(8192)(Reading)
