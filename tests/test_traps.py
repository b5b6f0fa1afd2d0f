"""Traps that real pages set, each with the smallest page that springs it."""

from html import unescape

import pytest

from cleaner import clean
from cleaner.filters.caption import caption
from cleaner.filters.double import double
from cleaner.filters.head import head
from cleaner.filters.menu import menu
from cleaner.filters.promo import promo
from cleaner.filters.readmore import readmore
from cleaner.spans import Claim, Page, settle
from cleaner.story import lines_of, standing, weigh
from cleaner.story.constraints import with_rows

ONE = "Warga yang mengungsi sudah kembali ke rumah mereka sejak Senin pagi karena air di desa itu surut lebih cepat."
TWO = "Petugas gabungan masih membersihkan lumpur di halaman sekolah agar anak-anak dapat belajar lagi pada awal pekan."
THREE = "Kepala desa berharap bantuan yang dijanjikan pemerintah kabupaten tiba sebelum musim tanam dimulai bulan depan."
MENU = "Beranda\nNasional\nDaerah\nOlahraga\nEkonomi\nTekno\nOtomotif\nFoto\nVideo\nIndeks"
QUOTE = "“Kami hanya ingin jalan ini segera diperbaiki,” kata Suryadi kepada wartawan saat ditemui di balai desa itu."
HEAD = "Banjir Surut, Warga Mengungsi Kembali ke Rumah\nSenin, 3 Maret 2025 10:00 WIB"


@pytest.mark.parametrize(
    "bracket",
    ["(6/3/2023)", "(PES/Tas Darurat Presiden)", "(SMA/SMK)", "(AD/ART)", "(DPR/MPR)", "(24/7)"],
)
def test_a_bracket_with_a_slash_is_no_credit(bracket: str) -> None:
    paragraph = f"Keputusan itu diumumkan kepala dinas di depan warga yang datang ke balai desa {bracket}"
    assert not list(caption(Page(f"{ONE}\n{paragraph}\n{TWO}")))


@pytest.mark.parametrize(
    "paragraph",
    [
        "Namun, Rani Cahyani tetap tampil percaya diri di depan para juri yang menilai penampilannya malam itu.",
        "Ketua panitia, ditemui wartanusa.com di balai kota, mengatakan persiapan sudah hampir selesai seluruhnya.",
        "Jayapura dan Merauke menjadi dua kota pertama yang menerima bantuan itu pada awal bulan ini.",
    ],
)
def test_a_comma_does_not_make_a_dateline(paragraph: str) -> None:
    assert clean(f"{paragraph}\n{ONE}\n{TWO}").dateline == ""


@pytest.mark.parametrize(
    "line",
    ["Pertandingan itu berakhir imbang pada Minggu (7/2/2016).", "27-08-2016: Persada 1-3 Garuda Muda", "Warga sudah menunggu bantuan itu sejak 4 Mei 2020."],
)
def test_a_date_inside_the_story_is_not_where_the_story_starts(line: str) -> None:
    article = clean(f"{MENU}\n{HEAD}\nSOLO - {ONE}\n{line}\n{TWO}\n{THREE}")
    assert article.paragraphs == [f"SOLO - {ONE}", line, TWO, THREE]


def test_a_number_with_its_thousands_is_no_item_of_a_list() -> None:
    line = "1.101 Pasien Sembuh dalam Sepekan, Kata Kepala Dinas Kesehatan"
    assert line in clean(f"{ONE}\nDalam laporannya tertulis:\n{line}\n{TWO}").paragraphs


def test_headlines_below_a_bare_marker_are_cut_and_the_story_goes_on() -> None:
    headlines = "Baca Juga\n  Harga Cabai Naik di Pasar Lembah\n  Dua Dusun Terisolasi Akibat Longsor\n  Petani Cempaka Tanam Padi Lebih Awal"
    assert clean(f"{ONE}\n{headlines}\n{TWO}\n{THREE}").paragraphs == [ONE, TWO, THREE]


def test_a_block_of_related_news_above_the_story_does_not_end_the_page() -> None:
    block = "Berita Terkait\nHarga Cabai Naik di Pasar Lembah\nDua Dusun Terisolasi Akibat Longsor\nPetani Cempaka Tanam Padi Lebih Awal"
    article = clean(f"{MENU}\n{block}\n{HEAD}\nSOLO - {ONE}\n{TWO}\n{THREE}")
    assert article.paragraphs == [f"SOLO - {ONE}", TWO, THREE]
    assert article.title in HEAD


@pytest.mark.parametrize("credit", ["(Foto: Rifki Nugraha)", "Getty Images", "Foto: Getty Images/Rifki Nugraha"])
def test_the_first_paragraph_below_a_credit_is_no_caption(credit: str) -> None:
    article = clean(f"{MENU}\n{HEAD}\n{credit}\n{ONE} {TWO}\n{TWO}\n{THREE}")
    assert article.paragraphs == [f"{ONE} {TWO}", TWO, THREE]
    assert article.caption == ""


def test_a_line_up_behind_a_colon_is_not_popped_with_the_tail() -> None:
    rows = ["Susunan pemain:", "Persada: Rusdi, Bagus, Wahyu, Joko", "Garuda Muda: Hendra, Rifki, Fauzan, Aris"]
    article = clean("\n".join([MENU, HEAD, f"SOLO - {ONE}", TWO, *rows, "Tags", "liga", "sepak bola", "Terpopuler", "Harga Cabai Naik"]))
    assert article.paragraphs[-3:] == rows


def test_a_story_in_one_line_with_its_signature_glued_on_is_a_story() -> None:
    assert clean(f"{ONE} {TWO} {THREE}(akn/ega)").body == f"{ONE} {TWO} {THREE}"


@pytest.mark.parametrize("words", ["PEMERINTAH DAERAH DAN DPRD DAN WARGA ", "Pemerintah Daerah Dan Warga Desa "])
def test_many_capitals_are_read_to_their_end(words: str) -> None:
    text = words * 800  # an expression that backtracks would not come back
    assert clean(text).body == text.strip()


def test_an_invitation_may_be_broken_in_the_middle() -> None:
    assert clean(f"{ONE}\n{TWO}\nCek Berita dan Artikel yang lain di Google\n    News").paragraphs == [ONE, TWO]


def test_an_entity_opens_a_quotation() -> None:
    quote = "&quot;Kami berharap harga segera turun lagi,&quot; kata Suryadi."
    assert clean(f"{ONE} Baca juga: Harga Cabai Naik di Pasar Lembah {quote} {TWO}").body == f"{ONE} {unescape(quote)} {TWO}"


def test_what_is_removed_leaves_its_neighbours_apart() -> None:
    text = "Warga pulang ke rumah masing-masing.ADVERTISEMENT Air sudah surut sejak pagi tadi di desa itu."
    assert clean(text).body == "Warga pulang ke rumah masing-masing. Air sudah surut sejak pagi tadi di desa itu."


def test_a_date_in_brackets_before_the_credit_stays_with_the_caption() -> None:
    page = f"{MENU}\n{HEAD}\nLihat Foto\nWarga melintas di jalan desa (28/12/2016). (KOMPAS.com/RUSDI HARTAWAN)\nSOLO, KOMPAS.com - {ONE}\n{TWO}"
    article = clean(page)
    assert article.caption == "Warga melintas di jalan desa (28/12/2016)."
    assert article.credit == "(KOMPAS.com/RUSDI HARTAWAN)"


TITLE, DATE = HEAD.splitlines()


@pytest.mark.parametrize(
    ("line", "photo", "credit"),
    [
        ("Suasana balai desa. Kanal Dapur Ibu 21 ©2021 Wartanusa.com", "Suasana balai desa.", "Kanal Dapur Ibu 21 ©2021 Wartanusa.com"),
        ("Suasana balai desa. ©2021 Wartanusa.com", "Suasana balai desa.", "©2021 Wartanusa.com"),
        ("Twitter @wartanusa Suasana balai desa pada Rabu pagi.", "Suasana balai desa pada Rabu pagi.", "Twitter @wartanusa"),
        ("Suasana balai desa, usai musyawarah. (Rusdi)", "Suasana balai desa, usai musyawarah.", "(Rusdi)"),
        (f"{TITLE} Suasana balai desa pada Rabu pagi. (Foto: Rina/Wartanusa.com)", "Suasana balai desa pada Rabu pagi.", "(Foto: Rina/Wartanusa.com)"),
        (f"Tangkapan Layar TVRI\n{TITLE}", TITLE, "Tangkapan Layar TVRI"),
    ],
)
def test_a_photo_in_its_slot_gives_its_caption_and_its_credit(line: str, photo: str, credit: str) -> None:
    article = clean(f"{MENU}\n{HEAD}\n{line}\nWARTANUSA.COM, Solo - {ONE}\n{TWO}\nTag: garam")
    assert (article.title, article.caption, article.credit) == (TITLE, photo, credit)


def test_a_short_line_that_ends_in_a_source_is_a_photo_and_a_paragraph_is_none() -> None:
    article = clean(f"{ONE}\n{TWO}\nSuasana balai desa Cempaka. Dok\n{THREE}")
    assert (article.caption, article.credit) == ("Suasana balai desa Cempaka.", "Dok")
    assert clean(f"{ONE}\n{TWO} Istimewa\n{THREE}").credit == ""


def test_the_address_of_a_film_is_no_caption() -> None:
    article = clean(f"{ONE}\nVideo: https://contoh.id/film/7\n(Foto: http://contoh.id/foto/7-INFO)\n{TWO}\n{THREE}")
    assert (article.caption, article.credit, article.paragraphs) == ("", "", [ONE, TWO, THREE])
    told = "Video: dua ekor gajah masuk desa itu pada malam hari, kata warga."
    assert clean(f"{ONE}\n{told}\n{TWO}").paragraphs == [ONE, told, TWO]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Musyawarah Desa Cempaka 2025\n", ""),
        ("", '\n"Air surut lebih cepat, dan kami tidak boleh menahan warga lebih lama," kata Kepala Desa Cempaka Tarjo Hadi di balai desa'),
        ("", "\nWarga kembali ke rumah. Masalahnya, lumpur di halaman sekolah itu belum juga dibersihkan sejak pagi"),
    ],
)
def test_the_title_stands_below_its_rubric_and_above_its_standfirst(above: str, below: str) -> None:
    article = clean(f"{MENU}\n{above}{TITLE}{below}\n{DATE}\nWARTANUSA.COM, Solo - {ONE}\n{TWO}\nTag: garam")
    assert article.title == TITLE
    assert article.paragraphs[-2:] == [f"WARTANUSA.COM, Solo - {ONE}", TWO]


def test_a_headline_about_a_network_is_no_credit() -> None:
    title = "Facebook Kembali ke Rumah Warga yang Mengungsi"
    article = clean(f"{MENU}\n{title}\n{DATE}\nFoto: Rina/Wartanusa.com\nSOLO - {ONE}\n{TWO}\nTag: garam")
    assert (article.title, article.credit) == (title, "Foto: Rina/Wartanusa.com")


def test_the_date_behind_a_rubric_is_the_storys_below_the_first_line_and_not_in_a_list() -> None:
    article = clean(f"{TITLE}\nWarta Nusa | Senin, 03/03/2025 10:00 WIB\nSOLO - {ONE}\n{TWO}")
    assert (article.title, article.date, article.byline) == (TITLE, "| Senin, 03/03/2025 10:00 WIB", "Warta Nusa")
    listed = "Harga Cabai Naik di Pasar\nDaerah | Minggu, 02/03/2025 08:00 WIB"
    assert clean(f"{MENU}\n{listed}\n{HEAD}\nSOLO - {ONE}\n{TWO}\nTag: desa").date == DATE.partition("\n")[0]


def test_a_label_before_a_name_that_comes_back_names_whom_the_photo_shows() -> None:
    article = clean(f"{MENU}\n{HEAD}\nFoto: Suryadi Hartawan\nSOLO - {ONE} Suryadi Hartawan mengatakan hal itu kepada warga.\n{TWO}")
    assert article.caption == "Foto: Suryadi Hartawan"
    assert article.credit == ""


OPENINGS = [
    "SANGGABUMI\n- Pelatih baru itu, Galih Saputra, menyatakan siap melatih\nLereng FC . Ia menunggu tawaran resmi dari pengurus klub itu.",
    "Kepala desa itu menemui warga yang mengungsi di balai desa sesudah\nPemerintah kabupaten mengirim bantuan yang lama dinanti oleh warga.",
    "Sanggabumi\n- Persada\nmengalahkan\nLereng FC\n2-0 dalam laga Grup I\nPiala Kabupaten 2025\nzona timur. Kemenangan itu menjadi yang pertama bagi mereka.",
]


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_first_sentence_that_was_broken_at_its_links_stays_with_the_story(opening: str, gap: str) -> None:
    story = [*opening.split("\n"), ONE, TWO, THREE]
    assert clean(gap.join([*MENU.split("\n"), *HEAD.split("\n"), *story, "Tag: desa, warga"])).paragraphs == story


@pytest.mark.parametrize("headline", ["5 Warga Mengungsi dan 4 Rumah Rusak", "Warga Mengungsi Kembali ke Rumah Mereka", "Warga Mengungsi"])
def test_a_headline_right_above_the_story_is_no_part_of_its_first_sentence(headline: str) -> None:
    article = clean(f"{MENU}\nSenin, 3 Maret 2025 10:00 WIB\n{headline}\n{ONE}\n{TWO}\n{THREE}")
    assert article.paragraphs == [ONE, TWO, THREE]


@pytest.mark.parametrize("name", ["Maung Timur -julukan Persada-", "Garuda Muda - julukan tim itu -"])
def test_a_name_with_another_one_between_dashes_is_no_dateline(name: str) -> None:
    story = [ONE, f"{name} memulai latihan di lapangan desa itu pada Senin pagi bersama warga.", TWO]
    article = clean("\n".join([MENU, HEAD, *story, THREE]))
    assert (article.paragraphs, article.dateline) == ([*story, THREE], "")


def test_a_word_with_a_number_in_brackets_made_no_photo() -> None:
    line = "Tim dokter desa menjelaskan pentingnya mengukur suhu tubuh pada masa pandemi (Covid-19)."
    article = clean(f"{HEAD}\n{line}\n{ONE}\n{TWO}\n{THREE}")
    assert (article.paragraphs[0], article.credit) == (line, "")


def test_rows_with_brackets_inside_the_story_stay_where_only_their_place_speaks_against_them() -> None:
    rows = "".join(f"{name} (Hakim Tinggi, Pengadilan {town})\n" for name, town in [("Rina Hapsari", "Lereng"), ("Galih Saputra", "Lembah"), ("Marto Sukirno", "Rawa")])
    text = f"{ONE}\n{rows}{TWO}\n"
    claim = Claim(len(ONE) + 1, len(text) - len(TWO) - 1, "related", "tail", "stands behind the end of the story", 2)
    for evidence, kept in ((2, True), (4, False)):
        page = settle(Page(text), [claim._replace(evidence=evidence)])
        table = weigh(page, lines_of(page))
        answer = standing(table.starts, len(text), page.spans)
        assert all(with_rows(answer, answer, page, table)) == kept


@pytest.mark.parametrize("dateline", ["SOLO - ", "Jakarta (ANTARA) - "])
def test_three_paragraphs_above_what_looks_like_a_dateline_are_no_standfirst(dateline: str) -> None:
    story = [f"{ONE} {TWO}", f"{TWO} {THREE}", THREE, f"{dateline}{QUOTE}", ONE.replace("Warga", "Petani")]
    article = clean("\n".join([HEAD, "Bagikan", "Facebook", *story]))
    assert (article.paragraphs, article.deck) == (story, "")


@pytest.mark.parametrize(("end", "title"), [(":", []), (".", ["Warga yang Mengungsi Kembali ke Rumah"])])
def test_what_a_colon_announces_is_no_headline(end: str, title: list[str]) -> None:
    page = Page(f"{MENU}\nSenin, 3 Maret 2025\nAkun itu mengunggah pesan{end}\nWarga yang Mengungsi Kembali ke Rumah\n{ONE}\n{TWO}\n{THREE}")
    assert [page.text[claim.start : claim.end].strip() for claim in head(page) if claim.label == "title"] == title


@pytest.mark.parametrize("address", ["https://lereng.example.com/", "www.lereng.co.id"])
def test_an_address_before_the_dateline_is_no_story(address: str) -> None:
    article = clean(f"{address} LERENG JOGJA, SLEMAN – {ONE} {TWO}")
    assert (article.body, article.dateline) == (f"LERENG JOGJA, SLEMAN – {ONE} {TWO}", "LERENG JOGJA, SLEMAN –")
    assert clean(f"{address} memuat daftar warga itu. {ONE} {TWO}").body.startswith(address)


@pytest.mark.parametrize("question", ["Penasaran sama detailnya?", "Mau tahu lebih banyak?"])
def test_a_question_goes_with_the_invitation_behind_it(question: str) -> None:
    assert clean(f"{ONE}\n{question} Ikuti terus kabarnya hanya di Lereng.com atau akun @lereng.").body == ONE
    assert question in clean(f"{ONE}\n{question} Baca panduan itu di balai desa.").body


@pytest.mark.parametrize("photo", ["PJs. Bupati Lereng Rina Hapsari saat memimpin penyemprotan di wilayah selatan, Jumat (9/10).", "Ketua panitia, Galih Saputra (kiri), bersama Rina Hapsari (kanan) di balai desa, Jumat (9/10)."])
def test_a_line_above_the_story_that_says_who_is_to_be_seen_is_a_caption(photo: str) -> None:
    article = clean(f"{MENU}\n{HEAD}\n{photo}\n{ONE}\n{TWO}\n{THREE}")
    assert (article.caption, article.paragraphs) == (photo, [ONE, TWO, THREE])


def test_a_first_sentence_that_quotes_whom_it_names_is_no_caption() -> None:
    first = "Bupati Lereng Rina Hapsari saat ditemui di balai desa mengatakan bantuan bagi warga tiba pada pekan depan."
    assert clean(f"{MENU}\n{HEAD}\n{first}\n{TWO}\n{THREE}").paragraphs == [first, TWO, THREE]


@pytest.mark.parametrize(("before", "caption", "credit"), [("", "Sejumlah warga sedang tidur di garasi sebuah rumah di desa itu.", "HarianLereng."), (f"{QUOTE} {ONE} ", "Sejumlah warga antre menunggu bantuan di balai desa (6/8).", "REUTERS/Galih Saputra")])
def test_a_photo_between_paragraphs_or_behind_one_goes_with_its_bare_credit(before: str, caption: str, credit: str) -> None:
    article = clean(f"SOLO - {ONE}\n\n{before}{caption} {credit}\n\n{TWO}\n\n{THREE}")
    assert article.paragraphs == [f"SOLO - {ONE}", *([before.strip()] if before else []), TWO, THREE]
    assert article.captions == [(caption, credit)]


@pytest.mark.parametrize("credit", ["shutterstock", "Ilustrasi shutterstock.com", "You Tube - Rina Hapsari"])
def test_a_library_of_pictures_between_a_heading_and_a_paragraph_is_a_credit(credit: str) -> None:
    heading = "Banjir Surut Lebih Cepat"
    assert clean(f"SOLO - {ONE}\n\n{heading}\n\n{credit}\n\n{TWO}\n\n{THREE}").paragraphs == [f"SOLO - {ONE}", heading, TWO, THREE]


@pytest.mark.parametrize(("glue", "kept"), [("", False), (" ", True)])
def test_a_sentence_that_names_its_picture_is_a_caption_where_its_line_end_was_lost(glue: str, kept: bool) -> None:
    body = clean(f"SOLO - {ONE} {TWO} Ilustrasi anak memegang payung.{glue}{THREE}\n{QUOTE}").body
    assert ("Ilustrasi anak" in body) == kept
    assert THREE in body


def test_the_end_of_a_quotation_stays_whatever_a_scraper_left_behind_it() -> None:
    last = 'Kami selalu mengutamakan warga desa ini," ujarnya.'
    text = f'{ONE} {TWO}\n"Bantuan itu tiba kemarin dari kabupaten. {last} ,\n' + f"{' ' * 48},\n" * 4
    assert last in clean(text).body


def test_a_source_in_brackets_goes_before_what_is_no_story_and_stays_above_a_paragraph() -> None:
    related = "".join(f"{TWO.replace('Petugas', name)}\n" for name in ("Relawan", "Tentara"))
    assert "(Lerengway)" not in clean(f"SOLO - {ONE}\n{TWO}\n(Lerengway)\nBaca juga: Harga Cabai Naik\nBerita Terkait\n{related}").body
    assert "(Lerengway)" in clean(f"SOLO - {ONE}\n(Lerengway)\n{TWO}\n{THREE}\nTag: desa").body


@pytest.mark.parametrize("bracket", ["(Pasar lama: Foto Ant)", "(PASAR LAMA: ist)"])
@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_short_bracket_that_names_a_picture_and_whose_it_is_goes_from_the_story(bracket: str, gap: str) -> None:
    assert bracket not in clean(f"SOLO - {ONE}{gap}{bracket}{gap}{TWO}\n{THREE}").body
    assert "(Bupati: fotonya palsu)" in clean(f"SOLO - {ONE} (Bupati: fotonya palsu) {TWO}\n{THREE}").body


COMMENT = "Semoga jalan di desa kami juga diperbaiki, sudah dua tahun berlubang dan tidak ada yang peduli."


@pytest.mark.parametrize(
    "name",
    ["Rina says:", "Rina Lestari berkata:", "Rina Lestari says:\n5 Maret 2025 at 10:11", "rina_77, 2 jam yang lalu".capitalize(), "Rina Lestari\n2 jam yang lalu"],
)
@pytest.mark.parametrize("button", ["Reply", "Balas"])
def test_what_readers_write_below_a_story_goes_with_their_names(name: str, button: str) -> None:
    thread = f"{name}\n{COMMENT}\n{button}\nBudi\n{COMMENT}\n{COMMENT}\n{button}"
    assert clean(f"SOLO - {ONE}\n{TWO}\n{THREE}\n{thread}").paragraphs == [f"SOLO - {ONE}", TWO, THREE]


@pytest.mark.parametrize("line", ["Rina Lestari berkata:", "Rina Lestari"])
def test_who_speaks_in_a_story_is_no_reader_and_a_button_alone_takes_nothing(line: str) -> None:
    assert clean(f"{ONE}\n{line}\n{QUOTE}\n{TWO}").paragraphs == [ONE, line, QUOTE, TWO]
    assert clean(f"{ONE}\n{TWO}\n{THREE}\nBalas").paragraphs == [ONE, TWO, THREE]


@pytest.mark.parametrize("blurb", ["Dinas peternakan menargetkan semua sapi selesai divaksin akhir bulan depan.", "Ia mengalahkan unggulan pertama dalam final yang berlangsung selama satu jam."])
@pytest.mark.parametrize("end", ["", "\n(rwd)\nTag: desa", "\nBerita Terkait\nHarga Cabai Naik\n2 jam lalu"])
def test_headlines_with_blurbs_behind_the_story_are_other_stories(blurb: str, end: str) -> None:
    others = f"Ribuan Sapi di Lembah Hijau Divaksin\n{blurb}\nAtlet Muda Rebut Emas Panahan\n{blurb}"
    assert clean(f"{MENU}\n{HEAD}\nSOLO - {ONE}\n{TWO}\n{THREE}\n{others}{end}").paragraphs == [f"SOLO - {ONE}", TWO, THREE]


@pytest.mark.parametrize(
    "appeal",
    ["Suka dengan tulisan ini? Bagikan kepada teman-teman Anda dan dukung kami!", "Kamu punya kabar dari desamu? Kirimkan ke redaksi lewat surel."],
)
def test_an_appeal_of_the_paper_behind_the_last_paragraph_is_no_story(appeal: str) -> None:
    assert clean(f"SOLO - {ONE}\n{TWO}\n{THREE}\n{appeal}").paragraphs == [f"SOLO - {ONE}", TWO, THREE]
    assert not list(promo(Page(f"{ONE}\n{appeal}\n{TWO}")))
    assert not list(promo(Page(f"{ONE}\n{TWO}\nKami kirimkan beras itu kepada kalian, kata Tarjo kepada warga desa.")))


@pytest.mark.parametrize("photo", ["Suasana balai desa setelah hujan reda, Selasa (4/3/2025)", "Kepala desa (kiri) bersama camat meninjau gudang beras"])
def test_a_line_that_says_what_is_to_be_seen_between_two_paragraphs_is_a_caption(photo: str) -> None:
    article = clean(f"SOLO - {ONE}\n{TWO}\n{photo}\n{THREE}")
    assert (article.caption, article.paragraphs) == (photo, [f"SOLO - {ONE}", TWO, THREE])


@pytest.mark.parametrize("heading", ["Suasana Warga di Halaman Sekolah", "Suasana desa itu kini sepi.", "Kondisi jalan desa itu sebagai berikut:"])
def test_a_subheading_that_begins_like_a_caption_stays(heading: str) -> None:
    assert clean(f"SOLO - {ONE}\n{TWO}\n{heading}\n{THREE}").paragraphs == [f"SOLO - {ONE}", TWO, heading, THREE]


def test_subheadings_with_a_paragraph_each_stay_with_the_story() -> None:
    headed = ["Warga Mengungsi Kembali ke Desa", TWO, "Petugas Membersihkan Halaman Sekolah", THREE]
    assert clean("\n".join([ONE, TWO, THREE, *headed])).paragraphs == [ONE, TWO, THREE, *headed]


@pytest.mark.parametrize("headline", ["Harga Cabai Melonjak di Pasar Induk", "Kapal Wisata Danau Selatan Mulai Beroperasi"])
def test_a_headline_between_two_paragraphs_that_say_nothing_of_it_is_a_link(headline: str) -> None:
    article = clean(f"{ONE}\n{TWO}\n{headline}\n{THREE}")
    assert article.paragraphs == [ONE, TWO, THREE]
    assert article.removed[0].label == "readmore"


@pytest.mark.parametrize(
    "heading",
    [
        "Petugas Membersihkan Sekolah Sejak Pagi", "Bantuan Pemerintah Kabupaten Ditunggu Petani", "7. Kapal Wisata Danau Selatan",
        "OLEH RANA WIDURI LESTARI HARTAWAN",
        "Kapal Wisata Danau Selatan Pun Mulai Beroperasi Lagi:", "Kapal wisata di Danau Selatan mulai beroperasi",
    ],
)
def test_a_subheading_has_words_of_the_story(heading: str) -> None:
    assert heading in clean(f"{ONE}\n{TWO}\n{heading}\n{THREE}\n{ONE[:-1]}, kata dia.").body


@pytest.mark.parametrize("sentence", ["Baca juga doa berikut sebelum tidur.", "Ia lalu membaca juga surat itu."])
def test_a_verb_that_sounds_like_a_link_is_none(sentence: str) -> None:
    assert not list(readmore(Page(f"{ONE} {sentence} {TWO}")))


def test_a_signature_and_an_embedded_post_are_no_credits() -> None:
    article = clean(f"{ONE}\nA post shared by Rumah Baca (@rumahbaca)\n{TWO} (Wartanusa.com/Rusdi Hartawan)")
    assert article.credit == ""
    assert article.paragraphs == [ONE, TWO]


@pytest.mark.parametrize("closing", ["", " (**)", " (Anton)", " ***", " (red)"])
@pytest.mark.parametrize("last", ["Seorang petani mengaku senang dengan bantuan itu.", "“Semoga panen kami berhasil,” kata Karmin.", "Ia pun senang."])
@pytest.mark.parametrize("between", ["ADVERTISEMENT", "ADVERTISEMENT\nSCROLL TO RESUME CONTENT", "Baca Juga : Harga Cabai Naik di Pasar Lembah"])
def test_a_short_last_paragraph_below_an_advertisement_or_a_link_is_kept(between: str, last: str, closing: str) -> None:
    page = f"{MENU}\n{HEAD}\nSOLO - {ONE}\n{TWO}\n{between}\n{last}{closing}\nPenulis : Anton S\nEditor : Budi R\nBerita Terkait\nHarga Cabai Naik di Pasar Lembah\nTag :\npetani"
    assert clean(page).paragraphs == [f"SOLO - {ONE}", TWO, last]


NAMES = "Wakil Ketua Koperasi Mekar Sari (KMS) Tarjo Hadi dan Camat Cempaka Retno Palupi membuka Pasar Benih, Rabu (5/3)."


@pytest.mark.parametrize("photo", ["", "Suasana balai desa pada Rabu pagi. (Foto: Rina Lestari/Wartanusa.com)\n"])
def test_a_first_paragraph_full_of_names_is_no_caption(photo: str) -> None:
    article = clean(f"{MENU}\n{HEAD}\n{photo}{NAMES}\n{ONE}\n{TWO}\nBerita Terkait\nHarga Cabai Naik di Pasar Lembah\n2 jam lalu")
    assert article.paragraphs == [NAMES, ONE, TWO]


def test_a_place_and_a_dash_below_two_paragraphs_are_a_row_of_a_list() -> None:
    rows = ["Cempaka Utara - Hujan turun sejak siang dan reda menjelang magrib.", "Randu Alas - Hujan disertai angin sepanjang sore."]
    article = clean("\n".join([MENU, HEAD, ONE, TWO, THREE, "Berikut rinciannya:", *rows, "Tag: hujan", "Berita Terkait", "Harga Cabai Naik", "2 jam lalu"]))
    assert article.paragraphs[:3] == [ONE, TWO, THREE]
    assert not article.deck


def test_the_headline_of_a_page_of_photos_is_no_credit() -> None:
    head = "FOTO: Panen Garam di Pesisir Cempaka\nRabu, 5 Maret 2025 09:30 WIB"
    article = clean(f"{MENU}\n{head}\nPetani memanen garam, Senin (3/3/2025). ANTARA FOTO/Rina Lestari/foc.\nSOLO - {ONE}\n{TWO}\nTag: garam")
    assert article.title == "FOTO: Panen Garam di Pesisir Cempaka"
    assert article.credit == "ANTARA FOTO/Rina Lestari/foc."


def test_a_role_that_asks_is_one_who_speaks_in_an_interview() -> None:
    talk = ["Reporter: Kapan benih itu dibagikan?", "Tarjo: Sebelum musim tanam kedua, kata dinas.", "Reporter: Terima kasih.", "Tarjo: Sama-sama."]
    spans = clean("\n".join([f"SOLO - {ONE}", TWO, *talk])).spans
    assert "signoff" not in {span.label for span in spans}
    assert "signoff" in {span.label for span in clean(f"SOLO - {ONE}\n{TWO}\nReporter: Rina Lestari").spans}


def test_a_text_that_holds_for_two_items_of_a_list_stays_below_both() -> None:
    text = "Lulusan SMA atau sederajat, berusia paling tinggi tiga puluh tahun, sehat jasmani dan rohani, serta bersedia bekerja pada malam hari di gudang utama."
    assert not list(double(Page(f"{ONE}\n1. Staf Gudang\n{text}\n2. Kasir\n{text}\n{TWO}")))
    assert list(double(Page(f"{ONE}\n{text}\n{TWO}\n{text}\n{THREE}")))


@pytest.mark.parametrize("title", ["Cempaka Panen Air Hujan di Musim Kemarau", "Berkat Tekun, Warga Desa Kini Panen Lebih Awal"])
@pytest.mark.parametrize("dateline", ["", "WARTANUSA.COM, Solo - "])
def test_the_first_line_of_a_field_may_be_its_headline(title: str, dateline: str) -> None:
    story = "Warga Desa Cempaka kini panen lebih awal, karena air hujan mereka tampung untuk musim kemarau yang panjang tahun ini."
    article = clean(f"{title}\n{dateline}{story}\n{ONE}\n{TWO}")
    assert article.title == title
    assert article.paragraphs == [dateline + story, ONE, TWO]


def test_a_first_line_that_leads_the_story_is_no_headline() -> None:
    lead = "Berikut Ini Jadwal Panen Raya di Lima Desa:"
    article = clean(f"{lead}\n{ONE}\n{TWO}\n{THREE}")
    assert (article.title, article.paragraphs[0]) == ("", lead)


def test_a_live_report_is_a_headline_and_no_byline() -> None:
    title = "Laporan Langsung: Pemilihan Kepala Desa Cempaka"
    article = clean(f"{MENU}\n{title}\nRabu, 5 Maret 2025 09:30 WIB\nSOLO - Pemilihan kepala desa Cempaka berlangsung hari ini. {ONE}\n{TWO}\nTag: desa")
    assert article.title == title
@pytest.mark.parametrize(
    "invitation",
    [
        "Ikuti berita terbaru Harian Lereng di Google News",
        "Gabung channel Telegram Harian Lereng",
        "Mari gabung di Grup Telegram Lereng Update, klik link https://t.me/lerengupdate",
        "Follow akun Instagram Harian Lereng di @harianlereng",
    ],
)
def test_an_invitation_without_a_stop_takes_no_word_of_the_sentence_behind_it(invitation: str) -> None:
    assert clean(f"{ONE} {invitation} {TWO} {THREE}").body == f"{ONE} {TWO} {THREE}"
    assert clean(f"{ONE} {TWO} {THREE} {invitation}").body == f"{ONE} {TWO} {THREE}"


@pytest.mark.parametrize("last", ["Marto mengatakan air itu cukup untuk sebulan.", '"Airnya cukup," kata Marto.'])
def test_a_link_before_a_short_last_sentence_leaves_it_alone(last: str) -> None:
    link = "Baca juga: Harga Cabai Naik, Pedagang Pasar Lama Mengeluh"
    assert clean(f"{ONE} {link} {last}").body == f"{ONE} {last}"


@pytest.mark.parametrize(
    "furniture",
    [
        "Copyright © WARTA NUSA 2025",
        "Baca berita dengan sedikit iklan, klik di sini",
        "IKLAN WARTANUSA.ID",
        "Iklan",
        "« 1 2 3 »",
        "Pilihan Redaksi Dua Dusun Terisolasi Akibat Longsor Petani Cempaka Tanam Padi Lebih Awal",
        "Read More Dua Dusun Terisolasi Akibat Longsor Petani Cempaka Tanam Padi Lebih Awal",
    ],
)
def test_furniture_between_two_sentences_of_a_text_in_one_line_goes_whole_and_alone(furniture: str) -> None:
    assert clean(f"{ONE} {furniture} {TWO} {THREE}").body == f"{ONE} {TWO} {THREE}"


@pytest.mark.parametrize(
    ("headline", "behind"),
    [
        ("Cara Mengecek Harga Cabai Lewat HP", "Dilansir dari laman resmi dinas, berikut daftar harga cabai hari ini:"),
        (
            "Petani Minta Wali Kota Tinjau Kembali Harga Pupuk",
            '“Lereng Expo adalah pameran terbesar tahun ini," Kepala Dinas Sanggabumi Marto Sukirno, menjelaskan.',
        ),
        ("Korupsi Pengadaan Truk Sampah di Sanggabumi  ", "Badan Pengawasan Keuangan dan Pembangunan kemudian menghitung kerugian itu."),
    ],
)
def test_a_link_takes_no_lead_no_quotation_and_nothing_behind_a_wide_gap(headline: str, behind: str) -> None:
    text = f"{ONE} Baca juga: {headline} {behind} Baca juga: Mata Air Kaliwangi Menyusut"
    assert clean(text).body.split()[-len(behind.split()) :] == behind.split()


def test_a_credit_that_leads_a_text_in_one_line_takes_no_paragraph() -> None:
    story = f"LERENGNEWS.COM - Warga Sanggabumi pulang ke rumah mereka pada Rabu (14/3/2018). {ONE} {TWO}"
    text = f"AntaraNews.com/Rina Widuri {story} Baca: Harga Cabai Naik di Pasar Induk {THREE}"
    assert not [claim for claim in caption(Page(text)) if claim.end - claim.start > 200]


def test_a_bracket_that_the_story_speaks_of_is_no_credit() -> None:
    first = "Kepala dinas menjelaskan pentingnya mencuci tangan untuk mencegah penyakit demam lembah (Lembahitis)."
    second = "Gejala dari Lembahitis paling banyak ditemui pada anak-anak, kata dokter di rumah sakit itu kemarin."
    assert clean(f"{HEAD}\n{first}\n{second}\n{ONE}\n{TWO}").paragraphs[0] == first


@pytest.mark.parametrize("end", [" ", "."])
def test_a_subheading_with_a_number_behind_a_link_stays(end: str) -> None:
    link = f"Baca juga: Harga Cabai Naik, Pedagang Pasar Lama Mengeluh{end}"
    assert clean(f"{ONE} {link}3. Madu Randu {TWO} {THREE}").body == f"{ONE} 3. Madu Randu {TWO} {THREE}"


def test_initials_with_a_star_go_with_the_link_behind_them() -> None:
    link = "Baca Juga: Harga Cabai Naik di Pasar Lembah"
    assert clean(f"{ONE} {TWO} {THREE} (*/Lastri Handayani) {link}").body == f"{ONE} {TWO} {THREE}"


@pytest.mark.parametrize(
    ("photo", "caption", "credit"),
    [
        ("Air surut di Cempaka.--Rana Widuri- CEMPAKA, LERENG.ID - ", "Air surut di Cempaka.", "Rana Widuri"),
        ("Air surut di Cempaka.--Istimewa RADARLERENG, CEMPAKA - ", "Air surut di Cempaka.", "Istimewa"),
        ("Air surut di Cempaka.--Dok Pribadi- ", "Air surut di Cempaka.", "Dok Pribadi"),
        ("Banjir Surut, Warga Mengungsi Kembali ke Rumah-- radarlereng.com - ", "", ""),
        ("CEMPAKA, RADARLERENG.COM - ", "", ""),
    ],
)
def test_a_head_in_one_line_with_names_behind_their_roles_is_taken_apart(
    photo: str, caption: str, credit: str
) -> None:
    head = "Banjir Surut, Warga Mengungsi Kembali ke Rumah Reporter: Lastri Handayani | Editor: Slamet Raharja | "
    article = clean(f"{head}Rabu 05-03-2025,09:30 WIB {photo}{ONE} {TWO} {THREE}")
    assert article.title == "Banjir Surut, Warga Mengungsi Kembali ke Rumah"
    assert (article.caption, article.credit) == (caption, credit)
    assert article.body == f"{article.dateline} {ONE} {TWO} {THREE}".lstrip()
@pytest.mark.parametrize(
    "end",
    ["(T/ara/B03/RS1)", "(L/R1/R9/P2)", "(rb/eps/pra/JPR)", "- Bernama", "— The Star", "-UTUSAN."],
)
def test_desks_and_agencies_behind_the_last_sentence_close_the_story(end: str) -> None:
    assert clean(f"{ONE}\n{TWO} {end}").paragraphs == [ONE, TWO]


@pytest.mark.parametrize("end", ["(SD/SMP/SMA/SMK)", "(A/B/C/D)"])
def test_a_bracket_of_four_kinds_of_schools_is_no_signature(end: str) -> None:
    paragraph = f"{TWO[:-1]} {end}"
    assert clean(f"{ONE}\n{paragraph}\n{THREE}").paragraphs == [ONE, paragraph, THREE]


def test_writer_and_editor_are_known_in_a_text_without_punctuation() -> None:
    signed = f"{ONE[:-1]} {TWO[:-1]} Pewarta Galih Saputra Editor Rina Hapsari COPYRIGHT © ANTARA"
    assert clean(signed).body == f"{ONE[:-1]} {TWO[:-1]}"


@pytest.mark.parametrize(
    "dateline", ["KUALA LUMPUR 8 Sept. –", "KUALA TERENGGANU, 16 Mei –", "Pyongyang:", "TEMERLOH:", "GUA MUSANG –"]
)
def test_a_dateline_may_have_its_day_behind_a_place_of_malaysia_or_the_world(dateline: str) -> None:
    assert clean(f"{dateline} {ONE}\n{TWO}").dateline == dateline


@pytest.mark.parametrize(
    "dateline",
    [
        "Lerengnews.com - YOGYA –", "LERENG.CO.ID, \xa0SOLO—", "LERENG.CO.ID – SOLO .", "LERENG.CO.ID - SOLO/KLATEN.",
        "ISTANBUL, 23 Februari 2016 (Antara/Lereng) --", "Solo , Jawa Tengah –",
    ],
)
def test_a_dateline_may_have_a_second_place_a_year_or_another_blank(dateline: str) -> None:
    assert clean(f"{dateline} {ONE}\n{TWO}").dateline == dateline


@pytest.mark.parametrize("opening", ["Lerengnews.com - PKS dan PAN sepakat.", "Solo, Jawa Tengah, dilanda banjir.", "Lerengnews.com - Tim Solo - juara bertahan - kalah."])
def test_a_dateline_ends_before_the_first_words_of_the_story(opening: str) -> None:
    assert "PKS" not in clean(f"{opening} {ONE}\n{TWO}").dateline
    assert "banjir" not in clean(f"{opening} {ONE}\n{TWO}").dateline
    assert "Tim" not in clean(f"{opening} {ONE}\n{TWO}").dateline


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Warga memanen garam di pesisir. (Indonesian Navy via AP)", "(Indonesian Navy via AP)"),
        ("Warga memanen garam di pesisir. Doc. uny.ac.id Rina Lestari", "Doc. uny.ac.id Rina Lestari"),
    ],
)
def test_a_credit_may_name_whom_it_came_through_and_a_site(line: str, credit: str) -> None:
    article = clean(f"{MENU}\n{HEAD}\n{line}\nWARTANUSA.COM, Solo - {ONE}\n{TWO}\nTag: garam")
    assert (article.caption, article.credit) == ("Warga memanen garam di pesisir.", credit)


def test_the_rubric_of_a_publisher_is_no_credit() -> None:
    article = clean(f"{MENU}\n{HEAD}\nBola Inggris\nWarga memanen garam di pesisir. (Foto: AFP/Rina Lestari)\nWARTANUSA.COM, Solo - {ONE}\n{TWO}\nTag: garam")
    assert (article.caption, article.credit) == ("Warga memanen garam di pesisir.", "(Foto: AFP/Rina Lestari)")


def test_one_sentence_beside_short_lines_above_a_dateline_is_a_caption() -> None:
    article = clean(f"{MENU}\n{HEAD}\nharga garam, pesisir\nWarga memanen garam di pesisir pada Senin pagi.\nWARTANUSA.COM, Solo - {ONE}\n{TWO}\nTag: garam")
    assert article.caption == "Warga memanen garam di pesisir pada Senin pagi."


def test_a_line_that_begins_with_dots_is_a_line_of_its_own() -> None:
    assert clean(f"{ONE}\n... mengingat air masih tinggi di hulu sungai itu.\n{TWO}").paragraphs[1].startswith("...")


@pytest.mark.parametrize(
    ("above", "behind"),
    [
        ("Senin, 3 Maret 2025 | 10:00 WIB Share", "Tag: banjir desa Terpopuler Harga Cabai Naik di Pasar Lembah 2 jam lalu"),
        ("Senin, 3 Maret 2025 Bagikan SOLO -", "Editor: Slamet Raharja Tags: banjir, desa Tentang Kami Redaksi"),
        ("Penulis: Rana Widuri 3 Maret 2025", "(rwd/slm) Topik Terkait banjir desa © 2025 Lereng.id. All Rights Reserved."),
    ],
)
def test_a_whole_page_in_one_line_gives_its_title_and_its_story(above: str, behind: str) -> None:
    title = "Banjir Surut, Warga Mengungsi Kembali ke Rumah"
    article = clean(f"Beranda Berita Nasional Daerah Olahraga Masuk {title} {above} {ONE} {TWO} {THREE} {behind}")
    assert article.title == title
    assert article.body == f"{article.dateline} {ONE} {TWO} {THREE}".lstrip()
    story = f"{ONE} Berita nasional dan olahraga ia baca di beranda. {TWO} {THREE}"
    assert clean(story).body == story


def test_a_title_glued_to_a_loud_dateline_is_the_title() -> None:
    article = clean(f"Banjir Surut, Warga Mengungsi Kembali ke RumahCEMPAKA – {ONE} {TWO} {THREE}")
    assert article.title == "Banjir Surut, Warga Mengungsi Kembali ke Rumah"
    assert article.body == f"CEMPAKA – {ONE} {TWO} {THREE}"


def test_an_invitation_does_not_end_inside_the_address_of_a_site() -> None:
    invitation = "Ikuti juga saluran WhatsApp PasarKita.co.id biar tidak ketinggalan kabar dari tanah air dan juga luar negeri."
    more = "Klik di sini ya, Sobat!"
    text = f"{ONE} {invitation} {more} {TWO}"
    assert [text[claim.start : claim.end].strip() for claim in promo(Page(text))] == [invitation, more]


def test_a_credit_in_brackets_below_a_caption_inside_the_story_takes_the_line_above_it() -> None:
    photo = "Suasana pasar lama setelah hujan reda, Selasa (4/3/2025)."
    page = Page(f"{ONE}\n{TWO}\n{photo}\n(Dok. Desa Cempaka)\nIa tidak tahu soal itu, kata dia.\n{THREE}\n{ONE}")
    claimed = {page.text[claim.start : claim.end].strip(): claim.label for claim in caption(page)}
    assert claimed == {photo: "caption", "(Dok. Desa Cempaka)": "credit"}


def test_a_sentence_that_announces_a_quotation_opens_the_story() -> None:
    lead = "Akun “Kabar Lereng” pada Minggu (2/3/2025) mengunggah video tentang banjir di desa itu disertai narasi:"
    quoted = "Banjir Besar Menghanyutkan Semua Rumah Warga"
    page = f"{MENU}\nCatatan dari Kota Sanggabumi\nSenin, 3 Maret 2025 10:00 WIB\n{lead}\n{quoted}\n{ONE}\n{TWO}\n{THREE}"
    assert clean(page).paragraphs[:2] == [lead, quoted]


def test_rows_behind_the_last_sentence_of_a_page_stay_up_to_the_first_furniture() -> None:
    rows = "Pelatih: Rudi Hartawan\nPersatuan Teluk Biru (5-4-1): Suparno; Marto, Sukirno, Galih, Indra\nPelatih: Tarjo"
    page = f"{MENU}\n{HEAD}\n{ONE}\n{TWO}\n{THREE}\n{rows}\nBaca Lainnya\nHarga Cabai Naik di Pasar Induk\n2 jam lalu"
    assert clean(page).paragraphs[3:] == rows.split("\n")


def test_a_sentence_that_opens_the_story_is_no_line_of_its_head() -> None:
    lead = NAMES
    page = Page(f"{MENU}\n{HEAD}\nUkuran huruf\n{lead}\n{ONE}\n{TWO}\n{THREE}\nTag: banjir")
    claims = menu(settle(page, head(page)))
    assert [page.text[claim.start : claim.end].strip() for claim in claims] == ["Ukuran huruf"]
