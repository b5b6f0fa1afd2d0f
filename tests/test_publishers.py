"""Publishers: one file is all that a new one needs, and the files that there are hold what their keys say."""

import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

import cleaner
from blocks import ROOT
from cleaner import LABELS, clean, rules
from cleaner.publishers import COMMON, KEYS, known, of, pattern, tables
from cleaner.rules import _is_slot

sys.path.append(str(ROOT / "bench"))
from left_out import without

NEW = """
names = ["KABAR24", "Kabar24"]
domains = ["kabar24.test"]
credit = ["K24"]

[[rule]]
name = "kabar24-quiz"
label = "promo"
why = "invites to a quiz"
line = ["jawab kuis hari ini"]
witness = ["Jawab Kuis Hari Ini"]
near_miss = ["Jawab kuis hari ini dengan jujur, kata guru itu."]
"""
PAGE = """Pasar Ramai Lagi
Rina Hapsari - Kabar24
Senin, 3 Maret 2025

Pedagang menata dagangan. (Darto/K24)

KABAR24 - Pasar itu ramai kembali sejak pagi, kata pedagang yang sudah lama berjualan di sana.
Jawab Kuis Hari Ini
Pembeli datang dari desa-desa di sekitar, dan mereka membawa pulang sayur serta ikan asin.

Kabar24 © 2025
"""
PROGRAM = """
from pathlib import Path
from cleaner import clean
article = clean(Path("page.txt").read_text("utf-8"))
print(article.dateline, article.byline, article.credit, *(span.rule for span in article.removed), sep="|")
"""


def said(folder: Path) -> list[str]:
    """What the package in a folder finds on the page."""
    (folder / "page.txt").write_text(PAGE, "utf-8")
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout.strip().split("|")


def test_a_new_publisher_is_one_file(tmp_path: Path) -> None:
    copytree(ROOT / "cleaner", tmp_path / "cleaner")
    before = said(tmp_path)
    assert before[0] != "KABAR24 -"
    assert not {"kabar24-quiz", "copyright-of-a-publisher"} & set(before)
    (tmp_path / "cleaner/publishers/kabar24.toml").write_text(NEW, "utf-8")
    dateline, byline, credit, *found = said(tmp_path)
    assert (dateline, byline, credit) == ("KABAR24 -", "Rina Hapsari - Kabar24", "(Darto/K24)")
    assert {"kabar24-quiz", "copyright-of-a-publisher"} <= set(found)


def test_without_its_file_a_publisher_is_nobody() -> None:
    page = PAGE.replace("KABAR24", "Liputan6").replace("Kabar24", "Liputan6")
    assert clean(page).dateline == "Liputan6 -"
    assert without("liputan6").clean(page).dateline == ""
    assert clean(page).dateline == "Liputan6 -"
    assert set(without("detik").rules().names) == set(rules().names) - set(rules("detik").names)


@pytest.mark.parametrize("file", tables())
def test_a_file_holds_lists_of_names_under_known_keys(file: str) -> None:
    table = dict(tables()[file])
    assert set(table) <= {*KEYS, "rule", "slots"}
    assert isinstance(table.pop("network", ""), str)
    assert all(isinstance(name, str) and name.strip() == name != "" for key in KEYS for name in table.get(key, ()))
    assert all(domain == domain.casefold() and "." in domain for domain in table.get("domains", ()))
    assert file == COMMON or of(file)[:1]
    assert all(map(_is_slot, table.get("slots", {}).items()))
    assert all(rule["label"] in LABELS for rule in table.get("rule", ()))


def test_a_name_stands_in_one_file() -> None:
    for key in KEYS:
        if key != "network":
            names = [name for table in tables().values() for name in table.get(key, ())]
            assert len(names) == len(set(names)) == len(known(key)), key


def test_a_publisher_is_found_by_its_names_its_domains_and_its_network() -> None:
    assert of("republikaonline") == of("Republika Online") == of("republika.co.id") == ["republika"]
    assert of("kompastv") == of("kompasiana") == ["kompas"]
    assert {"detik", "cnnindonesia"} <= set(of("trans"))
    assert of("suarajombang") == of("common") == of("") == []


def test_no_names_are_an_expression_that_nothing_matches() -> None:
    assert not re.search(pattern([]), "Kabar24")
    assert cleaner.publishers.known("nothing") == []
