"""Regular expressions that are compiled when they are first tried.

Compiling all of them takes 86 ms of the 106 that the filters need to load, and a page tries less than half.
So the command starts at once, and pays only for what its page needs.
"""

import re
from typing import Any, cast


class Expression:
    """An expression that is compiled when one of its methods is first asked for."""

    __slots__ = ("findall", "finditer", "flags", "fullmatch", "match", "pattern", "search", "sub")

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - `expression` says the types of the methods.
        if name not in self.__slots__:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in ("search", "match", "fullmatch", "findall", "finditer", "sub"):
            object.__setattr__(self, method, getattr(compiled, method))
        return getattr(self, name)


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression, compiled when it is first tried.

    >>> expression("[0-9]+").findall("3 Maret 2025")
    ['3', '2025']
    """
    return cast("re.Pattern[str]", Expression(pattern, flags))
