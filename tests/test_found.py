"""What a search found, the fuzzer's or that of hypothesis: an input each, and a sentence that says what went wrong."""

import signal

import pytest

from cleaner import Page, RuleError, cli, rules
from cleaner.rules import load

RULE = """
[[rule]]
name = "sponsor-line"
label = "ad"
why = "thanks the sponsor"
pattern = "PATTERN"
first = ["sponsor"]
witness = ["Sponsor kami"]
near_miss = ["Ia mencari sponsor."]
"""


@pytest.fixture
def file(tmp_path):
    """A rule file that does not exist yet."""
    return tmp_path / "mine.toml"


@pytest.fixture
def _patience():
    """Fail after a few seconds of computing, where a test would otherwise fill the memory."""
    before = signal.signal(signal.SIGVTALRM, lambda *_: pytest.fail("comes to no end"))
    signal.setitimer(signal.ITIMER_VIRTUAL, 5)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("_patience")
@pytest.mark.parametrize("pattern", ["", "(?:Terima kasih)?", "\\\\s*", "(?=Sponsor)"])
def test_a_pattern_that_can_match_nothing_claims_nothing_there_and_comes_to_an_end(pattern, file):
    """The same empty claim was made over and over, until the memory was full."""
    file.write_text(RULE.replace("PATTERN", f"{pattern}|Sponsor kami"), "utf-8")
    assert list(rules(file)(Page("Air surut. Sponsor datang. Warga pulang."))) == []


@pytest.mark.parametrize("pattern", ["(?a)(?u)Sponsor", "[[(]sponsor", "[a-z&&b]"])
def test_a_pattern_that_python_warns_of_or_cannot_have_is_refused_in_a_sentence(pattern):
    """Flags that exclude each other came out as another error, and a warning of Python about sets in sets was printed with a line of its code."""
    with pytest.raises(RuleError, match=r"mine\.toml: rule 'sponsor-line': 'pattern' is no regular expression"):
        list(load(RULE.replace("PATTERN", pattern), "mine.toml"))


@pytest.mark.parametrize("toml", [f"rule = {'[' * 9999}", f"rule = {'9' * 9999}", f"[[rule]]\nlongest = {'9' * 9999}"], ids=["brackets", "number", "number in a rule"])
def test_toml_that_python_gives_up_on_is_refused_like_any_that_cannot_be_used(toml):
    """What Python raises for brackets nested too deep and for numbers of too many digits came out as it was."""
    with pytest.raises(RuleError, match=r"mine\.toml: is not TOML"):
        list(load(toml, "mine.toml"))


def test_a_rule_file_whose_name_is_too_long_is_refused_like_any_that_cannot_be_read(capsys):
    """The error came from the look whether a built-in file has that name, and was taken for one from writing the output."""
    name = "a" * 999
    with pytest.raises(RuleError, match="cannot be read"):
        rules(name)
    assert cli.main(["--rules", name, "--list"]) == cli.UNUSABLE
    assert capsys.readouterr().err.startswith(f"cleaner: {name}: cannot be read")
