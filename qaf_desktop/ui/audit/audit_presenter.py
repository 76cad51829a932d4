"""Joins the audit workspace to the filling, the store and the deeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from qaf_desktop.domain.change import Change
from qaf_desktop.forms.items import Item
from qaf_desktop.models.drafts import PastAnswer
from qaf_desktop.problems import Problem
from qaf_desktop.services.audits import NotFinished, OpenDraft
from qaf_desktop.ui.audit.audit_view import AuditView
from qaf_desktop.ui.audit.check_page import by_section
from qaf_desktop.ui.audit.history_dialog import HistoryDialog
from qaf_desktop.ui.audit.later import Later
from qaf_desktop.ui.audit.progress import Sections, next_unanswered
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.messages import show_problem
from qaf_desktop.ui.questions.draft_deeds import DraftDeeds
from qaf_desktop.ui.questions.drafting import Drafting, Removed
from qaf_desktop.ui.theme import Theme


class AuditPresenter:
    """Keep it as long as its view: PySide6 holds its methods only weakly.

    ``drafting.saved`` and ``drafting.not_saved`` tell the status bar. ``completed`` is called with the change once the
    audit is sealed, after which the view shows its finished page and asks for paper or feedback by signals.
    """

    def __init__(
        self,
        view: AuditView,
        background: Background,
        opened: OpenDraft,
        deeds: DraftDeeds,
        theme: Theme,
        *,
        completed: Callable[[Change], object],
    ) -> None:
        self._view = view
        self._theme = theme
        self._completed = completed
        self._profile = opened.form.profile
        self._removed: Removed | None = None
        self._insisting = False
        self._checking = False
        self._unsaved = False
        self.drafting = Drafting(view, background, opened, deeds)
        self._filling = opened.filling
        self._sections = Sections(self._filling, self._profile)
        self._count_soon = Later(view, self._count)
        view.open_form(self._filling, f"{opened.form.title}, version {opened.form.version}")
        self._join()
        self._speak()
        self._show_first(opened.recovered)

    def _join(self) -> None:
        view = self._view
        view.answered.connect(self._answered)
        view.entered.connect(self._entered)
        view.section_requested.connect(self._go_to_section)
        view.section_step_requested.connect(self._step)
        view.next_unanswered_requested.connect(self._next_unanswered)
        view.add_requested.connect(self._add)
        view.remove_requested.connect(self._remove)
        view.put_back_requested.connect(self._put_back)
        view.history_requested.connect(self._ask_history)
        view.check_requested.connect(self._check)
        view.jump_requested.connect(self._jump)
        view.complete_requested.connect(self._complete)
        view.language_chosen.connect(self._switch_language)
        view.save_requested.connect(self.drafting.save_now)
        view.closing.connect(self.drafting.leave)
        self.drafting.not_saved.connect(self._not_saved)
        self.drafting.saved.connect(self._saved)

    def _show_first(self, recovered: str) -> None:
        caret = self.drafting.caret
        sections = self._sections.refs()
        section = self._sections.of(caret) if caret else ""
        self._section = section if section in sections else sections[0]
        self._count()
        page = self._view.show_section(self._section)
        question = page.question(caret) if caret else None
        question = question or page.first_question()
        if question is not None:
            self._view.return_to(question.answer.keyboard())
            page.show_question(question)
            self._view.show_guidance(question.item)
        if recovered:
            self._view.message.say("Your work was recovered.", recovered, tone="notice")

    def _speak(self) -> None:
        now = self._filling.language
        self._view.speak(self._filling.languages, now, draft=now in self._profile.draft_translations)

    def _switch_language(self, language: str) -> None:
        """The same question, with its answer, in another language."""
        self.drafting.save_now()
        self._filling.language = language
        self._speak()
        if self._checking:
            self._view.insist()
        self._count()
        if self.drafting.caret and self._sections.of(self.drafting.caret) == self._section:
            self._jump(self.drafting.caret)
        else:
            self._go_to_section(self._section)

    # Answers ---------------------------------------------------------------------------------------------------

    def _answered(self, ref: str, value: str) -> None:
        changed = self.drafting.answer(ref, value)
        self._view.update_refs(changed)
        question = self._view.question_in_focus()
        if question is not None:
            self._view.show_guidance(question.item)
        self._count_soon.ask()

    def _entered(self, ref: str) -> None:
        self._view.show_guidance(self._filling.look(ref))
        self.drafting.stand_at(ref)

    def _add(self, repeat_ref: str) -> None:
        ref = self.drafting.add(repeat_ref)
        self._rows_changed(repeat_ref)
        page = self._view.page(self._section)
        if page is not None:
            for child in self._filling.children(ref):
                if (question := page.question(child)) is not None:
                    page.show_question(question)
                    break

    def _remove(self, instance_ref: str) -> None:
        repeat_ref, _, number = instance_ref.rpartition("[")
        title = f"{self._filling.look(repeat_ref).label} {number.rstrip(']')}"
        self._removed = self.drafting.remove(instance_ref, title)
        self._rows_changed(repeat_ref)
        page = self._view.page(self._section)
        rows = page.row_list(repeat_ref) if page else None
        if rows is not None:
            rows.offer_undo(title)

    def _put_back(self) -> None:
        if self._removed is None:
            return
        removed, self._removed = self._removed, None
        self.drafting.put_back(removed)
        self._rows_changed(removed.repeat_ref)

    def _rows_changed(self, repeat_ref: str) -> None:
        self._view.refresh(repeat_ref)
        self._count()

    # Moving about ----------------------------------------------------------------------------------------------

    def _go_to_section(self, ref: str) -> None:
        self.drafting.save_now()
        self._section = ref
        self._checking = False
        self._view.show_section(ref)
        self._count()

    def _step(self, step: int) -> None:
        refs = self._sections.refs()
        here = refs.index(self._section) if self._section in refs else 0
        if here + step >= len(refs):
            self._check()
            return
        self._go_to_section(refs[max(0, here + step)])
        page = self._view.page(self._section)
        if page is not None and (question := page.first_question()):
            page.verticalScrollBar().setValue(0)
            question.take_keyboard()

    def _jump(self, ref: str) -> None:
        self._go_to_section(self._sections.of(ref))
        page = self._view.page(self._section)
        question = page.question(ref) if page else None
        if page is not None and question is not None:
            self._view.return_to(question.answer.keyboard())
            page.show_question(question)
            self._view.show_guidance(question.item)

    def _next_unanswered(self) -> None:
        question = self._view.question_in_focus()
        ref = next_unanswered(self._filling, question.item.ref if question else "")
        if ref is None:
            self._check()
        else:
            self._jump(ref)

    # History ---------------------------------------------------------------------------------------------------

    def _ask_history(self) -> None:
        question = self._view.question_in_focus()
        if question is not None:
            item = question.item
            self.drafting.history(item.ref, partial(self._show_history, item))

    def _show_history(self, item: Item, past: Sequence[PastAnswer]) -> None:
        dialog = HistoryDialog(item, past, self._theme, self._view)
        dialog.put_back.connect(partial(self._put_answer_back, item.slot))
        dialog.open()

    def _put_answer_back(self, slot: str, value: str) -> None:
        ref = self._filling.ref(slot)
        page = self._view.page(self._sections.of(ref)) if ref else None
        question = page.question(ref) if page and ref else None
        if question is not None:
            question.put(value)

    # Saving ----------------------------------------------------------------------------------------------------

    def _saved(self) -> None:
        if self._unsaved:
            self._unsaved = False
            self._view.message.say("Everything is saved again.", tone="success")

    def _not_saved(self, problem: Problem) -> None:
        self._unsaved = True
        self._view.message.show_problem(problem)

    # Completing ------------------------------------------------------------------------------------------------

    def _check(self) -> None:
        self.drafting.save_now()
        self._insisting = self._checking = True
        self._view.insist()
        self._count()
        self._show_check(arriving=True)

    def _show_check(self, *, arriving: bool) -> None:
        problems = self._filling.problems()
        name = self._profile.declaration_question
        missing = by_section(problems, lambda ref: self._filling.look(ref).label, leaving_out=name)
        spot = next((node.ref for node in self._filling.snapshot() if node.ref.rpartition("/")[2] == name), "")
        declaration = self._filling.look(spot) if name and spot else None
        self._view.show_check(missing, declaration, can_complete=not problems, arriving=arriving)

    def _complete(self) -> None:
        self._view.check.complete.setEnabled(False)
        self.drafting.complete(self._sealed, self._not_sealed)

    def _sealed(self, change: Change) -> None:
        self._view.show_finished()
        self._completed(change)

    def _not_sealed(self, problem: Problem) -> None:
        if isinstance(problem, NotFinished):
            self._show_check(arriving=True)
        else:
            self._view.check.complete.setEnabled(True)
        show_problem(self._view, problem)

    def _count(self) -> None:
        self._view.show_sections(self._sections.lines(insisting=self._insisting), self._section)
        if self._checking:
            self._show_check(arriving=False)
