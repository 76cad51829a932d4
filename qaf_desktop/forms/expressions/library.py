"""Every function a rule may call, gathered from the files that define them."""

from __future__ import annotations

from typing import Final

from qaf_desktop.forms.expressions import answer_functions, date_functions, number_functions, text_functions
from qaf_desktop.forms.expressions.function import Function

FUNCTIONS: Final[dict[str, Function]] = {
    **text_functions.FUNCTIONS,
    **number_functions.FUNCTIONS,
    **date_functions.FUNCTIONS,
    **answer_functions.FUNCTIONS,
}
