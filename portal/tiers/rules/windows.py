"""Who opens windows, and which days make sense."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.tiers.engine import Quarter
from portal.tiers.fields import WindowFields
from portal.tiers.models import StarRuleSet, StarWindow
from portal.tiers.states import LEAST_NOTICE, LEAST_OPEN


def can_manage_windows(actor: Actor) -> Verdict:
    if actor.has_perm("tiers.manage_starwindow"):
        return ALLOWED
    return forbidden(_("Only those who run the star tiers may do this."))


def can_change_window(actor: Actor, window: StarWindow) -> Verdict:
    if not (verdict := can_manage_windows(actor)):
        return verdict
    if window.opens_on <= clock.today():
        return conflict(_("A window that has opened stays as it was announced."))
    return ALLOWED


def window_is_sound(
    fields: WindowFields, rules: StarRuleSet | None, before: StarWindow | None
) -> Verdict:
    return flawless(flaws_of_window(fields, rules, before))


def flaws_of_window(
    fields: WindowFields, rules: StarRuleSet | None, before: StarWindow | None
) -> Iterator[Flaw]:
    """`rules` judge its quarter; `before` is the window of the quarter before it."""
    if not (1 <= fields.quarter <= 4 and 2000 <= fields.year <= 2200):
        yield Flaw("quarter", _("Choose one from the list."))
        return
    if rules is None:
        yield Flaw("quarter", _("No rules of stars held at the beginning of this quarter."))
        return
    quarter = Quarter(fields.year, fields.quarter)
    if fields.opens_on <= quarter.last_day + timedelta(days=rules.freeze_days):
        sentence = _("Its numbers are frozen %(n)s days after the quarter; open it after that.")
        yield Flaw("opens_on", sentence % {"n": rules.freeze_days})
    elif fields.opens_on < clock.today():
        yield Flaw("opens_on", _("Not in the past."))
    if before is not None and fields.opens_on <= before.effective_on:
        yield Flaw("opens_on", _("The results of the quarter before must hold first."))
    if fields.closes_on - fields.opens_on < LEAST_OPEN:
        yield Flaw("closes_on", _("A window is open for at least 7 days."))
    if fields.announces_on <= fields.closes_on:
        yield Flaw("announces_on", _("After the last day to apply."))
    if fields.effective_on - fields.announces_on < LEAST_NOTICE:
        yield Flaw("effective_on", _("Results are announced at least 7 days before they hold."))
