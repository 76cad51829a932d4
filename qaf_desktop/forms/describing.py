"""An answer is described for a screen or a page: label, help, choices and state in one piece."""

from __future__ import annotations

from qaf_desktop.forms.answers import Answer
from qaf_desktop.forms.choices import Choosing
from qaf_desktop.forms.items import AnswerProblem, Item, type_of
from qaf_desktop.forms.judging import Judging
from qaf_desktop.forms.recompute import Recomputing
from qaf_desktop.forms.shape import Spot
from qaf_desktop.forms.speaking import Speaking


class Describing:
    """Describes the answers of one filling in the language being read."""

    def __init__(self, answers: Recomputing, speaking: Speaking, choosing: Choosing, judging: Judging) -> None:
        self._answers = answers
        self._speaking = speaking
        self._choosing = choosing
        self._judging = judging

    def answer(self, answer: Answer) -> Item:
        """A question, a group or a row."""
        spot = answer.spot
        control, say = spot.control, self._speaking.say
        label = control.label if control is not None else None
        question = not spot.inside
        return Item(
            ref=answer.ref(),
            slot=answer.slot(),
            name=spot.name,
            kind="instance" if spot.repeats else spot.kind,
            type=type_of(spot) if question else "",
            appearance=control.appearance if control is not None else "",
            label=say(label, answer),
            hint=say(control.hint, answer) if control is not None else "",
            guidance=say(control.hint, answer, "guidance") if control is not None else "",
            image=self._speaking.image(label, answer),
            relevant=answer.relevant,
            required=self._judging.required(answer),
            readonly=self._judging.readonly(answer),
            value=answer.read,
            valid=self._judging.valid(answer),
            message=self._judging.message(answer) if question else "",
            choices=self._choosing.of(answer) if question else (),
            choice_list=control.itemset.list_name if control is not None and control.itemset is not None else "",
            parameters=control.parameters if control is not None else {},
        )

    def repeat(self, holder: Answer, spot: Spot) -> Item:
        """A repeat as such, whether or not it has rows. ``readonly`` means that no row may be added."""
        control = spot.control
        stand_in = self._answers.range_node(holder, spot)
        rule = spot.rules.get("relevant")
        relevant = holder.relevant and (rule is None or bool(self._answers.ask(rule.run, stand_in)))
        counted = "count" in spot.rules or (control is not None and control.fixed_rows)
        return Item(
            ref=f"{holder.ref()}/{spot.name}",
            slot=f"{holder.slot()}/{spot.name}",
            name=spot.name,
            kind="repeat",
            appearance=control.appearance if control is not None else "",
            label=self._speaking.say(control.label, stand_in) if control is not None else "",
            relevant=relevant,
            readonly=counted or self._judging.readonly(holder),
        )

    def problem(self, answer: Answer) -> AnswerProblem | None:
        """What is wrong with an answer that is asked, if anything."""
        message = self._judging.message(answer)
        if not message:
            return None
        control = answer.spot.control
        label = self._speaking.say(control.label, answer) if control is not None else ""
        return AnswerProblem(answer.ref(), answer.slot(), _section(answer), label, message)


def _section(answer: Answer) -> str:
    """The top group or repeat an answer lies in, "" if it lies in none."""
    above = [spot for spot in answer.spot.ancestors() if spot.up is not None and spot.up.index >= 0]
    return above[-1].path if above else ""
