"""Fit the weights of `cleaner.cut` to pairs of a link and the paragraph behind it, and write ``cleaner/data/cut.toml``.

    python bench/fit_cut.py TEXTS.jsonl[.gz] [--check]

The recipe of the pairs: in scraped texts that kept their lines, every line "Baca juga: HEADLINE" followed by a paragraph
gives a real pair; HEADLINE before another paragraph of the same document gives one more. Each is joined once with a
blank and once without. The model is a conditional logit over the candidates of `cleaner.cut.candidates`. Its signs and
its openers are all there is: of the 300 words that open most sentences, those that two publishers print, so that no name
in the news of one gets in. ``--check`` also fits it without each publisher in turn and prints how many cuts are exact
there. Needs numpy.
"""

import argparse
import collections
import gzip
import json
import random
import re
from pathlib import Path

import numpy as np

from cleaner import cut
from cleaner.shapes import shape, strong

LINK = re.compile(r"\(?(?:baca juga|baca|lihat juga|simak juga|pilihan editor)\s*:\s*(\S.{15,160}?)\)?\s*", re.I)
OPENERS = 300
PUBLISHERS = 2
RIDGE = 0.02


def pairs(path, seed=0):
    """Yield (publisher, real, text, place of the cut, document) for every pair."""
    rng = random.Random(seed)
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            document = json.loads(line)
            lines = [x.strip() for x in document["text"].split("\n") if x.strip()]
            if len(lines) < 4:
                continue
            paragraphs = [x for x in lines if strong(shape(x)) and not LINK.match(x)]
            for number, x in enumerate(lines[:-1]):
                link = LINK.fullmatch(x)
                if not link or "  " in link[1] or LINK.search(link[1]):
                    continue
                real = lines[number + 1]
                for is_real, rest in ((True, real), (False, rng.choice(paragraphs) if paragraphs else "")):
                    if rest and rest[0].isalnum() | (rest[0] in '"“') and strong(shape(rest)) and not LINK.match(rest) and len(rest) > 60:
                        others = [y for y in lines if y not in (x, rest)]
                        for gap in (" ", ""):
                            text = link[1] + gap + rest
                            yield document["publisher"], is_real, text[:500], len(link[1]), " ".join([*others[:number], text, *others[number:]])


def features(text, whole, sign_at, opener_at):
    """The candidates of a pair: their places, and a row of features each."""
    places, rows = [], []
    for before, after, words in cut.candidates(text, 0, len(text)):
        row = np.zeros(len(sign_at) + len(opener_at))
        found = cut.signs(text, before, after, len(text), words)
        found["printed together elsewhere"] = float(cut.together(text, before, after, whole))
        found["opens a sentence elsewhere"] = float(cut.opens(text, after, whole))
        word = cut.opener(text, after)
        if word in opener_at:
            row[len(sign_at) + opener_at[word]] = 1
        else:
            found["unknown opener"] = 1.0
        for name, value in found.items():
            if name not in sign_at:
                raise KeyError(name)
            row[sign_at[name]] = value
        places.append(before)
        rows.append(row)
    return places, np.array(rows)


def fit(data, width, rounds=250, rate=0.15):
    """The weights that make the true cuts most likely: gradient ascent with momentum (Adam) on the conditional logit."""
    stacked = np.concatenate([rows for _, rows, _ in data])
    bounds = np.cumsum([0] + [len(rows) for _, rows, _ in data])[:-1]
    which = np.repeat(np.arange(len(data)), [len(rows) for _, rows, _ in data])
    true = np.array([start + at for start, (_, _, at) in zip(bounds, data, strict=True)])
    weights = np.zeros(width)
    m = v = np.zeros(width)
    for step in range(1, rounds + 1):
        scores = stacked @ weights
        top = np.maximum.reduceat(scores, bounds)
        odds = np.exp(scores - top[which])
        odds /= np.add.reduceat(odds, bounds)[which]
        slope = (stacked[true].sum(0) - odds @ stacked) / len(data) - RIDGE / 100 * weights
        m, v = 0.9 * m + 0.1 * slope, 0.99 * v + 0.01 * slope**2
        weights = weights + rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return weights


def main():
    """Read the pairs, fit, and write."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("texts")
    options.add_argument("--check", action="store_true")
    options = options.parse_args()
    found = list(pairs(options.texts))
    starts = collections.Counter(cut.opener(text, at + (text[at] == " ")) for _, _, text, at, _ in found)
    printed = collections.defaultdict(set)  # by which publishers a word is printed there: a name in the news of one is no opener
    for publisher, _, text, at, _ in found:
        printed[cut.opener(text, at + (text[at] == " "))].add(publisher)
    openers = sorted(word for word, count in starts.most_common(OPENERS) if word.isalpha() and count >= 8 and len(printed[word]) >= PUBLISHERS)
    dummy = set()
    for _, _, text, _, _ in found[:3000]:
        for before, after, words in cut.candidates(text, 0, len(text)):
            dummy |= set(cut.signs(text, before, after, len(text), words))
    names = sorted(dummy | {"printed together elsewhere", "opens a sentence elsewhere", "unknown opener"})
    sign_at = {name: at for at, name in enumerate(names)}
    opener_at = {word: at for at, word in enumerate(openers)}
    data = []
    for publisher, real, text, at, whole in found:
        places, rows = features(text, whole, sign_at, opener_at)
        if at in places:
            data.append((places, rows, places.index(at), publisher, real, text[at] == " "))
    print(f"{len(found)} pairs, {len(data)} with the true cut among the candidates")
    width = len(names) + len(openers)

    def exact(rows, weights):
        return np.mean([int(np.argmax(row @ weights)) == at for _, row, at, *_ in rows]) if rows else float("nan")

    if options.check:
        for publisher, count in collections.Counter(d[3] for d in data).most_common():
            if count < 60:
                continue
            weights = fit([d[:3] for d in data if d[3] != publisher], width)
            held = [d for d in data if d[3] == publisher]
            print(f"{publisher:16}{len(held):6}", *(f"{kind} {exact([d for d in held if d[5] == spaced and d[4] == real], weights):.3f}" for kind, spaced, real in
                  (("real spaced", True, True), ("real glued", False, True), ("other spaced", True, False), ("other glued", False, False))))
    weights = fit([d[:3] for d in data], width)
    print(f"all, in sample: spaced {exact([d for d in data if d[5]], weights):.3f}, glued {exact([d for d in data if not d[5]], weights):.3f}")
    table = ["# Made by bench/fit_cut.py: what each sign is worth, in log-odds. Edit the script, not this file.", "", "[sign]"]
    table += [f"{json.dumps(name)} = {weights[at]:.2f}" for name, at in sign_at.items()]
    table += ["", "# Words that open the text behind the cut.", "[opener]"]
    table += [f"{json.dumps(word, ensure_ascii=False)} = {weights[len(names) + at]:.2f}" for word, at in opener_at.items()]
    Path(cut.__file__).with_name("data").joinpath("cut.toml").write_text("\n".join(table) + "\n", "utf-8")


if __name__ == "__main__":
    main()
