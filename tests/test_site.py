"""What the pages of the site say is true. Their Python examples are doctests, which pytest runs by itself.

What stands between ``<!-- made: NAME -->`` and ``<!-- end -->`` is made from the program, and `pytest --update-goldens tests/test_site.py` makes it again.
"""

import doctest
import importlib
import inspect
import re
from functools import cache, partial

import pytest

import cleaner
from blocks import ROOT, blocks, commands, provide, run, section
from cleaner import LABELS, cli, default, rules
from cleaner.labels import FURNITURE, STORY
from cleaner.rules import KEYS, Rules, load
from cleaner.story import story

DOCS = ROOT / "docs"
PAGES = {path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in sorted(DOCS.rglob("*.md"))}
TEXT = "\n".join(PAGES.values())
MADE = re.compile(r"(?<=<!-- made: )([^\n]+)( -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)
ENGINES = "at-scale.md"  # Its commands install things, and .ci/examples.py runs them.
COMMANDS = ["cleaner", *(f"cleaner {word}" for word in cli.COMMANDS)]
TOML = [pytest.param(name, toml, id=f"{name}-{number}") for name, text in PAGES.items() for number, toml in enumerate(blocks("toml", text))]


@cache
def help_of(command):
    """What a command says of itself, "" if there is no such command yet."""
    done = run(f"{command} --help", ROOT)
    return done.stdout if done.returncode == 0 else ""


def table(head, rows):
    """A table in Markdown."""
    return "".join(f"| {' | '.join(row)} |\n" for row in [head, ["---"] * len(head), *rows])


def indonesian():
    """What each label is called in Indonesian, as the page in that language has it."""
    return dict(re.findall(r"^\| (\w+) \| (.+?) \|", PAGES["id/label.md"], re.MULTILINE))


def label_table(labels):
    """The labels with what they mark."""
    called = indonesian()
    return table(["label", "in Indonesian", "what it marks"], [(label, called[label], means) for label, means in labels.items()])


def about(name):
    """What a filter says of itself, without its doctest."""
    own = {"rules": rules(), "story": story}
    filter = own.get(name) or getattr(importlib.import_module(f"cleaner.filters.{name}"), name)
    prose = inspect.cleandoc(filter.__doc__).partition("\n>>> ")[0].strip()
    return prose.replace("``", "`") + "\n"


def rule_table():
    """The built-in rules with their labels and reasons."""
    return table(["rule", "label", "it is set aside because it …"], [(f"`{rule.name}`", rule.label, rule.why) for rule in rules().rules])


def help_pages():
    """Every command that there is, with its help."""
    return "\n".join(f"## {command}\n\n```text\n{text.rstrip()}\n```\n" for command in COMMANDS if (text := help_of(command)))


def costs():
    """What the bench's README says under that heading."""
    return section("What each filter costs", (ROOT / "bench" / "README.md").read_text("utf-8")).strip() + "\n"


MAKERS = {
    "the labels of the story": partial(label_table, STORY),
    "the labels of the furniture": partial(label_table, FURNITURE),
    "the built-in rules": rule_table,
    "the commands": help_pages,
    "what each filter costs": costs,
    **{f"the filter {name}": partial(about, name) for name in (*default().names, "strip_dateline")},
}


def plain(text):
    """The words of a text, for versions of Python break the lines of a help page in different places, and name an option's value once or twice."""
    return re.sub(r"(-\w) (\S+), (--[\w-]+) \2", r"\1, \3 \2", text).split()


@pytest.mark.parametrize("name", PAGES)
def test_what_is_made_from_the_program_is_what_the_program_says(name, update_goldens):
    if update_goldens:
        new = MADE.sub(lambda found: f"{found[1]}{found[2]}\n{MAKERS[found[1]]()}\n", PAGES[name])
        (DOCS / name).write_text(new, "utf-8")
        PAGES[name] = new
    for made, _, text in MADE.findall(PAGES[name]):
        assert plain(text) == plain(MAKERS[made]()), "look at the difference, then run: pytest --update-goldens tests/test_site.py"


def test_everything_that_is_made_stands_on_a_page_once():
    assert sorted(name for name, _, _ in MADE.findall(TEXT)) == sorted(MAKERS)


@pytest.mark.parametrize("name", PAGES)
def test_every_code_block_is_of_a_language_that_is_run(name):
    text = MADE.sub("", PAGES[name])  # Help pages are compared as a whole.
    fences = re.findall(r"^(.*)(?:```|~~~)(.*)$", text, re.MULTILINE)
    opened = fences[::2]
    assert {indent for indent, _ in fences} <= {""}
    assert {language for _, language in opened} <= {"pycon", "console", "toml"}
    assert len(fences) == 2 * len(opened)
    assert all(block.startswith(">>> ") for block in blocks("pycon", text))
    assert all(block.startswith("$ ") for block in blocks("console", text))


def test_pytest_runs_the_python_examples_of_the_site(request):
    assert "docs" in request.config.getini("testpaths")


@pytest.mark.parametrize("name", [name for name in PAGES if name != ENGINES and commands(PAGES[name])])
def test_the_commands_of_a_page_print_what_it_says(name, tmp_path):
    folder = provide(tmp_path, *blocks("toml", PAGES[name])[:1])  # mine.toml is the first rule of the page.
    for command, output in commands(PAGES[name]):
        done = run(command, folder)
        assert (command, done.stdout + done.stderr) == (command, output)
        assert done.returncode == 0 or done.stderr.startswith("cleaner: ")


@pytest.mark.parametrize(("name", "toml"), TOML)
def test_a_rule_of_the_site_claims_its_witnesses_and_leaves_its_near_misses(name, toml):
    filter = Rules(tuple(load(toml, name)))
    pipeline = default().before("rules", filter)
    for rule in filter.rules:
        for witness in rule.witness:
            assert rule.name in {span.rule for span in pipeline(witness).removed}
        for near_miss in rule.near_miss:
            assert pipeline(near_miss).body == near_miss


@pytest.mark.parametrize("name", default().names)
def test_the_example_of_a_filter_comes_out_otherwise_without_it(name):
    example = section(name, PAGES["filters.md"])
    globs = {"clean": default().without(name)}
    test = doctest.DocTestParser().get_doctest(example, globs, name, None, None)
    assert test.examples
    assert doctest.DocTestRunner().run(test, out=lambda _: None).failed


def test_the_filters_stand_in_the_order_in_which_they_are_asked():
    assert re.findall(r"^## (.+)$", PAGES["filters.md"], re.MULTILINE) == [*default().names, "strip_dateline"]


def test_the_page_of_labels_shows_every_label_at_work():
    margin = re.findall(r"^(\w+) +[|+] ", section("All of them at work", PAGES["labels.md"]), re.MULTILINE)
    assert set(margin) == set(LABELS)


def test_every_label_has_a_word_in_indonesian():
    assert [label for label in indonesian() if label != "label"] == list(LABELS)


def test_the_readme_in_indonesian_has_the_command_of_the_other():
    assert f"\n`{blocks('sh')[0].strip()}`\n" in PAGES["id/README.md"]


def test_the_keys_of_a_rule_are_all_told():
    rows = re.findall(r"^\| (\w+) \|", section("The keys", PAGES["rules.md"]), re.MULTILINE)
    assert sorted(rows) == sorted(["key", *KEYS])


@pytest.mark.parametrize("name", PAGES)
def test_files_and_options_named_on_a_page_exist(name):
    prose = re.sub(r"^```.*?^```", "", MADE.sub("", PAGES[name]), flags=re.MULTILINE | re.DOTALL)
    files = re.findall(r"`((?:cleaner|corpus|tests|seeds|bench|docs|examples|\.ci)/[\w./]*|[A-Z]+\.md)`", prose)
    missing = {file for file in files if "NAME" not in file and not (ROOT / file).exists()}
    options = set(re.findall(r"`(?:cleaner )?(--[a-z][a-z-]*)", prose))
    unknown = options - set(re.findall(r"--[a-z][a-z-]*", "".join(map(help_of, COMMANDS))))
    assert (missing, unknown) == (set(), set())


def test_all_that_is_public_is_in_the_reference():
    assert sorted(re.findall(r"^::: cleaner\.(?:rules\.)?(\w+)$", PAGES["reference.md"], re.MULTILINE)) == sorted(cleaner.__all__)


def test_every_page_is_in_the_menu():
    menu = re.findall(r"^ +- .+: (.+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert sorted(menu) == sorted(PAGES)


def test_the_site_is_made_of_nothing_from_elsewhere():
    sources = [(ROOT / "mkdocs.yml").read_text("utf-8"), *(path.read_text("utf-8") for path in DOCS.glob("*.css")), *PAGES.values()]
    assert not re.findall(r"(?:https?:)?//[\w.-]+\.\w+", "\n".join(sources))
