"""A step for pipelines of datatrove: the text of each document becomes its body, the other parts go into its metadata.

    reader ──▶ Clean ──▶ writer
                 └─────▶ exclusion_writer, if there is one: documents without a body, as they came

Needs datatrove: ``pip install "berita-cleaner[datatrove]"``. ``examples/with_datatrove.py`` is a whole program.
"""

from collections import Counter

from . import Article, Pipeline, default
from .article import PARTS

try:
    from datatrove.data import Document
    from datatrove.pipeline.filters.base_filter import BaseFilter
    from datatrove.pipeline.writers.disk_base import DiskWriter
except ImportError as error:
    raise ImportError('cleaner.datatrove needs datatrove; run: pip install "berita-cleaner[datatrove]"', name="datatrove") from error

PREFIX = "clean_"


class Clean(BaseFilter):  # type: ignore[misc]
    """The step: it puts the body in the place of the text, and drops a document that has none, as every filter of datatrove drops.

    The parts go into the metadata as ``clean_title`` and so on, and with ``removed=True`` the furniture as ``clean_removed``:
    spans whose start and end count characters of the repaired text. ``url`` and ``publisher`` name metadata with hints,
    ``prefix`` begins the names of what is added, and ``pipeline`` is the default one. With ``keep_empty=True`` a document
    without a body goes on with an empty text; most readers and writers of datatrove leave an empty text out.

    Raises `ValueError` when the metadata holds one of the names already (nothing is overwritten), and `FilterError` when a
    filter fails: the default ones do not. Its statistics are those of every filter, with ``dropped_no_body``, and
    ``chars_body``, ``chars_ad`` and so on: the characters of each label, over all documents that came in.

    >>> pages = [Document("Air surut sejak pagi, kata warga.\\nBaca juga: Hujan Reda", id="7"), Document("Baca juga: Hujan Reda", id="8")]
    >>> step = Clean(removed=True)
    >>> [(page.id, page.text, page.metadata["clean_removed"][0]["label"]) for page in step(pages)]
    [('7', 'Air surut sejak pagi, kata warga.', 'readmore')]
    >>> step.stats["dropped_no_body"].total, step.stats["chars_readmore"].total
    (1, 42)
    """

    name = "📰 Clean"

    def __init__(
        self,
        *,
        url: str | None = None,
        publisher: str | None = None,
        prefix: str = PREFIX,
        removed: bool = False,
        keep_empty: bool = False,
        pipeline: Pipeline | None = None,
        exclusion_writer: DiskWriter = None,
    ) -> None:
        super().__init__(exclusion_writer)
        self.url = url
        self.publisher = publisher
        self.prefix = prefix
        self.removed = removed
        self.keep_empty = keep_empty
        self.pipeline = pipeline

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Whether the document goes on, now cleaned; one that does not go on is as it was."""
        article = (self.pipeline or default())(doc.text, url=_hint(doc, self.url), publisher=_hint(doc, self.publisher))
        for label, size in _sizes(article).items():
            self.stat_update(f"chars_{label}", value=size)
        if not article.body and not self.keep_empty:
            return False, "no_body"
        added = {self.prefix + name: value for name, value in self._parts(article).items()}
        for name in added:
            if name in doc.metadata:
                raise ValueError(f"the metadata of document {doc.id!r} holds {name!r} already, and it is not overwritten; choose another prefix than {self.prefix!r}")
        doc.text = article.body
        doc.metadata.update(added)
        return True

    def _parts(self, article: Article) -> dict[str, object]:
        """What is told of an article, by names without the prefix."""
        parts = {part: getattr(article, part) for part in PARTS if part != "body"}
        return parts | {"removed": [span._asdict() for span in article.removed]} if self.removed else parts


def _hint(doc: Document, name: str | None) -> str:
    """The text that the metadata holds under the name; "" when there is none."""
    hint = doc.metadata.get(name) if name else ""
    return hint if isinstance(hint, str) else ""


def _sizes(article: Article) -> Counter[str]:
    """The characters of each label that occurs."""
    sizes: Counter[str] = Counter()
    for span in article.spans:
        sizes[span.label] += len(span.text)
    return sizes
