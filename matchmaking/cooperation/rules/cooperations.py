"""Who does what in a cooperation, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import states
from matchmaking.cooperation.fields import EndingFields
from matchmaking.cooperation.models import Amendment, Cooperation
from matchmaking.cooperation.rules.quotas import day_began, may_be_asked
from matchmaking.cooperation.states import CooperationStatus
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.parties.models import Party
from portal.parties.states import MANAGING, TRUSTED, PartyKind

MOST_WORDS = 300


def can_manage_cooperation(actor: Actor, cooperation: Cooperation) -> Verdict:
    """Those who manage one of the two sides; the clock."""
    if actor.role == SYSTEM:
        return ALLOWED
    if not cooperation.has_side(actor.party_id):
        return forbidden(_("This is between the two sides of the cooperation."))
    if actor.role not in MANAGING:
        return forbidden(_("Only the owner or a manager of the party may do this."))
    return ALLOWED


def are_in_one_world(one: Party, other: Party) -> Verdict:
    if one.sandbox_of_id != other.sandbox_of_id:
        return unmet(_("A sandbox deals with itself only."))
    return ALLOWED


def can_bring_in_bulk(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the system writes down what was before."))


def can_propose_cooperation(actor: Actor, other: Party) -> Verdict:
    """A merchant to whoever it may hire, or the other way round; both verified."""
    party = actor.party
    if party is None:
        return forbidden(_("Register a party first."))
    if actor.role not in MANAGING:
        return forbidden(_("Only the owner or a manager of the party may do this."))
    if (party.kind == PartyKind.MERCHANT) == (other.kind == PartyKind.MERCHANT):
        return unmet(_("A cooperation is between a merchant and whom it hires."))
    for one in (party, other):
        if one.status not in TRUSTED:
            return conflict(_("“%(name)s” is not verified.") % {"name": one.name})
    if not (verdict := are_in_one_world(party, other)):
        return verdict
    if not (verdict := may_be_asked(party, other, by=_proposed_by, of=_proposed_to)):
        return verdict
    waiting = Cooperation.objects.filter(status__in=states.BEFORE).between(party.pk, other.pk)
    if waiting.exists():
        return conflict(_("One proposal between you two waits for its answer already."))
    return ALLOWED


def _proposed_by(party: Party) -> QuerySet[Amendment]:
    """Today: the first version is the proposal itself."""
    return _proposed_today().filter(party=party)


def _proposed_to(party: Party) -> QuerySet[Amendment]:
    return (
        _proposed_today()
        .filter(Q(cooperation__merchant=party) | Q(cooperation__provider=party))
        .exclude(party=party)
    )


def _proposed_today() -> QuerySet[Amendment]:
    earlier = Amendment.objects.filter(cooperation=OuterRef("cooperation"), at__lt=OuterRef("at"))
    direct = Amendment.objects.filter(cooperation__door=states.Door.DIRECT, at__gte=day_began())
    return direct.exclude(Exists(earlier))


def can_reveal_contact(actor: Actor, cooperation: Cooperation) -> Verdict:
    """Contacts are for those who manage one of the two sides."""
    if not cooperation.has_side(actor.party_id):
        return forbidden(_("Contacts are shown to the two sides of the cooperation only."))
    if not cooperation.is_agreed:
        return conflict(_("Contacts are shown once both sides have agreed."))
    return can_manage_cooperation(actor, cooperation)


def can_register_cooperations(actor: Actor) -> Verdict:
    """The operators' list of all of them."""
    if actor.has_perm("cooperation.view_cooperation"):
        return ALLOWED
    return forbidden(_("Only operators may see this."))


def can_list_cooperations(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return ALLOWED


# --- pausing --------------------------------------------------------------------------------------


def can_pause_cooperation(actor: Actor, cooperation: Cooperation) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    if cooperation.status != CooperationStatus.ACTIVE:
        return conflict(_("Only a running cooperation can be paused."))
    return ALLOWED


def can_resume_cooperation(actor: Actor, cooperation: Cooperation) -> Verdict:
    """Whoever paused it; the other side waits for the day that was named."""
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    pause = cooperation.pauses.filter(withdrawn_at=None).first()
    if pause is None:
        return conflict(_("This cooperation is not paused."))
    if actor.role != SYSTEM and actor.party_id != pause.party_id:
        return conflict(_("The other side paused it; it goes on by itself on the day it named."))
    return ALLOWED


def pause_is_sound(reason: str, until: date) -> Verdict:
    return flawless(flaws_of_pause(reason, until))


def flaws_of_pause(reason: str, until: date) -> Iterator[Flaw]:
    yield from flaws_of_words("reason", reason)
    today = clock.today()
    if not today < until <= today + states.LONGEST_PAUSE:
        yield Flaw("until", _("Name a day within the next 90 days."))


# --- ending ---------------------------------------------------------------------------------------


def can_end_cooperation(actor: Actor, cooperation: Cooperation) -> Verdict:
    """Giving notice."""
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    if cooperation.status not in states.LIVE:
        return conflict(_("This cooperation is over."))
    if cooperation.endings.filter(withdrawn_at=None).exists():
        return conflict(_("Notice was given already."))
    return ALLOWED


def can_withdraw_ending(actor: Actor, cooperation: Cooperation) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    ending = cooperation.endings.filter(withdrawn_at=None).first()
    if ending is None or cooperation.status not in states.LIVE:
        return conflict(_("There is no notice to take back."))
    if actor.party_id != ending.party_id:
        return conflict(_("Only the side that gave notice can take it back."))
    return ALLOWED


def first_end(cooperation: Cooperation) -> date:
    """The first day on which notice given today may end it: at once before it has begun."""
    today = clock.today()
    if cooperation.status == CooperationStatus.ACCEPTED:
        return today
    return today + timedelta(days=cooperation.notice_days)


def first_end_for_cause() -> date:
    """The other side has some days to make good, or to open a dispute."""
    return clock.today() + states.CURE_WITHIN


def ending_is_sound(cooperation: Cooperation, fields: EndingFields) -> Verdict:
    return flawless(flaws_of_ending(cooperation, fields))


def flaws_of_ending(cooperation: Cooperation, fields: EndingFields) -> Iterator[Flaw]:
    if fields.reason not in states.EndReason.values:
        yield Flaw("reason", _("Choose one of the reasons; the other side will read it."))
    yield from flaws_of_words("note", fields.note)
    if fields.reason == states.EndReason.BREACH:
        yield from _flaws_of_cause(fields)
        return
    first = first_end(cooperation)
    if fields.effective_on < first:
        sentence = _("Notice is %(n)s days: the first day it can end is %(day)s.")
        yield Flaw(
            "effective_on", sentence % {"n": cooperation.notice_days, "day": first.isoformat()}
        )
    elif fields.effective_on >= cooperation.ends_on:
        yield Flaw("effective_on", _("By then it has ended by itself; no notice is needed."))


def _flaws_of_cause(fields: EndingFields) -> Iterator[Flaw]:
    if fields.evidence is None:
        yield Flaw("evidence", _("Show what was broken: a picture or a PDF."))
    first = first_end_for_cause()
    if fields.effective_on < first:
        sentence = _("The other side has 3 days to make good: the first day it can end is %(day)s.")
        yield Flaw("effective_on", sentence % {"day": first.isoformat()})


def can_complete_cooperation(actor: Actor, cooperation: Cooperation) -> Verdict:
    """Saying that everything is done, each side for itself."""
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    if cooperation.status not in states.RUNNING:
        return conflict(_("Only a running cooperation can be completed."))
    mine = cooperation.completions.filter(party=actor.party_id, withdrawn_at=None)
    if mine.exists():
        return conflict(_("Your side has said so already."))
    if cooperation.obligations.unsettled().exists():
        return unmet(_("Settle every obligation first: confirm it, or waive it."))
    return ALLOWED


def can_withdraw_completion(actor: Actor, cooperation: Cooperation) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    mine = cooperation.completions.filter(party=actor.party_id, withdrawn_at=None)
    if cooperation.status not in states.RUNNING or not mine.exists():
        return conflict(_("There is nothing to take back."))
    return ALLOWED


def flaws_of_words(field: str, text: str) -> Iterator[Flaw]:
    """A sentence that the other side reads."""
    if not text.strip():
        yield Flaw(field, _("Say why; the other side will read it."))
    elif len(text) > MOST_WORDS:
        yield Flaw(field, _("At most 300 characters."))
