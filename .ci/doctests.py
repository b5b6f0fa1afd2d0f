"""What mkdocstrings has to be told of this project: doctests stand in docstrings without fences, and `cleaner.lazy` makes properties."""

import re

import griffe

DOCTEST = re.compile(r"^>>> .*\n?(?:^\S.*\n?)*", re.MULTILINE)
LITERAL = re.compile(r"(?<!`)``(?!`)")


class Doctests(griffe.Extension):
    """Doctests in fences, literals in single backticks, and values that are computed when they are first read as attributes."""

    def on_package(self, *, pkg: griffe.Module, **_: object) -> None:
        """Go through whatever was read."""
        mend(pkg)


def mend(found: griffe.Object) -> None:
    """Mend an object and all that it holds."""
    if found.docstring:
        literal = LITERAL.sub("`", found.docstring.value)
        found.docstring.value = DOCTEST.sub(lambda doctest: f"```pycon\n{doctest[0].rstrip()}\n```\n", literal)
    for name, member in list(found.members.items()):
        if member.is_alias:
            continue
        if member.is_function and any("cached_property" in str(decorator.value) for decorator in member.decorators):
            lazy = griffe.Attribute(name, lineno=member.lineno, endlineno=member.endlineno, annotation=member.returns, docstring=member.docstring)
            lazy.labels = {"property"}
            found.set_member(name, lazy)
        mend(found.members[name])
