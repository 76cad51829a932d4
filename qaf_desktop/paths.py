"""Where this computer keeps the program's files."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import platformdirs

_NAME = "qaf-desktop"


@dataclass(frozen=True)
class Paths:
    """The folders one run of the program uses; everything below ``data`` is encrypted or holds no personal data."""

    data: Path
    """The store, its wrapped key and its encrypted backups."""
    logs: Path
    """Ids, counts and steps; never a name or an answer."""
    settings: Path
    """Window sizes and choices of this person on this computer."""

    @property
    def store(self) -> Path:
        """The encrypted store itself."""
        return self.data / "store.qaf"


def of_this_computer() -> Paths:
    """The folders the operating system gives a program for its user."""
    return Paths(
        data=Path(platformdirs.user_data_dir(_NAME, appauthor=False)),
        logs=Path(platformdirs.user_log_dir(_NAME, appauthor=False)),
        settings=Path(platformdirs.user_config_dir(_NAME, appauthor=False)),
    )


def below(folder: Path) -> Paths:
    """The same folders inside one folder, for the demonstration and for a second store."""
    return Paths(data=folder / "data", logs=folder / "logs", settings=folder / "settings")


def shipped(*parts: str) -> Path:
    """A file that came with the program: forms, fonts, icons, styles, dictionaries, demo data."""
    installed = Path(str(resources.files("qaf_desktop"))) / "_resources"
    if not installed.is_dir():
        installed = Path(__file__).parents[1] / "resources"
    return installed.joinpath(*parts)
