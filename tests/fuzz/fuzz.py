"""Fuzz a target for as long as you like: what is new in it leads the next inputs. Needs atheris: pip install -e ".[fuzz]".

    python tests/fuzz/fuzz.py text -max_total_time=60

The targets are text, rules, jsonl and arguments; targets.py says what has to hold. Options are libFuzzer's (-help=1 lists them), and a file in their place is
tried alone. Inputs that reach something new are kept in build/fuzz/TARGET, and the next run begins with them. One that breaks is kept beside that folder and
ends the run: turn it into a test in tests/test_found.py.
"""

import hashlib
import random
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

BUILD = Path(__file__).parent.parent.parent / "build" / "fuzz"
# An input that takes longer never ends: a page takes some milliseconds. libFuzzer's own -timeout goes by the clock on the wall, and a busy machine stands still at times.
PATIENCE = 20  # seconds of computing
HALF = 0.5  # of the inputs libFuzzer makes itself, byte by byte; the others are put together from pieces of the seeds


class Endless(BaseException):
    """An input takes too long. Not an `Exception`, because the command goes on after those."""


def give_up(*_: object) -> None:
    """Raise `Endless`."""
    raise Endless(f"takes more than {PATIENCE} seconds")


def watched() -> ModuleType:
    """The targets, with everything that they run prepared for the fuzzer to see."""
    import atheris

    with atheris.instrument_imports(include=["cleaner", "tomllib"]):
        import targets
    return targets


def dictionary(words: Iterable[str]) -> str:
    """Words in the format of libFuzzer, every byte escaped."""
    return "".join('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in words if word)


def exchanged(data: bytes, joint: bytes, pieces: list[bytes], chance: random.Random) -> bytes:
    """The input with a few of its pieces exchanged for others, or for none. What stands beside what is what the filters go by."""
    own = data.split(joint)
    at = chance.randrange(len(own) + 1)
    own[at : at + chance.randrange(4)] = chance.choices(pieces, k=chance.randrange(3))
    return joint.join(own)


def main(name: str, *options: str) -> None:
    """Write the seeds and the dictionary, and fuzz until the options say that it is enough."""
    import atheris

    target = watched().TARGETS[name]
    folder = BUILD / name
    folder.mkdir(parents=True, exist_ok=True)
    seeds = list(target.seeds())
    pieces = [piece for seed in seeds for piece in seed.split(target.joint)]
    for seed in seeds:
        (folder / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)
    words = BUILD / f"{name}.dict"
    words.write_text(dictionary(target.words()), "ascii")

    def check(data: bytes) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        try:
            target.check(data)
        except BaseException:
            sys.stderr.write(f"the input: {data!r}\n")
            raise
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        chance = random.Random(seed)
        return atheris.Mutate(data, longest) if chance.random() < HALF else exchanged(data, target.joint, pieces, chance)[:longest]

    signal.signal(signal.SIGVTALRM, give_up)
    kept = [] if any(Path(option).is_file() for option in options) else [str(folder)]
    atheris.Setup([sys.argv[0], *kept, f"-dict={words}", f"-artifact_prefix={BUILD}/{name}-", *options], check, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
