"""An answer changes, and only what reads it is worked out again, and only as far as something becomes different."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from qaf_desktop.forms.answers import Answer, affected, grow
from qaf_desktop.forms.controls import Action
from qaf_desktop.forms.definition import FormDefinition
from qaf_desktop.forms.expressions.compiling import Compiler
from qaf_desktop.forms.expressions.fixed import FixedNode
from qaf_desktop.forms.expressions.function import Closure
from qaf_desktop.forms.expressions.values import Node
from qaf_desktop.forms.shape import EAGER, Reader, Rule, Spot
from qaf_desktop.forms.typed import written

MAX_ROWS = 1000
"""Rows a rule may ask for by number; a repeat count beyond this is a slip of the keyboard."""
_MAX_TURNS = 1000
"""How often one answer may be worked out in one go; only rules that read each other across rows come near it."""
_MAX_CHAIN = 50
"""How many answers may set each other off in a row."""

FIRST_LOAD = frozenset({"odk-instance-first-load", "xforms-ready", "odk-instance-load"})
NEW_ROW = "odk-new-repeat"
CHANGED = "xforms-value-changed"


class Recomputing:
    """The answers of a form and the rules that keep them right. Also the world a rule looks at while it runs."""

    def __init__(self, definition: FormDefinition, now: Callable[[], datetime], lists: Mapping[str, FixedNode]) -> None:
        self.definition = definition
        self.lists: Mapping[str, Node] = lists
        self.top = Answer(definition.top, None)
        self.root: Node = self.top
        self.current: Node = self.top
        self.position = 1
        self.size = 1
        self.singles: Sequence[Node] = ()
        self.touched: set[Answer] = set()
        self.touched_rows: set[tuple[Answer, Spot]] = set()
        self.itext: Callable[[str], str]
        self.choice_label: Callable[[Node, str], str]
        self._now = now
        self._moment: datetime | None = None
        self._queue: list[tuple[int, int, Rule, Answer]] = []
        self._queued: set[tuple[int, int]] = set()
        self._turns: dict[tuple[int, int], int] = {}
        self._count = 0
        self._running = False
        self._chain = 0
        self.loading = True
        self.fresh = False
        self._range_nodes: dict[tuple[int, int], Answer] = {}
        self._actions: dict[Spot, list[tuple[Action, Closure]]] = {}
        self._sources: dict[Spot, list[Action]] = {}
        for action in definition.actions:
            compiled = Compiler(action.target).value(action.value)
            self._actions.setdefault(action.target, []).append((action, compiled))
            if action.source is not None and CHANGED in action.events:
                self._sources.setdefault(action.source, []).append(action)

    # What a rule may ask

    def now(self) -> datetime:
        """The moment on the local clock; the same for everything one deed works out."""
        if self._moment is None:
            self._moment = self._now()
        return self._moment

    def kept(self, node: Node) -> str:
        """The answer a question holds, asked or not."""
        return node.value if isinstance(node, Answer) else node.read

    # What happens to answers

    def begin(self) -> None:
        """Start a deed: forget what the one before it touched, and look at the clock anew."""
        self.touched = set()
        self.touched_rows = set()
        self._moment = None

    def settle_singles(self) -> None:
        """Take down where each question is that cannot be in rows; rules go straight to it."""
        singles = [self.top] * len(self.definition.spots)
        for answer in self.top.walk():
            if answer.spot.index >= 0 and not answer.spot.many:
                singles[answer.spot.index] = answer
        self.singles = singles

    def everything(self) -> None:
        """Work out every rule of every answer."""
        for answer in self.top.walk():
            self._push_all(answer)
        self.run()

    def put(self, answer: Answer, value: str) -> None:
        """Put a value in an answer and tell its readers. Call :meth:`run` afterwards."""
        if value == answer.value:
            return
        answer.value = value
        answer.valid = None
        self.touched.add(answer)
        self._show(answer)
        if not self.loading:
            for action in self._sources.get(answer.spot, ()):
                self._act(action, answer)

    def act(self, events: frozenset[str], within: Answer | None = None) -> None:
        """Carry out the form's own actions for these events, in the whole filling or in a new row of it."""
        for action in self.definition.actions:
            if not events & action.events:
                continue
            for target in _all_of(action.target, self.top):
                if within is None or _lies_in(target, within):
                    self._carry_out(action, target)
        self.run()

    def add_row(self, holder: Answer, spot: Spot, *, number: int = 0) -> Answer:
        """A new row at the end of a repeat, with the form's defaults for new rows."""
        row = grow(self.definition.templates[spot], holder, number=number)
        row.relevant = False  # until its own rules and what it lies in say otherwise
        self._set_relevant(row, force=True)
        for answer in row.walk():
            self._push_all(answer)
        self._rows_changed(holder, spot)
        self.act(frozenset({NEW_ROW}), within=row)
        return row

    def remove_row(self, row: Answer) -> None:
        """Take a row away; what read it looks again."""
        holder = row.parent
        assert holder is not None  # noqa: S101 - a row lies in something
        rows = holder.rows(row.name)
        rows.remove(row)
        for place, left in enumerate(rows, start=1):
            left.position = place
        for answer in row.walk():
            answer.alive = False
        self._rows_changed(holder, row.spot)
        self.run()

    def run(self) -> None:
        """Work out what is waiting, in the order of the rules, until nothing changes any more."""
        if self._running:
            return
        self._running = True
        self._turns.clear()
        try:
            while self._queue:
                _, _, rule, answer = heapq.heappop(self._queue)
                self._queued.discard((id(rule), id(answer)))
                if answer.alive:
                    self._work_out(rule, answer)
        finally:
            self._running = False

    def ask(self, run: Closure, answer: Answer) -> object:
        """Run one rule's closure for an answer, whatever else is being worked out."""
        before = self.current, self.position, self.size
        self.current, self.position, self.size = answer, 1, 1
        try:
            return run(answer, self)
        finally:
            self.current, self.position, self.size = before

    def speak_again(self) -> None:
        """The language has changed: rules that quote labels are worked out again."""
        speaking = {rule.spot: rule for rule in self.definition.rules if rule.speaks and not rule.lazy}
        for answer in self.top.walk():
            self.touched.add(answer)
            rule = speaking.get(answer.spot)
            if rule is not None:
                self._push(rule, answer)
        self.run()

    # How it is done

    def _work_out(self, rule: Rule, answer: Answer) -> None:
        if rule.kind == "calculate":
            if answer.relevant:
                value = written(self.ask(rule.run, answer), answer.spot.bind.type)  # type: ignore[arg-type]
                self.put(answer, value)
        elif rule.kind == "relevant":
            relevant = bool(self.ask(rule.run, answer))
            if relevant != answer.own_relevant:
                answer.own_relevant = relevant
                self._set_relevant(answer)
        elif rule.kind == "choices":
            self._filter(rule, answer)
        else:
            self._fit_count(rule, answer)

    def _set_relevant(self, answer: Answer, *, force: bool = False) -> None:
        above = answer.parent
        relevant = answer.own_relevant and (above is None or above.relevant)
        if relevant == answer.relevant and not force:
            return
        answer.relevant = relevant
        self.touched.add(answer)
        answer.valid = None
        if not answer.spot.inside:
            self._show(answer)
            calculate = answer.spot.rules.get("calculate")
            if relevant and calculate is not None:
                self._push(calculate, answer)
            return
        for children in answer.by_name.values():
            for child in children:
                self._set_relevant(child, force=force)

    def _show(self, answer: Answer) -> None:
        """Let the rules see what is to be seen of an answer."""
        seen = answer.value if answer.relevant else ""
        if seen and answer.allowed is not None:
            if answer.spot.control is not None and answer.spot.control.kind == "select":
                seen = " ".join(value for value in seen.split() if value in answer.allowed)
            elif seen not in answer.allowed:
                seen = ""
        if seen != answer.read:
            answer.read = seen
            answer.valid = None
            self.touched.add(answer)
            self._tell(answer.spot.readers, answer)

    def _filter(self, rule: Rule, answer: Answer) -> None:
        control = answer.spot.control
        assert control is not None  # noqa: S101 - choices belong to a control
        assert control.itemset is not None  # noqa: S101
        nodes: Sequence[Node] = self.ask(rule.run, answer)  # type: ignore[assignment]
        allowed = frozenset(
            cell.read for node in nodes for cell in node.by_name.get(control.itemset.value, ())
        ) | self._unlisted(answer, control.itemset.list_name, control.itemset.value)
        self.touched.add(answer)
        if allowed != answer.allowed:
            answer.allowed = allowed
            self._show(answer)

    def _unlisted(self, answer: Answer, list_name: str, column: str) -> frozenset[str]:
        """Chosen values that a file of rows no longer holds at all: nobody filtered them out, so they stay."""
        top = self.lists.get(list_name)
        if list_name not in self.definition.files or not isinstance(top, FixedNode):
            return frozenset()
        roots = top.by_name.get("root", ())
        return frozenset(
            value for value in answer.value.split() if not any(root.rows_where("item", column, value) for root in roots)
        )

    def _fit_count(self, rule: Rule, holder: Answer) -> None:
        spot = rule.spot
        stand_in = self.range_node(holder, spot)
        wanted = self.ask(rule.run, stand_in)
        assert isinstance(wanted, float)  # noqa: S101 - counts are compiled to numbers
        if math.isnan(wanted) and not self.fresh:
            return  # a number being typed anew is empty for a moment: rows with answers in them stay
        target = 0 if math.isnan(wanted) else int(max(0, min(wanted, MAX_ROWS)))
        rows = holder.rows(spot.name)
        while len(rows) > target:
            self.remove_row(rows[-1])
        while len(rows) < target:
            self.add_row(holder, spot)

    def range_node(self, holder: Answer, spot: Spot) -> Answer:
        """What a repeat's count rule stands at: the repeat as such, whether or not it has rows."""
        node = self._range_nodes.get((id(holder), spot.index))
        if node is None:
            node = self._range_nodes[id(holder), spot.index] = Answer(spot, holder)
        return node

    def _rows_changed(self, holder: Answer, spot: Spot) -> None:
        self.touched_rows.add((holder, spot))
        stand_in = self.range_node(holder, spot)
        self._tell(spot.row_readers, stand_in)
        for below in spot.walk():
            if below.repeats:
                for reader in below.row_readers:
                    self._tell((_shorter(reader, below, spot),), stand_in)
            elif not below.inside:
                for reader in below.readers:
                    self._tell((_shorter(reader, below, spot),), stand_in)

    def _tell(self, readers: Iterable[Reader], answer: Answer) -> None:
        for reader in readers:
            rule = reader.rule
            for reached in affected(answer, reader.climb, reader.names):
                if rule.lazy:
                    self._stale(rule, reached)
                else:
                    self._push(rule, reached, again=reached is not answer)

    def _stale(self, rule: Rule, answer: Answer) -> None:
        self.touched.add(answer)
        if rule.kind == "required":
            answer.required = None
        elif rule.kind == "constraint":
            answer.valid = None
        elif rule.kind == "readonly":
            for below in answer.walk():
                below.readonly = None
                self.touched.add(below)

    def _push_all(self, answer: Answer) -> None:
        for kind in EAGER[:2]:
            rule = answer.spot.rules.get(kind)
            if rule is not None:
                self._push(rule, answer)
        rule = answer.spot.rules.get("choices")
        if rule is not None and not rule.lazy:
            self._push(rule, answer)
        for child in answer.spot.inside.values():
            count = child.rules.get("count") if child.repeats else None
            if count is not None:
                self._push(count, answer)

    def _push(self, rule: Rule, answer: Answer, *, again: bool = True) -> None:
        key = (id(rule), id(answer))
        if key in self._queued or not again:
            return
        turns = self._turns[key] = self._turns.get(key, 0) + 1
        if turns > _MAX_TURNS:
            return
        self._queued.add(key)
        self._count += 1
        heapq.heappush(self._queue, (rule.rank, self._count, rule, answer))

    def _act(self, action: Action, source: Answer) -> None:
        if self._chain >= _MAX_CHAIN:
            return
        self._chain += 1
        for target in _all_of(action.target, _shared(action, source)):
            self._carry_out(action, target)
        self._chain -= 1

    def _carry_out(self, action: Action, target: Answer) -> None:
        for known, run in self._actions.get(action.target, ()):
            if known is action:
                value = self.ask(run, target)
                self.put(target, written(value, target.spot.bind.type))  # type: ignore[arg-type]


def _shorter(reader: Reader, below: Spot, repeat: Spot) -> Reader:
    """The same reader, for a climb that starts at the repeat instead of at what lies in it."""
    steps, spot = 0, below
    while spot is not repeat and spot.up is not None:
        steps, spot = steps + 1, spot.up
    return Reader(reader.rule, max(reader.climb - steps, 0), reader.names)


def _all_of(spot: Spot, start: Answer) -> Sequence[Answer]:
    """Every answer of a spot below another answer."""
    names: list[str] = []
    current: Spot | None = spot
    while current is not None and current is not start.spot:
        names.append(current.name)
        current = current.up
    return list(affected(start, 0, tuple(reversed(names))))


def _shared(action: Action, source: Answer) -> Answer:
    """The nearest row or group that holds both the answer that changed and the target of an action."""
    above = {id(spot) for spot in (action.target, *action.target.ancestors())}
    current: Answer = source
    while id(current.spot) not in above and current.parent is not None:
        current = current.parent
    return current


def _lies_in(answer: Answer, row: Answer) -> bool:
    current: Answer | None = answer
    while current is not None:
        if current is row:
            return True
        current = current.parent
    return False
