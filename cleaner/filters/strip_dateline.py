"""Off by default: take the dateline out of the body, with ``default().before("dateline", strip_dateline)``."""

from collections.abc import Iterator

from ..spans import Claim, Page
from .dateline import dateline


def strip_dateline(page: Page) -> Iterator[Claim]:
    """Claim what `dateline` claims, so that the body begins behind it; the article still gives it as ``dateline``.

    >>> from cleaner import default, strip_dateline
    >>> article = default().before("dateline", strip_dateline)("SOLO, KOMPAS.com - Pasar itu ramai kembali sejak pagi.")
    >>> article.dateline, article.body
    ('SOLO, KOMPAS.com -', 'Pasar itu ramai kembali sejak pagi.')
    """
    for claim in dateline(page):
        if claim.label == "dateline":
            yield claim._replace(rule="strip_dateline", why="names the outlet or the place; taken out of the body on request")
        else:
            yield claim
