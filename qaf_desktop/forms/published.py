"""A form as it travels: what the questions are, and what the program may know about their meaning."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

WITHDRAWN = "withdrawn"
"""Stands in the content of a ``form_version`` record that takes the version out of use."""


@dataclass(frozen=True)
class Profile:
    """What the program knows about the meaning of a form's questions, so that no question is hard-coded.

    Read from extra columns of the workbook's settings sheet; every field is "" or empty where a form has no such thing.
    ``areas`` come from the column ``area_prefix``: area ``dm`` is graded by ``dm_grade`` and explained by ``dm_why``.
    ``draft_translations`` names the form's languages, as "Urdu (ur)", that nobody fluent has checked yet.
    """

    kind: str = ""
    audience: str = ""
    grade_list: str = ""
    overall_question: str = ""
    areas: tuple[str, ...] = ()
    non_negotiables: tuple[str, ...] = ()
    print_groups: tuple[str, ...] = ()
    child_view: bool = False
    child_ref_question: str = ""
    team_question: str = ""
    worker_question: str = ""
    date_question: str = ""
    actions_repeat: str = ""
    strengths_repeat: str = ""
    improvements_repeat: str = ""
    declaration_question: str = ""
    worker_present_question: str = ""
    share_question: str = ""
    family_group: str = ""
    draft_translations: tuple[str, ...] = ()

    def to_content(self) -> dict[str, Any]:
        """The profile as plain values, the shape it has inside a ``form_version`` record.

        ``draft_translations`` came after the first forms, so it is left out while empty and their hashes stay theirs.
        """
        values = asdict(self)
        if not self.draft_translations:
            del values["draft_translations"]
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Profile:
        """Read a profile back. Names a newer program added are passed over; missing ones keep their defaults."""
        known = {item.name for item in fields(cls)}
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in content.items() if k in known}
        return cls(**values)


@dataclass(frozen=True)
class PublishedForm:
    """One version of a form: its XForm XML, its profile and its pictures. Never changed once published.

    ``media`` maps file names to bytes this computer holds; ``pictures`` maps each name to its SHA-256, held or not.
    ``sha256`` covers XML, profile and ``pictures``, so the same source gives the same hash on every computer.
    """

    form_id: str
    version: str
    title: str
    xml: str
    profile: Profile
    media: Mapping[str, bytes] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    sha256: str = field(init=False, default="")

    def __post_init__(self) -> None:
        held = {name: hashlib.sha256(data).hexdigest() for name, data in self.media.items()}
        object.__setattr__(self, "pictures", dict(sorted({**self.pictures, **held}.items())))
        parts = {"xml": self.xml, "profile": self.profile.to_content(), "media": self.pictures}
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        object.__setattr__(self, "sha256", hashlib.sha256(text.encode("utf-8")).hexdigest())

    def to_content(self) -> dict[str, Any]:
        """The content of a ``form_version`` record. Pictures are named by hash; their bytes are not in it."""
        return {
            "form_id": self.form_id,
            "version": self.version,
            "title": self.title,
            "xml": self.xml,
            "profile": self.profile.to_content(),
            "media": dict(self.pictures),
            "sha256": self.sha256,
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any], media: Mapping[str, bytes] | None = None) -> PublishedForm:
        """Read a form back from a record's content; its hash is worked out afresh, never taken on trust.

        Args:
            content: what :meth:`to_content` gave.
            media: the pictures this computer holds, by SHA-256; others stay known by hash only.
        """
        held = media or {}
        pictures: Mapping[str, str] = content.get("media", {})
        return cls(
            form_id=content["form_id"],
            version=content["version"],
            title=content["title"],
            xml=content["xml"],
            profile=Profile.from_content(content.get("profile", {})),
            media={name: held[sha] for name, sha in pictures.items() if sha in held},
            pictures=pictures,
        )
