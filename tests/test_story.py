"""The decision: the chain against all answers, and the constraints above it."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as some
from cleaner import Claim, Page, Pipeline, clean, default, settle
from cleaner.pipeline import UnknownName
from cleaner.reading import read
from cleaner.spans import Evidence
from cleaner.story import decided, granted, lines_of, standing, story, weigh
from cleaner.story.chain import Scores, best, gain, weights
from cleaner.story.chain import scores as scored
from cleaner.story.constraints import (
    LISTED,
    WORDS_FOR_ONE,
    goes_on,
    has_story,
    leads,
    opens_flat,
    taking,
    tells,
    with_sentences,
)
from cleaner.story.features import names_of_bounds, names_of_units

ONE = "Warga mulai pulang setelah banjir surut sejak pagi tadi di desa itu."
TWO = "Mereka berharap hujan tidak turun lagi sampai akhir pekan ini."
THREE = "Guru dan murid membersihkan lumpur di halaman sekolah sejak kemarin."
FOUR = "Pemerintah desa menyiapkan bantuan benih bagi petani yang gagal panen."
LINK = "Topik Lain: Harga Cabai Naik di Pasar Lembah"


@st.composite
def scores(draw):
    """The scores of a few units."""
    size = draw(st.integers(1, 7))
    numbers = st.lists(st.integers(-9, 9), min_size=size, max_size=size)
    return Scores(draw(numbers), draw(numbers), draw(numbers))


def total(found, answer):
    """The sum of an answer, unit by unit and boundary by boundary."""
    inside = sum(number for number, keeps in zip(found.inside, answer, strict=True) if keeps)
    for at, (before, after) in enumerate(pairwise(answer), 1):
        inside += 0 if before == after else found.enter[at] if after else found.leave[at]
    return inside


@given(scores())
def test_no_answer_has_a_higher_sum_than_the_best(found):
    answers = product((False, True), repeat=len(found.inside))
    assert total(found, best(found)) == max(total(found, answer) for answer in answers)


@given(scores(), st.data())
def test_the_gain_of_a_stretch_is_what_the_other_answer_lacks(found, data):
    answer = [data.draw(st.booleans()) for _ in found.inside]
    start = data.draw(st.integers(0, len(answer) - 1))
    end = start + 1
    while end < len(answer) and answer[end] == answer[start]:
        end += 1
    other = [*answer[:start], *[not keeps for keeps in answer[start:end]], *answer[end:]]
    assert gain(found, answer, start, end) == total(found, answer) - total(found, other)


@pytest.mark.parametrize("form", ["content", "page"])
@given(text=some.pages())
def test_the_scores_are_what_the_features_weigh_by_their_names(form, text):
    page, fitted = Page(text), weights(form)
    table = weigh(page, lines_of(page))
    found = scored(fitted, table)
    assert found.inside == [
        sum(fitted.inside.get(name, 0) for name in names) for names in names_of_units(table)
    ]
    for at, names in enumerate(names_of_bounds(table)):
        pairs = [fitted.bound.get(name, (0, 0)) for name in names]
        assert (found.enter[at], found.leave[at]) == tuple(map(sum, zip((0, 0), *pairs, strict=True)))


@given(some.pages())
def test_units_begin_at_the_start_and_each_holds_something(text):
    page = Page(text)
    starts = weigh(page, lines_of(page)).starts
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert all(text[start:end].strip() for start, end in pairwise([*starts, len(text)]))


@given(some.pages(), st.data())
def test_whatever_is_decided_all_that_is_not_kept_is_claimed(text, data):
    page = Page(text)
    starts = weigh(page, lines_of(page)).starts
    kept = [data.draw(st.booleans()) for _ in starts]
    after = settle(page, granted(page, starts, kept))
    assert standing(starts, len(text), after.spans) == kept


def test_what_no_claim_names_is_found_by_what_it_is():
    article = clean(f"{ONE}\n{LINK}\n{TWO}")
    assert article.paragraphs == [ONE, TWO]
    assert [(span.text, span.rule) for span in article.removed] == [(f"{LINK}\n", "inside")]


def test_a_text_in_which_nothing_names_furniture_is_kept_as_it_is():
    text = f"{ONE}\nSatu\nDua\n{TWO}"
    assert decided(Page(text)) == ([], [])
    assert clean(text).paragraphs == [ONE, "Satu", "Dua", TWO]


@pytest.mark.parametrize("row", ["{}. Klub Sanggabumi {}\n", "• Klub Sanggabumi {} ({})\n", "{}\tSanggabumi\t{}\t30\n"])
def test_items_and_rows_at_the_end_of_a_story_are_asked_for_with_all_their_words(row):
    taken = "".join(row.format(number, 60 - number) for number in range(1, 6))
    units = [read(line.strip()) for line in taken.splitlines()]
    assert taking("behind", units, taken) >= LISTED + sum(unit.n for unit in units) / WORDS_FOR_ONE
    assert taking("behind", [read("Berita Terkait")], "Berita Terkait\n") == 0


def test_rows_under_a_lead_are_kept():
    rows = ["Kereta Lembayung 07.15", "Kereta Sanggabumi 09.40", "Kereta Tampomas 12.05", "Kereta Wening 15.30"]
    text = f"{ONE}\nBerikut jadwal keberangkatan dari stasiun itu:\n" + "\n".join(rows) + f"\nBaca juga: Hujan Reda di Hulu\n{TWO}"
    assert [row for row in rows if row not in clean(text).paragraphs] == []
    assert leads("Berikut jadwal keberangkatan dari stasiun itu:")
    assert not leads("Baca juga:")


@pytest.mark.parametrize(
    "last",
    [
        "Mereka adalah Rina Hapsari, Galih Saputra, Marto Sukirno, Dewi Lestari, Rudi Hartawan, dan Sri Widuri.",
        "Semoga kamu beruntung :)”",
    ],
)
def test_names_and_the_end_of_a_quotation_go_on_with_the_story(last):
    assert goes_on(read(last))
    assert last in clean(f"{ONE}\n“{TWO}\n{last}\nBaca juga: Hujan Reda").body


def test_a_sentence_that_a_mark_was_put_into_stays_whole():
    parts = [ONE, "Pakar Perunding Kesihatan Desa Lereng Universi", "Advertisement", "ti Lereng Rina Hapsari setuju."]
    assert clean("\n".join([*parts, TWO])).paragraphs == [parts[0], parts[1], parts[3], TWO]


def test_a_line_up_goes_on_with_the_story_and_a_headline_does_not():
    assert goes_on(read("Klub Lereng: Rudi; Galih, Marto, Bagus; Wahyu, Yuda, Rusdi; Darto"))
    assert not goes_on(read("Klub Lereng Menang Lagi, Galih dan Marto Cetak Dua Gol"))


def test_single_short_lines_between_paragraphs_are_subheadings():
    parts = [ONE, "Air Sudah Turun", TWO, "Sekolah Dibuka Lagi", THREE, "Baca juga: Hujan Reda", FOUR]
    assert clean("\n".join(parts)).paragraphs == [part for part in parts if not part.startswith("Baca")]


def test_a_page_that_the_claims_leave_nothing_of_may_have_a_story_below_a_headline_and_a_date():
    menu = "Beranda\nNasional\nDaerah\nEkonomi\nOlahraga\nHiburan\nTeknologi\nIndeks\nCari\nMasuk\n"
    head = "Enam Hal tentang Kartu Nelayan Sanggabumi\nRabu, 5 Maret 2025 09:30 WIB\n"
    behind = "Tag: laut, warga\nBerita Terkait\nHarga Ikan Naik Lagi\n2 jam lalu\nRedaksi\nKontak\n"
    story = [
        "Kartu nelayan berlaku mulai bulan depan di seluruh pesisir, kata kepala dinas.", "Siapa yang berhak?",
        "Setiap nelayan yang terdaftar di kelompoknya dan punya perahu di bawah lima ton.",
        "Di mana mengurusnya?",
        "Kartu diurus di kantor desa dengan membawa KTP dan surat dari ketua kelompok nelayan.",
        "Apakah berbayar?", "Tidak.",
    ]
    page = menu + head + "\n".join(story) + "\n" + behind
    assert clean(page).paragraphs == story
    assert (clean(page).title, clean(page).date) == tuple(head.splitlines())  # head is asked again
    assert not default().without("head")(page).title
    assert not clean(menu + head + behind).body


def test_one_sentence_is_a_story_below_a_date_and_a_headline_with_buttons_between():
    title, sentence = "Catatan dari Kota Sanggabumi", "Kartu nelayan berlaku mulai bulan depan di seluruh pesisir itu."
    head = [title, "Penulis:", "Rina", "5 Mar 2025", "Bagikan", "Facebook", "WhatsApp"]

    def told(*lines):
        return has_story([False] * len(lines) + [True], [*map(read, lines), read(sentence)])

    assert told(*head)
    assert not told(*head[1:])
    assert not told(*head, "Telegram", "Salin")


def test_blurbs_below_a_headline_and_a_date_are_no_story():
    menu = 'Beranda\nNasional\nDaerah\nHasil pencarian untuk "benih padi"\nUrutkan:\nTerbaru\nSemua\n'
    blurbs = [
        f"Petani {town} Menanam Lebih Awal\nKabarDesa | Rabu, {day} Maret 2025 09:30 WIB\n... {rest} ..."
        for day, town, rest in (
            (5, "Cempaka", "kelompok tani di desa itu menerima benih sejak awal bulan ini, kata"),
            (6, "Sidamulya", "benih padi yang dibagikan kepada warga sudah mulai ditanam di sawah"),
            (7, "Randualas", "dinas akan mengirim benih jagung kepada petani yang gagal panen tahun"),
        )
    ]
    assert not clean(menu + "\n".join(blurbs) + "\nSebelumnya\n1\n2\n3\nSelanjutnya\nRedaksi\nDisclaimer").body


def test_the_sentence_above_a_credit_inside_the_story_is_its_caption():
    caption = "Warga antre air bersih di balai desa, Senin (3/3/2025)."
    article = clean("\n".join([ONE, TWO, f"{caption} (Foto: Rina Lestari)", THREE, FOUR, "Baca juga: Hujan Reda"]))
    assert article.paragraphs == [ONE, TWO, THREE, FOUR]


def test_a_claim_of_the_user_stands_and_evidence_does_not_close_a_span():
    def mine(page):
        at = page.text.find("Mereka")
        yield Claim(at, at + len(TWO), "promo", "mine", "a test")

    def weak(page):
        yield Claim(0, len(ONE), "nav", "weak", "a guess", evidence=True)

    for pipeline in (default().before("story", mine), default().before("residue", weak).before("story", mine)):
        assert ("promo", "mine") in [(span.label, span.rule) for span in pipeline(f"{ONE}\n{TWO}").removed]
    assert Pipeline((Evidence(mine), story)).without("story")(f"{ONE}\n{TWO}").body == ONE


def test_what_only_a_filter_names_that_was_taken_out_is_kept():
    text = f"{ONE}\nBaca juga: Hujan Reda di Hulu\n{TWO}"
    assert clean(text).paragraphs == [ONE, TWO]
    assert default().without("readmore")(text).paragraphs == [ONE, "Baca juga: Hujan Reda di Hulu", TWO]


def test_what_no_filter_names_in_a_place_is_kept_on_request():
    text = f"{ONE}\n{LINK}\n{TWO}"
    assert default().without("inside")(text).paragraphs == [ONE, LINK, TWO]
    assert default().without("behind", "above")(text).paragraphs == [ONE, TWO]
    with pytest.raises(UnknownName, match="inside"):
        default().without("insied")


def test_what_is_kept_against_a_claim_says_so():
    page = settle(Page(f"{ONE}\n{TWO}"), [Claim(0, len(ONE), "nav", "greedy", "wants it", evidence=True)])
    (claim,) = granted(page, [0], [True])
    assert claim[:4] == (0, len(ONE) + 1, "body", "story")
    assert claim.why == "kept, though greedy took it for nav"


def test_a_sentence_full_of_names_tells_something_and_a_headline_does_not() -> None:
    assert tells(read("Audisi berikutnya digelar di Sanggabumi, Kaliwangi, Watulawang, Telukbiru, Sukamaju dan Sukasari."))
    assert not tells(read("Wali Kota Sanggabumi Buka Pameran Batik di Balai Kota."))


@pytest.mark.parametrize(
    ("line", "taken", "kept"),
    [
        ("Pemain itu antara lain Rudi (Lereng/Sanggabumi), Suparno (Teluk/Biru), dan Marto dari desa itu.", "(Lereng/Sanggabumi), Suparno (Teluk/Biru), dan Marto dari desa itu.", True),
        ("(Warga: Foto Ant) Kepala desa mengatakan bahwa warga mulai pulang sejak pagi tadi.", "(Warga: Foto Ant) ", False),
    ],
)
def test_a_sentence_is_kept_whole_but_for_the_credit_of_a_photo(line: str, taken: str, kept: bool) -> None:
    page = Page(f"{ONE}\n{line}\n{TWO}\n{THREE}\n{FOUR}")
    table = weigh(page, lines_of(page))
    at = page.text.index(taken)
    answer = [not at <= start < at + len(taken) for start in table.starts]
    assert not all(answer)
    assert all(with_sentences(answer, [True] * len(answer), table, page.text)) is kept


@pytest.mark.parametrize(
    ("line", "taken", "kept"),
    [
        ("Tim siswa dari Sanggabumi mengembangkan\xa0pupuk cair dari kulit buah yang murah bagi para petani.", "Tim siswa dari Sanggabumi mengembangkan\xa0", True),
        ("Harga Pupuk Naik di Sanggabumi Menurut Sari, pasokan dari pabrik berkurang sejak pekan lalu.", "Harga Pupuk Naik di Sanggabumi ", False),
    ],
)
def test_in_a_text_in_one_line_no_sentence_loses_what_goes_on_with_a_small_letter(line: str, taken: str, kept: bool) -> None:
    text = f"{ONE} {line} {TWO}"
    at = text.index(taken)
    page = settle(Page(text), [Claim(at, at + len(taken), "nav")])
    table = weigh(page, lines_of(page))
    answer = [not at <= start < at + len(taken) for start in table.starts]
    assert not all(answer)
    assert all(with_sentences(answer, [True] * len(answer), table, text)) is kept


def test_rows_of_one_form_behind_the_story_stay() -> None:
    rows = "Khatib: Rudi Hartawan\nKhatib: Suparno\nKhatib: Marto Sukirno\nKhatib: Galih"
    page = f"Banjir Surut\n{ONE}\n{TWO}\n{THREE}\n{FOUR}\n{rows}\n\n#sanggabumi\n\nTerpopuler\n1\nHarga Cabai Naik"
    assert clean(page).paragraphs[-4:] == rows.split("\n")


@pytest.mark.parametrize(
    ("opening", "stands"), [("Wakil Bupati Sanggabumi periode lalu ", True), ("Laporan Wartawan Lereng ", False)]
)
def test_the_first_words_of_a_text_in_one_line_are_story_where_no_furniture_is_named(opening: str, stands: bool) -> None:
    page = Page(f"{opening}\xa0{ONE} {TWO}")
    table = weigh(page, lines_of(page))
    end = next(at for at, start in enumerate(table.starts) if start >= len(opening))
    assert opens_flat(end, table) is stands
