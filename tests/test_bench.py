"""The programs that measure: they run where there is nothing but the corpus, and what they measure is what they say."""

import doctest
import importlib.util
import json
import os
import random
import re
import subprocess
import sys
from functools import cache
from itertools import accumulate
from pathlib import Path
from types import ModuleType

import pytest

from cleaner import Claim, Page, Pipeline, Rule, default, margin
from cleaner.filters import BY_WORDS
from cleaner.labels import FURNITURE
from cleaner.spans import Evidence

pytest.importorskip("rapidfuzz")

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "bench" / "accuracy.py"


def loaded(path: Path) -> ModuleType:
    """A script as a module, known by its name, so that one script can use another."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


left_out = loaded(PROGRAM.with_name("left_out.py"))  # the first: accuracy uses it
accuracy = loaded(PROGRAM)
speed = loaded(PROGRAM.with_name("speed.py"))
made_texts = loaded(PROGRAM.with_name("made_texts.py"))
CORPUS = accuracy.documents(ROOT / "corpus")
PAGES = [document for document in CORPUS if document.shape == "page"]
SEGMENTS = (
    ("title", "Banjir Surut\n"),
    ("date", "Posted on Senin, 3 Maret 2025 10:00 WIB\n"),
    ("caption", "Warga di tenda.\n"),
    ("dateline", "SOLO - "),
    ("body", "Warga mulai pulang sejak pagi.\n"),
    ("related", "Berita terkait\n"),
    ("promo", "Ikuti kami\n"),
)


def document(*segments, publisher="rekaan", shape="page", **more):
    return accuracy.document("rekaan-1", publisher, shape, segments or SEGMENTS, **more)


def run(*args, program=PROGRAM):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, program, *map(str, args)], capture_output=True, cwd=ROOT, env=environment, check=False)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What the program prints about the corpus, by section."""
    texts = tmp_path_factory.mktemp("texts") / "texts.jsonl"
    texts.write_text("".join(json.dumps({"id": f"t{number}", "text": page.text}) + "\n" for number, page in enumerate(CORPUS[:20])), "utf-8")
    done = run("--gold", ROOT / "corpus", "--texts", texts, "--worst", 1, "--sample", 5)
    assert done.returncode == 0, done.stderr.decode()
    first, *sections = re.split(r"\n\n(?=\w+: )", done.stdout.decode())
    assert first.startswith(f"{len(CORPUS)} documents")
    return {section.partition(":")[0]: section for section in sections}


@pytest.mark.slow
def test_every_section_runs_on_the_corpus_alone(printed):
    assert list(printed) == list(accuracy.SECTIONS)
    assert all(re.search(r"\n  \d+\.\d s of CPU time", section) for section in printed.values())


@pytest.mark.slow
def test_a_table_has_a_row_for_each_shape_and_counts_every_document(printed):
    rows = dict(re.findall(r"^(content|flat|page|all) +(\d+) ", printed["table"], re.M)[:4])
    assert int(rows["all"]) == len(CORPUS) == sum(int(rows[shape]) for shape in accuracy.SHAPES)


@pytest.mark.slow
def test_every_field_and_every_label_of_furniture_has_a_row(printed):
    for name in (*accuracy.FIELDS, "words removed", *accuracy.JOINED):
        assert f"\n{name:22} " in printed["table"]


@pytest.mark.slow
def test_masks_are_measured_on_all_pages(printed):
    assert re.findall(rf"^(\S.*?) +{len(PAGES)} ", printed["masks"], re.M) == list(accuracy.MASKS)


@pytest.mark.slow
def test_removals_are_shown_with_what_stands_around_them(printed):
    shown = re.findall(r"^t\d+\t\w+\t[\w-]+\t.*⟦.+⟧.*$", printed["removals"], re.M)
    assert len(shown) == 5


def test_a_section_that_there_is_not_is_an_error_that_names_the_others():
    done = run("--only", "tabel")
    assert done.returncode == 2
    assert b"'tabel' is no section; the sections are: table, folds" in done.stderr


def test_without_its_pairs_the_fit_of_the_cut_says_so_and_writes_nothing(tmp_path):
    pytest.importorskip("scipy")
    data = ROOT / "cleaner/data/cut.tsv"
    before = data.read_bytes()
    done = run(tmp_path / "none.jsonl.gz", program=ROOT / "bench/fit_cut.py")
    assert done.returncode == 2
    assert done.stderr.decode() == f"fit_cut.py: there is no file {tmp_path}/none.jsonl.gz: name the file of the pairs.\n"
    assert data.read_bytes() == before


def test_texts_that_are_not_there_do_not_stop_the_run(tmp_path):
    done = run("--gold", ROOT / "corpus", "--only", "removals", "--texts", tmp_path / "none.jsonl")
    assert done.returncode == 0
    assert b"give them with --texts" in done.stdout


@pytest.mark.parametrize(("bar", "status", "said"), [(0.0, 0, b""), (1.1, 1, b"worse than it was: table: all exact ")])
def test_a_figure_below_the_bar_that_is_held_ends_with_1(bar, status, said, tmp_path):
    bars = tmp_path / "bars.toml"
    bars.write_text(f"[held.table.all]\nleast = {{ exact = {bar} }}\n[held.table.none]\nleast = {{ exact = 2 }}\n", "utf-8")
    done = run("--gold", ROOT / "corpus", "--only", "table", "--bars", bars)
    assert done.returncode == status
    assert done.stderr.startswith(said)
    assert done.stderr.count(b"\n") == status


@pytest.mark.parametrize("text", [None, "[held"])
def test_bars_that_cannot_be_read_are_an_error(text, tmp_path):
    if text:
        (tmp_path / "bars.toml").write_text(text, "utf-8")
    done = run("--bars", tmp_path / "bars.toml")
    assert done.returncode == 2
    assert re.search(rb"--bars: no bars in .*bars.toml: ", done.stderr)


def test_every_bar_stands_at_a_figure_that_there_is():
    shapes = (*accuracy.SHAPES, "all")
    parts = tuple(f"{shape} {part}" for shape in accuracy.SHAPES for part in ("old", "look", "score"))
    rows = {"table": shapes, "folds": shapes + parts, "masks": tuple(accuracy.MASKS)}
    row = accuracy.figures([accuracy.score(document(), "")])._asdict().keys()
    named = accuracy.named([accuracy.score(document(), "", dict.fromkeys(accuracy.FIELDS, ""))]).keys()
    figures = {"table": named, "folds": row | {"right", "lossy"}, "masks": row}
    bars = accuracy.bars(accuracy.BARS)
    assert bars.keys() == {"wanted", "held"}
    for section, held in (pair for kind in bars.values() for pair in kind.items()):
        assert held.keys() <= set(rows[section])
        for sides in held.values():
            assert sides.keys() <= {"least", "most"}
            assert {name for side in sides.values() for name in side} <= figures[section]


def test_json_lines_and_margin_files_hold_the_same_document(tmp_path):
    lines, folder = tmp_path / "gold.jsonl", tmp_path / "pages"
    lines.write_text(json.dumps({"id": "rekaan-1", "publisher": "rekaan", "shape": "page", "segments": SEGMENTS}) + "\n", "utf-8")
    folder.mkdir()
    (folder / "rekaan-1.txt").write_text(f"# publisher: rekaan\n# shape: page\n\n{margin.write(SEGMENTS)}\n", "utf-8")
    assert accuracy.documents(lines) == accuracy.documents(folder) == [document()]


@pytest.mark.parametrize("program", [accuracy, speed], ids=lambda program: program.__name__)
def test_the_examples_of_the_programs_are_right(program):
    examples = doctest.testmod(program)
    assert examples.attempted
    assert not examples.failed


# ── the measure ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("body", ["SOLO - Warga mulai pulang sejak pagi.", "Warga mulai pulang sejak pagi.", "warga  mulai\n\npulang, sejak pagi"])
def test_a_dateline_may_stay_or_go_and_signs_do_not_count(body):
    assert accuracy.score(document(), body).exact


@pytest.mark.parametrize("body", ["Liputan6.com, JakartaWarga mulai pulang sejak pagi.", "Warga mulai pulang sejak pagi."])
def test_a_dateline_that_is_glued_to_the_story_may_stay_or_go(body):
    assert accuracy.score(document(("dateline", "Liputan6.com, Jakarta"), ("body", "Warga mulai pulang sejak pagi.")), body).exact


def test_what_is_missing_is_lost():
    found = accuracy.score(document(), "Warga mulai pulang")
    assert (found.precision, found.recall, found.lost, found.leaked) == (1, 3 / 5, "sejak pagi", "")
    assert accuracy.figures([found]).lost == pytest.approx(2 / 5)


def test_what_is_too_much_leaks():
    found = accuracy.score(document(), "Warga mulai pulang sejak pagi. Ikuti kami")
    assert (found.precision, found.recall, found.lost, found.leaked) == (5 / 7, 1, "", "ikuti kami")
    assert accuracy.figures([found]).leak == pytest.approx(2 / 7)


def test_a_page_without_a_story_wants_an_empty_body():
    empty = document(("nav", "Beranda\nNasional\n"))
    assert accuracy.score(empty, "").exact
    assert not accuracy.score(empty, "Beranda").exact


def test_a_field_is_right_by_its_words_and_false_where_gold_has_none():
    found = accuracy.score(document(), "", {"title": "banjir  surut", "caption": "Warga di", "credit": "ANTARA", "dateline": ""})
    assert found.fields == {"title": (True, True), "caption": (True, False), "credit": (False, False), "dateline": (True, False)}
    assert accuracy.field([found], "credit") == (0, 0, 1)


@pytest.mark.parametrize(("date", "right"), [("Senin, 3 Maret 2025 10:00 WIB", True), ("Posted on Senin, 3 Maret 2025 10:00 WIB", True), ("Senin, 3 Maret 2025", False)])
def test_dates_are_compared_as_stamps(date, right):
    assert accuracy.score(document(), "", {"date": date}).fields["date"] == (True, right)


def test_labels_are_counted_by_the_word_and_links_may_stand_for_one_another():
    gold = document()

    def labels(page):
        ends = list(accumulate(len(text) for _, text in gold.segments))
        for end, (label, text) in zip(ends, gold.segments, strict=True):
            yield Claim(end - len(text), end, {"related": "nav", "promo": "ad"}.get(label, label))

    article = Pipeline((labels,))(gold.text)
    found = accuracy.score(gold, article.body, article=article)
    furniture = {pair: n for pair, n in found.labels.items() if pair[0] != pair[1]}
    assert furniture == {("related", "nav"): 2, ("promo", "ad"): 2}
    assert accuracy.label_share([found]) == 1 / 2
    assert accuracy.removed_share([found]) == (1 / 2, 4)
    assert accuracy.removed_share([found], "ad") == (0, 2)


def test_words_of_the_story_that_are_removed_have_the_wrong_label():
    article = Pipeline((lambda _page: [Claim(0, 5, "ad")],))("Warga pulang.")
    found = accuracy.score(document(("body", "Warga pulang.")), article.body, article=article)
    assert accuracy.removed_share([found]) == (0, 1)


def test_later_photos_are_those_behind_the_first():
    first = ("caption", "Warga di tenda. "), ("credit", "ANTARA\n")
    lines = [*first, ("body", "Air surut.\n"), ("caption", "Tenda.\n")]
    gold = document(*lines)

    def photos(page):
        at = 0
        for label, text in lines:
            yield Claim(at, at + len(text), label, "photo")
            at += len(text)

    article = Pipeline((photos,))(gold.text)
    answers = accuracy.answers(article)
    assert [answers[name] for name in ("caption", *accuracy.LATER)] == ["Warga di tenda.", "Tenda.", ""]
    fields = accuracy.score(gold, article.body, answers).fields
    assert (fields["later captions"], fields["later credits"]) == ((True, True), (False, True))


@pytest.mark.parametrize("label", ["kicker", "byline", "deck"])
def test_what_stands_above_the_story_is_a_field(label):
    gold = document((label, "Kabar Kota\n"), ("body", "Air surut.\n"))
    article = Pipeline((lambda _page: [Claim(0, 11, label)],))(gold.text)
    assert accuracy.score(gold, article.body, accuracy.answers(article)).fields[label] == (True, True)


@pytest.mark.parametrize(("missing", "lossy"), [(3, False), (4, True)])
def test_a_story_that_lacks_more_than_three_words_in_a_hundred_is_lossy(missing, lossy):
    words = [f"kata{number}" for number in range(100)]
    found = accuracy.score(document(("body", " ".join(words))), " ".join(words[missing:]))
    assert found.lossy == lossy


# ── without what it knows ───────────────────────────────────────────────────────────────────────────────────────────


def rule(name, **looks):
    return Rule(name, "promo", "invites", ("ya",), ("tidak",), **looks)


def looks(rules):
    return {phrase for rule in rules for phrase in (*rule.line, *rule.start, *rule.inside, rule.pattern) if phrase}


def test_a_group_left_out_takes_only_the_phrases_that_it_alone_prints():
    rules = (
        rule("follow", line=("ikuti kabar kota", "gabung sekarang", "klik di sini")),
        rule("watch", inside=("tonton videonya",)),
        rule("count", pattern=r"\d+ kali", first=("0",)),
    )
    one = document(("promo", "Ikuti Kabar Kota\nGabung Sekarang\n"), publisher="satu", group="raya")
    its = document(("promo", "Gabung Sekarang\nTonton Videonya\n"), publisher="tiga", group="raya")
    two = document(("promo", "Ikuti Kabar Kota\n12 kali\n"), publisher="dua")
    left = {group: looks(filter.rules) for group, filter in accuracy.unseen([one, its, two], rules).items()}
    assert left == {
        "raya": {"ikuti kabar kota", "klik di sini", r"\d+ kali"},
        "dua": {"ikuti kabar kota", "gabung sekarang", "klik di sini", "tonton videonya"},
    }


def test_a_group_left_out_loses_the_files_of_its_publishers():
    own = "kontan"
    assert accuracy.rules(own).names
    gold = [document(publisher=own, group="raya"), document(publisher="rekaan")]
    filters = accuracy.unseen(gold, accuracy.rules().rules)
    gone = {rule.name for rule in filters["rekaan"].rules} - {rule.name for rule in filters["raya"].rules}
    assert gone == set(accuracy.rules(own).names)


def test_what_is_fitted_sees_only_the_other_folds_and_cleans_with_the_rules_of_its_group():
    gold = [document(publisher=f"rekaan {number}", fold=number % 3) for number in range(6)]
    fits = []

    def fit(train, pipelines):
        fits.append({document.fold for document in train})

        def finished(pipeline):
            assert pipeline in [pipelines[page.group] for page in gold if page.fold not in fits[-1]]
            return Pipeline(())  # everything is body

        return finished

    scores = [score for number in range(3) for score in accuracy.fold(tuple(gold), fit, number)]
    assert fits == [{1, 2}, {0, 2}, {0, 1}]
    assert sorted(s.document.publisher for s in scores) == [page.publisher for page in gold]
    assert not any(s.exact for s in scores)


def test_a_record_without_a_fold_is_in_the_fold_of_its_group():
    assert document(group="raya").fold == document(publisher="dua", group="raya").fold < accuracy.FOLDS
    assert document(group="raya", fold=7).fold == 7


@pytest.mark.slow
def test_the_folds_are_compared_with_those_of_a_file(tmp_path, monkeypatch, capsys):
    pages = [page for page in CORPUS if page.shape == "content"][:3]
    new = tmp_path / "new.json"
    options = accuracy.arguments(["--gold", str(ROOT / "corpus"), "--baseline-to", str(new)])
    monkeypatch.setattr(accuracy, "BASELINE", tmp_path / "old.json")
    accuracy.BASELINE.write_text("{}", "utf-8")
    right = accuracy.folds(pages, options, accuracy.unfitted)["content"]
    assert (right["cured"], right["harmed"]) == (0, 0)
    exact = json.loads(new.read_text("utf-8"))
    assert sum(exact.values()) == right["right"]
    accuracy.BASELINE.write_text(json.dumps({id: not was for id, was in exact.items()}), "utf-8")
    turned = accuracy.folds(pages, options, accuracy.unfitted)["content"]
    assert (turned["cured"], turned["harmed"]) == (right["right"], len(pages) - right["right"])
    assert capsys.readouterr().out


def test_a_text_that_is_made_keeps_every_letter_of_the_story(monkeypatch):
    monkeypatch.setattr(made_texts, "ROWS", 0)
    stories = {"".join(accuracy.story(page, "body")) for page in CORPUS}
    for one in made_texts.made(CORPUS):
        made = accuracy.document("made", "rekaan", "page", one.segments)
        assert "".join(accuracy.story(made, "body")) in stories
        text = "".join(part for _, part in one.segments)
        assert all(0 <= start < end <= len(text) for start, end in one.new)


def test_what_is_put_in_stands_where_it_says(monkeypatch):
    monkeypatch.setattr(made_texts, "INVENTED", 0)
    monkeypatch.setattr(made_texts, "ABOVE", 0)
    page = document(*[("body", f"Warga {number} pulang.\n") for number in range(6)], publisher="satu")
    bank = [("dua", [[("promo", "Ikuti kami\n")], [("promo", "Unduh aplikasi\n")]])]
    segments, new = made_texts.inserted(page, bank, {}, random.Random(0))
    text = "".join(part for _, part in segments)
    assert [text[start:end].split() for start, end in new] == ["Ikuti kami Unduh aplikasi".split()] * 2
    assert not made_texts.inserted(page, [("satu", bank[0][1])], {}, random.Random(0))[1]  # of its own group


def test_rows_that_are_put_in_are_story_between_its_paragraphs_or_behind_them(monkeypatch):
    monkeypatch.setattr(made_texts, "ROWS", 1)
    lines = [f"Warga {number} pulang.\n" for number in range(6)]
    page = document(*[("body", line) for line in lines], publisher="satu")
    quotes = made_texts.quoted(CORPUS)
    for seed in range(200):
        segments, new = made_texts.inserted(page, [("satu", [])], quotes, random.Random(seed))
        told = [text.rstrip("\n") + "\n" for label, text in segments if label == "body"]
        assert len(told) > len(lines)
        assert [line for line in told if line in lines] == lines
        assert not any(slot in text for slot in "{}#" for text in told)
        assert not any(a < text_end and text_start < b for a, b in new for text_start, text_end in places(segments, "body"))


def places(segments, label):
    """Where the segments under a label stand in the text."""
    ends = list(accumulate([len(text) for _, text in segments], initial=0))
    return [(ends[at], ends[at + 1]) for at, (found, _) in enumerate(segments) if found == label]


def test_what_is_invented_has_a_label_of_furniture_and_no_slot_left():
    quotes = made_texts.quoted(CORPUS)
    assert all(quotes.values())
    kinds = set()
    for seed in range(300):
        chance = random.Random(seed)
        lines = made_texts.invented(chance.choice(("above", "between", "behind")), quotes, chance)
        kinds |= {label for line in lines for label, _ in line}
        assert all(text.strip() and text.endswith("\n") and "{" not in text for line in lines for _, text in line)
    assert kinds <= {*FURNITURE, "caption"}
    assert kinds == {kind["label"] for kind in made_texts.phrases()["kind"]}


def test_a_crop_keeps_the_story():
    for page in PAGES:
        for segments in made_texts.crops(page):
            cropped = accuracy.document("crop", "rekaan", "content", segments)
            assert accuracy.story(cropped, "body") == accuracy.story(page, "body")


def test_without_documents_the_fit_of_the_story_says_so_and_writes_nothing(tmp_path):
    pytest.importorskip("scipy")
    done = run("--gold", tmp_path / "none.jsonl", program=ROOT / "bench/fit_story.py")
    assert done.returncode == 2
    assert "the fit needs labelled documents" in done.stderr.decode()


def test_a_phrase_that_hides_behind_another_is_found_too():
    single = accuracy.singly((rule("long", start=("ikuti kabar di kanal",)), rule("short", start=("ikuti kabar",))))
    assert accuracy.printed(single, [document(("promo", "Ikuti kabar di kanal baru\n"))]) == {0, 1}


@pytest.mark.slow
def test_rules_one_by_one_claim_what_they_claim_together():
    together, single = accuracy.default(), default().replace("rules", Evidence(accuracy.Rules(accuracy.singly(accuracy.rules().rules)), BY_WORDS))
    for page in CORPUS:
        assert single(page.text).spans == together(page.text).spans


@pytest.mark.parametrize("name", list(accuracy.MASKS))
def test_a_mask_leaves_every_word_of_the_body(name):
    masked = [accuracy.MASKS[name](page, random.Random(0)) for page in PAGES]
    assert [accuracy.story(page, "body") for page in masked] == [accuracy.story(page, "body") for page in PAGES]
    assert [page.text for page in masked] != [page.text for page in PAGES]


def test_a_wrapped_line_is_broken_only_where_it_must_be():
    text = "kata " * 40 + "https://contoh.id/" + "x" * 90 + " akhir"
    lines = accuracy.wrapped(document(("body", text)), random.Random(0)).text.split("\n")
    assert [len(line) for line in lines] == [79, 79, 39, 108, 5]


def test_where_a_line_was_deleted_its_neighbours_stay_apart():
    masked = accuracy.MASKS["no closing markers"](document(("body", "Warga pulang. "), ("signoff", "(abc/def)\n"), ("body", "Air surut.\n")), random.Random(0))
    assert masked.text == "Warga pulang. \nAir surut.\n"


def test_removals_are_what_the_pipeline_takes_from_the_body():
    article = default()("Warga mulai pulang sejak pagi tadi setelah air surut.\nBaca juga: Hujan Reda di Hulu\n")
    assert [(article.text[found.start : found.end], found.label) for found in accuracy.removals(article)] == [("Baca juga: Hujan Reda di Hulu\n", "readmore")]


# ── beside other tools ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_tool_that_fails_gives_empty_bodies():
    def fails(source):
        raise ValueError(source)

    bodies, _, failures = accuracy.asked(accuracy.Peer("fails", "text", "", fails), ["satu", "dua"])
    assert (bodies, failures) == (["", ""], 2)


def test_the_line_rule_keeps_sentences_of_five_words():
    assert accuracy.c4_lines("Beranda\nWarga mulai pulang sejak pagi.\nBanjir surut di hulu sungai\nAir surut.") == "Warga mulai pulang sejak pagi."


def test_the_hand_made_expressions_keep_the_story_and_drop_plain_furniture():
    page = "Beranda\nWarga mulai pulang sejak pagi tadi.\nBaca juga: Hujan Reda di Hulu.\nAir surut pada pukul lima sore.\nADVERTISEMENT\nTidak ada korban dalam kejadian itu.\n"
    assert accuracy.by_hand(page) == "Warga mulai pulang sejak pagi tadi.\nAir surut pada pukul lima sore.\nTidak ada korban dalam kejadian itu."


# ── how fast ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def timed(tmp_path_factory):
    """What the program prints about the speed on a few pages of each shape, by section."""
    folder = tmp_path_factory.mktemp("pages")
    for shape in accuracy.SHAPES:
        for page in [page for page in CORPUS if page.shape == shape][:4]:
            (folder / f"{page.id}.txt").write_text(f"# publisher: rekaan\n# shape: {shape}\n\n{margin.write(page.segments)}\n", "utf-8")
    done = run("--gold", folder, "--rounds", 1, "--largest", 1e4, program=speed.__file__)
    assert done.returncode == 0, done.stderr.decode()
    first, *sections = re.split(r"\n\n(?=\w+: )", done.stdout.decode())
    assert first.startswith("12 documents")
    return {section.partition(":")[0]: section for section in sections}


@pytest.mark.slow
def test_every_section_of_the_speed_has_its_rows(timed):
    rows = {
        "clean": [f"{who}, {shape}" for who in ("reference loop", "json.loads + json.dumps", "clean") for shape in (*accuracy.SHAPES, "all")],
        "filters": ["all", "repair", "lines", *default().names, "settle", "article"],
        "jsonl": ["  12 records"],
        "rules": ["as it is", "500 with words of their own", "500 that begin as lines do", "all of them"],
        "growth": list(speed.FORMS),
        "start": ["python", "python, import cleaner", "cleaner < seeds/tempo-putin-kim.txt"],
        "memory": [f"  a page of 10 kB, {form}" for form in speed.FORMS] if Path("/proc/self/status").is_file() else ["  this system does not"],
        "peers": ["reference loop", "C4's line rule", "regexes by hand", "cleaner"],
    }
    assert list(timed) == list(rows) == list(speed.RUNS)
    assert [(section, row) for section, wanted in rows.items() for row in wanted if f"\n{row}" not in timed[section]] == []


def test_a_section_of_the_speed_that_there_is_not_is_an_error_that_names_the_others():
    done = run("--only", "klean", program=speed.__file__)
    assert done.returncode == 2
    assert b"'klean' is no section; the sections are: clean, filters" in done.stderr


def test_between_rounds_what_was_learned_from_texts_is_forgotten_and_tables_are_kept():
    def function(*given):
        return given

    def learned(text):
        return function(text)

    def table():
        return function()

    function.__module__ = "json"
    learned.__module__ = table.__module__ = "cleaner.rekaan"
    caches = other, own, kept = cache(function), cache(learned), cache(table)
    other("satu"), own("satu"), kept()
    speed.forget()
    assert [found.cache_info().currsize for found in caches] == [1, 0, 1]


@pytest.mark.slow
def test_no_module_of_the_cleaner_remembers_texts_in_a_way_that_is_not_forgotten():
    def held():
        modules = {name: vars(module) for name, module in sys.modules.items() if name.partition(".")[0] == "cleaner"}
        return {(name, key): len(value) for name, names in modules.items() for key, value in names.items() if isinstance(value, dict | list | set) and not key.startswith("__")}

    default()(CORPUS[0].text).parts()
    speed.forget()
    before = held()
    for page in CORPUS:
        default()(page.text).parts()
    speed.forget()
    after = held()
    assert {key: after[key] for key in before} == before


def test_all_take_their_turn_in_every_round_forth_and_back_until_they_had_their_time(monkeypatch):
    asked = []
    works = {name: speed.Work(asked.append, [name]) for name in ("satu", "dua")}
    monkeypatch.setattr(speed, "PATIENCE", 10)
    monkeypatch.setattr(speed.time, "process_time", iter([0, 1, 1, 7, 7, 13, 13, 14, 14, 15]).__next__)
    took = speed.rounds(works, 3)
    assert asked == ["satu", "dua", "dua", "satu", "satu"]
    assert took == {"satu": [1, 1, 1], "dua": [6, 6]}


def test_work_in_several_passes_is_timed_by_the_pass(monkeypatch):
    asked = []
    monkeypatch.setattr(speed.time, "process_time", iter([0, 6]).__next__)
    assert speed.Work(asked.append, ["satu", "dua"], passes=3).seconds() == 2
    assert asked == ["satu", "dua"] * 3


def test_a_row_tells_bytes_texts_and_the_share_of_the_reference_loop():
    cells = speed.row("rekaan", ["é" * 250_000] * 4, [2.0, 1.0, 4.0], [0.5, 0.25, 0.2]).split()
    assert cells == ["rekaan", "4", "2.00", "1.00", "2", "0.2500"]


def test_the_reference_loop_finds_the_phrases_and_keeps_count():
    phrase = min(speed.phrases())
    assert len(speed.phrases()) == 200
    assert speed.reference(f"Warga pulang.\n  {phrase.upper()} \n") == (len(f"Warga pulang.\n  {phrase} \n") + 1, 1)


@pytest.mark.parametrize("form", list(speed.FORMS))
def test_a_made_up_page_has_the_size_that_was_asked_for_and_is_the_same_each_time(form):
    page = speed.made_page(form, 20_000, "benih")
    assert 20_000 <= len(page.encode()) < 20_500
    assert page == speed.made_page(form, 20_000, "benih") != speed.made_page(form, 20_000, "lain")
    assert ("\n" in page) == (form == "many short lines")


def test_the_claims_inside_a_line_are_made():
    page = speed.made_page("claims inside a line", 20_000, "benih")
    links = page.count(speed.READMORE)
    found = sum(span.label == "readmore" for span in default()(page).spans)
    assert links > 100
    assert found > 0.9 * links


@pytest.mark.slow
def test_made_up_rules_are_of_all_kinds_and_find_themselves_but_nothing_else():
    own, common = speed.made_rules(50), speed.made_rules(50, speed.openers([page.text for page in CORPUS]))
    assert [sum(bool(getattr(rule, kind)) for rule in own + common) for kind in speed.KINDS] == [20] * 5
    assert [rule.name for rule in own + common if not list(speed.Rules((rule,))(Page(rule.witness[0])))] == []
    more = speed.with_more(own + common)
    for page in CORPUS:
        assert more(page.text).spans == default()(page.text).spans


def test_the_steps_of_cleaning_are_all_counted():
    assert set(speed.costs([PAGES[0].text], default())) == {"repair", "lines", "settle", "article", *default().names}


@pytest.mark.parametrize(("power", "times", "sizes"), [(1, 1, 3), (2, 10, 2)])
def test_growth_is_told_and_a_hopeless_page_is_not_tried(power, times, sizes, monkeypatch, capsys):
    tried = []

    def seconds(work):
        tried.append(len(work.texts))
        return sum(speed.size([text]) ** power for text in work.texts)

    monkeypatch.setattr(speed.Work, "seconds", seconds)
    speed.growth([], speed.arguments(["--largest", "1e6", "--rounds", "1"]))
    printed = capsys.readouterr().out
    assert [float(found) for found in re.findall(r"(\d+\.\d\d)$", printed, re.M)] == pytest.approx([times] * 3, rel=0.05)
    assert printed.count("below the bar") == (3 if times > speed.GROWTH_BAR else 0)
    assert tried == [30, 3, 1][:sizes] * 3


def test_a_process_that_fails_stops_the_run_with_what_it_said():
    with pytest.raises(SystemExit, match="a process failed: rusak"):
        speed.child("-c", "import sys; sys.exit('rusak')")


def test_a_process_reads_what_it_is_given_and_runs_the_same_cleaner(tmp_path):
    given = tmp_path / "given.txt"
    given.write_text("Warga pulang.", "utf-8")
    done = speed.child("-c", "import cleaner, sys; print(sys.stdin.read()); print(cleaner.__file__, file=sys.stderr)", given=given)
    assert (done.out, done.err) == ("Warga pulang.\n", f"{speed.cleaner.__file__}\n")
