"""Who brings in daily facts, and what a day can be; who sets gates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.fields import DayFields, GateFields
from matchmaking.catalogue.models import Gate
from matchmaking.catalogue.states import GateEffect
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden

COUNTS = (
    *("delivered", "good_reviews", "bad_reviews"),
    *("quality_returns", "late", "complaints"),
)
MOST_A_DAY = 10_000_000
OLDEST = timedelta(days=366)


def can_feed_products(actor: Actor) -> Verdict:
    if actor.has_perm("catalogue.import_products"):
        return ALLOWED
    return forbidden(_("Only operators bring in what was counted of products."))


def days_are_sound(days: Sequence[DayFields]) -> Verdict:
    today = clock.today()
    return flawless(flaw for one in days for flaw in flaws_of_day(one, today))


def flaws_of_day(fields: DayFields, today: date) -> Iterator[Flaw]:
    if fields.day > today:
        yield Flaw("day", _("This day has not come yet."))
    if fields.day < today - OLDEST:
        yield Flaw("day", _("Not older than a year."))
    for name in COUNTS:
        if not 0 <= getattr(fields, name) <= MOST_A_DAY:
            said = {"low": 0, "high": f"{MOST_A_DAY:,}"}
            yield Flaw(name, _("Enter a number from %(low)s to %(high)s.") % said)
    for name in ("late", "quality_returns"):
        if getattr(fields, name) > fields.delivered:
            yield Flaw(name, _("Not more than were delivered."))


def can_set_gate(actor: Actor) -> Verdict:
    if actor.has_perm("catalogue.set_gate"):
        return ALLOWED
    return forbidden(_("Only operators with this right set gates."))


def can_lift_gate(actor: Actor, gate: Gate) -> Verdict:
    if not (verdict := can_set_gate(actor)):
        return verdict
    if gate.ends_on is not None and gate.ends_on <= clock.today():
        return conflict(_("This gate was lifted already."))
    return ALLOWED


def gate_is_sound(fields: GateFields) -> Verdict:
    return flawless(flaws_of_gate(fields))


def flaws_of_gate(fields: GateFields) -> Iterator[Flaw]:
    if fields.effect not in GateEffect.values:
        yield Flaw("effect", _("Choose one from the list."))
    if not fields.reason.strip():
        yield Flaw("reason", _("Say why: it is shown to whoever stands before the gate."))
    if (fields.product_id is None) == (fields.least_score is None):
        yield Flaw("least_score", _("Either one product, or a least score for all."))
    if fields.least_score is not None and not 1 <= fields.least_score <= 500:
        yield Flaw("least_score", _("A score is from 0.01 to 5."))
    if fields.starts_on < clock.today():
        yield Flaw("starts_on", _("A gate begins today at the earliest."))
    if fields.ends_on is not None and fields.ends_on <= fields.starts_on:
        yield Flaw("ends_on", _("It ends after it begins."))
