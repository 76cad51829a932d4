"""The pages of the main window, each made with its presenter and joined to the deeds behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from qaf_desktop.app.pictures import KeptPictures
from qaf_desktop.app.surroundings import now
from qaf_desktop.app.trying_out import choose_workbook, trial
from qaf_desktop.app.versions import offer_versions
from qaf_desktop.domain.change import Change
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import CaseId, DraftId, RecordId
from qaf_desktop.models.drafts import Draft
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.paths import shipped
from qaf_desktop.services import audits, feedback
from qaf_desktop.services.audits import OfferedForm, OpenDraft
from qaf_desktop.services.desk import Desk
from qaf_desktop.services.forms import form_lines
from qaf_desktop.services.lines import completed_line
from qaf_desktop.services.my_work import Sending, my_work, sending
from qaf_desktop.services.reference import rows_for_forms
from qaf_desktop.services.sending import sending_page
from qaf_desktop.settings import SettingsFile
from qaf_desktop.sync.conversation import SyncOutcome
from qaf_desktop.sync.receipts import receipt
from qaf_desktop.ui.audit.audit_presenter import AuditPresenter
from qaf_desktop.ui.audit.audit_view import AuditView
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.feedback.feedback_presenter import FeedbackPresenter
from qaf_desktop.ui.feedback.feedback_view import FeedbackView
from qaf_desktop.ui.forms.forms_presenter import FormsPresenter
from qaf_desktop.ui.forms.forms_view import FormsView
from qaf_desktop.ui.help_view import HelpView
from qaf_desktop.ui.main_window import MainWindow
from qaf_desktop.ui.my_work.my_work_presenter import MyWorkPresenter
from qaf_desktop.ui.my_work.my_work_view import MyWorkView, waiting_words
from qaf_desktop.ui.paper.preview_presenter import PreviewPresenter
from qaf_desktop.ui.paper.preview_view import PreviewView
from qaf_desktop.ui.papers.papers_presenter import PapersPresenter
from qaf_desktop.ui.papers.papers_view import AUDITS, FEEDBACK, PapersView, PapersWords
from qaf_desktop.ui.papers.sealed_presenter import SealedPresenter
from qaf_desktop.ui.papers.sealed_view import SealedView
from qaf_desktop.ui.questions.draft_deeds import deeds_for
from qaf_desktop.ui.questions.tools import Tools
from qaf_desktop.ui.sync.sync_presenter import SyncPresenter
from qaf_desktop.ui.sync.sync_view import SyncView
from qaf_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from qaf_desktop.services.printing import Printed
    from qaf_desktop.ui.sync.sync_presenter import Talk

Presenter = TypeVar("Presenter")


class Pages:
    """Opens pages and keeps their presenters: PySide6 alone would let them fall silent."""

    def __init__(
        self, window: MainWindow, theme: Theme, background: Background, desk: Desk, settings: SettingsFile
    ) -> None:
        self._window = window
        self._theme = theme
        self._background = background
        self._desk = desk
        self._settings = settings
        self._pictures = KeptPictures(window, background, desk)
        self._kept: dict[QWidget, object] = {}
        self._drafts: dict[DraftId, QWidget] = {}
        self._news: dict[DraftId, tuple[str, str]] = {}

    def add_destinations(self, talk: Talk | None, heard: Callable[[SyncOutcome], None]) -> SyncPresenter:
        """Make the navigation. The Sync page is made at once: syncs that begin by themselves are shown there too."""
        add = self._window.add_destination
        add("my_work", "My work", "my-work", self._my_work)
        add("audits", "Audits", "audits", lambda: self._papers(AUDITS, Kind.AUDIT))
        add("feedback", "Feedback", "feedback", lambda: self._papers(FEEDBACK, Kind.FEEDBACK))
        add("forms", "Forms", "forms", self._forms)
        view = SyncView(self._theme, now)
        presenter = SyncPresenter(
            view,
            self._background,
            look=self._desk.deed(sending_page),
            talk=talk,
            receipt=partial(self._desk.do, receipt),
            print_receipt=self._desk.deed(_receipt_paper),
            show_paper=self._show_receipt,
            open_record=self.open_record,
            heard=heard,
        )
        self._keep(view, presenter)
        add("sync", "Sync", "sync", lambda: view)
        return presenter

    def presenter_of(self, view: QWidget, kind: type[Presenter]) -> Presenter:
        """The presenter that belongs to an open page.

        Raises:
            LookupError: the page is not open, or belongs to another kind of presenter.
        """
        presenter = self._kept.get(view)
        if not isinstance(presenter, kind):
            raise LookupError(kind.__name__)
        return presenter

    def start_audit(self) -> None:
        """Begin an audit from the menu, wherever one is."""
        self._window.go_to("my_work")
        page = self._window.current_page()
        if isinstance(page, MyWorkView):
            page.start()

    # Destinations ----------------------------------------------------------------------------------------------

    def _my_work(self) -> QWidget:
        view = MyWorkView(self._theme, now)
        deed = self._desk.deed
        presenter = MyWorkPresenter(
            view,
            self._background,
            self._window.messages,
            look=deed(my_work),
            offered=partial(deed(audits.offered_forms), Kind.AUDIT),
            start=deed(audits.start_audit),
            discard=deed(audits.discard_draft),
            take_back=deed(audits.take_back_draft),
            open_draft=self.open_draft,
            open_record=self.open_record,
            open_sync=lambda: self._window.go_to("sync"),
            waiting=self.show_waiting,
        )
        return self._keep(view, presenter)

    def _papers(self, words: PapersWords, kind: Kind) -> QWidget:
        view = PapersView(self._theme, words, now)
        presenter = PapersPresenter(
            view, self._background, look=partial(self._desk.deed(_search), kind), open_record=self.open_record
        )
        return self._keep(view, presenter)

    def _forms(self) -> QWidget:
        view = FormsView(self._theme)
        view.try_requested.connect(lambda: choose_workbook(self._window, self.try_workbook))
        return self._keep(view, FormsPresenter(view, self._background, look=self._desk.deed(form_lines)))

    def try_workbook(self, source: Path) -> None:
        """Try a workbook out, with the council's own lists; nothing of it is kept."""
        rows = partial(self._desk.do, rows_for_forms)
        view, presenter = trial(source, self._theme, self._background, rows)
        view.leave_requested.connect(partial(self._close, view))
        self._keep(view, presenter)
        self._window.open_page(view, "Trying out a workbook")

    def show_waiting(self, sending: Sending) -> None:
        """Tell the status bar what waits."""
        self._window.status.show_waiting(sending.ready + sending.received, sending.held_back)

    # Drafts ----------------------------------------------------------------------------------------------------

    def open_draft(self, draft_id: DraftId) -> None:
        """Open a draft, or bring the page it is open in to the front."""
        page = self._drafts.get(draft_id)
        if page is not None and shiboken6.isValid(page):
            self._window.close_page(page)
        self._background.run(self._window, partial(self._desk.do, audits.open_draft, draft_id), self._draft_opened)

    def show_left_open(self, drafts: Sequence[Draft]) -> None:
        """After a crash: say what was open, and offer it again."""
        for draft in drafts[:1]:
            others = len(drafts) - 1
            more = f" So {'was one other' if others == 1 else f'were {others} others'}; see the list." if others else ""
            self._window.messages.say(
                f"{draft.child_ref or 'A draft without a reference'} was open when the program stopped.",
                f"Everything saved is there.{more}",
                action="Open it",
                act=partial(self.open_draft, draft.id),
            )

    def _draft_opened(self, opened: OpenDraft) -> None:
        if opened.draft.kind is Kind.FEEDBACK:
            self._feedback(opened)
        else:
            self._audit(opened)

    def _audit(self, opened: OpenDraft) -> None:
        case, profile = opened.draft.case_id, opened.form.profile
        view = AuditView(self._tools(), recall_panes=self._recall_panes, keep_panes=self._keep_panes)
        presenter = AuditPresenter(
            view,
            self._background,
            opened,
            deeds_for(self._desk, opened.draft.id),
            self._theme,
            completed=partial(self._sealed, view),
        )

        def hear() -> None:
            said = opened.filling.answer
            self._offer_feedback(
                case,
                child_ref=said(profile.child_ref_question),
                team=said(profile.team_question),
                worker=said(profile.worker_question),
            )

        view.feedback_requested.connect(hear)
        view.leave_requested.connect(lambda: self._window.go_to("my_work"))
        self._open_workspace(view, presenter, opened)

    def _feedback(self, opened: OpenDraft) -> None:
        view = FeedbackView(self._tools())
        presenter = FeedbackPresenter(
            view,
            self._background,
            opened,
            deeds_for(self._desk, opened.draft.id),
            completed=partial(self._sealed, view),
        )
        view.leave_requested.connect(lambda: self._window.close_page(view))
        self._open_workspace(view, presenter, opened)

    def _open_workspace(
        self, view: AuditView | FeedbackView, presenter: AuditPresenter | FeedbackPresenter, opened: OpenDraft
    ) -> None:
        status = self._window.status
        presenter.drafting.saved.connect(status.show_saved)
        presenter.drafting.not_saved.connect(
            lambda _: status.show_not_saved("Not saved: it is kept here and tried again")
        )
        status.show_saved(presenter.drafting.saved_at)
        self._drafts[opened.draft.id] = view
        self._keep(view, presenter)
        self._window.open_page(view, opened.form.title)
        view.actions_changed.connect(self._window.refresh_page_words)
        offer_versions(
            view,
            opened.draft.id,
            news=self._news,
            window=self._window,
            theme=self._theme,
            background=self._background,
            desk=self._desk,
            open_draft=self.open_draft,
        )

    def _sealed(self, view: AuditView | FeedbackView, change: Change) -> None:
        """A draft was sealed: from now on its page can show paper."""
        for record_id in change.records:
            view.print_requested.connect(partial(self.open_record, record_id))
        self._background.run(
            view, self._desk.deed(sending), lambda now_waits: view.finished.show_waiting(waiting_words(now_waits))
        )

    def _recall_panes(self) -> Sequence[int]:
        return [int(width) for width in self._settings.now.panes.split(",") if width.isdigit()]

    def _keep_panes(self, widths: Sequence[int]) -> None:
        self._settings.change(panes=",".join(map(str, widths)))

    def _offer_feedback(self, case: CaseId, **about: str) -> None:
        look = partial(self._desk.deed(audits.offered_forms), Kind.FEEDBACK)
        self._background.run(self._window, look, lambda offered: self._begin_feedback(case, offered, **about))

    def _begin_feedback(self, case: CaseId, offered: Sequence[OfferedForm], **about: str) -> None:
        """One form begins at once; with several the person says who is to be heard."""
        if not offered:
            self._window.messages.say("No feedback form has reached this computer yet.", "The next sync brings it.")
            return
        if len(offered) == 1:
            self._start_feedback(case, offered[0].form_id, **about)
            return
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for form in offered:
            chosen = partial(self._start_feedback, case, form.form_id, **about)
            menu.addAction(form.title.replace("&", "&&")).triggered.connect(lambda _=False, begin=chosen: begin())
        place = QCursor.pos() if self._window.underMouse() else self._window.mapToGlobal(self._window.rect().center())
        menu.popup(place)
        if actions := menu.actions():
            menu.setActiveAction(actions[0])

    def _start_feedback(self, case: CaseId, form_id: str, **about: str) -> None:
        deed = partial(self._desk.do, feedback.start_feedback, case, form_id, **about)
        self._background.run(self._window, deed, self._started)

    def _started(self, change: Change) -> None:
        for draft in change.drafts:
            self.open_draft(draft)

    def _tools(self) -> Tools:
        return Tools(self._theme, today=lambda: now().date(), pictures=self._pictures)

    # Sealed copies and paper -----------------------------------------------------------------------------------

    def open_record(self, record_id: RecordId) -> None:
        """Open a sealed copy as its own paper, with the rest of its audit file."""
        do = self._desk.do
        self._background.run(
            self._window, partial(do, _case_id, record_id), partial(self._record_found, record_id), lane="store"
        )

    def _record_found(self, record_id: RecordId, case: CaseId) -> None:
        do = self._desk.do
        view = SealedView(self._theme, now)
        presenter = SealedPresenter(
            view,
            self._background,
            self._window.messages,
            record_id,
            case=partial(do, audits.case_of, case),
            paper=partial(do, _record_paper, record_id),
            hear=partial(self._offer_feedback, case),
            open_record=self.open_record,
            open_draft=self.open_draft,
            left_the_store=partial(self._left_the_store, view, record_id),
            back=partial(self._close, view),
        )
        self._keep(view, presenter)
        self._window.open_page(view, "Sealed copy")

    def _left_the_store(self, view: QWidget, record_id: RecordId, how: str) -> None:
        self._background.run(view, partial(self._desk.do, _log_paper, record_id, how))

    def _show_receipt(self, paper: Printed) -> None:
        view = PreviewView(self._theme, paper.title)
        presenter = PreviewPresenter(
            view,
            self._background,
            self._window.messages,
            paper,
            left_the_store=lambda _: None,  # a receipt says nothing about a child
            back=partial(self._close, view),
        )
        self._keep(view, presenter)
        self._window.open_page(view, paper.title)

    def open_help(self) -> None:
        """F1."""
        view = HelpView(self._theme, shipped())
        view.back_requested.connect(lambda: self._window.close_page(view))
        self._window.open_page(view, "Help")

    def _close(self, view: QWidget) -> None:
        self._window.close_page(view)

    def _keep(self, view: QWidget, presenter: object) -> QWidget:
        self._kept = {kept: its for kept, its in self._kept.items() if shiboken6.isValid(kept)}
        self._kept[view] = presenter
        return view


# Small deeds only these pages need -----------------------------------------------------------------------------------


def _search(work: UnitOfWork, kind: Kind, words: str, limit: int, offset: int) -> Sequence[Any]:
    return [completed_line(line) for line in work.projections.search(words, kind=kind, limit=limit, offset=offset)]


def drafts_left_open(work: UnitOfWork) -> Sequence[Draft]:
    """What was on the screen when the program stopped without closing."""
    return [work.drafts.get(draft) for draft in audits.left_open(work)]


def _case_id(work: UnitOfWork, record_id: RecordId) -> CaseId:
    return work.records.envelope(record_id).case_id


# Paper is made with parts that take as long to import as the whole window; they come with the first paper, in a lane.


def _record_paper(work: UnitOfWork, record_id: RecordId) -> Printed:
    from qaf_desktop.services.printing import print_record  # noqa: PLC0415

    return print_record(work, record_id)


def _receipt_paper(work: UnitOfWork) -> Printed:
    from qaf_desktop.app.paper import receipt_paper  # noqa: PLC0415

    return receipt_paper(work)


def _log_paper(work: UnitOfWork, record_id: RecordId, how: str) -> Change:
    from qaf_desktop.services.printing import log_paper  # noqa: PLC0415

    return log_paper(work, record_id, how)
