"""Puts a PDF on paper, page by page, without holding up the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from qaf_desktop.problems import Problem

SHARPNESS_DPI = 300


class PaperJam(Problem):
    """The printer would not take the pages."""


@dataclass(frozen=True)
class PrintStep:
    """How many pages have gone to the printer."""

    done: int
    total: int


def print_pdf(
    pdf: bytes, printer: QPrinter, on_progress: Callable[[PrintStep], None], cancelled: Callable[[], bool]
) -> int:
    """Send the chosen pages to the printer and return how many; runs in the paper lane.

    Raises:
        PaperJam: the printer did not begin, or would not go on to the next page.
    """
    data = QByteArray(pdf)
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    try:
        return _print_pages(document, printer, on_progress, cancelled)
    finally:
        document.close()
        buffer.close()


def _print_pages(
    document: QPdfDocument, printer: QPrinter, on_progress: Callable[[PrintStep], None], cancelled: Callable[[], bool]
) -> int:
    printer.setFullPage(True)
    chosen = _pages(printer, document.pageCount())
    painter = QPainter()
    if not painter.begin(printer):
        raise _jam()
    printed = 0
    try:
        for page in chosen:
            if cancelled():
                printer.abort()
                break
            if printed and not printer.newPage():
                raise _jam()
            _print_page(document, page, printer, painter)
            printed += 1
            on_progress(PrintStep(printed, len(chosen)))
    finally:
        painter.end()
    return printed


def _pages(printer: QPrinter, count: int) -> range:
    first = printer.fromPage() or 1
    last = printer.toPage() or count
    return range(first - 1, min(last, count))


def _print_page(document: QPdfDocument, page: int, printer: QPrinter, painter: QPainter) -> None:
    points = document.pagePointSize(page)
    pixels = QSize(round(points.width() * SHARPNESS_DPI / 72), round(points.height() * SHARPNESS_DPI / 72))
    image = document.render(page, pixels)
    paper = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    size = QSizeF(pixels).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    corner = QPointF((paper.width() - size.width()) / 2, (paper.height() - size.height()) / 2)
    painter.drawImage(QRectF(corner, size), image)


def _jam() -> PaperJam:
    return PaperJam(
        "The printer did not take the pages.",
        safe="Nothing is lost: the PDF is still here.",
        next_step="Look whether the printer is on and has paper, or choose another one.",
    )
