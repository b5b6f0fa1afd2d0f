"""Clean the documents of a datatrove pipeline, between its reader and its writer, as two tasks.

Install: pip install ".[datatrove]"
Run: python examples/with_datatrove.py
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from cleaner.datatrove import Clean

PAGES = [
    {"id": 1, "isi": "Air Sungai Surut\nSenin, 3 Maret 2025 10:00 WIB\nWarga Desa Sanggabumi mulai kembali ke rumah sejak pagi tadi.\nBaca juga: Hujan Reda di Hulu"},
    {"id": 2, "isi": "KALIWANGI - Para pedagang kembali menggelar dagangan setelah dua hari pasar itu tutup.\nADVERTISEMENT\nIkuti kami di Google News"},
    {"id": 3, "isi": "Baca juga: Hujan Reda di Hulu"},
]


def job(folder: Path, **options: object) -> LocalPipelineExecutor:
    """A job from ``pages`` to ``clean`` in the folder; documents without a body go to ``excluded``. The options are those of `Clean`."""
    steps = [
        JsonlReader(str(folder / "pages"), text_key="isi"),
        Clean(exclusion_writer=JsonlWriter(str(folder / "excluded")), **options),
        JsonlWriter(str(folder / "clean")),
    ]
    return LocalPipelineExecutor(steps, tasks=2, workers=2, logging_dir=str(folder / "logs"))


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pages").mkdir()
        for page in PAGES:
            (folder / "pages" / f"{page['id']}.jsonl").write_text(json.dumps(page))
        job(folder).run()
        for kind in ("clean", "excluded"):
            for document in JsonlReader(str(folder / kind))():
                print(kind, document.id, document.text, sep=" | ")
