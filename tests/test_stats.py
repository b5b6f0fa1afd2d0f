"""``cleaner stats``: the counts add up, each row shows its longest span, and what cannot be counted is named."""

import json
from collections import Counter
from concurrent.futures import BrokenExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import strategies as some
from cleaner import clean
from cleaner.cli import main
from cleaner.tally import Tally
from test_batch import PAGE, said, write
from test_cli import RULE, run, script

OTHER = "Terima kasih kepada sponsor kami\nHujan reda sejak pagi tadi, kata warga Sanggabumi.\nBaca juga: Air Sungai Surut di Hulu Kaliwangi Sejak Pagi\n"


def counted(*args, status=0):
    """What ``cleaner stats --json`` gives."""
    done = run("stats", *args, "--json")
    assert done.returncode == status
    return json.loads(done.stdout)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(some.texts() | st.text(max_size=60), max_size=4))
def test_the_counts_add_up(texts):
    count = Tally()
    parts = [Tally(), Tally()]
    articles = [clean(text) for text in texts]
    for number, article in enumerate(articles):
        count.add(article)
        parts[number >= 2].add(article)
    found = count.to_dict()
    parts[0] += parts[1]
    assert parts[0] == count == Tally.from_dict(json.loads(json.dumps(found)))
    removed = [span for article in articles for span in article.removed]
    assert count.kept == count.characters - sum(len(span.text) for span in removed)
    spans = [span for article in articles for span in article.spans]
    assert found["characters"] == sum(row["characters"] for row in found["labels"]) == sum(len(article.text) for article in articles)
    assert {row["label"]: row["spans"] for row in found["labels"]} == Counter(span.label for span in spans)
    assert {(row["label"], row["rule"]): row["characters"] for row in found["rules"]} == {
        key: sum(len(span.text) for span in spans if (span.label, span.rule) == key) for key in {(span.label, span.rule) for span in spans if span.rule}
    }
    for row in found["labels"]:
        assert row["documents"] == sum(any(span.label == row["label"] for span in article.spans) for article in articles)
        assert len(row["example"]) == max(len(span.text) for span in spans if span.label == row["label"])
    assert [row["characters"] for row in found["rules"]] == sorted((row["characters"] for row in found["rules"]), reverse=True)


def test_a_field_says_whose_documents_are_counted_together(tmp_path):
    rows = [{"text": PAGE, "publisher": "lereng"}, {"text": OTHER, "publisher": "hulu"}, {"text": PAGE, "publisher": "lereng"}, {"text": PAGE}]
    found = counted(write(tmp_path / "a.jsonl", rows), "--by", "publisher")
    assert {name: count["documents"] for name, count in found["by"].items()} == {"": 1, "hulu": 1, "lereng": 2}
    assert sum(count["characters"] for count in found["by"].values()) == found["characters"]
    done = run("stats", tmp_path / "a.jsonl", "--by", "publisher")
    assert [line.partition(",")[0] for line in done.stdout.decode().splitlines() if " documents, " in line] == [
        "4 documents",
        "publisher (none): 1 documents",
        "publisher hulu: 1 documents",
        "publisher lereng: 2 documents",
    ]


def test_the_tables_show_every_label_and_every_rule(tmp_path):
    done = run("stats", write(tmp_path / "a.jsonl", [{"text": PAGE}, {"text": OTHER}]))
    assert (done.returncode, done.stderr) == (0, b"")
    head, _, *tables = done.stdout.decode().splitlines()
    assert head == f"2 documents, 0 without a body, {len(PAGE) + len(OTHER)} characters"
    labels, rules = "\n".join(tables).split("\n\n")
    assert labels.splitlines()[0].split() == ["label", "documents", "spans", "characters", "share", "longest"]
    assert rules.splitlines()[0].split() == ["label", "rule", "documents", "spans", "characters", "share", "longest"]
    (row,) = [line.split(maxsplit=6) for line in rules.splitlines() if line.split()[1] == "readmore"]
    assert row[:5] == ["readmore", "readmore", "2", "2", "87"]
    assert row[6] == "Baca juga: Air Sungai Surut di Hulu Kaliwangi Sej…"


def test_a_rule_of_the_user_is_counted_and_a_filter_left_out_is_not(tmp_path):
    (tmp_path / "mine.toml").write_text(RULE)
    source = write(tmp_path / "a.csv", [{"isi": OTHER}])
    found = counted(source, "--rules", tmp_path / "mine.toml", "--without", "readmore")
    assert "sponsor-line" in [row["rule"] for row in found["rules"]]
    assert "readmore" not in [row["rule"] for row in found["rules"]]


@pytest.mark.parametrize("command", ["stats", "report"])
def test_the_number_of_workers_changes_nothing(command, tmp_path):
    source = write(tmp_path / "a.jsonl", [{"text": f"{page}{number}\n", "by": str(number % 2)} for page in (PAGE, OTHER) for number in range(30)])
    more = ["--by", "by"] if command == "stats" else ["-o", tmp_path / "o.html"]
    made = []
    for workers in (1, 2):
        done = run(command, source, *more, "--workers", workers, "--quiet")
        assert (done.returncode, done.stderr) == (0, b"")
        made.append(done.stdout or (tmp_path / "o.html").read_bytes())
    assert made[0] == made[1]


def test_a_worker_that_is_killed_is_told_in_a_sentence(monkeypatch, capsys, tmp_path):
    def killed(*_):
        raise BrokenExecutor("A process in the process pool was terminated abruptly")

    monkeypatch.setattr("cleaner.batch.plan.in_order", killed)
    assert main(["stats", str(write(tmp_path / "a.jsonl", [{"text": PAGE}]))]) == 2
    assert capsys.readouterr().err == "cleaner: a worker was killed, perhaps for want of memory; fewer --workers take less\n"


def test_a_log_is_told_how_far_the_count_is(tmp_path):
    program = "import sys; from cleaner.batch import progress; progress.EVERY = 0; from cleaner.cli import main; sys.exit(main(sys.argv[1:]))"
    source = write(tmp_path / "a.jsonl", [{"text": PAGE}] * 150 + [{"text": None}])
    done = script(program, "stats", str(source), "--workers", "1")
    assert [line.partition(" a second")[0].rpartition(",")[0] for line in said(done)[:2]] == ["cleaner: 100 documents", "cleaner: 151 documents"]
    assert ", 1 rejected, " in said(done)[1]


def test_what_cannot_be_counted_is_named_and_the_rest_is_counted(tmp_path):
    (tmp_path / "many").mkdir()
    source = write(tmp_path / "a.jsonl", [{"text": PAGE}, {"text": None}])
    done = run("stats", source, "--json")
    assert (done.returncode, said(done)) == (1, [f"cleaner: {source}, row 2: has null in 'text'"])
    assert json.loads(done.stdout)["documents"] == 1
    many = write(tmp_path / "many" / "a.jsonl", [{"text": text} for text in [None, PAGE, None, 7, None]])
    assert said(run("stats", many)) == [f"cleaner: {many}, row 1: has null in 'text'", f"cleaner: {many}, row 4: has no text in 'text'", f"cleaner: {many}, row 1: 2 more records have the same trouble"]
    many.unlink()
    (tmp_path / "b.parquet").write_bytes(b"no")
    done = run("stats", tmp_path, "--json")
    assert done.returncode == 2
    assert said(done)[1].startswith(f"cleaner: {tmp_path}/b.parquet: it is no Parquet file")
    assert json.loads(done.stdout)["documents"] == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "stats needs inputs, as in: cleaner stats news.jsonl"),
        (["missing.jsonl"], "missing.jsonl: there is nothing here that can be read"),
        (["a.jsonl", "--by", "penerbit"], "no column is called 'penerbit'; there are: text"),
        (["a.jsonl", "--without", "captoin"], "no filter and no rule is called 'captoin'"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(arguments, says, tmp_path):
    write(tmp_path / "a.jsonl", [{"text": PAGE}])
    done = run("stats", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, len(said(done))) == (2, b"", 1)
    assert says in said(done)[0]


def test_columns_called_like_parts_are_no_trouble(tmp_path):
    assert counted(write(tmp_path / "a.jsonl", [{"text": PAGE, "title": "x", "date": "y", "clean_body": "z"}]))["documents"] == 1
