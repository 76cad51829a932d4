"""Small facts about this store: which device it is, whose it is, and how it reaches the centre."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Connection

from qaf_desktop.domain.ids import DeviceId, new_device_id

_GET = "SELECT value FROM meta WHERE name = ?"
_SET = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_FORGET = "DELETE FROM meta WHERE name = ?"


class Meta:
    """Named values, kept as JSON. The properties below are the names in use."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str, default: Any = None) -> Any:
        """The value kept under a name, or the default."""
        row = self._connection.exec_driver_sql(_GET, (name,)).first()
        return default if row is None else json.loads(row[0])

    def set(self, name: str, value: Any) -> None:
        """Keep a value that JSON can hold; ``None`` forgets it."""
        if value is None:
            self._connection.exec_driver_sql(_FORGET, (name,))
        else:
            self._connection.exec_driver_sql(_SET, (name, json.dumps(value)))

    @property
    def device(self) -> DeviceId:
        """The name of this store on this computer; made when the store is made."""
        return DeviceId(self.get("device", ""))

    def next_device_seq(self) -> int:
        """Take the next number of this device: 1, 2, 3 … A hint for ordering unsent records, never a key."""
        number = int(self.get("device_seq", 0)) + 1
        self.set("device_seq", number)
        return number

    def new_device(self) -> DeviceId:
        """Become another device, as a restored store must: its old numbers may be in use already."""
        device = new_device_id()
        self.set("device", device)
        self.set("device_seq", 0)
        return device

    @property
    def enrolment(self) -> Mapping[str, Any] | None:
        """What the file from the IT service said, or ``None`` before it was opened."""
        value: Mapping[str, Any] | None = self.get("enrolment")
        return value

    @enrolment.setter
    def enrolment(self, value: Mapping[str, Any] | None) -> None:
        self.set("enrolment", None if value is None else dict(value))

    @property
    def centre_password(self) -> str | None:
        """The password for the centre where there is no keyring to hold it."""
        value: str | None = self.get("centre_password")
        return value

    @centre_password.setter
    def centre_password(self, value: str | None) -> None:
        self.set("centre_password", value)

    @property
    def skew_seconds(self) -> float | None:
        """This computer's clock minus the centre's, as measured at the last sync."""
        value: float | None = self.get("skew_seconds")
        return value

    @skew_seconds.setter
    def skew_seconds(self, value: float | None) -> None:
        self.set("skew_seconds", value)

    @property
    def needs_consent_to_sync(self) -> bool:
        """Whether this store was restored from a backup and its person has not yet agreed that it may sync."""
        return bool(self.get("needs_consent_to_sync", False))

    @needs_consent_to_sync.setter
    def needs_consent_to_sync(self, value: bool) -> None:
        self.set("needs_consent_to_sync", value)
