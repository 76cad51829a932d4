"""A rule as the author wrote it is read once, when the form is opened, and never again while it is filled in.

The language is XPath 1.0 as the ODK XForms specification narrows it: axes parent, child and self (and ``//``).
A Pratt parser: each operator has a strength, and the stronger one keeps its operands.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qaf_desktop.forms.expressions.syntax import Call, Expression, Literal, Negation, Operation, Path, Step
from qaf_desktop.problems import Problem

MAX_DEPTH = 60  # brackets within brackets; real rules stay under 20

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<mark>\.\.|::|//|!=|<=|>=|[()\[\]@,.|+\-*/=<>$])
    | (?P<name>[^\W\d][\w.\-]*(?::(?!:)[^\W\d][\w.\-]*|:\*)?)
    )""",
    re.VERBOSE,
)
_STRENGTH = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6, "|": 8,
}  # fmt: skip
_MINUS_STRENGTH = 7
_AXES = {"child": "child", "self": "self", "parent": "parent", "descendant": "descendant"}
_NODE_TESTS = {"node", "text"}

_SPELLINGS = {
    "==": "Write one = to compare, not ==.",
    "<>": "Write != for 'is not', not <>.",
    "&&": "Write and, not &&.",
    "||": "Write or, not ||.",
}


class BadRule(Problem):
    """A rule cannot be read. ``column`` counts from 1 within the rule."""

    def __init__(self, happened: str, *, column: int, next_step: str = "") -> None:
        super().__init__(happened, next_step=next_step)
        self.column = column


@lru_cache(maxsize=8192)
def parse(text: str) -> Expression:
    """Read one rule.

    Raises:
        BadRule: when it is not an expression, with the column where reading stopped.
    """
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: list[str] = []
        self.words: list[str] = []
        self.places: list[int] = []
        self.at = 0
        self.depth = 0
        self._split()

    def _split(self) -> None:
        text, position, end = self.text, 0, len(self.text.rstrip())
        while position < end:
            match = _TOKEN.match(text, position)
            if match is None:
                place = position + len(text[position:]) - len(text[position:].lstrip())
                raise self._bad_character(place)
            kind = match.lastgroup or ""
            self.kinds.append(kind)
            self.words.append(match.group(kind))
            self.places.append(match.start(kind))
            position = match.end()
        self.kinds.append("end")
        self.words.append("")
        self.places.append(end)

    def whole(self) -> Expression:
        if self.kinds[0] == "end":
            raise BadRule("The rule is empty.", column=1)
        result = self.expression(0)
        if self.kinds[self.at] != "end":
            raise self._unexpected()
        return result

    def expression(self, strength: int) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise BadRule("The rule has too many brackets inside each other.", column=self.places[self.at] + 1)
        left = self._operand()
        while True:
            # After a value, a name such as "and" or "div" can only be an operator, and * can only multiply.
            word = self.words[self.at]
            mine = _STRENGTH.get(word, 0) if self.kinds[self.at] in ("name", "mark") else 0
            if mine <= strength:
                break
            self.at += 1
            left = Operation(word, left, self.expression(mine))
        self.depth -= 1
        return left

    def _operand(self) -> Expression:
        kind, word = self.kinds[self.at], self.words[self.at]
        if word == "-" and kind == "mark":
            self.at += 1
            return Negation(self.expression(_MINUS_STRENGTH))
        start: Expression
        if kind == "number":
            self.at += 1
            start = Literal(float(word))
        elif kind == "text":
            self.at += 1
            start = Literal(word[1:-1])
        elif word == "(" and kind == "mark":
            self.at += 1
            start = self.expression(0)
            self._expect(")")
        elif kind == "name" and self.words[self.at + 1] == "(" and word not in _NODE_TESTS:
            start = self._call()
        else:
            return self._path()
        filters = self._predicates()
        steps = self._further_steps()
        return Path(start, steps, filters) if steps or filters else start

    def _call(self) -> Call:
        name, place = self.words[self.at], self.places[self.at]
        self.at += 2
        arguments: list[Expression] = []
        if not self._accept(")"):
            arguments.append(self.expression(0))
            while self._accept(","):
                arguments.append(self.expression(0))
            self._expect(")")
        return Call(name, tuple(arguments), place)

    def _path(self) -> Path:
        word = self.words[self.at]
        if self.kinds[self.at] == "mark" and word in ("/", "//"):
            if word == "/":
                self.at += 1
                if not self._step_ahead():
                    return Path("/", ())
                self.at -= 1
            return Path("/", self._further_steps())
        first = self._step("child")
        return Path("", (first, *self._further_steps()))

    def _step_ahead(self) -> bool:
        return self.kinds[self.at] == "name" or (
            self.kinds[self.at] == "mark" and self.words[self.at] in ("*", ".", "..")
        )

    def _further_steps(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        while self.kinds[self.at] == "mark" and self.words[self.at] in ("/", "//"):
            axis = "child" if self.words[self.at] == "/" else "descendant"
            self.at += 1
            steps.append(self._step(axis))
        return tuple(steps)

    def _step(self, axis: str) -> Step:
        kind, word = self.kinds[self.at], self.words[self.at]
        if kind == "mark" and word in (".", ".."):
            self.at += 1
            return Step("self" if word == "." else "parent", "*", self._predicates())
        if kind == "name" and self.words[self.at + 1] == "::":
            if word not in _AXES:
                raise BadRule(f"The axis {word} cannot be used in a form.", column=self.places[self.at] + 1)
            axis = _AXES[word]
            self.at += 2
            kind, word = self.kinds[self.at], self.words[self.at]
        if kind == "name" and word in _NODE_TESTS and self.words[self.at + 1] == "(":
            self.at += 2
            self._expect(")")
            return Step(axis, "*", self._predicates())
        if kind != "name" and word != "*":
            raise self._unexpected()
        self.at += 1
        # Prefixes tell namespaces apart; within one form local names are enough.
        return Step(axis, word.rpartition(":")[2], self._predicates())

    def _predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self._accept("["):
            found.append(self.expression(0))
            self._expect("]")
        return tuple(found)

    def _accept(self, mark: str) -> bool:
        if self.kinds[self.at] == "mark" and self.words[self.at] == mark:
            self.at += 1
            return True
        return False

    def _expect(self, mark: str) -> None:
        if not self._accept(mark):
            if self.kinds[self.at] == "end":
                raise BadRule(f"The rule ends before a closing {mark}.", column=self.places[self.at] + 1)
            raise self._unexpected()

    def _unexpected(self) -> BadRule:
        place = self.places[self.at]
        if self.kinds[self.at] == "end":
            return BadRule("The rule ends too early: something is missing after its last word.", column=place + 1)
        return BadRule(
            f"The rule cannot be read from {self.words[self.at]!r} on.",
            column=place + 1,
            next_step=self._spelling(place),
        )

    def _bad_character(self, place: int) -> BadRule:
        character = self.text[place]
        advice = self._spelling(place)
        if character in "\"'":
            return BadRule("A quotation mark is opened and never closed.", column=place + 1)
        if character in "“”‘’":
            advice = "Write straight quotation marks, ' or \"."
        return BadRule(f"The rule cannot be read from {character!r} on.", column=place + 1, next_step=advice)

    def _spelling(self, place: int) -> str:
        for wrong, advice in _SPELLINGS.items():
            if self.text[max(place - 1, 0) : place + 2].find(wrong) >= 0:
                return advice
        word = re.match(r"[A-Z]+", self.text[place:])
        if word and word.group().lower() in ("and", "or", "div", "mod", "not"):
            return f"Write {word.group().lower()} in small letters."
        return ""
