"""``cleaner rules check``: what a rule of the user's takes, what it says of itself that is not so, and what it never finds."""

import json

import pytest

from test_batch import said
from test_cli import RULE, run
from test_rules import BACKTRACKS
from test_rules import OWN as TIDES

THANKS = "Terima kasih kepada sponsor kami"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mine.toml").write_text(RULE + TIDES)
    (tmp_path / "page.txt").write_text(f"Warga Desa Sanggabumi mulai pulang sejak pagi tadi, kata Marto.\n{THANKS}\nMereka lega.\n")
    rows = [{"text": f"{THANKS} ke-{number}\n{THANKS}\n"} for number in range(3)]
    (tmp_path / "news.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in [*rows, {"text": None}, {"text": "Air surut."}]))
    return tmp_path


def test_each_rule_is_told_with_its_hits_and_what_stands_around_them(folder):
    done = run("rules", "check", "mine.toml", "page.txt", cwd=folder)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == [
        "sponsor-line: ad, thanks the sponsor",
        "  does what its witness and near miss say",
        "  1 hit in 1 of 1 document",
        "    page.txt: …lai pulang sejak pagi tadi, kata Marto. [Terima kasih kepada sponsor kami] Mereka lega.",
        "lereng-tides: related, heads the tide table of the day",
        "  does what its witness and near miss say",
        "  takes nothing of 1 document",
    ]


def test_the_first_hits_are_shown_the_others_counted_and_bad_rows_told(folder):
    done = run("rules", "check", "mine.toml", "news.jsonl", cwd=folder)
    assert (done.returncode, said(done)) == (1, ["cleaner: news.jsonl, row 4: has null in 'text'"])
    shown = done.stdout.decode().splitlines()
    assert shown[2] == "  6 hits in 3 of 4 documents"
    assert [line.partition(":")[0].strip() for line in shown[3:8]] == ["news.jsonl, row 1"] * 2 + ["news.jsonl, row 2"] * 2 + ["news.jsonl, row 3"]
    assert shown[8] == "    and 1 more"


def test_all_that_is_wrong_with_the_rules_is_told_and_ends_with_1(folder):
    (folder / "mine.toml").write_text(RULE.replace("sponsor-line", "readmore").replace("kepada sponsor kami", "semua") + TIDES.replace(" lebih tinggi, kata nelayan.", "."))
    done = run("rules", "check", "mine.toml", cwd=folder)
    assert (done.returncode, said(done)) == (1, ["cleaner: mine.toml: 2 rules of 2 cannot be used as the file is"])
    assert [line.partition(";")[0] for line in done.stdout.decode().splitlines() if "wrong" in line] == [
        "  wrong: has the name of a built-in rule or filter",
        "  wrong: does not claim its witness 'Terima kasih semua'",
        "  wrong: claims its near miss 'Pasang surut hari ini.'",
    ]


def test_a_pattern_that_takes_too_long_is_told_and_the_other_rules_are_tried(folder):
    long = "Kode " + "panjang" * 400
    (folder / "mine.toml").write_text(BACKTRACKS + TIDES)
    (folder / "page.txt").write_text(f"{long}? Ya!")
    done = run("rules", "check", "mine.toml", "page.txt", cwd=folder)
    assert (done.returncode, len(said(done))) == (1, 1)
    assert "page.txt: could not be cleaned (rule 'endless': its 'pattern' took more than 0.1 s at one place" in said(done)[0]
    (folder / "mine.toml").write_text(BACKTRACKS.replace("Kode rahasia.", f"{long}?") + TIDES)
    done = run("rules", "check", "mine.toml", cwd=folder)
    assert done.returncode == 1
    assert "  wrong: rule 'endless': its 'pattern' took more than 0.1 s at one place" in done.stdout.decode()
    assert done.stdout.decode().endswith("does what its witness and near miss say\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "rules checks a file of rules, as in: cleaner rules check mine.toml page.txt"),
        (["check"], "rules checks a file of rules, as in: cleaner rules check mine.toml page.txt"),
        (["mine.toml", "page.txt"], "rules checks a file of rules"),
        (["check", "no.toml"], "no.toml: cannot be read"),
        (["check", "empty.toml"], "empty.toml: holds no rule"),
        (["check", "mine.toml", "no.txt"], "no.txt: there is nothing here that can be read"),
        (["check", "mine.toml", "--without", "head"], "unrecognized arguments: --without head; cleaner rules --help shows what it takes"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(arguments, says, folder):
    (folder / "empty.toml").write_text("")
    done = run("rules", *arguments, cwd=folder)
    assert (done.returncode, done.stdout, len(said(done))) == (2, b"", 1)
    assert said(done)[0].startswith(f"cleaner: {says}")


def test_a_rule_with_the_name_of_another_is_refused_where_both_would_be_asked(folder):
    (folder / "mine.toml").write_text(RULE.replace("sponsor-line", "scroll-to-continue"))
    done = run("--rules", "mine.toml", "page.txt", cwd=folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said(done) == ["cleaner: rule 'scroll-to-continue' of mine.toml has the name of a built-in rule or filter; call it otherwise"]
    assert run("--rules", "mine.toml", "--without", "rules", "page.txt", cwd=folder).returncode == 0
