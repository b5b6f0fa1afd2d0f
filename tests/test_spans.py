"""Spans, claims, and how they are settled."""

import textwrap
from collections.abc import Iterator

import pytest

from cleaner import Claim, FilterError, Page, Pipeline, settle

PROSE = "Warga yang mengungsi sudah kembali ke rumah mereka sejak Senin pagi karena air di desa itu surut lebih cepat daripada yang diperkirakan petugas."


def settled(text: str, *claims: Claim) -> list[tuple[str, str]]:
    """The texts and labels of a page after these claims."""
    return [(span.text, span.label) for span in settle(Page(text), claims).spans]


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("Isi.", ["Isi."]),
        ("Satu\nDua", ["Satu\n", "Dua"]),
        ("Satu\n\n \nDua\n", ["Satu\n\n \n", "Dua\n"]),
        ("\n\nSatu", ["\n\nSatu"]),
        ("Satu\n\t Dua", ["Satu\n", "\t Dua"]),
        ("Satu\r\nDua\r\n", ["Satu\r\n", "Dua\r\n"]),
        (" \n \n", [" \n \n"]),
    ],
)
def test_white_space_belongs_to_the_line_before_it(text: str, lines: list[str]) -> None:
    assert [span.text for span in Page(text).spans] == lines


@pytest.mark.parametrize("separator", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\r"])
def test_a_line_ends_at_a_newline_and_at_nothing_else(separator: str) -> None:
    assert len(Page(f"Satu{separator}Dua").spans) == 1


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_paragraph_wrapped_over_lines_is_one_line(width: int) -> None:
    paragraphs = [f"{number}. {PROSE} {PROSE} {PROSE}" for number in range(4)]
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)
    assert ["".join(span.text.split()) for span in Page(text).spans] == ["".join(paragraph.split()) for paragraph in paragraphs]


def test_an_address_wider_than_the_page_does_not_hide_that_it_is_wrapped() -> None:
    paragraphs = [f"{number}. {PROSE} {PROSE} {PROSE}" for number in range(4)]
    address = "https://warta-nusa.example/berita/2025/03/12/" + "banjir-" * 12
    text = "\n\n".join([*(textwrap.fill(paragraph, 80) for paragraph in paragraphs), address])
    assert len(Page(text).spans) == len(paragraphs) + 1


def test_short_lines_in_a_row_are_not_taken_for_a_wrapped_paragraph() -> None:
    menu = [f"Harga {name} Naik Lagi di Pasar Induk Menjelang Akhir Pekan" for name in ("Cabai", "Bawang", "Telur", "Beras", "Gula", "Kedelai", "Minyak", "Daging")]
    assert len(Page("\n".join(menu)).spans) == len(menu)


# ── settling ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_claim_may_cut_a_line() -> None:
    assert settled("Isi. Iklan Lagi.", Claim(5, 10, "ad")) == [("Isi. ", ""), ("Iklan ", "ad"), ("Lagi.", "")]


def test_a_claim_over_several_lines_is_one_span() -> None:
    assert settled("Satu\nDua\nTiga", Claim(0, 8, "nav")) == [("Satu\nDua\n", "nav"), ("Tiga", "")]


def test_the_first_claim_wins_and_the_later_one_gets_the_rest() -> None:
    assert settled("satu dua tiga", Claim(5, 8, "ad"), Claim(0, 13, "nav")) == [("satu ", "nav"), ("dua ", "ad"), ("tiga", "nav")]
    assert settled("satu dua tiga", Claim(0, 13, "nav"), Claim(5, 8, "ad")) == [("satu dua tiga", "nav")]


def test_what_an_earlier_filter_settled_stays() -> None:
    page = settle(Page("Satu\nDua"), [Claim(0, 4, "title", "first", "came first")])
    page = settle(page, [Claim(0, 8, "ad", "second", "came later")])
    assert [(span.text, span.label, span.rule, span.why) for span in page.spans] == [("Satu\n", "title", "first", "came first"), ("Dua", "ad", "second", "came later")]


def test_a_claim_takes_the_white_space_behind_it_and_no_blank_span_is_left() -> None:
    assert settled("Satu  \n\nDua", Claim(0, 4, "ad")) == [("Satu  \n\n", "ad"), ("Dua", "")]
    assert settled("  Satu", Claim(2, 6, "ad")) == [("  Satu", "ad")]
    assert settled("a b c", Claim(0, 1, "ad"), Claim(2, 3, "nav")) == [("a ", "ad"), ("b ", "nav"), ("c", "")]


@pytest.mark.parametrize("claim", [Claim(3, 3, "ad"), Claim(5, 2, "ad"), Claim(-1, 3, "ad"), Claim(0, 99, "ad")])
def test_a_claim_that_cannot_be_meant_is_passed_over(claim: Claim) -> None:
    page = Page("Isi berita.")
    assert settle(page, [claim]) is page
    assert settled("Isi berita.", claim, Claim(0, 3, "nav")) == [("Isi ", "nav"), ("berita.", "")]


def test_a_claim_under_an_unknown_label_is_an_error_that_names_the_filter() -> None:
    def mine(page: Page) -> Iterator[Claim]:
        yield Claim(0, 3, "iklan")

    with pytest.raises(FilterError, match=r"^filter 'mine' failed: .* unknown label 'iklan'; the labels are: title, "):
        Pipeline((mine,))("Isi berita.")


def test_a_settled_page_knows_its_lines_its_text_and_its_hints() -> None:
    page = settle(Page("Satu dua\nTiga", url="https://contoh.id/satu", publisher="contoh"), [Claim(0, 4, "ad")])
    assert (page.text, page.url, page.publisher) == ("Satu dua\nTiga", "https://contoh.id/satu", "contoh")
    assert [page.line(span.start) for span in page.spans] == [0, 0, 1]
    assert [page.whole(span) for span in page.spans] == [False, False, True]
    assert [span.text for span in page.open] == ["dua\n", "Tiga"]


def test_a_claim_that_begins_before_another_and_ends_in_it_gets_what_stands_before() -> None:
    assert settled("satu dua tiga", Claim(5, 9, "ad"), Claim(0, 7, "nav")) == [("satu ", "nav"), ("dua ", "ad"), ("tiga", "")]
    assert settled("satu dua tiga", Claim(0, 7, "nav"), Claim(5, 9, "ad")) == [("satu du", "nav"), ("a ", "ad"), ("tiga", "")]


def test_a_page_needs_no_hints() -> None:
    page = Page("Isi berita.")
    assert (page.url, page.publisher) == ("", "")


def test_holding_finds_words_in_open_spans_only_each_span_once() -> None:
    page = settle(Page("Ya (1) (2)\nTidak\nYa (3"), [Claim(0, 10, "ad")])
    assert page.holding("(", "Tid") == [0, 1]
    assert page.holding("Ya") == [1]
    assert settle(page, [Claim(0, 99, "ad"), Claim(11, len(page.text), "nav")]).holding("(", "Tid") == []


# ── lines that go on ────────────────────────────────────────────────────────────────────────────────────────────────

SIXTY = "Warga yang mengungsi sudah kembali ke rumah di Kampung Wenin"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Ratna", ", kata Suryadi."),
        ("“Air surut”", ", kata Suryadi."),
        ("Harga naik 5", "% sejak pagi."),
        ("Kampung (", "Cempaka) surut."),
        ("Kampung (Cempaka.", ")"),
        ("Warga pulang ke", "Cempaka"),
        ("Air surut dan", "Warga pulang"),
        ("Ikuti berita Harian Lereng di saluran kami", "setiap hari"),
        (SIXTY, "surut"),
        ("Air", SIXTY.lower()),
        ("Air", "yang surut"),
        ("Air surut,", "karena hujan"),
        ("Warga pergi –", "untuk mandi"),
        (SIXTY, "surut. Warga pulang."),
    ],
)
def test_a_line_that_broke_off_in_a_sentence_goes_on_below(before: str, text: str) -> None:
    assert [span.text for span in Page(f"{before}\n{text}").spans] == [f"{before}\n{text}"]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Air surut.", "dan warga pulang."),
        ("Ratna", ","),
        ("Ratna.", ", kata Suryadi."),
        ("ke", "Cempaka"),
        ("Air surut", "Warga pulang"),
        ("Ikuti berita Harian Lereng di saluran kami", "Warga pulang."),
        (SIXTY, "eBay menulis"),
        (SIXTY, "kompas.com menulis"),
        (SIXTY, "s.d pagi"),
        ("Senin, 3 Maret", "yang lalu"),
        (SIXTY[1:], "surut"),
        ("Air", SIXTY.lower()[:-1]),
        ("Air surut", "besok pagi"),
    ],
)
def test_a_line_that_may_stand_by_itself_does(before: str, text: str) -> None:
    assert [span.text for span in Page(f"{before}\n{text}").spans] == [f"{before}\n", text]



@pytest.mark.parametrize(("breaks", "lines"), [(5, 6), (6, 1), (7, 1)])
def test_a_page_counts_as_wrapped_from_six_breaks_on(breaks: int, lines: int) -> None:
    line = "Air " + "surut " * 5 + "pasang."
    assert len(Page(f"{line}\n" * breaks + "surut").spans) == lines


@pytest.mark.parametrize(("width", "lines"), [(39, 7), (40, 1), (120, 1), (121, 6)])  # below a long line, a small letter goes on in any page
def test_a_page_was_wrapped_at_40_to_120_columns(width: int, lines: int) -> None:
    line = ("Air " * 40)[: width - 3] + " ia"
    assert len(Page(f"{line}\n" * 6 + "surut").spans) == lines


@pytest.mark.parametrize(("word", "lines"), [("surut", 8), ("kering", 2)])
def test_a_line_that_had_room_for_the_next_word_was_not_wrapped_there(word: str, lines: int) -> None:
    widest = "Air " * 11 + "ia"
    shorter = f"{word} " + "air " * 9
    assert len(Page(f"{widest}\n\n" + f"{shorter[: len(widest) - 9]}ia.\n" * 7).spans) == lines
