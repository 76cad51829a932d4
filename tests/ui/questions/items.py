"""Questions as a form would hand them over, for a test that names only what matters."""

from datetime import date

from qaf_desktop.forms.choices import Choice
from qaf_desktop.forms.items import Item

TODAY = date(2026, 11, 23)

YPN = {"yes": "Yes", "partly": "Partly", "no": "No", "na": "Does not apply", "cant": "Cannot tell from the record"}
GRADES = {"O": "Outstanding", "G": "Good", "RI": "Requires improvement", "I": "Inadequate", "NG": "Not graded"}
FACES = {"1": "Not at all", "2": "A little", "3": "Quite a lot", "4": "A lot", "NS": "Not sure", "SK": "Skip"}


def choices(labels):
    return tuple(Choice(value, label, None, {}) for value, label in labels.items())


def an_item(type="text", label="What was seen?", *, options=None, **more):
    known = {
        "ref": "/data/q",
        "slot": "/data/q",
        "name": "q",
        "kind": "question",
        "type": type,
        "appearance": "",
        "label": label,
        "hint": "",
        "guidance": "",
        "image": None,
        "relevant": True,
        "required": False,
        "readonly": False,
        "value": "",
        "valid": True,
        "message": "",
        "choices": choices(options or {}),
        "choice_list": "",
        "parameters": {},
    }
    return Item(**{**known, **more})
