"""Repair mends what was broken, and nothing else."""

import re
import subprocess
import sys
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        "\x1b[31mmerah\x1b[0m \x00 \ud800",
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
    assert repair("“Eﬁsien” ＡＢＣ ‘ya’ … â€“ \x1b[1m") == "“Eﬁsien” ＡＢＣ ‘ya’ … – \x1b[1m"


def test_a_clean_page_does_not_wait_for_ftfy() -> None:
    program = "import sys, cleaner; cleaner.clean('“Saya hadir,” kata Zoë.'); sys.exit('ftfy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_long_page_is_mended_to_its_end() -> None:
    assert repair("Isi berita biasa saja. " * 60_000 + "â€œAkhir.").endswith("“Akhir.")


# ── tags ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scraped", "mended"),
    [
        ("<p>Air surut.</p>", "Air surut."),
        (
            "<p style='margin: 1rem;'>Air surut.</p>\n<p class=\"a\">Warga pulang.</p>",
            "Air surut.\nWarga pulang.",
        ),
        ("<P>Air surut.</P><P>Warga pulang.</P>", "Air surut.\nWarga pulang."),
        ("<div>\n  <p>Air surut.</p>\n\n  <p>Warga pulang.</p>\n</div>", "Air surut.\n\nWarga pulang."),
        ("Air surut.<br>Warga pulang.<br/><br />Hujan reda.", "Air surut.\nWarga pulang.\nHujan reda."),
        ("Air surut. <br>\nWarga pulang.<br>\nHujan reda.<br>", "Air surut. \nWarga pulang.\nHujan reda."),
        (
            '<p>Kata <a href="https://contoh.id/a?b=1">Wati</a>, <b>air</b> surut.</p>',
            "Kata Wati, air surut.",
        ),
        ("<p>A<em>ir</em><span> surut</span>.</p>", "Air surut."),
        ("<ul><li>Beras</li><li>Gula</li></ul>", "Beras\nGula"),
        (
            "<table><tr><td>Solo</td><td>3</td></tr><tr><td>Kudus</td> <td>4</td></tr></table>",
            "Solo 3\nKudus 4",
        ),
        (
            '<figure><img src="a.jpg"><figcaption>Warga di tenda.</figcaption></figure><p>Air surut.</p>',
            "Warga di tenda.\nAir surut.",
        ),
        (
            "<p>Air surut.</p><script>var a = '<b>';</script><style>p { a: b }</style><p>Reda.</p>",
            "Air surut.\nReda.",
        ),
        ('<p>Air surut.</p><iframe src="https://contoh.id"></iframe><p>Reda.</p>', "Air surut.\nReda."),
        ("<!-- wp:paragraph -->\n<p>Air surut.</p>\n<!-- /wp:paragraph -->", "Air surut."),
        ("<p>Air surut.<o:p></o:p></p>", "Air surut."),
        ("&lt;p&gt;Air surut.&lt;/p&gt;&lt;p&gt;Reda.&lt;/p&gt;", "Air surut.\nReda."),
        ("<p>Nilai a < b, kata <3 dan <wati@contoh.id>.</p>", "Nilai a < b, kata <3 dan <wati@contoh.id>."),
        ("<p>Cara memakai HTML: tulis &lt;b&gt;.</p>", "Cara memakai HTML: tulis &lt;b&gt;."),
    ],
)
def test_tags_of_blocks_are_ends_of_lines_and_the_others_vanish(scraped: str, mended: str) -> None:
    assert repair(scraped) == mended
    assert repair(mended) == mended


@pytest.mark.parametrize(
    "text",
    [
        "Nilai a < b dan b > c.",
        "Jika x <y> z, maka selesai.",
        "Aku <3 kamu, dan kamu <3 dia. <3 <3",
        "Tulis ke Wati <wati@contoh.id>, Budi <budi@contoh.id> dan Sari <sari@contoh.id>.",
        "Pakai <b> untuk huruf tebal.",
        "Tulis <b>tebal</b> di situ.",
        "Beri jarak dengan <br> lalu <br> lagi.",
        "Ada tag <p>, <b>, <i>, dan <u>; yang lain menyusul.",
        "Belajar HTML: <p>satu</p>, <b>dua</b>, <i>tiga</i> dan <u>empat</u>.",
        'You may use these tags: <a href="" title=""> <abbr title=""> <b> <blockquote cite=""> <cite> <code>',
        "<BERITA>Air surut.</BERITA>",
        "<LINK LIVE STREAMING>",
        "<p>Air surut.",
    ],
)
def test_signs_and_tags_that_are_meant_stay(text: str) -> None:
    assert repair(text) == text


# ── entities and escapes ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scraped", "mended"),
    [
        (
            "TEMPO.CO, Jakarta -&nbsp;&ldquo;Kami lega,&rdquo; kata&#8217;nya.",
            "TEMPO.CO, Jakarta -\xa0“Kami lega,” kata’nya.",
        ),
        ("Wati &amp; Budi, &quot;ya&quot;, 3 &lt; 4", 'Wati & Budi, "ya", 3 < 4'),
        ("Wati &amp;amp; Budi &amp;nbsp;&amp;#38;quot;", 'Wati & Budi \xa0"'),
        ("&acirc;&euro;&oelig;Kami", "“Kami"),
        (
            r"b'Air surut \xe2\x80\x9csejak\xe2\x80\x9d pagi.\nWarga \'pulang\'.'",
            "Air surut “sejak” pagi.\nWarga 'pulang'.",
        ),
        ("b\"Air surut, kata 'Wati'.\"\n", "Air surut, kata 'Wati'."),
        (r"Air surut,\xc2\xa0kata \xe2\x80\x9cWati\xe2\x80\x9d.", "Air surut,\xa0kata “Wati”."),
        (r"b'\xef\xbb\xbfAir surut.'", "Air surut."),
        (r"Air surut.\nWarga pulang.", "Air surut.\nWarga pulang."),
        (r"Air surut.\n\n\r\nWarga pulang", "Air surut.\nWarga pulang"),
        (
            r"Air surut. \n3D menyusul\nWarga pulang.\niPhone laku",
            "Air surut. \n3D menyusul\nWarga pulang.\niPhone laku",
        ),
    ],
)
def test_entities_and_escapes_are_the_characters_that_they_stand_for(scraped: str, mended: str) -> None:
    assert repair(scraped) == mended
    assert repair(mended) == mended


@pytest.mark.parametrize(
    "text",
    [
        "AT&T; R&D dan Q&A, juga &benar; &; &#; &#x;",
        "https://contoh.id/?a=1&copy=2&b=3",
        "Dalam HTML, &nbsp; adalah spasi dan &amp; adalah &.",
        r"Simpan di C:\new, D:\rekap\nilai dan \\server\nama.",
        r"Tulis \n untuk baris baru.",
        r"Byte \xe2 dan \xff saja, atau \xe2\x28 yang keliru.",
        "b'Air surut, kata Wati.",
        "b'Air' surut, kata 'Wati'",
        "Vitamin b'ya'",
    ],
)
def test_what_only_looks_escaped_stays(text: str) -> None:
    assert repair(text) == text


# ── properties ──────────────────────────────────────────────────────────────────────────────────────────────

PIECES = (
    *(
        "<p>",
        "</p>",
        '<a href="x">',
        "</a>",
        "<br/>",
        "<b>",
        "</b>",
        "<td>",
        "</td>",
        "<!-- a -->",
        "<p",
        "<",
        ">",
    ),
    *(
        "<script>",
        "</script>",
        "&amp;",
        "&lt;",
        "&gt;",
        "&nbsp;",
        "&",
        ";",
        "lt;",
        "#38;",
        "b'",
        "'",
        '"',
        "\\",
        "\\n",
    ),
    *(
        r"\xe2\x80\x9c",
        r"\xc2",
        "\\r\\n",
        " ",
        "\n",
        "\xa0",
        "Air surut.",
        "Warga",
        "baru",
        "p>",
        "HTML",
        "â€œ",
        "\ufeff",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_repair_loses_no_word_of_a_scraped_text(text: str) -> None:
    words = re.findall(
        "Air surut|Warga|HTML", re.sub("<script>.*?</script>|<!--.*?-->|<[^<>]*>", "", text, flags=re.S)
    )
    left = iter(re.findall("Air surut|Warga|HTML", repair(text)))
    assert all(word in left for word in words)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_a_repaired_text_needs_no_repair(text: str) -> None:
    assert repair(repair(text)) == repair(text)


def test_what_was_escaped_over_and_over_is_not_unescaped_for_ever() -> None:
    assert repair("&&&num;108;t;") == "<"
    assert repair("&&&&#110;um;108;t;") == "&lt;"


def test_an_empty_bytes_literal_is_an_empty_text() -> None:
    assert repair("b''") == ""


@given(some.stories(), st.booleans(), st.sampled_from(["", "\n", "\n\n"]))
def test_a_story_in_tags_comes_back_as_it_went_in(story: list[str], escaped: bool, gap: str) -> None:
    markup = gap.join(f'<p class="a">{escape(paragraph)}</p>' for paragraph in story)
    assert clean(escape(markup) if escaped else markup).paragraphs == story


@given(some.pages())
def test_a_page_as_a_bytes_literal_comes_out_like_the_page(text: str) -> None:
    assert repair(repr(text.encode())) == text


@pytest.mark.parametrize(
    ("scraped", "mended"),
    [
        ("Warga pulang ke [rumah mereka](https://contoh.id/a?b=1) tadi.", "Warga pulang ke rumah mereka tadi."),
        ('Warga pulang.\n![Banjir](https://contoh.id/x.jpg "Banjir")\nAir surut.', "Warga pulang.\n\nAir surut."),
        ("[![Banjir](https://contoh.id/x.jpg)](https://contoh.id/b)Air surut.", "Air surut."),
    ],
)
def test_of_a_markdown_link_the_words_stay_and_images_vanish(scraped: str, mended: str) -> None:
    assert repair(scraped) == mended


@pytest.mark.parametrize("text", ["Air surut [arsip](2) itu.", "Air [surut] (https://contoh.id) tadi.", "[arsip] (lihat http://contoh.id)"])
def test_brackets_that_are_no_markdown_link_stay(text: str) -> None:
    assert repair(text) == text
