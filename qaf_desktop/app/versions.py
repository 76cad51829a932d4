"""A draft's workspace joined to the versions of its form: moving up, going back, and what was kept aside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qaf_desktop.domain.ids import DraftId
from qaf_desktop.services import moving_up
from qaf_desktop.services.desk import Desk
from qaf_desktop.ui.audit.audit_view import AuditView
from qaf_desktop.ui.audit.move_up_presenter import MovingDeeds, MovingPresenter
from qaf_desktop.ui.background import Background
from qaf_desktop.ui.feedback.feedback_view import FeedbackView
from qaf_desktop.ui.main_window import MainWindow
from qaf_desktop.ui.theme import Theme


def offer_versions(
    view: AuditView | FeedbackView,
    draft_id: DraftId,
    *,
    news: dict[DraftId, tuple[str, str]],
    window: MainWindow,
    theme: Theme,
    background: Background,
    desk: Desk,
    open_draft: Callable[[DraftId], None],
) -> MovingPresenter:
    """Offer in a workspace what its draft can move to. A feedback page says nothing: a child may be looking.

    ``news`` keeps what a workspace shall say when its draft is opened again in another version.
    """
    do = desk.do

    def open_again() -> None:
        window.setFocus()  # the keyboard goes with the draft, not to what stood beside the page that was closed
        open_draft(draft_id)

    deeds = MovingDeeds(
        versions=partial(do, moving_up.versions, draft_id),
        look_ahead=partial(do, moving_up.look_ahead, draft_id),
        move_up=partial(do, moving_up.move_up, draft_id),
        go_back=partial(do, moving_up.go_back, draft_id),
        kept_aside=partial(do, moving_up.kept_aside, draft_id),
        show=window.open_page,
        close=window.close_page,
        put_down=lambda: window.close_page(view),
        open_again=open_again,
        say_then=lambda happened, rest: news.__setitem__(draft_id, (happened, rest)),
    )
    quietly = isinstance(view, FeedbackView)
    return MovingPresenter(
        view,
        view,
        deeds,
        background=background,
        theme=theme,
        owner=window,
        quietly=quietly,
        news=news.pop(draft_id, None),
    )
