"""The corpus: every labelled page comes out as its answer says."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import goldens
from cleaner import LABELS, clean
from goldens import CORPUS, KNOWN_FAILURES, SHAPES, Golden, GoldenError

PATHS = goldens.paths()
NAMES = [str(path.relative_to(CORPUS).with_suffix("")) for path in PATHS]
FAILING = pytest.mark.xfail(strict=True, reason="a known failure: move its file out of this folder when it passes")
PAGES = [pytest.param(path, id=name, marks=FAILING if KNOWN_FAILURES in path.parts else ()) for path, name in zip(PATHS, NAMES, strict=True)]


def folder(name: str) -> list[object]:
    """The pages of a folder, as parameters."""
    return [pytest.param(path, id=path.stem) for path in PATHS if path.parent == CORPUS / name]


def differences(golden: Golden) -> list[str]:
    """What the program gives otherwise than the answer, a sentence each. A standfirst may stand in the body, or not."""
    article, answer = clean(golden.text), golden.answer()
    found = []
    for part in ("title", "caption", "credit"):
        given, right = getattr(article, part), getattr(answer, part)
        if given.split() != right.split():
            found.append(f"{part} is {given!r}, not {right!r}")
    given = article.body.split()
    if given not in (answer.body.split(), golden.answer(deck="body").body.split()):
        more, less = Counter(given) - Counter(answer.body.split()), Counter(answer.body.split()) - Counter(given)
        found.append(f"body has too much: {' '.join(more)!r}, and lacks: {' '.join(less)!r}")
    return found


@pytest.mark.parametrize("path", PAGES)
def test_the_page_comes_out_as_labelled(path: Path, update_goldens: bool) -> None:
    golden = goldens.read(path)
    if update_goldens:
        if KNOWN_FAILURES in path.parts:
            pytest.skip("the answer of a known failure is what is right, not what the program gives")
        goldens.rewrite(golden, clean(golden.text).spans)
        golden = goldens.read(path)
    assert not differences(golden), f"if the program is right, run: pytest --update-goldens -k {path.stem}"


@pytest.mark.parametrize("path", folder("friends"))
def test_a_false_friend_stays_in_the_body(path: Path) -> None:
    golden = goldens.read(path)
    body = iter(clean(golden.text).body.split())
    lost = [word for word in golden.answer().body.split() if word not in body]  # `in` goes on where the word before stood
    assert not lost


@pytest.mark.parametrize("path", folder("empty"))
def test_a_page_without_a_story_gives_an_empty_body_and_says_why(path: Path) -> None:
    article = clean(goldens.read(path).text)
    assert article.body == ""
    assert any("no story" in span.why for span in article.spans), article.explain()


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_the_file_is_written_the_way_the_program_would(path: Path) -> None:
    golden = goldens.read(path)
    assert list(golden.header)[:3] == ["publisher", "shape", "shows"]
    assert golden.header["shape"] in SHAPES
    assert golden.header["shape"] != "flat" or "\n" not in golden.text
    assert goldens.shown(golden) == path.read_bytes().decode("utf-8")


def test_the_corpus_is_large_and_shows_everything() -> None:
    pages = [goldens.read(path) for path in PATHS]
    assert len(pages) >= 60
    assert len(folder("friends")) >= 40
    assert len({golden.text for golden in pages}) == len(pages)
    assert {golden.header["shape"] for golden in pages} == set(SHAPES)
    assert set().union(*(golden.labels for golden in pages)) == set(LABELS)


def test_the_readme_says_what_each_label_means() -> None:
    described = re.findall(r"^\| `(\w+)` \|", (CORPUS / "README.md").read_text("utf-8"), re.MULTILINE)
    assert described == list(LABELS)


def test_a_known_failure_may_be_anywhere_below_its_folder() -> None:
    marked = {str(page.id) for page in PAGES if page.marks}
    assert marked == {name for name in NAMES if name.startswith(KNOWN_FAILURES + "/")}


PAGE = "# publisher: contoh\n# shape: content\n# shows: a page of the tests\n\n{}\n"
STORY = "Warga yang mengungsi sudah kembali ke rumah mereka sejak Senin pagi karena air di desa itu surut."


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A labelled page whose answer is wrong."""
    path = tmp_path / "salah.txt"
    path.write_bytes(PAGE.format(f"tags      | {STORY}\n          |\nbody      | Baca juga: Banjir Surut").encode())
    return path


def test_the_answer_is_rewritten_under_the_old_header(page: Path) -> None:
    golden = goldens.read(page)
    assert differences(golden)
    goldens.rewrite(golden, clean(golden.text).spans)
    assert page.read_bytes().decode() == PAGE.format(f"body      | {STORY}\n          |\nreadmore  | Baca juga: Banjir Surut")
    assert not differences(goldens.read(page))


@pytest.mark.parametrize("wrong", ["nothing", "less", "more", "another order"])
def test_an_answer_that_does_not_add_up_is_refused(page: Path, wrong: str) -> None:
    golden, before = goldens.read(page), page.read_bytes()
    spans = clean(golden.text).spans
    bad = {"nothing": [], "less": spans[:-1], "more": [*spans, spans[-1]], "another order": spans[::-1]}[wrong]
    with pytest.raises(GoldenError, match=r"salah\.txt: the new answer does not add up"):
        goldens.rewrite(golden, bad)
    assert page.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("body      | Isi.\n", "needs a header"),
        ("publisher: contoh\n\nbody      | Isi.\n", "needs a header"),
        (PAGE.format("body      | Isi.").rstrip("\n"), "needs a line end"),
        (PAGE.format("isi       | Isi."), "line 1 has an unknown label, 'isi'"),
    ],
)
def test_a_file_that_is_no_labelled_page_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "rusak.txt"
    path.write_bytes(content.encode())
    with pytest.raises(GoldenError, match=rf"rusak\.txt.*{message}"):
        goldens.read(path)


ELSEWHERE = """
import sys
from pathlib import Path
import pytest
import goldens
goldens.CORPUS = Path(sys.argv[1])
sys.exit(pytest.main(sys.argv[2:]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("update", [False, True])
def test_the_option_rewrites_what_adds_up_and_refuses_the_rest(page: Path, update: bool) -> None:
    # Two pages have a wrong answer; the second one's text is mended before it is labelled, so its spans are of another text.
    broken = page.with_name("mojibake.txt")
    broken.write_bytes(PAGE.format(f"tags      | {STORY} â€œKami lega,â€\\x9d kata Darmaji.").encode())
    before = page.read_bytes(), broken.read_bytes()
    tests = Path(__file__).parent
    command = [sys.executable, "-B", "-c", ELSEWHERE, str(page.parent), str(tests / "test_corpus.py"), "-p", "no:cacheprovider", "-k", "comes_out_as_labelled"]
    command += ["-n0"]  # Another process would know nothing of the other folder, and rewrite the corpus.
    path = os.pathsep.join([str(tests), str(tests.parent), os.environ.get("PYTHONPATH", "")])
    run = subprocess.run([*command, *["--update-goldens"] * update], check=False, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path})
    assert run.returncode == pytest.ExitCode.TESTS_FAILED, run.stdout + run.stderr
    assert ("1 failed, 1 passed" if update else "2 failed") in run.stdout
    assert ("the new answer does not add up" in run.stdout) is update
    assert (page.read_bytes() != before[0]) is update
    assert broken.read_bytes() == before[1]
