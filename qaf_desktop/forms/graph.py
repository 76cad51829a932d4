"""The rules of a form in the order they must be worked out, and who has to look again when an answer changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from qaf_desktop.forms.expressions.places import Place
from qaf_desktop.forms.expressions.reading import Read
from qaf_desktop.forms.shape import Reader, Rule, Spot
from qaf_desktop.forms.xml_safely import NotAForm


class CircularRules(NotAForm):
    """Rules wait for each other; ``names`` are the questions, in the order they wait."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"The rules go round in a circle: {', '.join(names)} wait for each other.",
            next_step="Change one of these rules so that it no longer reads the others.",
        )
        self.names = tuple(names)


@dataclass(eq=False)
class _Vertex:
    what: Rule | Spot
    after: list[tuple[_Vertex, bool]] = field(default_factory=list)  # (what must wait for it, weakly)
    waits: int = 0
    weak_waits: int = 0


def put_in_order(spots: Sequence[Spot], rules: Sequence[Rule]) -> None:
    """Rank the rules and tell every spot its readers.

    Raises:
        CircularRules: rules wait for each other; the questions are named.
    """
    eager = [rule for rule in rules if not rule.lazy]
    answers = {spot.index: _Vertex(spot) for spot in spots}
    rows = {spot.index: _Vertex(spot) for spot in spots if spot.repeats}
    vertices = {id(rule): _Vertex(rule) for rule in eager}
    for rule in eager:
        _join_results(rule, vertices, answers, rows)
        _join_reads(rule, vertices, answers, rows)
    everything = [*answers.values(), *rows.values(), *vertices.values()]
    order = _sorted(everything, weakly=True) or _sorted(everything, weakly=False)
    if order is None:
        raise CircularRules(_circle(everything))
    for rank, vertex in enumerate(order):
        if isinstance(vertex.what, Rule):
            vertex.what.rank = rank
    _tell_readers(rules)


def _join(before: _Vertex, after: _Vertex, *, weak: bool = False) -> None:
    before.after.append((after, weak))
    if weak:
        after.weak_waits += 1
    else:
        after.waits += 1


def _join_results(
    rule: Rule, vertices: dict[int, _Vertex], answers: dict[int, _Vertex], rows: dict[int, _Vertex]
) -> None:
    """A rule comes before the answers it decides, and before the rules that only run where it allows them."""
    mine, spot = vertices[id(rule)], rule.spot
    if rule.kind == "relevant":
        for below in (spot, *spot.walk()):
            _join(mine, answers[below.index])
            calculate = below.rules.get("calculate")
            if calculate is not None:
                _join(mine, vertices[id(calculate)])
    elif rule.kind == "count":
        _join(mine, rows[spot.index])
        for below in spot.walk():
            for inner in below.rules.values():
                if not inner.lazy:
                    # Weakly: how many rows there are may itself hang on answers in the rows.
                    _join(mine, vertices[id(inner)], weak=True)
    else:
        _join(mine, answers[spot.index])
        filtered = spot.rules.get("choices")
        if rule.kind == "calculate" and filtered is not None and not filtered.lazy:
            _join(mine, vertices[id(filtered)])


def _join_reads(
    rule: Rule, vertices: dict[int, _Vertex], answers: dict[int, _Vertex], rows: dict[int, _Vertex]
) -> None:
    mine = vertices[id(rule)]
    for read in rule.reads:
        if read.what == "rows":
            _join(rows[read.place.index], mine, weak=True)
        elif read.what == "choices":
            continue
        elif read.place.index != rule.spot.index or rule.kind in ("relevant", "count"):
            # A calculation or a list may look at the answer it is about: it sees what was there before.
            _join(answers[read.place.index], mine)


def _sorted(vertices: Sequence[_Vertex], *, weakly: bool) -> list[_Vertex] | None:
    waiting = {id(vertex): vertex.waits + (vertex.weak_waits if weakly else 0) for vertex in vertices}
    order = [vertex for vertex in vertices if waiting[id(vertex)] == 0]
    for vertex in order:
        for after, weak in vertex.after:
            if weak and not weakly:
                continue
            waiting[id(after)] -= 1
            if waiting[id(after)] == 0:
                order.append(after)
    return order if len(order) == len(vertices) else None


def _circle(vertices: Sequence[_Vertex]) -> list[str]:
    """The names of the questions of one circle, in the order they wait for each other."""
    done = {id(vertex) for vertex in _settled(vertices)}
    stuck = {id(vertex): vertex for vertex in vertices if id(vertex) not in done}
    # Going backwards among the stuck, every step has a stuck one before it, so a name must come round again.
    before: dict[int, _Vertex] = {}
    for vertex in stuck.values():
        for after, weak in vertex.after:
            if not weak and id(after) in stuck:
                before[id(after)] = vertex
    current = next(vertex for vertex in stuck.values() if id(vertex) in before)
    seen: dict[int, None] = {}
    while id(current) not in seen:
        seen[id(current)] = None
        current = before[id(current)]
    path = list(seen)
    ring = [stuck[key] for key in path[path.index(id(current)) :]]
    names = (vertex.what.spot.name if isinstance(vertex.what, Rule) else vertex.what.name for vertex in reversed(ring))
    return list(dict.fromkeys(names))


def _settled(vertices: Sequence[_Vertex]) -> list[_Vertex]:
    waiting = {id(vertex): vertex.waits for vertex in vertices}
    order = [vertex for vertex in vertices if waiting[id(vertex)] == 0]
    for vertex in order:
        for after, weak in vertex.after:
            if not weak:
                waiting[id(after)] -= 1
                if waiting[id(after)] == 0:
                    order.append(after)
    return order


def _tell_readers(rules: Iterable[Rule]) -> None:
    values: dict[Spot, list[Reader]] = {}
    rows: dict[Spot, list[Reader]] = {}
    for rule in rules:
        for read in _spelt_out(rule.reads):
            place = read.place
            assert isinstance(place, Spot)  # noqa: S101 - the places of a form are its spots
            # A repeat's count belongs to what holds the rows: there may be no row to go down to.
            own = rule.spot.up if rule.kind == "count" and rule.spot.up is not None else rule.spot
            hinge = own if read.hinge is rule.spot else read.hinge
            reader = Reader(rule, _steps_up(place, hinge), _way_down(own, hinge))
            (rows if read.what == "rows" else values).setdefault(place, []).append(reader)
    for spot, readers in values.items():
        spot.readers = tuple(dict.fromkeys(readers))
    for spot, readers in rows.items():
        spot.row_readers = tuple(dict.fromkeys(readers))


def _spelt_out(reads: frozenset[Read]) -> Iterator[Read]:
    """Reads of a question's choices, turned into reads of what those choices hang on."""
    for read in reads:
        if read.what != "choices":
            yield read
            continue
        place = read.place
        assert isinstance(place, Spot)  # noqa: S101 - the places of a form are its spots
        for kind in ("choices", "words"):  # which choices there are, and what their labels quote
            rule = place.rules.get(kind)
            for inner in rule.reads if rule is not None else ():
                if inner.what != "choices":
                    yield Read(inner.place, read.hinge, inner.what)


def _steps_up(place: Place, hinge: Place) -> int:
    steps, above = 0, place
    while above is not hinge and above.up is not None:
        steps, above = steps + 1, above.up
    return steps


def _way_down(spot: Place, hinge: Place) -> tuple[str, ...]:
    names: list[str] = []
    while spot is not hinge and spot.up is not None:
        names.append(spot.name)
        spot = spot.up
    return tuple(reversed(names))
