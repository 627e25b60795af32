"""Introductions of a party that turns out to be another one's double go to the one that stays."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.brokerage.models import Introduction, Representation
from matchmaking.brokerage.states import OPEN
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.merges import moves, register_clash
from portal.parties.models import Party

moves(Introduction, "asker", "creator")
moves(Representation, "creator")


@register_clash
def are_not_both_represented(survivor: Party, absorbed: Party) -> Verdict:
    standing = Representation.objects.filter(until=None, creator__in=[survivor, absorbed])
    if standing.count() > 1:
        return conflict(_("Both are represented; end one representation first."))
    return ALLOWED


@register_clash
def have_no_open_introduction_alike(survivor: Party, absorbed: Party) -> Verdict:
    """An asker and a creator have one open introduction at most."""
    open_ones = Introduction.objects.filter(status__in=OPEN)
    for side, other in (("asker", "creator"), ("creator", "asker")):
        theirs = open_ones.filter(**{side: absorbed}).values(other)
        if open_ones.filter(**{side: survivor}, **{f"{other}__in": theirs}).exists():
            return conflict(_("Both have an open introduction with the same side; end one first."))
    return ALLOWED
