"""Step by step towards the centre: name, line, certificate – to say where it stops when the centre cannot be used."""

from __future__ import annotations

import socket
import ssl
import struct

from qaf_desktop.sync.failures import CentreProblem, NoNetwork, NotTheCentre, NotTrusted, SignInRefused

_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_SECONDS = 10


class Stopped(Exception):
    """The way to the centre ended before its certificate was accepted."""

    def __init__(self, problem: type[CentreProblem], passed: tuple[str, ...]) -> None:
        super().__init__(problem.name)
        self.problem = problem
        self.passed = passed


def walk(host: str, port: int, ca_pem: str) -> str:
    """Walk the way up to the certificate and say which TLS version was agreed. No login name leaves this computer.

    Raises:
        Stopped: with what was passed (``"name"``, ``"line"``) and what stopped us.
    """
    try:
        socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Stopped(NoNetwork, ()) from error
    try:
        raw = socket.create_connection((host, port), timeout=_SECONDS)
    except OSError as error:
        raise Stopped(NoNetwork, ("name",)) from error
    with raw:
        try:
            raw.sendall(_SSL_REQUEST)
            answer = raw.recv(1)
        except OSError as error:
            raise Stopped(NoNetwork, ("name", "line")) from error
        if answer != b"S":
            raise Stopped(NotTrusted if answer == b"N" else NotTheCentre, ("name", "line"))
        try:
            context = ssl.create_default_context(cadata=ca_pem)
            with context.wrap_socket(raw, server_hostname=host) as safe:
                return safe.version() or ""
        except (ssl.SSLError, ValueError) as error:
            raise Stopped(NotTrusted, ("name", "line")) from error
        except OSError as error:
            raise Stopped(NoNetwork, ("name", "line")) from error


def what_answers(host: str, port: int, ca_pem: str) -> type[CentreProblem]:
    """Why a connection failed, when its words say nothing we know (a server may speak another language)."""
    try:
        walk(host, port, ca_pem)
    except Stopped as stopped:
        return stopped.problem
    # Everything up to the certificate works, so it was the sign-in.
    return SignInRefused
