"""Joins a workspace to the versions of its form: offers quietly what is newer, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qaf_desktop.domain.change import Change
from qaf_desktop.problems import Problem
from qaf_desktop.services.moving_up import KeptAside, LookAhead, Versions
from qaf_desktop.ui.audit.move_up_view import AsideView, MoveUpView
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.messages import MessageBar, show_problem
from qaf_desktop.ui.theme import Theme


class Workspace(Protocol):
    """A page a draft is filled in on."""

    message: MessageBar

    def offer(self, actions: Sequence[QAction]) -> None:
        """Show these in the menu while the page is in front."""


@dataclass(frozen=True)
class MovingDeeds:
    """What can be done with the version of one draft, and where its pages are shown."""

    versions: Callable[[], Versions]
    look_ahead: Callable[[], LookAhead]
    move_up: Callable[[], Change]
    go_back: Callable[[], Change]
    kept_aside: Callable[[], Sequence[KeptAside]]
    show: Callable[[QWidget, str], object]
    """Open a page on top of the workspace."""
    close: Callable[[QWidget], object]
    put_down: Callable[[], object]
    """Close the workspace: what was typed is handed over to be written first."""
    open_again: Callable[[], None]
    say_then: Callable[[str, str], object]
    """What the workspace shall say when it is open again: what happened, and what can be done about it."""


class MovingPresenter(QObject):
    """Lives as long as its workspace; ``quietly`` leaves the notice out, where a child may be looking."""

    def __init__(
        self,
        view: QWidget,
        workspace: Workspace,
        deeds: MovingDeeds,
        *,
        background: Background,
        theme: Theme,
        owner: QWidget,
        quietly: bool = False,
        news: tuple[str, str] | None = None,
    ) -> None:
        """``owner`` is the window: it stays while the workspace is closed and opened again in another version.

        ``news`` is what has just happened to the draft, to be said once.
        """
        super().__init__(view)
        self._view = view
        self._workspace = workspace
        self._background = background
        self._theme = theme
        self._deeds = deeds
        self._owner = owner
        self._quietly = quietly
        self._news = news
        self.actions: list[QAction] = []
        background.run(view, deeds.versions, self._show)

    def _show(self, found: Versions) -> None:
        self.actions = []
        if found.newer:
            self._add(f"Move &up to version {found.newer}…", self.look_ahead)
        if found.earlier:
            self._add(f"Go &back to version {found.earlier}", self.go_back)
        if found.aside:
            self._add("Answers kept &aside…", self.show_aside)
        self._workspace.offer(self.actions)
        bar = self._workspace.message
        if self._quietly or bar.sentence:
            return
        if self._news is not None:
            bar.say(
                *self._news,
                action="Show what was kept aside" if found.aside else "",
                act=self.show_aside if found.aside else None,
            )
        elif found.newer:
            bar.say(
                f"Version {found.newer} of this form is here.",
                f"You can finish on {found.now}, or look at what would change.",
                action="Look…",
                act=self.look_ahead,
            )

    def _add(self, text: str, act: Callable[[], object]) -> None:
        action = QAction(text, self._view)
        action.triggered.connect(lambda _: act())
        self.actions.append(action)

    # Moving ----------------------------------------------------------------------------------------------------

    def look_ahead(self) -> None:
        """Show what would become of the answers. What is on its way to the disk is written first: one lane."""
        self._background.run(self._view, self._deeds.look_ahead, self._show_ahead)

    def _show_ahead(self, ahead: LookAhead) -> None:
        page = MoveUpView(self._theme, ahead)
        page.leave_requested.connect(lambda: self._deeds.close(page))
        page.move_requested.connect(lambda: self._move(page))
        self._deeds.show(page, f"Move up to version {ahead.newer}")

    def _move(self, page: MoveUpView) -> None:
        page.show_working()
        deeds, background, owner = self._deeds, self._background, self._owner

        def moved(_: Change) -> None:
            deeds.say_then(
                "The draft is on the newer version now.",
                "Until it is completed you can go back, and read what was kept aside, in the Audit menu.",
            )
            deeds.open_again()

        deeds.close(page)
        deeds.put_down()
        background.run(owner, deeds.move_up, moved, _then_open(deeds, owner))

    def go_back(self) -> None:
        """Have everything as it stood before the last move."""
        deeds, background, owner = self._deeds, self._background, self._owner

        def went_back(_: Change) -> None:
            deeds.say_then("The draft stands as it stood before it moved.", "What was written since is kept aside.")
            deeds.open_again()

        deeds.put_down()
        background.run(owner, deeds.go_back, went_back, _then_open(deeds, owner))

    def show_aside(self) -> None:
        """Show what was kept aside."""
        self._background.run(self._view, self._deeds.kept_aside, self._show_aside)

    def _show_aside(self, kept: Sequence[KeptAside]) -> None:
        page = AsideView(self._theme, kept)
        page.leave_requested.connect(lambda: self._deeds.close(page))
        self._deeds.show(page, "Answers kept aside")


def _then_open(deeds: MovingDeeds, owner: QWidget) -> Callable[[Problem], None]:
    """When it could not be moved, the draft is opened as it was, and the window says why."""

    def not_moved(problem: Problem) -> None:
        show_problem(owner, problem)
        deeds.open_again()

    return not_moved
