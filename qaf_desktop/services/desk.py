"""The desk a deed is done at: one unit of work, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from qaf_desktop.models.store import Store
from qaf_desktop.models.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    """What the windows are given instead of the store: a way to do one deed at a time.

    A deed is a function whose first parameter is the unit of work. It either happens whole or, when it raises,
    leaves nothing behind.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def do(self, deed: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do one deed and return what it returns. Safe to call from a worker thread."""
        with self._store.work() as work:
            return deed(work, *args, **kwargs)

    def deed(self, deed: Callable[Concatenate[UnitOfWork, P], T]) -> Callable[P, T]:
        """The same deed as something to call later, without the unit of work: each call is one of its own."""

        def done(*args: P.args, **kwargs: P.kwargs) -> T:
            return self.do(deed, *args, **kwargs)

        return done
