"""Joins a trial to its workbook: reads it, opens the real workspace over throw-away answers, explains every rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from qaf_desktop.domain.change import Change
from qaf_desktop.forms.filling import Filling, NoSuchAnswer
from qaf_desktop.forms.why import hidden, why
from qaf_desktop.models.drafts import DraftIndex, Save
from qaf_desktop.problems import Problem
from qaf_desktop.services.audits import OpenDraft
from qaf_desktop.services.trying_out import OnlyATrial, Trial
from qaf_desktop.ui.audit.audit_presenter import AuditPresenter
from qaf_desktop.ui.audit.audit_view import AuditView
from qaf_desktop.ui.audit.later import Later
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.feedback.child_page import ChildPage
from qaf_desktop.ui.feedback.feedback_presenter import FeedbackPresenter
from qaf_desktop.ui.feedback.feedback_view import FeedbackView
from qaf_desktop.ui.forms.trying_view import TryingView
from qaf_desktop.ui.questions.draft_deeds import DraftDeeds
from qaf_desktop.ui.questions.tools import Tools


class TryingPresenter:
    """Keep it as long as its view. ``read`` reads the workbook, with the answers given so far, in the paper lane."""

    def __init__(
        self,
        view: TryingView,
        background: Background,
        tools: Tools,
        *,
        read: Callable[[Filling | None], Trial],
        now: Callable[[], datetime],
    ) -> None:
        self._view = view
        self._background = background
        self._tools = tools
        self._read = read
        self._now = now
        self._filling: Filling | None = None
        self._presenter: AuditPresenter | FeedbackPresenter | None = None
        self._ref = ""
        self._explain_soon = Later(view, self._explain)
        view.reload_requested.connect(self.reload)
        view.why.chosen.connect(self._wonder)
        self.reload()

    def reload(self) -> None:
        """Read the workbook again; answers are carried over by name."""
        self._view.show_working(True)
        self._background.run(self._view, partial(self._read, self._filling), self._show, self._not_read, lane="paper")

    def _not_read(self, problem: Problem) -> None:
        """Not the workbook's fault: for example the council's lists could not be fetched."""
        self._view.show_working(False)
        self._view.show_problem(problem)

    def _show(self, trial: Trial) -> None:
        self._view.show_working(False)
        self._view.message.clear()
        if trial.opened is None:
            self._view.show_refused(trial.findings)
            return
        again = self._filling is not None
        name = self._name_in_focus()
        self._filling = trial.opened.filling
        self._view.show_workspace(self._workspace(trial.opened))
        self._go_to(name)
        self._say(trial, again=again)
        self._explain()

    def _say(self, trial: Trial, *, again: bool) -> None:
        lost = [f"{one.label}: {one.words} ({one.why})" for one in trial.aside]
        said = [f"No place any more: {'; '.join(lost)}."] if lost else []
        said += [f"{len(trial.findings)} piece{'' if len(trial.findings) == 1 else 's'} of advice. "
                 + " ".join(trial.findings[:3])] if trial.findings else []  # fmt: skip
        if again or said:
            self._view.message.say("Read again." if again else "This can be published.", "\n".join(said))

    # The workspace ---------------------------------------------------------------------------------------------

    def _workspace(self, opened: OpenDraft) -> QWidget:
        view: AuditView | FeedbackView
        if opened.form.profile.kind == "feedback":
            view = FeedbackView(self._tools)
            self._presenter = FeedbackPresenter(view, self._background, opened, self._deeds(), completed=_nothing)
            view.stack.currentChanged.connect(lambda _: self._child_page(view))
            self._child_page(view)
        else:
            view = AuditView(self._tools)
            self._presenter = AuditPresenter(
                view, self._background, opened, self._deeds(), self._tools.theme, completed=_nothing
            )
        view.entered.connect(self._entered)
        for changed in (view.answered, view.add_requested, view.remove_requested, view.put_back_requested):
            changed.connect(self._explain_soon.ask)
        view.leave_requested.connect(self._view.leave_requested)
        return view

    def _child_page(self, view: AuditView | FeedbackView) -> None:
        page = view.stack.currentWidget()
        if isinstance(page, ChildPage):
            self._entered(page.item.ref)

    def _deeds(self) -> DraftDeeds:
        """Nothing is written down anywhere."""

        def save(saves: Sequence[Save], *, caret: str, index: DraftIndex) -> datetime:
            return self._now()

        def complete() -> Change:
            raise OnlyATrial

        return DraftDeeds(
            save=save,
            add_row=lambda _slot, _number: None,
            remove_row=lambda _slot, _number: None,
            history=lambda _slot: (),
            complete=complete,
            leave=lambda: None,
        )

    def _name_in_focus(self) -> str:
        return self._ref.rpartition("/")[2]

    def _go_to(self, name: str) -> None:
        """After reading again, the same question by name, wherever it stands now."""
        filling, workspace = self._filling, self._view.workspace
        if filling is None:
            return
        found = next((node for node in filling.snapshot() if node.ref.rpartition("/")[2] == name), None)
        if found is None:
            return
        self._ref = found.ref
        if found.relevant and isinstance(workspace, AuditView | FeedbackView):
            workspace.jump_requested.emit(found.ref)

    # Reasons ---------------------------------------------------------------------------------------------------

    def _entered(self, ref: str) -> None:
        self._ref = ref
        self._explain_soon.ask()

    def _wonder(self, ref: str) -> None:
        self._ref = ref
        self._explain()

    def _explain(self) -> None:
        if self._filling is None:
            return
        self._view.why.show_hidden(hidden(self._filling))
        try:
            told = why(self._filling, self._ref) if self._ref else None
        except NoSuchAnswer:
            told = None  # its row was taken out a moment ago
        if told is None:
            self._view.why.show_nothing()
        else:
            self._view.why.show_why(told)


def _nothing(_: Change) -> None:
    """A trial is never sealed."""
