"""Off by default: take the dateline out of the body.

``default().before("dateline", strip_dateline)`` turns it on.
"""

from collections.abc import Iterator

from ..spans import Claim, Page
from .dateline import dateline


def strip_dateline(page: Page) -> Iterator[Claim]:
    """Claim what `dateline` claims, so that the body begins behind it; ``article.dateline`` still gives it.

    >>> from cleaner import default, strip_dateline
    >>> pipeline = default().before("dateline", strip_dateline)
    >>> article = pipeline("SOLO, KOMPAS.com - Pasar itu ramai kembali sejak pagi.")
    >>> article.dateline, article.body
    ('SOLO, KOMPAS.com -', 'Pasar itu ramai kembali sejak pagi.')
    """
    for claim in dateline(page):
        if claim.label == "dateline":
            why = "names the outlet or the place; taken out of the body on request"
            yield claim._replace(rule="strip_dateline", why=why)
        else:
            yield claim
