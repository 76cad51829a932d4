"""Choices are kept, a policy's word wins, and a broken file is said in a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qaf_desktop.settings import SettingsFile, SettingsUnreadable


def test_a_choice_is_kept_for_the_next_time(tmp_path: Path) -> None:
    SettingsFile(tmp_path).change(theme="dark", text_size_percent=150)

    again = SettingsFile(tmp_path)

    assert (again.now.theme, again.now.text_size_percent) == ("dark", 150)


def test_what_a_policy_sets_cannot_be_changed_and_is_not_written_down(tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps({"lock_after_minutes": 2, "key_place": "passphrase"}), encoding="utf-8")

    settings = SettingsFile(tmp_path / "own", policy)
    settings.change(lock_after_minutes=60, theme="dark")

    assert settings.now.lock_after_minutes == 2
    assert settings.locked == {"lock_after_minutes", "key_place"}
    assert SettingsFile(tmp_path / "own").now.theme == "dark"


def test_unknown_or_ill_typed_choices_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"theme": 7, "colour": "red", "text_size_percent": 125}')

    assert SettingsFile(tmp_path).now.theme == "system"
    assert SettingsFile(tmp_path).now.text_size_percent == 125


@pytest.mark.parametrize("content", ["", "[]", "{", "\x00"])
def test_a_broken_settings_file_is_said_in_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "settings.json").write_text(content)

    with pytest.raises(SettingsUnreadable, match="could not be read"):
        SettingsFile(tmp_path)
