"""The versions of what was agreed: what each changed, who proposed it and who accepted it."""

from __future__ import annotations

from dataclasses import dataclass

from matchmaking.cooperation.models import Cooperation, Version
from matchmaking.cooperation.selectors.terms import Change, changes_between
from matchmaking.cooperation.states import Side
from portal.core.actor import Actor
from portal.parties.models import Party


@dataclass(frozen=True, slots=True)
class AgreedVersion:
    """`person`: who accepted it, told to their own side only."""

    version: Version
    accepted_by: Party
    person: str
    proposed_by: Party
    changes: list[Change]
    is_current: bool


def versions_of(actor: Actor, cooperation: Cooperation) -> list[AgreedVersion]:
    """The one that holds first."""
    rows = cooperation.versions.select_related("amendment", "accepted_by").order_by("-number")
    return [_agreed(actor, cooperation, row) for row in rows]


def _agreed(actor: Actor, cooperation: Cooperation, row: Version) -> AgreedVersion:
    sides = [cooperation.merchant, cooperation.provider]
    if row.accepted_side == Side.PROVIDER:
        sides.reverse()
    accepted, proposed = sides
    is_own = actor.speaks_for(accepted.pk) and row.accepted_by is not None
    change = row.amendment
    return AgreedVersion(
        version=row,
        accepted_by=accepted,
        person=str(row.accepted_by) if is_own else "",
        proposed_by=proposed,
        changes=(
            changes_between(change.before, change.after, is_once=cooperation.is_once)
            if change
            else []
        ),
        is_current=row.number == cooperation.version,
    )
