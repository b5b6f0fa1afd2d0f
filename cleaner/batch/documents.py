"""The documents of files and folders one by one, for the commands that look at them."""

from collections.abc import Iterator
from typing import NamedTuple

from .cells import Text
from .plan import Plan
from .reading import Bad


class Document(NamedTuple):
    """A row of an input: the file, its number there from 1, and its text with its hints, or what is wrong with it."""

    file: str
    row: int | None  # None for a file that cannot be read, or the rest of one
    text: Text | Bad


def documents(plan: Plan) -> Iterator[Document]:
    """Every row of every source of the plan, in order; then the files that cannot be read."""
    unreadable = dict(plan.unreadable)
    for _, batch in plan.batches(unreadable):
        for (file, row), text in zip(batch.where, batch.source.texts(batch, plan.choice), strict=True):
            yield Document(file, row, text)
    for file, reason in unreadable.items():
        yield Document(file, None, Bad(reason))
