"""Who may arrange contacts or a call with whom, from the shortlist on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from matchmaking.needs import states
from matchmaking.needs.fields import CallFields
from matchmaking.needs.models import MINUTES, MOST_TIMES, Block, Proposal, Talk
from matchmaking.needs.rules.contacts import flaws_of_contacts
from matchmaking.needs.rules.needs import is_blocked
from matchmaking.needs.rules.negotiation import side_of
from matchmaking.needs.states import ProposalStatus, Side, TalkKind
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.moderation.rules import flaws_of_words
from portal.parties.rules import can_manage_party

OPENS_TO = frozenset({ProposalStatus.SHORTLISTED, ProposalStatus.ACCEPTED})
MOST_TALKS = 20  # of a proposal, ended ones with them
ANSWER_WITHIN = timedelta(days=7)
SOONEST, LATEST = timedelta(minutes=30), timedelta(days=60)
MOST_NOTE, MOST_LINK = 200, 300
# Said of whatever ends it, so that nothing tells a block from the rest.
NO_TALKS = _("No contacts can be exchanged and no call booked here at the moment.")


def can_read_talks(actor: Actor, proposal: Proposal) -> Verdict:
    """The members of both sides, from the shortlist on, and afterwards what there was."""
    if not (actor.speaks_for(proposal.provider_id) or actor.speaks_for(proposal.need.merchant_id)):
        return forbidden(_("You do not speak for this party."))
    if proposal.status not in OPENS_TO and not proposal.talks.exists():
        return conflict(_("From the shortlist on, both may exchange contacts or book a call."))
    return ALLOWED


def can_propose_talk(actor: Actor, proposal: Proposal, kind: TalkKind) -> Verdict:
    """Either side, one of each kind at a time. After an award the cooperation shows contacts."""
    if not (verdict := _may_deal(actor, proposal)):
        return verdict
    if kind == TalkKind.CONTACTS and proposal.shows_contacts:
        return conflict(_("Contacts are exchanged already."))
    if proposal.talks.standing().filter(kind=kind).exists():
        return conflict(_("One is waiting or booked already."))
    if proposal.talks.count() >= MOST_TALKS:
        return conflict(NO_TALKS)
    return ALLOWED


def can_answer_talk(actor: Actor, talk: Talk) -> Verdict:
    """The side that was asked last, in time."""
    if not (verdict := _may_deal(actor, talk.proposal)):
        return verdict
    if talk.answer_by is None or talk.answer_by <= clock.now():
        return conflict(_("Nothing waits for an answer here any more."))
    if side_of(actor, talk.proposal) == talk.asked_by:
        return conflict(_("You asked last; the other side answers."))
    return ALLOWED


def can_suggest_times(actor: Actor, talk: Talk) -> Verdict:
    """Either side, instead of what was suggested or of what is booked."""
    if not (verdict := _may_deal(actor, talk.proposal)):
        return verdict
    if talk.kind != TalkKind.CALL or talk.status not in states.TALKING or _has_begun(talk):
        return conflict(_("There is no call to move."))
    if talk.version >= MOST_TALKS:
        return conflict(NO_TALKS)
    return ALLOWED


def can_withdraw_talk(actor: Actor, talk: Talk) -> Verdict:
    """Whoever asked last takes it back; a booked hour stands."""
    if not (verdict := _may_manage(actor, talk.proposal)):
        return verdict
    if talk.answer_by is None:
        return conflict(_("Nothing waits for an answer here any more."))
    if side_of(actor, talk.proposal) != talk.asked_by:
        return conflict(_("The other side asked; decline it instead."))
    return ALLOWED


def can_cancel_talk(actor: Actor, talk: Talk) -> Verdict:
    """Either side, until the call begins. Also where one will not hear from the other."""
    if not (verdict := _may_manage(actor, talk.proposal)):
        return verdict
    if not talk.is_booked or _has_begun(talk):
        return conflict(_("There is no booked call to cancel."))
    return ALLOWED


def can_reveal_bid_contact(actor: Actor, proposal: Proposal) -> Verdict:
    """The other side's contact, once both have agreed and while the proposal stands."""
    if not (verdict := _may_manage(actor, proposal)):
        return verdict
    if not proposal.shows_contacts:
        return unmet(_("Contacts are shown once both sides have agreed to it."))
    is_open = proposal.status in OPENS_TO
    if not is_open or is_blocked(proposal.need.merchant_id, proposal.provider_id):
        return conflict(_("Contacts are not shown here at the moment."))
    return ALLOWED


def may_read_link(talk: Talk) -> bool:
    """Where the call takes place is for those who agreed to it."""
    return bool(talk.link) and talk.starts_at is not None


def can_sweep_talks(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the clock does this."))


def talk_is_as_seen(talk: Talk, seen: int) -> Verdict:
    """An answer names the version it answers."""
    if talk.version != seen:
        return conflict(_("This changed meanwhile: the other side suggests something else. Look."))
    return ALLOWED


def time_is_suggested(talk: Talk, at: datetime | None) -> Verdict:
    if talk.kind == TalkKind.CONTACTS:
        return ALLOWED
    if at not in talk.times:
        return flawless([Flaw("at", _("Choose one of the times that were suggested."))])
    if at <= clock.now():
        return flawless([Flaw("at", _("This time is over; choose another one."))])
    return ALLOWED


def call_is_sound(fields: CallFields) -> Verdict:
    return flawless(flaws_of_call(fields))


def flaws_of_call(fields: CallFields) -> Iterator[Flaw]:
    if not 1 <= len(set(fields.times)) == len(fields.times) <= MOST_TIMES:
        yield Flaw("times", _("Suggest one to three different times."))
    now = clock.now()
    if any(not now + SOONEST <= at <= now + LATEST for at in fields.times):
        yield Flaw("times", _("Suggest times from half an hour to 60 days ahead."))
    if fields.minutes not in MINUTES:
        yield Flaw("minutes", _("Choose one from the list."))
    if fields.link and not _is_link(fields.link):
        yield Flaw("link", _("A link begins with https:// and has at most 300 characters."))
    yield from flaws_of_talk_note(fields.note)


def flaws_of_talk_note(note: str) -> Iterator[Flaw]:
    if len(note) > MOST_NOTE:
        yield Flaw("note", _("At most 200 characters."))
    value = SimpleNamespace(note=note)
    yield from flaws_of_words(value, "note")
    yield from flaws_of_contacts(value, "note")


def _is_link(link: str) -> bool:
    if len(link) > MOST_LINK or any(c.isspace() or not c.isprintable() for c in link):
        return False
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and not parts.username


def _has_begun(talk: Talk) -> bool:
    return talk.starts_at is not None and talk.starts_at <= clock.now()


def _may_deal(actor: Actor, proposal: Proposal) -> Verdict:
    if not (verdict := _may_manage(actor, proposal)):
        return verdict
    if proposal.status not in OPENS_TO:
        return conflict(_("From the shortlist on, both may exchange contacts or book a call."))
    merchant, provider = proposal.need.merchant_id, proposal.provider_id
    other = provider if side_of(actor, proposal) == Side.MERCHANT else merchant
    if Block.objects.owned_by(actor).filter(blocked=other).exists():
        return conflict(_("You will not hear from this party; let it write again first."))
    if is_blocked(merchant, provider):
        return conflict(NO_TALKS)
    return ALLOWED


def _may_manage(actor: Actor, proposal: Proposal) -> Verdict:
    is_bidder = actor.speaks_for(proposal.provider_id)
    return can_manage_party(actor, proposal.provider if is_bidder else proposal.need.merchant)
