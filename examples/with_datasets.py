"""Clean a dataset of Hugging Face in two processes: its columns stay, and the parts of each article stand behind them.

Install: pip install ".[datasets]"
Run: python examples/with_datasets.py
"""

from datasets import Dataset

from cleaner.arrow import clean_table

PAGES = [
    {"id": 1, "isi": "Air Sungai Surut\nSenin, 3 Maret 2025 10:00 WIB\nWarga Desa Sanggabumi mulai kembali ke rumah sejak pagi tadi.\nBaca juga: Hujan Reda di Hulu"},
    {"id": 2, "isi": "KALIWANGI - Para pedagang kembali menggelar dagangan setelah dua hari pasar itu tutup.\nADVERTISEMENT\nIkuti kami di Google News"},
    {"id": 3, "isi": None},
]


def cleaned(pages: Dataset, processes: int | None = None, **options: object) -> Dataset:
    """The pages with the columns of `cleaner.arrow.SCHEMA` behind their own; the options are those of `clean_table`."""
    # The cache knows clean_table by its name only, so it would give what an older version found.
    clean = pages.with_format("arrow").map(clean_table, batched=True, num_proc=processes, fn_kwargs=options, load_from_cache_file=False)
    return clean.with_format(None)


if __name__ == "__main__":
    for row in cleaned(Dataset.from_list(PAGES), processes=2, column="isi"):
        print(row["id"], row["clean_title"], row["clean_body"], sep=" | ")
