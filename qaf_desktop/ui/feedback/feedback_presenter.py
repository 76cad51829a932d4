"""Joins the feedback screen to the filling, the store and the deeds; drafting is the same as an audit's."""

from __future__ import annotations

from collections.abc import Callable

from qaf_desktop.domain.change import Change
from qaf_desktop.problems import Problem
from qaf_desktop.services.audits import NotFinished, OpenDraft
from qaf_desktop.ui.audit.check_page import by_section
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.feedback.feedback_view import FeedbackView
from qaf_desktop.ui.feedback.steps import Step, skip_code, steps
from qaf_desktop.ui.messages import show_problem
from qaf_desktop.ui.questions.draft_deeds import DraftDeeds
from qaf_desktop.ui.questions.drafting import Drafting, Removed


class FeedbackPresenter:
    """Keep it as long as its view. ``drafting.saved`` and ``drafting.not_saved`` tell the status bar."""

    def __init__(
        self,
        view: FeedbackView,
        background: Background,
        opened: OpenDraft,
        deeds: DraftDeeds,
        *,
        completed: Callable[[Change], object],
    ) -> None:
        self._view = view
        self._completed = completed
        self._removed: Removed | None = None
        self.drafting = Drafting(view, background, opened, deeds)
        self._filling = opened.filling
        view.open_form(self._filling, f"{opened.form.title}, version {opened.form.version}")
        self._profile = opened.form.profile
        self._join()
        self._speak()
        self._step = self._first_step()
        self._show()
        if opened.recovered:
            view.message.say("What was said is still here.", opened.recovered, tone="notice")

    def _join(self) -> None:
        view = self._view
        view.answered.connect(self._answered)
        view.entered.connect(self.drafting.stand_at)
        view.next_requested.connect(lambda: self._move(1))
        view.back_requested.connect(self._back)
        view.skip_requested.connect(self._skip)
        view.add_requested.connect(self._add)
        view.remove_requested.connect(self._remove)
        view.put_back_requested.connect(self._put_back)
        view.jump_requested.connect(self._jump)
        view.complete_requested.connect(self._complete)
        view.language_chosen.connect(self._switch_language)
        view.save_requested.connect(self.drafting.save_now)
        view.closing.connect(self.drafting.leave)
        self.drafting.not_saved.connect(view.message.show_problem)

    def _first_step(self) -> Step:
        all_steps = steps(self._filling)
        caret = self.drafting.caret
        return next((step for step in all_steps if caret and _holds(step, caret)), all_steps[0])

    def _show(self) -> None:
        all_steps = steps(self._filling)
        stones = [step for step in all_steps if step.for_child]
        item = self._filling.look(self._step.ref)
        self._view.show_step(
            self._step,
            here=stones.index(self._step) if self._step in stones else 0,
            count=len(stones),
            first=bool(all_steps) and all_steps[0] == self._step,
            can_skip=self._step.for_child
            and item.type != "note"
            and not item.required
            and not skip_code(tuple(choice.value for choice in item.choices)),
        )

    def _speak(self) -> None:
        now = self._filling.language
        self._view.speak(self._filling.languages, now, draft=now in self._profile.draft_translations)

    def _switch_language(self, language: str) -> None:
        """The same page, with its answers, in another language."""
        self.drafting.save_now()
        self._filling.language = language
        checking = self._view.current() is self._view.check
        self._speak()
        if checking:
            self._view.insist()
            self._show_check()
        else:
            self._show()

    # Answers ---------------------------------------------------------------------------------------------------

    def _answered(self, ref: str, value: str) -> None:
        self._view.update_refs(self.drafting.answer(ref, value))
        if self._view.current() is self._view.check:
            self._show_check()
        elif self._step.for_child:
            stones = [step for step in steps(self._filling) if step.for_child]
            if self._step in stones:
                self._view.stones.show_place(stones.index(self._step), len(stones))

    def _skip(self) -> None:
        item = self._filling.look(self._step.ref)
        if item.value:
            self._answered(item.ref, "")
        self._move(1)

    def _add(self, repeat_ref: str) -> None:
        self.drafting.add(repeat_ref)
        self._view.refresh(repeat_ref)

    def _remove(self, instance_ref: str) -> None:
        self._removed = self.drafting.remove(instance_ref)
        self._view.refresh(self._removed.repeat_ref)

    def _put_back(self) -> None:
        if self._removed is not None:
            removed, self._removed = self._removed, None
            self.drafting.put_back(removed)
            self._view.refresh(removed.repeat_ref)

    # Moving about ----------------------------------------------------------------------------------------------

    def _move(self, by: int) -> None:
        self.drafting.save_now()
        item = self._filling.look(self._step.ref)
        if by > 0 and self._step.for_child and item.required and not item.value:
            question = self._view.question(item.ref)
            if question is not None:
                question.insist()
                question.take_keyboard()
            return
        all_steps = steps(self._filling)
        place = (all_steps.index(self._step) if self._step in all_steps else -1) + by
        if place >= len(all_steps):
            self._view.insist()
            self._show_check()
            self._view.show_check()
            return
        self._step = all_steps[max(0, place)]
        self._show()

    def _back(self) -> None:
        if self._view.current() is self._view.check:
            self._show()
        else:
            self._move(-1)

    def _jump(self, ref: str) -> None:
        found = next((step for step in steps(self._filling) if _holds(step, ref)), None)
        if found is not None:
            self._step = found
            self._show()
            question = self._view.question(ref)
            if question is not None:
                question.insist()
                question.take_keyboard()

    # Completing ------------------------------------------------------------------------------------------------

    def _show_check(self) -> None:
        problems = self._filling.problems()
        missing = by_section(problems, lambda ref: self._filling.look(ref).label)
        self._view.check.show_state(missing, None, can_complete=not problems)

    def _complete(self) -> None:
        self._view.check.complete.setEnabled(False)
        self.drafting.complete(self._sealed, self._not_sealed)

    def _sealed(self, change: Change) -> None:
        self._view.show_finished()
        self._completed(change)

    def _not_sealed(self, problem: Problem) -> None:
        self._view.check.complete.setEnabled(not isinstance(problem, NotFinished))
        self._show_check()
        show_problem(self._view, problem)


def _holds(step: Step, ref: str) -> bool:
    return ref == step.ref or ref.startswith(f"{step.ref}/")
