"""The filters, each by itself: what it claims, between ⟦ and ⟧, and what it leaves alone."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

import cleaner
from cleaner import Claim, Filter, Page, Pipeline, clean, default, settle
from cleaner.cut import CLOSE, cut, ends
from cleaner.filters import ORDER
from cleaner.filters.strip_dateline import strip_dateline
from cleaner.rules import Rules

FOLDER = Path(__file__).parent.parent / "cleaner" / "filters"
ONE = "Warga yang mengungsi sudah kembali ke rumah mereka sejak Senin pagi karena air di desa itu surut lebih cepat."
TWO = "Petugas gabungan masih membersihkan lumpur di halaman sekolah agar anak-anak dapat belajar lagi pada awal pekan."
THREE = "Kepala desa berharap bantuan yang dijanjikan pemerintah kabupaten tiba sebelum musim tanam dimulai bulan depan."
QUOTE = "“Kami hanya ingin jalan ini segera diperbaiki,” kata Suryadi kepada wartawan saat ditemui di balai desa itu."

OTHERS = "\n".join(["Terpopuler", *(f"Harga {crop} Naik Lagi di Pasar Lembah" for crop in ("Cabai", "Bawang", "Telur", "Beras", "Gula", "Kopi", "Jahe"))])

FILTERS: dict[str, Filter] = dict(zip(default().names, ORDER, strict=True))

CLAIMS: list[tuple[str, str, str]] = [
    # Scripts and wrappers.
    ("residue", "other", f"⟦b'⟧{ONE}⟦'⟧"),
    ("residue", "other", f"{ONE}\n⟦,|,\n⟧{TWO}"),
    ("residue", "ad", f"{ONE}\n⟦googletag.cmd.push(function() {{ googletag.display('div-1'); }});\n⟧{TWO}"),
    # Links to other stories, in all their extents.
    ("readmore", "readmore", f"{ONE}\n⟦Baca juga:Harga Cabai Naik di Pasar Lembah\n⟧{TWO}"),
    ("readmore", "readmore", f"{ONE}\n⟦Baca juga : Harga Cabai Naik di Pasar Lembah\n⟧{TWO}"),
    ("readmore", "readmore", f"{ONE}\n⟦Baca juga:\nHarga Cabai Naik di Pasar Lembah\n⟧{TWO}"),
    ("readmore", "readmore", f"{ONE}\n⟦Lihat Juga :\nHarga Cabai Naik, Pedagang Mengeluh!\n⟧{TWO}"),
    ("readmore", "readmore", f"{ONE}\n⟦Baca Ini Juga Deh:Harga Cabai Naik di Pasar Lembah\n⟧{TWO}"),
    ("readmore", "readmore", f"{ONE}\n⟦Baca Juga\nHarga Cabai Naik di Pasar Lembah\nDua Dusun Terisolasi Akibat Longsor\nPetani Cempaka Tanam Padi Lebih Awal\n⟧{TWO}"),
    ("readmore", "readmore", f"{ONE}\n⟦Baca Juga\n⟧{TWO}"),
    ("readmore", "readmore", f"{ONE}\n⟦Baca juga:\n⟧{TWO}"),
    ("readmore", "readmore", f"{ONE} ⟦Baca Juga ⟧{TWO}"),
    ("readmore", "readmore", f"{ONE} ⟦Baca juga: Harga Cabai Naik di Pasar Lembah ⟧Petugas gabungan masih membersihkan lumpur agar anak-anak dapat belajar lagi."),
    ("readmore", "readmore", f"{ONE}\n⟦(Baca juga: Harga Cabai Naik di Pasar Lembah)\n⟧{TWO}"),
    ("readmore", "readmore", f"{ONE}\n⟦Pilihan editor: Di Mana Bupati Saat Tanggul Cempaka Jebol?\n⟧{TWO}"),
    ("readmore", "readmore", f"{ONE} ⟦Baca artikel menarik lainnya:Harga Cabai Naik di Pasar Lembah⟧"),
    ("readmore", "readmore", f"{ONE}\n⟦Artikel menarik lainnya: Harga Cabai Naik di Pasar Lembah\n⟧{TWO}"),
    ("readmore", "readmore", f"{ONE}\n⟦Pilihan Editor:Harga Cabai Naik di Pasar Lembah⟧"),
    # What videos and posts leave behind.
    ("embed", "embed", f'{ONE}\n⟦Simak juga Video "Banjir di Cempaka Surut":\n⟧{TWO}'),
    ("embed", "embed", f"{ONE}\n⟦Lihat juga Video: Banjir di Cempaka Surut\n⟧{TWO}"),
    ("embed", "embed", f"{ONE}\n⟦Tonton juga 'Banjir di Cempaka Surut' di sini:\n⟧{TWO}"),
    ("embed", "embed", f"{ONE}\n⟦https://www.youtube.com/watch?v=contoh\n⟧{TWO}"),
    ("embed", "embed", f"{ONE}\n⟦— Ratna K (@ratnak)June 18, 2025\n⟧{TWO}"),
    # Invitations.
    ("promo", "promo", f"{ONE}\n⟦Ikuti berita terkini dari Warta Nusa di Google News, klik di sini\n⟧{TWO}"),
    ("promo", "promo", f"{ONE} ⟦Follow WhatsApp Channel Warta Nusa untuk update berita terbaru setiap hari.⟧"),
    ("promo", "promo", f"{ONE}\n⟦Mari bergabung di Grup Telegram Warta Nusa, caranya klik link https://t.me/wartanusa, kemudian join.⟧"),
    ("promo", "promo", f"{ONE}\n⟦Cek Berita dan Artikel yang lain di Google News dan WA Channel⟧"),
    # How stories end.
    ("readmore", "readmore", f"{ONE}\n⟦Baca Juga\n  Harga Cabai Naik di Pasar Lembah\n⟧{TWO}"),
    ("promo", "promo", f"{ONE}\n⟦Berita ini juga dapat dibaca melalui Warta.com dan aplikasi Warta untuk\nponsel. Install sekarang!⟧"),
    ("pager", "page", f"{ONE} Motif Belum Diketahui ⟦Halaman Selanjutnya ⟧{TWO}"),
    ("double", "other", f"{ONE} {TWO}\n{THREE}\n⟦{ONE} {TWO}⟧"),
    ("signoff", "signoff", f"{ONE}\n{TWO}\n⟦(Lerengway)\n⟧Video: Persada Pesta Gol"),
    ("signoff", "signoff", f"{ONE}⟦Dinda Larasati dan R. Bagus Prihandoko berkontribusi dalam penulisan artikel ini.⟧"),
    ("signoff", "signoff", f"{ONE}⟦Pewarta: Rusdi HartawanEditor: D.Dj. Larasati⟧"),
    ("signoff", "signoff", f"{ONE.rstrip('.')}⟦Penulis : Rusdi HartawanEditor : Dinda Larasati⟧"),
    ("signoff", "signoff", f"{ONE}⟦ANTARA⟧"),
    ("signoff", "signoff", f"{ONE}⟦REUTERS | WARTA NUSA | RUSDI HARTAWAN\n\xa0\n\xa0\n⟧"),
    ("signoff", "signoff", f"{ONE}⟦M. RUSDI HARTAWAN⟧"),
    ("embed", "embed", f"{ONE}\n{TWO} Simak juga Banjir di Cempaka⟦[Gambas:Video 20detik]⟧"),
    ("pager", "page", f"{ONE}  ⟦*Ke halaman selanjutnya⟧"),
    ("promo", "promo", f"{ONE} Sumber: data Dinas Sosial ⟦Ikuti Whatsapp Channel Wartanusa⟧"),
    ("dateline", "deck dateline", f"⟦Air mulai surut di desa ituJakarta (ANTARA) - ⟧{ONE}"),
    ("signoff", "signoff", f"{ONE} ⟦(akn/ega)⟧"),
    ("signoff", "signoff", f"{ONE}\n⟦(rea/rrd)⟧"),
    ("signoff", "signoff", f"{ONE}\n⟦KCNA WATCH | REUTERS⟧"),
    ("signoff", "signoff", f"{ONE}\n⟦ANTARA⟧"),
    ("signoff", "signoff", f"{ONE}\n⟦Pewarta: Bagus Prihandoko\nEditor: Endah Sulistyorini⟧"),
    ("signoff", "signoff", f"{ONE}\n⟦Reporter: Nisrina Adelia | Editor: Wahyu Baskoro⟧"),
    ("signoff", "signoff", f"{ONE}\n⟦(Penulis: Nisrina Adelia | Editor: Wahyu Baskoro)⟧"),
    ("signoff", "signoff", f"{ONE}⟦Pewarta: Bagus PrihandokoEditor: Endah Sulistyorini⟧"),
    ("signoff", "signoff", f"{ONE}\n⟦Hanin Marwah dan Yuda Pratama berkontribusi dalam penulisan artikel ini.⟧"),
    ("closing", "signoff", f"{ONE} ⟦(*)⟧"),
    ("signoff", "signoff", f"{ONE}\n⟦- Bernama⟧"),
    ("closing", "signoff", f"{ONE} ⟦(Rusdi)⟧"),
    ("closing", "signoff", f"{ONE} ⟦(ANTARA)⟧"),
    ("closing", "signoff", f"{ONE[:-1]} ⟦(Harianlereng.com/Rina)⟧"),
    ("signoff", "signoff", f"{ONE[:-1]} ⟦Kontributor Rina Hapsari⟧"),
    ("closing", "signoff", f"{ONE} ⟦(ren)⟧"),
    ("closing", "signoff", f"{ONE} ⟦(H-2)⟧"),
    ("closing", "signoff", f"{ONE} ⟦[]⟧"),
    ("closing", "legal", f"{ONE} ⟦COPYRIGHT © ANTARA 2020⟧"),
    # Datelines.
    ("dateline", "dateline", f"⟦TEMPO.CO, Jakarta - ⟧{ONE}"),
    ("dateline", "dateline", f"⟦SOLO, KOMPAS.com – ⟧{ONE}"),
    ("dateline", "dateline", f"⟦JAKARTA, KOMPAS.com -⟧{ONE}"),
    ("dateline", "dateline", f"⟦Jakarta, CNN Indonesia -- ⟧{ONE}"),
    ("dateline", "dateline", f"⟦Jakarta (ANTARA) - ⟧{ONE}"),
    ("dateline", "dateline", f"⟦Liputan6.com, Jakarta ⟧{ONE}"),
    ("dateline", "dateline", f"⟦Liputan6.com, Jakarta⟧{ONE}"),
    ("dateline", "dateline", f"⟦Bandung - ⟧{ONE}"),
    # Photos.
    ("caption", "caption credit", f"⟦Warga memanen cabai di Desa Cempaka, Senin (3/3/2025). (ANTARA FOTO/Rudi Hartawan)\n⟧{ONE}\n{TWO}"),
    ("caption", "caption credit", f"⟦KOMPAS.com/ADITYO RAHMANWarga memanen cabai di Desa Cempaka, Senin (3/3/2025).\n⟧{ONE}\n{TWO}"),
    ("caption", "caption credit", f"⟦Warga memanen cabai di Desa Cempaka Foto: (Ridwan Arifin/detikOto)\n⟧{ONE}\n{TWO}"),
    ("caption", "caption credit", f"⟦Warga memanen cabai di Desa Cempaka. (Foto: Vania/Okezone)\n⟧{ONE}\n{TWO}"),
    # Second copies.
    ("double", "other", f"{ONE}\n{TWO}\n⟦{ONE}\n{TWO}⟧"),
    # By place.
    ("tail", "related", f"{ONE}\n{TWO}\n{THREE}\n⟦{OTHERS}⟧"),
    ("pager", "page", f"{ONE}\n⟦1\n2\n3\n⟧{TWO}"),
]

LEAVES_ALONE: list[tuple[str, str]] = [
    ("residue", "Pemerintah [pusat] menambah anggaran; harga (rata-rata) naik = inflasi, menurut b'Kreatif'."),
    ("residue", "Fungsi f(x) = {x} dipakai guru itu; siswa paham."),
    ("readmore", f"{ONE} Sebelum tidur, baca juga doa berikut bersama anak-anak."),
    ("readmore", "Terlihat juga genangan air di beberapa ruas jalan menuju pelabuhan itu."),
    ("readmore", "Simak juga petualangan Jiang Xu di episode berikutnya yang tayang pada hari Minggu."),
    ("readmore", "Simak penjelasannya berikut ini."),
    ("readmore", "Artikel menarik lainnya ditulis oleh guru itu."),
    ("readmore", "Baca ini juga penting bagi siswa, kata guru itu."),
    ("readmore", "Berita terkait kasus itu sempat viral di media sosial."),
    ("readmore", "Ia meminta pilihan editor dihormati, termasuk saat memilih berita utama."),
    ("comments", f"{ONE}\nRatna Kusumaningrum berkata:\n{QUOTE}\n{TWO}"),
    ("embed", "Saksikan pohon sakura yang bermekaran di taman kota sepanjang bulan April."),
    ("embed", "Dalam video tersebut, warga terlihat tenang dan saling membantu."),
    ("embed", "Saksikan terus sinetron Luka Cinta di SCTV setiap malam pukul 19.00 WIB."),
    ("promo", "Ikuti langkah-langkah berikut untuk memperpanjang SIM secara daring."),
    ("promo", "WhatsApp menambah fitur saluran baru bagi pengguna di Indonesia, kata juru bicara perusahaan itu."),
    ("promo", "Dapatkan potongan harga 20 persen untuk pembelian beras di pasar murah itu, ujar Ratna."),
    ("promo", "Google News disebut sebagai sumber rujukan oleh 12 persen responden."),
    ("promo", QUOTE),
    ("signoff", f"{ONE} Editor buku itu, Ratna Kusumaningrum, menolak berkomentar."),
    ("comments", f"{ONE}\nBalas budi itu ia tunaikan, kata Rina."),
    ("comments", f"{ONE}\nBalas komentar itu dengan santun, pesan guru."),
    ("signoff", f"{ONE} Alamatnya contoh.id/daftareditor: Ratna."),
    ("signoff", f"{ONE} Anggaran dasar dan anggaran rumah tangga (AD/ART) partai itu diubah."),
    ("signoff", f"Editor: Wahyu Baskoro\n{ONE}"),
    ("signoff", f"{ONE}\nMenurut KCNA WATCH, peluncuran itu gagal karena cuaca buruk di laut."),
    ("signoff", f"{ONE} Lulusan SMA/SMK sederajat (SMA/SMK) dapat melamar."),
    ("signoff", f"{ONE}\n- Bernama itu baik, kata kakek.\n{TWO}"),
    ("closing", f"{ONE} Inflasi Februari tercatat 2,1 persen (yoy)"),
    ("closing", f"{ONE} Surat itu diteken oleh Mayjen Suryadi (purn)"),
    ("closing", f"{ONE} (Rusdi) {TWO}"),
    ("closing", f"{ONE} Kapal itu milik Persero (PELNI)"),
    ("closing", f"{ONE} Alamatnya tertulis di pintu (harianlereng.com/berita)"),
    ("signoff", f"{ONE} Tulisan itu dikirim Kontributor Rina kepada redaksi."),
    ("closing", f"{ONE} Laporan itu dibuat bersama Komisi Pemilihan Umum (KPU)"),
    ("dateline", "Jakarta kembali macet pada Senin pagi setelah hujan deras semalam."),
    ("dateline", "ANTARA pelbagai bangunan lama, rumah itu paling terkenal."),
    ("dateline", ONE),
    ("dateline", f"{ONE}\nData dan Fakta\n- Kedua tim sudah lima kali bertemu sejak liga ini bergulir."),
    ("caption", f"{ONE}\n{QUOTE}\n{TWO}"),
    ("caption", f"Dokumen dakwaan setebal 90 halaman itu dibacakan jaksa di depan majelis hakim.\n{ONE}\n{TWO}"),
    ("caption", f"{ONE}\nGubernur Daerah Istimewa Yogyakarta meminta warga tetap tenang (foto bareng dilarang).\n{TWO}"),
    ("caption", f"{ONE}\nAFP melaporkan bahwa gempa itu terasa sampai ke ibu kota negara tetangga.\n{TWO}"),
    ("double", f"{ONE}\nTidak.\n{TWO}\nTidak.\n{THREE}"),
    ("double", f"{ONE}\n{TWO}\n{THREE}"),
    ("double", f"Pengumuman di Sukamaju berbunyi:\n{ONE} {TWO}\nPengumuman di Karangasri berbunyi:\n{ONE} {TWO}"),
    ("tail", f"{ONE}\nBerikut daftarnya:\n1. Cabai\n2. Bawang\n3. Telur"),
    ("tail", f"{ONE}\n{TWO}\n{THREE}"),
    ("tail", f"{ONE}\n{TWO}\nRekor Pertemuan Persada vs Garuda Muda" + "\n12-11-2023 Garuda Muda vs Persada 0-2" * 7),
    ("tail", f"{ONE}\n{TWO}\nJawaban\n1. Dampaknya ada beberapa macam."),
    ("head", f"{ONE}\n{TWO}\n{THREE}"),
    ("head", f"Banjir Surut\n{ONE}\n{TWO}"),
    ("menu", f"Ukuran huruf\n{ONE}\n{TWO}"),
    ("related", f"{ONE}\nHarga Cabai Naik di Pasar Lembah\n{TWO}"),
    ("related", f"{ONE}\n• Bumi Lestari\n• PT Tirta Kencana Mulia Sentosa Abadi Tbk\n{TWO}"),
    ("related", f"{ONE}\n1. Harga Cabai Naik di Pasar Lembah\n{TWO}"),
    ("pager", f"{ONE}\n7\n8\n12\n{TWO}"),
    ("native", "Lemak perut berkurang bila Anda berjalan kaki 30 menit sehari, kata dokter itu."),
]


def claimed(name: str, text: str) -> tuple[str, set[str]]:
    """The text with what the filter claims between ⟦ and ⟧, and the labels that it claims."""
    page = Page(text)
    spans = settle(page, FILTERS[name](page)).spans
    marked = "".join(f"⟦{span.text}⟧" if span.label else span.text for span in spans)
    return marked.replace("⟧⟦", ""), {span.label for span in spans if span.label}


def shown(name: str, text: str) -> str:
    """How a case is shown in a report."""
    return f"{name}: {' '.join(re.sub(f'{ONE}|{TWO}|{THREE}', '…', text).split())}"


@pytest.mark.parametrize(("name", "labels", "marked"), [pytest.param(*case, id=shown(case[0], case[2])) for case in CLAIMS])
def test_the_filter_claims(name: str, labels: str, marked: str) -> None:
    assert claimed(name, re.sub("[⟦⟧]", "", marked)) == (marked, set(labels.split()))


@pytest.mark.parametrize(("name", "text"), [pytest.param(*case, id=shown(*case)) for case in LEAVES_ALONE])
def test_the_filter_leaves_alone(name: str, text: str) -> None:
    assert claimed(name, text) == (text, set())


def test_every_filter_has_a_case_that_it_leaves_alone() -> None:
    # The rules bring near misses of their own, and the story has traps, laws and the corpus.
    assert {name for name, _ in LEAVES_ALONE} | {"rules", "story"} == set(FILTERS)


# ── filters that look at what was settled before ────────────────────────────────────────────────────────────────────


def test_head_claims_title_date_and_byline_and_the_menus_above_them() -> None:
    text = f"Beranda\nNasional\nDaerah\nBanjir Surut, Warga Mengungsi Kembali ke Rumah\nRatna Kusumaningrum - Warta Nusa\nSenin, 3 Maret 2025 10:00 WIB\n{ONE}\n{TWO}"
    article = clean(text)
    assert article.title == "Banjir Surut, Warga Mengungsi Kembali ke Rumah"
    assert article.date == "Senin, 3 Maret 2025 10:00 WIB"
    assert article.paragraphs == [ONE, TWO]
    assert {span.label for span in article.spans if span.text.strip() in ("Beranda", "Nasional", "Daerah")} <= {"nav", "kicker"}


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("07 Februari 2017 11:12:50 Diperbarui: 07 Februari 2017 11:26:33 Dibaca : Komentar : Nilai : Durasi", "07 Februari 2017 11:12:50"),
        ("Februari\n07\n/ 2017\n11:58 WIB", "Februari 07 / 2017 11:58 WIB"),
    ],
)
def test_head_finds_the_date_beside_counters_and_over_the_lines_of_a_calendar(line: str, date: str) -> None:
    article = clean(f"Beranda\nNasional\nBanjir Surut, Warga Mengungsi Kembali ke Rumah\n{line}\nSOLO - {ONE}\n{TWO}")
    assert (article.title, article.date) == ("Banjir Surut, Warga Mengungsi Kembali ke Rumah", date)


def test_tags_without_a_heading_stand_behind_the_story_of_a_page_that_shows_its_date() -> None:
    script = "googletag.cmd.push(function() { googletag.display('papan'); });"
    article = clean(f"Banjir Surut di Desa Cempaka\nSenin, 3 Maret 2025 | 10:00 WIB\nSOLO - {ONE}\n{TWO}\n\nBencana AlamKabupaten Cempaka\n\n{script}")
    assert article.paragraphs == [f"SOLO - {ONE}", TWO]
    assert ("tags", "Bencana AlamKabupaten Cempaka") in [(span.label, span.text.strip()) for span in article.removed]


def test_blurbs_that_lead_with_their_own_date_are_not_the_story() -> None:
    blurbs = "\n".join(f"Harga {crop} Naik di Pasar Lembah\nWARTA | Rabu 5 Mar 2025, 07:4{at} WIB {THREE}" for at, crop in enumerate(("Cabai", "Bawang", "Telur", "Beras")))
    text = f"Banjir Surut, Warga Mengungsi Kembali ke Rumah\nSenin, 3 Maret 2025 10:00 WIB\nSOLO - {ONE}\n{TWO}\n{blurbs}"
    assert clean(text).paragraphs == [f"SOLO - {ONE}", TWO]


def test_the_slug_of_a_url_helps_to_tell_the_headline() -> None:
    text = f"Harga Cabai Naik di Pasar Lembah\nBanjir Surut di Desa Cempaka\nSenin, 3 Maret 2025 10:00 WIB\n{THREE}\n{TWO}"
    assert clean(text, url="https://contoh.id/read/1/harga-cabai-naik-di-pasar-lembah").title == "Harga Cabai Naik di Pasar Lembah"
    assert clean(text, url="https://contoh.id/read/2/banjir-surut-di-desa-cempaka").title == "Banjir Surut di Desa Cempaka"


@pytest.mark.parametrize(
    ("head", "given", "title"),
    [
        ("Kabar Baik dari Lereng\n", "Kabar baik  dari lereng", "Kabar Baik dari Lereng"),
        ('Kata Marto "Air Surut"\n', "Kata Marto “Air Surut”", 'Kata Marto "Air Surut"'),
        ("Kabar Baik\ndari Lereng\n\n", "Kabar Baik dari Lereng", "Kabar Baik dari Lereng"),
        ("Kabar Baik & Buruk\n", "Kabar Baik &amp; Buruk", "Kabar Baik & Buruk"),
        ("Warga Mengungsi, Air Naik, Jalan Putus.\n", "Warga Mengungsi, Air Naik, Jalan Putus.", "Warga Mengungsi, Air Naik, Jalan Putus."),
        ("Harga Cabai Naik di Pasar Lembah\nKabar Baik dari Lereng\nSenin, 3 Maret 2025 10:00 WIB\n", "Kabar Baik dari Lereng", "Kabar Baik dari Lereng"),
        ("Harga Cabai Naik di Pasar Lembah\nKabar Baik dari Lereng\nSenin, 3 Maret 2025 10:00 WIB\n", "Harga Cabai Naik di Pasar Lembah", "Harga Cabai Naik di Pasar Lembah"),
        ("Air\n", "Air", "Air"),
    ],
)
def test_the_lines_above_the_story_that_say_the_given_title_are_the_title(head: str, given: str, title: str) -> None:
    article = clean(f"{head}{THREE}\n{TWO}", title=given)
    assert (article.title, article.paragraphs) == (title, [THREE, TWO])
    assert [span.why for span in article.spans if span.label == "title"] == ["the headline that was given with the text"]
    assert clean(article.body, title=given).body == article.body


def test_a_given_title_of_which_the_head_has_nothing_changes_nothing() -> None:
    dated = f"Banjir Surut di Desa Cempaka\nSenin, 3 Maret 2025 10:00 WIB\n{THREE}\nAir Surut\n{TWO}"
    for text in (dated, f"{ONE}\n{TWO}", f"{ONE} {TWO}", "Menu\nBeranda\n", ""):
        for given in ("Harga Cabai Naik", "Banjir Surut", "Air Surut", TWO, " ", "“”"):
            assert clean(text, title=given) == clean(text)


def test_a_short_text_below_its_given_title_is_the_story() -> None:
    assert clean("Banjir Surut di Hulu\nAir surut.", title="Banjir Surut di Hulu").body == "Air surut."


def test_menu_claims_what_is_left_between_the_head_and_the_story() -> None:
    article = clean(f"Banjir Surut di Desa Cempaka\nSenin, 3 Maret 2025 10:00 WIB\nUkuran huruf\nSOLO - {ONE}\n{TWO}")
    assert [(span.label, span.text) for span in article.removed] == [("nav", "Ukuran huruf\n")]


def test_related_claims_the_headlines_below_a_heading() -> None:
    article = clean(f"{ONE}\nBerita Rekomendasi\nHarga Cabai Naik di Pasar Lembah\nDua Dusun Terisolasi Akibat Longsor\n{TWO}")
    assert article.paragraphs == [ONE, TWO]
    assert {span.label for span in article.removed} == {"related"}


def test_the_photo_of_a_page_stands_between_its_head_and_its_story() -> None:
    photo = "Warga memanen cabai di Desa Cempaka, 25 April 2019. Rudi Hartawan/Pool via REUTERS"
    article = clean(f"Banjir Surut di Desa Cempaka\n\nSenin, 3 Maret 2025 10:00 WIB\n\n{photo}\n\nTEMPO.CO, Jakarta - {ONE}\n\n{TWO}")
    assert article.captions == [("Warga memanen cabai di Desa Cempaka, 25 April 2019.", "Rudi Hartawan/Pool via REUTERS")]
    assert article.paragraphs == [f"TEMPO.CO, Jakarta - {ONE}", TWO]


def test_nothing_is_cut_from_an_inline_marker_to_the_end() -> None:
    markers = ["Baca juga: Harga Cabai Naik di Pasar Lembah", "Halaman Selanjutnya", "Advertisement", "[Gambas:Video 20detik]", "Simak berita selengkapnya di halaman selanjutnya."]
    for marker in markers:
        assert clean(f"{ONE}\n{marker}\n{TWO}\n{THREE}").paragraphs == [ONE, TWO, THREE], marker


@pytest.mark.parametrize(
    ("headline", "rest"),
    [
        ("Harga Cabai Naik di Pasar Lembah", " Menurut Suryadi, pasokan berkurang sejak pekan lalu karena hujan."),
        ("Harga Cabai Naik di Pasar Lembah", "Pedagang mengatakan pasokan berkurang sejak pekan lalu karena hujan."),
        ("Tiga Mobil Bertabrakan di Blok M", "Warga mengatakan hujan turun sejak pagi dan jalan menjadi licin."),
        ("Kenapa Harga Cabai Naik?", " Menurut Suryadi, pasokan berkurang sejak pekan lalu karena hujan."),
        ("Harga Cabai Naik di Pasar ...", "Pedagang mengatakan pasokan berkurang sejak pekan lalu."),
        ("Harga cabai naik di pasar Lembah", " Menurut Suryadi, pasokan berkurang sejak pekan lalu karena hujan."),
        ("Harga Cabai Naik di Pasar Lembah", " “Pasokan berkurang sejak pekan lalu,” kata Suryadi."),
    ],
)
def test_a_headline_ends_where_the_story_goes_on(headline: str, rest: str) -> None:
    text = f"Baca juga: {headline}{rest}"
    start = text.index(headline)
    assert text[start : cut(text, start, len(text), text)] == headline


@pytest.mark.parametrize("text", ["Harga Cabai Naik di Pasar Lembah Menurut Suryadi", "harga cabai naik menurut suryadi"])
def test_the_ends_of_a_headline_are_in_order_and_the_cut_is_the_first_of_the_best(text: str) -> None:
    found = ends(f"  {text}  ", 2, len(text) + 2)
    assert list(found) == sorted(found)
    assert min(found.values()) == 0
    assert all(text[place - 3] == " " and text[place - 2] != " " for place in found)
    first = next(place for place, worse in found.items() if worse < CLOSE)
    assert cut(f"  {text}  ", 2, len(text) + 2) == first - 1


def test_a_word_alone_is_the_whole_headline() -> None:
    assert ends("Banjir", 0, 6) == {}
    assert cut("Banjir", 0, 6) == 6


def test_the_dateline_stays_in_the_body_unless_strip_dateline_runs() -> None:
    text = f"TEMPO.CO, Jakarta - {ONE}\n\n{TWO}"
    assert clean(text).paragraphs == [f"TEMPO.CO, Jakarta - {ONE}", TWO]
    article = default().before("dateline", strip_dateline)(text)
    assert article.paragraphs == [ONE, TWO]
    assert article.dateline == "TEMPO.CO, Jakarta -"
    assert "strip_dateline" not in default().names
    assert cleaner.strip_dateline is strip_dateline


# ── the list of filters ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__"))
def test_a_filter_is_one_function_in_a_file_of_its_name_with_a_doctest(name: str) -> None:
    filter = getattr(importlib.import_module(f"cleaner.filters.{name}"), name)
    assert filter in [entry.filter for entry in ORDER[:-1]] or filter is strip_dateline
    assert filter.__name__ == name
    assert filter.__doc__.startswith("Claim ")
    assert doctest.DocTestFinder().find(filter, name)[0].examples


def test_a_filter_does_not_change_the_page_and_claims_only_what_is_there() -> None:
    page = Page(f"{ONE}\n\nBaca juga: Harga Cabai Naik di Pasar Lembah\n\n{TWO}\n\n(akn/ega)")
    before = page.spans
    for filter in ORDER:
        claims = list(filter(page))
        assert page.spans is before
        assert all(isinstance(claim, Claim) and 0 <= claim.start < claim.end <= len(page.text) and claim.rule and claim.why for claim in claims)


def test_the_rules_are_one_of_the_filters() -> None:
    assert [name for name, filter in FILTERS.items() if isinstance(getattr(filter, "filter", None), Rules)] == ["rules"]
    assert len(FILTERS) == len(ORDER)


# ── one sign after the other ────────────────────────────────────────────────────────────────────────────────────────

CLINGING = """(*)|( * )|(**)|(***)|**|****|[]|[ ]|(+)|--|——|___|====|##|■|●|[rs]|[rusd]|(rs)|(Rusd)|(rusdihar)|(rs-1)|(rusd-123)|(H-2)|(H-12)|(rs/b.)|(r2d2s/warta.nusa-1)
(rs/H-2)|(rusdi/H-2)|(Rusdi)|( Rusdi )|(Rusdi B. Hartawan)|(R. Hartawan)|(Warta Nusa/Rusdi Hartawan)|(wartanusa.com / Rusdi)|[warta-nusa/rs]|Next|Halaman|Lanjut"""
BY_THEMSELVES = ("(*)", "(**)", "(***)", "**", "****", "[]", "--")  # what no sentence of a story ends with, even where its full stop is missing
EXPLAINING = """yoy mtm qtq ytd kg ha mdpl purn alm km cm ojol satu dua tiga kiri kanan tengah WIB WITA WIT KPK KPU DPR MK PBB AS TNI PERSADA S-1 D-3 D-IV IX Alm Rp
rusdihart rusd-1234""".split()


@pytest.mark.parametrize("mark", re.split(r"[|\n]", CLINGING))
def test_a_mark_clings_to_the_end_of_a_story_and_to_nothing_before_it(mark: str) -> None:
    assert claimed("closing", f"{ONE} {mark}\n") == (f"{ONE} ⟦{mark}\n⟧", {"signoff"})
    assert claimed("closing", f"{ONE} {mark} Warga pulang.")[1] == set()
    assert claimed("closing", f"{ONE[:-1]} {mark}")[1] == ({"signoff"} if mark in BY_THEMSELVES else set())


@pytest.mark.parametrize("word", EXPLAINING)
def test_a_bracket_that_explains_the_last_word_stays(word: str) -> None:
    assert claimed("closing", f"{ONE} ({word})")[1] == set()


@pytest.mark.parametrize(
    ("life", "kept"),
    [
        ("I enjoy writing and hiking at the same time.", False),
        ("Ia menulis tentang desa dan pertanian untuk koran itu.", True),
    ],
)
def test_a_life_in_english_between_an_invitation_and_who_the_writer_is_is_no_story(life: str, kept: bool) -> None:
    invitation = "Jangan lupa follow channel Telegram Lereng Post untuk berita terkini!"
    note = "Currently working for Lereng Post as a senior writer."
    text = f"{ONE}\n{TWO}\n{invitation}\n{life}\n{note}"
    assert (life in clean(text).paragraphs) == kept


@pytest.mark.parametrize(
    ("labels", "marked"),
    [
        ("signoff", f"{ONE} ** ⟦(ren) [] (*)⟧"),
        ("signoff", f"{ONE}\n⟦(Rusdi)\n\n⟧"),
        ("signoff", f"{ONE}\n⟦***⟧"),
        ("signoff", f"{ONE} ⟦(ren)\n⟧•"),
        ("legal", f"{ONE} (ren) ⟦© 2020 Warta Nusa⟧"),
        ("legal", f"{ONE} ⟦Copyright 2020 Warta Nusa⟧"),
        ("legal", f"{ONE} ⟦COPYRIGHT (c) Warta Nusa⟧"),
        ("", f"{ONE} Copyright Warta Nusa"),
        ("", "Beranda\nNasional\nDaerah (Rusdi) Olahraga"),
        ("", "•\n—"),
    ],
)
def test_closing_takes_three_marks_at_most_and_a_copyright_to_its_end(labels: str, marked: str) -> None:
    assert claimed("closing", re.sub("[⟦⟧]", "", marked)) == (marked, set(labels.split()))


SEVENTY = "Warga masih menunggu bantuan pangan yang dijanjikan pemerintah desa..."


@pytest.mark.parametrize(
    "marked",
    [
        f"{ONE} ⟪Halaman: ⟫⟦1 2 3⟧",
        f"{ONE} ⟪Halaman: ⟫⟦1 2 >⟧",
        f"{ONE} ⟪Halaman: ⟫⟦9 10»⟧",
        f"{ONE} ⟪Halaman: ⟫⟦10 11 12⟧",
        f"{ONE} ⟪Halaman: ⟫⟦1 2Next⟧",
        f"{ONE} ⟪Halaman: ⟫1 2 ya",
        f"{ONE} ⟪Halaman: ⟫100 200",
        f"{ONE}\n⟪Berikutnya\n⟫1 2 3\n{TWO}",
        f"{ONE}\n⟪Berikutnya\n⟫⟦{SEVENTY}\n⟧{TWO}",
        f"{ONE}\n⟪Berikutnya\n⟫a{SEVENTY}\n{TWO}",
        f"{ONE}\n⟪Berikutnya\n⟫⟦Petugas menunggu…\n⟧{TWO}",
        f"{ONE}\n⟪Berikutnya\n⟫Petugas menunggu\n{TWO}",
        f"{ONE}\n⟪Berikutnya\n⟫⟦Petugas menunggu...\n⟧Warga menunggu...\n{TWO}",
        f"{ONE}\n⟪Berikutnya\n⟫⟦2\n⟧{TWO}",
        f"{ONE}\n⟪Berikutnya\n⟫⟦12\n13\n⟧{TWO}",
        f"{ONE}\n⟪Berikutnya\n⟫123\n{TWO}",
        f"⟪Berikutnya\n⟫⟦2\n⟧{TWO}",
        f"Petugas menunggu...\n{TWO}\n⟪Berikutnya⟫",
        f"{ONE}\nPetugas menunggu...\n{TWO}",
        f"{ONE}\n5 warga menunggu...\n{TWO}",
        f"{ONE}\n⟦1\n2\n⟧{TWO}",
        f"{ONE}\n1\n{TWO}",
        f"{ONE}\n2\n3\n{TWO}",
        f"{ONE}\n1\n2\n4\n{TWO}",
        f"{ONE} Motif Belum Diketahui ⟦Halaman Berikutnya⟧",
        f"{ONE} ⟦Ke halaman berikutnya »⟧",
        f"{ONE} Data di Halaman Berikutnya memuat harga cabai.",
        f"{ONE} Halaman Selanjutnya {TWO}",
        f"Ke halaman selanjutnya ia menulis surat. {ONE}",
    ],
)
def test_pager_looks_at_the_marker_of_a_page_that_was_settled_before(marked: str) -> None:
    """The marker stands between ⟪ and ⟫."""
    bare = re.sub("[⟦⟧]", "", marked)
    marker = [Claim(bare.index("⟪"), bare.index("⟫") - 1, "page", "marker")] if "⟪" in bare else []
    page = settle(Page(re.sub("[⟪⟫]", "", bare)), marker)
    spans = settle(page, FILTERS["pager"](page)).spans
    brackets = {"": "{}", "marker": "⟪{}⟫", "pager": "⟦{}⟧"}
    assert "".join(brackets[span.rule].format(span.text) for span in spans).replace("⟧⟦", "") == marked
    assert {span.label for span in spans} <= {"", "page"}


@pytest.mark.parametrize(
    ("name", "labels", "marked"),
    [
        ("residue", "other", f"⟦b'⟧{ONE}"),
        ("residue", "other", f"⟦['⟧{ONE}⟦']⟧"),
        ("residue", "other", f"{ONE}\n⟦function tutup(papan) {{ if (papan) {{ papan.hide(); }} }}\n⟧{TWO}"),
        ("residue", "other", f"{ONE}\n⟦function tutup(papan) {{ ⟧papan.hide();\n{TWO}"),
        ("embed", "embed", f'{ONE}⟦ Simak video "Banjir di Cempaka Surut":⟧'),
        ("embed", "embed", f"{ONE}⟦ Lihat Video 'Banjir di Cempaka Surut' ⟧{TWO}"),
        ("embed", "embed", f"{ONE}\n⟦Air surut di kampung kami pic.twitter.com/contoh\n— Ratna K (@ratnak) June 18, 2025\n⟧{TWO}"),
        ("embed", "embed", f"{ONE}\n⟦Air surut di kampung kami\npic.twitter.com/contoh\n⟧{TWO}"),
        ("embed", "embed", f"{ONE}\nRatna menulis:\n⟦— Ratna K (@ratnak) June 18, 2025\n⟧{TWO}"),
        ("embed", "embed", f"{ONE}\n⟦Air surut!\n- Ratna K (@ratnak) 18 Juni 2025\n- Tono S (@tonos) 19 Juni 2025\n⟧{TWO}"),
        ("dateline", "dateline", f"⟦- ⟧{ONE}"),
        ("dateline", "dateline", f"⟦-\n⟧{ONE}"),
        ("dateline", "caption credit dateline", f"⟦Warga memanen cabai di Cempaka. (ANTARA FOTO/Rudi Hartawan) SOLO, KOMPAS.com - ⟧{ONE}"),
        ("dateline", "deck caption credit dateline", f"⟦Air surut. Warga memanen cabai di Cempaka. (ANTARA FOTO/Rudi Hartawan) SOLO, KOMPAS.com - ⟧{ONE}"),
        ("caption", "caption credit", f"⟦(Warga memanen cabai di Desa Cempaka. Foto: Rudi Hartawan)\n⟧{ONE}\n{TWO}"),
        ("caption", "caption credit", f"{ONE} ⟦Warga memanen cabai di Desa Cempaka. (ANTARA FOTO/Rudi Hartawan) ⟧{TWO}"),
        ("caption", "caption credit", f"{ONE} ⟦Warga memanen cabai di Desa Cempaka. Foto: Rudi Hartawan/detikcom ⟧{TWO}"),
        ("promo", "promo", f"{ONE} ⟦Ikuti berita Warta Nusa di Google News⟧Petugas masih membersihkan lumpur di sekolah.\n{TWO}"),
        ("promo", "promo", f"{ONE} ⟦(Ikuti berita terkini dari Warta Nusa di Google News, klik di sini)⟧"),
        ("promo", "promo", f"{ONE}\n⟦Ikuti kanal WhatsApp Warta Nusa untuk berita terbaru. Klik di sini.\nKlik di sini.\nInstall sekarang!\n⟧{TWO}"),
        ("readmore", "readmore", f"{ONE}\n⟦BACA JUGA\nHarga Cabai Naik di Pasar Lembah\n⟧{TWO}"),
        ("readmore", "", f"{ONE}\nBaca juga cerita warga yang mengungsi di Cempaka.\n{TWO}"),
    ],
)
def test_the_rarer_forms_come_under_their_labels_too(name: str, labels: str, marked: str) -> None:
    assert claimed(name, re.sub("[⟦⟧]", "", marked)) == (marked, set(labels.split()))


def test_a_cure_that_is_praised_twice_in_a_row_behind_a_link_is_an_advertisement() -> None:
    cure = "Lemak Perut Hilang! "
    page = settle(Page(f"Baca juga: Banjir Surut {cure}{cure}Warga mulai pulang."), [Claim(0, 23, "readmore")])
    assert [(span.text, span.label) for span in settle(page, FILTERS["native"](page)).spans[1:]] == [(cure * 2, "ad"), ("Warga mulai pulang.", "")]


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Warga memanen cabai di Desa Cempaka ", "| KOMPAS.COM/RUDI HARTAWAN\n"),
        ("Ilustrasi banjir ", "(Suparno)\n"),
        ("Warga memanen cabai di Desa Cempaka\n", "Foto: Rudi Hartawan\n"),
        ("Warga memanen cabai di Desa Cempaka. ", "Foto: Rudi Hartawan\n"),
    ],
)
def test_between_head_and_story_a_weak_sign_makes_a_credit(caption: str, credit: str) -> None:
    article = clean(f"Banjir Surut di Desa Cempaka\nSenin, 3 Maret 2025 10:00 WIB\n{caption}{credit}SOLO - {ONE}\n{TWO}")
    assert [(span.label, span.text) for span in article.spans[2:4]] == [("caption", caption), ("credit", credit)]
    assert article.paragraphs == [f"SOLO - {ONE}", TWO]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Ratna Kusumaningrum/Warta Nusa\nWarga memanen cabai di Desa Cempaka", "credit caption"),
        ("Perbesar\nWarga memanen cabai", "nav caption"),
        ("Oleh Ratna Kusumaningrum\nSenin, 3 Maret 2025 12:00 WIB", "byline date"),
        ("Banjir Surut di Desa Cempaka", "nav"),
    ],
)
def test_what_stands_between_head_and_story_has_its_label_line_by_line(line: str, label: str) -> None:
    article = clean(f"Banjir Surut di Desa Cempaka\nSenin, 3 Maret 2025 10:00 WIB\n{line}\nSOLO - {ONE}\n{TWO}")
    assert [span.label for span in article.spans] == ["title", "date", *label.split(), "dateline", "body", "body"]


GLUED_HEAD = "Banjir di Desa Cempaka Surut |Ratna Kusumaningrum - detikNews |Rabu, 18 Okt 2017 12:26 WIB |"


@pytest.mark.parametrize(
    ("head", "labels"),
    [
        ("Banjir Surut di Desa Cempaka |Rabu, 18 Okt 2017 12:26 WIB |Ratna Kusumaningrum |", "title date nav"),
        (GLUED_HEAD, "title byline date"),
        (f"{GLUED_HEAD}Warga memanen cabai. |(ANTARA FOTO/Rudi Hartawan) |", "title byline date caption credit"),
        (f"{GLUED_HEAD}Air surut. |Warga memanen cabai. |(ANTARA FOTO/Rudi Hartawan) |", "title byline date deck caption credit"),
    ],
)
def test_a_head_that_lost_its_lines_falls_into_its_parts(head: str, labels: str) -> None:
    article = clean(f"{head.replace('|', '')}Jakarta - {ONE} {TWO}")
    assert [(span.text, span.label) for span in article.spans] == [
        *zip(head.split("|")[:-1], labels.split(), strict=True),
        ("Jakarta - ", "dateline"),
        (f"{ONE} {TWO}", "body"),
    ]


def test_a_paragraph_above_the_headline_is_of_another_story() -> None:
    article = clean(f"Beranda\nNasional\n{THREE}\nBanjir Surut di Desa Cempaka Setelah Tiga Hari\nSenin, 3 Maret 2025 10:00 WIB\nSOLO - {ONE}\n{TWO}")
    assert [span.label for span in article.spans] == ["nav", "nav", "related", "title", "date", "dateline", "body", "body"]


def test_a_cure_may_be_all_that_stands_behind_a_link() -> None:
    page = settle(Page("Baca juga: Banjir Surut Lemak Perut Hilang dalam 5 Hari! Tanpa diet!"), [Claim(0, 23, "readmore")])
    assert [(span.text, span.label) for span in settle(page, FILTERS["native"](page)).spans[1:]] == [("Lemak Perut Hilang dalam 5 Hari! Tanpa diet!", "ad")]


def test_strip_dateline_leaves_the_photo_before_the_dateline_what_it_is() -> None:
    text = f"Warga memanen cabai di Cempaka. (ANTARA FOTO/Rudi Hartawan) SOLO, KOMPAS.com - {ONE}"
    article = Pipeline((strip_dateline,))(text)
    assert [span.label for span in article.spans] == ["caption", "credit", "dateline", "body"]
    assert (article.caption, article.dateline, article.body) == ("Warga memanen cabai di Cempaka.", "SOLO, KOMPAS.com -", ONE)


def test_a_post_ends_where_something_else_was_settled_above_it() -> None:
    text = f"{ONE}\nAir surut!\nIklan\n— Ratna K (@ratnak) June 18, 2025\n"
    page = settle(Page(text), [Claim(text.index("Iklan"), text.index("—"), "ad")])
    assert [claim.start for claim in FILTERS["embed"](page)] == [text.index("—")]
