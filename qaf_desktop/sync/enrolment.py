"""The small file from the IT service that says where the centre is and whose this computer becomes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qaf_desktop.domain.people import Person, Role
from qaf_desktop.problems import Problem
from qaf_desktop.sync.line import CentreAddress

_LARGEST_BYTES = 1_000_000


class NotAnEnrolment(Problem):
    """A file that should be an enrolment file is not one, or is one for a newer program."""


@dataclass(frozen=True)
class Enrolment:
    """Where the centre is, and who works here. Holds no password."""

    council: str
    centre: CentreAddress
    person: Person
    recovery_public_key: str | None

    def to_content(self) -> dict[str, Any]:
        """The shape of the file, and of ``meta.enrolment`` in the store."""
        return {
            "qaf_enrolment": 1,
            "council": self.council,
            "centre": {
                "host": self.centre.host,
                "port": self.centre.port,
                "database": self.centre.database,
                "sign_in": self.centre.sign_in,
                "ca_pem": self.centre.ca_pem,
            },
            "person": {
                "code": self.person.code,
                "login": self.person.login,
                "name": self.person.name,
                "role": self.person.role.value,
                "team": self.person.team,
            },
            "recovery_public_key": self.recovery_public_key,
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Enrolment:
        """Read an enrolment back.

        Raises:
            NotAnEnrolment: something is missing or not what it should be.
        """
        if not isinstance(content, Mapping) or "qaf_enrolment" not in content:
            raise _not_one()
        if content["qaf_enrolment"] != 1:
            raise NotAnEnrolment(
                "This enrolment file is for a newer version of the program.",
                safe="Nothing was changed.",
                next_step="Install the newer version first.",
            )
        try:
            centre, who = content["centre"], content["person"]
            sign_in = centre["sign_in"]
            port = int(centre["port"])
            texts = [content["council"], centre["host"], centre["database"], centre["ca_pem"]]
            texts += [who["code"], who["login"], who["name"]]
            sound = all(isinstance(text, str) and text.strip() for text in texts)
            if not sound or sign_in not in {"password", "sso"} or not 0 < port < 65_536:
                raise _not_one()
            if "-----BEGIN CERTIFICATE-----" not in centre["ca_pem"]:
                raise _not_one()
            address = CentreAddress(centre["host"], port, centre["database"], who["login"], centre["ca_pem"], sign_in)
            person = Person(who["code"], who["login"], who["name"], Role(who["role"]), who.get("team"))
            return cls(content["council"], address, person, content.get("recovery_public_key"))
        except (KeyError, TypeError, ValueError) as error:
            raise _not_one() from error


def read_enrolment(path: Path) -> Enrolment:
    """Read an enrolment file.

    Raises:
        NotAnEnrolment: no such file, not JSON, or not an enrolment.
    """
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise _not_one()
        return Enrolment.from_content(json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise NotAnEnrolment(
            "The enrolment file could not be opened.", safe="Nothing was changed.", next_step="Check where it is."
        ) from error
    except ValueError as error:
        raise _not_one() from error


def _not_one() -> NotAnEnrolment:
    return NotAnEnrolment(
        "This is not an enrolment file of this program.",
        safe="Nothing was changed.",
        next_step="Ask your IT service for the file that ends in .json, and do not edit it.",
    )
