"""What can go wrong between this computer and the centre, each in words, and whether we try again by ourselves."""

from __future__ import annotations

import re
from typing import ClassVar

from qaf_desktop.problems import Problem

_KEPT = "Your work is kept on this computer."
_LATER = "It is tried again by itself."


class CentreProblem(Problem):
    """A sync could not be finished. Nothing that was already received is lost, and nothing is condemned by it.

    ``retries_itself``: trying again later may help, and the program does so; otherwise a person has to act.
    """

    name: ClassVar[str] = "centre"
    retries_itself: ClassVar[bool] = False
    words: ClassVar[tuple[str, str]] = ("The centre could not be used.", "Tell your IT service.")

    def __init__(self, happened: str = "", *, next_step: str = "") -> None:
        super().__init__(happened or self.words[0], safe=_KEPT, next_step=next_step or self.words[1])


class NoNetwork(CentreProblem):
    """The centre could not be reached, or the line broke."""

    name = "network"
    retries_itself = True
    words = ("The centre could not be reached.", _LATER)


class NotTheCentre(CentreProblem):
    """Something answered that is not the centre: a network's sign-in page, or another program."""

    name = "captive portal"
    retries_itself = True
    words = (
        "Something else answered in place of the centre.",
        "If this network wants you to sign in on a web page, do that first. It is tried again by itself.",
    )


class NotTrusted(CentreProblem):
    """The other side could not prove that it is the council's centre. Nothing was sent to it."""

    name = "tls"
    words = (
        "The centre could not prove that it is the council’s own.",
        "Check the date and time of this computer. If they are right, tell your IT service; do not go on.",
    )


class SignInRefused(CentreProblem):
    """The centre does not accept this login or its password, or the account is closed."""

    name = "sign-in"
    words = (
        "The centre did not accept your sign-in.",
        "Type your centre password again. If it is right, your account may be closed: ask your IT service.",
    )


class NotAllowed(CentreProblem):
    """The login is right, but may not do what sync needs."""

    name = "not allowed"
    words = ("Your account may not sync with this centre.", "Ask your IT service to look at your account.")


class NoSuchDatabase(CentreProblem):
    """The server is there and the login is right, but the centre's database is not."""

    name = "database"
    words = (
        "The server has no database of the name this computer was enrolled with.",
        "Ask your IT service for a new enrolment file.",
    )


class CentreReadOnly(CentreProblem):
    """The centre takes nothing at the moment."""

    name = "read-only"
    retries_itself = True
    words = ("The centre takes no new work at the moment.", _LATER)


class CentreFull(CentreProblem):
    """The centre has no room: disk, memory or connections."""

    name = "full"
    retries_itself = True
    words = ("The centre has no room at the moment.", _LATER)


class CentreBusy(CentreProblem):
    """The centre took too long: others were first."""

    name = "busy"
    retries_itself = True
    words = ("The centre is busy.", _LATER)


class CentreRestarting(CentreProblem):
    """The centre is being restarted, or ended this session."""

    name = "restarting"
    retries_itself = True
    words = ("The centre is being restarted.", _LATER)


class HistoryMismatch(CentreProblem):
    """What the centre tells now does not fit what it proved before."""

    name = "history mismatch"
    words = (
        "What the centre tells does not fit what it told before.",
        "Nothing doubtful was kept. Tell your IT service: somebody may have altered records there.",
    )


class CentreFaulty(CentreProblem):
    """The centre answered, but not as a centre of this version does."""

    name = "faulty"
    words = ("The centre gave an answer this program does not understand.", "Tell your IT service.")


class ProgramTooOld(CentreProblem):
    """The centre no longer speaks with this version of the program."""

    name = "too old"
    words = ("This version of the program is too old for the centre.", "Install the newer version; then sync again.")


class AnotherAccount(CentreProblem):
    """The login belongs to another person than the work in this store."""

    name = "another account"
    words = (
        "The centre knows this login as another person than the one whose work is on this computer.",
        "Sign in with your own login, or ask your IT service.",
    )


class AlreadySyncing(CentreProblem):
    """A sync of this store is running already."""

    name = "already syncing"
    retries_itself = True
    words = ("A sync is already running on this computer.", "Wait until it is done.")


class StoreWasRestored(CentreProblem):
    """This store came back from a backup, and its person has not agreed yet that it may sync."""

    name = "restored"
    words = (
        "The work on this computer came back from a backup copy.",
        "Look whether it is what you expect, then agree to sync.",
    )


class SyncStopped(CentreProblem):
    """The person stopped the sync."""

    name = "stopped"
    words = ("The sync was stopped.", "What was already received stays received; sync again when you like.")


class CentreForgot(CentreProblem):
    """A remark: the centre came back from a backup, and what it forgot of ours is offered again."""

    name = "centre restored"
    retries_itself = True
    words = ("The centre came back from a backup copy.", "What it had forgotten of yours was offered again.")


class ClockIsOff(CentreProblem):
    """A remark: this computer's clock and the centre's are more than five minutes apart."""

    name = "clock"
    retries_itself = True
    words = (
        "The clock of this computer and the centre’s do not agree.",
        "Set the clock right; the order of papers does not depend on it.",
    )


# By SQLSTATE: whole codes first, then their class (the first two characters).
_BY_CODE: dict[str, type[CentreProblem]] = {
    "28000": SignInRefused,
    "28P01": SignInRefused,
    "42501": NotAllowed,
    "25006": CentreReadOnly,
    "53300": CentreFull,
    "55P03": CentreBusy,
    "55006": CentreBusy,
    "57014": CentreBusy,
    "40001": CentreBusy,
    "40P01": CentreBusy,
    "3D000": NoSuchDatabase,
    "54000": CentreFaulty,
}
_BY_CLASS: dict[str, type[CentreProblem]] = {
    "08": NoNetwork,
    "28": SignInRefused,
    "53": CentreFull,
    "57": CentreRestarting,
    "58": CentreFull,
}

_NO_DATABASE = re.compile(r'database ".*" does not exist')

# Before the line stands there is no SQLSTATE, only libpq's words. Where none is found the caller looks further.
_BY_WORDS: tuple[tuple[str, type[CentreProblem]], ...] = (
    ("invalid response to ssl negotiation", NotTheCentre),
    ("invalid response to gssapi negotiation", NotTheCentre),
    ("wrong version number", NotTheCentre),
    ("unexpected eof", NoNetwork),
    ("ssl syscall error", NoNetwork),
    ("certificate", NotTrusted),
    ("does not match host name", NotTrusted),
    ("server does not support ssl", NotTrusted),
    ("no encryption", NotTrusted),
    ("authentication method requirement", NotTrusted),
    ("channel binding", NotTrusted),
    ("ssl error", NotTrusted),
    ("password authentication failed", SignInRefused),
    ("no password supplied", SignInRefused),
    ("is not permitted to log in", SignInRefused),
    ("no pg_hba.conf entry", NotAllowed),
    ("permission denied", NotAllowed),
    ("too many connections", CentreFull),
    ("remaining connection slots", CentreFull),
    ("too many clients", CentreFull),
    ("the database system is", CentreRestarting),
    ("terminating connection due to administrator", CentreRestarting),
    ("does not exist", NotAllowed),
    ("could not translate host name", NoNetwork),
    ("could not connect", NoNetwork),
    ("connection refused", NoNetwork),
    ("connection reset", NoNetwork),
    ("timeout expired", NoNetwork),
    ("timed out", NoNetwork),
    ("unreachable", NoNetwork),
    ("no route to host", NoNetwork),
    ("server closed the connection", NoNetwork),
    ("connection was closed", NoNetwork),
)


def by_sqlstate(sqlstate: str) -> type[CentreProblem]:
    """What a SQLSTATE of the centre means to the person who syncs; unknown ones condemn nothing."""
    return _BY_CODE.get(sqlstate) or _BY_CLASS.get(sqlstate[:2], CentreFaulty)


def by_words(words: str) -> type[CentreProblem] | None:
    """What libpq's words say when there is no SQLSTATE; ``None`` when they say nothing we know."""
    lowered = words.lower()
    if _NO_DATABASE.search(lowered):
        return NoSuchDatabase
    return next((problem for part, problem in _BY_WORDS if part in lowered), None)
