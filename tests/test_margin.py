"""The margin format goes round, and says where it cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as some
from cleaner import LABELS, margin
from cleaner.margin import MarginError

SEGMENTS = st.lists(st.tuples(st.sampled_from([*LABELS]), st.one_of(some.sentences(), st.text(min_size=1), st.text(alphabet="ab \t\r\n\\|+\xa0\u2028", min_size=1))))


@given(SEGMENTS)
def test_what_is_written_can_be_read_back(segments: list[tuple[str, str]]) -> None:
    assert margin.read(margin.write(segments)) == segments


@given(SEGMENTS)
def test_what_is_read_is_written_the_same_way(segments: list[tuple[str, str]]) -> None:
    rows = margin.write(segments)
    assert margin.write(margin.read(rows)) == rows


@given(SEGMENTS)
def test_nothing_in_the_margin_view_is_invisible(segments: list[tuple[str, str]]) -> None:
    for row in margin.write(segments).split("\n"):
        assert row.isprintable()
        assert not row.endswith(" ")


@pytest.mark.parametrize(
    ("segments", "rows"),
    [
        ([], ""),
        ([("body", "Isi.")], "body      | Isi."),
        ([("body", "Isi.\n")], "body      | Isi.\n          |"),
        ([("body", "Satu\nDua")], "body      | Satu\n          | Dua"),
        ([("body", "Isi. "), ("ad", "Iklan")], "body      | Isi.\\x20\nad        + Iklan"),
        ([("ad", "  Iklan")], "ad        |   Iklan"),
        ([("body", "a\\b\tc\rd\xa0")], "body      | a\\\\b\\tc\\rd\\xa0"),
        ([("body", "\u2028\U0001f1e6")], "body      | \\u2028\U0001f1e6"),
        ([("readmore", "Baca juga:\n\n"), ("body", "Isi.")], "readmore  | Baca juga:\n          |\nbody      | Isi."),
    ],
)
def test_a_row_is_a_label_a_bar_and_text(segments: list[tuple[str, str]], rows: str) -> None:
    assert margin.write(segments) == rows
    assert margin.read(rows) == segments


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("Isi berita tanpa bilah.", "line 1 is not a label, a bar and text"),
        ("body      | Isi.\n\nbody      | Isi.", "line 2 is not a label"),
        ("isi       | Isi.", "line 1 has an unknown label, 'isi'; the labels are: title, "),
        ("body      | Isi.\n          | a\\qb", "line 2 has a backslash that escapes nothing"),
        ("body      | a\\x2", "line 1 has a backslash"),
        ("          | Isi.", "line 1 must begin with a label and a bar"),
        ("body      + Isi.", "line 1 must begin with a label and a bar"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(rows: str, message: str) -> None:
    with pytest.raises(MarginError, match=message):
        margin.read(rows)
