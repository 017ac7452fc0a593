"""Services that are made when they are first asked for: once, whichever thread asks first."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class made_once(Generic[T]):  # noqa: N801 (used as property is)
    """A property that is made on first use and kept, under the lock `making` of its object.

    functools.cached_property makes two where two threads ask at the same moment.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = ""
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, made_in: None, owner: type) -> "made_once[T]": ...
    @overload
    def __get__(self, made_in: object, owner: type) -> T: ...
    def __get__(self, made_in: Any, owner: type) -> "made_once[T] | T":
        if made_in is None:
            return self
        with made_in.making:
            kept = vars(made_in)
            if self._name not in kept:
                kept[self._name] = self._make(made_in)
            # From now on the object's own attribute is found first.
            found: T = kept[self._name]
            return found
