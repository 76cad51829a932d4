"""A picture chosen from this computer: made small and stripped of where and when it was taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qaf_desktop.forms.items import Item
from qaf_desktop.ui.questions.answer import Answer
from qaf_desktop.ui.questions.tools import Tools

MOST_PIXELS = 1600
"""Along the longer side unless the form asks for less; enough for half a printed page."""


def made_small(image: QImage, most_pixels: int) -> bytes:
    """The picture as JPEG without any of the notes a camera writes into it."""
    if max(image.width(), image.height()) > most_pixels:
        image = image.scaled(
            QSize(most_pixels, most_pixels),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    # Painted afresh: a copy would carry the camera's notes along.
    fresh = QImage(image.size(), QImage.Format.Format_RGB32)
    fresh.fill(Qt.GlobalColor.white)
    painter = QPainter(fresh)
    painter.drawImage(0, 0, image)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    fresh.save(buffer, "JPEG", 85)  # type: ignore[call-overload]  # the stub wants bytes, Qt a str
    return bytes(buffer.data().data())


class PictureAnswer(Answer):
    """Choose a picture, see it, take it away again."""

    def __init__(self, item: Item, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._value = ""
        self._most = int(item.parameters.get("max-pixels", MOST_PIXELS))
        self.shown = QLabel(self)
        self.shown.setVisible(False)
        self.said = QLabel(self)
        self.said.setProperty("role", "muted")
        self.said.setWordWrap(True)
        self.said.setVisible(False)
        self.choose = QPushButton("Choose a picture…", self)
        self.remove = QPushButton("Take it away", self)
        self.remove.setProperty("role", "quiet")
        self.choose.clicked.connect(self._ask)
        self.remove.clicked.connect(lambda: self._take(""))
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.shown)
        rows.addLayout(buttons)
        rows.addWidget(self.said)

    def show_item(self, item: Item) -> None:
        """Show the picture the answer names."""
        self.choose.setEnabled(not item.readonly and self._tools.pictures is not None)
        self.remove.setVisible(bool(item.value) and not item.readonly)
        if item.value == self._value and (item.value or not self.shown.isVisible()):
            return
        self._value = item.value
        self.shown.setVisible(False)
        if item.value and self._tools.pictures is not None:
            self._tools.pictures.show(item.value, self._fetched)

    def value(self) -> str:
        """The name the picture is kept under."""
        return self._value

    def keyboard(self) -> QWidget:
        """The button that asks for a file."""
        return self.choose

    def take_file(self, path: Path) -> None:
        """Read a picture from a file and keep it; a file that is no picture gets a sentence."""
        reader = QImageReader(str(path))
        reader.setAutoTransform(True)
        image = reader.read()
        if image.isNull():
            self._say("This file is not a picture this program can show. Choose a PNG or JPEG file.")
            return
        self.said.setVisible(False)
        if self._tools.pictures is not None:
            self._tools.pictures.keep(made_small(image, self._most), "image/jpeg", self._take)

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Choose a picture", "", "Pictures (*.png *.jpg *.jpeg *.webp *.bmp)"
        )
        if name:
            self.take_file(Path(name))

    def _take(self, name: str) -> None:
        self._value = name
        self.shown.setVisible(False)
        self.remove.setVisible(bool(name))
        if name and self._tools.pictures is not None:
            self._tools.pictures.show(name, self._fetched)
        self.value_changed.emit(name)

    def _fetched(self, picture: bytes) -> None:
        pixmap = QPixmap()
        if not pixmap.loadFromData(picture):
            return
        size = self._tools.theme.pixels(280)
        self.shown.setPixmap(
            pixmap.scaled(size, size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
        self.shown.setAccessibleName("The picture chosen")
        self.shown.setVisible(True)

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(True)
