"""What a search found, the fuzzer's or that of hypothesis: an input each, and a sentence that says what went wrong."""

import signal

import pytest

from cleaner import Page, RuleError, clean, cli, rules
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
    file.write_text(RULE.replace("PATTERN", f"Sponsor kami|{pattern}"), "utf-8")
    assert list(rules(file)(Page("Air surut. Sponsor datang. Warga pulang."))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Pasar Tani\nWarga dapat datang ke pasar tani di balai desa dengan jadwal yang berlaku:\nJumat, 5 September 2025",
        "Pasar Tani\nWarga Kampung Rawabening dapat menjual hasil panen di balai desa pada hari yang sudah ditentukan:\nSenin 10 Februari 2025\n",
    ],
)
def test_a_page_that_ends_in_a_date_is_cleaned(text):
    """The story was looked for below the date, where no line was left: `IndexError`."""
    assert text.split("\n")[1] in clean(text).body


@pytest.mark.usefixtures("_patience")
@pytest.mark.parametrize("loud", ["AYO" * 30, "Aa" * 40, "A." * 40])
def test_capitals_behind_a_comma_are_no_riddle(loud):
    """Whether they were names in a caption took longer than anybody can wait, since a word of capitals can be cut into names in many ways."""
    text = f"Sungai Jernih\nSenin, 10 Februari 2025 08:15 WIB\nRatna, {loud}!\nRAWABENING - Warga mengambil air dari sungai sejak Senin pagi."
    assert clean(text).dateline == "RAWABENING -"


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


def test_a_sentence_ends_before_a_carriage_return_too():
    # A unit that owned the bar of the next line was no sentence, and the counter behind the bar stayed in the story.
    told = "Warga Kampung Rawabening memperbaiki tanggul yang jebol di tepi Sungai Wening"
    page = f"""Warga Rawabening Perbaiki Tanggul di Tepi Sungai Wening
Senin, 10 Februari 2025 08:15 WIB
{told} sejak Senin pagi karena pasokan dari luar daerah belum tiba. {told} sejak Senin pagi agar anak-anak dapat kembali.
{told} sejak Senin pagi meskipun bantuan belum turun. {told} setelah hujan reda karena pasokan dari luar daerah belum tiba.
| 1.229 Views
{told} setelah hujan reda agar anak-anak dapat kembali. {told} sebelum matahari terbenam karena pasokan belum tiba."""
    unix, dos = clean(page), clean(page.replace("\n", "\r\n"))
    assert dos.parts() == unix.parts()
    assert not [text for text in unix.paragraphs if "Views" in text]
