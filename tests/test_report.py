"""``cleaner report``: the texts are whole, nothing in them becomes markup, the numbers add up, and gold is held against them."""

import json
import re
import subprocess
import sys
from collections import Counter
from html import unescape
from html.parser import HTMLParser

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import goldens
import strategies as some
from cleaner import Claim, Pipeline, clean, default
from cleaner.batch.plan import Document
from cleaner.cli import COMMANDS, command
from cleaner.console import Unusable
from cleaner.labels import FURNITURE, LABELS
from cleaner.records import Bad, Text
from cleaner.report.command import Entry, Report, collected, view
from cleaner.report.gold import KINDS, Answer, answers, differences
from test_cli import BODY, ENVIRONMENT, PAGE, ROOT, RULE, SEED, TITLE
from test_cli import run as run_command

VOID = {"meta", "input", "rect"}
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
OWN = 300_000  # characters that a report may have besides its texts
NASTY = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "</script><!-- --> <![CDATA[ ]]>",
    "&amp; & &lt; &#0; &nbsp",
    "\" onmouseover=\"alert(1)\" 'b'",
    "satu\x00dua\x01\x7f\x85\x9f",
    "baris\r\nsatu\rdua\n\n\n",
    "\ud800 setengah \udfff",
    "\u2028 pemisah \u2029",
    "\u202e terbalik \u200f\u2066 kanan \u2069",
    "\ufffe\uffff\ufdd0 bukan huruf, \u00ad lunak, \u200b nol",
    "\n\n\tberita 👩‍👩‍👧 é 語 ع",
    "{{ x }} ${y} `z` \\x00 \\",
)


class Reader(HTMLParser):
    """Reads a report back: the documents, each as its spans, and all elements; and checks that every element is closed in its turn."""

    def __init__(self, html) -> None:
        super().__init__(convert_charrefs=True)
        self.open = []
        self.elements = Counter()
        self.ids = []
        self.targets = []
        self.documents = []
        self.marks = []
        self.described = {}
        self.attributes = []
        self.feed(html)
        self.close()
        assert self.open == []
        assert not UNSEEN.search(html)  # Python's parser keeps what a browser would not.

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.elements[tag] += 1
        self.attributes += attributes
        if "id" in attributes:
            self.ids.append(attributes["id"])
        self.targets += [attributes[name].removeprefix("#") for name in ("href", "aria-describedby", "aria-labelledby") if name in attributes]
        if tag not in VOID:
            self.open.append((tag, attributes))
        if "text" in attributes.get("class", "").split():
            self.documents.append([])
        if "data-label" in attributes:
            self.documents[-1].append([attributes, ""])
        if "data-differs" in attributes:
            self.marks.append([attributes, ""])

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if not self.open:
            assert data.isspace()
            return
        tag, attributes = self.open[-1]
        if "data-code" in attributes:
            data = chr(int(attributes["data-code"], 16))
        if self.documents and any("data-label" in attributes for _, attributes in self.open):
            self.documents[-1][-1][1] += data
        if any("data-differs" in attributes for _, attributes in self.open):
            self.marks[-1][1] += data
        if tag == "li" and attributes.get("id", "").startswith("r"):
            self.described[attributes["id"]] = self.described.get(attributes["id"], "") + data

    @property
    def texts(self):
        return ["".join(text for _, text in spans) for spans in self.documents]


def of(*texts, **options):
    """The report of some texts."""
    return view(Report([Entry(f"{number}", clean(text)) for number, text in enumerate(texts)], **options))


def main(argv):
    return command("report", argv)


def report(*args, status=0):
    assert main([*map(str, args), "--quiet"]) == status


def seen(html):
    """What a reader sees of the report, without its tags."""
    bare = re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


# ── the page ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_texts_of_the_corpus_come_out_whole_and_in_order():
    articles = [clean(goldens.read(path).text) for path in goldens.paths()]
    read = Reader(view(Report([Entry("x", article) for article in articles])))
    assert read.texts == [article.text for article in articles]
    for spans, article in zip(read.documents, articles, strict=True):
        assert [(text, at["data-label"], at.get("data-rule", ""), at.get("data-why", "")) for at, text in spans] == [
            (span.text, span.label, span.rule, span.why) for span in article.spans
        ]


@settings(max_examples=10)  # Each makes a report.
@given(st.lists(st.text(st.characters(), max_size=80) | st.sampled_from(NASTY), max_size=4).map("\n".join))
def test_the_text_of_a_document_can_be_read_back(text):
    assert Reader(of(text)).texts == [clean(text).text]


@pytest.mark.parametrize("text", NASTY)
def test_nothing_in_a_text_becomes_markup(text):
    article = clean(f"{text}\nWarga pulang sejak pagi, kata Marto.\n{text}")
    rule = Document(text, 7, Bad(text))
    entry = Entry(text, article)
    read = Reader(view(Report([entry], [rule], 3)))
    plain = Reader(of("Warga pulang sejak pagi, kata Marto.", rejects=[Document("x", 7, Bad("x"))], left=3))
    assert read.texts == [article.text]
    assert set(read.elements) <= {*plain.elements, "del", "b", "details", "a", "i"}
    assert read.elements["script"] == read.elements["style"] == 1
    assert not [name for name in read.attributes if name.startswith("on") or name in ("style", "src", "srcset", "action")]


def test_what_a_rule_says_of_itself_does_not_become_markup(tmp_path):
    (tmp_path / "mine.toml").write_text(RULE.replace("thanks the sponsor", "</script><script>alert(1)</script> & 'x'"))
    (tmp_path / "a.txt").write_text(f"{BODY}\nTerima kasih kepada sponsor kami\n")
    report(tmp_path / "a.txt", "-o", tmp_path / "o.html", "--rules", tmp_path / "mine.toml")
    read = Reader((tmp_path / "o.html").read_text("utf-8"))
    assert read.elements["script"] == 1
    assert [at["data-why"] for at, _ in read.documents[0] if at.get("data-rule") == "sponsor-line"] == ["</script><script>alert(1)</script> & 'x'"]


def test_the_file_is_well_formed_and_its_links_lead_somewhere():
    read = Reader(of(SEED.read_text("utf-8"), PAGE, "", "404"))
    assert len(read.ids) == len(set(read.ids))
    filters = [target for target in read.targets if "=" in target]
    assert {target.partition("=")[0] for target in filters} == {"label", "rule"}
    assert set(read.targets) - set(filters) <= set(read.ids)
    assert {"d1", "d2", "d3", "d4", "documents", "r0"} <= set(read.ids)


def test_what_was_cut_is_a_deletion_and_every_span_tells_its_reason():
    article = clean(PAGE)
    html = of(PAGE)
    read = Reader(html)
    assert read.elements["del"] == len(article.removed) == 1
    (body, _), (cut, _) = read.documents[0]
    assert read.described[body["aria-describedby"]] == "body: no filter claimed it"
    assert read.described[cut["aria-describedby"]] == f"readmore, by {cut['data-rule']}: {cut['data-why']}"


def test_a_document_is_one_stop_of_the_tabulator():
    read = Reader(of(SEED.read_text("utf-8"), BODY))
    stops = [[attributes for attributes, _ in spans if attributes["tabindex"] == "0"] for spans in read.documents]
    assert [len(found) for found in stops] == [1, 0]
    assert stops[0][0]["data-label"] in FURNITURE


def test_a_name_stands_in_the_margin_where_the_label_changes():
    head = "Banjir Surut\n\nSenin, 3 Maret 2025 10:00 WIB\n\n"
    read = Reader(of(f"{head}{BODY} Baca juga: Hujan Reda di Hulu\nBaca juga: Angin Kencang di Hilir\nMereka berharap air tidak naik lagi."))
    shown = [(at["data-label"], set(at["class"].split()) & {"line", "inline"}) for at, _ in read.documents[0]]
    assert shown == [("title", {"line"}), ("date", {"line"}), ("body", {"line"}), ("readmore", {"inline"}), ("readmore", set()), ("body", {"line"})]


def test_the_file_is_small_and_asks_for_nothing():
    html = of()
    style, script = (ROOT / "cleaner/report/report.css").read_text("utf-8"), (ROOT / "cleaner/report/report.js").read_text("utf-8")
    assert len(style) + len(script) < 40_000
    assert len(of(*[PAGE] * 300)) - 300 * len(PAGE) < OWN
    assert "default-src 'none'" in html
    assert not re.search(r"https?:|//[a-z]|@import|url\(|fetch\(|XMLHttpRequest|sendBeacon|WebSocket|import\(|eval\(|innerHTML", html)


def test_every_label_has_a_colour():
    style = (ROOT / "cleaner/report/report.css").read_text("utf-8")
    groups = re.findall(r"^(\.label-[^{]*) \{ --c: var\(--(\w+)\); --u: \w+; \}$", style, re.MULTILINE)
    named = [label for selectors, _ in groups for label in re.split(r",\s", selectors)]
    assert sorted(named) == sorted(f".label-{label}" for label in LABELS)
    assert all(f"  --{colour}: light-dark(" in style for _, colour in groups)


# ── the summary ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_summary_adds_up():
    entries = [Entry(path.stem, clean(goldens.read(path).text)) for path in goldens.paths()]
    report = Report(entries)
    spans = [span for entry in entries for span in entry.article.spans]
    reasons = report.reasons
    made = Counter(span[3:6] for span in spans if span.rule)
    assert {reason: spans for reason, (spans, _) in reasons.items()} == made
    for reason, (_, documents) in reasons.items():
        assert documents == sum(any(span[3:6] == reason for span in entry.article.spans) for entry in entries)
    fired = [spans for spans, _ in reasons.values()]
    assert fired == sorted(fired, reverse=True)
    tally = report.tally
    assert tally.characters == sum(len(entry.article.text) for entry in entries)
    removed = [span for entry in entries for span in entry.article.removed]
    assert tally.kept == tally.characters - sum(len(span.text) for span in removed)
    assert tally.without_body == sum(not entry.article.body for entry in entries)


def test_the_summary_links_to_the_documents_where_one_looks_first():
    entries = [Entry(path.stem, clean(goldens.read(path).text)) for path in goldens.paths()]
    html = view(Report(entries))

    def linked(heading):
        """The documents that stand below a heading, with the shares that are told of them."""
        below = html.partition(f"<h2>{heading}</h2>")[2]
        links = below.partition("<h2>")[0].partition('<table class="rules">')[0]
        found = re.findall(r'<span class="number">([\d.]+) %</span>\s<a href="#d(\d+)">', links)
        return [(float(share), entries[int(number) - 1]) for share, number in found]

    bodiless = [entry for entry in entries if not entry.article.body]
    ranked = sorted((entry for entry in entries if entry.article.body), key=lambda entry: entry.share)
    assert [entry for _, entry in linked("No body")] == bodiless
    assert len(bodiless) > 5
    for heading, first in {"Smallest share kept": ranked[:5], "Largest share kept": ranked[:-6:-1]}.items():
        assert [entry.share for _, entry in linked(heading)] == [entry.share for entry in first]
        assert all(abs(share - 100 * entry.share) <= 0.1 for share, entry in linked(heading))


@pytest.mark.parametrize(
    ("begin", "told"), [(0, "0.0 %"), (1, "0.1 %"), (5000, "50.0 %"), (9999, "99.9 %"), (10000, "100.0 %")]
)
def test_a_little_is_not_nothing_and_nearly_all_is_not_all(begin, told):
    claims = [Claim(begin, 10000, "ad", "end", "all behind it")] if begin < 10000 else []
    article = Pipeline((some.hostile(*claims),))("x" * 10000)
    assert f"<span>{told} kept</span>" in view(Report([Entry("x", article)]))


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_is_one_of_the_commands(tmp_path):
    assert "report" in COMMANDS
    done = run_command("report", SEED, "-o", tmp_path / "o.html")
    assert (done.returncode, done.stdout) == (0, b"")
    assert re.fullmatch(r"cleaner: \S+/o\.html: 1 document, \d\d\.\d% of their characters kept\n", done.stderr.decode())
    read = Reader((tmp_path / "o.html").read_text("utf-8"))
    assert read.texts == [SEED.read_text("utf-8")]
    assert TITLE in seen((tmp_path / "o.html").read_text("utf-8"))


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_tables_are_read_with_their_columns(name, tmp_path):
    rows = [{"isi": PAGE, "url": "https://harian.example/air-surut"}, {"isi": BODY, "url": ""}]
    path = tmp_path / name
    if name == "a.parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif name == "a.jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    else:
        path.write_text("url,isi\n" + "".join('{},"{}"\n'.format(row["url"], row["isi"]) for row in rows))
    report(path, "--column", "isi", "--url-column", "url", "-o", tmp_path / "o.html")
    html = (tmp_path / "o.html").read_text("utf-8")
    assert Reader(html).texts == [PAGE, BODY]
    assert f"{name}, row 2" in seen(html)


def test_an_output_of_batch_can_be_looked_at(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": PAGE, "clean_body": BODY}) + "\n")
    report(tmp_path / "a.jsonl", "-o", tmp_path / "o.html")
    assert Reader((tmp_path / "o.html").read_text("utf-8")).texts == [PAGE]


def test_filters_rules_and_encoding_are_those_of_the_command(tmp_path):
    (tmp_path / "a.txt").write_bytes(f"{PAGE}Terima kasih kepada sponsor kami, kafé\n".encode("latin-1"))
    (tmp_path / "mine.toml").write_text(RULE)
    report(tmp_path / "a.txt", "-o", tmp_path / "o.html", "--rules", tmp_path / "mine.toml", "--without", "readmore", "--without", "tail", "--encoding", "latin-1")
    spans = Reader((tmp_path / "o.html").read_text("utf-8")).documents[0]
    assert [(at["data-label"], at.get("data-rule")) for at, _ in spans][-1] == ("ad", "sponsor-line")
    assert spans[-1][1].endswith("kafé\n")
    assert "readmore" not in {at.get("data-rule") for at, _ in spans}


def test_the_limit_is_kept_and_said(tmp_path, capsys):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"{PAGE}Warga dusun ke-{number} pulang.\n")
    assert main([str(tmp_path), "-o", str(tmp_path / "o.html"), "--limit", "2"]) == 0
    html = (tmp_path / "o.html").read_text("utf-8")
    assert [text[-7:-2] for text in Reader(html).texts] == ["ulang"] * 2
    assert "3 documents more left out: the report shows the first 2." in seen(html)
    assert "cleaner: 3 documents more left out; --limit 5 shows all" in capsys.readouterr().err
    assert main([str(tmp_path), "-o", str(tmp_path / "o.html")]) == 0
    assert "left out" not in seen((tmp_path / "o.html").read_text("utf-8")) + capsys.readouterr().err


def test_a_sample_has_as_many_of_each_value_as_can_be_and_is_the_same_every_time(tmp_path, capsys):
    whose = ["a"] * 40 + ["b"] * 3 + ["c"] * 20 + [""] * 7
    rows = [{"id": f"n-{number}", "who": who, "text": f"{PAGE}Warga dusun ke-{number} pulang.\n"} for number, who in enumerate(whose)]
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in [*rows, {"text": None}]))

    def shown(*args):
        assert main([str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "o.html"), "--sample", *map(str, args)]) == 1
        html = (tmp_path / "o.html").read_text("utf-8")
        assert "a.jsonl, row 71: has null in 'text'" in seen(html)
        return [int(number) for number in re.findall(r'class="name">n-(\d+) · [^<]*a.jsonl, row \d+<', html)]

    fair = shown(19, "--by", "who")
    assert Counter(whose[number] for number in fair) in [Counter(a=5, b=3, c=6) | Counter({"": 5}), Counter(a=6, b=3, c=5) | Counter({"": 5}), Counter(a=5, b=3, c=5) | Counter({"": 6})]
    assert "cleaner: 51 documents more left out; this is a sample" in capsys.readouterr().err
    assert "51 documents more left out: the report shows a sample of 19." in seen((tmp_path / "o.html").read_text("utf-8"))
    assert fair == sorted(fair) == shown(19, "--by", "who")
    assert fair != list(range(19))
    assert len(set(shown(19))) == 19
    assert shown(500) == list(range(70))


def test_a_document_is_called_by_its_id_or_its_url(tmp_path):
    write = (tmp_path / "a.jsonl").write_text
    write(json.dumps({"id": 7, "link": "https://contoh.id/7", "text": PAGE}) + "\n" + json.dumps({"link": "https://contoh.id/8", "text": PAGE}))
    report(tmp_path / "a.jsonl", "-o", tmp_path / "o.html", "--url-column", "link")
    html = seen((tmp_path / "o.html").read_text("utf-8"))
    assert f" 7 · {tmp_path}/a.jsonl, row 1 " in html
    assert f" https://contoh.id/8 · {tmp_path}/a.jsonl, row 2 " in html


def test_runs_of_blank_lines_are_folded_and_stay_in_the_text():
    text = "Satu.\n\n\n\n\nDua.\n \n\t\n\nTiga.\n\nEmpat.\n\n\nLima.\n\n\n\n"
    html = of(text)
    assert Reader(html).texts == [clean(text).text] == [text]
    assert re.findall(r'<span class="gap" title="(\d) blank lines"><i>(\s+)</i></span>', html) == [("4", "\n" * 3), ("3", " \n\t\n"), ("3", "\n\n")]


def test_each_document_links_to_its_first_difference_or_its_first_cut(tmp_path):
    html = of(f"{PAGE}Ikuti kami di Google News\n", BODY)
    assert [(at["id"], text) for at, text in Reader(html).documents[0] if "id" in at] == [("f1", "Baca juga: Hujan Reda di Hulu\n")]
    assert ('href="#f1">to the first cut</a>' in html, "#f2" in html) == (True, False)
    (tmp_path / "gold.jsonl").write_text(json.dumps({"id": 1, "segments": [["body", f"{BODY}\n\n"], ["body", "Baca juga: Hujan Reda di Hulu\n"]]}))
    report("--gold", tmp_path / "gold.jsonl", "-o", tmp_path / "o.html")
    html = (tmp_path / "o.html").read_text("utf-8")
    assert 'href="#f1">to the first difference</a>' in html
    assert [at["id"] for at, _ in Reader(html).marks if "id" in at] == ["f1"]


def test_what_cannot_be_cleaned_is_told_and_the_rest_is_shown(tmp_path, capsys):
    (tmp_path / "a.jsonl").write_text(f"{json.dumps({'text': PAGE})}\n{{\n{json.dumps({'text': None})}\n{json.dumps({'text': BODY * 99})}\n")
    assert main([str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "o.html"), "--max-chars", "500"]) == 1
    html = (tmp_path / "o.html").read_text("utf-8")
    assert Reader(html).texts == [PAGE]
    assert "a.jsonl, row 3: has null in 'text'" in seen(html)
    assert "3 rows or files could not be cleaned; the report says why" in capsys.readouterr().err
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    report(tmp_path / "a.jsonl", tmp_path / "b.parquet", "-o", tmp_path / "o.html", status=2)
    assert "b.parquet: it is no Parquet file" in seen((tmp_path / "o.html").read_text("utf-8"))


def test_a_filter_that_fails_costs_one_document():
    def fails(page):
        if "gagal" in page.text:
            raise RuntimeError("tidak bisa")
        return ()

    read = [Document("1", 1, Text("Air surut.")), Document("2", 1, Text("Ini gagal."))]
    found = collected(read, default() + fails, [], 9)
    assert [entry.article.text for entry in found.entries] == ["Air surut."]
    assert found.rejects[0][:2] == ("2", 1)
    assert "tidak bisa" in found.rejects[0].text


def test_a_report_is_made_anew_and_nothing_else_is_overwritten(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(PAGE)
    with pytest.raises(Unusable, match=r"page\.txt is there already, and is no report"):
        main([str(page), "-o", str(page)])
    assert page.read_text() == PAGE
    report(page, "-o", tmp_path / "o.html")
    before = (tmp_path / "o.html").read_bytes()
    page.write_text(BODY)
    report(page, "-o", tmp_path / "o.html")
    assert (tmp_path / "o.html").read_bytes() != before
    page.write_text(PAGE)
    report(page, "-o", tmp_path / "o.html")
    assert (tmp_path / "o.html").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.html", "page.txt"]


def test_a_report_that_cannot_be_written_is_refused_and_leaves_nothing(tmp_path):
    with pytest.raises(Unusable, match=r"it cannot be written \(.+\); name another output"):
        main([str(SEED), "-o", str(tmp_path / ("n" * 250))])  # The file that is written to beside it has a longer name.
    assert list(tmp_path.iterdir()) == []


def test_the_report_is_called_report_html(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    report(SEED)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "report needs inputs, as in: cleaner report"),
        (["nowhere/"], "nowhere/: there is nothing here that can be read"),
        ([SEED, "-o", "nowhere/o.html"], "name a file in a folder that exists"),
        ([SEED, "-o", "."], "name a file in a folder that exists"),
        ([SEED, "--by", "publisher"], "--by says what a sample is fair to; give --sample N too"),
        ([SEED, "--limit", "0"], "'0' is not a whole number from 1 up"),
        ([SEED, "--without", "tial"], "did you mean 'tail'"),
        ([SEED, "--rules", "nowhere.toml"], "nowhere.toml"),
        ([SEED, "--gold", "nowhere.jsonl"], "nowhere.jsonl: it cannot be read"),
        ([SEED, "--encoding", "utf-16"], "cannot be split into lines in utf-16"),
        ([SEED, "--colour"], "unrecognized arguments: --colour"),
    ],
)
def test_wrong_usage_is_refused_in_a_sentence(args, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Unusable, match=re.escape(message)):
        main([*map(str, args)])
    assert list(tmp_path.iterdir()) == []


def test_the_help_names_every_option(capfdbinary):
    assert main(["--help"]) == 0
    shown = capfdbinary.readouterr().out.decode()
    assert all(f"--{name}" in shown for name in "output limit gold column url-column publisher-column without rules encoding max-chars quiet help".split())
    assert max(map(len, shown.splitlines())) <= 140


def test_without_jinja2_the_command_says_what_to_install():
    program = "sys.modules['jinja2'] = None; from cleaner.cli import main; sys.exit(main(['report', 'a']))"
    command = [sys.executable, "-c", f"import sys; {program}"]
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == f"cleaner: report needs jinja2; run: {sys.executable} -m pip install pyarrow rich jinja2\n"


# ── gold ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def gold_file(path, *documents):
    path.write_text("".join(json.dumps({"id": number, "segments": segments}) + "\n" for number, segments in enumerate(documents)))
    return path


RIGHT = [["body", f"{BODY}\n\n"], ["readmore", "Baca juga: Hujan Reda di Hulu\n"]]
LOST = [["body", f"{BODY}\n"], ["body", f"{BODY}\n\nBaca juga: Hujan Reda di Hulu\n"]]
LEAKED = [["body", "Warga mulai kembali "], ["nav", "ke rumah.\n\n"], ["readmore", "Baca juga: Hujan Reda di Hulu\n"]]


def test_a_document_that_is_as_its_gold_says_so(tmp_path):
    report("--gold", gold_file(tmp_path / "g.jsonl", RIGHT), "-o", tmp_path / "o.html")
    html = (tmp_path / "o.html").read_text("utf-8")
    assert Reader(html).marks == []
    assert "as gold" in seen(html)
    assert "of 1 with gold differ 0" in seen(html)


def test_what_was_lost_and_what_leaked_is_marked_in_the_text(tmp_path, capsys):
    assert main(["--gold", str(gold_file(tmp_path / "g.jsonl", RIGHT, LOST, LEAKED)), "-o", str(tmp_path / "o.html")]) == 0
    html = (tmp_path / "o.html").read_text("utf-8")
    read = Reader(html)
    assert [(at["data-differs"], at["data-gold"], text) for at, text in read.marks] == [
        ("lost", "body", "Baca juga: Hujan Reda di Hulu"),
        ("leaked", "nav", "ke rumah."),
    ]
    assert read.texts == ["".join(text for _, text in segments) for segments in (LOST, LEAKED, RIGHT)]
    assert "3 documents have gold, 2 of them differ from it: 1 lost, 1 leaked, 0 named" in capsys.readouterr().err
    assert "1 lost of the story for gold" in seen(html)


def test_documents_with_differences_come_first_and_those_without_gold_last(tmp_path):
    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in (BODY, PAGE)))
    report(tmp_path / "in.jsonl", "--gold", gold_file(tmp_path / "g.jsonl", [["body", PAGE]], [["body", "Lain."]]), "-o", tmp_path / "o.html")
    html = (tmp_path / "o.html").read_text("utf-8")
    assert Reader(html).texts == [PAGE, BODY]
    assert "of 1 with gold differ 1" in seen(html)
    assert "0 leaked" in seen(html)


@pytest.mark.slow
def test_without_inputs_the_pages_of_a_folder_of_gold_are_looked_at(tmp_path):
    report("--gold", goldens.CORPUS, "-o", tmp_path / "o.html", "--limit", 1000)
    pages = [goldens.read(path) for path in goldens.paths()]
    read = Reader((tmp_path / "o.html").read_text("utf-8"))
    assert Counter(read.texts) == Counter(clean(page.text).text for page in pages)
    worst = [sum(difference.kind != "named" for difference in differences(clean(page.text), Answer("", tuple(page.segments)))) for page in pages]
    firsts = [at for at, _ in read.marks if "tabindex" in at and at["data-differs"] != "named"]
    assert len(firsts) == sum(worst) > 0


def test_gold_that_is_the_answer_of_the_program_never_differs():
    for path in goldens.paths():
        article = clean(goldens.read(path).text)
        assert differences(article, Answer("", tuple((span.label, span.text) for span in article.spans))) == []


@settings(max_examples=10)  # Each makes a report.
@given(st.lists(st.tuples(st.sampled_from(list(LABELS)), st.sampled_from(["Warga ", "pulang", "\n\n", " ", "Baca juga: Hujan Reda\n", "tadi. "])), min_size=1, max_size=12))
def test_differences_lie_in_order_inside_the_text_and_name_what_differs(segments):
    answer = Answer("", tuple(segments))
    article = clean(answer.text)
    at = 0
    for start, end, kind, gold in differences(article, answer):
        assert at <= start < end <= len(article.text)
        assert kind in KINDS
        assert article.text[start:end] == article.text[start:end].strip()
        assert gold in {label for label, _ in segments}
        at = end
    read = Reader(view(Report([entry := Entry("x", article, differences(article, answer))])))
    assert read.texts == [answer.text]
    assert len([at for at, _ in read.marks if "tabindex" in at]) == len(entry.differences)


def test_gold_of_a_mended_text_is_mended_too():
    answer = Answer("", (("body", "“Kami lega,” kata â€œDarmajiâ€\x9d sejak pagi.\n"), ("nav", "Beranda\n")))
    found = differences(clean(answer.text), answer)
    assert found is not None
    assert all(difference.gold in ("body", "nav") for difference in found)
    assert differences(clean("Teks lain."), answer) is None


def test_gold_of_a_text_in_tags_is_compared_without_them():
    tags = ("other", "<p>"), ("other", "</p>\n<p>"), ("other", "</p>")
    story = ("body", "Air surut &amp; api padam sejak pagi, kata warga."), ("nav", "Beranda")
    answer = Answer("", (tags[0], story[0], tags[1], story[1], tags[2]))
    article = clean(answer.text)
    assert article.text == "Air surut & api padam sejak pagi, kata warga.\nBeranda"
    plain = Answer("", (("body", article.text[:46]), story[1]))
    assert differences(article, answer) == differences(article, plain)
    assert differences(article, Answer("", (*answer.segments, ("nav", "Kontak")))) is None
    assert differences(clean("Air surut."), answer) is None


@pytest.mark.parametrize(
    "line",
    [
        *("{", "[]", "7", "[" * 9999, '{"id": 1}', '{"segments": []}', '{"segments": [["body"]]}'),
        *('{"segments": [["isi", "Air."]]}', '{"segments": [["body", 7]]}', '{"segments": [[["body"], "x"]]}'),
    ],
)
def test_gold_that_is_none_is_named_with_its_line(line, tmp_path):
    (tmp_path / "g.jsonl").write_text(f'{{"segments": [["body", "Air."]]}}\n\n{line}\n')
    with pytest.raises(Unusable, match=r"g\.jsonl, line 3: it is no gold; write"):
        answers(tmp_path / "g.jsonl")


def test_gold_may_be_one_page_in_the_margin_format(tmp_path):
    (tmp_path / "g.txt").write_text("body      | Air.\nnav       | Beranda")
    assert answers(tmp_path / "g.txt") == [Answer(str(tmp_path / "g.txt"), (("body", "Air.\n"), ("nav", "Beranda")))]
    (tmp_path / "g.txt").write_text("# shows: x\n\nisi       | Air.\n")
    with pytest.raises(Unusable, match=r"g\.txt, below the header: line 1 has an unknown label"):
        answers(tmp_path / "g.txt")
    (tmp_path / "g.txt").write_bytes(b"\xff")
    with pytest.raises(Unusable, match=r"g\.txt: it cannot be read .* gold is a file in UTF-8"):
        answers(tmp_path / "g.txt")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Unusable, match="there is no gold here"):
        answers(tmp_path / "empty")
