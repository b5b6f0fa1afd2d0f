"""The parts of an article, and how the body is put together."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as some
from cleaner import Article, Page, Span, clean


def article(*segments: tuple[str, str]) -> Article:
    """An article whose spans are these."""
    text = "".join(text for _, text in segments)
    spans: list[Span] = []
    for label, piece in segments:
        start = spans[-1].end if spans else 0
        spans.append(Span(start, start + len(piece), piece, label, label and "by-hand", label and "set by the test"))
    return Article(Page(text).relabelled(tuple(spans)))


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", " \n \n\n"])
def test_paragraphs_are_joined_by_one_blank_line_whatever_stood_between_them(gap: str) -> None:
    page = article(("body", f"Satu.{gap}"), ("body", f"Dua.{gap}"), ("body", "Tiga."))
    assert page.paragraphs == ["Satu.", "Dua.", "Tiga."]
    assert page.body == "Satu.\n\nDua.\n\nTiga."


@pytest.mark.parametrize(
    ("before", "cut", "after", "body"),
    [
        ("Air surut. ", "Iklan ", "Warga pulang.", "Air surut. Warga pulang."),
        ("Air surut.", "Iklan", "Warga pulang.", "Air surut. Warga pulang."),
        ("Air surut. ", "Iklan", " Warga pulang.", "Air surut. Warga pulang."),
        ("Air surut ", "(Iklan) ", ", lalu warga pulang.", "Air surut, lalu warga pulang."),
        ("Air surut ", "Iklan", ".", "Air surut."),
        ("Air surut ", "Iklan", "(Senin) dini hari.", "Air surut (Senin) dini hari."),
    ],
)
def test_what_was_cut_from_a_paragraph_leaves_exactly_one_blank(before: str, cut: str, after: str, body: str) -> None:
    assert article(("body", before), ("ad", cut), ("body", after)).body == body


def test_furniture_at_the_edge_of_a_paragraph_leaves_nothing() -> None:
    page = article(("ad", "Iklan "), ("body", "Air surut. "), ("ad", "Iklan\n"), ("body", "Warga pulang. "), ("readmore", "Baca juga: Hujan Reda"))
    assert page.paragraphs == ["Air surut.", "Warga pulang."]


@pytest.mark.parametrize("gap", [" ", "\n", " \n\n"])
def test_the_dateline_opens_the_first_paragraph_even_from_a_line_of_its_own(gap: str) -> None:
    page = article(("dateline", f"SOLO, KOMPAS.com -{gap}"), ("body", "Air surut.\n"), ("body", "Warga pulang."))
    assert page.paragraphs == ["SOLO, KOMPAS.com - Air surut.", "Warga pulang."]
    assert page.dateline == "SOLO, KOMPAS.com -"


@pytest.mark.parametrize("dateline", ["SOLO,  KOMPAS.com - ", "SOLO, KOMPAS.com\u00a0- ", " SOLO,\tKOMPAS.com -", "SOLO,\n KOMPAS.com -\n"])
def test_the_dateline_is_the_text_that_opens_the_body(dateline: str) -> None:
    page = article(("dateline", dateline), ("body", "Air  surut.\n"))
    assert page.dateline
    assert page.body.removeprefix(page.dateline).strip() == "Air  surut."


def test_a_part_is_the_first_run_of_its_label_with_white_space_folded() -> None:
    page = article(("title", "Banjir \n"), ("title", "  Surut\n"), ("date", "Senin,  3 Maret\n"), ("body", "Isi.\n"), ("title", "Banjir Surut\n"), ("byline", "Oleh:\tRatna"))
    assert (page.title, page.date, page.byline) == ("Banjir Surut", "Senin, 3 Maret", "Oleh: Ratna")


def test_a_part_that_the_page_does_not_show_is_empty() -> None:
    page = article(("body", "Isi."))
    assert page.parts() == {"title": "", "kicker": "", "date": "", "byline": "", "deck": "", "dateline": "", "caption": "", "credit": "", "captions": [], "body": "Isi."}
    assert page.removed == []


def test_caption_and_credit_are_paired_in_either_order_and_the_lead_comes_first() -> None:
    page = article(
        ("caption", "Warga menyeberang. "),
        ("credit", "(ANTARA FOTO/Rudi)\n"),
        ("body", "Isi berita.\n"),
        ("credit", "AFP/DEDE\n"),
        ("caption", "Air sungai meluap.\n"),
        ("body", "Isi lagi.\n"),
        ("caption", "Jalan putus."),
    )
    assert page.captions == [("Warga menyeberang.", "(ANTARA FOTO/Rudi)"), ("Air sungai meluap.", "AFP/DEDE"), ("Jalan putus.", "")]
    assert (page.caption, page.credit) == page.captions[0]


def test_two_photos_in_a_row_are_two_pairs() -> None:
    page = article(("caption", "Satu. "), ("credit", "A/B\n"), ("caption", "Dua. "), ("credit", "C/D\n"))
    assert page.captions == [("Satu.", "A/B"), ("Dua.", "C/D")]


def test_a_photo_that_is_printed_twice_is_given_once() -> None:
    page = article(("caption", "Satu. "), ("credit", "A/B\n"), ("body", "Isi.\n"), ("caption", "Satu. "), ("credit", "A/B\n"))
    assert page.captions == [("Satu.", "A/B")]


def test_articles_with_the_same_spans_are_equal() -> None:
    parts = [("kicker", "Nasional\n"), ("title", "Banjir Surut\n"), ("deck", "Air turun.\n"), ("body", "Isi.\n")]
    page = article(*parts)
    assert (page.kicker, page.deck, page.body) == ("Nasional", "Air turun.", "Isi.")
    assert page == article(*parts)
    assert hash(page) == hash(article(*parts))
    assert page != article(*parts[:3], ("promo", "Isi.\n"))
    assert page != "Isi."


def test_what_is_removed_is_the_furniture_and_only_that() -> None:
    page = article(("title", "Judul\n"), ("deck", "Ringkas.\n"), ("body", "Isi.\n"), ("ad", "Iklan\n"), ("credit", "A/B\n"), ("nav", "Menu"))
    assert [span.label for span in page.removed] == ["ad", "nav"]
    assert all(span.rule and span.why for span in page.removed)
    assert page.body == "Isi."


def test_what_nobody_claimed_is_the_body() -> None:
    page = Article(Page("Isi berita."))
    assert [span.label for span in page.spans] == ["body"]
    assert page.body == "Isi berita."


def test_the_dict_is_ready_for_json_and_has_the_names_that_are_promised() -> None:
    page = article(("title", "Judul\n"), ("body", "Isi “berita”.\n"), ("ad", "Iklan"))
    record = page.to_dict()
    assert json.loads(json.dumps(record)) == record
    assert list(record) == ["title", "kicker", "date", "byline", "deck", "dateline", "caption", "credit", "captions", "body", "spans"]
    assert record["spans"][2] == {"start": 20, "end": 25, "label": "ad", "rule": "by-hand", "why": "set by the test", "text": "Iklan"}  # type: ignore[index]


@given(some.texts() | st.text(max_size=60))
def test_a_plain_body_has_one_paragraph_a_line_and_one_kind_of_blank(text: str) -> None:
    article = clean(text)
    plain = article.plain()
    lines = plain.split("\n") if plain else []
    assert all(line and line == " ".join(line.split()) for line in lines)
    assert not set("\xa0\xad\u200b\ufeff") & set(plain)
    kept = "".join(article.body.split())
    if "&" not in kept:
        assert "".join(plain.split()) == "".join(sign for sign in kept if sign not in "\xad\u200b\u2060\ufeff")
        assert len(lines) <= len(article.paragraphs)


def test_entities_that_were_meant_to_be_seen_are_gone_from_a_plain_body_only() -> None:
    article = clean("Penulis HTML memakai tanda &amp;copy; dan &nbsp;&nbsp; untuk spasi, kata Marto.")
    assert "&nbsp;&nbsp;" in article.body
    assert article.plain() == "Penulis HTML memakai tanda © dan untuk spasi, kata Marto."


def test_explain_shows_the_page_with_its_labels_in_the_margin() -> None:
    page = article(("title", "Judul\n\n"), ("body", "Isi. "), ("ad", "Iklan"))
    assert page.explain() == "title     | Judul\n          |\nbody      | Isi.\\x20\nad        + Iklan"


def test_offsets_point_into_the_repaired_text() -> None:
    page = clean("\ufeffBanjir Surut\n\nSenin, 3 Maret 2025 10:00 WIB\n\nâ€œWarga mulai kembali ke rumah masing-masing sejak pagi,â€\x9d kata dia.")
    assert page.text.startswith("Banjir Surut")
    assert "“Warga mulai kembali ke rumah masing-masing sejak pagi,” kata dia." in page.text
    assert all(page.text[span.start : span.end] == span.text for span in page.spans)
