"""How far a run of `cleaner batch` is: a bar on a terminal, a line now and then in a log, on stderr both."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from ..console import complain

EVERY = 30  # seconds between two lines in a log


class State(NamedTuple):
    """How far a run is."""

    documents: int
    rejected: int
    fresh: int  # documents that were done since the run began, or was taken up again
    seconds: float  # since then
    size: int  # of all inputs, in bytes
    read: int  # of these
    skipped: int  # of these, those that an earlier run had done


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[State], None]]:
    """What to call after every batch, so that it is shown how far the run is."""
    if quiet or sys.stderr is None:
        yield lambda _: None
    elif sys.stderr.isatty() and rich_is_there():
        with bar() as show:
            yield show
    else:
        yield lines()


def rich_is_there() -> bool:
    """Whether a bar can be drawn."""
    from importlib.util import find_spec

    return find_spec("rich") is not None


@contextmanager
def bar() -> Iterator[Callable[[State], None]]:
    """A bar that is drawn anew in its place, and is gone at the end."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    with Progress(BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[said]}"), console=Console(stderr=True), transient=True) as drawn:
        task = drawn.add_task("", total=None, said="")
        yield lambda state: drawn.update(task, total=max(state.size, 1), completed=state.read, said=said(state))


def lines() -> Callable[[State], None]:
    """A line every half minute."""
    last = time.monotonic()

    def show(state: State) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            complain(said(state))

    return show


def said(state: State) -> str:
    """The state in words. The time that is left is that of the bytes that are left, at the rate of those that this run has read.

    >>> said(State(documents=1500, rejected=3, fresh=1200, seconds=60, size=5000, read=2000, skipped=1000))
    '1,500 documents, 20 a second, 3 rejected, 3 min left'
    """
    rate = f", {state.fresh / state.seconds:,.0f} a second" if state.fresh and state.seconds else ""
    read = state.read - state.skipped
    left = f", {duration(state.seconds * (state.size - state.read) / read)} left" if read > 0 else ""
    return f"{state.documents:,} documents{rate}, {state.rejected:,} rejected{left}"


def duration(seconds: float) -> str:
    """A time in the unit that suits it.

    >>> duration(0.4), duration(59), duration(90), duration(9000)
    ('1 s', '59 s', '2 min', '2 h 30 min')
    """
    if seconds < 60:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
