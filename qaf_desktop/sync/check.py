"""Can this computer use the centre? One plain line a step, for whoever has to mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from qaf_desktop.sync.conversation import SKEW_TOLD_SECONDS
from qaf_desktop.sync.failures import CentreProblem
from qaf_desktop.sync.line import Line
from qaf_desktop.sync.probe import Stopped, walk


@dataclass(frozen=True)
class CheckedStep:
    """One step towards the centre. ``good`` is ``None`` for a step that was not reached."""

    name: str
    good: bool | None
    words: str


_STEPS = {
    "name": "The centre’s name is known on this network.",
    "line": "Something answers at the centre’s address.",
    "certificate": "The certificate is signed by the council’s authority",
    "sign-in": "The centre accepts this login.",
    "version": "The centre speaks with this version of the program.",
    "clock": "The clocks agree.",
}


def check_line(line: Line, version: str, now: Callable[[], datetime]) -> list[CheckedStep]:
    """Walk to the centre step by step: name, line, certificate, sign-in, version, clock. Changes nothing anywhere."""
    found: list[CheckedStep] = []
    address = line.address
    try:
        tls = walk(address.host, address.port, address.ca_pem)
    except Stopped as stopped:
        found += [CheckedStep(name, good=True, words=_STEPS[name]) for name in stopped.passed]
        return _rest(found, str(stopped.problem()))
    found += [CheckedStep(name, good=True, words=_STEPS[name]) for name in ("name", "line")]
    found.append(CheckedStep("certificate", good=True, words=f"{_STEPS['certificate']} ({tls})."))
    try:
        hello = line.hello(version, [])
    except CentreProblem as problem:
        return _rest(found, str(problem))
    finally:
        line.hang_up()
    found.append(CheckedStep("sign-in", good=True, words=f"{_STEPS['sign-in']} You are {hello.me.code}."))
    speaks = hello.speaks_with(version)
    too_old = f"The centre needs version {hello.min_client} or newer."
    found.append(CheckedStep("version", speaks, _STEPS["version"] if speaks else too_old))
    skew = (now() - hello.server_time).total_seconds()
    close = abs(skew) <= SKEW_TOLD_SECONDS
    ahead = "ahead of" if skew > 0 else "behind"
    off = f"This computer’s clock is {abs(skew) / 60:.0f} minutes {ahead} the centre’s."
    found.append(CheckedStep("clock", close, _STEPS["clock"] if close else off))
    return found


def _rest(found: list[CheckedStep], why: str) -> list[CheckedStep]:
    names = list(_STEPS)[len(found) :]
    found.append(CheckedStep(names[0], good=False, words=why))
    return found + [CheckedStep(name, good=None, words="Not reached.") for name in names[1:]]
