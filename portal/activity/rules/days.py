"""Who may say what a party's day was, and what a day can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.activity.fields import MOST, NUMBERS, DayFields
from portal.activity.states import Source
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, forbidden
from portal.parties.models import Party
from portal.parties.rules import can_manage_party
from portal.parties.states import PartyKind

KINDS = (PartyKind.MERCHANT, PartyKind.CREATOR)
OLDEST = timedelta(days=3 * 366)


def can_report_days(actor: Actor, party: Party | None) -> Verdict:
    """A party reports its own days; what it says is marked as its own word."""
    if party is None:
        return forbidden(_("You do not speak for this party."))
    if party.kind not in KINDS:
        return forbidden(_("Only merchants and creators have daily figures."))
    return can_manage_party(actor, party)


def can_list_days(actor: Actor) -> Verdict:
    """A party reads its own feed."""
    if actor.party is None or actor.party.kind not in KINDS:
        return forbidden(_("Only merchants and creators have daily figures."))
    return ALLOWED


def can_feed_days(actor: Actor) -> Verdict:
    """Operators bring in files, and the platform's interface its figures, for any party."""
    if actor.has_perm("activity.feed_activity"):
        return ALLOWED
    return forbidden(_("Only operators bring in figures of others."))


def can_record_days(actor: Actor, source: Source, party_ids: set[int]) -> Verdict:
    if actor.role != SYSTEM and source == Source.SELF_REPORTED:
        if party_ids - {actor.party_id}:
            return forbidden(_("You do not speak for this party."))
        return can_report_days(actor, actor.party)
    return can_feed_days(actor)


def flaws_of_day(fields: DayFields) -> Iterator[Flaw]:
    today = clock.today()
    if fields.day > today:
        yield Flaw("day", _("This day has not come yet."))
    if fields.day < today - OLDEST:
        yield Flaw("day", _("Not older than three years."))
    for name in NUMBERS:
        value = getattr(fields, name)
        if value is not None and not 0 <= value <= MOST[name]:
            said = {"low": 0, "high": f"{MOST[name]:,}"}
            yield Flaw(name, _("Enter a number from %(low)s to %(high)s.") % said)
    shopping = fields.shopping_followers
    if shopping is not None and shopping > fields.followers:
        yield Flaw("shopping_followers", _("Not more than all followers."))
