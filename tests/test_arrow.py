"""Arrow: the same articles as one by one, whatever the column is made of."""

import pickle
import subprocess
import sys
from functools import partial

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Claim, FilterError, Pipeline, clean, default
from cleaner.arrow import SCHEMA, clean_batches, clean_table
from cleaner.article import PARTS

PAGE = "Air surut sejak pagi, kata warga Sanggabumi.\nBaca juga: Hujan Reda di Hulu\nWarga kembali ke rumah, kata Marto.\n"
TEXTS = [PAGE, None, "", "â€œSaya hadir,â€\x9d kata dia.\n", "🙂 " + PAGE, "ADVERTISEMENT\n"]


def expected(texts):
    articles = [None if text is None else clean(text) for text in texts]
    columns = {f"clean_{part}": [article and getattr(article, part) for article in articles] for part in PARTS}
    removed = [None if article is None else [span.to_dict() for span in article.removed] for article in articles]
    photos = [article and [dict(zip(("caption", "credit"), pair, strict=True)) for pair in article.captions] for article in articles]
    return {**columns, "clean_captions": photos, "clean_removed": removed}


def test_every_photo_is_there_the_lead_first():
    page = "Warga memeriksa tandon air di Desa Sanggabumi, Selasa (4/3/2025). Foto: Rana Widuri/Harian Lereng\n" + PAGE
    page += "Anak-anak bermain di tepi Kali Wangi, Rabu (5/3/2025). Foto: Budi Santosa/Harian Lereng\n"
    found = clean_table(pa.table({"text": [page]}))["clean_captions"].to_pylist()
    assert found == [[{"caption": caption, "credit": credit} for caption, credit in clean(page).captions]]
    assert len(found[0]) == 2


def added(table):
    return {name: table.column(name).to_pylist() for name in SCHEMA.names}


@pytest.mark.parametrize(
    "column",
    [
        pa.array(TEXTS, pa.string()),
        pa.array(TEXTS, pa.large_string()),
        pa.array(TEXTS, pa.string_view()),
        pa.array(TEXTS).dictionary_encode(),
        pa.chunked_array([TEXTS[:2], [], TEXTS[2:]], pa.string()),
        pa.chunked_array([pa.array(TEXTS[:4]).dictionary_encode(), pa.array(TEXTS[4:]).dictionary_encode()]),
        pa.array(["x", *TEXTS, "y"]).slice(1, len(TEXTS)),
    ],
    ids=["string", "large_string", "string_view", "dictionary", "chunked", "chunked dictionary", "sliced"],
)
def test_a_column_of_any_make_gives_the_same_articles(column):
    table = pa.table({"id": range(len(TEXTS)), "text": column})
    cleaned = clean_table(table)
    assert added(cleaned) == expected(TEXTS)
    assert cleaned.select(["id", "text"]) == table


def test_a_sliced_table_gives_its_own_rows_only():
    table = pa.table({"text": TEXTS, "id": range(len(TEXTS))}).slice(2, 3)
    assert clean_table(table)["id"].to_pylist() == [2, 3, 4]
    assert added(clean_table(table)) == expected(TEXTS[2:5])


@pytest.mark.parametrize("rows", [pa.array([], pa.string()), pa.chunked_array([], pa.string()), pa.nulls(0)])
def test_an_empty_table_has_the_columns_and_no_rows(rows):
    cleaned = clean_table(pa.table({"text": rows}))
    assert cleaned.num_rows == 0
    assert pa.schema(list(cleaned.schema)[1:]) == SCHEMA


def test_a_column_of_nulls_gives_nulls():
    assert clean_table(pa.table({"text": pa.nulls(3)}))["clean_body"].to_pylist() == [None, None, None]


def test_the_schema_is_the_one_that_is_published_and_metadata_stays():
    table = pa.table({"isi": TEXTS}).replace_schema_metadata({"origin": "here"})
    cleaned = clean_table(table, "isi")
    assert cleaned.schema == pa.schema([*table.schema, *SCHEMA])
    assert cleaned.schema.metadata == {b"origin": b"here"}
    batch = next(clean_batches(table.to_batches(), "isi"))
    assert batch.schema.equals(cleaned.schema, check_metadata=True)


def test_batches_are_cleaned_one_at_a_time():
    asked = []

    def batches():
        for number in range(3):
            asked.append(number)
            yield pa.record_batch({"text": [PAGE], "number": [number]})

    cleaned = clean_batches(batches())
    assert asked == []
    assert next(cleaned)["number"].to_pylist() == [0]
    assert asked == [0]
    assert [batch["number"][0].as_py() for batch in cleaned] == [1, 2]


@given(st.lists(st.none() | st.sampled_from(TEXTS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=6), st.integers(1, 4))
def test_any_cut_into_batches_gives_the_same_rows(texts, size):
    table = pa.table({"text": pa.array(texts, pa.string())})
    batches = pa.Table.from_batches(clean_batches(table.to_batches(max_chunksize=size)), pa.schema([*table.schema, *SCHEMA]))
    assert batches == clean_table(table)
    assert added(batches) == expected(texts)


def test_hints_come_from_columns():
    text = "Beranda\nCuaca Cerah\nSanggabumi Panen Air Hujan\nWarga desa kini menampung air hujan untuk menghadapi kemarau, kata kepala desa.\n"
    seen = []

    def watch(page):
        seen.append((page.url, page.publisher, page.title))
        return []

    table = pa.table({"text": [text, text], "where": ["https://lereng.example/panen-air-hujan", None], "whose": ["lereng", None], "judul": [None, "Panen"]})
    clean_table(table, url="where", publisher="whose", title="judul", pipeline=Pipeline((watch,)))
    assert seen == [("https://lereng.example/panen-air-hujan", "lereng", ""), ("", "", "Panen")]


def test_a_pipeline_of_your_own_is_used():
    table = clean_table(pa.table({"text": [PAGE]}), pipeline=default().without("rules", "readmore"))
    assert "Baca juga" in table["clean_body"][0].as_py()


def test_new_columns_can_have_another_prefix():
    once = clean_table(pa.table({"text": [PAGE]}))
    twice = clean_table(once, "clean_body", prefix="again_")
    assert twice.schema.names[-len(SCHEMA) :] == [name.replace("clean_", "again_") for name in SCHEMA.names]
    assert twice["again_body"] == once["clean_body"]


@pytest.mark.parametrize("call", [clean_table, lambda table, *names, **more: list(clean_batches(table.to_batches(), *names, **more))])
@pytest.mark.parametrize(
    ("table", "arguments", "error", "says"),
    [
        ({"isi": ["a"]}, {}, ValueError, "no column is called 'text'; there are: 'isi'"),
        ({"text": ["a"]}, {"url": "link"}, ValueError, "no column is called 'link'"),
        ({"text": [1]}, {}, TypeError, "column 'text' holds int64, not text"),
        ({"text": [b"a"]}, {}, TypeError, "column 'text' holds binary, not text"),
        ({"text": ["a"], "clean_body": ["b"]}, {}, ValueError, "a column 'clean_body' is there already, and is not overwritten"),
    ],
)
def test_what_cannot_be_cleaned_is_refused_in_a_sentence(call, table, arguments, error, says):
    with pytest.raises(error, match=says):
        call(pa.table(table), **arguments)


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(ValueError, match="more than one column is called 'text'"):
        clean_table(pa.table([["a"], ["b"]], names=["text", "text"]))


def test_a_filter_that_fails_is_named():
    def broken(page):
        yield Claim("no", 1, "nav")

    with pytest.raises(FilterError, match="broken"):
        clean_table(pa.table({"text": [PAGE]}), pipeline=Pipeline((broken,)))


def test_both_can_be_sent_to_other_machines():
    table = pa.table({"isi": [PAGE]})
    for function in (partial(clean_table, column="isi", pipeline=default()), clean_table):
        sent = pickle.loads(pickle.dumps(function))
        assert sent(table, column="isi") == clean_table(table, "isi")
    assert list(pickle.loads(pickle.dumps(partial(clean_batches, column="isi")))(table.to_batches())) == clean_table(table, "isi").to_batches()


def test_without_pyarrow_the_error_says_what_to_install():
    program = "import sys; sys.modules['pyarrow'] = None; import cleaner.arrow"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "pip install pyarrow" in done.stderr.splitlines()[-1]


def test_nothing_but_arrow_itself_loads_pyarrow():
    program = "import sys, cleaner, cleaner.cli; cleaner.clean('Isi berita.'); assert 'pyarrow' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
