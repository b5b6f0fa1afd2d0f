"""Clean a column of a pandas data frame: one article for each text, and of it the parts that are wanted.

Install: pip install ".[pandas]"
Run: python examples/with_pandas.py
"""

import pandas as pd

from cleaner import clean

PAGES = [
    {"id": 1, "isi": "Air Sungai Surut\nSenin, 3 Maret 2025 10:00 WIB\nWarga Desa Sanggabumi mulai kembali ke rumah sejak pagi tadi.\nBaca juga: Hujan Reda di Hulu"},
    {"id": 2, "isi": "KALIWANGI - Para pedagang kembali menggelar dagangan setelah dua hari pasar itu tutup.\nADVERTISEMENT\nIkuti kami di Google News"},
    {"id": 3, "isi": None},
]


def cleaned(pages: pd.DataFrame, column: str) -> pd.DataFrame:
    """The pages with title and body of each article behind their own columns. A null stays null: `clean` would refuse it."""
    articles = pages[column].map(clean, na_action="ignore")
    return pages.assign(
        title=articles.map(lambda article: article.title, na_action="ignore"),
        body=articles.map(lambda article: article.body, na_action="ignore"),
    )


if __name__ == "__main__":
    for row in cleaned(pd.DataFrame(PAGES), "isi").itertuples():
        print(row.id, row.title, row.body, sep=" | ")
