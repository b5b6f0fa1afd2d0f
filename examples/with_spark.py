"""Clean a data frame of Spark: its rows and columns stay, and the parts of each article stand behind them.

Install: pip install ".[spark]", here and on the workers; Spark also needs Java 17 or newer.
Run: python examples/with_spark.py, or spark-submit examples/with_spark.py on a cluster. The workers take the first
python3 of their PATH, or the one that PYSPARK_PYTHON names.
"""

from functools import partial

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from cleaner.arrow import SCHEMA, clean_batches

PAGES = [
    (1, "Air Sungai Surut\nSenin, 3 Maret 2025 10:00 WIB\nWarga Desa Sanggabumi mulai kembali ke rumah sejak pagi tadi.\nBaca juga: Hujan Reda di Hulu"),
    (2, "KALIWANGI - Para pedagang kembali menggelar dagangan setelah dua hari pasar itu tutup.\nADVERTISEMENT\nIkuti kami di Google News"),
    (3, None),
]


def cleaned(pages: DataFrame, **options: object) -> DataFrame:
    """The pages with the columns of `SCHEMA` behind their own; the options are those of `clean_batches`."""
    schema = StructType([*pages.schema, *from_arrow_schema(SCHEMA)])
    return pages.mapInArrow(partial(clean_batches, **options), schema)


if __name__ == "__main__":
    spark = SparkSession.builder.appName("clean").getOrCreate()
    pages = spark.createDataFrame(PAGES, "id long, isi string")
    for row in cleaned(pages, column="isi").orderBy("id").collect():
        print(row["id"], row["clean_title"], row["clean_body"], sep=" | ")
    spark.stop()
