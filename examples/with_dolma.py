"""Tag a folder of documents for dolma, and let its mixer leave the bodies: the documents themselves are never changed.

Install: pip install berita-cleaner; and dolma in an environment of its own, for it needs old releases of other packages.
Run: python examples/with_dolma.py (with the command dolma on the PATH)
"""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from cleaner.dolma import replacements, tag

PAGES = [
    {"id": "1", "text": "Air Sungai Surut\nSenin, 3 Maret 2025 10:00 WIB\nWarga Desa Sanggabumi mulai kembali ke rumah sejak pagi tadi.\nBaca juga: Hujan Reda di Hulu"},
    {"id": "2", "text": "KALIWANGI - Para pedagang kembali menggelar dagangan setelah dua hari pasar itu tutup.\nADVERTISEMENT\nIkuti kami di Google News"},
    {"id": "3", "text": "Baca juga: Hujan Reda di Hulu"},
]


def mix(folder: Path, name: str = "cleaner") -> None:
    """Mix the documents of the folder into ``clean``, with the bodies for texts; those that have none are left out."""
    stream = {
        "name": "clean",
        "documents": [f"{folder}/documents/**/*.jsonl.gz"],
        "attributes": [name],
        "output": {"path": f"{folder}/clean", "min_text_length": 1, "discard_fields": ["attributes"]},
        "span_replacement": replacements(name),
    }
    (folder / "mix.json").write_text(json.dumps({"streams": [stream]}))
    subprocess.run(["dolma", "-c", f"{folder}/mix.json", "mix"], check=True, capture_output=True)


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "documents").mkdir()
        with gzip.open(folder / "documents" / "pages.jsonl.gz", "wt") as file:
            file.writelines(json.dumps(page) + "\n" for page in PAGES)
        print(*tag(folder), sep="\n", file=sys.stderr)  # what is wrong with a record, if anything is
        mix(folder)
        for line in gzip.decompress((folder / "clean" / "clean-0000.json.gz").read_bytes()).splitlines():
            document = json.loads(line)
            print(document["id"], document["text"], sep=" | ")
