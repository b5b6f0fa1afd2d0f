"""``cleaner batch``: every row comes out once, cleaned or rejected, whatever the form, and however often the run is killed."""

import csv
import gzip
import io
import json
import os
import pty
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner import clean
from cleaner.arrow import SCHEMA
from cleaner.article import PARTS
from cleaner.batch.reading import ENDINGS, Choice, ending, long_lines, opened
from cleaner.cli import main
from cleaner.labels import FURNITURE, LABELS
from cleaner.records import Bad
from test_cli import BODY, COMMAND, ENVIRONMENT, PAGE, PATIENCE, ROOT, RULE, run
from test_rules import BACKTRACKS

NAMES = SCHEMA.names
ROWS = [{"id": number, "text": f"{PAGE}Warga dusun ke-{number} pulang, kata Marto Sukirno.\n"} for number in range(12)]
CHOICE = Choice("text", None, None, None, "utf-8", 1_000_000, 5)


def packed(text, name):
    data = text.encode()
    if name.endswith(".gz"):
        return gzip.compress(data[:100]) + gzip.compress(data[100:])  # two members, as tools that append to a file leave it
    if name.endswith(".zst"):
        sink = pa.BufferOutputStream()
        with pa.CompressedOutputStream(sink, "zstd") as stream:
            stream.write(data)
        return sink.getvalue().to_pybytes()
    return data


def write(path, rows):
    """Rows in the form that the ending of the path says."""
    name = path.name
    if ".parquet" in name:
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif ".csv" in name or ".tsv" in name:
        text = io.StringIO()
        table = csv.DictWriter(text, list(rows[0]), delimiter="\t" if ".tsv" in name else ",")
        table.writeheader()
        table.writerows(rows)
        path.write_bytes(packed(text.getvalue(), name))
    else:
        path.write_bytes(packed("".join(json.dumps(row) + "\n" for row in rows), name))
    return path


def read(path):
    """The rows of an output, a file or a folder of shards."""
    if path.is_dir():
        return [row for shard in sorted(path.iterdir()) for row in read(shard)]
    if path.suffix == ".parquet":
        return pq.read_table(path, partitioning=None).to_pylist()
    with pa.input_stream(path) as stream:
        return [json.loads(line) for line in stream.read().splitlines()]


def rejects(path):
    found = path.with_name(path.name + ".rejects.jsonl")
    return [tuple(json.loads(line).values()) for line in found.read_text("utf-8").splitlines()] if found.exists() else []


def photos(article):
    return [{"caption": caption, "credit": credit} for caption, credit in article.captions]


def columns(text):
    article = clean(text)
    return {**{f"clean_{part}": getattr(article, part) for part in PARTS}, "clean_captions": photos(article), "clean_removed": [span.to_dict() for span in article.removed]}


def batch(*args, status=0):
    """Run the command here, in one process, and check how it ends."""
    assert main(["batch", *map(str, args), "--workers", "1", "--quiet"]) == status


def said(done):
    return done.stderr.decode().splitlines()


# ── every form in, every form out ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("source", ["a.jsonl", "a.ndjson", "a.json.gz", "a.jsonl.gz", "a.JSONL.ZST", "a.csv", "a.tsv", "a.csv.gz", "a.tsv.zst", "a.parquet"])
@pytest.mark.parametrize("target", ["o.parquet", "o.jsonl", "o.jsonl.gz", "o.jsonl.zst", "o/", "o.jsonl/"])
def test_all_columns_come_back_in_order_with_the_parts_behind_them(source, target, tmp_path):
    batch(write(tmp_path / source.lower(), ROWS).rename(tmp_path / source), "-o", f"{tmp_path}/{target}", "--batch-size", 5)
    number = str if ".csv" in source or ".tsv" in source else int
    assert read(tmp_path / target) == [{"id": number(row["id"]), "text": row["text"], **columns(row["text"])} for row in ROWS]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({source, target.rstrip("/")})


def in_csv(value):
    """What a value is in a cell of CSV."""
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


CELLS = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=9) | st.lists(st.sampled_from(["a", '"']), max_size=2)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.dictionaries(st.sampled_from(["id", "judul, asli", 'a"b', "c\nd"]), CELLS), min_size=1, max_size=4), st.integers(1, 3))
def test_a_table_of_csv_comes_back_from_its_file_as_it_was(tmp_path_factory, rows, size):
    folder = tmp_path_factory.mktemp("csv")
    rows = [{"text": f'{PAGE}"Air," kata Marto; {number}\r\n', **row} for number, row in enumerate(rows)]
    batch(write(folder / "a.jsonl", rows), "-o", folder / "o.csv", "--batch-size", size)
    with (folder / "o.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    names = list(dict.fromkeys(name for row in rows for name in row))
    assert found == [{name: in_csv(cell) for name, cell in {**dict.fromkeys(names), **row, **columns(row["text"])}.items()} for row in rows]
    batch(folder / "o.csv", "-o", folder / "again.csv", "--column", "text", "--prefix", "new_", "--no-source")
    assert len((folder / "again.csv").read_text("utf-8")) > len(rows)


def test_a_folder_of_csv_has_a_header_in_each_shard_and_nothing_makes_a_header_alone(tmp_path):
    batch(write(tmp_path / "a.jsonl", ROWS), "-o", tmp_path / "o", "--format", "csv", "--batch-size", 5, "--parts", "body", "--no-source")
    assert sorted(path.name for path in (tmp_path / "o").iterdir()) == [f"part-{number:07}.csv" for number in range(3)]
    assert all(path.read_text("utf-8").startswith('"clean_body"\n"Warga') for path in (tmp_path / "o").iterdir())
    (tmp_path / "none.jsonl").write_text("")
    batch(tmp_path / "none.jsonl", "-o", tmp_path / "none.csv", "--parts", "title,body")
    assert (tmp_path / "none.csv").read_text("utf-8") == '"clean_title","clean_body"\n'


def test_what_is_no_text_in_a_table_is_written_in_csv_as_it_is_in_json(tmp_path):
    cells = {"n": [1, None], "x": [1.5, None], "when": pa.array([datetime(2025, 3, 3, 10, tzinfo=UTC), None]), "yes": [True, None], "tags": [["a", '"'], None], "hash": [b"\xff", b"abc"], "price": [Decimal("1.10"), None], "none": pa.nulls(2)}
    pq.write_table(pa.table({"text": [PAGE.encode(), PAGE.encode()], **cells}), tmp_path / "a.parquet")
    batch(tmp_path / "a.parquet", "-o", tmp_path / "o.csv", "--parts", "body")
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert first == {"text": PAGE, "n": "1", "x": "1.5", "when": first["when"], "yes": "true", "tags": '["a", "\\""]', "hash": "/w==", "price": "1.10", "none": "", "clean_body": BODY}
    assert first["when"].startswith("2025-03-03 10:00:00")
    assert second == {**dict.fromkeys(first, ""), "text": PAGE, "hash": "YWJj", "clean_body": BODY}


@pytest.mark.parametrize("name", ["a" * 240, "…" + "é" * 120, "x/" * 300 + "y"])
def test_a_long_name_is_cut_to_what_a_file_can_have(name, tmp_path):
    batch(write(tmp_path / "a.jsonl", [{"id": name, "text": PAGE}] * 3), "-o", tmp_path / "o", "--format", "txt")
    made = sorted(path.name for path in (tmp_path / "o").iterdir())
    assert len(made) == 3
    assert all(len(one.encode()) > 200 and one.endswith(".txt") for one in made)
    slug = "vladimir-putin-dan-kim-jong-un-janji-akan-mempererat-kerja-sama-tempo-co-jakarta-16-agustus-2024"
    (tmp_path / f"{slug}.txt").write_text(PAGE)
    batch(tmp_path / f"{slug}.txt", "-o", tmp_path / "o2", "--format", "txt")
    assert list(tree(tmp_path / "o2")) == [f"{slug}.txt"]


@pytest.mark.parametrize("target", ["o.parquet", "o.jsonl"])
def test_the_new_columns_can_be_chosen_and_those_of_the_source_left_out(target, tmp_path):
    source = write(tmp_path / "a.jsonl", ROWS[:2])
    batch(source, "-o", tmp_path / target, "--parts", "removed,body,removed")
    made = [{name: columns(row["text"])[name] for name in ("clean_removed", "clean_body")} for row in ROWS[:2]]
    assert read(tmp_path / target) == [{**row, **new} for row, new in zip(ROWS, made, strict=False)]
    assert list(read(tmp_path / target)[0]) == ["id", "text", "clean_removed", "clean_body"]
    # Where the source is left out, a column of it cannot be in the way.
    batch(tmp_path / target, "-o", tmp_path / f"alone-{target}", "--parts", "body", "--no-source")
    assert read(tmp_path / f"alone-{target}") == [{"clean_body": new["clean_body"]} for new in made]


def test_texts_are_files_with_the_names_of_their_documents(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Banjir surut?.txt").write_text(PAGE)
    write(tmp_path / "in" / "b.jsonl", [{"id": "../A/7", "text": PAGE}, {"id": "a-7", "text": PAGE}, {"id": 8, "text": "ADVERTISEMENT\n"}, {"text": PAGE}, {"id": "…", "text": PAGE}, {"text": None}])
    pq.write_table(pa.table({"id": [8, None], "text": [PAGE, PAGE]}), tmp_path / "in" / "c.parquet")
    done = run("batch", tmp_path / "in", "-o", "o", "--format", "txt", "--batch-size", 2, cwd=tmp_path)
    assert done.returncode == 1
    assert said(done)[1] == "cleaner: 2 texts have a number behind the name, since another has the same name: a-7-2.txt"
    body = f"{BODY}\n".encode()
    names = ["Banjir-surut.txt", "A-7.txt", "a-7-2.txt", "b-4.txt", "b-5.txt", "8-2.txt", "c-2.txt"]
    assert tree(tmp_path / "o") == dict.fromkeys(names, body) | {"8.txt": b""}
    assert rejects(tmp_path / "o") == [(str(tmp_path / "in" / "b.jsonl"), 6, "has null in 'text'")]


def test_texts_can_have_other_parts_of_their_documents(tmp_path):
    page = f"Banjir Surut di Hulu\nSenin, 3 Maret 2025 10:00 WIB\n{PAGE}"
    source = write(tmp_path / "a.csv", [{"text": page}, {"text": PAGE}])
    batch(source, "-o", f"{tmp_path}/o/", "--format", "txt", "--parts", "title,body,caption")
    assert tree(tmp_path / "o") == {"a-1.txt": f"Banjir Surut di Hulu\n\n{BODY}\n".encode(), "a-2.txt": f"{BODY}\n".encode()}


def test_a_folder_of_texts_that_holds_something_is_left_alone(monkeypatch, tmp_path):
    source, folder = write(tmp_path / "a.jsonl", ROWS), tmp_path / "o"
    folder.mkdir()
    arguments = (source, "-o", folder, "--format", "txt", "--resume")
    with monkeypatch.context() as patched:
        patched.setattr("cleaner.batch.command.finish", interrupted)
        batch(*arguments, status=130)
    (folder / "0.txt").write_text("mine")
    batch(*arguments, status=2)
    assert tree(folder) == {"0.txt": b"mine"}
    (folder / "0.txt").unlink()
    batch(*arguments)
    assert len(tree(folder)) == 12


def test_plain_texts_are_a_page_each(tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "b.txt").write_text("\ufeff" + PAGE)
    (tmp_path / "in" / "deep" / "a.txt").write_text(PAGE)
    (tmp_path / "in" / "notes.md").write_text("not a page")
    (tmp_path / "in" / ".hidden.txt").write_text(PAGE)
    (tmp_path / "in" / "bad.txt").write_bytes(b"\xff")
    batch(tmp_path / "in", "-o", tmp_path / "o.jsonl", status=1)
    assert [(Path(row["file"]).name, row["text"], row["clean_body"]) for row in read(tmp_path / "o.jsonl")] == [("b.txt", PAGE, BODY), ("a.txt", PAGE, BODY)]
    assert rejects(tmp_path / "o.jsonl") == [(str(tmp_path / "in" / "bad.txt"), 1, "byte 0 is not utf-8")]


def test_inputs_of_several_kinds_make_one_table(tmp_path):
    write(tmp_path / "1.jsonl", [{"id": 1, "text": PAGE, "tag": ["a"]}])
    write(tmp_path / "2.csv", [{"id": "zwei", "text": PAGE}])
    pq.write_table(pa.table({"score": [0.5], "text": pa.array([PAGE]).dictionary_encode()}), tmp_path / "3.parquet")
    (tmp_path / "4.txt").write_text(PAGE)
    batch(tmp_path, "-o", tmp_path / "o.parquet")
    table = pq.read_table(tmp_path / "o.parquet")
    assert table.schema.names == ["id", "text", "tag", "score", "file", *NAMES]
    assert table["id"].to_pylist() == ["1", "zwei", None, None]
    assert table["tag"].to_pylist() == [["a"], None, None, None]
    assert table["clean_body"].to_pylist() == [BODY] * 4


def test_a_json_record_comes_back_to_the_letter(tmp_path):
    line = '{"n": 1.10, "big": 123456789012345678901234567890, "text": "Air surut, kata wa\\u0072ga.", "n": 2 , "half": "\\ud800"}'
    (tmp_path / "a.jsonl").write_text(f"\ufeff  {line}  \r\n\n")
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "o.jsonl")
    assert (tmp_path / "o.jsonl").read_text().startswith(line.removesuffix("}") + ', "clean_title": ""')


def test_parquet_keeps_types_and_metadata(tmp_path):
    schema = pa.schema(
        [
            pa.field("when", pa.timestamp("ns", "UTC")),
            pa.field("price", pa.decimal128(9, 2), metadata={"unit": "rupiah"}),
            pa.field("kind", pa.dictionary(pa.int32(), pa.string())),
            pa.field("nested", pa.struct([("a", pa.list_(pa.int8()))])),
            pa.field("raw", pa.binary()),
            pa.field("text", pa.large_string()),
        ],
        {"origin": "here"},
    )
    row = {"when": datetime(2025, 3, 5, tzinfo=UTC), "price": Decimal("1.20"), "kind": "x", "nested": {"a": [1]}, "raw": b"\xff", "text": PAGE}
    table = pa.table({name: [value] for name, value in row.items()}, schema)
    pq.write_table(table, tmp_path / "a.parquet")
    batch(tmp_path / "a.parquet", "-o", tmp_path / "o.parquet")
    batch(tmp_path / "a.parquet", "-o", tmp_path / "o.jsonl")
    back = pq.read_table(tmp_path / "o.parquet")
    assert back.select(table.schema.names).equals(pq.read_table(tmp_path / "a.parquet"), check_metadata=True)
    assert [str(field.type).replace("element:", "item:") for field in list(back.schema)[-len(SCHEMA) :]] == [str(field.type) for field in SCHEMA]
    (line,) = read(tmp_path / "o.jsonl")
    assert (line["when"], line["price"], line["raw"], line["nested"]) == ("2025-03-05T00:00:00.000000000Z", "1.20", "/w==", {"a": [1]})


def test_fields_of_json_get_the_type_that_holds_them_all(tmp_path):
    rows = [
        {"text": PAGE, "same": 1, "wider": 1, "mixed": 1, "sometimes": True, "deep": {"a": 1}, "none": None, "empty": {}, "lists": [1, "a"], "flag": True},
        {"text": PAGE, "same": 2, "wider": 2.5, "mixed": "a", "deep": {"b": "x"}, "none": None, "empty": {}, "lists": [], "flag": 1},
    ]
    many = {f"kata{number}": number for number in range(200)}
    batch(write(tmp_path / "a.jsonl", [rows[0] | {"many": many}, rows[1]]), "-o", tmp_path / "o.parquet")
    first, second = read(tmp_path / "o.parquet")
    assert [first[name] for name in rows[0]] == [PAGE, 1, 1.0, "1", True, {"a": 1, "b": None}, None, "{}", '[1, "a"]', "true"]
    assert [second.get(name) for name in rows[0]] == [PAGE, 2, 2.5, "a", None, {"a": None, "b": "x"}, None, "{}", "[]", "1"]
    assert (json.loads(first["many"]), second["many"]) == (many, None)


def test_csv_is_read_as_it_is_written(tmp_path):
    (tmp_path / "a.csv").write_bytes('\ufeffid;"is""i"\r\n007;"Air surut; kata ""warga"".\r\nBaca juga: Hujan Reda"\r\n\r\n'.encode())
    batch(tmp_path / "a.csv", "-o", tmp_path / "o.jsonl", "--column", 'is"i')
    (row,) = read(tmp_path / "o.jsonl")
    assert (row["id"], row['is"i'], row["clean_body"]) == ("007", 'Air surut; kata "warga".\r\nBaca juga: Hujan Reda', 'Air surut; kata "warga".')


def test_other_encodings_are_read(tmp_path):
    for name, text in (("a.csv", f'text\n"{PAGE}Zoë pulang."\n'), ("a.jsonl", '{"text": "Zoë pulang, kata warga."}\n'), ("a.txt", "Zoë pulang, kata warga.")):
        (tmp_path / name).write_bytes(text.encode("cp1252"))
        batch(tmp_path / name, "-o", tmp_path / f"{name}.parquet", "--encoding", "cp1252")
        assert "Zoë pulang" in read(tmp_path / f"{name}.parquet")[0]["clean_body"]


def test_an_input_without_rows_gives_an_output_without_rows(tmp_path):
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "a.parquet")
    for target in ("o.parquet", "o.jsonl", "o/"):
        batch(tmp_path / "a.parquet", "-o", f"{tmp_path}/{target}")
        assert read(tmp_path / target) == []


def test_the_cleaning_can_be_chosen(tmp_path):
    (tmp_path / "mine.toml").write_text(RULE)
    write(tmp_path / "a.jsonl", [{"isi": PAGE + "Terima kasih kepada sponsor kami semua\n", "text": "x", "body": "y"}])
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "o.jsonl", "--column", "isi", "--prefix", "x_", "--without", "readmore", "--without", "rules", "--rules", tmp_path / "mine.toml")
    (row,) = read(tmp_path / "o.jsonl")
    assert row["x_body"].endswith("Hujan Reda di Hulu")
    assert [span["rule"] for span in row["x_removed"]] == ["sponsor-line"]
    write(tmp_path / "b.jsonl", [{"text": "SOLO, KOMPAS.com - Pasar itu ramai kembali sejak pagi tadi."}])
    batch(tmp_path / "b.jsonl", "-o", tmp_path / "o2.jsonl", "--strip-dateline", "--parts", "dateline,body")
    write(tmp_path / "c.jsonl", [{"text": "Harga naik\xa0 20 persen.\n\nWarga  pulang, kata Marto.\n"}])
    batch(tmp_path / "c.jsonl", "-o", tmp_path / "o3.jsonl", "--plain", "--parts", "title,body")
    assert read(tmp_path / "o3.jsonl")[0]["clean_body"] == "Harga naik 20 persen.\nWarga pulang, kata Marto."
    batch(tmp_path / "c.jsonl", "-o", tmp_path / "o4.jsonl", "--plain", "--parts", "title")
    assert list(read(tmp_path / "o4.jsonl")[0]) == ["text", "clean_title"]
    assert list(read(tmp_path / "o2.jsonl")[0].values())[1:] == ["SOLO, KOMPAS.com -", "Pasar itu ramai kembali sejak pagi tadi."]


def test_hints_come_from_columns(tmp_path):
    story = "Warga desa kini menampung air hujan untuk menghadapi musim kemarau yang panjang, kata kepala desa itu kemarin."
    page = f"Harga Cabai Naik di Pasar Lembah\nBanjir Surut di Desa Cempaka\nSenin, 3 Maret 2025 10:00 WIB\n{story}\n{story.replace('desa', 'dusun')}"
    url = "https://lereng.example/1/harga-cabai-naik-di-pasar-lembah"
    assert clean(page, url=url).title != clean(page).title
    for kind in ("jsonl", "csv", "parquet"):
        write(tmp_path / f"a.{kind}", [{"text": page, "link": url, "who": "lereng", "judul": "HARGA CABAI naik di Pasar Lembah"}])
        batch(tmp_path / f"a.{kind}", "-o", tmp_path / f"o-{kind}.jsonl", "--url-column", "link", "--publisher-column", "who")
        assert read(tmp_path / f"o-{kind}.jsonl")[0]["clean_title"] == clean(page, url=url).title
        batch(tmp_path / f"a.{kind}", "-o", tmp_path / f"t-{kind}.jsonl", "--title-column", "judul")
        assert read(tmp_path / f"t-{kind}.jsonl")[0]["clean_title"] == "Harga Cabai Naik di Pasar Lembah"


# ── rejects ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_bad_records_of_json_lines_are_named_with_line_and_reason(tmp_path):
    lines = [
        b'{"text": "Air surut, kata warga."}',
        b"nonsense",
        b"",
        b'{"text": null}',
        b'{"id": 3}',
        b'{"text": 4}',
        b"[1]",
        b'{"text": "\xff"}',
        b'{"text": "' + b"a" * 101 + b'"}',
        b"[" * 100_000,
        b'{"text": "Hujan reda, kata warga."}',
    ]
    source, target = tmp_path / "a.jsonl", tmp_path / "o.jsonl"
    source.write_bytes(b"\n".join(lines))
    batch(source, "-o", target, "--max-chars", 100, "--batch-size", 2, status=1)
    assert [row["text"] for row in read(target)] == ["Air surut, kata warga.", "Hujan reda, kata warga."]
    assert {name for name, _, _ in rejects(target)} == {str(source)}
    assert [(row, reason[:30]) for _, row, reason in rejects(target)] == [
        (2, "is no JSON (Expecting value: c"),
        (4, "has null in 'text'"),
        (5, "has no text in 'text'"),
        (6, "has no text in 'text'"),
        (7, "is no JSON object"),
        (8, "byte 10 is not utf-8"),
        (9, "has 101 characters, more than "),
        (10, "is no JSON (maximum recursion "),
    ]


@pytest.mark.parametrize("target", ["o.jsonl", *(pytest.param(target, marks=pytest.mark.slow) for target in ["o.parquet", "o/"])])
def test_a_record_with_a_field_that_would_be_overwritten_is_rejected(target, tmp_path):
    write(tmp_path / "a.jsonl", [{"text": PAGE}] * 1200 + [{"text": PAGE, "clean_body": "mine"}])
    batch(tmp_path / "a.jsonl", "-o", f"{tmp_path}/{target}", status=1)
    assert [row["clean_body"] for row in read(tmp_path / target)] == [BODY] * 1200
    ((_, row, reason),) = rejects(tmp_path / target)
    assert row == 1201
    assert "'clean_body'" in reason


@pytest.mark.parametrize("name", ["a.json", "a.jsonl.gz"])
@pytest.mark.parametrize("target", ["o.jsonl", "o.parquet"])
def test_the_records_of_a_json_array_are_rows(name, target, tmp_path):
    rows = [*ROWS, {"id": 12, "text": None}, 7]
    (tmp_path / name).write_bytes(packed(json.dumps(rows, indent=1 if name == "a.json" else None), name))
    batch(tmp_path / name, "-o", tmp_path / target, status=1)
    assert [(row["id"], row["clean_body"]) for row in read(tmp_path / target)] == [(row["id"], clean(row["text"]).body) for row in ROWS]
    assert [found[1:] for found in rejects(tmp_path / target)] == [(13, "has null in 'text'"), (14, "is no JSON object")]


def test_what_is_in_no_file_of_its_ending_is_named(tmp_path):
    (tmp_path / "a.csv").write_bytes(gzip.compress(b"id,text\n"))
    (tmp_path / "b.jsonl").write_bytes('{"text": "a"}\n'.encode("utf-16"))
    (tmp_path / "c.txt").write_bytes(PAGE.encode("utf-16-le"))
    write(tmp_path / "d.jsonl", ROWS)
    batch(tmp_path, "-o", tmp_path / "o.jsonl", status=2)
    assert {Path(name).name: (row, reason.partition(";")[0]) for name, row, reason in rejects(tmp_path / "o.jsonl")} == {
        "a.csv": (None, "it is packed with gzip"),
        "b.jsonl": (None, "it is UTF-16"),
        "c.txt": (1, "is UTF-16 without a byte order mark"),
    }


def test_bad_rows_of_csv_are_named_with_their_number(tmp_path):
    (tmp_path / "a.csv").write_bytes(b'id,text\n1,"Air surut,\nkata warga."\n2\n3,x,y\n4,\xff\n5,' + b"a" * 101 + b'\n6,"Hujan reda, kata warga."\n')
    batch(tmp_path / "a.csv", "-o", tmp_path / "o.parquet", "--max-chars", 100, status=1)
    assert [row["id"] for row in read(tmp_path / "o.parquet")] == ["1", "6"]
    assert [(row, reason[:12]) for _, row, reason in rejects(tmp_path / "o.parquet")] == [(2, "has 1 cells,"), (3, "has 3 cells,"), (4, "holds bytes "), (5, "has 101 char")]


def test_a_cell_longer_than_a_text_may_be_costs_its_row_only(tmp_path):
    (tmp_path / "a.csv").write_text('id,text\n1,"' + "a\n" * 200 + '"\n2,"Hujan reda, kata warga."\n')
    batch(tmp_path / "a.csv", "-o", tmp_path / "o.jsonl", "--max-chars", 100, status=1)
    assert [row["id"] for row in read(tmp_path / "o.jsonl")] == ["2"]
    assert rejects(tmp_path / "o.jsonl") == [(str(tmp_path / "a.csv"), 1, "has 400 characters, more than the 100 of --max-chars")]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_a_quote_that_is_never_closed_is_told(name, tmp_path):
    (tmp_path / name).write_text('id,text\n0,Air surut.\n1,"Air surut\n2,Hujan reda.\n3,Warga pulang.\n'.replace(",", "\t" if name == "a.tsv" else ","))
    batch(tmp_path / name, "-o", tmp_path / "o.jsonl", status=2)
    assert [row["id"] for row in read(tmp_path / "o.jsonl")] == ["0"]
    ((_, row, reason),) = rejects(tmp_path / "o.jsonl")
    assert (row, reason) == (None, "row 2 opens a quote that is never closed, so that it takes in the rest of the file; mend it")


def test_a_quote_that_is_never_closed_in_the_first_line_is_told(tmp_path):
    (tmp_path / "a.csv").write_text('text,"id\nAir surut.,1\n')
    write(tmp_path / "b.csv", [{"text": PAGE}])
    batch(tmp_path, "-o", tmp_path / "o.jsonl", status=2)
    ((name, row, reason),) = rejects(tmp_path / "o.jsonl")
    assert (name, row) == (str(tmp_path / "a.csv"), None)
    assert "its first line does not name columns" in reason


def test_odd_quotes_cost_nothing(tmp_path):
    (tmp_path / "a.csv").write_text('id,text\n1,"Air" surut.\n2,Warga "Sanggabumi" pulang.\n')
    batch(tmp_path / "a.csv", "-o", tmp_path / "o.jsonl")
    assert [row["text"] for row in read(tmp_path / "o.jsonl")] == ["Air surut.", 'Warga "Sanggabumi" pulang.']


def test_a_tab_separated_table_may_have_commas_in_its_first_line(tmp_path):
    (tmp_path / "a.tsv").write_text("id\tjudul, sub, x, y\ttext\n1\ta\tAir surut.\n")
    batch(tmp_path / "a.tsv", "-o", tmp_path / "o.jsonl")
    assert read(tmp_path / "o.jsonl")[0]["clean_body"] == "Air surut."


def test_a_field_that_begins_late_is_read_record_by_record(tmp_path):
    write(tmp_path / "a.jsonl", [{"id": number} for number in range(1500)] + [{"id": 1500, "text": PAGE}])
    write(tmp_path / "b.jsonl", [{"text": PAGE}])
    (tmp_path / "c.jsonl").write_text("")
    batch(tmp_path, "-o", tmp_path / "o.parquet", status=1)
    assert len(rejects(tmp_path / "o.parquet")) == 1500
    assert [row["id"] for row in read(tmp_path / "o.parquet")] == [1500, None]


def test_an_empty_file_is_no_trouble(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n")
    for target in ("o.jsonl", "o.parquet"):
        batch(tmp_path / "a.jsonl", "-o", tmp_path / target)
        assert read(tmp_path / target) == []


def test_types_that_have_nothing_in_common_become_text(tmp_path):
    pq.write_table(pa.table({"text": [PAGE], "x": [[1, 2]], "y": [1], "z": [{"a": 1}]}), tmp_path / "1.parquet")
    pq.write_table(pa.table({"text": [PAGE], "x": ["a"], "y": [{"b": 1}], "z": [[1]]}), tmp_path / "2.parquet")
    batch(tmp_path, "-o", tmp_path / "o.parquet")
    assert [(row["x"], row["y"], row["z"]) for row in read(tmp_path / "o.parquet")] == [("[1, 2]", "1", '{"a": 1}'), ("a", '{"b": 1}', "[1]")]


def test_odd_types_of_parquet_pass(tmp_path):
    table = pa.table(
        {
            "text": pa.array([PAGE, PAGE], pa.string_view()),
            "view": pa.array([b"\x00", None], pa.binary_view()),
            "words": pa.array(["a", None], pa.string_view()),
            "day": pa.array([2**31 - 1, 0], pa.int32()).view(pa.date32()),
            "time": pa.array([1, None], pa.time64("ns")),
            "lasts": pa.array([1, None], pa.duration("ns")),
            "number": [float("nan"), 1.0],
            "deep": [{"a": [float("inf")]}, None],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    batch(tmp_path / "a.parquet", "-o", tmp_path / "o.parquet")
    assert pq.read_table(tmp_path / "o.parquet")["day"] == table["day"]
    batch(tmp_path / "a.parquet", "-o", tmp_path / "o.jsonl", status=1)
    assert [found[1] for found in rejects(tmp_path / "o.jsonl")] == [1]  # a day beyond the year 9999, for which Python has no word
    assert read(tmp_path / "o.jsonl")[0]["number"] == 1.0
    batch(write(tmp_path / "b.parquet", [{"text": PAGE, "number": float("nan"), "deep": [float("inf")]}]), "-o", tmp_path / "b.jsonl")
    assert [(row["number"], row["deep"]) for row in read(tmp_path / "b.jsonl")] == [(None, [None])]


def test_large_rows_of_parquet_are_not_all_held_at_once(monkeypatch, tmp_path):
    monkeypatch.setattr("cleaner.batch.reading.BATCH_BYTES", 100_000)
    pq.write_table(pa.table({"text": [PAGE] * 40, "raw": [os.urandom(20_000)] * 40}), tmp_path / "a.parquet")
    with opened((str(tmp_path / "a.parquet"),), CHOICE._replace(batch_size=1000)) as (_, batches):
        found = list(batches)
    assert max(len(rows.where) for rows in found) <= 5
    assert [number for rows in found for _, number in rows.where] == list(range(1, 41))


def test_names_that_are_no_unicode_pass(tmp_path):
    (tmp_path / os.fsdecode(b"n\xff")).mkdir()
    source = write(tmp_path / os.fsdecode(b"n\xff") / os.fsdecode(b"a\xff.jsonl"), [{"text": PAGE}, {"text": None}])
    for target in ("o.jsonl", "o.parquet", "o/"):
        batch(source, "-o", f"{tmp_path}/{target}", status=1)
        assert len(read(tmp_path / target)) == 1


def test_a_file_is_read_once_whatever_it_is_called(tmp_path):
    write(tmp_path / "a.jsonl", [{"text": PAGE}])
    (tmp_path / "b.jsonl").symlink_to(tmp_path / "a.jsonl")
    batch(tmp_path, tmp_path / "a.jsonl", f"{tmp_path}/./a.jsonl", tmp_path / "*.jsonl", "-o", tmp_path / "o.parquet")
    assert len(read(tmp_path / "o.parquet")) == 1


def test_files_behind_two_dashes_are_files(tmp_path):
    write(tmp_path / "-x.jsonl", [{"text": PAGE}])
    assert run("batch", "-o", "o.jsonl", "-q", "--", "-x.jsonl", cwd=tmp_path).returncode == 0


def test_a_stream_is_refused(tmp_path):
    os.mkfifo(tmp_path / "a.jsonl")
    done = run("batch", "a.jsonl", "-o", "o.jsonl", cwd=tmp_path)
    assert (done.returncode, said(done)) == (2, ["cleaner: a.jsonl: a stream cannot be read twice; give files, or use cleaner --jsonl, which reads streams"])


def test_bad_rows_of_parquet_are_named_with_their_number(tmp_path):
    for kind in (pa.binary(), pa.large_binary()):
        texts = pa.array([PAGE.encode(), None, b"\xff", PAGE.encode()], kind)
        for name, column in (("bytes", texts), ("text", texts.view(pa.string() if kind == pa.binary() else pa.large_string()))):
            source, target = tmp_path / f"{kind}-{name}.parquet", tmp_path / f"o-{kind}-{name}.jsonl"
            pq.write_table(pa.table({"id": range(4), "text": column}), source)
            batch(source, "-o", target, status=1)
            assert [row["id"] for row in read(target)] == [0, 3]
            assert [found[1:] for found in rejects(target)] == [(2, "has null in 'text'"), (3, "byte 0 is not utf-8")]


def test_what_a_parquet_output_cannot_hold_is_rejected_alone(tmp_path):
    rows = [{"text": "Air surut.", "n": 1.5}] * 1000 + [{"text": "\ud800", "n": 1}, {"text": "Hujan reda.", "n": 9007199254740993}, {"text": "Warga pulang.", "n": 2}]
    write(tmp_path / "a.jsonl", rows)
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "o.parquet", status=1)
    assert [row["text"] for row in read(tmp_path / "o.parquet")] == ["Air surut."] * 1000 + ["Warga pulang."]
    (_, two, half), (_, three, large) = rejects(tmp_path / "o.parquet")
    assert (two, three) == (1001, 1002)
    assert "half a surrogate pair" in half
    assert "9007199254740993" in large


def test_a_page_that_a_rule_of_the_user_fails_on_is_rejected(tmp_path):
    (tmp_path / "slow.toml").write_text(BACKTRACKS)
    write(tmp_path / "a.jsonl", [{"text": "Kode " + "panjang" * 400 + "? Ya!"}, {"text": PAGE}])
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "o.jsonl", "--rules", tmp_path / "slow.toml", status=1)
    assert [row["clean_body"] for row in read(tmp_path / "o.jsonl")] == [BODY]
    assert "could not be cleaned" in rejects(tmp_path / "o.jsonl")[0][2]


@pytest.mark.parametrize(
    ("kind", "target"),
    [("zst", "o.parquet")]
    + [pytest.param(*both, marks=pytest.mark.slow) for both in [("gz", "o.parquet"), ("gz", "o.jsonl"), ("zst", "o.jsonl")]],
)
def test_what_was_read_before_a_file_breaks_off_is_kept(kind, target, tmp_path):
    lines = "".join(json.dumps({"id": number, "text": str(random.Random(number).random()) + PAGE}) + "\n" for number in range(3_000))
    source, target = tmp_path / f"a.jsonl.{kind}", tmp_path / target
    source.write_bytes(packed(lines, source.name)[:-20])
    other = write(tmp_path / "b.jsonl", [{"id": -1, "text": PAGE}])
    done = run("batch", source, other, "-o", target)
    assert done.returncode == 2
    rows = read(target)
    assert [row["id"] for row in rows] == [*range(len(rows) - 1), -1]
    assert len(rows) > 2_000
    ((name, row, reason),) = rejects(target)
    assert (name, row) == (str(source), None)
    assert "breaks off" in reason


def test_files_that_cannot_be_read_are_named_and_the_others_are_cleaned(tmp_path):
    write(tmp_path / "a.jsonl", ROWS)
    (tmp_path / "b.parquet").write_bytes(b"PAR1 is not enough")
    write(tmp_path / "c.csv", [{"id": 1, "title": "x"}])
    (tmp_path / "d.jsonl.gz").write_bytes(b"not packed")
    (tmp_path / "e.csv").write_text("text,text\na,b\n")
    (tmp_path / "f.parquet").symlink_to(tmp_path / "nowhere")
    pq.write_table(pa.table({"text": [1]}), tmp_path / "g.parquet")
    done = run("batch", tmp_path, "-o", tmp_path / "o.parquet", "--summary", tmp_path / "s.json")
    assert done.returncode == 2
    assert [row["id"] for row in read(tmp_path / "o.parquet")] == [row["id"] for row in ROWS]
    assert {Path(name).name: row for name, row, _ in rejects(tmp_path / "o.parquet")} == dict.fromkeys(["b.parquet", "c.csv", "d.jsonl.gz", "e.csv", "f.parquet", "g.parquet"])
    summary = json.loads((tmp_path / "s.json").read_text())
    assert (summary["files"], summary["unreadable"], summary["documents"], summary["rejected"]) == (7, 6, 12, 0)


TEXT = st.sampled_from([PAGE, "", "ADVERTISEMENT\n", "Air surut, kata warga."]) | st.text(max_size=30)
SCALARS = st.none() | st.booleans() | st.floats() | st.text(max_size=3)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2), max_leaves=5)
RECORDS = st.one_of(
    st.fixed_dictionaries({"text": TEXT, "id": st.integers() | st.text(max_size=3) | st.none()}).map(json.dumps),
    st.fixed_dictionaries({"text": TEXT, "more": JSON}).map(json.dumps),
    st.fixed_dictionaries({"text": TEXT, "\ud800": JSON}).map(json.dumps),
    st.integers(1, 2000).map(lambda depth: '{"text": "Air surut.", "deep": ' + "[" * depth + "]" * depth + "}"),
    st.fixed_dictionaries({"text": st.none() | st.integers() | st.lists(st.integers(), max_size=2)}).map(json.dumps),
    JSON.map(json.dumps),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), min_size=1, max_size=20).filter(str.strip),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(RECORDS, max_size=12), st.integers(1, 5), st.sampled_from(["o.jsonl", "o.parquet", "o/"]))
def test_every_record_comes_out_once_cleaned_or_rejected(tmp_path, records, size, target):
    folder = tmp_path / str(time.monotonic_ns())
    folder.mkdir()
    source = folder / "a.jsonl"
    source.write_text("".join(f"{record}\n" for record in ['{"text": "Air surut, kata warga."}', *records]), "utf-8")
    status = main(["batch", str(source), "-o", f"{folder}/{target}", "--column", "text", "--workers", "1", "--quiet", "--batch-size", str(size), "--summary", f"{folder}/s.json"])
    summary = json.loads((folder / "s.json").read_text())
    rows, bad = read(folder / target), rejects(folder / target)
    assert (len(rows), len(bad)) == (summary["cleaned"], summary["rejected"])
    assert summary["documents"] == len(rows) + len(bad) == len(records) + 1
    assert len({row for _, row, _ in bad}) == len(bad)
    assert status == (1 if bad else 0)
    articles = [clean(row["text"]) for row in rows]
    assert [row["clean_body"] for row in rows] == [article.body for article in articles]
    assert summary["characters_kept"] + summary["characters_removed"] == sum(summary["characters"].values()) == sum(len(article.text) for article in articles)
    assert summary["without_body"] == sum(not article.body for article in articles)


# ── killed, and taken up again ──────────────────────────────────────────────────────────────────────────────────────


def tree(folder):
    """Every file in a folder, with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Inputs of several kinds with some bad rows, 300 in all."""
    folder = tmp_path_factory.mktemp("corpus") / "in"
    folder.mkdir()
    rows = [{"id": number, "text": (ROWS[number % 12]["text"] + "\n") * 20} for number in range(100)]
    write(folder / "a.jsonl.gz", [row if row["id"] % 30 else {"id": row["id"], "text": None} for row in rows])
    write(folder / "b.csv", rows)
    write(folder / "c.parquet", rows)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("target", ["o.parquet", "o.jsonl.zst", "o.csv", "o/"])
def test_a_run_that_is_killed_again_and_again_ends_with_the_same_bytes(target, workers, corpus, tmp_path):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    arguments = ["batch", corpus, "--batch-size", 2, "--quiet", "--workers", workers, "--resume"]
    assert run(*arguments, "-o", f"{whole}/{target}").returncode == 1
    chance = random.Random(f"{target} {workers}")
    command = [*COMMAND, *map(str, arguments), "-o", f"{broken}/{target}"]
    for more in (0, 20, 30, 0, 40):
        done = len(list(broken.glob("*/*.tally")))
        process = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT)
        while process.poll() is None and len(list(broken.glob("*/*.tally"))) < done + more:
            time.sleep(0.002)
        time.sleep(chance.random() / (100 if more else 2))  # anywhere in a batch, or in the start
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=False).returncode == 1
    assert tree(broken) == tree(whole)
    assert {path.name for path in broken.iterdir()} == {target.rstrip("/"), target.rstrip("/") + ".rejects.jsonl"}


@pytest.mark.slow
@pytest.mark.parametrize("target", ["o.parquet", "o.jsonl", "o.csv", "o/", "o --format txt"])
def test_a_run_that_dies_at_any_of_its_renames_ends_with_the_same_bytes(target, tmp_path):
    write(tmp_path / "a.jsonl", [*ROWS, {"text": None}])
    program = """
import os, sys
from pathlib import Path
left = int(sys.argv.pop(1))
def dying(rename):
    def replace(self, target):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
        return rename(self, target)
    return replace
Path.replace, Path.rename = dying(Path.replace), dying(Path.rename)
from cleaner.cli import main
sys.exit(main(sys.argv[1:]))
"""
    source = str(tmp_path / "a.jsonl")
    target, *form = target.split()
    arguments = ["batch", source, "--batch-size", "3", "--quiet", "--workers", "1", "--resume", *form]
    (tmp_path / "whole").mkdir()
    assert run(*arguments, "-o", f"{tmp_path}/whole/{target}").returncode == 1
    for left in range(40):
        folder = tmp_path / f"broken-{left}"
        folder.mkdir()
        first = subprocess.run([sys.executable, "-c", program, str(left), *arguments, "-o", f"{folder}/{target}"], cwd=ROOT, env=ENVIRONMENT, check=False)
        assert first.returncode in (-signal.SIGKILL, 1)
        assert main([*arguments, "-o", f"{folder}/{target}"]) == 1
        assert tree(folder) == tree(tmp_path / "whole")
        if first.returncode == 1:
            break
    assert left > 10


def test_workers_end_with_the_process_that_started_them(corpus, tmp_path):
    # A name of its own in the environment tells these processes from all others.
    environment = {**ENVIRONMENT, "MARK": str(tmp_path)}
    process = subprocess.Popen([*COMMAND, "batch", corpus, "-o", tmp_path / "o.parquet", "--batch-size", "1", "--workers", "2", "--quiet"], cwd=ROOT, env=environment)

    def alive():
        found = 0
        for path in Path("/proc").glob("[0-9]*/environ"):
            with suppress(OSError):
                found += f"MARK={tmp_path}".encode() in path.read_bytes()
        return found

    patience = time.monotonic() + PATIENCE
    while not any(tmp_path.glob("o.parquet.unfinished/*.tally")):
        assert time.monotonic() < patience
        time.sleep(0.05)
    assert alive() >= 3
    process.kill()
    process.wait()
    while alive():
        assert time.monotonic() < patience
        time.sleep(0.05)


@pytest.mark.slow
def test_an_interrupt_stops_in_a_sentence_and_resume_goes_on(corpus, tmp_path):
    arguments = ["batch", str(corpus), "-o", str(tmp_path / "o.jsonl"), "--batch-size", "1", "--workers", "2"]
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)  # A shell's background jobs ignore it, and hand that on.
    process = subprocess.Popen([*COMMAND, *arguments], cwd=ROOT, env=ENVIRONMENT, stderr=subprocess.PIPE, start_new_session=True)
    signal.signal(signal.SIGINT, usual)
    patience = time.monotonic() + PATIENCE
    while not any(tmp_path.glob("o.jsonl.unfinished/*.tally")):
        assert time.monotonic() < patience
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to the command and its workers
    stderr = process.communicate(timeout=PATIENCE)[1].decode()
    assert (process.returncode, stderr) == (130, "cleaner: stopped; the same command with --resume goes on\n")
    assert not (tmp_path / "o.jsonl").exists()
    done = run(*arguments)
    assert (done.returncode, said(done)) == (2, [f"cleaner: {tmp_path}/o.jsonl.unfinished is left of a run that was stopped; --resume goes on with it, or remove it"])
    assert run(*arguments, "--resume", "--quiet").returncode == 1
    assert len(read(tmp_path / "o.jsonl")) + len(rejects(tmp_path / "o.jsonl")) == 300


@pytest.mark.parametrize("change", ["input", "option", "rules"])
def test_another_run_is_not_taken_for_the_one_that_was_stopped(change, tmp_path):
    source, target, mine = write(tmp_path / "a.jsonl", ROWS), tmp_path / "o.jsonl", tmp_path / "mine.toml"
    mine.write_text(RULE)
    arguments = ["batch", str(source), "-o", str(target), "--rules", str(mine), "--workers", "1", "--resume"]
    assert main([*arguments, "--quiet"]) == 0
    # The state in which the run was before its last step.
    target.unlink()
    shutil.rmtree(tmp_path / "o.jsonl.unfinished", ignore_errors=True)
    stopped = subprocess.Popen([*COMMAND, *arguments, "--batch-size", "1"], cwd=ROOT, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
    patience = time.monotonic() + PATIENCE
    while not any(tmp_path.glob("o.jsonl.unfinished/*.tally")):
        assert time.monotonic() < patience
        time.sleep(0.01)
    stopped.kill()
    stopped.wait()
    if change == "input":
        write(source, ROWS[1:])
    if change == "rules":
        mine.write_text(RULE.replace("sponsor-line", "sponsor"))
    done = run(*arguments, "--batch-size", "2" if change == "option" else "1")
    assert done.returncode == 2
    assert "are not those of the run that was stopped" in said(done)[0]


def interrupted(*_):
    raise KeyboardInterrupt


@pytest.mark.parametrize("target", ["o.parquet", "o.jsonl.gz", "o.csv", "o/"])
def test_a_shard_that_was_cut_short_is_made_again(target, monkeypatch, tmp_path):
    source = write(tmp_path / "a.jsonl", [*ROWS, {"text": None}])
    for folder in ("whole", "broken"):
        (tmp_path / folder).mkdir()
    batch(source, "-o", f"{tmp_path}/whole/{target}", "--batch-size", 3, status=1)
    arguments = (source, "-o", f"{tmp_path}/broken/{target}", "--batch-size", 3, "--resume")
    with monkeypatch.context() as patched:
        patched.setattr("cleaner.batch.command.finish", interrupted)
        batch(*arguments, status=130)
    (shard,) = (path for path in tmp_path.glob("broken/*/part-0000001.*") if path.suffix != ".tally")
    shard.write_bytes(shard.read_bytes()[:-7])
    batch(*arguments, status=1)
    assert tree(tmp_path / "broken") == tree(tmp_path / "whole")


@pytest.mark.parametrize("name", ["o.jsonl", "o.jsonl.rejects.jsonl"])
def test_what_came_to_stand_in_the_place_of_a_stopped_run_is_not_overwritten(name, monkeypatch, tmp_path):
    arguments = (write(tmp_path / "a.jsonl", [*ROWS, {"text": None}]), "-o", tmp_path / "o.jsonl", "--resume")
    with monkeypatch.context() as patched:
        patched.setattr("cleaner.batch.command.finish", interrupted)
        batch(*arguments, status=130)
    (tmp_path / name).write_text("mine")
    batch(*arguments, status=2)
    assert (tmp_path / name).read_text() == "mine"
    (tmp_path / name).unlink()
    batch(*arguments, status=1)
    assert (len(read(tmp_path / "o.jsonl")), len(rejects(tmp_path / "o.jsonl"))) == (12, 1)


def test_a_finished_run_is_left_as_it_is(tmp_path):
    source, target = write(tmp_path / "a.jsonl", [*ROWS, {"text": None}]), tmp_path / "o.jsonl"
    batch(source, "-o", target, status=1)
    before = tree(tmp_path)
    done = run("batch", source, "-o", target, "--resume")
    assert (done.returncode, said(done)) == (1, [f"cleaner: {target} is there already, from a run that was not stopped, and is left as it is"])
    done = run("batch", source, "-o", target)
    assert (done.returncode, said(done)) == (2, [f"cleaner: {target} is there already; remove it, or name another output"])
    assert tree(tmp_path) == before


@pytest.mark.slow
def test_the_number_of_workers_changes_nothing(corpus, tmp_path):
    for workers in (1, 2, 3):
        (tmp_path / str(workers)).mkdir()
        assert run("batch", corpus, "-o", tmp_path / str(workers) / "o.parquet", "--workers", workers, "--batch-size", 7, "--quiet").returncode == 1
    assert tree(tmp_path / "1") == tree(tmp_path / "2") == tree(tmp_path / "3")


@pytest.mark.parametrize("target", ["o.jsonl", "o/"])
def test_small_inputs_are_cut_into_small_batches_whatever_the_number_of_workers(target, monkeypatch, tmp_path):
    write(tmp_path / "a.jsonl", ROWS)
    monkeypatch.setattr("cleaner.batch.command.SMALL", 5)
    made = []
    monkeypatch.setattr("cleaner.batch.command.finish", lambda _, shards: made.append(shards) or interrupted())
    batch(tmp_path / "a.jsonl", "-o", f"{tmp_path}/{target}", status=130)
    monkeypatch.setattr("cleaner.batch.command.MANY", 10)
    batch(tmp_path / "a.jsonl", "-o", f"{tmp_path}/large-{target}", status=130)
    assert made == [3, 1]


# ── what is said ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_summary_adds_up_and_is_told(tmp_path):
    source, target = write(tmp_path / "a.jsonl", [{"text": PAGE}, {"text": "ADVERTISEMENT\n"}, {"text": None}]), tmp_path / "o.jsonl"
    done = run("batch", source, "-o", target, "--workers", 1, "--summary", tmp_path / "s.json")
    assert (done.returncode, done.stdout) == (1, b"")
    told = said(done)
    assert told[0] == f"cleaner: 3 documents in 1 files: 2 cleaned (1 without a body), 1 rejected; the reasons are in {target}.rejects.jsonl"
    assert told[1] == "cleaner: 61 characters kept (58.1%): body 61"
    assert told[2] == "cleaner: 44 characters removed (41.9%): readmore 30, ad 14"
    assert len(told) == 4
    summary = json.loads((tmp_path / "s.json").read_text())
    assert list(summary["characters"]) == list(LABELS)
    assert summary["characters_removed"] == sum(summary["characters"][label] for label in FURNITURE)
    assert summary["characters_kept"] + summary["characters_removed"] == len(PAGE) + len("ADVERTISEMENT\n")
    assert 0 < summary["share_of_time_in_cleaning"] <= 1


def test_a_quiet_run_says_nothing(tmp_path):
    done = run("batch", write(tmp_path / "a.jsonl", ROWS), "-o", tmp_path / "o.jsonl", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_log_gets_plain_lines(tmp_path):
    program = "import sys; from cleaner.batch import progress; progress.EVERY = 0; from cleaner.cli import main"
    program += "; sys.exit(main(sys.argv[1:]))"
    arguments = ["batch", write(tmp_path / "a.jsonl", ROWS), "-o", tmp_path / "o.jsonl", "--workers", "1", "--batch-size", "4"]
    done = subprocess.run([sys.executable, "-c", program, *map(str, arguments)], cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=False)
    assert "\x1b" not in done.stderr.decode()
    assert [line.partition(",")[0] for line in said(done)[:3]] == ["cleaner: 4 documents", "cleaner: 8 documents", "cleaner: 12 documents in 1 files: 12 cleaned"[:21]]
    assert all(" a second, 0 rejected, " in line and line.endswith(" left") for line in said(done)[:3])


@pytest.mark.slow
def test_a_terminal_gets_a_bar(corpus, tmp_path):
    main_end, far_end = pty.openpty()
    arguments = ["batch", corpus, "-o", tmp_path / "o.jsonl", "--batch-size", "5", "--workers", "1"]
    process = subprocess.Popen([*COMMAND, *map(str, arguments)], cwd=ROOT, env={**ENVIRONMENT, "TERM": "xterm", "COLUMNS": "100"}, stderr=far_end, stdout=subprocess.PIPE)
    os.close(far_end)
    shown = b""
    with suppress(OSError):  # A terminal whose far end is closed ends so.
        while piece := os.read(main_end, 65_536):
            shown += piece
    os.close(main_end)
    assert (process.communicate()[0], process.returncode) == (b"", 1)
    assert "━" in shown.decode()
    assert "documents, " in shown.decode()
    assert " rejected, " in shown.decode()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "batch needs inputs and an output, as in: cleaner batch news.jsonl -o clean.parquet"),
        (["a.jsonl"], "batch needs inputs and an output"),
        (["-o", "o.parquet"], "batch needs inputs and an output"),
        (["a.jsonl", "-o", "o.doc"], "o.doc: name the output .parquet, .jsonl.gz, .jsonl.zst, .jsonl, .csv, or end it in / for a folder of shards"),
        (["a.jsonl", "-o", "no/o.parquet"], "no/o.parquet: there is no folder no; make it, or name another output"),
        (["missing.jsonl", "-o", "o.parquet"], "missing.jsonl: there is nothing here that can be read"),
        (["*.nothing", "-o", "o.parquet"], "*.nothing: there is nothing here that can be read"),
        (["a.doc", "-o", "o.parquet"], "a.doc: there is nothing here that can be read; give files, globs or folders of .jsonl, "),
        (["a.jsonl", "-o", "o.csv", "--format", "txt"], "o.csv: the ending says the form; --format goes with a folder, which ends in /"),
        (["a.jsonl", "-o", "o/", "--format", "txt", "--parts", "removed"], "removed is a list, and no text; texts can have the parts title, "),
        (["a.jsonl", "-o", "o.csv", "--parts", "body,bodi"], "argument --parts: 'bodi' is no part; the parts are: title, "),
        (["-", "-o", "o.parquet"], "-: a stream cannot be read twice; give files, or use cleaner --jsonl, which reads streams"),
        (["two.jsonl", "-o", "o.parquet"], "say which column holds the text, as in --column isi; there are: isi, content, id"),
        (["none.jsonl", "-o", "o.parquet"], "say which column holds the text, as in --column id; there are: id, judul"),
        (["none.jsonl", "-o", "o.parquet", "--column", "isi"], "none.jsonl: it cannot be cleaned (no column is called 'isi'; there are: 'id', 'judul')"),
        (["a.jsonl", "-o", "o.parquet", "--url-column", "link"], "no column is called 'link'; there are: id, text"),
        (["taken.csv", "-o", "o.jsonl"], "taken.csv: it cannot be cleaned (a column 'clean_title' is there already, and is not overwritten; choose another --prefix)"),
        (["numbers.parquet", "-o", "o.jsonl"], "numbers.parquet: it cannot be cleaned (column 'text' holds int64, not text"),
        (["a.jsonl", "-o", "o.parquet", "--workers", "0"], "argument --workers: '0' is not a whole number from 1 up"),
        (["a.jsonl", "-o", "o.parquet", "--without", "captoin"], "no filter and no rule is called 'captoin'"),
        (["a.jsonl", "-o", "o.parquet", "--rules", "missing.toml"], "missing.toml"),
        (["a.jsonl", "-o", "o.parquet", "--encoding", "utf-16"], "records cannot be split into lines in utf-16"),
        (["a.jsonl", "-o", "o.parquet", "--encoding", "no"], "'no' is no encoding known here"),
        (["a.jsonl", "-o", "o.parquet", "--summary", "no/s.json"], "no/s.json: the summary cannot be written there"),
        (["a.jsonl", "-o", "there.parquet"], "there.parquet is there already; remove it, or name another output"),
        (["a.jsonl", "-o", "there/"], "there is there already; remove it, or name another output"),
        (["a.jsonl", "-o", "o.parquet", "--fast"], "unrecognized arguments: --fast; cleaner batch --help shows what it takes"),
        (["a.jsonl", "-o", "/"], "/: this is no place for an output; name a file or a folder"),
        (["a.jsonl", "-o", "."], "a.jsonl: there is nothing here that can be read"),
        (["a.jsonl", "-o", "o.parquet", "--summary", "a.jsonl"], "a.jsonl is there already; remove it, or name another summary"),
        (["a.jsonl", "-o", "o.parquet", "--summary", "none.jsonl"], "none.jsonl is there already; remove it, or name another summary"),
        (["a.jsonl", "-o", "o.parquet", "--summary", "./there/../o.parquet"], "the summary cannot be written there"),
        (["twice.parquet", "-o", "o.parquet"], "twice.parquet: it cannot be cleaned (more than one column is called 'd')"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence_and_writes_nothing(arguments, says, tmp_path):
    write(tmp_path / "a.jsonl", ROWS)
    (tmp_path / "a.doc").write_text("x")
    write(tmp_path / "two.jsonl", [{"isi": "a", "content": "b", "id": 1}])
    write(tmp_path / "none.jsonl", [{"id": 1, "judul": "b"}])
    write(tmp_path / "taken.csv", [{"text": "a", "clean_title": "b"}])
    pq.write_table(pa.table({"text": [1]}), tmp_path / "numbers.parquet")
    pq.write_table(pa.table([["a"], [1], [2]], names=["text", "d", "d"]), tmp_path / "twice.parquet")
    (tmp_path / "there.parquet").write_text("mine")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine")
    before = tree(tmp_path)
    done = run("batch", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, len(said(done))) == (2, b"", 1)
    assert said(done)[0].startswith("cleaner: " + says) or says in said(done)[0]
    assert tree(tmp_path) == before


def test_the_examples_of_the_help_run(tmp_path):
    shown = run("batch", "--help")
    assert (shown.returncode, shown.stderr) == (0, b"")
    write(tmp_path / "news.jsonl", ROWS)
    write(tmp_path / "news.csv", [{"isi": PAGE, "text": "x"}])
    (tmp_path / "crawl").mkdir()
    write(tmp_path / "crawl" / "a.jsonl.zst", ROWS)
    examples = [line.partition("#")[0].split() for line in shown.stdout.decode().splitlines() if line.startswith("  cleaner batch ")]
    assert len(examples) == 7
    for example in examples:
        for left in (tmp_path / "clean", tmp_path / "clean.parquet"):
            if "--resume" not in example and left.exists():
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        done = run(*[word.strip("'") for word in example[1:]], "--quiet", "--workers", 1, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("name", ["pyarrow", "rich"])
def test_without_what_it_needs_the_command_says_what_to_install(name):
    program = f"import sys; sys.modules[{name!r}] = None; from cleaner.cli import main; sys.exit(main(['batch', 'a', '-o', 'b']))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=False)
    help = subprocess.run([sys.executable, "-c", program.replace("'a'", "'--help'")], cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=False)
    assert (help.returncode, help.stderr, help.stdout) == (0, b"", run("batch", "--help").stdout)
    assert (done.returncode, said(done)) == (2, [f"cleaner: batch needs {name}; run: {sys.executable} -m pip install pyarrow rich jinja2"])


def test_a_file_called_batch_is_still_a_page(tmp_path):
    (tmp_path / "batch").write_text(PAGE)
    assert run("./batch", cwd=tmp_path).stdout.decode() == BODY + "\n"


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.binary(max_size=12).map(lambda line: line.replace(b"\n", b"")), max_size=8), st.integers(2, 9))
def test_lines_that_are_too_long_are_told_and_the_others_stay_in_their_places(lines, longest):
    lines = [line.replace(b"[", b"") for line in lines]  # An array is read otherwise.
    text = [line + b"\n" for line in lines]
    found = list(long_lines(io.BufferedReader(io.BytesIO(b"".join(text))), longest))
    assert [None if isinstance(line, Bad) else line for line in found] == [line if len(line) <= longest else None for line in text]
    found = list(long_lines(io.BufferedReader(io.BytesIO(b"".join(text).removesuffix(b"\n"))), longest))
    assert len(found) == len(text) - (not lines or not lines[-1]) or not text


def test_a_batch_ends_where_it_is_heavy_enough(monkeypatch, tmp_path):
    monkeypatch.setattr("cleaner.batch.reading.BATCH_BYTES", 400)
    for kind in ("jsonl", "csv"):
        source = (str(write(tmp_path / f"a.{kind}", ROWS)),)
        with opened(source, CHOICE._replace(batch_size=1000)) as (_, batches):
            sizes = [len(found.where) for found in batches]
        assert sum(sizes) == 12
        assert max(sizes) <= 4


@pytest.mark.parametrize("name", ENDINGS)
def test_every_ending_is_known_in_any_case(name):
    assert ending(f"x{name.upper()}") == name
