"""Who runs fairs, and which fair is one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from matchmaking.fairs import states
from matchmaking.fairs.fields import CodeFields, FairFields
from matchmaking.fairs.models import Fair
from matchmaking.fairs.states import FairStatus
from portal.core.actor import Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
    unmet,
)
from portal.parties.models import regions_of

MOST_SEATS = 5_000  # of a role and category
MOST_WORDS = 300


def can_run_fairs(actor: Actor) -> Verdict:
    if actor.has_perm("fairs.run_fair"):
        return ALLOWED
    return forbidden(_("Only the operators of fairs may do this."))


def can_change_fair(actor: Actor, fair: Fair) -> Verdict:
    """Its times, place and seats, until the day; an operator's within their regions."""
    if not (verdict := may_run(actor, fair)):
        return verdict
    if fair.status not in states.BEFORE:
        return conflict(_("The day has come; the fair can no longer be changed."))
    return ALLOWED


def can_publish_fair(actor: Actor, fair: Fair, now: datetime) -> Verdict:
    if not (verdict := may_run(actor, fair)):
        return verdict
    if fair.status != FairStatus.PLANNED:
        return conflict(_("This fair is published already."))
    if now >= fair.occasion.closes_at:
        return unmet(_("Sign-up would be over already; move its times first."))
    return ALLOWED


def may_cancel_fair(actor: Actor, fair: Fair) -> Verdict:
    """Whatever the reason."""
    if not (verdict := may_run(actor, fair)):
        return verdict
    if FairStatus.CANCELLED not in states.TRANSITIONS[fair.status]:
        return conflict(_("This fair can no longer be cancelled."))
    return ALLOWED


def can_cancel_fair(actor: Actor, fair: Fair, why: str) -> Verdict:
    if not (verdict := may_cancel_fair(actor, fair)):
        return verdict
    if not 1 <= len(why.strip()) <= MOST_WORDS:
        return unmet(_("Say why, in up to 300 characters."))
    return ALLOWED


def fair_is_sound(fields: FairFields) -> Verdict:
    return flawless(flaws_of_fair(fields))


def flaws_of_fair(fields: FairFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "title", "venue")
    if not 1 <= len(fields.title.strip()) <= 60:
        yield Flaw("title", _("Give it a title of up to 60 characters."))
    if not fields.is_online and not fields.venue.strip():
        yield Flaw("venue", _("Say where it takes place."))
    if fields.closes_at <= fields.opens_at:
        yield Flaw("closes_at", _("Sign-up closes after it opens."))
    if fields.starts_at <= fields.closes_at:
        yield Flaw("starts_at", _("The fair begins after sign-up has closed."))
    if fields.ends_at <= fields.starts_at:
        yield Flaw("ends_at", _("The fair ends after it begins."))
    if not 1 <= fields.offer_hours <= 168:
        yield Flaw("offer_hours", _("From 1 to 168 hours."))
    if not 1 <= fields.tables <= 2_000:
        yield Flaw("tables", _("From 1 to 2,000 tables."))
    if not 5 <= fields.slot_minutes <= 240:
        yield Flaw("slot_minutes", _("From 5 to 240 minutes."))
    if not 1 <= fields.most_products <= 20:
        yield Flaw("most_products", _("From 1 to 20 products."))
    if fields.cost_fen < 0:
        yield Flaw("cost_fen", _("Not below zero."))
    if not any(fields.seats.values()):
        yield Flaw("seats", _("Give at least one role seats."))
    if any(role not in states.ROLES[fields.kind] for role, _category in fields.seats):
        yield Flaw("seats", _("This role does not come to such a fair."))
    if any(not 0 <= seats <= MOST_SEATS for seats in fields.seats.values()):
        yield Flaw("seats", _("From 0 to 5,000 seats."))
    if any(
        role not in states.ROLES[fields.kind] or measure not in states.MEASURES[role]
        for role, measure in fields.thresholds
    ):
        yield Flaw("thresholds", _("This is not known of such a role."))


def code_is_sound(fields: CodeFields, now: datetime) -> Verdict:
    return flawless(flaws_of_code(fields, now))


def flaws_of_code(fields: CodeFields, now: datetime) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "note")
    if not 1 <= fields.most_uses <= 500:
        yield Flaw("most_uses", _("From 1 to 500 uses."))
    if fields.ends_at <= now:
        yield Flaw("ends_at", _("It must be later than now."))
    if len(fields.note) > 100:
        yield Flaw("note", _("At most 100 characters."))


def may_run(actor: Actor, fair: Fair) -> Verdict:
    if not (verdict := can_run_fairs(actor)):
        return verdict
    if actor.user is not None and (regions := regions_of(actor.user)):
        if fair.city.region_id in regions:
            return ALLOWED
        return forbidden(_("This fair is outside of your regions."))
    return ALLOWED
