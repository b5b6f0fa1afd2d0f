"""What has to hold for any bytes: the targets of the fuzzer, each a function that raises where something does not hold.

Nothing here needs the fuzzer, so pytest tries every target on its seeds, and a case that was found can be tried again.
"""

import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

# The filters are named too, so that they are loaded while the fuzzer watches, not when the first page comes.
from cleaner import (
    Article,
    FilterError,
    Pipeline,
    RuleError,
    Span,
    cli,
    default,
    filters,
    margin,
    rules,
    strip_dateline,
)
from cleaner.records import is_array
from cleaner.repair import repair
from cleaner.rules import TEXTS, Rules, read

NEW = "\ue000"  # the field of the article: no record has it by chance
ROOT = Path(__file__).parent.parent.parent
PUBLISHERS = sorted(path for path in (ROOT / "cleaner" / "publishers").glob("*.toml") if "[[rule]]" in path.read_text("utf-8"))
PAGE = """\
Sungai Wening Kembali Jernih
Senin, 10 Februari 2025 08:15 WIB
Warga mengambil air di Kampung Rawabening, Minggu (9/2/2025). Foto: Ratna Kusumaningrum/Harian Lereng
RAWABENING - Warga Kampung Rawabening kembali mengambil air dari Sungai Wening sejak Senin pagi.
ADVERTISEMENT
Baca juga: Hujan Reda di Hulu
"Airnya sudah jernih," kata Suryadi kepada wartawan. (rtn/drm)
"""
PIPELINE = Pipeline((*filters.ORDER, strip_dateline))


def unlike(*values: object) -> str:
    """The values, for a message that says how they differ."""
    return " is not ".join(map(ascii, values))


def lossless(article: Article, text: str) -> None:
    """Check that the spans are a partition of the repaired text, each with a reason, and that every view of them says the same."""
    repaired = repair(text)
    joined = "".join(span.text for span in article.spans)
    assert joined == article.text == repaired, unlike(joined, article.text, repaired)
    ends = [0, *(span.end for span in article.spans)]
    assert [span.start for span in article.spans] == ends[:-1], f"spans do not touch: {article.spans!a}"
    for span in article.spans:
        assert span.text, f"is empty: {span!a}"
        assert span.text == repaired[span.start : span.end], f"says another place than its own: {span!a}"
        assert span.label == "body" or (span.rule and span.why), f"has no reason: {span!a}"
    story = "".join(span.text for span in article.spans if span.label in ("body", "dateline") and span.rule != "strip_dateline")
    assert "".join(article.body.split()) == "".join(story.split()), unlike(article.body, story)
    rows = article.explain()
    assert margin.read(rows) == [(span.label, span.text) for span in article.spans], unlike(rows, article.spans)
    loaded = json.loads(json.dumps(article.to_dict()))
    assert [Span(**span) for span in loaded["spans"]] == article.spans, unlike(loaded, article.spans)


def text(data: bytes) -> None:
    """Any text can be cleaned, and loses no character. Bytes that are no UTF-8 become lone surrogates; the end of the page is its url too."""
    page = data.decode("utf-8", "surrogateescape")
    lossless(PIPELINE(page, url=page[-80:]), page)


def rule_file(data: bytes) -> None:
    """A rule file is refused in a sentence, or is of use on a page: on one that holds all its words."""
    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        file.write(data)
        file.flush()
        found = None
        for load in (rules, lambda name: Rules(tuple(read(name)))):  # A rule that leaves its witness is of use here too.
            try:
                found = load(file.name)
            except RuleError as error:
                assert str(error).startswith(file.name), f"does not name the file: {error!a}"  # noqa: PT017 - what else it may say is anybody's guess.
    if not found:
        return
    words = [word for rule in found.rules for key in TEXTS for word in getattr(rule, key)]
    page = "\n".join([*words, PAGE, " ".join(words)])
    try:
        lossless(Pipeline((found,))(page), page)
    except FilterError as error:
        assert isinstance(error.__cause__, RuleError), f"{error!a} is not about the rule"  # noqa: PT017 - a pattern that takes too long says so.
    for name in found.names:
        assert name not in found.without(name).names


def command(argv: Sequence[str], given: bytes) -> tuple[int, bytes, list[str]]:
    """Run the command in this process: its exit status, what it prints, and what it says on stderr, cut where a complaint begins."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace", write_through=True) for _ in range(2))
    mine = os.dup(0)
    with tempfile.TemporaryFile() as stdin, redirect_stdout(out), redirect_stderr(err):
        stdin.write(given)
        stdin.seek(0)
        os.dup2(stdin.fileno(), 0)
        try:
            status = cli.main(argv)
        finally:
            os.dup2(mine, 0)
            os.close(mine)
    out.seek(0)
    err.seek(0)
    return status, out.buffer.read(), re.split("^cleaner: ", err.read(), flags=re.MULTILINE)


def json_lines(data: bytes) -> None:
    """Every record comes back as it was, with its article or with a complaint; what is no JSON is a complaint and nothing else.

    What is no text at all is refused as a whole. An array is left out: its values are no lines.
    """
    if is_array(io.BufferedReader(io.BytesIO(data))):
        return
    status, printed, (other, *complaints) = command(["--jsonl", "--spans", "--into", NEW, "--column", "text"], data)
    if status == cli.UNUSABLE:
        assert (printed, other, len(complaints)) == (b"", "", 1), complaints
        return
    came = printed.split(b"\n")
    assert came.pop() == b"", "ends in the middle of a line"
    cleaned = rejected = 0
    for line in data.split(b"\n"):
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode().removeprefix("\ufeff").strip())
        except (ValueError, RecursionError):
            rejected += 1
            continue
        assert came, f"lost: {line!r}"
        given_back = json.loads(came.pop(0))
        if isinstance(record, dict) and isinstance(record.get("text"), str):
            cleaned += 1
            article = given_back.pop(NEW)
            joined = "".join(span["text"] for span in article["spans"])
            assert joined == repair(record["text"]), unlike(joined, record["text"])
        else:
            rejected += 1
        assert repr(given_back) == repr(record), unlike(given_back, record)  # As text, for NaN is not NaN.
    assert not came, f"invented: {came}"
    assert not other, f"says {other}"
    more = [found for said in complaints if (found := re.search(r": ([\d,]+) more records have the same trouble$", said.strip()))]
    told = len(complaints) - len(more) + sum(int(found[1].replace(",", "")) for found in more)
    assert told == rejected, unlike(complaints, rejected)
    assert status == (cli.NONE if rejected else cli.FOUND), f"{status}: {complaints}"


def arguments(data: bytes) -> None:
    """Any words behind the command give a documented status, and a complaint unless it is 0. NUL stands between two words, as in the kernel."""
    argv = os.fsdecode(data).split("\0")
    if any("/" in word for word in argv):
        return  # Files elsewhere are none of a fuzzer's business, and some of them never end.
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("page.txt").write_text(PAGE, "utf-8")
        Path("pages.jsonl").write_text(f'{json.dumps({"id": 1, "text": PAGE})}\n{{"id": 2}}\n', "utf-8")
        Path("mine.toml").write_bytes(next(split(PUBLISHERS[0])))
        status, printed, (other, *complaints) = command(argv, PAGE.encode())
    assert not other, f"says {other}"
    assert status in {cli.FOUND, cli.NONE, cli.UNUSABLE}, f"status {status}"
    assert bool(status) == bool(complaints), f"status {status}, and says {complaints}"
    assert printed or status, "does nothing, and says nothing"


class Target(NamedTuple):
    """A target, with inputs to begin with and words that it may hold: the fuzzer does not see what a regular expression looks for."""

    check: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    words: Callable[[], Iterator[str]]
    joint: bytes = b"\n"  # what stands between the pieces of an input


def pages() -> Iterator[str]:
    """The pages of the corpus, without their labels."""
    for path in sorted((ROOT / "corpus").rglob("*.txt")):
        rows = path.read_bytes().decode().partition("\n\n")[2].removesuffix("\n")
        yield "".join(piece for _, piece in margin.read(rows))


def witnesses() -> Iterator[str]:
    """What the built-in rules must claim, and what they must leave alone."""
    for rule in rules().rules:
        yield from (*rule.witness, *rule.near_miss)


def phrases() -> Iterator[str]:
    """What the built-in rules look for."""
    for rule in rules().rules:
        yield from (*rule.line, *rule.start, *rule.inside, *rule.sentence, *rule.first)
    yield from ("\r\n", "\ufeff", "\u2028", "\x85", "\xa0", "\ufffdÂ", "â€œ", "Foto: ", "Oleh ", "Baca juga: ", "JAKARTA - ", "Jakarta, Harian Lereng – ", " (rtn/drm)", "[1/4]")
    yield from ("Senin, 10 Februari 2025 08:15 WIB", "10/02/2025", "(ANTARA/Ratna)", "Halaman Selanjutnya", "1 2 3", "Tags:", "Editor: ", "https://", "©")


def split(path: Path) -> Iterator[bytes]:
    """The rules of a file, each as a file of its own."""
    for rule in path.read_text("utf-8").split("[[rule]]")[1:]:
        yield f"[[rule]]{rule}".encode()


def rule_files() -> Iterator[bytes]:
    """The built-in rules one by one, a few together, and files that are refused."""
    for path in PUBLISHERS:
        yield from split(path)
    yield from (path.read_bytes() for path in PUBLISHERS[1:])
    yield from (b"", b"rule = 1", b"[rule]\nname = 'a'", b"[[rule]]\nname = 1", b"rule = [[1], {}]")


def toml() -> Iterator[str]:
    """The pieces of a rule file."""
    yield from ("[[rule]]\n", *(f"\n{key} = " for key in rules().rules[0]._fields), '["', '", "', '"]', "true", "'''", "\\u0041", "0x", "1e9", "1979-05-27", "{}")
    yield from ("(?:", "(?i:", "(?=", "(?<=", "(?P<a>", "(?P=a)", "(?(1)", "(?>", "[^", "\\s*", "\\w+", "{1,3}", "{0,}", "++", "*?", "|", "\\\\1", "$", "^", "\\\\b")
    yield from (rule.pattern for rule in rules().rules if rule.pattern)


def records() -> Iterator[bytes]:
    """Records of each kind that there is, right and wrong."""
    for page in pages():
        yield json.dumps({"id": 1, "text": page[:300], "article": {}}, ensure_ascii=len(page) % 2 == 0).encode() + b"\n"
    yield b'{"text": "a"}\r\n\n \n{"text" : "b", "n": [1.50, -0, 1e400, NaN, "\\ud83d"] }\n{"text": ""}\n'
    yield b'\xef\xbb\xbf{"text": "\\u00e2\\u20ac\\u0153"}\n{"text": 1}\n[]\n"a"\nnull\n{"text"\n\xff\n{"text": "a", "text": "b"}'


def options() -> Iterator[str]:
    """The options of the command, their values, and the names of files."""
    yield from (word for action in cli.parser()._actions for word in action.option_strings)
    yield from ("page.txt", "pages.jsonl", "mine.toml", "missing", ".", "-", "--", "", *cli.PARTS, *cli.COMMANDS, *default().names, *rules().names[:5])
    yield from ("utf-8", "utf-16", "cp1252", "latin-1", "utf-7", "idna", "punycode", "unicode_escape", "rot13", "undefined", "common", "text", "id", "=", "\0")


def command_lines() -> Iterator[bytes]:
    """A few of the many ways to call the command."""
    lines = """
        page.txt|-|-- page.txt -|--part caption page.txt|--json page.txt missing|--jsonl pages.jsonl|--jsonl --spans --column id pages.jsonl|--explain|--list
        --without tail --without google-news page.txt|--rules mine.toml --rules common page.txt|--without rules --rules mine.toml|--url a-b --publisher c page.txt
        --encoding cp1252 page.txt page.txt|--encoding=utf-16|-h|--help page.txt|--version|batch|--part|--part x|--json --explain|--jsonl --encoding utf-7 pages.jsonl
    """
    for line in (*lines.replace("\n", "|").split("|"), f"--rules {'a' * 300}", "a" * 300):
        yield "\0".join(line.split()).encode()


TARGETS = {
    "text": Target(text, lambda: (page.encode() for page in (*pages(), *witnesses(), PAGE)), phrases),
    "rules": Target(rule_file, rule_files, toml),
    "jsonl": Target(json_lines, records, lambda: iter(('"text"', '"article"', '": ', '{"', '", "', "\\ud83d", "\\u201c", "\\n", "\n{", "NaN", "1e400", "null", "\ufeff", "\x85"))),
    "arguments": Target(arguments, command_lines, options, b"\0"),
}
