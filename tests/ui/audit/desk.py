"""A workspace joined to a real encrypted store, the way the program joins it."""

import time

from PySide6.QtWidgets import QApplication, QWidget

from qaf_desktop.forms.publish.workbook import publish
from qaf_desktop.services import audits
from qaf_desktop.services.desk import Desk
from qaf_desktop.ui.questions.draft_deeds import deeds_for

SURVEY = """\
type,name,label,hint,guidance_hint,relevant,required,constraint,constraint_message,appearance
begin_group,cd,The child,,,,,,,
text,cd_ref,Child reference,,Copy it from the allocation.,,yes,,,
integer,cd_months,Months open,,,,yes,. >= 0,Months cannot be negative.,
end_group,,,,,,,,,
begin_group,dm,Decision making,,,,,,,
select_one ypn,dm_timely,Were decisions made in time?,,Start from the child's clock.,,yes,,,columns-pack
text,dm_timely_ev,Evidence: in time,,,${dm_timely} = 'partly',yes,,,multiline
select_one grade,dm_grade,Grade for decision making,,"Outstanding – Ahead of events.

Good – In time.

Requires improvement – Late.

Inadequate – Never made.",,yes,,,
text,dm_why,Why this grade?,,,,,,,multiline
end_group,,,,,,,,,
begin_group,ac,Actions,,,,,,,
begin_repeat,ac_list,Action,,,,,,,
text,ac_text,What will be done?,,Begin with a verb.,,yes,,,multiline
date,ac_due,Due by,,,,,,,
end_repeat,,,,,,,,,
end_group,,,,,,,,,
begin_group,dec,Declaration,,,,,,,
acknowledge,dec_sign,I have read the record myself,,,,yes,,,
end_group,,,,,,,,,
"""
CHOICES = """\
list_name,name,label
ypn,yes,Yes
ypn,partly,Partly
ypn,no,No
grade,O,Outstanding
grade,G,Good
grade,RI,Requires improvement
grade,I,Inadequate
"""
SETTINGS = """\
form_title,form_id,version,kind,audience,area_prefix,child_ref_question,actions_repeat,declaration_question
Small audit,small_audit,1,audit,auditor,dm,cd_ref,ac_list,dec_sign
"""


def published(folder, *, survey=SURVEY, choices=CHOICES, settings=SETTINGS):
    folder.mkdir(exist_ok=True)
    for name, text in (("survey", survey), ("choices", choices), ("settings", settings)):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return publish(folder)


class Bench:
    """The store, one draft in it, and a window to show its view in."""

    def __init__(self, store, form, background, qtbot):
        self.store = store
        self.desk = Desk(store)
        self.background = background
        self.qtbot = qtbot
        with store.work() as work:
            work.forms.keep(form, at=work.now)
        (self.draft_id,) = self.start(form).drafts
        self.deeds = deeds_for(self.desk, self.draft_id)

    def start(self, form):
        return self.desk.do(audits.start_audit, form.form_id)

    def opened(self):
        return self.desk.do(audits.open_draft, self.draft_id)

    def show(self, view):
        self.window = QWidget()
        view.setParent(self.window)
        self.qtbot.addWidget(self.window)
        view.setGeometry(0, 0, 1180, 700)
        self.window.resize(1180, 700)
        with self.qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        return view

    def settle(self):
        """Let everything asked for so far be done and answered."""
        deadline = time.monotonic() + 5
        QApplication.processEvents()
        while self.background.busy and time.monotonic() < deadline:
            self.qtbot.wait(5)
        assert not self.background.busy

    def kept(self):
        answers, _ = self.desk.do(lambda work: work.drafts.saved(self.draft_id))
        return {slot: value for slot, value in answers.items() if value}

    def rows(self, repeat_slot):
        _, instances = self.desk.do(lambda work: work.drafts.saved(self.draft_id))
        return instances.get(repeat_slot, ())
