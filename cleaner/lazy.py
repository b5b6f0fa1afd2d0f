"""Values that are computed when they are first read."""

import functools
from typing import TYPE_CHECKING, TypeVar

T = TypeVar("T")


class cached_property(functools.cached_property[T]):  # noqa: N801 - named like the one that it stands for.
    """`functools.cached_property` without the lock that Python 3.11 takes in it, one for all instances.

    With it threads wait for one another, and a forked process for ever. Two may now compute the same at once.
    """

    if not TYPE_CHECKING:  # The types are those of the original.

        def __get__(self, instance, owner=None):  # noqa: ANN001, ANN204
            if instance is None:
                return self
            value = instance.__dict__[self.attrname] = self.func(instance)
            return value
