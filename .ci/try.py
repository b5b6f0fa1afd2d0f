"""Put what docs/try.md needs into a site that mkdocs has built: Pyodide, which npm has, and cleaner with what it needs.

    python .ci/try.py site

All of it is then shipped with the site, some 15 MB, and the page loads nothing from elsewhere. Needs npm.
"""

import subprocess
import sys
import tarfile
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

PYODIDE = "pyodide@314.0.7"
RUNTIME = "pyodide.mjs pyodide.asm.mjs pyodide.asm.wasm pyodide-lock.json python_stdlib.zip".split()
# regex is left out: only patterns of a user's own rules ask for it, and it has no wheel for a browser in any index.
PACKAGES = ("cleaner", "ftfy", "wcwidth")


def main(site):
    page = Path(site) / "try"
    if not (page / "index.html").exists():
        sys.exit(f"{page} is not there; run mkdocs build first")
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(["npm", "pack", "--silent", PYODIDE], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
        with tarfile.open(Path(folder) / packed) as archive:
            for name in RUNTIME:
                (page / name).write_bytes(archive.extractfile(f"package/{name}").read())
    with zipfile.ZipFile(page / "cleaner.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in PACKAGES:
            package = Path(find_spec(name).origin).parent
            for path in sorted(package.rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    archive.write(path, Path(name) / path.relative_to(package))


if __name__ == "__main__":
    main(*sys.argv[1:])
