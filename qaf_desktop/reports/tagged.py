"""Paper that a screen reader can read aloud: every word belongs to a heading, a paragraph, a list or a table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFName, PDFObject, PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from qaf_desktop.reports import fonts
from qaf_desktop.reports.shaping import ShapedText

LANGUAGE = "en-GB"


@dataclass(eq=False)
class Element:
    """One node of what the document says, apart from how it looks (ISO 32000-1, 14.7).

    ``role`` is a standard structure type: Document, Sect, H1–H3, P, L, LI, Lbl, LBody, Table, TR, TH, TD, Figure.
    Elements are made in reading order while the story is written; drawing only adds where on which page they are.
    """

    role: str
    alt: str = ""
    """What a picture shows, for those who cannot see it."""
    actual: str = ""
    """The words in reading order, where the drawn letters were joined or turned round."""
    scope: str = ""
    """For TH: ``Column`` or ``Row``."""
    children: list[Element] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    """Page number from 0, and the number of the marked content on that page."""

    def add(self, role: str, *, alt: str = "", scope: str = "") -> Element:
        """A new last child."""
        child = Element(role, alt=alt, scope=scope)
        self.children.append(child)
        return child

    @property
    def drawn(self) -> bool:
        """Whether anything of it is on a page."""
        return bool(self.marks) or any(child.drawn for child in self.children)


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """Collects which element each drawing belongs to, page by page, and writes the structure tree at the end."""

    def __init__(self, *args: Any, root: Element, **kwargs: Any) -> None:
        kwargs["lang"] = LANGUAGE
        kwargs["initialFontName"] = fonts.face()  # the default would be a face that is not in the file
        super().__init__(*args, **kwargs)
        self._root = root
        self._page_marks: list[list[Element]] = [[]]
        self._page_objects: list[Any] = []
        self._headings = 0
        self._last_depth = -1

    @contextmanager
    def element(self, element: Element) -> Iterator[None]:
        """Everything drawn inside belongs to this element."""
        marks = self._page_marks[-1]
        number = len(marks)
        marks.append(element)
        element.marks.append((len(self._page_marks) - 1, number))
        self._code.append(f"/{element.role} <</MCID {number}>> BDC")
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """Everything drawn inside is decoration: not read aloud, not copied. ``kind`` is Pagination or Layout."""
        self._code.append(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self._code.append("EMC")

    def note_heading(self, title: str, depth: int) -> None:
        """Add a line to the list of contents that viewers show beside the pages."""
        self._headings += 1
        key = f"heading{self._headings}"
        _, top = self.absolutePosition(0, 40)
        self.bookmarkPage(key, fit="XYZ", top=top)
        self.addOutlineEntry(title, key, min(depth, self._last_depth + 1))
        self._last_depth = min(depth, self._last_depth + 1)

    def showPage(self) -> None:
        """Close a page and tie it to its elements."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._page_objects)
        page.Tabs = PDFName("S")
        page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])
        self._page_objects.append(page)
        self._page_marks.append([])

    def save(self) -> None:
        """Write the structure tree, then the file."""
        if len(self._code):
            self.showPage()
        _write_structure(self._doc, self._root, self._page_objects, self._page_marks)
        super().save()


class Tagged(Flowable):  # type: ignore[misc]
    """A flowable whose drawing is one element's content; split over pages, it stays that one element."""

    def __init__(self, content: Flowable, element: Element | None, *, once: bool = False) -> None:
        super().__init__()
        self.content = content
        self.element = element
        self.once = once
        """A heading row repeated on the next page is drawn again but not said again."""
        self._measured_for: float | None = None
        if element is not None and isinstance(content, ShapedText) and not element.actual:
            element.actual = content.text

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """As large as its content, which is asked once for a width: a table asks its cells again and again."""
        if avail_width != self._measured_for:
            self.width, self.height = self.content.wrap(avail_width, avail_height)
            self._measured_for = avail_width
        return self.width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        """Split as the content does; every part belongs to the same element."""
        self._measured_for = None  # a paragraph that could not be split forgets its lines
        return [Tagged(part, self.element, once=self.once) for part in self.content.split(avail_width, avail_height)]

    def getSpaceBefore(self) -> float:
        """Points above."""
        return float(self.content.getSpaceBefore())

    def getSpaceAfter(self) -> float:
        """Points below."""
        return float(self.content.getSpaceAfter())

    def minWidth(self) -> float:
        """Points wide at least."""
        return float(self.content.minWidth())

    def draw(self) -> None:
        """Draw the content inside its mark; on a canvas without tags just draw."""
        canvas = self.canv
        if not isinstance(canvas, TaggedCanvas):
            self.content.drawOn(canvas, 0, 0)
        elif self.element is None or (self.once and self.element.marks):
            with canvas.artifact():
                self.content.drawOn(canvas, 0, 0)
        else:
            with canvas.element(self.element):
                self.content.drawOn(canvas, 0, 0)


class Outlined(Tagged):
    """A heading that can also be jumped to from the viewer's list of contents."""

    def __init__(self, content: Flowable, element: Element, title: str, depth: int) -> None:
        super().__init__(content, element)
        self._title = title
        self._depth = depth

    def draw(self) -> None:
        """Draw, and note the place."""
        if isinstance(self.canv, TaggedCanvas):
            self.canv.note_heading(self._title, self._depth)
        super().draw()


def pdf_text(text: str) -> str:
    """A text as PDF writes it in any script: UTF-16 in hexadecimal digits."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


class _Written(PDFObject):  # type: ignore[misc]
    """An object already in PDF's own words; one string is several times faster than nested dictionaries."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.words = ""

    def format(self, document: Any) -> bytes:
        return self.words.encode("latin-1")


def _write_structure(document: Any, root: Element, pages: list[Any], marks: list[list[Element]]) -> None:
    tree = _Written()
    numbers: dict[int, str] = {}
    tree_number = _number(document, tree)
    page_numbers = [_number(document, page) for page in pages]
    written = [(element, parent, _Written()) for element, parent in _in_order(root, None)]
    for element, _, words in written:
        numbers[id(element)] = _number(document, words)
    for element, parent, words in written:
        above = numbers[id(parent)] if parent is not None else tree_number
        words.words = _words(element, above, numbers, page_numbers)
    parents = " ".join(
        f"{index} [{' '.join(numbers[id(element)] for element in page)}]" for index, page in enumerate(marks) if page
    )
    tree.words = (
        f"<< /Type /StructTreeRoot /K {numbers[id(root)]} /ParentTree << /Nums [{parents}] >>"
        f" /ParentTreeNextKey {len(pages)} >>"
    )
    marked = _Written()
    marked.words = "<< /Marked true >>"
    document.Catalog.StructTreeRoot = tree
    document.Catalog.MarkInfo = marked


def _number(document: Any, thing: Any) -> str:
    reference = document.Reference(thing)
    number, version = document.idToObjectNumberAndVersion[reference.name]
    return f"{number} {version} R"


def _in_order(element: Element, parent: Element | None) -> Iterator[tuple[Element, Element | None]]:
    yield element, parent
    for child in element.children:
        if child.drawn:
            yield from _in_order(child, element)


def _words(element: Element, above: str, numbers: dict[int, str], pages: list[str]) -> str:
    parts = [f"<< /Type /StructElem /S /{element.role} /P {above}"]
    if element.marks:
        home = element.marks[0][0]
        parts.append(f"/Pg {pages[home]}")
    kids = [
        str(number) if page == element.marks[0][0] else f"<</Type /MCR /Pg {pages[page]} /MCID {number}>>"
        for page, number in element.marks
    ]
    kids += [numbers[id(child)] for child in element.children if child.drawn]
    parts.append(f"/K [{' '.join(kids)}]")
    if element.alt:
        parts.append(f"/Alt {pdf_text(element.alt)}")
    if element.actual:
        parts.append(f"/ActualText {pdf_text(element.actual)}")
    if element.scope:
        parts.append(f"/A << /O /Table /Scope /{element.scope} >>")
    return " ".join([*parts, ">>"])
