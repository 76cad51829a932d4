"""Keeps the program from ending in the middle of an audit, on Python 3.11, for want of a ``None``."""

from __future__ import annotations

import ctypes
import sys

_IMMORTAL_SINCE = (3, 12)
_PLENTY = 1 << 40
"""References. At a million lost every second it would last twelve days."""


def keep_singletons() -> None:
    """Give ``None``, ``True``, ``False`` and ``NotImplemented`` more references than can be lost. Safe to repeat.

    The PySide6 6.12 wheels hand these out without counting the reference, which is right from Python 3.12 on, where
    they are immortal (PEP 683). On Python 3.11 every ``processEvents()``, and every ``None`` a model returns, takes one
    reference away; after some thousand the interpreter stops with "deallocating None".
    """
    if sys.version_info >= _IMMORTAL_SINCE or sys.implementation.name != "cpython":
        return
    for single in (None, True, False, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(single))
        if count.value < _PLENTY:
            count.value += _PLENTY
