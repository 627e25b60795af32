"""Whose free days they are to say, and what they must be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from matchmaking.needs.fields import FreeSpan
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, flawless, forbidden
from portal.parties.rules import can_manage_party
from portal.parties.states import PartyKind

MOST_SPANS = 8
FARTHEST = timedelta(days=730)


def can_read_free_days(actor: Actor) -> Verdict:
    if actor.party is None or actor.party.kind != PartyKind.CREATOR:
        return forbidden(_("Creators say when they are free. Switch to a creator."))
    return ALLOWED


def can_set_free_days(actor: Actor) -> Verdict:
    verdict = can_read_free_days(actor)
    return can_manage_party(actor, actor.party) if verdict and actor.party else verdict


def free_days_are_sound(spans: Sequence[FreeSpan]) -> Verdict:
    return flawless(flaws_of_free_days(spans))


def flaws_of_free_days(spans: Sequence[FreeSpan]) -> Iterator[Flaw]:
    """Each by its place: `spans[0].ends_on`."""
    today, last = clock.today(), clock.today() + FARTHEST
    if len(spans) > MOST_SPANS:
        yield Flaw("spans", str(_("At most %(n)s spans.")) % {"n": MOST_SPANS})
    for place, span in enumerate(spans):
        field = f"spans[{place}].ends_on"
        if span.ends_on < span.starts_on:
            yield Flaw(field, _("Not before the first day."))
        elif span.ends_on < today:
            yield Flaw(field, _("This has passed already."))
        elif span.ends_on > last:
            yield Flaw(field, _("At most two years ahead."))
        elif any(_meet(span, other) for other in spans[:place]):
            yield Flaw(field, _("This overlaps with another span."))


def _meet(one: FreeSpan, other: FreeSpan) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on
