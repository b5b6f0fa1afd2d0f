r"""Repair: what scrapers and wrong decoding left in a text is mended before anything is labelled.

It is a door before the page and not a filter, since it edits: offsets point into the repaired text, and what
goes here is nowhere else. So it takes only what no writer meant, and each step has a cheap look before it:

    b'Harga naik\xe2\x80\xa6'    a text that is a Python bytes literal, or bytes of UTF-8 that are written out
    naik.\nWarga                 the end of a line, written out
    <p class="a">Harga</p>       HTML tags: those of blocks become ends of lines, the others vanish
    [rumah](https://…)           Markdown: of a link its words stay, and images vanish
    &amp; &nbsp; &#8220;         HTML entities
    â€œ                          UTF-8 that was read as something else: this is left to ftfy

A text that speaks of HTML keeps what it shows, and a text with only one or two tags keeps them.
"""

import re
from collections import Counter

from .expression import expression

# What UTF-8 read as a one-byte encoding leaves behind: a lead byte and a continuation byte as two odd
# characters. The look costs a hundredth of ftfy, and of 247 real documents it finds those that have something
# to mend.
SUSPECT = expression(
    "[\xc2-\xf4][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
    "|\ufffd\xc2|\xe2\u20ac"
)
# What SUSPECT begins with: to look for each is four times as fast.
LEADS = (*map(chr, range(0xC2, 0xF5)), "\ufffd")

ROUNDS = 3  # what is mended may show more to mend, such as "&lt;p&gt;"

LITERAL = expression(r"""\s*b(?:'((?:[^'\\]|\\.)*+)'|"((?:[^"\\]|\\.)*+)")\s*""", re.DOTALL)
ESCAPE = expression(r"""\\([nrt'"\\])""")
ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
# A character beyond ASCII has two bytes or more, all above 7f.
BYTES = expression(r"(?:\\x[89a-f][0-9a-f]){2,}")

# The end of a line as two characters: in a row of several, behind a stop, or between a blank and a capital. A
# text that has one of these has more of them, but what could begin a word stays: "C:\new" is a folder.
ROW = r"(?:\\r)?\\n(?:\s*\\[rnt])+"
SURE_BREAK = expression(
    rf"{ROW}|[.!?…”\"’')\]]\s?(?:\\r)?\\n(?![a-z]{{2}})|(?<!\S)(?:\\r)?\\n(?=[A-Z0-9\"“‘(])"
)
BREAK = expression(rf"{ROW}|(?:\\r)?\\n(?![a-z]{{2}})")

BLOCKS = """address article aside blockquote br center dd div dl dt figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul""".split()
CELLS = ["td", "th"]  # of a table row, which is one line
VOID = ["br", "hr", "img", "input", "source", "embed"]  # nothing closes them
INLINE = """a abbr audio b big cite code del em font i iframe ins label mark noscript o:p object picture q s
    script small span strike strong style sub sup svg u video""".split()
NAMES = "|".join(sorted({*BLOCKS, *CELLS, *VOID, *INLINE}))
# No group that is remembered: in a possessive repeat Python 3.11 may lose the place of one.
TAG = rf"(?:</?(?:{NAMES})(?=[\s/>])[^<>]*+>|<!--(?:[^<-]|-(?!->)|<(?!!--))*+-->)"
ANY_TAG = expression(TAG, re.IGNORECASE)
TAGS = expression(rf"{TAG}(?:\s*+{TAG})*+\s*+", re.IGNORECASE)
NAME = expression(r"<(/?)([a-z][a-z0-9:]*)")
CODE = expression(
    r"<(script|style)\b[^<>]*+>[^<]*+(?:<(?!/?(?:script|style)\b)[^<]*+)*+</\1\s*+>", re.IGNORECASE
)
ENOUGH = 3  # pairs of tags, or tags that nothing closes, show that a text is markup; one or two may be meant
ABOUT = "HTML"  # who writes this word may show tags and entities on purpose

# A link or an image of Markdown, to an address that is written out in full, with a title or without.
MARKDOWN = expression(r"(!?)\[([^\[\]\n]*+)\]\(https?://[^()\s]*+(?:\s\"[^\"\n]*+\")?\)")
IN_MARKDOWN = "](http"

# An entity, or an ampersand; the ampersand may have been escaped again and again, as in "&amp;nbsp;".
ENTITY = expression(
    r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)*+(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});)?"
)


def repair(text: str) -> str:
    """Text with a byte order mark taken off and mended as above; all else as it was.

    What comes out is not changed by another repair, but for texts that were escaped more than three times.

    >>> repair("\\ufeffâ€œSaya hadir,â€\\x9d kata dia.")
    '“Saya hadir,” kata dia.'
    >>> repair("<p>Harga naik.</p><p>Warga <b>resah</b> &amp; lelah.</p>")
    'Harga naik.\\nWarga resah & lelah.'
    >>> repair("“Saya hadir,” kata Zoë. Nilai x <y> 3 & 4.")
    '“Saya hadir,” kata Zoë. Nilai x <y> 3 & 4.'
    """
    for _ in range(ROUNDS):
        text = text.lstrip("\ufeff")
        mended = _encoding(_entities(_links(_markup(_escapes(text)))))
        if mended == text:
            break
        text = mended
    return text


def _escapes(text: str) -> str:
    """The text without the escapes of Python and JSON."""
    literal = LITERAL.fullmatch(text)
    if literal:
        text = BYTES.sub(decoded, literal[1] or literal[2] or "")
        text = ESCAPE.sub(lambda escape: ESCAPED.get(escape[1], escape[1]), text)
    elif "\\" in text:
        text = BYTES.sub(decoded, text)
        if SURE_BREAK.search(text):
            text = BREAK.sub("\n", text)
    return text


def decoded(written: re.Match[str]) -> str:
    """The characters that a match of BYTES stands for, or what is written where the bytes are no UTF-8."""
    try:
        return bytes.fromhex(written.group().replace("\\x", "")).decode()
    except UnicodeDecodeError:
        return written.group()


def _markup(text: str) -> str:
    """The text without HTML tags, where it is markup."""
    return TAGS.sub(_white, CODE.sub("", text)) if "<" in text and _marked(text) else text


def _links(text: str) -> str:
    """The text with the words of its Markdown links, and without its images."""
    return MARKDOWN.sub(lambda link: "" if link[1] else link[2], text) if IN_MARKDOWN in text else text


def _marked(text: str) -> bool:
    """Whether tags are markup: they stand around all of it, or they are several and most have a partner."""
    tags = list(ANY_TAG.finditer(text))
    if not tags:
        return False
    names = Counter(map(_name, tags))
    alone = sum(n for (_, name), n in names.items() if name in VOID or not name)
    paired = sum(min(n, names["/", name]) for (slash, name), n in names.items() if not slash)
    odd = len(tags) - alone - 2 * paired
    if paired and not text[: tags[0].start()].strip() and not text[tags[-1].end() :].strip():
        return True
    return alone + paired >= ENOUGH and 2 * odd <= alone + paired and ABOUT not in text


def _name(tag: re.Match[str]) -> tuple[str, str]:
    """The slash of a closing tag and the name of a tag; a comment has neither."""
    name = NAME.match(tag.group().lower())
    return (name[1], name[2]) if name else ("", "")


def _white(tags: re.Match[str]) -> str:
    """What stands where tags stood: their own white space, or the end of a line if there is none yet."""
    names = {_name(tag)[1] for tag in ANY_TAG.finditer(tags.group())}
    white = ANY_TAG.sub("", tags.group())
    if names.isdisjoint(BLOCKS):
        return white or ("" if names.isdisjoint(CELLS) else " ")
    text, start = tags.string, tags.start()
    while start and text[start - 1] in " \t\xa0":
        start -= 1
    if not start or text[start - 1] == "\n" or tags.end() == len(text):
        return ""
    return "\n\n" if white.count("\n") > 1 else "\n"


def _entities(text: str) -> str:
    """The text with the characters that its entities stand for, unless it speaks of HTML."""
    return text if ABOUT in text else unescaped(text)


def unescaped(text: str) -> str:
    """The text with the characters that its entities stand for."""
    return ENTITY.sub(_character, text) if "&" in text and ";" in text else text


def _character(entity: re.Match[str]) -> str:
    from html import unescape  # both take a millisecond, and few texts need them
    from html.entities import html5

    name = entity[1]
    if not name:
        return "&"
    return unescape(f"&{name};") if name[0] == "#" or f"{name};" in html5 else f"&{name};"


def _encoding(text: str) -> str:
    """The text with its mojibake mended; curly quotes, ligatures and wide characters stay."""
    if text.isascii() or not any(lead in text for lead in LEADS) or not SUSPECT.search(text):
        return text
    import ftfy  # 68 ms, so only for a page that needs it

    return ftfy.fix_text(
        text,
        uncurl_quotes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        fix_line_breaks=False,
        unescape_html=False,
        remove_terminal_escapes=False,
        remove_control_chars=False,
        fix_surrogates=False,
        normalization=None,
        max_decode_length=max(1_000_000, len(text)),
    )
