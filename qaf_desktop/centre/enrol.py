"""The small file that tells one laptop where the centre is and whose it becomes; never the password."""

from __future__ import annotations

import json
import re
from pathlib import Path

from qaf_desktop.centre.office import Office, setting
from qaf_desktop.centre.people import find
from qaf_desktop.problems import Problem

_HOST = re.compile(r"[^\s/@,]+")


class CannotEnrol(Problem):
    """An enrolment file could not be written."""


def write_enrolment(
    office: Office,
    path: Path,
    *,
    code: str,
    host: str,
    port: int,
    ca_pem: str,
    sign_in: str = "password",
    recovery_public_key: str | None = None,
) -> Path:
    """Write the enrolment file of one person; hand the password over by another way.

    Args:
        code: the person's staff code.
        host: the name of the server as laptops reach it; it must be in the server's certificate.
        ca_pem: the certificate authority that signed it, as PEM.
        sign_in: ``"password"``, or ``"sso"`` for the council's single sign-on.
        recovery_public_key: PEM of the council's recovery key, or nothing.

    Raises:
        PersonRefused: nobody has that code.
        CannotEnrol: the file could not be written, host or port are no address, or the authority is not a certificate.
    """
    if not _HOST.fullmatch(host) or not 0 < port < 65_536:
        raise CannotEnrol(
            "The host or the port of the centre cannot be an address.",
            safe="No file was written.",
            next_step="Give the server’s name alone, without spaces or slashes, and a port between 1 and 65535.",
        )
    if "BEGIN CERTIFICATE" not in ca_pem or sign_in not in {"password", "sso"}:
        raise CannotEnrol(
            "The certificate authority or the way of signing in is not usable.",
            safe="No file was written.",
            next_step="Give the PEM file of the authority that signed the server’s certificate.",
        )
    council, _, _ = setting(office)
    person = find(office, code)
    enrolment = {
        "qaf_enrolment": 1,
        "council": council,
        "centre": {
            "host": host,
            "port": port,
            "database": office.info.dbname,
            "sign_in": sign_in,
            "ca_pem": ca_pem,
        },
        "person": {
            "code": person.code,
            "login": person.login,
            "name": person.name,
            "role": person.role.value,
            "team": person.team,
        },
        "recovery_public_key": recovery_public_key,
    }
    try:
        path.write_text(json.dumps(enrolment, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise CannotEnrol(
            "The enrolment file could not be written there.", next_step="Choose another folder."
        ) from error
    return path
