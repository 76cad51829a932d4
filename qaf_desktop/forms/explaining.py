"""A rule said in words, for the person who wrote it in Excel and wonders why a question is hidden."""

from __future__ import annotations

from collections.abc import Sequence

from qaf_desktop.forms.definition import FormDefinition
from qaf_desktop.forms.expressions.fixed import FixedNode
from qaf_desktop.forms.expressions.syntax import Call, Expression, Literal, Negation, Operation, Path
from qaf_desktop.forms.shape import Spot
from qaf_desktop.forms.wording import Label, plain

MAX_LABEL = 90
"""Longer labels are cut: the rule is what is read here, not the question."""

_SAME = {"=": "is", "!=": "is not"}
_NUMBERS = {"<": "is less than", "<=": "is at most", ">": "is more than", ">=": "is at least"}
_DATES = {"<": "is before", "<=": "is on or before", ">": "is after", ">=": "is on or after"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_SUMS = {"+": "plus", "-": "minus", "*": "times", "div": "divided by", "mod": "modulo"}
_TESTS = {"contains": "contains", "starts-with": "begins with", "ends-with": "ends with"}
_PLAIN_CALLS = {"today": "today", "now": "this moment", "true": "yes", "false": "no",
                "position": "the number of the row", "last": "the number of rows", "uuid": "a new name"}  # fmt: skip
_OF = {
    "count-selected": "the number of choices ticked in",
    "string-length": "the number of characters in",
    "round": "the rounded", "floor": "the rounded-down", "ceiling": "the rounded-up", "abs": "the size of",
    "max": "the largest of", "min": "the smallest of", "sum": "the sum of", "count": "the number of rows in",
    "count-non-empty": "the number of answers in", "once": "the first value of", "join": "one after another,",
    "concat": "one after another,", "jr:choice-name": "the words chosen in", "sqrt": "the square root of",
}  # fmt: skip
_TRANSPARENT = ("number", "string", "int", "normalize-space", "decimal-date-time", "date", "boolean", "coalesce")


def spot_at(path: Path, here: Spot) -> Spot | None:
    """The question, group or repeat a path leads to from ``here``; None where that cannot be said without answers."""
    spot: Spot | None = here
    if path.start == "/":
        while spot is not None and spot.up is not None:
            spot = spot.up
    elif path.start != "" and not (isinstance(path.start, Call) and path.start.name == "current"):
        return None
    for step in path.steps:
        if spot is None or step.axis == "descendant":
            return None
        if step.axis == "parent":
            spot = spot.up
        elif step.axis == "child":
            spot = spot.inside.get(step.name)
    return spot if spot is not None and spot.index >= 0 else None


class RuleWords:
    """Says rules that stand at ``home`` in words, with labels in a language instead of names."""

    def __init__(self, definition: FormDefinition, home: Spot, language: str = "") -> None:
        self._form = definition
        self._home = home
        self._language = language or definition.wordings.default

    # Conditions ------------------------------------------------------------------------------------------------

    def test(self, rule: Expression) -> str:  # noqa: PLR0911 - one line for each kind of condition
        """A condition: “Current plan” is Child protection plan or Looked after."""
        match rule:
            case Operation(operator="and" | "or" as word):
                return self._joined(word, _flat(rule, word))
            case Operation(operator=sign, left=left, right=right) if sign in _TURNED:
                return self._compared(sign, left, right)
            case Call(name="not", arguments=(inner,)):
                return self._denied(inner)
            case Call(name="selected", arguments=(chosen, code)):
                return f"{self.value(chosen)} {self._includes(chosen)} {self._as_answer(chosen, code)}"
            case Call(name="true", arguments=()):
                return "always"
            case Call(name="false", arguments=()):
                return "never"
            case Call(name="regex", arguments=(text, pattern)):
                return f"{self.value(text)} has the form {self.value(pattern)}"
            case Call(name=name, arguments=(text, part)) if name in _TESTS:
                return f"{self.value(text)} {_TESTS[name]} {self.value(part)}"
            case Call(name="boolean-from-string", arguments=(text,)):
                return f"{self.value(text)} is yes"
            case Call(name="if", arguments=(asked, yes, no)):
                return f"({self.test(yes)}, if {self.test(asked)}; otherwise {self.test(no)})"
        return f"{self.value(rule)} is there"

    def _joined(self, word: str, parts: Sequence[Expression]) -> str:
        said: list[str] = []
        before: tuple[Expression, str] | None = None
        for part in parts:
            same = self._equals(part) if word == "or" else None
            if same is not None and before is not None and same[0] == before[0] and self._is_question(same[0]):
                said[-1] = f"{said[-1]} or {same[1]}"
                continue
            before = same
            inner = self.test(part)
            mixed = isinstance(part, Operation) and part.operator in ("and", "or")
            said.append(f"({inner})" if mixed else inner)
        if len(said) > 3:
            return f" {word} ".join(said)
        return (
            f", {word} ".join(said) if any(" or " in one for one in said) and word == "and" else f" {word} ".join(said)
        )

    def _equals(self, part: Expression) -> tuple[Expression, str] | None:
        """Which question a part asks about and the answer it wants, so that answers to one question can be listed."""
        match part:
            case Operation(operator="=", left=left, right=Literal(value=str() as code)) if code:
                return left, self._as_answer(left, part.right)
        return None

    def _is_question(self, expression: Expression) -> bool:
        found = self._spot(expression)
        return found is not None and (found.control is not None or self._stands_for(found) is not found)

    def _denied(self, rule: Expression) -> str:
        match rule:
            case Operation(operator="=", left=left, right=right):
                return self._compared("!=", left, right)
            case Operation(operator="!=", left=left, right=right):
                return self._compared("=", left, right)
            case Call(name="selected", arguments=(chosen, code)):
                denied = "is not" if self._includes(chosen) == "is" else "does not include"
                return f"{self.value(chosen)} {denied} {self._as_answer(chosen, code)}"
            case Call(name="not", arguments=(inner,)):
                return self.test(inner)
        return f"it is not so that ({self.test(rule)})"

    def _compared(self, sign: str, left: Expression, right: Expression) -> str:
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, right, sign = right, left, _TURNED[sign]
        told = self._worked_out(sign, left, right)
        if told:
            return told
        if isinstance(right, Literal) and right.value == "":
            return f"{self.value(left)} has {'no' if sign == '=' else 'an'} answer"
        counted = self._rows_counted(sign, left, right)
        if counted:
            return counted
        if sign in _SAME:
            return f"{self.value(left)} {_SAME[sign]} {self._as_answer(left, right)}"
        words = _DATES if self._is_date(left) or self._is_date(right) else _NUMBERS
        return f"{self.value(left)} {words[sign]} {self.value(right)}"

    def _worked_out(self, sign: str, left: Expression, right: Expression) -> str:
        """A calculation that only says yes or no is said by what it asks."""
        spot = self._spot(left)
        calculate = spot.bind.calculate if spot is not None and spot.control is None else None
        match calculate, right:
            case Call(name="if", arguments=(asked, Literal(value=yes), Literal(value=no))), Literal(value=wanted):
                if sign in _SAME and wanted in (yes, no) and yes != no and spot is not None:
                    inner = RuleWords(self._form, spot, self._language)
                    so = (wanted == yes) == (sign == "=")
                    said = inner.test(asked) if so else inner._denied(asked)
                    return f"({said})" if isinstance(asked, Operation) and asked.operator in ("and", "or") else said
        return ""

    def _rows_counted(self, sign: str, left: Expression, right: Expression) -> str:
        match left, right:
            case Call(name="count", arguments=(Path() as rows,)), Literal(value=float() as number):
                if (sign, number) in ((">", 0.0), (">=", 1.0)):
                    return f"there is at least one row in {self.value(rows)}"
                if (sign, number) in (("=", 0.0), ("<", 1.0)):
                    return f"there is no row in {self.value(rows)}"
        return ""

    def _includes(self, chosen: Expression) -> str:
        spot = self._spot(chosen)
        control = self._stands_for(spot).control if spot is not None else None
        return "is" if control is not None and control.kind == "select1" else "includes"

    # Values ----------------------------------------------------------------------------------------------------

    def value(self, rule: Expression) -> str:  # noqa: PLR0911 - one line for each kind of value
        """Something a rule works with: “Current plan”, today, the number of rows in “Action”."""
        match rule:
            case Literal(value=float() as number):
                return f"{number:g}"
            case Literal(value=text):
                return f"‘{text}’" if text else "nothing"
            case Negation(operand=operand):
                return f"minus {self.value(operand)}"
            case Path():
                return self._path(rule)
            case Operation(operator="+") if (tests := _counted_tests(rule)) and len(tests) > 1:
                return f"the number of these that are so [{'; '.join(self.test(one) for one in tests)}]"
            case Operation(operator=sign, left=left, right=right) if sign in _SUMS:
                return f"{self._inner(left)} {_SUMS[sign]} {self._inner(right)}"
            case Operation():
                return self.test(rule)
            case Call():
                return self._call(rule)
        raise TypeError(rule)

    def _inner(self, rule: Expression) -> str:
        said = self.value(rule)
        return (
            f"({said})" if isinstance(rule, Operation) and not said.startswith(("(", "the number of these")) else said
        )

    def _call(self, call: Call) -> str:  # noqa: PLR0911 - one line for each kind of function
        name, given = call.name, call.arguments
        if name in _PLAIN_CALLS and (not given or name == "position"):
            return _PLAIN_CALLS[name]
        if name == "if" and len(given) == 3:
            return f"{self.value(given[1])} if {self.test(given[0])}, otherwise {self.value(given[2])}"
        if name in ("selected", "not", "regex", *_TESTS, "boolean-from-string"):
            return f"whether {self.test(call)}"
        if name == "coalesce" and len(given) == 2:
            return f"{self.value(given[0])}, or {self.value(given[1])} where that is empty"
        if name == "current" and not given:
            return "this answer"
        if name in ("format-date", "format-date-time", *_TRANSPARENT) and given:
            return self.value(given[0])
        if name == "jr:choice-name" and given:
            return f"the words chosen in {self.value(given[0])}"
        said = ", ".join(self.value(one) for one in given)
        return f"{_OF[name]} {said}" if name in _OF else f"{name}({said})"

    def _path(self, path: Path) -> str:
        spot = self._spot(path)
        tests = [test for step in path.steps for test in step.predicates]
        rows = next((place for place, step in enumerate(path.steps) if step.predicates), 0)
        if spot is not None:
            if spot is self._home and not any(step.axis == "child" for step in path.steps):
                return "this answer"
            row = spot_at(Path(path.start, path.steps[: rows + 1]), self._home) or spot
            inner = RuleWords(self._form, row, self._language)
            where = f" (in rows where {' and '.join(map(inner.test, tests))})" if tests else ""
            return f"“{self.label(self._stands_for(spot))}”{where}"
        match path.start:
            case Call(name="instance", arguments=(Literal(value=str() as name), *_)) if path.steps:
                column = path.steps[-1].name
                match tests:
                    case [Operation(operator="=", right=wanted)]:
                        return f"‘{column}’ of {self.value(wanted)} in the list {name}"
                return f"‘{column}’ in the list {name}"
        return as_written(path, self._home)

    def _spot(self, expression: Expression) -> Spot | None:
        return spot_at(expression, self._home) if isinstance(expression, Path) else None

    def _stands_for(self, spot: Spot) -> Spot:
        """The question behind a calculation that only copies it; otherwise the spot itself."""
        for _ in range(9):
            copied = spot.bind.calculate if spot.control is None else None
            behind = spot_at(copied, spot) if isinstance(copied, Path) else None
            if behind is None:
                break
            spot = behind
        return spot

    def _is_date(self, expression: Expression) -> bool:
        spot = self._spot(expression)
        if spot is not None:
            return self._stands_for(spot).bind.type in ("date", "dateTime")
        return isinstance(expression, Call) and expression.name in ("today", "now", "date")

    def _as_answer(self, question: Expression, answer: Expression) -> str:
        spot = self._spot(question)
        if spot is not None and isinstance(answer, Literal) and isinstance(answer.value, str):
            found = self.choice(self._stands_for(spot), answer.value)
            if found:
                return found
        return self.value(answer)

    # Words of the form -----------------------------------------------------------------------------------------

    def label(self, spot: Spot) -> str:
        """What a question is called on the screen; its name where it is never on one."""
        words = self._words(spot.control.label) if spot.control is not None else ""
        words = " ".join(words.split()) or spot.name
        return words if len(words) <= MAX_LABEL else f"{words[: MAX_LABEL - 1].rstrip()}…"

    def choice(self, spot: Spot, code: str) -> str:
        """What a choice is called; empty when the question's list does not have it."""
        control = spot.control
        if control is None:
            return ""
        for item in control.items:
            if item.value == code:
                return self._words(item.label) or code
        rows = self._form.lists.get(control.itemset.list_name) if control.itemset is not None else None
        if rows is None or control.itemset is None:
            return ""
        for root in rows.by_name.get("root", ()):
            for row in root.rows_where("item", control.itemset.value, code):
                return self._row_words(row) or code
        return ""

    def _row_words(self, row: FixedNode) -> str:
        for cell in row.by_name.get("itextId", ()):
            return plain(self._form.wordings.find(cell.read, "", self._language))
        return next((cell.read for cell in row.by_name.get("label", ())), "")

    def _words(self, label: Label | None) -> str:
        if label is None:
            return ""
        return plain(self._form.wordings.find(label.text_id, "", self._language) if label.text_id else label.words)


def _flat(rule: Expression, word: str) -> list[Expression]:
    if isinstance(rule, Operation) and rule.operator == word:
        return [*_flat(rule.left, word), *_flat(rule.right, word)]
    return [rule]


def parts_of(rule: Expression) -> list[Expression]:
    """The conditions that must all hold; one for a rule that is a single condition."""
    return _flat(rule, "and")


def _counted_tests(rule: Expression) -> list[Expression]:
    """The conditions of ``if(…, 1, 0) + if(…, 1, 0) + …``; none for any other sum."""
    match rule:
        case Operation(operator="+", left=left, right=right):
            first, second = _counted_tests(left), _counted_tests(right)
            return [*first, *second] if first and second else []
        case Call(name="if", arguments=(asked, Literal(value=1.0), Literal(value=0.0))):
            return [asked]
    return []


_STRENGTH = {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "div": 6,
             "mod": 6, "|": 8}  # fmt: skip


def as_written(rule: Expression, home: Spot, strength: int = 0) -> str:
    """A rule as its author writes it, with ``${name}`` for a question and no more brackets than needed."""
    match rule:
        case Literal(value=float() as number):
            return f"{number:g}"
        case Literal(value=text):
            return f'"{text}"' if "'" in str(text) else f"'{text}'"
        case Negation(operand=operand):
            return f"-{as_written(operand, home, 7)}"
        case Operation(operator=sign, left=left, right=right):
            mine = _STRENGTH[sign]
            said = f"{as_written(left, home, mine - 1)} {sign} {as_written(right, home, mine)}"
            return f"({said})" if mine <= strength else said
        case Call(name=name, arguments=given):
            return f"{name}({', '.join(as_written(one, home) for one in given)})"
        case Path():
            return _path_as_written(rule, home)
    raise TypeError(rule)


def _path_as_written(path: Path, home: Spot) -> str:
    spot = spot_at(path, home)
    climbs = path.start == "/" or any(step.axis == "parent" for step in path.steps)
    if spot is not None and climbs and not any(step.predicates for step in path.steps):
        return f"${{{spot.name}}}"
    start = "" if isinstance(path.start, str) else as_written(path.start, home)
    start += "".join(f"[{as_written(test, home)}]" for test in path.filters)
    steps: list[str] = []
    for step in path.steps:
        name = {"self": ".", "parent": ".."}.get(step.axis, step.name)
        inside = spot_at(Path(path.start, path.steps[: len(steps) + 1]), home) or home
        steps.append(f"{name}{''.join(f'[{as_written(test, inside)}]' for test in step.predicates)}")
    lead = "/" if path.start == "/" or (start and steps) else ""
    return start + lead + "/".join(steps)
