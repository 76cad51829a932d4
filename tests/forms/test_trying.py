"""An author tries a form out from the command line and sees every state after every step."""

from __future__ import annotations

import json
from pathlib import Path

from qaf_desktop.forms.trying import try_form
from tests.forms.tables import NOON, a_folder, an_xform

SURVEY = """
    | type              | name    | label   | relevant        | required |
    | select_one yes_no | seen    | Seen    |                 | yes      |
    | begin_repeat      | actions | Actions | ${seen} = 'yes' |          |
    | date              | due     | Due     |                 |          |
    | end_repeat        |         |         |                 |          |
"""


def test_every_step_gives_a_snapshot(tmp_path: Path) -> None:
    steps = [
        {"op": "set", "ref": "/data/seen", "value": "yes"},
        {"op": "add", "ref": "/data/actions"},
        {"op": "set", "ref": "/data/actions[1]/due", "value": "2026-12-01"},
        {"op": "remove", "ref": "/data/actions[1]"},
    ]

    tried = try_form(a_folder(tmp_path, SURVEY), steps, NOON)

    assert tried["status"] == "success"
    assert [len(snapshot) for snapshot in tried["snapshots"]] == [1, 1, 3, 3, 1]
    assert tried["snapshots"][3][2] == {
        "ref": "/data/actions[1]/due",
        "relevant": True,
        "required": False,
        "readonly": False,
        "value": "2026-12-01",
        "valid": True,
    }
    assert json.loads(json.dumps(tried)) == tried


def test_an_xform_is_tried_with_the_lists_beside_it(tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text("name,label\nx,Town X\n", encoding="utf-8")
    (tmp_path / "f.xml").write_text(
        an_xform(
            "<t/><n/>",
            '<bind nodeset="/data/n" calculate="instance(\'towns\')/root/item[name = /data/t]/label"/>',
            '<input ref="/data/t"/>',
            model='<instance id="towns" src="jr://file-csv/towns.csv"/>',
        ),
        encoding="utf-8",
    )

    tried = try_form(tmp_path / "f.xml", [{"op": "set", "ref": "/data/t", "value": "x"}], NOON)

    assert [state["value"] for state in tried["snapshots"][1]] == ["x", "Town X"]


def test_a_step_that_cannot_be_carried_out_is_told_and_keeps_what_came_before(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, SURVEY)

    for step in ({"op": "set", "ref": "/data/nobody"}, {"op": "jump"}, {"op": "remove", "ref": "/data/actions[1]"}):
        tried = try_form(folder, [step], NOON)

        assert (tried["status"], len(tried["snapshots"])) == ("error", 1)
        assert tried["message"].startswith("Step 1 cannot be carried out.")


def test_a_form_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "f", "| type | name | label |\n| geopoint | a | A |")
    (tmp_path / "x.xml").write_text("<a/>")
    (tmp_path / "y.xml").write_bytes(b"\xff\xfe\x00")

    tried = [
        try_form(source, [], NOON) for source in (folder, tmp_path / "x.xml", tmp_path / "y.xml", tmp_path / "z.xml")
    ]

    assert [one["status"] for one in tried] == ["refused"] * 4
    assert "geopoint" in tried[0]["message"]
    assert all(one["message"].endswith(".") for one in tried)
