"""A step for pipelines of datatrove: the body takes the place of the text, other parts go into the metadata.

    reader ──▶ Clean ──▶ writer
                 └─────▶ exclusion_writer, if there is one: documents without a body, as they came

Needs datatrove, which the extra ``datatrove`` brings. An example: ``examples/with_datatrove.py``.
"""

from . import Pipeline, default
from .article import PARTS
from .tally import Tally

try:
    from datatrove.data import Document
    from datatrove.pipeline.filters.base_filter import BaseFilter
    from datatrove.pipeline.writers.disk_base import DiskWriter
except ImportError as error:
    needed = "cleaner.datatrove needs datatrove; run: pip install datatrove orjson"
    raise ImportError(needed, name="datatrove") from error


class Clean(BaseFilter):  # type: ignore[misc]
    """The step: it puts the body in the place of the text, and drops a document without one, as filters drop.

    The parts, and every photo, go into the metadata as ``clean_title`` and so on, with ``removed=True`` the
    furniture as ``clean_removed``: spans whose places count characters of the repaired text. ``url``,
    ``publisher`` and ``title`` name metadata with hints, ``prefix`` begins all new names, ``pipeline`` is the
    default one. With ``keep_empty=True`` a document without a body goes on with an empty text, which many
    writers skip.

    Raises `ValueError` when the metadata holds one of the names already (nothing is overwritten), and
    `FilterError` when a filter fails: the default ones do not. To the statistics of every filter it adds
    ``dropped_no_body``, and the characters of each label: ``chars_body``, ``chars_ad`` and so on.

    >>> link = "Baca juga: Hujan Reda"
    >>> pages = [Document(f"Air surut sejak pagi, kata warga.\\n{link}", id="7"), Document(link, id="8")]
    >>> step = Clean(removed=True)
    >>> [(page.id, page.text, page.metadata["clean_removed"][0]["label"]) for page in step(pages)]
    [('7', 'Air surut sejak pagi, kata warga.', 'readmore')]
    >>> step.stats["dropped_no_body"].total, step.stats["chars_readmore"].total
    (1, 42)
    """

    name = "📰 Clean"

    def __init__(
        self, *, url: str | None = None, publisher: str | None = None, title: str | None = None,
        prefix: str = "clean_", removed: bool = False, keep_empty: bool = False,
        pipeline: Pipeline | None = None, exclusion_writer: DiskWriter = None,
    ) -> None:
        super().__init__(exclusion_writer)
        self.hints, self.prefix = {"url": url, "publisher": publisher, "title": title}, prefix
        self.removed, self.keep_empty, self.pipeline = removed, keep_empty, pipeline

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Whether the document goes on, now cleaned; one that does not go on is as it was."""
        found = {hint: doc.metadata.get(name) for hint, name in self.hints.items()}
        hints = {hint: value for hint, value in found.items() if isinstance(value, str)}
        article = (self.pipeline or default())(doc.text, **hints)
        tally = Tally()
        tally.add(article)
        for label, row in tally.labels.items():
            self.stat_update(f"chars_{label}", value=row.characters)
        if not article.body and not self.keep_empty:
            return False, "no_body"
        parts = [part for part in PARTS if part != "body"]
        added: dict[str, object] = {self.prefix + part: getattr(article, part) for part in parts}
        added[f"{self.prefix}captions"] = [list(pair) for pair in article.captions]
        if self.removed:
            added[f"{self.prefix}removed"] = [span.to_dict() for span in article.removed]
        if taken := [name for name in added if name in doc.metadata]:
            held = f"the metadata of document {doc.id!r} holds {taken[0]!r} already"
            advice = f"choose another prefix than {self.prefix!r}"
            raise ValueError(f"{held}, and it is not overwritten; {advice}")
        doc.text = article.body
        doc.metadata.update(added)
        return True
