"""What README and CONTRIBUTING say is true. Their Python examples are doctests, which pytest runs by itself."""

import json
import re
import tomllib

import pytest

from blocks import README, ROOT, blocks, commands, provide, run
from cleaner import default, rules

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXAMPLES = commands()


@pytest.fixture
def folder(tmp_path):
    """A folder with the files that the examples of README speak of."""
    return provide(tmp_path)


@pytest.mark.parametrize(("command", "output"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_commands_of_the_readme_print_what_it_says(command, output, folder):
    done = run(command, folder)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", output)


def test_the_files_that_commands_of_the_readme_write_hold_the_article(folder):
    for command, _ in EXAMPLES:
        if ">" in command:
            run(command, folder)
    article = json.loads((folder / "article.json").read_text("utf-8"))
    record = json.loads((folder / "articles.jsonl").read_text("utf-8"))
    assert (folder / "story.txt").read_text("utf-8").strip() == article["body"]
    assert record["id"] == 1
    assert record["article"]["body"] == article["body"]


def test_the_readme_is_read_in_a_minute():
    assert README.count("\n") <= 120


def test_options_named_in_the_readme_are_in_the_help(folder):
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", README))
    known = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", run("cleaner --help && cleaner batch --help && cleaner report --help", folder).stdout))
    assert named
    assert named <= known


def test_the_two_commands_are_one_line_each_and_name_what_exists():
    lines = blocks("sh")
    assert len(lines) == 2
    for command in lines:
        assert command.count("\n") == 1
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    job, tests = lines
    assert "cleaner" in PROJECT["scripts"]
    assert set(re.findall(r"\.venv/bin/(\w+)", job)) == {"pip", "cleaner"}
    assert (ROOT / job.split()[-1]).is_file()
    assert set(re.findall(r"\.\[(\w+)\]", tests)) <= set(PROJECT["optional-dependencies"])


def test_the_folder_map_shows_what_is_there():
    shown = set()
    above = ""
    for line in blocks("text", CONTRIBUTING)[-1].splitlines():
        indent, name = re.match(r"( *)(\S+) {2,}\S", line).groups()
        above = above if indent else name
        shown.add(above + name if indent else name)
    missing = {name for name in shown if not (ROOT / name).exists()}
    inside = {f"cleaner/{path.name}{'/' if path.is_dir() else ''}" for path in (ROOT / "cleaner").iterdir() if not path.name.startswith("__") and path.name != "py.typed"}
    assert (missing, inside - shown) == (set(), set())


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README.md", "CONTRIBUTING.md"])
def test_files_named_in_the_documents_exist(text):
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"`((?:cleaner|corpus|tests|seeds|bench|\.ci)/[\w./]*)`", prose)) | set(re.findall(r"\]\(([\w./-]+)", prose))
    missing = {name for name in named if "NAME" not in name and not (ROOT / name).exists()}
    assert named
    assert not missing


def test_the_pipeline_that_the_readme_names_has_the_rule(folder, monkeypatch):
    monkeypatch.chdir(folder)
    expression = 'default().before("rules", rules("mine.toml"))'
    assert f"`{expression}`" in README
    pipeline = default().before("rules", rules("mine.toml"))
    rule = rules("mine.toml").rules[0]
    claimed = [span.rule for witness in rule.witness for span in pipeline(witness).removed]
    assert claimed == [rule.name] * len(rule.witness)
    assert [pipeline(text).body for text in rule.near_miss] == list(rule.near_miss)


def test_the_citation_names_the_version_the_licence_and_the_address_of_the_project():
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    said = dict(re.findall(r"^([a-z-]+): (.+)$", citation, re.MULTILINE))
    assert (said["version"], said["license"]) == (PROJECT["version"], PROJECT["license"])
    assert said["repository-code"] == PROJECT["urls"]["Repository"]


def test_what_contributing_tells_to_run_is_known_to_pytest(request):
    for option in re.findall(r"pytest (--[\w-]+)", CONTRIBUTING):
        assert request.config.getoption(option) is not None
