"""Rules are data: phrases in TOML files become one filter.

A rule says what it looks for, under which label it claims that, and why; and it brings at least one witness,
a text that it must claim, and one near miss, a text that it must leave alone:

    [[rule]]
    name = "google-news"
    label = "promo"
    why = "invites to follow on Google News"
    start = ["cek berita dan artikel yang lain di google news"]
    witness = ["Cek Berita dan Artikel yang lain di Google News dan WA Channel"]
    near_miss = ["Cek berita di Google News dulu, kata Rahmat, sebelum membagikannya."]

What it looks for is one or more of

    line       lines that hold nothing else
    start      lines that start so, up to ``longest`` characters
    inside     the words themselves, wherever a sentence may begin
    sentence   the sentence that starts so, up to ``longest`` characters
    pattern    a regular expression, tried where a sentence begins with one of the words in ``first``
               ("0" is any number); with ``whole = true`` only where it takes a whole line

With ``cut = true`` a match inside a line ends where a sentence of the story begins behind it without a stop.
With ``evidence = true`` its claims are reasons for the filter `story` to weigh; without, they stand.

One rule may look for a family of phrases: a word in braces is a slot, which holds one of the texts that
``[slots]`` lists under that name, or with a question mark nothing at all. In ``first`` a slot stands for the
first words of its texts.

    [slots]
    follow = ["ikuti", "follow"]
    ours = ["kami", "berita kami"]

    line = ["{follow} {ours?} {di|pada} google news"]

A pattern of a user's own file has 0.1 s at each place: one that takes longer fails the page, with the name of
its rule, and stops no worker.

Case and white space do not count in the first four, and neither do bullets, dots and colons around a line;
but inside a line a phrase has to begin with a capital, a digit or a sign. Rules are found by the first word,
so the time that a page takes does not grow with the number of rules.
"""

import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from os import PathLike
from typing import Any, NamedTuple, Protocol

from .expression import expression
from .labels import LABELS
from .lazy import cached_property
from .link import before_story
from .publishers import KEYS as OF_PUBLISHERS
from .publishers import known, tables
from .shapes import MANY, SHORT
from .spans import Claim, Page

LONGEST = 200  # characters of what `start` and `sentence` take, unless the rule says otherwise
# Seconds for the pattern of a user's rule at one place; the slowest built-in one takes a thousandth of that.
TIMEOUT = 0.1
# Refused in a user's pattern: repeats of 1,000 and more, for which `regex` takes gigabytes, and its signs for
# matches that are not exact, which `re` reads as text.
UNBOUNDED = expression(r"\{[^{}]*\d{4}|\{[eids<]")
EDGES = " \t\r\n\xa0.,:;…!*•·|»«›>=-–—#✅👉➡▪■●"
BULLETS = " \t\r\n\xa0*•·»>–—-"
WORD = expression(r"([^\W_]+|\S)")
CAPITALS = expression(r"[A-Z]{3,}(?=[A-Z][a-z])")  # to which a word is glued: "IKLANPetani"
OPENING = expression(rf"[{re.escape(EDGES)}\s]*+([^\W_]+|\S)")  # the first word of a line
# Where a sentence may begin inside a line: after a stop, a closing quote or a bracket, even without a blank.
SENTENCE = expression(r"(?:[.!?…”\"’)\]:;*]\s*+(?![.,;:!?…”’)\]])|\s(?=[(\[•|]))([^\W_]+|\S)")
SENTENCE_END = expression(r"(?<![.!?…])[.!?…]++[”\"’)\]]*+(?=\s|$|[A-Z“\"])")
PHRASES = ("line", "start", "inside", "sentence")
TEXTS = (*PHRASES, "first", "witness", "near_miss")
SLOT = expression(r"\{([a-z_]+)(\??)\}")  # of a file
CHOICE = expression(r"\{[^{}|]*\|[^{}]*\}")  # of a rule: "{ikuti|follow|}" may be missing
ITEM = expression(r"\{[^{}]*\}|[^\s{}]+")


class RuleError(ValueError):
    """A rule file cannot be used. The message names the file and the rule, and says what is wrong."""


class Rule(NamedTuple):
    """One rule of a file."""

    name: str
    label: str
    why: str
    witness: tuple[str, ...]
    near_miss: tuple[str, ...]
    line: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()
    pattern: str = ""
    first: tuple[str, ...] = ()
    longest: int = LONGEST
    whole: bool = False
    cut: bool = False
    evidence: bool = False
    timed: bool = False  # no key of a file: set for the files of users, whose patterns nobody has measured


KEYS = Rule._fields[:-1]
Found = tuple[int, int, Rule]  # from where to where, and the rule that says so


class Rules:
    """Phrases of publishers, from rule files: what `rules` gives. ``rules.rules`` are the rules in it."""

    __name__ = "rules"

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules

    def __reduce__(self) -> tuple[type["Rules"], tuple[tuple[Rule, ...]]]:
        return Rules, (self.rules,)  # what is worked out from them is worked out again

    def __repr__(self) -> str:
        """How many rules there are."""
        return f"<Rules: {len(self.rules)}>"

    def without(self, name: str) -> "Rules":
        """The filter without the rule of that name."""
        return Rules(tuple(rule for rule in self.rules if rule.name != name))

    def only(self, name: str) -> "Rules":
        """The filter with no rule but that one."""
        return Rules(tuple(rule for rule in self.rules if rule.name == name))

    def __call__(self, page: Page) -> Iterator[Claim]:
        """Claim whole lines first, then lines that start as a rule says, then what stands inside a line."""
        for span in page.open:
            whole = page.whole(span)
            if whole and len(span.text) < SHORT:
                for start, end, rule in self._found(span.text):
                    yield _claim(span.start + start, span.start + end, rule)
            else:
                for start, end, rule in self._find(page.text, span.start, span.end, whole=whole):
                    yield _claim(start, end, rule)

    @cached_property
    def _found(self) -> Callable[[str], list[Found]]:
        """What the rules find in a short line: worked out once, as menus come back from page to page."""
        return lru_cache(MANY)(lambda text: list(self._find(text, 0, len(text), whole=True)))

    def _find(self, text: str, start: int, end: int, *, whole: bool) -> Iterator[Found]:
        """Where the rules match between two places of a text, which may be a whole line."""
        lines, inside = self._index
        begin = OPENING.match(text, start, end)
        if not begin:
            return  # nothing but signs
        opening = lines.get(begin[1].casefold())
        rule = opening.rule(text[start:end]) if opening else None
        if rule:
            yield start, end, rule
        else:
            yield from _inside(text, start, end, inside, whole=whole)

    @cached_property
    def _index(self) -> tuple[dict[str, "Opening"], dict[str, list["Matcher"]]]:
        """The rules by the first word of what they look for: as a line, and inside a line."""
        lines: defaultdict[str, Opening] = defaultdict(Opening)
        inside: defaultdict[str, list[Matcher]] = defaultdict(list)
        for rule in self.rules:
            for phrase in rule.line:
                family = Family(phrase)
                for word in _first(fold(phrase)):
                    if family.slotted:
                        lines[word].families.append((family, rule))
                    else:
                        lines[word].whole.setdefault(fold(phrase), rule)
            for phrase in rule.start:
                family = Family(" ".join(phrase.split()).casefold().lstrip(EDGES))  # as lines are compared
                for word in _first(family.phrase):
                    lines[word].starts.append((family, rule))
            for phrase in (*rule.inside, *rule.sentence):
                bare = phrase.casefold().lstrip(BULLETS)
                # Between the words of a phrase without slots a blank may be missing.
                source = _family(bare) if _slotted(bare) else r"\s*".join(map(re.escape, bare.split()))
                matcher = Matcher(rule, f"(?i:{source})", phrase in rule.sentence)
                for word in _first(bare):
                    inside[_key(word)].append(matcher)
            for word in rule.first:
                inside[_key(word)].append(Matcher(rule, rule.pattern, False))
        return dict(lines), dict(inside)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the rules."""
        return tuple(rule.name for rule in self.rules)


def _claim(start: int, end: int, rule: Rule) -> Claim:
    return Claim(start, end, rule.label, rule.name, rule.why, rule.evidence)


def _opened(index: dict[str, list["Matcher"]], word: str) -> Sequence["Matcher"]:
    """What a word can open, or the capitals that a word is glued to."""
    found = index.get(_key(word))
    glued = None if found else CAPITALS.match(word)
    return index.get(_key(glued.group()), ()) if glued else found or ()


def _inside(
    text: str, start: int, end: int, index: dict[str, list["Matcher"]], *, whole: bool
) -> Iterator[Found]:
    """What matches in a line: at its start, where a sentence begins, and right behind the match before."""
    while end > start and text[end - 1].isspace():
        end -= 1
    begin = start
    while start < end and text[start] in BULLETS:
        start += 1
    at = done = start
    last = text.rfind(" ", start, end) + 1  # the last word may be a marker, with no stop before it
    word = WORD.search(text, at, end)
    while word:
        at = word.start(1)
        found = word[1]
        matchers = _opened(index, found)
        if at > done and found.islower():
            matchers = ()  # in the middle of a line a phrase begins with a capital
        for matcher in matchers:
            if matcher.rule.whole and not (whole and at == start):
                continue
            stop = matcher.match(text, at, end)
            if stop and matcher.rule.cut and (at > start or stop < end):
                stop = before_story(text, at, stop)
            if stop:
                yield begin if (at, stop) == (start, end) else at, stop, matcher.rule
                done = stop
                word = WORD.search(text, stop, end)
                break
        else:
            word = SENTENCE.search(text, at, end)
            if not word and at < last:
                word = WORD.search(text, last, end)


class Family:
    """A phrase, mostly with slots, as it is tried on whole lines. It is compiled when it is first tried."""

    def __init__(self, phrase: str) -> None:
        self.phrase = phrase
        self.slotted = _slotted(phrase)

    @cached_property
    def fills(self) -> Callable[[str], object]:
        """Whether it is all of a line, as `fold` gives it."""
        return re.compile(_family(self.phrase)).fullmatch

    @cached_property
    def leads(self) -> Callable[[str], object]:
        """Whether a line starts so, and not in the middle of a word."""
        if not self.slotted:
            return self._leads
        return re.compile(rf"{_family(self.phrase)}(?:(?<!\w)|(?!\w))").match

    def _leads(self, line: str) -> bool:
        behind = line[len(self.phrase) : len(self.phrase) + 1]
        return line.startswith(self.phrase) and not (self.phrase[-1].isalnum() and behind.isalnum())


def _slotted(phrase: str) -> bool:
    """Whether a phrase has slots."""
    return "{" in phrase and CHOICE.search(phrase) is not None


def _family(phrase: str) -> str:
    """A phrase with slots as an expression."""
    source = ""
    for item in _items(phrase):
        texts = sorted(filter(None, item), key=len, reverse=True)
        choices = "|".join(r"\s+".join(map(re.escape, text.split())) for text in texts)
        if source.endswith(r"\s+)?") or not source:  # nothing stands before it that has to
            source += rf"(?:(?:{choices})\s+)?" if "" in item else f"(?:{choices})"
        else:
            source += rf"(?:\s+(?:{choices}))?" if "" in item else rf"\s+(?:{choices})"
    return source


def _first(phrase: str) -> set[str]:
    """The words that a phrase with slots can begin with."""
    found: set[str] = set()
    for item in _items(phrase):
        found.update(WORD.findall(text)[0] for text in item if text)
        if "" not in item:
            break
    return found


def _items(phrase: str) -> Iterator[list[str]]:
    """What may stand at each place of a phrase with slots.

    >>> list(_items("{ikuti|follow} {kami|} di"))
    [['ikuti', 'follow'], ['kami', ''], ['di']]
    """
    return (item[0].strip("{}").casefold().split("|") for item in ITEM.finditer(phrase))


class Match(Protocol):
    """What the matches of `re` and of `regex` have in common, as far as it is needed here."""

    def end(self) -> int:
        """Where it ends."""

    def group(self) -> str:
        """The text of it."""


class Opening:
    """The rules for lines that open with the same word."""

    def __init__(self) -> None:
        self.whole: dict[str, Rule] = {}
        self.families: list[tuple[Family, Rule]] = []
        self.starts: list[tuple[Family, Rule]] = []

    def rule(self, text: str) -> Rule | None:
        """The rule that takes the line, the one for the whole line first."""
        key = fold(text)
        found = self.whole.get(key)
        if found:
            return found
        for family, rule in self.families:
            if family.fills(key):
                return rule
        for family, rule in self.starts:
            if len(key) <= rule.longest and family.leads(key):
                return rule
        return None


class Matcher:
    """How a rule is tried at a place inside a line. Its expression is compiled when it is first tried."""

    def __init__(self, rule: Rule, source: str, sentence: bool) -> None:
        self.rule = rule
        self.source = source
        self.sentence = sentence

    @cached_property
    def _match(self) -> Callable[[str, int, int], "Match | None"]:
        if self.rule.timed and self.source == self.rule.pattern:
            return partial(_timed, self.rule)
        compiled = re.compile(self.source)
        return compiled.fullmatch if self.rule.whole else compiled.match

    def match(self, text: str, start: int, end: int) -> int:
        """Where the match that begins at ``start`` ends, 0 if there is none."""
        found = self._match(text, start, end)
        if not found or found.end() == start:
            return 0
        stop = found.end()
        if self.sentence:
            most = start + self.rule.longest + 1  # one more, so that what ends there is too long
            close = SENTENCE_END.search(text, stop, min(end, most))
            stop = close.end() if close else end
            if stop - start > self.rule.longest:
                return 0
        elif " " not in found.group() and stop < end and text[stop - 1].isalnum() and text[stop].islower():
            return 0  # only the beginning of a longer word
        return stop


def _timed(rule: Rule, text: str, start: int, end: int) -> "Match | None":
    """What the pattern of a user's rule matches. Raises `RuleError` where it takes too long."""
    import regex  # 35 ms, so only for those who bring patterns of their own

    compiled = regex.compile(rule.pattern)  # which remembers what it compiled
    try:
        found = (compiled.fullmatch if rule.whole else compiled.match)(text, start, end, timeout=TIMEOUT)
    except TimeoutError:
        raise RuleError(
            f"rule {rule.name!r}: its 'pattern' took more than {TIMEOUT} s at one place; "
            "let nothing be repeated that repeats itself, or write '++' and '*+' for '+' and '*'"
        ) from None
    return found


def fold(text: str) -> str:
    """The key under which whole lines are compared: without case, runs of blanks, and signs at the edges.

    >>> fold("  •  Baca   Juga :")
    'baca juga'
    """
    return " ".join(text.split()).casefold().strip(EDGES)


def _key(word: str) -> str:
    """How a first word is looked up: without case, and any number as "0"."""
    return "0" if word.isdigit() else word.casefold()


def rules(*sources: str | PathLike[str]) -> Rules:
    """A filter from rule files, by built-in names or paths of your own; without any, all that are built in.

    Raises `RuleError` for a file that cannot be used, and for one of your own in which a rule leaves its
    witness or claims its near miss, or has the name of a rule in another.

    >>> "scroll-to-continue" in rules("common").names
    True
    """
    built_in = tables()
    loaded: list[Rule] = []
    publisher = {"publisher": known("names", "domains")}  # a slot that only built-in files have
    for source in sources or built_in:
        if isinstance(source, str) and source in built_in:
            loaded += _rules(built_in[source], f"{source}.toml", publisher, OF_PUBLISHERS)
            continue
        names = {rule.name for rule in loaded}
        for rule in read(source):
            if rule.name in names:
                raise RuleError(f"{source}: rule {rule.name!r}: has a name that a rule of another file has")
            try:
                wrong = next(faults(rule), "")
            except RuleError as error:  # Its pattern takes too long.
                raise RuleError(f"{source}: {error}") from None
            if wrong:
                raise RuleError(f"{source}: rule {rule.name!r}: {wrong}")
            loaded.append(rule)
    return Rules(tuple(loaded))


def read(source: str | PathLike[str]) -> list[Rule]:
    """The rules of a user's own file, not tried yet. Raises `RuleError` for one that cannot be used."""
    try:
        # A path of any kind, and pathlib takes 3 ms to load.
        with open(source, encoding="utf-8") as file:  # noqa: PTH123
            found = [_of_user(rule, str(source)) for rule in load(file.read(), str(source))]
    except OSError as error:
        raise RuleError(
            f"{source}: cannot be read ({error.strerror}); "
            "give the path of a TOML file or one of the built-in names"
        ) from None
    except UnicodeDecodeError as error:
        raise RuleError(f"{source}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    if not found:
        raise RuleError(f"{source}: holds no rule; write [[rule]] above the keys of each")
    return found


def faults(rule: Rule) -> Iterator[str]:
    """What a rule does otherwise than its file says, a sentence for each witness and near miss."""
    alone = Rules((rule,))
    for text in rule.witness:
        if not any(alone(Page(text))):
            yield f"does not claim its witness {text!r}; mend the witness, or what the rule looks for"
    for text in rule.near_miss:
        if any(alone(Page(text))):
            yield f"claims its near miss {text!r}; look for something narrower, or mend the near miss"


def _of_user(rule: Rule, file: str) -> Rule:
    """A rule whose pattern runs under a time limit, which only the expressions of `regex` know."""
    if rule.pattern:
        import regex

        where = f"{file}: rule {rule.name!r}"
        if UNBOUNDED.search(rule.pattern):
            raise RuleError(
                f"{where}: 'pattern' repeats something a thousand times and more, or asks for a match "
                "that is not exact; write what stands there"
            )
        try:
            regex.compile(rule.pattern)
        except regex.error as error:
            raise RuleError(f"{where}: 'pattern' is no regular expression: {error}") from None
    return rule._replace(timed=True)


def load(toml: str, file: str) -> Iterator[Rule]:
    """The rules in the text of a file. Raises `RuleError`, which names the file and the rule."""
    import tomllib

    try:
        table = tomllib.loads(toml)
    except (ValueError, RecursionError) as error:  # also numbers of too many digits, brackets nested too deep
        raise RuleError(f"{file}: is not TOML: {error}") from None
    slots = table.get("slots", {})
    if not isinstance(slots, dict) or not all(map(_is_slot, slots.items())):
        raise RuleError(f"{file}: [slots] has to hold lists of texts under names of small letters")
    for rule in _rules(table, file, {}):
        _compiled(rule, file)
        yield rule


def _rules(
    table: dict[str, Any], file: str, more: dict[str, list[str]], keys: Iterable[str] = ()
) -> Iterator[Rule]:
    """The rules in what a file holds, which has more slots than it lists, and may have some other keys."""
    others = set(table) - {"rule", "slots", *keys}
    if others or not isinstance(table.get("rule", []), list):
        raise RuleError(f"{file}: holds something that is no [[rule]]: {', '.join(sorted(others)) or 'rule'}")
    slots = {**table.get("slots", {}), **more}
    seen: set[str] = set()
    for number, fields in enumerate(table.get("rule", []), 1):
        if not isinstance(fields, dict):
            raise RuleError(f"{file}: rule {number} is no table; write [[rule]] above its keys")
        yield _checked(fields, f"{file}: rule {fields.get('name') or number!r}", seen, slots)


def _is_slot(named: tuple[str, Any]) -> bool:
    name, texts = named
    named_well = SLOT.fullmatch(f"{{{name}}}") is not None
    return named_well and isinstance(texts, list) and bool(texts) and all(map(_is_choice, texts))


def _is_first(word: str) -> bool:
    return bool(WORD.fullmatch(word) or SLOT.fullmatch(word))


def _is_choice(text: object) -> bool:
    return isinstance(text, str) and bool(fold(text)) and not set(text) & set("{|}")


# What the texts under a key have to be, where any that are not blank do not do.
FITS: dict[str, tuple[Callable[[str], object], str]] = {"first": (_is_first, "single words or signs")}


def _compiled(rule: Rule, file: str) -> None:
    """Refuse a pattern that is no regular expression. Those that are built in are tried by a test."""
    try:
        with warnings.catch_warnings():
            # What means something else in `regex`, and one day in `re`, has to be written clearly.
            warnings.simplefilter("error", FutureWarning)
            re.compile(rule.pattern)
    except (re.error, ValueError, FutureWarning, RecursionError, OverflowError) as error:
        raise RuleError(f"{file}: rule {rule.name!r}: 'pattern' is no regular expression: {error}") from None


def _filled(text: str, slots: dict[str, list[str]], where: str) -> str:
    """A phrase with its slots filled: "{follow} {ours?}" becomes "{ikuti|follow} {kami|}"."""

    def choice(slot: re.Match[str]) -> str:
        texts = _listed(slot, slots, where) + [""] * bool(slot[2])
        return texts[0] if len(texts) == 1 else "{" + "|".join(texts) + "}"

    return SLOT.sub(choice, text)


def _listed(slot: re.Match[str], slots: dict[str, list[str]], where: str) -> list[str]:
    if slot[1] not in slots:
        raise RuleError(f"{where}: has a slot {slot[1]!r} that [slots] does not list")
    return slots[slot[1]]


def _openings(word: str, slots: dict[str, list[str]], where: str) -> list[str]:
    """A word of ``first``, or the first words of all that a slot may hold."""
    slot = SLOT.fullmatch(word)
    return [WORD.findall(text)[0] for text in _listed(slot, slots, where)] if slot else [word]


def _checked(fields: dict[str, Any], where: str, seen: set[str], slots: dict[str, list[str]]) -> Rule:
    """The rule that a table holds, its slots filled. Raises `RuleError` for the first thing that is wrong."""
    # One check below the other, in the order in which a reader would mend them.

    def need(right: object, what: str) -> None:
        if not right:
            raise RuleError(f"{where}: {what}")

    unknown = sorted(set(fields) - set(KEYS))
    need(not unknown, f"has an unknown key {''.join(unknown[:1])!r}; the keys are: {', '.join(KEYS)}")
    for key in ("name", "label", "why"):
        need(isinstance(fields.get(key), str) and fields[key], f"needs {key!r}, a text")
    name, label = str(fields["name"]), str(fields["label"])
    need(label in LABELS, f"has an unknown label {label!r}; the labels are: {', '.join(LABELS)}")
    need(name not in seen, "has a name that a rule above it has")
    seen.add(name)
    for key in TEXTS:
        value = fields.get(key, [])
        fits, kind = FITS.get(key, (fold, "texts, none of them blank"))
        fit = isinstance(value, list) and all(isinstance(text, str) and fits(text) for text in value)
        need(fit, f"{key!r} has to be a list of {kind}")
    need(fields.get("witness"), "needs 'witness', at least one text that it must claim")
    need(fields.get("near_miss"), "needs 'near_miss', at least one text that it must leave alone")
    looks = (*PHRASES, "pattern")
    need(any(map(fields.get, looks)), f"looks for nothing; give it one of: {', '.join(looks)}")
    together = bool(fields.get("pattern")) == bool(fields.get("first"))
    need(together, "'pattern' and 'first', the words that it can begin with, go together")
    longest, whole = fields.get("longest", LONGEST), fields.get("whole", False)
    cut, evidence = fields.get("cut", False), fields.get("evidence", False)
    pattern = fields.get("pattern", "")
    is_number = isinstance(longest, int) and not isinstance(longest, bool) and longest > 0
    need(is_number, "'longest' has to be a number of characters")
    need(isinstance(whole, bool), "'whole' has to be true or false")
    need(isinstance(cut, bool), "'cut' has to be true or false")
    need(isinstance(evidence, bool), "'evidence' has to be true or false")
    need(isinstance(pattern, str), "'pattern' has to be a text, a regular expression")
    lists: dict[str, Any] = {key: tuple(fields.get(key, ())) for key in TEXTS}
    openings = (opening for word in lists["first"] for opening in _openings(word, slots, where))
    lists["first"] = tuple(dict.fromkeys(openings))
    for key in PHRASES:
        lists[key] = tuple(_filled(phrase, slots, where) for phrase in lists[key])
        empty = any(_slotted(phrase) and all("" in item for item in _items(phrase)) for phrase in lists[key])
        need(not empty, f"{key!r} holds a phrase of which everything may be missing")
    more = {"pattern": pattern, "longest": longest, "whole": whole, "cut": cut, "evidence": evidence}
    return Rule(name, label, str(fields["why"]), **more, **lists)
