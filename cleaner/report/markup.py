"""Text as HTML: every character of it arrives, and none is taken for markup.

    text ── escape, signs ──▶ HTML ── a browser ──▶ the same text; what cannot be seen is shown as Python escapes it
"""

import re
from html import escape
from unicodedata import category

# What a browser drops, turns into something else, or lets turn the rest of the page around. Line ends and tabs stay; so do the joiners that emoji are made with.
UNSEEN = re.compile(r"[^\n\t -~\u00a0-\u00ac\u00ae-\u02ff\u200c\u200d\u2010-\u2027]")
CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def text(characters: str) -> str:
    """A text as the inside of an element; each sign in it has the code of the character that it stands for.

    >>> text("</script> & 1\\x00")
    '&lt;/script&gt; &amp; 1<b class="sign" data-code="0">\\\\x00</b>'
    """
    return UNSEEN.sub(sign, escape(characters, quote=False))


def value(characters: str) -> str:
    """A text as the value of an attribute, in double quotes.

    >>> value('a "b"\\x00')
    '"a &quot;b&quot;\\\\x00"'
    """
    return f'"{UNSEEN.sub(lambda found: shown(found[0]), escape(characters))}"'


def sign(found: re.Match[str]) -> str:
    """What stands for a character."""
    character = found[0]
    seen = shown(character)
    return character if seen == character else f'<b class="sign" data-code="{ord(character):x}">{seen}</b>'


def shown(character: str) -> str:
    """A character, as Python escapes it if it cannot be seen.

    >>> shown("\\u202e"), shown("é")
    ('\\\\u202e', 'é')
    """
    return character.encode("unicode_escape").decode() if category(character) in CATEGORIES else character
