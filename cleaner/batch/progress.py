"""How far a run is: a bar on a terminal, and now and then a line in a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from ..console import complain

EVERY = 30  # seconds between two lines in a log


@dataclass
class State:
    """How far a run is."""

    size: int  # of all inputs, in bytes
    read: int = 0  # of these bytes
    skipped: int = 0  # of these, those that an earlier run had done
    documents: int = 0
    rejected: int = 0  # of these
    fresh: int = 0  # documents that this run did itself, and not an earlier one that was stopped
    seconds: float = 0.0

    def said(self) -> str:
        """How far it is: "1,503 documents, 20 a second, 3 rejected, 0:03:00 left", judged by the bytes."""
        rate = f", {self.fresh / self.seconds:,.0f} a second" if self.fresh and self.seconds else ""
        left, read = self.size - self.read, self.read - self.skipped
        time = f", {timedelta(seconds=round(self.seconds * left / read))} left" if read > 0 else ""
        return f"{self.documents:,} documents{rate}, {self.rejected:,} rejected{time}"


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[State], None]]:
    """What to call after every batch: it draws a bar on a terminal, and now and then a line in a log."""
    last = 0.0

    def line(state: State) -> None:
        nonlocal last
        if state.seconds - last >= EVERY:
            last = state.seconds
            complain(state.said())

    if quiet or sys.stderr is None:
        yield lambda _: None
    elif not sys.stderr.isatty():
        yield line
    else:
        columns = BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[said]}")
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None, said="")
            yield lambda s: bar.update(task, total=max(s.size, 1), completed=s.read, said=s.said())
