"""Run the commands of docs/at-scale.md, each in a fresh clone, and compare what they print with what stands below them.

    python .ci/examples.py            all of them
    python .ci/examples.py polars     those that name it
"""

import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOGETHER = 2  # commands that run at once
BLOCK = re.compile(r"^```console\n\$ (.+)\n([^$]*?)^```$", re.MULTILINE)

EXAMPLE = re.compile(r"examples/\S+")


def main():
    commands = [found for found in BLOCK.findall((ROOT / "docs" / "at-scale.md").read_text("utf-8")) if all(word in found[0] for word in sys.argv[1:])]
    examples = {path.name for path in (ROOT / "examples").iterdir() if path.suffix in (".py", ".ipynb")}
    missing = {name for name in examples if not any(f"examples/{name}" in command for command, _ in commands)}
    if not commands or (missing and not sys.argv[1:]):
        sys.exit(f"docs/at-scale.md does not run {', '.join(sorted(missing)) or 'anything'}")
    # Most of the time goes into unpacking what an engine needs, which fills one core.
    with ThreadPoolExecutor(TOGETHER) as pool:
        for said in pool.map(tried, *zip(*commands, strict=True)):
            print(said, flush=True)


def tried(command, output):
    """Run a command in a clone, and say how long it took; ends all where it does not print this."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as clone:
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        words = ["bash", "-euo", "pipefail", "-c", command]
        done = subprocess.run(words, cwd=clone, capture_output=True, encoding="utf-8", check=False)
    if (done.returncode, done.stdout) != (0, output):
        sys.exit(f"{command}\nended with {done.returncode} and printed\n{done.stdout}\n{done.stderr[-5000:]}")
    return f"{EXAMPLE.search(command)[0]}: as printed, {time.monotonic() - begun:.0f} s"


if __name__ == "__main__":
    main()
