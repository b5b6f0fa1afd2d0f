"""What stands behind the story: blocks of other stories, menus, footers. Found by place."""

import re
from collections.abc import Iterator

from ..dates import LEAD
from ..place import Line, story
from ..spans import Claim, Page

LEADS = re.compile(rf"\s*(?=[A-Z]){LEAD}\S")
FEW = 6  # lines behind the last paragraph that stay where nothing says that they are furniture


def tail(page: Page) -> Iterator[Claim]:
    """Claim everything behind the end of the story.

    Leaves alone a few short lines at the end of a text in which nothing else is furniture: they may be a list.

    >>> from cleaner import clean
    >>> clean("Warga yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi.\\nSatu\\nDua").body
    'Warga yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi.\\n\\nSatu\\n\\nDua'
    """
    lines, first, last = story(page)
    if first == last:
        if len(lines) > 8 and sum(line.prose for line in lines) * 5 < len(lines):
            yield Claim(0, len(page.text), "nav", "tail", "no line of the page is a paragraph: it has no story")
        return
    rest = lines[last:]
    for line in rest[:8]:
        if line.kind == "date" and LEADS.match(line.span.text):
            yield Claim(line.span.start, line.span.end, "date", "tail", "says when the story was published")
    if rest and (len(rest) > FEW or any(line.closing for line in rest) or _outside(lines, last)):
        yield Claim(rest[0].span.start, len(page.text), "related", "tail", "stands behind the end of the story")


def _outside(lines: list[Line], last: int) -> bool:
    """Whether the lines around the story are those of a page: furniture stands right before the rest."""
    return bool(lines[last - 1].span.label) or any(line.span.label in ("share", "legal", "nav") for line in lines[last:])
