"""How the command lasts: a long stream of JSON Lines through ``cleaner --jsonl``, with nothing on disk.

    python bench/endurance.py                     1,000 MB: some ten minutes at 2 MB/s
    python bench/endurance.py --megabytes 20      a try

The records are the pages of ``corpus/``, over and over, each with a number of its own. They are made while they are written, and
each answer is looked at and forgotten. The peak of the command's memory is read from ``/proc`` along the way. The program ends with 1 if a
record is missing, changed, broken or out of order, or if the peak still grows after the first tenth of the stream.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from cleaner import clean, margin

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1_000_000
ROWS = 10  # of the table; by the end of the first, every page has been seen
SLACK = 2.0  # megabytes by which the peak may grow after the first row: the allocator breathes, a leak grows with the records


class Page(NamedTuple):
    """A page of the corpus, ready to be a record: what stands behind the number, and what comes back behind that."""

    given: bytes
    answer: bytes


def pages() -> list[Page]:
    """The pages of the corpus, each with its answer as the library gives it in one thread."""
    found = []
    for path in sorted((ROOT / "corpus").rglob("*.txt")):
        _, _, rows = path.read_text("utf-8").partition("\n\n")
        text = "".join(text for _, text in margin.read(rows.removesuffix("\n")))
        given = f', "text": {json.dumps(text)}'
        answer = f', "article": {json.dumps(clean(text).parts(), ensure_ascii=False)}'
        found.append(Page(f"{given}}}\n".encode(), f"{given}{answer}}}\n".encode()))
    return found


def records(pages: list[Page], size: int) -> Iterator[tuple[bytes, bytes]]:
    """Records and their answers, until the records are so many bytes."""
    for number, page in zip(count(), cycle(pages)):
        record = b'{"id": %d%b' % (number, page.given)
        yield record, b'{"id": %d%b' % (number, page.answer)
        size -= len(record)
        if size <= 0:
            return


def peak(process: "subprocess.Popen[bytes]") -> float:
    """The most memory that a process has held so far, in megabytes."""
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s*(\d+)", status)[1]) * 1024 / MEGABYTE


def main() -> int:
    """Run the stream, print a row for each tenth of it, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=1000, help="size of the stream, as it goes in (1000)")
    size = int(parser.parse_args().megabytes * MEGABYTE)
    corpus = pages()
    least = ROWS * sum(len(page.given) for page in corpus) // MEGABYTE + 1
    if size < least * MEGABYTE:
        parser.error(f"by the end of the first tenth every page has to be seen: give {least} megabytes or more")

    process = subprocess.Popen([sys.executable, "-m", "cleaner", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)

    def feed():
        with process.stdin:
            for record, _ in records(corpus, size):
                process.stdin.write(record)

    feeder = Thread(target=feed, daemon=True)
    start = time.perf_counter()
    feeder.start()
    print(f"{'MB in':>10}{'records':>12}{'MB/s':>8}{'peak MB':>10}")
    peaks: list[float] = []
    wrong = done = 0
    number = 0
    for number, (record, expected) in enumerate(records(corpus, size), 1):
        wrong += process.stdout.readline() != expected
        done += len(record)
        if done * ROWS >= size * (len(peaks) + 1) and process.poll() is None:
            peaks.append(peak(process))
            print(f"{done / MEGABYTE:10.1f}{number:12,}{done / MEGABYTE / (time.perf_counter() - start):8.2f}{peaks[-1]:10.1f}", flush=True)
    more = process.stdout.read().count(b"\n")
    status = process.wait()
    feeder.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime
    print(f"{number:,} records in, {number - wrong:,} right, {wrong:,} wrong or missing, {more:,} too many; exit status {status}")
    print(f"{done / MEGABYTE / seconds:.2f} MB/s and {number / seconds:,.0f} records/s of CPU time; memory grew by {peaks[-1] - peaks[0]:.1f} MB after the first tenth")
    return int(bool(wrong or more or status or peaks[-1] - peaks[0] > SLACK))


if __name__ == "__main__":
    sys.exit(main())
