"""Clean Indonesian news text: the story and the photo caption, each by itself, and the rest with its reason.

>>> from cleaner import clean
>>> article = clean("Warga mulai kembali ke rumah sejak pagi tadi.\\n\\nBaca juga: Hujan Reda di Hulu\\n")
>>> article.body
'Warga mulai kembali ke rumah sejak pagi tadi.'
"""

from functools import cache
from typing import TYPE_CHECKING

from .article import Article
from .labels import FURNITURE, LABELS
from .pipeline import Filter, FilterError, Pipeline, UnknownName
from .rules import Rule, RuleError, rules
from .spans import Claim, Page, Span, settle

if TYPE_CHECKING:
    from .filters import strip_dateline

    __version__: str

__all__ = [
    "FURNITURE",
    "LABELS",
    "Article",
    "Claim",
    "Filter",
    "FilterError",
    "Page",
    "Pipeline",
    "Rule",
    "RuleError",
    "Span",
    "UnknownName",
    "clean",
    "default",
    "rules",
    "settle",
    "strip_dateline",
]


@cache
def default() -> Pipeline:
    """The pipeline that `clean` runs: every filter of `cleaner.filters`, the surest first."""
    from .filters import ORDER

    return Pipeline(ORDER)


def __getattr__(name: str) -> object:
    # The filters are many modules, and the version is looked up on the disk: both when they are asked for.
    if name == "strip_dateline":
        from .filters import strip_dateline

        return strip_dateline
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("berita-cleaner")
        except PackageNotFoundError:
            return "(not installed)"
    raise AttributeError(f"module 'cleaner' has no attribute {name!r}")


def clean(text: str, *, url: str = "", publisher: str = "") -> Article:
    """Clean the plain text of a news page: give its `Article`.

    ``url`` and ``publisher`` are hints, never needed: the slug of a url helps to tell the headline. The
    publisher is there for filters of your own, as ``page.publisher``. No built-in filter asks for it, since
    the words of all publishers are looked for on every page. Raises `TypeError` for anything but a text.
    """
    if not isinstance(text, str):
        raise TypeError(f"clean takes a text (str), not {type(text).__name__}; decode bytes first")
    return default()(text, url=url, publisher=publisher)
