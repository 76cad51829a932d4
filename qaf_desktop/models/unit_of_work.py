"""One action of a person, all of it or none: every room of the store at one moment."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from sqlalchemy.engine import Connection

from qaf_desktop.models.centre_log import CentreLog
from qaf_desktop.models.draft_moves import DraftMoves
from qaf_desktop.models.drafts import Drafts
from qaf_desktop.models.forms import Forms
from qaf_desktop.models.meta import Meta
from qaf_desktop.models.outbox import Outbox
from qaf_desktop.models.people import People
from qaf_desktop.models.pictures import Pictures
from qaf_desktop.models.projections import Projections
from qaf_desktop.models.records import Records


class UnitOfWork:
    """The rooms of the store, joined by one transaction. Made by ``Store.work``; not to be kept after it.

    ``now`` is the moment of the deed: the same for everything in it, aware, in the clock's own offset.
    """

    # Each room is made when it is first entered: an answer being saved needs only the drafts.

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now

    @property
    def my_code(self) -> str:
        """The staff code of whoever sits here; empty before enrolment."""
        kept = self.meta.get("me")
        return str(kept["code"]) if kept else ""

    @cached_property
    def drafts(self) -> Drafts:
        """Forms being filled in."""
        return Drafts(self.connection, self.now)

    @cached_property
    def draft_moves(self) -> DraftMoves:
        """Drafts that moved to another version of their form, and the way back."""
        return DraftMoves(self.connection, self.now)

    @cached_property
    def records(self) -> Records:
        """Sealed, immutable papers."""
        return Records(self.connection, self.now, self.meta, self.outbox, self.projections)

    @cached_property
    def forms(self) -> Forms:
        """Published forms in every version something was written with."""
        return Forms(self.connection, self.now, self.pictures)

    @cached_property
    def people(self) -> People:
        """Staff, teams, bank holidays, and who sits here."""
        return People(self.connection, self.meta)

    @cached_property
    def projections(self) -> Projections:
        """What the records add up to now."""
        return Projections(self.connection, self.meta)

    @cached_property
    def outbox(self) -> Outbox:
        """What the centre has not confirmed yet."""
        return Outbox(self.connection, self.now)

    @cached_property
    def centre_log(self) -> CentreLog:
        """Our copy of the centre's logs, and how far each was verified."""
        return CentreLog(self.connection)

    @cached_property
    def pictures(self) -> Pictures:
        """Pictures by what they are, not by what they are called."""
        return Pictures(self.connection)

    @cached_property
    def meta(self) -> Meta:
        """Small facts about this store."""
        return Meta(self.connection)
