"""Reads our own PDFs the way a screen reader would, with nothing but the standard library."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

_OBJECT = re.compile(rb"(?s)(?<!\d)(\d+) 0 obj\n(.*?)endobj")
_TOKEN = re.compile(rb"\((?:\\.|[^\\()])*\)|<<|>>|<[0-9A-Fa-f]*>|\[|\]|/[^\s/<>\[\]()]+|[^\s/<>\[\]()]+", re.DOTALL)
_SHOWS = frozenset({b"Tj", b"TJ", b"S", b"s", b"f", b"f*", b"B", b"B*", b"b", b"b*", b"Do"})
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass
class Drawn:
    """Words drawn in one go: where, and inside which mark (None: a decoration; -1: nothing at all)."""

    text: str
    x: float
    y: float
    mark: int | None


@dataclass
class Node:
    """An element of the structure tree with the words drawn for it itself."""

    role: str
    number: int
    words: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    alt: str = ""
    actual: str = ""
    scope: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is said: the stated words where letters were joined or turned, else what is drawn."""
        return " ".join((self.actual or "".join(self.words)).split())

    def all(self) -> Iterator[Node]:
        """This and everything below, in reading order."""
        yield self
        for child in self.children:
            yield from child.all()


class Paper:
    """One PDF."""

    def __init__(self, data: bytes) -> None:
        self.objects = {int(number): body for number, body in _OBJECT.findall(data)}
        self.catalog = next(body for body in self.objects.values() if b"/Type /Catalog" in body)
        self.pages = [int(number) for number in re.findall(rb"(\d+) 0 R", self._pages_list())]

    @cached_property
    def drawn(self) -> list[list[Drawn]]:
        """Everything drawn, page by page, in the order of drawing."""
        return [list(self._draw(page)) for page in self.pages]

    @cached_property
    def document(self) -> Node:
        """The structure tree."""
        tree = self._followed(self.catalog, b"StructTreeRoot")
        return self._node(_reference(tree, b"K"))

    def said(self) -> list[tuple[str, str]]:
        """Role and words of every element that has words of its own, in reading order."""
        return [(node.role, node.text) for node in self.document.all() if node.text]

    def sentence(self) -> str:
        """Everything that is said, in one line."""
        return " ".join(text for _, text in self.said())

    def page_words(self, page: int) -> str:
        """Everything on a page, furniture too."""
        return " ".join(drawn.text for drawn in self.drawn[page])

    def stated_parents(self) -> dict[int, list[int]]:
        """For every page the element of each mark, as the parent tree has it."""
        tree = self._followed(self.catalog, b"StructTreeRoot")
        listed = tree[tree.index(b"/Nums [") + 7 : tree.rindex(b"] >>")]
        return {
            int(page): [int(number) for number in re.findall(rb"(\d+) 0 R", numbers)]
            for page, numbers in re.findall(rb"(\d+) \[([^\]]*)\]", listed)
        }

    def _pages_list(self) -> bytes:
        found = re.search(rb"/Kids \[([^\]]*)\]", self._followed(self.catalog, b"Pages"))
        assert found is not None
        return found[1]

    def _followed(self, body: bytes, key: bytes) -> bytes:
        return self.objects[_reference(body, key)]

    def _node(self, number: int) -> Node:
        body = self.objects[number]
        role = re.search(rb"/S /(\w+)", body)
        assert role is not None
        scope = re.search(rb"/Scope /(\w+)", body)
        node = Node(role[1].decode(), number, alt=_hex_text(body, b"Alt"), actual=_hex_text(body, b"ActualText"))
        node.scope = scope[1].decode() if scope else ""
        home = self.pages.index(_reference(body, b"Pg")) if b"/Pg" in body else -1
        kids = re.search(rb"/K \[(.*?)\](?= |$)", body)
        assert kids is not None
        for page, mark, child, plain in re.findall(
            rb"<</Type /MCR /Pg (\d+) 0 R /MCID (\d+)>>|(\d+) 0 R|(\d+)", kids[1]
        ):
            if child:
                node.children.append(self._node(int(child)))
                continue
            on = self.pages.index(int(page)) if page else home
            node.pages.append(on)
            wanted = int(mark or plain)
            node.words += [drawn.text for drawn in self.drawn[on] if drawn.mark == wanted]
        return node

    def stream(self, number: int) -> bytes:
        """The content of a stream, as its filters leave it."""
        head, _, rest = self.objects[number].partition(b"stream")
        data = rest.lstrip(b"\r\n").rpartition(b"endstream")[0]
        if b"ASCII85" in head:
            data = base64.a85decode(b"<~" + data.strip(), adobe=True)
        return zlib.decompress(data) if b"FlateDecode" in head else data

    @cached_property
    def _letters(self) -> dict[bytes, dict[int, str]]:
        tables: dict[bytes, dict[int, str]] = {}
        for body in self.objects.values():
            name = re.search(rb"/Name /(\S+)", body)
            if name and b"/ToUnicode" in body:
                lines = re.findall(
                    rb"<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>", self.stream(_reference(body, b"ToUnicode"))
                )
                tables[name[1]] = {
                    int(code, 16): bytes.fromhex(units.decode()).decode("utf-16-be") for code, units in lines
                }
        return tables

    def _draw(self, page: int) -> Iterator[Drawn]:
        operands: list[bytes] = []
        marks: list[int | None] = []
        face = b""
        x = y = 0.0
        for token in _TOKEN.findall(self.stream(_reference(self.objects[page], b"Contents"))):
            if not token[:1].isalpha() and token not in {b"'", b'"'}:
                operands.append(token)
                continue
            if token == b"BDC":
                marks.append(int(operands[operands.index(b"/MCID") + 1]) if b"/MCID" in operands else None)
            elif token == b"EMC":
                marks.pop()
            elif token == b"Tf":
                face = operands[-2][1:]
            elif token == b"Tm":
                x, y = float(operands[-2]), float(operands[-1])
            elif token in _SHOWS:
                shown = b"".join(_unescaped(operand) for operand in operands if operand[:1] == b"(")
                known = self._letters.get(face, {})
                text = "".join(known.get(code, chr(code)) for code in shown)
                yield Drawn(text, x, y, marks[-1] if marks else -1)
            operands.clear()


def _reference(body: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb" (\d+) 0 R", body)
    assert found is not None, key
    return int(found[1])


def _hex_text(body: bytes, key: bytes) -> str:
    found = re.search(rb"/" + key + rb" <FEFF([0-9A-F]*)>", body)
    return bytes.fromhex(found[1].decode()).decode("utf-16-be") if found else ""


def _unescaped(literal: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        if found[1].isdigit():
            return bytes([int(found[1], 8)])
        return _ESCAPES.get(found[1], found[1])

    return re.sub(rb"\\([0-7]{1,3}|.)", one, literal[1:-1], flags=re.DOTALL)
