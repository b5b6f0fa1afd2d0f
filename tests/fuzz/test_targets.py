"""The fuzzer's targets hold for their seeds, and notice what does not hold. The fuzzer itself is not needed here."""

import random
import sys

import pytest
import targets
from targets import TARGETS, cli

from fuzz import dictionary, exchanged


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_what_has_to_hold_for_any_bytes_holds_for_the_seeds(target):
    seeds = list(target.seeds())
    for seed in seeds:
        target.check(seed)
    assert len(set(seeds)) > 20, "too few to begin with"


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"\0\n\0", "\u00e2\u20ac\u0153\ufeff".encode(), b"[" * 9999, b"--part\0", b"{" * 9999, b'{"text": "\\ud83d\\n"}'])
@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_what_has_to_hold_for_any_bytes_holds_for_odd_ones(target, data):
    target.check(data)


def test_a_character_that_is_lost_is_noticed(monkeypatch):
    monkeypatch.setattr(targets, "repair", lambda text: f"{text}.")
    with pytest.raises(AssertionError, match="is not"):
        targets.text(b"Air surut.")


def test_an_error_that_is_no_rule_error_is_noticed(monkeypatch):
    monkeypatch.setattr(targets, "rules", lambda file: {}[file])
    with pytest.raises(KeyError):
        targets.rule_file(b"")


@pytest.mark.parametrize("printed", ["", "{}\n", '{"text": "a"}\n', '{"text": "b", "article": {"spans": []}}\n', '{"text": "a", "article": {"spans": [{"text": "b"}]}}\n'])
def test_a_record_that_comes_back_otherwise_is_noticed(printed, monkeypatch):
    monkeypatch.setattr(cli, "main", lambda *_: sys.stdout.write(printed) * 0)
    with pytest.raises((AssertionError, KeyError)):
        targets.json_lines(b'{"text": "a"}\n')


@pytest.mark.parametrize(("status", "says"), [(3, "cleaner: tiga\n"), (2, ""), (0, "cleaner: dua\n"), (0, "")])
def test_a_status_that_is_not_documented_or_says_nothing_is_noticed(status, says, monkeypatch):
    monkeypatch.setattr(cli, "main", lambda *_: sys.stderr.write(says) * 0 + status)
    with pytest.raises(AssertionError):
        targets.arguments(b"page.txt")


def test_words_with_quotes_and_any_letters_can_stand_in_a_dictionary():
    assert dictionary(['"a', "", "é\n"]) == '"\\x22\\x61"\n"\\xc3\\xa9\\x0a"\n'


def test_an_input_is_put_together_from_pieces_of_its_own_and_of_others():
    chance = random.Random(1)
    made = [exchanged(b"a|b|c|d", b"|", [b"x", b"y"], chance) for _ in range(200)]
    assert {b"a|b|c|d", b"a|b|c|d|x", b"d", b"x|y|b|c|d", b"a|y|c|d"} <= set(made)
