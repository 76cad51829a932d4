"""The form speaks: its labels and messages in one language, with the answers quoted in them."""

from __future__ import annotations

import re
from collections.abc import Callable

from qaf_desktop.forms.answers import Answer
from qaf_desktop.forms.expressions.compiling import Compiler
from qaf_desktop.forms.expressions.function import Closure
from qaf_desktop.forms.expressions.syntax import Expression
from qaf_desktop.forms.wording import Label, Wordings, Words, is_itext

_FILE = re.compile(r"jr://[^/]*/(.*)\Z", re.DOTALL)


class Speaking:
    """Puts words together. ``ask`` runs a rule for an answer."""

    def __init__(self, wordings: Wordings, ask: Callable[[Closure, Answer], object]) -> None:
        self._wordings = wordings
        self._ask = ask
        self._compiled: dict[tuple[int, int], tuple[Expression, Closure]] = {}
        self.language = wordings.default

    def say(self, label: Label | None, answer: Answer, use: str = "") -> str:
        """The words of a label; ``use`` is "" for what is shown, or ``guidance``."""
        if label is None:
            return ""
        if label.text_id:
            return self.text(label.text_id, use, answer)
        if label.expression is not None:
            text_id = is_itext(label.expression)
            if text_id is not None:
                return self.text(self._work_out(text_id, answer), use, answer)
            return "" if use else self._work_out(label.expression, answer)
        return "" if use else self._join(label.words, answer)

    def image(self, label: Label | None, answer: Answer) -> str | None:
        """The file name of a label's picture."""
        return self.file(label.text_id, "image", answer) if label is not None and label.text_id else None

    def text(self, text_id: str, use: str, answer: Answer) -> str:
        """A text of the form by its id."""
        return self._join(self._wordings.find(text_id, use, self.language), answer)

    def file(self, text_id: str, use: str, answer: Answer) -> str | None:
        """The file a text names, without the ``jr://images/`` in front of it."""
        name = self.text(text_id, use, answer)
        match = _FILE.match(name)
        return (match.group(1) if match else name) or None

    def _join(self, words: Words, answer: Answer) -> str:
        if len(words) == 1 and isinstance(words[0], str):
            return words[0]
        return "".join(part if isinstance(part, str) else self._work_out(part, answer) for part in words).strip()

    def _work_out(self, expression: Expression, answer: Answer) -> str:
        key = (id(expression), answer.spot.index)
        known = self._compiled.get(key)
        if known is None:
            # The expression is kept beside its closure so that its id stays its own.
            known = self._compiled[key] = (expression, Compiler(answer.spot).text(expression))
        return str(self._ask(known[1], answer))
