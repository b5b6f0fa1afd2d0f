"""The command when the world around it fails: streams, disks, files, signals, memory, and records without measure."""

import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, suppress
from itertools import count
from pathlib import Path
from threading import Thread

import pytest

from test_cli import (
    BODY,
    COMMAND,
    ENVIRONMENT,
    PAGE,
    PATIENCE,
    ROOT,
    complaint,
    lines,
    out,
    records,
    run,
    script,
    started,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="streams, signals and limits are those of POSIX")

CLEANER = shlex.join(COMMAND)
GOOD = {"id": 0, "text": PAGE}
BAD = {"id": 1}
MEGABYTE = 1_000_000
PIPE = 65_536  # bytes that a pipe takes before whoever writes has to wait for whoever reads
LARGE = {"text": PAGE, "pad": "x" * 20 * PIPE}  # comes back in a line that no pipe takes at once


def story(sentences):
    """A story of so many sentences of some 70 letters, in one line."""
    return " ".join(f"Warga dusun ke-{number} mulai kembali ke rumah masing-masing sejak pagi tadi." for number in range(sentences))


def shell(words, given=b"", cwd=ROOT):
    """Run a line of a shell."""
    return subprocess.run(["sh", "-c", words], input=given, capture_output=True, cwd=cwd, env=ENVIRONMENT, check=False)


def is_whole(text):
    """Whether a text is whole records, each with its article."""
    return text == b"".join(line + b"\n" for line in text.split(b"\n")[:-1]) and all("article" in json.loads(line) for line in text.splitlines())


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "page.txt").write_text(PAGE)
    (tmp_path / "pages.jsonl").write_text(lines(GOOD, BAD, GOOD))
    return tmp_path


# Streams that are closed, or fail.


@pytest.mark.parametrize(
    ("words", "status", "ids", "said"),
    [
        ("--jsonl <&-", 2, [], "standard input: cannot be read"),
        ("--jsonl pages.jsonl - pages.jsonl <&-", 2, [0, 1, 0, 0, 1, 0], "standard input: cannot be read"),
        ("--jsonl pages.jsonl <&-", 1, [0, 1, 0], "pages.jsonl, line 2: "),
        ("--jsonl 0> other", 2, [], "standard input: cannot be read"),
        ("--jsonl pages.jsonl >&-", 2, [], "the output cannot be written"),
        ("--jsonl pages.jsonl 2>&-", 1, [0, 1, 0], None),
        ("--jsonl pages.jsonl - <&- 2>&-", 2, [0, 1, 0], None),
        ("--jsonl pages.jsonl <&- >&- 2>&-", 2, [], None),
        ("--help >&-", 2, [], "the output cannot be written"),
        ("--list >&-", 2, [], "the output cannot be written"),
    ],
)
def test_a_closed_stream_costs_only_what_would_have_gone_through_it(folder, words, status, ids, said):
    done = shell(f"exec {CLEANER} {words}", cwd=folder)
    assert done.returncode == status
    assert [record["id"] for record in records(done)] == ids
    assert f"cleaner: {said}" in done.stderr.decode() if said else done.stderr == b""
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_complaints_that_cannot_be_written_cost_no_record_and_no_page(folder):
    done = shell(f"exec {CLEANER} --jsonl pages.jsonl pages.jsonl 2> /dev/full", cwd=folder)
    assert ([record["id"] for record in records(done)], done.returncode) == ([0, 1, 0] * 2, 1)
    done = shell(f"exec {CLEANER} nowhere.txt page.txt nowhere.txt page.txt 2> /dev/full", cwd=folder)
    assert (out(done), done.returncode) == (f"{BODY}\n\n\n{BODY}\n", 2)


def test_complaints_whose_reader_has_left_cost_no_record(folder):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*COMMAND, "--jsonl", "pages.jsonl", "pages.jsonl"], stdout=subprocess.PIPE, stderr=write, cwd=folder, env=ENVIRONMENT, check=False)
    os.close(write)
    assert ([record["id"] for record in records(done)], done.returncode) == ([0, 1, 0] * 2, 1)


def test_an_input_that_does_not_block_is_waited_for():
    read, write = os.pipe()
    os.set_blocking(read, False)

    def hesitate():
        with os.fdopen(write, "wb", buffering=0) as stream:
            for text in lines(GOOD, GOOD).encode().split(b"Warga"):
                time.sleep(0.5)  # long enough to come upon no record, and upon half of one
                stream.write(text if text.endswith(b"\n") else text + b"Warga")

    feeder = Thread(target=hesitate)
    feeder.start()
    done = subprocess.run([*COMMAND, "--jsonl"], stdin=read, capture_output=True, cwd=ROOT, env=ENVIRONMENT, timeout=PATIENCE, check=False)
    feeder.join()
    os.close(read)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [record["article"]["body"] for record in records(done)] == [BODY, BODY]


def test_an_output_that_does_not_block_is_waited_for():
    read, write = os.pipe()
    os.set_blocking(write, False)
    with ThreadPoolExecutor(1) as pool, os.fdopen(read, "rb") as answers:
        text = pool.submit(answers.read)
        try:
            given = lines(LARGE, LARGE).encode()
            done = subprocess.run([*COMMAND, "--jsonl"], input=given, stdout=write, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT, timeout=PATIENCE, check=False)
        finally:
            os.close(write)
        assert (done.returncode, done.stderr) == (0, b"")
        assert (is_whole(text.result()), text.result().count(b"\n")) == (True, 2)


# Disks that are full.

ROOM = 65_536  # bytes on a disk that is soon full
# Where files may not grow, Python leaves half of the bytecode of a module, and the next command fails on that.
NO_BYTECODE = {"PYTHONDONTWRITEBYTECODE": "1"}


def first_that_works(*commands):
    """The first of these commands with which the system lets us mount a disk that nobody else sees, or none."""
    mount = ["mount", "-t", "tmpfs", "tmpfs", tempfile.gettempdir()]
    return next((command for command in commands if shutil.which(command[0]) and not subprocess.run([*command, *mount], capture_output=True, check=False).returncode), [])


APART = first_that_works(["unshare", "--map-root-user", "--mount"], ["unshare", "--mount"])
DISKS = [
    pytest.param(
        [*APART, "sh", "-c", f'mount -t tmpfs -o size={ROOM} tmpfs "$PWD" && cd "$PWD" && eval "$0"'],
        marks=pytest.mark.skipif(not APART, reason="the system does not let us mount a disk"),
        id="a small disk",
    ),
    pytest.param(["sh", "-c", f'ulimit -f {ROOM // 512} && eval "$0"'], id="a quota"),
]


def on(disk, words, given, folder):
    """Run the command in an empty folder on the disk, its output in a file there; what stands in the file in place of its output."""
    (folder / "disk").mkdir()
    script = f"{CLEANER} {words}; status=$?; cat out; exit $status"
    return subprocess.run([*disk, script], input=given.encode(), capture_output=True, cwd=folder / "disk", env=ENVIRONMENT | NO_BYTECODE, check=False)


@pytest.mark.parametrize("disk", DISKS)
def test_a_disk_that_gets_full_keeps_what_fits_and_ends_the_run(disk, folder):
    done = on(disk, "--jsonl > out", lines(*({"id": number, "text": PAGE} for number in range(1000))), folder)
    assert done.returncode == 2
    assert complaint(done).startswith("the output cannot be written (")
    whole, _, torn = done.stdout.rpartition(b"\n")
    assert len(done.stdout) == ROOM
    assert is_whole(whole + b"\n")
    assert [json.loads(line)["id"] for line in whole.splitlines()] == list(range(whole.count(b"\n") + 1))
    assert torn


@pytest.mark.parametrize("disk", DISKS)
@pytest.mark.parametrize("option", ["", "--json", "--explain"])
def test_a_page_for_which_there_is_no_room_ends_the_run(disk, option, folder):
    done = on(disk, f"{option} - {shlex.quote(str(folder / 'page.txt'))} > out", story(3000), folder)
    assert (done.returncode, len(done.stdout)) == (2, ROOM)
    assert complaint(done).startswith("the output cannot be written (")


@pytest.mark.parametrize("disk", DISKS)
def test_a_disk_that_has_no_room_for_complaints_either_gives_the_status_all_the_same(disk, folder):
    done = on(disk, "--jsonl > out 2> complaints", lines(*[GOOD, BAD] * 1000), folder)
    assert (done.returncode, done.stderr) == (2, b"")
    assert is_whole(done.stdout.rpartition(b"\n")[0] + b"\n") or b'{"id": 1}\n' in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("option", ["", "--json", "--explain", "--part title", "--jsonl", "--help", "--list", "--version"])
@pytest.mark.parametrize("said", ["", "2> /dev/full"])
def test_output_that_cannot_be_written_ends_with_2_whatever_it_is(option, said, folder):
    given = lines(GOOD) if option == "--jsonl" else PAGE
    done = shell(f"exec {CLEANER} {option} > /dev/full {said}", given=given.encode(), cwd=folder)
    assert done.returncode == 2
    assert done.stderr == b"" if said else complaint(done).startswith("the output cannot be written (No space left on device)")


# Readers that leave, and signals.


@pytest.mark.parametrize("words", ["--jsonl many.jsonl", "--json" + " page.txt" * 500])
def test_a_reader_that_has_enough_ends_the_run_without_a_word(words, folder):
    (folder / "many.jsonl").write_text(lines(GOOD) * 1000)
    done = shell(f"{{ {CLEANER} {words}; echo $? >&2; }} | head -n 1", cwd=folder)
    assert done.stderr == b"141\n"
    assert [record.get("article", record)["body"] for record in records(done)] == [BODY]


def test_a_reader_that_leaves_in_the_middle_of_a_record_ends_the_run_without_a_word():
    with started("--jsonl") as process:
        process.stdin.write(lines(LARGE).encode())
        process.stdin.flush()
        assert process.stdout.read(1) == b"{"
        process.stdout.close()
        assert (process.wait(), process.stderr.read()) == (141, b"")


def feed(process, given):
    """Write into the standard input of a process until it closes it."""
    with suppress(OSError):
        for text in given:
            process.stdin.write(text.encode())
            process.stdin.flush()


ENDINGS = pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)], ids=["SIGINT", "SIGTERM"])


@pytest.fixture(autouse=True)
def _heard():
    # A shell starts what it runs in the background deaf to interrupts, and its children inherit that, unless a handler is set.
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, usual)


@ENDINGS
@pytest.mark.parametrize("answers", [1, 5, 25])
@pytest.mark.parametrize("pad", [0, 5000, PIPE], ids=["short records", "records of 5 kB", "records of 64 kB"])
def test_a_signal_in_the_middle_of_a_stream_leaves_whole_records(number, status, answers, pad):
    with started("--jsonl") as process:
        feeder = Thread(target=feed, args=(process, (lines({"id": at, "text": PAGE, "pad": "x" * pad}) for at in count())))
        feeder.start()
        text = b"".join(process.stdout.readline() for _ in range(answers))
        process.send_signal(number)
        text += process.stdout.read()
        assert (process.wait(), process.stderr.read()) == (status, b"")
        feeder.join()
        process.stdin = None
    assert is_whole(text)
    assert [json.loads(line)["id"] for line in text.splitlines()] == list(range(text.count(b"\n")))


@ENDINGS
def test_a_signal_in_the_middle_of_a_record_waits_for_its_end(number, status):
    with started("--jsonl") as process:
        feeder = Thread(target=feed, args=(process, [lines(LARGE)] * 5))
        feeder.start()
        text = process.stdout.read(1)  # No pipe takes a whole record, so the command is in the middle of the first one from here on.
        process.send_signal(number)
        text += process.stdout.read()
        assert (process.wait(), process.stderr.read()) == (status, b"")
        feeder.join()
        process.stdin = None
    assert (is_whole(text), text.count(b"\n")) == (True, 1)


@ENDINGS
@pytest.mark.parametrize("options", [["--jsonl"], []], ids=["records", "a page"])
def test_a_signal_while_there_is_more_to_read_or_to_clean_is_silent(number, status, options):
    given = lines(GOOD, {"text": story(20_000)}) if options else story(20_000)
    with started(*options) as process:
        process.stdin.write(given.encode())  # more than a pipe takes, so the command is at work
        process.stdin.flush()
        process.send_signal(number)
        process.stdin.close()
        process.stdin = None
        text = process.stdout.read()
        assert (process.wait(), process.stderr.read()) == (status, b"")
    assert is_whole(text) if options else text == b""


@ENDINGS
def test_a_signal_while_the_next_record_is_awaited_leaves_what_was_answered(number, status):
    with started("--jsonl") as process:
        process.stdin.write(lines(GOOD).encode())
        process.stdin.flush()
        answer = process.stdout.readline()
        process.send_signal(number)
        process.stdin.close()  # Python overlooks a signal that comes right before it begins to wait for input.
        process.stdin = None
        assert (process.wait(), process.stdout.read(), process.stderr.read()) == (status, b"", b"")
    assert is_whole(answer)


# Files that cannot be read.


@pytest.fixture
def bad(folder, request):
    """A path that cannot be read, of one of several kinds."""
    path = folder / "bad"
    if request.param == "folder":
        path.mkdir()
    elif request.param == "loop":
        path.symlink_to(path)
    elif request.param == "link to nowhere":
        path.symlink_to(folder / "nowhere")
    elif request.param == "socket":
        with socket.socket(socket.AF_UNIX) as server, chdir(folder):  # The path of a socket must be short.
            server.bind("bad")
    elif request.param == "failing disk":
        if not Path("/proc/self/mem").exists():
            pytest.skip("needs a file that fails when it is read")
        path.symlink_to("/proc/self/mem")
    elif request.param == "forbidden":
        path.write_text(lines(GOOD))
        path.chmod(0)
    return path.name


# The superuser may read everything; without these two rights, no more than anyone.
HUMBLE = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if getattr(os, "geteuid", int)() == 0 else []
KINDS = {
    "folder": "Is a directory",
    "loop": "Too many levels of symbolic links",
    "link to nowhere": "No such file or directory",
    "socket": "No such device or address",
    "failing disk": "Input/output error",
    "forbidden": "Permission denied",
}


@pytest.mark.parametrize(("bad", "reason"), KINDS.items(), ids=KINDS, indirect=["bad"])
@pytest.mark.parametrize("options", [["--jsonl"], []], ids=["records", "pages"])
def test_a_file_that_cannot_be_read_is_named_with_the_reason_and_the_others_are_cleaned(bad, reason, options, folder):
    if HUMBLE and reason == KINDS["forbidden"] and not shutil.which(HUMBLE[0]):
        pytest.skip("the superuser may read everything")
    (folder / "good").write_text(lines(GOOD) if options else PAGE)
    done = subprocess.run([*HUMBLE, *COMMAND, *options, "good", bad, "good"], capture_output=True, cwd=folder, env=ENVIRONMENT, check=False)
    assert done.returncode == 2
    assert complaint(done).startswith(f"bad: cannot be read ({reason})")
    assert out(done).count(BODY) == (4 if options else 2)


@pytest.mark.parametrize(("bad", "reason"), KINDS.items(), ids=KINDS, indirect=["bad"])
def test_a_rule_file_that_cannot_be_read_is_named_with_the_reason(bad, reason, folder):
    if HUMBLE and reason == KINDS["forbidden"] and not shutil.which(HUMBLE[0]):
        pytest.skip("the superuser may read everything")
    done = subprocess.run([*HUMBLE, *COMMAND, "--rules", bad, "page.txt"], capture_output=True, cwd=folder, env=ENVIRONMENT, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert complaint(done).startswith(f"bad: cannot be read ({reason})")


def test_a_name_that_is_no_utf_8_is_told_in_ascii(folder):
    done = subprocess.run([*COMMAND, b"ba\xffd", "page.txt"], capture_output=True, cwd=folder, env=ENVIRONMENT, check=False)
    assert (out(done), done.returncode) == (f"{BODY}\n", 2)
    assert complaint(done).startswith("ba\\udcffd: cannot be read (")


# Records without measure.


@pytest.mark.slow
def test_a_record_of_50_megabytes_is_a_record_like_the_others():
    record = {"id": 1, "pad": "x" * 40 * MEGABYTE, "text": story(10 * MEGABYTE // 73)}
    done = run("--jsonl", given=lines(GOOD, record, GOOD))
    first, large, last = records(done)
    assert (done.returncode, done.stderr) == (0, b"")
    assert first["article"]["body"] == last["article"]["body"] == BODY
    assert large.pop("article")["body"] == record["text"]
    assert large == record


@pytest.mark.parametrize(
    "line",
    [b"x" * 50 * MEGABYTE, b'{"text": "' + b"x" * 50 * MEGABYTE, b'{"a":' * 10 * MEGABYTE, b"\xff" * 50 * MEGABYTE],
    ids=["a word", "half a record", "ten million objects", "no letters"],
)
def test_a_broken_line_of_50_megabytes_is_told_in_a_sentence_and_the_run_goes_on(line):
    done = run("--jsonl", given=lines(GOOD).encode() + line + b"\n" + lines(GOOD).encode())
    assert ([record["id"] for record in records(done)], done.returncode) == ([0, 0], 1)
    assert complaint(done).startswith("standard input, line 2: ")
    assert len(done.stderr) < 200


def test_records_that_grow_are_all_answered():
    given = [{"id": power, "text": story(2**power)} for power in range(15)]  # up to 1.2 MB
    given += given[::-1]
    done = run("--jsonl", given=lines(*given))
    assert (done.returncode, done.stderr) == (0, b"")
    assert [(record["id"], record["article"]["body"]) for record in records(done)] == [(record["id"], record["text"]) for record in given]


def test_a_record_that_comes_in_pieces_is_read_to_its_end():
    text = "“Warga mulai kembali ke rumah,” kata Zoë."
    line = json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n"
    with started("--jsonl") as process:
        for at in range(len(line)):  # Every letter of several bytes is cut.
            process.stdin.write(line[at : at + 1])
            process.stdin.flush()
        assert json.loads(process.stdout.readline())["article"]["body"] == text


def test_a_stream_that_breaks_off_in_the_middle_of_a_record_keeps_the_records_before_it():
    done = run("--jsonl", given=lines(GOOD, GOOD)[:-20])
    assert ([record["id"] for record in records(done)], done.returncode) == ([0], 1)
    assert complaint(done).startswith("standard input, line 2: is no JSON (")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device that gives zeros")
@pytest.mark.parametrize("options", [["--jsonl"], []], ids=["records", "pages"])
def test_what_is_no_text_is_told_by_its_first_bytes_and_not_read_to_its_end(options):
    done = run(*options, "/dev/zero")
    assert (done.returncode, done.stdout) == (2, b"")
    assert complaint(done) == "/dev/zero: is no text: it holds NUL bytes; give the text of a page"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded where the system says so")
@pytest.mark.parametrize("options", [["--jsonl"], []], ids=["records", "pages"])
def test_an_input_that_grows_until_there_is_no_memory_left_is_told_in_a_sentence(options, folder):
    (folder / "good").write_text(lines(GOOD) if options else PAGE)
    words = f"ulimit -v 200000; exec {CLEANER} {shlex.join(options)} good - good"
    endless = subprocess.Popen([sys.executable, "-c", "import sys\nwhile True:\n    sys.stdout.write('x' * 65536)"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with endless:
        done = subprocess.run(["sh", "-c", words], stdin=endless.stdout, capture_output=True, cwd=folder, env=ENVIRONMENT, check=False)
        endless.kill()
    assert done.returncode == 2
    assert complaint(done).startswith("standard input: cannot be read (it does not fit into the memory)")
    assert out(done).count(BODY) == (4 if options else 2)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded where the system says so")
def test_a_record_for_which_there_is_no_memory_is_told_and_the_others_are_cleaned():
    code = "import sys; from cleaner.cli import main; main(['--jsonl']); sys.exit(open('/proc/self/status').read().split('VmPeak:')[1].split()[0])"
    small = int(script(code, given=lines(GOOD).encode()).stderr)  # kilobytes that a record without measure needs
    given = lines(GOOD, {"id": 1, "text": PAGE, "pad": "x" * 20 * MEGABYTE}, GOOD).encode()
    statuses = []
    for copies in (1, 2, 3, 4, 5, 6, 20):  # Of each record there are several in memory at once, and there may be no room for any of them.
        done = shell(f"ulimit -v {small + copies * 22_000}; exec {CLEANER} --jsonl", given=given)
        said = done.stderr.decode().splitlines()
        read = done.returncode != 2  # or nobody knows where the next record begins
        assert [line.partition(": ")[2].partition(": ")[0] for line in said] == (["standard input, line 2"] * done.returncode if read else ["standard input"]), said
        assert [record["id"] for record in records(done) if record["id"] == 0] == ([0, 0] if read else [0])
        assert "()" not in done.stderr.decode(), "the sentence names the reason"
        statuses.append(done.returncode)
    assert statuses[0] != 0 == statuses[-1]


# `cleaner batch`.


@pytest.mark.parametrize("workers", [1, 2])
def test_a_batch_for_which_there_is_no_room_is_told_in_a_sentence_and_resume_goes_on(workers, tmp_path):
    (tmp_path / "a.jsonl").write_text(lines(*({"id": number, "text": story(20)} for number in range(100))))
    arguments = ["batch", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "o.jsonl"), "--batch-size", "50", "--workers", str(workers), "--quiet"]
    limited = f"import os, resource, sys; sys.dont_write_bytecode = True; os.environ.update({NO_BYTECODE!r}); resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, -1)); from cleaner.cli import main; sys.exit(main({arguments!r}))"
    done = script(limited)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
    assert "cannot be written (File too large); make room, then go on with --resume" in complaint(done)
    assert list(tmp_path.rglob(".*")) == []
    assert run(*arguments, "--resume").returncode == 0
    assert len((tmp_path / "o.jsonl").read_text().splitlines()) == 100
