"""What is known of publishers is data: a file each, and common.toml for what many print.

    names = ["KOMPAS", "Kompas"]     as its pages print it, in datelines, bylines, credits and copyright lines
    domains = ["kompas.com"]         where its pages stand
    network = "kly"                  the group of publishers that it belongs to, whose pages are alike
    dateline = ["INFO *"]            what stands in datelines only, and likewise
    byline = ["wolipop"]               behind the name of a writer,
    credit = ["Suara"]                 in the credit of a photo, where it may mean something else elsewhere,
    agency = ["NSTP"]                  there like the name of a news agency, "Foto NSTP", and
    date = ["Kompas.com"]              in front of a date
    [[rule]]                         words that only its pages print, as `cleaner.rules` describes them

common.toml also lists what stands before the name of a writer (role; opening and closing are for the head and
the end of a story alone) or behind that of a reader (commented), and the button below a comment (answer). For
the credits of photos it has the news agencies, networks (social), libraries of pictures (stock) and words for
where a picture is from (source); besides, what opens a caption (pictured), and the words of menus (menu). Its
other words are those of invitations and appeals, which the filter `promo` reads.

A star is the rest of a word, or a word: "detik*" is detikcom and detikFinance, "Radar *" every paper of that
name. The grammars of datelines, bylines, credits and dates ask here for the names of all publishers.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from ..resource import names, read

COMMON = "common"
# The keys of a file, beside its rules. Those behind the first row stand in common.toml only.
KEYS = (
    "names", "domains", "network", "dateline", "byline", "credit", "agency", "date",
    "role", "opening", "closing", "commented", "answer", "social", "stock", "source", "pictured", "menu",
    "greeting", "asking", "channel", "way", "ours", "said", "more", "reader", "request", "paper",
)


@cache
def tables() -> dict[str, dict[str, Any]]:
    """What each file holds, by its name without ".toml"; the common one comes last."""
    import tomllib

    files = sorted(file.removesuffix(".toml") for file in names("publishers") if file.endswith(".toml"))
    return {file: tomllib.loads(read(f"publishers/{file}.toml")) for file in sorted(files, key=COMMON.__eq__)}


def known(*keys: str) -> list[str]:
    """What the files hold under these keys, all together.

    >>> "kompas.com" in known("domains")
    True
    """
    found = (name for table in tables().values() for key in keys for name in table.get(key, ()))
    return list(dict.fromkeys(found))


def pattern(names: Iterable[str]) -> str:
    """The choice between names as a regular expression. The longest are tried first.

    >>> pattern(["VIVA*", "Radar *", "TEMPO"])
    '(?:Radar \\\\w+|VIVA\\\\w*|TEMPO)'
    """
    found = (re.escape(name) for name in sorted(names, key=len, reverse=True))
    choices = [name.replace(r"\ \*", r" \w+").replace(r"\*", r"\w*").replace(r"\ ", " ") for name in found]
    return f"(?:{'|'.join(choices) or '(?!)'})"


def of(publisher: str) -> list[str]:
    """The files of a publisher, or of a network, by a short name: a name, a domain or the network.

    >>> of("liputan6"), of("kly"), of("tribunjabar"), of("nobody")
    (['liputan6'], ['kapanlagi', 'liputan6', 'merdeka'], ['tribunnews'], [])
    """
    short = _letters(publisher)
    return [file for file, table in tables().items() if short and file != COMMON and _is(short, file, table)]


def _is(short: str, file: str, table: dict[str, Any]) -> bool:
    called = [file, table.get("network", ""), *table.get("names", ()), *table.get("credit", ())]
    for domain in table.get("domains", ()):
        called += domain, domain.split(".")[0]
    starts = (_letters(name) for name in called if name[-1:] == "*")
    return short in map(_letters, called) or any(map(short.startswith, starts))


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())
