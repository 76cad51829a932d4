"""Pictures in answers go into the encrypted store and come back out of it, behind the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from qaf_desktop.services import audits
from qaf_desktop.services.desk import Desk
from qaf_desktop.ui.background import Background


class KeptPictures:
    """Where a picture in an answer goes and comes from: the encrypted store, behind the window."""

    def __init__(self, owner: QWidget, background: Background, desk: Desk) -> None:
        self._owner = owner
        self._background = background
        self._desk = desk

    def keep(self, picture: bytes, media_type: str, then: Callable[[str], None]) -> None:
        """Keep a picture; ``then`` is given the name to answer with."""
        self._background.run(self._owner, partial(self._desk.deed(audits.keep_picture), picture, media_type), then)

    def show(self, name: str, then: Callable[[bytes], None]) -> None:
        """Fetch a picture by the name an answer carries; ``then`` is not called when it is not here."""
        self._background.run(
            self._owner,
            partial(self._desk.deed(audits.picture), name),
            lambda picture: then(picture) if picture is not None else None,
        )
