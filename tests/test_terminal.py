"""``--explain`` on a terminal: every line with its label, nothing lost, whatever the width; and plain text everywhere else."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from itertools import pairwise, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

import strategies as some
from cleaner import LABELS, Claim, Pipeline, clean, margin
from cleaner.labels import FURNITURE
from cleaner.terminal import COLOURS, paint, rows
from test_cli import COMMAND, ENVIRONMENT, ROOT, SEED, run

PAGE = """\
Sanggabumi Panen Air Hujan
Rabu, 5 Maret 2025 09:30 WIB

SANGGABUMI - Warga Desa Sanggabumi kini menampung air hujan untuk menghadapi musim kemarau yang panjang.
ADVERTISEMENT
Sebanyak 40 tandon sudah dipasang di desa itu sejak awal Januari. Baca juga: Mata Air Kaliwangi Menyusut
"Dulu kami membeli air setiap pekan, sekarang cukup dari atap rumah," kata Marto Sukirno. (rwd/slm)
Berita Terkait
Harga Pupuk Turun
2 jam lalu
"""
SHOWN = """\
title     | Sanggabumi Panen Air Hujan
date      | Rabu, 5 Maret 2025 09:30 WIB
          |
dateline  | SANGGABUMI -\\x20
body      + Warga Desa Sanggabumi kini menampung air hujan untuk menghadapi musim\x20
            kemarau yang panjang.
ad        | ADVERTISEMENT
body      | Sebanyak 40 tandon sudah dipasang di desa itu sejak awal Januari.\\x20
readmore  + Baca juga: Mata Air Kaliwangi Menyusut
body      | "Dulu kami membeli air setiap pekan, sekarang cukup dari atap rumah,"\x20
            kata Marto Sukirno.\\x20
signoff   + (rwd/slm)
related   | Berita Terkait
related   | Harga Pupuk Turun
related   | 2 jam lalu
          |

kept: title 1, date 1, dateline 1, body 3
cut, dimmed: ad 1, readmore 1, related 3, signoff 1
"""


def shown(page, width, **options):
    return [row.plain for row in rows(clean(page), Console(width=width), **options)]


def on_terminal(*args, columns=84, **environment):
    """What the command writes to a terminal."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen([*COMMAND, *map(str, args)], stdout=far, cwd=ROOT, env={**ENVIRONMENT, "TERM": "xterm-256color", **environment})
    os.close(far)
    written = b""
    with suppress(OSError):  # A terminal whose far end is closed ends so.
        while piece := os.read(near, 65_536):
            written += piece
    os.close(near)
    assert process.wait() == 0
    return written.decode().replace("\r\n", "\n")


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE)
    return path


def test_the_page_is_that_of_the_margin_format_wrapped_with_a_legend():
    assert "\n".join(shown(PAGE, 84)) + "\n" == SHOWN
    assert shown(PAGE, 500)[:-3] == clean(PAGE).explain().split("\n")


def test_what_is_cut_is_dimmed_and_what_is_kept_is_plain():
    label = ""
    for row in takewhile(lambda row: row.plain, rows(clean(PAGE), Console(width=84))):
        label = row.plain[: margin.WIDTH].strip() or label
        styles = {str(span.style) for span in row.spans if span.start >= margin.WIDTH + 2}
        assert styles <= {"dim" if label in FURNITURE else "default"}


def test_every_label_has_a_colour():
    assert set(COLOURS) == set(LABELS)


def test_the_rule_and_its_reason_stand_below_what_they_labelled_once():
    told = shown(PAGE, 84, why=True)
    assert told[told.index("ad        | ADVERTISEMENT") + 1] == "          ~ ad-marker: marks the place of an advertisement"
    assert sum("a headline below the heading of a block" in row for row in told) == 1


@given(some.texts() | st.text(max_size=200), st.integers(24, 120), st.booleans(), st.randoms())
def test_nothing_is_lost_and_nothing_is_wider_than_the_window(text, width, why, chance):
    cuts = sorted(chance.randrange(len(text) + 1) for _ in range(6))
    labels = list(LABELS)

    def anything(page):
        for start, end in pairwise(cuts):
            yield Claim(start, min(end, len(page.text)), chance.choice(labels), "anything", "chance")

    article = Pipeline((anything,))(text)
    found = list(rows(article, Console(width=width), why=why))
    assert max((cell_len(row.plain) for row in found), default=0) <= width
    page = "".join(row.plain for row in takewhile(lambda row: row.plain, found))
    # A blank that a line is broken at is not shown.
    assert page.replace(" ", "") == article.explain(why=why).replace("\n", "").replace(" ", "")


def test_what_would_steer_the_terminal_is_escaped():
    article = clean("Judul \x1b[31mmerah\x07\n\nWarga pulang sejak pagi.\x1b]0;x\x07\n")
    console = Console(force_terminal=True, color_system="standard", width=80, file=None)
    painted = re.sub(r"\x1b\[[0-9;]*m", "", paint(article, console))
    assert "\x1b" not in painted
    assert "\x07" not in painted
    assert r"Judul \x1b[31mmerah\x07" in painted


def test_a_terminal_gets_colours_and_a_legend(page):
    written = on_terminal("--explain", page)
    assert "\x1b[2m" in written or "\x1b[2;" in written
    assert re.sub(r"\x1b\[[0-9;]*m", "", written) == SHOWN
    assert "ad-marker: marks the place of an advertisement" in on_terminal("--explain", "--why", page)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_colours_gets_plain_text(environment, page):
    assert on_terminal("--explain", page, **environment) == clean(PAGE).explain() + "\n"


def test_an_empty_no_color_is_none(page):
    assert "\x1b[" in on_terminal("--explain", page, NO_COLOR="")


def test_the_width_of_the_terminal_is_respected():
    for columns in (24, 40, 60, 200):
        written = re.sub(r"\x1b\[[0-9;]*m", "", on_terminal("--explain", "--why", SEED, columns=columns))
        assert max(map(cell_len, written.splitlines())) <= columns


def test_a_pipe_gets_the_margin_with_notes_that_reading_leaves_out(page):
    done = run("--explain", "--why", page)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert "ad        | ADVERTISEMENT\n          ~ ad-marker: marks the place of an advertisement\n" in text
    assert margin.read(text.removesuffix("\n")) == margin.read(clean(PAGE).explain())


def test_without_rich_a_terminal_gets_plain_text(page):
    near, far = pty.openpty()
    program = f"import sys; sys.modules['rich'] = None; from cleaner.cli import main; sys.exit(main(['--explain', {str(page)!r}]))"
    done = subprocess.run([sys.executable, "-c", program], stdout=far, cwd=ROOT, env={**ENVIRONMENT, "TERM": "xterm"}, check=False)
    os.close(far)
    with suppress(OSError):
        assert os.read(near, 65_536).decode().replace("\r\n", "\n").startswith("title     | ")
    os.close(near)
    assert done.returncode == 0


def test_why_goes_with_explain(page):
    done = run("--why", page)
    assert (done.returncode, done.stderr) == (2, b"cleaner: --why goes with --explain; --json gives the rule and the reason of every span\n")


def test_the_legend_names_every_label_that_is_there():
    told = " ".join(shown(PAGE, 100)[-2:])
    assert all(f"{span.label} " in told for span in clean(PAGE).spans)


def test_an_empty_page_is_explained_by_nothing():
    assert clean("").explain() == clean("").explain(why=True) == ""
    assert run("--explain", "--why", given=b"").stdout in (b"", b"\n")
