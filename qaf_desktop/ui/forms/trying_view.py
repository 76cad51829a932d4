"""A workbook tried out: the real workspace, the reasons beside it, or what is wrong with the workbook."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qaf_desktop.problems import Problem
from qaf_desktop.ui.audit.rows import clear, plain_label
from qaf_desktop.ui.forms.why_pane import WhyPane
from qaf_desktop.ui.messages import MessageBar
from qaf_desktop.ui.theme import Theme

WHY_PIXELS = 340
WORKSPACE_PIXELS = 860


class TryingView(QWidget):
    """Shows a trial; F5 reads the workbook again."""

    reload_requested = Signal()
    leave_requested = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._theme = theme
        self.workspace: QWidget | None = None
        self.message = MessageBar(theme)
        self.said = plain_label(f"Trying out {name}. Nothing you type here is kept or sent.", "strong")
        self.reload = QPushButton("Reload (F5)")
        self.reload.setToolTip("Read the workbook again; what was answered comes along by name")
        self.reload.clicked.connect(self.reload_requested)
        self.stop = QPushButton("Stop trying")
        self.stop.clicked.connect(self.leave_requested)
        theme.decorate(self.reload, "sync")
        self.why = WhyPane(theme)
        self._findings = QVBoxLayout()
        self._findings.setSpacing(10)
        page = QWidget()
        page.setProperty("role", "page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(24, 20, 24, 24)
        inside.addLayout(self._findings)
        inside.addStretch(1)
        self.refused = QScrollArea()
        self.refused.setWidgetResizable(True)
        self.refused.setFrameShape(QFrame.Shape.NoFrame)
        self.refused.setAccessibleName("What is wrong with the workbook")
        self.refused.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.refused.setWidget(page)
        self._findings.addWidget(plain_label("Reading the workbook…", "muted"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.refused)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.stack)
        self.splitter.addWidget(self.why)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([theme.pixels(WORKSPACE_PIXELS), theme.pixels(WHY_PIXELS)])
        head = QHBoxLayout()
        head.setContentsMargins(20, 10, 16, 10)
        head.setSpacing(10)
        head.addWidget(self.said, 1)
        head.addWidget(self.reload)
        head.addWidget(self.stop)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(head)
        down.addWidget(self.message)
        down.addWidget(self.splitter, 1)

    def show_workspace(self, workspace: QWidget) -> None:
        """The form could be opened: its real workspace, instead of the one before."""
        before, self.workspace = self.workspace, workspace
        self.stack.addWidget(workspace)
        self.stack.setCurrentWidget(workspace)
        self.why.show()
        self.setFocusProxy(workspace)
        if self.isVisible():
            workspace.setFocus()
        if before is not None:
            self.stack.removeWidget(before)
            before.deleteLater()

    def show_refused(self, findings: Sequence[str]) -> None:
        """The workbook cannot become a form: say why, place by place. The workspace before it waits behind."""
        clear(self._findings, keep=0)
        self._findings.addWidget(plain_label("This workbook cannot be published yet", "title"))
        count = len(findings)
        self._findings.addWidget(
            plain_label(
                f"{count} thing{'' if count == 1 else 's'} to mend. Correct the workbook, save it, press F5.", ""
            )
        )
        for finding in findings:
            card = QFrame()
            card.setProperty("role", "card")
            rows = QVBoxLayout(card)
            rows.setContentsMargins(16, 12, 16, 12)
            where, _, what = finding.partition(": ")
            if what:
                rows.addWidget(plain_label(where, "caption"))
            rows.addWidget(plain_label(what or where, ""))
            self._findings.addWidget(card)
        self.stack.setCurrentWidget(self.refused)
        self.why.hide()
        self.reload.setFocus()

    def show_working(self, working: bool) -> None:
        """The workbook is being read."""
        self.reload.setEnabled(not working)

    def show_problem(self, problem: Problem) -> None:
        """Show an expected failure above the workspace."""
        self.message.show_problem(problem)

    def panes(self) -> Sequence[QWidget]:
        """Workspace and reasons: F6 walks through them."""
        return (self.stack, self.why)

    def event(self, event: QEvent) -> bool:
        """F5 reloads here, whatever it means elsewhere in the window."""
        asks = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asks and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F5:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F5."""
        if event.key() == Qt.Key.Key_F5:
            self.reload_requested.emit()
        else:
            super().keyPressEvent(event)
