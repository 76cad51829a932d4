"""Questions named as ${name}, in rules and in texts: whether there is such a question, and which one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qaf_desktop.forms.lint.findings import Finding, Place, shortened
from qaf_desktop.forms.lint.mistakes import Mistake
from qaf_desktop.forms.lint.outline import Outline
from qaf_desktop.forms.lint.vocabulary import NAME, nearest

REFERENCE = re.compile(r"\$\{([^{}$]*)\}")
_BEGUN = re.compile(r"\$\s*[{(]")


def check_references(place: Place, text: str, outline: Outline) -> Iterator[Finding]:
    """Findings about every ${name} in one cell."""
    for written in dict.fromkeys(REFERENCE.findall(text)):
        name = written.strip()
        if name in outline.twice:
            told = f"There are two rows called {name}: rows {outline.row_of(name)} and {outline.twice[name].number}."
            yield place.found(Mistake.AMBIGUOUS_NAME, told, "Give each its own name.")
        elif outline.find(name) is None:
            near = nearest(name, outline.names)
            advice = f"Is ${{{near}}} meant?" if near else "Use a name from the name column."
            yield place.found(Mistake.UNKNOWN_QUESTION, f"There is no question called {shortened(name, 60)}.", advice)
        elif written != name:
            yield place.found(Mistake.OPEN_REFERENCE, f"There is a space in ${{{written}}}.", f"Write ${{{name}}}.")
    rest = REFERENCE.sub("", text)
    begun = _BEGUN.search(rest)
    if begun is not None:
        following = re.match(r"[\s{(]*([\w.\-]{0,60})", rest[begun.start() + 1 :])
        name = following.group(1) if following else ""
        right = f"Write ${{{name}}}." if NAME.match(name) else "Write a question as ${name}."
        yield place.found(Mistake.OPEN_REFERENCE, "A reference to a question is begun and never ended.", right)
