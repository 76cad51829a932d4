"""Opening a form and answering it, beside a bare ElementTree parse of the same bytes."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

from qaf_desktop.forms.definition import FormDefinition, read_form
from qaf_desktop.forms.expressions.grammar import parse
from qaf_desktop.forms.filling import Filling
from qaf_desktop.forms.publish.workbook import publish
from tests.bench import table
from tests.forms.tables import NOON, a_folder

ANSWERS = 2000
_CHOICES = """
| list_name | name        | label       | score |
| grade     | outstanding | Outstanding | 4     |
| grade     | good        | Good        | 3     |
| grade     | improving   | Improving   | 2     |
| grade     | inadequate  | Inadequate  | 1     |
"""


def main() -> None:
    """One row for each size of form, and one for each thing done with the largest."""
    for questions in (30, 300, 1000):
        _one_size(questions)


def _one_size(questions: int) -> None:
    xml = _a_form_of(questions)
    bare = _median(lambda: ET.fromstring(xml), 7)  # noqa: S314 - our own bytes, made a moment ago
    reading = _median(lambda: _read_afresh(xml), 5)
    definition = read_form(xml)
    opening = _median(lambda: Filling(definition, now=lambda: NOON), 5)
    what = f"a form of {questions} questions ({len(xml) // 1024} KB) read and opened"
    aim = {300: "≤ 100 ms", 1000: "≤ 500 ms"}.get(questions, "–")
    table.row(what, table.milliseconds(reading + opening), table.milliseconds(bare), (reading + opening) / bare, aim)
    _answering(definition, questions)


def _read_afresh(xml: str) -> None:
    parse.cache_clear()  # as in a program that has just been started
    read_form(xml)


def _answering(definition: FormDefinition, questions: int) -> None:
    filling = Filling(definition, now=lambda: NOON)
    chance = random.Random(1)
    grades = [spot.path for spot in definition.questions() if spot.name.endswith("_grade")]
    reasons = [spot.path for spot in definition.questions() if spot.name.endswith("_why")]
    times = []
    for _ in range(ANSWERS):
        if chance.random() < 0.5:
            ref, value = chance.choice(grades), chance.choice(("outstanding", "good", "improving", "inadequate"))
        else:
            ref, value = chance.choice(reasons), f"because {chance.random()}"
        start = time.perf_counter()
        filling.set(ref, value)
        times.append(time.perf_counter() - start)
    times.sort()
    rows = []
    for _ in range(50):
        start = time.perf_counter()
        filling.add("/data/actions")
        rows.append(time.perf_counter() - start)
    state = _median(filling.snapshot, 5)
    say = table.milliseconds
    table.row(f"  of {questions}: one answer recomputed, median", say(statistics.median(times)), aim="≤ 0.1 ms")
    table.row(f"  of {questions}: one answer recomputed, p99", say(times[int(len(times) * 0.99)]), aim="≤ 5 ms")
    table.row(f"  of {questions}: a row added, median", say(statistics.median(rows)), aim="≤ 2 ms")
    table.row(f"  of {questions}: a whole snapshot", say(state))


def _median(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _a_form_of(questions: int) -> str:
    """Sections of ten: a grade, reasons that hang on it, dates, a score, and totals over the whole form."""
    rows = ["| type | name | label | relevant | required | constraint | calculation |"]
    sections = questions // 10
    for number in range(sections):
        name = f"s{number}"
        rows += [
            f"| begin_group | {name} | Section {number} | | | | |",
            f"| select_one grade | {name}_grade | Grade | | yes | | |",
            f"| text | {name}_why | Why | ${{{name}_grade}} != '' | ${{{name}_grade}} = 'inadequate' | | |",
            f"| date | {name}_day | Day | | | . <= today() | |",
            f"| integer | {name}_count | Count | | | . >= 0 and . < 100 | |",
            f"| text | {name}_a | A | ${{{name}_count}} > 3 | | string-length(.) < 500 | |",
            f"| text | {name}_b | B for ${{{name}_grade}} | selected(${{{name}_grade}}, 'good') | | | |",
            f"| calculate | {name}_score | | | | | instance('grade')/root/item[name = ${{{name}_grade}}]/score |",
            f"| calculate | {name}_words | | | | | string-length(${{{name}_why}}) |",
            f"| text | {name}_c | C | ${{{name}_words}} > 10 | | | |",
            f"| note | {name}_note | Score ${{{name}_score}} | ${{{name}_score}} > 2 | | | |",
            "| end_group | | | | | | |",
        ]
    scores = ", ".join(f"coalesce(${{s{number}_score}}, 0)" for number in range(sections))
    rows += [
        f"| calculate | lowest | | | | | min({scores}) |",
        "| text | overall_why | Why | ${lowest} < 2 | | | |",
        "| begin_repeat | actions | Actions | | | | |",
        "| text | what | What | | yes | | |",
        "| date | due | Due | | yes | . >= today() | |",
        "| calculate | place | | | | | position(..) |",
        "| end_repeat | | | | | | |",
        "| calculate | how_many | | | | | count(${actions}) |",
    ]
    with tempfile.TemporaryDirectory() as folder:
        return publish(a_folder(Path(folder), "\n".join(rows), _CHOICES)).xml


if __name__ == "__main__":
    main()
