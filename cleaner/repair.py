"""Repair: mojibake is mended before anything is labelled, so that offsets point into the repaired text.

It is a door before the page and not a filter, since it edits. ftfy does the work; it is asked only where a cheap look
finds something that needs it, and only to mend what was broken: curly quotes, ligatures and wide characters stay.
"""

from .expression import expression

# What UTF-8 read as a one-byte encoding leaves behind: a lead byte and a continuation byte as two odd characters. The
# look costs a hundredth of ftfy, and of 247 real documents it opens the door for those that have something to mend.
SUSPECT = expression("[\xc2-\xf4][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]|\ufffd\xc2|\xe2\u20ac")
LEADS = (*map(chr, range(0xC2, 0xF5)), "\ufffd")  # the first characters of SUSPECT, one by one: a quarter of the time of the expression


def repair(text: str) -> str:
    """Text with a byte order mark taken off and its mojibake mended; all else as it was.

    >>> repair("\\ufeffâ€œSaya hadir,â€\\x9d kata dia.")
    '“Saya hadir,” kata dia.'
    >>> repair("“Saya hadir,” kata Zoë.")
    '“Saya hadir,” kata Zoë.'
    """
    text = text.removeprefix("\ufeff")
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
