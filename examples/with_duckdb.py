"""Clean the result of a DuckDB query batch by batch, and query what comes out: no table is ever in memory as a whole.

Install: pip install ".[duckdb]"
Run: python examples/with_duckdb.py
"""

import duckdb
import pyarrow as pa

from cleaner.arrow import added_schema, clean_batches

PAGES = [
    (1, "Air Sungai Surut\nSenin, 3 Maret 2025 10:00 WIB\nWarga Desa Sanggabumi mulai kembali ke rumah sejak pagi tadi.\nBaca juga: Hujan Reda di Hulu"),
    (2, "KALIWANGI - Para pedagang kembali menggelar dagangan setelah dua hari pasar itu tutup.\nADVERTISEMENT\nIkuti kami di Google News"),
    (3, None),
]
ROWS = 1000  # rows of a batch; DuckDB takes a million unless it is told otherwise


def cleaned(pages: duckdb.DuckDBPyRelation, column: str) -> pa.RecordBatchReader:
    """The pages with the columns of `cleaner.arrow.SCHEMA` behind their own: to be read, or queried, once."""
    batches = pages.to_arrow_reader(ROWS)
    schema = pa.schema([*batches.schema, *added_schema(batches.schema, column)])
    return pa.RecordBatchReader.from_batches(schema, clean_batches(batches, column))


if __name__ == "__main__":
    connection = duckdb.connect()
    connection.execute("CREATE TABLE pages (id INTEGER, isi VARCHAR)")
    connection.executemany("INSERT INTO pages VALUES (?, ?)", PAGES)
    # A connection has one open result at a time, so the pages are read by a cursor, which is a second connection.
    clean = cleaned(connection.cursor().sql("FROM pages"), "isi")
    for row in connection.sql("SELECT id, clean_title, clean_body FROM clean ORDER BY id").fetchall():
        print(*row, sep=" | ")
