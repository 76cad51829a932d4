"""How the program looks: calm, warm and readable, in light, dark or high contrast, at the size a person needs."""

from __future__ import annotations

import re
import sys
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from qaf_desktop.domain.grades import Grade
from qaf_desktop.ui.palettes import PALETTES
from qaf_desktop.ui.steady import keep_singletons

CHOICES = ("system", "light", "dark", "high-contrast")
TEXT_PERCENTS = (100, 110, 125, 150, 175, 200)
BASE_TEXT_PIXELS = 15
GAP_BEFORE_WORDS_PIXELS = 4
FONT_FAMILY = "Noto Sans"
FONT_FAMILIES = (FONT_FAMILY, "Noto Sans Arabic", "Noto Sans Bengali")
"""Our own letters for every script we print, so that no computer shows a family an empty box."""
_FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf", "NotoSans-BoldItalic.ttf",
               "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf", "NotoSansBengali-Regular.ttf",
               "NotoSansBengali-Bold.ttf")  # fmt: skip


class TakesIcon(Protocol):
    """Anything with an icon: a button, an action, a window."""

    def setIcon(self, icon: QIcon | QPixmap, /) -> None:
        """Wear this icon."""


@dataclass(frozen=True)
class GradeLook:
    """A grade on the screen: its word, its shape (an icon name) and its two colour tokens. Never colour alone."""

    word: str
    shape: str
    ink: str
    ground: str


_GRADES: Mapping[Grade, GradeLook] = {
    Grade.OUTSTANDING: GradeLook(Grade.OUTSTANDING.words, "grade-star", "grade_o", "grade_o_soft"),
    Grade.GOOD: GradeLook(Grade.GOOD.words, "grade-circle", "grade_g", "grade_g_soft"),
    Grade.REQUIRES_IMPROVEMENT: GradeLook(
        Grade.REQUIRES_IMPROVEMENT.words, "grade-triangle", "grade_ri", "grade_ri_soft"
    ),
    Grade.INADEQUATE: GradeLook(Grade.INADEQUATE.words, "grade-square", "grade_i", "grade_i_soft"),
    Grade.NOT_GRADED: GradeLook(Grade.NOT_GRADED.words, "grade-dash", "grade_ng", "grade_ng_soft"),
}


def grade_look(code: str) -> GradeLook:
    """The look of a grade by its code; what is not a grade of ours looks like "not graded" with its own word."""
    if code in {grade.value for grade in Grade}:
        return _GRADES[Grade(code)]
    return GradeLook(code or Grade.NOT_GRADED.words, "grade-dash", "grade_ng", "grade_ng_soft")


class Theme(QObject):
    """The look of the whole application; keep one. Views take colours and icons from it by name."""

    changed = Signal()
    """Colours or sizes are different: whoever paints by hand paints again."""

    def __init__(self, app: QApplication, resources: Path, choice: str = "system", text_percent: int = 100) -> None:
        keep_singletons()
        super().__init__(app)
        self._app = app
        self._resources = resources
        self._choice = choice if choice in CHOICES else "system"
        self._text_percent = text_percent if text_percent in TEXT_PERCENTS else 100
        sheet = (resources / "styles" / "app.qss").read_text("utf-8")
        self._sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
        self._drawings: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, str], QPixmap] = {}
        self._dressed: list[tuple[weakref.ref[TakesIcon], str, str, int]] = []
        for name in _FONT_FILES:
            QFontDatabase.addApplicationFont(str(resources / "fonts" / name))
        if sys.platform != "linux":  # the same measures everywhere; on Linux the wheels have no other style
            app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)
        self._apply()

    @property
    def choice(self) -> str:
        """What the person chose: ``system``, ``light``, ``dark`` or ``high-contrast``."""
        return self._choice

    @property
    def look(self) -> str:
        """The palette in use: ``light``, ``dark`` or ``high-contrast``."""
        if self._choice != "system":
            return self._choice
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "high-contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    @property
    def text_percent(self) -> int:
        """The size of the words, 100 to 200 per cent."""
        return self._text_percent

    def choose(self, choice: str) -> None:
        """Change the look; ``system`` follows the computer's own setting."""
        if choice not in CHOICES:
            raise ValueError(choice)
        self._choice = choice
        self._apply()

    def resize_text(self, percent: int) -> None:
        """Change the size of the words to one of ``TEXT_PERCENTS``."""
        if percent not in TEXT_PERCENTS:
            raise ValueError(percent)
        self._text_percent = percent
        self._apply()

    def larger(self) -> None:
        """One size up, if there is one."""
        self.resize_text(next((size for size in TEXT_PERCENTS if size > self._text_percent), TEXT_PERCENTS[-1]))

    def smaller(self) -> None:
        """One size down, if there is one."""
        self.resize_text(next((size for size in reversed(TEXT_PERCENTS) if size < self._text_percent), 100))

    def colour(self, token: str) -> QColor:
        """A colour by what it is for, for example ``muted``."""
        return QColor(PALETTES[self.look][token])

    def pixels(self, at_100_percent: float) -> int:
        """A length that grows with the words."""
        return round(at_100_percent * self._text_percent / 100)

    def font(self, at_100_percent: float = BASE_TEXT_PIXELS, *, bold: bool = False) -> QFont:
        """The program's own font in a size that follows the person's choice."""
        font = QFont(FONT_FAMILY)
        font.setFamilies(list(FONT_FAMILIES))
        font.setPixelSize(self.pixels(at_100_percent))
        font.setBold(bold)
        return font

    def icon(self, name: str, token: str = "icon", size: int = 20, gap: int = 0) -> QIcon:  # noqa: S107 - a colour
        """An icon tinted for the current look; faded where its control is disabled. See ``decorate``."""
        icon = QIcon()
        icon.addPixmap(_with_gap(self.pixmap(name, token, size), gap))
        icon.addPixmap(_with_gap(self.pixmap(name, "disabled", size), gap), QIcon.Mode.Disabled)
        return icon

    def pixmap(self, name: str, token: str = "icon", size: int = 20) -> QPixmap:  # noqa: S107 - a colour token
        """A tinted drawing, ``size`` at 100 % text, sharp on this screen."""
        key = (name, token, self.pixels(size), self.look)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(name, self.colour(token), self.pixels(size))
        return self._pixmaps[key]

    def decorate(self, target: TakesIcon, name: str, token: str = "icon", gap: int | None = None) -> None:  # noqa: S107
        """Give a button or action an icon that follows the look from now on; ``gap`` = pixels before its words."""
        self._dressed = [kept for kept in self._dressed if kept[0]() is not None and kept[0]() is not target]
        if gap is None:
            wearer: object = target
            gap = GAP_BEFORE_WORDS_PIXELS if isinstance(wearer, QPushButton) and wearer.text() else 0
        self._dressed.append((weakref.ref(target), name, token, gap))
        self._dress(target, name, token, gap)

    def _dress(self, target: TakesIcon, name: str, token: str, gap: int) -> None:
        target.setIcon(self.icon(name, token, 20, gap))
        wearer: object = target
        if isinstance(wearer, QAbstractButton):
            wearer.setIconSize(QSize(self.pixels(20) + gap, self.pixels(20)))

    def _draw(self, name: str, colour: QColor, pixels: int) -> QPixmap:
        if name not in self._drawings:
            self._drawings[name] = (self._resources / "icons" / f"{name}.svg").read_text("utf-8")
        drawing = self._drawings[name].replace("currentColor", colour.name())
        ratio = self._app.devicePixelRatio()
        pixmap = QPixmap(QSize(round(pixels * ratio), round(pixels * ratio)))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _system_changed(self) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        self._app.setPalette(self._palette())
        self._app.setFont(self.font())
        sheet = re.sub(r"(\d+)dp", lambda match: f"{self.pixels(int(match[1]))}px", self._sheet)
        colours = PALETTES[self.look]
        icons = (self._resources / "icons").as_posix()
        sheet = re.sub(r"@(\w+)", lambda match: colours[match[1]], sheet).replace("%icons%", icons)
        self._app.setStyleSheet(sheet.replace("%look%", self.look))
        for kept, name, token, gap in self._dressed:
            target = kept()
            if target is not None and shiboken6.isValid(target):
                self._dress(target, name, token, gap)
        self.changed.emit()

    def _palette(self) -> QPalette:
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "window",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.AlternateBase: "hover",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.PlaceholderText: "muted",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.BrightText: "danger",
            QPalette.ColorRole.Highlight: "selection",
            QPalette.ColorRole.HighlightedText: "on_selection",
            QPalette.ColorRole.Link: "link",
            QPalette.ColorRole.LinkVisited: "link",
            QPalette.ColorRole.ToolTipBase: "tooltip",
            QPalette.ColorRole.ToolTipText: "on_tooltip",
            QPalette.ColorRole.Light: "surface",
            QPalette.ColorRole.Midlight: "line",
            QPalette.ColorRole.Mid: "line",
            QPalette.ColorRole.Dark: "border",
            QPalette.ColorRole.Shadow: "border",
            QPalette.ColorRole.Accent: "primary",
        }
        for role, token in roles.items():
            palette.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("disabled"))
        return palette


def _with_gap(pixmap: QPixmap, gap: int) -> QPixmap:
    """Room between a picture and the words after it; Qt's own four pixels are too few."""
    if not gap:
        return pixmap
    ratio = pixmap.devicePixelRatio()
    wider = QPixmap(pixmap.width() + round(gap * ratio), pixmap.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wider
