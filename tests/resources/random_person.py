"""Fills in a form as somebody in a hurry would: any valid answer, in order, until nothing is missing."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.items import Item

SENTENCES = (
    "Seen on file, and the worker said the same.",
    "No.",
    "Two visits in March and one in April; the child asked for them to be after school, and from then on they were.",
)
"""Short, very short, and long enough for a rationale."""


GOES_ON = ("yes", "none", "full")
"""Answers that open the rest of a form. Half of all persons lean to them, or most would stop at the first page."""


class NoValidAnswer(AssertionError):
    """A question that has to be answered takes none of the answers a person could give."""


class RandomPerson:
    """Somebody who answers at random. The same seed and form give the same answers."""

    def __init__(self, filling: Filling, seed: int, today: date) -> None:
        self._filling = filling
        self._today = today
        self._random = Random(seed)
        self._willing = seed % 2 == 0

    def fill_in(self) -> None:
        """Answer some questions that may be left out, then everything that is asked for, until the form is complete.

        Raises:
            NoValidAnswer: a required question cannot be answered, or answering never comes to an end.
        """
        self._leaf_through()
        for _ in range(400):
            problems = self._filling.problems()
            if not problems:
                return
            for problem in problems:
                self._settle(problem.ref)
        raise NoValidAnswer(f"never complete: {[(p.ref, p.message) for p in self._filling.problems()]}")

    def _leaf_through(self) -> None:
        for state in self._filling.snapshot():
            if self._random.random() < 0.5 and self._filling.look(state.ref).kind == "question":
                self._try(self._filling.look(state.ref))
        for repeat in self._repeats():
            if self._random.random() < 0.5:
                self._filling.add(repeat)

    def _settle(self, ref: str) -> None:
        item = self._filling.look(ref)
        if not item.relevant or (item.value and item.valid) or self._try(item):
            return
        # A rationale may ask for a strength, and a grade for an action: a person goes back and adds one.
        for repeat in self._repeats():
            if not self._filling.children(repeat):
                self._filling.add(repeat)
        if not self._try(self._filling.look(ref)):
            raise NoValidAnswer(f"{ref} takes none of {self._candidates(item)}")

    def _try(self, item: Item) -> bool:
        if not item.relevant or item.readonly or item.type in ("note", "calculate", "hidden"):
            return False
        for value in self._candidates(item):
            self._filling.set(item.ref, value)
            if self._filling.look(item.ref).valid:
                return True
        self._filling.set(item.ref, "")
        return False

    def _candidates(self, item: Item) -> list[str]:
        draw = self._random
        match item.type:
            case "select_one":
                values = [choice.value for choice in item.choices]
                drawn = draw.sample(values, len(values))
                lean = self._willing and draw.random() < 0.7
                return sorted(drawn, key=lambda value: lean and value not in GOES_ON)
            case "select_multiple":
                values = [choice.value for choice in item.choices]
                few = [" ".join(draw.sample(values, min(len(values), draw.randint(1, 3)))) for _ in range(4)]
                return [*few, *values]
            case "integer" | "decimal":
                return [str(draw.randint(0, 6)), "0", "1"]
            case "date":
                return [(self._today - timedelta(days=days)).isoformat() for days in (draw.randint(0, 200), 0, -1, -7)]
            case "acknowledge":
                return ["OK"]
            case _:
                return [*draw.sample(SENTENCES, len(SENTENCES)), "CH-7K4QM", "12"]

    def _repeats(self) -> list[str]:
        found, waiting = [], list(self._filling.children())
        while waiting:
            item = self._filling.look(waiting.pop())
            if item.kind == "repeat" and item.relevant:
                found.append(item.ref)
            elif item.kind == "group":
                waiting += self._filling.children(item.ref)
        return found
