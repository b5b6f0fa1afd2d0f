"""Rules: the built-in ones keep their word, and a file that cannot be used is refused with its name."""

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as some
from cleaner import LABELS, Claim, Filter, FilterError, Page, Rule, RuleError, default, rules, settle
from cleaner.rules import CHOICE, PHRASES, TEXTS, Rules, _items, fold, load

BUILT_IN = rules()
FILES = sorted(path.stem for path in (Path(__file__).parent.parent / "cleaner" / "publishers").glob("*.toml"))
WITNESSES = [pytest.param(rule, text, id=f"{rule.name}: {text}") for rule in BUILT_IN.rules for text in rule.witness]
NEAR_MISSES = [pytest.param(rule, text, id=f"{rule.name}: {text}") for rule in BUILT_IN.rules for text in rule.near_miss]


def claimed(filter: Filter, text: str) -> list[Claim]:
    """The claims of a filter on a text."""
    return list(filter(Page(text)))


BACKTRACKS = """
[[rule]]
name = "endless"
label = "other"
why = "shows what a careless pattern does"
pattern = "Kode (?:[a-z]{1,999} ?){1,999}!"
first = ["Kode"]
witness = ["Kode rahasia!"]
near_miss = ["Kode rahasia."]
"""


# ── every built-in rule ─────────────────────────────────────────────────────────────────────────────────────────────


OWN = """
[[rule]]
name = "lereng-tides"
label = "related"
why = "heads the tide table of the day"
line = ["pasang surut hari ini"]
witness = ["Pasang Surut Hari Ini:"]
near_miss = ["Pasang surut hari ini lebih tinggi, kata nelayan."]
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Hari Ini:", "Harian:", "mine.toml: rule 'lereng-tides': does not claim its witness 'Pasang Surut Harian:'"),
        ("lebih tinggi, kata nelayan.", "", "mine.toml: rule 'lereng-tides': claims its near miss 'Pasang surut hari ini '"),
        (OWN, "", "mine.toml: holds no rule; write [[rule]] above the keys of each"),
        (OWN, "[slots]", "mine.toml: holds no rule"),
    ],
)
def test_a_file_of_ones_own_is_tried_when_it_is_loaded(old: str, new: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.toml").write_text(OWN)
    assert rules("mine.toml").names == ("lereng-tides",)
    Path("mine.toml").write_text(OWN.replace(old, new))
    with pytest.raises(RuleError, match=re.escape(says)):
        rules("mine.toml")


def test_a_pattern_that_never_ends_on_its_near_miss_is_told_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "slow.toml").write_text(BACKTRACKS.replace("Kode rahasia.", "Kode " + "panjang" * 400 + "?"))
    with pytest.raises(RuleError, match=r"slow\.toml: rule 'endless': its 'pattern' took more than 0\.1 s"):
        rules(tmp_path / "slow.toml")


def test_two_files_of_ones_own_have_no_rule_of_one_name(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(OWN)
    with pytest.raises(RuleError, match=r"b\.toml: rule 'lereng-tides': has a name that a rule of another file has"):
        rules(tmp_path / "a.toml", tmp_path / "b.toml")


@pytest.mark.parametrize(("rule", "witness"), WITNESSES)
def test_a_rule_claims_its_witness(rule: Rule, witness: str) -> None:
    claims = claimed(Rules((rule,)), witness)
    assert claims
    assert {claim[2:5] for claim in claims} == {(rule.label, rule.name, rule.why)}


@pytest.mark.parametrize(("rule", "witness"), WITNESSES)
def test_among_all_the_others_a_witness_comes_under_the_same_label(rule: Rule, witness: str) -> None:
    assert rule.label in {claim.label for claim in claimed(BUILT_IN, witness)}


@pytest.mark.parametrize(("rule", "near_miss"), NEAR_MISSES)
def test_a_rule_leaves_its_near_miss_alone(rule: Rule, near_miss: str) -> None:
    assert claimed(Rules((rule,)), near_miss) == []


@pytest.mark.parametrize(("rule", "near_miss"), NEAR_MISSES)
def test_all_rules_leave_a_near_miss_alone(rule: Rule, near_miss: str) -> None:
    assert claimed(BUILT_IN, near_miss) == []


@pytest.mark.parametrize("rule", BUILT_IN.rules, ids=[rule.name for rule in BUILT_IN.rules])
def test_a_pattern_is_a_regular_expression(rule: Rule) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)
        assert re.compile(rule.pattern)
    assert bool(rule.pattern) == bool(rule.first)


def spelled(phrase: str) -> Iterator[str]:
    """Members of a phrase with slots, in which each text of each slot comes once."""
    items = list(_items(phrase)) if CHOICE.search(phrase) else [[phrase]]
    for number in range(max(map(len, items))):
        yield " ".join(filter(None, (item[number % len(item)] for item in items)))


@pytest.mark.parametrize("rule", BUILT_IN.rules, ids=[rule.name for rule in BUILT_IN.rules])
def test_no_phrase_of_a_rule_is_dead(rule: Rule) -> None:
    for phrase in chain.from_iterable(map(spelled, (*rule.line, *rule.inside))):
        assert claimed(Rules((rule,)), phrase[0].upper() + phrase[1:]), phrase
    for phrase in chain.from_iterable(map(spelled, (*rule.start, *rule.sentence))):
        assert claimed(Rules((rule,)), f"{phrase[0].upper()}{phrase[1:].rstrip()} Warta Nusa"), phrase


def test_names_of_rules_are_their_own_and_no_filter_has_one() -> None:
    assert [name for name, count in Counter(BUILT_IN.names).items() if count > 1] == []
    assert set(BUILT_IN.names).isdisjoint(default().names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in BUILT_IN.names)


def test_a_reason_goes_on_where_its_label_stands() -> None:
    for rule in BUILT_IN.rules:
        assert rule.label in LABELS
        assert not rule.why.endswith(".")
        assert rule.why[0].islower()


def test_without_names_every_built_in_file_is_loaded_the_common_one_last() -> None:
    by_file = {file: rules(file).names for file in FILES}
    assert sorted(name for names in by_file.values() for name in names) == sorted(BUILT_IN.names)
    assert BUILT_IN.names[-len(by_file["common"]) :] == by_file["common"]


# ── what a rule looks for ───────────────────────────────────────────────────────────────────────────────────────────

FILE = """
[[rule]]
name = "contoh"
label = "promo"
why = "invites to something"
{}
witness = ["Ikuti Kami"]
near_miss = ["Ikut kami"]
"""


def rule(looks_for: str) -> Rules:
    """A filter of one rule."""
    return Rules(tuple(load(FILE.format(looks_for), "contoh.toml")))


def texts(filter: Filter, text: str) -> list[str]:
    """What the filter claims of a text."""
    return [text[claim.start : claim.end].strip() for claim in filter(Page(text))]


@pytest.mark.parametrize("line", ["Ikuti Kami", "IKUTI KAMI", "ikuti   kami", "  • Ikuti Kami:", "- ikuti kami -", "Ikuti\xa0Kami…", "Ikuti Kami\r\n\r\n"])
def test_line_finds_lines_that_hold_nothing_else(line: str) -> None:
    assert texts(rule('line = ["Ikuti kami"]'), line) == [line.strip()]


@pytest.mark.parametrize("line", ["Ikuti Kami Sekarang", "Jangan Ikuti Kami", "Isi. Ikuti Kami", "", " ", "…", "IkutiKami"])
def test_line_leaves_alone_all_other_lines(line: str) -> None:
    assert texts(rule('line = ["Ikuti kami"]'), line) == []


def test_start_finds_lines_that_start_so_up_to_a_length() -> None:
    filter = rule('start = ["ikuti kami di"]\nlongest = 40')
    assert texts(filter, "IKUTI  KAMI DI Kanal Warta Nusa") == ["IKUTI  KAMI DI Kanal Warta Nusa"]
    assert texts(filter, "Ikuti kami di kanal Warta Nusa yang baru saja dibuka") == []
    assert texts(filter, "Ikuti kami disiplin") == []
    assert texts(filter, "Isi. Ikuti kami di kanal") == []


def test_inside_finds_the_words_where_a_sentence_may_begin() -> None:
    filter = rule('inside = ["ikuti kami"]')
    for text in ("Air surut. Ikuti kami Warga pulang.", "Air surut.Ikuti KamiWarga pulang.", "“Surut.”Ikuti kami", "Ikuti  Kami", "• IKUTI KAMI Warga pulang."):
        assert [" ".join(piece.casefold().split()) for piece in texts(filter, text)] == ["ikuti kami"], text


@pytest.mark.parametrize("text", ["Warga ikuti kami.", "Air surut. ikuti kami dari jauh.", "Warga Ikuti Kami ke desa.", "Air surut, Ikuti kami ke desa."])
def test_inside_leaves_alone_the_words_anywhere_else(text: str) -> None:
    assert texts(rule('inside = ["ikuti kami"]'), text) == []


def test_inside_leaves_alone_a_longer_word() -> None:
    assert texts(rule('inside = ["ikuti"]'), "Ikutilah arahan petugas. Ikuti. Air surut.") == ["Ikuti"]


def test_sentence_finds_the_sentence_that_starts_so_up_to_a_length() -> None:
    filter = rule('sentence = ["ikuti kami"]\nlongest = 30')
    assert texts(filter, "Air surut. Ikuti kami di kanal ini. Warga pulang.") == ["Ikuti kami di kanal ini."]
    assert texts(filter, "Air surut. Ikuti kami di kanal ini") == ["Ikuti kami di kanal ini"]
    assert texts(filter, "Air surut. Ikuti kami di kanal yang baru saja dibuka. Warga pulang.") == []


def test_pattern_is_tried_where_a_sentence_begins_with_one_of_its_first_words() -> None:
    filter = rule("pattern = '(?i:ikuti|\\d+) kami'\nfirst = [\"ikuti\", \"0\"]")
    assert texts(filter, "Air surut. Ikuti kami. 12 kami. Warga ikuti kami.") == ["Ikuti kami", "12 kami"]
    assert texts(rule("pattern = '\\w+ kami'\nfirst = [\"susul\"]"), "Ikuti kami. Susul kami.") == ["Susul kami"]


def test_whole_keeps_a_pattern_to_whole_lines() -> None:
    filter = rule("pattern = '\\d+ kali dibaca'\nfirst = [\"0\"]\nwhole = true")
    assert texts(filter, "12 kali dibaca\nSurat itu 12 kali dibaca. 12 kali dibaca.\n 7 kali dibaca \n") == ["12 kali dibaca", "7 kali dibaca"]


def test_a_rule_may_give_evidence_instead_of_a_verdict() -> None:
    page = Page("Pupuk datang pada Selasa, kata Rahmat.\n")
    later = Claim(0, len(page.text), "ad")
    for more, evidence, label in (("", 0, "promo"), ("evidence = true", 1, "ad")):
        claims = list(rule(f'start = ["pupuk datang"]\n{more}')(page))
        assert [claim.evidence for claim in claims] == [evidence]
        assert [span.label for span in settle(settle(page, claims), [later]).spans] == [label]


FAMILY = '[slots]\nfollow = ["ikuti", "klik ikuti"]\nours = ["kami", "berita kami"]\n' + FILE


def family(looks_for: str) -> Rules:
    """A filter of one rule with slots."""
    return Rules(tuple(load(FAMILY.format(looks_for), "contoh.toml")))


@pytest.mark.parametrize(
    "line", ["Ikuti Berita Kami di Google News", "KLIK  IKUTI kami di google news:", "• Ikuti di Google News"]
)
def test_a_phrase_with_slots_finds_all_its_members(line: str) -> None:
    assert texts(family('line = ["{follow} {ours?} di google news"]'), line) == [line]
    assert texts(family('start = ["{follow} {ours?} di google"]'), line) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Ikuti mereka di Google News",
        "Kami di Google News",
        "Ikuti Kami Kami di Google News",
        "Ikuti kamidi Google News",
    ],
)
def test_a_phrase_with_slots_finds_nothing_else(line: str) -> None:
    for key in PHRASES:
        assert texts(family(f'{key} = ["{{follow}} {{ours?}} di google news"]'), line) == []


def test_a_phrase_with_slots_is_found_inside_a_line_as_others_are() -> None:
    for slots in ("{follow} {ours?} di kanal", "{ours?} {follow} {ours?} di kanal"):
        filter = family(f'inside = ["{slots}"]')
        assert texts(filter, "Surut. Ikuti berita kami di kanal Warga pulang.") == ["Ikuti berita kami di kanal"]
        assert texts(filter, "Surut. Ikuti di kanal. Warga klik ikuti kami di kanal.") == ["Ikuti di kanal"]
    sentence = family('sentence = ["{follow} {ours}"]\nlongest = 40')
    assert texts(sentence, "Surut. Ikuti kami sampai habis. Warga pulang.") == ["Ikuti kami sampai habis."]


def test_a_slot_fills_the_first_words_of_a_pattern() -> None:
    filter = family("pattern = '(?i:klik|ikuti) \\d+'\nfirst = [\"{follow}\"]")
    assert filter.rules[0].first == ("ikuti", "klik")
    assert texts(filter, "Air surut. Klik 12. Susul 12. Ikuti 3.") == ["Klik 12", "Ikuti 3"]


def test_a_slot_of_one_text_is_that_text() -> None:
    one = FAMILY.replace('"ikuti", ', "").format('line = ["{follow} kami"]')
    assert next(load(one, "contoh.toml")).line == ("klik ikuti kami",)


@pytest.mark.parametrize(
    ("slots", "phrase", "message"),
    [
        ("[slots]\nfollow = []", "{follow}", r"\[slots\] has to hold lists of texts"),
        ("[slots]\nfollow = 5", "{follow}", r"\[slots\] has to hold lists of texts"),
        ('[slots]\nfollow = ["a|b"]', "{follow}", r"\[slots\] has to hold lists of texts"),
        ('[slots]\nFollow = ["a"]', "{follow}", r"\[slots\] has to hold lists of texts"),
        ("slots = 5", "{follow}", r"\[slots\] has to hold lists of texts"),
        ('[slots]\nfollow = ["a"]', "{ikuti} kami", "rule 'contoh': has a slot 'ikuti' that"),
        ('[slots]\nfollow = ["a"]', "{follow?}", "rule 'contoh': 'line' holds a phrase of which everything"),
    ],
)
def test_slots_that_cannot_be_used_are_refused(slots: str, phrase: str, message: str) -> None:
    with pytest.raises(RuleError, match=rf"^contoh\.toml: {message}"):
        list(load(slots + FILE.format(f'line = ["{phrase}"]'), "contoh.toml"))


def test_rules_leave_alone_what_is_settled() -> None:
    page = settle(Page("Ikuti Kami\nIkuti Kami"), [Claim(0, 10, "nav")])
    assert [claim.start for claim in rule('line = ["ikuti kami"]')(page)] == [11]


def test_the_first_of_two_rules_for_a_line_decides() -> None:
    twice = FILE.format('line = ["ikuti kami"]') + FILE.format('line = ["IKUTI KAMI"]').replace('"contoh"', '"lain"').replace("promo", "nav")
    assert [claim.rule for claim in claimed(Rules(tuple(load(twice, "contoh.toml"))), "Ikuti kami")] == ["contoh"]


def test_the_time_that_a_page_takes_does_not_grow_with_the_rules() -> None:
    hundreds = [FILE.format(f'line = ["frasa nomor {number}"]').replace('"contoh"', f'"nomor-{number}"') for number in range(400)]
    few, many = rule('line = ["ikuti kami"]'), Rules(tuple(load("".join(hundreds), "banyak.toml")))
    page = Page("Warga yang mengungsi sudah kembali.\n" * 2000)
    looked: list[str] = []

    class Watched(dict[str, list[object]]):
        def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
            looked.append(key)
            return super().get(key, default)

    counts = []
    for filter in (few, many):
        looked.clear()
        filter.__dict__["_index"] = tuple(Watched(table) for table in filter._index)  # type: ignore[arg-type]
        assert list(filter(page)) == []
        counts.append(len(looked))
    assert counts[0] == counts[1]


# ── fold ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("  •  Baca   Juga :", "baca juga"),
        ("SCROLL\tTO\xa0CONTINUE\r\n", "scroll to continue"),
        ("#Banjir!", "banjir"),
        ("(Baca juga)", "(baca juga)"),
        ("a-b: c", "a-b: c"),
        (" … ", ""),
        ("", ""),
    ],
)
def test_fold_forgets_case_white_space_and_the_signs_around_a_line(text: str, key: str) -> None:
    assert fold(text) == key


@given(st.one_of(st.text(), some.headlines()))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(f" {text}\n") == fold(text)


# ── files of one's own ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A rule file of a user."""
    path = tmp_path / "punyaku.toml"
    path.write_text(FILE.format('line = ["ikuti kami ya"]').replace("Ikuti Kami", "Ikuti Kami Ya"), encoding="utf-8")
    return path


def test_users_load_their_own_file(mine: Path) -> None:
    assert rules(mine).names == rules(str(mine)).names == ("contoh",)
    article = default().after("rules", rules(mine))("Warga yang mengungsi sudah kembali ke rumah mereka sejak pagi tadi.\nIkuti kami ya!\n")
    assert [(span.label, span.rule, span.why) for span in article.removed] == [("promo", "contoh", "invites to something")]


def test_files_are_asked_in_the_order_in_which_they_are_given(mine: Path) -> None:
    assert rules(mine, "common").names == ("contoh", *rules("common").names)
    assert rules("common", mine).names == (*rules("common").names, "contoh")


def test_a_rule_can_be_switched_off_by_name(mine: Path) -> None:
    both = rules(mine, "common")
    fewer = both.without("contoh")
    assert fewer.names == rules("common").names
    assert "contoh" in both.names
    assert claimed(fewer, "Ikuti kami ya") == []
    assert claimed(fewer, "Iklan") != []


@pytest.mark.parametrize("source", ["tidak-ada", "tidak-ada.toml", "./common"])
def test_a_file_that_is_not_there_is_named(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RuleError, match=f"^{re.escape(source)}: cannot be read"):
        rules(source)


def test_a_folder_or_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=re.escape(str(tmp_path))):
        rules(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b'# caf\xe9\n[[rule]]\nname = "x"')
    with pytest.raises(RuleError, match=r"latin\.toml: byte 5 is not UTF-8"):
        rules(tmp_path / "latin.toml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "contoh"', "", "rule 1: needs 'name'"),
        ('name = "contoh"', 'name = ""', "rule 1: needs 'name'"),
        ('name = "contoh"', "name = 7", "rule 7: needs 'name'"),
        ('label = "promo"', "", "rule 'contoh': needs 'label'"),
        ('label = "promo"', 'label = "iklan"', "rule 'contoh': has an unknown label 'iklan'; the labels are: title, "),
        ('why = "invites to something"', "", "rule 'contoh': needs 'why'"),
        ('witness = ["Ikuti Kami"]', "", "rule 'contoh': needs 'witness'"),
        ('witness = ["Ikuti Kami"]', "witness = []", "rule 'contoh': needs 'witness'"),
        ('near_miss = ["Ikut kami"]', "", "rule 'contoh': needs 'near_miss'"),
        ('near_miss = ["Ikut kami"]', 'near_miss = "Ikut kami"', "rule 'contoh': 'near_miss' has to be a list"),
        ('line = ["ikuti kami"]', "", "rule 'contoh': looks for nothing"),
        ('line = ["ikuti kami"]', 'line = "ikuti"', "rule 'contoh': 'line' has to be a list of texts"),
        ('line = ["ikuti kami"]', 'line = ["ikuti kami", 5]', "rule 'contoh': 'line' has to be a list of texts"),
        ('line = ["ikuti kami"]', 'line = ["ikuti kami", " … "]', "rule 'contoh': 'line' has to be a list of texts, none of them blank"),
        ('line = ["ikuti kami"]', 'lines = ["ikuti kami"]', "rule 'contoh': has an unknown key 'lines'; the keys are: name, "),
        ('line = ["ikuti kami"]', "pattern = 'ikuti kami'", "rule 'contoh': 'pattern' and 'first'"),
        ('line = ["ikuti kami"]', 'line = ["ikuti"]\nfirst = ["ikuti"]', "rule 'contoh': 'pattern' and 'first'"),
        ('line = ["ikuti kami"]', "pattern = '(ikuti'\nfirst = [\"ikuti\"]", "rule 'contoh': 'pattern' is no regular expression"),
        ('line = ["ikuti kami"]', 'pattern = 5\nfirst = ["ikuti"]', "rule 'contoh': 'pattern'"),
        ('line = ["ikuti kami"]', "pattern = 'ikuti kami'\nfirst = [\"ikuti kami\"]", "rule 'contoh': 'first' has to be a list of single words"),
        ('line = ["ikuti kami"]', 'line = ["ikuti kami"]\nlongest = 0', "rule 'contoh': 'longest' has to be a number"),
        ('line = ["ikuti kami"]', 'line = ["ikuti kami"]\nlongest = true', "rule 'contoh': 'longest' has to be a number"),
        ('line = ["ikuti kami"]', 'line = ["ikuti kami"]\nwhole = 1', "rule 'contoh': 'whole' has to be true or false"),
        ('line = ["ikuti kami"]', 'line = ["ikuti kami"]\ncut = 1', "rule 'contoh': 'cut' has to be true or false"),
        ('line = ["ikuti kami"]', 'line = ["ikuti kami"]\nevidence = 1', "rule 'contoh': 'evidence' has to be true or false"),
        ('line = ["ikuti kami"]', 'line = ["ikuti kami"', "is not TOML"),
        ("[[rule]]", "[rule]", "holds something that is no [[rule]]: rule"),
        ("[[rule]]", "[[rules]]", "holds something that is no [[rule]]: rules"),
        ("[[rule]]", "rule = [5]\n[lain]", "holds something that is no [[rule]]"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_file_and_rule(mine: Path, old: str, new: str, message: str) -> None:
    content = FILE.format('line = ["ikuti kami"]')
    assert old in content
    mine.write_text(content.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        rules(mine)
    assert str(caught.value).startswith(f"{mine}: ")
    assert message in str(caught.value)


@pytest.mark.parametrize("content", ["rule = [5]", "rule = 5", "rule = ['a']"])
def test_what_is_no_table_is_no_rule(content: str) -> None:
    with pytest.raises(RuleError, match=r"^salah\.toml: "):
        list(load(content, "salah.toml"))


def test_two_rules_of_one_name_are_refused() -> None:
    twice = FILE.format('line = ["ikuti kami"]') * 2
    with pytest.raises(RuleError, match=r"^dua\.toml: rule 'contoh': has a name that a rule above it has"):
        list(load(twice, "dua.toml"))


@pytest.mark.parametrize("key", [key for key in TEXTS if key not in ("witness", "near_miss", "first")])
def test_every_kind_of_phrase_may_stand_alone(key: str) -> None:
    assert texts(rule(f'{key} = ["ikuti kami"]'), "Ikuti kami") == ["Ikuti kami"]


def test_an_empty_file_holds_no_rules() -> None:
    assert list(load("", "kosong.toml")) == []
    assert claimed(Rules(()), "Iklan") == []


# ── the patterns of users ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_users_pattern_that_never_ends_fails_its_page_with_the_name_of_the_rule(tmp_path: Path) -> None:
    file = tmp_path / "careless.toml"
    file.write_text(BACKTRACKS, "utf-8")
    pipeline = default().before("rules", rules(file))
    assert [span.text for span in pipeline("Kode rahasia! Warga pulang.").removed] == ["Kode rahasia! "]
    with pytest.raises(FilterError, match=r"rule 'endless': its 'pattern' took more than 0\.1 s"):
        pipeline("Kode " + "panjang" * 400 + "? Ya!")
    assert pipeline("Warga pulang.").body == "Warga pulang."


@pytest.mark.parametrize("pattern", ["a{10000000}", "a{2,1000}", "(?:a){e<=2}"])
def test_a_users_pattern_that_takes_the_memory_or_means_two_things_is_refused(pattern: str, tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    file.write_text(BACKTRACKS.replace("(?:[a-z]{1,999} ?){1,999}!", pattern), "utf-8")
    with pytest.raises(RuleError, match=r"large\.toml: rule 'endless': 'pattern' repeats something a thousand times"):
        rules(file)


def test_a_users_pattern_that_only_one_of_the_two_engines_reads_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(BACKTRACKS.replace("(?:[a-z]{1,999} ?){1,999}!", "(?P<a>x)(?(a)y|z|w)"), "utf-8")
    with pytest.raises(RuleError, match=r"odd\.toml: rule 'endless': 'pattern' is no regular expression"):
        rules(file)


# ── where a match begins and ends ───────────────────────────────────────────────────────────────────────────────────


def test_inside_finds_a_last_word_with_no_stop_before_it() -> None:
    assert texts(rule('inside = ["ikuti"]'), "Warga Cempaka pulang Ikuti") == ["Ikuti"]
    assert texts(rule('inside = ["ikuti"]'), "Warga Ikuti pulang") == []


def test_a_phrase_that_ends_with_a_sign_may_have_the_next_word_glued_to_it() -> None:
    assert texts(rule('start = ["ikuti kami:"]'), "Ikuti kami:Warta Nusa") == ["Ikuti kami:Warta Nusa"]
    assert texts(rule('inside = ["ikuti:"]'), "Air surut. Ikuti:warta nusa") == ["Ikuti:"]


def test_start_leaves_alone_a_longer_word_wherever_it_ends() -> None:
    filter = rule('start = ["ikuti kami di"]')
    assert texts(filter, "Ikuti kami dia pulang") == []
    assert texts(filter, "Ikuti kami di, ya") == ["Ikuti kami di, ya"]


def test_a_match_may_be_as_long_as_its_rule_says_and_no_longer() -> None:
    sentence = "Ikuti kami di kanal ini."
    for longest, found in ((len(sentence) - 1, []), (len(sentence), [sentence])):
        assert texts(rule(f'sentence = ["ikuti kami"]\nlongest = {longest}'), f"Air surut. {sentence} Warga pulang.") == found
    line = sentence.rstrip(".")
    for longest, found in ((len(line) - 1, []), (len(line), [line])):
        assert texts(rule(f'start = ["ikuti kami"]\nlongest = {longest}'), line) == found


def test_bullets_before_a_match_go_with_it_where_it_takes_the_whole_line() -> None:
    filter = rule('inside = ["ikuti kami"]')
    assert [(claim.start, claim.end) for claim in filter(Page("• Ikuti kami"))] == [(0, 12)]
    assert [(claim.start, claim.end) for claim in filter(Page("• Ikuti kami. Air surut."))] == [(2, 12)]


def test_right_behind_a_match_another_may_begin() -> None:
    assert texts(rule('inside = ["ikuti kami", "susul"]'), "Air surut. Ikuti kami Susul Warga pulang.") == ["Ikuti kami", "Susul"]


def test_what_is_left_of_a_line_that_was_cut_is_no_whole_line() -> None:
    filter = rule("pattern = '\\d+ kali dibaca'\nfirst = [\"0\"]\nwhole = true")
    page = settle(Page("Surat itu 12 kali dibaca\n12 kali dibaca"), [Claim(0, 10, "nav")])
    assert [claim.start for claim in filter(page)] == [25]
