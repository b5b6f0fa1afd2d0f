"""Clean a dataset of Ray: its rows and columns stay, and the parts of each article stand behind them.

Install: pip install ".[ray]", here and on every node.
Run: python examples/with_ray.py
"""

import os

import ray

from cleaner.arrow import clean_table

PAGES = [
    {"id": 1, "isi": "Air Sungai Surut\nSenin, 3 Maret 2025 10:00 WIB\nWarga Desa Sanggabumi mulai kembali ke rumah sejak pagi tadi.\nBaca juga: Hujan Reda di Hulu"},
    {"id": 2, "isi": "KALIWANGI - Para pedagang kembali menggelar dagangan setelah dua hari pasar itu tutup.\nADVERTISEMENT\nIkuti kami di Google News"},
    {"id": 3, "isi": None},
]


def cleaned(pages: ray.data.Dataset, **options: object) -> ray.data.Dataset:
    """The pages with the columns of `cleaner.arrow.SCHEMA` behind their own; the options are those of `clean_table`."""
    return pages.map_batches(clean_table, fn_kwargs=options, batch_format="pyarrow")


if __name__ == "__main__":
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray sends statistics over the network unless it is told not to.
    ray.init(include_dashboard=False)
    pages = ray.data.from_items(PAGES)
    for row in cleaned(pages, column="isi").sort("id").take_all():
        print(row["id"], row["clean_title"], row["clean_body"], sep=" | ")
    ray.shutdown()
