"""What the windows need and find on this computer: Qt itself, a screen, the PDF viewer and a voice to read aloud."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from qaf_desktop.services.doctor import Finding, lines

_NO_VOICE = "Everything else works; the words can be read out by a person."


def told(findings: Iterable[Finding]) -> list[str]:
    """Everything found on this computer as plain lines: what was tried before, and Qt."""
    return lines([*findings, *examine_qt()])


def examine_qt() -> list[Finding]:
    """Try Qt: its version and screen, the PDF viewer, the voices. Starts a Qt application if there is none yet."""
    application = QGuiApplication.instance() or QGuiApplication(_arguments())
    platform = QGuiApplication.platformName()
    shown = "no screen is used" if platform in {"offscreen", "minimal"} else f"windows are shown through {platform}"
    found = [Finding("Qt", True, f"Qt {qVersion()}; {shown}."), _pdf(), _voices()]
    del application
    return found


def _arguments() -> list[str]:
    # Without a display Qt ends the whole program instead of saying so; look for one first.
    blind = sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    chosen = os.environ.get("QT_QPA_PLATFORM")
    return ["qaf-desktop", "-platform", "offscreen"] if blind and not chosen else ["qaf-desktop"]


def _pdf() -> Finding:
    try:
        from PySide6 import QtPdf  # noqa: PLC0415 - a missing library is a finding, not a crash
    except ImportError as error:
        return Finding("PDF viewer", False, f"The PDF viewer cannot start ({error}).", "Ask your IT service.")
    return Finding("PDF viewer", hasattr(QtPdf, "QPdfDocument"), "Paper can be looked at before it is printed.")


def _voices() -> Finding:
    try:
        from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415 - needs the computer's sound libraries
    except ImportError as error:
        return Finding(
            "Read aloud", False, f"This computer's sound cannot be used ({error}).", _NO_VOICE, essential=False
        )
    engines = [engine for engine in QTextToSpeech.availableEngines() if engine != "mock"]
    for engine in engines:
        speaker = QTextToSpeech(engine)
        if speaker.state() != QTextToSpeech.State.Error:
            voices = [voice for voice in speaker.availableVoices() if voice.locale().name() == "en_GB"]
            many = f"{len(voices)} British" if voices else f"{len(speaker.availableVoices())}, none of them British,"
            return Finding("Read aloud", True, f"Questions can be read aloud: {many} voices through {engine}.")
    return Finding("Read aloud", False, "There is no voice on this computer.", _NO_VOICE, essential=False)
