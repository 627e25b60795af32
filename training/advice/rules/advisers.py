"""Who runs the advisory group, and which adviser and which hours are sound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
)
from portal.parties.models import Party, User
from portal.parties.states import PartyKind
from training.advice import states
from training.advice.fields import AdviserFields, SlotFields
from training.advice.models import Adviser, Slot
from training.advice.states import AdviceTopic

MOST = {"name": 40, "title_zh": 60, "title_en": 90, "bio_zh": 1500, "bio_en": 3000}
ONE_LINE = ("name", "title_zh", "title_en")
MOST_PLACE = 200
YEAR = timedelta(days=366)


def may_run(actor: Actor) -> Verdict:
    if actor.has_perm("advice.run_advice"):
        return ALLOWED
    return forbidden(_("Only operators run the advisory group."))


def is_adviser(actor: Actor) -> bool:
    """Somebody with office hours of their own."""
    return actor.user is not None and Adviser.objects.advising().filter(user=actor.user).exists()


def can_edit_adviser(actor: Actor, adviser: Adviser | None) -> Verdict:
    """A new one, or one who is there."""
    if not (verdict := may_run(actor)):
        return verdict
    if adviser is not None and adviser.left_at is not None:
        return conflict(_("This adviser has left the group."))
    return ALLOWED


def can_add_slots(actor: Actor, adviser: Adviser) -> Verdict:
    """Operators, and an adviser for themselves."""
    is_own = actor.user is not None and adviser.user_id == actor.user.pk
    if not is_own and not (verdict := may_run(actor)):
        return verdict
    if adviser.left_at is not None:
        return conflict(_("This adviser has left the group."))
    return ALLOWED


def can_withdraw_slot(actor: Actor, slot: Slot) -> Verdict:
    is_own = actor.user is not None and slot.adviser.user_id == actor.user.pk
    if not is_own and not (verdict := may_run(actor)):
        return verdict
    if slot.withdrawn_at is not None:
        return conflict(_("This hour is withdrawn already."))
    if slot.starts_at <= clock.now():
        return conflict(_("This hour has begun; say what came of it instead."))
    return ALLOWED


# --- what is written ------------------------------------------------------------------------------


def adviser_is_sound(fields: AdviserFields, adviser: Adviser | None) -> Verdict:
    return flawless(flaws_of_adviser(fields, adviser))


def flaws_of_adviser(fields: AdviserFields, adviser: Adviser | None) -> Iterator[Flaw]:
    for name, most in MOST.items():
        words = getattr(fields, name)
        if not words.strip():
            yield Flaw(name, _("Please fill this in."))
        elif len(words) > most:
            yield Flaw(name, _("At most %(n)s characters.") % {"n": most})
    yield from flaws_of_lines(fields, *ONE_LINE)
    if not fields.topics or not set(fields.topics) <= set(AdviceTopic.values):
        yield Flaw("topics", _("Choose at least one from the list."))
    if not set(fields.audience) <= set(PartyKind.values):
        yield Flaw("audience", _("Choose from the list."))
    yield from _flaws_of_ties(fields, adviser)


def _flaws_of_ties(fields: AdviserFields, adviser: Adviser | None) -> Iterator[Flaw]:
    if fields.user_id is not None:
        others = Adviser.objects.exclude(pk=adviser.pk) if adviser else Adviser.objects.all()
        if not User.objects.filter(pk=fields.user_id, is_active=True).exists():
            yield Flaw("user", _("Nobody signs in with this."))
        elif others.filter(user=fields.user_id).exists():
            yield Flaw("user", _("This login is another adviser's."))
    if fields.party_id is not None and not Party.objects.filter(pk=fields.party_id).exists():
        yield Flaw("party", _("There is no such party."))


def slots_are_sound(fields: SlotFields) -> Verdict:
    return flawless(flaws_of_slots(fields))


def flaws_of_slots(fields: SlotFields) -> Iterator[Flaw]:
    today = clock.today()
    if not today < fields.starts_on <= today + YEAR:
        yield Flaw("starts_on", _("From tomorrow on, within a year."))
    least, most = states.MINUTES
    if not least <= fields.minutes <= most:
        yield Flaw("minutes", _("From 15 to 180 minutes."))
    if not 1 <= fields.weeks <= states.MOST_WEEKS:
        yield Flaw("weeks", _("From 1 to 26 weeks."))
    if not fields.place.strip():
        yield Flaw("place", _("Please fill this in."))
    elif len(fields.place) > MOST_PLACE:
        yield Flaw("place", _("At most %(n)s characters.") % {"n": MOST_PLACE})
    yield from flaws_of_lines(fields, "place")
