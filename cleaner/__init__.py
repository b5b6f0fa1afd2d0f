"""Clean Indonesian news text: the story and the photo caption, each by itself, and the rest with its reason.

>>> from cleaner import clean
>>> article = clean("Warga mulai kembali ke rumah sejak pagi tadi.\\n\\nBaca juga: Hujan Reda di Hulu\\n")
>>> article.body
'Warga mulai kembali ke rumah sejak pagi tadi.'
"""

from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

from .article import Article
from .labels import FURNITURE, LABELS
from .pipeline import Filter, FilterError, Pipeline, UnknownName
from .rules import Rule, RuleError, rules
from .spans import Claim, Page, Span, settle
from .workers import cores, in_order

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
    "clean_many",
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


def clean(text: str, *, url: str = "", publisher: str = "", title: str = "") -> Article:
    """Clean the plain text of a news page: give its `Article`.

    ``url``, ``publisher`` and ``title`` are hints, never needed: the slug of a url helps to tell the
    headline. Where the headline is known, the lines above the story that say the same, up to white space,
    case and quotes, are the title; one that is not on the page changes nothing. The publisher is there for
    filters of your own, as ``page.publisher``. No built-in filter asks for it, since the words of all
    publishers are looked for on every page. Raises `TypeError` for anything but a text.

    >>> story = "Warga mulai pulang setelah banjir surut sejak pagi tadi di desa itu."
    >>> clean(f"Kabar Baik dari Lereng\\n{story}", title="Kabar baik dari lereng").title
    'Kabar Baik dari Lereng'
    """
    if not isinstance(text, str):
        raise TypeError(f"clean takes a text (str), not {type(text).__name__}; decode bytes first")
    return default()(text, url=url, publisher=publisher, title=title)


def clean_many(
    texts: Iterable[str], *, workers: int | None = None, pipeline: Pipeline | None = None
) -> Iterator[Article | Exception]:
    """Clean texts in several processes, one for each core by default: give their articles, in order.

    The texts are read as the articles are asked for, a few ahead for each worker, so there may be more of
    them than fit into the memory. Where a text cannot be cleaned, the exception that `clean` would raise
    stands in the place of its article, and the others go on. ``pipeline`` is the default one.

    A script calls this below ``if __name__ == "__main__":``, as it does whenever it starts processes.

    >>> texts = ["Air surut sejak pagi, kata warga.\\nBaca juga: Hujan Reda", None, "Warga pulang."]
    >>> for made in clean_many(texts, workers=1):
    ...     print(made if isinstance(made, Exception) else made.body)
    Air surut sejak pagi, kata warga.
    clean takes a text (str), not NoneType; decode bytes first
    Warga pulang.
    """
    if isinstance(texts, str | bytes):
        raise TypeError("clean_many takes many texts, as in a list; clean takes one")
    if workers is not None and workers < 1:
        raise ValueError(f"clean_many needs a worker or more, not {workers}")
    return in_order(partial(_tried, pipeline), texts, workers or cores())


def _tried(pipeline: Pipeline | None, text: str) -> Article | Exception:
    """The article of a text, or why there is none."""
    try:
        return clean(text) if pipeline is None or not isinstance(text, str) else pipeline(text)
    except Exception as error:  # noqa: BLE001 - one text costs no other.
        return error
