"""The rules of one question, made ready to run: each with what it reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qaf_desktop.forms.control import Itemset
from qaf_desktop.forms.expressions.compiling import Compiler
from qaf_desktop.forms.expressions.function import Closure
from qaf_desktop.forms.expressions.grammar import parse
from qaf_desktop.forms.expressions.reading import Read, reads_of
from qaf_desktop.forms.expressions.syntax import Call, Expression, Negation, Operation, Path
from qaf_desktop.forms.shape import EAGER, Rule, RuleKind, Spot
from qaf_desktop.forms.wording import Label, Wordings


def rules_of(spot: Spot, wordings: Wordings) -> Iterator[Rule]:
    """Every rule of a question, group or repeat; each is also entered in ``spot.rules``.

    Raises:
        BadRule: a rule names a function that does not exist, or gives a value where answers are needed.
    """
    compiler = Compiler(spot)
    bind, control = spot.bind, spot.control
    given: list[tuple[RuleKind, Expression | None, Any]] = [
        ("relevant", bind.relevant, compiler.boolean),
        ("calculate", bind.calculate, compiler.value),
        ("required", bind.required, compiler.boolean),
        ("readonly", bind.readonly, compiler.boolean),
        ("constraint", bind.constraint, compiler.boolean),
    ]
    if control is not None and control.count is not None:
        given.append(("count", control.count, compiler.number))
    for kind, expression, compiled in given:
        if expression is not None:
            yield _entered(kind, spot, compiled(expression), reads_of(expression, spot), speaks=_speaks(expression))
    if control is not None and control.itemset is not None:
        nodes = control.itemset.nodes
        reads = reads_of(_values_of(nodes, control.itemset.value), spot) | _shown_in(control.itemset, spot)
        rule = _entered("choices", spot, compiler.nodes(nodes), reads)
        if not reads:
            # Always the same list, so nothing can be filtered out of it.
            rule.lazy = True
        yield rule
    reads = frozenset(read for label in _labels(spot) for read in _reads_of_label(label, spot, wordings))
    if reads:
        yield _entered("words", spot, _nothing, reads)


def _values_of(nodes: Expression, column: str) -> Expression:
    """The path to one column of the rows a list is taken from."""
    way = parse(column)
    if isinstance(nodes, Path) and isinstance(way, Path):
        return Path(nodes.start, (*nodes.steps, *way.steps), nodes.filters)
    return nodes


def _shown_in(itemset: Itemset, spot: Spot) -> frozenset[Read]:
    label = itemset.label.expression if itemset.label is not None else None
    if not isinstance(label, Path) or label.start != "" or not isinstance(itemset.nodes, Path):
        return frozenset()
    nodes = itemset.nodes
    return reads_of(Path(nodes.start, (*nodes.steps, *label.steps), nodes.filters), spot)


def _entered(kind: RuleKind, spot: Spot, run: Closure, reads: frozenset[Read], *, speaks: bool = False) -> Rule:
    rule = Rule(kind, spot, run, reads, lazy=kind not in EAGER, speaks=speaks)
    spot.rules[kind] = rule
    return rule


def _nothing(_node: Any, _world: Any) -> None:
    """Words are worked out when somebody looks; the rule only says what they quote."""


def _labels(spot: Spot) -> Iterable[Label]:
    bind, control = spot.bind, spot.control
    found = [bind.required_message, bind.constraint_message]
    if control is not None:
        found += [control.label, control.hint, *(item.label for item in control.items)]
    return [label for label in found if label is not None]


def _reads_of_label(label: Label, spot: Spot, wordings: Wordings) -> Iterator[Read]:
    every = [label.words, *(wordings.uses(label.text_id) if label.text_id else ())]
    for words in every:
        for part in words:
            if not isinstance(part, str):
                yield from reads_of(part, spot)
    if label.expression is not None:
        yield from reads_of(label.expression, spot)


def _speaks(expression: Expression) -> bool:
    """Whether a rule's result hangs on the language being read."""
    match expression:
        case Call(name=name, arguments=arguments):
            return name in ("jr:itext", "jr:choice-name") or any(map(_speaks, arguments))
        case Operation(left=left, right=right):
            return _speaks(left) or _speaks(right)
        case Negation(operand=operand):
            return _speaks(operand)
        case Path(start=start) if not isinstance(start, str):
            return _speaks(start)
    return False
