"""The page that the project started from: a page of text in, its story and its caption out."""

import re
import textwrap
from pathlib import Path

import pytest

from cleaner import Article, clean

SEED = (Path(__file__).parent.parent / "seeds" / "tempo-putin-kim.txt").read_text("utf-8")

TITLE = "Vladimir Putin dan Kim Jong Un Janji akan Mempererat Kerja Sama"
DATE = "Jumat, 16 Agustus 2024 11:55 WIB"
DATELINE = "TEMPO.CO, Jakarta -"
CAPTION = "Presiden Rusia Vladimir Putin dan pemimpin Korea Utara Kim Jong Un berfoto saat pertemuan mereka di Vladivostok, Rusia, 25 April 2019."
CREDIT = "Alexander Zemlianichenko/Pool via REUTERS"
PARAGRAPHS = SEED.split("\n\n")[3:11]
BLOCK = SEED[SEED.index("Berita terkait") :]

WITHOUT_BLANK_LINES = re.sub(r"\n\n+", "\n", SEED)
WRAPPED = "\n\n".join("\n".join(textwrap.fill(line, 80) for line in paragraph.split("\n")) for paragraph in SEED.split("\n\n"))
VARIANTS = {
    "as it is": SEED,
    "without blank lines": WITHOUT_BLANK_LINES,
    "with CRLF": SEED.replace("\n", "\r\n"),
    "with a BOM": "\ufeff" + SEED,
    "with everything at once": "\ufeff" + WITHOUT_BLANK_LINES.replace("\n", "\r\n"),
    "wrapped at 80 columns": WRAPPED,
}


@pytest.fixture(params=VARIANTS)
def article(request: pytest.FixtureRequest) -> Article:
    """The seed page, cleaned, in one of its variants."""
    return clean(VARIANTS[request.param])


def folded(text: str) -> str:
    """A text without white space: wrapping puts some behind the hyphen of a word."""
    return "".join(text.split())


def removed(article: Article, label: str) -> str:
    """All that was set aside under a label."""
    return folded("".join(span.text for span in article.removed if span.label == label))


def test_the_eight_paragraphs_are_the_body_nothing_before_nothing_after(article: Article) -> None:
    assert [folded(paragraph) for paragraph in article.paragraphs] == [folded(paragraph) for paragraph in PARAGRAPHS]


def test_the_body_is_printed_to_the_letter() -> None:
    assert len(PARAGRAPHS) == 8
    assert PARAGRAPHS[0].startswith(f"{DATELINE} Pemimpin Korea Utara Kim Jong Un menegaskan")
    assert PARAGRAPHS[-1].endswith("ekonomi dan militer lainnya dari Moskow.")
    for name, text in VARIANTS.items():
        if name != "wrapped at 80 columns":
            assert clean(text).body == "\n\n".join(PARAGRAPHS), name


def test_a_paragraph_wrapped_over_lines_does_not_fall_apart() -> None:
    whole = "\n\n".join(textwrap.fill(line, 80, break_on_hyphens=False) for line in SEED.split("\n\n"))
    assert clean(whole).body == "\n\n".join(PARAGRAPHS)


def test_the_head_of_the_page_is_given_part_by_part(article: Article) -> None:
    assert (article.title, article.date, article.dateline, article.byline) == (TITLE, DATE, DATELINE, "")


def test_the_caption_is_given_without_its_credit(article: Article) -> None:
    assert (article.caption, article.credit) == (CAPTION, CREDIT)
    assert article.captions == [(CAPTION, CREDIT)]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("signoff", "KCNA WATCH | REUTERS"),
        ("readmore", "Pilihan editor: Dipastikan Tidak Hadir di Upacara HUT RI ke-79 di IKN, di Mana Megawati dan SBY?"),
        ("ad", "Advertising Advertising"),
        ("promo", "Ikuti berita terkini dari Tempo.co di Google News, klik di sini"),
        ("related", BLOCK),
    ],
)
def test_the_furniture_is_removed_under_its_label(article: Article, label: str, text: str) -> None:
    assert removed(article, label) == folded(text)


def test_the_block_of_related_stories_has_ten_items() -> None:
    assert BLOCK.count("Baca Selengkapnya") == 10
    assert removed(clean(SEED), "related").count("BacaSelengkapnya") == 10


def test_every_span_that_was_set_aside_says_by_which_rule_and_why(article: Article) -> None:
    assert {span.label for span in article.removed} == {"signoff", "readmore", "ad", "promo", "related"}
    assert all(span.rule and span.why for span in article.spans if span.label != "body")


def test_the_page_is_all_there(article: Article) -> None:
    assert "".join(span.text for span in article.spans) == article.text
    assert folded(article.text) == folded(SEED)


def test_the_hints_change_nothing() -> None:
    url = "https://dunia.tempo.co/read/1904313/vladimir-putin-dan-kim-jong-un-janji-akan-mempererat-kerja-sama"
    assert clean(SEED, url=url, publisher="tempo").parts() == clean(SEED).parts()
