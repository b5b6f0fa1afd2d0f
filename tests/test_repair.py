"""Repair mends what was broken, and nothing else."""

import subprocess
import sys

import pytest
from hypothesis import given

import strategies as some
from cleaner import clean
from cleaner.repair import repair


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("â€œSaya hadir,â€\x9d kata dia.", "“Saya hadir,” kata dia."),
        ("Harga naik â€“ lagi", "Harga naik – lagi"),
        ("CafÃ© di ZÃ¼rich", "Café di Zürich"),
        ("Suhu 30Â°C", "Suhu 30°C"),
        ("dan seterusnyaâ€¦", "dan seterusnya…"),
        ("\ufeffIsi berita.", "Isi berita."),
        ("\ufeffCafÃ©", "Café"),
    ],
)
def test_mojibake_and_byte_order_marks_are_mended(broken: str, mended: str) -> None:
    assert repair(broken) == mended
    assert repair(mended) == mended


@pytest.mark.parametrize(
    "text",
    [
        "“Saya hadir,” kata Zoë ‘Oki’ Lestari.",
        "Eﬁsiensi anggaran: ﬂuktuasi ¼ dan ½ ton, 20 °C, 5 µg, 10 €.",
        "ＡＢＣ１２３ ﾃｽﾄ",
        "SÃO PAULO dan ÂNGELA",
        "Baris\r\ndengan\rpenggal\u2028baris\x85lain\x0c",
        "&amp; &nbsp; &lt;b&gt; \x1b[31mmerah\x1b[0m \x00 \ud800",
        "Cafe\u0301 dan Café",
        "زكاة الفطر 仙台 🇮🇩 😀",
    ],
)
def test_repair_leaves_alone_what_is_not_broken(text: str) -> None:
    assert repair(text) == text


@given(some.pages())
def test_repair_leaves_a_page_alone(text: str) -> None:
    assert repair(text) == text


@given(some.pages())
def test_a_page_that_was_decoded_wrongly_comes_out_like_the_right_one(text: str) -> None:
    wrong = text.encode("utf-8").decode("latin-1")
    assert clean(wrong).parts() == clean(text).parts()


def test_beside_mojibake_the_quotes_ligatures_and_widths_stay() -> None:
    assert repair("“Eﬁsien” ＡＢＣ ‘ya’ … â€“ &amp; \x1b[1m") == "“Eﬁsien” ＡＢＣ ‘ya’ … – &amp; \x1b[1m"


def test_a_clean_page_does_not_wait_for_ftfy() -> None:
    program = "import sys, cleaner; cleaner.clean('“Saya hadir,” kata Zoë.'); sys.exit('ftfy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_long_page_is_mended_to_its_end() -> None:
    assert repair("Isi berita biasa saja. " * 60_000 + "â€œAkhir.").endswith("“Akhir.")
