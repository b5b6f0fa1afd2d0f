"""Clean a data frame of Polars, and a scan of files piece by piece: their columns stay, and the parts of each article stand behind them.

Install: pip install ".[polars]"
Run: python examples/with_polars.py
"""

from functools import partial

import polars as pl

from cleaner.arrow import clean_table

PAGES = [
    {"id": 1, "isi": "Air Sungai Surut\nSenin, 3 Maret 2025 10:00 WIB\nWarga Desa Sanggabumi mulai kembali ke rumah sejak pagi tadi.\nBaca juga: Hujan Reda di Hulu"},
    {"id": 2, "isi": "KALIWANGI - Para pedagang kembali menggelar dagangan setelah dua hari pasar itu tutup.\nADVERTISEMENT\nIkuti kami di Google News"},
    {"id": 3, "isi": None},
]


def cleaned(pages: pl.DataFrame, **options: object) -> pl.DataFrame:
    """The pages with the columns of `cleaner.arrow.SCHEMA` behind their own; the options are those of `clean_table`."""
    return pl.DataFrame(clean_table(pages, **options))


def cleaned_later(pages: pl.LazyFrame, **options: object) -> pl.LazyFrame:
    """The same for a scan. Collected or sunk with ``engine="streaming"``, it is never in memory as a whole."""
    schema = cleaned(pl.DataFrame(schema=pages.collect_schema()), **options).schema
    return pages.map_batches(partial(cleaned, **options), schema=schema, streamable=True, projection_pushdown=False)


if __name__ == "__main__":
    pages = pl.DataFrame(PAGES)  # pl.scan_parquet("pages/*.parquet") gives a LazyFrame, which cleaned_later takes
    for row in cleaned(pages, column="isi").iter_rows(named=True):
        print(row["id"], row["clean_title"], row["clean_body"], sep=" | ")
