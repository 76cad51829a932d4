"""One person's filling-in of a form: answers go in, and what is asked, allowed and missing comes out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from qaf_desktop.forms.answers import Answer, find, grow, put_values
from qaf_desktop.forms.choices import Choosing
from qaf_desktop.forms.definition import FormDefinition
from qaf_desktop.forms.expressions.date_functions import moment_as_text
from qaf_desktop.forms.expressions.fixed import list_of_rows
from qaf_desktop.forms.items import AnswerProblem, Item, NodeState, Progress, SavedAnswers, type_of
from qaf_desktop.forms.recompute import FIRST_LOAD, Recomputing
from qaf_desktop.forms.shape import Spot
from qaf_desktop.forms.speaking import Speaking
from qaf_desktop.forms.typed import NOT_FITTING, fits
from qaf_desktop.problems import Problem

Rows = Mapping[str, Sequence[Mapping[str, str]]]
NEEDS_AN_ANSWER = "Needs an answer."
NOT_ACCEPTED = "This answer is not accepted here."


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
        self._answers.everything()
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
        self._username = username
        self._answers = Recomputing(definition, now, lists)
        self._speaking = Speaking(definition.wordings, self._answers.ask)
        self._choosing = Choosing(self._answers, self._speaking)
        self._answers.itext = lambda text_id: self._speaking.text(text_id, "", self._root)
        self._answers.choice_label = lambda node, value: (
            self._choosing.label(node, value) if isinstance(node, Answer) else ""
        )
        self._root = grow(definition.seed, self._answers.top)
        self._unknown: list[str] = []
        if saved is None:
            self._preload()
        else:
            self._put_back(saved)
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
        answers: dict[str, str] = {}
        instances: dict[str, tuple[int, ...]] = {}
        for answer in self._root.walk():
            for child in answer.spot.inside.values():
                if child.repeats:
                    rows = answer.by_name.get(child.name, ())
                    instances[f"{answer.slot()}/{child.name}"] = tuple(row.number for row in rows)
            if not answer.spot.inside:
                answers[answer.slot()] = answer.value
        return SavedAnswers(answers, instances)

    @property
    def unknown_slots(self) -> tuple[str, ...]:
        """Slots of kept answers that this version of the form does not have."""
        return tuple(self._unknown)

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
        if self._readonly(answer):
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

    # Looking

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
        if holder.spot is not spot:
            return self._look_at_repeat(holder, spot)
        kind = "instance" if spot.repeats else spot.kind
        control, say = spot.control, self._speaking.say
        label = control.label if control is not None else None
        question = kind == "question"
        valid = self._valid(holder)
        return Item(
            ref=holder.ref(),
            slot=holder.slot(),
            name=spot.name,
            kind=kind,
            type=type_of(spot) if question else "",
            appearance=control.appearance if control is not None else "",
            label=say(label, holder),
            hint=say(control.hint, holder) if control is not None else "",
            guidance=say(control.hint, holder, "guidance") if control is not None else "",
            image=self._speaking.image(label, holder),
            relevant=holder.relevant,
            required=self._required(holder),
            readonly=self._readonly(holder),
            value=holder.read,
            valid=valid,
            message=self._message(holder, valid) if question else "",
            choices=self._choosing.of(holder) if question else (),
            choice_list=control.itemset.list_name if control is not None and control.itemset is not None else "",
            parameters=control.parameters if control is not None else {},
        )

    def _look_at_repeat(self, holder: Answer, spot: Spot) -> Item:
        control = spot.control
        stand_in = self._answers.range_node(holder, spot)
        rule = spot.rules.get("relevant")
        relevant = holder.relevant and (rule is None or bool(self._answers.ask(rule.run, stand_in)))
        return Item(
            ref=f"{holder.ref()}/{spot.name}",
            slot=f"{holder.slot()}/{spot.name}",
            name=spot.name,
            kind="repeat",
            appearance=control.appearance if control is not None else "",
            label=self._speaking.say(control.label, stand_in) if control is not None else "",
            relevant=relevant,
            readonly="count" in spot.rules or (control is not None and control.fixed_rows) or self._readonly(holder),
        )

    def snapshot(self) -> list[NodeState]:
        """The state of every group, question and row in document order; the form's own ``meta`` is left out."""
        return [
            NodeState(
                ref=answer.ref(),
                relevant=answer.relevant,
                required=self._required(answer),
                readonly=self._readonly(answer),
                value=answer.read,
                valid=self._valid(answer),
            )
            for answer in self._root.walk()
            if answer is not self._root and not answer.spot.meta
        ]

    def problems(self) -> list[AnswerProblem]:
        """What stops this form from being completed, in the order of the form."""
        found = []
        for answer in self._asked():
            valid = self._valid(answer)
            if valid and (answer.read or not self._required(answer)):
                continue
            label = self._speaking.say(answer.spot.control.label, answer) if answer.spot.control else ""
            message = self._message(answer, valid) or NEEDS_AN_ANSWER
            found.append(AnswerProblem(answer.ref(), answer.slot(), _section(answer), label, message))
        return found

    def progress(self) -> Progress:
        """How many of the questions that are asked and required have an answer."""
        required = [answer for answer in self._asked() if self._required(answer)]
        return Progress(sum(1 for answer in required if answer.read), len(required))

    def content(self) -> dict[str, Any]:
        """The answers that count, nested by name: asked and given ones only, without notes. Rows are lists."""
        return _content(self._root)

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

    def _required(self, answer: Answer) -> bool:
        if answer.required is None:
            rule = answer.spot.rules.get("required")
            answer.required = rule is not None and bool(self._answers.ask(rule.run, answer))
        return answer.required

    def _readonly(self, answer: Answer) -> bool:
        if answer.readonly is None:
            rule = answer.spot.rules.get("readonly")
            above = answer.parent is not None and self._readonly(answer.parent)
            answer.readonly = above or (rule is not None and bool(self._answers.ask(rule.run, answer)))
        return answer.readonly

    def _valid(self, answer: Answer) -> bool:
        if answer.valid is None:
            answer.valid = not answer.read or (
                fits(answer.spot.bind.type, answer.read)
                and ("constraint" not in answer.spot.rules or self._keeps_constraint(answer))
            )
        return answer.valid

    def _keeps_constraint(self, answer: Answer) -> bool:
        return bool(self._answers.ask(answer.spot.rules["constraint"].run, answer))

    def _message(self, answer: Answer, valid: bool) -> str:
        bind = answer.spot.bind
        if not valid:
            if not fits(bind.type, answer.read):
                return NOT_FITTING[bind.type]
            return self._speaking.say(bind.constraint_message, answer) or NOT_ACCEPTED
        if not answer.read and self._required(answer):
            return self._speaking.say(bind.required_message, answer) or NEEDS_AN_ANSWER
        return ""

    def _preload(self) -> None:
        now = self._answers.now()
        values = {
            ("timestamp", "start"): moment_as_text(now),
            ("date", "today"): now.date().isoformat(),
            ("property", "username"): self._username,
        }
        for answer in self._root.walk():
            bind = answer.spot.bind
            if bind.preload == "uid":
                answer.value = answer.read = f"uuid:{uuid.uuid4()}"
            elif bind.preload:
                preloaded = values.get((bind.preload, bind.preload_params), "")
                answer.value = answer.read = preloaded or answer.value

    def end(self) -> None:
        """Note the moment the form was finished, where it asks for it. Called when it is completed."""
        self._answers.begin()
        for answer in self._root.walk():
            if (answer.spot.bind.preload, answer.spot.bind.preload_params) == ("timestamp", "end"):
                self._answers.put(answer, moment_as_text(self._answers.now()))
        self._answers.run()

    def _put_back(self, saved: SavedAnswers) -> None:
        # Outer repeats have shorter slots, so their rows are there before the rows inside them.
        for slot, numbers in sorted(saved.instances.items(), key=lambda pair: pair[0].count("/")):
            found = find(self._answers.top, slot)
            if found is None or not found[1].repeats:
                self._unknown.append(slot)
                continue
            holder, spot = found
            holder.by_name[spot.name] = []
            for number in numbers:
                grow(self.definition.templates[spot], holder, number=number)
        put_values(self._answers.top, saved.answers, self._unknown.append)


def _section(answer: Answer) -> str:
    """The top group or repeat an answer lies in, "" if it lies in none."""
    current = answer
    while current.parent is not None and current.parent.parent is not None and current.parent.parent.parent is not None:
        current = current.parent
    return current.spot.path if current.spot.inside else ""


def _content(group: Answer) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for spot in group.spot.inside.values():
        answers = [answer for answer in group.by_name.get(spot.name, ()) if answer.relevant]
        if spot.meta or not answers:
            continue
        if not spot.inside:
            if answers[0].read and type_of(spot) != "note":
                found[spot.name] = answers[0].read
        elif spot.repeats:
            rows = [row for row in map(_content, answers) if row]
            if rows:
                found[spot.name] = rows
        else:
            inner = _content(answers[0])
            if inner:
                found[spot.name] = inner
    return found
