"""Whether an answer is needed, may be changed and is accepted; worked out when somebody looks, then remembered."""

from __future__ import annotations

from qaf_desktop.forms.answers import Answer
from qaf_desktop.forms.recompute import Recomputing
from qaf_desktop.forms.speaking import Speaking
from qaf_desktop.forms.typed import NOT_FITTING, fits

NEEDS_AN_ANSWER = "Needs an answer."
NOT_ACCEPTED = "This answer is not accepted here."


class Judging:
    """Judges the answers of one filling. What is remembered is forgotten when something it hangs on changes."""

    def __init__(self, answers: Recomputing, speaking: Speaking) -> None:
        self._answers = answers
        self._speaking = speaking

    def required(self, answer: Answer) -> bool:
        """Whether an answer has to be given."""
        if answer.required is None:
            rule = answer.spot.rules.get("required")
            answer.required = rule is not None and bool(self._answers.ask(rule.run, answer))
        return answer.required

    def readonly(self, answer: Answer) -> bool:
        """Whether an answer may only be read: by its own rule or that of something it lies in."""
        if answer.readonly is None:
            rule = answer.spot.rules.get("readonly")
            above = answer.parent is not None and self.readonly(answer.parent)
            answer.readonly = above or (rule is not None and bool(self._answers.ask(rule.run, answer)))
        return answer.readonly

    def valid(self, answer: Answer) -> bool:
        """Whether an answer fits its type and keeps its constraint. An empty one always does: it is not tested."""
        if answer.valid is None:
            rule = answer.spot.rules.get("constraint")
            answer.valid = not answer.read or (
                fits(answer.spot.bind.type, answer.read) and (rule is None or bool(self._answers.ask(rule.run, answer)))
            )
        return answer.valid

    def message(self, answer: Answer) -> str:
        """Why an answer is not accepted, or that one is needed; "" when all is well."""
        bind = answer.spot.bind
        if not self.valid(answer):
            if not fits(bind.type, answer.read):
                return NOT_FITTING[bind.type]
            return self._speaking.say(bind.constraint_message, answer) or NOT_ACCEPTED
        if not answer.read and self.required(answer):
            return self._speaking.say(bind.required_message, answer) or NEEDS_AN_ANSWER
        return ""
