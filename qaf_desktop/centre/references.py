"""Pseudonyms for children, handed out by quality assurance: they say nothing about the child."""

from __future__ import annotations

import secrets

from qaf_desktop.centre.office import Office, setting
from qaf_desktop.problems import Problem

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so nothing is misread over the telephone."""

_LENGTH = 5
_MOST_AT_ONCE = 10_000


class TooManyReferences(Problem):
    """More references were asked for than can sensibly be handed out at once."""


def new_references(office: Office, count: int) -> list[str]:
    """Unused references such as ``CH-7K4QM``, written down so that none is ever handed out twice.

    Raises:
        TooManyReferences: fewer than one or more than 10,000 at once.
    """
    setting(office)
    if not 1 <= count <= _MOST_AT_ONCE:
        raise TooManyReferences(f"Ask for between 1 and {_MOST_AT_ONCE:,} references at once.")
    handed_out: list[str] = []
    with office.transaction():
        while len(handed_out) < count:
            wanted = ["CH-" + "".join(secrets.choice(CROCKFORD) for _ in range(_LENGTH)) for _ in range(count)]
            rows = office.execute(
                "INSERT INTO core.child_ref (ref) SELECT w FROM unnest(%s::text[]) AS w"
                " WHERE NOT EXISTS (SELECT FROM core.record AS r WHERE r.child_ref = w)"
                " ON CONFLICT (ref) DO NOTHING RETURNING ref",
                (wanted[: count - len(handed_out)],),
            )
            handed_out += [str(ref) for (ref,) in rows]
    return handed_out
