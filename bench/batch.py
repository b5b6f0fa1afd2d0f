"""How `cleaner batch` scales: the same input with one worker and with more, and what a cluster would cost.

    python bench/batch.py                         500 MB of the gold, one worker and two: some ten minutes
    python bench/batch.py --megabytes 20          a try
    python bench/batch.py --workers 1 4 8         other numbers of workers

The input are the documents of the gold, over and over, as JSON Lines, each with a number of its own; the output is Parquet. The rate is documents by the clock, start and join
included. The share is that of the clock, over all workers, that went into cleaning itself. All runs have to give the same bytes.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from itertools import count, cycle
from pathlib import Path

from accuracy import documents

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "dev.jsonl"  # real pages, which cannot be shipped
MEGABYTE = 1_000_000
CRAWL = 100_000_000  # pages: the Indonesian part of a web-scale crawl, to say what it would cost
CENTS = (2, 5)  # US cents that a core-hour costs: of a machine that may be taken away, and of one that may not


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD if GOLD.exists() else ROOT / "corpus")
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "pages.jsonl")
        number, size = write(source, [document.text for document in documents(options.gold)], options.megabytes * MEGABYTE)
        print(f"{number:,} documents of {options.gold.name}, {size / MEGABYTE:,.0f} MB, {size / number / 1000:.1f} kB each")
        print(f"{'workers':>7}  {'seconds':>7}  {'times':>5}  {'documents/s':>11}  {'MB/s':>5}  {'in cleaning':>11}  {'a core-hour':>11}")
        first, seen = None, set()
        for workers in options.workers:
            summary = run(source, Path(scratch, "clean.parquet"), workers, seen)
            first = first or summary
            rate = summary["documents"] / summary["seconds"]
            times = f"{first['seconds'] / summary['seconds']:.2f}"
            hourly = rate / workers * 3600
            speed, share = size / MEGABYTE / summary["seconds"], summary["share_of_time_in_cleaning"]
            print(f"{workers:>7}  {summary['seconds']:>7.1f}  {times:>5}  {rate:>11.0f}  {speed:>5.2f}  {share:>11.1%}  {hourly:>11,.0f}")
        if len(seen) > 1:
            sys.exit("the runs gave different bytes")
        hours = CRAWL / hourly
        print(f"{CRAWL:,} such documents: {hours:,.0f} core-hours, {' to '.join(f'{hours * cents / 100:,.0f}' for cents in CENTS)} dollars at {CENTS[0]} to {CENTS[1]} cents each")


def write(path, texts, size):
    """Write JSON Lines of so many bytes of text; give the number of documents, and of the bytes of their texts."""
    written = 0
    with path.open("w") as file:
        for number, text in zip(count(), cycle(texts)):
            if written >= size:
                return number, written
            file.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
            written += len(text.encode())
    raise AssertionError


def run(source, target, workers, seen):
    """The summary of a run; its output is looked at and removed."""
    summary = target.with_suffix(".json")
    subprocess.run([sys.executable, "-m", "cleaner", "batch", source, "-o", target, "--workers", str(workers), "--quiet", "--summary", summary], check=True)
    seen.add(hashlib.sha256(target.read_bytes()).hexdigest())
    target.unlink()
    found = json.loads(summary.read_text())
    summary.unlink()  # The next run writes its own, and nothing is overwritten.
    return found


if __name__ == "__main__":
    main()
