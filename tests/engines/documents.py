"""Ten thousand documents made from the pages of the corpus, as a table and as files."""

from pathlib import Path
from typing import TYPE_CHECKING

import goldens
from cleaner import clean

if TYPE_CHECKING:
    import pyarrow as pa

# Some seconds of work for each of two workers, in several batches. Ten times as many took Ray and Spark ten minutes on
# two cores, and showed no more.
MANY = 10_000
SHORT = 2000  # characters: longer pages would add minutes and nothing else
FILES = 8
NULL, EMPTY = 17, 71  # what stands in these places of each thousand


def table() -> "pa.Table":
    """The documents in the order of their ids: id, publisher and text. No two have the same text, but for the null and the empty ones."""
    import pyarrow as pa

    pages = [page for page in map(goldens.read, goldens.paths()) if len(page.text) < SHORT and ". " in page.text]
    chosen = [pages[number % len(pages)] for number in range(MANY)]
    texts = [text(page.text, number) for number, page in enumerate(chosen)]
    return pa.table({"id": range(MANY), "penerbit": [page.header["publisher"] for page in chosen], "isi": texts})


def text(page: str, number: int) -> str | None:
    """The page with the number at the end of its first sentence; null or nothing now and then."""
    if number % 1000 in (NULL, EMPTY):
        return None if number % 1000 == NULL else ""
    return page.replace(". ", f", menurut catatan nomor {number}. ", 1)


def write(documents: "pa.Table", folder: Path) -> None:
    """Write the documents as Parquet files, so many that each worker finds something to do."""
    from pyarrow import parquet

    rows = -(-len(documents) // FILES)
    for number in range(FILES):
        parquet.write_table(documents.slice(number * rows, rows), folder / f"{number}.parquet")


def read(folder: Path, schema: "pa.Schema") -> "pa.Table":
    """What an engine wrote as Parquet files, in the order of the ids, with the names that the schema has for the insides of a list."""
    from pyarrow import parquet

    return parquet.read_table(folder).sort_by("id").cast(schema)


def differences(found: "pa.Table", expected: "pa.Table") -> list[str]:
    """The columns that came out otherwise, and the number of rows if it is another."""
    columns = [name for name in expected.column_names if not found[name].equals(expected[name])]
    return columns + [f"{len(found)} rows"] * (len(found) != len(expected))


def lines(pages: list[tuple[int, str | None]]) -> str:
    """What an example has to print for its pages."""
    articles = [(number, text if text is None else clean(text)) for number, text in pages]
    return "".join(f"{number} | {article and article.title} | {article and article.body}\n" for number, article in articles)
