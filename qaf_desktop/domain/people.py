"""Staff, teams and roles as reference data: editable by the council, never hard-coded by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do in quality assurance; the codes of the framework's role list."""

    SW = "SW"
    ATM = "ATM"
    TM = "TM"
    SM = "SM"
    QARO = "QARO"
    HOS = "HOS"
    DIR = "DIR"
    DCS = "DCS"
    QA = "QA"
    PSW = "PSW"
    BI = "BI"
    PART = "PART"
    FBK = "FBK"
    ADM = "ADM"

    @property
    def words(self) -> str:
        """The role as people say it; paper prints this instead of a name."""
        return _ROLE_WORDS[self]


_ROLE_WORDS = {
    Role.SW: "Social worker",
    Role.ATM: "Assistant team manager",
    Role.TM: "Team manager",
    Role.SM: "Service manager",
    Role.QARO: "Quality assurance and reviewing officer",
    Role.HOS: "Head of service",
    Role.DIR: "Director",
    Role.DCS: "Director of children's services",
    Role.QA: "Quality assurance service",
    Role.PSW: "Principal social worker",
    Role.BI: "Business intelligence",
    Role.PART: "Partner auditor",
    Role.FBK: "Feedback gatherer",
    Role.ADM: "System administrator",
}

AUDITOR_ROLES = frozenset({Role.TM, Role.SM, Role.QARO, Role.HOS, Role.DIR, Role.DCS, Role.QA, Role.PSW})
"""[§8.1.1] names TM, SM, QARO, HOS, Directors and DCS; QA for thematic audits [§8.1.2]; PSW by local default."""


@dataclass(frozen=True)
class Team:
    """A reporting unit. ``code`` is short and stable; ``service`` the area it belongs to."""

    code: str
    name: str
    service: str
    active: bool = True


@dataclass(frozen=True)
class Person:
    """A member of staff. ``code`` (for example ``TM-02``) is what records carry; the name stays on screen."""

    code: str
    login: str
    name: str
    role: Role
    team: str | None
    active: bool = True
