"""One person's filling-in of a form: answers go in, and what is asked, allowed and missing comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from qaf_desktop.forms.answers import Answer, find, grow
from qaf_desktop.forms.choices import Choosing
from qaf_desktop.forms.definition import FormDefinition
from qaf_desktop.forms.describing import Describing
from qaf_desktop.forms.expressions.compiling import Compiler
from qaf_desktop.forms.expressions.fixed import list_of_rows
from qaf_desktop.forms.expressions.syntax import Expression
from qaf_desktop.forms.items import AnswerProblem, Item, NodeState, Progress, SavedAnswers
from qaf_desktop.forms.judging import Judging
from qaf_desktop.forms.keeping import content_of, note_end, preload, put_back, saved_answers
from qaf_desktop.forms.recompute import FIRST_LOAD, Recomputing
from qaf_desktop.forms.rows import Rows
from qaf_desktop.forms.shape import Spot
from qaf_desktop.forms.speaking import Speaking
from qaf_desktop.problems import Problem


class NoSuchAnswer(Problem):
    """A reference names nothing that can be answered, added or removed in this form."""


class Filling:
    """A form being filled in, or read again.

    Args:
        definition: the form.
        now: the clock; asked once for each deed.
        username: the staff code put where a form asks for the user.
        rows: external lists by file name, such as ``{"staff.csv": [{"name": "S1", "label": "…"}]}``.
    """

    def __init__(
        self, definition: FormDefinition, *, now: Callable[[], datetime], username: str = "", rows: Rows | None = None
    ) -> None:
        self._prepare(definition, now, username, rows or {})
        self._answers.fresh = True
        self._answers.everything()
        self._answers.fresh = False
        self._answers.act(FIRST_LOAD)
        self._answers.loading = False

    def _prepare(
        self,
        definition: FormDefinition,
        now: Callable[[], datetime],
        username: str,
        rows: Rows,
        saved: SavedAnswers | None = None,
    ) -> None:
        self.definition = definition
        lists = dict(definition.lists)
        for name, file in definition.files.items():
            if file in rows:
                lists[name] = list_of_rows(rows[file])
        self._answers = Recomputing(definition, now, lists)
        self._speaking = Speaking(definition.wordings, self._answers.ask)
        self._choosing = Choosing(self._answers, self._speaking)
        self._judging = Judging(self._answers, self._speaking)
        self._describing = Describing(self._answers, self._speaking, self._choosing, self._judging)
        self._answers.itext = lambda text_id: self._speaking.text(text_id, "", self._root)
        self._answers.choice_label = lambda node, value: (
            self._choosing.label(node, value) if isinstance(node, Answer) else ""
        )
        self._root = grow(definition.seed, self._answers.top)
        self._unknown: tuple[str, ...] = ()
        if saved is None:
            preload(self._answers, self._root, username)
        else:
            self._unknown = tuple(put_back(self._answers, saved))
        self._answers.settle_singles()

    @classmethod
    def restore(
        cls,
        definition: FormDefinition,
        saved: SavedAnswers,
        *,
        now: Callable[[], datetime],
        username: str = "",
        rows: Rows | None = None,
    ) -> Filling:
        """Open a filling again as it was kept. First-time defaults are not given a second time."""
        filling = cls.__new__(cls)
        filling._prepare(definition, now, username, rows or {}, saved)
        filling._answers.everything()
        filling._answers.loading = False
        return filling

    # Keeping

    def saved(self) -> SavedAnswers:
        """Everything needed to open this filling again, answers that are not asked included."""
        return saved_answers(self._root)

    @property
    def unknown_slots(self) -> tuple[str, ...]:
        """Slots of kept answers that this version of the form does not have."""
        return self._unknown

    def slot(self, ref: str) -> str:
        """The lasting name of what is at ``ref`` now."""
        holder, spot = self._at(ref)
        return holder.slot() if holder.spot is spot else f"{holder.slot()}/{spot.name}"

    def ref(self, slot: str) -> str | None:
        """Where a slot is now; None when its row is gone."""
        found = find(self._answers.top, slot)
        if found is None:
            return None
        holder, spot = found
        return holder.ref() if holder.spot is spot else f"{holder.ref()}/{spot.name}"

    # Answering

    def set(self, ref: str, value: str) -> frozenset[str]:
        """Give an answer; "" takes it away.

        Returns:
            The refs whose value, label, choices, relevance, requirement or validity may now be different.

        Raises:
            NoSuchAnswer: ``ref`` is not a question of this form, or one that may only be read.
        """
        answer = self._question(ref)
        if self._judging.readonly(answer):
            raise NoSuchAnswer(f"{ref} can be read but not changed.")
        self._answers.begin()
        self._answers.put(answer, value)
        self._answers.run()
        return self._touched()

    def add(self, repeat_ref: str) -> str:
        """Add a row to a repeat; returns its ref.

        Raises:
            NoSuchAnswer: ``repeat_ref`` is not a repeat, or one whose rows the form itself counts.
        """
        holder, spot = self._at(repeat_ref)
        if not spot.repeats or holder.spot is spot:
            raise NoSuchAnswer(f"{repeat_ref} is not a repeat, so no row can be added to it.")
        if "count" in spot.rules:
            raise NoSuchAnswer(f"The form itself counts the rows of {repeat_ref}.")
        self._answers.begin()
        return self._answers.add_row(holder, spot).ref()

    def remove(self, instance_ref: str) -> None:
        """Take a row away with everything in it.

        Raises:
            NoSuchAnswer: ``instance_ref`` is not a row.
        """
        row, spot = self._at(instance_ref)
        if not spot.repeats or row.spot is not spot:
            raise NoSuchAnswer(f"{instance_ref} is not a row of a repeat, so it cannot be removed.")
        self._answers.begin()
        self._answers.remove_row(row)

    @property
    def changed(self) -> frozenset[str]:
        """What the last answer, row added or row removed may have changed, as :meth:`set` returns it."""
        return self._touched()

    def end(self) -> None:
        """Note the moment the form was finished, where it asks for it. Called when it is completed."""
        self._answers.begin()
        note_end(self._answers, self._root)
        self._answers.run()

    # Looking

    def place(self, ref: str) -> tuple[Answer, Spot]:
        """The engine's own answer at ``ref`` and what the form says about it: to explain and to move, never to change.

        Raises:
            NoSuchAnswer: nothing is there.
        """
        return self._at(ref)

    def holds(self, answer: Answer, rule: Expression) -> bool:
        """Whether a condition that stands at an answer holds now."""
        return bool(self._answers.ask(Compiler(answer.spot).boolean(rule), answer))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the form can be read in, the default first; none if it has only one."""
        return self.definition.languages

    @property
    def language(self) -> str:
        """The language being read."""
        return self._speaking.language

    @language.setter
    def language(self, language: str) -> None:
        self._speaking.language = language
        self._answers.begin()
        self._answers.speak_again()

    def children(self, ref: str = "") -> tuple[str, ...]:
        """What to show directly in a group or row: questions, groups and repeats; in a repeat, its rows."""
        holder, spot = self._at(ref) if ref else (self._root, self._root.spot)
        if holder.spot is not spot:
            return tuple(row.ref() for row in holder.by_name.get(spot.name, ()))
        base = holder.ref()
        return tuple(f"{base}/{child.name}" for child in self.definition.shown.get(spot, ()))

    def look(self, ref: str) -> Item:
        """Everything a screen or a page needs to know about what is at ``ref``.

        Raises:
            NoSuchAnswer: nothing is there.
        """
        holder, spot = self._at(ref)
        return self._describing.answer(holder) if holder.spot is spot else self._describing.repeat(holder, spot)

    def snapshot(self) -> list[NodeState]:
        """The state of every group, question and row in document order; the form's own ``meta`` is left out."""
        return [
            NodeState(
                ref=answer.ref(),
                relevant=answer.relevant,
                required=self._judging.required(answer),
                readonly=self._judging.readonly(answer),
                value=answer.read,
                valid=self._judging.valid(answer),
            )
            for answer in self._root.walk()
            if answer is not self._root and not answer.spot.meta
        ]

    def problems(self) -> list[AnswerProblem]:
        """What stops this form from being completed, in the order of the form."""
        found = map(self._describing.problem, self._asked())
        return [problem for problem in found if problem is not None]

    def progress(self) -> Progress:
        """How many of the questions that are asked and required have an answer."""
        required = [answer for answer in self._asked() if self._judging.required(answer)]
        return Progress(sum(1 for answer in required if answer.read), len(required))

    def content(self) -> dict[str, Any]:
        """The answers that count, nested by name: asked and given ones only, without notes. Rows are lists."""
        return content_of(self._root)

    def answer(self, name: str) -> str:
        """The answer to the first question of that name, or "" when it is not asked or not given."""
        spot = self.definition.named(name)
        if spot is None or spot.inside:
            return ""
        return next((answer.read for answer in self._root.walk() if answer.spot is spot), "")

    # How it is done

    def _at(self, ref: str) -> tuple[Answer, Spot]:
        found = find(self._answers.top, ref)
        if found is None:
            raise NoSuchAnswer(f"This form has nothing at {ref}.")
        return found

    def _question(self, ref: str) -> Answer:
        answer, spot = self._at(ref)
        if answer.spot is not spot or spot.inside:
            raise NoSuchAnswer(f"{ref} is not a question, so it cannot be answered.")
        return answer

    def _touched(self) -> frozenset[str]:
        refs = {answer.ref() for answer in self._answers.touched if answer.alive and answer.spot.index >= 0}
        refs |= {f"{holder.ref()}/{spot.name}" for holder, spot in self._answers.touched_rows if holder.alive}
        return frozenset(refs)

    def _asked(self) -> Iterator[Answer]:
        """Questions a person can answer and is asked now."""
        for answer in self._root.walk():
            if answer.relevant and answer.spot.control is not None and not answer.spot.inside:
                yield answer
