"""The command, run as a subprocess: what it prints, what it says on stderr, and how it ends."""

import gzip
import io
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Timer

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from cleaner.console import Renamed
from cleaner.records import elements, is_array, kind_of

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "tempo-putin-kim.txt"
TITLE = "Vladimir Putin dan Kim Jong Un Janji akan Mempererat Kerja Sama"
PAGE = "Warga mulai kembali ke rumah masing-masing sejak pagi tadi.\n\nBaca juga: Hujan Reda di Hulu\n"
BODY = "Warga mulai kembali ke rumah masing-masing sejak pagi tadi."
RULE = """
[[rule]]
name = "sponsor-line"
label = "ad"
why = "thanks the sponsor"
start = ["terima kasih kepada sponsor"]
witness = ["Terima kasih kepada sponsor kami"]
near_miss = ["Ia mengucapkan terima kasih kepada sponsor."]
"""
COMMAND = [sys.executable, "-m", "cleaner"]
# What a user has set for Python must not hide that the command fails to flush.
# Without what would say to Python where things are, and to a terminal how wide it is.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith("PYTHON") and name not in ("COLUMNS", "LINES")
} | {"PYTHONPATH": str(ROOT)}
PATIENCE = 60  # seconds until a command that does not answer is ended, so that a test fails rather than waits for ever


def run(*args, given=b"", cwd=ROOT):
    return subprocess.run([*COMMAND, *map(str, args)], input=given.encode() if isinstance(given, str) else given, capture_output=True, cwd=cwd, env=ENVIRONMENT, check=False)


def script(code, *args, given=b""):
    """Run Python code in place of the command, to look at its inside or to put something else there."""
    return subprocess.run([sys.executable, "-c", code, *args], input=given, capture_output=True, cwd=ROOT, env=ENVIRONMENT, check=False)


@contextmanager
def started(*args):
    """The command while it runs, with its three streams."""
    process = subprocess.Popen([*COMMAND, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT)
    watchdog = Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        with process:
            yield process
    finally:
        watchdog.cancel()


def out(done):
    return done.stdout.decode()


def complaint(done):
    """The one sentence on stderr, without the name of the program."""
    text = done.stderr.decode()
    assert text.startswith("cleaner: "), text
    assert text.count("\n") == 1, text
    return text.removeprefix("cleaner: ").rstrip()


def complaints(done):
    return done.stderr.decode().splitlines()


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


def records(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


# A page.


def test_the_story_of_the_seed_page_comes_out_and_nothing_else():
    done = run(given=SEED.read_bytes())
    paragraphs = out(done).removesuffix("\n").split("\n\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(paragraphs) == 8
    assert paragraphs[0].startswith("TEMPO.CO, Jakarta - Pemimpin Korea Utara Kim Jong Un menegaskan")
    assert paragraphs[-1].endswith("ekonomi dan militer lainnya dari Moskow.")


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("title", TITLE),
        ("date", "Jumat, 16 Agustus 2024 11:55 WIB"),
        ("byline", ""),
        ("dateline", "TEMPO.CO, Jakarta -"),
        ("caption", "Presiden Rusia Vladimir Putin dan pemimpin Korea Utara Kim Jong Un berfoto saat pertemuan mereka di Vladivostok, Rusia, 25 April 2019."),
        ("credit", "Alexander Zemlianichenko/Pool via REUTERS"),
    ],
)
def test_each_part_of_the_seed_page_can_be_had_by_itself(part, text):
    done = run("--part", part, SEED)
    assert (out(done), done.returncode) == (text + "\n", 0)


def test_the_body_is_a_part_like_the_others():
    assert run("--part", "body", SEED).stdout == run(SEED).stdout


def test_a_file_standard_input_and_a_dash_give_the_same():
    assert run(SEED).stdout == run(given=SEED.read_bytes()).stdout == run("-", given=SEED.read_bytes()).stdout != b""


def test_json_holds_the_parts_and_spans_that_join_to_the_text():
    done = run("--json", SEED)
    (article,) = records(done)
    assert article["title"] == TITLE
    assert article["body"] == out(run(SEED)).rstrip("\n")
    assert "".join(span["text"] for span in article["spans"]) == SEED.read_bytes().decode()
    assert set(article["spans"][0]) == {"start", "end", "text", "label", "rule", "why"}
    assert "“mengenang prestasi" in out(done), "letters are printed as they are"


def test_explain_shows_the_labels_in_the_margin():
    from cleaner import margin

    done = run("--explain", SEED)
    segments = margin.read(out(done).removesuffix("\n"))
    assert "".join(text for _, text in segments) == SEED.read_bytes().decode()
    assert segments[0] == ("title", TITLE + "\n\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_line_ends_and_a_byte_order_mark_reach_the_pipeline_as_they_are(encoding):
    page = PAGE.replace("\n", "\r\n")
    done = run("--json", given=page.encode(encoding))
    assert "".join(span["text"] for span in records(done)[0]["spans"]) == page
    code = "import sys, cleaner.cli as cli\ncli.configured = lambda *_: lambda text, **hints: sys.exit(ascii(text))\ncli.main([])"
    assert script(code, given=page.encode(encoding)).stderr.decode().strip() == ascii(page.encode(encoding).decode("utf-8"))


def test_a_page_without_a_body_ends_with_1_and_prints_nothing():
    done = run(given="Baca juga: Hujan Reda di Hulu\n")
    assert (done.returncode, done.stdout) == (1, b"")
    assert complaint(done).startswith("standard input: no body was found; --explain")


def test_an_empty_page_has_no_body():
    assert (run().returncode, run("--json").returncode) == (1, 1)
    assert records(run("--json"))[0]["spans"] == []


def test_a_hint_reaches_the_pipeline():
    code = (
        "from cleaner import cli, console\n"
        "from cleaner import Claim, Pipeline\n"
        "def hinted(page):\n"
        "    yield Claim(0, len(page.text), 'title', page.url, page.publisher + page.title)\n"
        "console.default = lambda: Pipeline((hinted,))\n"
        "cli.main(['--json', '--url', 'https://example.com/banjir-surut', '--publisher', 'tempo', '--title', ' kali'])"
    )
    span = records(script(code, given=b"Banjir Surut"))[0]["spans"][0]
    assert (span["rule"], span["why"]) == ("https://example.com/banjir-surut", "tempo kali")


def test_the_headline_may_stand_in_a_field():
    given = lines({"text": f"Kabar Baik\n{PAGE}", "judul": "KABAR BAIK"}, {"text": f"Kabar Baik\n{PAGE}", "judul": None}, {"text": PAGE})
    done = run("--jsonl", "--title-column", "judul", given=given)
    assert [record["article"]["title"] for record in records(done)] == ["Kabar Baik", "", ""]
    assert (done.returncode, done.stderr) == (0, b"")


# Several pages.


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "page.txt").write_text(PAGE)
    (tmp_path / "seed.txt").write_bytes(SEED.read_bytes())
    (tmp_path / "menu.txt").write_text("Baca juga: Hujan Reda di Hulu\n")
    (tmp_path / "latin.txt").write_bytes("Warga Café Melati kembali ke rumah masing-masing sejak pagi tadi.".encode("latin-1"))
    (tmp_path / "my.toml").write_text(RULE)
    (tmp_path / "pages.jsonl").write_text(lines({"id": 1, "text": PAGE}, {"id": 2, "text": PAGE}))
    (tmp_path / "news.jsonl").write_text(lines({"content": PAGE}))
    return tmp_path


def test_bodies_of_several_files_stand_two_blank_lines_apart(folder):
    done = run("seed.txt", "page.txt", "page.txt", cwd=folder)
    seed = out(run(SEED)).rstrip("\n")
    assert out(done).removesuffix("\n").split("\n\n\n") == [seed, BODY, BODY]
    assert done.returncode == 0


def test_one_line_parts_of_several_files_take_one_line_a_file(folder):
    done = run("--part", "title", "page.txt", "seed.txt", "page.txt", cwd=folder)
    assert out(done) == f"\n{TITLE}\n\n"


def test_json_of_several_files_takes_one_line_a_file(folder):
    assert [article["title"] for article in records(run("--json", "seed.txt", "page.txt", cwd=folder))] == [TITLE, ""]


def test_a_file_without_a_body_among_others_is_named_and_ends_with_1(folder):
    done = run("page.txt", "menu.txt", "page.txt", cwd=folder)
    assert (out(done), done.returncode) == (f"{BODY}\n\n\n{BODY}\n", 1)
    assert complaint(done).startswith("menu.txt: no body was found")


@pytest.mark.parametrize("bad", ["nowhere.txt", "latin.txt", "."])
def test_an_unreadable_file_among_others_ends_with_2_and_the_others_are_cleaned(folder, bad):
    done = run("page.txt", bad, "page.txt", cwd=folder)
    assert (out(done), done.returncode) == (f"{BODY}\n\n\n{BODY}\n", 2)
    assert complaint(done).startswith(bad + ": ")


def test_an_unreadable_file_outweighs_one_without_a_body(folder):
    assert run("nowhere.txt", "menu.txt", cwd=folder).returncode == run("menu.txt", "nowhere.txt", cwd=folder).returncode == 2


def test_a_missing_file_is_named_with_what_to_do():
    done = run("nowhere.txt")
    assert (done.returncode, done.stdout) == (2, b"")
    assert complaint(done) == "nowhere.txt: cannot be read (No such file or directory); give the path of a text file, or - for standard input"


def test_files_and_options_may_be_mixed(folder):
    assert run("page.txt", "--json", "seed.txt", cwd=folder).stdout == run("--json", "page.txt", "seed.txt", cwd=folder).stdout != b""


def test_behind_two_dashes_everything_is_a_file(folder):
    (folder / "--json").write_text(PAGE)
    assert out(run("--", "--json", cwd=folder)) == BODY + "\n"


# Encodings.


def test_undecodable_bytes_give_the_place_and_the_option_that_helps(folder):
    done = run("latin.txt", cwd=folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert complaint(done) == "latin.txt: byte 9 is not utf-8; name the encoding, as in --encoding cp1252"


def test_the_encoding_option_helps(folder):
    done = run("--encoding", "latin-1", "latin.txt", cwd=folder)
    assert (out(done), done.returncode) == ("Warga Café Melati kembali ke rumah masing-masing sejak pagi tadi.\n", 0)
    assert out(run("--encoding", "utf-16", given=PAGE.encode("utf-16"))) == BODY + "\n"


def test_bytes_that_are_not_of_the_named_encoding_are_no_traceback_either():
    assert complaint(run("--encoding", "utf-16", given=b"\xff\xfeW\x00a")).startswith("standard input: byte 4 is not utf-16")


def test_output_is_utf_8_in_any_locale():
    environment = {**ENVIRONMENT, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(COMMAND, input="“Saya hadir,” kata Zoë.".encode(), capture_output=True, cwd=ROOT, env=environment, check=False)
    assert out(done) == "“Saya hadir,” kata Zoë.\n"


# Filters and rules.


def test_without_switches_off_filters_and_rules():
    page = "Advertisement\n\n" + PAGE
    assert out(run(given=page)) == BODY + "\n"
    kept = run("--json", "--without", "ad-marker", "--without", "readmore", "--without", "ad-marker", given=page)
    assert kept.returncode == 0
    assert not {"ad-marker", "readmore"} & {span["rule"] for span in records(kept)[0]["spans"]}
    assert "readmore" not in out(run("--without", "readmore", "--list")).split("rules:")[0]


def test_own_rules_are_asked_before_the_built_in_ones(folder):
    (folder / "first.toml").write_text(RULE.replace("sponsor-line", "mine").replace("erima kasih kepada sponsor", "dvertisement").replace('"t', '"a').replace('"T', '"A'))
    page = BODY + "\n\nAdvertisement\n\nTerima kasih kepada sponsor kami\n"
    done = run("--json", "--rules", "my.toml", "--rules", "first.toml", given=page, cwd=folder)
    assert [(span["label"], span["rule"]) for span in records(done)[0]["spans"]] == [("body", ""), ("ad", "mine"), ("ad", "sponsor-line")]
    assert "ad-marker" in out(run("--json", given=page))
    assert "sponsor-line" not in out(run("--json", given=page))


def test_own_rules_stay_when_the_built_in_ones_are_switched_off(folder):
    listed = out(run("--rules", "my.toml", "--without", "rules", "--list", cwd=folder))
    assert "sponsor-line" in listed
    assert "ad-marker" not in listed
    assert "sponsor-line" not in out(run("--rules", "my.toml", "--without", "sponsor-line", "--list", cwd=folder))


def test_list_shows_every_filter_and_every_rule_with_its_reason():
    from cleaner import default

    done = run("--list")
    filters, rules = out(done).split("\n\nrules:\n")
    pipeline = default()
    assert (done.returncode, done.stderr) == (0, b"")
    shown = dict(re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in filters.splitlines()[1:])
    assert shown == {name: filter.__doc__.strip().splitlines()[0] for name, filter in zip(pipeline.names, pipeline.filters, strict=True)}
    expected = [[rule.name, rule.label, rule.why] for filter in pipeline.filters for rule in getattr(filter, "rules", ())]
    assert [re.split(r"\s{2,}", line.strip(), maxsplit=2) for line in rules.splitlines()] == expected


def test_an_unknown_name_is_told_with_the_known_ones():
    done = run("--without", "captoin", given=PAGE)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "'captoin'" in complaint(done)
    assert "'caption'" in complaint(done)


def test_a_rule_file_that_cannot_be_used_is_told_with_its_rule(folder):
    (folder / "bad.toml").write_text(RULE.replace('"ad"', '"advert"'))
    done = run("--rules", "bad.toml", given=PAGE, cwd=folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert complaint(done).startswith("bad.toml: rule 'sponsor-line': has an unknown label 'advert'")
    assert complaint(run("--rules", "nowhere.toml", given=PAGE)).startswith("nowhere.toml: ")


FAILING = """
import sys
from cleaner import Pipeline, cli, console
def careless(page):
    if "awas" in page.text:
        raise KeyError("awas")
    return ()
console.default = lambda: Pipeline((careless,))
sys.exit(cli.main(sys.argv[1:]))
"""


def test_a_filter_that_fails_is_named_and_the_other_pages_are_cleaned(folder):
    (folder / "awas.txt").write_text("awas")
    done = script(FAILING, str(folder / "awas.txt"), str(folder / "page.txt"))
    assert (out(done), done.returncode) == (PAGE, 1)
    assert "awas.txt: could not be cleaned (filter 'careless' failed: KeyError: 'awas')" in complaint(done)


def test_a_filter_that_fails_on_a_record_is_named_and_the_run_goes_on():
    done = script(FAILING, "--jsonl", given=lines({"text": "awas"}, {"text": "aman"}).encode())
    assert done.returncode == 1
    assert [record.get("article", {}).get("body") for record in records(done)] == [None, "aman"]
    assert "line 1: could not be cleaned (filter 'careless' failed" in complaint(done)


# JSON Lines.


def test_each_record_comes_back_whole_and_in_order_with_its_article():
    given = [{"id": number, "text": PAGE, "tags": ["é", {"n": 1.50}]} for number in range(5)]
    done = run("--jsonl", given=lines(*given))
    assert (done.returncode, done.stderr) == (0, b"")
    for before, after in zip(given, records(done), strict=True):
        article = after.pop("article")
        assert after == before
        assert list(article) == ["title", "kicker", "date", "byline", "deck", "dateline", "caption", "credit", "captions", "body"]
        assert article["body"] == BODY


def test_what_stands_in_a_record_is_not_written_anew():
    record = r'{"n": 1.50E+3 ,"big":12345678901234567890.10, "e":"\u00e9\/","text":"Warga pulang."}'
    assert out(run("--jsonl", given=record)).startswith(record[:-1] + ', "article": {"title": ""')


def test_spans_are_added_when_asked_for():
    (record,) = records(run("--jsonl", "--spans", given=lines({"text": PAGE})))
    assert "".join(span["text"] for span in record["article"]["spans"]) == PAGE


def test_the_text_may_stand_in_another_field():
    (record,) = records(run("--jsonl", "--column", "content", given=lines({"text": "lain", "content": PAGE})))
    assert record["article"]["body"] == BODY


def test_an_option_is_known_by_its_old_name_too_and_the_new_one_is_told_once():
    given = lines({"text": "lain", "content": PAGE}, {"text": "lain", "content": PAGE})
    done = run("--jsonl", "--text-field", "content", given=given)
    assert (done.returncode, out(done)) == (0, out(run("--jsonl", "--column", "content", given=given)))
    assert complaint(done) == "--text-field is called --column now; the old name goes with a later version"


def test_the_hints_of_a_record_may_stand_in_its_fields():
    told = "import sys; from cleaner import cli; cli.cleaned = lambda _, text: print(*text[1:]) or cli.Bad(''); sys.exit(cli.main(sys.argv[1:]))"
    given = lines({"text": PAGE, "alamat": "https://example.com/a", "media": "lereng", "judul": "Air"}, {"text": PAGE, "alamat": 7})
    columns = ["--url-column", "alamat", "--publisher-column", "media", "--title-column", "judul"]
    done = subprocess.run([sys.executable, "-c", told, "--jsonl", *columns], input=given.encode(), capture_output=True, env=ENVIRONMENT, check=False)
    assert [line.split() for line in out(done).splitlines() if not line.startswith("{")] == [["https://example.com/a", "lereng", "Air"], []]


@pytest.mark.skipif(os.name == "nt", reason="a terminal of POSIX")
def test_who_types_into_a_terminal_is_told_that_it_waits():
    import pty

    main_end, far_end = pty.openpty()
    os.write(main_end, f"{BODY}\n\x04".encode())
    done = subprocess.run(COMMAND, stdin=far_end, capture_output=True, env=ENVIRONMENT, timeout=PATIENCE, check=False)
    os.close(far_end)
    os.close(main_end)
    assert done.returncode == 0
    assert complaint(done) == "waiting for input: paste it here, then press Ctrl-D; cleaner --help shows more"


@pytest.mark.parametrize("options", [[], ["--column", "article"], ["--into", "id"]])
def test_a_field_that_is_there_is_never_written_over(options):
    given = lines({"id": 1, "article": PAGE, "text": PAGE})
    done = run("--jsonl", *options, given=given)
    assert (done.returncode, out(done)) == (1, given)
    name = "id" if "id" in options else "article"
    assert complaint(done) == f"standard input, line 1: has a field {name!r} already, which is not overwritten; --into names another"


def test_the_article_can_go_into_another_field():
    (record,) = records(run("--jsonl", "--column", "article", "--into", "bersih", given=lines({"article": PAGE})))
    assert (record["article"], record["bersih"]["body"]) == (PAGE, BODY)


def test_a_part_of_each_record_takes_one_line():
    two = f"{PAGE}\nWarga\u2028menyapu lumpur di balai desa sejak siang.\n"
    done = run("--jsonl", "--part", "body", given=lines({"text": two}, {"text": "ADVERTISEMENT\n"}, {"id": 3}) + "[\n\n" + lines({"article": 1, "text": PAGE}))
    assert done.stdout.decode().split("\n") == [f"{BODY} Warga menyapu lumpur di balai desa sejak siang.", "", "", "", BODY, ""]
    assert (done.returncode, len(complaints(done))) == (1, 2)
    assert run("--jsonl", "--part", "title", given=lines({"text": PAGE})).stdout == b"\n"


def test_a_body_may_be_plain_wherever_it_comes_out():
    page = "Harga naik\xa0 20 persen.\n\nWarga  pulang, kata Marto.\n"
    plain = "Harga naik 20 persen.\nWarga pulang, kata Marto."
    assert out(run("--plain", given=page)) == f"{plain}\n" == out(run("--plain", "--part", "body", given=page))
    shown = json.loads(run("--plain", "--json", given=page).stdout)
    assert (shown["body"], "".join(span["text"] for span in shown["spans"])) == (plain, page)
    assert records(run("--plain", "--jsonl", given=lines({"text": page})))[0]["article"]["body"] == plain
    assert out(run("--plain", "--jsonl", "--part", "body", given=lines({"text": page}))) == plain.replace("\n", " ") + "\n"


@pytest.mark.parametrize("options", [[], ["--part", "body"], ["--jsonl"], ["--json"], ["--jsonl", "--part", "body"]])
def test_the_dateline_can_be_taken_out_of_the_body(options):
    page = "SOLO, KOMPAS.com - Pasar itu ramai kembali sejak pagi tadi, kata pedagang."
    done = run(*options, "--strip-dateline", given=lines({"text": page}) if "--jsonl" in options else page)
    shown = json.loads(done.stdout) if any("json" in option for option in options) and "--part" not in options else {"body": out(done).rstrip()}
    shown = shown.get("article", shown)
    assert shown["body"] == "Pasar itu ramai kembali sejak pagi tadi, kata pedagang."
    assert shown.get("dateline", "SOLO, KOMPAS.com -") == "SOLO, KOMPAS.com -"


@pytest.mark.parametrize("line", ['{"id": 1}', '{"id":1,  "text": null}', '{"text": 5}', '{"text": [""]}', '{"isi": "a", "content": "b"}'])
def test_a_record_without_text_is_reported_and_given_back_as_it_is(line):
    done = run("--jsonl", given=lines({"text": PAGE}) + line + "\n" + lines({"text": PAGE}))
    assert done.returncode == 1
    assert out(done).splitlines()[1] == line
    assert [record["article"]["body"] for record in records(done)[::2]] == [BODY, BODY]
    names = ", ".join(json.loads(line))
    assert complaint(done) == f"standard input, line 2: has no text in a field 'text'; there are: {names}; --column names another"


@pytest.mark.parametrize("line", ["[1, 2]", '"text"', "7", "null"])
def test_a_line_that_is_no_object_is_reported_and_given_back_as_it_is(line):
    done = run("--jsonl", given=lines({"text": PAGE}) + line + "\n" + lines({"text": PAGE}))
    assert (done.returncode, out(done).splitlines()[1]) == (1, line)
    assert complaint(done) == "standard input, line 2: is no JSON object; write one a line"


def test_a_field_of_text_is_guessed_where_only_one_has_such_a_name():
    given = [{"id": 1, "isi": PAGE}, {"Content": PAGE, "judul": "x"}, {"text": PAGE, "isi": "lain"}]
    done = run("--jsonl", given=lines(*given))
    assert (done.returncode, [record["article"]["body"] for record in records(done)]) == (0, [BODY, BODY, BODY])


def test_the_same_trouble_is_told_once_and_counted():
    good = {"text": PAGE}
    given = lines(good, *[{"id": number, "judul": "x"} for number in range(2000)], good) + "oops\n" * 3
    done = run("--jsonl", given=given)
    assert (done.returncode, len(records(run("--jsonl", given=given.replace("oops\n", ""))))) == (1, 2002)
    assert complaints(done) == [
        "cleaner: standard input, line 2: has no text in a field 'text'; there are: id, judul; --column names another",
        "cleaner: standard input, line 2003: is no JSON (Expecting value: column 1 (char 0)); write one JSON object a line",
        "cleaner: standard input, line 2: 1,999 more records have the same trouble",
        "cleaner: standard input, line 2003: 2 more records have the same trouble",
    ]


# A JSON array.


ELEMENTS = [r'{"n": 1.50E+3 ,"e":"\u00e9\/, ]","text":"Warga pulang."}', '{"id": 2, "text": "Hujan reda, kata Zoë."}', "7", '{"id": 3}']


@pytest.mark.parametrize("between", [",", ",\n", "\n ,\r\n  "])
@pytest.mark.parametrize("around", ["[{}]", "\ufeff\n [\n{}\n]\n"])
def test_the_records_of_an_array_come_back_to_the_letter_a_line_each(between, around):
    done = run("--jsonl", given=around.format(between.join(ELEMENTS)))
    answers = out(done).splitlines()
    assert (answers[2:], done.returncode) == (ELEMENTS[2:], 1)
    assert [line.startswith(record[:-1] + ', "article": {') for line, record in zip(answers, ELEMENTS[:2], strict=False)] == [True, True]
    assert [text.partition(";")[0] for text in complaints(done)] == ["cleaner: standard input, record 3: is no JSON object", "cleaner: standard input, record 4: has no text in a field 'text'"]


def test_a_record_of_several_lines_becomes_one():
    given = json.dumps([{"id": 1, "text": PAGE}, {"id": 2, "text": PAGE}], indent=2)
    assert [(record["id"], record["article"]["body"]) for record in records(run("--jsonl", given=given))] == [(1, BODY), (2, BODY)]


def test_an_array_that_breaks_off_keeps_the_records_before_it():
    done = run("--jsonl", given=json.dumps([{"text": PAGE}] * 3)[:-20])
    assert (done.returncode, [record["article"]["body"] for record in records(done)]) == (1, [BODY, BODY])
    assert complaint(done).startswith("standard input, record 3: is no JSON (")


@settings(max_examples=30)
@drawn(st.lists(st.recursive(st.none() | st.integers() | st.text(max_size=4), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)), max_size=6), st.integers(1, 9), st.sampled_from([None, 1]))
def test_an_array_is_read_whole_whatever_the_pieces(values, piece, indent):
    stream = io.BufferedReader(io.BytesIO(json.dumps(values, indent=indent).encode()))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("cleaner.records.PIECE", piece)
        assert is_array(stream)
        assert [json.loads(line) for line in elements(stream, "utf-8")] == values


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_an_array_is_not_held_in_memory():
    code = "import sys\nfrom cleaner.cli import main\nsys.exit(main(['--jsonl']) or open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    record = b'{"text": "Warga pulang.", "pad": "' + b"x" * 20_000 + b'"}'
    few, many = (script(code, given=b"[" + b",".join([record] * count) + b"]") for count in (200, 2_000))  # 40 MB on one line
    assert len(many.stdout.splitlines()) == 2_000
    assert int(many.stderr) < int(few.stderr) + 10_000, "kilobytes"


# What is no plain text.


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("berita.csv", b"id,isi\n1,Air surut.\n", "a table; give it to cleaner batch"),
        ("berita.TSV", b"id\tisi\n", "a table"),
        ("news.jsonl", b'{"text": "a"}\n', "JSON Lines; say --jsonl"),
        ("news.ndjson", b"\n", "JSON Lines; say --jsonl"),
        ("x.json", b"[]", "JSON; say --jsonl"),
        ("x", b' [\n {"text": "a"}]', "JSON"),
        ("page.html", b"<p>Air surut.", "HTML; take its text out first"),
        ("page.txt", b"\n<!DOCTYPE html><html>", "HTML"),
        ("x.gz", gzip.compress(b"Air surut.", mtime=0), "packed with gzip; unpack it with gunzip"),
        ("x", gzip.compress(b"Air surut.", mtime=0), "packed with gzip"),
        ("x", b"PAR1\x15\x04", "a Parquet file; give it to cleaner batch"),
        ("x.xlsx", b"PK\x03\x04", "a file of Excel or the like; save it as CSV"),
        ("x", b"PK\x03\x04", "a zip archive"),
        ("x", "Air surut.".encode("utf-16"), "UTF-16; name that, as in --encoding utf-16"),
        ("x", "Air surut.".encode("utf-16-le"), "UTF-16 without a byte order mark; name that, as in --encoding utf-16-le"),
        ("x", "Air surut.".encode("utf-16-be"), "UTF-16 without a byte order mark; name that, as in --encoding utf-16-be"),
        ("x", b"\x7fELF" + bytes(60), "no text: it holds NUL bytes"),
    ],
)
def test_a_file_that_is_no_plain_text_is_named_with_what_takes_it(name, data, says):
    assert kind_of(name, data).startswith(says)


def test_such_a_file_is_told_in_a_sentence_and_the_others_are_read(folder):
    (folder / "berita.csv").write_text("id,isi\n1,Air surut.\n")
    done = run("berita.csv", "page.txt", cwd=folder)
    assert (done.returncode, out(done)) == (2, BODY + "\n")
    assert complaint(done) == "berita.csv: is a table; give it to cleaner batch"


@pytest.mark.parametrize("text", ["[FOTO] Air surut, kata warga.", "{Air} surut, kata warga.", '"Air surut," kata warga.', "<b>Air</b> surut, kata warga.", "Air \0surut, kata warga.", "PARIS - Air surut, kata warga."])
def test_a_page_that_begins_oddly_is_a_page(text):
    assert kind_of("page.txt", text.encode()) == ""


def test_utf_16_that_is_named_is_read_and_packed_records_are_told():
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert out(run("--encoding", encoding, given=PAGE.encode(encoding))) == BODY + "\n"
    assert complaint(run("--jsonl", given=gzip.compress(lines({"text": PAGE}).encode()))).startswith("standard input: is packed with gzip")


@pytest.mark.parametrize("line", [b'{"text": "a"', b"{text: 1}", b"Warga pulang.", b'{"text": "a"} {"text": "b"}', b'{"text": "\xff"}', b"[" * 100_000])
def test_a_broken_record_is_reported_with_its_line_and_never_stops_the_run(line):
    good = lines({"text": PAGE}).encode()
    done = run("--jsonl", given=good + b"\n" + line + b"\n" + good)
    assert done.returncode == 1
    assert [record["article"]["body"] for record in records(done)] == [BODY, BODY]
    assert complaint(done).startswith("standard input, line 3: ")


def test_undecodable_bytes_in_a_record_give_the_place_and_the_option():
    given = '{"text": "Warga Café Melati kembali."}\n'.encode("latin-1")
    assert complaint(run("--jsonl", given=given)) == "standard input, line 1: byte 19 is not utf-8; name the encoding, as in --encoding cp1252"
    assert records(run("--jsonl", "--encoding", "latin-1", given=given))[0]["article"]["body"] == "Warga Café Melati kembali."


def test_an_empty_text_is_a_text():
    done = run("--jsonl", given=lines({"text": ""}))
    assert (done.returncode, records(done)[0]["article"]["body"]) == (0, "")


def test_no_records_are_no_trouble():
    assert (run("--jsonl").returncode, run("--jsonl").stdout) == (0, b"")
    assert (run("--jsonl", given="\n \r\n").returncode, run("--jsonl", given="\n \r\n").stdout) == (0, b"")


def test_crlf_a_byte_order_mark_and_a_last_line_without_end_are_read():
    given = "\ufeff" + lines({"text": PAGE}, {"text": PAGE}).replace("\n", "\r\n").rstrip()
    assert [record["article"]["body"] for record in records(run("--jsonl", given=given))] == [BODY, BODY]


def test_half_a_surrogate_pair_comes_back_as_it_went_in():
    given = r'{"text": "Warga \ud800 pulang \udfff kata Budi â€œya."}'
    for options in ([], ["--spans"], ["--column", "text"]):
        done = run("--jsonl", *options, given=given)
        assert (done.returncode, done.stderr) == (0, b"")
        assert "\ud800 pulang \udfff" in records(done)[0]["article"]["body"]
        assert records(done)[0]["text"] == json.loads(given)["text"]


def test_several_files_of_records_are_told_apart_in_complaints(folder):
    (folder / "bad.jsonl").write_text("\n{\n")
    done = run("--jsonl", "pages.jsonl", "bad.jsonl", "nowhere.jsonl", "pages.jsonl", cwd=folder)
    assert [record["id"] for record in records(done)] == [1, 2, 1, 2]
    assert [text.split(" is ")[0].split(" cannot ")[0] for text in complaints(done)] == ["cleaner: bad.jsonl, line 2:", "cleaner: nowhere.jsonl:"]
    assert done.returncode == 2


# Streams.


def test_a_record_is_answered_before_the_next_one_is_written():
    with started("--jsonl") as process:
        for number in range(3):
            process.stdin.write(lines({"id": number, "text": PAGE}).encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_two_thousand_records_are_answered_in_constant_memory():
    code = "import sys\nfrom cleaner.cli import main\nsys.exit(main(['--jsonl']) or open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    record = b'{"id": %d, "text": "Warga pulang.", "pad": "' + b"x" * 20_000 + b'"}\n'  # 40 MB in all
    few, many = (script(code, given=b"".join(record % number for number in range(count))) for count in (100, 2_000))
    answers = many.stdout.splitlines()
    assert len(answers) == 2_000
    assert [json.loads(line)["id"] for line in answers[::1000]] == [0, 1000]
    assert int(many.stderr) < int(few.stderr) + 10_000, "kilobytes"


def test_a_closed_pipe_is_silent_and_leaves_whole_lines():
    with started("--jsonl") as process:
        record = lines({"text": PAGE * 50}).encode()
        process.stdin.write(record)
        process.stdin.flush()
        line = process.stdout.readline()
        process.stdout.close()
        with pytest.raises(BrokenPipeError):
            while True:  # The command ends as soon as it notices, and then nobody reads this any more.
                process.stdin.write(record)
                process.stdin.flush()
        process.stdin = None
        assert (process.wait(), process.stderr.read()) == (141, b"")
    assert line.endswith(b"\n")
    assert "article" in json.loads(line)


@pytest.mark.parametrize("option", ["--help", "--list", "--json"])
def test_a_pipe_that_is_closed_before_anything_is_printed_is_silent(option):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*COMMAND, option], stdin=subprocess.DEVNULL, stdout=write, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT, check=False)
    os.close(write)
    if option == "--json":  # The sentence on the missing body is said before anything is printed.
        assert complaint(done).startswith("standard input: no body")
    else:
        assert done.stderr == b""
    assert done.returncode == 141


def test_an_interrupt_is_silent():
    # A shell starts what it runs in the background deaf to interrupts, and its children inherit that, unless a handler is set.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with started("--jsonl") as process:
        process.stdin.write(lines({"text": PAGE}).encode())
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert (process.stdout.read(), process.stderr.read()) == (b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written_is_told():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, SEED], stdout=full, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT, check=False)
    assert done.returncode == 2
    assert complaint(done).startswith("the output cannot be written (No space left on device)")


@pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")
@pytest.mark.parametrize(
    ("words", "status", "printed", "said"),
    [
        ("- <&-", 2, "", "cleaner: standard input: cannot be read"),
        ("seeds/tempo-putin-kim.txt >&-", 2, "", "cleaner: the output cannot be written"),
        ("seeds/tempo-putin-kim.txt 2>&-", 0, "TEMPO.CO", ""),
        ("nowhere.txt 2>&-", 2, "", ""),
    ],
)
def test_streams_that_are_closed_from_the_start_give_no_traceback(words, status, printed, said):
    done = subprocess.run(["sh", "-c", f"exec {shlex.join(COMMAND)} {words}"], stdin=subprocess.DEVNULL, capture_output=True, cwd=ROOT, env=ENVIRONMENT, check=False)
    assert done.returncode == status
    assert (out(done)[: len(printed) or None], done.stderr.decode()[: len(said) or None]) == (printed, said)


# Usage.


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--part", "headline"], "argument --part: invalid choice: 'headline'"),
        (["--frobnicate"], "unrecognized arguments: --frobnicate; cleaner --help"),
        (["--js"], "unrecognized arguments: --js"),
        (["--without"], "argument --without: expected one argument"),
        (["--json", "--explain"], "argument --explain: not allowed with argument --json"),
        (["--json", "--part", "title"], "--part gives one part as text; leave out --json, --explain or --list"),
        (["--plain", "--part", "title"], "--plain says how the body is written; leave out --explain, --list and other parts"),
        (["--plain", "--explain"], "--plain says how the body is written; leave out --explain, --list and other parts"),
        (["--jsonl", "--part", "title", "--spans"], "--part gives a line of text a record; leave out --spans and --into"),
        (["--encoding", "klingon"], "argument --encoding: 'klingon' is no encoding known here"),
        (["--encoding", "base64"], "argument --encoding: 'base64' is no encoding known here"),
        (["--jsonl", "--encoding", "utf-16"], "records cannot be split into lines in utf-16"),
        (["--jsonl", "--encoding", "utf-16-be"], "records cannot be split into lines in utf-16-be"),
        (["--spans"], "--spans, --column and --into go with --jsonl"),
        (["--column", "isi"], "--spans, --column and --into go with --jsonl"),
        (["--list", "page.txt"], "--list takes no file"),
        (["--url", "https://example.com", "--jsonl"], "--url, --publisher and --title speak of one page"),
        (["--title-column", "judul"], "--title-column goes with --jsonl; --title speaks of one page"),
        (["--url-column", "alamat"], "--url-column goes with --jsonl; --url speaks of one page"),
        (["--publisher", "tempo", "a.txt", "b.txt"], "--url, --publisher and --title speak of one page"),
        (["page.txt", "batch"], "the command batch comes first, as in: cleaner batch INPUT ...; write ./batch for a file of that name"),
        (["--json", "stats"], "the command stats comes first, as in: cleaner stats INPUT ...; write ./stats for a file of that name"),
    ],
)
def test_wrong_usage_ends_with_2_and_one_sentence(args, sentence):
    done = run(*args, given=PAGE)
    assert (done.returncode, done.stdout) == (2, b"")
    assert complaint(done).startswith(sentence)


def test_a_file_with_the_name_of_a_command_is_given_with_its_folder(folder):
    (folder / "batch").write_text(PAGE)
    assert out(run("./batch", cwd=folder)) == BODY + "\n"


def test_the_version_is_told():
    done = run("--version")
    assert done.returncode == 0
    assert re.fullmatch(r"cleaner (\d+\.\d+\S*|\(not installed\))\n", out(done))


def test_the_examples_in_the_help_run(folder, tmp_path):
    shell = tmp_path / "bin"
    shell.mkdir()
    (shell / "cleaner").write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n')
    (shell / "cleaner").chmod(0o755)
    environment = {**ENVIRONMENT, "PATH": f"{shell}{os.pathsep}{os.environ['PATH']}"}
    done = run("--help")
    examples = [line.strip() for line in out(done).partition("examples:\n")[2].partition("\n\n")[0].splitlines()]
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(examples) >= 8
    for example in examples:
        ended = subprocess.run(["sh", "-c", example.replace("| less", "| cat")], stdin=subprocess.DEVNULL, capture_output=True, cwd=folder, env=environment, check=False)
        assert (ended.returncode, ended.stderr) == (0, b""), example
        target = re.search(r"(?:>|-o) (\S+)(?= |$)", example)
        assert (folder / target[1]).read_bytes() if target else ended.stdout, example


@pytest.mark.parametrize("command", ["cleaner", "batch", "report", "rules", "stats"])
def test_the_help_names_every_option_and_every_exit_status_and_no_others(command):
    from cleaner import cli

    module = import_module(cli.COMMANDS.get(command, ".cli"), "cleaner")
    text = out(run(*([] if command == "cleaner" else [command]), "--help"))
    known = {option for action in module.parser()._actions if not isinstance(action, Renamed) for option in action.option_strings}
    options = text.partition("\nexamples:")[0]
    shown = re.findall(r"^  (-[\w-]+)(?: [A-Z]+)?(?:, (--[\w-]+))?", options, re.MULTILINE)
    assert {option for options in shown for option in options if option} == known
    assert all(re.search(rf"^  {status}  \S", text, re.MULTILINE) for status in (0, 1, 2))
    assert max(map(len, text.splitlines())) <= 80


def test_importing_the_command_does_not_import_what_is_slow():
    done = script("import sys, cleaner.cli; print(*sorted({'ftfy', 'regex', 'cleaner.filters'} & set(sys.modules)))")
    assert (out(done), done.stderr) == ("\n", b"")
