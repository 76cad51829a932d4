"""Pieces of a page that platypus does not have: a heading that keeps its first lines, a question beside its answer."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.platypus import Flowable, Table

from qaf_desktop.reports import look
from qaf_desktop.reports.tagged import TaggedCanvas

_NEARLY_A_PAGE = 0.9 * (look.PAGE_HEIGHT - look.TOP - look.BOTTOM)


class KeptTogether(Flowable):  # type: ignore[misc]
    """What comes first (headings, a question) stays with the beginning of what follows; only the last part splits."""

    def __init__(self, first: list[Flowable], last: Flowable) -> None:
        super().__init__()
        self._first = first
        self._last = last

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """The parts below each other."""
        self.width = avail_width
        self.height = self._stacked(avail_width, avail_height, [*self._first, self._last])
        return self.width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        """Nothing, if what comes first would stand alone at the foot of the page."""
        used = self._stacked(avail_width, avail_height, self._first)
        gap = max(self._first[-1].getSpaceAfter(), self._last.getSpaceBefore())
        left = avail_height - used - gap
        parts = self._last.split(avail_width, left) if left > 0 else []
        if parts:
            return [*self._first, *parts]
        if avail_height < _NEARLY_A_PAGE:
            return []
        # On an empty page there is no better place to go: let go of each other rather than fail.
        start, *rest = [*self._first, self._last]
        fits = start.height <= avail_height
        begun = [start] if fits else start.split(avail_width, avail_height)
        return [*begun, *rest] if begun else []

    def getSpaceBefore(self) -> float:
        """Points above."""
        return float(self._first[0].getSpaceBefore())

    def getSpaceAfter(self) -> float:
        """Points below."""
        return float(self._last.getSpaceAfter())

    def draw(self) -> None:
        """Draw from the top down."""
        y = self.height
        previous: Flowable | None = None
        for part in [*self._first, self._last]:
            if previous is not None:
                y -= max(previous.getSpaceAfter(), part.getSpaceBefore())
            y -= part.height
            part.drawOn(self.canv, 0, y)
            previous = part

    @staticmethod
    def _stacked(avail_width: float, avail_height: float, parts: list[Flowable]) -> float:
        height = 0.0
        previous: Flowable | None = None
        for part in parts:
            if previous is not None:
                height += max(previous.getSpaceAfter(), part.getSpaceBefore())
            _, part.height = part.wrap(avail_width, avail_height)
            height += part.height
            previous = part
        return height


class Beside(Flowable):  # type: ignore[misc]
    """Two short flowables beside each other, tops level (or centred); never split over pages."""

    def __init__(
        self,
        left: Flowable,
        right: Flowable,
        right_width: float,
        *,
        gap: float = 12,
        before: float = 0,
        after: float = 0,
        centred: bool = False,
    ) -> None:
        super().__init__()
        self._share = 0.5 if centred else 1.0
        self._left = left
        self._right = right
        self._right_width = right_width
        self._gap = gap
        self.spaceBefore = before
        self.spaceAfter = after

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """As high as the higher one."""
        _, left = self._left.wrap(avail_width - self._right_width - self._gap, avail_height)
        _, right = self._right.wrap(self._right_width, avail_height)
        self._heights = left, right
        self.width, self.height = avail_width, max(left, right)
        return self.width, self.height

    def draw(self) -> None:
        """Left before right, which is also the reading order."""
        left, right = self._heights
        self._left.drawOn(self.canv, 0, (self.height - left) * self._share)
        self._right.drawOn(self.canv, self.width - self._right_width, (self.height - right) * self._share)


class Hanging(Flowable):  # type: ignore[misc]
    """A number or a shape, and the text it belongs to beside it; splits as the text does."""

    def __init__(self, label: Flowable | None, body: Flowable, indent: float) -> None:
        super().__init__()
        self._label = label
        self._body = body
        self._indent = indent

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """As high as the text."""
        if self._label is not None:
            self._label.wrap(self._indent, avail_height)
        _, self.height = self._body.wrap(avail_width - self._indent, avail_height)
        self.width = avail_width
        return self.width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        """The number stays with the first lines."""
        parts = self._body.split(avail_width - self._indent, avail_height)
        return [Hanging(None if index else self._label, part, self._indent) for index, part in enumerate(parts)]

    def getSpaceBefore(self) -> float:
        """Points above."""
        return float(self._body.getSpaceBefore())

    def getSpaceAfter(self) -> float:
        """Points below."""
        return float(self._body.getSpaceAfter())

    def minWidth(self) -> float:
        """Points wide at least."""
        return self._indent + float(self._body.minWidth())

    def draw(self) -> None:
        """The number first."""
        if self._label is not None:
            self._label.drawOn(self.canv, 0, self.height - self._label.height)
        self._body.drawOn(self.canv, self._indent, 0)


class Rule(Flowable):  # type: ignore[misc]
    """A hairline; decoration."""

    def __init__(self, *, before: float = 4, after: float = 4, strong: bool = False) -> None:
        super().__init__()
        self.spaceBefore = before
        self.spaceAfter = after
        self._strong = strong

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """As wide as the text."""
        self.width, self.height = avail_width, 0.6
        return self.width, self.height

    def draw(self) -> None:
        """One line."""
        with self.canv.artifact():
            self.canv.setStrokeColor(look.ACCENT if self._strong else look.RULE)
            self.canv.setLineWidth(1.2 if self._strong else 0.6)
            self.canv.line(0, 0, self.width, 0)


class PaperTable(Table):  # type: ignore[misc]
    """A table whose lines and backgrounds are decoration; its cells carry their own elements."""

    whole = False
    """Go to the next page rather than be cut, as long as one page can hold it."""

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        """Between rows, and within a row that is longer than a page."""
        if self.whole and self._height < _NEARLY_A_PAGE:
            return []
        parts: list[Flowable] = super().split(avail_width, avail_height)
        return parts

    def _drawBkgrnd(self) -> None:
        self._as_decoration(super()._drawBkgrnd)

    def _drawLines(self) -> None:
        self._as_decoration(super()._drawLines)

    def _as_decoration(self, draw: Callable[[], None]) -> None:
        if isinstance(self.canv, TaggedCanvas):
            with self.canv.artifact():
                draw()
        else:
            draw()
