"""Attributes for dolma: what they say of a text, the files that hold them, and what the real mixer makes of both.

Only the tests with the mixer need an engine: the command ``dolma`` on the PATH. It cannot be installed beside the others, for
it needs old releases of what they need new ones of.
"""

import gzip
import json
import pickle
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example as shown
from hypothesis import given
from hypothesis import strategies as st

import goldens
import strategies as some
from cleaner import Claim, Pipeline, clean, default, strip_dateline
from cleaner.dolma import REPLACED, Spans, attributes, tag, tag_file
from cleaner.repair import repair

STORY = "Warga Desa Sanggabumi mulai kembali ke rumah sejak pagi tadi."
PAGE = f"Air Sungai Surut\nSenin, 3 Maret 2025 10:00 WIB\n{STORY} Baca juga: Hujan Reda di Hulu\nSungai itu kini tenang, kata warga. (rwd)"
BODY = f"{STORY}\n\nSungai itu kini tenang, kata warga."
MOJIBAKE = "â€œAir sudah surut sejak pagi tadi,â€\x9d kata Marto Sukirno.\nBaca juga: Hujan Reda di Hulu\nMereka menunggu di balai desa."
# What a mixer could count otherwise: characters beyond ASCII, of two and of four bytes, of one and of several code points.
CHARACTERS = {"letters": "é", "an emoji": "🌊", "a family": "👨‍👩‍👧", "a flag": "🇮🇩", "accents apart": "é", "a byte order mark": "\ufeff", "the end of a row": "\u2028"}


def mixed(text: str, found: Spans) -> str:
    """What a mixer has to make of the text."""
    edits = sorted((start, end, new) for new, attribute in REPLACED.items() for start, end, _ in found.get(attribute, ()))
    assert all(before[1] <= behind[0] for before, behind in pairwise(edits))
    for start, end, new in reversed(edits):
        assert 0 <= start < end <= len(text)
        text = text[:start] + new + text[end:]
    return text


def texts() -> st.SearchStrategy[str]:
    """Texts that repair leaves as they are."""
    return st.one_of(some.texts(), some.mixtures(), some.pages()).filter(lambda text: repair(text) == text)


@given(texts(), st.lists(some.claims(), max_size=4))
@shown("  JAKARTA -\n  Warga pulang sejak pagi tadi.", [Claim(2, 11, "dateline", "demo", "an indent behind a dateline")])
@shown("Warga pulang dan\t\nberkumpul di balai desa sejak pagi.", [Claim(17, 53, "body", "demo", "a claim that parts a tab from a line end")])
def test_what_is_cut_and_replaced_leaves_the_body(text: str, claims: list[Claim]) -> None:
    pipeline = Pipeline((some.hostile(*claims), *default().filters))
    assert mixed(text, attributes(text, pipeline=pipeline)) == pipeline(text).body


@given(texts())
def test_the_labels_cover_the_text(text: str) -> None:
    found = attributes(text)
    spans = [(start, end, label) for label, stretches in found.items() if label not in REPLACED.values() for start, end, _ in stretches]
    assert sorted(spans) == [(span.start, span.end, span.label) for span in clean(text).spans]
    assert {score for stretches in found.values() for *_, score in stretches} <= {1.0}


@pytest.mark.parametrize("path", goldens.paths(), ids=lambda path: path.stem)
def test_every_page_of_the_corpus_can_be_cut_to_its_body(path: Path) -> None:
    text = goldens.read(path).text
    assert repair(mixed(text, attributes(text))) == clean(text).body  # a mixer cuts, and mends nothing


def test_a_byte_order_mark_is_counted_and_cut() -> None:
    found = attributes("\ufeff" + PAGE)
    assert {label: [(start - 1, end - 1, score) for start, end, score in found[label]] for label in ("title", "body")} == {
        label: attributes(PAGE)[label] for label in ("title", "body")
    }
    assert mixed("\ufeff" + PAGE, found) == BODY


def test_mojibake_in_the_story_stays_and_what_stands_beside_it_is_cut() -> None:
    left = mixed(MOJIBAKE, attributes(MOJIBAKE))
    assert "â€œ" in left
    assert "Baca juga" not in left
    assert repair(left) == clean(MOJIBAKE).body


def test_hints_and_a_pipeline_of_ones_own_are_used() -> None:
    seen = []
    watched = default().before("head", lambda page: seen.append((page.url, page.publisher)) or ())
    attributes(PAGE, url="https://contoh.id/air", publisher="contoh", pipeline=watched)
    attributes(MOJIBAKE, url="https://contoh.id/air", publisher="contoh", pipeline=watched)
    assert seen == [("https://contoh.id/air", "contoh")] * 3, "a text that needs mending is labelled twice"
    text = f"SOLO, KOMPAS.com - {STORY}"
    assert mixed(text, attributes(text)) == text
    assert mixed(text, attributes(text, pipeline=default().before("dateline", strip_dateline))) == STORY


def write(path: Path, *lines: object) -> None:
    """Write a file of documents: a record a line, or what stands for one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    with gzip.open(path, "wb") if path.suffix == ".gz" else path.open("wb") as file:
        file.writelines(row + b"\n" for row in rows)


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a file of JSON Lines."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        return [json.loads(line) for line in file]


def test_a_folder_of_documents_gets_a_row_for_each_beside_them(tmp_path: Path) -> None:
    write(tmp_path / "documents" / "a.jsonl.gz", {"id": "1", "text": PAGE, "source": "contoh"}, {"id": 2, "text": STORY})
    write(tmp_path / "documents" / "lama" / "b.jsonl.gz", {"id": "3", "text": PAGE})
    write(tmp_path / "documents" / "c.jsonl", {"id": "4", "text": PAGE})
    assert tag(tmp_path, "berita") == []
    folder = tmp_path / "attributes" / "berita"
    assert sorted(path for path in folder.rglob("*") if path.is_file()) == [folder / "a.jsonl.gz", folder / "lama" / "b.jsonl.gz"]
    expected = {f"berita__cleaner__{name}": [list(span) for span in spans] for name, spans in attributes(PAGE).items()}
    assert {"berita__cleaner__readmore", "berita__cleaner__cut", "berita__cleaner__gap"} < expected.keys()
    first, second = rows(folder / "a.jsonl.gz")
    assert first == {"id": "1", "attributes": expected}
    assert second == {"id": 2, "attributes": {"berita__cleaner__body": [[0, len(STORY), 1.0]]}}
    assert rows(folder / "lama" / "b.jsonl.gz") == [{"id": "3", "attributes": expected}]
    assert tag(tmp_path, pattern="*.jsonl") == []
    assert [row["id"] for row in rows(tmp_path / "attributes" / "cleaner" / "c.jsonl")] == ["4"]


def test_a_bad_record_is_reported_and_keeps_its_row(tmp_path: Path) -> None:
    bad = [b"{oops", b"", b"\xff", b"[1]", b"[" * 100_000, {"id": "6"}, {"id": "7", "text": None}, {"id": "8", "text": "Warga \ud800"}]
    write(tmp_path / "documents" / "a.jsonl.gz", {"id": "0", "text": PAGE}, *bad, {"id": "9", "text": PAGE})
    troubles = tag(tmp_path)
    found = rows(tmp_path / "attributes" / "cleaner" / "a.jsonl.gz")
    assert [row["id"] for row in found] == ["0", None, None, None, None, None, "6", "7", "8", "9"]
    assert all(row["attributes"] == {} for row in found[1:-1])
    assert found[0]["attributes"] == found[-1]["attributes"] != {}
    source = tmp_path / "documents" / "a.jsonl.gz"
    wrong = ["is no JSON", "is no JSON", "byte 0 is not utf-8", "has no text", "is no JSON", "has no text", "has no text", "has half a character in its text, at 6"]
    assert len(troubles) == len(wrong)
    for number, (trouble, words) in enumerate(zip(troubles, wrong, strict=True), 2):
        assert trouble.startswith(f"{source}, line {number}: {words}")


def refuse(page: object) -> list[Claim]:
    raise RuntimeError("the disk is gone")


def test_a_page_that_a_filter_fails_on_is_reported_and_the_others_are_tagged(tmp_path: Path) -> None:
    choosy = Pipeline((lambda page: refuse(page) if "Sungai" in page.text else [],))
    write(tmp_path / "documents" / "a.jsonl.gz", {"id": "1", "text": PAGE}, {"id": "2", "text": STORY})
    (trouble,) = tag(tmp_path, pipeline=choosy)
    assert "line 1: could not be cleaned" in trouble
    assert "the disk is gone" in trouble
    assert [sorted(row["attributes"]) for row in rows(tmp_path / "attributes" / "cleaner" / "a.jsonl.gz")] == [[], ["cleaner__cleaner__body"]]


def test_a_file_that_breaks_off_leaves_the_old_attributes_and_nothing_else(tmp_path: Path) -> None:
    source = tmp_path / "documents" / "a.jsonl.gz"
    write(source, *({"id": str(number), "text": PAGE} for number in range(20)))
    tag(tmp_path)
    target = tmp_path / "attributes" / "cleaner" / "a.jsonl.gz"
    before = target.read_bytes()
    source.write_bytes(source.read_bytes()[:-20])
    with pytest.raises(EOFError):
        tag(tmp_path)
    assert list(target.parent.iterdir()) == [target]
    assert target.read_bytes() == before


def test_older_attributes_give_way_to_new_ones(tmp_path: Path) -> None:
    write(tmp_path / "documents" / "a.jsonl.gz", {"id": "1", "text": PAGE})
    tag(tmp_path)
    tag(tmp_path, pipeline=Pipeline(()))
    (row,) = rows(tmp_path / "attributes" / "cleaner" / "a.jsonl.gz")
    assert "cleaner__cleaner__readmore" not in row["attributes"]


def test_a_folder_without_documents_and_a_name_that_no_path_can_hold_are_errors(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="matches"):
        tag(tmp_path)
    write(tmp_path / "documents" / "a.jsonl.gz", {"id": "1", "text": PAGE})
    for name in ("", "berita-baru", "../berita", "2025", "é"):
        with pytest.raises(ValueError, match="cannot be the name of attributes"):
            tag(tmp_path, name)
    assert list(tmp_path.iterdir()) == [tmp_path / "documents"]


def test_files_can_be_tagged_in_other_processes() -> None:
    assert pickle.loads(pickle.dumps(partial(tag_file, pipeline=default()))).func is tag_file


@pytest.mark.engine
def test_the_example_prints_the_bodies(printed: str, example: dict[str, Any]) -> None:
    bodies = [(page["id"], clean(page["text"]).body) for page in example["PAGES"]]
    assert [body for _, body in bodies].count("") == 1
    assert printed == "".join(f"{number} | {body}\n" for number, body in bodies if body)


@pytest.mark.engine
def test_the_mixer_leaves_exactly_the_bodies(example: dict[str, Any], tmp_path: Path) -> None:
    pages = {path.stem: goldens.read(path).text for path in goldens.paths()}
    strange = {kind: PAGE.replace(" ", f" {character} ") for kind, character in CHARACTERS.items()}
    strange |= {f"{kind} before": character + PAGE for kind, character in CHARACTERS.items()}
    texts = {**pages, **strange, "page": PAGE, "windows": PAGE.replace("\n", "\r\n\r\n"), "empty": "", "white": " \n ", "mojibake": MOJIBAKE}
    documents = [{"id": name, "text": text, "source": "contoh"} for name, text in texts.items()]
    write(tmp_path / "documents" / "a.jsonl.gz", *documents[::2])
    write(tmp_path / "documents" / "lama" / "b.jsonl.gz", *documents[1::2])
    assert tag(tmp_path) == []
    example["mix"](tmp_path)
    left = {row["id"]: row["text"] for path in (tmp_path / "clean").iterdir() for row in rows(path)}
    bodies = {name: clean(text).body for name, text in texts.items()}
    broken = {name for name, text in texts.items() if repair(text) != text}  # A mixer cuts, and mends nothing.
    assert {name: repair(text) if name in broken else text for name, text in left.items()} == {
        name: body for name, body in bodies.items() if body
    }
    assert left["page"] == BODY
    assert all(character in left[kind] for kind, character in CHARACTERS.items())


@pytest.mark.engine
def test_the_mixer_finds_the_attributes_under_another_name(example: dict[str, Any], tmp_path: Path) -> None:
    write(tmp_path / "documents" / "a.jsonl.gz", {"id": "1", "text": PAGE})
    tag(tmp_path, "berita")
    example["mix"](tmp_path, "berita")
    assert [row["text"] for path in (tmp_path / "clean").iterdir() for row in rows(path)] == [BODY]
