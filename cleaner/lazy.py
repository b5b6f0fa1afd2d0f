"""Values that are computed when they are first read."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # A name is given on, for mypy, only so.
    from functools import cached_property as cached_property  # noqa: PLC0414
else:

    class cached_property:  # noqa: N801 - named like the one that it stands for.
        """`functools.cached_property` without the lock that Python 3.11 keeps in it, one for all instances.

        With the lock threads wait for one another, and a process that is forked meanwhile waits for ever.
        Without it two threads may compute a value at once, and both get the same.
        """

        def __init__(self, function):  # noqa: ANN001, ANN204
            self.function = function
            self.__doc__ = function.__doc__

        def __set_name__(self, owner, name):  # noqa: ANN001, ANN204
            self.name = name

        def __get__(self, instance, owner=None):  # noqa: ANN001, ANN204
            if instance is None:
                return self
            value = instance.__dict__[self.name] = self.function(instance)
            return value
