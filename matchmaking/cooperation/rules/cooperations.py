"""Who does what in a cooperation, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import states
from matchmaking.cooperation.fields import STAYS, AmendmentFields, EndingFields
from matchmaking.cooperation.models import (
    LAST_PAYMENT_DAY,
    MOST_NOTICE,
    Amendment,
    Cooperation,
)
from matchmaking.cooperation.states import AmendmentStatus, CooperationStatus
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.parties.models import Party
from portal.parties.states import MANAGING

MOST_WORDS, MOST_SCOPE, MOST_LEVEL = 300, 5_000, 1_000
LONGEST = timedelta(days=5 * 366)


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


def can_reveal_contact(actor: Actor, cooperation: Cooperation) -> Verdict:
    """Contacts are for those who manage one of the two sides."""
    if not cooperation.has_side(actor.party_id):
        return forbidden(_("Contacts are shown to the two sides of the cooperation only."))
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


def ending_is_sound(cooperation: Cooperation, fields: EndingFields) -> Verdict:
    return flawless(flaws_of_ending(cooperation, fields))


def flaws_of_ending(cooperation: Cooperation, fields: EndingFields) -> Iterator[Flaw]:
    if fields.reason not in states.EndReason.values:
        yield Flaw("reason", _("Choose one of the reasons; the other side will read it."))
    yield from flaws_of_words("note", fields.note)
    first = first_end(cooperation)
    if fields.effective_on < first:
        sentence = _("Notice is %(n)s days: the first day it can end is %(day)s.")
        yield Flaw(
            "effective_on", sentence % {"n": cooperation.notice_days, "day": first.isoformat()}
        )
    elif fields.effective_on >= cooperation.ends_on:
        yield Flaw("effective_on", _("By then it has ended by itself; no notice is needed."))


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


# --- changing what was agreed ---------------------------------------------------------------------


def can_propose_amendment(actor: Actor, cooperation: Cooperation) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    if cooperation.status not in states.LIVE:
        return conflict(_("This cooperation is over."))
    if cooperation.amendments.open().exists():
        return conflict(_("One change is waiting for its answer already."))
    return ALLOWED


def amendment_is_sound(cooperation: Cooperation, fields: AmendmentFields) -> Verdict:
    return flawless(flaws_of_amendment(cooperation, fields))


def flaws_of_amendment(cooperation: Cooperation, fields: AmendmentFields) -> Iterator[Flaw]:
    if not fields.scope.strip():
        yield Flaw("scope", _("Please fill this in."))
    elif len(fields.scope) > MOST_SCOPE:
        yield Flaw("scope", _("At most 5,000 characters."))
    if len(fields.note) > MOST_WORDS:
        yield Flaw("note", _("At most 300 characters."))
    today = clock.today()
    if not max(today, cooperation.starts_on) < fields.ends_on <= today + LONGEST:
        yield Flaw("ends_on", _("Name a day after today and after its begin, within five years."))
    level, notice, day = wanted = terms_wanted(cooperation, fields)
    if len(level) > MOST_LEVEL:
        yield Flaw("service_level", _("At most 1,000 characters."))
    if not 1 <= notice <= MOST_NOTICE:
        yield Flaw("notice_days", _("From 1 to 180 days."))
    if day is not None and not 1 <= day <= LAST_PAYMENT_DAY:
        yield Flaw("payment_day", _("From the 1st to the 28th."))
    said = (cooperation.service_level, cooperation.notice_days, cooperation.payment_day)
    same = (cooperation.ends_on, cooperation.scope) == (fields.ends_on, fields.scope.strip())
    if same and wanted == said:
        yield Flaw("scope", _("Nothing would change."))


def terms_wanted(cooperation: Cooperation, fields: AmendmentFields) -> tuple[str, int, int | None]:
    """Service level, days of notice and day of payment as they would be; unsaid ones stay."""
    level = fields.service_level
    notice = fields.notice_days
    return (
        cooperation.service_level if level is None else level.strip(),
        cooperation.notice_days if notice is None else notice,
        cooperation.payment_day if fields.payment_day is STAYS else fields.payment_day,
    )


def can_answer_amendment(actor: Actor, amendment: Amendment) -> Verdict:
    """The side that did not propose it."""
    if not (verdict := can_manage_cooperation(actor, amendment.cooperation)):
        return verdict
    if actor.party_id == amendment.party_id:
        return conflict(_("The other side answers what you proposed."))
    return _still_open(amendment)


def can_withdraw_amendment(actor: Actor, amendment: Amendment) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, amendment.cooperation)):
        return verdict
    if actor.party_id != amendment.party_id:
        return conflict(_("Only the side that proposed it can take it back."))
    return _still_open(amendment)


def _still_open(amendment: Amendment) -> Verdict:
    is_over = amendment.cooperation.status not in states.LIVE
    if amendment.status != AmendmentStatus.OPEN or amendment.expires_at <= clock.now() or is_over:
        return conflict(_("This change no longer waits for an answer."))
    return ALLOWED


def flaws_of_words(field: str, text: str) -> Iterator[Flaw]:
    """A sentence that the other side reads."""
    if not text.strip():
        yield Flaw(field, _("Say why; the other side will read it."))
    elif len(text) > MOST_WORDS:
        yield Flaw(field, _("At most 300 characters."))
