"""A filling is kept by the store and opened again: answers by slot, rows by number, nothing first-time twice."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from qaf_desktop.forms.answers import Answer, find, grow
from qaf_desktop.forms.expressions.date_functions import moment_as_text
from qaf_desktop.forms.items import SavedAnswers, type_of
from qaf_desktop.forms.recompute import Recomputing


def saved_answers(root: Answer) -> SavedAnswers:
    """Everything needed to open a filling again, answers that are not asked included."""
    answers: dict[str, str] = {}
    instances: dict[str, tuple[int, ...]] = {}
    for answer in root.walk():
        for child in answer.spot.inside.values():
            if child.repeats:
                rows = answer.by_name.get(child.name, ())
                instances[f"{answer.slot()}/{child.name}"] = tuple(row.number for row in rows)
        if not answer.spot.inside:
            answers[answer.slot()] = answer.value
    return SavedAnswers(answers, instances)


def put_back(answers: Recomputing, saved: SavedAnswers) -> Iterator[str]:
    """Put kept rows and answers back. Gives the slots this version of the form does not have."""
    top = answers.top
    # Outer repeats have fewer steps in their slots, so their rows are there before the rows inside them.
    for slot, numbers in sorted(saved.instances.items(), key=lambda pair: pair[0].count("/")):
        found = find(top, slot)
        if found is None or not found[1].repeats or found[0].spot is found[1]:
            yield slot
            continue
        holder, spot = found
        holder.by_name[spot.name] = []
        for number in numbers:
            grow(answers.definition.templates[spot], holder, number=number)
    for slot, number in saved.latest.items():
        found = find(top, slot)
        if found is not None and found[1].repeats:
            holder, spot = found
            holder.latest[spot.name] = max(holder.latest.get(spot.name, 0), number)
    for slot, value in saved.answers.items():
        found = find(top, slot)
        if found is None or found[0].spot is not found[1] or found[1].inside:
            yield slot
        else:
            found[0].value = found[0].read = value


def preload(answers: Recomputing, root: Answer, username: str) -> None:
    """Fill in what a form asks of the program itself when it is begun: the moment, the day, the user."""
    now = answers.now()
    values = {
        ("timestamp", "start"): moment_as_text(now),
        ("date", "today"): now.date().isoformat(),
        ("property", "username"): username,
    }
    for answer in root.walk():
        bind = answer.spot.bind
        if bind.preload == "uid":
            answer.value = answer.read = f"uuid:{uuid.uuid4()}"
        elif bind.preload:
            answer.value = answer.read = values.get((bind.preload, bind.preload_params), "") or answer.value


def note_end(answers: Recomputing, root: Answer) -> None:
    """Note the moment a form was finished, where it asks for it."""
    for answer in root.walk():
        if (answer.spot.bind.preload, answer.spot.bind.preload_params) == ("timestamp", "end"):
            answers.put(answer, moment_as_text(answers.now()))


def content_of(group: Answer) -> dict[str, Any]:
    """The answers that count, nested by name: asked and given ones only, without notes. Rows are lists."""
    found: dict[str, Any] = {}
    for spot in group.spot.inside.values():
        answers = [answer for answer in group.by_name.get(spot.name, ()) if answer.relevant]
        if spot.meta or not answers:
            continue
        if not spot.inside:
            if answers[0].read and type_of(spot) != "note":
                found[spot.name] = answers[0].read
        elif spot.repeats:
            rows = [row for row in map(content_of, answers) if row]
            if rows:
                found[spot.name] = rows
        else:
            inner = content_of(answers[0])
            if inner:
                found[spot.name] = inner
    return found
