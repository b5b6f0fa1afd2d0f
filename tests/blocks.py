"""The code blocks of the documents, and the files and the shell in which their commands run."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str, text: str = README) -> list[str]:
    """The code blocks of a text in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def section(heading: str, text: str = README) -> str:
    """The text under that heading."""
    return text.split(f"\n## {heading}\n")[1].split("\n## ", maxsplit=1)[0]


def commands(text: str = README) -> list[tuple[str, str]]:
    """The commands of a text, and what stands below each. Prose does not stand in these blocks."""
    return re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", "".join(blocks("console", text)), re.MULTILINE)


RULE = blocks("toml", (ROOT / "docs" / "questions.md").read_text("utf-8"))[0]
PAGE = "".join(line[4:] + "\n" for line in blocks("pycon")[0].splitlines()[1:] if line.startswith("... ") and line != '... """')


def provide(folder: Path, rule: str = RULE) -> Path:
    """Put the files into the folder of which the documents speak."""
    (folder / "page.txt").write_text(PAGE, "utf-8")
    (folder / "mine.toml").write_text(rule, "utf-8")
    (folder / "pages.jsonl").write_text(json.dumps({"id": 1, "text": PAGE}) + "\n", "utf-8")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


def run(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a line of shell in which `cleaner` is this project's."""
    script = f'cleaner() {{ "{sys.executable}" -m cleaner "$@"; }}\n{command}'
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(["bash", "-o", "pipefail", "-c", script], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False)
