"""Pipelines: an ordered tuple of filters, as a value.

    page ── title ──▶ page ── caption ──▶ page ── … ──▶ page ──▶ Article
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from .article import Article
from .repair import repair
from .spans import Claim, Page, settle

Filter = Callable[[Page], Iterable[Claim]]
"""What a filter is: it reads the page and yields claims. Pipelines know it by its ``__name__``."""


class FilterError(Exception):
    """A filter raised, or yielded something that is no claim.

    The message names the filter; the cause is chained.
    """


class UnknownName(LookupError):
    """No filter and no rule of the pipeline has that name. The message lists the known ones."""


class Pipeline(NamedTuple):
    """Filters in the order in which they are asked, the surest first. Every method gives a new pipeline.

    >>> def shouting(page):
    ...     '''Lines in capitals.'''
    ...     for span in page:
    ...         if span.text.isupper():
    ...             yield Claim(span.start, span.end, "other", "shouting", "in capitals")
    >>> pipeline = Pipeline((shouting,))
    >>> pipeline("AWAS!\\nIsi berita.").body
    'Isi berita.'
    >>> pipeline.names
    ('shouting',)
    >>> pipeline
    <Pipeline shouting>
    """

    filters: tuple[Filter, ...]

    def __repr__(self) -> str:
        """The names of the filters, in order."""
        return f"<Pipeline {' → '.join(self.names) or 'without filters'}>"

    def __call__(self, text: str, *, url: str = "", publisher: str = "", title: str = "") -> Article:
        """Clean a text: give the `Article`. ``url``, ``publisher`` and ``title`` are hints, never needed."""
        page = Page(repair(text), url=url, publisher=publisher, title=repair(title))
        for filter in self.filters:
            try:
                page = settle(page, filter(page))
            except Exception as error:
                what = f"{type(error).__name__}: {error}"
                raise FilterError(f"filter {name(filter)!r} failed: {what}") from error
        return Article(page)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the filters, in order."""
        return tuple(map(name, self.filters))

    def before(self, known: str, *new: Filter) -> "Pipeline":
        """The pipeline with new filters right before the known one."""
        at = self._at(known)
        return Pipeline(self.filters[:at] + new + self.filters[at:])

    def after(self, known: str, *new: Filter) -> "Pipeline":
        """The pipeline with new filters right after the known one."""
        at = self._at(known) + 1
        return Pipeline(self.filters[:at] + new + self.filters[at:])

    def replace(self, known: str, *new: Filter) -> "Pipeline":
        """The pipeline with new filters in the place of the known one."""
        at = self._at(known)
        return Pipeline(self.filters[:at] + new + self.filters[at + 1 :])

    def without(self, *known: str) -> "Pipeline":
        """The pipeline without the filters, or without the single rules, of these names.

        What nothing else claims of the text that they name is kept, whatever `story` says.

        >>> Pipeline(()).without("captoin")
        Traceback (most recent call last):
        ...
        cleaner.pipeline.UnknownName: no filter and no rule is called 'captoin'; this pipeline is empty
        """
        filters = self.filters
        gone: list[Filter] = []
        for word in known:
            kept = tuple(filter for filter in filters if name(filter) != word)
            gone += [filter for filter in filters if name(filter) == word]
            if len(kept) == len(filters):
                alone, kept = _split(filters, word)
                if kept == filters:
                    raise UnknownName(_unknown(word, self))
                gone += alone
            filters = kept
        spared = (filter.sparing(*gone) if hasattr(filter, "sparing") else filter for filter in filters)
        return Pipeline(tuple(spared))

    def __add__(self, more: object) -> "Pipeline":
        """The filters of both, or the pipeline with one filter more at its end."""
        if isinstance(more, Pipeline):
            return Pipeline(self.filters + more.filters)
        if callable(more):
            return Pipeline((*self.filters, more))
        return NotImplemented

    def _at(self, known: str) -> int:
        if known not in self.names:
            raise UnknownName(_unknown(known, self))
        return self.names.index(known)


def name(filter: Filter) -> str:
    """The name that a pipeline knows a filter by."""
    return str(getattr(filter, "__name__", type(filter).__name__))


def rule_names(filter: Filter) -> tuple[str, ...]:
    """The names of the rules inside a filter made from rule files; none for a plain function."""
    return tuple(rule.name for rule in getattr(filter, "rules", ()))


def _split(filters: tuple[Filter, ...], rule: str) -> tuple[list[Filter], tuple[Filter, ...]]:
    """The rule of that name, from each filter that can give it alone, and the filters without it."""
    having = [filter for filter in filters if rule in rule_names(filter)]
    alone = [filter.only(rule) for filter in having if hasattr(filter, "only")]
    kept = [
        filter.without(rule) if filter in having else filter  # type: ignore[attr-defined]
        for filter in filters
    ]
    return alone, tuple(kept)


def _unknown(word: str, pipeline: Pipeline) -> str:
    if not pipeline.filters:
        return f"no filter and no rule is called {word!r}; this pipeline is empty"
    rules = [rule for filter in pipeline.filters for rule in rule_names(filter)]
    from difflib import get_close_matches

    near = get_close_matches(word, [*pipeline.names, *rules], 3)
    hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ";"
    return f"no filter and no rule is called {word!r}{hint} the filters are: {', '.join(pipeline.names)}"


def labelled(page: Page, filters: Iterable[Filter]) -> Iterator[Page]:
    """The page after each filter in turn: to watch a pipeline work."""
    for filter in filters:
        page = settle(page, filter(page))
        yield page
