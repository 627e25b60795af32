"""Creators who are reached through the platform only. The part that brokers says who they are."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.models import Party
from portal.parties.states import PartyKind

Told = Callable[[Collection[int]], set[int]]
_sources: list[Told] = []


def register_brokered(told: Told) -> Told:
    """Announce who knows which of some creators are represented by the platform."""
    _sources.append(told)
    return told


def brokered_among(creators: Collection[int]) -> set[int]:
    return {key for told in _sources for key in told(creators)} if creators else set()


def is_reached_directly(party: Party, *, is_brokered: bool | None = None) -> Verdict:
    """`is_brokered` is for who has read it already."""
    if is_brokered is None:
        is_brokered = party.kind == PartyKind.CREATOR and bool(brokered_among([party.pk]))
    if is_brokered:
        sentence = _("This creator is reached through the platform: ask for an introduction.")
        return conflict(sentence)
    return ALLOWED
