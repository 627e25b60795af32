"""What an operator reads before two parties become one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise

from portal.core.verdict import ALLOWED, Verdict
from portal.parties import merges, states
from portal.parties.models import Party
from portal.parties.models.party import PartyQuerySet

SHOWN = frozenset({merges.Fate.MOVES, merges.Fate.FITS, merges.Fate.STAYS})


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of a kind the party has, and what becomes of them."""

    what: str
    count: int
    fate: str | Promise


def moved_of(party: Party) -> list[Moved]:
    """What the preview lists; parts without rows are left out."""
    found = [
        Moved(str(column.what), count, column.fate.value)
        for column in merges.columns()
        if column.fate in SHOWN and (count := column.rows_of(party).count())
    ]
    return sorted(found, key=lambda moved: (str(moved.fate), moved.what))


def clash_of(survivor: Party, absorbed: Party) -> Verdict:
    return merges.may_merge(survivor, absorbed) if survivor.pk != absorbed.pk else ALLOWED


def doubles_of(party: Party) -> PartyQuerySet:
    """Parties of the same kind that may be the same: the code, the registered name, the name."""
    alike = Q(legal_name=party.legal_name) | Q(name=party.name)
    if party.uscc:
        alike |= Q(uscc=party.uscc)
    others = Party.objects.filter(alike, kind=party.kind, status__in=states.MERGEABLE)
    return others.exclude(pk=party.pk).select_related("city").order_by("pk")
